"""WordprocessingML as text: read into a tree it is what the tree itself would have been made of."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from casebuilder.word import markup, xml
from casebuilder.word.markup import from_tree, paragraph, spaced, to_trees, with_lead

TEXTS = st.text(
    st.characters(blacklist_categories=["Cs"], min_codepoint=32) | st.sampled_from("\t\n\r<>&\"'")
)
PRINTABLE = TEXTS.filter(lambda text: not {"\ufffe", "\uffff"} & set(text) and not _has_controls(text))


def _has_controls(text: str) -> bool:
    return any("\x7f" <= each <= "\x9f" for each in text)


def bytes_of(node: xml.Element) -> bytes:
    """Return a tree by itself, wherever its namespaces are declared."""
    return etree.tostring(node, method="c14n", exclusive=True)


@given(PRINTABLE, PRINTABLE)
def test_any_words_and_any_value_come_out_as_from_a_tree(words: str, value: str) -> None:
    (made,) = to_trees(
        [
            markup.element(
                "w:p", [markup.element("w:pStyle", val=value), markup.run(markup.text_elements(words))]
            )
        ]
    )
    tree = xml.element("w:p", [xml.element("w:pStyle", val=value), xml.run(xml.text_elements(words))])
    assert bytes_of(made) == bytes_of(tree)


def test_an_element_without_children_is_empty() -> None:
    for made in to_trees([markup.element("w:br"), *markup.on(value=True, name="w:b"), paragraph([], [])]):
        assert from_tree(made).endswith("/>")
    assert markup.on(value=False, name="w:b") == []


@pytest.mark.parametrize("properties", [[], [markup.element("w:pStyle", val="A")]])
def test_a_lead_stands_after_the_properties_and_before_the_words(properties: list[str]) -> None:
    (made,) = to_trees([with_lead(paragraph(properties, ["<w:r/>"]), ["<w:br/>"])])
    tags = [each.tag for each in made]
    assert tags == [*(qn("w:pPr") for _each in properties), qn("w:br"), qn("w:r")]


@pytest.mark.parametrize(
    ("properties", "order"),
    [
        ([], ["w:spacing"]),
        (['<w:pStyle w:val="A"/>'], ["w:pStyle", "w:spacing"]),
        (
            ["<w:keepNext/>", '<w:ind w:left="1"/>', '<w:jc w:val="end"/>'],
            ["w:keepNext", "w:spacing", "w:ind", "w:jc"],
        ),
    ],
)
def test_space_stands_where_the_schema_has_it(properties: list[str], order: list[str]) -> None:
    (made,) = to_trees([spaced(spaced(paragraph(properties, ["<w:r/>"]), after=80), before=240, after=60)])
    assert [each.tag for each in made[0]] == [qn(each) for each in order]
    space = made.find(f".//{qn('w:spacing')}")
    assert space is not None
    assert space.items() == [(qn("w:after"), "60"), (qn("w:before"), "240")]


def test_a_tree_is_written_without_what_follows_it() -> None:
    first, _second = to_trees(["<w:r/>", "<w:r/>"])
    first.tail = "etter"
    assert "etter" not in from_tree(first)
