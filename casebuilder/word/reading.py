"""What a person would call the content of a Word file: words, formatting, notes, comments, pictures.

Word rewrites every byte of a file that is only opened and saved: revision ids, spelling marks, cut
runs, bookmarks. Two files are the same when what is left after taking those away is equal.
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import parts_of
from casebuilder.word.xml import Element

Content = tuple[object, ...]

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R_NAMESPACE = qn("r:id").removesuffix("id")
_NOISE = frozenset(
    qn(f"w:{name}")
    for name in (
        "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "lang", "noProof", "rPrChange",
        "permStart", "permEnd", "tblPrEx", "tblW", "tcW", "tblGrid", "tblLook", "rsid", "tblLayout",
    )
)  # fmt: skip
_STYLE_TAGS = frozenset(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_UNREADABLE = (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, EOFError, NotImplementedError)


def same_content(first: bytes, second: bytes) -> bool:
    """Tell whether two Word files say the same; a file that cannot be read equals nothing."""
    try:
        return content_of(first) == content_of(second)
    except _UNREADABLE:
        return False


def content_of(data: bytes) -> Content:
    """Return the content of a file as a value that can be compared."""
    parts = parts_of(data)
    styles = _style_names(parts)
    stories = ["word/document.xml", "word/comments.xml"]
    stories += sorted(name for name in parts if name.startswith(("word/header", "word/footer")))
    found = [_Story(name, parts, styles).content() for name in stories if name in parts]
    return tuple(each for each in found if each)


def _style_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    if "word/styles.xml" not in parts:
        return {}
    names = {}
    for style in etree.fromstring(parts["word/styles.xml"]).iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            names[str(style.get(qn("w:styleId")))] = str(name.get(qn("w:val"))).casefold()
    return names


@dataclass
class _Story:
    """One part that carries text."""

    name: str
    parts: Mapping[str, bytes]
    styles: Mapping[str, str]

    def __post_init__(self) -> None:
        folder, file = posixpath.split(self.name)
        rels = self.parts.get(f"{folder}/_rels/{file}.rels")
        found = [] if rels is None else list(etree.fromstring(rels).iter(_RELATIONSHIP))
        self._targets = {str(each.get("Id")): str(each.get("Target")) for each in found}

    def content(self) -> Content:
        return self._children(etree.fromstring(self.parts[self.name]))

    def note(self, number: str) -> Content:
        root = etree.fromstring(self.parts[self.name])
        note = next((each for each in root if each.get(qn("w:id")) == number), None)
        return () if note is None else self._children(note)

    def _children(self, node: Element) -> Content:
        return tuple(_joined(each for child in node for each in self._each(child)))

    def _each(self, node: Element) -> Iterator[object]:
        if not isinstance(node.tag, str) or node.tag in _NOISE:
            return
        if node.tag == qn("w:r"):
            yield from self._run(node)
        elif node.tag == qn("w:rPr") and node.getparent().tag == qn("w:pPr"):  # type: ignore[union-attr]
            return
        else:
            inside = self._children(node)
            if inside or node.tag not in (qn("w:pPr"), qn("w:rPr"), qn("w:trPr"), qn("w:tcPr")):
                yield (node.tag, self._attributes(node), node.text if len(node) == 0 else None, inside)

    def _run(self, node: Element) -> Iterator[object]:
        properties = node.find(qn("w:rPr"))
        fmt = () if properties is None else tuple(sorted(self._children(properties), key=repr))
        for child in node:
            if child.tag in (qn("w:t"), qn("w:delText")):
                yield ("text", fmt, child.text or "")
            elif child.tag == qn("w:footnoteReference"):
                notes = _Story("word/footnotes.xml", self.parts, self.styles)
                yield ("note", notes.note(str(child.get(qn("w:id")))))
            elif child.tag != qn("w:rPr") and child.tag not in _NOISE:
                yield ("in run", fmt, *self._each(child))

    def _attributes(self, node: Element) -> Content:
        kept = []
        for key, value in node.attrib.items():
            name, said = str(key), str(value)
            if "rsid" in name or name.endswith(("}paraId", "}textId")) or name in (qn("w:id"), "id", "name"):
                continue
            if name.startswith(_R_NAMESPACE):
                said = self._target(said)
            elif node.tag in _STYLE_TAGS:
                said = self.styles.get(said, said)
            kept.append((name, said))
        return tuple(sorted(kept))

    def _target(self, relation: str) -> str:
        """Return where a relationship leads: an address, or the hash of a part's bytes."""
        target = self._targets.get(relation, "")
        data = self.parts.get(posixpath.normpath(posixpath.join("word", target)))
        is_picture = data is not None and "media/" in target
        return hashlib.sha256(data or b"").hexdigest() if is_picture else target


def _joined(items: Iterator[object]) -> Iterator[object]:
    """Join neighbouring texts of equal formatting, however their runs are cut."""
    last: object = None
    for item in items:
        both = isinstance(last, tuple) and isinstance(item, tuple) and last[:1] == item[:1] == ("text",)
        if both and last[1] == item[1]:  # type: ignore[index]
            last = ("text", item[1], last[2] + item[2])  # type: ignore[index]
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last
