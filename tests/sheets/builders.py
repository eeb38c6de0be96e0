"""Small workbooks: rows by field names, as raw sheets or as the bytes of three different writers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter

from casebuilder.problems import Problem
from casebuilder.sheets.columns import BY_NAME
from casebuilder.sheets.raw import RawRow, RawSheet
from casebuilder.sheets.rows import Tables, read_rows

Given = Mapping[str, object]

BASE: dict[str, Given] = {
    "organer": {"organ_id": "RÅDET", "navn": "Rådet IPR", "organisasjonsform": "IPR"},
    "organhistorikk": {"organ_id": "RÅDET", "hendelse": "stiftet", "dato": date(2005, 1, 1)},
    "enheter": {"enhet_id": "0301", "type": "kommune", "navn": "Oslo", "fylkesnummer": "03"},
    "medlemmer": {"organ_id": "RÅDET", "enhet_id": "0301"},
    "vedtak": {
        "vedtak_id": "V1",
        "type": "annet",
        "vedtaksorgan": "styret",
        "gjelder_organ": "RÅDET",
        "status": "trukket",
        "kilde_id": "K1",
    },
    "møter": {
        "møte_id": "M1",
        "organ_id": "RÅDET",
        "utvalg": "styret",
        "møtenummer": "1/2026",
        "dato": date(2026, 2, 12),
        "form": "fjernmøte",
    },
    "saker": {
        "sak_id": "S1",
        "møte_id": "M1",
        "sakstype": "PS",
        "behandlingsmåte": "drøfting",
        "tittel": "En sak",
        "saksbehandler": "Kari Eksempel",
    },
    "vedlegg": {"sak_id": "S1", "nr": 1, "tittel": "Et vedlegg", "fil": "vedlegg.pdf"},
    "deltakere": {"møte_id": "M1", "navn": "Ola Prøve", "funksjon": "leder", "møtte": "ja"},
    "behandling": {"sak_id": "S1", "resultat": "vedtatt", "enstemmig": "ja", "vedtak": "Som foreslått."},
    "kilder": {"kilde_id": "K1", "type": "annet", "tittel": "En kilde"},
    "avvik": {
        "regel": "outer-spaces",
        "gjelder": "S1",
        "begrunnelse": "Slik står det",
        "initialer": "KE",
        "dato": date(2026, 2, 1),
    },
}
"""A row of every sheet that is sound, and asks for nothing more."""

NEEDED = tuple(name for name, sheet in BY_NAME.items() if not sheet.optional)


def row(sheet: str, **changed: object) -> Given:
    return {**BASE[sheet], **changed}


def header(sheet: str) -> tuple[object, ...]:
    return tuple(column.header for column in BY_NAME[sheet].columns)


def lines(sheet: str, rows: Sequence[Given]) -> list[tuple[object, ...]]:
    fields = [column.field for column in BY_NAME[sheet].columns]
    return [header(sheet), *(tuple(given.get(field) for field in fields) for given in rows)]


def raw(name: str, table: Sequence[Sequence[object]], file: str = "bok.xlsx") -> RawSheet:
    return RawSheet(file, name, tuple(RawRow(at, tuple(values)) for at, values in enumerate(table, 1)))


def raws(**changed: Sequence[Given]) -> list[RawSheet]:
    """Return every needed sheet with its base row, or with the rows that are given for it."""
    default = {name: (BASE[name],) for name in ("organer", "enheter", "møter", "saker", "kilder")}
    names = [*NEEDED, *(name for name in changed if name not in NEEDED)]
    return [raw(name, lines(name, changed.get(name, default.get(name, ())))) for name in names]


def read(**changed: Sequence[Given]) -> tuple[Tables, tuple[Problem, ...]]:
    return read_rows(raws(**changed))


def cell(sheet: str, field: str, number: int = 2) -> str:
    """Return the address of a field in a sheet that has every column in the declared order."""
    at = [column.field for column in BY_NAME[sheet].columns].index(field)
    return raw(sheet, ()).place(number, at).cell


def rules(problems: Sequence[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.rule, problem.place.sheet, problem.place.cell) for problem in problems]


# -- three writers of workbooks ------------------------------------------------------------------

Book = Mapping[str, Sequence[Sequence[object]]]


def by_openpyxl(book: Book) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, table in book.items():
        sheet = workbook.create_sheet(name)
        for values in table:
            sheet.append(list(values))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def by_xlsxwriter(book: Book) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    for name, table in book.items():
        sheet = workbook.add_worksheet(name)
        for number, values in enumerate(table):
            sheet.write_row(number, 0, values)
    workbook.close()
    return target.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def by_hand(sheet_data: Mapping[str, str], strings: str = "", prolog: str = "") -> bytes:
    """Write the least that is a workbook: each sheet's rows as XML, and the `<si>` of the strings."""
    names = list(sheet_data)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for at in range(1, len(names) + 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(names) + 1)
    )
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, 1)
    )
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
            f"{overrides}</Types>"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{relations}</Relationships>"
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        **{
            f"xl/worksheets/sheet{at}.xml": (
                f'{prolog}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
            )
            for at, rows in enumerate(sheet_data.values(), 1)
        },
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()
