"""Papers edited word by word in LibreOffice and merged twice: every figure still leads to its own cells."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from casebuilder.delivery import Outcome, Status
from casebuilder.explaining import explain_paper
from casebuilder.explanation import Explanation, Fact
from casebuilder.language import speaker
from casebuilder.merge.model import Block, Para
from casebuilder.pipeline import build
from casebuilder.problems import Place
from casebuilder.word.file import File
from casebuilder.word.story import Reader
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.merging.conftest import Edit, Office
from tests.sheetedit import BOOKS, set_cell

BOKMÅL = speaker("nb")
_TYPED = re.compile(r"hun\d{5}")
CASES = ("STYRET-2026-012", "STYRET-2026-013", "STYRET-2026-014")

News = Sequence[tuple[str, str, str, object]]

NEWS: tuple[News, ...] = (
    (
        *(("saker", case, "Saksbehandler", "Nina Ny") for case in CASES),
        ("vedtak", "V-2024-BAERUM-UT", "Vedtaksdato", date(2023, 1, 1)),
        ("enheter", "3316", "Navn", "Nye Modum"),
        ("kilder", "ORE-NETT", "Lest", date(2026, 2, 1)),
        ("medlemmer", "OSLOREGIONEN-3101", "Utmelding virker fra", date(2026, 1, 15)),
    ),
    (
        *(("saker", case, "Saksbehandler", "Odd Olsen") for case in CASES),
        ("organer", "ORE", "Kortnavn", "Europakontoret"),
        ("vedtak", "V-2025-HORTEN-UT", "Vedtaksdato", date(2022, 1, 1)),
        ("kilder", "GMCA-2025", "Tittel", "Readiness Check"),
        ("medlemmer", "OSLOREGIONEN-3103", "Utmelding virker fra", date(2026, 1, 15)),
    ),
    (
        *(("saker", case, "Saksansvarlig", "Pia Påfølger") for case in CASES),
        ("vedtak", "V-2025-ROLLAG-UT", "Vedtaksdato", date(2024, 1, 1)),
        ("organer", "OSTLANDSSAMARBEIDET", "Kortnavn", "Østsam"),
        ("medlemmer", "OSLOREGIONEN-3105", "Utmelding virker fra", date(2026, 1, 15)),
    ),
)
"""What is changed in the sheets before the first merge, before the second, and after it."""


def cells_of(folder: Path, news: News) -> set[Place]:
    """Return the places of cells that are going to be changed."""
    found = set()
    for sheet, key, header, _value in news:
        worksheet = load_workbook(folder / "sources" / f"{BOOKS[sheet]}.xlsx")[sheet]
        column = next(cell.column_letter for cell in worksheet[1] if cell.value == header)
        row = next(row[0].row for row in worksheet.iter_rows(min_row=2) if row[0].value == key)
        found.add(Place(f"sources/{BOOKS[sheet]}.xlsx", sheet, f"{column}{row}"))
    return found


def change(folders: Sequence[Path], news: News) -> None:
    for folder in folders:
        for sheet, key, header, value in news:
            set_cell(folder, sheet, key, header, value)


def explained(folder: Path, case: str) -> Explanation:
    found, problems = explain_paper(Workspace(folder, may_write=False), case, BOKMÅL)
    assert problems == ()
    assert found is not None
    return found


def paper(folder: Path, case: str) -> Path:
    found = sorted(folder.glob(f"output/*/Sak {int(case[-3:])}-26*.docx"))
    return next(each for each in found if "Vedlegg" not in each.name)


def paragraphs(path: Path) -> dict[int, Para]:
    """Return the paragraphs of a paper, those in tables and notes too, by their place."""

    def inside(blocks: Sequence[Block]) -> Iterator[Para]:
        for block in blocks:
            if isinstance(block, Para):
                yield block
                for word in block.words:
                    yield from inside(word.note or ())
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield from inside(cell)

    return {para.at: para for para in inside(Reader(File(path.read_bytes())).main())}


def needle(text: str, start: int, stop: int, whole: str) -> tuple[str, int] | None:
    """Return words around characters [start, stop) that stand once in a paper, and where they begin."""
    for more in range(0, 40, 4):
        first, last = max(start - more, 0), stop + more
        if whole.count(text[first:last]) == 1:
            return text[first:last], first
    return None


def edits(folder: Path, case: str, turn: int, changing: set[Place]) -> Iterator[Edit]:
    """Yield what is typed before, after, between and instead of words, at figures that no news is about."""
    known = paragraphs(paper(folder, case))
    whole = "\n".join(para.text for para in known.values())
    facts = explained(folder, case).facts
    told = {(fact.spot[0], at) for fact in facts for at in range(*fact.spot[1:])}
    for number, fact in enumerate(facts):
        at, first, stop = fact.spot
        words = [word.text for word in known[at].words]
        before = first - 2  # the word before it
        is_free = before >= 0 and words[before].isalpha() and (at, before) not in told
        begin = before if is_free and number % 3 == 0 else first
        start, figure, end = (len("".join(words[:each])) for each in (begin, first, stop))
        found = needle("".join(words), start, end, whole)
        if found is None or changing & set(fact.sources):
            continue
        around, at_all = found
        typed = f"hun{turn}{case[-1]}{number:03}"
        if begin < first:
            yield around, start - at_all, len(words[before]), typed
        elif number % 2 == turn % 2:
            yield around, figure - at_all, 0, f"{typed} "
        else:
            yield around, end - at_all, 0, f" {typed}"


@dataclass(frozen=True)
class Worked:
    """What became of the papers: the outcomes of each merge, the words typed, the folders."""

    folder: Path
    untouched: Path
    merges: tuple[Outcome, ...]
    typed: Mapping[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def worked(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """Edit, change cells and merge, twice; then change cells once more."""
    folder, untouched = tmp_path_factory.mktemp("hennes"), tmp_path_factory.mktemp("urørt")
    for each in (folder, untouched):
        for name in ("sources", "templates"):
            shutil.copytree(ROOT / name, each / name)
    build(Workspace(folder))
    merges: list[Outcome] = []
    typed: dict[str, tuple[str, ...]] = dict.fromkeys(CASES, ())
    for turn, news in enumerate(NEWS[:2]):
        places = cells_of(folder, news)
        every = [list(edits(folder, case, turn, places)) for case in CASES]
        before = [paper(folder, case).read_bytes() for case in CASES]
        for case, data in zip(CASES, office.typed(before, every, ["type"] * len(CASES)), strict=True):
            paper(folder, case).write_bytes(data)
        for case, made in zip(CASES, every, strict=True):
            said = "\n".join(para.text for para in paragraphs(paper(folder, case)).values())
            typed[case] += tuple(each.strip() for *_where, each in made if each.strip() in said)
        change([folder, untouched], news)
        merges += build(Workspace(folder)).outcomes
    build(Workspace(untouched))
    change([folder, untouched], NEWS[2])
    return Worked(folder, untouched, tuple(merges), typed)


def told(fact: Fact) -> tuple[str, str, str | None, tuple[Place, ...], date | None]:
    words, then, now = (each and " ".join(each.split()) for each in (fact.words, fact.then, fact.now))
    return str(words), str(then), now, fact.sources, fact.as_of


def test_both_merges_put_every_piece_of_news_in(worked: Worked) -> None:
    assert [outcome.status for outcome in worked.merges] == [Status.MERGED] * len(CASES) * 2
    assert [outcome.conflicts for outcome in worked.merges] == [0] * len(CASES) * 2


def test_a_hundred_figures_lead_to_the_cells_of_a_paper_that_nobody_edited(worked: Worked) -> None:
    hers = {case: [told(fact) for fact in explained(worked.folder, case).facts] for case in CASES}
    right = {case: [told(fact) for fact in explained(worked.untouched, case).facts] for case in CASES}
    assert sum(map(len, hers.values())) >= 100
    assert hers == right


def test_what_was_changed_last_is_told_as_it_is_now(worked: Worked) -> None:
    facts = [fact for case in CASES for fact in explained(worked.folder, case).facts]
    news = {(fact.then, fact.now) for fact in facts if fact.then != fact.now}
    assert {("Per Prøve", "Pia Påfølger"), ("ØS", "Østsam"), ("2025", "2024")} <= news


def test_every_word_that_was_typed_is_told_as_a_person_s_and_no_other(worked: Worked) -> None:
    said = {case: " ".join(each.words for each in explained(worked.folder, case).by_hand) for case in CASES}
    assert {case: sorted(_TYPED.findall(words)) for case, words in said.items()} == {
        case: sorted(worked.typed[case]) for case in CASES
    }
    assert sum(len(words) for words in worked.typed.values()) >= 100
    assert [_TYPED.sub("", words).strip() for words in said.values()] == [""] * len(CASES)
