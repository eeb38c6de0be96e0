"""A marked text as what the rules on language look at, and what takes their edits (pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from casebuilder.prose.expressions import find, token
from casebuilder.prose.markdown_passages import markdown_passages
from casebuilder.prose.passages import Passage
from casebuilder.prose.reading import MarkedText, place_in
from casebuilder.prose.rules.rule import Edit

Edits = Mapping[int, Sequence[Edit]]
"""The number of a passage → what is to be changed in what it stands in."""


@dataclass(frozen=True)
class Draft:
    """A marked text, its passages, and how edits are put into it."""

    marked: MarkedText
    passages: tuple[Passage, ...]
    mended: Callable[[Edits], MarkedText]


def markdown_draft(marked: MarkedText) -> Draft:
    """Return a Markdown text as a draft. Several spaces stay as they are: pandoc reads them as one."""
    text, place_at = marked.words, place_in(marked.file, marked.words)
    found, _told_before = find(text, place_at)

    def mended(edits: Edits) -> MarkedText:
        every = [edit for each in edits.values() for edit in each]
        changes = [edit for edit in every if text[edit.start : edit.end].strip(" ") or not edit.words]
        number = 0
        for each in found:
            tokens = "".join(token(number + at) for at in range(len(each.slots)))
            changes.append(Edit(each.start, each.end, tokens))
            number += len(each.slots)
        return replace(marked, content=changed(text, changes).encode())

    return Draft(marked, markdown_passages(text, found, place_at), mended)


def changed(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with edits that do not overlap."""
    pieces, end = [], 0
    for edit in sorted(edits, key=lambda each: each.start):
        pieces += [text[end : edit.start], edit.words]
        end = edit.end
    return "".join([*pieces, text[end:]])
