"""A Word file taken apart with zipfile and lxml alone: nothing here is shared with what it judges."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
EMPTY = f'<w:{{0}} xmlns:w="{W}" xmlns:r="{R}"/>'
_PREFIXES = {"w": W, "r": R, "w14": W14, "mc": MC}
_STORIES = ("footnotes", "endnotes", "header", "footer", "comments")


def q(name: str) -> str:
    """Return a prefixed name as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def make(name: str, /, *children: Element, **attributes: object) -> Element:
    """Make an element of the w namespace."""
    made = etree.Element(q(f"w:{name}"), nsmap={"w": W})
    for key, value in attributes.items():
        made.set(q(f"w:{key}"), str(value))
    made.extend(children)
    return made


def words(text: str) -> Element:
    """Return a w:t."""
    made = make("t")
    made.text = text
    made.set(SPACE, "preserve")
    return made


def run(text: str, *properties: Element) -> Element:
    """Return a w:r with one w:t."""
    return make("r", *([make("rPr", *properties)] if properties else []), words(text))


def up(node: Element) -> Element:
    """Return a node's parent, which it must have."""
    parent = node.getparent()
    assert parent is not None
    return parent


def drop(node: Element) -> None:
    """Take a node out; what stands in it goes with it."""
    up(node).remove(node)


def unwrap(node: Element) -> None:
    """Put a node's children in its place."""
    for child in list(node):
        node.addprevious(child)
    drop(node)


def inside(node: Element, *names: str) -> bool:
    """Tell whether a node stands in one of these."""
    return next(node.iterancestors(*map(q, names)), None) is not None


class Opened:
    """The parts of a package; those that were looked at as trees are written anew by `data`."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self._trees: dict[str, Element] = {}
        (self.main,) = self.related("", "officeDocument")

    def tree(self, name: str) -> Element:
        """Return a part as a tree, always the same one."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.parts[name])
        return self._trees[name]

    @property
    def body(self) -> Element:
        """The w:body."""
        found = self.tree(self.main).find(q("w:body"))
        assert found is not None
        return found

    def relations(self, name: str) -> str:
        """Return the name of the part with the relationships of a part."""
        folder, file = posixpath.split(name)
        return posixpath.join(folder, "_rels", f"{file}.rels")

    def _entries(self, name: str) -> Iterator[Element]:
        if self.relations(name) in self.parts:
            yield from self.tree(self.relations(name))

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts that a part relates to in this way."""
        found = (each for each in self._entries(name) if each.get("Type", "").endswith(f"/{kind}"))
        return [self._below(name, each.get("Target", "")) for each in found]

    @staticmethod
    def _below(name: str, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")

    def address(self, name: str, number: str) -> str:
        """Return what a relationship leads to: an address, or the name of a part."""
        for each in self._entries(name):
            if each.get("Id") == number:
                target = each.get("Target", "")
                return target if each.get("TargetMode") == "External" else self._below(name, target)
        return ""

    def stories(self) -> list[str]:
        """Return the names of the parts with words, the main one first."""
        return [self.main, *(name for kind in _STORIES for name in self.related(self.main, kind))]

    def relate(self, name: str, kind: str, target: str, *, external: bool = False) -> str:
        """Add a relationship and return its id."""
        relations = self.relations(name)
        self.parts.setdefault(relations, f'<Relationships xmlns="{RELATIONS}"/>'.encode())
        root = self.tree(relations)
        number = f"rId{len(root) + 900}"
        made = etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=number, Target=target)
        made.set("Type", f"{R}/{kind}")
        if external:
            made.set("TargetMode", "External")
        return number

    def part(self, kind: str) -> Element:
        """Return the tree of «footnotes» or «comments», made as Word makes it if it is not there."""
        found = self.related(self.main, kind)
        if found:
            return self.tree(found[0])
        name = f"word/{kind}.xml"
        self.parts[name] = EMPTY.format(kind).encode()
        self.relate(self.main, kind, f"{kind}.xml")
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        types = self.tree("[Content_Types].xml")
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content)
        return self.tree(name)

    def data(self) -> bytes:
        """Return the package's bytes."""
        for name, tree in self._trees.items():
            self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in self.parts.items():
                package.writestr(name, part)
        return buffer.getvalue()
