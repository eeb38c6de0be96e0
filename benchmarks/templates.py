"""One template for all the peers, each in its own syntax; and the sample's with a large styles part.

The peers' template is the sample's without its conditions: the same letterhead, metadata and styles, and a
loop over paragraphs where casebuilder writes the body.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Word

from benchmarks.papers import ROOT, TEMPLATE

STYLES = "word/styles.xml"
_TAG = re.compile(r"\{\{\s*([\w.]+)[^}]*\}\}")
_ATTRIBUTE = re.compile(r'w:val="[^"]*\{\{[^"]*"')
_CONDITION = re.compile(r"\{%.*?%\}")
_SHOWN = re.compile(r"word/(document|header\d|footer\d)\.xml")
_DROPPED = re.compile(r"\{%tr|hjemmel|journalpost")
_LETTERS = str.maketrans("æøå", "aoa")
_BODY = "@@text@@"
_STYLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="Galleri#"><w:name w:val="Galleri #"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>'
    '<w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" '
    'w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
)
_KEPT = re.compile(r"\{\{ saksutredning \}\}|\{\{ sak\.tittel \}\}")


@dataclass(frozen=True)
class Syntax:
    """How a template language prints a value, and the paragraphs that print every paragraph of the text."""

    value: str
    loop: tuple[str, ...]


SYNTAXES = {
    "docxtpl": Syntax("{{ %s }}", ("{%p for a in avsnitt %}", "{{ a.tekst }}", "{%p endfor %}")),
    "subdoc": Syntax("{{ %s }}", ("{{p innhold }}",)),
    "docxtemplater": Syntax("{%s}", ("{#avsnitt}", "{tekst}", "{/avsnitt}")),
    "easy-template-x": Syntax("{%s}", ("{#avsnitt}{tekst}", "{/avsnitt}")),
    "carbone": Syntax("{d.%s}", ("{d.avsnitt[i].tekst}", "{d.avsnitt[i+1].tekst}")),
    "docx-templates": Syntax(
        "+++INS %s+++", ("+++FOR a IN avsnitt+++", "+++INS $a.tekst+++", "+++END-FOR a+++")
    ),
    "floor": Syntax("@@%s@@", ("@@avsnitt@@",)),
}
"""The peers that take a template, by name."""


def peer_template(peer: str) -> bytes:
    """Return the template in a peer's syntax."""
    syntax = SYNTAXES[peer]
    parts = {name: _in(syntax, name, part) for name, part in parts_of(_without_conditions()).items()}
    document = Document(io.BytesIO(zipped(parts)))
    place = next(paragraph for paragraph in document.paragraphs if paragraph.text == _BODY)
    for line in syntax.loop[:-1]:
        place.insert_paragraph_before(line)
    place.text = syntax.loop[-1]
    return _saved(document)


def field_names() -> frozenset[str]:
    """Return the names of the values that the peers' template prints."""
    parts = parts_of(_without_conditions())
    shown = (_ATTRIBUTE.sub("", part.decode()) for name, part in parts.items() if _SHOWN.fullmatch(name))
    tags = (tag for part in shown for tag in _TAG.findall(part))
    return frozenset(_ascii(tag) for tag in tags) - {"saksutredning"}


def _in(syntax: Syntax, name: str, part: bytes) -> bytes:
    """Return a part with every tag in this syntax, and none in attributes, which most peers do not fill."""
    if not _SHOWN.fullmatch(name):
        return part
    text = _CONDITION.sub("", _ATTRIBUTE.sub('w:val="Saksfremstilling"', part.decode()))
    return _TAG.sub(lambda tag: _tag(syntax, tag[1]), text).encode()


def _tag(syntax: Syntax, name: str) -> str:
    return _BODY if name == "saksutredning" else syntax.value % _ascii(name)


def _ascii(tag: str) -> str:
    """Return the name that every template language takes for a tag of ours."""
    return tag.replace(".", "_").translate(_LETTERS)


def heavy(template: bytes, least: int) -> bytes:
    """Return a template whose styles part has at least so many bytes, filled with table styles."""
    parts = parts_of(template)
    styles = parts[STYLES].decode()
    each = len(_STYLE.replace("#", "1000"))
    more = "".join(
        _STYLE.replace("#", str(1000 + number)) for number in range((least - len(styles)) // each + 1)
    )
    parts[STYLES] = styles.replace("</w:styles>", f"{more}</w:styles>").encode()
    return zipped(parts)


def parts_of(package: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a Word file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return buffer.getvalue()


def _without_conditions() -> bytes:
    """Return the sample's template with its letterhead, metadata, title and the place of the text alone."""
    document = Document(str(ROOT / "templates" / TEMPLATE))
    rows = [row for table in document.tables for row in table.rows]
    out: list[Any] = [each._p for each in document.paragraphs if not _KEPT.fullmatch(each.text)]  # noqa: SLF001
    out += [row._tr for row in rows if _DROPPED.search(row.cells[0].text)]  # noqa: SLF001 - nothing removes them
    for element in out:
        element.getparent().remove(element)
    return _saved(document)


def _saved(document: Word) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
