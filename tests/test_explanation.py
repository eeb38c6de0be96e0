"""Every value of a paper leads to its cells, also after people, Word and LibreOffice have been at it."""

from __future__ import annotations

import io
import subprocess
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from casebuilder.delivery import Status
from casebuilder.explaining import explain_paper, write_proofs
from casebuilder.explanation import Explanation, Fact
from casebuilder.language import speaker
from casebuilder.pipeline import build
from casebuilder.reporting import explained_lines
from casebuilder.telling import fact_line
from casebuilder.workspace import Workspace
from tests.sheetedit import set_cell
from tests.tools import tool

BOKMÅL = speaker("nb")
CASES = ("STYRET-2026-012", "STYRET-2026-013", "STYRET-2026-014")
CASE = CASES[2]


def explained(folder: Path, case: str = CASE) -> Explanation:
    found, problems = explain_paper(Workspace(folder, may_write=False), case, BOKMÅL)
    assert problems == ()
    assert found is not None
    return found


def paper(folder: Path, case: str = CASE) -> Path:
    number = int(case[-3:])
    found = sorted(folder.glob(f"output/*/Sak {number}-26*.docx"))
    return next(each for each in found if "Vedlegg" not in each.name and "med kilder" not in each.name)


def cell(folder: Path, fact: Fact) -> str:
    """Return what stands in the only cell behind a fact."""
    (place,) = fact.sources
    return str(load_workbook(folder / place.file)[place.sheet][place.cell].value)


def lines(found: Explanation) -> list[str]:
    return [fact_line(fact, BOKMÅL) for fact in found.facts]


def of(found: Explanation, words: str) -> Fact:
    return next(fact for fact in found.facts if plain(fact.words) == words)


def plain(words: str) -> str:
    return words.replace("\xa0", " ")


def test_more_than_a_hundred_values_of_the_sample_lead_to_cells(folder: Path) -> None:
    build(Workspace(folder))
    facts = [fact for case in CASES for fact in explained(folder, case).facts]
    assert len(facts) > 100
    assert [fact for fact in facts if not fact.sources or plain(fact.words) != plain(fact.then)] == []


def test_a_text_from_a_single_cell_stands_in_that_very_cell(folder: Path) -> None:
    build(Workspace(folder))
    facts = [fact for case in CASES for fact in explained(folder, case).facts if len(fact.sources) == 1]
    texts = [fact for fact in facts if not any(char.isdigit() for char in fact.words)]
    assert len(texts) > 20
    said = [(fact.words.casefold(), cell(folder, fact).casefold()) for fact in texts]
    odd = {each for each in said if each[0] not in each[1] and each[1] not in each[0]}
    assert odd == {("utrykt vedlegg", "ja")}


def test_a_count_stands_on_as_many_rows_as_it_counts(folder: Path) -> None:
    build(Workspace(folder))
    fact = of(explained(folder), "62 kommuner")
    rows = [place.cell for place in fact.sources if place.sheet == "medlemmer" and place.cell[0] == "C"]
    assert len(rows) == 62


def test_the_cells_behind_some_words_only_are_told_when_asked(folder: Path) -> None:
    build(Workspace(folder))
    assert lines(explained(folder).about("Per Prøve")) == [
        f"«Per Prøve» – saker.xlsx, ark saker, K4 ({CASE})"
    ]


def test_words_are_asked_for_as_they_are_typed_at_a_keyboard(folder: Path) -> None:
    build(Workspace(folder))
    assert [fact.words for fact in explained(folder).about("62 Kommuner").facts][:1] == ["62\xa0kommuner"]


def test_a_value_tells_its_rows_and_the_day_they_were_asked_about(folder: Path) -> None:
    build(Workspace(folder))
    (line,) = [each for each in lines(explained(folder, CASES[0])) if each.startswith("«65 kommuner»")]
    assert line.endswith(
        "medlemmer.xlsx, ark medlemmer, C2:C66, E2:E66, I2:J66"
        " (65 rader: OSLOREGIONEN-0301–OSLOREGIONEN-3911) – per 31. desember 2025"
    )
    assert explained(folder).standdato == date(2026, 2, 5)


@pytest.mark.parametrize("is_news", [False, True])
def test_rows_that_have_moved_since_are_told_where_they_are_today(folder: Path, is_news: bool) -> None:  # noqa: FBT001
    build(Workspace(folder))
    path = folder / "sources" / "vedtak.xlsx"
    workbook = load_workbook(path)
    workbook["vedtak"].move_range("A3:P14", rows=4)
    workbook.save(path)
    if is_news:
        set_cell(folder, "saker", CASES[0], "Saksansvarlig", "Pia Påfølger")
    found = explained(folder, CASES[0])
    (line,) = [each for each in lines(found) if "V-2024-FROGN-UT)" in each and each.startswith("«2024»")]
    assert "ark vedtak, G9:H9 (V-2024-FROGN-UT)" in line
    assert all(fact.now == fact.then for fact in found.facts if fact.then != "Per Prøve")


def test_words_of_the_author_s_own_come_from_no_cell(folder: Path) -> None:
    build(Workspace(folder))
    found = explained(folder).about("Møtene i 2026 er lagt til torsdager")
    assert (found.facts, found.by_hand) == ((), ())
    (line,) = explained_lines(found, BOKMÅL, "Møtene i 2026 er lagt til torsdager")
    assert line == "Ordene kommer fra saksteksten eller malen, ikke fra en celle."


def test_words_that_are_not_in_the_paper_are_told_as_such(folder: Path) -> None:
    build(Workspace(folder))
    found = explained(folder).about("63 kommuner")
    assert list(explained_lines(found, BOKMÅL, "63 kommuner")) == ["«63 kommuner» står ikke i papiret."]


def test_what_the_sources_say_today_is_told_beside_what_the_paper_says(folder: Path) -> None:
    build(Workspace(folder))
    set_cell(folder, "saker", CASE, "Saksansvarlig", "Pia Påfølger")
    assert lines(explained(folder).about("Per Prøve")) == [
        f"«Per Prøve» – saker.xlsx, ark saker, K4 ({CASE}) – nå «Pia Påfølger» i kildene"
    ]


def test_what_a_person_has_written_is_told_apart(folder: Path) -> None:
    build(Workspace(folder))
    document = Document(str(paper(folder)))
    paragraph = next(each for each in document.paragraphs if "62 kommuner" in plain(each.text))
    paragraph.add_run(" Tallet er kontrollert av Kari.")
    document.save(str(paper(folder)))
    found = explained(folder)
    assert [(each.words, each.where) for each in found.by_hand] == [
        ("Tallet er kontrollert av Kari.", "Medlemstallet")
    ]
    assert plain(of(found, "62 kommuner").then) == "62 kommuner"


def test_a_figure_changed_by_hand_is_no_longer_the_cells(folder: Path) -> None:
    build(Workspace(folder))
    document = Document(str(paper(folder)))
    paragraph = next(each for each in document.paragraphs if "62 kommuner" in plain(each.text))
    run = next(each for each in paragraph.runs if "62" in each.text)
    run.text = run.text.replace("62", "99")
    document.save(str(paper(folder)))
    (line,) = lines(explained(folder).about("kommuner"))[:1]
    assert "endret for hånd; der sto det «62 kommuner»" in plain(line)
    assert "99" in [each.words for each in explained(folder).by_hand]


def resaved(path: Path, folder: Path) -> None:
    """Let LibreOffice open a paper and save it again, in the same place."""
    soffice = tool("soffice", "LibreOffice is not installed")
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    out = folder / "saved"
    subprocess.run(
        [
            soffice,
            home,
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    path.write_bytes((out / path.name).read_bytes())


def test_the_cells_are_still_right_after_libreoffice_and_two_merges(folder: Path) -> None:
    build(Workspace(folder))
    known = {case: {(fact.words, fact.sources) for fact in explained(folder, case).facts} for case in CASES}
    for name in ("Nina Ny", "Odd Olsen"):
        for case in CASES:
            resaved(paper(folder, case), folder)
            set_cell(folder, "saker", case, "Saksbehandler", name)
        report = build(Workspace(folder))
        assert {outcome.status for outcome in report.outcomes} == {Status.MERGED}
    facts = {case: {(fact.words, fact.sources) for fact in explained(folder, case).facts} for case in CASES}
    assert sum(map(len, facts.values())) > 100
    news = {case: facts[case] - known[case] for case in CASES}
    assert {(words, place.cell) for each in news.values() for words, (place,) in each} == {
        ("Odd Olsen", "J2"), ("Odd Olsen", "J3"), ("Odd Olsen", "J4"),
    }  # fmt: skip
    gone = {words for case in CASES for words, _sources in known[case] - facts[case]}
    assert gone == {"Kari Eksempel"}


def test_a_paper_of_which_nothing_is_remembered_is_told(folder: Path, tmp_path: Path) -> None:
    build(Workspace(folder))
    for path in (folder / "output" / ".casebuilder" / "grunnlag").iterdir():
        path.unlink()
    found, problems = explain_paper(Workspace(folder, may_write=False), CASE, BOKMÅL)
    assert (found, [problem.rule for problem in problems]) == (None, ["base-lost"])
    stranger = tmp_path / "fremmed.docx"
    Document().save(str(stranger))
    found, problems = explain_paper(Workspace(folder, may_write=False), str(stranger), BOKMÅL)
    assert (found, [problem.rule for problem in problems]) == (None, ["no-paper"])


def test_an_unknown_case_is_told_with_the_one_that_may_be_meant(folder: Path) -> None:
    build(Workspace(folder))
    _found, (problem,) = explain_paper(Workspace(folder, may_write=False), "STYRET-2026-04", BOKMÅL)
    assert "Mente du «STYRET-2026-014»?" in BOKMÅL.problem(problem)


@pytest.mark.parametrize("case", CASES)
def test_a_proof_copy_bears_a_comment_on_every_value_of_the_text(folder: Path, case: str) -> None:
    report = build(Workspace(folder), [case])
    before = paper(folder, case).read_bytes()
    (path,), problems = write_proofs(Workspace(folder), report, BOKMÅL)
    assert problems == ()
    said = [comment.text for comment in Document(io.BytesIO((folder / path).read_bytes())).comments]
    facts = lines(explained(folder, case))
    assert set(said) <= set(facts)
    assert len(said) >= len(facts) * 0.7  # those in notes can bear none
    assert paper(folder, case).read_bytes() == before
    assert build(Workspace(folder), [case]).outcomes[0].status is Status.UNCHANGED
