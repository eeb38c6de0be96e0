"""Marks of punctuation that do not belong, or that were meant for casebuilder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebuilder.problems import msg
from casebuilder.prose.passages import Kind, Passage
from casebuilder.prose.rules.rule import Edit, Finding, Known
from casebuilder.suggest import did_you_mean

_PAIR = re.compile(r"[“„”](?P<inside>[^«»“”„\"]+)[”“]|(?<![\w\d])\"(?P<straight>[^«»“”„\"]+)\"(?!\w)")
_FOREIGN = re.compile(r"[“”„]")
_INSIDE = re.compile(r"«[^«»]*»")
_BRACE = re.compile(r"(?<!\{)\{(?!\{)(?P<inside>[^{}]*)\}?|\}(?!\})")
_BRACKET = re.compile(r"\[(?P<id>\w[\w:./-]*)(?:, [^\[\]]*)?\]")
_LIKE_AN_ID = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ0-9]*(?:[-:][A-ZÆØÅ0-9]+)+")
_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>«»\"]+[\w/]")
_LONGEST = 40  # characters of what is shown


def foreign_quotation_marks(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find “x” and "x" where « » are the marks; those inside « » stand, and a lone one is told."""
    words = _INSIDE.sub(lambda match: "_" * len(match.group()), passage.without_addresses)
    paired = set()
    for match in _PAIR.finditer(words):
        first, last = match.start(), match.end() - 1
        paired |= {first, last}
        yield Finding(first, last + 1, edits=(Edit(first, first + 1, "«"), Edit(last, last + 1, "»")))
    for match in _FOREIGN.finditer(words):
        if match.start() not in paired:
            found = msg("the quotation mark «{mark}» has no partner.", mark=match.group())
            expected = msg("Norwegian quotation marks are « and ».")
            yield Finding(match.start(), match.end(), found, expected)


def single_braces(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find { … } with one brace on each side: an expression has two."""
    for match in _BRACE.finditer(passage.own):
        found = msg("«{text}» stands in the text as it is.", text=match.group()[:_LONGEST])
        yield Finding(match.start(), match.end(), found, msg("An expression has two braces on each side."))


def citations_without_at(passage: Passage, known: Known) -> Iterator[Finding]:
    """Find [KILDE-ID], where [@KILDE-ID] is meant."""
    for match in _BRACKET.finditer(passage.own):
        name = match["id"]
        meant = known.lexicon.sources.get(name.casefold())
        if meant or _LIKE_AN_ID.fullmatch(name):
            found = msg("«{text}» stands in the text as it is.", text=match.group())
            otherwise = msg("A source is cited with @: «{text}».", text=f"[@{meant or name}]")
            suggestion = otherwise if meant else did_you_mean(name, known.register.sources, otherwise)
            yield Finding(match.start(), match.end(), found, suggestion)


def bare_addresses(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find addresses of the web that stand as they are; a note may show where something is found."""
    if passage.kind is Kind.NOTE:
        return
    for match in _ADDRESS.finditer(passage.words):
        found = msg("the address «{address}» stands in the text as it is.", address=match.group())
        expected = msg("Give the link words of its own, or put the source into the sheet kilder and cite it.")
        yield Finding(match.start(), match.end(), found, expected)
