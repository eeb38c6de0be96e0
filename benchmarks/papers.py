"""The same papers at any size: the sample's longest case multiplied into a workspace of its own.

Nothing is drawn at random: the same size always gives the same folder. Every paper has a sentence of its own,
`marker(n)`, so that no two texts are alike and a paper that was made can be told from one that was not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parent.parent
SAMPLE_TEXT = ROOT / "sources" / "tekster" / "STYRET-2026-012.md"
BOOKS = ("kilder.xlsx", "medlemmer.xlsx", "saker.xlsx", "vedtak.xlsx")
TEMPLATE = "saksfremstilling.docx"
CASES_A_MEETING = 25
PARAGRAPHS_A_PAGE = 4
_THEMES = (
    "avtalen",
    "kontingenten",
    "møtene",
    "sekretariatet",
    "rapporteringen",
    "arbeidsdelingen",
    "reglene",
)
_VERBS = ("bør drøftes", "kan forenkles", "må beskrives", "er omtalt", "kan vente", "henger sammen")
_ENDS = (
    "før noen tar stilling til formen",
    "slik at alle kjenner grunnlaget",
    "uten at det binder medlemmene",
    "fordi behovene er ulike",
    "når høringen er over",
)


@dataclass(frozen=True)
class Size:
    """How large a workspace is: cases, members' rows besides the sample's, pages and notes in each paper."""

    cases: int = 1
    rows: int = 0
    pages: int = 0  # besides the sample's four
    notes: int = 0


def marker(number: int) -> str:
    """Return the words that only one paper has."""
    return f"Papiret har sin egen setning om {_spelled(number)}."


def case_id(number: int) -> str:
    """Return the sak_id of a case."""
    return f"STYRET-2026-{number:04}"


def text_of(number: int, size: Size) -> str:
    """Return the Markdown of one case: the sample's text, its own sentence, then pages and notes."""
    sample = SAMPLE_TEXT.read_text(encoding="utf-8").rstrip()
    more = [marker(number), *_pages(size.pages), *_notes(size.notes)]
    return "\n\n".join([sample, *more]) + "\n"


def make_workspace(folder: Path, size: Size) -> Path:
    """Make the folders of a secretariat with so many cases; return the folder."""
    texts = folder / "sources" / "tekster"
    texts.mkdir(parents=True)
    (folder / "templates").mkdir()
    shutil.copy2(ROOT / "templates" / TEMPLATE, folder / "templates" / TEMPLATE)
    for book in BOOKS:
        shutil.copy2(ROOT / "sources" / book, folder / "sources" / book)
    _write_cases(folder / "sources" / "saker.xlsx", size.cases)
    if size.rows:
        _write_members(folder / "sources" / "medlemmer.xlsx", size.rows)
    for number in range(1, size.cases + 1):
        (texts / f"{case_id(number)}.md").write_text(text_of(number, size), encoding="utf-8")
    return folder


def change_a_cell(folder: Path, round_number: int) -> None:
    """Change the name of the body, which every paper prints in its text and at its foot."""
    path = folder / "sources" / "medlemmer.xlsx"
    workbook = load_workbook(path)
    workbook["organer"]["B2"] = f"Osloregionen IPR, {_spelled(round_number)}"
    workbook.save(path)


def change_a_text(folder: Path, number: int, round_number: int) -> None:
    """Add a sentence to one text."""
    path = folder / "sources" / "tekster" / f"{case_id(number)}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nDette er skrevet til om {_spelled(round_number)}.\n", encoding="utf-8")


def _spelled(number: int) -> str:
    """Return a number as a word of its own: digits typed by hand are what the language rules look for."""
    return "merke " + "".join("abcdefghij"[int(digit)] for digit in str(number))


def _pages(pages: int) -> Iterator[str]:
    for page in range(1, pages + 1):
        yield f"# Tillegg om {_THEMES[page % len(_THEMES)]}, {_spelled(page)}"
        for paragraph in range(PARAGRAPHS_A_PAGE):
            yield paragraph_of(page, paragraph)


def paragraph_of(page: int, paragraph: int) -> str:
    """Return a paragraph of about ninety words that begins with words of its own."""
    at = page * PARAGRAPHS_A_PAGE + paragraph
    sentences = (
        f"{_THEMES[(at + n) % len(_THEMES)].capitalize()} {_VERBS[(at + 2 * n) % len(_VERBS)]} "
        f"{_ENDS[(at + 3 * n) % len(_ENDS)]}."
        for n in range(11)
    )
    return f"Avsnittet er {_spelled(at)}. {' '.join(sentences)}"


def _notes(notes: int) -> Iterator[str]:
    for note in range(1, notes + 1):
        yield f"Påstanden er {_spelled(note)}.[^n{note}]\n\n[^n{note}]: Noten er {_spelled(note)}."


def _write_cases(path: Path, cases: int) -> None:
    workbook = load_workbook(path)
    meetings, sheet = workbook["møter"], workbook["saker"]
    meeting, case = _first_row(meetings), _first_row(sheet)
    for name in ("møter", "saker", "vedlegg"):
        _clear(workbook[name])
    for number in range(1, -(-cases // CASES_A_MEETING) + 1):
        day = date(2026, 2, 12) + timedelta(days=number - 1)
        row = {"Møte-ID": f"STYRET-2026-{number:02}", "Møtenummer": f"{number}/2026", "Møtedato": day}
        meetings.append(list({**meeting, **row, "Innkalling sendt": None}.values()))
    for number in range(1, cases + 1):
        row = {
            "Sak-ID": case_id(number),
            "Møte-ID": f"STYRET-2026-{(number - 1) // CASES_A_MEETING + 1:02}",
            "Rekkefølge": (number - 1) % CASES_A_MEETING + 1,
            "Løpenummer": number,
            "Tittel": title_of(number),
            "Arkivsaksnr.": f"2026/{number}",
        }
        sheet.append(list({**case, **row}.values()))
    workbook.save(path)


def title_of(number: int) -> str:
    """Return a case's title."""
    return f"Veien videre for det regionale samarbeidet, {_spelled(number)}"


def _write_members(path: Path, rows: int) -> None:
    """Add members of bodies that no text asks about: as many bodies as the units make necessary."""
    workbook = load_workbook(path)
    bodies, members = workbook["organer"], workbook["medlemmer"]
    listed = workbook["enheter"].iter_rows(min_row=2, max_col=2, values_only=True)
    units = [str(unit) for unit, kind in listed if kind == "kommune"]
    headers = [str(cell.value) for cell in members[1]]
    for number in range(rows):
        body = f"RAAD_{number // len(units) + 1}"
        if number % len(units) == 0:
            named = {"Organ-ID": body, "Formelt navn": f"Rådet {body} IPR", "Organisasjonsform": "IPR"}
            named["Kilde"] = "ILLUSTRASJON"
            bodies.append([named.get(str(cell.value)) for cell in bodies[1]])
        unit = units[number % len(units)]
        row = {
            "Medlemskap-ID": f"{body}-{unit}",
            "Organ-ID": body,
            "Enhet-ID": unit,
            "Rolle": "medlem",
            "Medlem fra": date(2024, 1, 1),
            "Kilde": "ILLUSTRASJON",
        }
        members.append([row.get(header) for header in headers])
    for sheet in (bodies, members):
        _stretch(sheet)
    workbook.save(path)


def _first_row(sheet: Worksheet) -> dict[str, object]:
    headers, values = ([cell.value for cell in sheet[row]] for row in (1, 2))
    return {str(header): value for header, value in zip(headers, values, strict=True)}


def _clear(sheet: Worksheet) -> None:
    sheet.delete_rows(2, sheet.max_row)
    sheet.tables.clear()


def _stretch(sheet: Worksheet) -> None:
    """Let Excel's table, if there is one, reach the last row."""
    for table in sheet.tables.values():
        table.ref = (
            f"{table.ref.rsplit(':', 1)[0]}:{table.ref.rsplit(':', 1)[1].rstrip('0123456789')}{sheet.max_row}"
        )
