"""Three versions of one long paper for a merge: as generated, as somebody edited it, as generated now.

Every paragraph of the paper's added pages begins with words of its own, so that edits and news can be
put into chosen ones: the even paragraphs are hers, the odd ones have news.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from docx import Document

from benchmarks import ours
from benchmarks.papers import PARAGRAPHS_A_PAGE, Size, case_id, make_workspace, paragraph_of

HERS = "Hun har rettet dette."
NEWS = "Kilden har endret dette."


@dataclass(frozen=True)
class Triple:
    """A merge to be made: so many edits of hers, and as much news."""

    edits: int
    base: bytes
    edited: bytes
    fresh: bytes

    def merge(self) -> bytes:
        """Merge; return the file."""
        return ours.merged(self.base, self.edited, self.fresh).data


def triples(folder: Path, counts: Iterable[int]) -> list[Triple]:
    """Return a merge for each count; the paper is long enough for the largest."""
    most = max(counts := list(counts))
    workspace = make_workspace(folder, Size(pages=-(-2 * most // PARAGRAPHS_A_PAGE) + 1))
    text = workspace / "sources" / "tekster" / f"{case_id(1)}.md"
    said = text.read_text(encoding="utf-8")
    base = _built(workspace)
    made = []
    for count in counts:
        changed = said
        for start in _starts(count, 1):
            changed = changed.replace(start, f"{start} {NEWS}")
        text.write_text(changed, encoding="utf-8")
        made.append(Triple(count, base, _edited(base, _starts(count, 0)), _built(workspace)))
    return made


def _built(workspace: Path) -> bytes:
    shutil.rmtree(workspace / "output", ignore_errors=True)
    ours.build_in(workspace)
    (paper,) = ours.papers_in(workspace)
    return paper.read_bytes()


def _starts(count: int, odd: int) -> list[str]:
    """Return the first sentence of every even or every odd paragraph, so many of them."""
    places = (divmod(2 * number + odd + PARAGRAPHS_A_PAGE, PARAGRAPHS_A_PAGE) for number in range(count))
    return [paragraph_of(page, paragraph).partition(".")[0] + "." for page, paragraph in places]


def _edited(paper: bytes, starts: Iterable[str]) -> bytes:
    """Return the paper as Word saves it after somebody has written into these paragraphs."""
    document = Document(io.BytesIO(paper))
    wanted = set(starts)
    for paragraph in document.paragraphs:
        if paragraph.text.partition(".")[0] + "." in wanted:
            paragraph.add_run(f" {HERS}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
