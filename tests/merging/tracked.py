"""Edits that a person makes with «Spor endringer» switched on, in her own name."""

from __future__ import annotations

from copy import deepcopy

from tests.merging.hands import (
    AUTHOR,
    Act,
    Desk,
    cut,
    has_note_styles,
    last_of_its_place,
    make_bold,
    new_note,
    next_paragraph,
    of_paragraph,
    references,
    row_like,
    rows,
    set_mark,
    twin,
)
from tests.merging.opened import Element, drop, inside, make, q, run, up

_AFTER_JC = tuple(q(f"w:{name}") for name in ("textAlignment", "outlineLvl", "rPr", "sectPr", "pPrChange"))
_DEAD = {q("w:t"): q("w:delText"), q("w:instrText"): q("w:delInstrText")}


def _struck(desk: Desk, node: Element) -> None:
    """Strike a run, unless it stands in an insertion of hers: then it goes."""
    holder = next(node.iterancestors(q("w:ins")), None)
    if holder is not None and holder.get(q("w:author")) == AUTHOR:
        drop(node)
        return
    mark = desk.mark("del")
    node.addprevious(mark)
    mark.append(node)
    for each in node.iter(*_DEAD):
        each.tag = _DEAD[str(each.tag)]


def own_insertion(desk: Desk) -> None:
    desk.put(*desk.spot(), desk.mark("ins", run(f" {desk.typed()} ")))


def own_deletion(desk: Desk) -> None:
    text, at = desk.spot()
    said = text.text or ""
    stop = said.find(" ", at + 1)
    if stop > at:
        cut(text, stop)
    _left, right = cut(text, at)
    if right.find(q("w:t")) is not None:
        _struck(desk, right)


def own_note(desk: Desk) -> None:
    if has_note_styles(desk):
        new = new_note(desk)
        desk.put(*desk.spot(), desk.mark("ins", new), in_link=False)


def own_note_deletion(desk: Desk) -> None:
    found = references(desk)
    if found:
        _struck(desk, up(desk.random.choice(found)))


def own_split(desk: Desk) -> None:
    paragraph = desk.paragraph()
    desk.halves(paragraph, *desk.spot(paragraph))
    set_mark(paragraph, desk.mark("ins"))


def own_join(desk: Desk) -> None:
    found = [each for each in desk.paragraphs() if next_paragraph(each) is not None]
    if found:
        set_mark(desk.random.choice(found), desk.mark("del"))


def own_paragraph(desk: Desk) -> None:
    """Add a paragraph; Word marks the paragraph before it if she stood at its end."""
    before = desk.paragraph()
    properties = before.find(q("w:pPr"))
    new = make("p", desk.mark("ins"))
    new[0].append(run(desk.typed(2, 6).capitalize()))
    if properties is not None and properties.find(q("w:sectPr")) is not None:
        return
    marked = new
    if desk.random.random() < 0.5 or last_of_its_place(before):
        marked = before
        if properties is not None:
            new.insert(0, deepcopy(properties))
            for each in list(new.iter(q("w:rPr"), q("w:pPrChange"))):
                if up(each).tag == q("w:pPr"):
                    drop(each)
    before.addnext(new)
    set_mark(marked, desk.mark("ins"))


def own_paragraph_deletion(desk: Desk) -> None:
    paragraph = desk.paragraph()
    if last_of_its_place(paragraph) or paragraph.find(f".//{q('w:sectPr')}") is not None:
        return
    for each in list(paragraph.iter(q("w:r"))):
        if not inside(each, "w:del", "w:drawing", "w:moveFrom", "w:fldSimple"):
            _struck(desk, each)
    set_mark(paragraph, desk.mark("del"))


def own_restyle(desk: Desk) -> None:
    properties = of_paragraph(desk.paragraph())
    if properties.find(q("w:pPrChange")) is not None or properties.find(q("w:jc")) is not None:
        return
    unseen = (q("w:rPr"), q("w:sectPr"))
    old = make("pPr", *(deepcopy(each) for each in properties if each.tag not in unseen))
    later = [each for each in properties if each.tag in _AFTER_JC]
    properties.insert(properties.index(later[0]) if later else len(properties), make("jc", val="center"))
    properties.append(desk.mark("pPrChange", old))


def own_bold(desk: Desk) -> None:
    text, at = desk.spot()
    _left, right = cut(text, at)
    properties = right.find(q("w:rPr"))
    if right.find(q("w:t")) is None or (
        properties is not None and properties.find(q("w:rPrChange")) is not None
    ):
        return
    old = make("rPr", *(deepcopy(each) for each in (() if properties is None else properties)))
    make_bold(right)
    properties = right.find(q("w:rPr"))
    assert properties is not None
    properties.append(desk.mark("rPrChange", old))


def _row_mark(row: Element, mark: Element) -> None:
    properties = row.find(q("w:trPr"))
    if properties is None:
        properties = make("trPr")
        row.insert(0, properties)
    if properties.find(mark.tag) is None and properties.find(q("w:ins")) is None:
        properties.append(mark)


def own_row(desk: Desk) -> None:
    if rows(desk):
        row = desk.random.choice(rows(desk))
        new = row_like(desk, row)
        row.addnext(new)
        for each in list(new.iter(q("w:r"))):
            mark = desk.mark("ins")
            each.addprevious(mark)
            mark.append(each)
        _row_mark(new, desk.mark("ins"))


def own_row_deletion(desk: Desk) -> None:
    if rows(desk):
        row = desk.random.choice(rows(desk))
        for each in list(row.iter(q("w:r"))):
            if not inside(each, "w:del", "w:moveFrom", "w:drawing"):
                _struck(desk, each)
        _row_mark(row, desk.mark("del"))


def own_move(desk: Desk) -> None:
    """Move a plain paragraph as Word tracks it: moveFrom here, moveTo there."""
    moved, beside = desk.paragraph(any_place=False), desk.paragraph(any_place=False)
    plain = all(
        each.tag in (q("w:pPr"), q("w:r"), q("w:bookmarkStart"), q("w:bookmarkEnd")) for each in moved
    )
    if (
        moved is beside
        or not plain
        or last_of_its_place(beside)
        or last_of_its_place(moved)
        or moved.find(f".//{q('w:rPr')}/{q('w:ins')}") is not None
    ):
        return
    unfit = (q("w:fldChar"), q("w:drawing"), q("w:footnoteReference"), q("w:sectPr"))
    if next(moved.iter(*unfit), None) is not None:
        return
    copied = twin(moved)
    for each in list(copied.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))):
        drop(each)
    beside.addnext(copied)
    name = f"move{desk.number()}"
    for paragraph, way in ((moved, "moveFrom"), (copied, "moveTo")):
        for each in paragraph.findall(q("w:r")):
            mark = desk.mark(way)
            each.addprevious(mark)
            mark.append(each)
        number = desk.number()
        start = make(f"{way}RangeStart", id=number, author=AUTHOR, date="2026-02-01T10:00:00Z", name=name)
        first = 1 if paragraph.find(q("w:pPr")) is not None else 0
        paragraph.insert(first, start)
        paragraph.append(make(f"{way}RangeEnd", id=number))
        set_mark(paragraph, desk.mark(way))


TRACKED: tuple[Act, ...] = (
    own_insertion, own_insertion, own_deletion, own_deletion, own_note, own_note_deletion, own_split,
    own_join, own_paragraph, own_paragraph_deletion, own_restyle, own_bold, own_row, own_row_deletion,
    own_move,
)  # fmt: skip
