"""The passages of a Markdown text, with the line and column of every character (pure).

Pandoc's tree does not say where its words stand, so the source is read once more, for places only. What
is not sure to be prose (code, addresses, attributes) is left out: no rule speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from casebuilder.prose.expressions import Found, PlaceAt
from casebuilder.prose.passages import VALUE, Kind, Passage, Spelling
from casebuilder.prose.sentences import MONTH

_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_DIVISION = re.compile(r" {0,3}:::+")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_RULER = re.compile(r"[ \t]*[-+=:|][-+=:| \t]*$")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_HEADING_END = re.compile(r"(?:[ \t]+#+)?(?:[ \t]*\{[^{}]*\})?[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\(?(?:\d{1,9}|[A-Za-z]|[ivxIVX]+|#)[.)])[ \t]+")
_DATE_FIRST = re.compile(rf"(?:[12]?\d|3[01])\. (?:{MONTH})(?!\w)")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_REFERENCE = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+")
_QUOTED = re.compile(r" {0,3}> ?")
_CAPTION = re.compile(r" {0,3}(?:(?:[Tt]able)?:|~)[ \t]+")
_INDENTED = re.compile(r"(?: {4}|\t)")
_DEEP = re.compile(r"(?: {4}|\t){2}")
_CODE = re.compile(r"(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)")
_TARGET = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\{[^{}]*\})?|\[[^\[\]]*\]|\{[^{}]*\}")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_MARKS = re.compile(r"\*+|~~|(?<!\w)_+(?=\S)|(?<=[^\s_])_+(?!\w)")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_PLAIN = re.compile(rf"[^\[!^`*~_&\\\"{VALUE}]+")
"""What is no mark of Markdown's and no slot, and is spelled as it stands."""
_ESCAPED = re.compile(r"\\([^\w\s])")


@dataclass
class _Block:
    """Lines that belong together, each as where it starts and ends in the text."""

    kind: Kind
    lines: list[tuple[int, int]] = field(default_factory=list)


def markdown_passages(text: str, found: Sequence[Found], place_at: PlaceAt) -> tuple[Passage, ...]:
    """Return the passages of a text in which these slots were found."""
    slots = {each.start: each for each in found}
    even = _even(text, found)
    result: list[Passage] = []
    heading = ""
    for block in _blocks(even):
        if block.kind is Kind.CELL:
            stretches = [[cell] for line in block.lines for cell in _cells(even, line)]
        else:
            stretches = [block.lines]
        for lines in stretches:
            spelling, notes = _Speller(even, lines, slots).spelled()
            passage = spelling.passage(place_at, block.kind, heading)
            result += [passage] if passage.words.strip() else []
            result += [note.passage(place_at, Kind.NOTE, heading) for note in notes]
            if block.kind is Kind.HEADING:
                heading = passage.words.strip().replace(VALUE, "…")
    return tuple(result)


def _even(text: str, found: Sequence[Found]) -> str:
    """Return the text, as long as it is, without anything in its slots that could be taken for a mark."""
    pieces, end = [], 0
    for each in found:
        pieces += [text[end : each.start], VALUE * (each.end - each.start)]
        end = each.end
    return "".join([*pieces, text[end:]])


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks of a text; code, rules and definitions of links are none."""
    groups: list[list[tuple[int, int]]] = [[]]
    fence, start = "", 0
    for line in text.split("\n"):
        end = start + len(line)
        opened = _FENCE.match(line)
        if fence:
            fence = "" if line.strip().startswith(fence) and not line.strip(" `~") else fence
        elif opened and not groups[-1]:
            fence = opened[1]
        elif not line.strip() or _DIVISION.match(line):
            groups += [[]] if groups[-1] else []
        else:
            groups[-1].append((start, end))
        start = end + 1
    in_list = False
    for group in groups:
        for block in _of_group(text, group, in_list=in_list):
            in_list = block.kind is Kind.ITEM
            yield block


def _of_group(text: str, group: list[tuple[int, int]], *, in_list: bool) -> Iterator[_Block]:
    """Divide lines without an empty one between them."""
    lines = [text[start:end] for start, end in group]
    code = _DEEP if in_list else _INDENTED
    if not lines or (code.match(lines[0]) and not (in_list and _ITEM.match(lines[0]))):
        return
    if len(lines) == 2 and _UNDERLINE.match(lines[1]) and not _ITEM.match(lines[0]) and "|" not in lines[0]:
        yield _Block(Kind.HEADING, group[:1])
        return
    if any(_RULER.match(line) and "-" in line for line in lines) and len(lines) > 1:
        rows = [each for each, line in zip(group, lines, strict=True) if not _RULER.match(line)]
        yield _Block(Kind.CELL, rows)
        return
    items = sum(1 for line in lines if _ITEM.match(line))
    is_date = items == 1 and not in_list and bool(_DATE_FIRST.match(lines[0]))
    block = _Block(Kind.ITEM if in_list and lines[0][:1] in " \t" else Kind.RUNNING)
    for (start, end), line in zip(group, lines, strict=True):
        kind, skip = _opening(line, is_first=not (block.lines or is_date), now=block.kind)
        if kind is None:
            continue
        if kind is not block.kind or skip:
            if block.lines and not (kind is Kind.QUOTATION is block.kind):
                yield block
                block = _Block(kind)
            block.kind = kind
        block.lines.append((start + skip, end))
        if kind is Kind.HEADING:
            yield _Block(kind, [(start + skip, start + _HEADING_END.search(line).start())])  # type: ignore[union-attr]
            block = _Block(Kind.RUNNING)
    if block.lines:
        yield block


def _opening(line: str, *, is_first: bool, now: Kind) -> tuple[Kind | None, int]:
    """Tell what a line begins, and how much of it is a mark; None for a line that says nothing."""
    if _RULE.match(line) or (_REFERENCE.match(line) and not _NOTE.match(line)):
        return None, 0
    for pattern, kind in ((_NOTE, Kind.NOTE), (_QUOTED, Kind.QUOTATION), (_ITEM, Kind.ITEM)):
        match = pattern.match(line)
        if match and (is_first or kind is not Kind.ITEM or now is Kind.ITEM):
            return kind, match.end()
    if match := _CAPTION.match(line):
        return Kind.RUNNING, match.end()
    if is_first and (match := _HEADING.match(line)):
        return Kind.HEADING, match.end()
    return now, 0


def _cells(text: str, line: tuple[int, int]) -> Iterator[tuple[int, int]]:
    start, end = line
    for match in re.finditer(r"(?:\\\||[^|])+", text[start:end]):
        yield start + match.start(), start + match.end()


class _Speller:
    """Spells lines out as one: marks gone, a VALUE for each slot, notes apart."""

    def __init__(self, text: str, lines: Sequence[tuple[int, int]], slots: dict[int, Found]) -> None:
        self._slots = slots
        self._offsets: list[int] = []
        pieces: list[str] = []
        for start, end in lines:
            line = text[start:end].rstrip(" \t\\")
            first = start + len(line) - len(line.lstrip())
            if pieces:
                pieces.append(" ")
                self._offsets.append(-1)
            pieces.append(line.lstrip())
            self._offsets += range(first, start + len(line))
        self._text = "".join(pieces)
        self._notes: list[Spelling] = []

    def spelled(self) -> tuple[Spelling, list[Spelling]]:
        """Return the words of the lines and of the notes in them."""
        spelling = Spelling()
        self._spell(spelling, 0, len(self._text))
        return spelling, self._notes

    def _spell(self, spelling: Spelling, at: int, end: int) -> None:
        while at < end:
            if plain := _PLAIN.match(self._text, at, end):
                spelling.add_plain(plain.group(), self._offsets[at : plain.end()])
                at = plain.end()
                continue
            slots = self._slots.get(self._offsets[at])
            if slots:
                for slot in slots.slots:
                    spelling.add_slot(slot, self._offsets[at])
                while at < end and self._offsets[at] < slots.end:
                    at += 1
            else:
                at = self._bracket(spelling, at, end) or self._character(spelling, at, end)

    def _bracket(self, spelling: Spelling, at: int, end: int) -> int:
        """Spell a link, a picture or a note that begins here, and return where it ends; else 0."""
        opening = next((mark for mark in ("^[", "![", "[") if self._text.startswith(mark, at)), "")
        close = self._closing(at + len(opening) - 1, end) if opening else 0
        target = _TARGET.match(self._text, close + 1, end) if close else None
        if opening == "^[" and close:
            spelling.close_up()
            self._notes.append(Spelling())
            self._spell(self._notes[-1], at + 2, close)
            return close + 1
        if opening == "[" and (mark := _NOTE_MARK.match(self._text, at, end)):
            spelling.close_up()
            return mark.end()
        if not target:
            return 0
        if opening == "![" or "lang=" in target.group():
            spelling.add(VALUE, self._offsets[at])
        else:
            self._spell(spelling, at + 1, close)
        return target.end()

    def _closing(self, at: int, end: int) -> int:
        """Return where the bracket that opens here is closed, or 0."""
        depth = 0
        for place in range(at, end):
            depth += {"[": 1, "]": -1}.get(self._text[place], 0)
            if depth == 0:
                return place
        return 0

    def _character(self, spelling: Spelling, at: int, end: int) -> int:
        """Spell what stands here, and return where it ends."""
        offset = self._offsets[at]
        if match := _CODE.match(self._text, at, end):
            spelling.add(VALUE, offset)
        elif match := _ESCAPED.match(self._text, at, end):
            meant_so = match[1] in "[]{}"  # and no slip
            spelling.add(VALUE if meant_so else match[1], offset + 1)
        elif match := _ENTITY.match(self._text, at, end):
            for character in unescape(match.group()):
                spelling.add(character, -1)
        elif (match := _MARKS.match(self._text, at, end)) and not self._stands_alone(match):
            pass
        else:
            spelling.add(self._norwegian(at), offset)
            return at + 1
        return match.end()

    def _norwegian(self, at: int) -> str:
        """Return the character here; a straight quotation mark as pandoc and `inlines` will write it."""
        if self._text[at] != '"':
            return self._text[at]
        opens = at == 0 or self._text[at - 1] in " \xa0([«/–—-"
        return "«" if opens else "»"

    def _stands_alone(self, mark: re.Match[str]) -> bool:
        before, after = self._text[: mark.start()][-1:], self._text[mark.end() :][:1]
        return before == " " == after
