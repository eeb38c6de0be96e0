"""The table of columns against the published lists of fields and codes, where they lie at hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebuilder.sheets.codes import CODES
from casebuilder.sheets.columns import BY_NAME, SHEETS
from casebuilder.sheets.declarations import Column, Filled, Is, Kind

DOMAIN = Path(__file__).parents[2].parent / "shared" / "domain"
beside = pytest.mark.skipif(
    not DOMAIN.is_dir(), reason="the lists of the domain do not lie beside the project"
)

KINDS = {
    "tekst": Kind.TEXT,
    "langtekst": Kind.LONG_TEXT,
    "kode": Kind.CODE,
    "heltall": Kind.INTEGER,
    "dato": Kind.DATE,
    "klokkeslett": Kind.TIME,
    "url": Kind.URL,
    "fil": Kind.FILE,
    "ref": Kind.REFERENCE,
    "flerref": Kind.REFERENCES,
    "formel": Kind.FORMULA,
}
COMPUTED = {
    ("medlemmer", "medlemskap_id"),  # organ, enhet og rekkefølge
    ("medlemmer", "medlem_fra"),  # så langt tilbake som vi vet
    ("medlemmer", "utmelding_virkning"),  # vedtakets virkningsdato
    ("saker", "rekkefølge"),  # radens plass i arket
    ("saker", "løpenr"),
    ("saker", "år"),  # møtedatoens år
    ("saker", "tekst"),  # sak_id
    ("saker", "standdato"),  # innkalt_dato, ellers møtedato
}
"""Columns whose empty cell means something that the register works out."""
WITHOUT_CONDITION = {
    ("saker", "offentlig_tittel"),  # when the title must be shielded, only a person can tell
    ("vedtak", "vedtaksdato_presisjon"),  # an empty precision is always «dag»
    ("kilder", "utgitt_presisjon"),
}


def field_list() -> list[dict[str, str]]:
    with (DOMAIN / "feltliste.csv").open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def columns() -> Iterator[tuple[str, Column]]:
    return ((sheet.name, column) for sheet in SHEETS for column in sheet.columns)


@beside
def test_sheets_and_columns_stand_in_the_order_of_the_list_of_fields() -> None:
    declared = [(sheet, column.field, column.header) for sheet, column in columns()]
    assert declared == [(row["ark"], row["felt"], row["overskrift"]) for row in field_list()]


@beside
def test_a_column_is_of_the_kind_that_the_list_gives() -> None:
    declared = [(sheet, column.field, column.kind, column.refers_to) for sheet, column in columns()]
    listed = []
    for row in field_list():
        kind, _, target = row["type"].partition(" ")
        listed.append((row["ark"], row["felt"], KINDS[kind.partition("(")[0]], target))
    assert declared == listed


@beside
def test_a_column_is_required_where_the_list_says_so() -> None:
    declared = {(sheet, column.field) for sheet, column in columns() if column.required}
    assert declared == {(row["ark"], row["felt"]) for row in field_list() if row["krav"] == "P"}


@beside
def test_a_column_is_required_on_a_condition_where_the_list_says_so() -> None:
    declared = {(sheet, column.field) for sheet, column in columns() if column.required_when}
    listed = {(row["ark"], row["felt"]) for row in field_list() if row["krav"] == "B"}
    assert declared == listed - WITHOUT_CONDITION


@beside
def test_an_empty_cell_has_the_default_of_the_list() -> None:
    declared = {
        (sheet, column.field): column.default
        for sheet, column in columns()
        if column.default and (sheet, column.field) not in WITHOUT_CONDITION
    }
    listed = {}
    for row in field_list():
        empty, _, default = row["merknad"].split(";")[0].partition("tom = ")
        if default and not empty and (row["ark"], row["felt"]) not in COMPUTED:
            listed[row["ark"], row["felt"]] = default.strip()
    assert declared == listed


@beside
def test_a_coded_column_names_the_list_of_codes_that_the_list_gives() -> None:
    declared = [
        (sheet, column.field, column.codes) for sheet, column in columns() if column.kind is Kind.CODE
    ]
    listed = [
        (row["ark"], row["felt"], row["verdier_eller_kodeliste"])
        for row in field_list()
        if row["type"] == "kode"
    ]
    assert declared == listed


@beside
def test_optional_sheets_are_those_the_list_calls_optional() -> None:
    listed = {row["ark"] for row in field_list() if row["merknad"].startswith("Arket er valgfritt")}
    assert {sheet.name for sheet in SHEETS if sheet.optional} == listed


@beside
def test_the_codes_are_those_of_the_list_in_its_order() -> None:
    with (DOMAIN / "kodelister.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    declared = [(name, code) for name, codes in CODES.items() for code in codes]
    assert declared == [(row["kodeliste"], row["verdi"]) for row in rows]


def test_a_reference_names_a_sheet_whose_rows_have_a_key_and_pads_it_as_that_sheet_does() -> None:
    references = [column for _, column in columns() if column.kind in (Kind.REFERENCE, Kind.REFERENCES)]
    keys = [BY_NAME[column.refers_to].key for column in references]
    assert [key.padded if key else None for key in keys] == [column.padded for column in references]


def test_a_condition_looks_at_a_coded_column_of_its_sheet_for_codes_that_it_has() -> None:
    unknown = []
    for sheet, column in columns():
        condition = column.required_when
        if isinstance(condition, Is):
            other = BY_NAME[sheet].column(condition.field)
            unknown += [code for code in condition.codes if code not in CODES[other.codes]]
    assert unknown == []


def test_defaults_are_codes_of_their_lists() -> None:
    defaults = [column for _, column in columns() if column.default and column.kind is Kind.CODE]
    assert [column.header for column in defaults if column.default not in CODES[column.codes]] == []


def test_is_holds_for_one_of_its_codes_and_filled_for_anything() -> None:
    values = {"status": "klar", "url": "https://a.no/", "tom": None}
    conditions = (Is("status", "utkast", "klar"), Is("status", "utkast"), Is("annet", "x"), Filled("url"))
    assert [each.holds(values) for each in (*conditions, Filled("tom"))] == [True, False, False, True, False]
