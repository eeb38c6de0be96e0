"""A clerk's Word text: slots found over runs, in cells and notes, each with a place a clerk can find."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.paper import Citation
from casebuilder.problems import Place, Problem, Severity
from casebuilder.prose.expressions import TOKEN, Expression
from casebuilder.prose.reading import MarkedText, ReadText, read_prose
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.parts import footnotes_part
from casebuilder.word.source import mark_word_text, picture_of
from tests.builders import case_of, register
from tests.prose.builders import cached_tree, told
from tests.test_another_secretariat import png

FILE = "t.docx"


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def text_with(*paragraphs: str | Sequence[str]) -> bytes:
    """A text, a paragraph a line; a row of strings are the runs of one paragraph."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in [runs] if isinstance(runs, str) else runs:
            paragraph.add_run(run)
    return saved(document)


def with_xml(*elements: str) -> bytes:
    """A text of one paragraph that ends with these elements."""
    document = docx.Document()
    paragraph = document.add_paragraph("Ord")
    for each in elements:
        paragraph._p.append(parse_xml(each.replace(">", f" {DECLARED}>", 1)))
    return saved(document)


DECLARED = nsdecls("w", "r", "wp", "a") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def marked(data: bytes) -> tuple[MarkedText, tuple[Problem, ...]]:
    made, problems = mark_word_text(FILE, data)
    assert made is not None
    return made, problems


def lines(data: bytes) -> list[str]:
    """The text's lines with a «slot in angles» for each token."""
    made, problems = marked(data)
    assert [each for each in problems if each.is_error] == []
    return [
        TOKEN.sub(lambda token: f"«{_told(made, int(token[1]))}»", each.text)
        for each in docx.Document(io.BytesIO(made.content)).paragraphs
    ]


def _told(made: MarkedText, number: int) -> str:
    slot = made.slots[number]
    return slot.source if isinstance(slot, Expression) else f"{slot.prefix}@{slot.source_id}{slot.suffix}"


def read(data: bytes) -> tuple[list[str], tuple[Problem, ...]]:
    """The blocks that pandoc and we read from a text, and every problem on the way."""
    made, problems = marked(data)
    known = register()
    text = ReadText(made, cached_tree(made.content, ".docx"), lambda target: picture_of(data, target))
    prose, more = read_prose([text], known, case_of(known))
    return told(prose.body), (*problems, *more)


def places(problems: Sequence[Problem]) -> list[tuple[str, int, str]]:
    return [(each.rule, each.place.paragraph, each.place.heading) for each in problems]


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        (("{{ sak.tittel }}",), "«sak.tittel»"),
        (("Om ", "{", "{ sak.", "tit", "tel }", "}", " her"), "Om «sak.tittel» her"),
        (("{{ a }} og {{", " b }}", " og {{ c }}."), "«a» og «b» og «c»."),
        (("{{ a }}{{ b }}",), "«a»«b»"),
        (("{{ antall(“R”) }}, {{ antall(«R») }}",), '«antall("R")», «antall("R")»'),
        (("{{ antall(”R”, type=’kommune’) }}",), "«antall(\"R\", type='kommune')»"),
        (
            (
                "Se [@A, ",
                "s. 2; jf. @B].",
            ),
            "Se «@A, s. 2»«jf. @B».",
        ),
        (("[@A] {{ b", " }} [@C]"), "«@A» «b» «@C»"),
        (("{{\xa0sak.tittel\xa0}}",), "«sak.tittel»"),
        (("kr 5 {ikke} [ikke] @ikke",), "kr 5 {ikke} [ikke] @ikke"),
    ],
)
def test_slots_are_found_however_word_has_cut_the_runs(runs: Sequence[str], line: str) -> None:
    assert lines(text_with(runs)) == [line]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 34), max_size=6))
def test_no_cutting_of_runs_hides_a_slot_or_loses_a_word(cuts: list[int]) -> None:
    text = "Før {{ a }}, midt [@B, s. 1] {{c}} etter"
    ends = [0, *sorted({min(each, len(text)) for each in cuts}), len(text)]
    runs = [text[start:end] for start, end in pairwise(ends)]
    assert lines(text_with(runs)) == ["Før «a», midt «@B, s. 1» «c» etter"]


def test_a_run_keeps_its_formatting_and_the_slot_has_that_of_where_it_began() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Vi er ")
    paragraph.add_run("{{ sak.").bold = True
    paragraph.add_run("tittel }} og").italic = True
    paragraph.add_run(" mer")
    made, _problems = marked(saved(document))
    (paragraph,) = docx.Document(io.BytesIO(made.content)).paragraphs
    runs = [(TOKEN.sub("«»", run.text), run.bold, run.italic) for run in paragraph.runs]
    assert runs == [
        ("Vi er ", None, None),
        ("«»", True, None),
        (" og", None, True),
        (" mer", None, None),
    ]


def test_slots_stand_in_cells_lists_and_notes() -> None:
    document = docx.Document()
    document.add_paragraph("Ord{{ a }}")._p.append(reference("w:footnoteReference", 7))
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{{ b }}"
    document.add_paragraph("{{ c }}", style="List Bullet")
    add_note(document, 7, "Se {{ d }} og [@E].")
    made, problems = marked(saved(document))
    found = [(_told(made, at), slot.place.paragraph) for at, slot in enumerate(made.slots)]
    assert (found, problems) == ([("a", 1), ("b", 2), ("c", 3), ("d", 1), ("@E", 1)], ())
    assert b"{{" not in b"".join(parts_of(made.content).values())


def reference(tag: str, number: int) -> docx.oxml.xmlchemy.BaseOxmlElement:
    return parse_xml(f'<w:r {nsdecls("w")}><{tag} w:id="{number}"/></w:r>')


def add_note(document: Document, number: int, text: str) -> None:
    notes = footnotes_part(document).element
    words = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    notes.append(parse_xml(f'<w:footnote {nsdecls("w")} w:id="{number}">{words}</w:footnote>'))


def test_what_is_wrong_in_a_note_stands_where_the_text_refers_to_it() -> None:
    document = docx.Document()
    document.add_paragraph("Ord")
    document.add_heading("Bakgrunn", 2)
    document.add_paragraph("Mer")._p.append(reference("w:footnoteReference", 3))
    add_note(document, 3, "Om {{ a")
    _made, problems = marked(saved(document))
    assert places(problems) == [("expression-mark", 3, "Bakgrunn")]


@pytest.mark.parametrize(
    ("element", "rules", "words"),
    [
        (
            '<w:del w:author="A"><w:r><w:delText>{{ nei }}</w:delText></w:r></w:del>',
            ["tracked-changes"],
            "Ord",
        ),
        ('<w:moveFrom w:author="A"><w:r><w:t>{{ nei</w:t></w:r></w:moveFrom>', ["tracked-changes"], "Ord"),
        (
            '<w:ins w:id="1" w:author="A"><w:r><w:t>{{ sak.tittel }}</w:t></w:r></w:ins>',
            ["tracked-changes"],
            "OrdSamarbeid",
        ),
        ('<w:r><w:commentReference w:id="1"/></w:r>', ["comments"], "Ord"),
        (
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ nei</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
            ["text-box"],
            "Ord",
        ),
        (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
            "<w:txbxContent><w:p><w:r><w:t>{{ nei</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
            "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>"
            "<w:t>{{ nei</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            ["text-box"],
            "Ord",
        ),
    ],
    ids=["deleted", "moved away", "inserted", "comment", "text box", "text box twice"],
)
def test_what_is_not_of_the_text_is_told_and_passed_over(element: str, rules: list[str], words: str) -> None:
    body, problems = read(with_xml(element))
    assert [(each.rule, each.severity) for each in problems] == [(rule, Severity.WARNING) for rule in rules]
    assert body == [words]


def norwegian(data: bytes) -> bytes:
    """The same text as a Norwegian Word saves it: its style ids are Norwegian."""
    parts = parts_of(data)
    for name in ("word/document.xml", "word/styles.xml"):
        parts[name] = (
            parts[name].replace(b'"Heading1"', b'"Overskrift1"').replace(b'"Heading2"', b'"Overskrift2"')
        )
    return package_of(parts)


@pytest.mark.parametrize("as_saved", [bytes, norwegian], ids=["English", "Norwegian"])
def test_a_place_names_the_paragraph_and_the_nearest_heading(as_saved: Callable[[bytes], bytes]) -> None:
    document = docx.Document()
    document.add_paragraph("{{ først")
    document.add_heading("Om {{ sak.tittel }} her", 1)
    document.add_paragraph("Ord")
    document.add_heading("Historie", 2)
    document.add_paragraph("[@A] og }}")
    made, problems = marked(as_saved(saved(document)))
    assert places(problems) == [("expression-mark", 1, ""), ("expression-mark", 5, "Historie")]
    assert [each.place for each in made.slots] == [
        Place(FILE, paragraph=2, heading="Om … her"),
        Place(FILE, paragraph=5, heading="Historie"),
    ]
    assert isinstance(made.slots[1], Citation)


def link(document: Document, address: str) -> str:
    relation = document.part.relate_to(address, RT.HYPERLINK, is_external=True)
    return f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>lenke</w:t></w:r></w:hyperlink>'


def jump(anchor: str) -> str:
    return f'<w:hyperlink {nsdecls("w")} w:anchor="{anchor}"><w:r><w:t>hopp</w:t></w:r></w:hyperlink>'


def test_a_link_a_picture_and_a_lost_jump_are_found_at_their_paragraph() -> None:
    document = docx.Document()
    document.add_heading("Lenker", 1)
    document.add_paragraph("Se ")._p.append(parse_xml(link(document, "www.oslo.no/a%20b")))
    document.add_paragraph("Se ")._p.append(parse_xml(jump("Borte")))
    document.add_heading("Bilder", 2)
    document.add_paragraph().add_run().add_picture(io.BytesIO(png()))
    _body, problems = read(saved(document))
    assert sorted(places(problems)) == [
        ("alt-text", 5, "Bilder"),
        ("link-address", 2, "Lenker"),
        ("lost-link", 3, "Lenker"),
    ]


def test_a_jump_in_a_field_and_a_link_in_a_note_are_found_too() -> None:
    document = docx.Document()
    document.add_heading("Lenker", 1)
    paragraph = document.add_paragraph("Se ")._p
    for run in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> HYPERLINK \\l "Borte" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>hopp</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))
    paragraph.append(reference("w:footnoteReference", 2))
    add_note(document, 2, "Se ")
    part = footnotes_part(document)
    relation = part.relate_to("ftp://x.no", RT.HYPERLINK, is_external=True)
    hyperlink = f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>l</w:t></w:r></w:hyperlink>'
    part.element[-1][0].append(parse_xml(hyperlink))
    _body, problems = read(saved(document))
    assert sorted(places(problems)) == [("link-address", 2, "Lenker"), ("lost-link", 2, "Lenker")]


def test_a_snippet_that_stands_nowhere_is_in_the_file() -> None:
    made, _problems = marked(text_with("a", "b"))
    found = [made.locate(each) for each in ("b", "c", "")]
    assert found == [Place(FILE, paragraph=2), Place(FILE), Place(FILE)]


def without(name: str) -> bytes:
    parts = parts_of(text_with("Ord"))
    del parts[name]
    return package_of(parts)


def torn(name: str) -> bytes:
    parts = parts_of(text_with("Ord"))
    parts[name] = parts.get(name, b"<w:")[:40]
    return package_of(parts)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Dette er ikke Word",
        text_with("Ord")[:500],
        without("word/document.xml"),
        without("[Content_Types].xml"),
        torn("word/document.xml"),
        torn("word/styles.xml"),
        torn("word/_rels/document.xml.rels"),
        package_of({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
    ],
    ids=["empty", "plain", "cut", "no text", "no types", "torn", "torn styles", "torn links", "a workbook"],
)
def test_a_file_that_is_no_word_document_is_a_problem(data: bytes) -> None:
    made, problems = mark_word_text(FILE, data)
    assert (made, [(each.rule, each.place, each.severity) for each in problems]) == (
        None,
        [("text", Place(FILE), Severity.ERROR)],
    )


DAMAGED = text_with("Om {{ sak.tittel }}")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_raises(data: st.DataObject) -> None:
    whole = bytearray(DAMAGED)
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    made, problems = mark_word_text(FILE, bytes(whole))
    assert (made is None) == ([each.rule for each in problems] == ["text"])


def test_the_same_text_is_the_same_bytes() -> None:
    first, second = (marked(text_with("{{ a }}", ["[@", "B]"]))[0] for _ in range(2))
    assert first == second


def test_a_text_whose_main_part_has_another_name_is_read() -> None:
    parts = parts_of(text_with("{{ a }}"))
    renamed = {name.replace("document.xml", "document2.xml"): data for name, data in parts.items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        renamed[name] = renamed[name].replace(b"word/document.xml", b"word/document2.xml")
    made, problems = marked(package_of(renamed))
    assert ([_told(made, at) for at in range(len(made.slots))], problems) == (["a"], ())
