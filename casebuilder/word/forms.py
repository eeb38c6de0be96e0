"""What docxtpl has made of a template, kept for the papers that answer the template's questions alike.

docxtpl prints tokens for values, so what it makes depends on nothing but what jinja2 gives for each part.
That is asked for anew for every paper, in docxtpl's own order; docxtpl itself, which reads and writes the
whole template, is only asked when an answer is new.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from casebuilder.sandbox import Renders
from casebuilder.word.copies import copied
from casebuilder.word.filling import has_token
from casebuilder.word.markup import to_trees
from casebuilder.word.parts import (
    CORE_TYPE,
    FOOTNOTES_TYPE,
    NUMBERING_TYPE,
    drop_repeated_paragraph_ids,
    known_footnotes,
    numbering_root,
)
from casebuilder.word.printed import TOKEN, Values
from casebuilder.word.runs import Names
from casebuilder.word.sections import section_of
from casebuilder.word.styles import Styles, set_norwegian
from casebuilder.word.xml import Element, text_of, tidy_bookmarks

MARKER_BOOKMARK = "_cbmarker_"
BOOKMARK = "_cb_"
"""What the hidden name of every block begins with; at most 40 characters in all (Word's limit)."""
_MOST = 32
"""Forms of a template that are kept; papers have few, for they differ in conditions and loops only."""


@dataclass(frozen=True, eq=False)
class Framed:
    """A rendered frame with everything done that does not depend on values; to be copied, never changed."""

    document: Document
    styles: Styles
    names: Names  # of the bookmarks and pictures that come next
    filled: frozenset[str]  # the parts with tokens in them
    shared: frozenset[str]  # the parts that no paper changes
    blobs: Mapping[Element, bytes]  # those parts as bytes, by their trees


@dataclass(eq=False)
class Form:
    """What docxtpl has made of a template for some answers."""

    document: Document
    _framed: dict[tuple[object, ...], Framed] = field(default_factory=dict)

    def framed(self, values: Values, language: str) -> Framed:
        """Return the frame for values of these names, in a paper's language."""
        key = (language, *values.names)
        if key not in self._framed:
            if len(self._framed) >= _MOST:
                self._framed.clear()
            self._framed[key] = _framed(copied(self.document), values, language)
        return self._framed[key]


@dataclass(eq=False)
class _Step:
    """A part that jinja2 renders, and what came after each of its answers."""

    template: Renders
    after: dict[str, _Step | Form] = field(default_factory=dict)


class Forms:
    """The forms of one template by the answers that lead to them."""

    def __init__(self) -> None:
        """Begin without any."""
        self._first: _Step | None = None
        self._count = 0

    def known(self, context: Mapping[str, object]) -> Form | None:
        """Return the form for a context; None if docxtpl must make it. Raises what jinja2 raises."""
        at: _Step | Form | None = self._first
        while isinstance(at, _Step):
            at = at.after.get(at.template.render(context))
        return at

    def add(self, answers: Sequence[tuple[Renders, str]], document: Document) -> Form:
        """Keep what docxtpl has made, and the answers that it was made of."""
        form = Form(document)
        if self._count >= _MOST:
            self._first, self._count = None, 0
        self._count += 1
        (template, answer), *others = answers
        at = self._first = self._first or _Step(template)
        for following, next_answer in others:
            step = at.after.setdefault(answer, _Step(following))
            if isinstance(step, Form):
                raise TypeError(following)  # docxtpl would have gone on where it ended before
            at, answer = step, next_answer
        at.after[answer] = form
        return form


def _framed(document: Document, values: Values, language: str) -> Framed:
    """Do what is done to every paper of this form, in the order in which a paper is written."""
    styles = Styles(document.styles.element)
    known_footnotes(document)
    stories = [part.element for part in document.part.package.iter_parts() if isinstance(part, XmlPart)]
    names = Names(tidy_bookmarks(stories), _after_largest(stories, "wp:docPr", "id"))
    markers = dict(marker_paragraphs(document))
    section_of(document, markers.get("saksutredning"))
    numbering_root(document)
    styles.set_language(language)
    _key_frame(document, markers.values(), names, values)
    for story in stories:
        set_norwegian(story, language)
    drop_repeated_paragraph_ids(document)
    parts = [part for part in document.part.package.iter_parts() if isinstance(part, XmlPart)]
    filled = frozenset(str(part.partname) for part in parts if has_token(part.element))
    own = (FOOTNOTES_TYPE, NUMBERING_TYPE, CORE_TYPE, document.part.content_type)
    shared = [part for part in parts if str(part.partname) not in filled and part.content_type not in own]
    blobs = {part.element: part.blob for part in shared}
    return Framed(document, styles, names, filled, frozenset(str(part.partname) for part in shared), blobs)


def _after_largest(stories: Iterable[Element], tag: str, attribute: str) -> int:
    """Return the first id after those that the template has used."""
    found = (each.get(attribute, "0") for story in stories for each in story.iter(qn(tag)))
    return max((int(each) for each in found if each.isdigit()), default=0) + 1


def _key_frame(document: Document, markers: Iterable[Element], names: Names, values: Values) -> None:
    """Give every paragraph and table of the frame's own a hidden bookmark, by names, not values."""
    seen: Counter[str] = Counter()
    own = list(markers)
    for block in list(document.element.body):
        if block in own or block.tag not in (qn("w:p"), qn("w:tbl")):
            continue
        text = _named_text(block, values)
        name = hashlib.sha256(f"{block.tag}:{text}".encode()).hexdigest()[:16]
        seen[name] += 1
        key = f"{BOOKMARK}f{name}" + (f"_{seen[name]}" if seen[name] > 1 else "")
        _bookmark(block, *to_trees(names.bookmark(key)))


def _bookmark(block: Element, start: Element, end: Element) -> None:
    if block.tag == qn("w:tbl"):
        block.addprevious(start)
        block.addnext(end)
    else:
        block.insert(1 if block.find(qn("w:pPr")) is not None else 0, start)
        block.append(end)


def marker_paragraphs(document: Document) -> Iterator[tuple[str, Element]]:
    """Return the marker paragraphs that the rendered frame still has, by their names."""
    for bookmark in list(document.element.body.iter(qn("w:bookmarkStart"))):
        name = str(bookmark.get(qn("w:name"), ""))
        if name.startswith(MARKER_BOOKMARK):
            parent = bookmark.getparent()
            yield name.removeprefix(MARKER_BOOKMARK), parent


def _named_text(paragraph: Element, values: Values) -> str:
    """Return a frame paragraph's text with names in place of values, for its key."""
    return TOKEN.sub(lambda token: f"{{{{{values.name(token)}}}}}", text_of(paragraph))
