"""Landscape pages: sections of their own, with header and footer as wide as they are."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Twips
from lxml.etree import _Element as Element

from casebuilder.paper import Block, Landscape, Paragraph, Text
from casebuilder.word.package import parts_of
from casebuilder.word.sections import text_height, text_width
from casebuilder.word.xml import element
from tests.word.builders import TEMPLATE, opened, paper, template_with, words, written

DEFAULT = template_with("{{ saksutredning }}", header="Brevhode")


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def wide(text: str) -> Landscape:
    return Landscape((p(text),))


def pages(*blocks: Block, template: bytes = DEFAULT) -> list[tuple[list[str], str]]:
    """Each section's words and how its page is turned."""
    result: list[tuple[list[str], str]] = []
    inside: list[str] = []
    for child in opened(written(paper(*blocks), template)).element.body:
        if words(child):
            inside.append(words(child))
        section = child if child.tag == qn("w:sectPr") else child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if section is not None:
            page = section.find(qn("w:pgSz"))
            turned = page.get(qn("w:orient"), "portrait")
            long = int(page.get(qn("w:w"))) > int(page.get(qn("w:h")))
            assert long == (turned == "landscape")
            result.append((inside, turned))
            inside = []
    return result


def test_a_landscape_block_is_a_section_between_upright_ones() -> None:
    assert pages(p("a"), wide("b"), p("c"), wide("d"), p("e")) == [
        (["a"], "portrait"),
        (["b"], "landscape"),
        (["c"], "portrait"),
        (["d"], "landscape"),
        (["e"], "portrait"),
    ]


def test_nothing_is_no_page_of_its_own() -> None:
    assert pages(wide("a"), wide("b"), p("c")) == [
        (["a"], "landscape"),
        (["b"], "landscape"),
        (["c"], "portrait"),
    ]
    assert pages(p("a"), wide("b")) == [(["a"], "portrait"), (["b"], "landscape")]
    assert pages(wide("a")) == [(["a"], "landscape")]


def references(section: Element) -> dict[str, str]:
    found = [each for each in section if each.tag in (qn("w:headerReference"), qn("w:footerReference"))]
    return {
        f"{each.get(qn('w:type'))} {each.tag.rpartition('}')[2]}": str(each.get(qn("r:id"))) for each in found
    }


def test_only_the_first_section_has_a_title_page_and_upright_pages_their_own_headers_again() -> None:
    made = written(paper(p("a"), wide("b"), p("c"), wide("d"), p("e")))
    document = opened(made)
    sections = list(document.element.body.iter(qn("w:sectPr")))
    assert [each.find(qn("w:titlePg")) is not None for each in sections] == [True] + [False] * 4
    found = [references(each) for each in sections]
    first, upright, turned = found[0], found[2], found[1]
    assert set(first) == {
        f"{kind} {what}Reference" for kind in ("default", "first") for what in ("header", "footer")
    }
    assert upright == {name: each for name, each in first.items() if name.startswith("default")}
    assert (found[3], found[4], set(turned)) == (turned, upright, set(upright))
    assert set(turned.values()) & set(upright.values()) == set()
    copies = [name for name in parts_of(made) if name.endswith("_liggende.xml")]
    assert len(copies) == 2


def test_a_section_without_headers_of_its_own_is_turned_all_the_same() -> None:
    bare = template_with("{{ saksutredning }}")
    parts = parts_of(written(paper(p("a"), wide("b"), p("c")), bare))
    assert [name for name in parts if "liggende" in name] == ["word/header1_liggende.xml"]


def tabbed(*, in_style: bool) -> bytes:
    """A template whose header has a right tab at the right margin, in the paragraph or in its style."""
    document = docx.Document()
    width = text_width(document.sections[0]._sectPr)
    header = document.sections[0].header.paragraphs[0]
    header.text = "Rådet\tSide 1"
    if in_style:
        style = document.styles.add_style("Topptekst smal", WD_STYLE_TYPE.PARAGRAPH)
        style.paragraph_format.tab_stops.add_tab_stop(Twips(width), WD_TAB_ALIGNMENT.RIGHT)
        header.style = style
    else:
        header.paragraph_format.tab_stops.add_tab_stop(Twips(width), WD_TAB_ALIGNMENT.RIGHT)
    document.add_paragraph("{{ saksutredning }}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def right_tabs(header: Element) -> list[int]:
    tabs = header.iter(qn("w:tab"))
    return [int(str(tab.get(qn("w:pos")))) for tab in tabs if tab.get(qn("w:val")) == "right"]


@pytest.mark.parametrize("in_style", [True, False])
def test_a_right_tab_follows_the_margin_and_the_upright_one_stays(*, in_style: bool) -> None:
    made = written(paper(p("a"), wide("b"), p("c"), wide("d"), p("e")), tabbed(in_style=in_style))
    document = opened(made)
    upright, turned, *_ = (text_width(each._sectPr) for each in document.sections)
    headers = [each.header.paragraphs[0] for each in document.sections]
    assert [each.text for each in headers] == ["Rådet\tSide 1"] * 5
    own = [] if in_style else [upright]
    assert [right_tabs(each._p) for each in headers] == [own, [turned], own, [turned], own]


def section(**sides: int) -> Element:
    size = element("w:pgSz", w=11906, h=16838)
    return element("w:sectPr", [size, element("w:pgMar", **{**MARGINS, **sides})])


MARGINS = {"top": 1000, "bottom": 1000, "left": 1400, "right": 1400, "gutter": 0}


def test_the_text_is_as_wide_as_the_page_without_margins_and_gutter() -> None:
    assert (text_width(section()), text_width(section(gutter=200))) == (9106, 8906)
    assert (text_height(section()), text_height(section(top=-1200))) == (14838, 14638)
    assert text_width(element("w:sectPr")) == 11906 - 2 * 1418


def test_our_own_template_keeps_its_frame_on_the_first_page() -> None:
    (first, *rest) = pages(wide("bred"), p("mer"), template=TEMPLATE)
    assert (first[0][-1:] != ["bred"], [turned for _words, turned in rest]) == (
        True,
        ["landscape", "portrait"],
    )
    assert rest[0][0] == ["bred"]
