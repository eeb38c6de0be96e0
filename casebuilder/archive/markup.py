"""XML and HTML from plain values: an element is its name, what stands in it, and its attributes (pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True, slots=True)
class Node:
    """An element."""

    tag: str
    inside: str | tuple[Node, ...] = ""
    attributes: tuple[tuple[str, str], ...] = field(default=())


def node(tag: str, inside: str | Iterable[Node | None] = "", **attributes: str) -> Node:
    """Return an element; what is None among its children is left out. `xsi_type` is xsi:type."""
    content = inside if isinstance(inside, str) else tuple(each for each in inside if each is not None)
    named = tuple((name.rstrip("_").replace("_", ":"), value) for name, value in attributes.items())
    return Node(tag, content, named)


def maybe(tag: str, text: object) -> Node | None:
    """Return an element with a text, or nothing where there is none."""
    said = "" if text is None else str(text).strip()
    return Node(tag, said) if said else None


def xml(root: Node) -> bytes:
    """Return a document in UTF-8, indented, elements with text on one line."""
    lines = "\n".join(_lines(root, 0))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{lines}\n'.encode()


def _lines(each: Node, depth: int) -> Iterable[str]:
    space = "  " * depth
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in each.attributes)
    if isinstance(each.inside, str):
        yield f"{space}<{each.tag}{attributes}>{escape(each.inside)}</{each.tag}>"
        return
    yield f"{space}<{each.tag}{attributes}>"
    for child in each.inside:
        yield from _lines(child, depth + 1)
    yield f"{space}</{each.tag}>"
