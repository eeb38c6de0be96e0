"""Document properties: the core ones for readers, custom ones that say which build a file is.

Custom properties survive Word and LibreOffice; they carry names only, never earlier wording.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime, time

from docx.document import Document
from lxml import etree

from casebuilder.paper import Properties
from casebuilder.word.package import UNREADABLE, package_of, parts_of

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined properties (ECMA-376 part 1, 22.3)
CUSTOM_PART = "docProps/custom.xml"


@dataclass(frozen=True, slots=True)
class Identity:
    """Which case a file is the paper of, which build made it, and the hash of what was built."""

    case_id: str
    build_id: str
    base: str
    name: str = ""  # what the file was called when it was made
    version: int = 1


_NAMES = {
    "case_id": "casebuilder_sak_id",
    "build_id": "casebuilder_bygg",
    "base": "casebuilder_grunnlag",
    "name": "casebuilder_filnavn",
    "version": "casebuilder_versjon",
}


def set_core_properties(document: Document, properties: Properties) -> None:
    """Set title, author, subject and language; both dates are the case's day, at noon UTC."""
    core = document.core_properties
    noon = datetime.combine(properties.day, time(12))
    core.title = properties.title[:255]
    core.author = properties.author[:255]
    core.last_modified_by = properties.author[:255]
    core.subject = properties.subject[:255]
    core.language = properties.language
    core.created = core.modified = noon
    core.revision = 1


def custom_properties(identity: Identity) -> bytes:
    """Return the XML of the custom properties part (ECMA-376 part 1, 22.3)."""
    root = etree.fromstring(f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}"/>')
    for number, (attribute, name) in enumerate(_NAMES.items(), start=2):
        made = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT_ID, pid=str(number), name=name)
        etree.SubElement(made, f"{{{_TYPES}}}lpwstr").text = str(getattr(identity, attribute))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def custom_with(data: bytes, identity: Identity) -> bytes:
    """Return a custom properties part with our values set anew and everybody else's as they were."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for attribute, name in _NAMES.items():
        for each in root:
            if each.get("name") == name and len(each):
                each[0].text = str(getattr(identity, attribute))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_name(data: bytes, name: str) -> bytes:
    """Return a paper that says it was called `name` when it was made."""
    parts, identity = parts_of(data), read_identity(data)
    if identity is None:
        return data
    return package_of({**parts, CUSTOM_PART: custom_with(parts[CUSTOM_PART], replace(identity, name=name))})


def read_identity(data: bytes) -> Identity | None:
    """Return what a Word file says it is; None if it is not a paper of ours or cannot be read."""
    named = _named(data)
    return named if named and named.case_id else None


def marks_nobody(data: bytes) -> bool:
    """Tell whether a Word file of ours is no case's paper, such as a redline."""
    named = _named(data)
    return named is not None and not named.case_id


def _named(data: bytes) -> Identity | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            root = etree.fromstring(package.read(CUSTOM_PART), parser)
    except UNREADABLE:
        return None
    said = {each.get("name"): "".join(map(str, each.itertext())) for each in root}
    if _NAMES["case_id"] not in said:
        return None
    found = {attribute: said.get(name, "") for attribute, name in _NAMES.items()}
    version = int(found["version"]) if found["version"].isdecimal() else 1
    return Identity(found["case_id"], found["build_id"], found["base"], found["name"], version)
