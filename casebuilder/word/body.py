"""Blocks → paragraphs and tables in the template's styles, a hidden bookmark on each block.

ECMA-376 part 1: 17.3.1 paragraphs, 17.9 numbering, 17.16.5.56 SEQ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn

from casebuilder.paper import (
    Align,
    Block,
    Code,
    Figure,
    Heading,
    Inline,
    Landscape,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from casebuilder.word.numbering import LEVELS, Numbering
from casebuilder.word.runs import Runs, field_runs
from casebuilder.word.styles import Styles
from casebuilder.word.tables import table_element
from casebuilder.word.xml import Element, element, run, text_elements

BOOKMARK = "_cb_"
"""What the hidden name of every block begins with; at most 40 characters in all (Word's limit)."""

_LIST_STYLES = ("List Bullet", "List Bullet 2", "List Bullet 3")
_NUMBER_STYLES = ("List Number", "List Number 2", "List Number 3")
_CONTINUE_STYLES = ("List Continue", "List Continue 2", "List Continue 3")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a block stands: the paragraph style there, how it is aligned, the list it is in."""

    style: str | None = None  # a style id; None is the document's default
    align: Align | None = None
    list_number: str | None = None
    list_ordered: bool = False
    level: int = -1


@dataclass
class Body:
    """Writes blocks into one story."""

    runs: Runs
    styles: Styles
    numbering: Numbering
    landscape: Callable[[list[Element]], list[Element]]
    width: int  # of the text, in twips
    captions: Counter[str] = field(default_factory=Counter)

    def write(self, blocks: Sequence[Block], setting: Setting | None = None) -> list[Element]:
        """Return the elements of blocks; two tables never touch, for Word would join them."""
        result: list[Element] = []
        for block in blocks:
            made = list(self._block(block, setting or Setting()))
            after_table = _is_table(_content(reversed(result)))
            if after_table and _is_table(_content(made)):
                result.append(element("w:p"))
            if after_table and isinstance(block, Paragraph) and setting is None:
                self._after_table(made[0])
            result += made
        return result

    def _block(self, block: Block, setting: Setting) -> Iterator[Element]:
        match block:
            case Heading():
                style = self.styles.id(f"heading {block.level}")
                yield self._paragraph(self.runs.write(block.content), Setting(style), block.key)
            case Paragraph():
                yield self._paragraph(self.runs.write(block.content), setting, block.key)
            case Quote():
                inner = replace(setting, style=self.styles.id("Quote"))
                yield from self.write(block.content, inner)
            case Code():
                style = self.styles.find("Kode") or self.styles.id("HTML Preformatted")
                yield self._paragraph([run(text_elements(block.text))], Setting(style), block.key)
            case ListBlock():
                yield from self._list(block, setting)
            case Table():
                yield from self._table(block, setting)
            case Figure():
                yield from self._figure(block, setting)
            case Landscape():
                yield from self.landscape(self._wide().write(block.content))

    def _wide(self) -> Body:
        """Return a writer for a page turned sideways: the text is as wide as the page was high."""
        return replace(self, width=round(self.width * 1.55))

    def _paragraph(self, content: Iterable[Element], setting: Setting, key: str = "") -> Element:
        properties = []
        if setting.style:
            properties.append(element("w:pStyle", val=setting.style))
        if setting.list_number:
            level = [element("w:ilvl", val=setting.level), element("w:numId", val=setting.list_number)]
            properties.append(element("w:numPr", level))
        if setting.align and setting.align is not Align.LEFT:
            properties.append(element("w:jc", val=setting.align.value))
        inside = list(content)
        if key:
            start, end = self.runs.names.bookmark(f"{BOOKMARK}{key}")
            inside = [start, *inside, end]
        return element("w:p", [*([element("w:pPr", properties)] if properties else []), *inside])

    def _after_table(self, paragraph: Element) -> None:
        style = self.styles.find("Brødtekst etter tabell")
        if style and paragraph.find(qn("w:pPr")) is None:
            paragraph.insert(0, element("w:pPr", [element("w:pStyle", val=style)]))

    def _list(self, block: ListBlock, setting: Setting) -> Iterator[Element]:
        level = min(setting.level + 1, LEVELS - 1)
        ordered = block.format is not None
        number = setting.list_number if self._continues(block, setting) else None
        if number is None:
            number = self.numbering.of_list(block.format, block.start, level + _depth(block))
        names = _NUMBER_STYLES if ordered else _LIST_STYLES
        style = self.styles.id(names[min(level, len(names) - 1)])
        first = Setting(style, None, number, ordered, level)
        for item in block.items:
            yield from self._item(item, first)

    @staticmethod
    def _continues(block: ListBlock, setting: Setting) -> bool:
        """Tell whether a nested list is of its parent's kind, so that one Word list holds both."""
        same = (block.format is not None) == setting.list_ordered and block.start == 1
        return setting.list_number is not None and same

    def _item(self, item: Sequence[Block], setting: Setting) -> Iterator[Element]:
        """Write a list item: its first paragraph carries the number, the others stand below it."""
        below = _CONTINUE_STYLES[min(setting.level, len(_CONTINUE_STYLES) - 1)]
        for at, block in enumerate(item):
            if isinstance(block, ListBlock):
                yield from self._list(block, setting)
            elif at == 0 and isinstance(block, Paragraph):
                yield from self._block(block, setting)
            else:
                yield from self._block(block, Setting(self.styles.id(below)))

    def _table(self, block: Table, setting: Setting) -> Iterator[Element]:
        if block.caption:
            yield self._caption("tabell", block.caption, f"{block.key}c", above=True)
        cell_style = self.styles.find("Tabelltekst") or setting.style
        style = self.styles.find("Sakstabell", "table") or self.styles.id("Table Grid")

        def cell(blocks: Sequence[Block], align: Align) -> list[Element]:
            inside = Setting(cell_style, align)
            made = self.write(without_keys(blocks), inside)
            return made if made and made[-1].tag == qn("w:p") else [*made, self._paragraph([], inside)]

        start, end = self.runs.names.bookmark(f"{BOOKMARK}{block.key}")
        yield start
        yield table_element(block, style, self.width, cell)
        yield end

    def _figure(self, block: Figure, setting: Setting) -> Iterator[Element]:
        picture = self._paragraph([run([self.runs.picture(block.image)])], setting, block.key)
        if block.caption:
            properties = picture.find(qn("w:pPr"))
            keep = element("w:keepNext")
            if properties is None:
                picture.insert(0, element("w:pPr", [keep]))
            else:
                properties.insert(1, keep)
        yield picture
        if block.caption:
            yield self._caption("figur", block.caption, f"{block.key}c", above=False)

    def _caption(self, kind: str, content: Sequence[Inline], key: str, *, above: bool) -> Element:
        """Write «Tabell 1: …» with a live SEQ number; a caption below ends its figure."""
        label = self.runs.words[kind]
        self.captions[label] += 1
        number = field_runs(f" SEQ {label} \\* ARABIC ", str(self.captions[label]))
        lead = [run(text_elements(f"{label}\xa0")), *number, run(text_elements(": "))]
        made = self._paragraph([*lead, *self.runs.write(content)], Setting(self.styles.id("caption")), key)
        if not above:
            made[0].append(element("w:keepNext", val="0"))
            made[0].insert(1, made[0][-1])
        return made


def _content(elements: Iterable[Element]) -> Element | None:
    """Return the first element that is no bookmark."""
    marks = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
    return next((each for each in elements if each.tag not in marks), None)


def _is_table(node: Element | None) -> bool:
    return node is not None and node.tag == qn("w:tbl")


def _depth(block: ListBlock) -> int:
    """Return how many levels a list has, itself included."""
    nested = (_depth(each) for item in block.items for each in item if isinstance(each, ListBlock))
    return 1 + max(nested, default=0)


def without_keys(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks that get no bookmark of their own, as in cells and notes."""
    return tuple(replace(block, key="") for block in blocks)
