"""A source as it stands in a note or a list: forfatter, «tittel», utgiver, dato, lenke, lest dato (pure)."""

from __future__ import annotations

from datetime import date

from casebuilder.paper import Inline, Link, Text
from casebuilder.prose.typography import with_hard_spaces
from casebuilder.register.records import Source
from casebuilder.wording import WORDS, capital, coarse, day

_TEXT_COLUMNS = ("forfatter", "tittel", "utgiver", "utgitt_dato", "henvisning")


def cited(source: Source, language: str, pinpoint: str = "") -> tuple[Inline, ...]:
    """Return a source's reference, ending in a full stop; its own «Fotnotetekst» comes first of all.

    `pinpoint` is what the author points at within the source: «s. 12».
    """
    if source.note:
        own = f"{_closed(source.note)} {capital(_closed(pinpoint))}" if pinpoint else _closed(source.note)
        words = (Text(with_hard_spaces(own), sources=(source.place("fotnotetekst"),)),)
        return words + (_link_after(source, language) if source.url and source.url not in source.note else ())
    published = coarse(source.published, language) if source.published else None
    parts = [source.author, f"«{source.title}»", source.publisher, published, source.pinpoint]
    told = with_hard_spaces(", ".join(part for part in (*parts, pinpoint) if part))
    sources = (source.place(name) for name, part in zip(_TEXT_COLUMNS, parts, strict=True) if part)
    return (Text(_closed(told), sources=tuple(sources)), *_link_after(source, language))


def _link_after(source: Source, language: str) -> tuple[Inline, ...]:
    if not source.url:
        return ()
    read = (
        f" ({WORDS[language]['lest']} {day(source.read, language)})" if isinstance(source.read, date) else ""
    )
    address = Text(source.url, sources=(source.place("url"),))
    after = Text(f"{read}.", sources=(source.place("lest_dato"),) if read else ())
    return (Text(f" {WORDS[language]['hentet']} "), Link(source.url, (address,)), after)


def _closed(text: str) -> str:
    """Return the text with a full stop at its end, unless it has an end of its own."""
    return text if text.endswith((".", "!", "?", "…", ".»")) else f"{text}."
