"""Pictures without what the camera or the program wrote into them: who, where, when, with what (pure).

JPEG: ITU-T T.81 annex B (segments), Exif 2.32. PNG: ISO/IEC 15948 (chunks). How a picture is turned is kept,
for readers show it by that; so are colour profiles. What cannot be read stays as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_KEPT_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})  # JFIF, colour profile, Adobe's colour transform
_START_OF_SCAN = 0xDA
_TOLD_CHUNKS = frozenset({b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"})
_ORIENTATION = 0x0112
_TURNED = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01%b\0\0\0\0\0\0"


def bare(data: bytes) -> bytes:
    """Return a JPEG or PNG without what tells of people; anything else as it is."""
    try:
        if data.startswith(_JPEG):
            return _bare_jpeg(data)
        if data.startswith(_PNG):
            return _PNG + b"".join(chunk for kind, chunk in _chunks(data) if kind not in _TOLD_CHUNKS)
    except (struct.error, IndexError):
        return data
    return data


def _bare_jpeg(data: bytes) -> bytes:
    made = [_JPEG]
    at = 2
    while data[at] == 0xFF and data[at + 1] != _START_OF_SCAN:
        kind, (length,) = data[at + 1], struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        is_told = 0xE0 <= kind <= 0xEF or kind == 0xFE  # application data, comments
        if not is_told or kind in _KEPT_SEGMENTS:
            made.append(segment)
        elif segment[4:10] == b"Exif\0\0" and (turned := _orientation(segment[10:])) > 1:
            kept = _TURNED % struct.pack(">H", turned)
            made.append(b"\xff\xe1" + struct.pack(">H", len(kept) + 2) + kept)
        at += 2 + length
    return b"".join([*made, data[at:]])


def _orientation(tiff: bytes) -> int:
    """Return how a picture is turned by its Exif data, 1 if they do not say."""
    order = "<" if tiff[:2] == b"II" else ">"
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, start)
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        tag, _kind, _number, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
        if tag == _ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at : at + 12 + length]
        at += 12 + length
