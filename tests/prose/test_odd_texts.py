"""Texts as people write them: each either arrives as it should, or is told of; nothing vanishes in silence."""
# ruff: noqa: E501 - a table, one odd text a line

from __future__ import annotations

import io
import struct
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from casebuilder.compose import compose
from casebuilder.language import Speaker
from casebuilder.pipeline import build
from casebuilder.prose.completeness import lost_words
from casebuilder.prose.pandoc import tree_of
from casebuilder.prose.reading import ReadText, mark_markdown, read_prose
from casebuilder.register.records import Case, Register
from casebuilder.word.source import mark_word_text, picture_of
from casebuilder.word.source_words import paragraphs_of
from casebuilder.workspace import Workspace
from tests.builders import BODY, CASE, body, case, member, register, source, unit
from tests.papertext import paper_text
from tests.test_another_secretariat import png
from tests.tools import tool
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


TIFF = (
    b"II*\x00\x08\x00\x00\x00"
    + struct.pack("<H", 2)
    + struct.pack("<HHII", 256, 3, 1, 8)
    + struct.pack("<HHII", 257, 3, 1, 4)
    + bytes(4)
)
FIELD = '<w:fldSimple w:instr=" REF x "><w:r><w:t>kapittel</w:t></w:r></w:fldSimple>'
BOX = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>I boks</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'


def after(xml: str) -> Callable[[WordDocument], None]:
    """Add «Foran», and after it something made of WordprocessingML."""

    def make(document: WordDocument) -> None:
        document.add_paragraph("Foran")
        document.element.body.insert(1, parse_xml(xml))
        document.add_paragraph("Etter")

    return make


def field(code: str, shown: str) -> str:
    """Return a field of several runs, as Word stores one."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return mark.format("begin") + instruction + mark.format("separate") + run(shown) + mark.format("end")


def linked(*, embedded: bool) -> Callable[[WordDocument], None]:
    """Add a picture that leads out of the file, with a copy of it inside or without."""

    def make(document: WordDocument) -> None:
        pictured(document)
        blip = next(document.element.body.iter(qn("a:blip")))
        blip.set(
            qn("r:link"), document.part.relate_to("http://example.org/a.png", RT.IMAGE, is_external=True)
        )
        if not embedded:
            del blip.attrib[qn("r:embed")]

    return make


def of_kind(ending: str, data: bytes) -> Callable[[WordDocument], None]:
    """Add a picture of another kind than python-docx would take."""

    def make(document: WordDocument) -> None:
        pictured(document)
        key = next(document.element.body.iter(qn("a:blip"))).get(qn("r:embed"))
        kind = Part(PackURI(f"/word/media/image9.{ending}"), f"image/x-{ending}", data, document.part.package)
        document.part.rels[str(key)]._target = kind

    return make


def pasted_whole(document: WordDocument) -> None:
    chunk = Part(PackURI("/word/afchunk.htm"), "text/html", b"<p>Fra nettet</p>", document.part.package)
    key = document.part.relate_to(chunk, f"{OFFICE}/aFChunk")
    document.element.body.insert(0, parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{key}"/>'))


def another_document(document: WordDocument) -> None:
    key = document.part.relate_to("file:///c:/hemmelig.docx", f"{OFFICE}/subDocument", is_external=True)
    document.add_paragraph()._p.append(parse_xml(f'<w:subDoc {nsdecls("w", "r")} r:id="{key}"/>'))


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = nsdecls("w")
P = "<w:p>{}</w:p>"
CONTENTS = f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{P.format(run("Innhold"))}{P.format(run("Bakgrunn 2"))}</w:sdtContent></w:sdt>'
BLOCK = f"<w:sdt {W}><w:sdtPr/><w:sdtContent>{P.format(run('Blokk'))}</w:sdtContent></w:sdt>"
OWN_XML = f'<w:customXml {W} w:element="x"><w:customXmlPr/>{P.format(run("Egen"))}</w:customXml>'
CHART = f'<w:p {nsdecls("w", "r", "a", "wp")}><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="9" name="c"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
WEB_RULE = f'<w:p {W}><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r></w:p>'
SIGNS = "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>post, del</w:t><w:softHyphen/><w:t>ing, null\u200bbredde</w:t></w:r>"
BREAKS = "<w:r><w:t>linje</w:t><w:br/><w:t>ny</w:t><w:cr/><w:t>vogn</w:t><w:tab/><w:t>tab</w:t></w:r>"
MARGIN = (
    '<w:r><w:t>a</w:t><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/><w:t>b</w:t></w:r>'
)
SYMBOL = '<w:r><w:t>a</w:t><w:sym w:font="{}" w:char="{}"/><w:t>b</w:t></w:r>'
RUBY = "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"

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
    ("a simple field", paragraph(run("Se ") + FIELD), "[Normal] Se kapittel\n", []),
    ("a text box", paragraph(run("Foran") + BOX), "[Normal] Foran\n", ["text-box"]),
    ("a picture with its description", pictured, "![Et kart]", []),
    ("small capitals and a tab", paragraph(run("Sak", "<w:smallCaps/>") + "<w:r><w:tab/></w:r>" + run("1")), "[Normal] Sak", []),
    ("a hyphen that does not break", paragraph(run("e") + "<w:r><w:noBreakHyphen/></w:r>" + run("post")), "post", []),
    ("a link from a web page", paragraph(field('HYPERLINK "https://a.no/x?y=1" \\h', "lenken")), "<lenken: https://a.no/x?y=1>", []),
    ("a picture fetched by a field", paragraph(field('INCLUDEPICTURE "https://a.no/x.png"', "[bilde]")), "[Normal] [bilde]\n", []),
    ("a reference to nothing", paragraph(run("Se ") + field("REF _Ref1 \\h", "tabell 1")), "", ["lost-link"]),
    ("a smart tag", paragraph(f'<w:smartTag w:uri="x" w:element="y">{run("Oslo")}</w:smartTag>' + run(" by")), "[Normal] Oslo by\n", []),
    ("a content control", paragraph(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Valgt')}</w:sdtContent></w:sdt>" + run(" her")), "[Normal] Valgt her\n", []),
    ("a date picked", paragraph(f"<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{run('1. mai')}</w:sdtContent></w:sdt>"), "[Normal] 1.~mai\n", []),
    ("a content control around paragraphs", after(BLOCK), "[Normal] Foran\n[Normal] Blokk\n[Normal] Etter\n", []),
    ("a table of contents", after(CONTENTS), "[Normal] Foran\n[Normal] Etter\n", ["contents"]),
    ("custom XML around a paragraph", after(OWN_XML), "[Normal] Foran\n[Normal] Egen\n[Normal] Etter\n", []),
    ("a direction of writing", paragraph(f'<w:bdo w:val="ltr">{run("ordet")}</w:bdo>'), "[Normal] ordet\n", []),
    ("hyphens of all kinds", paragraph(SIGNS), "[Normal] e\u2011post, del\xading, null\u200bbredde\n", []),
    ("breaks of all kinds", paragraph(BREAKS), "[Normal] linje↵ny↵vogn tab\n", []),
    ("a tab to the margin", paragraph(MARGIN), "[Normal] a b\n", []),
    ("a symbol", paragraph(SYMBOL.format("Wingdings", "F0E0")), "[Normal] a🡪b\n", []),
    ("a symbol of a font unknown", paragraph(SYMBOL.format("MinFont", "F041")), "", ["lost-words"]),
    ("words above words", paragraph(run("x") + RUBY.format(run("over"), run("under"))), "[Normal] x\n", ["lost-words"]),
    ("a document put in whole", pasted_whole, "", ["inserted-document"]),
    ("a master document", another_document, "", ["inserted-document"]),
    ("a chart", after(CHART), "[Normal] Foran\n[Normal] Etter\n", ["drawing"]),
    ("a rule from a web page", after(WEB_RULE), "[Normal] Foran\n[Normal] Etter\n", ["rule-left-out"]),
    ("a picture on the web", linked(embedded=False), "", ["picture-linked"]),
    ("a picture on the web with a copy", linked(embedded=True), "![Et kart]", []),
    ("a metafile", of_kind("emf", b"\x01\x00\x00\x00"), "", ["picture-kind"]),
    ("an old metafile", of_kind("wmf", b"\xd7\xcd\xc6\x9a"), "", ["picture-kind"]),
    ("a drawing by the browser", of_kind("svg", b"<svg/>"), "", ["picture-kind"]),
    ("a scanned picture", of_kind("tiff", TIFF), "![Et kart]", []),
    ("a picture cut short", of_kind("png", png()[:20]), "", ["picture-missing"]),
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


WEB_PAGE = """<html><head><meta charset="utf-8"></head><body><h1>Bakgrunn</h1>
<p>Se <a href="https://www.ks.no/a">nett&shy;siden</a>, e&#8209;post og <b>fett</b>.<br>Ny linje.</p>
<ul><li>ett<ol><li>under</li></ol></li><li>to</li></ul>
<table border="1"><tr><td colspan="2">Begge</td></tr><tr><td>a</td><td>b</td></tr></table>
<p>Snill&nbsp;hilsen <sup>2</sup></p></body></html>"""
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text><text:h text:outline-level="1">Bakgrunn</text:h>
<text:p>En note<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
<text:p>Noten.</text:p></text:note-body></text:note> og en{{ antall("RAAD") }}tall.</text:p>
<text:p>Med<text:tab/>tabulator<text:line-break/>og linje<text:soft-page-break/>.</text:p>
</office:text></office:body></office:document>"""


@pytest.mark.parametrize(
    ("name", "content", "filters", "expected"),
    [
        (
            "side.html",
            WEB_PAGE,
            ["--infilter=HTML (StarWriter)"],
            [
                "[Heading 1] Bakgrunn",
                "<nett\xadsiden: https://www.ks.no/a>",
                "e\u2011post",
                "ett",
                "under",
                "| Begge |",
                "Snill~hilsen",
            ],
        ),
        (
            "tekst.fodt",
            FLAT,
            [],
            ["[Heading 1] Bakgrunn", "[^Noten.]", "og en1tall.", "Med tabulator↵og linje."],
        ),
    ],
)
def test_texts_made_by_libreoffice(
    tmp_path: Path, name: str, content: str, filters: list[str], expected: list[str]
) -> None:
    office = tool("soffice", "LibreOffice makes these texts")
    (tmp_path / name).write_text(content, encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", *filters, "--convert-to", "docx:MS Word 2007 XML", name],
        cwd=tmp_path, capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    whole, told = read("tekst.docx", next(tmp_path.glob("*.docx")).read_bytes())
    assert told == []
    assert [each for each in expected if each not in whole] == [], whole


@pytest.mark.parametrize("ending", ["odt", "rtf", "doc", "pages", "txt", "pdf"])
def test_a_text_of_another_kind_is_named_with_what_to_do(folder: Path, ending: str) -> None:
    path = folder / "sources" / "tekster" / "STYRET-2026-014.md"
    path.rename(path.with_suffix(f".{ending}"))
    (told,) = build(Workspace(folder), ["STYRET-2026-014"]).problems
    assert (told.rule, told.place.sheet, told.place.file) == ("text-missing", "saker", "sources/saker.xlsx")
    assert f"«STYRET-2026-014.{ending}» is of a kind that is not read" in Speaker(str).problem(told)


@pytest.mark.parametrize("data", [b"", b"{\\rtf1 tekst}", b"\xd0\xcf\x11\xe0 gammel Word", b"PK\x03\x04"])
def test_what_is_no_word_file_is_told(data: bytes) -> None:
    assert read("tekst.docx", data) == ("", ["text"])
