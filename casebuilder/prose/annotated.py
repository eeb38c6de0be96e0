"""A copy of a Markdown text with what is to be said of its lines below them; a copy to look at (pure)."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.problems import Place

_BOM = "\ufeff"


def annotated_markdown(data: bytes, notes: Sequence[tuple[Place, str]]) -> bytes:
    """Return a copy with each note as an HTML comment below its line; what is about no line stands first.

    The copy is for Notepad as well as for a reader of Markdown, so it has Windows' line ends and a byte order
    mark, and a text that is not UTF-8 is read as Windows' own.
    """
    lines = _text(data).removesuffix("\n").split("\n")
    found: dict[int, list[str]] = {}
    for place, said in sorted(notes):
        found.setdefault(min(place.line, len(lines)), []).append(_comment(said))
    made = list(found.get(0, ()))
    for number, line in enumerate(lines, start=1):
        made += [line, *found.get(number, ())]
    return (_BOM + "\r\n".join([*made, ""])).encode()


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n")


def _comment(said: str) -> str:
    """Return words as a comment that they cannot end: it lasts until «-->»."""
    return f"<!-- casebuilder: {' '.join(said.split()).replace('--', '––')} -->"
