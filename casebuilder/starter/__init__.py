"""What a new secretariat's folder holds: workbooks, template, a text to start from, and how to begin.

Everything comes with the package, so that an installed wheel and a checkout give the same folder.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files

from casebuilder.sheets.starter import Rows, starter_workbook

WORKBOOKS: Mapping[str, tuple[str, ...]] = {
    "medlemmer.xlsx": ("organer", "organhistorikk", "enheter", "medlemmer"),
    "vedtak.xlsx": ("vedtak",),
    "saker.xlsx": ("møter", "saker", "vedlegg"),
    "kilder.xlsx": ("kilder",),
}
"""How the sheets are split; casebuilder finds a sheet wherever it stands."""

_EXAMPLE = "EKSEMPELET-2027-001"
_REMARK = "Eksempel, slett raden"
_CMD = """\
@echo off
chcp 65001 >nul
cd /d "%~dp0"
where casebuilder >nul 2>nul
if errorlevel 1 (py -m casebuilder build) else (casebuilder build)
echo.
pause
"""


def starter_files() -> dict[str, bytes]:
    """Return every file of a new folder by its path below it, with forward slashes."""
    package = files(__name__)
    rows = _rows()
    workbooks = {f"sources/{name}": starter_workbook(sheets, rows) for name, sheets in WORKBOOKS.items()}
    return {
        **workbooks,
        f"sources/tekster/{_EXAMPLE}.docx": package.joinpath("tekst.docx").read_bytes(),
        "sources/vedlegg/Legg vedlegg her.txt": _for_windows("Legg filene til vedleggene i denne mappen.\n"),
        "templates/saksfremstilling.docx": package.joinpath("saksfremstilling.docx").read_bytes(),
        "LESMEG.txt": _for_windows(package.joinpath("LESMEG.txt").read_text(encoding="utf-8")),
        "Lag sakspapirer.cmd": _CMD.replace("\n", "\r\n").encode("ascii"),
    }


def _for_windows(text: str) -> bytes:
    """Return a text as Notepad likes it: UTF-8 with a byte order mark, CRLF."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _rows() -> Mapping[str, Rows]:
    """Return the units, and one small example that makes a paper at once."""
    body = {"organ_id": "EKSEMPELET", "navn": "Eksempelrådet IPR", "kortnavn": "Rådet"}
    members = [
        {"organ_id": "EKSEMPELET", "enhet_id": unit, "medlem_fra": date(2020, 1, 1), "kilde_id": source}
        for unit, source in (("0301", "EKSEMPELAVTALEN"), ("3201", "EKSEMPELAVTALEN"))
    ]
    return {
        "organer": [
            {
                **body,
                "organisasjonsform": "IPR",
                "definisjon": "Et råd som bare finnes her, for å vise hvordan arkene fylles ut.",
                "kilde_id": "EKSEMPELAVTALEN",
            }
        ],
        "enheter": _units(),
        "medlemmer": [{**member, "merknad": _REMARK} for member in members],
        "møter": [_meeting()],
        "saker": [_case()],
        "kilder": [
            {
                "kilde_id": "EKSEMPELAVTALEN",
                "type": "avtale/vedtekter",
                "tittel": "Samarbeidsavtale for Eksempelrådet",
                "merknad": _REMARK,
            }
        ],
    }


def _meeting() -> Mapping[str, object]:
    return {
        "møte_id": "EKSEMPELET-2027-01",
        "organ_id": "EKSEMPELET",
        "utvalg": "styret",
        "møtenummer": "1/2027",
        "dato": date(2027, 1, 21),
        "sted": "Rådhuset",
        "innkalt_dato": date(2027, 1, 14),
    }


def _case() -> Mapping[str, object]:
    return {
        "sak_id": _EXAMPLE,
        "møte_id": "EKSEMPELET-2027-01",
        "løpenr": 1,
        "sakstype": "PS",
        "tittel": "En sak å begynne med",
        "saksbehandler": "Ditt navn",
        "forslag_til_vedtak": "Styret tar saken til orientering.\nSekretariatet følger saken opp.",
        "status": "utkast",
    }


def _units() -> Sequence[Mapping[str, object]]:
    """Return the kommuner and fylkeskommuner of 2026 and the two fylker of 2020–2023 that are gone."""
    text = files(__name__).joinpath("enheter.csv").read_text(encoding="utf-8")
    return [
        {name: _typed(name, said) for name, said in row.items()}
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    ]


def _typed(name: str, said: str) -> object:
    return date.fromisoformat(said) if said and name.startswith("gyldig") else said or None
