"""Notes by name that would be left out are told."""

from __future__ import annotations

import pytest

from casebuilder.problems import Severity
from casebuilder.prose.reading import mark_markdown
from tests.prose.builders import faults, read, rules


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x[^a]\n\n[^a]: Noten.", []),
        ("x[^A]\n\n[^a]: Noten.", []),
        ("x[^a] y[^b]\n\n[^b]: To.\n\n[^a]: En.", []),
        ("x[^a]\n\n[^a]: En.\n[^a]: To.", [("note-twice", 4, 1)]),
        ("x\n\n[^a]: Noten.", [("note-unused", 3, 1)]),
        ("> x[^a]\n>\n> [^a]: Noten.", []),
    ],
)
def test_a_note_written_twice_or_never_used_is_told(text: str, told: list[tuple[str, int, int]]) -> None:
    _marked, problems = mark_markdown("tekst.md", text.encode())
    assert faults(problems) == told


@pytest.mark.parametrize("text", ["x[^a]\n\n[^a]: Her ^[er en] til.", "x^[Her [^b] er.]\n\n[^b]: en"])
def test_a_note_inside_a_note_is_told(text: str) -> None:
    _prose, problems = read(text)
    assert rules(problems, Severity.ERROR) == ["note-in-note"]
    assert problems[0].place.line > 0
