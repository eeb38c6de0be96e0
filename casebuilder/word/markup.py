"""Building WordprocessingML as text: one string an element, read into a tree once a story.

A paper has thousands of elements; making each of them as a node of a tree takes longer than all else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from casebuilder.word.xml import Element

Markup = str
"""One element of a story, such as «<w:p>…</w:p>»; its prefixes are python-docx's."""

MARKS = ("<w:bookmarkStart ", "<w:bookmarkEnd ")
_START = f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>"


def element(tag: str, children: Iterable[Markup] = (), /, **attributes: object) -> Markup:
    """Make an element such as «w:pStyle»; attributes are of the w namespace: `val="x"` is w:val."""
    said = "".join([f' w:{key}="{in_value(value)}"' for key, value in attributes.items()])
    return f"<{tag}{said}>{''.join(children)}</{tag}>"


def on(value: bool, name: str) -> list[Markup]:  # noqa: FBT001 - reads as a row of switches
    """Return the toggle element if the property is on, else nothing."""
    return [f"<{name}/>"] if value else []


def text_elements(text: str) -> list[Markup]:
    """Return w:t elements for a text, with w:tab and w:br for tabs and line feeds."""
    if "\n" not in text and "\t" not in text:
        return [f'<w:t xml:space="preserve">{in_text(text)}</w:t>'] if text else []
    result: list[Markup] = []
    for at, line in enumerate(text.split("\n")):
        result += ["<w:br/>"] if at else []
        for column, piece in enumerate(line.split("\t")):
            result += ["<w:tab/>"] if column else []
            result += [f'<w:t xml:space="preserve">{in_text(piece)}</w:t>'] if piece else []
    return result


def run(content: Iterable[Markup], properties: Iterable[Markup] = ()) -> Markup:
    """Return a w:r with its properties, if any, first."""
    made = "".join(properties)
    return f"<w:r>{f'<w:rPr>{made}</w:rPr>' if made else ''}{''.join(content)}</w:r>"


def paragraph(properties: Sequence[Markup], content: Iterable[Markup]) -> Markup:
    """Return a w:p with its properties, if any, first."""
    made = f"<w:pPr>{''.join(properties)}</w:pPr>" if properties else ""
    return f"<w:p>{made}{''.join(content)}</w:p>"


def with_lead(made: Markup, lead: Iterable[Markup]) -> Markup:
    """Return a paragraph with something before all else in it but its properties."""
    properties, content = _taken_apart(made)
    return paragraph([properties] if properties else [], [*lead, content])


def spaced(made: Markup, **space: int) -> Markup:
    """Return a paragraph with so much space `before` and `after` it, in twips, whatever its style says."""
    properties, content = _taken_apart(made)
    at = min((at for tag in _AFTER_SPACING if (at := properties.find(tag)) >= 0), default=len(properties))
    head, own, tail = properties[:at].partition("<w:spacing")
    said = dict(each.split("=") for each in own and tail.partition(">")[0].split())
    said |= {f"w:{key}": f'"{value}"' for key, value in space.items()}
    new = "".join(f" {key}={value}" for key, value in said.items())
    return paragraph([head, f"<w:spacing{new}></w:spacing>", properties[at:]], [content])


_AFTER_SPACING = ("<w:ind", "<w:jc")
"""What comes after w:spacing in the properties that are written here (ECMA-376 part 1, 17.3.1.26)."""


def _taken_apart(made: Markup) -> tuple[Markup, Markup]:
    """Return a paragraph's properties and what it holds."""
    inside = made.removeprefix("<w:p>").removesuffix("</w:p>")
    if not inside.startswith("<w:pPr>"):
        return "", inside
    properties, _end, content = inside.removeprefix("<w:pPr>").partition("</w:pPr>")
    return properties, content


def from_tree(node: Element) -> Markup:
    """Return an element of a tree, without what follows it."""
    return etree.tostring(node, encoding="unicode", with_tail=False)


def to_trees(made: Iterable[Markup]) -> list[Element]:
    """Return elements as trees that can be put into a document."""
    return list(parse_xml(f"{_START}{''.join(made)}</w:body>"))


def in_text(text: str) -> Markup:
    """Return a text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def in_value(value: object) -> Markup:
    """Return a value as it stands in an attribute."""
    if isinstance(value, int):
        return str(value)
    return in_text(str(value)).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
