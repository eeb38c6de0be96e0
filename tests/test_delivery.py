"""A paper goes to its place, and never over what a person has changed there."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from casebuilder.delivery import Status
from casebuilder.language import speaker
from casebuilder.pipeline import Report, build
from casebuilder.word.package import parts_of
from casebuilder.workspace import Workspace
from tests.sheetedit import set_cell

CASE = "STYRET-2026-014"


def run(folder: Path) -> Report:
    return build(Workspace(folder), [CASE])


def status(report: Report) -> Status:
    return report.outcomes[0].status


def paper(folder: Path) -> Path:
    return next((folder / "output" / "STYRET-2026-01").glob("Sak 14-26 Medlemstall*.docx"))


def new_data(folder: Path) -> None:
    set_cell(folder, "saker", CASE, "Saksbehandler", "Nina Ny")


def words(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def edit(path: Path, change: Callable[[object], None]) -> None:
    document = Document(str(path))
    change(document)
    document.save(str(path))


def a_word_more(document: object) -> None:
    document.paragraphs[-3].add_run(" Et ord til.")  # type: ignore[attr-defined]


def bold(document: object) -> None:
    next(each for each in document.paragraphs if len(each.text) > 60).runs[0].bold = True  # type: ignore[attr-defined]


def a_comment(document: object) -> None:
    runs = next(each for each in document.paragraphs if len(each.text) > 60).runs  # type: ignore[attr-defined]
    document.add_comment(runs, "Stemmer dette?", author="Kari")  # type: ignore[attr-defined]


def nothing(_document: object) -> None:
    """Open and save only."""


def test_new_data_replaces_a_paper_that_nobody_has_changed(folder: Path) -> None:
    run(folder)
    new_data(folder)
    assert status(run(folder)) is Status.REPLACED
    assert "Nina Ny" in Document(str(paper(folder))).tables[0].cell(3, 1).text


@pytest.mark.parametrize("change", [a_word_more, bold, a_comment])
def test_a_paper_changed_by_hand_is_never_overwritten(folder: Path, change: Callable[[object], None]) -> None:
    run(folder)
    edit(paper(folder), change)
    edited = paper(folder).read_bytes()
    assert status(run(folder)) is Status.EDITED
    new_data(folder)
    assert status(run(folder)) is Status.EDITED_BEHIND
    assert paper(folder).read_bytes() == edited


def test_a_paper_that_was_only_opened_and_saved_counts_as_unchanged(folder: Path) -> None:
    run(folder)
    generated = paper(folder).read_bytes()
    edit(paper(folder), nothing)
    assert paper(folder).read_bytes() != generated
    assert status(run(folder)) is Status.UNCHANGED
    new_data(folder)
    assert status(run(folder)) is Status.REPLACED


def test_without_its_pristine_copy_a_paper_is_left_alone(folder: Path) -> None:
    run(folder)
    before = paper(folder).read_bytes()
    shutil.rmtree(folder / "output" / ".casebuilder" / "grunnlag")
    new_data(folder)
    assert status(run(folder)) is Status.BASE_LOST
    assert paper(folder).read_bytes() == before


def test_a_new_title_renames_the_paper(folder: Path) -> None:
    run(folder)
    set_cell(folder, "saker", CASE, "Tittel", "Et helt nytt navn")
    report = run(folder)
    assert report.outcomes[0].path == "output/STYRET-2026-01/Sak 14-26 Et helt nytt navn.docx"
    names = [path.name for path in (folder / "output" / "STYRET-2026-01").glob("*.docx")]
    assert names == ["Sak 14-26 Et helt nytt navn.docx"]


def test_a_paper_that_the_clerk_has_renamed_and_changed_stays_where_it_is(folder: Path) -> None:
    run(folder)
    renamed = paper(folder).rename(paper(folder).with_name("Min utgave.docx"))
    edit(renamed, a_word_more)
    new_data(folder)
    report = run(folder)
    assert (status(report), report.outcomes[0].path) == (
        Status.EDITED_BEHIND,
        "output/STYRET-2026-01/Min utgave.docx",
    )
    assert [path.name for path in renamed.parent.glob("*.docx")] == ["Min utgave.docx"]


def test_a_stranger_s_file_of_the_same_name_is_never_overwritten(folder: Path) -> None:
    run(folder)
    path = paper(folder)
    stranger = io.BytesIO()
    Document().save(stranger)
    path.write_bytes(stranger.getvalue())
    report = run(folder)
    assert (status(report), path.read_bytes()) == (Status.REFUSED, stranger.getvalue())
    assert [problem.rule for problem in report.problems] == ["name-taken"]


def test_two_papers_of_one_case_are_told_and_neither_is_touched(folder: Path) -> None:
    run(folder)
    path = paper(folder)
    for name in ("Kopi 1.docx", "Kopi 2.docx"):
        shutil.copy(path, path.with_name(name))
    path.unlink()
    report = run(folder)
    assert status(report) is Status.REFUSED
    told = speaker("nb").problem(report.problems[0])
    assert "output/STYRET-2026-01/Kopi 1.docx, output/STYRET-2026-01/Kopi 2.docx" in told


def test_a_copied_attachment_follows_its_source_until_somebody_changes_the_copy(folder: Path) -> None:
    run(folder)
    source = folder / "sources" / "vedlegg" / "Møteplan og årshjul 2026.pdf"
    copy = folder / "output" / "STYRET-2026-01" / "Sak 14-26 Vedlegg 1 Møteplan og årshjul 2026.pdf"
    source.write_bytes(b"%PDF ny")
    run(folder)
    assert copy.read_bytes() == b"%PDF ny"
    copy.write_bytes(b"%PDF med merknader")
    source.write_bytes(b"%PDF nyere")
    report = run(folder)
    assert copy.read_bytes() == b"%PDF med merknader"
    assert [problem.rule for problem in report.problems] == ["attachment-changed"]


def test_every_paper_says_which_case_and_build_it_is_and_its_base_is_kept(folder: Path) -> None:
    run(folder)
    custom = parts_of(paper(folder).read_bytes())["docProps/custom.xml"].decode()
    (base,) = (folder / "output" / ".casebuilder" / "grunnlag").glob("*.docx")
    assert f">{CASE}<" in custom
    assert f">{base.stem}<" in custom
    assert base.read_bytes() == paper(folder).read_bytes()


def test_a_disk_that_fills_up_leaves_the_old_paper(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder)
    before = paper(folder).read_bytes()
    new_data(folder)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    report = run(folder)
    assert (status(report), paper(folder).read_bytes()) == (Status.REFUSED, before)
    assert [problem.rule for problem in report.problems] == ["not-written"]
