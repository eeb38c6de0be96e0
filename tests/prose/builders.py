"""Markdown read the whole way, and blocks told in short, so that a test can compare them at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from casebuilder.paper import (
    Block,
    Citation,
    Code,
    Figure,
    Heading,
    Image,
    Inline,
    Jump,
    Landscape,
    LineBreak,
    Link,
    ListBlock,
    Mention,
    Note,
    NoteAgain,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.problems import Problem, Severity
from casebuilder.prose.pandoc import tree_of
from casebuilder.prose.reading import ReadText, mark_markdown, read_prose
from casebuilder.prose.shape import Prose
from casebuilder.register.records import Register
from tests.builders import case_of, register

FILE = "tekst.md"
cached_tree = cache(tree_of)


def marked(text: str, file: str = FILE, pictures: Mapping[str, bytes] | None = None) -> ReadText:
    made, problems = mark_markdown(file, text.encode())
    assert problems == ()
    return ReadText(made, cached_tree(made.content, ".md"), (pictures or {}).get)


def read(
    text: str, known: Register | None = None, pictures: Mapping[str, bytes] | None = None
) -> tuple[Prose, tuple[Problem, ...]]:
    known = known or register()
    return read_prose([marked(text, pictures=pictures)], known, case_of(known))


def body(text: str, known: Register | None = None) -> tuple[Block, ...]:
    """The blocks of a text in which nothing is wrong."""
    prose, problems = read(text, known)
    assert problems == ()
    return prose.body


def told(blocks: Sequence[Block]) -> list[str]:
    return [_block(block) for block in blocks]


def told_of(text: str, known: Register | None = None) -> list[str]:
    return told(body(text, known))


def faults(problems: Sequence[Problem]) -> list[tuple[str, int, int]]:
    return [(each.rule, each.place.line, each.place.column) for each in problems]


def rules(problems: Sequence[Problem], severity: Severity) -> list[str]:
    return [each.rule for each in problems if each.severity is severity]


def _block(block: Block) -> str:  # noqa: PLR0911 - a kind of block a line
    match block:
        case Heading():
            return f"{'#' * block.level} {words(block.content)}"
        case Paragraph():
            return words(block.content)
        case Quote():
            return f"> {' / '.join(told(block.content))}"
        case Code():
            return f"`{block.text}`"
        case ListBlock():
            mark = f"{block.format.value}:{block.start}" if block.format else "•"
            return f"{mark} {' | '.join(' / '.join(told(item)) for item in block.items)}"
        case Table():
            rows = [[" / ".join(told(cell.content)) for cell in row] for row in (*block.head, *block.body)]
            return f"table {words(block.caption)}: {rows}"
        case Figure():
            return f"figure {words((block.image,))} {words(block.caption)}"
        case Landscape():
            return f"landscape {told(block.content)}"


def words(inlines: Sequence[Inline]) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:  # noqa: PLR0911 - a kind of inline a line
    match inline:
        case Text():
            return inline.text
        case LineBreak():
            return "↵"
        case Link():
            return f"<{words(inline.content)}: {inline.address}>"
        case Jump():
            return f"<{words(inline.content)}: #{inline.anchor}>"
        case Note():
            return f"[^{' / '.join(told(inline.content))}]"
        case NoteAgain():
            return f"(note {inline.name}|{inline.prefix}|{inline.suffix})"
        case Image():
            return f"({inline.alt}: {inline.file} {inline.width})"
        case Mention():
            return f"({inline.body_id})"
        case Citation():
            return f"[{inline.prefix}@{inline.source_id}{inline.suffix}]"
