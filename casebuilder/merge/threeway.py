"""Base, edited and fresh story → the plan that brings the news into the edited one (pure).

News are what differs between base and fresh. A block that only the news changes is rewritten where it
stands now; what both changed is merged word by word; what she has deleted stays deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casebuilder.merge.model import (
    NOTHING,
    Block,
    Change,
    Insert,
    Kind,
    Para,
    Plan,
    Remark,
    Remove,
    Rename,
    Restyle,
    Row,
    Standing,
    Story,
    Table,
    looking,
    looking_of_row,
    row_text,
    saying,
    saying_of_row,
    text_of,
)
from casebuilder.merge.pairing import Group, groups, paired, paired_rows
from casebuilder.merge.paragraphs import merged_words


def merged(base: Story, edited: Story, fresh: Story, where: str = "") -> Plan:
    """Return the plan that brings what differs between `base` and `fresh` into `edited`."""
    if [looking(block) for block in base] == [looking(block) for block in fresh]:
        return NOTHING
    return Merge(base, edited, fresh, where).plan()


class Merge:
    """Three versions of a story, and which block is which."""

    def __init__(self, base: Story, edited: Story, fresh: Story, where: str = "") -> None:
        """Find out which block is which; `where` is the heading that the story stands under."""
        self._base, self._edited, self._fresh = base, edited, fresh
        self._where = where
        self._news = paired(base, fresh, trust_names=True)
        self._pairs = paired(base, edited, trust_names=False)
        self._groups = groups(base, edited, self._pairs)
        self._group_of = {at: group for group in self._groups for at in group.base}
        self._base_of = {there: at for at, there in self._news.items()}

    def anchors(self) -> dict[str, str]:
        """Return hidden name in `fresh` → hidden name of the same block in `edited`, where they differ."""
        found = {}
        for at, there in self._news.items():
            hers = self._edited[self._pairs[at]].names if at in self._pairs else ()
            names = self._fresh[there].names
            found.update({name: hers[0] for name in names if hers and name not in hers})
        return found

    def plan(self) -> Plan:
        """Return the plan that brings the news into the edited story."""
        plan = NOTHING
        for group in sorted(self._groups, key=lambda each: each.other):
            plan += self._group(group)
        for at, block in enumerate(self._base):
            if at not in self._group_of:
                plan += self._deleted_by_her(at, block)
        return plan + self._added()

    # -- blocks that stand in her version -----------------------------------------------------

    def _group(self, group: Group) -> Plan:
        old = [self._base[at] for at in group.base]
        hers = [self._edited[at] for at in group.other]
        new = [self._fresh[self._news[at]] for at in group.base if at in self._news]
        where = self._heading(group.other[0])
        if not new:
            return self._removed(old, hers, where)
        if [looking(block) for block in old] == [looking(block) for block in new]:
            return NOTHING
        first, her_first, new_first = old[0], hers[0], new[0]
        if isinstance(first, Table) and isinstance(her_first, Table) and isinstance(new_first, Table):
            return _table(first, her_first, new_first, where)
        return self._paragraphs(_paras(old), _paras(hers), _paras(new), where)

    def _paragraphs(self, old: list[Para], hers: list[Para], new: list[Para], where: str) -> Plan:
        plan = merged_words(old, hers, new, merged, where)
        if old[0].style != new[0].style:
            plan += _restyled(old[0], hers[0], new[0], where)
        names = [name for name in old[0].names if name in hers[0].names]
        if plan.edits and names and new[0].names and names[0] not in new[0].names:
            plan += Plan((Rename(hers[0].at, names[0], new[0].names[0]),))
        return plan

    def _removed(self, old: Sequence[Block], hers: Sequence[Block], where: str) -> Plan:
        """Strike blocks that the sources no longer have, unless she has worked on them."""
        name = next((name for block in old for name in block.names), "")
        change = Change(Kind.REMOVED, text_of(old), "", where, name)
        if [saying(block) for block in old] == [saying(block) for block in hers]:
            return Plan(tuple(Remove(block.at) for block in hers), (change,))
        return _remark(hers[0], change, text_of(hers))

    # -- blocks that do not -------------------------------------------------------------------

    def _deleted_by_her(self, at: int, block: Block) -> Plan:
        new = self._fresh[self._news[at]] if at in self._news else None
        if new is None or looking(block) == looking(new):
            return NOTHING
        name = next(iter(new.names), "")
        change = Change(Kind.WORDS, text_of([block]), text_of([new]), self._where, name, Standing.GONE)
        return Plan((), (change,))

    def _added(self) -> Plan:
        """Put in the blocks that are new, each after the one that it follows in the sources."""
        used = {there for group in self._groups for there in group.other}
        own = [saying(block) for at, block in enumerate(self._edited) if at not in used]
        plan = NOTHING
        for at, block in enumerate(self._fresh):
            if at in self._base_of:
                continue
            if saying(block) in own:
                own.remove(saying(block))
                continue
            beside, before = self._beside(at)
            where = self._heading(beside) if beside is not None else self._where
            name = next(iter(block.names), "")
            told = Change(Kind.ADDED, "", text_of([block]), where, name)
            if beside is None or self._is_below_deleted(at):
                plan += Plan((), (_standing(told, Standing.GONE),))
                continue
            edit = Insert(block.at, self._edited[beside].at, before)
            plan += Plan((edit,), (told,) if told.now else ())
        return plan

    def _is_below_deleted(self, at: int) -> bool:
        """Tell whether a new block belongs under a heading that she has deleted."""
        above = self._fresh[:at]
        levels = [other for other, block in enumerate(above) if isinstance(block, Para) and block.level]
        heading = self._base_of.get(levels[-1]) if levels else None
        return heading is not None and heading not in self._group_of

    def _beside(self, at: int) -> tuple[int | None, bool]:
        """Return her block that a new one belongs after (or before, at the start)."""
        for other in range(at - 1, -1, -1):
            group = self._group_of.get(self._base_of.get(other, -1))
            if group:
                return group.other[-1], False
        for other in range(at + 1, len(self._fresh)):
            group = self._group_of.get(self._base_of.get(other, -1))
            if group:
                return group.other[0], True
        return (len(self._edited) - 1, False) if self._edited else (None, False)

    def _heading(self, at: int) -> str:
        """Return the heading that her block stands under."""
        above = (block for block in self._edited[at::-1] if isinstance(block, Para) and block.level)
        return next((block.text.strip() for block in above), self._where)


def _restyled(old: Para, hers: Para, new: Para, where: str) -> Plan:
    """Give a paragraph its new style, unless she has given it another."""
    name = next(iter(new.names), "")
    change = Change(Kind.STYLE, old.style, new.style, where, name)
    if hers.style == new.style:
        return NOTHING
    if hers.style == old.style:
        return Plan((Restyle(hers.at, new.at),), (change,))
    return _remark(hers, change, hers.style)


def _remark(block: Block, change: Change, hers: str) -> Plan:
    told = Change(change.kind, change.before, change.now, change.where, change.name, Standing.CONFLICT, hers)
    para = _first_paragraph(block)
    if para is None:
        return Plan((), (told,))
    return Plan((Remark(para.at, 0, len(para.words), told),), (told,))


def _first_paragraph(block: Block) -> Para | None:
    if isinstance(block, Para):
        return block
    inside = (each for row in block.rows for cell in row.cells for each in cell)
    return next((found for each in inside if (found := _first_paragraph(each))), None)


def _paras(blocks: Iterable[Block]) -> list[Para]:
    return [block for block in blocks if isinstance(block, Para)]


# -- tables -----------------------------------------------------------------------------------


def _table(old: Table, hers: Table, new: Table, where: str) -> Plan:
    """Merge a table row by row; where the news gives it other columns, all of its rows are new."""
    if saying(old) != saying(new) and saying(hers) == saying(new):
        return NOTHING
    name = next(iter(new.names), "")
    if _columns(old) != _columns(new):
        change = Change(Kind.WORDS, text_of([old]), text_of([new]), where, name)
        if saying(old) != saying(hers):
            return _remark(hers, change, text_of([hers]))
        return Plan((Insert(new.at, hers.at), Remove(hers.at)), (change,))
    return _Rows(old.rows, hers.rows, new.rows, where, name).plan()


def _columns(table: Table) -> set[int]:
    return {len(row.cells) for row in table.rows}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Three versions of a table's rows."""

    old: Sequence[Row]
    hers: Sequence[Row]
    new: Sequence[Row]
    where: str
    name: str

    def plan(self) -> Plan:
        news, mine = paired_rows(self.old, self.new), paired_rows(self.old, self.hers)
        plan = NOTHING
        for at, row in enumerate(self.old):
            new = self.new[news[at]] if at in news else None
            hers = self.hers[mine[at]] if at in mine else None
            plan += self._row(row, hers, new)
        return plan + self._added(news, mine)

    def _row(self, old: Row, hers: Row | None, new: Row | None) -> Plan:
        is_news = new is None or looking_of_row(old) != looking_of_row(new)
        if not is_news or (hers is None and new is None):
            return NOTHING
        change = self._change(old, new)
        if hers is None:
            return Plan((), (_standing(change, Standing.GONE),))
        if new is None:
            if saying_of_row(hers) == saying_of_row(old):
                return Plan((Remove(hers.at),), (change,))
            return self._remark(hers, change)
        return self._cells(old, hers, new, change)

    def _cells(self, old: Row, hers: Row, new: Row, change: Change) -> Plan:
        if not len(old.cells) == len(hers.cells) == len(new.cells):
            return self._remark(hers, change)
        plan = NOTHING
        for one, two, three in zip(old.cells, hers.cells, new.cells, strict=True):
            plan += merged(one, two, three, self.where)
        named = tuple(_named(each, self.name) for each in plan.changes)
        return Plan(plan.edits, named)

    def _remark(self, hers: Row, change: Change) -> Plan:
        blocks = [block for cell in hers.cells for block in cell]
        return _remark(blocks[0], change, text_of(blocks)) if blocks else Plan((), (change,))

    def _added(self, news: Mapping[int, int], mine: Mapping[int, int]) -> Plan:
        """Put in the rows that are new, each after the one that it follows in the sources."""
        old_of = {there: at for at, there in news.items()}
        own = [saying_of_row(row) for at, row in enumerate(self.hers) if at not in mine.values()]
        plan = NOTHING
        for at, row in enumerate(self.new):
            if at in old_of:
                continue
            if saying_of_row(row) in own:
                own.remove(saying_of_row(row))
                continue
            beside, before = self._beside(at, old_of, mine)
            change = self._change(None, row)
            if beside is None or len(self.hers[beside].cells) != len(row.cells):
                hers = self.hers[beside or 0] if self.hers else None
                plan += self._remark(hers, change) if hers else Plan((), (_standing(change, Standing.GONE),))
                continue
            plan += Plan((Insert(row.at, self.hers[beside].at, before),), (change,))
        return plan

    def _beside(self, at: int, old_of: Mapping[int, int], mine: Mapping[int, int]) -> tuple[int | None, bool]:
        for other in range(at - 1, -1, -1):
            if old_of.get(other) in mine:
                return mine[old_of[other]], False
        for other in range(at + 1, len(self.new)):
            if old_of.get(other) in mine:
                return mine[old_of[other]], True
        return (len(self.hers) - 1 if self.hers else None), False

    def _change(self, old: Row | None, new: Row | None) -> Change:
        kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.WORDS
        before, now = (row_text(row) if row else "" for row in (old, new))
        return Change(kind, before, now, self.where, self.name)


def _standing(change: Change, standing: Standing) -> Change:
    return Change(change.kind, change.before, change.now, change.where, change.name, standing)


def _named(change: Change, name: str) -> Change:
    """Name the table that a change in a cell stands in."""
    said = change.name or name
    return Change(change.kind, change.before, change.now, change.where, said, change.standing, change.hers)
