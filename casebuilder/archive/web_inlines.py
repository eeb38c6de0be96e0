"""Links, pictures, and what may stay of pandoc's attributes: names and places of the Word file do not."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from casebuilder.archive.web_tree import Tree, classes, drop, make, parent_of, text_of, unwrap
from casebuilder.archive.web_words import Words
from casebuilder.word.web_source import DECORATION

_OUTSIDE = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_WIDTH = re.compile(r"width:\s*([\d.]+)(in|cm|pt)")
_PIXELS = {"in": 96.0, "cm": 96 / 2.54, "pt": 96 / 72}
_KINDS = {
    b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"BM": "image/bmp",
    b"RIFF": "image/webp",
}  # fmt: skip
_KEPT = {
    "a": {"href", "id", "role", "aria-label", "class"},
    "img": {"src", "alt", "width"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"type", "start", "class"},
    "li": {"id", "value"},
    "table": {"aria-label", "aria-labelledby", "class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "section": {"id", "role", "aria-labelledby"},
    "math": {"display"},
}
_EVERYWHERE = {"lang", "id"}
_OUR_CLASSES = re.compile(
    r"own|(plain|bracket) \w+|notes \w+|note|number|picture|facts|wide|caption|heading|title|smallcaps"
)
_RIGHT = re.compile(r"text-align:\s*(right|center)")


def mend_links(main: Tree) -> None:
    """Keep links that lead somewhere; give what they lead to in the page names that tell nothing."""
    targets = {str(each.get("id")): each for each in main.iter() if each.get("id")}
    named = {key: each for key, each in targets.items() if each.get("class") == "anchor"}
    ours: dict[str, str] = {}
    for link in list(main.iter("a")):
        address = str(link.get("href") or "")
        if address.startswith("#") and address[1:] in named:
            link.set("href", f"#{ours.setdefault(address[1:], f'reference-{len(ours) + 1}')}")
        elif not _leads(address, targets) or not _is_told(link):
            unwrap(link)
    for key, target in named.items():
        if key in ours:
            target.set("id", ours[key])
        else:
            unwrap(target)


def _leads(address: str, targets: Mapping[str, Tree]) -> bool:
    return address[1:] in targets if address.startswith("#") else bool(_OUTSIDE.match(address))


def _is_told(link: Tree) -> bool:
    return bool(text_of(link)) or next(link.iter("img"), None) is not None


def mend_pictures(main: Tree, pictures: Mapping[str, bytes], words: Words) -> None:
    """Put pictures into the page itself; one that no browser shows is told by its alt text."""
    for image in list(main.iter("img")):
        data = pictures.get(str(image.get("src")), b"")
        width = _WIDTH.search(image.get("style") or "")
        said = " ".join((image.get("alt") or "").split())
        alt = "" if said == DECORATION else said or words.picture
        image.attrib.clear()
        kind = _kind(data)
        if kind is None:
            told = make("span", alt, class_="picture")
            told.tail = image.tail
            parent_of(image).replace(image, told)
            continue
        image.set("src", f"data:{kind};base64,{base64.b64encode(data).decode()}")
        image.set("alt", alt)
        if width:
            image.set("width", str(round(float(width[1]) * _PIXELS[width[2]])))


def _kind(data: bytes) -> str | None:
    kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), None)
    return "image/svg+xml" if kind is None and b"<svg" in data[:1000] else kind


def mend_figures(main: Tree) -> None:
    """Put a picture that stands alone and the caption under it, or else over it, into a figure."""
    for caption in [each for each in main.iter("p") if classes(each) == "caption"]:
        under, over = caption.getprevious(), caption.getnext()
        picture = next((each for each in (under, over) if each is not None and _is_picture(each)), None)
        if picture is not None:
            first, second = (picture, caption) if picture is under else (caption, picture)
            figure = make("figure")
            first.addprevious(figure)
            figure.append(first)
            figure.append(second)
            caption.tag = "figcaption"
            del caption.attrib["class"]


def _is_picture(block: Tree) -> bool:
    return block.tag == "p" and not text_of(block) and next(block.iter("img"), None) is not None


def strip_attributes(main: Tree) -> None:
    """Leave no attribute that the page does not need, and no element that says nothing."""
    for each in list(main.iter()):
        if not isinstance(each.tag, str):
            continue
        if each.tag == "annotation":
            drop(each)
            continue
        aligned = _RIGHT.search(each.get("style") or "") if each.tag in ("td", "th") else None
        kept = _KEPT.get(each.tag, set()) | _EVERYWHERE
        is_ours = bool(_OUR_CLASSES.fullmatch(classes(each)))
        for key in list(each.attrib):
            if key not in kept and not (key == "class" and is_ours) and not _is_mathematical(each):
                del each.attrib[key]
        if aligned:
            each.set("class", aligned[1])
    for each in reversed([each for each in main.iter("span", "p") if not each.attrib]):
        if each.tag == "span" or (not text_of(each) and next(each.iter("img", "math"), None) is None):
            unwrap(each)


def _is_mathematical(node: Tree) -> bool:
    return any(each.tag == "math" for each in node.iterancestors())
