"""Another register, other texts, another template: what a secretariat in the west would have."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from casebuilder.pipeline import Report, build
from casebuilder.word.package import package_of, parts_of
from casebuilder.workspace import Workspace
from tests.papertext import paper_text
from tests.secretariat import Secretariat

MEMBERS = 300
NOTES = 40

TEXT = """\
# Samandrag

Rådet har {{ medlemstall("VEST", type="kommune") }} per {{ standdato }}.

# 1. Bakgrunn {#bakgrunn}

{{ organ("VEST") }} vart {{ hendelse("VEST", "stiftet")|når }} skipa. Seinare vart {{ organ("VEST") }}
omdanna {{ hendelse("VEST", "omdannet")|når }}.

## 1.1 Medlemmer

{{ utmeldinger("VEST", vedtatt=2025) }}.

{{ utmeldingstabell("VEST", virkning=2027) }}

### 1.1.1 Fylka

{{ ventende("VEST")|stor }}. Sjå òg [bakgrunnen](#bakgrunn).

#### 1.1.1.1 Djupaste nivå

- fyrste
    1. eitt
    2. to
        - tre
- andre

> Sitat med *kursiv* og **feit**.

## 1.2 Notar

NOTES

# 2. Drøfting

![Kart over vestlandet](kart.png){width=4cm}

::: liggende
| A | B | C | D | E | F | G | H |
|---|---|---|---|---|---|---|--:|
| 1 | 2 | 3 | 4 | 5 | 6 | 7 | {{ antall("VEST") }} |

: Brei tabell
:::

Etter den liggjande sida kjem teksten att[@LOV, § 3]. Lova gjeld[@LOV].
"""


def png() -> bytes:
    """Return a picture of 8 × 4 red points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 4, 8, 2, 0, 0, 0)
    rows = (b"\x00" + b"\xc0\x10\x10" * 8) * 4
    data = zlib.compress(rows)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def template() -> bytes:
    """Return a template made from Word's plain document, with style ids as a Norwegian Word writes them."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ organ.navn }}"
    lines = (
        ("Title", "{{ sak.tittel }}"),
        ("Normal", "{{ sak.nummer }}, {{ møte.utvalg }} {{ møte.dato }}"),
        ("Normal", "{%p if forslag %}"),
        ("Heading 1", "{{ ord.forslag_til_vedtak }}"),
        ("Normal", "{%p for punkt in forslag %}"),
        ("List Number", "{{ punkt }}"),
        ("Normal", "{%p endfor %}"),
        ("Normal", "{%p endif %}"),
        ("Heading 1", "{{ ord.sammendrag }}"),
        ("Normal", "{{ sammendrag }}"),
        ("Normal", "{{ saksutredning }}"),
        ("Normal", "{{ ord.opplysninger_per }} {{ sak.standdato }}."),
    )
    for style, text in lines:
        document.add_paragraph(text, style=style)
    buffer = io.BytesIO()
    document.save(buffer)
    parts = parts_of(buffer.getvalue())
    for name in ("word/styles.xml", "word/document.xml"):
        parts[name] = re.sub(
            rb'(styleId|pStyle w:val|basedOn w:val|next w:val|link w:val)="Heading',
            rb'\1="Overskrift',
            parts[name],
        )
    return package_of(parts)


def hordaland(folder: Path) -> Report:
    made = Secretariat(folder)
    notes = " ".join(
        f"Påstand {number}^[Note {number}: <https://vest.no/{number}>.]" for number in range(1, NOTES + 1)
    )
    made.text("vest/1 sak.md", TEXT.replace("NOTES", notes))
    made.text("vest/kart.png", png())
    (folder / "templates" / "vest.docx").write_bytes(template())
    definition = "Vestlandsrådet er eit samarbeid."
    made.add(
        "organer", organ_id="VEST", navn="Vestlandsrådet IPR", kortnavn="VR", definisjon=definition,
        organisasjonsform="IPR", nettsted="https://www.vest.no", kilde_id="LOV",
    )  # fmt: skip
    made.add(
        "organhistorikk", organ_id="VEST", hendelse="stiftet", dato=date(1998, 1, 1), presisjon="år",
        kilde_id="LOV",
    )  # fmt: skip
    made.add(
        "organhistorikk", organ_id="VEST", hendelse="omdannet", dato=date(2021, 3, 1), presisjon="måned",
        ny_form="IPR", kilde_id="LOV",
    )  # fmt: skip
    made.add("enheter", enhet_id="46", type="fylkeskommune", navn="Vestland")
    decision = {"gjelder_organ": "VEST", "type": "utmelding", "kilde_id": "LOV"}
    made.add(
        "vedtak", vedtak_id="V46", enhet_id="46", vedtaksorgan="fylkestinget", status="innstilt",
        behandles_dato=date(2026, 6, 9), innstilling_fra="fylkesutvalet", innstilling="utmelding",
        virkningsdato=date(2028, 1, 1), **decision,
    )  # fmt: skip
    since = {"organ_id": "VEST", "medlem_fra": date(1998, 1, 1), "kilde_id": "LOV"}
    made.add("medlemmer", enhet_id="46", utmelding_vedtak_id="V46", **since)
    for number in range(MEMBERS):
        unit = {"enhet_id": f"{4600 + number}"}
        made.add("enheter", type="kommune", navn=f"Bygd {number}", fylkesnummer=unit["enhet_id"][:2], **unit)
        leaving = {"utmelding_vedtak_id": f"V{number}"} if number < 2 else {}
        made.add("medlemmer", **since, **unit, **leaving)
    for number in range(2):
        made.add(
            "vedtak", vedtak_id=f"V{number}", enhet_id=f"{4600 + number}", vedtaksorgan="kommunestyret",
            status="vedtatt", vedtaksdato=date(2025, 11, 1), vedtaksdato_presisjon="måned",
            virkningsdato=date(2027, 1, 1), **decision,
        )  # fmt: skip
    made.add("kilder", kilde_id="LOV", type="lov/forskrift", tittel="Lov om samarbeid", utgiver="Lovdata")
    made.add(
        "møter", møte_id="VEST-1", organ_id="VEST", utvalg="representantskapet", møtenummer="1",
        dato=date(2026, 5, 7), form="fjernmøte",
    )  # fmt: skip
    made.add(
        "saker", sak_id="VEST-1-1", møte_id="VEST-1", løpenr=5, sakstype="PS", tittel="Vegen vidare",
        saksbehandler="Nils Døme", forslag_til_vedtak="Rådet tek saka til vitende.\nRådet held fram.",
        mal="vest.docx", tekst="vest", målform="nn", status="klar",
    )  # fmt: skip
    made.save()
    return build(Workspace(folder))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("vest")
    report = hordaland(folder)
    assert {problem.rule for problem in report.problems} == {"headings-unnumbered"}
    return (folder / report.outcomes[0].path).read_bytes()


def test_the_paper_reads_as_it_should(paper: bytes, golden: Callable[[str, str], str]) -> None:
    text = paper_text(paper)
    assert text == golden("hordaland", text)


def test_every_note_has_its_own_link(paper: bytes) -> None:
    text = paper_text(paper)
    found = re.findall(r"Påstand (\d+)\[\^Note (\d+): <https://vest\.no/\d+: https://vest\.no/(\d+)>", text)
    assert found == [(str(number),) * 3 for number in range(1, NOTES + 1)]


def test_the_wide_table_stands_on_a_page_turned_sideways(paper: bytes) -> None:
    sections = Document(io.BytesIO(paper)).sections
    assert [str(section.orientation).split(" ")[0] for section in sections] == [
        "PORTRAIT",
        "LANDSCAPE",
        "PORTRAIT",
    ]
    assert [section.header.paragraphs[0].text for section in sections] == ["Vestlandsrådet IPR"] * 3


def test_the_paper_is_nynorsk_to_word(paper: bytes) -> None:
    styles = Document(io.BytesIO(paper)).styles.element
    lang = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "nn-NO"
    assert Document(io.BytesIO(paper)).core_properties.language == "nn-NO"
