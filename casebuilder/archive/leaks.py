"""Nothing secret in anything public: finished files searched through and through (pure).

Word files: every part, attribute and name. PDFs: the words of each page, every string and every stream,
with the XMP among them. HTML: words, attributes and comments. File names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pikepdf
import pypdf

from casebuilder.archive.needles import Needle, evened, squeezed
from casebuilder.register.rules.digits import has_identity_number
from casebuilder.word.everything import everything_in
from casebuilder.word.package import UNREADABLE

_AROUND = 30
_ZIPS = (".docx", ".docm", ".dotx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip")


@dataclass(frozen=True, slots=True)
class Leak:
    """Something secret in a public file: where, and the words around it; no needle is an identity number."""

    needle: Needle | None
    file: str
    where: str
    around: str


def leaks_in(files: Mapping[str, bytes], needles: Iterable[Needle]) -> tuple[Leak, ...]:
    """Return every secret that is found in files, given as name → bytes, once for each file."""
    sought = tuple(needles)
    found: dict[tuple[str, str], Leak] = {}
    for name, data in files.items():
        for where, text in ((("", name)), *words_in(name, data)):
            for leak in _in_text(name, where, text, sought):
                key = leak.needle.squeezed if leak.needle else ""
                found.setdefault((name, key), leak)
    return tuple(found.values())


def _in_text(name: str, where: str, text: str, needles: tuple[Needle, ...]) -> Iterator[Leak]:
    even, small = evened(text), squeezed(text)
    for needle in needles:
        if needle.squeezed not in small:
            continue
        if needle.pattern is None:
            yield Leak(needle, name, where, needle.words)
        elif hit := needle.pattern.search(even):
            yield Leak(needle, name, where, _around(even, hit))
    if has_identity_number(even):
        yield Leak(None, name, where, "")


def _around(text: str, hit: re.Match[str]) -> str:
    start, stop = max(0, hit.start() - _AROUND), min(len(text), hit.end() + _AROUND)
    return f"{'…' if start else ''}{text[start:stop]}{'…' if stop < len(text) else ''}"


def words_in(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of everything that a file says anywhere."""
    ending = PurePosixPath(name).suffix.lower()
    if ending == ".pdf":
        yield from _in_pdf(data)
    elif ending in (".html", ".htm"):
        yield from _in_html(data)
    elif ending in _ZIPS:
        yield from _in_package(data)
    else:
        yield "", data.decode("utf-8", errors="ignore")
        yield "", data.decode("latin-1")


def _in_package(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        yield from everything_in(data)
    except UNREADABLE:
        yield "", data.decode("latin-1")


def _in_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages, start=1):
        yield f"s. {number}", page.extract_text()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            yield from _strings(each)
            if isinstance(each, pikepdf.Stream):
                yield from _stream(each)


def _strings(value: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """Yield the strings and names of an object, not of what it refers to."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Array):
            waiting += [one for one in each if _is_inside(one)]
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [one for one in each.values() if _is_inside(one)]
        elif isinstance(each, pikepdf.String):
            yield "", str(each)
            yield "", bytes(each).decode("utf-8", errors="ignore")
        elif isinstance(each, pikepdf.Name):
            yield "", str(each)


def _is_inside(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _stream(stream: pikepdf.Stream) -> Iterator[tuple[str, str]]:
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:  # a picture in a form that stays packed
        data = stream.read_raw_bytes()
    for encoding in ("utf-8", "utf-16-be", "latin-1"):
        yield "", data.decode(encoding, errors="ignore")


class _Page(HTMLParser):
    """Collects everything that a page says: words, attributes, comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.others: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.others += [value for _name, value in attrs if value]

    def handle_comment(self, data: str) -> None:
        self.others.append(data)


def _in_html(data: bytes) -> Iterator[tuple[str, str]]:
    page = _Page()
    page.feed(data.decode("utf-8", errors="replace"))
    page.close()
    yield from (("", each) for each in page.words)
    yield "", "".join(page.words)
    yield from (("", each) for each in page.others)
