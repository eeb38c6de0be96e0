"""The office day: open files, full disks, killed runs, two clerks at once, cases that move."""

from __future__ import annotations

import errno
import itertools
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from casebuilder.delivery import Delivery, Status
from casebuilder.delivery.history import versions as versions_of
from casebuilder.filenames import LONGEST_PATH
from casebuilder.language import Speaker
from casebuilder.pipeline import Report, build
from casebuilder.register import register_of
from casebuilder.sheets import read_sheets
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.xml import text_of
from casebuilder.workspace import TooLong, Workspace
from tests.conftest import ROOT
from tests.sheetedit import add_row, set_cell
from tests.test_failing_calls import put

CASE = "STYRET-2026-014"
MEETING = "STYRET-2026-01"
ENGLISH = Speaker(str)


def run(folder: Path, *names: str) -> Report:
    return build(Workspace(folder), names or (CASE,))


def told(report: Report) -> list[str]:
    return [ENGLISH.problem(problem) for problem in report.problems]


def outcomes(report: Report) -> list[Status]:
    return [outcome.status for outcome in report.outcomes]


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in the meetings' folders, but for the report of the run itself."""
    paths = [path for path in (folder / "output").glob("*/*") if path.parent.name != ".casebuilder"]
    paths = [path for path in paths if path.name != "rapport.html"]
    return {path.relative_to(folder / "output").as_posix(): path.read_bytes() for path in paths}


def names(folder: Path) -> list[str]:
    return sorted(files(folder))


def paper(folder: Path) -> Path:
    return next(folder.glob(f"output/{MEETING}/Sak 14-26 Medlemstall*.docx"))


def news(folder: Path, name: str = "Nina Ny") -> None:
    set_cell(folder, "saker", CASE, "Saksbehandler", name)


def second_meeting(folder: Path) -> None:
    row: dict[str, object] = {
        "Møte-ID": "STYRET-2026-02",
        "Organ-ID": "OSLOREGIONEN",
        "Utvalg": "Styret",
        "Møtenummer": "2/2026",
    }
    add_row(folder, "møter", {**row, "Møtedato": date(2026, 2, 19), "Sted": "Oslo"})


def edit(path: Path) -> bytes:
    """Change a word of a paper, as Word would have stored it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Medlemstall", b"Medlemstallet", 2)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path.read_bytes()


# -- open, locked, read-only --------------------------------------------------------------------


def word_lock(name: str) -> bytes:
    """Return an owner file as Word writes it: the name in one byte a letter, then in two."""
    narrow = bytes([len(name)]) + name.encode("cp1252").ljust(53, b"\x20")
    return narrow + len(name).to_bytes(2, "little") + name.encode("utf-16-le").ljust(106, b"\x00")


def test_a_paper_open_in_word_is_left_alone_and_told_with_the_name_of_who_has_it(folder: Path) -> None:
    run(folder)
    before = files(folder)
    lock = paper(folder).with_name("~$" + paper(folder).name[2:])
    lock.write_bytes(word_lock("Åse Ødegård"))
    news(folder)
    report = run(folder)
    assert outcomes(report) == [Status.REFUSED]
    assert told(report) == [
        "the file is open at Åse Ødegård. Close it and run the command again. "
        f"If nobody has it open, delete the file {lock.name}."
    ]
    lock.unlink()
    assert files(folder) == before
    assert outcomes(run(folder)) == [Status.REPLACED]


def test_a_paper_open_in_libreoffice_is_not_renamed(folder: Path) -> None:
    run(folder)
    before = names(folder)
    lock = paper(folder).with_name(f".~lock.{paper(folder).name}#")
    lock.write_text(",kari,PC-1,24.11.2026 09:00,file:///C:/Users/kari;", encoding="utf-8")
    set_cell(folder, "saker", CASE, "Tittel", "Et nytt navn")
    report = run(folder)
    assert told(report)[0].startswith("the file is open at kari.")
    lock.unlink()
    assert names(folder) == before


def test_an_open_paper_without_news_is_no_trouble(folder: Path) -> None:
    run(folder)
    paper(folder).with_name("~$" + paper(folder).name[2:]).write_bytes(word_lock("Kari"))
    assert outcomes(run(folder)) == [Status.UNCHANGED]


@pytest.mark.parametrize("call", ["replace", "rename", "mkdir"])
def test_a_sharing_violation_leaves_every_file_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    run(folder)
    before = files(folder)
    set_cell(folder, "saker", CASE, "Tittel", "Et nytt navn")
    news(folder)

    def violation(_path: Path, *_more: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    with monkeypatch.context() as patched:
        patched.setattr(Path, call, violation)
        report = run(folder)
    assert (outcomes(report), report.exit_code) == ([Status.REFUSED], 1)
    assert "open in another program, or may not be written" in told(report)[0]
    assert files(folder) == before
    assert outcomes(run(folder)) == [Status.REPLACED]


def test_a_copy_that_cannot_be_read_holds_back_its_case_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    read = Path.read_bytes

    def locked(path: Path) -> bytes:
        if "Vedlegg" in path.name and "output" in path.parts:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    report = run(folder, MEETING)
    assert outcomes(report) == [Status.NEW, Status.NEW, Status.REFUSED]


# -- a full disk, at any write ------------------------------------------------------------------


class Place(NamedTuple):
    owner: Any
    name: str


PLACES = [Place(os, "fsync"), Place(Path, "replace"), Place(Path, "rename")]


class Faulty:
    """Lets writing calls through but for the one at `at`; counts them all."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count - 1 == self.at:
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*arguments, **named)

        return wrapped


def failing(folder: Path, at: int) -> int:
    """Build with the write number `at` failing; return how many writes there were."""
    faulty = Faulty(at)
    with pytest.MonkeyPatch.context() as patched:
        for place in PLACES:
            patched.setattr(place.owner, place.name, faulty.wrap(getattr(place.owner, place.name)))
        run(folder)
    return faulty.count


def prepared(folder: Path, change: Callable[[Path], None]) -> dict[str, bytes]:
    """Build, change the sources, and return the papers as they were."""
    run(folder)
    old = files(folder)
    change(folder)
    return old


def renamed_and_new(folder: Path) -> None:
    set_cell(folder, "saker", CASE, "Tittel", "Et nytt navn")
    news(folder)
    (folder / "sources" / "vedlegg" / "Møteplan og årshjul 2026.pdf").write_bytes(b"%PDF-1.7 a new plan")


def test_a_disk_full_at_any_write_leaves_whole_papers_and_the_next_run_finishes(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = prepared(folder, renamed_and_new)
    done = tmp_path_factory.mktemp("done")
    shutil.copytree(folder, done, dirs_exist_ok=True)
    run(done)
    wanted = files(done)
    whole = {*old.values(), *wanted.values()}
    assert wanted != old
    for at in itertools.count():
        copy = tmp_path_factory.mktemp(f"at{at}")
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        writes = failing(copy, at)
        assert set(files(copy).values()) <= whole, at
        assert any(name.endswith(".docx") for name in files(copy)), at
        assert list(copy.rglob("*.tmp")) == [], at
        report = run(copy)
        assert (report.exit_code, files(copy)) == (0, wanted), at
        if writes <= at:
            break
    assert at > 5


# -- killed at any moment, and two at once ------------------------------------------------------

_BUILD = """
import sys
from pathlib import Path
from casebuilder.pipeline import build
from casebuilder.workspace import Workspace
print("ready", flush=True)
while sys.stdin.readline():
    report = build(Workspace(Path(sys.argv[1])))
    print([outcome.status.value for outcome in report.outcomes],
          sorted({problem.rule for problem in report.problems}), flush=True)
"""


def started(folder: Path, program: str = "") -> subprocess.Popen[str]:
    """Start a process that builds the folder once for each line it is given."""
    process = subprocess.Popen(
        [sys.executable, "-c", program or _BUILD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_two_clerks_at_once_tear_nothing_and_lose_no_change(folder: Path) -> None:
    run(folder, MEETING)
    clerks = [started(folder), started(folder)]
    try:
        for turn in range(4):
            edited = edit(paper(folder)) if turn == 2 else b""
            set_cell(folder, "saker", "STYRET-2026-012", "Saksbehandler", f"Nina {turn}")
            for clerk in clerks:
                go(clerk)
            lines = [clerk.stdout.readline() for clerk in clerks if clerk.stdout]
            assert all(line.startswith("[") for line in lines), lines
            rules = {rule for line in lines for rule in ("name-taken", "two-papers") if rule in line}
            assert rules == set()
            assert all(zipfile.is_zipfile(path) for path in folder.glob("output/*/*.docx"))
            assert not edited or paper(folder).read_bytes() == edited
    finally:
        for clerk in clerks:
            clerk.communicate()
    assert [status.value for status in outcomes(run(folder, MEETING))] == ["unchanged", "unchanged", "edited"]
    assert len([name for name in names(folder) if "Vedlegg" not in name]) == 3


def test_two_clerks_who_merge_at_once_lose_nothing(tmp_path: Path) -> None:
    put(tmp_path, "Plan", "En", b"%PDF-1.7")
    build(Workspace(tmp_path))
    clerks = [started(tmp_path), started(tmp_path)]
    hers = []
    try:
        for turn in range(4):
            (paper_now,) = tmp_path.glob("output/M-1/*.docx")
            parts = parts_of(paper_now.read_bytes())
            old = parts["word/document.xml"]
            parts["word/document.xml"] = old.replace(b"Tekst", f"Hun {turn} Tekst".encode(), 1)
            paper_now.write_bytes(package_of(parts))
            hers.append(paper_now.read_bytes())
            put(tmp_path, "Plan", f"Overskrift {turn}", b"%PDF-1.7")
            for clerk in clerks:
                go(clerk)
            lines = [clerk.stdout.readline() for clerk in clerks if clerk.stdout]
            assert all(line.startswith("[") for line in lines), lines
            assert any("merged" in line for line in lines), lines
            assert {line.split("]")[0] for line in lines} <= {"['merged'", "['edited'", "['refused'"}
    finally:
        for clerk in clerks:
            clerk.communicate()
    assert all(version in kept(tmp_path) for version in hers)
    (left,) = papers_of(tmp_path)
    assert [
        f"Hun {turn} " in text_of(etree.fromstring(parts_of(left)["word/document.xml"])) for turn in range(4)
    ] == ([True] * 4)


def test_who_comes_too_late_is_told_in_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder)
    news(folder)
    keep = Workspace.keep_base

    def and_meanwhile_somebody_saves(workspace: Workspace, digest: str, data: bytes, cells: str) -> None:
        keep(workspace, digest, data, cells)
        edit(paper(folder))

    monkeypatch.setattr(Workspace, "keep_base", and_meanwhile_somebody_saves)
    report = run(folder)
    assert told(report) == [
        "the file was changed by somebody while the command ran. Nothing was overwritten. "
        "Run the command again."
    ]
    monkeypatch.undo()
    assert outcomes(run(folder)) == [Status.MERGED]


def test_a_paper_that_another_clerk_has_just_made_is_no_stranger(folder: Path) -> None:
    workspace = Workspace(folder)
    register, _problems = register_of(*read_sheets(workspace.workbooks()))
    early = Delivery(workspace, register, ENGLISH)
    run(folder)
    target = paper(folder)
    assert early._just_come(register.cases[CASE], target) is not None
    assert early._just_come(register.cases["STYRET-2026-012"], target) is None


KILLS = 200 if os.environ.get("CI") else 20
"""How often a run is killed: as often as it takes to trust it in CI, fewer times at one's own desk."""

_NURSERY = """
import os, signal, sys, time
from pathlib import Path
from casebuilder.pipeline import build
from casebuilder.workspace import Workspace
from tests.failing import watched

folder = Path(sys.argv[1])
print("ready", flush=True)


def child(at, after):
    def dies(number, _name):
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    if after:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends a process where it stands, as SIGKILL does
        signal.setitimer(signal.ITIMER_REAL, after)
    with watched(folder / "output", dies) as watch:
        build(Workspace(folder))
    return len(watch.calls)


for line in sys.stdin:
    at, after = line.split()
    reading, writing = os.pipe()
    began = time.monotonic()
    process = os.fork()
    if not process:
        os.write(writing, str(child(int(at), float(after))).encode())
        os._exit(0)
    os.close(writing)
    _process, status = os.waitpid(process, 0)
    lasted = time.monotonic() - began
    print(int(os.WIFSIGNALED(status)), os.read(reading, 20).decode() or 0, lasted, flush=True)
    os.close(reading)
"""


class Nursery:
    """A process that has loaded everything, and forks a build that dies at a call or after some seconds."""

    def __init__(self, folder: Path) -> None:
        self.process = started(folder, _NURSERY)

    def born(self, at: int = -1, after: float = 0.0) -> tuple[bool, int, float]:
        """Return if a build was killed, how many calls it made if not, and how many seconds it lived."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{at} {after:.6f}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        killed, calls, lasted = line.split()
        return killed == "1", int(calls), float(lasted)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork, and terminate is its kill -9")
def test_killed_at_any_moment_every_paper_is_whole_and_the_next_run_finishes(folder: Path) -> None:
    books = folder / "sources" / "saker.xlsx"
    versions: list[tuple[bytes, dict[str, bytes]]] = []
    run(folder, MEETING)
    for name in ("Nina A", "Nina B"):
        for case in (CASE, "STYRET-2026-012", "STYRET-2026-013"):
            set_cell(folder, "saker", case, "Saksbehandler", name)
        run(folder, MEETING)
        versions.append((books.read_bytes(), files(folder)))
    whole = {data for _book, version in versions for data in version.values()}
    chance = random.Random(3)  # noqa: S311
    nursery = Nursery(folder)
    dead = torn = halves = turn = 0
    try:
        books.write_bytes(versions[0][0])
        _killed, calls, lasted = nursery.born()
        assert files(folder) == versions[0][1]
        while dead < KILLS and turn < 2 * KILLS:
            books.write_bytes(versions[turn % 2][0])
            by_call = turn % 4 < 2  # two in a row of each kind: one for each version of the sources
            at, after = (chance.randrange(calls), 0.0) if by_call else (-1, chance.uniform(0.001, lasted))
            killed, _calls, _lived = nursery.born(at, after)
            papers = {name: data for name, data in files(folder).items() if not name.endswith(".tmp")}
            dead += killed
            torn += not set(papers.values()) <= whole
            halves += papers not in [version for _book, version in versions]
            assert len(papers) == len(versions[0][1])
            turn += 1
    finally:
        nursery.process.communicate()
    assert torn == 0
    assert dead == KILLS
    assert halves > 0, "no run was killed between two of its papers"
    report = run(folder, MEETING)
    assert report.exit_code == 0
    left = {name: data for name, data in files(folder).items() if not name.endswith(".tmp")}
    assert left == versions[(turn - 1) % 2][1]


def edited_with_news(folder: Path) -> bytes:
    """Build a small folder, edit its paper, and bring news with another title; return her file."""
    put(folder, "Plan", "En", b"%PDF-1.7 one")
    build(Workspace(folder))
    (her,) = folder.glob("output/M-1/*.docx")
    parts = parts_of(her.read_bytes())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Tekst.", b"Teksten er min.")
    her.write_bytes(package_of(parts))
    put(folder, "Planen vår", "To", b"%PDF-1.7 two")
    return her.read_bytes()


def papers_of(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("output/M-1/*.docx")]


def kept(folder: Path) -> list[bytes]:
    """Return the versions in the history of the small folder's paper."""
    return [version.file.data for version in versions_of(Workspace(folder), "S-1")]


def is_safe(folder: Path, hers: bytes, merged: bytes) -> bool:
    """Tell whether her file is whole: as it was, or merged and then also in the history as it was."""
    return papers_of(folder) == [hers] or (papers_of(folder) == [merged] and hers in kept(folder))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork, and terminate is its kill -9")
def test_killed_while_news_is_put_into_an_edited_paper_it_is_whole_and_the_next_run_finishes(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hers = edited_with_news(tmp_path)
    aside = tmp_path_factory.mktemp("aside")
    shutil.copytree(tmp_path / "output", aside / "output")
    nursery = Nursery(tmp_path)
    chance = random.Random(5)  # noqa: S311
    dead, unsafe, unfinished = 0, [], []
    try:
        _killed, calls, lasted = nursery.born()
        (merged,) = papers_of(tmp_path)
        assert kept(tmp_path) == [hers]
        for turn in range(KILLS):
            shutil.rmtree(tmp_path / "output")
            shutil.copytree(aside / "output", tmp_path / "output")
            at, after = (chance.randrange(calls), 0.0) if turn % 2 else (-1, chance.uniform(0.001, lasted))
            dead += nursery.born(at, after)[0]
            unsafe += [] if is_safe(tmp_path, hers, merged) else [(at, after)]
            if turn % 5 == 0:
                nursery.born()
                unfinished += (
                    [] if papers_of(tmp_path) == [merged] and hers in kept(tmp_path) else [(at, after)]
                )
    finally:
        nursery.process.communicate()
    assert (unsafe, unfinished) == ([], [])
    assert dead >= KILLS * 0.5


def test_what_a_killed_run_left_is_cleared_when_it_is_old(folder: Path) -> None:
    run(folder)
    meeting = folder / "output" / MEETING
    old, fresh, foreign = meeting / ".~cb-1.tmp", meeting / ".~cb-2.tmp", meeting / "notat.tmp"
    for path in (old, fresh, foreign):
        path.write_bytes(b"half")
    for path in (old, foreign):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    run(folder)
    assert [path.exists() for path in (old, fresh, foreign)] == [False, True, True]


# -- names, paths, clocks, consoles -------------------------------------------------------------


def test_a_long_path_with_blanks_and_norwegian_letters_holds_a_paper(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("Felles område")
    while len(str(root)) < 250 - 45:
        root /= "Sekretariat for Østlandet, møter og saker"
    root /= "å" * (249 - len(str(root)))
    shutil.copytree(folder, root)
    assert len(str(root)) == 250
    report = run(root, MEETING)
    assert (outcomes(report), report.problems) == ([Status.NEW] * 3, ())


def test_a_deep_folder_gets_shorter_names_that_windows_can_hold(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("d")
    while len(str(root)) < 150:
        root /= "Felles områder"
    shutil.copytree(folder, root)
    run(root, MEETING)
    assert max(len(str(path)) for path in root.glob("output/*/*")) <= LONGEST_PATH


def test_a_path_too_long_is_told_as_such(folder: Path) -> None:
    workspace = Workspace(folder)
    with pytest.raises(TooLong):
        workspace.write(workspace.output / ("x" * 300) / "Sak.docx", b"x", None)


@pytest.mark.parametrize("day", [473_385_600, 4_102_444_800])
def test_a_wrong_clock_changes_no_paper(folder: Path, monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    run(folder)
    before = files(folder)
    monkeypatch.setattr("time.time", lambda: float(day))
    assert outcomes(run(folder)) == [Status.UNCHANGED]
    assert files(folder) == before


@pytest.mark.parametrize("command", ["build", "check", "fields"])
def test_a_console_without_utf_8_gets_its_lines(folder: Path, command: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "casebuilder", command, CASE, "--lang", "en", "--mappe", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"14/26" in done.stdout


# -- cases that are renamed, renumbered, moved or withdrawn -------------------------------------


def test_a_case_renumbered_takes_its_attachments_with_it(folder: Path) -> None:
    run(folder)
    set_cell(folder, "saker", CASE, "Løpenummer", 15)
    assert outcomes(run(folder)) == [Status.REPLACED]
    assert {name.partition("/")[2][:9] for name in names(folder)} == {"Sak 15-26"}


def test_a_case_moved_to_another_meeting_leaves_nothing_behind(folder: Path) -> None:
    run(folder)
    before = names(folder)
    second_meeting(folder)
    set_cell(folder, "saker", CASE, "Møte-ID", "STYRET-2026-02")
    report = run(folder)
    assert (outcomes(report), report.exit_code) == ([Status.REPLACED], 0)
    assert names(folder) == [name.replace(MEETING, "STYRET-2026-02") for name in before]
    assert not (folder / "output" / MEETING).exists()


def test_a_moved_case_takes_a_changed_paper_and_its_attachments_along(folder: Path) -> None:
    run(folder)
    edit(paper(folder))
    before = names(folder)
    second_meeting(folder)
    set_cell(folder, "saker", CASE, "Møte-ID", "STYRET-2026-02")
    report = run(folder)
    assert (outcomes(report), told(report)) == ([Status.MERGED], [])
    moved = [name.replace(MEETING, "STYRET-2026-02") for name in before]
    assert names(folder) == moved


def test_a_changed_copy_stays_and_is_told_when_its_case_is_renumbered(folder: Path) -> None:
    run(folder)
    copy = next(folder.glob("output/*/*Vedlegg*"))
    copy.write_bytes(b"my notes")
    set_cell(folder, "saker", CASE, "Løpenummer", 15)
    report = run(folder)
    assert [problem.rule for problem in report.problems] == ["hull-i-saksnumre", "attachment-changed"]
    assert copy.read_bytes() == b"my notes"


def test_the_paper_of_a_withdrawn_case_is_told_of_and_kept(folder: Path) -> None:
    run(folder)
    before = files(folder)
    set_cell(folder, "saker", CASE, "Status", "trukket")
    workspace = Workspace(folder)
    register, _problems = register_of(*read_sheets(workspace.workbooks()))
    problems = Delivery(workspace, register, ENGLISH).resting()
    assert [ENGLISH.say(problem.found) for problem in problems] == [
        f"the case {CASE} is withdrawn, but its paper lies here."
    ]
    assert (build(workspace).exit_code, files(folder) == before or CASE) == (0, CASE)
    assert {name: data for name, data in files(folder).items() if name in before} == before
