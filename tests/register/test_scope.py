from __future__ import annotations

import pytest

from casebuilder.register import register_of
from casebuilder.sheets.rows import read_rows
from tests.register.builders import register_from
from tests.sheets.builders import BASE, Given, header, lines, raw, raws, row

TWO_MEETINGS: dict[str, list[Given]] = {
    "møter": [row("møter"), row("møter", møte_id="M2")],
    "saker": [
        row("saker", kilder="K1"),
        row("saker", sak_id="S2"),
        row("saker", sak_id="S3", møte_id="M2", kilder="K1;K2"),
    ],
    "kilder": [row("kilder"), row("kilder", kilde_id="K2"), row("kilder", kilde_id="K3")],
}
ALL = None
NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("sheet", "faulty", "held_back"),
    [
        ("saker", row("saker", sak_id="S9", tittel=None), {"S9"}),
        ("saker", row("saker", sak_id="S9", kilder="K9"), {"S9"}),
        ("saker", row("saker", sak_id="S2"), {"S2"}),
        ("saker", row("saker", sak_id=None), NONE),
        ("vedlegg", row("vedlegg", tittel=None), {"S1"}),
        ("vedlegg", row("vedlegg", sak_id="S99"), ALL),
        ("vedlegg", row("vedlegg", sak_id=None), ALL),
        ("behandling", row("behandling", sak_id="S2", vedtak=None), {"S2"}),
        ("møter", row("møter", utvalg=None), {"S1", "S2"}),
        ("møter", row("møter", møte_id="M3", utvalg=None), NONE),
        ("møter", row("møter", møte_id=None), ALL),
        ("deltakere", row("deltakere", møte_id="M2", navn=None), {"S3"}),
        ("kilder", row("kilder", kilde_id="K2", tittel=None), {"S3"}),
        ("kilder", row("kilder", tittel=None), {"S1", "S3"}),
        ("kilder", row("kilder", kilde_id="K3", tittel=None), NONE),
        ("kilder", row("kilder", kilde_id=None), ALL),
        ("organer", row("organer", navn=None), ALL),
        ("enheter", row("enheter", navn=None), ALL),
        ("medlemmer", row("medlemmer", rolle="?"), ALL),
        ("vedtak", row("vedtak", vedtaksorgan=None), ALL),
        ("avvik", row("avvik", regel=None), NONE),
    ],
)
def test_a_fault_holds_back_the_cases_that_its_row_concerns(
    sheet: str, faulty: Given, held_back: set[str] | None
) -> None:
    given = {name: list(rows) for name, rows in TWO_MEETINGS.items()}
    key = {"saker": "sak_id", "møter": "møte_id", "kilder": "kilde_id"}.get(sheet)
    others = [
        each for each in given.get(sheet, []) if key is None or each[key] != faulty[key] or sheet == "saker"
    ]
    given[sheet] = [*others, faulty]
    _, problems = register_from(**given)
    assert {problem.cases for problem in problems} == {None if held_back is None else frozenset(held_back)}


def test_a_source_that_stands_twice_holds_back_the_cases_that_list_it() -> None:
    given = {**TWO_MEETINGS, "kilder": [*TWO_MEETINGS["kilder"], row("kilder", kilde_id="K2")]}
    _, problems = register_from(**given)
    assert [(problem.rule, problem.cases) for problem in problems] == [("not-unique", frozenset({"S3"}))]


def test_a_note_on_what_was_mended_holds_back_nothing() -> None:
    _, problems = register_from(organer=[row("organer", navn=" Rådet ")])
    assert [(problem.rule, problem.concerns("S1")) for problem in problems] == [("outer-spaces", False)]


def test_a_fault_in_a_header_holds_back_every_case() -> None:
    table = [(*header("saker"), "Tittel"), *lines("saker", [BASE["saker"]])[1:]]
    sheets = [each for each in raws() if each.name != "saker"]
    _, problems = register_of(*read_rows([*sheets, raw("saker", table)]))
    assert [(problem.rule, problem.cases) for problem in problems] == [("header-twice", None)]
