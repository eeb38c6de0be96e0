"""A clerk's Word text, made ready for pandoc: its slots become tokens, over a paragraph's joined runs."""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.prose.expressions import Found, PlaceAt, Slot, find, token
from casebuilder.prose.reading import MarkedText
from casebuilder.word.package import UNREADABLE, named_by_kind, package_of, parts_of
from casebuilder.word.source_odd import contents_left_out, left_out, make_readable, without_contents
from casebuilder.word.xml import XML_SPACE, Element

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NOTES = ("footnotes", "endnotes")
_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel")))
_REFERENCES = {qn(f"w:{each}Reference"): qn(f"w:{each}") for each in ("footnote", "endnote")}
_TEXT_BOX = qn("w:txbxContent")
_DRAWN = (f"{{{_MC}}}AlternateContent", qn("w:drawing"), qn("w:pict"), qn("w:object"))
_LEADS = (qn("r:id"), qn("r:embed"))
_FIELD_ANCHOR = re.compile(r'(?:\\l|\b(?:PAGE|NOTE)?REF)\s+"?([^"\s]+)"?')
_TAKEN_AWAY = frozenset(map(qn, ("w:del", "w:moveFrom")))
_NO_PICTURE = (
    UnrecognizedImageError,
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    struct.error,
    ValueError,
)


def mark_word_text(file: str, data: bytes) -> tuple[MarkedText | None, tuple[Problem, ...]]:
    """Mark the slots of a Word text; a file that is no Word document is a Problem."""
    try:
        parts = parts_of(data)
        kinds = named_by_kind(parts)
        names = {key: name for each in kinds.get("styles", []) for key, name in heading_names(parts[each])}
        stories = [*kinds["document.main"], *(name for kind in _NOTES for name in kinds.get(kind, []))]
        roots = {name: _root(parts[name]) for name in stories}
        targets = {name: targets_of(parts, name) for name in stories}
        outside = {name: targets_of(parts, name, outside=True) for name in stories}
    except UNREADABLE:
        found = msg("the text cannot be read as a Word document.")
        return None, (Problem("text", Place(file), found, msg("Open it in Word and save it as .docx.")),)
    problems: list[Problem] = list(_left_in(file, roots.values()))
    slots: list[Slot] = []
    passages: list[tuple[str, Place]] = []
    for root in roots.values():
        make_readable(root)
    boxed = [paragraph for root in roots.values() for paragraph in _without_text_boxes(root)]
    places = places_in(file, roots.values(), names)
    contents = [paragraph for root in roots.values() for paragraph in without_contents(root)]
    problems += [contents_left_out(places[paragraph]) for paragraph in contents]
    problems += [_text_box(places[paragraph]) for paragraph in boxed]
    for name, root in roots.items():
        problems += left_out(root, places, outside[name], file)
        for paragraph in root.iter(qn("w:p")):
            passages.append((_said(paragraph, targets[name]), places[paragraph]))
            problems += _mark(paragraph, places[paragraph], slots)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    marked = MarkedText(file, ".docx", package_of(parts), tuple(slots), passages=tuple(passages))
    return marked, tuple(problems)


def _root(data: bytes) -> Element:
    """Return a part's tree; a part that declares entities is none of Word's (ECMA-376 part 2, 8.1.4)."""
    root: Element = parse_xml(data)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError
    return root


def picture_of(data: bytes, target: str) -> bytes | None:
    """Return the bytes of a picture that pandoc names «media/image1.png» in a Word text."""
    return usable_picture(parts_of(data).get(f"word/{target}"))


def usable_picture(data: bytes | None) -> bytes | None:
    """Return a picture's bytes if Word and python-docx can hold its format, else None."""
    try:
        return data if data and Image.from_blob(data).horz_dpi else None
    except _NO_PICTURE:
        return None


def _left_in(file: str, roots: Iterable[Element]) -> Iterator[Problem]:
    """Warn of what stays behind in the clerk's text: tracked changes and comments."""
    if any(True for root in roots for _ in root.iter(*_TRACKED)):
        found = msg("the text has tracked changes; it is read as if all were accepted.")
        yield warning("tracked-changes", Place(file), found, msg("Accept or reject them in Word."))
    if any(True for root in roots for _ in root.iter(qn("w:commentReference"))):
        found = msg("the text has comments; they are not taken along.")
        yield warning("comments", Place(file), found, msg("Delete them in Word when they are settled."))


def heading_names(styles: bytes) -> Iterator[tuple[str, str]]:
    """Yield the id and name of each heading style."""
    for style in parse_xml(styles).iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and str(name.get(qn("w:val"), "")).casefold().startswith("heading"):
            yield str(style.get(qn("w:styleId"))), str(name.get(qn("w:val")))


def _without_text_boxes(root: Element) -> list[Element]:
    """Take text boxes away, for pandoc would lose words around them; return the paragraphs that had some."""
    found = []
    for box in [each for each in root.iter(*_DRAWN) if any(True for _ in each.iter(_TEXT_BOX))]:
        anchor = next(box.iterancestors(qn("w:p")), None)
        parent = box.getparent()
        inside_another = any(True for _ in box.iterancestors(*_DRAWN))
        if anchor is not None and parent is not None and not inside_another:
            parent.remove(box)
            found.append(anchor)
    return list(dict.fromkeys(found))


def _text_box(place: Place) -> Problem:
    found = msg("the text has a text box; what stands in it is not taken along.")
    return warning("text-box", place, found, msg("Move it into the running text."))


def places_in(file: str, roots: Iterable[Element], headings: Mapping[str, str]) -> dict[Element, Place]:
    """Return where every paragraph stands; a note's stand where the main text refers to the note."""
    places: dict[Element, Place] = {}
    notes: dict[tuple[str, str | None], Place] = {}
    heading = ""
    main, *others = roots
    for number, paragraph in enumerate(main.iter(qn("w:p")), start=1):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in headings:
            heading = re.sub(r"\{\{.*?\}\}", "…", "".join(node.text or "" for node in _texts(paragraph)))
        places[paragraph] = Place(file, paragraph=number, heading=heading)
        for each in paragraph.iter(*_REFERENCES):
            notes[_REFERENCES[str(each.tag)], each.get(qn("w:id"))] = places[paragraph]
    for root in others:
        for note in root:
            place = notes.get((str(note.tag), note.get(qn("w:id"))), Place(file))
            places |= dict.fromkeys(note.iter(qn("w:p")), place)
    return places


def targets_of(parts: Mapping[str, bytes], name: str, *, outside: bool = False) -> dict[str, str]:
    """Return where each relationship of a part leads, or each of those that lead out of the file."""
    folder, file = posixpath.split(name)
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    found = () if rels is None else parse_xml(rels)
    wanted = (each for each in found if not outside or each.get("TargetMode") == "External")
    return {str(each.get("Id")): str(each.get("Target")) for each in wanted}


def _said(paragraph: Element, targets: Mapping[str, str]) -> str:
    """Return what a paragraph says, and as Markdown would have it where its links and pictures lead."""
    pieces = ["".join(node.text or "" for node in _texts(paragraph))]
    for node in paragraph.iter(etree.Element):
        pieces += [unquote(targets.get(str(node.get(key)), "")) for key in _LEADS if node.get(key)]
        if node.tag == qn("w:hyperlink") and node.get(qn("w:anchor")):
            pieces.append(f"(#{node.get(qn('w:anchor'))})")
        elif node.tag == qn("w:instrText"):
            pieces.append(_FIELD_ANCHOR.sub(r"(#\1)", unquote(node.text or "")))
    return "\n".join(pieces)


def _mark(paragraph: Element, place: Place, slots: list[Slot]) -> tuple[Problem, ...]:
    """Put tokens into a paragraph and add what they stand for to the slots."""
    texts = [node for node in _texts(paragraph) if node.text]
    found, problems = find("".join(node.text or "" for node in texts), _at(place))
    _replace(texts, found, len(slots))
    slots += [slot for each in found for slot in each.slots]
    return problems


def _at(place: Place) -> PlaceAt:
    return lambda _offset: place


def _texts(paragraph: Element) -> Iterator[Element]:
    """Return the w:t of a paragraph that stand in the text: not deleted, not in a text box."""
    for node in paragraph.iter(qn("w:t")):
        inside = {parent.tag for parent in node.iterancestors() if parent is not paragraph}
        nearest = next(node.iterancestors(qn("w:p")))
        if nearest is paragraph and not inside & _TAKEN_AWAY:
            yield node


def _replace(texts: list[Element], found: tuple[Found, ...], first: int) -> None:
    """Put tokens where slots were found; a slot split over runs goes into the run it began in."""
    for each in reversed(found):
        number = first + sum(len(other.slots) for other in found if other.start < each.start)
        tokens = "".join(token(number + at) for at in range(len(each.slots)))
        offset = 0
        for node in texts:
            text = node.text or ""
            start, end = max(each.start - offset, 0), min(each.end - offset, len(text))
            if start < end:
                begins_here = offset <= each.start
                node.text = text[:start] + (tokens if begins_here else "") + text[end:]
                node.set(XML_SPACE, "preserve")
            offset += len(text)
