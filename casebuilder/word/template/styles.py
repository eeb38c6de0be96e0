"""The styles and lists of a template: missing, doubled, going round; headings that no list numbers.

ECMA-376 part 1, 17.7 (styles) and 17.9 (numbering): what refers to a style or list names it by an id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from casebuilder.problems import Message, Place, Problem, msg, warning
from casebuilder.word.template.places import Story
from casebuilder.word.xml import Element

_USES = ("w:pStyle", "w:rStyle", "w:tblStyle")
_BUILDS_ON = ("w:basedOn", "w:next", "w:link")
_HEADINGS = ("heading 1", "heading 2", "heading 3")


def style_problems(found: Sequence[Story], styles: Element, file: str) -> Iterator[Problem]:
    """Yield styles that are used and not there, that stand twice, or that build on themselves."""
    ids = [str(each.get(qn("w:styleId"))) for each in styles.findall(qn("w:style"))]
    for story in found:
        for use in story.root.iter(*map(qn, _USES)):
            if use.get(qn("w:val")) not in ids:
                told = msg("the paragraph uses the style «{name}», which the template does not have.",
                           name=use.get(qn("w:val")))  # fmt: skip
                yield Problem(
                    "style-missing", story.place_of(use), told, msg("Choose another style in Word.")
                )
    for style in styles.findall(qn("w:style")):
        for tag in _BUILDS_ON:
            node = style.find(qn(tag))
            if node is not None and node.get(qn("w:val")) not in ids:
                told = msg(
                    "the style «{style}» refers to the style «{name}», which the template does not have.",
                    style=name_of(style),
                    name=node.get(qn("w:val")),
                )
                expected = msg("Open the style in Word under «Modify style», and choose another one.")
                yield Problem("style-missing", Place(file), told, expected)
    yield from _doubled(styles, ids, file)
    yield from _rings(styles, file)


def name_of(style: Element) -> str:
    """Return a style's name, or its id if it has none."""
    name = style.find(qn("w:name"))
    return str(style.get(qn("w:styleId")) if name is None else name.get(qn("w:val")))


def _doubled(styles: Element, ids: Sequence[str], file: str) -> Iterator[Problem]:
    every = styles.findall(qn("w:style"))
    names = Counter((str(each.get(qn("w:type"))), name_of(each).casefold()) for each in every)
    twice = [each for each in every if names[str(each.get(qn("w:type"))), name_of(each).casefold()] > 1]
    same_id = [each for each in every if ids.count(str(each.get(qn("w:styleId")))) > 1]
    for name in dict.fromkeys(name_of(each) for each in (*twice, *same_id)):
        found = msg("the template has the style «{name}» more than once.", name=name)
        expected = msg("Delete all but one of them in Word under «Styles».")
        yield Problem("style-twice", Place(file), found, expected)


def _rings(styles: Element, file: str) -> Iterator[Problem]:
    above = {
        str(each.get(qn("w:styleId"))): each.find(qn("w:basedOn")) for each in styles.findall(qn("w:style"))
    }
    for style in styles.findall(qn("w:style")):
        own = at = str(style.get(qn("w:styleId")))
        for _step in above:
            parent = above.get(at)
            at = "" if parent is None else str(parent.get(qn("w:val")))
            if at == own:
                found = msg("the style «{name}» builds on itself.", name=name_of(style))
                expected = msg("Open the style in Word under «Modify style», and choose another one.")
                yield Problem("style-ring", Place(file), found, expected)
                break


def list_problems(
    found: Sequence[Story], styles: Element, numbering: Element | None, file: str
) -> Iterator[Problem]:
    """Yield numbers of lists that are not there, lists without a design, and headings without a number."""
    nums = {} if numbering is None else _by_id(numbering, "w:num", "w:numId")
    designs = {} if numbering is None else _by_id(numbering, "w:abstractNum", "w:abstractNumId")
    expected = msg("Choose the list anew in Word under «Multilevel list» or «Numbering».")
    for story in found:
        for node in story.root.iter(qn("w:numId")):
            if node.get(qn("w:val")) not in (*nums, "0"):
                yield _no_list(story.place_of(node), msg("the paragraph"), node, expected)
    for style in styles.findall(qn("w:style")):
        for node in style.iter(qn("w:numId")):
            if node.get(qn("w:val")) not in (*nums, "0"):
                yield _no_list(Place(file), msg("the style «{name}»", name=name_of(style)), node, expected)
    if numbering is not None:
        yield from _faulty_lists(numbering, designs, file)
    yield from _headings(styles, nums, designs, file)


def _by_id(root: Element, tag: str, key: str) -> dict[str, Element]:
    return {str(each.get(qn(key))): each for each in root.findall(qn(tag))}


def _no_list(place: Place, who: Message, node: Element, expected: Message) -> Problem:
    number = node.get(qn("w:val"))
    found = msg("{who} belongs to a numbered list ({number}) that the template does not have.",
                who=who, number=number)  # fmt: skip
    return Problem("list-missing", place, found, expected)


def _faulty_lists(numbering: Element, designs: dict[str, Element], file: str) -> Iterator[Problem]:
    numbers = Counter(str(each.get(qn("w:numId"))) for each in numbering.findall(qn("w:num")))
    for number in (each for each, count in numbers.items() if count > 1):
        found = msg("the template has two lists with the number {number}.", number=number)
        yield Problem("list-twice", Place(file), found, msg("Open the template in Word and save it again."))
    for num in numbering.findall(qn("w:num")):
        design = num.find(qn("w:abstractNumId"))
        if design is None or design.get(qn("w:val")) not in designs:
            found = msg("list number {number} of the template has no design.", number=num.get(qn("w:numId")))
            expected = msg("Choose the list anew in Word under «Multilevel list» or «Numbering».")
            yield Problem("list-missing", Place(file), found, expected)


def _headings(
    styles: Element, nums: dict[str, Element], designs: dict[str, Element], file: str
) -> Iterator[Problem]:
    """Yield what keeps the headings from being numbered 1, 1.1, 1.1.1 by Word itself."""
    expected = msg(
        "Choose in Word «Multilevel list», «Define new», and link each level to its heading style."
    )
    by_name = {name_of(each).casefold(): each for each in styles.findall(qn("w:style"))}
    headings = [(level, by_name.get(name)) for level, name in enumerate(_HEADINGS)]
    used = set()
    for level, style in headings:
        name = msg("heading {level}", level=level + 1)
        number = style.find(f".//{qn('w:numId')}") if style is not None else None
        if style is None or number is None or number.get(qn("w:val")) == "0":
            found = msg("the style «{name}» belongs to no multilevel list, so it gets no number.", name=name)
            yield warning("headings-unnumbered", Place(file), found, expected)
            continue
        design = _design(nums.get(str(number.get(qn("w:val")))), designs)
        if design is None:
            continue  # told already
        used.add(str(design.get(qn("w:abstractNumId"))))
        if _level_of(design, str(style.get(qn("w:styleId")))) != level:
            found = msg(
                "the style «{name}» is not tied to level {level} of its list.", name=name, level=level + 1
            )
            yield warning("headings-unnumbered", Place(file), found, expected)
    if len(used) > 1:
        found = msg(
            "the heading styles belong to different lists, so their numbers do not follow each other."
        )
        yield warning("headings-unnumbered", Place(file), found, expected)


def _design(num: Element | None, designs: dict[str, Element]) -> Element | None:
    link = None if num is None else num.find(qn("w:abstractNumId"))
    return None if link is None else designs.get(str(link.get(qn("w:val"))))


def _level_of(design: Element, style_id: str) -> int | None:
    for level in design.findall(qn("w:lvl")):
        tie = level.find(qn("w:pStyle"))
        if tie is not None and tie.get(qn("w:val")) == style_id:
            return int(level.get(qn("w:ilvl"), "0"))
    return None
