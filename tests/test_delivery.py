"""A paper goes to its place, and never over what a person has changed there."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from casebuilder.delivery import Status
from casebuilder.delivery.history import Reason, versions
from casebuilder.language import speaker
from casebuilder.pipeline import Options, Report, build
from casebuilder.word.merging import NotMerged
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.reading import same_content
from casebuilder.word.rejecting import without_ours
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


def another_officer(document: object) -> None:
    document.tables[0].cell(3, 1).paragraphs[0].runs[0].text = "Kari Kommentar"  # type: ignore[attr-defined]


def without_the_table(document: object) -> None:
    table = document.tables[0]._tbl  # type: ignore[attr-defined]
    table.getparent().remove(table)


def inserted(path: Path) -> str:
    root = Document(str(path)).element
    return "".join(each.text or "" for ins in root.iter(qn("w:ins")) for each in ins.iter(qn("w:t")))


def base(folder: Path) -> Path:
    return next((folder / "output" / ".casebuilder" / "grunnlag").glob("*.docx"))


def nothing(_document: object) -> None:
    """Open and save only."""


def test_new_data_replaces_a_paper_that_nobody_has_changed(folder: Path) -> None:
    run(folder)
    new_data(folder)
    assert status(run(folder)) is Status.REPLACED
    assert "Nina Ny" in Document(str(paper(folder))).tables[0].cell(3, 1).text


@pytest.mark.parametrize("change", [a_word_more, bold, a_comment])
def test_a_paper_changed_by_hand_gets_the_news_as_tracked_changes(
    folder: Path, change: Callable[[object], None]
) -> None:
    run(folder)
    edit(paper(folder), change)
    edited = paper(folder).read_bytes()
    assert status(run(folder)) is Status.EDITED
    assert paper(folder).read_bytes() == edited
    new_data(folder)
    report = run(folder)
    assert (status(report), report.outcomes[0].done, report.outcomes[0].conflicts) == (Status.MERGED, 1, 0)
    rejected = package_of(without_ours(parts_of(paper(folder).read_bytes())))
    assert same_content(rejected, edited)
    assert "Nina Ny" in inserted(paper(folder))


def test_a_merged_paper_without_further_news_is_not_touched(folder: Path) -> None:
    run(folder)
    edit(paper(folder), a_word_more)
    new_data(folder)
    run(folder)
    merged = paper(folder).read_bytes()
    assert status(run(folder)) is Status.EDITED
    assert paper(folder).read_bytes() == merged


def test_before_a_merge_the_edited_paper_goes_to_the_history(folder: Path) -> None:
    run(folder)
    edit(paper(folder), a_word_more)
    edited = paper(folder).read_bytes()
    new_data(folder)
    run(folder)
    (version,) = versions(Workspace(folder), CASE)
    assert (version.number, version.reason, version.file.data) == (1, Reason.MERGED, edited)


def test_where_both_changed_the_same_words_hers_stand_with_a_comment_that_names_the_cell(
    folder: Path,
) -> None:
    run(folder)
    edit(paper(folder), another_officer)
    new_data(folder)
    report = run(folder)
    assert (report.outcomes[0].done, report.outcomes[0].conflicts) == (0, 1)
    document = Document(str(paper(folder)))
    assert document.tables[0].cell(3, 1).text == "Kari Kommentar"
    (comment,) = document.comments
    assert comment.author == "casebuilder"
    assert comment.text == (
        "Kildene sier nå «Nina Ny»; før sa de «Kari Eksempel».\n"
        "Hentet fra saker.xlsx, ark saker, J4 (STYRET-2026-014).\n"
        "Du har endret de samme ordene, og dine står. Velg, og slett denne merknaden."
    )


def test_what_she_has_deleted_stays_deleted_and_is_told_once(folder: Path) -> None:
    run(folder)
    edit(paper(folder), without_the_table)
    new_data(folder)
    report = run(folder)
    told = [speaker("nb").problem(each) for each in report.problems if each.rule == "deleted-by-hand"]
    assert len(told) == 1
    assert "«Nina Ny»" in told[0] or "Nina Ny" in told[0]
    assert len(Document(str(paper(folder))).tables) == len(Document(str(base(folder))).tables) - 1
    assert [each.rule for each in run(folder).problems] == []


def test_an_edited_paper_gets_its_new_name_with_its_new_title(folder: Path) -> None:
    run(folder)
    old = paper(folder)
    edit(old, a_word_more)
    set_cell(folder, "saker", CASE, "Tittel", "Et helt nytt navn")
    report = run(folder)
    assert report.outcomes[0].path == "output/STYRET-2026-01/Sak 14-26 Et helt nytt navn.docx"
    assert not old.exists()
    assert "Et ord til." in words(folder / report.outcomes[0].path)


def test_an_edited_paper_that_cannot_be_renamed_is_merged_and_gets_its_name_the_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    old = paper(folder)
    edit(old, a_word_more)
    set_cell(folder, "saker", CASE, "Tittel", "Et helt nytt navn")

    def refused(_path: Path, _new: Path) -> None:
        raise PermissionError(13, "The process cannot access the file")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", refused)
        report = run(folder)
    assert (status(report), report.outcomes[0].path) == (Status.MERGED, f"output/STYRET-2026-01/{old.name}")
    assert [problem.rule for problem in report.problems] == ["not-renamed"]
    again = run(folder)
    assert (status(again), again.outcomes[0].path) == (
        Status.EDITED,
        "output/STYRET-2026-01/Sak 14-26 Et helt nytt navn.docx",
    )
    assert "Et ord til." in words(folder / again.outcomes[0].path)
    assert not old.exists()
    set_cell(folder, "saker", CASE, "Tittel", "Det tredje navnet")
    assert run(folder).outcomes[0].path == "output/STYRET-2026-01/Sak 14-26 Det tredje navnet.docx"


def test_an_edited_paper_without_news_that_is_open_is_no_trouble(folder: Path) -> None:
    run(folder)
    edit(paper(folder), a_word_more)
    paper(folder).with_name("~$" + paper(folder).name[2:]).write_bytes(b"")
    assert (status(run(folder)), run(folder).problems) == (Status.EDITED, ())


def test_a_second_copy_of_a_paper_is_left_alone_and_told(folder: Path) -> None:
    run(folder)
    copy = paper(folder).with_name("Sak 14-26 Medlemstall og møteplan for 2026-PC7.docx")
    shutil.copy(paper(folder), copy)
    edit(copy, a_word_more)
    before = copy.read_bytes()
    report = run(folder)
    assert [(each.rule, each.place.file) for each in report.problems] == [
        ("second-paper", f"output/STYRET-2026-01/{copy.name}")
    ]
    assert copy.read_bytes() == before


def test_a_sent_paper_is_never_made_anew_but_for_a_new_version_beside_it(folder: Path) -> None:
    run(folder)
    sent = paper(folder).read_bytes()
    set_cell(folder, "saker", CASE, "Status", "utsendt")
    new_data(folder)
    assert status(run(folder)) is Status.SENT
    report = build(Workspace(folder), [CASE], options=Options(new_version=True))
    assert report.outcomes[0].path.endswith("Sak 14-26 Medlemstall og møteplan for 2026 (versjon 2).docx")
    assert "Nina Ny" in Document(str(folder / report.outcomes[0].path)).tables[0].cell(3, 1).text
    assert (paper(folder).read_bytes(), status(run(folder))) == (sent, Status.SENT)


def test_a_new_version_is_the_one_that_goes_on_when_the_case_is_taken_up_again(folder: Path) -> None:
    run(folder)
    set_cell(folder, "saker", CASE, "Status", "utsendt")
    second = build(Workspace(folder), [CASE], options=Options(new_version=True)).outcomes[0].path
    set_cell(folder, "saker", CASE, "Status", "klar")
    sent = paper(folder).read_bytes()
    new_data(folder)
    report = run(folder)
    assert (status(report), report.outcomes[0].path) == (Status.REPLACED, second)
    assert paper(folder).read_bytes() == sent


def test_an_edited_paper_keeps_its_look_when_the_template_gets_another_and_says_so(folder: Path) -> None:
    run(folder)
    edit(paper(folder), a_word_more)
    template = folder / "templates" / "saksfremstilling.docx"
    document = Document(str(template))
    document.styles["Heading 1"].font.size = Pt(30)
    document.save(str(template))
    new_data(folder)
    report = run(folder)
    assert (status(report), report.outcomes[0].done) == (Status.MERGED, 1)
    assert [problem.rule for problem in report.problems] == ["old-look"]
    assert [problem.rule for problem in run(folder).problems] == []


def test_a_merge_that_cannot_be_proved_leaves_the_paper_alone_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    edit(paper(folder), a_word_more)
    edited = paper(folder).read_bytes()
    new_data(folder)

    def unproved(*_arguments: object) -> None:
        raise NotMerged

    monkeypatch.setattr("casebuilder.delivery.deliver.merge", unproved)
    report = run(folder)
    assert (status(report), paper(folder).read_bytes()) == (Status.NOT_MERGED, edited)
    assert [problem.rule for problem in report.problems] == ["not-merged"]


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


def test_a_paper_that_the_clerk_has_renamed_keeps_its_name(folder: Path) -> None:
    run(folder)
    renamed = paper(folder).rename(paper(folder).with_name("Min utgave.docx"))
    assert status(run(folder)) is Status.UNCHANGED
    edit(renamed, a_word_more)
    new_data(folder)
    report = run(folder)
    assert (status(report), report.outcomes[0].path) == (
        Status.MERGED,
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
    assert [problem.rule for problem in report.problems] == ["not-written", "report-not-written"]
