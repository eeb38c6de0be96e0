"""Markdown held against the rules on language, and what they tell in short."""

from __future__ import annotations

from datetime import date

from casebuilder.problems import Problem
from casebuilder.prose.drafts import markdown_draft
from casebuilder.prose.reading import mark_markdown
from casebuilder.prose.review import reviewed
from casebuilder.register.records import Register
from tests.builders import body, case, case_of, register, source, unit

FILE = "tekst.md"


def house(**values: object) -> Register:
    """A register with bodies and units whose names rules can look for; the case stands on 5 February 2026."""
    return register(
        organer=[
            body("RAAD", "Fjordlandsrådet IPR", kortnavn="Fjordlandsrådet"),
            body("ORE", "Fjordlandets Europakontor", kortnavn="FEK"),
            body("TING", "Fjellregionen IPR", kortnavn="Rådet"),
        ],
        enheter=[
            unit("3901", "Horten"),
            unit("3314", "Øvre Eiker"),
            unit("3222", "Lørenskog"),
            unit("3203", "Asker"),
            unit("30", "Viken", type="fylkeskommune"),
        ],
        kilder=[source("NIBR-2021-17")],
        saker=[{**case(standdato=date(2026, 2, 5)), **values}],
    )


def review(text: str, known: Register | None = None) -> tuple[str, tuple[Problem, ...]]:
    """The text as it goes to pandoc, and what is told of it."""
    known = known or house()
    marked, problems = mark_markdown(FILE, text.encode())
    assert problems == ()
    (mended,), told = reviewed([markdown_draft(marked)], known, case_of(known))
    return mended.content.decode(), told


def told(text: str, known: Register | None = None) -> list[tuple[str, str]]:
    """The rule and the line and column of everything that is told of a text."""
    _mended, problems = review(text, known)
    return [(each.rule, f"{each.place.line}:{each.place.column}") for each in problems]


def mended(text: str, known: Register | None = None) -> str:
    """The text as it goes to pandoc, hard spaces shown as ordinary ones."""
    return review(text, known)[0].replace("\xa0", " ")
