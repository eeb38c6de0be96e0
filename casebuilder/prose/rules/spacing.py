"""Spaces too many and too few (Språkrådet, «Mellomrom» and «Tall og tid»)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebuilder.problems import msg
from casebuilder.prose.passages import VALUE, Kind, Passage
from casebuilder.prose.rules.rule import Edit, Finding, Known
from casebuilder.prose.sentences import MONTH

_DATE = re.compile(rf"(?<![\w.,/-])(?:[12]?\d|3[01])(\.)({MONTH})(?![\w-])(?!\.\w)", re.IGNORECASE)
_DATE_FIRST = re.compile(rf"(?:[12]?\d|3[01])\.( )(?:{MONTH})(?!\w)")
_DOUBLE = re.compile(r"(?<=[^\s\xa0])[ \xa0]*  [ \xa0]*(?=[^\s\xa0])")
_COLUMNS = re.compile(r"\S {3,}\S")
_BEFORE_MARK = re.compile(rf"(?<=[\w)»%{VALUE}]) +(?:[,;?!](?=[\s\xa0)»]|$)|[.:](?=[\s\xa0]|$))")
_WORD_BEFORE = re.compile(r"\S*$")
_WORD_AFTER = re.compile(r"\S*")
_SEVERAL_COLUMNS = 2


def dates_close_up(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find «1.januar»; the space that comes in does not break, and begins no list in Markdown."""
    for match in _DATE.finditer(passage.own):
        edit = Edit(match.start(1), match.end(2), f".\xa0{match[2].lower()}")
        yield Finding(match.start(), match.end(), edits=(edit,))


def dates_no_list(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find a Markdown paragraph that begins with «26. februar», which would become point 26 of a list."""
    match = _DATE_FIRST.match(passage.own)
    if match and passage.kind is Kind.RUNNING and passage.at(0).line:
        found = msg(
            "the date «{date}» begins the paragraph; it is kept from becoming a list.", date=match.group()
        )
        edit = Edit(match.start(1), match.end(1), "\xa0")
        yield Finding(match.start(), match.end(), found, edits=(edit,))


def double_spaces(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find two or more spaces between words, unless they set words in columns."""
    words = passage.own
    if passage.kind is Kind.CELL or len(_COLUMNS.findall(words)) >= _SEVERAL_COLUMNS:
        return
    for match in _DOUBLE.finditer(words):
        if not passage.offsets or passage.source_of(match.start(), match.end()):
            edit = Edit(match.start(), match.end(), " ")
            yield Finding(_before(words, match.start()), _after(words, match.end()), edits=(edit,))


def spaces_before_marks(passage: Passage, _known: Known) -> Iterator[Finding]:
    """Find a space before a comma, a full stop and the like."""
    words = passage.own
    for match in _BEFORE_MARK.finditer(words):
        mark = match.end() - 1
        if not passage.offsets or passage.source_of(match.start(), mark):
            edit = Edit(match.start(), mark, "")
            yield Finding(_before(words, match.start()), match.end(), edits=(edit,))


def _before(words: str, at: int) -> int:
    match = _WORD_BEFORE.search(words[:at])
    return match.start() if match else at


def _after(words: str, at: int) -> int:
    match = _WORD_AFTER.match(words, at)
    return match.end() if match else at
