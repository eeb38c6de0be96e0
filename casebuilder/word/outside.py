"""What a template would fetch from elsewhere when its papers are opened: told, for no paper may call out.

Relationships that lead out of the package (ECMA-376 part 2, 9.3), fields that include files (part 1, 17.16).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.inlines import is_safe_address

_FETCHES = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|LINK|DDE|DDEAUTO|IMPORT|INCLUDE|DATABASE|RD)\b")
_ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
_FIELDS = tuple(map(qn, ("w:instrText", "w:fldSimple")))


def fetched(parts: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    """Yield what a template fetches, and links that are neither https, http nor mailto."""
    for name, data in parts.items():
        if name.endswith(".rels"):
            for each in parse_xml(data):
                if each.get("TargetMode") == "External":
                    yield from _relationship(str(each.get("Type")), str(each.get("Target")), file)
        elif name.startswith("word/") and name.endswith(".xml"):
            for node in parse_xml(data).iter(*_FIELDS):
                code = _FETCHES.match((node.text or node.get(qn("w:instr")) or "").strip())
                if code:
                    found = msg("the template has a field «{name}», which fetches a file.", name=code[1])
                    expected = msg("Insert what it shows into the template itself.")
                    yield Problem("template-fetches", Place(file), found, expected)


def _relationship(kind: str, target: str, file: str) -> Iterator[Problem]:
    if kind == _ATTACHED:
        return
    if kind != RT.HYPERLINK:
        found = msg("the template fetches «{address}» from elsewhere.", address=target)
        expected = msg("Insert what it shows into the template itself.")
        yield Problem("template-fetches", Place(file), found, expected)
    elif not target.startswith("#") and not is_safe_address(target):
        found = msg("the link to «{address}» is neither https, http nor mailto.", address=target)
        expected = msg("Expected an address that starts with https:// or http://.")
        yield Problem("link-address", Place(file), found, expected)


def detach_template(document: Document) -> None:
    """Let the paper stand by itself: Word would look for the template's own template on opening it."""
    settings = cast("XmlPart", document.part.part_related_by(RT.SETTINGS))
    for node in list(settings.element.iter(qn("w:attachedTemplate"))):
        settings.rels.pop(str(node.get(qn("r:id"))), None)
        settings.element.remove(node)
