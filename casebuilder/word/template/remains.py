"""What is left in a template from work on it, and what it lacks: changes, comments; a language, a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from casebuilder.problems import Place, Problem, msg, warning
from casebuilder.word.template.places import Story
from casebuilder.word.template.styles import name_of
from casebuilder.word.xml import Element

_CHANGES = {
    qn(f"w:{tag}")
    for tag in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
        "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange", "numberingChange", "cellIns",
        "cellDel", "cellMerge",
    )
}  # fmt: skip
_FONT_KEYS = tuple(map(qn, ("w:ascii", "w:hAnsi", "w:cs")))
_EMBEDDED = tuple(map(qn, ("w:embedRegular", "w:embedBold", "w:embedItalic", "w:embedBoldItalic")))

FONTS = frozenset(
    name.casefold()
    for name in (
        "Aptos", "Aptos Display", "Aptos Light", "Aptos Mono", "Aptos Narrow", "Aptos SemiBold",
        "Aptos Serif", "Arial", "Arial Black", "Arial Narrow", "Bahnschrift", "Book Antiqua",
        "Bookman Old Style", "Calibri", "Calibri Light", "Cambria", "Cambria Math", "Candara",
        "Century", "Century Gothic", "Comic Sans MS", "Consolas", "Constantia", "Corbel", "Courier",
        "Courier New", "Franklin Gothic Book", "Franklin Gothic Medium", "Garamond", "Georgia",
        "Gill Sans MT", "Grandview", "Helvetica", "Impact", "Lucida Console", "Lucida Sans",
        "Lucida Sans Unicode", "MS Gothic", "MS Mincho", "Palatino Linotype", "Rockwell", "Seaford",
        "Segoe UI", "Segoe UI Emoji", "Segoe UI Light", "Segoe UI Semibold", "Segoe UI Semilight",
        "Segoe UI Symbol", "Skeena", "Sylfaen", "Symbol", "Tahoma", "Tenorite", "Times",
        "Times New Roman", "Trebuchet MS", "Tw Cen MT", "Verdana", "Webdings", "Wingdings",
        "Wingdings 2", "Wingdings 3", "Carlito", "Caladea", "Liberation Sans", "Liberation Serif",
        "Liberation Mono", "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono",
    )
)  # fmt: skip
"""Fonts that come with Windows or Office, and the free ones with the same widths."""


def change_problems(found: Sequence[Story], *, has_comments: bool, file: str) -> Iterator[Problem]:
    """Yield tracked changes and comments that somebody has left: they would come into every paper."""
    for story in found:
        told: set[Place] = set()
        for node in story.root.iter():
            place = story.place_of(node) if node.tag in _CHANGES else None
            if place and place not in told:
                told.add(place)
                said = msg("there is a tracked change here, which would stand in every paper.")
                expected = msg("Accept or reject it in Word under «Review», and turn tracking off.")
                yield Problem("tracked-change", place, said, expected)
    notes = [(story, node) for story in found for node in story.root.iter(qn("w:commentReference"))]
    for story, node in notes:
        said = msg("there is a comment here, which would stand in every paper.")
        yield Problem("comment-left", story.place_of(node), said, msg("Delete it in Word under «Review»."))
    if has_comments and not notes:
        said = msg("the template holds comments that belong to no place in it.")
        expected = msg("Choose «Delete all comments» in Word under «Review».")
        yield warning("comment-left", Place(file), said, expected)


def font_problems(
    found: Sequence[Story], styles: Element, fonts: Element | None, theme: Sequence[str], file: str
) -> Iterator[Problem]:
    """Yield the fonts that not every reader has, each where it is first met."""
    embedded = set()
    for font in () if fonts is None else fonts.findall(qn("w:font")):
        if any(font.find(tag) is not None for tag in _EMBEDDED):
            embedded.add(str(font.get(qn("w:name"))).casefold())
    told = set(FONTS | embedded)
    for place, style, name in _fonts(found, styles, theme, file):
        if name.casefold() in told:
            continue
        told.add(name.casefold())
        said = msg("the font «{font}» comes neither with Office nor with the template.", font=name)
        if style:
            said = msg(
                "the font «{font}» of the style «{style}» comes neither with Office nor with the template.",
                font=name,
                style=style,
            )
        expected = msg("Choose another font, or let Word embed it: «Options», «Save», «Embed fonts».")
        yield warning("font", place, said, expected)


def _fonts(
    found: Sequence[Story], styles: Element, theme: Sequence[str], file: str
) -> Iterator[tuple[Place, str, str]]:
    """Yield the place, style and name of every font that is asked for, styles first."""
    for node in styles.iter(qn("w:rFonts")):
        style = next(node.iterancestors(qn("w:style")), None)
        for key in _FONT_KEYS:
            if node.get(key):
                yield Place(file), "" if style is None else name_of(style), str(node.get(key))
    for name in theme:
        yield Place(file), "", name
    for story in found:
        for node in story.root.iter(qn("w:rFonts")):
            for key in _FONT_KEYS:
                if node.get(key):
                    yield story.place_of(node), "", str(node.get(key))


def language_problems(styles: Element, file: str) -> Iterator[Problem]:
    """Yield that a template does not say which language it is in (17.3.2.20)."""
    defaults = styles.find(qn("w:docDefaults"))
    roots = [
        each for each in styles.findall(qn("w:style")) if each.get(qn("w:default")) in ("1", "true", "on")
    ]
    langs = [lang for root in (defaults, *roots) if root is not None for lang in root.iter(qn("w:lang"))]
    if not any(lang.get(qn("w:val")) for lang in langs):
        said = msg("the template does not say which language it is in.")
        expected = msg("Choose Norwegian in Word under «Review», «Language», «Set as default».")
        yield warning("language-missing", Place(file), said, expected)


def title_problems(found: Sequence[Story], file: str) -> Iterator[Problem]:
    """Yield that the paper's title is printed nowhere in the text."""
    text = "".join(each.text for story in found if not story.part for each in story.passages)
    if "sak.tittel" not in text:
        said = msg("the template prints the title of the case nowhere in its text.")
        expected = msg("Add a paragraph with {tag} in the style «Title».", tag="{{ sak.tittel }}")
        yield warning("title-missing", Place(file), said, expected)
