"""Stories as values: `para("Et ord [en note]. ", 3)` reads like the paragraph, `at` is its place.

Words are cut as the reader of Word files cuts them; `[…]` is a note, `<…>` a link's words to its address.
"""

from __future__ import annotations

import itertools
import re

from casebuilder.merge.model import (
    Block,
    Edit,
    Insert,
    Para,
    Plan,
    Remark,
    Remove,
    Rename,
    Restyle,
    Rewrite,
    Row,
    Table,
    Word,
    words_of,
)

_CUT = re.compile(r"\[[^\]]*\]|<[^>]*>|\w+|\s|[^\w\s]")
_UNIT = re.compile(r"\w+|\s|[^\w\s]")
_places = itertools.count(1000)


def words(said: str, look: str = "", *, ours: bool = False) -> tuple[Word, ...]:
    """Return the words of a text."""
    found: list[Word] = []
    for match in _CUT.findall(said):
        if match.startswith("["):
            note = (Para(next(_places), words(match[1:-1])),)
            found.append(Word("", f"note {match[1:-1]}", "", ours, note))
        elif match.startswith("<"):
            shown, _, address = match[1:-1].partition("|")
            found += (Word(each, address, look, ours) for each in _UNIT.findall(shown))
        else:
            found.append(Word(match, "", look, ours))
    return tuple(found)


def para(said: str, at: int = 0, *, style: str = "normal", name: str = "", look: str = "") -> Para:
    """Return a paragraph; one in the style «heading 2» is a heading of level 2."""
    level = int(style[-1]) if style.startswith("heading") else 0
    return Para(at, words(said, look), style, level, (name,) if name else ())


def heading(said: str, at: int = 0, *, name: str = "") -> Para:
    return para(said, at, style="heading 1", name=name)


def row(*cells: str, at: int = 0) -> Row:
    """Return a row of one paragraph a cell, placed after the row."""
    return Row(at, tuple((para(said, at + number),) for number, said in enumerate(cells, start=1)))


def table(*rows: Row, at: int = 0, name: str = "") -> Table:
    return Table(at, rows, (name,) if name else ())


def story(*blocks: Block | str) -> tuple[Block, ...]:
    """Return blocks in a row; a text is a paragraph, and each is placed where it stands."""
    return tuple(para(each, at) if isinstance(each, str) else each for at, each in enumerate(blocks))


def told(plan: Plan, hers: tuple[Block, ...], fresh: tuple[Block, ...]) -> list[str]:
    """Return the edits of a plan in words; the `at` of every block must tell it from the others."""
    there = {each.at: each for each in _all(hers)}
    new = {each.at: each for each in _all(fresh)}
    return [_told(edit, there, new) for edit in plan.edits]


def _all(blocks: tuple[Block, ...]) -> list[Block | Row]:
    found: list[Block | Row] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Table):
            for each in block.rows:
                found.append(each)
                found += [inner for cell in each.cells for inner in _all(cell)]
        for word in words_of(block):
            found += _all(word.note or ())
    return found


def _told(edit: Edit, hers: dict[int, Block | Row], fresh: dict[int, Block | Row]) -> str:
    match edit:
        case Rewrite(at, start, stop, put):
            new = "".join(_text(fresh[each], first, last) for each, first, last in put)
            return f"«{_text(hers[at], start, stop)}» → «{new}»"
        case Insert(at, beside, before):
            return f"«{_text(fresh[at])}» {'before' if before else 'after'} «{_text(hers[beside])}»"
        case Remove(at):
            return f"strike «{_text(hers[at])}»"
        case Restyle(at, there):
            style = fresh[there]
            return f"style «{_text(hers[at])}» as {style.style if isinstance(style, Para) else ''}"
        case Remark(at, start, stop, change):
            return f"remark on «{_text(hers[at], start, stop)}»: «{change.now}», before «{change.before}»"
        case Rename(at, old, new_name):
            return f"name {old} → {new_name} of «{_text(hers[at])}»"


def _text(block: Block | Row, start: int = 0, stop: int | None = None) -> str:
    if isinstance(block, Para):
        return "".join(word.text or word.mark for word in block.words[start:stop])
    if isinstance(block, Table):
        return " / ".join(_text(each) for each in block.rows)
    return " | ".join(_text(each) for cell in block.cells for each in cell)
