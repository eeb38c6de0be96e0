"""A Word text, written by python-docx and read by pandoc's docx reader."""

from __future__ import annotations

import io

import docx
from docx.enum.text import WD_BREAK

from casebuilder.problems import Place
from casebuilder.prose.reading import ReadText, read_prose
from casebuilder.word.source import mark_word_text
from tests.builders import case_of, register
from tests.prose.builders import cached_tree, told


def test_a_word_text_gives_the_same_kinds_of_blocks_as_markdown() -> None:
    document = docx.Document()
    document.add_heading("Sammendrag", 1)
    document.add_paragraph("Kort.")
    document.add_heading("1. Bakgrunn", 1)
    document.add_heading("1.1 Historie", 2)
    paragraph = document.add_paragraph("Vi er ")
    paragraph.add_run("{{ antall(").bold = True
    paragraph.add_run("“RAAD”) }}")
    paragraph.add_run(" kommuner")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("og *ikke* kursiv; ").italic = True
    paragraph.add_run("se [@A, s. 2] og $5")
    for text in ("Første", "Andre"):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(2, 2)
    for at, text in enumerate(("A", "B", "{{ sak.tittel }}", "d")):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("{{ sak.titel }}")
    file = io.BytesIO()
    document.save(file)
    known = register()
    made, problems = mark_word_text("t.docx", file.getvalue())
    assert (problems, made is not None) == ((), True)
    assert made is not None
    prose, problems = read_prose(
        [ReadText(made, cached_tree(made.content, ".docx"), lambda _target: None)], known, case_of(known)
    )
    assert told(prose.summary) == ["Kort."]
    assert told(prose.body) == [
        "# Bakgrunn",
        "## Historie",
        "Vi er 0\xa0kommuner↵og *ikke* kursiv; se[@A, s. 2] og $5",
        "• Første | Andre",
        "table : [['A', 'B'], ['Samarbeid', 'd']]",
    ]
    assert [(each.rule, each.place) for each in problems] == [
        ("expression", Place("t.docx", paragraph=12, heading="1.1 Historie"))
    ]
