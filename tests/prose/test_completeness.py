"""What pandoc leaves out of a Word text is told."""

from __future__ import annotations

import io

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casebuilder.problems import Place
from casebuilder.prose.completeness import lost_words
from casebuilder.prose.pandoc import tree_of
from casebuilder.word.source_words import paragraphs_of

TEXT_BOX = f"""<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>
<w:txbxContent><w:p><w:r><w:t>Viktig i boksen</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></w:r>"""


def told(document: object) -> list[tuple[Place, object]]:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    data = buffer.getvalue()
    problems = lost_words(paragraphs_of("a.docx", data), tree_of(data, ".docx"))
    return [(problem.place, dict(problem.found.values)["words"]) for problem in problems]


def test_an_ordinary_text_loses_no_word() -> None:
    document = Document()
    document.add_heading("Overskrift æøå", 1)
    paragraph = document.add_paragraph("Halv")
    paragraph.add_run("fet").bold = True
    paragraph.add_run("t ord, «sitat» og 10 000 kr\tetter tabulator.")
    document.add_paragraph("punkt", style="List Bullet")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"celle {number}"
    assert told(document) == []


def test_words_in_a_text_box_are_told_at_their_paragraph() -> None:
    document = Document()
    document.add_paragraph("Foran")
    document.add_paragraph("Med boks")._p.append(parse_xml(TEXT_BOX))
    assert told(document) == [(Place("a.docx", paragraph=3), "Viktig i boksen")]


def test_the_words_of_a_simple_field_are_told_at_their_paragraph() -> None:
    document = Document()
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" REF a "><w:r><w:t>kapittel</w:t></w:r></w:fldSimple>'
    document.add_paragraph("Se ")._p.append(parse_xml(field))
    assert told(document) == [(Place("a.docx", paragraph=1), "kapittel")]


def test_a_word_that_the_tree_lacks_is_told_once_for_each_time_it_is_missing() -> None:
    tree = '{"blocks": [{"t": "Para", "c": [{"t": "Str", "c": "ett"}]}]}'
    problems = lost_words([(Place(paragraph=1), "ett to"), (Place(paragraph=2), "ett")], tree)
    assert [(each.place.paragraph, dict(each.found.values)["words"]) for each in problems] == [
        (1, "to"),
        (2, "ett"),
    ]
