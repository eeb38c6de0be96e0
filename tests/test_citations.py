from __future__ import annotations

from datetime import date

import pytest

from casebuilder.citations import cited
from casebuilder.paper import Link, Text
from tests.builders import Values, cell, register, source
from tests.prose.builders import words

NBSP = "\xa0"
WHOLE: Values = {
    "forfatter": "Holm & Hansen",
    "utgiver": "NIBR",
    "utgitt_dato": date(2021, 9, 1),
    "utgitt_presisjon": "måned",
    "url": "https://x.no/a?b=c&d",
    "lest_dato": date(2026, 2, 2),
    "henvisning": "kap. 4",
}


def reference(language: str = "nb", pinpoint: str = "", values: Values | None = None) -> str:
    known = register(kilder=[{**source("A"), **(values or {})}])
    return words(cited(known.sources["A"], language, pinpoint)).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "nb",
            "Holm & Hansen, «En rapport», NIBR, september 2021, kap. 4. Hentet fra "
            "<https://x.no/a?b=c&d: https://x.no/a?b=c&d> (lest 2. februar 2026).",
        ),
        (
            "nn",
            "Holm & Hansen, «En rapport», NIBR, september 2021, kap. 4. Henta frå "
            "<https://x.no/a?b=c&d: https://x.no/a?b=c&d> (lese 2. februar 2026).",
        ),
    ],
)
def test_a_reference_has_its_parts_in_order(language: str, expected: str) -> None:
    assert reference(language, values=WHOLE) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "«En rapport»."),
        ({"utgiver": "NIBR"}, "«En rapport», NIBR."),
        ({"utgitt_dato": date(2021, 1, 1), "utgitt_presisjon": "år"}, "«En rapport», 2021."),
        ({"utgiver": "Lov og rett a.s."}, "«En rapport», Lov og rett a.s."),
        ({"url": "https://x.no"}, "«En rapport». Hentet fra <https://x.no: https://x.no>."),
        ({"fotnotetekst": "Se loven"}, "Se loven."),
        ({"fotnotetekst": "Hva nå?", "utgiver": "NIBR"}, "Hva nå?"),
        (
            {"fotnotetekst": "Se loven.", "url": "https://x.no"},
            "Se loven. Hentet fra <https://x.no: https://x.no>.",
        ),
        ({"fotnotetekst": "Se https://x.no.", "url": "https://x.no"}, "Se https://x.no."),
    ],
)
def test_what_is_empty_leaves_no_trace(values: Values, expected: str) -> None:
    assert reference(values=values) == expected


def test_what_the_author_points_at_stands_before_the_link() -> None:
    assert reference(pinpoint="s. 12", values={"url": "https://x.no"}) == (
        "«En rapport», s. 12. Hentet fra <https://x.no: https://x.no>."
    )
    assert reference(pinpoint="s. 12", values={"fotnotetekst": "Se loven"}) == "Se loven. S. 12."


def test_every_part_knows_its_cells() -> None:
    known = register(kilder=[source("A", url="https://x.no", lest_dato=date(2026, 2, 2))])
    whole = cited(known.sources["A"], "nb")
    assert whole == (
        Text("«En rapport».", sources=(cell("kilder", "tittel"),)),
        Text(" Hentet fra "),
        Link("https://x.no", (Text("https://x.no", sources=(cell("kilder", "url"),)),)),
        Text(f" (lest 2.{NBSP}februar 2026).", sources=(cell("kilder", "lest_dato"),)),
    )
