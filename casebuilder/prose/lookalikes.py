"""Paragraphs that look like headings but are not: bold only, short, and above ordinary text (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from casebuilder.paper import Block, Paragraph, Quote, Text
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.prose.inlines import plain

_LONGEST = 80  # characters
_ENDS_OF_SENTENCES = (".", ":", ";", ",", "!", "…")


def bold_only(blocks: Sequence[Block], place: Place) -> tuple[Problem, ...]:
    """Warn of each paragraph that stands where a heading would, made with bold type alone."""
    suspects = (
        block
        for block, below in pairwise(blocks)
        # a term above its explanation is a Quote's neighbour
        if _looks_like(block) and not _looks_like(below) and not isinstance(below, Quote)
    )
    return tuple(_warned(block, place) for block in suspects if isinstance(block, Paragraph))


def _looks_like(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    texts = [inline for inline in block.content if not (isinstance(inline, Text) and not inline.text.strip())]
    words = plain(block.content).strip()
    is_bold = all(isinstance(inline, Text) and inline.format.bold for inline in texts)
    return bool(texts) and is_bold and len(words) <= _LONGEST and not words.endswith(_ENDS_OF_SENTENCES)


def _warned(block: Paragraph, place: Place) -> Problem:
    found = msg("«{text}» is bold only, but looks like a heading.", text=plain(block.content).strip())
    expected = msg("Give it a heading style in Word, or # in Markdown, if it is one.")
    return warning("bold-heading", place, found, expected)
