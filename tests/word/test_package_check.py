"""Every fault that is planted in a sound paper is found, and a sound paper has none."""

from __future__ import annotations

import re

import pytest

from casebuilder.paper import (
    Block,
    Cell,
    Column,
    Datum,
    Figure,
    Format,
    Heading,
    Image,
    Landscape,
    Link,
    ListBlock,
    Note,
    NumberFormat,
    Paragraph,
    Table,
    Text,
)
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.xml import PARAGRAPH_ID
from tests.test_another_secretariat import png
from tests.word.builders import TEMPLATE, paper, template_with, written

DOCUMENT, NOTES, TYPES = "word/document.xml", "word/footnotes.xml", "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def note(text: str) -> Paragraph:
    return Paragraph(
        (Text("Ord"), Note((Paragraph((Link("https://a.no", (Text(text, Format(bold=True)),)),)),)))
    )


EVERYTHING: tuple[Block, ...] = (
    Heading(1, (Text("Bakgrunn"),), "bakgrunn"),
    note("en"),
    note("to"),
    ListBlock(((p("punkt"),),), NumberFormat.DECIMAL),
    Landscape((Table((Column(),), ((Cell((p("Hode"),)),),), ((Cell((p("1"),)),),), (Text("Tall"),)),)),
    Figure(Image("a.png", png(), "Et kart"), (Text("Kart"),)),
    Figure(Image("a.png", png(), "Et kart til"), (Text("Kart"),)),
)
SOUND = parts_of(written(paper(*EVERYTHING)))


@pytest.mark.parametrize("template", [TEMPLATE, template_with("{{ saksutredning }}")])
def test_a_sound_paper_has_no_faults(template: bytes) -> None:
    assert faults(parts_of(written(paper(*EVERYTHING), template))) == []
    assert faults(parts_of(written(paper(), template))) == []


def planted(part: str, pattern: str, becomes: str) -> list[str]:
    """The faults of a sound paper in which a text, at its first place, has become another."""
    text, count = re.subn(pattern, becomes, SOUND[part].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    return faults({**SOUND, part: text.encode()})


MARK = '<w:bookmarkStart w:id="{id}" w:name="{name}"/><w:bookmarkEnd w:id="{id}"/>'
ID = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="0A"'


@pytest.mark.parametrize(
    ("part", "pattern", "becomes", "found"),
    [
        (RELATIONS, '"styles.xml"', '"stiler.xml"', "leads to word/stiler.xml, which is not there"),
        (DOCUMENT, 'r:embed="[^"]+"', 'r:embed="rId99"', "rId99 is no relationship"),
        (NOTES, 'r:id="[^"]+"', 'r:id="rId99"', "rId99 is no relationship"),
        (DOCUMENT, "<w:sectPr", MARK.format(id=900, name="x") + MARK.format(id=901, name="x") + "<w:sectPr",
         "bookmark x twice"),
        (DOCUMENT, "<w:sectPr", MARK.format(id=900, name="x") + MARK.format(id=900, name="y") + "<w:sectPr",
         "bookmark id 900 twice"),
        (DOCUMENT, "<w:bookmarkEnd[^>]+>", "", "a bookmark is not closed"),
        (DOCUMENT, "(<w:bookmarkEnd[^>]+>)", r"\1\1", "a bookmark is not closed, or closed twice"),
        (DOCUMENT, "<w:footnoteReference[^>]+>", "", "notes and references do not match"),
        (NOTES, '<w:footnote w:id="2">.*?</w:footnote>', "", "notes and references do not match"),
        (NOTES, '<w:footnote w:id="2">', '<w:footnote w:id="1">', "footnote id 1 twice"),
        (DOCUMENT, 'w:pStyle w:val="[^"]+"', 'w:pStyle w:val="Borte"', "no style Borte"),
        (NOTES, 'w:rStyle w:val="[^"]+"', 'w:rStyle w:val="Borte"', "no style Borte"),
        (DOCUMENT, 'w:tblStyle w:val="[^"]+"', 'w:tblStyle w:val="Borte"', "no style Borte"),
        ("word/styles.xml", 'w:basedOn w:val="[^"]+"', 'w:basedOn w:val="Borte"', "no style Borte"),
        (DOCUMENT, 'w:numId w:val="[^"]+"', 'w:numId w:val="77"', "no list 77"),
        ("word/styles.xml", 'w:numId w:val="[^"]+"', 'w:numId w:val="77"', "no list 77"),
        (DOCUMENT, "(<w:tc>(?:(?!</w:tc>).)*?)<w:p[ >](?:(?!</w:p>).)*</w:p></w:tc>", r"\1</w:tc>",
         "a cell does not end with a paragraph"),
        (DOCUMENT, '(<wp:docPr [^>]*?)id="2"', r'\1id="1"', "picture id 1 twice"),
        (DOCUMENT, "<w:sectPr", f"<w:p {ID}/><w:p {ID}/><w:sectPr", "paragraph id 0A twice"),
        (DOCUMENT, "(<w:r><w:t[^>]*>Ord</w:t></w:r>)", r'<w:del w:id="9" w:author="A">\1</w:del>',
         "deleted words stand as w:t"),
        (TYPES, "<Override [^>]*footnotes[^>]*>", "", "word/footnotes.xml: has no content type"),
        (TYPES, '<Default Extension="png"[^>]*>', "", ".png: has no content type"),
        (TYPES, "</Types>", '<Override PartName="/word/x.xml" ContentType="a/b"/></Types>',
         "word/x.xml: has a content type and is not there"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(part: str, pattern: str, becomes: str, found: str) -> None:
    told = planted(part, pattern, becomes)
    assert [each for each in told if found in each] != []


def test_words_that_word_writes_twice_for_older_programs_are_no_fault() -> None:
    inside = f"<w:p {ID}>{MARK.format(id=900, name='x')}</w:p>"
    shape = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    assert planted(DOCUMENT, "<w:sectPr", f"<w:p><w:r>{shape}</w:r></w:p><w:sectPr") == []


def test_a_paragraph_that_the_template_repeats_has_its_id_once() -> None:
    parts = parts_of(template_with("{%p for linje in forslag %}", "{{ linje }}", "{%p endfor %}"))
    numbers = iter(range(10, 99))
    namespace = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    parts[DOCUMENT] = re.sub(
        b"<w:p>", lambda _: f'<w:p {namespace} w14:paraId="000000{next(numbers)}">'.encode(), parts[DOCUMENT]
    )
    made = written(paper(values={"forslag": tuple(map(Datum, "abc"))}), package_of(parts))
    assert faults(parts_of(made)) == []
    assert PARAGRAPH_ID.rpartition("}")[2].encode() in parts_of(made)[DOCUMENT]
