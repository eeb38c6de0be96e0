"""Lists: every list has a w:num of its own, on the template's design where that fits."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.paper import Block, ListBlock, NumberFormat, Paragraph, Text
from casebuilder.word.numbering import LEVELS, Numbering
from casebuilder.word.package import parts_of
from casebuilder.word.styles import Styles
from casebuilder.word.xml import Element, element
from tests.word.builders import TEMPLATE, opened, paper, template_with, words, written

DEFAULT = template_with("{{ saksutredning }}")
FORMATS = [None, *NumberFormat]


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def items(*texts: str, form: NumberFormat | None = NumberFormat.DECIMAL, start: int = 1) -> ListBlock:
    return ListBlock(tuple((p(each),) for each in texts), form, start)


def nested(depth: int, form: NumberFormat | None) -> ListBlock:
    inside = (nested(depth - 1, form),) if depth > 1 else ()
    return ListBlock(((p(f"{depth}"), *inside),), form)


def lists(*blocks: Block, template: bytes = TEMPLATE) -> tuple[list[tuple[str, str, str]], Numbering]:
    """Each numbered paragraph's words, w:num and level, and the numbering they are of."""
    document = opened(written(paper(*blocks), template))
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if number is not None and words(paragraph):
            level, num = number.find(qn("w:ilvl")), number.find(qn("w:numId"))
            found.append((words(paragraph), str(num.get(qn("w:val"))), str(level.get(qn("w:val")))))
    numbering = Numbering(document.part.numbering_part.element, Styles(document.styles.element))
    return found, numbering


def starts(numbering: Numbering, number: str) -> list[str]:
    (num,) = [each for each in numbering._root if each.get(qn("w:numId")) == number]
    return [str(each.get(qn("w:val"))) for each in num.iter(qn("w:startOverride"))]


@pytest.mark.parametrize("template", [TEMPLATE, DEFAULT], ids=["ours", "python-docx"])
@pytest.mark.parametrize("form", FORMATS)
def test_each_list_has_a_number_of_its_own_and_counts_from_its_start(
    template: bytes, form: NumberFormat | None
) -> None:
    found, numbering = lists(
        items("a", "b", form=form), p("ord"), items("c", form=form, start=4), template=template
    )
    first, second = found[0][1], found[2][1]
    assert [(text, level) for text, _number, level in found] == [("a", "0"), ("b", "0"), ("c", "0")]
    assert (found[1][1], first != second) == (first, True)
    kind = form.value if form else "bullet"
    assert [numbering.format_of(each, 0) for each in (first, second)] == [kind, kind]
    begun = [starts(numbering, each)[:1] for each in (first, second)]
    assert begun == ([["1"], ["4"]] if form else [[], []])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("depth", [2, 3, 9])
def test_every_level_of_a_nested_list_is_numbered_as_the_author_said(
    form: NumberFormat | None, depth: int
) -> None:
    found, numbering = lists(nested(depth, form), template=DEFAULT)
    assert [level for _text, _number, level in found] == [str(each) for each in range(depth)]
    formats = [numbering.format_of(number, int(level)) for _text, number, level in found]
    assert formats == [form.value if form else "bullet"] * depth


def test_decimals_inside_decimals_take_what_the_template_s_design_has_there() -> None:
    found, numbering = lists(nested(3, NumberFormat.DECIMAL))
    assert len({number for _text, number, _level in found}) == 1
    formats = [numbering.format_of(number, int(level)) for _text, number, level in found]
    assert formats == ["decimal", "lowerLetter", "lowerRoman"]


def test_letters_inside_numbers_are_letters() -> None:
    inner = items("a", "b", form=NumberFormat.LOWER_LETTER)
    found, numbering = lists(ListBlock(((p("en"), inner), (p("to"),)), NumberFormat.DECIMAL))
    told = [(text, numbering.format_of(number, int(level)), level) for text, number, level in found]
    assert told == [
        ("en", "decimal", "0"),
        ("a", "lowerLetter", "1"),
        ("b", "lowerLetter", "1"),
        ("to", "decimal", "0"),
    ]
    assert found[0][1] == found[3][1]


def numbering_of(template: bytes) -> Numbering:
    document = docx.Document(io.BytesIO(template))
    return Numbering(document.part.numbering_part.element, Styles(document.styles.element))


def abstract(numbering: Numbering, number: str) -> Element:
    found = numbering._abstract(number)
    assert found is not None
    return found


@pytest.mark.parametrize(("style", "form"), [("List Number", NumberFormat.DECIMAL), ("List Bullet", None)])
def test_a_list_uses_the_template_s_own_design_when_that_is_deep_enough(
    style: str, form: NumberFormat | None
) -> None:
    numbering = numbering_of(DEFAULT)
    tied = numbering._of_style(style)
    assert tied is not None
    own = abstract(numbering, tied)
    assert len(own.findall(qn("w:lvl"))) == 1
    assert abstract(numbering, numbering.of_list(form, 1, 1)) is own
    deeper = abstract(numbering, numbering.of_list(form, 1, 2))
    assert (deeper is own, len(deeper.findall(qn("w:lvl")))) == (False, LEVELS)
    assert abstract(numbering, numbering.of_list(form, 1, 2)) is deeper


def bare(*children: Element) -> Numbering:
    return Numbering(element("w:numbering", children), Styles(element("w:styles")))


def test_the_order_of_the_schema_is_kept() -> None:
    numbering = bare(
        element("w:numPicBullet", numPicBulletId=0),
        element("w:abstractNum", abstractNumId=7),
        element("w:num", [element("w:abstractNumId", val=7)], numId=3),
        element("w:numIdMacAtCleanup", val=1),
    )
    assert numbering.of_list(None, 1, 1) == "4"
    assert numbering.of_list(NumberFormat.DECIMAL, 1, 1) == "5"
    assert [each.tag.rpartition("}")[2] for each in numbering._root] == [
        "numPicBullet",
        "abstractNum",
        "abstractNum",
        "abstractNum",
        "num",
        "num",
        "num",
        "numIdMacAtCleanup",
    ]


@given(st.lists(st.tuples(st.sampled_from(FORMATS), st.integers(0, 99), st.integers(1, LEVELS)), max_size=8))
def test_no_two_lists_share_a_number(wanted: list[tuple[NumberFormat | None, int, int]]) -> None:
    numbering = bare()
    numbers = [numbering.of_list(form, start, depth) for form, start, depth in wanted]
    assert len(set(numbers)) == len(numbers)
    kinds = [numbering.format_of(number, 0) for number in numbers]
    assert kinds == [form.value if form else "bullet" for form, _start, _depth in wanted]


def test_a_template_without_lists_gets_its_numbering_part() -> None:
    parts = parts_of(written(paper(items("a")), DEFAULT))
    assert "word/numbering.xml" in parts
