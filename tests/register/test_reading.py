from __future__ import annotations

from datetime import date, timedelta

import pytest

from casebuilder.problems import Place, Problem, Severity, msg
from casebuilder.register import register_of
from casebuilder.sheets.columns import SHEETS
from casebuilder.sheets.declarations import Column, Kind, Sheet
from casebuilder.sheets.rows import read_rows
from tests.register.builders import decision, membership, register_from, sound_register
from tests.sheets.builders import BASE, Given, cell, header, lines, raw, raws, read, row, rules

REFERENCES = [
    (sheet, column)
    for sheet in SHEETS
    for column in sheet.columns
    if column.kind in (Kind.REFERENCE, Kind.REFERENCES)
]


@pytest.mark.parametrize(("sheet", "column"), REFERENCES)
def test_a_reference_to_nothing_is_one_problem_at_its_cell(sheet: Sheet, column: Column) -> None:
    _, problems = register_from(**{sheet.name: [row(sheet.name, **{column.field: "FINNES_IKKE_Q"})]})
    found = msg("«{name}» is not found in the sheet «{sheet}».", name="FINNES_IKKE_Q", sheet=column.refers_to)
    place = Place("bok.xlsx", sheet.name, cell(sheet.name, column.field))
    told = [(each.rule, each.place, each.found, each.severity) for each in problems]
    assert told == [("dangling-reference", place, found, Severity.ERROR)]


def test_of_several_references_each_that_leads_nowhere_is_told_and_asks_after_the_nearest() -> None:
    _, problems = register_from(
        saker=[row("saker", kilder="K1;K2X;K1Y")], kilder=[row("kilder"), row("kilder", kilde_id="K2X3")]
    )
    assert [(each.place.cell, each.expected) for each in problems] == [
        (cell("saker", "kilder"), msg("Did you mean «{name}»?", name="K2X3")),
        (cell("saker", "kilder"), msg("Did you mean «{name}»?", name="K1")),
    ]


def test_a_lost_zero_still_finds_its_unit() -> None:
    register, problems = register_from(medlemmer=[row("medlemmer", enhet_id=301)])
    assert [each.unit_id for each in register.memberships] == ["0301"]
    assert [(each.rule, each.severity) for each in problems] == [("lost-zero", Severity.INFO)]


# -- one fault, one problem -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        ("organer", "navn"),
        ("enheter", "navn"),
        ("møter", "utvalg"),
        ("saker", "tittel"),
        ("kilder", "tittel"),
    ],
)
def test_what_refers_to_a_faulty_row_is_no_second_problem(sheet: str, field: str) -> None:
    given: dict[str, list[Given]] = {name: [each] for name, each in BASE.items()}
    given["saker"] = [row("saker", kilder="K1")]
    given[sheet] = [{**given[sheet][0], field: None}]
    register, problems = register_from(**given)
    assert rules(problems) == [("empty", sheet, cell(sheet, field))]
    key = {"organer": "RÅDET", "enheter": "0301", "møter": "M1", "saker": "S1", "kilder": "K1"}[sheet]
    assert register.faulty[sheet] == {key}


@pytest.mark.parametrize("sheet", ["organer", "enheter", "vedtak", "møter", "saker", "kilder"])
@pytest.mark.parametrize("refused", ["a\x0bb", None])
def test_what_refers_to_a_row_whose_key_was_refused_is_no_second_problem(
    sheet: str, refused: str | None
) -> None:
    given: dict[str, list[Given]] = {name: [each] for name, each in BASE.items()}
    key = next(each for each in SHEETS if each.name == sheet).key
    assert key is not None
    given[sheet] = [{**given[sheet][0], key.field: refused}]
    register, problems = register_from(**given)
    assert [each.place for each in problems] == [Place("bok.xlsx", sheet, cell(sheet, key.field))]
    assert register.faulty[sheet] == frozenset()


@pytest.mark.parametrize("sheet", ["organer", "enheter", "møter", "saker", "kilder"])
def test_what_refers_to_a_missing_sheet_is_no_second_problem(sheet: str) -> None:
    sheets = [
        each for each in raws(medlemmer=[BASE["medlemmer"]], vedlegg=[BASE["vedlegg"]]) if each.name != sheet
    ]
    _, problems = register_of(*read_rows(sheets))
    assert [each.rule for each in problems] == ["sheet-missing"]


@pytest.mark.parametrize("sheet", ["organer", "enheter", "møter", "kilder"])
def test_what_refers_to_a_sheet_without_its_headers_is_no_second_problem(sheet: str) -> None:
    sheets = [each for each in raws(medlemmer=[BASE["medlemmer"]]) if each.name != sheet]
    register, problems = register_of(*read_rows([*sheets, raw(sheet, [])]))
    assert {(each.rule, each.place.sheet) for each in problems} == {("column-missing", sheet)}
    assert register.incomplete == {sheet}


@pytest.mark.parametrize(("sheet", "column"), [(s, c) for s in SHEETS for c in s.columns if c.required])
def test_a_register_is_made_also_without_a_required_column(sheet: Sheet, column: Column) -> None:
    at = header(sheet.name).index(column.header)
    table = [line[:at] + line[at + 1 :] for line in lines(sheet.name, [BASE[sheet.name]])]
    given: dict[str, list[Given]] = {name: [each] for name, each in BASE.items()}
    sheets = [each for each in raws(**given) if each.name != sheet.name]
    _, problems = register_of(*read_rows([*sheets, raw(sheet.name, table)]))
    assert [each.rule for each in problems] == ["column-missing"]


def test_a_case_of_a_faulty_meeting_is_refused_with_it() -> None:
    register, problems = register_from(møter=[row("møter", dato="i fjor")])
    assert rules(problems) == [("not-a-date", "møter", cell("møter", "dato"))]
    assert list(register.cases) == []
    assert [register.faulty[sheet] for sheet in ("saker", "møter")] == [{"S1"}, {"M1"}]


# -- cases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "called", "as_of"),
    [
        (date(2026, 1, 1), date(2026, 2, 5), date(2026, 1, 1)),
        (None, date(2026, 2, 5), date(2026, 2, 5)),
        (None, None, date(2026, 2, 12)),
    ],
)
def test_the_facts_are_as_of_the_cases_own_day_else_the_call_else_the_meeting(
    own: date | None, called: date | None, as_of: date
) -> None:
    register = sound_register(møter=[row("møter", innkalt_dato=called)], saker=[row("saker", standdato=own)])
    assert register.cases["S1"].as_of == as_of


def test_a_case_without_an_order_has_the_place_of_its_row_also_after_a_faulty_one() -> None:
    register, _ = register_from(
        saker=[
            row("saker", sak_id="A", tittel=None),
            row("saker", sak_id="B"),
            row("saker", sak_id="C", rekkefølge=1),
            row("saker", sak_id="D"),
        ]
    )
    ordered = [(case.id, case.order) for case in register.cases_of("M1")]
    assert ordered == [("A", 1), ("C", 1), ("B", 2), ("D", 4)]


def test_a_label_has_number_and_year_and_a_dash_where_there_is_no_number() -> None:
    register = sound_register(
        saker=[row("saker", løpenr=12, år=2026), row("saker", sak_id="S2")],
    )
    assert [case.label for case in register.cases.values()] == ["12/26", "–/26"]


def test_a_year_that_is_not_the_meetings_is_a_problem_of_its_case() -> None:
    _, problems = register_from(saker=[row("saker", år=2025)])
    found = msg("the year is {year}, but the meeting is in {other}.", year=2025, other=2026)
    expected = msg("Leave the cell empty, or correct it.")
    place = Place("bok.xlsx", "saker", cell("saker", "år"))
    assert problems == (Problem("wrong-year", place, found, expected, cases=frozenset({"S1"})),)


def test_a_proposal_has_a_point_for_each_line() -> None:
    register = sound_register(saker=[row("saker", forslag_til_vedtak="Første.\n\n  Andre.")])
    assert register.cases["S1"].proposal == ("Første.", "Andre.")


def test_a_text_is_named_by_the_case_where_no_other_is() -> None:
    register = sound_register(saker=[row("saker"), row("saker", sak_id="S2", tekst="felles.md")])
    assert [(case.text, case.template) for case in register.cases.values()] == [
        ("S1", "saksfremstilling.docx"),
        ("felles.md", "saksfremstilling.docx"),
    ]


def test_attachments_come_in_the_order_of_their_numbers() -> None:
    register = sound_register(
        vedlegg=[
            row("vedlegg", nr=2, tittel="B", fil="b.pdf"),
            row("vedlegg", nr=1, tittel="A", fil="a.pdf", utrykt="ja"),
            row("vedlegg", nr=3, tittel="C", fil="c.pdf", utrykt="nei"),
        ]
    )
    own = register.attachments_of("S1")
    assert [(each.number, each.unprinted) for each in own] == [(1, True), (2, False), (3, False)]
    assert register.attachments_of("S2") == ()


def test_a_unit_has_the_name_of_running_text() -> None:
    register = sound_register(
        enheter=[
            row("enheter"),
            row("enheter", enhet_id="32", type="fylkeskommune", navn="Akershus"),
            row("enheter", enhet_id="UIO", type="universitet/høyskole", navn="Universitetet i Oslo"),
            row("enheter", enhet_id="3403", navn="Hamar", navn_fullt="Hamar bykommune"),
        ]
    )
    names = [unit.full_name for unit in register.units.values()]
    assert names == ["Oslo kommune", "Akershus fylkeskommune", "Universitetet i Oslo", "Hamar bykommune"]


def test_every_record_knows_the_cells_it_came_from() -> None:
    register = sound_register(vedtak=[decision("V1")], medlemmer=[membership(utmelding_vedtak_id="V1")])
    assert register.decisions["V1"].place("virkningsdato") == Place("bok.xlsx", "vedtak", "L2")
    assert register.memberships[0].place("utmelding_virkning") == Place("bok.xlsx", "medlemmer", "K2")


def test_a_large_register_is_read() -> None:
    vedtak = [decision(f"V{at}") for at in range(2000)]
    days = [date(2000, 1, 1) + timedelta(at) for at in range(2001)]
    medlemmer = [
        membership(medlem_fra=days[at], utmelding_virkning=days[at + 1], utmelding_vedtak_id=f"V{at}")
        for at in range(2000)
    ]
    tables, problems = read(vedtak=vedtak, medlemmer=medlemmer)
    register, more = register_of(tables, problems)
    assert (len(register.memberships), more) == (2000, ())
