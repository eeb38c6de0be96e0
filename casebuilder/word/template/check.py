"""One template looked at from end to end: bytes in, problems out; nothing is rendered."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

from docx import Document as DocxDocument
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from casebuilder.paper import FrameValue
from casebuilder.problems import Problem
from casebuilder.word.frame import UNREADABLE_TEMPLATE, look_through, unreadable
from casebuilder.word.outside import fetched
from casebuilder.word.package import parts_of
from casebuilder.word.tags import tag_problems
from casebuilder.word.template.names import marker_problems, name_problems
from casebuilder.word.template.places import stories
from casebuilder.word.template.remains import (
    change_problems,
    font_problems,
    language_problems,
    title_problems,
)
from casebuilder.word.template.styles import list_problems, style_problems
from casebuilder.word.xml import Element

_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_THEME_FONT = re.compile(rb'<a:(?:latin|cs)\b[^>]*?\btypeface="([^"]+)"')

RULES = (
    "template", "template-fetches", "link-address", "tag-split", "tag-apart", "tag-not-alone",
    "tag-in-text-box", "unknown-field", "group-in-template", "marker", "marker-twice", "marker-missing",
    "style-missing", "style-twice", "style-ring", "list-missing", "list-twice",
    "headings-unnumbered", "tracked-change", "comment-left", "font", "language-missing", "title-missing",
)  # fmt: skip
"""The names of what can be wrong with a template."""


def template_problems(template: bytes, file: str, values: Mapping[str, FrameValue]) -> tuple[Problem, ...]:
    """Return everything that is wrong with a template; `values` are the names that it may print."""
    try:
        document = DocxDocument(io.BytesIO(template))
        parts = parts_of(template)
        look_through(template, document)
        outside = list(fetched(parts, file))
    except UNREADABLE_TEMPLATE:
        return (unreadable(file),)
    return tuple(dict.fromkeys([*outside, *_problems(document, parts, file, values)]))


def _problems(
    document: Document, parts: Mapping[str, bytes], file: str, values: Mapping[str, FrameValue]
) -> Sequence[Problem]:
    every = stories(document, file)
    text = next(each for each in every if not each.part)
    styles = document.styles.element
    comments = _related(document, _COMMENTS)
    left = comments is not None and comments.find(qn("w:comment")) is not None
    return [
        *tag_problems(document, file),
        *(problem for story in every for problem in name_problems(story, values)),
        *marker_problems(text, file),
        *style_problems(every, styles, file),
        *list_problems(every, styles, _related(document, RT.NUMBERING), file),
        *change_problems(every, has_comments=left, file=file),
        *font_problems(every, styles, _related(document, RT.FONT_TABLE), _theme(parts), file),
        *language_problems(styles, file),
        *title_problems(every, file),
    ]


def _related(document: Document, kind: str) -> Element | None:
    """Return the root of a part of one kind, if the template has it."""
    for relation in document.part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _theme(parts: Mapping[str, bytes]) -> list[str]:
    """Return the fonts that the theme stands for; names that begin with + are the theme's own."""
    themes = [data for name, data in parts.items() if re.match(r"word/theme/[^/]+\.xml$", name)]
    schemes = [
        match for data in themes for match in re.findall(rb"<a:fontScheme.*?</a:fontScheme>", data, re.DOTALL)
    ]
    names = [name.decode() for scheme in schemes for name in _THEME_FONT.findall(scheme)]
    return [name for name in names if not name.startswith("+")]
