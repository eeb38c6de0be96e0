"""A paper that was only opened and saved is the same; one that a person has changed is not."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.paper import (
    Block,
    Cell,
    Column,
    Datum,
    Figure,
    Format,
    Heading,
    Image,
    Inline,
    Link,
    ListBlock,
    Note,
    NoteAgain,
    NumberFormat,
    Paragraph,
    Table,
    Text,
)
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.reading import same_content
from tests.test_another_secretariat import png
from tests.tools import tool
from tests.word.builders import paper, written


def p(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in content))


FIRST = Note((p("Se ", Link("https://a.no/1", (Text("siden"),))),), "kilde:A")
AGAIN = Note((p(NoteAgain("kilde:A")),))
BODY: tuple[Block, ...] = (
    Heading(1, (Text("Bakgrunn"),)),
    p("Rådet har ", Text("62 kommuner", Format(bold=True)), FIRST, " som medlemmer."),
    p("Igjen", AGAIN),
    ListBlock(((p("punkt"),),), NumberFormat.DECIMAL),
    Table((Column(),), ((Cell((p("Hode"),)),),), ((Cell((p("1"),)),),), (Text("Tall"),)),
    Figure(Image("kart.png", png(), "Et kart"), (Text("Kart"),)),
)
PAPER = written(paper(*BODY, values={"forslag": (Datum("Styret vedtar dette."),)}))
DOCUMENT, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"


@dataclass(frozen=True)
class Edit:
    """One text in one part that becomes another."""

    part: str
    pattern: str
    becomes: str


def edited(*edits: Edit, data: bytes = PAPER) -> bytes:
    parts = parts_of(data)
    for edit in edits:
        text, count = re.subn(edit.pattern, edit.becomes, parts[edit.part].decode(), flags=re.DOTALL)
        assert count, edit
        parts[edit.part] = text.encode()
    return package_of(parts)


REWRITTEN = {
    "revision ids": Edit(DOCUMENT, "<w:p>", '<w:p w:rsidR="00A1" w:rsidRDefault="00A1">'),
    "paragraph ids": Edit(
        DOCUMENT,
        "<w:p>",
        '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="1A">',
    ),
    "spelling marks": Edit(DOCUMENT, "<w:r>", '<w:proofErr w:type="spellStart"/><w:r>'),
    "cut runs": Edit(
        DOCUMENT,
        '<w:t xml:space="preserve"> som medlemmer',
        '<w:t xml:space="preserve"> som </w:t></w:r><w:r><w:t>medlemmer',
    ),
    "a bookmark": Edit(
        DOCUMENT, "<w:r>", '<w:bookmarkStart w:id="900" w:name="_GoBack"/><w:bookmarkEnd w:id="900"/><w:r>'
    ),
    "page marks": Edit(DOCUMENT, "<w:r><w:t", "<w:r><w:lastRenderedPageBreak/><w:t"),
    "page numbers": Edit("word/footer1.xml", "<w:t>1</w:t>", "<w:t>7</w:t>"),
    "language marks": Edit(DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:lang w:val="nb-NO"/></w:rPr><w:t'),
    "other style ids": Edit(DOCUMENT, 'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Overskrift1"'),
    "marks of a table's style": Edit(
        DOCUMENT, "<w:cantSplit/>", '<w:cantSplit/><w:cnfStyle w:val="100000000000"/>'
    ),
    "fields of one element": Edit(
        DOCUMENT,
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText[^>]*>([^<]*)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>((?:(?!<w:r>).)*<w:r>(?:(?!</w:r>).)*</w:r>)'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        r'<w:fldSimple w:instr="\1">\2</w:fldSimple>',
    ),
    "picture names": Edit(DOCUMENT, r'(wp:docPr id=")\d+(" name=")[^"]*', r"\g<1>77\g<2>Bilde 1"),
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_what_word_rewrites_when_it_saves_is_no_change(what: str) -> None:
    edits = [REWRITTEN[what]]
    if what == "other style ids":
        edits.append(Edit(STYLES, '(styleId|basedOn w:val)="Heading1"', r'\1="Overskrift1"'))
    after = edited(*edits)
    assert after != PAPER
    assert same_content(PAPER, after)


def test_headers_under_other_names_and_in_another_order_are_the_same() -> None:
    parts = parts_of(PAPER)
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        parts[name] = parts[name].replace(b"header1.xml", b"header9.xml")
    parts["word/header9.xml"] = parts.pop("word/header1.xml")
    reference = rb"(<w:headerReference[^>]*/>)(<w:headerReference[^>]*/>)"
    parts[DOCUMENT], count = re.subn(reference, rb"\2\1", parts[DOCUMENT])
    assert count == 1
    assert same_content(PAPER, package_of(parts))


def test_a_main_part_of_another_name_is_the_same() -> None:
    parts = parts_of(PAPER)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"document.xml", b"document2.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    parts["word/document2.xml"] = parts.pop(DOCUMENT)
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    assert same_content(PAPER, package_of(parts))


def test_lists_under_other_numbers_are_the_same() -> None:
    parts = parts_of(PAPER)
    for name in (DOCUMENT, "word/numbering.xml", STYLES):
        parts[name] = re.sub(rb'(w:numId(?: w:val)?=")(\d+)', rb"\g<1>7\2", parts[name])
    after = package_of(parts)
    assert (after == PAPER, same_content(PAPER, after)) == (False, True)


def test_a_slash_after_a_host_is_no_change_and_after_a_path_it_is() -> None:
    def leads_to(address: str) -> bytes:
        return edited(Edit("word/_rels/footnotes.xml.rels", "https://a.no/1", address))

    assert same_content(leads_to("https://a.no"), leads_to("https://a.no/"))
    assert not same_content(leads_to("https://a.no/1"), leads_to("https://a.no/1/"))


def test_an_item_moved_into_another_list_is_a_change() -> None:
    made = [
        written(paper(*lists))
        for lists in (
            (ListBlock(((p("a"),), (p("b"),))),),
            (ListBlock(((p("a"),),)), ListBlock(((p("b"),),))),
        )
    ]
    assert not same_content(*made)


RUN = re.compile(r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<&]+)</w:t></w:r>')


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_cutting_of_runs_is_a_change(data: st.DataObject) -> None:
    def cut(run: re.Match[str]) -> str:
        text = run[2]
        at = data.draw(st.integers(0, len(text)))
        word = '<w:r w:rsidRPr="00AB">{0}<w:t xml:space="preserve">{1}</w:t></w:r>'
        return "".join(word.format(run[1] or "", piece) for piece in (text[:at], text[at:]))

    parts = parts_of(PAPER)
    for name in (DOCUMENT, NOTES):
        text, count = RUN.subn(cut, parts[name].decode())
        assert count
        parts[name] = text.encode()
    assert same_content(PAPER, package_of(parts))


CHANGED = {
    "a word": Edit(DOCUMENT, "medlemmer", "deltakere"),
    "a letter's case": Edit(DOCUMENT, "medlemmer", "Medlemmer"),
    "a space": Edit(DOCUMENT, "62 kommuner", "62  kommuner"),
    "bold taken away": Edit(DOCUMENT, "<w:b/>", ""),
    "a word made italic": Edit(DOCUMENT, "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:b/><w:i/></w:rPr>"),
    "another style": Edit(DOCUMENT, 'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Heading2"'),
    "a paragraph more": Edit(DOCUMENT, "<w:sectPr", "<w:p><w:r><w:t>Nytt</w:t></w:r></w:p><w:sectPr"),
    "a page break": Edit(DOCUMENT, "<w:sectPr", '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:sectPr'),
    "wider margins": Edit(DOCUMENT, 'w:left="1418"', 'w:left="1701"'),
    "the text of a note": Edit(NOTES, ">Se <", ">Sjå <"),
    "where a note's link leads": Edit("word/_rels/footnotes.xml.rels", "a.no/1", "a.no/2"),
    "the picture": Edit("word/document.xml", "Et kart", "Et annet kart"),
    "the picture's size": Edit(DOCUMENT, r'(<wp:extent cx=")\d+', r"\g<1>999"),
    "a header": Edit("word/header1.xml", "Rådet IPR", "Rådet"),
    "a tracked insertion": Edit(
        DOCUMENT,
        '<w:r><w:t xml:space="preserve"> som medlemmer',
        '<w:ins w:id="7" w:author="K" w:date="2026-02-01T00:00:00Z"><w:r><w:t>ja</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> som medlemmer',
    ),
    "a row taken away": Edit(DOCUMENT, "<w:tr>(?:(?!</w:tr>).)*</w:tr></w:tbl>", "</w:tbl>"),
    "a row marked as deleted": Edit(
        DOCUMENT, "<w:cantSplit/></w:trPr>", '<w:cantSplit/><w:del w:id="8"/></w:trPr>'
    ),
    "a note more": Edit(DOCUMENT, "(<w:footnoteReference[^>]*/>)", r"\1\1"),
    "how a list counts": Edit(
        "word/numbering.xml", 'w:numFmt w:val="decimal"', 'w:numFmt w:val="upperRoman"'
    ),
    "a list item's level": Edit(DOCUMENT, '<w:ilvl w:val="0"/>', '<w:ilvl w:val="1"/>'),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_a_person_changes_is_a_change(what: str) -> None:
    assert not same_content(PAPER, edited(CHANGED[what]))


def with_part(kind: str, name: str, xml: str, mark: str) -> bytes:
    """Return the paper with a part more, and what refers to it in the text."""
    parts = parts_of(PAPER)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{namespace}">{xml}</w:{name}>'.encode()
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    override = f'<Override PartName="/word/{name}.xml" ContentType="{content_type}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())
    parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:r><w:t", mark.encode() + b"<w:r><w:t", 1)
    return package_of(parts)


def comment(text: str) -> bytes:
    words = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    return with_part("comments", "comments", f'<w:comment w:id="0" w:author="K">{words}</w:comment>', mark)


def endnote(text: str) -> bytes:
    words = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    mark = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    return with_part("endnotes", "endnotes", f'<w:endnote w:id="1">{words}</w:endnote>', mark)


@pytest.mark.parametrize("made", [comment, endnote])
def test_a_comment_and_an_endnote_are_changes_and_so_are_their_words(made: Callable[[str], bytes]) -> None:
    assert not same_content(PAPER, made("Er dette rett?"))
    assert same_content(made("Er dette rett?"), made("Er dette rett?"))
    assert not same_content(made("Er dette rett?"), made("Er dette sant?"))


def test_another_picture_under_the_same_name_is_a_change() -> None:
    parts = parts_of(PAPER)
    name = next(name for name in parts if "media/" in name)
    parts[name] = png() + b"\0"
    assert not same_content(PAPER, package_of(parts))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", PAPER[:2000], package_of({"a": b"b"})])
def test_a_file_that_cannot_be_read_is_the_same_as_nothing(data: bytes) -> None:
    assert not same_content(PAPER, data)
    assert not same_content(data, data)


def test_what_libreoffice_saves_anew_with_a_word_changed_is_a_change(tmp_path: Path) -> None:
    office = tool("soffice", "needs LibreOffice")
    source = tmp_path / "inn" / "papir.docx"
    source.parent.mkdir()
    source.write_bytes(edited(CHANGED["a word"]))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert not same_content(PAPER, (tmp_path / "papir.docx").read_bytes())
