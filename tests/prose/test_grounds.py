"""Every answer knows the very cells that it stands on, no more and no fewer, and the day it asks about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from casebuilder.paper import Cell, Paragraph, Table, Text
from casebuilder.problems import Place
from casebuilder.prose.asking import Answer, answer
from casebuilder.prose.expressions import Expression
from casebuilder.register.records import Register
from tests.builders import Values, body, case_of, cell, decision, member, register, unit


def with_units(**sheets: Sequence[Values]) -> Register:
    return register(enheter=[unit("3201", "Bærum"), unit("3301", "Drammen")], **sheets)


def asked(source: str, known: Register) -> Answer:
    given, problems = answer(Expression(source, Place("tekst.md", line=3)), known, case_of(known))
    assert problems == ()
    assert given is not None
    return given


def test_a_count_stands_on_what_makes_its_rows_count_and_on_no_name() -> None:
    known = with_units(organer=[body(kortnavn="Rådet")], medlemmer=[member("3201", medlemskap_id="M-1")])
    columns = ("enhet_id", "medlem_fra", "utmelding_virkning", "utmelding_vedtak_id")
    given = asked('antall("RAAD")', known)
    assert given.cells == tuple(cell("medlemmer", column) for column in columns)
    assert {place.row for place in given.cells} == {"M-1"}


def test_a_part_of_a_decision_stands_on_its_own_cell_alone() -> None:
    made = decision("V-1", "3201", vedtaksdato=date(2024, 6, 1), virkningsdato=date(2026, 1, 1))
    known = with_units(vedtak=[made])
    asked_for = {"dato": "vedtaksdato", "virkningsdato": "virkningsdato", "vedtaksorgan": "vedtaksorgan"}
    cells = {part: asked(f'vedtak("V-1").{part}', known).cells for part in asked_for}
    assert cells == {part: (cell("vedtak", column),) for part, column in asked_for.items()}


def test_a_date_known_to_the_year_stands_also_on_the_cell_that_says_so() -> None:
    made = {"vedtaksdato": date(2024, 1, 1), "vedtaksdato_presisjon": "år"}
    known = with_units(vedtak=[decision("V-1", "3201", virkningsdato=date(2026, 1, 1), **made)])
    assert asked('vedtak("V-1").dato', known).cells == (
        cell("vedtak", "vedtaksdato"), cell("vedtak", "vedtaksdato_presisjon"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ('antall("RAAD")', date(2026, 2, 12)),
        ('medlemmer("RAAD", dato="1.1.2027")', date(2027, 1, 1)),
        ("sak.tittel", None),
    ],
)
def test_an_answer_knows_the_day_that_it_asks_about(source: str, day: date | None) -> None:
    known = with_units(medlemmer=[member("3201")])
    assert asked(source, known).as_of == day


def test_each_cell_of_a_table_stands_on_its_own_row() -> None:
    known = with_units(
        medlemmer=[
            member("3201", medlemskap_id="M-1"),
            member("3301", medlemskap_id="M-2", gruppering="Vest"),
        ],
    )
    table = asked('medlemstabell("RAAD")', known).value
    assert isinstance(table, Table)
    said = [
        [(text.text, [place.cell for place in text.sources]) for text in _texts(row)] for row in table.body
    ]
    unit_name, group = cell("enheter", "navn").cell, cell("medlemmer", "gruppering").cell
    member_unit = cell("medlemmer", "enhet_id").cell
    assert said == [
        [("Bærum kommune", [member_unit, unit_name]), ("–", [group])],
        [("Drammen kommune", [_below(member_unit), _below(unit_name)]), ("Vest", [_below(group)])],
    ]
    assert {place.row for text in _texts(table.body[1]) for place in text.sources} == {"M-2", "3301"}


def _below(address: str) -> str:
    return address.replace("2", "3")


def _texts(row: Sequence[Cell]) -> list[Text]:
    words = [block.content[0] for each in row for block in each.content if isinstance(block, Paragraph)]
    return [word for word in words if isinstance(word, Text)]
