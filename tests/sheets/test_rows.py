from __future__ import annotations

from datetime import datetime

import pytest

from casebuilder.problems import Place, Problem, Severity, msg
from casebuilder.sheets import read_sheets
from casebuilder.sheets.columns import BY_NAME, SHEETS
from casebuilder.sheets.declarations import Column, Is, Kind, Sheet
from casebuilder.sheets.rows import read_rows
from tests.sheets.builders import (
    BASE,
    NEEDED,
    by_openpyxl,
    by_xlsxwriter,
    cell,
    header,
    lines,
    raw,
    raws,
    read,
    row,
    rules,
)


def test_the_base_rows_are_sound() -> None:
    tables, problems = read(**{name: [given] for name, given in BASE.items()})
    assert problems == ()
    assert {name: len(tables[name]) for name in BASE} == dict.fromkeys(BASE, 1)


def test_workbooks_of_two_writers_are_read_into_one_set_of_tables() -> None:
    books = [("a.xlsx", NEEDED[:4], by_openpyxl), ("b.xlsx", NEEDED[4:], by_xlsxwriter)]
    files = [
        (file, write({name: lines(name, [BASE[name]]) for name in names})) for file, names, write in books
    ]
    tables, problems = read_sheets(files)
    assert problems == ()
    assert tables["saker"][0].values["tittel"] == "En sak"
    assert tables["organer"][0].place("navn") == Place("a.xlsx", "organer", "B2")
    assert tables["kilder"][0].place("tittel") == Place("b.xlsx", "kilder", "C2")


def test_headers_are_found_in_any_order_case_and_spacing_and_strangers_are_mentioned() -> None:
    table = [
        ["Egen kolonne", " TITTEL ", "kilde-id", "type"],
        ["noe", "En kilde", "K1", "annet"],
    ]
    tables, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert rules(problems) == [("column-unknown", "kilder", "A1")]
    [source] = tables["kilder"]
    assert (source.values["kilde_id"], source.place("kilde_id").cell) == ("K1", "C2")


def test_a_header_over_two_lines_is_one_header() -> None:
    table = [["Kilde-ID", "Type", "Tittel", "Fotnotetekst\n(overstyrer)"], ["K1", "annet", "t", "note"]]
    tables, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert (tables["kilder"][0].values["fotnotetekst"], problems) == ("note", ())


def test_a_sheet_is_found_by_its_name_without_regard_to_case_and_spaces() -> None:
    table = lines("kilder", [BASE["kilder"]])
    tables, problems = read_rows([*raws()[:-1], raw(" Kilder ", table)])
    assert problems == ()
    assert tables["kilder"][0].place("tittel") == Place("bok.xlsx", " Kilder ", "C2")


def test_empty_rows_are_passed_over_and_numbers_are_those_of_the_sheet() -> None:
    table = [*lines("kilder", []), ["  ", "", None], [None], *lines("kilder", [BASE["kilder"]])[1:]]
    tables, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert ([each.number for each in tables["kilder"]], problems) == ([4], ())


def test_a_row_with_nothing_but_a_formula_for_the_eye_is_empty() -> None:
    tables, problems = read(medlemmer=[{"enhet_navn": "#N/A"}])
    assert (tables["medlemmer"], problems) == ((), ())


def test_an_empty_cell_has_the_default_and_a_refused_one_has_none() -> None:
    tables, _ = read(saker=[row("saker", målform=None), row("saker", sak_id="S2", målform="no")])
    assert [each.values["målform"] for each in tables["saker"]] == ["nb", None]


# -- sheets ---------------------------------------------------------------------------------------


def test_a_sheet_that_stands_twice_is_one_problem_naming_both_files() -> None:
    again = raw("kilder", lines("kilder", [BASE["kilder"]]), file="b.xlsx")
    found = msg(
        "the sheet «{sheet}» stands both in {first} and in {second}.",
        sheet="kilder",
        first="bok.xlsx",
        second="b.xlsx",
    )
    problem = Problem("sheet-twice", Place("b.xlsx", "kilder"), found, msg("Keep it in one of them."))
    tables, problems = read_rows([*raws(), again])
    assert (problems, tables.incomplete) == ((problem,), frozenset({"kilder"}))


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_sheet_is_one_problem(name: str) -> None:
    found = msg("no workbook has the sheet «{sheet}».", sheet=name)
    expected = msg("Add it to one of the workbooks in the folder sources.")
    tables, problems = read_rows([each for each in raws() if each.name != name])
    assert problems == (Problem("sheet-missing", Place("sources"), found, expected),)
    assert tables.incomplete == {name}


def test_a_missing_sheet_asks_after_the_nearest_name() -> None:
    _, problems = read_rows([*raws()[:-1], raw("kildr", lines("kilder", []))])
    assert [problem.expected for problem in problems] == [msg("Did you mean «{name}»?", name="kildr")]


def test_an_optional_sheet_with_nearly_its_name_is_warned_of() -> None:
    _, problems = read_rows([*raws(), raw("deltagere", lines("deltakere", []))])
    place = Place("bok.xlsx", "deltagere")
    assert [(each.rule, each.severity, each.place) for each in problems] == [
        ("sheet-missing", Severity.WARNING, place)
    ]


def test_sheets_are_not_called_missing_when_a_workbook_could_not_be_read() -> None:
    sound = by_openpyxl({name: lines(name, []) for name in NEEDED[:4]})
    tables, problems = read_sheets([("a.xlsx", sound), ("b.xlsx", b"skadet")])
    assert [(problem.rule, problem.place) for problem in problems] == [
        ("workbook-unreadable", Place("b.xlsx"))
    ]
    assert tables.incomplete >= set(NEEDED[4:])


# -- columns --------------------------------------------------------------------------------------

REQUIRED = [(sheet, column) for sheet in SHEETS for column in sheet.columns if column.required]


@pytest.mark.parametrize(("sheet", "column"), REQUIRED)
def test_a_missing_required_column_is_one_problem_and_its_rows_are_faulty(
    sheet: Sheet, column: Column
) -> None:
    table = lines(sheet.name, [BASE[sheet.name]])
    at = header(sheet.name).index(column.header)
    left = [tuple(value for index, value in enumerate(line) if index != at) for line in table]
    others = [each for each in raws() if each.name != sheet.name]
    tables, problems = read_rows([*others, raw(sheet.name, left)])
    found = msg("the column «{column}» is missing.", column=column.header)
    assert [(each.rule, each.place, each.found, each.severity) for each in problems] == [
        ("column-missing", Place("bok.xlsx", sheet.name, "1:1"), found, Severity.ERROR)
    ]
    assert [each.faulty for each in tables[sheet.name]] == [True]


def test_a_missing_column_asks_after_the_nearest_header() -> None:
    table = [["Kilde-ID", "Type", "Titel"], ["K1", "annet", "En kilde"]]
    _, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert [problem.expected for problem in problems] == [msg("Did you mean «{name}»?", name="Titel")]


def test_an_optional_column_with_nearly_its_header_is_warned_of() -> None:
    table = [["Kilde-ID", "Type", "Tittel", "Forfattar"], ["K1", "annet", "En kilde", "Ola"]]
    _, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert [(each.rule, each.severity, each.expected) for each in problems] == [
        ("column-missing", Severity.WARNING, msg("Did you mean «{name}»?", name="Forfattar"))
    ]


def test_a_missing_conditional_column_is_one_problem_however_many_rows_need_it() -> None:
    table = [
        ["Kilde-ID", "Type", "Tittel"],
        ["K1", "rapport", "a"],
        ["K2", "rapport", "b"],
        ["K3", "annet", "c"],
    ]
    tables, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert rules(problems) == [("column-missing", "kilder", "1:1")]
    assert [each.faulty for each in tables["kilder"]] == [True, True, False]


def test_a_header_that_stands_twice_is_a_problem_at_the_second() -> None:
    table = [[*header("kilder"), "tittel"]]
    _, problems = read_rows([*raws()[:-1], raw("kilder", table)])
    assert rules(problems) == [("header-twice", "kilder", "O1")]


def test_an_empty_sheet_lacks_its_required_columns() -> None:
    _, problems = read_rows([*raws()[:-1], raw("kilder", [])])
    assert [problem.found for problem in problems] == [
        msg("the column «{column}» is missing.", column=name) for name in ("Kilde-ID", "Type", "Tittel")
    ]


# -- what must be filled in -----------------------------------------------------------------------


@pytest.mark.parametrize(("sheet", "column"), REQUIRED)
def test_an_empty_required_cell_is_one_problem_at_the_cell(sheet: Sheet, column: Column) -> None:
    given = [BASE[sheet.name], row(sheet.name, **{column.field: None})]
    if sheet.key and sheet.key != column:
        given[0] = row(sheet.name, **{sheet.key.field: "ANNEN"})
    tables, problems = read(**{sheet.name: given})
    found = msg("«{column}» is empty.", column=column.header)
    place = Place("bok.xlsx", sheet.name, cell(sheet.name, column.field, 3))
    assert problems == (Problem("empty", place, found, msg("It must be filled in.")),)
    assert [each.faulty for each in tables[sheet.name]] == [False, True]


ON_CONDITION = [
    (sheet, column, code)
    for sheet in SHEETS
    for column in sheet.columns
    if isinstance(column.required_when, Is)
    for code in column.required_when.codes
]


@pytest.mark.parametrize(("sheet", "column", "code"), ON_CONDITION)
def test_a_cell_that_another_cell_demands_must_be_filled_in(sheet: Sheet, column: Column, code: str) -> None:
    assert column.required_when is not None
    other = sheet.column(column.required_when.field)
    _, problems = read(**{sheet.name: [row(sheet.name, **{other.field: code, column.field: None})]})
    found = msg("«{column}» is empty.", column=column.header)
    expected = msg("It must be filled in when «{other}» is «{value}».", other=other.header, value=code)
    place = Place("bok.xlsx", sheet.name, cell(sheet.name, column.field))
    assert Problem("empty", place, found, expected) in problems
    assert {problem.rule for problem in problems} == {"empty"}


def test_a_source_with_an_address_must_say_when_it_was_read() -> None:
    _, problems = read(kilder=[row("kilder", url="https://a.no/")])
    assert rules(problems) == [("empty", "kilder", cell("kilder", "lest_dato"))]


def test_a_refused_cell_is_not_called_empty_and_demands_nothing() -> None:
    _, problems = read(saker=[row("saker", tilgang="hemmelig", tittel="a\nb")])
    assert rules(problems) == [
        ("line-break", "saker", cell("saker", "tittel")),
        ("unknown-code", "saker", cell("saker", "tilgang")),
    ]


# -- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.key])
def test_a_key_that_stands_twice_is_a_problem_at_the_second_naming_the_first(sheet: Sheet) -> None:
    assert sheet.key is not None
    key = sheet.key.field
    value = BASE[sheet.name].get(key, "M-1")
    tables, problems = read(**{sheet.name: [row(sheet.name, **{key: value})] * 2})
    found = msg("«{value}» is also in {cell}.", value=value, cell=cell(sheet.name, key))
    expected = msg("Each row needs a «{column}» of its own.", column=sheet.key.header)
    place = Place("bok.xlsx", sheet.name, cell(sheet.name, key, 3))
    assert problems == (Problem("not-unique", place, found, expected),)
    assert [each.number for each in tables[sheet.name]] == [2]
    assert [each.number for each in tables.repeated[sheet.name]] == [3]


def test_memberships_without_an_id_are_each_their_own() -> None:
    tables, problems = read(medlemmer=[BASE["medlemmer"]] * 2)
    assert (len(tables["medlemmer"]), problems, tables.incomplete & {"medlemmer"}) == (2, (), frozenset())


def test_a_sheet_with_a_key_that_cannot_be_read_is_incomplete() -> None:
    tables, _ = read(organer=[row("organer", organ_id="rådet")])
    assert tables.incomplete == {"organer"}


def test_every_cell_of_a_row_knows_its_place_also_where_the_column_is_missing() -> None:
    table = [["Kilde-ID", "Type", "Tittel"], ["K1", "annet", "En kilde"]]
    tables, _ = read_rows([*raws()[:-1], raw("kilder", table)])
    places = {field: place.cell for field, place in tables["kilder"][0].places.items()}
    missing = {column.field: "2:2" for column in BY_NAME["kilder"].columns}
    assert places == {**missing, "kilde_id": "A2", "type": "B2", "tittel": "C2"}


def test_a_date_cell_of_excel_becomes_a_day() -> None:
    tables, problems = read(saker=[row("saker", standdato=datetime(2026, 2, 1))])  # noqa: DTZ001
    assert (str(tables["saker"][0].values["standdato"]), problems) == ("2026-02-01", ())


def test_the_table_has_formulas_for_the_eye_only_where_nothing_depends_on_them() -> None:
    formulas = [(sheet.name, each) for sheet in SHEETS for each in sheet.columns if each.kind is Kind.FORMULA]
    assert [(name, each.required, each.required_when) for name, each in formulas] == [
        ("medlemmer", False, None)
    ]
