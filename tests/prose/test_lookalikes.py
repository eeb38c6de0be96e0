"""A heading made with bold type alone is warned of; other bold words are left in peace."""

from __future__ import annotations

import pytest

from casebuilder.paper import Block, Format, Paragraph, Text
from casebuilder.problems import Place, Severity
from casebuilder.prose.lookalikes import bold_only

BOLD = Format(bold=True)


def p(*texts: Text) -> Paragraph:
    return Paragraph(texts)


ORDINARY = p(Text("Vanlig tekst."))


def test_a_short_bold_paragraph_above_text_is_warned_of() -> None:
    (problem,) = bold_only([p(Text("Bakgrunn", BOLD)), ORDINARY], Place("a.docx"))
    assert (problem.severity, dict(problem.found.values)) == (Severity.WARNING, {"text": "Bakgrunn"})


@pytest.mark.parametrize(
    "blocks",
    [
        [p(Text("Viktig:", BOLD)), ORDINARY],
        [p(Text("Dette er en hel setning.", BOLD)), ORDINARY],
        [p(Text("Bakgrunn", BOLD), Text(" og mer")), ORDINARY],
        [p(Text("ord " * 30, BOLD)), ORDINARY],
        [ORDINARY, p(Text("Kari Prøve", BOLD))],
        [p(Text(" ")), ORDINARY],
    ],
)
def test_other_bold_words_are_left_in_peace(blocks: list[Block]) -> None:
    assert bold_only(blocks, Place("a.docx")) == ()
