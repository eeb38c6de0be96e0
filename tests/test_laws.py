"""The law of cells: any text of a cell arrives in Word unchanged, or is refused at its cell.

A thousand strings made to break templates, Markdown, XML and Excel go through the whole program as
names, titles, proposals and titles of sources.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from casebuilder.pipeline import Report, build
from casebuilder.workspace import Workspace
from tests.secretariat import Secretariat

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
    return unescaped(text).strip()


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def plain(text: str) -> str:
    return SPACES.sub(" ", text)


def is_refused(text: str) -> bool:
    return "\x0b" in unescaped(text)


@dataclass(frozen=True)
class Strings:
    """The strings by what they are used as."""

    units: list[str]
    titles: list[str]
    officers: list[str]
    sources: list[str]
    points: list[list[str]]

    def without_refused(self) -> Strings:
        """Return the strings with what Word cannot hold taken out."""
        return Strings(
            _cleaned(self.units),
            _cleaned(self.titles),
            _cleaned(self.officers),
            _cleaned(self.sources),
            [_cleaned(group) for group in self.points],
        )


def _cleaned(group: list[str]) -> list[str]:
    cleaned = (text.replace("_x000B_", "") for text in group)
    return [text if shown_by_excel(text) else "x" for text in cleaned]


def all_strings() -> Strings:
    made = strings()
    rest = iter(made[COUNT - 6 * CASES :])
    titles, officers, sources, *points = ([next(rest) for _ in range(CASES)] for _ in range(6))
    return Strings(made[: COUNT - 6 * CASES], titles, officers, sources, points)


def secretariat_with(folder: Path, used: Strings) -> Secretariat:
    made = Secretariat(folder)
    made.text("felles.md", '# Medlemmer\n\n{{ medlemstabell("RAD") }}\n\n{{ medlemmer("RAD", kort=ja) }}\n')
    made.add("organer", organ_id="RAD", navn="Rådet IPR", organisasjonsform="IPR")
    meeting = {"møte_id": "M", "organ_id": "RAD", "utvalg": "styret", "møtenummer": "1", "sted": "Oslo"}
    made.add("møter", dato=date(2026, 2, 12), **meeting)
    for number, name in enumerate(used.units, start=1000):
        made.add("enheter", enhet_id=str(number), type="annet", navn=name)
        made.add("medlemmer", organ_id="RAD", enhet_id=str(number), medlem_fra=date(2020, 1, 1))
    for number in range(CASES):
        made.add("kilder", kilde_id=f"K{number}", type="annet", tittel=used.sources[number])
        names = {
            "sak_id": f"S{number}",
            "møte_id": "M",
            "sakstype": "PS",
            "tekst": "felles",
            "status": "klar",
        }
        made.add(
            "saker",
            løpenr=number + 1,
            tittel=used.titles[number],
            saksbehandler=used.officers[number],
            forslag_til_vedtak="\n".join(points[number] for points in used.points),
            kilder=f"K{number}",
            **names,
        )
    made.save()
    return made


@dataclass(frozen=True)
class Built:
    """Two builds: of all the strings, and of those that Word can hold."""

    cells: dict[tuple[str, str], str]
    all: Report
    used: Strings
    folder: Path
    good: Report


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    everything = secretariat_with(tmp_path_factory.mktemp("alle"), all_strings())
    used = all_strings().without_refused()
    good = secretariat_with(tmp_path_factory.mktemp("gode"), used)
    first = build(Workspace(everything.folder, may_write=False), ["S0"])
    return Built(everything.cells, first, used, good.folder, build(Workspace(good.folder)))


def test_what_word_cannot_hold_is_refused_at_its_cell_and_nothing_else(built: Built) -> None:
    expected = {place for place, text in built.cells.items() if is_refused(text)}
    told = {
        (each.place.sheet, each.place.cell) for each in built.all.problems if each.rule == "control-character"
    }
    assert len(expected) > 20
    assert told == expected


def test_titles_names_and_proposals_arrive_unchanged(built: Built) -> None:
    assert [problem for problem in built.good.problems if problem.is_error] == []
    for number in range(CASES):
        path = next((built.folder / "output" / "M").glob(f"Sak {number + 1}-26 *.docx"))
        document = Document(str(path))
        by_style: dict[str, list[str]] = {}
        for paragraph in document.paragraphs:
            by_style.setdefault(str(paragraph.style.name if paragraph.style else ""), []).append(
                paragraph.text
            )
        proposal = [shown_by_excel(points[number]) for points in built.used.points]
        assert [plain(text) for text in by_style["Title"]] == [
            plain(shown_by_excel(built.used.titles[number]))
        ]
        assert [plain(text) for text in by_style["Forslag til vedtak"]] == [
            plain(point) for point in proposal
        ]
        officer = shown_by_excel(built.used.officers[number])
        assert plain(document.tables[0].cell(3, 1).text) == plain(officer)
        source = f"«{shown_by_excel(built.used.sources[number])}»"
        assert plain(by_style["Kildeliste"][0]).startswith(plain(source))


def test_names_arrive_unchanged_in_tables_and_lists(built: Built) -> None:
    document = Document(str(built.folder / built.good.outcomes[0].path))
    names = [plain(shown_by_excel(name)) for name in built.used.units]
    rows = document.tables[1].rows
    assert [plain(row.cells[0].text) for row in rows][1:] == names
    listed = next(paragraph.text for paragraph in document.paragraphs if ", " in paragraph.text)
    assert plain(listed) == f"{', '.join(names[:-1])} og {names[-1]}"
