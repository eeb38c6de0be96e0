"""What Word can hold and pandoc does not read: made so that it does, or told (ECMA-376 part 1, 17.13, 17.17).

Nothing that a clerk sees in her text may vanish without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn

from casebuilder.problems import Message, Place, Problem, msg, warning
from casebuilder.word.xml import Element

_WRAPPERS = tuple(map(qn, ("w:customXml", "w:dir", "w:bdo", "w:fldSimple")))
_AS_PANDOC_KNOWS = {qn("w:cr"): qn("w:br"), qn("w:ptab"): qn("w:tab")}
_V_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_RULE = "{urn:schemas-microsoft-com:office:office}hr"
_GALLERY = f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def make_readable(root: Element) -> None:
    """Unwrap what pandoc skips whole, and name breaks and tabs as it knows them."""
    for wrapper in list(root.iter(*_WRAPPERS)):
        parent = wrapper.getparent()
        if parent is not None:
            at = parent.index(wrapper)
            parent[at : at + 1] = [child for child in wrapper if not str(child.tag).endswith("Pr")]
    for node in list(root.iter(*_AS_PANDOC_KNOWS)):
        node.tag = _AS_PANDOC_KNOWS[str(node.tag)]
        node.attrib.clear()


def without_contents(root: Element) -> list[Element]:
    """Empty the tables of contents that Word made; return a paragraph of each."""
    found = []
    for block in root.iter(qn("w:sdt")):
        gallery = block.find(_GALLERY)
        if gallery is not None and gallery.get(qn("w:val")) == "Table of Contents":
            paragraphs = list(block.iter(qn("w:p")))
            for paragraph in paragraphs:  # they stay, so that those that follow keep their number
                paragraph[:] = []
            found += paragraphs[:1]
    return found


def contents_left_out(place: Place) -> Problem:
    """Return what is told of a table of contents."""
    found = msg("the table of contents of the text is not taken along.")
    return warning("contents", place, found, msg("If papers should have one, put it into the template."))


def left_out(
    root: Element, places: Mapping[Element, Place], outside: Mapping[str, str], file: str
) -> Iterator[Problem]:
    """Yield what stands in a text and cannot come along.

    `outside` are the addresses of the relationships that lead out of the file.
    """
    last = Place(file)
    for node in root.iter():
        last = places.get(node, last)
        if node.tag == qn("w:altChunk"):
            found = msg("another document has been put in here as a whole; its words are not taken along.")
            yield Problem("inserted-document", last, found, _save_again())
        elif node.tag == qn("w:subDoc"):
            found = msg("the text refers to another document, which is not taken along.")
            yield Problem("inserted-document", last, found, msg("Copy its text in here."))
        elif node.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
            yield from _drawn(node, last, outside)


def _save_again() -> Message:
    return msg("Open the text in Word, and save it under a new name.")


def _drawn(node: Element, place: Place, outside: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with a picture, a chart or a drawing."""
    if next(node.iterancestors(_FALLBACK, *map(qn, ("w:drawing", "w:pict", "w:object"))), None) is not None:
        return
    pictures = list(node.iter(qn("a:blip"), _V_PICTURE))
    if not pictures and not any(each.get(_RULE) for each in node.iter()):
        found = msg("a chart or a drawing is not taken along into the paper.")
        yield warning("drawing", place, found, msg("Copy it, and paste it as a picture."))
    for picture in pictures:
        inside = picture.get(qn("r:embed")) or picture.get(qn("r:id"))
        address = outside.get(str(inside or picture.get(qn("r:link")) or picture.get(qn("r:href"))))
        if address is not None and (inside is None or inside in outside):
            found = msg("the picture is only linked to «{address}», and is not fetched.", address=address)
            yield Problem("picture-linked", place, found, msg("Insert the picture itself into the text."))
