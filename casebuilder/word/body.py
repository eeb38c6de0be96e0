"""Blocks → paragraphs and tables in the template's styles, a hidden bookmark on each block.

ECMA-376 part 1: 17.3.1 paragraphs, 17.9 numbering, 17.16.5.56 SEQ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from casebuilder.paper import (
    Align,
    Block,
    Code,
    Figure,
    Format,
    Heading,
    Image,
    Inline,
    Jump,
    Landscape,
    LineBreak,
    Link,
    ListBlock,
    NoteAgain,
    NumberFormat,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.prose.exempt import is_exempt
from casebuilder.word.forms import BOOKMARK
from casebuilder.word.markup import MARKS, Markup, element, paragraph, run, spaced, text_elements, with_lead
from casebuilder.word.numbering import LEVELS, Numbering
from casebuilder.word.runs import Runs, field_runs
from casebuilder.word.sections import Sections
from casebuilder.word.styles import Styles
from casebuilder.word.tables import table_element

EMU_PER_TWIP = 635
_AFTER_TABLE, _UNDER_PICTURE, _AFTER_FIGURE = 240, 80, 240  # twips
_CELL_MARGINS = 220  # twips, what a cell keeps free to the left and right of its words

_LIST_STYLES = ("List Bullet", "List Bullet 2", "List Bullet 3")
_NUMBER_STYLES = ("List Number", "List Number 2", "List Number 3")
_CONTINUE_STYLES = ("List Continue", "List Continue 2", "List Continue 3")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a block stands: the paragraph style there, how it is aligned, the list it is in."""

    style: str | None = None  # a style id; None is the document's default
    align: Align | None = None
    list_number: str | None = None
    list_format: NumberFormat | None = None
    level: int = -1
    indent: int = 0  # twips
    keep_next: str = ""  # 1 or 0; empty is as the style says
    inside: bool = False  # in a cell or a note, whose style holds for lists too


@dataclass
class Body:
    """Writes blocks into one story."""

    runs: Runs
    styles: Styles
    numbering: Numbering
    sections: Sections
    width: int  # of the text, in twips
    captions: Counter[str] = field(default_factory=Counter)

    def write(self, blocks: Sequence[Block], setting: Setting | None = None) -> list[Markup]:
        """Return the elements of blocks; two tables never touch, for Word would join them."""
        result: list[Markup] = []
        for block in blocks:
            made = list(self._block(block, setting or Setting()))
            last = _content(reversed(result))
            first = _content(made)
            if last and _is_table(last) and first:
                if _is_table(first):
                    result.append(element("w:p"))
                elif setting is None:
                    made[made.index(first)] = self._after_table(block, first)
            result += made
        return result

    def _block(self, block: Block, setting: Setting) -> Iterator[Markup]:
        match block:
            case Heading():
                style = self.styles.id(f"heading {block.level}")
                yield self._paragraph(self.runs.write(block.content), Setting(style), block.key)
            case Paragraph():
                yield self._words(block, setting)
            case Quote():
                inner = replace(setting, style=self.styles.id("Quote"))
                yield from self.write(block.content, inner)
            case Code():
                style = self.styles.find("Kode") or self.styles.id("HTML Preformatted")
                words = self.runs.write((Text(block.text, Format(exempt=block.exempt)),))
                yield self._paragraph(words, Setting(style), block.key)
            case ListBlock():
                yield from self._list(block, setting)
            case Table():
                yield from self._table(block, setting)
            case Figure():
                yield from self._figure(block, setting)
            case Landscape():
                wide = self._in_room(*self.sections.wide_text)
                yield from self.sections.landscape(wide.write(block.content))

    def _words(self, block: Paragraph, setting: Setting) -> Markup:
        """Write a paragraph; running text that is exempt as a whole is so by the paragraph's own style."""
        says = [each for each in block.content if not isinstance(each, LineBreak)]
        if setting == Setting() and says and all(map(is_exempt, says)):
            style = Setting(self.styles.exempt()[0])
            return self._paragraph(self.runs.write(map(_open, block.content)), style, block.key)
        return self._paragraph(self.runs.write(block.content), setting, block.key)

    def _in_room(self, width: int, height: int = 0) -> Body:
        """Return a writer for a text of another width, and height if said, in twips."""
        high = height * EMU_PER_TWIP or self.runs.text_height
        runs = replace(self.runs, text_width=width * EMU_PER_TWIP, text_height=high)
        return replace(self, width=width, runs=runs)

    def _paragraph(self, content: Iterable[Markup], setting: Setting, key: str = "") -> Markup:
        if not key:
            return paragraph(_look(setting), content)
        start, end = self.runs.names.bookmark(f"{BOOKMARK}{key}")
        return paragraph(_look(setting), [start, *content, end])

    def _after_table(self, block: Block, first: Markup) -> Markup:
        """Keep the words after a table away from it, as Word itself does not."""
        style = self.styles.find("Brødtekst etter tabell")
        if isinstance(block, Paragraph) and style and not first.startswith("<w:p><w:pPr>"):
            return with_lead(first, [element("w:pPr", [element("w:pStyle", val=style)])])
        if isinstance(block, Paragraph | ListBlock | Quote | Code | Figure):
            return spaced(first, before=_AFTER_TABLE)
        return first

    def _list(self, block: ListBlock, setting: Setting) -> Iterator[Markup]:
        level = min(setting.level + 1, LEVELS - 1)
        number = setting.list_number if self._continues(block, setting) else None
        if number is None:
            number = self.numbering.of_list(block.format, block.start, level + _depth(block), level)
        names = _NUMBER_STYLES if block.format else _LIST_STYLES
        style = setting.style if setting.inside else self.styles.id(names[min(level, len(names) - 1)])
        first = Setting(style, None, number, block.format, level, inside=setting.inside)
        for item in block.items:
            yield from self._item(item, first)

    def _continues(self, block: ListBlock, setting: Setting) -> bool:
        """Tell whether a nested list is of its parent's kind, so that one Word list holds both.

        Decimals inside decimals take whatever the list's design has there, such as «a)».
        """
        if setting.list_number is None or block.start != 1:
            return False
        if block.format is None or block.format is NumberFormat.DECIMAL:
            return block.format is setting.list_format
        level = min(setting.level + 1, LEVELS - 1)
        wanted: str = block.format.value
        return self.numbering.format_of(setting.list_number, level) == wanted

    def _item(self, item: Sequence[Block], setting: Setting) -> Iterator[Markup]:
        """Write a list item: its first paragraph carries the number, the others stand below it.

        A second list of an item counts anew, so it is never of the same Word list as the first.
        """
        nested = setting
        if not item or not isinstance(item[0], Paragraph):
            yield self._paragraph([], setting)
        for at, block in enumerate(item):
            if isinstance(block, ListBlock):
                yield from self._list(block, nested)
                nested = replace(setting, list_number=None)
            elif at == 0 and isinstance(block, Paragraph):
                yield from self._block(block, setting)
            else:
                yield from self._block(block, self._below(setting))

    def _below(self, item: Setting) -> Setting:
        """Return where an item's further paragraphs stand: under the words of the first."""
        style = _CONTINUE_STYLES[min(item.level, len(_CONTINUE_STYLES) - 1)]
        indent = self.numbering.indent_of(item.list_number or "", item.level)
        return Setting(
            item.style if item.inside else self.styles.id(style), indent=indent, inside=item.inside
        )

    def _table(self, block: Table, setting: Setting) -> Iterator[Markup]:
        if block.caption:
            yield self._caption("tabell", block.caption, block.key and f"{block.key}c", above=True)
        rooms: dict[int, Body] = {}  # cells as wide as each other share their writer
        cell_style = self.styles.find("Tabelltekst") or setting.style
        style = self.styles.find("Sakstabell", "table") or self.styles.id("Table Grid")

        def cell(blocks: Sequence[Block], align: Align, room: int) -> list[Markup]:
            inside = Setting(cell_style, align, inside=True)
            if room not in rooms:
                rooms[room] = self._in_room(room - _CELL_MARGINS)
            made = rooms[room].write(blocks, inside)
            return made if made and made[-1].startswith("<w:p>") else [*made, self._paragraph([], inside)]

        made = table_element(block, style, self.width, cell)
        if not block.key:
            yield made
            return
        start, end = self.runs.names.bookmark(f"{BOOKMARK}{block.key}")
        yield from (start, made, end)

    def _figure(self, block: Figure, setting: Setting) -> Iterator[Markup]:
        keep = "1" if block.caption else ""
        inside = self.runs.write((block.image,))
        picture = self._paragraph(inside, replace(setting, keep_next=keep), block.key)
        yield spaced(picture, after=_UNDER_PICTURE) if block.caption else picture
        if block.caption:
            caption = self._caption("figur", block.caption, block.key and f"{block.key}c", above=False)
            yield spaced(caption, before=0, after=_AFTER_FIGURE)

    def _caption(self, kind: str, content: Sequence[Inline], key: str, *, above: bool) -> Markup:
        """Write «Tabell 1: …» with a live SEQ number; a caption below ends its figure."""
        label = self.runs.words[kind]
        self.captions[label] += 1
        number = field_runs(f" SEQ {label} \\* ARABIC ", str(self.captions[label]))
        lead = [run(text_elements(f"{label}\xa0")), *number, run(text_elements(": "))]
        setting = Setting(self.styles.id("caption"), keep_next="" if above else "0")
        return self._paragraph([*lead, *self.runs.write(content)], setting, key)


@lru_cache(maxsize=1024)
def _look(setting: Setting) -> tuple[Markup, ...]:
    """Return the properties of a paragraph that stands so; most stand as many others."""
    properties = []
    if setting.style:
        properties.append(element("w:pStyle", val=setting.style))
    if setting.keep_next:
        properties.append(element("w:keepNext", **({"val": 0} if setting.keep_next == "0" else {})))
    if setting.list_number:
        level = [element("w:ilvl", val=setting.level), element("w:numId", val=setting.list_number)]
        properties.append(element("w:numPr", level))
    if setting.indent:
        properties.append(element("w:ind", left=setting.indent))
    if setting.align and setting.align is not Align.LEFT:
        properties.append(element("w:jc", val=setting.align.value))
    return tuple(properties)


def _open(inline: Inline) -> Inline:
    """Return an inline without the mark that its paragraph's style bears; those of its notes stay."""
    if isinstance(inline, Text):
        return _open_text(inline)
    if isinstance(inline, Link | Jump):
        return replace(inline, content=tuple(map(_open_text, inline.content)))
    return replace(inline, exempt=False) if isinstance(inline, Image | NoteAgain) else inline


def _open_text(text: Text) -> Text:
    return replace(text, format=replace(text.format, exempt=False))


def _content(elements: Iterable[Markup]) -> Markup:
    """Return the first element that is no bookmark; nothing if there is none."""
    return next((each for each in elements if not each.startswith(MARKS)), "")


def _is_table(made: Markup) -> bool:
    return made.startswith("<w:tbl>")


def _depth(block: ListBlock) -> int:
    """Return how many levels a list has, itself included."""
    nested = (_depth(each) for item in block.items for each in item if isinstance(each, ListBlock))
    return 1 + max(nested, default=0)
