"""The tokens of a rendered frame filled with the values that they stand for, in the tree."""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import cast

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.printed import OPENING, TOKEN, Values
from casebuilder.word.styles import Styles
from casebuilder.word.xml import XML_SPACE, Element, element, run, text_elements

_WITH_TOKEN = etree.XPath(f"//text()[contains(., '{OPENING}')]/.. | //@*[contains(., '{OPENING}')]/..")


def has_token(root: Element) -> bool:
    """Tell whether something in a part is to be filled in."""
    return bool(_WITH_TOKEN(root))


def fill(root: Element, values: Values, styles: Styles) -> None:
    """Fill every token of a part, in text and in attributes, with the value that it stands for.

    A value that is exempt stands in a run of its own, in the style that marks it.
    """
    for node in cast("list[Element]", _WITH_TOKEN(root)):
        for name, value in node.attrib.items():
            if TOKEN.search(str(value)):
                node.set(name, TOKEN.sub(values.text, str(value)))
        if len(node) == 0 and node.text and TOKEN.search(node.text):
            has_exempt = any(map(values.is_exempt, TOKEN.finditer(node.text)))
            texts = _set_apart(node, values, styles) if has_exempt and node.tag == qn("w:t") else [node]
            for each in texts:
                _fill_text(each, TOKEN.sub(values.text, each.text or ""))


def _set_apart(node: Element, values: Values, styles: Styles) -> list[Element]:
    """Cut a w:t so that what is exempt stands in runs of its own; return the new w:t."""
    inside = node.getparent()
    if inside is None:
        return [node]
    made, texts = [], []
    for is_exempt, words in groupby(_pieces(node.text or "", values), lambda piece: piece[1]):
        text = element("w:t")
        text.text = "".join(word for word, _exempt in words)
        text.set(XML_SPACE, "preserve")
        made.append(run([text], _look(inside, styles.exempt()[1] if is_exempt else "")))
        texts.append(text)
    rest = list(node.itersiblings())
    made += [run(rest, _look(inside, ""))] if rest else []
    inside.remove(node)
    for each in reversed(made):
        inside.addnext(each)
    if all(each.tag == qn("w:rPr") for each in inside):
        inside.getparent().remove(inside)  # type: ignore[union-attr]
    return texts


def _pieces(text: str, values: Values) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is exempt; a token is a piece."""
    found, end = [], 0
    for token in TOKEN.finditer(text):
        between = text[end : token.start()]
        found += [(between, False)] if between else []
        found.append((token.group(), values.is_exempt(token)))
        end = token.end()
    return [*found, *([(text[end:], False)] if text[end:] else [])]


def _look(inside: Element, style: str) -> list[Element]:
    """Return a copy of a run's properties, in another character style if one is given."""
    own = inside.find(qn("w:rPr"))
    look = [deepcopy(each) for each in (own if own is not None else ())]
    if not style:
        return look
    return [element("w:rStyle", val=style), *(each for each in look if each.tag != qn("w:rStyle"))]


def _fill_text(node: Element, text: str) -> None:
    """Set an element's text; tabs and line breaks of a w:t become elements of the same run."""
    parent = node.getparent()
    if node.tag != qn("w:t"):
        node.text = text
    elif text and "\t" not in text and "\n" not in text:
        node.text = text
        node.set(XML_SPACE, "preserve")
    elif parent is not None:
        at = parent.index(node)
        parent[at : at + 1] = text_elements(text)
