"""A Word package as parts: written so that the same parts are always the same bytes.

Parts in order of their names, [Content_Types].xml first (ECMA-376 part 2), one fixed time stamp.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar, cast

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
_LARGE = 1 << 19
"""Bytes of a part, such as a picture, that is not kept in memory for the papers that come."""
_STAMP = 1 << 5 | 1  # 1980-01-01, as MS-DOS writes days
_VERSION = 20  # of the zip format, the first that deflates
_MODE = 0o600 << 16  # what zipfile lets the owner do with what is unpacked
_UTF8 = 1 << 11  # the flag of a name that is more than ASCII
_LOCAL, _CENTRAL, _END = "<4sHHHHHIIIHH", "<4sHHHHHHIIIHHHHHII", "<4sHHHHIIH"
_KIND = re.compile(r"wordprocessingml\.(.+)\+xml$")
R = TypeVar("R")


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(each.file_size for each in package.infolist()) > _LARGEST:
            raise zipfile.BadZipFile
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def looked_at(data: bytes, look: Callable[[bytes], R]) -> R:
    """Return what a look at a part gives, from memory if the papers before had the very same part."""
    return cast("R", _remembered(data, look)) if len(data) < _LARGE else look(data)


@lru_cache(maxsize=64)
def _remembered(data: bytes, look: Callable[[bytes], object]) -> object:
    return look(data)


def package_of(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a package with these parts, as zipfile would write them.

    zipfile has no way in for what is compressed already, as the parts are that papers have in common.
    """
    files, entries = [], []
    offset = 0
    for name in sorted(parts, key=lambda each: (each != CONTENT_TYPES, each)):
        check, packed = looked_at(parts[name], _deflated)
        encoded = name.encode()
        flags = 0 if name.isascii() else _UTF8
        kind = (_VERSION, flags, zipfile.ZIP_DEFLATED, 0, _STAMP)
        about = (*kind, check, len(packed), len(parts[name]), len(encoded), 0)
        files += [struct.pack(_LOCAL, b"PK\3\4", *about), encoded, packed]
        entries += [struct.pack(_CENTRAL, b"PK\1\2", _VERSION, *about, 0, 0, 0, _MODE, offset), encoded]
        offset += struct.calcsize(_LOCAL) + len(encoded) + len(packed)
    size = sum(map(len, entries))
    end = struct.pack(_END, b"PK\5\6", 0, 0, len(parts), len(parts), size, offset, 0)
    return b"".join([*files, *entries, end])


def _deflated(data: bytes) -> tuple[int, bytes]:
    """Return a part's checksum and its compressed bytes."""
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return zlib.crc32(data), packing.compress(data) + packing.flush()


def named_by_kind(parts: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Return the names of the parts of each WordprocessingML kind, such as «document.main».

    The names themselves are the writer's choice: Word on the web may say word/document2.xml.
    """
    found: dict[str, list[str]] = {}
    for name, kind in _kinds(parts[CONTENT_TYPES]):
        if name in parts:
            found.setdefault(kind, []).append(name)
    return found


@lru_cache(maxsize=32)
def _kinds(content_types: bytes) -> tuple[tuple[str, str], ...]:
    """Return each part's name and kind; the content types of most papers are the same."""
    every = etree.fromstring(content_types, _PARSER).iter("{*}Override")
    named = (
        (each.get("PartName", "").lstrip("/"), _KIND.search(each.get("ContentType", ""))) for each in every
    )
    return tuple((name, kind[1]) for name, kind in named if kind)


def digest(parts: Mapping[str, bytes]) -> str:
    """Return one SHA-256 (hex) over all parts' names and contents, whatever the zip library."""
    total = hashlib.sha256()
    for name in sorted(parts):
        total.update(f"{name}\0{len(parts[name])}\0".encode())
        total.update(parts[name])
    return total.hexdigest()
