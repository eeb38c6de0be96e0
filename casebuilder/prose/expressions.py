"""`{{ … }}` and `[@kilde-id]` found in a text, to be replaced by inert tokens before pandoc (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from casebuilder.paper import Citation
from casebuilder.problems import Place, Problem, msg

TOKEN = re.compile("\ue0f0([0-9]+)\ue0f1")
EXEMPT_START, EXEMPT_END = "\ue0f2", "\ue0f3"
"""What stands around words of a Word text that are marked as exempt, on their way through pandoc."""
_TOKEN_MARKS = re.compile("[\ue0f0-\ue0f3]")
_QUOTED = r""""[^"]*"|'[^']*'|“[^”]*”|”[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’|’[^’]*’"""
_EXPRESSION = re.compile(r"\{\{(?P<source>(?:" + _QUOTED + r"|[^{}\"'“”„«‘’])*)\}\}")
_CITATIONS = re.compile(
    r"(?:\[(?<![\\\]^]\[)(?=[^\[\]{}]*@)|\[(?<![\\^]\[)(?=@)|\^\[(?<!\\\^\[)(?=@))"
    r"(?P<inside>[^\[\]{}]+)\](?!\(|\{|\[(?!@))"
)
_CITATION = re.compile(r"(?P<prefix>(?:[^@]*[^@\w])?)@(?P<id>\w[\w:./-]*\w|\w)(?P<suffix>(?:[\s,][^@]*)?)")
_STRAY = re.compile(r"\{\{|\}\}|\{%|\{#(?![\w:.-]+[ }])|<!--")
_AUTOCORRECTED = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\xa0": " "}
)

PlaceAt = Callable[[int], Place]
"""Tells the Place of an offset in the text at hand."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of a text and where it stands."""

    source: str
    place: Place


Slot = Expression | Citation


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text, from `start` up to `end`, that stands for something to be filled in."""

    start: int
    end: int
    slots: tuple[Slot, ...]


def find(text: str, place_at: PlaceAt) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Find all expressions and citations of a text; marks without a partner are problems."""
    foreign = _TOKEN_MARKS.search(text)
    if foreign:
        return (), (reserved(place_at(foreign.start()), foreign.group()),)
    expressions = [
        Found(match.start(), match.end(), (Expression(_straight(match["source"]), place_at(match.start())),))
        for match in _EXPRESSION.finditer(text)
    ]
    covered = [(found.start, found.end) for found in expressions]  # in order, and apart
    citations = [
        found for found in _citations(text, place_at) if not _overlaps(found.start, found.end, covered)
    ]
    every = sorted([*expressions, *citations], key=lambda found: found.start)
    return tuple(every), tuple(_strays(text, covered, place_at))


def filled_with_tokens(text: str, found: tuple[Found, ...], first: int = 0) -> str:
    """Return the text with a token, numbered from `first`, for every slot that was found."""
    pieces, end, number = [], 0, first
    for each in found:
        pieces += [text[end : each.start], *(token(number + at) for at in range(len(each.slots)))]
        end, number = each.end, number + len(each.slots)
    return "".join([*pieces, text[end:]])


def token(number: int) -> str:
    """Return the token of a slot: characters of private use, which Markdown reads as a word."""
    return f"\ue0f0{number}\ue0f1"


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _straight(source: str) -> str:
    """Undo the quotes that Word makes curly, unless the author used straight ones as well."""
    if '"' in source or "'" in source:
        return source.strip()
    return source.translate(_AUTOCORRECTED).strip()


def _citations(text: str, place_at: PlaceAt) -> list[Found]:
    result = []
    for match in _CITATIONS.finditer(text):
        parts = [_CITATION.fullmatch(part.strip()) for part in match["inside"].split(";")]
        whole = [part for part in parts if part]
        if len(whole) == len(parts):
            place = place_at(match.start())
            slots = tuple(Citation(part["id"], part["prefix"], part["suffix"], place) for part in whole)
            result.append(Found(match.start(), match.end(), slots))
    return result


def _overlaps(start: int, end: int, covered: list[tuple[int, int]]) -> bool:
    """Tell whether a stretch shares a character with one of those that are covered."""
    at = bisect_left(covered, (end, 0))  # the first that begins behind it
    return at > 0 and covered[at - 1][1] > start


def _strays(text: str, covered: list[tuple[int, int]], place_at: PlaceAt) -> list[Problem]:
    problems = []
    for match in _STRAY.finditer(text):
        if _overlaps(match.start(), match.start() + 1, covered):
            continue
        if match.group() not in ("{{", "}}"):
            found = msg("«{mark}» cannot be used in a text.", mark=match.group())
            expected = msg("Only expressions in double braces can stand in a text.")
        else:
            found = msg("«{mark}» has no partner.", mark=match.group())
            expected = msg("An expression starts with two opening and ends with two closing braces.")
        problems.append(Problem("expression-mark", place_at(match.start()), found, expected))
    return problems


def reserved(place: Place, found: str) -> Problem:
    """Return the problem of a character that only casebuilder's own tokens may use."""
    code = f"U+{ord(found):04X}"
    told = msg("the text holds the character {code}, which casebuilder keeps for itself.", code=code)
    return Problem("reserved-character", place, told, msg("Delete it."))
