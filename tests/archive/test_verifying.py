"""A package looked at again: whatever was done to it is named, and its sources give its papers."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from random import Random

import pytest

from casebuilder.archive.bag import PAYLOAD, bagged
from casebuilder.archive.checks import faults_of_package
from casebuilder.archive.package import CONTENTS, info_of
from casebuilder.archive.store import NoPackage, package_at
from casebuilder.archive.versions import contents_of
from casebuilder.cli import main
from casebuilder.verifying import verify
from tests.archive.test_archiving import package


def test_a_package_as_it_was_written_is_whole_and_gives_its_papers(archived: Path) -> None:
    done = verify(package(archived))
    assert done.problems == ()
    assert done.proved == ("STYRET-2026-012", "STYRET-2026-013", "STYRET-2026-014")


def test_a_zip_of_a_package_is_as_good_as_its_folder(archived: Path, tmp_path: Path) -> None:
    whole = package(archived)
    made = shutil.make_archive(str(tmp_path / "pakke"), "zip", whole.parent, whole.name)
    assert verify(Path(made)) == verify(whole)


def test_nothing_is_written_into_a_package(archived: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in package(archived).rglob("*"))
    verify(package(archived))
    assert sorted((path, path.stat().st_mtime_ns) for path in package(archived).rglob("*")) == before


def test_a_flipped_byte_in_any_file_names_that_file_and_no_other(archived: Path) -> None:
    files = package_at(package(archived))
    random = Random(11)
    for name, data in files.items():
        for at in {0, len(data) - 1, random.randrange(len(data))}:
            harmed = bytearray(data)
            harmed[at] ^= 1 << random.randrange(8)
            told = {problem.place.file for problem in faults_of_package({**files, name: bytes(harmed)})}
            assert told == {name}, (name, at, told)


def test_a_file_that_is_gone_or_too_many_is_named(archived: Path) -> None:
    files = package_at(package(archived))
    for name in files:
        left = {other: data for other, data in files.items() if other != name}
        assert name in {problem.place.file for problem in faults_of_package(left)}
        extra = {**files, f"{name}.ny": b"x"}
        assert {problem.place.file for problem in faults_of_package(extra)} == {f"{name}.ny"}


def rebagged(files: dict[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    """The package after somebody has exchanged a file and written every checksum anew."""
    payload = {each.removeprefix(PAYLOAD): own for each, own in files.items() if each.startswith(PAYLOAD)}
    old = hashlib.sha256(payload[name]).hexdigest()
    payload[name] = data
    told = payload[CONTENTS].replace(old.encode(), hashlib.sha256(data).hexdigest().encode())
    payload[CONTENTS] = told
    return bagged(payload, info_of(contents_of({f"{PAYLOAD}{CONTENTS}": told})))


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_sources_exchanged_together_with_their_checksums_no_longer_give_the_paper(
    archived: Path, tmp_path: Path
) -> None:
    files = package_at(package(archived))
    name = "kilder/sources/tekster/STYRET-2026-014.md"
    text = files[f"{PAYLOAD}{name}"] + b"\nEn setning til.\n"
    done = verify(written(tmp_path / "pakke", rebagged(files, name, text)))
    assert [(problem.rule, problem.place.file) for problem in done.problems] == [
        ("not-proved", "data/saker/styret-2026-014/generert.docx")
    ]
    assert done.proved == ("STYRET-2026-012", "STYRET-2026-013")


def test_a_changed_program_is_told_from_a_changed_file(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = package_at(package(archived))
    name = "kilder/sources/tekster/STYRET-2026-014.md"
    text = files[f"{PAYLOAD}{name}"] + b"\nSom om programmet var et annet.\n"
    folder = written(tmp_path / "pakke", rebagged(files, name, text))
    monkeypatch.setattr("casebuilder.verifying.__version__", "9.9")
    done = verify(folder)
    assert ([problem.rule for problem in done.problems], done.exit_code) == (["program-changed"], 0)


def test_a_message_that_speaks_of_another_file_is_named(archived: Path) -> None:
    files = package_at(package(archived))
    name = "saker/styret-2026-014/arkivmelding.xml"
    data = files[f"{PAYLOAD}{name}"].replace(b"vedlegg-1.pdf", b"vedlegg-9.pdf")
    told = faults_of_package(rebagged(files, name, data))
    assert {problem.place.file for problem in told} == {f"{PAYLOAD}{name}"}


def test_changed_sources_are_named_and_the_papers_not_made_from_them(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pakke"
    shutil.copytree(package(archived), folder)
    source = folder / "data/kilder/sources/saker.xlsx"
    source.write_bytes(source.read_bytes() + b" ")
    done = verify(folder)
    assert [problem.rule for problem in done.problems] == ["package", "not-rebuilt"]
    assert done.proved == ()


def test_the_command_names_the_file_and_says_so_in_its_exit_code(
    archived: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pakke"
    shutil.copytree(package(archived), folder)
    assert main(["verify", str(folder)]) == 0
    assert "STYRET-2026-013" in capsys.readouterr().out
    (folder / "data/index.html").unlink()
    assert main(["verify", str(folder)]) == 1
    assert "data/index.html" in capsys.readouterr().out


def test_what_is_no_package_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    for path in (tmp_path, tmp_path / "a.txt", tmp_path / "finnes-ikke"):
        with pytest.raises(NoPackage):
            verify(path)
