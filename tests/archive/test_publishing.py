"""What all may see, and nothing else: five hundred secrets, and what stops publication."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from random import Random

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree
from lxml.etree import _Element
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebuilder.archive import office
from casebuilder.archive.pdf_check import declared, faults
from casebuilder.archiving import archive
from casebuilder.cli import main
from casebuilder.pipeline import build
from casebuilder.problems import Problem
from casebuilder.publishing import NotPublished, Published, publish
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.package_check import faults as faults_of_word
from casebuilder.workspace import Workspace
from tests.archive.conftest import NEEDS_OFFICE
from tests.archive.searching import found_in
from tests.conftest import ROOT
from tests.sheetedit import add_row, set_cell
from tests.test_another_secretariat import png
from tests.tools import tool

CASE, MEETING = "STYRET-2026-014", "STYRET-2026-01"
PROVISION = "offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1"
INSTEAD = f"[unntatt offentlighet, jf.\xa0{PROVISION}]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample, with one case that is exempt in part."""
    tool("soffice", NEEDS_OFFICE)
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    set_cell(tmp_path, "saker", CASE, "Tilgang", "delvis unntatt")
    set_cell(tmp_path, "saker", CASE, "Hjemmel for unntak", PROVISION)
    return tmp_path


def write(folder: Path, text: str) -> None:
    path = folder / "sources" / "tekster" / f"{CASE}.md"
    path.write_text(f"# Saken\n\n{text}\n", encoding="utf-8")


def made(folder: Path) -> Path:
    """Build the case's paper and return where it lies."""
    report = build(Workspace(folder), [CASE])
    assert [each for each in report.problems if each.is_error] == []
    return next((folder / "output" / MEETING).glob("Sak 14-26 *026*.docx"))


def published(folder: Path, **way: bool) -> tuple[Published, Path]:
    done = publish(Workspace(folder), [CASE], **way)
    return done, folder / "output" / "offentlig" / MEETING


def rules(problems: tuple[Problem, ...]) -> list[str]:
    return [each.rule for each in problems if each.is_error]


def words_of(path: Path) -> str:
    return "\n".join(each.text for each in Document(str(path)).paragraphs)


# -- five hundred secrets ---------------------------------------------------------------------------

_FIRST = ("Ask", "Bjørg", "Dagny", "Eirik", "Frøya", "Gunvor", "Hallvard", "Idunn", "Jorunn", "Kåre")
_LAST = ("Aamot", "Bråten", "Engeskar", "Fjellheim", "Grønsletta", "Hovdelien", "Kvernmo", "Lønnebotn")


def names(number: int, seed: int) -> list[str]:
    random = Random(seed)
    return [f"{random.choice(_FIRST)} {random.choice(_LAST)}{at:03}" for at in range(number)]


def paragraphs(secrets: Iterator[str]) -> Iterator[str]:
    """Yield Markdown in which each secret stands in another way."""

    def one() -> str:
        return next(secrets)

    for at in range(21):
        yield f"Styret har hørt [{one()} & {one()}]{{.unntatt}} om saken."
        yield f"Klagen fra **[{one()}]{{.unntatt}}** gjelder [avtalen med *{one()}*]{{.unntatt}}."
        yield f"::: unntatt\nDette avsnittet handler om {one()} og {one()}.\n\n- {one()}\n- {one()}\n:::"
        yield f"::: unntatt\n| Navn | Rolle |\n|---|---|\n| {one()} | {one()} |\n:::"
        yield f"Notatet[^a{at}] er [lest av {one()}]{{.unntatt}}."
        yield f"[^a{at}]: [Arkivet til {one()}]{{.unntatt}}."
        address = f"https://hemmelig.example/{one().replace(' ', '-')}"
        yield f"Se [[vedtaket om {one()}]({address})]{{.unntatt}}."
        yield f"## [Samtale med {one()}]{{.unntatt}}"
        yield f"::: unntatt\n![Bilde av {one()}](kart.png)\n:::"
        yield f"Åpent først[^b{at}].\n\n[^b{at}]: Åpent, men [ikke {one()}]{{.unntatt}}."
        yield f"::: unntatt\n> {one()} sier: «Det stemmer.»\n:::"


def by_hand(data: bytes, secrets: list[str]) -> bytes:
    """Do what clerks and programs do to a paper: properties, comments, struck and hidden words, controls."""
    document = Document(io.BytesIO(data))
    hers = iter(secrets)
    core = document.core_properties
    core.keywords, core.comments, core.category = next(hers), next(hers), next(hers)
    core.last_modified_by = next(hers)
    look = '<w:rPr><w:rStyle w:val="UnntattOffentlighetTegn"/></w:rPr>'
    spots = [each for each in document.paragraphs if each.text.startswith("Styret har hørt")]
    for at, each in enumerate(spots):
        kinds = (
            f'<w:del {nsdecls("w")} w:id="{900 + at}" w:author="Kari"><w:r>{look}'
            f"<w:delText>{next(hers)}</w:delText></w:r></w:del>",
            f'<w:ins {nsdecls("w")} w:id="{950 + at}" w:author="Kari"><w:r>{look}'
            f"<w:t>{next(hers)}</w:t></w:r></w:ins>",
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{next(hers)}"/></w:sdtPr><w:sdtContent>'
            f"<w:r>{look}<w:t>{next(hers)}</w:t></w:r></w:sdtContent></w:sdt>",
            f'<w:bookmarkStart {nsdecls("w")} w:id="{800 + at}" w:name="{next(hers).replace(" ", "_")}"/>',
        )
        marked = next(run for run in each._p.iter(qn("w:r")) if "UnntattOffentlighet" in _xml(run))
        for kind in kinds:
            marked.addprevious(parse_xml(kind))
        marked.addnext(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{800 + at}"/>'))
        _split(marked)
    document.add_comment(spots[0].runs[:1], text=next(hers), author=next(hers), initials="K")
    buffer = io.BytesIO()
    document.save(buffer)
    parts = parts_of(buffer.getvalue())
    settings = parts["word/settings.xml"]
    variable = f'<w:docVars><w:docVar w:name="x" w:val="{next(hers)}"/></w:docVars></w:settings>'
    parts["word/settings.xml"] = settings.replace(b"</w:settings>", variable.encode())
    return package_of(parts)


def _xml(node: _Element) -> str:
    return etree.tostring(node).decode()


def _split(run: _Element) -> None:
    """Cut a run in two in the middle of a name, as Word does when a word is checked."""
    other = deepcopy(run)
    for each, part in ((run, slice(None, 4)), (other, slice(4, None))):
        text = next(each.iter(qn("w:t")))
        text.text = str(text.text)[part]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(other)


def test_an_independent_search_finds_none_of_five_hundred_secrets(folder: Path) -> None:
    every = [*dict.fromkeys(names(600, 1))][:500]
    assert len(every) == 500
    (folder / "sources" / "tekster" / "kart.png").write_bytes(png())
    supply = iter(every)
    write(folder, "\n\n".join(paragraphs(supply)))
    extra = [next(supply) for _ in range(2)]
    add_row(
        folder,
        "vedlegg",
        {"Sak-ID": CASE, "Nr.": 9, "Tittel": f"Brev fra {extra[0]}", "Fil": f"{extra[1]}.docx",
         "Tilgang": "unntatt", "Hjemmel for unntak": "offl. § 23"},
    )  # fmt: skip
    shutil.copy(
        folder / "sources" / "vedlegg" / "arbeidsprogram-2026-utkast.docx",
        folder / "sources" / "vedlegg" / f"{extra[1]}.docx",
    )
    set_cell(folder, "saker", CASE, "Tittel", f"Personalsak om {next(supply)}")
    set_cell(folder, "saker", CASE, "Offentlig tittel", "Personalsak for 2026")
    report = build(Workspace(folder), [CASE])
    assert [each for each in report.problems if each.is_error] == []
    path = next(each for each in (folder / "output" / MEETING).glob("Sak 14-26 Personal*.docx"))
    path.write_bytes(by_hand(path.read_bytes(), list(supply)))
    full = folder / "full"
    full.mkdir()
    shutil.copy(path, full)
    forms = [*every, *(each.replace(" ", "-") for each in every), *(each.replace(" ", "_") for each in every)]
    assert len({re.sub(r"[ _]", "-", secret) for _file, secret in found_in(full, forms)}) > 480

    done, where = published(folder, accept=True)
    assert rules(done.problems) == []
    assert found_in(where, forms) == set()
    assert "hemmelig.example" not in "".join(each.read_text("latin-1") for each in where.rglob("*.html"))


# -- what is made -----------------------------------------------------------------------------------


def test_the_public_version_says_where_something_is_cut_and_by_which_provision(folder: Path) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    path = made(folder)
    assert f"Delvis unntatt offentlighet, jf.\xa0{PROVISION}" in words_of(path)
    done, where = published(folder)
    public = next(where.glob("1/Sak 14-26 *026*.docx"))
    assert (rules(done.problems), done.exit_code) == ([], 0)
    assert f"Åpent, men {INSTEAD} ikke." in words_of(public)
    assert f"Offentlig versjon: delvis unntatt offentlighet, jf.\xa0{PROVISION}" in words_of(public)
    header = "".join(part.text for part in Document(str(public)).sections[0].header.paragraphs)
    assert header.startswith("Offentlig versjon: delvis unntatt")
    assert faults_of_word(parts_of(public.read_bytes())) == []


def test_the_files_are_word_accessible_pdf_and_html_with_attachments_and_a_public_agenda(
    folder: Path,
) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    made(folder)
    _done, where = published(folder)
    found = sorted(each.name for each in (where / "1").iterdir())
    stem = "Sak 14-26 Medlemstall og møteplan for 2026"
    assert found == [
        f"{stem}.docx", f"{stem}.html", f"{stem}.pdf", "Sak 14-26 Vedlegg 1 Møteplan og årshjul 2026.pdf",
        "index.html",
    ]  # fmt: skip
    pdf = (where / "1" / f"{stem}.pdf").read_bytes()
    assert (faults(pdf), declared(pdf).is_for_archives) == ((), True)
    page = (where / "1" / f"{stem}.html").read_text("utf-8")
    assert re.sub(r"\s", " ", INSTEAD) in re.sub(r"\s", " ", page)
    assert "Offentlig saksliste" in (where / "1" / "index.html").read_text("utf-8")


def test_the_same_papers_are_not_published_twice_and_news_is_a_new_version(folder: Path) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    made(folder)
    first, where = published(folder)
    again, _ = published(folder)
    assert [(each[2]) for each in (*first.folders, *again.folders)] == [True, False]
    write(folder, "Åpent og nytt, men [Kari Vik]{.unntatt} ikke.")
    made(folder)
    published(folder)
    assert sorted(each.name for each in where.iterdir()) == ["1", "2"]


def test_what_a_clerk_marks_in_word_is_cut_and_merges_keep_her_marks(folder: Path) -> None:
    write(
        folder, "Leder er Kari Vik fra Tolga. Det er {{ antall('OSLOREGIONEN', type='kommune') }} kommuner."
    )
    path = made(folder)
    document = Document(str(path))
    line = next(each for each in document.paragraphs if each.text.startswith("Leder er"))
    before, after = line.runs[0].text.split("Kari Vik")
    line.runs[0].text = before
    marked, rest = deepcopy(line.runs[0]._r), deepcopy(line.runs[0]._r)
    line.runs[0]._r.addnext(marked)
    marked.addnext(rest)
    line.runs[1].text, line.runs[1].style = "Kari Vik", "Unntatt offentlighet Tegn"
    line.runs[2].text = after
    document.save(str(path))
    write(
        folder,
        "Leder er Kari Vik fra Tolga. Nå er det {{ antall('OSLOREGIONEN', type='kommune') }} kommuner.",
    )
    assert made(folder) == path
    done, where = published(folder, accept=True)
    assert rules(done.problems) == []
    assert f"Leder er {INSTEAD} fra Tolga. Nå er det" in words_of(next(where.glob("1/Sak*026*.docx")))


def test_a_case_that_is_exempt_as_a_whole_is_a_line_on_the_agenda_only(folder: Path) -> None:
    set_cell(folder, "saker", CASE, "Tilgang", "unntatt")
    assert build(Workspace(folder)).exit_code == 0
    done = publish(Workspace(folder), [MEETING])
    where = folder / "output" / "offentlig" / MEETING / "1"
    assert (rules(done.problems), done.kept_back) == ([], ("14/26",))
    assert [each.name for each in where.glob("Sak 14*")] == []
    page = (where / "index.html").read_text("utf-8")
    assert ("Medlemstall" in page, f"Sak 14/26 {INSTEAD}" in page) == (False, True)


def test_an_attachment_that_is_exempt_in_part_is_published_as_its_redacted_file(folder: Path) -> None:
    write(folder, "Alt er åpent.")
    attached = folder / "sources" / "vedlegg"
    for name in ("hele.docx", "sladdet.docx"):
        shutil.copy(attached / "arbeidsprogram-2026-utkast.docx", attached / name)
    row = {"Sak-ID": CASE, "Nr.": 9, "Tittel": "Avtale", "Fil": "hele.docx", "Tilgang": "delvis unntatt"}
    add_row(folder, "vedlegg", {**row, "Hjemmel for unntak": "offl. § 23", "Sladdet utgave": "sladdet.docx"})
    made(folder)
    done, where = published(folder)
    assert rules(done.problems) == []
    assert {each.name for each in where.glob("1/*Vedlegg 9*")} == {"Sak 14-26 Vedlegg 9 sladdet.pdf"}


def test_the_archive_holds_the_version_that_all_may_see_beside_the_full_one(folder: Path) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    made(folder)
    assert archive(Workspace(folder), [CASE]).problems == ()
    package = folder / "output" / "arkiv" / MEETING / "1" / "data" / "saker" / CASE.lower()
    assert found_in(package, ["Kari Vik"]) >= {("sak-14-26.pdf", "Kari Vik"), ("sak-14-26.docx", "Kari Vik")}
    assert "sak-14-26-skjermet.pdf" not in {name for name, _secret in found_in(package, ["Kari Vik"])}
    message = (package / "arkivmelding.xml").read_text("utf-8")
    assert re.findall(r"<referanseDokumentfil>(sak-[^<]*)<", message) == [
        "sak-14-26.pdf", "sak-14-26.docx", "sak-14-26-skjermet.pdf",
    ]  # fmt: skip


# -- what stops publication -------------------------------------------------------------------------


def nothing_written(where: Path) -> bool:
    return not where.exists() or list(where.iterdir()) == []


def test_a_name_that_stands_unmarked_elsewhere_stops_it_until_it_is_marked_or_signed_for(
    folder: Path,
) -> None:
    write(folder, "Klagen er fra [Kari Vik]{.unntatt}.\n\nStyret takker Kari Vik.")
    made(folder)
    done, where = published(folder)
    assert rules(done.problems) == ["ord-også-offentlig"]
    assert dict(done.problems[-1].found.values)["words"] == "Kari Vik"
    assert (nothing_written(where), done.stopped) == (True, (MEETING,))
    sign(folder, "ord-også-offentlig", "Kari Vik")
    assert rules(published(folder)[0].problems) == []


def test_what_is_marked_in_one_case_is_sought_in_another_that_is_published_alone(folder: Path) -> None:
    write(folder, "Klagen er fra [Kari Vik]{.unntatt}.")
    other = folder / "sources" / "tekster" / "STYRET-2026-012.md"
    other.write_text("# Saken\n\nStyret takker Kari Vik.\n", encoding="utf-8")
    assert build(Workspace(folder)).exit_code == 0
    done = publish(Workspace(folder), ["STYRET-2026-012"])
    assert rules(done.problems) == ["ord-også-offentlig"]
    assert nothing_written(folder / "output" / "offentlig" / MEETING)


def sign(folder: Path, rule: str, about: str) -> None:
    path = folder / "sources" / "saker.xlsx"
    book = load_workbook(path)
    sheet: Worksheet = book["avvik"] if "avvik" in book.sheetnames else book.create_sheet("avvik")
    if sheet.max_row < 2:
        sheet.delete_rows(1)
        sheet.append(["Regel", "Gjelder", "Begrunnelse", "Initialer", "Dato"])
    sheet.append([rule, about, "Kjent for alle", "KV", date(2026, 2, 1)])
    book.save(path)


def test_a_whole_passage_that_stands_elsewhere_cannot_be_signed_for(folder: Path) -> None:
    said = "Avtalen med leverandøren er sagt opp fra høsten av"
    write(folder, f"[{said}]{{.unntatt}}.\n\nDet er kjent at {said.lower()}.")
    made(folder)
    sign(folder, "ord-også-offentlig", said)
    done, where = published(folder)
    assert (rules(done.problems), nothing_written(where)) == (["exempt-in-public"], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Tormod]{.unntatt} har nummer 17054026641 i dag.", "identity-number-in-public"),
        ("[Tormod]{.unntatt} vet at dette er en hemmelig merknad om møtet.", "exempt-in-public"),
    ],
)
def test_identity_numbers_and_remarks_of_the_sheets_stop_it(folder: Path, text: str, expected: str) -> None:
    set_cell(folder, "kilder", "KOMMUNELOVEN", "Merknad", "Dette er en hemmelig merknad om møtet")
    write(folder, text)
    made(folder)
    done, where = published(folder)
    assert (rules(done.problems), nothing_written(where)) == ([expected], True)


def test_an_open_case_with_marked_words_and_an_exempt_one_without_are_told(folder: Path) -> None:
    write(folder, "Alt er åpent.")
    path = made(folder)
    done, where = published(folder)
    assert (rules(done.problems), nothing_written(where)) == (["nothing-exempt"], True)
    set_cell(folder, "saker", CASE, "Tilgang", "offentlig")
    set_cell(folder, "saker", CASE, "Hjemmel for unntak", None)
    document = Document(str(path))
    document.paragraphs[-1].style = "Unntatt offentlighet"
    document.save(str(path))
    assert rules(published(folder)[0].problems) == ["exempt-in-open-case"]


def test_open_changes_stop_it_unless_told_which_way(folder: Path) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    path = made(folder)
    document = Document(str(path))
    document.paragraphs[-1]._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="K"><w:r><w:t> nytt</w:t></w:r></w:ins>')
    )
    document.save(str(path))
    assert rules(published(folder)[0].problems) == ["undecided"]
    assert rules(published(folder, accept=False)[0].problems) == []


def test_without_libreoffice_a_sentence_says_so_and_nothing_is_published(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    made(folder)
    monkeypatch.setattr(office, "_NAMES", ())
    monkeypatch.setattr(office, "_INSTALLED", ())
    assert main(["publish", CASE, "--mappe", str(folder)]) == 3
    assert "LibreOffice" in capsys.readouterr().err
    assert not (folder / "output" / "offentlig").exists()


def test_a_disk_that_fails_leaves_nothing_half_published(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "Åpent, men [Kari Vik]{.unntatt} ikke.")
    made(folder)

    def full(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NotPublished):
        published(folder)
    assert list((folder / "output" / "offentlig" / MEETING).iterdir()) == []
