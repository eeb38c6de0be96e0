"""Non-breaking spaces by Norwegian typography; no other character is touched (pure).

After §, nr., kl., jf., s., kap. and art. before what they belong to, between day and month, between
groups of three digits, and between a number and its noun, sign or unit (Språkrådet, «Mellomrom»).
"""

from __future__ import annotations

import re

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_NOUNS = (
    "kommun(?:e|ar|er)|fylkeskommun(?:e|ar|er)|medlemm?(?:er)?|prosent|mill\\.|millioner|milliarder|kr|kroner"
)
_RULES = (
    re.compile(r"(?<=§) (?=\d)"),
    re.compile(r"(?<!\w)((?:nr|kl|jf|s|kap|art|pkt|bokstav)\.?) (?=[\d§])"),
    re.compile(r"(?<!\w)(jf\.) (?=\S)"),
    re.compile(r"(?<!\w)(Sak|sak) (?=[\d–]+/\d{2})"),
    re.compile(r"(?<!\d)(\d{1,2}\.) (?=(?:" + _MONTHS + r")\b)"),
    re.compile(r"(?<=\d) (?=\d{3}(?!\d))"),
    re.compile(r"(?<=\d) (?=(?:%|‰|°|" + _NOUNS + r")(?!\w))"),
)


def with_hard_spaces(text: str) -> str:
    """Return the text with non-breaking spaces where a line must not break."""
    for rule in _RULES:
        text = rule.sub(lambda match: f"{match.group().rstrip(' ')}\xa0", text)
    return text
