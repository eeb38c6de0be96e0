"""The law of cells: any text of a cell arrives in Word unchanged, or is refused at its cell.

A thousand strings made to break templates, Markdown, XML and Excel go through the whole program as
names, titles, proposals and titles of sources.
"""

from __future__ import annotations

import random
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebuilder.pipeline import Report, build
from casebuilder.sheets.columns import SHEETS
from casebuilder.workspace import Workspace
from tests.conftest import ROOT

FRAGMENTS = [
    *("&", "<", ">", "&amp;", "&#65;", "<b>", "</w:t>", "]]>", "{{ 7*7 }}", "{{", "}}", "{_{", "{%", "%}"),
    *("{% if x %}", "{#", "{{ saksutredning }}", "{{r x }}", "{%p endif %}", "*", "**", "_", "__", "`", "#"),
    *("[^1]", "[x](y)", "[@X]", "|", "\\", "~", "^", "$", "$$", "--", "...", "'", '"', "«", "»", "“", "@"),
    *("=1+1", "+", "-", "'=", "http://a.no", "😀", "👩\u200d👧", "Č", "đ", "ŋ", "š", "ŧ", "ž", "Ä", "Æ", "ø"),
    *("Å", "é", "e\u0301", "ß", "漢字", "א", "\u200d", "\u00ad", "\xa0", "\u2028", "\ue0f00\ue0f1", "\ue0f0"),
    *("%s", "{0}", "{x}", "1. januar", "§ 18", "10 000", "  ", "_x000B_", "_x0041_", "_x", "kommune", "Ski"),
    *("Sak 1/26", "nr. 3"),
]
COUNT = 1000
CASES = 120
SPACES = re.compile("[ \xa0]")


def strings() -> list[str]:
    chance = random.Random(20260212)  # noqa: S311 - the same strings every time
    made: list[str] = []
    while len(made) < COUNT:
        text = "".join(chance.choice([*FRAGMENTS, " "]) for _ in range(chance.randint(1, 7)))
        if text.strip():
            made.append(text[:200])
    return made


def shown_by_excel(text: str) -> str:
    """Return what Excel shows of the stored text: escapes undone, no spaces at the ends."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text).strip()


def plain(text: str) -> str:
    return SPACES.sub(" ", text)


def is_refused(text: str) -> bool:
    return "\x0b" in shown_by_excel(text)


class Secretariat:
    """A folder whose workbooks hold the strings, and where each was put."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cells: dict[tuple[str, str], str] = {}  # sheet and address → string
        shutil.copytree(ROOT / "templates", folder / "templates")
        (folder / "sources" / "tekster").mkdir(parents=True)
        text = '# Medlemmer\n\n{{ medlemstabell("RAD") }}\n\n{{ medlemmer("RAD", kort=ja) }}\n'
        (folder / "sources" / "tekster" / "felles.md").write_text(text, encoding="utf-8")
        self.strings = strings()
        self.units = self.strings[: COUNT - 6 * CASES]
        rest = iter(self.strings[len(self.units) :])
        self.titles, self.short, *self.points = ([next(rest) for _ in range(CASES)] for _ in range(5))
        self.sources = [next(rest) for _ in range(CASES)]

    def write(self) -> None:
        workbook = Workbook()
        workbook.remove(workbook.active)  # type: ignore[arg-type]
        for sheet in SHEETS:
            if not sheet.optional:
                made = workbook.create_sheet(sheet.name)
                made.append([column.header for column in sheet.columns])
        self._register(workbook)
        for number in range(CASES):
            self._case(workbook, number)
        workbook.save(self.folder / "sources" / "alt.xlsx")

    def _register(self, workbook: Workbook) -> None:
        self._row(workbook["organer"], organ_id="RAD", navn="Rådet IPR", organisasjonsform="IPR")
        for number, name in enumerate(self.units, start=1000):
            self._row(workbook["enheter"], enhet_id=str(number), type="annet", navn=name)
            self._row(
                workbook["medlemmer"], organ_id="RAD", enhet_id=str(number), medlem_fra=date(2020, 1, 1)
            )
        self._row(
            workbook["møter"], møte_id="M", organ_id="RAD", utvalg="styret", møtenummer="1",
            dato=date(2026, 2, 12), sted="Oslo",
        )  # fmt: skip

    def _case(self, workbook: Workbook, number: int) -> None:
        self._row(
            workbook["kilder"], kilde_id=f"K{number}", type="annet", tittel=self.sources[number]
        )  # fmt: skip
        proposal = "\n".join(points[number] for points in self.points)
        self._row(
            workbook["saker"], sak_id=f"S{number}", møte_id="M", løpenr=number + 1, sakstype="PS",
            tittel=self.titles[number], saksbehandler=self.short[number], forslag_til_vedtak=proposal,
            tekst="felles", kilder=f"K{number}", status="klar",
        )  # fmt: skip

    def _row(self, sheet: Worksheet, **values: object) -> None:
        declared = next(each for each in SHEETS if each.name == sheet.title)
        at = sheet.max_row + 1
        for index, column in enumerate(declared.columns, start=1):
            value = values.get(column.field)
            if value is None:
                continue
            cell = sheet.cell(at, index)
            cell.value = value  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"
                self.cells[(sheet.title, cell.coordinate)] = value


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Secretariat, Report, Report]:
    """Build twice: with the strings that must be refused, and with those taken out."""
    secretariat = Secretariat(tmp_path_factory.mktemp("lover"))
    secretariat.write()
    first = build(Workspace(secretariat.folder), write=False)
    for group in (
        secretariat.units,
        secretariat.titles,
        secretariat.short,
        secretariat.sources,
        *secretariat.points,
    ):
        group[:] = [text.replace("_x000B_", "") or "x" for text in group]
        group[:] = [text if shown_by_excel(text) else "x" for text in group]
    refused, secretariat.cells = secretariat.cells, {}
    secretariat.write()
    second = build(Workspace(secretariat.folder))
    secretariat.cells = refused
    return secretariat, first, second


def test_what_word_cannot_hold_is_refused_at_its_cell_and_nothing_else(
    built: tuple[Secretariat, Report, Report],
) -> None:
    secretariat, first, _second = built
    expected = {place for place, text in secretariat.cells.items() if is_refused(text)}
    told = {
        (each.place.sheet, each.place.cell) for each in first.problems if each.rule == "control-character"
    }
    assert len(expected) > 20
    assert told == expected


def test_titles_names_and_proposals_arrive_unchanged(built: tuple[Secretariat, Report, Report]) -> None:
    secretariat, _first, second = built
    assert [problem for problem in second.problems if problem.is_error] == []
    for number in range(CASES):
        path = next((secretariat.folder / "output" / "M").glob(f"Sak {number + 1}-26 *.docx"))
        document = Document(str(path))
        by_style: dict[str, list[str]] = {}
        for paragraph in document.paragraphs:
            by_style.setdefault(str(paragraph.style.name if paragraph.style else ""), []).append(
                paragraph.text
            )
        proposal = [shown_by_excel(points[number]) for points in secretariat.points]
        assert [plain(text) for text in by_style["Title"]] == [
            plain(shown_by_excel(secretariat.titles[number]))
        ]
        assert [plain(text) for text in by_style["Forslag til vedtak"]] == [
            plain(point) for point in proposal
        ]
        assert plain(document.tables[0].cell(3, 1).text) == plain(shown_by_excel(secretariat.short[number]))
        source = f"«{shown_by_excel(secretariat.sources[number])}»"
        assert plain(by_style["Kildeliste"][0]).startswith(plain(source))


def test_names_arrive_unchanged_in_tables_and_lists(built: tuple[Secretariat, Report, Report]) -> None:
    secretariat, _first, second = built
    document = Document(str(secretariat.folder / second.outcomes[0].path))
    names = [plain(shown_by_excel(name)) for name in secretariat.units]
    rows = document.tables[1].rows
    assert [plain(row.cells[0].text) for row in rows][1:] == names
    listed = next(paragraph.text for paragraph in document.paragraphs if ", " in paragraph.text)
    assert plain(listed) == f"{', '.join(names[:-1])} og {names[-1]}"
