"""What must hold in every Word file that leaves the house, checked on the parts themselves.

Relationships that lead nowhere, ids used twice, notes without a reference, styles and lists that do
not exist, bookmarks left open, cells without a paragraph.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import named_by_kind
from casebuilder.word.xml import Element

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_R_NAMESPACE = qn("r:id").removesuffix("id")
STORIES = ("document.main", "footnotes", "endnotes", "header", "footer")
_STYLE_TAGS = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")


def faults(parts: Mapping[str, bytes]) -> list[str]:
    """Return every fault found, in words for whoever maintains the program; none in a sound file."""
    trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    kinds = named_by_kind(parts)
    stories = {name: trees[name] for kind in STORIES for name in kinds.get(kind, [])}
    single = {kind: trees[names[0]] for kind, names in kinds.items()}
    return [
        *_relationships(trees, parts),
        *(fault for name, tree in stories.items() for fault in _story(name, tree)),
        *_notes(single),
        *_names(single, stories),
    ]


def _relationships(trees: Mapping[str, Element], parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, tree in trees.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for each in tree.iter(_RELATIONSHIP):
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
                if each.get("TargetMode") != "External" and target not in parts:
                    yield f"{name}: {each.get('Id')} leads to {target}, which is not there"
            continue
        folder, file = posixpath.split(name)
        rels = trees.get(f"{folder}/_rels/{file}.rels")
        known = {each.get("Id") for each in rels.iter(_RELATIONSHIP)} if rels is not None else set()
        for node in tree.iter(etree.Element):
            for key, value in node.attrib.items():
                if str(key).startswith(_R_NAMESPACE) and value not in known:
                    yield f"{name}: {value!s} is no relationship"


def _story(name: str, tree: Element) -> Iterator[str]:
    starts = [str(each.get(qn("w:id"))) for each in tree.iter(qn("w:bookmarkStart"))]
    ends = [str(each.get(qn("w:id"))) for each in tree.iter(qn("w:bookmarkEnd"))]
    if sorted(starts) != sorted(ends):
        yield f"{name}: a bookmark is not closed, or closed twice"
    named = [str(each.get(qn("w:name"))) for each in tree.iter(qn("w:bookmarkStart"))]
    pictures = [str(each.get("id")) for each in tree.iter(qn("wp:docPr"))]
    for what, ids in (("bookmark id", starts), ("bookmark", named), ("picture id", pictures)):
        yield from (f"{name}: {what} {each} twice" for each, count in Counter(ids).items() if count > 1)
    for cell in tree.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            yield f"{name}: a cell does not end with a paragraph"


def _notes(trees: Mapping[str, Element]) -> Iterator[str]:
    document = trees["document.main"]
    references = [each.get(qn("w:id")) for each in document.iter(qn("w:footnoteReference"))]
    notes = trees.get("footnotes")
    real = [] if notes is None else [each for each in notes if not each.get(qn("w:type"))]
    if sorted(map(str, references)) != sorted(str(each.get(qn("w:id"))) for each in real):
        yield "notes and references do not match one to one"


def _names(trees: Mapping[str, Element], stories: Mapping[str, Element]) -> Iterator[str]:
    styles = {str(each.get(qn("w:styleId"))) for each in trees["styles"].iter(qn("w:style"))}
    numbering = trees.get("numbering")
    lists = [] if numbering is None else numbering.findall(qn("w:num"))
    numbers = {"0"} | {str(each.get(qn("w:numId"))) for each in lists}
    for name, tree in {**stories, "styles": trees["styles"]}.items():
        for tag in _STYLE_TAGS:
            for each in tree.iter(qn(tag)):
                if each.get(qn("w:val")) not in styles:
                    yield f"{name}: no style {each.get(qn('w:val'))}"
        for each in tree.iter(qn("w:numId")):
            if each.get(qn("w:val")) not in numbers:
                yield f"{name}: no list {each.get(qn('w:val'))}"
