"""What is kept is whole and its own, or it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casebuilder.keeping import Keeping


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("ark", "a", b"en\nto\n")
    assert (keeping.get("ark", "a"), keeping.get("ark", "b"), keeping.get("trær", "a")) == (
        b"en\nto\n",
        None,
        None,
    )


@pytest.mark.parametrize("spoilt", [b"", b"\n", b"ordene", b"0" * 64 + b"\nordene"])
def test_what_is_spoilt_is_as_good_as_not_there(tmp_path: Path, spoilt: bytes) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("ark", "a", b"ordene")
    next(tmp_path.rglob("a.txt")).write_bytes(spoilt)
    assert keeping.get("ark", "a") is None


def test_every_byte_counts(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("ark", "a", b"ordene")
    path = next(tmp_path.rglob("a.txt"))
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert keeping.get("ark", "a") is None
        path.write_bytes(data[:at])
        assert keeping.get("ark", "a") is None


def test_an_entry_under_another_name_or_kind_is_none(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("ark", "a", b"ordene")
    path = next(tmp_path.rglob("a.txt"))
    for other in (tmp_path / "ark" / "b.txt", tmp_path / "trær" / "a.txt"):
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(path.read_bytes())
    assert (keeping.get("ark", "b"), keeping.get("trær", "a")) == (None, None)


def test_who_only_looks_keeps_nothing(tmp_path: Path) -> None:
    Keeping(tmp_path, may_write=False).put("ark", "a", b"ordene")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_kept_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "ark").write_bytes(b"en fil der mappen skulle vaere")
    keeping = Keeping(tmp_path)
    keeping.put("ark", "a", b"ordene")
    keeping.forget("ark", 0)
    assert keeping.get("ark", "a") is None


def test_a_write_cut_short_leaves_the_old_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = Keeping(tmp_path)
    keeping.put("ark", "a", b"de gamle")

    def killed(*_arguments: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", killed)
    keeping.put("ark", "a", b"de nye")
    assert keeping.get("ark", "a") == b"de gamle"
    assert [path.name for path in (tmp_path / "ark").iterdir()] == ["a.txt"]


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path)
    for number in range(5):
        keeping.put("ark", str(number), b"x")
        os.utime(tmp_path / "ark" / f"{number}.txt", (number, number))
    keeping.forget("ark", 2)
    assert sorted(path.name for path in (tmp_path / "ark").iterdir()) == ["3.txt", "4.txt"]
