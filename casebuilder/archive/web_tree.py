"""Pandoc's HTML as a tree, in which the tokens of the plain paper are elements."""

from __future__ import annotations

import re

from lxml import etree, html

from casebuilder.word.web_source import CLOSE, OPEN, TOKEN

Tree = etree._Element  # noqa: SLF001 - lxml's own name for the type
_MARKED = {"p": "data-passage", "n": "data-note"}
_LANGUAGE = re.compile(r"[A-Za-z0-9-]+")


def read_tree(fragment: str) -> Tree:
    """Return the fragment inside a <main>; paragraphs and note references are marked by empty spans."""
    said = TOKEN.sub(_element, fragment)
    main: Tree = html.fragment_fromstring(said.replace(OPEN, "").replace(CLOSE, ""), create_parent="main")
    return main


def _element(found: re.Match[str]) -> str:
    kind, said = found[1], found[2]
    if kind == "e":
        return "</span>"
    if kind == "l":
        return f'<span lang="{said}">' if _LANGUAGE.fullmatch(said) else "<span>"
    return f'<span {_MARKED[kind]}="{int(said)}"></span>'


def marks(root: Tree, kind: str = "p") -> list[tuple[int, Tree]]:
    """Return the marks below an element as (number, span)."""
    key = _MARKED[kind]
    return [(int(str(each.get(key))), each) for each in root.iter("span") if each.get(key) is not None]


def block_of(mark: Tree) -> Tree:
    """Return the block that a mark stands in."""
    blocks = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "main", "blockquote")
    return next(each for each in mark.iterancestors() if each.tag in blocks)


def text_of(node: Tree) -> str:
    """Return a node's words in one line."""
    return " ".join("".join(map(str, node.itertext())).split())


def make(tag: str, /, *content: str | Tree, **attributes: str) -> Tree:
    """Return an element of a text and elements; `class_` is class, `aria_label` is aria-label."""
    made: Tree = html.Element(tag, {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()})
    for each in content:
        if not isinstance(each, str):
            made.append(each)
        elif len(made):
            made[-1].tail = f"{made[-1].tail or ''}{each}"
        else:
            made.text = f"{made.text or ''}{each}"
    return made


def parent_of(node: Tree) -> Tree:
    """Return what a node stands in; it must stand in something."""
    found = node.getparent()
    if found is None:
        raise ValueError(node.tag)
    return found


def classes(node: Tree) -> str:
    """Return a node's class."""
    return node.get("class") or ""


def unwrap(node: Tree) -> None:
    """Take an element away and leave what stands in it."""
    node.drop_tag()  # type: ignore[attr-defined] # what lxml.html's elements have besides


def drop(node: Tree) -> None:
    """Take an element away with what stands in it, but not with what comes after it."""
    node.drop_tree()  # type: ignore[attr-defined] # as above
