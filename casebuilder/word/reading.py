"""What a person would call the content of a Word file: words, formatting, notes, comments, pictures.

Word rewrites every byte of a file that is only opened and saved: revision ids, spelling marks, cut
runs, bookmarks. Two files are the same when what is left after taking those away is equal.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import UNREADABLE, named_by_kind, parts_of
from casebuilder.word.xml import Element

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
Content = tuple[object, ...]

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R_NAMESPACE = qn("r:id").removesuffix("id")
_NOISE = frozenset(
    qn(f"w:{name}")
    for name in (
        "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak", "lang", "noProof", "rPrChange",
        "permStart", "permEnd", "tblPrEx", "tblW", "tcW", "tblGrid", "tblLook", "rsid", "tblLayout",
        "cnfStyle", "docGrid",
    )
)  # fmt: skip
_STYLE_TAGS = frozenset(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_VALUE, _NUMBER = qn("w:val"), qn("w:numId")
_COUNTS = (qn("w:numFmt"), qn("w:lvlText"), qn("w:startOverride"))
_HEADERS = (qn("w:headerReference"), qn("w:footerReference"))
_COMPUTED = [[name] for name in ("PAGE", "NUMPAGES", "SECTIONPAGES", "NOTEREF", "SEQ")]
_SEEN = {"docPr": ("descr",), "extent": ("cx", "cy"), "blip": (), "srcRect": tuple("ltrb"), "xfrm": ("rot",)}
_LINKS = (qn("r:embed"), qn("r:link"))
_HOST = re.compile(r"^(https?://[^/]+)/$")  # Word adds the slash to a host of its own accord
_TEXTS = (qn("w:t"), qn("w:delText"))


def same_content(first: bytes, second: bytes) -> bool:
    """Tell whether two Word files say the same; a file that cannot be read equals nothing."""
    try:
        return content_of(first) == content_of(second)
    except UNREADABLE:
        return False


def content_of(data: bytes) -> Content:
    """Return the content of a file as a value that can be compared."""
    parts = parts_of(data)
    package = _Package(parts, named_by_kind(parts))
    stories = [name for kind in ("document.main", "comments") for name in package.kinds.get(kind, [])]
    found = [_Story(name, package).content() for name in stories]
    return tuple(each for each in found if each)


class _Package:
    """The parts of one file, their names by kind, and the names of the styles by id."""

    def __init__(self, parts: Mapping[str, bytes], kinds: Mapping[str, Sequence[str]]) -> None:
        self.parts = parts
        self.kinds = kinds
        self.trees = {
            name: etree.fromstring(parts[name], _PARSER) for each in kinds.values() for name in each
        }
        self.styles = {}
        for name in kinds.get("styles", ()):
            self.styles = _style_names(self.trees[name])
        self._lists: dict[str, int] = {}

    def list_of(self, number: str, level: str) -> Content:
        """Return which of the file's lists this is, and how it counts at a level; Word numbers them anew."""
        if number == "0":
            return ()
        order = self._lists.setdefault(number, len(self._lists))
        roots = [self.trees[name] for name in self.kinds.get("numbering", ())]
        nums = [each for root in roots for each in root.iter(qn("w:num")) if each.get(_NUMBER) == number]
        links = {link.get(_VALUE) for num in nums for link in num.iter(qn("w:abstractNumId"))}
        abstracts = [each for root in roots for each in root.iter(qn("w:abstractNum"))]
        lists = [*nums, *(each for each in abstracts if each.get(qn("w:abstractNumId")) in links)]
        levels = [each for one in lists for each in one if each.get(qn("w:ilvl")) == level]
        shown = (each for one in levels for each in one.iter(*_COUNTS))
        return (order, *((each.tag, each.get(_VALUE)) for each in shown))


def _style_names(root: Element) -> dict[str, str]:
    names = {}
    for style in root.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            names[str(style.get(qn("w:styleId")))] = str(name.get(qn("w:val"))).casefold()
    return names


@dataclass
class _Story:
    """One part that carries text."""

    name: str
    package: _Package

    def __post_init__(self) -> None:
        folder, file = posixpath.split(self.name)
        rels = self.package.parts.get(f"{folder}/_rels/{file}.rels")
        found = [] if rels is None else list(etree.fromstring(rels, _PARSER).iter(_RELATIONSHIP))
        self._targets = {str(each.get("Id")): str(each.get("Target")) for each in found}

    def content(self) -> Content:
        return self._children(self.package.trees[self.name])

    def note(self, number: str) -> Content:
        root = self.package.trees[self.name]
        note = next((each for each in root if each.get(qn("w:id")) == number), None)
        return () if note is None else self._children(note)

    def _children(self, node: Element) -> Content:
        found = _joined(_without_results(each for child in node for each in self._each(child)))
        return tuple(sorted(found, key=repr) if node.tag == qn("w:sectPr") else found)

    def _each(self, node: Element) -> Iterator[object]:
        if not isinstance(node.tag, str) or node.tag in _NOISE:
            return
        if node.tag == qn("w:r"):
            yield from self._run(node)
        elif node.tag == qn("w:rPr") and node.getparent().tag == qn("w:pPr"):  # type: ignore[union-attr]
            return
        elif node.tag in _HEADERS:
            yield (node.tag, node.get(qn("w:type")), *self._other_story(node))
        elif node.tag == qn("w:fldSimple"):
            yield from self._field(node)
        elif node.tag == qn("w:numPr"):
            level, number = (node.find(qn(tag)) for tag in ("w:ilvl", "w:numId"))
            said = ("0" if each is None else str(each.get(_VALUE)) for each in (number, level))
            yield ("list", "0" if level is None else level.get(_VALUE), *self.package.list_of(*said))
        else:
            inside = self._children(node)
            if inside or node.tag not in (qn("w:pPr"), qn("w:rPr"), qn("w:trPr"), qn("w:tcPr")):
                yield (node.tag, self._attributes(node), node.text if len(node) == 0 else None, inside)

    def _field(self, node: Element) -> Iterator[object]:
        """Yield a field of one element as the row of marks that Word may write in its place."""
        yield ("field", "begin")
        yield (("text", qn("w:instrText")), (), node.get(qn("w:instr"), ""))
        yield ("field", "separate")
        for child in node:
            yield from self._each(child)
        yield ("field", "end")

    def _run(self, node: Element) -> Iterator[object]:
        properties = node.find(qn("w:rPr"))
        fmt = () if properties is None else tuple(sorted(self._children(properties), key=repr))
        for child in node:
            if child.tag in _TEXTS:
                yield (("text", child.tag), fmt, child.text or "")
            elif child.tag == qn("w:instrText"):
                yield (("text", child.tag), (), child.text or "")
            elif child.tag == qn("w:fldChar"):
                yield ("field", child.get(qn("w:fldCharType")))
            elif child.tag == qn("w:drawing"):
                yield ("drawing", *self._drawing(child))
            elif child.tag in _NOTES:
                names = self.package.kinds.get(_NOTES[child.tag], ())
                number = str(child.get(qn("w:id")))
                yield (child.tag, *(_Story(name, self.package).note(number) for name in names))
            elif child.tag != qn("w:rPr") and child.tag not in _NOISE:
                yield ("in run", fmt, *self._each(child))

    def _drawing(self, node: Element) -> Iterator[object]:
        """Yield what a person sees of a drawing; Word adds much else to every one that it saves."""
        for each in node.iter(etree.Element):
            name = etree.QName(each).localname
            if name in _SEEN:
                shown = ((key, each.get(key)) for key in _SEEN[name] if each.get(key))
                yield (name, *shown, *(self._target(str(each.get(key))) for key in _LINKS if each.get(key)))
            elif each.tag == qn("w:p"):
                yield self._children(each)

    def _attributes(self, node: Element) -> Content:
        kept = []
        for key, value in node.attrib.items():
            name, said = str(key), str(value)
            if "rsid" in name or name.endswith(("}paraId", "}textId")) or name in (qn("w:id"), "id", "name"):
                continue
            if name.startswith(_R_NAMESPACE):
                said = self._target(said)
            elif node.tag in _STYLE_TAGS:
                said = self.package.styles.get(said, said)
            kept.append((name, said))
        return tuple(sorted(kept))

    def _other_story(self, reference: Element) -> Content:
        """Return what a header or footer says, whatever its part is called."""
        name = self._part(str(reference.get(qn("r:id"))))
        return _Story(name, self.package).content() if name in self.package.trees else ()

    def _part(self, relation: str) -> str:
        target = self._targets.get(relation, "")
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self.name), target)).lstrip("/")

    def _target(self, relation: str) -> str:
        """Return where a relationship leads: an address, or the hash of a part's bytes."""
        data = self.package.parts.get(self._part(relation))
        if data is None:
            return _HOST.sub(r"\1", self._targets.get(relation, ""))
        return hashlib.sha256(data).hexdigest()


def _without_results(items: Iterator[object]) -> Iterator[object]:
    """Leave out what a field shows if Word computes it anew by itself, such as a page number."""
    fields: list[list[str | bool]] = []  # of each field that is open: its instruction, whether it is computed
    for item in items:
        if item == ("field", "begin"):
            fields.append(["", False])
        elif item == ("field", "end") and fields:
            fields.pop()
        if not any(computed for _instruction, computed in fields):
            yield item
        if fields and _is_text(item) and item[0] == ("text", qn("w:instrText")):  # type: ignore[index]
            fields[-1][0] += item[2]  # type: ignore[index]
        elif item == ("field", "separate") and fields:
            fields[-1][1] = str(fields[-1][0]).split(maxsplit=1)[:1] in _COMPUTED


def _joined(items: Iterator[object]) -> Iterator[object]:
    """Join neighbouring texts of equal formatting, however their runs are cut."""
    last: object = None
    for item in items:
        if _is_text(last) and _is_text(item) and last[:2] == item[:2]:  # type: ignore[index]
            last = (*item[:2], last[2] + item[2])  # type: ignore[index]
            continue
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last


def _is_text(item: object) -> bool:
    return isinstance(item, tuple) and isinstance(item[0], tuple) and item[0][:1] == ("text",)
