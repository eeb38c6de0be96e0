"""Non-breaking spaces by Norwegian typography; no other character is touched (pure).

After §, nr., kl., jf., s., kap. and art. before what they belong to, between day and month, between
groups of three digits, and between a number and its noun, sign or unit (Språkrådet, «Mellomrom»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from casebuilder.blockwalk import mapped_lines
from casebuilder.paper import Block, Inline, Jump, Link, Note, Text

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_NOUNS = (
    "kommun(?:e|ar|er)|fylkeskommun(?:e|ar|er)|medlemm?(?:er)?|prosent|mill\\.|millioner|milliarder|kr|kroner"
)
_OTHER = "\ufffc"  # object replacement character
_RULES = (
    re.compile(r"(?<=§) (?=\d)"),
    re.compile(r"(?<!\w)((?:nr|kl|jf|s|kap|art|pkt|bokstav)\.?) (?=[\d§])"),
    re.compile(r"(?<!\w)(jf\.) (?=\S)"),
    re.compile(r"(?<!\w)(Sak|sak) (?=[\d–]+/\d{2})"),
    re.compile(r"(?<!\d)(\d{1,2}\.) (?=(?:" + _MONTHS + r")\b)"),
    re.compile(r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))"),
    re.compile(r"(?<=\d) (?=(?:%|‰|°|" + _NOUNS + r")(?!\w))"),
)


def with_hard_spaces(text: str) -> str:
    """Return the text with non-breaking spaces where a line must not break."""
    for rule in _RULES:
        text = rule.sub(lambda match: f"{match.group()[:-1]}\xa0", text)
    return text


def hard_spaced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with non-breaking spaces in all their words, code excepted."""
    return mapped_lines(blocks, lambda line, _block: _hard_line(line))


def _hard_line(line: Sequence[Inline]) -> tuple[Inline, ...]:
    """Set a whole line in type, for «62» may come from a sheet and « kommuner» from the author."""
    hard = with_hard_spaces("".join(_spelled(inline) for inline in line))
    result: list[Inline] = []
    start = 0
    for inline in line:
        end = start + len(_spelled(inline))
        result.append(_with_words(inline, hard[start:end]))
        start = end
    return tuple(result)


def _spelled(inline: Inline) -> str:
    """Return an inline's words; for what has none to be changed, as many characters that fit no rule."""
    match inline:
        case Text(text=text, format=fmt):
            return _OTHER * len(text) if fmt.code else text
        case Link() | Jump():
            return "".join(_spelled(word) for word in inline.content)
        case _:
            return _OTHER


def _with_words(inline: Inline, hard: str) -> Inline:
    match inline:
        case Text(format=fmt):
            return inline if fmt.code else replace(inline, text=hard)
        case Link() | Jump():
            words, start = [], 0
            for word in inline.content:
                words.append(word if word.format.code else replace(word, text=hard[start:][: len(word.text)]))
                start += len(word.text)
            return replace(inline, content=tuple(words))
        case Note():
            return replace(inline, content=hard_spaced(inline.content))
        case _:
            return inline
