"""Styles by name. What a template lacks of Word's built-in styles is added as Word itself would.

Ids are never relied on: a Norwegian Word calls «heading 1» `Overskrift1` (ECMA-376 part 1, 17.7.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from functools import lru_cache
from itertools import chain, count

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from casebuilder.word.xml import Element, element

_DEFAULTS = ("Normal", "Normal Table")
_TRUE = ("1", "true", "on")
_SPACED = '<w:spacing w:before="{before}" w:after="{after}"/>'

EXEMPT = "Unntatt offentlighet"
"""The name of the style that marks what the public must not see."""
_OF_WORDS = ("", " Tegn", " Char", " Teikn")
"""What Word adds to the name of a linked style when only some words have it (17.7.4.6)."""
_LINK = re.compile(r'<w:link w:val="\w+"/>')
EXEMPT_NAMES = frozenset(f"{EXEMPT}{each}".casefold() for each in _OF_WORDS)
"""The names, in small letters, that mark paragraphs or words."""
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="FCE4D6"/>'
_EXEMPT: Mapping[str, tuple[str, str]] = {
    EXEMPT: (
        "paragraph",
        '<w:basedOn w:val="{Normal}"/><w:link w:val="UnntattOffentlighetTegn"/><w:uiPriority w:val="35"/>'
        f"<w:qFormat/><w:pPr>{_SHADE}</w:pPr>",
    ),
    f"{EXEMPT} Tegn": (
        "character",
        f'<w:link w:val="UnntattOffentlighet"/><w:uiPriority w:val="35"/><w:rPr>{_SHADE}</w:rPr>',
    ),
}

_BUILT_IN: Mapping[str, tuple[str, str]] = {
    # name: (kind, what stands inside the style after its name)
    "footnote text": (
        "paragraph",
        '<w:basedOn w:val="{Normal}"/><w:uiPriority w:val="99"/><w:pPr><w:spacing w:after="0"/></w:pPr>'
        '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>',
    ),
    "footnote reference": (
        "character",
        '<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    ),
    "Hyperlink": (
        "character",
        '<w:uiPriority w:val="99"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr>',
    ),
    "HTML Code": (
        "character",
        '<w:uiPriority w:val="99"/><w:rPr>'
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/></w:rPr>',
    ),
    "HTML Preformatted": (
        "paragraph",
        '<w:basedOn w:val="{Normal}"/><w:uiPriority w:val="99"/><w:rPr>'
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/></w:rPr>',
    ),
    "caption": (
        "paragraph",
        '<w:basedOn w:val="{Normal}"/><w:uiPriority w:val="35"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr>'
        "<w:rPr><w:i/></w:rPr>",
    ),
    "Quote": (
        "paragraph",
        '<w:basedOn w:val="{Normal}"/><w:uiPriority w:val="29"/><w:qFormat/>'
        '<w:pPr><w:ind w:left="567" w:right="567"/></w:pPr><w:rPr><w:i/></w:rPr>',
    ),
    "Table Grid": (
        "table",
        '<w:basedOn w:val="{Normal Table}"/><w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>'
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders></w:tblPr>",
    ),
    "Normal": ("paragraph", "<w:qFormat/>"),
    "Normal Table": (
        "table",
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    ),
}


@lru_cache(maxsize=64)
def _pattern(name: str) -> tuple[str, str]:
    """Return the built-in definition of a style, also of those that come in levels."""
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    stem, _, level = name.rpartition(" ")
    number = int(level) if stem and level.isdigit() else 1
    if name.startswith("heading"):
        return (
            "paragraph",
            '<w:basedOn w:val="{Normal}"/><w:next w:val="{Normal}"/><w:uiPriority w:val="9"/><w:qFormat/>'
            f"<w:pPr><w:keepNext/><w:keepLines/>{_SPACED.format(before=240, after=80)}"
            f'<w:outlineLvl w:val="{number - 1}"/></w:pPr><w:rPr><w:b/></w:rPr>',
        )
    return (
        "paragraph",
        '<w:basedOn w:val="{Normal}"/><w:uiPriority w:val="99"/>'
        f'<w:pPr><w:ind w:left="{357 * number}"/><w:contextualSpacing/></w:pPr>',
    )


class Styles:
    """The styles of one document."""

    def __init__(self, root: Element) -> None:
        """Read the names in a w:styles element."""
        self._root = root
        self._own: Callable[[], Element] | None = None
        self._ids: dict[tuple[str, str], str] = {}
        for style in root.findall(qn("w:style")):
            name = style.find(qn("w:name"))
            if name is not None:
                key = (style.get(qn("w:type"), "paragraph"), name.get(qn("w:val"), "").casefold())
                self._ids.setdefault(key, style.get(qn("w:styleId"), ""))

    def shared(self, own: Callable[[], Element]) -> Styles:
        """Return the same styles for one of many papers; `own` gives the paper's own, if one is added."""
        made = copy(self)
        made._take(dict(self._ids), own)  # noqa: SLF001 - its own class
        return made

    def _take(self, ids: dict[tuple[str, str], str], own: Callable[[], Element]) -> None:
        self._ids, self._own = ids, own

    def find(self, name: str, kind: str = "paragraph") -> str | None:
        """Return the id of a style by its name, or None if the document has none."""
        return self._ids.get((kind, name.casefold()))

    def id(self, name: str) -> str:
        """Return the id of a built-in style by its name, adding the style where it is missing."""
        kind, inside = _pattern(name)
        return self.find(name, kind) or self._add(name, kind, inside)

    def exempt(self) -> tuple[str, str]:
        """Return the ids of the styles of exempt paragraphs and words; a linked pair is added if need be."""
        paragraph, words = self.find(EXEMPT), self._exempt_words()
        if paragraph is None and words is None:
            return self._add(EXEMPT, *_EXEMPT[EXEMPT]), self._add(
                f"{EXEMPT} Tegn", *_EXEMPT[f"{EXEMPT} Tegn"]
            )
        return paragraph or self._alone(EXEMPT), words or self._alone(f"{EXEMPT} Tegn")

    def _exempt_words(self) -> str | None:
        names = (f"{EXEMPT}{each}" for each in _OF_WORDS)
        return next((found for name in names if (found := self.find(name, "character"))), None)

    def _alone(self, name: str) -> str:
        """Add one of the pair, linked to none."""
        kind, inside = _EXEMPT[name]
        return self._add(name, kind, _LINK.sub("", inside))

    def definition(self, style_id: str) -> Element | None:
        """Return the w:style element with this id."""
        return next((each for each in self._root if each.get(qn("w:styleId")) == style_id), None)

    def set_language(self, tag: str) -> None:
        """Let `tag` be the language of all text that names none, or a Norwegian one.

        It stands in w:docDefaults (17.7.5.1) and in the styles that are the default, where those name one.
        """
        defaults = self._root.find(qn("w:docDefaults"))
        if defaults is None:
            defaults = element("w:docDefaults")
            self._root.insert(0, defaults)
        lang = _under(_under(_under(defaults, "w:rPrDefault"), "w:rPr"), "w:lang")
        lang.set(qn("w:val"), tag)
        for style in self._root.findall(qn("w:style")):
            named = style.find(f"{qn('w:rPr')}/{qn('w:lang')}")
            if style.get(qn("w:default")) in _TRUE and named is not None and named.get(qn("w:val")):
                named.set(qn("w:val"), tag)
        set_norwegian(self._root, tag)

    def _add(self, name: str, kind: str, inside: str) -> str:
        if self._own:
            self._root, self._own = self._own(), None
        wanted = "".join(word.capitalize() for word in name.split())
        taken = {each.get(qn("w:styleId")) for each in self._root.findall(qn("w:style"))}
        numbered = (f"{wanted}{number}" for number in count(1))
        style_id = next(each for each in chain([wanted], numbered) if each not in taken)
        self._ids[(kind, name.casefold())] = style_id
        ids = {each: self.id(each) for each in _DEFAULTS if "{" + each + "}" in inside}
        for each, known in ids.items():
            inside = inside.replace("{" + each + "}", known)
        default = ' w:default="1"' if name in _DEFAULTS and not self._has_default(kind) else ""
        start = f'<w:style {nsdecls("w")} w:type="{kind}"{default} w:styleId="{style_id}">'
        self._root.append(parse_xml(f'{start}<w:name w:val="{name}"/>{inside}</w:style>'))
        return style_id

    def _has_default(self, kind: str) -> bool:
        styles = (each for each in self._root.findall(qn("w:style")) if each.get(qn("w:type")) == kind)
        return any(each.get(qn("w:default")) in _TRUE for each in styles)


def set_norwegian(root: Element, tag: str) -> None:
    """Let what a Norwegian Word has marked as one of the two languages be in the paper's own."""
    for lang in root.iter(qn("w:lang")):
        if str(lang.get(qn("w:val"), "")).lower() in ("nb-no", "nn-no", "no-no", "nb", "nn", "no"):
            lang.set(qn("w:val"), tag)


def _under(parent: Element, name: str) -> Element:
    found = parent.find(qn(name))
    if found is None:
        found = element(name)
        if name == "w:rPrDefault":
            parent.insert(0, found)
        else:
            parent.append(found)
    return found
