"""Paragraphs become what they were in the paper: its title, headings, quotations, captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casebuilder.archive.web_tree import Tree, block_of, make, marks
from casebuilder.word.web_source import Passage, Plain

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Headings:
    """The page's title, and its headings in order with what the list of contents says of them."""

    title: Tree
    entries: tuple[tuple[Tree, str], ...]


def mend_blocks(main: Tree, plain: Plain, title: str) -> Headings:
    """Make blocks what they were; a paper without a title in its text has its name as one."""
    found: Tree | None = None
    entries: list[tuple[Tree, str]] = []
    level = 1
    for number, mark in marks(main):
        passage, block = plain.passages[number], block_of(mark)
        if block.tag != "p" or block.getparent() is None:
            continue
        if passage.kind == "title" and found is None:
            block.tag, found = "h1", block
            _number(mark, passage)
        elif passage.kind == "heading" and not _is_inside(block):
            level = min(passage.level + 1, level + 1, _DEEPEST)
            block.tag = f"h{level}"
            _number(mark, passage)
            block.set("id", f"section-{len(entries) + 1}")
            entries.append((block, _without_notes(block)))
        elif passage.kind == "quote":
            _quote(block)
        elif passage.kind in ("caption", "heading", "title"):
            _number(mark, passage)
            block.set("class", passage.kind)
    if found is None:
        found = make("h1", title)
        main.insert(0, found)
        found.tail, main.text = main.text, None
    return Headings(found, tuple(entries))


def _is_inside(block: Tree) -> bool:
    return any(each.tag in ("li", "td", "th", "section") for each in block.iterancestors())


def _number(mark: Tree, passage: Passage) -> None:
    """Show the number that Word counts for a paragraph."""
    if passage.number is not None and passage.number.label:
        shown = make("span", passage.number.label, class_="number")
        shown.tail = " "
        mark.addprevious(shown)


def _quote(block: Tree) -> None:
    before = block.getprevious()
    if before is not None and before.tag == "blockquote" and not (before.tail or "").strip():
        before.append(block)
        return
    quote = make("blockquote")
    block.addprevious(quote)
    quote.append(block)


def _without_notes(heading: Tree) -> str:
    """Return a heading's words without the signs of notes."""
    signs = [each for each in heading.iter("a") if each.get("role") == "doc-noteref"]
    return " ".join("".join(_said(heading, signs)).split())


def _said(node: Tree, left_out: list[Tree]) -> Iterator[str]:
    if node not in left_out:
        yield node.text or ""
        for child in node:
            yield from _said(child, left_out)
            yield child.tail or ""
