"""Marked words cut out of one paragraph, with all that would still tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn

from casebuilder.word.exempt import SHOWN, is_marked, is_marked_paragraph
from casebuilder.word.revisions import take_out
from casebuilder.word.xml import MARKS, Element, run, text_elements

_SAYS = frozenset((*SHOWN, *map(qn, ("w:t", "w:sym", "w:noBreakHyphen", "w:ptab", "w:delText"))))
_WRITTEN = frozenset((*_SAYS, *map(qn, ("w:tab", "w:br", "w:cr", "w:softHyphen"))))
_NUMBERS = tuple(map(qn, ("w:footnoteRef", "w:endnoteRef")))
_PLACED = tuple(map(qn, ("w:numPr", "w:sectPr", "w:outlineLvl")))
_FIELD = qn("w:fldChar")


def shows(node: Element) -> bool:
    """Tell whether a run shows anything but blanks."""
    for each in node:
        if each.tag == qn("w:t"):
            if (each.text or "").strip():
                return True
        elif each.tag in _SAYS or (isinstance(each.tag, str) and each.tag.endswith("}AlternateContent")):
            return True
    return False


def _writes(node: Element) -> bool:
    """Tell whether a run has anything in it that can be read or seen, blanks too."""
    return shows(node) or any(each.tag in _WRITTEN and (each.tag != qn("w:t") or each.text) for each in node)


def own_runs(paragraph: Element) -> Iterator[Element]:
    """Yield the runs of a paragraph that stand in no paragraph inside it, such as a text box's."""
    for each in paragraph.iter(qn("w:r")):
        if next(each.iterancestors(qn("w:p"))) is paragraph:
            yield each


def is_whole(paragraph: Element, styles: frozenset[str]) -> bool:
    """Tell whether all that a paragraph shows is marked."""
    if is_marked_paragraph(paragraph, styles):
        return True
    runs = [each for each in own_runs(paragraph) if shows(each)]
    return bool(runs) and all(is_marked(each, styles) for each in runs)


def cut_whole(paragraph: Element, styles: frozenset[str], placed: frozenset[str], instead: str) -> None:
    """Leave nothing of a paragraph but what stands instead; one of several in a row is enough.

    A heading, a point of a list and the end of a section keep their place; `placed` are their styles.
    """
    for control in list(paragraph.iterancestors(qn("w:sdt"))):
        open_control(control)
    is_by_style = is_marked_paragraph(paragraph, styles)
    if not any(map(_writes, own_runs(paragraph))):
        _clear(paragraph, "", drop_style=is_by_style)
        return
    before = _before(paragraph)
    is_more = before is not None and _says(before) == instead and not _has_place(before, placed)
    if is_more and not _has_place(paragraph, placed):
        take_out(paragraph)
        return
    _clear(paragraph, instead, drop_style=is_by_style)


def _before(paragraph: Element) -> Element | None:
    above = next((each for each in paragraph.itersiblings(preceding=True) if each.tag not in MARKS), None)
    return above if above is not None and above.tag == qn("w:p") else None


def _says(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def _has_place(paragraph: Element, placed: frozenset[str]) -> bool:
    """Tell whether a paragraph counts for something besides its words."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return False
    style = properties.find(qn("w:pStyle"))
    is_placed = style is not None and style.get(qn("w:val")) in placed
    return is_placed or any(properties.find(tag) is not None for tag in _PLACED)


def _clear(paragraph: Element, instead: str, *, drop_style: bool) -> None:
    """Take everything out of a paragraph but what Word refers to by hidden names, and say something else."""
    for each in [each for each in paragraph if each.tag not in (*MARKS, qn("w:pPr"))]:
        if next(each.iter(*_NUMBERS), None) is None:
            paragraph.remove(each)
    _drop_named(paragraph)
    properties = paragraph.find(qn("w:pPr"))
    for tag in ("w:pStyle", "w:rPr") if drop_style else ("w:rPr",):
        found = None if properties is None else properties.find(qn(tag))
        if properties is not None and found is not None:
            properties.remove(found)
    if properties is not None and len(properties) == 0:
        paragraph.remove(properties)
    if instead:
        last = [each for each in paragraph if each.tag != MARKS[1]]
        paragraph.insert(paragraph.index(last[-1]) + 1 if last else 0, run(text_elements(instead)))


def _drop_named(node: Element) -> None:
    """Drop the bookmarks that a person has named: their names may tell what they stood at."""
    named = {
        each.get(qn("w:id"))
        for each in node.iter(MARKS[0])
        if not str(each.get(qn("w:name"))).startswith("_")
    }
    for each in [each for each in node.iter(*MARKS) if each.get(qn("w:id")) in named]:
        take_out(each)


def cut_paragraph(paragraph: Element, styles: frozenset[str], instead: str) -> None:
    """Cut the marked words of a paragraph; what stands instead comes once for each stretch of them."""
    marked = {each for each in own_runs(paragraph) if is_marked(each, styles)}
    fields = list(_fields(paragraph))
    whole = {each for field in fields if marked & set(field) for each in field}
    torn = marked - {each for field in fields for each in field}
    links = [each for each in paragraph.iter(qn("w:hyperlink")) if marked & set(each.iter(qn("w:r")))]
    said = False
    for each in list(own_runs(paragraph)):
        if each not in marked | whole:
            said = said and not _writes(each)
            continue
        spot = _outside(each)
        if not said and _writes(each):
            spot.addprevious(run(text_elements(instead)))
            said = True
        _cut_run(each, is_torn=each in torn)
    _drop_named(paragraph)
    for link in links:
        _unwrap(link)


def _outside(node: Element) -> Element:
    """Return a run, or what holds it that must not hold what stands instead: a link or a field.

    A control of Word's is opened: its name and what it is bound to may tell as much as its words.
    """
    found = node
    for each in list(node.iterancestors()):
        if each.tag == qn("w:p"):
            break
        if each.tag in (qn("w:hyperlink"), qn("w:fldSimple")):
            found = each
        elif each.tag == qn("w:sdt"):
            open_control(each)
    return found


def open_control(control: Element) -> None:
    """Leave of a content control what stands in it (17.5.2)."""
    content = control.find(qn("w:sdtContent"))
    for each in list(content) if content is not None else []:
        control.addprevious(each)
    take_out(control)


def _unwrap(link: Element) -> None:
    """Leave of a link the words that are open, without where it led."""
    if link.getparent() is None:
        return
    for each in list(link):
        link.addprevious(each)
    take_out(link)


def _fields(paragraph: Element) -> Iterator[list[Element]]:
    """Yield the runs of each field that begins and ends here: its code may hold an address or a name."""
    opened: list[list[Element]] = []
    for each in own_runs(paragraph):
        kinds = [mark.get(qn("w:fldCharType")) for mark in each.iter(_FIELD)]
        opened += [[] for _ in range(kinds.count("begin"))]
        for field in opened:
            field.append(each)
        yield from [opened.pop() for _ in range(min(kinds.count("end"), len(opened)))]


def _cut_run(each: Element, *, is_torn: bool) -> None:
    """Take a run out; the mark of a field that goes on in another paragraph stays."""
    simple = next(each.iterancestors(qn("w:fldSimple")), None)
    if is_torn and next(each.iter(_FIELD), None) is not None:
        for child in [child for child in each if child.tag not in (_FIELD, qn("w:rPr"))]:
            each.remove(child)
        return
    take_out(each)
    if simple is not None and simple.getparent() is not None:
        take_out(simple)
