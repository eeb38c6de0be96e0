"""What a paper says after people have worked on it, paragraph by paragraph, tracked changes accepted."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from casebuilder.problems import Place
from casebuilder.word.package import UNREADABLE, named_by_kind, parts_of
from casebuilder.word.source import heading_names, places_in
from casebuilder.word.source_words import words_in

_NOTES = ("footnotes", "endnotes")


def paragraphs_of_paper(file: str, data: bytes) -> tuple[tuple[Place, str], ...]:
    """Return the place and words of every paragraph and note; nothing of a file that cannot be read."""
    try:
        parts = parts_of(data)
        kinds = named_by_kind(parts)
        names = {key: name for each in kinds.get("styles", []) for key, name in heading_names(parts[each])}
        stories = [*kinds["document.main"], *(name for kind in _NOTES for name in kinds.get(kind, []))]
        roots = [parse_xml(parts[name]) for name in stories]
    except UNREADABLE:
        return ()
    places = places_in(file, roots, names)
    return tuple(
        (places.get(paragraph, Place(file)), words_in(paragraph))
        for root in roots
        for paragraph in root.iter(qn("w:p"))
    )
