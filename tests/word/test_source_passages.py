"""A clerk's Word text as passages: what kind each is, where it stands, and edits put into its runs."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casebuilder.problems import Place
from casebuilder.prose.drafts import Draft
from casebuilder.prose.passages import VALUE, Kind
from casebuilder.prose.rules.rule import Edit
from casebuilder.word.source import mark_word_text
from casebuilder.word.source_passages import word_draft


def draft_of(document: Document) -> Draft:
    file = io.BytesIO()
    document.save(file)
    marked, problems = mark_word_text("t.docx", file.getvalue())
    assert marked is not None
    assert problems == ()
    return word_draft(marked)


def test_passages_have_their_kind_place_and_heading() -> None:
    document = docx.Document()
    document.add_heading("Bakgrunn", 1)
    document.add_paragraph("Løpende {{ standdato }} tekst [@A].")
    document.add_paragraph("Punkt", style="List Bullet")
    document.add_paragraph("Sitat", style="Intense Quote")
    document.add_table(1, 1).cell(0, 0).text = "Celle"
    passages = draft_of(document).passages
    assert [(each.kind, each.words, each.heading) for each in passages] == [
        (Kind.HEADING, "Bakgrunn", "Bakgrunn"),
        (Kind.RUNNING, f"Løpende {VALUE} tekst.", "Bakgrunn"),
        (Kind.ITEM, "Punkt", "Bakgrunn"),
        (Kind.QUOTATION, "Sitat", "Bakgrunn"),
        (Kind.CELL, "Celle", "Bakgrunn"),
    ]
    assert passages[1].at(3) == Place("t.docx", paragraph=2, heading="Bakgrunn")
    assert dict(passages[1].values) == {8: "standdato"}


def test_deleted_words_are_none_and_tabs_cannot_be_edited() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Ett\tto ")
    deleted = f'<w:del {nsdecls("w")} w:id="9" w:author="x"><w:r><w:delText>borte</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(deleted))
    paragraph.add_run("tre")
    file = io.BytesIO()
    document.save(file)
    marked, _problems = mark_word_text("t.docx", file.getvalue())
    assert marked is not None
    (passage,) = word_draft(marked).passages
    assert passage.words == "Ett to tre"
    assert (passage.source_of(2, 5), passage.source_of(4, 10)) == (None, (4, 10))


def test_edits_go_into_the_runs_that_they_begin_in_and_leave_the_formatting() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Horten ")
    paragraph.add_run("Kom").bold = True
    paragraph.add_run("mune  her")
    draft = draft_of(document)
    mended = draft.mended({0: [Edit(7, 8, "k"), Edit(14, 16, " "), Edit(9, 11, "MM")]})
    (after,) = docx.Document(io.BytesIO(mended.content)).paragraphs
    assert [(run.text, run.bold) for run in after.runs] == [
        ("Horten ", None), ("koMM", True), ("une her", None),
    ]  # fmt: skip
    assert mended.slots == draft.marked.slots
