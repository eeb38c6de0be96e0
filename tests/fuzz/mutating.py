"""Files spoilt in small ways: parts of a zip cut, doubled, mixed up, or sown with what programs fear."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

FEARED = (
    b"", b"\x00", b"{{", b"}}", b"{%", b"%}", b"{{ sak.tittel }}", b"{{ organ(", b"{{ ''.__class__ }}",
    b"{% for x in range(9) %}", b"&amp;", b"<", b">", b"</w:p>", b"</row>", b"<c/>", b"<w:p/>", b"<w:tbl/>",
    b"-1", b"99999999999999999999", b"1e999", b"NaN", b"\xff\xfe", "\ue0f00\ue0f1".encode(),
    b"#REF!",
    b"[@x]", b"![](/etc/passwd)", b"```", b"\r", b"\t", b'"', b"\xe2\x80\x9c", b"w:val", b"r:id", b"../",
)  # fmt: skip
"""Pieces that stand for structure somewhere."""


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with one to four changes."""
    for _turn in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 0, 1, 4, 30, 300)))
        piece = chance.choice((chance.choice(FEARED), data[start:end] * 2, chance.randbytes(2)))
        data = data[:start] + piece + data[end:]
    return data


def spoilt_package(package: bytes, chance: random.Random) -> bytes:
    """Return a zip with one or two parts spoilt, dropped or swapped, now and then the zip itself."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    for _turn in range(chance.randint(1, 2)):
        name = chance.choice(list(parts))
        match chance.randrange(10):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts[chance.choice(list(parts))]
            case _:
                parts[name] = spoilt(parts[name], chance)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as closing:
        for name, data in parts.items():
            closing.writestr(zipfile.ZipInfo(name), data)
    whole = written.getvalue()
    return spoilt(whole, chance) if chance.randrange(8) == 0 else whole


def checksum(data: bytes) -> int:
    """Return a short name for bytes, to find a failing input again."""
    return zlib.crc32(data)
