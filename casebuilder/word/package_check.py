"""What must hold in every Word file that leaves the house, checked on the parts themselves.

Relationships that lead nowhere, ids used twice, notes without a reference, styles and lists that do
not exist, bookmarks left open, cells without a paragraph, deleted words among the others.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import CONTENT_TYPES, named_by_kind
from casebuilder.word.xml import PARAGRAPH_ID, Element

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
        *_types(trees, parts),
        *_relationships(trees, parts),
        *(fault for name, tree in stories.items() for fault in _story(name, tree)),
        *_notes(single),
        *_names(single, stories),
    ]


def _types(trees: Mapping[str, Element], parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the parts of no content type, and the types of parts that are not there."""
    named = {str(each.get("PartName", "")).lstrip("/") for each in trees[CONTENT_TYPES].iter("{*}Override")}
    endings = {str(each.get("Extension", "")).lower() for each in trees[CONTENT_TYPES].iter("{*}Default")}
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if name != CONTENT_TYPES and name not in named and (ending not in endings or _is_word_xml(name)):
            yield f"{name}: has no content type"
    yield from (f"{name}: has a content type and is not there" for name in sorted(named - set(parts)))


def _is_word_xml(name: str) -> bool:
    """Tell whether a part must be named by its content type, as «xml» alone says too little."""
    return posixpath.dirname(name) == "word" and name.endswith(".xml")


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
    starts = [str(each.get(qn("w:id"))) for each in _shown(tree, "w:bookmarkStart")]
    ends = [str(each.get(qn("w:id"))) for each in _shown(tree, "w:bookmarkEnd")]
    if sorted(starts) != sorted(ends):
        yield f"{name}: a bookmark is not closed, or closed twice"
    named = [str(each.get(qn("w:name"))) for each in _shown(tree, "w:bookmarkStart")]
    pictures = [str(each.get("id")) for each in _shown(tree, "wp:docPr")]
    paragraphs = [
        str(each.get(PARAGRAPH_ID)) for each in _shown(tree, "w:p", "w:tr") if each.get(PARAGRAPH_ID)
    ]
    found = (
        ("bookmark id", starts),
        ("bookmark", named),
        ("picture id", pictures),
        ("paragraph id", paragraphs),
    )
    for what, ids in found:
        yield from (f"{name}: {what} {each} twice" for each, count in Counter(ids).items() if count > 1)
    for cell in tree.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            yield f"{name}: a cell does not end with a paragraph"
    for each in tree.iter(qn("w:del")):
        around = (
            next(words.iterancestors(qn("w:del"), qn("w:txbxContent"))) for words in each.iter(qn("w:t"))
        )
        if each in around:  # words in a text box that is struck as a whole stay as they are
            yield f"{name}: deleted words stand as w:t"


def _shown(tree: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements that are shown; Word writes a shape's words once more for older programs."""
    for each in tree.iter(*map(qn, tags)):
        if next(each.iterancestors("{*}Fallback"), None) is None:
            yield each


def _notes(trees: Mapping[str, Element]) -> Iterator[str]:
    document = trees["document.main"]
    references = [each.get(qn("w:id")) for each in document.iter(qn("w:footnoteReference"))]
    notes = trees.get("footnotes")
    ids = Counter(str(each.get(qn("w:id"))) for each in (() if notes is None else notes))
    yield from (f"footnote id {each} twice" for each, count in ids.items() if count > 1)
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
