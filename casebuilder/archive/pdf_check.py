"""What a PDF declares to be, and what is missing from what it declares (pure).

PDF/A-2b: ISO 19005-2. PDF/UA-1: ISO 14289-1. The checks are those that a machine can make without a
renderer; a full validator such as veraPDF sees more.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf

from casebuilder.archive.mending import PAPER_KEY
from casebuilder.archive.tagtree import below, children, is_a, role, walk
from casebuilder.problems import Message, msg

FOR_ARCHIVES = frozenset({"1a", "1b", "2a", "2b", "2u"})
"""The levels of PDF/A that archives take."""
_LEVELS = re.compile(r"/H([1-6])$")
_EXTENSION = "http://www.aiim.org/pdfa/ns/schema#"
_UA = "http://www.aiim.org/pdfua/ns/id/"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a PDF says of itself: «2b» of PDF/A, whether PDF/UA-1, and which paper of ours it was made from.

    A PDF that another program has saved is no longer ours: `paper` is empty.
    """

    level: str = ""
    accessible: bool = False
    paper: str = ""

    @property
    def is_for_archives(self) -> bool:
        """Tell whether archives take it."""
        return self.level in FOR_ARCHIVES


def declared(data: bytes) -> Declared:
    """Return what a PDF declares; nothing if it cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            meta = pdf.open_metadata()
            level = f"{meta.get('pdfaid:part', '')}{meta.get('pdfaid:conformance', '')}".lower()
            accessible = meta.get(f"{{{_UA}}}part", "") == "1"
            ids = [bytes(each) for each in children(pdf.trailer.get("/ID"))]
            is_ours = len(ids) == 2 and ids[0] == ids[1] and PAPER_KEY in pdf.docinfo
            return Declared(level, accessible, str(pdf.docinfo[PAPER_KEY]) if is_ours else "")
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError):
        return Declared()


def faults(data: bytes) -> tuple[Message, ...]:
    """Return what keeps a PDF from being PDF/A-2b and PDF/UA-1, each once."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found = [said for check in _CHECKS for said in check(pdf)]
            return tuple(dict.fromkeys(found))
    except pikepdf.PdfError:
        return (msg("the PDF cannot be read."),)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[Message]:
    meta = pdf.open_metadata()
    if meta.get("pdfaid:part") != "2" or not meta.get("pdfaid:conformance"):
        yield msg("it does not declare PDF/A-2.")
    if meta.get(f"{{{_UA}}}part") != "1":
        yield msg("it does not declare PDF/UA-1.")
    said = pdf.Root.Metadata.read_bytes().decode("utf-8", "replace") if "/Metadata" in pdf.Root else ""
    if _EXTENSION not in said or said.count(_UA) < 2:  # ISO 19005-2, 6.6.2.3.2
        yield msg("its metadata do not describe the schema of PDF/UA.")
    if not str(meta.get("dc:title") or "").strip():
        yield msg("it has no title. Write one under File, Info in Word.")
    if not below(pdf.Root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield msg("readers would show the name of the file instead of its title.")
    if not str(pdf.Root.get("/Lang", "")):
        yield msg("it does not say which language it is in.")


def _archive(pdf: pikepdf.Pdf) -> Iterator[Message]:
    if pdf.is_encrypted:
        yield msg("it is encrypted.")
    intents = children(pdf.Root.get("/OutputIntents"))
    if not any("/DestOutputProfile" in each for each in intents):
        yield msg("it has no colour profile.")
    if any(key in pdf.Root for key in ("/AA", "/AcroForm")) or below(pdf.Root, "/Names", "/JavaScript"):
        yield msg("it holds forms or programs.")
    for font in _fonts(pdf):
        if not _is_embedded(font):
            yield msg("the font {name} is not in the file.", name=str(font.get("/BaseFont", "?"))[1:])


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font":
            yield each


def _is_embedded(font: pikepdf.Object) -> bool:
    if font.get("/Subtype") in ("/Type0", "/Type3"):  # its descendant is a font of its own; drawn in the file
        return True
    kinds = ("/FontFile", "/FontFile2", "/FontFile3")
    return any(below(font, "/FontDescriptor", kind) is not None for kind in kinds)


def _structure(pdf: pikepdf.Pdf) -> Iterator[Message]:
    if not below(pdf.Root, "/MarkInfo", "/Marked") or "/StructTreeRoot" not in pdf.Root:
        yield msg("it is not tagged.")
        return
    levels = [int(found[1]) for each in walk(pdf) if (found := _LEVELS.match(role(pdf, each)))]
    if not levels:
        yield msg("it has no headings. Use Word's own heading styles.")
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield msg("a heading of level {level} follows one of level {before}.", level=level, before=before)
    for each in walk(pdf):
        yield from _element(pdf, each)
    ids = [str(each.get("/ID", "")) for each in walk(pdf) if is_a(each, "/Note")]
    if "" in ids or len(set(ids)) < len(ids):
        yield msg("a note has no id of its own.")


def _element(pdf: pikepdf.Pdf, node: pikepdf.Object) -> Iterator[Message]:
    kind = role(pdf, node)
    if kind == "/Figure" and not str(node.get("/Alt", "")).strip():
        yield msg(
            "the picture on page {page} has no alternative text. Give it one in Word.", page=_page(pdf, node)
        )
    if kind == "/Table" and not any(is_a(each, "/TH") for each in walk(pdf, node)):
        yield msg("the table on page {page} has no header row.", page=_page(pdf, node))
    if kind == "/TH" and not any("/Scope" in each for each in children(node.get("/A"))):
        yield msg("a header cell on page {page} does not say what it heads.", page=_page(pdf, node))
    if kind == "/L" and not any(is_a(each, "/LI") for each in walk(pdf, node)):
        yield msg("the list on page {page} has no items.", page=_page(pdf, node))


def _page(pdf: pikepdf.Pdf, node: pikepdf.Object) -> int:
    """Return the number of the page that an element begins on; 0 if none is named."""
    named = [each.Pg for each in (node, *walk(pdf, node)) if "/Pg" in each]
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return numbers.get(named[0].objgen, 0) if named else 0


def _links(pdf: pikepdf.Pdf) -> Iterator[Message]:
    for number, page in enumerate(pdf.pages, start=1):
        links = [each for each in children(page.obj.get("/Annots")) if each.get("/Subtype") == "/Link"]
        if links and page.obj.get("/Tabs") != "/S":
            yield msg("page {page} does not say the order of its links.", page=number)
        if any("/StructParent" not in each for each in links):
            yield msg("a link on page {page} has no place in the reading order.", page=number)
        if any(not str(each.get("/Contents", "")).strip() for each in links):
            yield msg("a link on page {page} does not say where it leads.", page=number)


_CHECKS: tuple[Callable[[pikepdf.Pdf], Iterator[Message]], ...] = (_metadata, _archive, _structure, _links)
