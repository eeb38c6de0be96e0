"""Texts as people write them: each either arrives as it should, or is told of; nothing vanishes in silence."""
# ruff: noqa: E501 - a table, one odd text a line

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from casebuilder.compose import compose
from casebuilder.prose.completeness import lost_words
from casebuilder.prose.pandoc import tree_of
from casebuilder.prose.reading import ReadText, mark_markdown, read_prose
from casebuilder.register.records import Case, Register
from casebuilder.word.source import mark_word_text, picture_of
from casebuilder.word.source_words import paragraphs_of
from tests.builders import BODY, CASE, body, case, member, register, source, unit
from tests.papertext import paper_text
from tests.test_another_secretariat import png
from tests.word.builders import paper as paper_of
from tests.word.builders import written

REGISTER: Register = register(
    organer=[body(kortnavn="ØR")],
    enheter=[unit("0301", "Oslo")],
    medlemmer=[member("0301", medlem_fra=datetime(2020, 1, 1, tzinfo=UTC).date())],
    kilder=[source("K1", utgiver="Utgiveren")],
    saker=[case()],
)
OWN: Case = REGISTER.cases[CASE]

Told = tuple[str, list[str]]


def read(name: str, data: bytes) -> Told:
    """Return the paper's lines below the title, and the rules of the problems that were told."""
    if name.endswith(".md"):
        marked, problems = mark_markdown(name, data)
    else:
        found, problems = mark_word_text(name, data)
        if found is None:
            return "", [problem.rule for problem in problems]
        marked = found
    tree = tree_of(marked.content, marked.suffix)
    lost = lost_words(paragraphs_of(name, marked.content), tree) if name.endswith(".docx") else ()
    text = ReadText(
        marked, tree, lambda target: picture_of(data, target) if name.endswith(".docx") else png()
    )
    prose, more = read_prose([text], REGISTER, OWN)
    composed, last = compose(REGISTER, OWN, prose)
    told = [problem.rule for problem in (*problems, *lost, *more, *last)]
    if any(problem.is_error for problem in (*problems, *more, *last)):
        return "", told
    whole = paper_text(written(paper_of(*composed.body, summary=composed.summary)))
    return whole, told


def count() -> str:
    return f'{{{{ antall("{BODY}") }}}}'


MARKDOWN: list[tuple[str, str, str, list[str]]] = [
    # what is odd, the text, what the paper has, what is told
    ("Windows line ends", "Ett\r\n\r\nTo\r\n", "[Normal] Ett\n[Normal] To\n", []),
    ("a byte order mark", "\ufeff# Over\n\nUnder", "[Heading 1] Over\n[Normal] Under\n", []),
    ("only a level-three heading", "### Dypt\n\nx", "[Heading 1] Dypt\n", []),
    ("a skipped level", "# A\n\n### B\n\nx", "[Heading 2] B\n", ["heading-level"]),
    ("typed numbers", "# 1. A\n\n## 1.1 B\n\nx", "[Heading 1] A\n[Heading 2] B\n", []),
    ("a typed gap", "# 1. A\n\n## 1.2 B\n\nx", "[Heading 2] B\n", ["heading-number"]),
    ("a title that begins with a number", "# Innledning\n\n# 2 kommuner går ut\n\nx", "[Heading 1] 2~kommuner går ut\n", []),
    ("a bold line for a heading", "**Bakgrunn**\n\nTekst her.", "[Normal] Bakgrunn\n", ["bold-heading"]),
    ("money in dollars", "Fra $5 til $6.", "[Normal] Fra $5 til $6.\n", []),
    ("angle brackets", "Et <b>ord</b> og 2 < 3.", "<b>ord</b> og 2 < 3.", []),
    ("straight quotes", 'Han sa "ja".', "[Normal] Han sa «ja».\n", []),
    ("an apostrophe", "Anders' hus", "Anders’ hus", []),
    ("dots and dashes", "Ja... nei -- kanskje", "Ja… nei – kanskje", []),
    ("an at sign", "Skriv til @kommunen.", "Skriv til @kommunen.", []),
    ("an e-mail address", "Se post@kommune.no.", "post@kommune.no", []),
    ("a bare address", "Se https://www.ks.no for mer.", "<https://www.ks.no: https://www.ks.no>", []),
    ("a script for a link", "[x](javascript:alert(1))", "", ["link-address"]),
    ("a file for a link", "[x](file:///c:/hemmelig)", "", ["link-address"]),
    ("a citation twice", "A [@K1]. B [@K1].", "[^Se note~{NOTEREF", []),
    ("a page in a citation", "A [@K1, s. 12].", "s.~12", []),
    ("an unknown source", "A [@K2].", "", ["unknown-source"]),
    ("a question in the middle of a word", f"x{count()}y", "[Normal] x1y\n", []),
    ("a question in bold", f"**{count()} medlem**", "[Normal] 1~medlem\n", []),
    ("a question in a heading", f"# Om {count()}\n\nx", "[Heading 1] Om 1\n", []),
    ("a question in a table", f"| A |\n|---|\n| {count()} |", "| 1 |", []),
    ("a question in a note", f"x^[Det er {count()}.]", "[^Det er 1.]", []),
    ("a question over two lines", f'{{{{ antall(\n"{BODY}") }}}}', "[Normal] 1\n", []),
    ("curly quotes in a question", f"{{{{ antall(“{BODY}”) }}}}", "[Normal] 1\n", []),
    ("a question without an end", "x {{ antall y", "", ["expression-mark"]),
    ("a loop", "{% for x in y %}", "", ["expression-mark"]),
    ("arithmetic", "{{ 7*7 }}", "", ["expression"]),
    ("a misspelt name", "{{ standdto }}", "", ["expression"]),
    ("a control character", "A\x0bB", "", ["control-character"]),
    ("a control character by its number", "A&#11;B", "", ["control-character"]),
    ("a token of our own making", "A &#xE0F0;7&#xE0F1; B", "", ["reserved-character"]),
    ("a rule", "A\n\n---\n\nB", "[Normal] A\n[Normal] B\n", ["rule-left-out"]),
    ("a picture without words", "x ![](a.png) y", "![", ["alt-text"]),
    ("a line break", "En\\\nto", "[Normal] En↵to\n", []),
    ("a nested list", "- a\n    1. b\n- c", "[List Bullet 0] a\n[List Number 2 1] b\n[List Bullet 0] c\n", []),
    ("a list from four", "4. a\n5. b", "[List Number 0] a\n[List Number 0] b\n", []),
    ("emoji and Sámi letters", "Kárášjohka 😀 ŋ", "[Normal] Kárášjohka 😀 ŋ\n", []),
    ("a summary", "# Sammendrag\n\nKort.\n\n# A\n\nx", "Sammendrag\n[Normal] Kort.\n[Heading 1] A\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "text", "expected", "rules"), MARKDOWN, ids=[each[0] for each in MARKDOWN])
def test_markdown_as_people_write_it(odd: str, text: str, expected: str, rules: list[str]) -> None:
    whole, told = read("tekst.md", text.encode())
    assert odd
    assert told == rules
    assert expected in whole


def paragraph(inside: str) -> Callable[[WordDocument], None]:
    """Add a paragraph made of WordprocessingML."""
    return lambda document: document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tracked(document: WordDocument) -> None:
    who = 'w:id="1" w:author="Kari" w:date="2026-01-01T00:00:00Z"'
    gone = f"<w:del {who}><w:r><w:delText>gammelt </w:delText></w:r></w:del>"
    paragraph(f"{run('Et ')}{gone}<w:ins {who}>{run('nytt ')}</w:ins>{run('ord.')}")(document)


def commented(document: WordDocument) -> None:
    made = document.add_paragraph("Stemmer dette.")
    document.add_comment(made.runs, "Nei", author="Kari")


def norwegian_heading(document: WordDocument) -> None:
    style = document.styles["Heading 1"]
    style.element.set(qn("w:styleId"), "Overskrift1")
    document.add_paragraph("Bakgrunn", style=style)
    document.add_paragraph("Tekst.")


def merged_cells(document: WordDocument) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Begge"
    table.cell(1, 0).text, table.cell(1, 1).text = "a", "b"


def equation(document: WordDocument) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    math = parse_xml(f"<m:oMath {space}><m:r><m:t>x=1</m:t></m:r></m:oMath>")
    document.add_paragraph("Formel ")._p.append(math)


def pictured(document: WordDocument) -> None:
    document.add_picture(io.BytesIO(png()))
    next(document.element.body.iter(qn("wp:docPr"))).set("descr", "Et kart")


def bold_heading(document: WordDocument) -> None:
    document.add_paragraph().add_run("Bakgrunn").bold = True
    document.add_paragraph("Tekst.")


def plain(document: WordDocument, *texts: str) -> None:
    for text in texts:
        document.add_paragraph(text)


FIELD = '<w:fldSimple w:instr=" REF x "><w:r><w:t>kapittel</w:t></w:r></w:fldSimple>'
BOX = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>I boks</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'

WORD: list[tuple[str, Callable[[WordDocument], None], str, list[str]]] = [
    ("a question split over runs", paragraph(run("{{ ant") + run("all(", "<w:b/>") + run(f'"{BODY}") }}}}')), "[Normal] 1\n", []),
    ("a question with autocorrected quotes", lambda made: plain(made, f"{{{{ antall(«{BODY}») }}}}"), "[Normal] 1\n", []),
    ("a question with a hard space", lambda made: plain(made, f'{{{{\xa0antall("{BODY}")\xa0}}}}'), "[Normal] 1\n", []),
    ("a citation split over runs", paragraph(run("x [@") + run("K1", "<w:i/>") + run("].")), "[^«En rapport», Utgiveren.]", []),
    ("tracked changes", tracked, "[Normal] Et nytt ord.\n", ["tracked-changes"]),
    ("comments", commented, "[Normal] Stemmer dette.\n", ["comments"]),
    ("a Norwegian heading style", norwegian_heading, "[Heading 1] Bakgrunn\n", []),
    ("a heading of bold type", bold_heading, "[Normal] Bakgrunn\n", ["bold-heading"]),
    ("merged cells", merged_cells, "|= Begge |", []),
    ("an equation", equation, "[Normal] Formel x = 1\n", ["formula"]),
    ("a simple field", paragraph(run("Se ") + FIELD), "[Normal] Se", ["lost-words"]),
    ("a text box", paragraph(run("Foran") + BOX), "[Normal] Foran\n", ["text-box"]),
    ("a picture with its description", pictured, "![Et kart]", []),
    ("small capitals and a tab", paragraph(run("Sak", "<w:smallCaps/>") + "<w:r><w:tab/></w:r>" + run("1")), "[Normal] Sak", []),
    ("a hyphen that does not break", paragraph(run("e") + "<w:r><w:noBreakHyphen/></w:r>" + run("post")), "post", []),
    ("hidden text", paragraph(run("Synlig ") + run("skjult", "<w:vanish/>")), "Synlig", []),
]  # fmt: skip


@pytest.mark.parametrize(("odd", "make", "expected", "rules"), WORD, ids=[each[0] for each in WORD])
def test_word_texts_as_people_write_them(
    odd: str, make: Callable[[WordDocument], None], expected: str, rules: list[str]
) -> None:
    document = Document()
    make(document)
    buffer = io.BytesIO()
    document.save(buffer)
    whole, told = read("tekst.docx", buffer.getvalue())
    assert odd
    assert told == rules
    assert expected in whole


@pytest.mark.parametrize("data", [b"", b"{\\rtf1 tekst}", b"\xd0\xcf\x11\xe0 gammel Word", b"PK\x03\x04"])
def test_what_is_no_word_file_is_told(data: bytes) -> None:
    assert read("tekst.docx", data) == ("", ["text"])
