"""What stands folded into other elements, put where a reader meets it; what nobody sees, taken away.

Pandoc skips some containers whole and loses words around text boxes (17.17, part 3 for the alternatives).
"""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from casebuilder.word.source_odd import without_contents
from casebuilder.word.style_chains import StyleChains
from casebuilder.word.xml import Element, element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = tuple(map(qn, ("w:drawing", "w:pict", "w:object")))
_V_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_WRAPPERS = (qn("w:smartTag"), qn("w:sdt"))
_OFF = ("0", "false", "off")
_CONTENTS = re.compile(r"toc( \d|-overskrift| heading)")


def unfold(root: Element, styles: StyleChains) -> None:
    """Change a story in place."""
    for each in list(root.iter(f"{_MC}AlternateContent")):
        _choose(each)
    without_contents(root)
    for paragraph in list(root.iter(qn("w:p"))):
        if any(_CONTENTS.match(name) for name in styles.names(paragraph)[:1]):
            _emptied(paragraph)
    for wrapper in list(root.iter(*_WRAPPERS)):
        _unwrap(wrapper)
    for box in list(root.iter(qn("w:txbxContent"))):
        _lift(box)
    for drawing in [each for each in root.iter(*_DRAWN) if not _has_picture(each)]:
        _tell(drawing)
    _drop_hidden(root)
    for each in list(root.iter(qn("w:br"))):
        each.attrib.clear()  # a page has no end here
    for mark in list(root.iter(qn("w:bookmarkStart"))):
        _move_inside(mark)


def _choose(alternatives: Element) -> None:
    """Take the first alternative, as a program of today does."""
    parent = alternatives.getparent()
    if parent is not None:
        chosen = next(iter(alternatives), None)
        at = parent.index(alternatives)
        parent[at : at + 1] = [] if chosen is None else list(chosen)


def _emptied(paragraph: Element) -> None:
    for child in [each for each in paragraph if each.tag != qn("w:pPr")]:
        paragraph.remove(child)


def _unwrap(wrapper: Element) -> None:
    parent = wrapper.getparent()
    if parent is None:
        return
    content = wrapper.find(qn("w:sdtContent")) if wrapper.tag == qn("w:sdt") else wrapper
    inside = () if content is None else content
    at = parent.index(wrapper)
    parent[at : at + 1] = [each for each in inside if each.tag != qn("w:smartTagPr")]


def _lift(box: Element) -> None:
    """Put the paragraphs of a text box after the paragraph that it hangs on."""
    anchor = next(box.iterancestors(qn("w:p")), None)
    if anchor is not None:
        for block in reversed(list(box)):
            anchor.addnext(block)
    parent = box.getparent()
    if parent is not None:
        parent.remove(box)


def _has_picture(drawing: Element) -> bool:
    """Tell whether a drawing holds a picture that lies in the file, where pandoc looks for it."""
    blips = (blip for each in drawing.iter(qn("pic:pic")) for blip in each.iter(qn("a:blip")))
    kept = any(each.get(qn("r:embed")) for each in blips)
    return kept or any(each.get(qn("r:id")) for each in drawing.iter(_V_PICTURE))


def _tell(drawing: Element) -> None:
    """Put the alt text of a chart or a drawing, which no page can show, in its place."""
    said = next((each.get("descr") for each in drawing.iter(qn("wp:docPr"))), None)
    words = element("w:t")
    words.text = said or ""
    parent = drawing.getparent()
    if parent is not None:
        parent.replace(drawing, words)


def _drop_hidden(root: Element) -> None:
    for run in list(root.iter(qn("w:r"))):
        hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        parent = run.getparent()
        if hidden is not None and hidden.get(qn("w:val")) not in _OFF and parent is not None:
            parent.remove(run)


def _move_inside(mark: Element) -> None:
    """Put a bookmark that stands between paragraphs into the next one."""
    if next(mark.iterancestors(qn("w:p")), None) is None:
        following = next((each for each in mark.itersiblings(qn("w:p"))), None)
        if following is not None:
            properties = following.find(qn("w:pPr"))
            following.insert(0 if properties is None else 1, mark)
