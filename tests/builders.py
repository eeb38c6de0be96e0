"""Small registers for tests: a row a line, every cell with its Place, defaults as the columns declare them.

`register(organer=[body("RAAD")], enheter=[unit("3201", "Bærum")])` reads like the sheets do. A body, a
meeting and a case stand in for those that a test does not speak of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from casebuilder.problems import Place
from casebuilder.register.reading import read_register
from casebuilder.register.records import Case, Register
from casebuilder.sheets import Row, Tables
from casebuilder.sheets.columns import BY_NAME

Values = Mapping[str, object]

BODY = "RAAD"
CASE = "S-1"
MEETING = "M-1"


def body(body_id: str = BODY, navn: str = "Østre råd IPR", **values: object) -> Values:
    return {"organ_id": body_id, "navn": navn, "organisasjonsform": "IPR", **values}


def event(hendelse: str, dato: date, presisjon: str = "dag", **values: object) -> Values:
    return {"organ_id": BODY, "hendelse": hendelse, "dato": dato, "presisjon": presisjon, **values}


def unit(unit_id: str, navn: str, **values: object) -> Values:
    return {"enhet_id": unit_id, "type": "kommune", "navn": navn, **values}


def member(unit_id: str, **values: object) -> Values:
    return {"organ_id": BODY, "enhet_id": unit_id, **values}


def decision(decision_id: str, unit_id: str | None = None, **values: object) -> Values:
    made = {"type": "utmelding", "status": "vedtatt", "vedtaksorgan": "kommunestyret", "gjelder_organ": BODY}
    return {"vedtak_id": decision_id, "enhet_id": unit_id, "kilde_id": (), **made, **values}


def source(source_id: str, tittel: str = "En rapport", **values: object) -> Values:
    return {"kilde_id": source_id, "type": "rapport", "tittel": tittel, **values}


def meeting(**values: object) -> Values:
    day = {"utvalg": "Styret", "møtenummer": "1/2026", "dato": date(2026, 2, 12), "sted": "Oslo"}
    return {"møte_id": MEETING, "organ_id": BODY, **day, **values}


def case(case_id: str = CASE, **values: object) -> Values:
    said = {"løpenr": 12, "sakstype": "PS", "tittel": "Samarbeid", "saksbehandler": "Kari Nordmann"}
    return {"sak_id": case_id, "møte_id": MEETING, **said, **values}


def attachment(nr: int, tittel: str, **values: object) -> Values:
    return {"sak_id": CASE, "nr": nr, "tittel": tittel, "fil": f"{nr}.pdf", **values}


def tables(**sheets: Sequence[Values]) -> Tables:
    """Rows of the sheets, numbered from 2 as under a header; what is not given is as an empty cell."""
    return Tables(
        {
            name: tuple(row(name, number, values) for number, values in enumerate(given, start=2))
            for name, given in sheets.items()
        }
    )


def row(sheet: str, number: int, values: Values) -> Row:
    columns = BY_NAME[sheet].columns
    unknown = set(values) - {column.field for column in columns}
    assert not unknown, f"no such column in {sheet}: {unknown}"
    filled = {column.field: values.get(column.field) or column.default for column in columns}
    return Row(sheet, number, filled, {column.field: cell(sheet, column.field, number) for column in columns})


def cell(sheet: str, field: str, number: int = 2) -> Place:
    """The Place of a cell, in a workbook named after its sheet."""
    index = [column.field for column in BY_NAME[sheet].columns].index(field)
    return Place(f"{sheet}.xlsx", sheet, f"{chr(ord('A') + index)}{number}")


def register(**sheets: Sequence[Values]) -> Register:
    """A register in which every reference holds."""
    stand_in = {"organer": [body()], "møter": [meeting()], "saker": [case()]}
    made, problems = read_register(tables(**{**stand_in, **sheets}))
    assert problems == ()
    return made


def case_of(known: Register, case_id: str = CASE) -> Case:
    return known.cases[case_id]
