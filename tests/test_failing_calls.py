"""Whatever call to the file system fails: papers stay whole, a sentence tells it, the next run finishes."""

from __future__ import annotations

import errno
import os
import shutil
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from casebuilder.beginning import begin
from casebuilder.delivery.history import versions
from casebuilder.language import LANGUAGES, speaker
from casebuilder.pipeline import build
from casebuilder.problems import CasebuilderError, msg
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import CUSTOM_PART
from casebuilder.word.xml import text_of
from casebuilder.workspace import Workspace
from tests.failing import watched
from tests.secretariat import Secretariat

CASE = "S-1"
Files = dict[str, bytes]
READING = ("stat", "open r", "os.scandir", "os.listdir")
"""Calls that a full disk does not touch; a closed share or an open file does."""


def put(folder: Path, title: str, heading: str, plan: bytes) -> None:
    """Fill the folder: one meeting, one case with this title, one text and one attachment."""
    made = Secretariat(folder)
    made.add("organer", organ_id="RAAD", navn="Rådet IPR", organisasjonsform="IPR")
    meeting: dict[str, object] = {"møte_id": "M-1", "utvalg": "styret", "møtenummer": "1/2026"}
    made.add("møter", organ_id="RAAD", dato=date(2026, 2, 12), sted="Oslo", **meeting)
    case: dict[str, object] = {"sak_id": CASE, "møte_id": "M-1", "løpenr": 1, "tittel": title}
    case["forslag_til_vedtak"] = "Styret tar saken til orientering."
    made.add("saker", sakstype="PS", saksbehandler="Kari", status="utkast", **case)
    made.add("vedlegg", sak_id=CASE, nr=1, tittel="Planen", fil="plan.pdf")
    made.text(f"{CASE}.md", f"# {heading}\n\nTekst.\n")
    (made.save() / "sources" / "vedlegg" / "plan.pdf").write_bytes(plan)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    put(tmp_path, "Plan", "En", b"%PDF-1.7 one")
    return tmp_path


def papers(folder: Path) -> tuple[Files, list[str]]:
    """Return papers and attachments by their names, and the temporary files that were left beside them."""
    paths = [path for path in (folder / "output").glob("*/*") if path.parent.name != ".casebuilder"]
    paths = [path for path in paths if path.name != "rapport.html"]  # which tells of the fault
    left = [path.name for path in paths if path.suffix == ".tmp"]
    return {path.name: path.read_bytes() for path in paths if path.suffix != ".tmp"}, left


def attempt(folder: Path) -> list[str] | str:
    """Build, and return what a clerk is told of errors; a fault of the program itself as a plain text."""
    try:
        report = build(Workspace(folder))
    except CasebuilderError as stop:
        return [speaker(language).say(stop.message) for language in LANGUAGES]
    except Exception:  # noqa: BLE001 - the very thing that is looked for
        return traceback.format_exc(limit=-4)
    problems = [problem for problem in report.problems if problem.is_error]
    return [speaker(language).problem(problem) for problem in problems for language in LANGUAGES]


class Failing:
    """Fails at the call of one number, and is told which it was."""

    def __init__(self, at: int, fault: int, spared: tuple[str, ...] = ()) -> None:
        self.at, self.fault, self.spared = at, fault, spared
        self.name = ""

    def __call__(self, number: int, name: str) -> None:
        if number == self.at and name not in self.spared:
            self.name = name
            raise OSError(self.fault, os.strerror(self.fault))


def as_it_was(folder: Path, kept: Path) -> None:
    """Bring the output back to what was put aside."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    shutil.copytree(kept / "output", folder / "output")


def first_build(folder: Path) -> None:
    (folder / "output").mkdir()


def renamed_with_news(folder: Path) -> None:
    build(Workspace(folder))
    put(folder, "Planen vår", "To", b"%PDF-1.7 two")


FAULTS = [
    pytest.param(errno.ENOSPC, READING, id="full disk"),
    pytest.param(errno.EACCES, (), id="open elsewhere or read-only"),
    *([pytest.param(errno.EIO, (), id="share gone")] if os.environ.get("CI") else []),
]


EVERY = 1 if os.environ.get("CI") else 3
"""How many of the calls of a merge fail in a test: all of them in CI, some at one's own desk."""


@pytest.mark.parametrize(("fault", "spared"), FAULTS)
@pytest.mark.parametrize("prepare", [first_build, renamed_with_news])
def test_any_call_may_fail(
    small: Path,
    tmp_path_factory: pytest.TempPathFactory,
    prepare: Callable[[Path], None],
    fault: int,
    spared: tuple[str, ...],
) -> None:
    prepare(small)
    old = papers(small)[0]
    kept = tmp_path_factory.mktemp("kept")
    shutil.copytree(small / "output", kept / "output")
    with watched(small, lambda _number, _name: None) as watch:
        assert build(Workspace(small)).exit_code == 0
    wanted = papers(small)[0]
    assert set(wanted.values()).isdisjoint(old.values())
    whole = {*old.values(), *wanted.values()}
    failed: list[str] = []
    wrong: list[tuple[int, str, str]] = []
    for at in range(len(watch.calls)):
        as_it_was(small, kept)
        failing = Failing(at, fault, spared)
        with watched(small, failing):
            told = attempt(small)
        if failing.name:
            failed.append(failing.name)
            found, left = papers(small)
            wrong += [(at, failing.name, each) for each in faults(told, found, old, whole, wanted)]
            wrong += [(at, failing.name, each) for each in left if failing.name != "os.remove"]
            again = attempt(small)
            if again or papers(small)[0] != wanted:
                wrong.append((at, failing.name, f"the next run: {again}"))
    assert not wrong, "\n".join(f"{at} {name}: {each}" for at, name, each in wrong)
    assert len(failed) > 20


def everything_told(folder: Path) -> list[str] | str:
    """Build, and return all that a clerk is told; a fault of the program itself as a plain text."""
    try:
        report = build(Workspace(folder))
    except CasebuilderError as stop:
        return [speaker("nb").say(stop.message)]
    except Exception:  # noqa: BLE001 - the very thing that is looked for
        return traceback.format_exc(limit=-4)
    return [speaker("nb").problem(problem) for problem in report.problems if "output" in problem.place.file]


@pytest.mark.parametrize(("fault", "spared"), FAULTS)
def test_any_call_may_fail_while_news_is_put_into_an_edited_paper(
    small: Path, tmp_path_factory: pytest.TempPathFactory, fault: int, spared: tuple[str, ...]
) -> None:
    build(Workspace(small))
    (her,) = (small / "output").glob("M-1/*.docx")
    parts = parts_of(her.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Tekst.", b"Teksten er min.")
    her.write_bytes(package_of(parts))
    hers = her.read_bytes()
    put(small, "Planen vår", "To", b"%PDF-1.7 two")
    kept = tmp_path_factory.mktemp("kept")
    shutil.copytree(small / "output", kept / "output")
    with watched(small, lambda _number, _name: None) as watch:
        assert build(Workspace(small)).exit_code == 0
    wanted = _papers(small)
    wrong: list[tuple[int, str, str]] = []
    failed = 0
    for at in range(0, len(watch.calls), EVERY):
        as_it_was(small, kept)
        failing = Failing(at, fault, spared)
        with watched(small, failing):
            told = everything_told(small)
        if not failing.name:
            continue
        failed += 1
        found = _papers(small)
        kept_versions = [version.file.data for version in versions(Workspace(small), CASE)]
        if isinstance(told, str):
            wrong.append((at, failing.name, told))
        elif found != wanted and not told:
            wrong.append((at, failing.name, "nothing was said"))
        if len(found) != 1 or not (hers in found.values() or hers in kept_versions):
            wrong.append((at, failing.name, "her paper is lost"))
        if not any(_says(data, "Teksten er min.") for data in found.values()):
            wrong.append((at, failing.name, "her words are lost"))
        everything_told(small)
        if _said(_papers(small)) != _said(wanted):
            wrong.append((at, failing.name, f"the next run did not finish: {sorted(_papers(small))}"))
    assert not wrong, "\n".join(f"{at} {name}: {each}" for at, name, each in wrong)
    assert failed > 40 / EVERY


def _papers(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in (folder / "output").glob("M-1/*.docx")}


def _said(papers: Files) -> dict[str, Files]:
    """Return the parts of papers by name, but for the one that says what they were called."""
    found = {name: parts_of(data) for name, data in papers.items()}
    return {
        name: {part: parts[part] for part in parts if part != CUSTOM_PART} for name, parts in found.items()
    }


def _says(data: bytes, words: str) -> bool:
    return words in text_of(etree.fromstring(parts_of(data)["word/document.xml"]))


def faults(told: list[str] | str, found: Files, old: Files, whole: set[bytes], wanted: Files) -> list[str]:
    """Return what is wrong with the way a run with a failing call has ended."""
    wrong = []
    if isinstance(told, str):
        wrong.append(told)
    elif (not told and found != wanted) or not all(each.endswith((".", "?")) for each in told):
        wrong.append(f"said: {told}")
    if not set(found.values()) <= whole:
        wrong.append("a paper is torn")
    if old and not any(name.endswith(".docx") for name in found):
        wrong.append("the old paper is gone")
    return wrong


@pytest.mark.parametrize("fault", [errno.EACCES, errno.EROFS])
def test_a_share_that_may_only_be_read_leaves_everything_and_says_so(small: Path, fault: int) -> None:
    renamed_with_news(small)
    before = papers(small)

    def refuse(_number: int, name: str) -> None:
        if name not in READING:
            raise OSError(fault, os.strerror(fault))

    with watched(small, refuse):
        told = attempt(small)
    assert "skrivetilgang" in told[0]
    assert papers(small) == before


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who is root, or on Windows, may write anywhere"
)
def test_a_folder_without_leave_to_write_leaves_everything_and_says_so(small: Path) -> None:
    renamed_with_news(small)
    before = papers(small)
    folders = [small / "output", *(path for path in (small / "output").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        told = attempt(small)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert "skrivetilgang" in told[0]
    assert papers(small) == before


def test_a_new_folder_that_cannot_be_filled_is_told_and_can_be_filled_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = {"sources/a.xlsx": b"one", "LESMEG.txt": b"two"}
    monkeypatch.setattr("casebuilder.beginning.starter_files", lambda: new)
    for at in range(100):
        root = tmp_path / str(at)
        root.mkdir()
        failing = Failing(at, errno.ENOSPC, READING)
        stopped = None
        with watched(root, failing):
            try:
                begin(root)
            except CasebuilderError as stop:
                stopped = stop
        made = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".tmp"]
        assert {path.read_bytes() for path in made} <= set(new.values())
        assert len(made) == 2 or "cannot be written" in speaker("en").say(
            stopped.message if stopped else msg("")
        )
        begin(root)
        assert {name: (root / name).read_bytes() for name in new} == new
    assert not failing.name
