"""Which list of one file is which of another; what is not there is copied."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from casebuilder.word.file import File
from casebuilder.word.lists import Lists
from casebuilder.word.xml import Element
from tests.word.handmade import file, listed, numbering, p


def _properties(number: int) -> Element:
    made: Element = parse_xml(
        f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    )
    return made


def _paragraph(number: int) -> Element:
    return next(File(file(listed(number, "a"))).main.root.iter(qn("w:p")))


def adopted(lists: Lists, number: int) -> str:
    made = _properties(number)
    lists.adopt(made)
    return str(made[1].get(qn("w:val")))


def test_a_list_is_learnt_from_paragraphs_that_are_the_same() -> None:
    lists = Lists(File(file(p("a"))), File(file(p("a"))))
    lists.learn([(_paragraph(1), _paragraph(5))])
    assert adopted(lists, 1) == "5"


def test_what_was_learnt_first_holds() -> None:
    lists = Lists(File(file(p("a"))), File(file(p("a"))))
    lists.learn([(_paragraph(1), _paragraph(5)), (_paragraph(1), _paragraph(6))])
    assert adopted(lists, 1) == "5"


def test_no_list_is_no_list_in_any_file() -> None:
    assert adopted(Lists(File(file(p("a"))), File(file(p("a")))), 0) == "0"


def test_an_unknown_list_is_copied_once() -> None:
    edited = File(file(p("a"), lists=numbering("decimal")))
    lists = Lists(File(file(p("a"), lists=numbering("bullet"))), edited)
    assert adopted(lists, 1) == adopted(lists, 1) == "2"
    part = edited.of_kind("numbering")
    assert part is not None
    assert len(part.root.findall(qn("w:num"))) == 2


def test_a_copied_design_is_a_list_of_its_own() -> None:
    design = '<w:lvl w:ilvl="0"><w:pStyle w:val="Sitat"/>'
    source = numbering("bullet").replace('<w:lvl w:ilvl="0">', f'<w:nsid w:val="12345678"/>{design}')
    edited = File(file(p("a")))
    Lists(File(file(p("a"), lists=source)), edited).adopt(_properties(1))
    part = edited.of_kind("numbering")
    assert part is not None
    assert not list(part.root.iter(qn("w:nsid"), qn("w:pStyle")))


def test_a_list_that_is_nowhere_keeps_its_number() -> None:
    assert adopted(Lists(File(file(p("a"))), File(file(p("a")))), 9) == "9"
