"""Earlier versions of a paper: listed, brought back and compared, and nothing lost on the way."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from casebuilder.delivery import Status
from casebuilder.delivery.history import Reason, keep_version, versions
from casebuilder.language import speaker
from casebuilder.pipeline import Options, Report, build
from casebuilder.problems import Problem
from casebuilder.versions import compare, history, restore, write_redlines
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import read_identity
from casebuilder.workspace import InUse, Workspace
from tests.secretariat import Secretariat
from tests.word.handmade import shown

CASE = "S-1"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    put(tmp_path, "Kari Moe")
    assert [outcome.status for outcome in build(Workspace(tmp_path)).outcomes] == [Status.NEW]
    return tmp_path


def put(folder: Path, officer: str) -> None:
    """Fill the folder: one meeting, one case with this officer, one text."""
    made = Secretariat(folder)
    made.add("organer", organ_id="RAAD", navn="Rådet IPR", organisasjonsform="IPR")
    made.add(
        "møter",
        organ_id="RAAD",
        møte_id="M-1",
        utvalg="styret",
        møtenummer="1/2026",
        dato=_day(),
        sted="Oslo",
    )
    case: dict[str, object] = {"sak_id": CASE, "møte_id": "M-1", "løpenr": 1, "tittel": "Plan"}
    case["forslag_til_vedtak"] = "Styret tar saken til orientering."
    made.add("saker", sakstype="PS", saksbehandler=officer, status="utkast", **case)
    made.text(f"{CASE}.md", "# Bakgrunn\n\nRådet har mange medlemmer i regionen.\n")
    made.save()


def _day() -> date:

    return date(2026, 2, 12)


def paper(folder: Path) -> Path:
    return folder / "output" / "M-1" / "Sak 1-26 Plan.docx"


def edit(folder: Path, said: str = "svært mange") -> bytes:
    """Change a word of the paper by hand, and return the file."""
    path = paper(folder)
    parts = parts_of(path.read_bytes())
    old = parts["word/document.xml"]
    assert b"mange" in old
    path.write_bytes(package_of({**parts, "word/document.xml": old.replace(b"mange", said.encode(), 1)}))
    return path.read_bytes()


def merged(folder: Path, officer: str = "Nina Ny") -> Report:
    put(folder, officer)
    report = build(Workspace(folder))
    assert [outcome.status for outcome in report.outcomes] == [Status.MERGED]
    return report


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [speaker("nb").problem(problem) for problem in problems]


# -- history ----------------------------------------------------------------------------------------


def test_a_paper_that_was_never_merged_has_no_history(small: Path) -> None:
    assert history(Workspace(small), CASE) == ((), ())


def test_before_each_merge_what_she_had_is_kept(small: Path) -> None:
    first = edit(small)
    merged(small)
    second = paper(small).read_bytes()
    merged(small, "Ola Lie")
    found, problems = history(Workspace(small), CASE)
    assert problems == ()
    assert [(each.number, each.reason, each.file.data) for each in found] == [
        (1, Reason.MERGED, first),
        (2, Reason.MERGED, second),
    ]


def test_the_same_file_is_kept_once(small: Path) -> None:
    workspace = Workspace(small)
    for _turn in range(3):
        keep_version(workspace, CASE, b"same", Reason.MERGED)
    keep_version(workspace, CASE, b"other", Reason.RESTORED)
    keep_version(workspace, CASE, b"same", Reason.MERGED)
    assert [each.file.data for each in versions(workspace, CASE)] == [b"same", b"other", b"same"]


def test_what_is_no_version_is_passed_over(small: Path) -> None:
    workspace = Workspace(small)
    keep_version(workspace, CASE, b"mine", Reason.MERGED)
    folder = next((small / "output" / ".casebuilder" / "historie").iterdir())
    for name in ("desktop.ini", "0002 ukjent.docx", "0003 flettet.docx.tmp", "~$01 flettet.docx"):
        (folder / name).write_bytes(b"")
    assert [each.number for each in versions(workspace, CASE)] == [1]


def test_an_unknown_case_is_told_with_the_one_that_was_meant(small: Path) -> None:
    found, problems = history(Workspace(small), "S1")
    assert found == ()
    assert told(problems) == ["det ligger ikke noe papir for saken «S1» i mappen output. Mente du «S-1»?"]


# -- restore ----------------------------------------------------------------------------------------


def test_a_version_is_brought_back_and_what_stood_there_is_kept(small: Path) -> None:
    hers = edit(small)
    merged(small)
    with_news = paper(small).read_bytes()
    path, problems = restore(Workspace(small), CASE, None)
    assert (path, problems) == ("output/M-1/Sak 1-26 Plan.docx", ())
    assert paper(small).read_bytes() == hers
    assert [each.reason for each in versions(Workspace(small), CASE)] == [Reason.MERGED, Reason.RESTORED]
    assert versions(Workspace(small), CASE)[-1].file.data == with_news


def test_bringing_back_can_itself_be_undone(small: Path) -> None:
    edit(small)
    merged(small)
    with_news = paper(small).read_bytes()
    restore(Workspace(small), CASE, 1)
    restore(Workspace(small), CASE, 2)
    assert paper(small).read_bytes() == with_news


def test_a_version_that_is_brought_back_gets_the_news_again_at_the_next_build(small: Path) -> None:
    edit(small)
    merged(small)
    restore(Workspace(small), CASE, 1)
    assert [each.status for each in build(Workspace(small)).outcomes] == [Status.MERGED]
    assert "Nina Ny" in shown(paper(small).read_bytes()).replace("+}{+", "")


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_version_that_is_not_there_is_told_with_those_that_are(small: Path, number: int) -> None:
    edit(small)
    merged(small)
    before = paper(small).read_bytes()
    path, problems = restore(Workspace(small), CASE, number)
    assert path == ""
    assert told(problems) == [f"det finnes ingen versjon {number} av dette papiret. Disse finnes: 1."]
    assert paper(small).read_bytes() == before


def test_without_a_history_nothing_is_brought_back(small: Path) -> None:
    before = paper(small).read_bytes()
    path, problems = restore(Workspace(small), CASE, None)
    assert (path, paper(small).read_bytes()) == ("", before)
    assert [problem.rule for problem in problems] == ["no-version"]


def test_a_paper_that_is_open_is_not_written_over(small: Path) -> None:
    edit(small)
    merged(small)
    before = paper(small).read_bytes()
    paper(small).with_name("~$" + paper(small).name[2:]).write_bytes(b"")
    path, problems = restore(Workspace(small), CASE, 1)
    assert (path, paper(small).read_bytes()) == ("", before)
    assert "åpen" in told(problems)[0]


def test_a_paper_that_somebody_saves_meanwhile_is_not_written_over(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(small)
    merged(small)
    keep = Workspace.keep_file

    def and_meanwhile(workspace: Workspace, folder: str, name: str, data: bytes) -> None:
        keep(workspace, folder, name, data)
        edit(small, "utrolig mange")

    monkeypatch.setattr(Workspace, "keep_file", and_meanwhile)
    path, problems = restore(Workspace(small), CASE, 1)
    assert (path, [problem.rule for problem in problems]) == ("", ["not-written"])
    assert "utrolig mange" in shown(paper(small).read_bytes())


def test_a_history_that_cannot_be_written_leaves_the_paper(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(small)
    merged(small)
    before = paper(small).read_bytes()

    def refused(_workspace: Workspace, folder: str, _name: str, _data: bytes) -> None:
        raise InUse(small / folder)

    monkeypatch.setattr(Workspace, "keep_file", refused)
    assert restore(Workspace(small), CASE, 1)[0] == ""
    assert paper(small).read_bytes() == before


# -- compare ----------------------------------------------------------------------------------------


def test_a_redline_from_a_version_to_the_paper_lies_beside_it(small: Path) -> None:
    edit(small)
    merged(small)
    path, problems = compare(Workspace(small), CASE, 1, None)
    assert (path, problems) == ("output/M-1/Sak 1-26 Plan endringer.docx", ())
    assert "Nina Ny" in "".join(each.text for each in Document(str(small / path)).element.iter("{*}t"))
    assert read_identity((small / path).read_bytes()) is None


def test_a_redline_from_one_version_to_another(small: Path) -> None:
    edit(small)
    merged(small)
    merged(small, "Ola Lie")
    path, _problems = compare(Workspace(small), CASE, 1, 2)
    assert "Nina" in shown((small / path).read_bytes())
    assert "Ola" not in shown((small / path).read_bytes())


def test_a_redline_never_takes_the_place_of_a_file_with_other_content(small: Path) -> None:
    edit(small)
    merged(small)
    other = paper(small).with_name("Sak 1-26 Plan endringer.docx")
    other.write_bytes(b"hers")
    path, _problems = compare(Workspace(small), CASE, 1, None)
    again, _problems = compare(Workspace(small), CASE, 1, None)
    assert (path, again) == ("output/M-1/Sak 1-26 Plan endringer 2.docx",) * 2
    assert other.read_bytes() == b"hers"


def test_a_redline_is_no_paper_to_the_next_build(small: Path) -> None:
    edit(small)
    merged(small)
    compare(Workspace(small), CASE, 1, None)
    report = build(Workspace(small))
    assert [outcome.status for outcome in report.outcomes] == [Status.EDITED]
    assert [problem.place.file for problem in report.problems if "output" in problem.place.file] == []


@pytest.mark.parametrize(("first", "second"), [(9, None), (1, 9), (0, None)])
def test_versions_that_are_not_there_cannot_be_compared(small: Path, first: int, second: int | None) -> None:
    edit(small)
    merged(small)
    path, problems = compare(Workspace(small), CASE, first, second)
    assert (path, [problem.rule for problem in problems]) == ("", ["no-version"])


def test_a_version_that_is_spoilt_is_told(small: Path) -> None:
    edit(small)
    merged(small)
    versions(Workspace(small), CASE)[0].file.path.write_bytes(b"spoilt")
    path, problems = compare(Workspace(small), CASE, 1, None)
    assert (path, told(problems)) == ("", ["de to versjonene lar seg ikke sammenligne."])


def test_redlines_of_what_is_new_are_written_beside_the_papers(small: Path) -> None:
    before = edit(small)
    put(small, "Nina Ny")
    report = build(Workspace(small, may_write=False), options=Options(tells_news=True))
    paths, problems = write_redlines(Workspace(small), report)
    assert (paths, problems) == (("output/M-1/Sak 1-26 Plan endringer.docx",), ())
    assert paper(small).read_bytes() == before
    assert "{+Nina Ny+}" in shown((small / paths[0]).read_bytes())


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who is root, or on Windows, may write anywhere"
)
def test_a_folder_that_may_not_be_written_is_told(small: Path) -> None:
    edit(small)
    merged(small)
    paper(small).parent.chmod(0o555)
    try:
        path, problems = compare(Workspace(small), CASE, 1, None)
    finally:
        paper(small).parent.chmod(0o755)
    assert (path, [problem.rule for problem in problems]) == ("", ["not-written"])
