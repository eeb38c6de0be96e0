"""`python benchmarks/naive.py LOT`: the naive pipeline, a paper at a time, as a short script would do it.

openpyxl reads the workbooks, pypandoc turns a text into a Word file, docxtpl puts it into the template as a
sub-document. It knows no figures, checks nothing, keeps nothing; its texts come with the figures in them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import pypandoc
from docxtpl import DocxTemplate
from openpyxl import load_workbook


def main(lot: Path) -> None:
    """Make every paper of the workspace's cases."""
    sheets = read_sheets(lot / "workspace" / "sources")
    meetings = {row["Møte-ID"]: row for row in sheets["møter"]}
    bodies = {row["Organ-ID"]: row for row in sheets["organer"]}
    out = lot / "naive" / "out"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for case in sheets["saker"]:
            meeting = meetings[case["Møte-ID"]]
            name = f"{case['Løpenummer']:04}"
            converted = Path(folder) / f"{name}.docx"
            text = (lot / "markdown" / f"{name}.md").read_text(encoding="utf-8")
            pypandoc.convert_text(text, "docx", format="markdown", outputfile=converted)
            document = DocxTemplate(lot / "subdoc" / "template.docx")
            shown = values(case, meeting, bodies[meeting["Organ-ID"]])
            document.render({**shown, "innhold": document.new_subdoc(str(converted))}, autoescape=True)
            document.save(out / f"{name}.docx")


def read_sheets(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every sheet by their headers."""
    sheets: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.xlsx")):
        for sheet in load_workbook(path, data_only=True):
            headers, *rows = sheet.iter_rows(values_only=True)
            sheets[sheet.title] = [dict(zip(map(str, headers), row, strict=True)) for row in rows]
    return sheets


def values(case: dict[str, Any], meeting: dict[str, Any], body: dict[str, Any]) -> dict[str, str]:
    """Return what the template's tags print."""
    words = ("utvalg", "møtedato", "saksnummer", "saksbehandler", "saksansvarlig", "arkivsaksnr", "tilgang")
    return {
        **{f"ord_{word.translate(str.maketrans('ø', 'o'))}": word.capitalize() for word in words},
        "ord_saksfremstilling": "Saksfremstilling",
        "ord_side": "Side",
        "ord_av": "av",
        "organ_navn": body["Formelt navn"],
        "mote_utvalg": meeting["Utvalg"],
        "mote_dato": f"{meeting['Møtedato']:%d.%m.%Y}",
        "sak_tittel": case["Tittel"],
        "sak_nummer": f"{case['Løpenummer']}/{case['År']}",
        "sak_saksbehandler": case["Saksbehandler"],
        "sak_saksansvarlig": case["Saksansvarlig"],
        "sak_arkivsaksnr": case["Arkivsaksnr."],
        "sak_tilgang": case["Tilgang"],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
