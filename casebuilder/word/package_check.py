"""What must hold in every Word file that leaves the house, checked on the parts themselves.

Relationships that lead nowhere, ids used twice, notes without a reference, styles and lists that do
not exist, bookmarks left open, cells without a paragraph, deleted words among the others.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import cast

from docx.oxml.ns import nsmap, qn
from lxml import etree

from casebuilder.word.package import CONTENT_TYPES, looked_at, named_by_kind
from casebuilder.word.xml import PARAGRAPH_ID, Element

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STORIES = ("document.main", "footnotes", "endnotes", "header", "footer")
_STYLE_TAGS = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")))
_P, _TR, _DELETED, _REFERENCE = map(qn, ("w:p", "w:tr", "w:del", "w:footnoteReference"))
_VALUE, _ID, _NUMBER, _NAME = (qn(f"w:{each}") for each in ("val", "id", "numId", "name"))
_START, _END, _PICTURE = qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("wp:docPr")
_ASKED_FOR = (*_STYLE_TAGS, _NUMBER, _START, _END, _PICTURE, _P, _TR, _DELETED, _REFERENCE)
_NAMESPACES = {"w": nsmap["w"], "r": nsmap["r"]}
_REFERENCES = etree.XPath("//@r:*", namespaces=_NAMESPACES, smart_strings=False)
_OPEN_CELLS = etree.XPath(
    "//w:tc[not((*|comment()|processing-instruction())[last()][self::w:p])]", namespaces=_NAMESPACES
)


def faults(parts: Mapping[str, bytes]) -> list[str]:
    """Return every fault found, in words for whoever maintains the program; none in a sound file."""
    read = {name: looked_at(data, _Part) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    kinds = named_by_kind(parts)
    stories = {name: read[name] for kind in STORIES for name in kinds.get(kind, [])}
    single = {kind: read[names[0]] for kind, names in kinds.items()}
    return [
        *_types(read[CONTENT_TYPES].tree, parts),
        *_relationships(read, parts),
        *(f"{name}: {fault}" for name, story in stories.items() for fault in story.faults),
        *_notes(single),
        *_names(single, stories),
    ]


class _Part:
    """What the rules ask of one part; a part that papers share is asked once."""

    def __init__(self, data: bytes) -> None:
        self.tree = etree.fromstring(data)

    @cached_property
    def by_tag(self) -> Mapping[str, Sequence[Element]]:
        """The elements that the rules ask for, found by going through the part once."""
        found: dict[str, list[Element]] = {tag: [] for tag in _ASKED_FOR}
        for each in self.tree.iter(*_ASKED_FOR):
            found[str(each.tag)].append(each)
        return found

    @cached_property
    def relationships(self) -> tuple[tuple[str | None, str, bool], ...]:
        """Id and target of each relationship, and whether it leads out of the package."""
        every = self.tree.iter(_RELATIONSHIP)
        return tuple((e.get("Id"), e.get("Target", ""), e.get("TargetMode") == "External") for e in every)

    @cached_property
    def references(self) -> tuple[str, ...]:
        """The relationships that the part refers to."""
        return tuple(map(str, cast("list[str]", _REFERENCES(self.tree))))

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """What is wrong in a story by itself."""
        return tuple(_in_story(self.tree, self.by_tag))

    @cached_property
    def styles(self) -> tuple[str | None, ...]:
        """The styles that are asked for."""
        return tuple(each.get(_VALUE) for tag in _STYLE_TAGS for each in self.by_tag[tag])

    @cached_property
    def lists(self) -> tuple[str | None, ...]:
        """The lists that are asked for."""
        return tuple(each.get(_VALUE) for each in self.by_tag[_NUMBER])

    @cached_property
    def style_ids(self) -> frozenset[str]:
        """The styles that there are."""
        return frozenset(str(each.get(qn("w:styleId"))) for each in self.tree.iter(qn("w:style")))


def _types(types: Element, parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the parts of no content type, and the types of parts that are not there."""
    named = {str(each.get("PartName", "")).lstrip("/") for each in types.iter("{*}Override")}
    endings = {str(each.get("Extension", "")).lower() for each in types.iter("{*}Default")}
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        if name != CONTENT_TYPES and name not in named and (ending not in endings or _is_word_xml(name)):
            yield f"{name}: has no content type"
    yield from (f"{name}: has a content type and is not there" for name in sorted(named - set(parts)))


def _is_word_xml(name: str) -> bool:
    """Tell whether a part must be named by its content type, as «xml» alone says too little."""
    return posixpath.dirname(name) == "word" and name.endswith(".xml")


def _relationships(read: Mapping[str, _Part], parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, part in read.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for number, address, leads_out in part.relationships:
                target = _target(folder, address)
                if not leads_out and target not in parts:
                    yield f"{name}: {number} leads to {target}, which is not there"
            continue
        folder, file = posixpath.split(name)
        rels = read.get(f"{folder}/_rels/{file}.rels")
        known = {number for number, _target, _out in rels.relationships} if rels is not None else set()
        yield from (f"{name}: {each} is no relationship" for each in part.references if each not in known)


@lru_cache(maxsize=1024)
def _target(folder: str, address: str) -> str:
    """Return the name of the part that a relationship leads to; papers have the same ones."""
    return posixpath.normpath(posixpath.join("/", folder, address)).lstrip("/")


def _in_story(tree: Element, by_tag: Mapping[str, Sequence[Element]]) -> Iterator[str]:
    again = next(tree.iter("{*}Fallback"), None) is not None
    marks, closed, drawn, *blocks = (_shown(by_tag[tag], again) for tag in (_START, _END, _PICTURE, _P, _TR))
    starts = [str(each.get(_ID)) for each in marks]
    ends = [str(each.get(_ID)) for each in closed]
    if sorted(starts) != sorted(ends):
        yield "a bookmark is not closed, or closed twice"
    named = [str(each.get(_NAME)) for each in marks]
    pictures = [str(each.get("id")) for each in drawn]
    numbers = (each.get(PARAGRAPH_ID) for each in chain.from_iterable(blocks))
    paragraphs = [str(number) for number in numbers if number]
    found = (
        ("bookmark id", starts),
        ("bookmark", named),
        ("picture id", pictures),
        ("paragraph id", paragraphs),
    )
    for what, ids in found:
        if len(set(ids)) < len(ids):
            yield from (f"{what} {each} twice" for each, count in Counter(ids).items() if count > 1)
    yield from ("a cell does not end with a paragraph" for _cell in cast("list[Element]", _OPEN_CELLS(tree)))
    for each in by_tag[_DELETED]:
        around = (
            next(words.iterancestors(qn("w:del"), qn("w:txbxContent"))) for words in each.iter(qn("w:t"))
        )
        if each in around:  # words in a text box that is struck as a whole stay as they are
            yield "deleted words stand as w:t"


def _shown(every: Sequence[Element], again: bool) -> Sequence[Element]:  # noqa: FBT001 - one question
    """Return the elements that are shown; Word writes a shape's words once more for older programs."""
    if not again:
        return every
    return [each for each in every if next(each.iterancestors("{*}Fallback"), None) is None]


def _notes(parts: Mapping[str, _Part]) -> Iterator[str]:
    references = [each.get(_ID) for each in parts["document.main"].by_tag[_REFERENCE]]
    notes = parts["footnotes"].tree if "footnotes" in parts else ()
    ids = Counter(str(each.get(_ID)) for each in notes)
    yield from (f"footnote id {each} twice" for each, count in ids.items() if count > 1)
    real = [each for each in notes if not each.get(qn("w:type"))]
    if sorted(map(str, references)) != sorted(str(each.get(_ID)) for each in real):
        yield "notes and references do not match one to one"


def _names(parts: Mapping[str, _Part], stories: Mapping[str, _Part]) -> Iterator[str]:
    styles = parts["styles"].style_ids
    numbering = parts.get("numbering")
    lists = [] if numbering is None else numbering.tree.findall(qn("w:num"))
    numbers = {"0"} | {str(each.get(_NUMBER)) for each in lists}
    for name, part in {**stories, "styles": parts["styles"]}.items():
        yield from (f"{name}: no style {each}" for each in part.styles if each not in styles)
        yield from (f"{name}: no list {each}" for each in part.lists if each not in numbers)
