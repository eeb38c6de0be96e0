"""What is kept of earlier runs spares time and changes nothing else: whatever is changed between two runs,
the second tells and writes what a run would that remembers none of them."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypandoc
import pytest
from docx import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casebuilder import making, unchanged
from casebuilder.cli import main
from casebuilder.pipeline import build
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.secretariat import Secretariat
from tests.sheetedit import set_cell
from tests.test_another_secretariat import png

CACHES = {"trær", "kjøringer", "papirer", "ark", "maler", "sider"}
HEAVY = ("docx", "docxtpl", "openpyxl", "pypandoc", "jinja2", "lxml", "babel", "pikepdf")
Change = Callable[[Path, int], object]


def told(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run a build as the command line does; return its exit code and all that it prints."""
    out = io.StringIO()
    out.reconfigure = lambda **_named: None  # type: ignore[attr-defined]
    with contextlib.redirect_stdout(out):
        code = main(["build", "--mappe", str(folder), *arguments])
    return code, out.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    """Everything in output but what only spares time."""
    paths = (path for path in sorted((folder / "output").rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if not CACHES & set(path.parts)
    }


def kept(folder: Path) -> list[Path]:
    return sorted(path for name in CACHES for path in folder.glob(f"output/.casebuilder/{name}/*"))


def forget(folder: Path) -> None:
    for name in CACHES:
        shutil.rmtree(folder / "output" / ".casebuilder" / name, ignore_errors=True)


def papers(folder: Path) -> list[Path]:
    return sorted(folder.glob("output/M/Sak *.docx"))


@pytest.fixture(scope="module")
def secretariat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three small papers, one with a picture, one with an attachment, built until nothing is new."""
    made = Secretariat(tmp_path_factory.mktemp("alt"))
    made.add("organer", organ_id="R", navn="Rådet", organisasjonsform="IPR")
    made.add("enheter", enhet_id="32", type="fylkeskommune", navn="Akershus")
    made.add("medlemmer", organ_id="R", enhet_id="32", medlem_fra=date(2020, 1, 1))
    made.add(
        "møter", møte_id="M", organ_id="R", utvalg="Styret", møtenummer="1/2026", dato=date(2026, 2, 12),
        sted="Oslo",
    )  # fmt: skip
    for number in range(1, 4):
        made.add(
            "saker", sak_id=f"S{number}", møte_id="M", løpenr=number, sakstype="PS",
            behandlingsmåte="drøfting", tittel=f"Sak nummer {number}", saksbehandler="Kari",
        )  # fmt: skip
        made.text(f"S{number}.md", f"# Om saken\n\nEt avsnitt om sak {number}, med «i fjor» i.\n")
    made.text("S2.md", '# Tall\n\nRådet har {{ antall("R") }} medlem.\n\n![Et kart](kart.png)\n')
    made.text("kart.png", png())
    made.add("vedlegg", sak_id="S3", nr=1, tittel="Planen", fil="plan.pdf")
    (made.folder / "sources" / "vedlegg" / "plan.pdf").write_bytes(b"%PDF-1.7 planen")
    folder = made.save()
    for _ in range(3):
        told(folder)
    assert len(papers(folder)) == 3
    return folder


@pytest.fixture
def place(secretariat: Path) -> Iterator[Path]:
    """The secretariat's folder, put back as it was after the test; what is kept knows its path."""
    copy = secretariat.with_name("slik-det-var")
    shutil.copytree(secretariat, copy)
    yield secretariat
    shutil.rmtree(secretariat)
    copy.rename(secretariat)


# -- what can be changed ------------------------------------------------------------------------------


def a_cell(folder: Path, number: int) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    path = folder / "sources" / "alt.xlsx"
    workbook = load_workbook(path)
    sheet, row, column = [("saker", 2 + number % 3, 8), ("enheter", 2, 3), ("saker", 2, 4)][number % 3]
    values = (f"Nytt {number}", "Asker", "7", None)
    workbook[sheet].cell(row, column).value = values[number % 4]
    workbook.save(path)


def a_text(folder: Path, number: int) -> None:
    path = folder / "sources" / "tekster" / f"S{number % 3 + 1}.md"
    said = [f"Nye ord {number}.", "{{ finnes_ikke }}", "## Ny del\n\nOrd.[^n]\n\n[^n]: Noten."][number % 3]
    path.write_text(path.read_text(encoding="utf-8") + f"\n{said}\n", encoding="utf-8")


def a_text_gone(folder: Path, number: int) -> None:
    (folder / "sources" / "tekster" / f"S{number % 3 + 1}.md").unlink(missing_ok=True)


def another_text(folder: Path, number: int) -> None:
    (folder / "sources" / "tekster" / f"S{number % 3 + 1}.docx").write_bytes(b"ikke Word")


def the_template(folder: Path, number: int) -> None:
    path = folder / "templates" / "saksfremstilling.docx"
    document = Document(str(path))
    document.add_paragraph(["Hilsen", "{{ ukjent }}"][number % 2])
    document.save(str(path))


def the_attachment(folder: Path, number: int) -> None:
    path = folder / "sources" / "vedlegg" / "plan.pdf"
    if number % 3:
        path.write_bytes(f"%PDF-1.7 {number}".encode())
    else:
        path.unlink(missing_ok=True)


def the_picture(folder: Path, number: int) -> None:
    path = folder / "sources" / "tekster" / "kart.png"
    if number % 3:
        path.write_bytes(png() + str(number).encode())
    else:
        path.unlink(missing_ok=True)


def a_paper(folder: Path, number: int) -> None:
    for path in papers(folder)[number % 3 : number % 3 + 1]:
        document = Document(str(path))
        document.add_paragraph(f"Skrevet for hånd {number}.")
        document.save(str(path))


def a_byte_of_a_paper(folder: Path, number: int) -> None:
    """Change a paper and give it its old time back, as some copying does."""
    for path in papers(folder)[number % 3 : number % 3 + 1]:
        before, data = path.stat(), path.read_bytes()
        path.write_bytes(data[: number % len(data)] + b"x" + data[number % len(data) + 1 :])
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def a_paper_gone(folder: Path, number: int) -> None:
    for path in papers(folder)[number % 3 : number % 3 + 1]:
        path.unlink()


def a_paper_renamed(folder: Path, number: int) -> None:
    for path in papers(folder)[number % 3 : number % 3 + 1]:
        path.rename(path.with_name(f"Sak {number} mitt navn.docx"))


def a_paper_twice(folder: Path, number: int) -> None:
    for path in papers(folder)[number % 3 : number % 3 + 1]:
        shutil.copy(path, path.with_name(f"Sak kopi {number % 5}.docx"))


def the_report(folder: Path, number: int) -> None:
    path = folder / "output" / "M" / "rapport.html"
    path.write_bytes(b"min egen side" if number % 2 else b"")


def a_copy_of_the_attachment(folder: Path, number: int) -> None:
    for path in folder.glob("output/M/*plan.pdf"):
        path.write_bytes(f"endret her {number}".encode())


def a_pristine_copy(folder: Path, number: int) -> None:
    bases = sorted(folder.glob("output/.casebuilder/grunnlag/*.docx"))
    bases[number % len(bases)].unlink()


def a_byte_kept(folder: Path, number: int) -> None:
    """Spoil what is kept."""
    for path in kept(folder)[number % 7 :: 7]:
        data = path.read_bytes()
        at = number % max(1, len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else b"?")


def half_of_what_is_kept(folder: Path, number: int) -> None:
    for path in kept(folder)[number % 2 :: 2]:
        path.write_bytes(path.read_bytes()[:-5])


def what_is_kept_under_other_names(folder: Path, number: int) -> None:
    paths = kept(folder)
    if len(paths) > 1:
        one, other = paths[number % len(paths)], paths[(number + 1) % len(paths)]
        data = one.read_bytes()
        one.write_bytes(other.read_bytes())
        other.write_bytes(data)


def nothing_kept(folder: Path, _number: int) -> None:
    forget(folder)


def nothing(_folder: Path, _number: int) -> None:
    """Change nothing at all."""


CHANGES: tuple[Change, ...] = (
    a_cell, a_text, a_text_gone, another_text, the_template, the_attachment, the_picture, a_paper,
    a_byte_of_a_paper, a_paper_gone, a_paper_renamed, a_paper_twice, the_report, a_copy_of_the_attachment,
    a_pristine_copy, a_byte_kept, half_of_what_is_kept, what_is_kept_under_other_names, nothing_kept, nothing,
)  # fmt: skip


def differences(folder: Path, changes: list[tuple[Change, int]]) -> list[object]:
    """Run after each change, with all that is kept and without; return what the two runs differ in."""
    other = folder.with_name("uten")
    found: list[object] = []
    for change, number in changes:
        change(folder, number)
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(folder, other)
        forget(other)
        with_it, without = told(folder), told(other)
        found += [] if with_it == without else [(change.__name__, with_it, without)]
        left, right = files(folder), files(other)
        odd = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
        found += [(change.__name__, odd)] if odd else []
    return found


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_run_after_any_change_is_as_one_that_remembers_nothing(place: Path, change: Change) -> None:
    assert differences(place, [(change, 1), (nothing, 0), (nothing, 0)]) == []


@settings(
    max_examples=60 if os.environ.get("CI") else 12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # to make a failing row shorter takes minutes; it is short as it is
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(changes=st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 5000)), min_size=1, max_size=4))
def test_runs_after_changes_in_a_row_are_as_those_that_remember_nothing(
    secretariat: Path, changes: list[tuple[Change, int]]
) -> None:
    copy = secretariat.with_name("for-rekken")
    shutil.copytree(secretariat, copy)
    try:
        assert differences(secretariat, changes) == []
    finally:
        shutil.rmtree(secretariat)
        copy.rename(secretariat)


# -- what it spares ---------------------------------------------------------------------------------


def test_nothing_changed_is_told_without_a_library_loaded(place: Path) -> None:
    script = f"""
import sys
from casebuilder.cli import main
code = main(["build", "--mappe", {str(place)!r}])
print(code, sorted(set({HEAVY!r}) & set(sys.modules)), "casebuilder.pipeline" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, cwd=ROOT, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    *lines, last = run.stdout.splitlines()
    assert last == "0 [] False"
    assert "\n".join(lines) + "\n" == told(place)[1]
    assert sum("ikke noe nytt: output/M/Sak" in line for line in lines) == 3


def test_of_a_changed_text_one_paper_is_made_and_one_text_is_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    read: list[str] = []
    papers_, convert = making.papers, pypandoc.convert_text

    def counted(lines: str, *arguments: object, **named: object) -> object:
        read.extend(lines.splitlines())
        return convert(lines, *arguments, **named)

    monkeypatch.setattr("casebuilder.cores.papers", lambda known, jobs: papers_(known, made_of(jobs)))
    monkeypatch.setattr(pypandoc, "convert_text", counted)

    def made_of(jobs: list[making.Job]) -> list[making.Job]:
        made.extend(job.case_id for job in jobs)
        return jobs

    a_text(place, 0)
    told(place)
    assert (made, len(read)) == (["S1"], 1)
    a_cell(place, 0)
    told(place)
    assert (made, len(read)) == (["S1", "S1", "S2", "S3"], 1)


def test_what_is_only_looked_at_keeps_nothing(place: Path) -> None:
    forget(place)
    before = files(place)
    build(Workspace(place, may_write=False))
    assert (kept(place), files(place)) == ([], before)


def test_a_check_reads_what_is_kept_and_tells_the_same(place: Path) -> None:
    def checked() -> str:
        out = io.StringIO()
        out.reconfigure = lambda **_named: None  # type: ignore[attr-defined]
        with contextlib.redirect_stdout(out):
            main(["check", "--mappe", str(place)])
            main(["diff", "--mappe", str(place)])
        return out.getvalue()

    a_text(place, 2)
    with_it = checked()
    forget(place)
    assert checked() == with_it


def test_a_run_that_failed_to_write_is_not_told_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_text(place, 0)
    refused = Workspace.write

    def full(*_arguments: object) -> None:
        from casebuilder.workspace import NoRoom  # noqa: PLC0415

        raise NoRoom(place)

    monkeypatch.setattr(Workspace, "write", full)
    first = [told(place), told(place)]
    monkeypatch.setattr(Workspace, "write", refused)
    assert [code for code, _said in first] == [1, 1]
    assert "oppdatert: output/M/Sak 1-26" in told(place)[1]


def test_a_kept_run_is_known_by_language_names_and_path(place: Path) -> None:
    assert told(place)[1] != told(place, "--lang", "en")[1]
    assert told(place, "S1")[1].count("\n") < told(place)[1].count("\n")
    (kept_run,) = [path for path in kept(place) if b"S3" in path.read_bytes() and "kjøringer" in path.parts][
        :1
    ]
    mark, _, run = kept_run.read_bytes().partition(b"\n")
    assert len(mark) == 64
    assert set(json.loads(run)) == {"program", "names", "seen", "lines", "code"}


def test_a_kept_run_of_another_program_holds_no_more(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = unchanged.LastRun(place.resolve(), ("nb", "False"))
    assert asked.told() is not None
    monkeypatch.setattr(unchanged, "fingerprint", lambda: "en annen")
    assert asked.told() is None


def test_only_so_many_runs_are_kept(place: Path) -> None:
    for number in range(30):
        Workspace(place).keeping.put("kjøringer", f"gammel{number}", b"")
    a_text(place, 0)
    told(place)
    told(place)
    assert len(list(place.glob("output/.casebuilder/kjøringer/*"))) == 20


def test_the_sample_is_the_same_with_and_without(folder: Path) -> None:
    assert differences(folder, [(nothing, 0), (nothing, 0), (nothing, 0)]) == []
    set_cell(folder, "organer", "OSLOREGIONEN", "Kortnavn", "OR")
    assert differences(folder, [(nothing, 0), (nothing, 0)]) == []


def test_a_text_has_one_tree_however_often_it_changes(place: Path) -> None:
    trees = place / "output" / ".casebuilder" / "trær"
    before = {path.name for path in trees.iterdir()}
    for number in range(3):
        text = place / "sources" / "tekster" / "S1.md"
        text.write_text(f"# Om saken\n\nNye ord {number}.\n", encoding="utf-8")
        assert told(place)[0] == 0
    assert len(before) == 3
    assert {path.name for path in trees.iterdir()} == before
