"""The tag tree of a PDF, walked in reading order (ISO 32000-1, 14.7.2)."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf


def children(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    """Return what an entry holds, which may be nothing, one thing or an array of them."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def below(node: pikepdf.Object, *keys: str) -> pikepdf.Object | None:
    """Return the entry of an entry of a dictionary; None where there is none."""
    found: pikepdf.Object | None = node
    for key in keys:
        found = found.get(key) if isinstance(found, pikepdf.Dictionary) else None
    return found


def is_element(node: object) -> bool:
    """Tell whether something in the tree is a structure element."""
    return isinstance(node, pikepdf.Dictionary) and "/S" in node


def is_a(node: object, kind: str) -> bool:
    """Tell whether something in the tree is an element of a kind, such as «/Note»."""
    return isinstance(node, pikepdf.Dictionary) and "/S" in node and kind == node.S


def walk(pdf: pikepdf.Pdf, below: pikepdf.Object | None = None) -> Iterator[pikepdf.Object]:
    """Yield the elements of the whole tree, or below one of them, each before its children."""
    root = pdf.Root.get("/StructTreeRoot") if below is None else below
    waiting = children(root.get("/K") if root is not None else None)[::-1]
    while waiting:
        node = waiting.pop()
        if is_element(node):
            yield node
            waiting += children(node.get("/K"))[::-1]


def role(pdf: pikepdf.Pdf, node: pikepdf.Object) -> str:
    """Return the standard type of an element, through the map of roles."""
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", pikepdf.Dictionary())
    kind, seen = str(node.S), set[str]()
    while kind in roles and kind not in seen:
        seen.add(kind)
        kind = str(roles[kind])
    return kind
