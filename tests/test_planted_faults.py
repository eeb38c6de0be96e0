"""One fault at a time in the sample's workbooks: found at its very cell, and nothing else is said."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from casebuilder.cli import main
from casebuilder.pipeline import Report, build
from casebuilder.problems import Severity
from casebuilder.sheets.columns import BY_NAME
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.sheetedit import BOOKS, set_cell

Edit = tuple[str, str, str, object]
"""Sheet, key of the row, header, new value."""

F, A, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
ORE, OSLO, OS = "ORE", "OSLOREGIONEN", "OSTLANDSSAMARBEIDET"
MEETING, CASE, NEXT = "STYRET-2026-01", "STYRET-2026-012", "STYRET-2026-013"
NUMBER = "32019900265"  # no person's: there is no 32 January

FAULTS: Sequence[tuple[str, Severity, Edit, Sequence[Edit]]] = (
    ("hull-i-saksnumre", A, ("saker", "STYRET-2026-014", "Løpenummer", 15), ()),
    ("rekkefølge", A, ("saker", CASE, "Rekkefølge", 2), [("saker", NEXT, "Rekkefølge", 1)]),
    ("wrong-year", F, ("saker", CASE, "År", 2025), ()),
    ("not-unique", F, ("saker", "STYRET-2026-014", "Løpenummer", 13), ()),
    ("innkalling-etter-møtet", F, ("møter", MEETING, "Innkalling sendt", date(2026, 2, 13)), ()),
    ("standdato-etter-møtet", A, ("saker", CASE, "Opplysninger per", date(2026, 2, 13)), ()),
    ("virkning-før-vedtak", F, ("vedtak", "V-2020-OMDANNING", "Virkning fra", date(2020, 10, 27)), ()),
    ("vedtak-etter-standdato", F, ("vedtak", "V-2025-BUSKERUD-UT", "Vedtaksdato", date(2026, 3, 1)), ()),
    ("empty", F, ("vedtak", "V-2025-BUSKERUD-UT", "Vedtaksdato", None), ()),
    ("behandling-passert", A, ("vedtak", "V-2026-AKERSHUS-UT", "Skal behandles", date(2026, 2, 4)), ()),
    ("member-twice", F, ("medlemmer", "ORE-30", "Enhet-ID", "38"), ()),
    ("medlem-fra-mangler", A, ("medlemmer", "ORE-34", "Medlem fra", None), ()),
    ("utmelding-uten-vedtak", A, ("medlemmer", "ORE-3201", "Vedtak om utmelding", None), ()),
    ("ulik-virkningsdato", F, ("medlemmer", "ORE-3201", "Utmelding virker fra", date(2026, 1, 1)), ()),
    ("annens-vedtak", A, ("medlemmer", "OSLOREGIONEN-3201", "Vedtak om utmelding", "V-2024-FROGN-UT"), ()),
    ("kort-varsel", A, ("vedtak", "V-2025-MODUM-UT", "Virkning fra", date(2026, 6, 1)), ()),
    (
        "usikkert-varsel", A, ("vedtak", "V-2025-BUSKERUD-UT", "Virkning fra", date(2026, 6, 15)),
        [
            ("organer", OS, "Regel for uttreden", "måneder"), ("organer", OS, "Varsel (måneder)", 6),
            ("organer", OS, "Virker fra", "dato"), ("organer", OS, "Hjemmel for uttreden", "avtalen"),
        ],
    ),
    ("langt-varsel", INFO, ("vedtak", "V-2025-MODUM-UT", "Virkning fra", date(2028, 1, 1)), ()),
    ("ukjent-kommunenummer", F, ("enheter", "1101", "Enhet-ID", "0101"), ()),
    ("dangling-reference", F, ("medlemmer", "ORE-34", "Enhet-ID", "9999"), ()),
    ("lost-zero", INFO, ("medlemmer", "OSLOREGIONEN-0301", "Enhet-ID", 301), ()),
    ("enheten-fantes-ikke", A, ("medlemmer", "ORE-30", "Enhet-ID", "30"), [
        ("medlemmer", "ORE-30", "Utmelding virker fra", None)]),
    ("enheten-fantes-ikke", A, ("medlemmer", "OSTLANDSSAMARBEIDET-31", "Medlem fra", date(2023, 12, 31)), ()),
    ("enheten-fantes-ikke", A, ("organer", OS, "Kontorkommune", "30"), ()),
    ("organisasjonsnummer", F, ("organer", ORE, "Organisasjonsnummer", "986515628"), ()),
    ("navn-uten-ipr", A, ("organer", OS, "Formelt navn", "Østlandssamarbeidet"), ()),
    ("form-og-historikk", A, ("organer", OSLO, "Organisasjonsform", "KO"), ()),
    ("uten-kilde", A, ("organer", OSLO, "Kilde", None), ()),
    ("uten-kilde", A, ("medlemmer", "ORE-34", "Kilde", None), ()),
    ("empty", F, ("vedtak", "V-2025-MODUM-UT", "Kilde", None), ()),
    ("empty", F, ("kilder", "ORE-NETT", "Lest", None), ()),
    ("lest-etter-standdato", A, ("kilder", "ORE-NETT", "Lest", date(2026, 2, 6)), ()),
    ("lest-etter-standdato", A, ("kilder", "GMCA-2025", "Lest", date(2026, 2, 6)), ()),
    ("empty", F, ("saker", CASE, "Hjemmel for unntak", None), [("saker", CASE, "Tilgang", "unntatt")]),
    (
        "taushetsplikt-uten-hjemmel", F, ("saker", CASE, "Hjemmel for unntak", "offl. § 13 første ledd"),
        [("saker", CASE, "Tilgang", "unntatt")],
    ),
    (
        "hjemmelens-form", A, ("saker", CASE, "Hjemmel for unntak", "offentlighetsloven 23"),
        [("saker", CASE, "Tilgang", "unntatt")],
    ),
    (
        "hjemmel-men-offentlig", A, ("saker", CASE, "Tilgang", "offentlig"),
        [("saker", CASE, "Hjemmel for unntak", "offl. § 23 første ledd")],
    ),
    ("empty", F, ("vedlegg", NEXT, "Sladdet utgave", None), [
        ("vedlegg", NEXT, "Tilgang", "delvis unntatt"),
        ("vedlegg", NEXT, "Hjemmel for unntak", "offl. § 23 første ledd")]),
    ("fødselsnummer", A, ("medlemmer", "ORE-34", "Merknad", f"Ring Kari, {NUMBER}"), ()),
    ("fødselsnummer", A, ("saker", CASE, "Saksansvarlig", f"Per Prøve {NUMBER[:6]} {NUMBER[6:]}"), ()),
    ("empty", F, ("saker", CASE, "Forslag til vedtak", None), [("saker", CASE, "Behandlingsmåte", "vedtak")]),
    ("attachment-missing", F, ("vedlegg", NEXT, "Fil", "finnes ikke.pdf"), ()),
    (
        "attachment-missing", F, ("vedlegg", NEXT, "Sladdet utgave", "finnes ikke.pdf"),
        [
            ("vedlegg", NEXT, "Tilgang", "delvis unntatt"),
            ("vedlegg", NEXT, "Hjemmel for unntak", "offl. § 23 første ledd"),
        ],
    ),
    ("like-filnavn", A, ("vedlegg", "STYRET-2026-014", "Fil", "arbeidsprogram-2026-utkast.docx"), ()),
    ("hull-i-vedlegg", A, ("vedlegg", NEXT, "Nr.", 2), ()),
    ("punktum-i-tittel", A, ("saker", CASE, "Tittel", "Veien videre."), ()),
    ("punktum-i-tittel", A, ("vedlegg", NEXT, "Tittel", "Utkast til arbeidsprogram."), ()),
    ("text-date", INFO, ("møter", MEETING, "Møtedato", "12.2.2026"), ()),
    ("outer-spaces", INFO, ("saker", CASE, "Saksansvarlig", "Per Prøve "), ()),
)  # fmt: skip

REFUSED: Sequence[tuple[str, Severity, Edit, Sequence[Edit]]] = (
    ("dangling-reference", F, ("saker", NEXT, "Møte-ID", "STYRET-2026-09"), ()),
    ("not-a-number", F, ("saker", NEXT, "Løpenummer", "tretten"), ()),
    ("empty", F, ("saker", NEXT, "Løpenummer", None), ()),
    ("empty", F, ("vedlegg", "STYRET-2026-014", "Tittel", None), ()),
    ("unknown-code", F, ("vedtak", "V-2025-BUSKERUD-UT", "Status", "vedtat"), ()),
    ("not-a-date", F, ("møter", MEETING, "Møtedato", "12. feb"), ()),
)
"""Faults for which a row is left out: what its absence would seem to break is not told."""


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose texts have been read once, so that no fault waits for pandoc."""
    folder = tmp_path_factory.mktemp("eksempel")
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    build(Workspace(folder))
    return folder


@pytest.fixture
def sample(parsed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(parsed, tmp_path / "kopi")


def told(report: Report) -> list[tuple[str, Severity, str, str]]:
    return [(each.rule, each.severity, each.place.sheet, each.place.cell) for each in report.problems]


def check(folder: Path) -> Report:
    return build(Workspace(folder, may_write=False))


@pytest.mark.parametrize(("rule", "severity", "fault", "also"), [*FAULTS, *REFUSED])
def test_a_planted_fault_is_found_at_its_cell_and_nothing_else(
    sample: Path, rule: str, severity: Severity, fault: Edit, also: Sequence[Edit]
) -> None:
    for each in also:
        set_cell(sample, *each)
    cell = set_cell(sample, *fault)
    assert told(check(sample)) == [(rule, severity, fault[0], cell)]


def test_the_sample_has_none(sample: Path) -> None:
    assert told(check(sample)) == []


def sign(folder: Path, *rows: tuple[str, str]) -> None:
    """Sign for warnings in a sheet «avvik»: each by its rule and what it is about."""
    path = folder / "sources" / f"{BOOKS['saker']}.xlsx"
    workbook = load_workbook(path)
    sheet = workbook.create_sheet("avvik")
    sheet.append([column.header for column in BY_NAME["avvik"].columns])
    for rule, about in rows:
        sheet.append([rule, about, "Vurdert av sekretariatet", "KE", date(2026, 2, 3)])
    workbook.save(path)


def test_many_faults_at_once_are_each_told_once_at_their_cells(sample: Path) -> None:
    rows = {fault[:2]: (rule, severity, fault) for rule, severity, fault, also in FAULTS if not also}
    expected = {
        (rule, severity, fault[0], set_cell(sample, *fault)) for rule, severity, fault in rows.values()
    }
    found = told(check(sample))
    assert sorted(found, key=repr) == sorted(expected, key=repr)


def test_a_warning_that_is_signed_for_is_counted_and_no_longer_told(sample: Path) -> None:
    set_cell(sample, "vedtak", "V-2025-MODUM-UT", "Virkning fra", date(2026, 6, 1))
    set_cell(sample, "saker", CASE, "Tittel", "Veien videre.")
    sign(sample, ("kort-varsel", "V-2025-MODUM-UT"), ("punktum-i-tittel", CASE))
    assert told(check(sample)) == [("acknowledged", INFO, "avvik", "")]


def test_an_error_cannot_be_signed_for(sample: Path) -> None:
    cell = set_cell(sample, "organer", ORE, "Organisasjonsnummer", "986515628")
    sign(sample, ("organisasjonsnummer", ORE))
    assert told(check(sample)) == [
        ("organisasjonsnummer", F, "organer", cell),
        ("acknowledged-error", A, "avvik", "A2"),
    ]


def test_a_signature_without_a_warning_is_told(sample: Path) -> None:
    sign(sample, ("kort-varsel", "V-2025-MODUM-UT"))
    assert told(check(sample)) == [("acknowledged-nothing", INFO, "avvik", "A2")]


def test_a_warning_shows_the_name_to_sign_with(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = set_cell(sample, "saker", CASE, "Tittel", "Veien videre.")
    assert main(["check", "--mappe", str(sample), "--lang", "nb"]) == 0
    [line] = [each for each in capsys.readouterr().out.splitlines() if f"saker!{cell}" in each]
    assert "tittelen slutter med punktum: «Veien videre.»" in line
    assert line.endswith("[punktum-i-tittel]")


YEARS = ("én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv", "tretten")
SLIPS = [f"Punkt {word} på listen ble lagt fram i fjor, og notert." for word in YEARS] + [
    f"Utvalg {word} møttes den {at}. april for å drøfte dette." for at, word in enumerate(YEARS, start=1)
]


def test_two_hundred_faults_in_workbooks_and_a_text_are_all_told_in_one_run_once_each(sample: Path) -> None:
    path = sample / "sources" / "medlemmer.xlsx"
    workbook = load_workbook(path)
    members, units = workbook["medlemmer"], workbook["enheter"]
    expected = set()
    for row in range(2, 62):
        members[f"E{row}"], members[f"D{row}"] = f"snart {row}", f"medlæm {row}"
        expected |= {("not-a-date", "medlemmer", f"E{row}"), ("unknown-code", "medlemmer", f"D{row}")}
    for row in range(300, 355):
        units[f"B{row}"] = "komune"
        expected.add(("unknown-code", "enheter", f"B{row}"))
    workbook.save(path)
    text = sample / "sources" / "tekster" / "STYRET-2026-014.md"
    lines = text.read_text(encoding="utf-8").splitlines()
    for slip in SLIPS:
        lines += ["", slip]
        rule = "relativ-tid" if "i fjor" in slip else "dato-uten-år"
        expected.add((rule, "", str(len(lines))))
    text.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert len(expected) > 200
    problems = check(sample).problems
    found = [(each.rule, each.place.sheet, each.place.cell or str(each.place.line)) for each in problems]
    assert (sorted(set(found) - expected), sorted(expected - set(found))) == ([], [])
    assert len(found) == len(expected)
