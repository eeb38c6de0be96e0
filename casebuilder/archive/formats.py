"""What kind of file something is, as archives name it: PRONOM numbers (pure).

PRONOM is the register of formats of The National Archives (UK), and M701 of Noark 5 takes its numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from casebuilder.archive.pdf_check import declared


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its PRONOM number, its name, and the type that web servers call it."""

    pronom: str
    name: str
    mime: str


_PDF = "application/pdf"
_PDF_A = {
    "1a": Format("fmt/95", "PDF/A-1a", _PDF),
    "1b": Format("fmt/354", "PDF/A-1b", _PDF),
    "2a": Format("fmt/476", "PDF/A-2a", _PDF),
    "2b": Format("fmt/477", "PDF/A-2b", _PDF),
    "2u": Format("fmt/478", "PDF/A-2u", _PDF),
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_BY_ENDING = {
    ".docx": Format("fmt/412", "DOCX", f"{_OFFICE}.wordprocessingml.document"),
    ".xlsx": Format("fmt/214", "XLSX", f"{_OFFICE}.spreadsheetml.sheet"),
    ".pptx": Format("fmt/215", "PPTX", f"{_OFFICE}.presentationml.presentation"),
    ".doc": Format("fmt/40", "DOC", "application/msword"),
    ".xls": Format("fmt/61", "XLS", "application/vnd.ms-excel"),
    ".odt": Format("fmt/291", "ODT 1.2", "application/vnd.oasis.opendocument.text"),
    ".ods": Format("fmt/295", "ODS 1.2", "application/vnd.oasis.opendocument.spreadsheet"),
    ".rtf": Format("fmt/355", "RTF", "application/rtf"),
    ".pdf": Format("fmt/276", "PDF", _PDF),
    ".csv": Format("x-fmt/18", "CSV", "text/csv"),
    ".txt": Format("x-fmt/111", "Tekst", "text/plain"),
    ".md": Format("fmt/1149", "Markdown", "text/markdown"),
    ".png": Format("fmt/11", "PNG", "image/png"),
    ".jpg": Format("fmt/43", "JPEG", "image/jpeg"),
    ".jpeg": Format("fmt/43", "JPEG", "image/jpeg"),
    ".tif": Format("fmt/353", "TIFF", "image/tiff"),
    ".tiff": Format("fmt/353", "TIFF", "image/tiff"),
    ".xml": Format("fmt/101", "XML", "application/xml"),
}
_UNKNOWN = Format("UNKNOWN", "Ukjent format", "application/octet-stream")


def format_of(name: str, data: bytes) -> Format:
    """Return the format of a file: PDF by what it declares, others by the ending of the name."""
    ending = PurePosixPath(name).suffix.lower()
    found = _BY_ENDING.get(ending, _UNKNOWN)
    return _PDF_A.get(declared(data).level, found) if ending == ".pdf" else found


def is_archival(kind: Format) -> bool:
    """Tell whether archives take a format as it is."""
    return kind in _PDF_A.values()
