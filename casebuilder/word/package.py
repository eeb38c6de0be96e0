"""A Word package as parts: written so that the same parts are always the same bytes.

Parts in order of their names, [Content_Types].xml first (ECMA-376 part 2), one fixed time stamp.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, etree.XMLSyntaxError),
)
"""What reading a damaged or foreign file as a Word package may raise."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_LARGEST = 1 << 29
"""Bytes that a package may hold when unpacked; a small file that claims more is made to fill the memory."""
_STAMP = (1980, 1, 1, 0, 0, 0)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(each.file_size for each in package.infolist()) > _LARGEST:
            raise zipfile.BadZipFile
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def package_of(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a package with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(parts, key=lambda each: (each != CONTENT_TYPES, each)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name])
    return buffer.getvalue()


def named_by_kind(parts: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return the names of the parts of each WordprocessingML kind, such as «document.main».

    The names themselves are the writer's choice: Word on the web may say word/document2.xml.
    """
    found: dict[str, list[str]] = {}
    for each in etree.fromstring(parts[CONTENT_TYPES], _PARSER).iter("{*}Override"):
        kind = re.search(r"wordprocessingml\.(.+)\+xml$", each.get("ContentType", ""))
        name = each.get("PartName", "").lstrip("/")
        if kind and name in parts:
            found.setdefault(kind[1], []).append(name)
    return found


def digest(parts: Mapping[str, bytes]) -> str:
    """Return one SHA-256 (hex) over all parts' names and contents, whatever the zip library."""
    total = hashlib.sha256()
    for name in sorted(parts):
        total.update(f"{name}\0{len(parts[name])}\0".encode())
        total.update(parts[name])
    return total.hexdigest()
