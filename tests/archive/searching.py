"""An independent search of public files: other programs and plain bytes, nothing of ours."""

from __future__ import annotations

import html
import io
import re
import subprocess
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.tools import tool


def found_in(folder: Path, secrets: Iterable[str]) -> set[tuple[str, str]]:
    """Return (file, secret) for each secret that stands anywhere in any file below a folder."""
    sought = {each: _small(each) for each in secrets}
    hits = set()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        said = "\n".join(_small(each) for each in (path.name, *_everything(path)))
        hits |= {(path.name, each) for each, small in sought.items() if small in said}
    return hits


def _small(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _everything(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    yield from _decoded(data)
    if path.suffix == ".pdf":
        program = tool("pdftotext", "reads the PDFs without us")
        for mode in (["-layout"], ["-raw"], []):
            done = subprocess.run([program, *mode, str(path), "-"], capture_output=True, check=True)
            yield done.stdout.decode()
        yield from _inflated(data)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name
                yield from _decoded(package.read(name))


def _decoded(data: bytes) -> Iterator[str]:
    """Yield bytes as text in every way, with and without the tags of XML and HTML."""
    for encoding in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
        text = data.decode(encoding, errors="ignore")
        yield html.unescape(text)
        yield html.unescape(re.sub(r"<[^>]*>", "", text))


def _inflated(data: bytes) -> Iterator[str]:
    """Yield what each stream of a PDF holds, its strings in octal and hex made plain."""
    for start in re.finditer(rb"stream\r?\n", data):
        try:
            plain = zlib.decompressobj().decompress(data[start.end() :])
        except zlib.error:
            continue
        yield from _decoded(plain)
        for each in re.findall(rb"<([0-9A-Fa-f\s]+)>", plain):
            digits = re.sub(rb"\s", b"", each)
            if len(digits) % 4 == 0:
                yield bytes.fromhex(digits.decode()).decode("utf-16-be", errors="ignore")
