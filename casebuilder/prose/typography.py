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
_ABBREVIATIONS = ("nr", "kl", "jf", "s", "kap", "art", "pkt", "bokstav")


def _after(*before: str, not_in: str = r"\w") -> str:
    """Return a pattern for what stands before a space: one of these, with no word going on before it."""
    return "(?:" + "|".join(f"(?<=(?<!{not_in}){each} )" for each in before) + ")"


_RULES = (
    r"(?<=§ )(?=\d)",
    r"(?=[\d§])" + _after(*_ABBREVIATIONS, *(rf"{each}\." for each in _ABBREVIATIONS)),
    r"(?=\S)" + _after(r"jf\."),
    r"(?=[\d–]+/\d{2})" + _after("[Ss]ak"),
    r"(?=(?:" + _MONTHS + r")\b)" + _after(r"\d\.", r"\d\d\.", not_in=r"\d"),
    r"(?=\d{3}(?!\d))" + _after(r"\d", r"\d\d", r"\d\d\d", not_in=r"\d"),
    r"(?<=\d )(?=(?:%|‰|°|" + _NOUNS + r")(?!\w))",
)
"""What stands around a space that is to be hard."""

_SOFT = re.compile(" (?:" + "|".join(_RULES) + ")")
"""All of it at once; a pattern that begins with the space itself is looked for where spaces are only."""


def with_hard_spaces(text: str) -> str:
    """Return the text with non-breaking spaces where a line must not break."""
    return _SOFT.sub("\xa0", text)


def hard_spaced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with non-breaking spaces in all their words, code excepted."""
    return mapped_lines(blocks, lambda line, _block: _hard_line(line))


def _hard_line(line: Sequence[Inline]) -> tuple[Inline, ...]:
    """Set a whole line in type, for «62» may come from a sheet and « kommuner» from the author."""
    words = "".join(_spelled(inline) for inline in line)
    hard = with_hard_spaces(words)
    if hard == words and not any(isinstance(inline, Note) for inline in line):
        return tuple(line)
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
            return inline if fmt.code or inline.text == hard else replace(inline, text=hard)
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
