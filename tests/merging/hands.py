"""Edits as a person makes them in Word, on the XML as Word leaves it: words, paragraphs, notes, rows.

Without tracking, what is typed into somebody's insertion stands outside it, and what is deleted goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random

from tests.merging.opened import Element, Opened, R, drop, inside, make, q, run, unwrap, up, words

AUTHOR = "Kari Prøve"
_TYPED = [
    "kanskje",
    "trolig",
    "derfor",
    "imidlertid",
    "nemlig",
    "straks",
    "dessuten",
    "likevel",
    "fortsatt",
    "antakelig",
    "heller",
]
_NUMBERED = tuple(
    q(f"w:{name}")
    for name in (
        "ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "bookmarkStart", "bookmarkEnd",
        "moveFromRangeStart", "moveToRangeStart", "trPrChange", "tblPrChange",
    )
)  # fmt: skip
_BETWEEN = (q("w:fldChar"), q("w:drawing"), q("w:instrText"), q("w:commentReference"))
_MARKS = tuple(q(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))
_HOLD_MARKS = (q("w:rPr"), q("w:trPr"))


class Desk:
    """One file on a person's desk."""

    def __init__(self, data: bytes, random: Random) -> None:
        self.package = Opened(data)
        self.random = random
        self._last = 0

    # ---- looking ----

    @property
    def body(self) -> Element:
        return self.package.body

    def paragraphs(self, *, any_place: bool = True) -> list[Element]:
        """Return the paragraphs with words; those of cells among them unless told otherwise."""
        found = self.body.iter(q("w:p")) if any_place else iter(self.body.findall(q("w:p")))
        return [each for each in found if not inside(each, "w:txbxContent") and live(each)]

    def paragraph(self, *, any_place: bool = True) -> Element:
        return self.random.choice(self.paragraphs(any_place=any_place))

    def spot(self, paragraph: Element | None = None) -> tuple[Element, int]:
        """Return a place between two characters of a paragraph."""
        text = self.random.choice(live(paragraph if paragraph is not None else self.paragraph()))
        said = text.text or ""
        blanks = [at for at, letter in enumerate(said) if letter == " "] + [0, len(said)]
        chosen = (
            self.random.choice(blanks) if self.random.random() < 0.8 else self.random.randint(0, len(said))
        )
        return text, chosen

    def number(self) -> int:
        """Return an id that nothing has."""
        roots = [self.package.tree(name) for name in self.package.stories()]
        used = [int(str(each.get(q("w:id")))) for root in roots for each in root.iter(*_NUMBERED)]
        self._last = max([*used, self._last]) + 1
        return self._last

    def mark(self, name: str, *children: Element) -> Element:
        """Return a tracked change of hers."""
        return make(name, *children, id=self.number(), author=AUTHOR, date="2026-02-01T10:00:00Z")

    def typed(self, least: int = 1, most: int = 3) -> str:
        """Return words that nobody else has written."""
        tag = f"hun{self.random.randrange(10**6)}"
        return " ".join([*self.random.choices(_TYPED, k=self.random.randint(least, most)), tag])

    # ---- cutting ----

    def put(self, text: Element, at: int, *new: Element, in_link: bool = True) -> None:
        """Put elements into a paragraph between two characters, outside anybody's insertion."""
        left, _right = cut(text, at)
        stop = (q("w:p"), q("w:sdtContent"), *((q("w:hyperlink"),) if in_link else ()))
        while up(left).tag not in stop:
            left = self.split(left)
        for each in reversed(new):
            left.addnext(each)

    def split(self, child: Element) -> Element:
        """Cut a child's parent in two after the child; return the first half."""
        parent = up(child)
        half = like(parent)
        if parent.tag in (q("w:ins"), q("w:del"), q("w:moveTo"), q("w:moveFrom")):
            half.set(q("w:id"), str(self.number()))
        half.extend(list(child.itersiblings()))
        parent.addnext(half)
        return parent

    def halves(self, paragraph: Element, text: Element, at: int) -> Element:
        """Split a paragraph; return the second one."""
        for each in list(paragraph.iter(q("w:sdt"))):
            control, (content,) = each, each.findall(q("w:sdtContent"))
            control.addprevious(content)
            drop(control)
            unwrap(content)
        spot = make("proofErr", type="gramStart")
        self.put(text, at, spot, in_link=False)
        second = make("p")
        properties = paragraph.find(q("w:pPr"))
        if properties is not None:
            copied = deepcopy(properties)
            second.append(copied)
            for each in list(copied.iter(q("w:ins"), q("w:del"), q("w:pPrChange"))):
                drop(each)
            for each in list(properties.iter(q("w:sectPr"))):
                drop(each)
        second.extend(list(spot.itersiblings()))
        drop(spot)
        paragraph.addnext(second)
        return second

    def tidy(self) -> None:
        """Take away what Word takes away of itself: open bookmarks, notes and comments without a place."""
        for name in self.package.stories():
            _tidy_runs(self.package.tree(name))
        root = self.package.tree(self.package.main)
        for paragraph in root.iter(q("w:p")):
            if last_of_its_place(paragraph):
                for mark in paragraph.findall(f"{q('w:pPr')}/{q('w:rPr')}/*"):
                    if mark.tag in _MARKS:
                        drop(mark)
        _close(root, "bookmarkStart", "bookmarkEnd")
        referred = {each.get(q("w:id")) for each in root.iter(q("w:footnoteReference"))}
        for name in self.package.related(self.package.main, "footnotes"):
            for note in list(self.package.tree(name)):
                if note.get(q("w:type")) is None and note.get(q("w:id")) not in referred:
                    drop(note)
        self._tidy_comments(root)

    def _tidy_comments(self, root: Element) -> None:
        tags = ("commentRangeStart", "commentRangeEnd", "commentReference")
        sets = [{each.get(q("w:id")) for each in root.iter(q(f"w:{tag}"))} for tag in tags]
        whole = sets[0] & sets[1] & sets[2]
        for each in list(root.iter(*(q(f"w:{tag}") for tag in tags))):
            if each.get(q("w:id")) not in whole:
                drop(each)
        for name in self.package.related(self.package.main, "comments"):
            for comment in list(self.package.tree(name)):
                if comment.get(q("w:id")) not in whole:
                    drop(comment)
        _tidy_runs(root)


def live(paragraph: Element) -> list[Element]:
    """Return the w:t of a paragraph that a person can write in: not deleted, no result of a field."""
    found, depth = [], 0
    for each in paragraph.iter(q("w:t"), q("w:fldChar")):
        if each.tag == q("w:fldChar"):
            depth += {"begin": 1, "end": -1}.get(str(each.get(q("w:fldCharType"))), 0)
        elif not depth and each.text and not inside(each, "w:fldSimple", "w:del", "w:moveFrom", "w:drawing"):
            found.append(each)
    return found


def like(node: Element) -> Element:
    """Return an empty element with the same name and attributes."""
    made = deepcopy(node)
    made[:] = []
    return made


def twin(node: Element) -> Element:
    """Return a copy as Word makes it: no paragraph has another one's id."""
    copied = deepcopy(node)
    for each in copied.iter(q("w:p"), q("w:tr")):
        each.attrib.pop(q("w14:paraId"), "")
    return copied


def cut(text: Element, at: int) -> tuple[Element, Element]:
    """Cut a run in two at a character of one of its w:t; either may be left without words."""
    left, said = up(text), text.text or ""
    right = like(left)
    properties = left.find(q("w:rPr"))
    if properties is not None:
        right.append(deepcopy(properties))
    rest = list(text.itersiblings())
    if at == 0:
        rest = [text, *rest]
    elif at < len(said):
        text.text = said[:at]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        rest = [words(said[at:]), *rest]
    right.extend(rest)
    left.addnext(right)
    return left, right


def _tidy_runs(root: Element) -> None:
    for each in list(root.iter(q("w:r"))):
        if all(child.tag == q("w:rPr") for child in each):
            drop(each)
    tags = tuple(q(f"w:{tag}") for tag in ("ins", "del", "moveTo", "moveFrom", "hyperlink", "smartTag"))
    while empty := [each for each in root.iter(*tags) if len(each) == 0 and up(each).tag not in _HOLD_MARKS]:
        for each in empty:
            drop(each)
    for each in list(root.iter(q("w:sdtContent"))):
        if len(each) == 0:
            drop(up(each))


def _close(root: Element, start: str, end: str) -> None:
    starts = {each.get(q("w:id")): each for each in root.iter(q(f"w:{start}"))}
    ends = {each.get(q("w:id")): each for each in root.iter(q(f"w:{end}"))}
    for number in starts.keys() ^ ends.keys():
        drop(starts.get(number, ends.get(number)))  # type: ignore[arg-type]


def of_paragraph(paragraph: Element) -> Element:
    found = paragraph.find(q("w:pPr"))
    if found is None:
        found = make("pPr")
        paragraph.insert(0, found)
    return found


def set_mark(paragraph: Element, mark: Element) -> None:
    """Put a tracked change on a paragraph's mark."""
    properties = of_paragraph(paragraph)
    inner = properties.find(q("w:rPr"))
    if inner is None:
        inner = make("rPr")
        later = [each for each in properties if each.tag in (q("w:sectPr"), q("w:pPrChange"))]
        properties.insert(properties.index(later[0]) if later else len(properties), inner)
    has_in = inner.find(q("w:ins")) is not None
    if inner.find(mark.tag) is None:
        inner.insert(1 if has_in else 0, mark)


def last_of_its_place(block: Element) -> bool:
    """Tell whether a paragraph must stay because its cell or the text ends with it."""
    after = (each for each in block.itersiblings() if each.tag in (q("w:p"), q("w:tbl"), q("w:sdt")))
    return next(after, None) is None


def _gone(block: Element) -> None:
    if not last_of_its_place(block) and block.find(f".//{q('w:sectPr')}") is None:
        drop(block)


# ---- plain edits ------------------------------------------------------------------------------------

Act = Callable[[Desk], None]


def type_words(desk: Desk) -> None:
    text, at = desk.spot()
    pattern = up(text).find(q("w:rPr"))
    new = run(f" {desk.typed()} ")
    if pattern is not None and pattern.find(q("w:rStyle")) is None:
        new.insert(0, deepcopy(pattern))
    desk.put(text, at, new)


def _stretch(desk: Desk) -> list[tuple[Element, int]]:
    """Return some characters in a row; with a field or a picture among them only those before it."""
    paragraph = desk.paragraph()
    letters = [(text, at) for text in live(paragraph) for at in range(len(text.text or ""))]
    said = "".join((text.text or "")[at] for text, at in letters)
    starts = [0] + [at + 1 for at, letter in enumerate(said[:-1]) if letter == " "]
    begin = desk.random.choice(starts)
    ends = [at for at in [*(start - 1 for start in starts), len(said)] if at > begin]
    stretch = letters[begin : desk.random.choice(ends[:4])]
    order = list(paragraph.iter())
    first, last = order.index(stretch[0][0]), order.index(stretch[-1][0])
    if any(each.tag in _BETWEEN for each in order[first:last]):
        stretch = [each for each in stretch if each[0] is stretch[0][0]]
    return stretch


def _erase(stretch: list[tuple[Element, int]]) -> None:
    """Delete characters, and the notes between them."""
    texts = list(dict.fromkeys(text for text, _at in stretch))
    paragraph = next(texts[0].iterancestors(q("w:p")))
    order = list(paragraph.iter())
    between = order[order.index(texts[0]) : order.index(texts[-1])]
    for each in between:
        if each.tag == q("w:footnoteReference") and not inside(each, "w:del"):
            drop(each)
    for text in texts:
        gone = {at for one, at in stretch if one is text}
        text.text = "".join(letter for at, letter in enumerate(text.text or "") if at not in gone)
        if not text.text:
            drop(text)


def delete_words(desk: Desk) -> None:
    _erase(_stretch(desk))


def replace_words(desk: Desk) -> None:
    stretch = _stretch(desk)
    first, at = stretch[0]
    if at:
        _left, right = cut(first, at)
        new = next(right.iter(q("w:t")))
        stretch = [(new, spot - at) if text is first else (text, spot) for text, spot in stretch]
        first = new
    desk.put(first, 0, run(desk.typed()))
    _erase(stretch)


def split_paragraph(desk: Desk) -> None:
    paragraph = desk.paragraph()
    desk.halves(paragraph, *desk.spot(paragraph))


def join_paragraphs(desk: Desk) -> None:
    found = [each for each in desk.paragraphs() if next_paragraph(each) is not None]
    if found:
        first = desk.random.choice(found)
        second = next_paragraph(first)
        assert second is not None
        first.extend([each for each in second if each.tag != q("w:pPr")])
        drop(second)


def next_paragraph(node: Element) -> Element | None:
    after = node.getnext()
    ok = after is not None and after.tag == q("w:p") and after.find(f".//{q('w:sectPr')}") is None
    return after if ok else None


def delete_paragraph(desk: Desk) -> None:
    _gone(desk.paragraph())


def _level(node: Element) -> int:
    style = node.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    said = "" if style is None else str(style.get(q("w:val")))
    return int(said[7]) if said.startswith("Heading") and said[7:8].isdigit() else 0


def headings(desk: Desk) -> list[Element]:
    return [each for each in desk.paragraphs(any_place=False) if _level(each)]


def delete_section(desk: Desk) -> None:
    found = headings(desk)
    if len(found) < 2:
        return
    first = desk.random.choice(found)
    level = _level(first)
    later = []
    for each in first.itersiblings():
        if each.tag == q("w:sectPr") or (each.tag == q("w:p") and 0 < _level(each) <= level):
            break
        later.append(each)
    for each in [first, *later]:
        if each.tag == q("w:tbl"):
            drop(each)
        elif each.tag == q("w:p"):
            _gone(each)


def add_heading(desk: Desk) -> None:
    new = make("p", make("pPr", make("pStyle", val="Heading1")), run(desk.typed().capitalize()))
    desk.paragraph(any_place=False).addnext(new)


def add_paragraph(desk: Desk) -> None:
    desk.paragraph().addnext(make("p", run(desk.typed(2, 8).capitalize() + ".")))


def move_paragraph(desk: Desk) -> None:
    moved, beside = desk.paragraph(any_place=False), desk.paragraph(any_place=False)
    if moved is not beside and moved.find(f".//{q('w:sectPr')}") is None:
        beside.addnext(moved)


def bold_words(desk: Desk) -> None:
    text, at = desk.spot()
    _left, right = cut(text, at)
    make_bold(right)


def make_bold(node: Element) -> None:
    properties = node.find(q("w:rPr"))
    if properties is None:
        properties = make("rPr")
        node.insert(0, properties)
    if properties.find(q("w:b")) is None:
        first = [each for each in properties if each.tag in (q("w:rStyle"), q("w:rFonts"))]
        properties.insert(len(first), make("b"))


def new_note(desk: Desk) -> Element:
    """Return the run with a reference to a new note."""
    root = desk.package.part("footnotes")
    if len(root) == 0:
        for number, name in enumerate(("separator", "continuationSeparator"), -1):
            root.append(make("footnote", make("p", make("r", make(name))), type=name, id=number))
    number = max(int(str(each.get(q("w:id")))) for each in root) + 1
    own = make("r", make("rPr", make("rStyle", val="FootnoteReference")), make("footnoteRef"))
    style = make("pPr", make("pStyle", val="FootnoteText"))
    root.append(make("footnote", make("p", style, own, run(f" {desk.typed()}.")), id=number))
    reference = make("footnoteReference", id=number)
    return make("r", make("rPr", make("rStyle", val="FootnoteReference")), reference)


def has_note_styles(desk: Desk) -> bool:
    (name,) = desk.package.related(desk.package.main, "styles")
    ids = {each.get(q("w:styleId")) for each in desk.package.tree(name).iter(q("w:style"))}
    return {"FootnoteReference", "FootnoteText"} <= ids


def add_note(desk: Desk) -> None:
    if has_note_styles(desk):
        desk.put(*desk.spot(), new_note(desk), in_link=False)


def references(desk: Desk) -> list[Element]:
    found = desk.body.iter(q("w:footnoteReference"))
    return [each for each in found if not inside(each, "w:del", "w:ins", "w:moveFrom")]


def delete_note(desk: Desk) -> None:
    found = references(desk)
    if found:
        drop(desk.random.choice(found))


def edit_note(desk: Desk) -> None:
    texts = [text for each in _notes(desk) for node in each.iter(q("w:p")) for text in live(node)]
    if texts:
        text = desk.random.choice(texts)
        desk.put(text, len(text.text or ""), run(f" {desk.typed()}"))


def _notes(desk: Desk) -> Iterator[Element]:
    for name in desk.package.related(desk.package.main, "footnotes"):
        yield from (each for each in desk.package.tree(name) if each.get(q("w:type")) is None)


def rows(desk: Desk) -> list[Element]:
    return [each for each in desk.body.iter(q("w:tr")) if len(up(each).findall(q("w:tr"))) > 2]


def row_like(desk: Desk, row: Element) -> Element:
    new = twin(row)
    for each in list(new.iter(q("w:p"))):
        each[:] = [child for child in each if child.tag == q("w:pPr")]
        for mark in list(each.iter(q("w:ins"), q("w:del"))):
            drop(mark)
        each.append(run(desk.typed()))
    for mark in new.findall(f"{q('w:trPr')}/*"):
        if mark.tag in (q("w:ins"), q("w:del"), q("w:tblHeader")):
            drop(mark)
    return new


def add_row(desk: Desk) -> None:
    if rows(desk):
        row = desk.random.choice(rows(desk))
        row.addnext(row_like(desk, row))


def delete_row(desk: Desk) -> None:
    if rows(desk):
        drop(desk.random.choice(rows(desk)))


def edit_cell(desk: Desk) -> None:
    cells = [each for each in desk.paragraphs() if inside(each, "w:tc")]
    if cells:
        text = live(desk.random.choice(cells))[-1]
        desk.put(text, len(text.text or ""), run(f" {desk.typed()}"))


def add_link(desk: Desk) -> None:
    address = f"https://hun.no/{desk.random.randrange(10**6)}"
    number = desk.package.relate(desk.package.main, "hyperlink", address, external=True)
    new = make("hyperlink", run(desk.typed()))
    new.set(f"{{{R}}}id", number)
    desk.put(*desk.spot(), new, in_link=False)


def add_comment(desk: Desk) -> None:
    root = desk.package.part("comments")
    number = max((int(str(each.get(q("w:id")))) for each in root), default=-1) + 1
    said = make("p", run(f"Er dette riktig? {desk.typed()}"))
    root.append(make("comment", said, id=number, author=AUTHOR, date="2026-02-01T10:00:00Z", initials="KP"))
    text, at = desk.spot()
    end = make("commentRangeEnd", id=number)
    desk.put(text, at, end, make("r", make("commentReference", id=number)), in_link=False)
    paragraph = up(end)
    paragraph.insert(1 if paragraph.find(q("w:pPr")) is not None else 0, make("commentRangeStart", id=number))


def restyle(desk: Desk) -> None:
    """Give a paragraph another one's style and list."""
    paragraph, pattern = desk.paragraph(any_place=False), desk.paragraph(any_place=False)
    old, new = paragraph.find(q("w:pPr")), pattern.find(q("w:pPr"))
    kept = (q("w:sectPr"), q("w:pPrChange"), q("w:rPr"))
    if old is not None and not any(each.tag in kept for each in old):
        drop(old)
        old = None
    if old is None and new is not None and not any(each.tag in kept for each in new):
        paragraph.insert(0, deepcopy(new))


def add_item(desk: Desk) -> None:
    """Press Enter at the end of a paragraph and type on: style and list go on."""
    before = desk.paragraph()
    text = live(before)[-1]
    after = desk.halves(before, text, len(text.text or ""))
    after.append(run(desk.typed(2, 5)))


def copy_paragraph(desk: Desk) -> None:
    """Copy a paragraph to another place; its hidden name stays where it was, its notes are copied."""
    copied = twin(desk.paragraph(any_place=False))
    unique = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
    unfit = ("sectPr", "drawing", "ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "sdt")
    if next(copied.iter(*(q(f"w:{name}") for name in unfit)), None) is not None:
        return
    for each in list(copied.iter(*(q(f"w:{name}") for name in unique))):
        drop(each)
    for each in copied.iter(q("w:footnoteReference")):
        each.set(q("w:id"), _copied_note(desk, str(each.get(q("w:id")))))
    desk.paragraph(any_place=False).addnext(copied)


def _copied_note(desk: Desk, number: str) -> str:
    root = desk.package.part("footnotes")
    (note,) = (each for each in root if each.get(q("w:id")) == number)
    new = twin(note)
    new.set(q("w:id"), str(max(int(str(each.get(q("w:id")))) for each in root) + 1))
    for each in list(new.iter(q("w:bookmarkStart"), q("w:bookmarkEnd"))):
        drop(each)
    root.append(new)
    return str(new.get(q("w:id")))


def delete_table(desk: Desk) -> None:
    tables = desk.body.findall(q("w:tbl"))
    if tables:
        drop(desk.random.choice(tables))


def copy_table(desk: Desk) -> None:
    """Put a table in with the rows of another one, its words typed anew."""
    if rows(desk):
        row = desk.random.choice(rows(desk))
        new = like(up(row))
        new.extend([deepcopy(each) for each in up(row) if each.tag in (q("w:tblPr"), q("w:tblGrid"))])
        new.extend([row_like(desk, row) for _ in range(2)])
        paragraph = desk.paragraph(any_place=False)
        paragraph.addnext(new)
        new.addnext(make("p"))


PLAIN: tuple[Act, ...] = (
    type_words, type_words, type_words, delete_words, delete_words, replace_words, replace_words,
    split_paragraph, join_paragraphs, delete_paragraph, delete_section, add_heading, add_paragraph,
    move_paragraph, bold_words, add_note, delete_note, edit_note, add_row, delete_row, edit_cell, add_link,
    add_comment, restyle, add_item, copy_paragraph, delete_table, copy_table,
)  # fmt: skip


def edited(data: bytes, random: Random, acts: tuple[Act, ...], count: int) -> tuple[bytes, list[str]]:
    """Return the file after some edits, and their names."""
    desk = Desk(data, random)
    names = []
    for _ in range(count):
        act = random.choice(acts)
        act(desk)
        desk.tidy()
        names.append(act.__name__)
    return desk.package.data(), names
