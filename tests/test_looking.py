"""Names in cells and texts lead below their folder, or nowhere."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from casebuilder.looking import NotReadable, below, is_dir, is_file, listed, read, read_if_there


@pytest.mark.parametrize(
    "name",
    [
        r"\\server\share\x.docx", "//server/share/x.docx", r"\\?\C:\x.docx", r"\\.\pipe\x", r"C:\x.docx",
        "C:x.docx", "c:/x.docx", "/etc/passwd", r"\x.docx", "CON", "con.docx", "NUL.txt", "aux .md", "a/COM1",
        r"a\lpt9.png", "../x.docx", "a/../../x.docx", "a\0b.png",
    ],
)  # fmt: skip
def test_a_name_that_leads_away_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    looked: list[Path] = []
    resolve = Path.resolve

    def watched(path: Path, *, strict: bool = False) -> Path:
        looked.append(path)
        return resolve(path, strict=strict)

    monkeypatch.setattr(Path, "resolve", watched)
    assert below(tmp_path / "inside", name) is None
    is_on_a_server = name.replace("\\", "/").startswith("//")
    assert looked == [] or not is_on_a_server


@pytest.mark.parametrize("name", ["x.docx", "a/x.docx", "a/../x.docx", "Sak 1.md", "konsern.docx", "å" * 300])
def test_a_name_inside_leads_there(tmp_path: Path, name: str) -> None:
    assert below(tmp_path, name) == tmp_path / name


def test_a_name_is_followed_from_where_it_stands(tmp_path: Path) -> None:
    assert below(tmp_path, "../kart.png", tmp_path / "tekster") == tmp_path / "tekster" / "../kart.png"
    assert below(tmp_path, "../../kart.png", tmp_path / "tekster") is None


def test_a_link_that_leads_away_and_links_in_a_ring_lead_nowhere(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (inside / "a.md").symlink_to(tmp_path / "secret.md")
    (inside / "b.md").symlink_to(inside / "c.md")
    (inside / "c.md").symlink_to(inside / "b.md")
    assert below(inside, "a.md") is None
    assert below(inside, "b.md") is None


def test_a_name_too_long_for_any_file_is_no_file(tmp_path: Path) -> None:
    assert not is_file(tmp_path / ("å" * 300))


def test_what_cannot_be_looked_at_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("a", encoding="utf-8")

    def gone(*_more: object, **_named: object) -> None:
        raise OSError(errno.EIO, "the network name is no longer available")

    for name in ("stat", "scandir", "listdir"):
        monkeypatch.setattr(f"os.{name}", gone)
    for look in (is_file, is_dir, listed, read_if_there):
        with pytest.raises(NotReadable):
            look(tmp_path)
    monkeypatch.setattr("io.open", gone)
    with pytest.raises(NotReadable):
        read(tmp_path / "a.md")


def test_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert listed(tmp_path / "none") == []
    assert read_if_there(tmp_path / "none") is None
