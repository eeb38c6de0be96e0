"""Pandoc's inlines → the paper's. Neighbouring words of the same making become one Text (pure).

Element names are those of pandoc-types 1.23 (`Text.Pandoc.Definition`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from casebuilder.blockwalk import mapped_inlines
from casebuilder.paper import (
    PLAIN,
    Block,
    Format,
    Image,
    Inline,
    Jump,
    LineBreak,
    Link,
    Mention,
    Note,
    Paragraph,
    Table,
    Text,
)
from casebuilder.printable import UNPRINTABLE
from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.prose.exempt import (
    CLASS,
    exempt_inline,
    exempt_inlines,
    mark_not_read,
    misspelt,
    unread_mark,
)
from casebuilder.prose.expressions import EXEMPT_END, EXEMPT_START, TOKEN, reserved

Node = Mapping[str, Any]
Nodes = Sequence[Node]

QUOTES = {"DoubleQuote": ("«", "»"), "SingleQuote": ("‘", "’")}
"""Norwegian quotation marks for those that pandoc made of straight ones."""

_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "Emph": {"italic": True},
    "Strong": {"bold": True},
    "Underline": {"underline": True},
    "Strikeout": {"strike": True},
    "Superscript": {"superscript": True},
    "Subscript": {"subscript": True},
    "SmallCaps": {"small_caps": True},
}
_EMAIL = re.compile(r"[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+")
_ON_THE_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\")
_MARKS = re.compile(f"([{EXEMPT_START}{EXEMPT_END}])")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
_UNITS = {"cm": 360_000, "mm": 36_000, "in": 914_400, "px": 9_525, "pt": 12_700}


@dataclass
class Asked:
    """What reading a tree needs from outside it, and the problems it meets.

    `fill` answers a slot by its number and `place` tells where it stands; `picture` returns an image's
    bytes; `locate` finds a snippet. `is_marked` says whether marks of exempt words can stand in it, and
    `exempt` how many of them are open.
    """

    fill: Callable[[int], tuple[Inline, ...] | Table]
    place: Callable[[int], Place]
    picture: Callable[[str], bytes | None]
    locate: Callable[[str], Place]
    problems: list[Problem] = field(default_factory=list)
    is_marked: bool = False
    exempt: int = 0


ReadBlocks = Callable[[Nodes], tuple[Block, ...]]


@dataclass(frozen=True)
class InlineReader:
    """Reads inlines; `blocks` reads what stands inside a note."""

    asked: Asked
    blocks: ReadBlocks

    def read(self, nodes: Nodes, fmt: Format = PLAIN) -> tuple[Inline, ...]:
        """Return the paper's inlines for pandoc's."""
        each = (exempt_inline(one) if self.asked.exempt else one for one in self._each(nodes, fmt))
        joined = tuple(_joined(each))
        mark = unread_mark(plain(joined))
        if mark:
            self.asked.problems.append(mark_not_read(mark, self.asked.locate(mark)))
        return joined

    def _each(self, nodes: Nodes, fmt: Format) -> Iterator[Inline]:
        words: list[str] = []  # that follow each other, and are looked through as one
        for node in nodes:
            kind = node["t"]
            content: Any = node.get("c")
            if kind == "Str":
                words.append(str(content))
                continue
            if kind in ("Space", "SoftBreak"):
                words.append(" ")
                continue
            yield from self._words(words, fmt)
            words = []
            if kind == "LineBreak":
                yield LineBreak()
            elif kind in _FORMATS:
                yield from self._each(content, replace(fmt, **_FORMATS[kind]))
            else:
                yield from self._special(kind, content, fmt)
        yield from self._words(words, fmt)

    def _special(self, kind: str, content: Any, fmt: Format) -> Iterator[Inline]:  # noqa: ANN401 - JSON
        match kind:
            case "Quoted":
                opening, closing = QUOTES[content[0]["t"]]
                yield Text(opening, fmt)
                yield from self._each(content[1], fmt)
                yield Text(closing, fmt)
            case "Code":
                yield from self._words([content[1]], replace(fmt, code=True))
            case "Span":
                self.asked.problems += misspelt(content[0][1], self.asked.locate)
                inside = self._each(content[1], _with_language(fmt, content[0]))
                yield from exempt_inlines(inside) if CLASS in content[0][1] else inside
            case "Link":
                yield from self._link(content, fmt)
            case "Image":
                yield from self._image(content, fmt)
            case "Note":
                yield Note(mapped_inlines(self.blocks(content), self._in_note))
            case "Math":
                found = msg("the formula «{formula}» is written as text.", formula=content[1])
                self.asked.problems.append(warning("formula", self.asked.locate(content[1]), found))
                yield Text(content[1], replace(fmt, code=True))
            case _:
                found = msg("casebuilder does not know the element «{element}».", element=kind)
                self.asked.problems.append(Problem("unknown-element", self.asked.locate(""), found))

    def _in_note(self, inline: Inline) -> tuple[Inline, ...]:
        """Refuse a note inside a note, which Word cannot hold."""
        if not isinstance(inline, Note):
            return (inline,)
        blocks = [each.content for each in inline.content if isinstance(each, Paragraph)]
        said = plain(blocks[0]) if blocks else ""
        found = msg("there is a note inside another note: «{words}».", words=said)
        expected = msg("Write its words in the note itself.")
        place = self.asked.locate(said.partition(" ")[0])
        self.asked.problems.append(Problem("note-in-note", place, found, expected))
        return ()

    def _words(self, words: Sequence[str], fmt: Format) -> Iterator[Inline]:
        text = "".join(words)
        if UNPRINTABLE.search(text):
            text = "".join(self._printable(each) for each in words)
        for piece in _MARKS.split(text):
            if piece in (EXEMPT_START, EXEMPT_END):
                self._mark(piece)
            else:
                yield from self._unmarked(piece, fmt)

    def _mark(self, mark: str) -> None:
        """Begin or end what is exempt; in Markdown such a mark is one that the author has made."""
        if self.asked.is_marked:
            self.asked.exempt += 1 if mark == EXEMPT_START else -1
        else:
            self.asked.problems.append(reserved(self.asked.locate(mark), mark))

    def _unmarked(self, text: str, fmt: Format) -> Iterator[Inline]:
        end = 0
        for match in TOKEN.finditer(text):
            if match.start() > end:
                yield Text(text[end : match.start()], fmt)
            yield from self._filled(int(match[1]), fmt)
            end = match.end()
        if end < len(text):
            yield Text(text[end:], fmt)

    def _printable(self, text: str) -> str:
        """Refuse characters that Word cannot hold; Markdown can name them, as in «&#11;»."""
        odd = UNPRINTABLE.search(text)
        if odd is None:
            return text
        code = f"U+{ord(odd.group()):04X}"
        found = msg(
            "the text holds the invisible control character {code}, which Word cannot hold.", code=code
        )
        place = self.asked.locate(odd.group())
        self.asked.problems.append(Problem("control-character", place, found, msg("Delete it.")))
        return UNPRINTABLE.sub("", text)

    def _filled(self, number: int, fmt: Format) -> Iterator[Inline]:
        value = self.asked.fill(number)
        if isinstance(value, Table):
            found = msg("a table must stand alone in its paragraph.")
            self.asked.problems.append(Problem("table-in-line", self.asked.place(number), found))
            return
        for inline in value:
            if fmt is not PLAIN and isinstance(inline, Text | Mention):
                yield replace(inline, format=fmt)
            else:
                yield inline

    def _link(self, content: Any, fmt: Format) -> Iterator[Inline]:  # noqa: ANN401 - JSON
        """Read a link; what cannot stand inside a link of Word's, such as a note, follows it."""
        _attributes, nodes, (target, _title) = content
        inside = [Text(" ", fmt) if isinstance(each, LineBreak) else each for each in self.read(nodes, fmt)]
        words = tuple(inline for inline in inside if isinstance(inline, Text))
        if any(isinstance(inline, Mention) for inline in inside):
            found = msg("«organ» cannot stand in the words of a link.")
            expected = msg("Use organ_navn or organ_kortnavn.")
            self.asked.problems.append(Problem("mention-in-link", self._found(target), found, expected))
        if target.startswith("#"):
            yield Jump(unquote(target[1:]), words)
        else:
            address = self._address(target)
            yield Link(address, words or (Text(target, fmt),))
        yield from (inline for inline in inside if not isinstance(inline, Text | Mention))

    def _address(self, target: str) -> str:
        """Return where a link goes; an address of e-mail alone becomes a mailto."""
        if TOKEN.search(unquote(target)):
            found = msg("an expression cannot stand in the address of a link.")
            self.asked.problems.append(Problem("expression-in-address", self._found(target), found))
        elif _EMAIL.fullmatch(target):
            return f"mailto:{target}"
        elif not is_safe_address(target):
            found = msg("the link to «{address}» is neither https, http nor mailto.", address=unquote(target))
            expected = msg("Expected an address that starts with https:// or http://.")
            if target.startswith("www."):
                expected = msg("Did you mean «{name}»?", name=f"https://{target}")
            self.asked.problems.append(Problem("link-address", self._found(target), found, expected))
        return target

    def _found(self, target: str) -> Place:
        """Return the place of an address; of its first slot, if it has one."""
        slot = TOKEN.search(unquote(target))
        if slot:
            return self.asked.place(int(slot[1]))
        return self.asked.locate(unquote(target))

    def _image(self, content: Any, fmt: Format) -> Iterator[Inline]:  # noqa: ANN401 - JSON
        attributes, nodes, (target, _title) = content
        named = dict(attributes[2])
        alt = named.get("alt") or plain(self.read(nodes, fmt)) or _title
        data = self.asked.picture(unquote(target))
        if data is None:
            self.asked.problems.append(_no_picture(unquote(target), self.asked.locate(target)))
            return
        if not alt:
            found = msg("the picture «{file}» has no alternative text.", file=unquote(target))
            expected = msg("Write in the brackets what the picture shows.")
            self.asked.problems.append(warning("alt-text", self.asked.locate(target), found, expected))
        yield Image(unquote(target), data, alt, _width(named.get("width", "")))


def is_safe_address(target: str) -> bool:
    """Tell whether a link may be followed from a paper: http, https or mailto only."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return (parts.scheme in ("http", "https") and bool(parts.netloc)) or parts.scheme == "mailto"


def _no_picture(target: str, place: Place) -> Problem:
    """Tell why a picture cannot be used: it lies on the web, is of another kind, or is not there."""
    if _ON_THE_WEB.match(target):
        found = msg("the picture «{file}» lies outside the folder and is not fetched.", file=target)
        return Problem("picture-missing", place, found, msg("Save it in the folder, beside the text."))
    if not target.lower().endswith(_PICTURES):
        found = msg("the picture «{file}» is of a kind that cannot be used.", file=target)
        expected = msg("Save it as PNG or JPEG, and insert it again.")
        return Problem("picture-kind", place, found, expected)
    found = msg("the picture «{file}» is not found.", file=target)
    expected = msg("Put the file beside the text, in PNG, JPEG, GIF, BMP or TIFF.")
    return Problem("picture-missing", place, found, expected)


def plain(inlines: Iterable[Inline]) -> str:
    """Return the words of inlines, without notes and pictures."""
    pieces = []
    for inline in inlines:
        if isinstance(inline, Text):
            pieces.append(inline.text)
        elif isinstance(inline, Link | Jump):
            pieces.append(plain(inline.content))
        elif isinstance(inline, LineBreak):
            pieces.append(" ")
    return "".join(pieces)


def _with_language(fmt: Format, attributes: Any) -> Format:  # noqa: ANN401 - JSON
    named = dict(attributes[2])
    classes = {"underline": True} if "underline" in attributes[1] or "ul" in attributes[1] else {}
    if "smallcaps" in attributes[1]:
        fmt = replace(fmt, small_caps=True)
    return replace(fmt, language=named.get("lang", fmt.language), **classes)


def _width(text: str) -> int | None:
    """Return a width such as «5cm» in EMU; None where there is none or it is a percentage."""
    for unit, emu in _UNITS.items():
        number = text.removesuffix(unit)
        if number != text and number.replace(".", "", 1).isdigit():
            return round(float(number) * emu)
    return None


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Join neighbouring Texts of equal format that are both the author's own words."""
    last: Inline | None = None
    for inline in inlines:
        if isinstance(last, Text) and isinstance(inline, Text) and _alike(last, inline):
            last = replace(last, text=last.text + inline.text)
            continue
        if last is not None:
            yield last
        last = inline
    if last is not None:
        yield last


def _alike(first: Text, second: Text) -> bool:
    return first.format == second.format and not first.origin and not second.origin
