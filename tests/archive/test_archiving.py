"""A meeting archived: what a package holds, what it says of itself, and when none is written."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

import bagit
import pytest
from lxml import etree

from casebuilder.archive import office
from casebuilder.archive.checks import faults_of_package
from casebuilder.archive.documents import CaseFile, Document, MeetingFile, Proof, Variant
from casebuilder.archive.fiks import (
    case_message,
    document_message,
    journal_message,
    kind_of_document,
    meeting_message,
)
from casebuilder.archive.gathering import plain
from casebuilder.archive.store import NotArchived, package_at, versions
from casebuilder.archiving import archive
from casebuilder.cli import main
from casebuilder.register.records import Register
from casebuilder.word.package import parts_of
from casebuilder.workspace import Workspace
from tests.builders import body, case, meeting, register
from tests.merging import judge
from tests.sheetedit import set_cell
from tests.word.handmade import ins, replaced, t

MEETING = "STYRET-2026-01"
SCHEMAS = Path(__file__).parents[2].parent / "shared" / "domain" / "xsd" / "fiks-arkiv-v1"
SCHEMA = "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"


def package(folder: Path, version: int = 1) -> Path:
    return folder / "output" / "arkiv" / MEETING / str(version)


def test_a_package_holds_papers_proofs_sources_and_register(archived: Path) -> None:
    files = set(package_at(package(archived)))
    case_files = {name.removeprefix("data/saker/styret-2026-013/") for name in files if "-013/" in name}
    assert case_files == {
        "sak-13-26.docx", "sak-13-26.pdf", "vedlegg-1.docx", "vedlegg-1.pdf", "generert.docx",
        "endringer.docx", "arkivmelding.xml", "arkivmelding-journalpost.xml",
    }  # fmt: skip
    assert {name for name in files if name.startswith("data/kilder/sources/tekster")} == {
        f"data/kilder/sources/tekster/STYRET-2026-01{each}" for each in ("2.md", "3.docx", "4.md")
    }
    assert {
        "data/kilder/templates/saksfremstilling.docx",
        "data/index.html",
        "data/register/saker.csv",
    } <= files
    assert "data/moete/01-innkalling/innkalling.txt" in files


def test_bagit_accepts_the_bag(archived: Path) -> None:
    assert bagit.Bag(str(package(archived))).validate()


def test_sources_are_archived_byte_for_byte(archived: Path) -> None:
    for path in (package(archived) / "data" / "kilder").rglob("*"):
        if path.is_file():
            original = archived / path.relative_to(package(archived) / "data" / "kilder")
            assert path.read_bytes() == original.read_bytes()


def test_the_register_is_rfc_4180_in_utf_8(archived: Path) -> None:
    data = (package(archived) / "data" / "register" / "saker.csv").read_bytes()
    assert data.count(b"\r\n") >= 4
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    assert [row["sak_id"] for row in rows] == ["STYRET-2026-012", "STYRET-2026-013", "STYRET-2026-014"]
    assert rows[1]["forslag_til_vedtak"].count("\n") == 2


def test_the_final_paper_bears_no_trace_of_who_worked_on_it(archived: Path) -> None:
    parts = parts_of((package(archived) / "data/saker/styret-2026-012/sak-12-26.docx").read_bytes())
    everything = b"".join(parts.values()).decode("utf-8", "replace")
    assert re.findall(r"w:rsid|w:author|_cb_|<w:comment", everything) == []


def test_archiving_again_without_news_writes_nothing(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    done = archive(Workspace(folder), ())
    assert [is_new for *_rest, is_new in done.packages] == [False]
    assert versions(package(folder).parent) == (1,)


def test_news_make_a_new_version_that_names_the_one_it_replaces(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    before = package_at(package(folder))
    paper = next(folder.glob("output/*/Sak 14-26*.docx"))
    change = ins(t("et nytt ord"))
    paper.write_bytes(replaced(paper.read_bytes(), "</w:p>", f"{change}</w:p>"))
    assert archive(Workspace(folder), ()).packages == ()
    done = archive(Workspace(folder), (), accept=True)
    assert [version for _meeting, _path, version, _new in done.packages] == [2]
    assert package_at(package(folder)) == before
    assert '"erstatter": 1' in (package(folder, 2) / "data/pakke.json").read_text(encoding="utf-8")
    redline = (package(folder, 2) / "data/saker/styret-2026-014/endringer.docx").read_bytes()
    assert "et nytt ord" in " ".join(judge.accepted_text(redline))
    assert "et nytt ord" not in " ".join(judge.rejected_text(redline))
    assert package_at(package(folder, 2))["data/index.html"].decode().count("Erstatter versjon 1.") == 1


def test_one_case_alone_replaces_no_package_of_the_meeting(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    done = archive(Workspace(folder), ["STYRET-2026-014"])
    assert [version for _meeting, _path, version, _new in done.packages] == [2]
    said = (package(folder, 2) / "data/pakke.json").read_text(encoding="utf-8")
    assert ('"erstatter": null' in said, '"hele møtet": false' in said) == (True, True)


def test_sheets_that_changed_since_the_paper_was_made_stop_it(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    set_cell(folder, "saker", "STYRET-2026-014", "Tittel", "En annen tittel")
    done = archive(Workspace(folder), ())
    assert ([problem.rule for problem in done.problems], done.packages) == (["not-proved"], ())
    assert versions(package(folder).parent) == (1,)


@pytest.mark.parametrize("names", [(), (MEETING,)])
def test_a_case_of_the_meeting_without_a_paper_stops_it(
    archived: Path, tmp_path: Path, names: tuple[str, ...]
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    next(folder.glob("output/*/Sak 12-26*.docx")).unlink()
    done = archive(Workspace(folder), names)
    assert ([problem.rule for problem in done.problems], done.packages) == (["no-paper"], ())


def test_a_withdrawn_case_is_named_in_the_index_and_stops_nothing(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    next(folder.glob("output/*/Sak 12-26*.docx")).unlink()
    set_cell(folder, "saker", "STYRET-2026-012", "Status", "trukket")
    assert [version for _meeting, _path, version, _new in archive(Workspace(folder), ()).packages] == [2]
    assert "STYRET-2026-012 (trukket)" in (package(folder, 2) / "data/index.html").read_text(encoding="utf-8")


def test_without_libreoffice_papers_with_pdfs_are_archived_and_the_rest_is_named(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    shutil.rmtree(package(folder).parent)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(office, "_INSTALLED", ())
    done = archive(Workspace(folder), ())
    assert {problem.rule for problem in done.problems} == {"not-archival"}
    files = package_at(package(folder))
    assert "data/saker/styret-2026-013/vedlegg-1.docx" in files
    assert "data/saker/styret-2026-013/vedlegg-1.pdf" not in files
    assert "finnes ikke i arkivformat" in files["data/index.html"].decode()
    assert faults_of_package(files) == ()


def test_a_missing_attachment_stops_it(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    next(folder.glob("output/*/Sak 13-26 Vedlegg*.docx")).unlink()
    done = archive(Workspace(folder), ())
    assert ([problem.rule for problem in done.problems], done.packages) == (["attachment-missing"], ())


def test_a_disk_that_fails_leaves_nothing_and_is_told(
    archived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    shutil.rmtree(package(folder).parent)
    written: list[int] = []
    sync = os.fsync

    def fsync(handle: int) -> None:
        written.append(handle)
        if len(written) > 20:
            raise OSError(28, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    assert main(["archive", "--mappe", str(folder)]) == NotArchived.exit_code
    assert "No space left" in capsys.readouterr().err
    assert list(package(folder).parent.iterdir()) == []


def test_killed_at_any_moment_there_is_no_package_or_a_whole_one(archived: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(archived, folder)
    shutil.rmtree(package(folder).parent)
    code = (
        "import pathlib, sys; from casebuilder.archive.store import package_at, write_package\n"
        "files = package_at(pathlib.Path(sys.argv[1])); print('ready', flush=True)\n"
        "write_package(pathlib.Path(sys.argv[2]), 1, files)"
    )
    random = Random(5)
    for turn in range(int(os.environ.get("KILLS", "12"))):
        target = tmp_path / f"arkiv{turn}"
        command = [sys.executable, "-c", code, str(package(archived)), str(target)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.random() * 0.06)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for version in versions(target):
            assert faults_of_package(package_at(target / str(version))) == ()


# -- messages ----------------------------------------------------------------------------------------


def meeting_of_every_kind() -> tuple[MeetingFile, Register]:
    """A meeting of another body, with a case of every kind, exempt ones and names with odd characters."""
    said = "offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1"
    kinds: list[tuple[str, dict[str, object]]] = [
        ("PS", {"tilgang": "unntatt", "unntatt_hjemmel": said, "offentlig_tittel": "Personalsak"}),
        ("RS", {"arkivsaksnr": "26/00123", "journalpost_id": "2026/123-4", "klassering": "026"}),
        ("DS", {"arkivsaksnr": "2026/45-3", "forslag_til_vedtak": "Punkt en\nPunkt to"}),
        ("FO", {"sammendrag": "Kort & godt", "saksansvarlig": "Per Prøve"}),
        ("AN", {"tilgang": "delvis unntatt", "unntatt_hjemmel": "offl. § 14"}),
    ]
    rows = [
        case(f"S-{number}", løpenr=number, sakstype=kind, tittel=f"Sak om A & B <{kind}> «æøå»", **more)
        for number, (kind, more) in enumerate(kinds, start=1)
    ]
    known = register(organer=[body("RAAD")], møter=[meeting(sted=None, form="fjernmøte")], saker=rows)
    variants = (Variant("A", "a.pdf", "Å & b.pdf", b"x"), Variant("P", "a.docx", "Å & b.docx", b"y"))
    redacted = (*variants, Variant("O", "a-skjermet.pdf", "a.pdf", b"z"))
    of = MeetingFile(next(iter(known.meetings.values())), known.bodies["RAAD"], ())
    filed = [
        CaseFile(
            each,
            f"saker/{plain(each.id)}",
            (
                Document(
                    of.id_of(each, "papir"),
                    "Papir",
                    "SAKSFRAMLEGG",
                    1,
                    is_main=True,
                    access=each.access,
                    exemption=each.exemption,
                    variants=variants,
                ),
                Document(
                    of.id_of(each, "v"),
                    "Vedlegg",
                    "VEDLEGG",
                    2,
                    is_main=False,
                    access="unntatt",
                    exemption="offl. § 23",
                    variants=redacted,
                ),
            ),
            Proof(None, None, "", None),
        )
        for each in known.cases.values()
    ]
    document = Document(
        of.id,
        "Innkalling",
        "DOKUMENT",
        1,
        is_main=True,
        access="offentlig",
        exemption=None,
        variants=variants,
    )
    return MeetingFile(of.meeting, of.body, tuple(filed), (("moete/01", "MI", document),)), known


def messages() -> list[bytes]:
    of, _known = meeting_of_every_kind()
    people: list[Mapping[str, object]] = [
        {"navn": "Ola <Nordmann>", "funksjon": "leder", "representerer": "Bærum", "møtte": "ja"},
        {"navn": "Gjest", "funksjon": "gjest", "representerer": None},
    ]
    votes: list[Mapping[str, object]] = [
        {"behandling": "Drøftet", "enstemmig": "nei", "for": 5, "mot": 2, "vedtak": "Vedtatt & ferdig"}
    ]
    made = [meeting_message(of, people), document_message(of, "MI", of.documents[0][2])]
    for filed in of.cases:
        made += [case_message(of, filed, votes), case_message(of, filed, ()), journal_message(of, filed)]
    return made


def test_every_message_is_valid_by_the_schema_of_fiks_arkiv(archived: Path) -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of Fiks Arkiv V1 do not lie beside the project")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / SCHEMA))
    theirs = [path.read_bytes() for path in package(archived).rglob("arkivmelding*.xml")]
    assert len(theirs) == 8
    for data in (*theirs, *messages()):
        assert schema.validate(etree.fromstring(data)), schema.error_log


def test_ids_follow_the_sak_id_and_not_the_title() -> None:
    of, known = meeting_of_every_kind()
    ids = [of.id_of(each) for each in known.cases.values()]
    again = register(saker=[case("S-1", tittel="Et annet navn", løpenr=99)])
    assert of.id_of(again.cases["S-1"]) == ids[0]
    assert len(set(ids)) == len(ids)


def test_an_exempt_case_is_screened_with_its_provision_and_public_title() -> None:
    of, _known = meeting_of_every_kind()
    said = case_message(of, of.cases[0], ()).decode()
    assert "<offentligTittel>Personalsak</offentligTittel>" in said
    assert (
        "<skjermingshjemmel>offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1</skjermingshjemmel>"
        in said
    )
    open_case = case_message(of, of.cases[1], ()).decode()
    assert open_case.count("<skjerming>") == 1  # its attachment's


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Innkalling til styremøte.docx", "MI"), ("Offentlig saksliste.pdf", "OL"), ("Saksliste.pdf", "SL"),
        ("Protokoll.docx", "MP"), ("Saksprotokoll 12-26.docx", "SP"), ("Kart.png", "VL"),
    ],
)  # fmt: skip
def test_a_document_of_the_meeting_is_known_by_its_name(name: str, kind: str) -> None:
    assert kind_of_document(name) == kind


@pytest.mark.parametrize(
    ("name", "expected"), [("Sak 12/26 Åpning & mer", "sak-12-26-apning-mer"), ("ÆØÅ", "aeoa"), ("…", "fil")]
)
def test_names_in_messages_are_plain(name: str, expected: str) -> None:
    assert plain(name) == expected


def test_the_date_of_a_bag_comes_from_the_meeting(archived: Path) -> None:
    assert bagit.Bag(str(package(archived))).info["Bagging-Date"] == date(2026, 2, 12).isoformat()
