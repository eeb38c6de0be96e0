"""Files are written whole or not at all, and only over what was read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from casebuilder.workspace import (
    ChangedMeanwhile,
    InUse,
    NoRoom,
    NoSources,
    Workspace,
    sha256,
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in ("sources/tekster", "sources/vedlegg", "templates", "output"):
        (tmp_path / name).mkdir(parents=True)
    return Workspace(tmp_path)


def leftovers(workspace: Workspace) -> list[str]:
    return [path.name for path in workspace.output.rglob("*.tmp")]


def test_a_folder_without_sources_stops_the_work(tmp_path: Path) -> None:
    with pytest.raises(NoSources) as stop:
        Workspace(tmp_path)
    assert (stop.value.exit_code, dict(stop.value.message.values)) == (3, {"folder": tmp_path})


def test_a_new_file_is_written_with_its_folders(workspace: Workspace) -> None:
    path = workspace.output / "MØTE-1" / "Sak.docx"
    workspace.write(path, b"new", None)
    assert (path.read_bytes(), leftovers(workspace)) == (b"new", [])


def test_a_file_is_replaced_if_it_is_the_one_that_was_read(workspace: Workspace) -> None:
    path = workspace.output / "Sak.docx"
    path.write_bytes(b"old")
    workspace.write(path, b"new", sha256(b"old"))
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("expected", [None, sha256(b"what was read")])
def test_a_file_that_changed_meanwhile_is_left_alone(workspace: Workspace, expected: str | None) -> None:
    path = workspace.output / "Sak.docx"
    path.write_bytes(b"somebody else's")
    with pytest.raises(ChangedMeanwhile):
        workspace.write(path, b"new", expected)
    assert (path.read_bytes(), leftovers(workspace)) == (b"somebody else's", [])


def test_a_full_disk_leaves_the_old_file(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workspace.output / "Sak.docx"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        workspace.write(path, b"new", sha256(b"old"))
    assert (path.read_bytes(), leftovers(workspace)) == (b"old", [])


def test_a_file_open_in_word_is_left_alone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workspace.output / "Sak.docx"
    path.write_bytes(b"old")

    def sharing_violation(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", sharing_violation)
    with pytest.raises(InUse):
        workspace.write(path, b"new", sha256(b"old"))
    monkeypatch.undo()
    assert (path.read_bytes(), leftovers(workspace)) == (b"old", [])


def test_a_paper_is_renamed_only_to_a_name_not_taken(workspace: Workspace) -> None:
    old, new = workspace.output / "a.docx", workspace.output / "b.docx"
    old.write_bytes(b"paper")
    new.write_bytes(b"other")
    with pytest.raises(ChangedMeanwhile):
        workspace.move(old, new, sha256(b"paper"))
    new.unlink()
    workspace.move(old, new, sha256(b"paper"))
    assert (old.exists(), new.read_bytes()) == (False, b"paper")


def test_lock_files_of_excel_and_word_are_passed_over(workspace: Workspace) -> None:
    (workspace.sources / "saker.xlsx").write_bytes(b"x")
    (workspace.sources / "~$saker.xlsx").write_bytes(b"lock")
    (workspace.templates / "~$mal.docx").write_bytes(b"lock")
    assert workspace.workbooks() == (("sources/saker.xlsx", b"x"),)
    assert workspace.template_names() == ()


def test_a_text_is_a_markdown_file_a_word_file_or_a_folder_of_both(workspace: Workspace) -> None:
    folder = workspace.sources / "tekster"
    (folder / "A.md").write_bytes(b"a")
    (folder / "B.docx").write_bytes(b"b")
    (folder / "C").mkdir()
    for name in ("2 drøfting.docx", "1 bakgrunn.md", "~$2 drøfting.docx", "notat.txt"):
        (folder / "C" / name).write_bytes(name.encode())
    assert workspace.texts("A") == (("sources/tekster/A.md", b"a"),)
    assert workspace.texts("B") == (("sources/tekster/B.docx", b"b"),)
    assert [name for name, _data in workspace.texts("C")] == [
        "sources/tekster/C/1 bakgrunn.md",
        "sources/tekster/C/2 drøfting.docx",
    ]
    assert workspace.texts("D") == ()


@pytest.mark.parametrize("name", ["../hemmelig", "../../etc/passwd", "/etc/passwd"])
def test_nothing_outside_its_folder_is_read(workspace: Workspace, name: str) -> None:
    (workspace.sources / "hemmelig.md").write_bytes(b"secret")
    (workspace.sources / "hemmelig").write_bytes(b"secret")
    assert workspace.texts(name) == ()
    assert workspace.attachment(name) is None
    assert workspace.template(f"{name}.docx") is None
    assert workspace.beside("sources/tekster/A.md", f"../{name}") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes; the folder decides")
def test_what_is_written_may_be_read_by_whoever_the_folder_lets_in(folder: Path) -> None:
    path = folder / "output" / "M" / "papir.docx"
    old = os.umask(0o022)
    try:
        Workspace(folder).write(path, b"ord", None)
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o644
