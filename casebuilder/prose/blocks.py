"""Pandoc's JSON tree → the paper's blocks, with every slot filled (pure).

Element names are those of pandoc-types 1.23 (`Text.Pandoc.Definition`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from casebuilder.paper import (
    PLAIN,
    Align,
    Block,
    Cell,
    Code,
    Column,
    Figure,
    Format,
    Heading,
    Image,
    Inline,
    Landscape,
    LineBreak,
    ListBlock,
    NumberFormat,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.problems import Problem, info, msg
from casebuilder.prose.exempt import CLASS, exempt_blocks, exempt_inlines, misspelt
from casebuilder.prose.expressions import EXEMPT_END, EXEMPT_START, TOKEN
from casebuilder.prose.inlines import Asked, InlineReader, Nodes

LANDSCAPE_CLASS = "liggende"

_NUMBER_FORMATS = {
    "DefaultStyle": NumberFormat.DECIMAL,
    "Example": NumberFormat.DECIMAL,
    "Decimal": NumberFormat.DECIMAL,
    "LowerAlpha": NumberFormat.LOWER_LETTER,
    "UpperAlpha": NumberFormat.UPPER_LETTER,
    "LowerRoman": NumberFormat.LOWER_ROMAN,
    "UpperRoman": NumberFormat.UPPER_ROMAN,
}
_ALIGNS = {"AlignLeft": Align.LEFT, "AlignCenter": Align.CENTER, "AlignRight": Align.RIGHT}


def blocks_of(tree: str, asked: Asked) -> tuple[Block, ...]:
    """Read a whole tree; the problems it meets are left in `asked`."""
    return BlockReader(asked).read(json.loads(tree)["blocks"])


class BlockReader:
    """Reads blocks; each kind of pandoc's has one method here."""

    def __init__(self, asked: Asked) -> None:
        """Read with the answers of `asked`."""
        self._asked = asked
        self._inlines = InlineReader(asked, self._upright)
        self._format = PLAIN

    def read(self, nodes: Nodes) -> tuple[Block, ...]:
        """Return the paper's blocks for pandoc's."""
        return tuple(block for node in nodes for block in self._block(node["t"], node.get("c")))

    def _upright(self, nodes: Nodes) -> tuple[Block, ...]:
        """Read blocks where no page can be turned: inside lists, quotes, cells, notes and turned pages."""
        result: list[Block] = []
        for block in self.read(nodes):
            result += block.content if isinstance(block, Landscape) else [block]
        return tuple(result)

    def _words(self, nodes: Nodes) -> tuple[Inline, ...]:
        return self._inlines.read(nodes, self._format)

    def _block(self, kind: str, content: Any) -> Iterator[Block]:  # noqa: ANN401, C901, PLR0912 - JSON; one case a kind
        match kind:
            case "Para" | "Plain":
                yield from self._paragraph(content)
            case "Header":
                yield Heading(content[0], self._words(content[2]), content[1][0])
            case "BulletList":
                yield ListBlock(tuple(self._upright(item) for item in content))
            case "OrderedList":
                yield self._ordered(content)
            case "Table":
                yield self._table(content)
            case "Figure":
                yield from self._figure(content)
            case "BlockQuote":
                yield Quote(self._upright(content))
            case "Div":
                yield from self._division(content)
            case "CodeBlock":
                yield from self._code(content[1])
            case "LineBlock":
                yield Paragraph(self._lines(content))
            case "DefinitionList":
                yield from self._definitions(content)
            case "HorizontalRule":
                found = msg("a horizontal rule was left out; the template decides how parts are set off.")
                self._asked.problems.append(info("rule-left-out", self._asked.locate("---"), found))
            case _:
                found = msg("casebuilder does not know the element «{element}».", element=kind)
                self._asked.problems.append(Problem("unknown-element", self._asked.locate(""), found))

    def _paragraph(self, nodes: Nodes) -> Iterator[Block]:
        """Read a paragraph; one that is nothing but an expression may be a whole table."""
        said = str(nodes[0]["c"]) if len(nodes) == 1 and nodes[0]["t"] == "Str" else ""
        alone = TOKEN.fullmatch(said.strip(f"{EXEMPT_START}{EXEMPT_END}"))
        value = self._asked.fill(int(alone[1])) if alone else None
        is_marked = bool(alone) and said.startswith(EXEMPT_START)
        if isinstance(value, Table):
            yield from exempt_blocks((value,)) if is_marked else (value,)
            return
        content = value if isinstance(value, tuple) else self._words(nodes)
        content = exempt_inlines(content) if is_marked else content
        if len(content) == 1 and isinstance(content[0], Image):
            yield Figure(content[0])
        elif content:
            yield Paragraph(content)

    def _ordered(self, content: Any) -> Block:  # noqa: ANN401 - JSON
        (start, style, _delimiter), items = content
        return ListBlock(tuple(self._upright(item) for item in items), _NUMBER_FORMATS[style["t"]], start)

    def _lines(self, lines: list[Nodes]) -> tuple[Inline, ...]:
        result: list[Inline] = []
        for line in lines:
            result += [LineBreak()] if result else []
            result += self._words(line)
        return tuple(result)

    def _definitions(self, content: Any) -> Iterator[Block]:  # noqa: ANN401 - JSON
        for term, definitions in content:
            yield Paragraph(self._inlines.read(term, replace(self._format, bold=True)))
            for definition in definitions:
                yield Quote(self._upright(definition))

    def _code(self, text: str) -> Iterator[Block]:
        words = self._inlines.read([{"t": "Str", "c": text}])
        if not all(isinstance(inline, Text) for inline in words):
            found = msg("a citation or «organ» cannot stand in preformatted text.")
            expected = msg("Remove the spaces in front of the lines if they are ordinary text.")
            slot = TOKEN.search(text)
            place = self._asked.place(int(slot[1])) if slot else self._asked.locate("")
            self._asked.problems.append(Problem("preformatted", place, found, expected))
        texts = [inline for inline in words if isinstance(inline, Text)]
        yield Code("".join(each.text for each in texts), exempt=any(each.format.exempt for each in texts))

    def _division(self, content: Any) -> Iterator[Block]:  # noqa: ANN401 - JSON
        (_identifier, classes, named), nodes = content
        self._asked.problems += misspelt(classes, self._asked.locate)
        outer, self._format = self._format, _in_language(self._format, dict(named))
        turned = LANDSCAPE_CLASS in classes
        blocks = self._upright(nodes) if turned else self.read(nodes)
        self._format = outer
        blocks = (Landscape(blocks),) if turned else blocks
        yield from exempt_blocks(blocks) if CLASS in classes else blocks

    def _figure(self, content: Any) -> Iterator[Block]:  # noqa: ANN401 - JSON
        _attributes, (_short, caption_blocks), nodes = content
        caption = self._caption(caption_blocks)
        for block in self.read(nodes):
            yield replace(block, caption=caption) if isinstance(block, Figure) else block

    def _caption(self, nodes: Nodes) -> tuple[Inline, ...]:
        paragraphs = [block for block in self.read(nodes) if isinstance(block, Paragraph)]
        return tuple(inline for paragraph in paragraphs for inline in paragraph.content)

    def _table(self, content: Any) -> Block:  # noqa: ANN401 - JSON
        _attributes, (_short, caption), columns, head, bodies, foot = content
        body_rows = [row for body in bodies for row in (*body[2], *body[3])] + foot[1]
        return Table(
            columns=tuple(_column(column) for column in columns),
            head=tuple(self._row(row) for row in head[1] if _has_words(row)),
            body=tuple(self._row(row) for row in body_rows),
            caption=self._caption(caption),
        )

    def _row(self, row: Any) -> tuple[Cell, ...]:  # noqa: ANN401 - JSON
        _attributes, cells = row
        return tuple(
            Cell(self._upright(blocks), rows, columns, _ALIGNS.get(align["t"]))
            for _attributes, align, rows, columns, blocks in cells
        )


def _has_words(row: Any) -> bool:  # noqa: ANN401 - JSON
    """Tell whether a header row says anything; pandoc gives an empty one to a table without."""
    return any(cell[4] for cell in row[1])


def _column(spec: Any) -> Column:  # noqa: ANN401 - JSON
    align, width = spec
    share = float(width["c"]) if width["t"] == "ColWidth" else None
    return Column(_ALIGNS.get(align["t"], Align.LEFT), share)


def _in_language(fmt: Format, named: dict[str, str]) -> Format:
    return replace(fmt, language=named.get("lang", fmt.language))
