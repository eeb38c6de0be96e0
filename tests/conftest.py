"""The sample as a secretariat's own folder, and golden texts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a fresh secretariat's folder with the sample's sources and templates."""
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def golden() -> Callable[[str, str], str]:
    """Return the golden text of a name; with UPDATE_GOLDEN=1 it is first written anew from what is given."""

    def read(name: str, text: str) -> str:
        path = GOLDEN / f"{name}.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            GOLDEN.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return path.read_text(encoding="utf-8")

    return read
