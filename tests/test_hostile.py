"""No text reads a file outside the secretariat's folder, or calls out."""

from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest

from casebuilder.pipeline import build
from casebuilder.prose import pandoc
from casebuilder.word.package import parts_of
from casebuilder.workspace import Workspace

CASE = "STYRET-2026-014"
SECRET = b"\x89PNG\r\n\x1a\n the secret"


@pytest.mark.parametrize(
    "target",
    ["/etc/passwd", "../../../secret.png", "http://example.org/a.png", "file:///etc/passwd", "{outside}"],
)
def test_a_text_shows_no_picture_from_outside(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.png"
    outside.write_bytes(SECRET)
    (folder.parent / "secret.png").write_bytes(SECRET)

    def no_calls(*_more: object) -> None:
        raise AssertionError(target)

    monkeypatch.setattr(socket.socket, "connect", no_calls)
    text = folder / "sources" / "tekster" / f"{CASE}.md"
    picture = f"\n\n![Bilde]({target.format(outside=outside)})\n"
    text.write_text(text.read_text(encoding="utf-8") + picture, encoding="utf-8")
    report = build(Workspace(folder), [CASE])
    assert report.problems != ()
    kept = [path for path in (folder / "output").rglob("*.docx") if "Vedlegg" not in path.name]
    parts = [data for path in kept for data in parts_of(path.read_bytes()).values()]
    assert not any(b"the secret" in data or b"root:" in data for data in parts)


def test_pandoc_is_run_in_its_sandbox() -> None:
    tree = ast.parse(Path(str(pandoc.__file__)).read_text(encoding="utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert "--sandbox" in words or {"sandbox"} <= {
        keyword.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords
    }
