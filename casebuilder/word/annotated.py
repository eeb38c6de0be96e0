"""A copy of a Word file with what is to be said of its paragraphs as comments; a copy to look at."""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from casebuilder.problems import Place
from casebuilder.word.frame import UNREADABLE_TEMPLATE
from casebuilder.word.package import package_of
from casebuilder.word.parts import CUSTOM_RELATION, saved_parts
from casebuilder.word.xml import Element

_AUTHOR = "casebuilder"


def annotated_document(data: bytes, notes: Sequence[tuple[Place, str]]) -> bytes | None:
    """Return a copy with each note as a comment at its paragraph; None if the file cannot be read.

    Word has no comments in headers, footers and notes (ECMA-376 part 1, 17.13.4): what is to be said of
    those, or of the whole file, stands at the first paragraph. The copy is no longer anybody's paper.
    """
    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
        paragraphs = list(body.iter(qn("w:p")))
        for place, said in notes if paragraphs else ():
            inside = not place.spot.part and 0 < place.paragraph <= len(paragraphs)
            at = Paragraph(paragraphs[place.paragraph - 1 if inside else 0], document._body)  # noqa: SLF001
            runs = at.runs or [at.add_run()]
            comment = document.add_comment([runs[0], runs[-1]], said, author=_AUTHOR, initials="cb")
            comment._comment_elm.attrib.pop(qn("w:date"), "")  # noqa: SLF001 - the same input, the same bytes
        for node in list(body.iter(qn("w:commentReference"))):
            _without_style(node)
        relations = document.part.package.rels
        for key in [key for key, each in relations.items() if each.reltype == CUSTOM_RELATION]:
            relations.pop(key)
        return package_of(saved_parts(document))
    except UNREADABLE_TEMPLATE:
        return None


def _without_style(reference: Element) -> None:
    """Take the style off a comment's mark: python-docx names one that the file may lack."""
    run = reference.getparent()
    properties = None if run is None else run.find(qn("w:rPr"))
    style = None if properties is None else properties.find(qn("w:rStyle"))
    if properties is not None and style is not None:
        properties.remove(style)
