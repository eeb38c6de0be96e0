"""Papers made as values, written into a template, and looked at as trees."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from casebuilder.keys import keyed
from casebuilder.paper import Block, Datum, FrameValue, Paper, Properties
from casebuilder.problems import Problem
from casebuilder.word.document import write_paper
from casebuilder.wording import WORDS
from tests.conftest import ROOT

TEMPLATE = (ROOT / "templates" / "saksfremstilling.docx").read_bytes()


def frame(language: str = "nb", **values: FrameValue) -> dict[str, FrameValue]:
    """Return the names a template may print, the optional ones empty."""
    case: dict[str, FrameValue] = {
        "nummer": Datum("Sak 1/26"),
        "tittel": Datum("En tittel"),
        "saksbehandler": Datum("Kari Prøve"),
        "tilgang": Datum("Offentlig"),
        "standdato": Datum("5. februar 2026"),
    }
    optional = ("saksansvarlig", "arkivsaksnr", "journalpost_id", "klassering", "unntatt_hjemmel", "merking")
    case |= dict.fromkeys(optional, None)
    case |= {name: value for name, value in values.items() if name in case}
    organ = {"navn": Datum("Rådet IPR"), "kortnavn": None, "nettsted": None, "kontorkommune": None}
    meeting = {
        "utvalg": Datum("styret"),
        "møtenummer": Datum("1"),
        "dato": Datum("12. februar 2026"),
        "sted": None,
    }
    return {
        "organ": organ,
        "møte": meeting,
        "sak": case,
        "forslag": values.get("forslag", ()),
        "vedlegg": values.get("vedlegg", ()),
        "ord": {name: Datum(word) for name, word in WORDS[language].items() if name.isidentifier()},
    }


def paper(
    *body: Block,
    summary: Sequence[Block] = (),
    sources: Sequence[Block] = (),
    language: str = "nb",
    values: Mapping[str, FrameValue] | None = None,
) -> Paper:
    """Return a paper with this body; `values` are parts of the frame."""
    tag = {"nb": "nb-NO", "nn": "nn-NO"}[language]
    return Paper(
        "S-1",
        Properties("En tittel", "Rådet IPR", "Sak 1/26", tag, date(2026, 2, 5)),
        WORDS[language],
        frame(language, **(values or {})),
        keyed(summary, "s"),
        keyed(body, "b"),
        keyed(sources, "k"),
    )


def written(made: Paper, template: bytes = TEMPLATE) -> bytes:
    """Return the bytes of the paper; problems fail the test."""
    file, problems = write_paper(made, template, "templates/mal.docx", "bygg")
    assert problems == ()
    assert file is not None
    return file.data


def refused(made: Paper, template: bytes) -> tuple[Problem, ...]:
    """Return the problems of a paper that cannot be written."""
    file, problems = write_paper(made, template, "templates/mal.docx", "bygg")
    assert file is None
    return problems


def opened(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def notes(document: WordDocument) -> list[Element]:
    """Return the real notes of a document in the order of their ids."""
    relation = next(each for each in document.part.rels.values() if each.reltype == RT.FOOTNOTES)
    root = parse_xml(relation.target_part.blob)
    return [each for each in root if not each.get(qn("w:type"))]


def note_links(document: WordDocument) -> list[str]:
    """Return the addresses of all links in the notes, in order."""
    relation = next(each for each in document.part.rels.values() if each.reltype == RT.FOOTNOTES)
    part = relation.target_part
    links = parse_xml(part.blob).iter(qn("w:hyperlink"))
    return [part.rels[str(link.get(qn("r:id")))].target_ref for link in links]


def words(node: Element) -> str:
    return "".join(each.text or "" for each in node.iter(qn("w:t")))


def template_with(*lines: str, header: str = "") -> bytes:
    """Return a plain template, a paragraph a line."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = header
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
