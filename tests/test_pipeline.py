"""From sheets, texts and template to papers, whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pypandoc
import pytest

from casebuilder.delivery import Status
from casebuilder.language import speaker
from casebuilder.pipeline import Report, build
from casebuilder.problems import Place, Severity
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import read_identity
from casebuilder.workspace import Workspace
from tests.conftest import GOLDEN
from tests.papertext import paper_text
from tests.sheetedit import add_row, empty_sheet, set_cell

CASES = ("STYRET-2026-012", "STYRET-2026-013", "STYRET-2026-014")


def run(folder: Path, *names: str) -> Report:
    return build(Workspace(folder), names)


def statuses(report: Report) -> dict[str, Status]:
    return {outcome.case.id: outcome.status for outcome in report.outcomes}


def papers(folder: Path) -> dict[str, Path]:
    found = {}
    for path in sorted((folder / "output").glob("*/*.docx")):
        identity = read_identity(path.read_bytes())
        if identity:
            found[identity.case_id] = path
    return found


def everything(folder: Path) -> dict[str, bytes]:
    paths = sorted((folder / "output").rglob("*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def errors(report: Report) -> list[tuple[str, str, str]]:
    return [(each.rule, each.place.file, each.place.cell) for each in report.problems if each.is_error]


def test_the_sample_builds_without_a_problem(folder: Path) -> None:
    report = run(folder)
    assert report.problems == ()
    assert statuses(report) == dict.fromkeys(CASES, Status.NEW)
    assert sorted(papers(folder)) == sorted(CASES)


@pytest.mark.parametrize("case_id", CASES)
def test_the_sample_s_papers_read_as_they_should(
    folder: Path, case_id: str, golden: Callable[[str, str], str]
) -> None:
    run(folder, case_id)
    text = paper_text(papers(folder)[case_id].read_bytes())
    assert text == golden(case_id, text)


def test_there_is_no_golden_text_without_a_paper() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= {*CASES, "hordaland"}


def test_two_builds_give_the_same_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("annet sted med æøå")
    for name in ("sources", "templates"):
        shutil.copytree(folder / name, other / name)
    run(folder)
    run(other)
    assert everything(folder) == everything(other)


def test_a_second_build_touches_no_file(folder: Path) -> None:
    run(folder)
    before = {path: path.stat().st_mtime_ns for path in (folder / "output").rglob("*")}
    report = run(folder)
    assert statuses(report) == dict.fromkeys(CASES, Status.UNCHANGED)
    after = {path: path.stat().st_mtime_ns for path in (folder / "output").rglob("*")}
    touched = {path for path in after if after[path] != before.get(path)}
    kept = {path for path in touched if "sider" in path.parts}  # what the report was made from
    assert {path.name for path in touched - kept} == {"STYRET-2026-01", "rapport.html"}
    run(folder)
    assert {path: path.stat().st_mtime_ns for path in (folder / "output").rglob("*")} == after


def test_a_text_whose_tree_is_known_starts_no_pandoc(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folder)
    set_cell(folder, "organer", "OSLOREGIONEN", "Kortnavn", "OR")

    started: list[object] = []
    monkeypatch.setattr(pypandoc, "convert_text", lambda *arguments, **_named: started.append(arguments))
    assert statuses(run(folder))["STYRET-2026-012"] is Status.REPLACED
    assert started == []


def test_a_look_at_the_workspace_writes_nothing_at_all(folder: Path) -> None:
    report = build(Workspace(folder, may_write=False))
    assert statuses(report) == dict.fromkeys(CASES, Status.NEW)
    assert not (folder / "output").exists()


def test_attachments_are_copied_beside_and_unprinted_ones_are_not(folder: Path) -> None:
    run(folder)
    beside = sorted(path.name for path in (folder / "output").glob("*/* Vedlegg *"))
    assert beside == [
        "Sak 13-26 Vedlegg 1 arbeidsprogram-2026-utkast.docx",
        "Sak 14-26 Vedlegg 1 Møteplan og årshjul 2026.pdf",
    ]


def test_a_case_or_a_meeting_can_be_named(folder: Path) -> None:
    assert statuses(run(folder, "STYRET-2026-013")) == {"STYRET-2026-013": Status.NEW}
    assert set(statuses(run(folder, "STYRET-2026-01"))) == set(CASES)


def test_an_unknown_case_is_told_with_the_nearest_name(folder: Path) -> None:
    report = run(folder, "STYRET-2026-0113")
    (problem,) = report.problems
    assert (
        speaker("nb")
        .problem(problem)
        .startswith("det finnes ikke noe møte eller noen sak «STYRET-2026-0113».")
    )
    assert (report.outcomes, report.exit_code) == ((), 1)


def test_sent_cases_are_never_made_anew(folder: Path) -> None:
    set_cell(folder, "saker", "STYRET-2026-012", "Status", "utsendt")
    set_cell(folder, "saker", "STYRET-2026-013", "Status", "trukket")
    assert statuses(run(folder)) == {"STYRET-2026-014": Status.NEW}
    assert statuses(run(folder, "STYRET-2026-012")) == {"STYRET-2026-012": Status.SENT}
    assert list(papers(folder)) == ["STYRET-2026-014"]


def test_a_case_with_an_error_is_held_back_and_the_others_are_written(folder: Path) -> None:
    cell = set_cell(folder, "saker", "STYRET-2026-013", "Forslag til vedtak", None)
    report = run(folder)
    assert errors(report) == [("empty", "sources/saker.xlsx", cell)]
    assert report.exit_code == 1
    assert set(papers(folder)) == {"STYRET-2026-012", "STYRET-2026-014"}


def test_an_error_in_the_members_holds_every_paper_back(folder: Path) -> None:
    cell = set_cell(folder, "vedtak", "V-2025-BUSKERUD-UT", "Status", "vedtat")
    report = run(folder)
    assert errors(report) == [("unknown-code", "sources/vedtak.xlsx", cell)]
    assert set(statuses(report).values()) <= {Status.HELD_BACK}
    assert papers(folder) == {}


def test_every_problem_of_every_case_is_told_in_one_run(folder: Path) -> None:
    title = set_cell(folder, "saker", "STYRET-2026-012", "Tittel", None)
    date = set_cell(folder, "vedtak", "V-2025-HORTEN-UT", "Vedtaksdato", "snart")
    (folder / "sources" / "vedlegg" / "arbeidsprogram-2026-utkast.docx").unlink()
    text = folder / "sources" / "tekster" / "STYRET-2026-014.md"
    text.write_text(
        'Linje én\n\nHer er {{ antal("OSLOREGIONEN") }} og {{ organ("OSLO") }}.\n', encoding="utf-8"
    )
    found = {
        (each.rule, each.place.file, each.place.cell or each.place.line) for each in run(folder).problems
    }
    assert found == {
        ("empty", "sources/saker.xlsx", title),
        ("not-a-date", "sources/vedtak.xlsx", date),
        ("attachment-missing", "sources/saker.xlsx", "D2"),
        ("expression", "sources/tekster/STYRET-2026-014.md", 3),
    }


def test_the_texts_of_a_meeting_with_a_fault_are_checked_in_the_same_run(folder: Path) -> None:
    cell = set_cell(folder, "møter", "STYRET-2026-01", "Sted", None)
    text = folder / "sources" / "tekster" / "STYRET-2026-014.md"
    text.write_text("Her er {{ standdto }}.\n", encoding="utf-8")
    report = run(folder)
    assert {(each.rule, each.place.cell or each.place.line) for each in report.problems} == {
        ("empty", cell),
        ("expression", 1),
    }
    assert statuses(report) == dict.fromkeys(CASES, Status.HELD_BACK)


def test_an_unknown_name_in_a_text_is_told_at_its_line_and_column(folder: Path) -> None:
    text = folder / "sources" / "tekster" / "STYRET-2026-014.md"
    text.write_text('# Tall\n\nDet er {{ medlemstal("OSLOREGIONEN") }}.\n', encoding="utf-8")
    (problem,) = run(folder, "STYRET-2026-014").problems
    assert problem.place == Place("sources/tekster/STYRET-2026-014.md", line=3, column=8)
    assert speaker("nb").problem(problem) == (
        'linje 3, kolonne 8: «medlemstal» i «medlemstal("OSLOREGIONEN")» er ukjent. Mente du «medlemstall»?'
    )


def test_the_file_of_an_unprinted_attachment_need_not_be_there(folder: Path) -> None:
    row: dict[str, object] = {"Sak-ID": "STYRET-2026-014", "Nr.": 8, "Tittel": "Saksmappen"}
    add_row(folder, "vedlegg", {**row, "Fil": "Saksmappe.pdf", "Utrykt vedlegg": "ja"})
    report = build(Workspace(folder), ["STYRET-2026-014"])
    assert [problem.rule for problem in report.problems if problem.is_error] == []
    (paper,) = folder.glob("output/*/Sak 14*plan*2026.docx")
    assert "Saksmappen (utrykt vedlegg)" in paper_text(paper.read_bytes())


def test_a_missing_text_template_or_attachment_is_told_at_its_cell(folder: Path) -> None:
    text = set_cell(folder, "saker", "STYRET-2026-012", "Tekst", "mangler")
    template = set_cell(folder, "saker", "STYRET-2026-013", "Mal", "saksframstilling.docx")
    (folder / "sources" / "vedlegg" / "Møteplan og årshjul 2026.pdf").unlink()
    report = run(folder)
    assert {(rule, cell) for rule, _file, cell in errors(report)} == {
        ("text-missing", text),
        ("template-missing", template),
        ("attachment-missing", "D3"),
    }
    told = " ".join(speaker("nb").problem(problem) for problem in report.problems)
    assert "Mente du «saksfremstilling.docx»?" in told


def test_a_pending_decision_whose_day_has_passed_is_warned_of_and_built(folder: Path) -> None:
    set_cell(folder, "møter", "STYRET-2026-01", "Møtedato", "12.3.2026")
    set_cell(folder, "møter", "STYRET-2026-01", "Innkalling sendt", "5.3.2026")
    report = run(folder, "STYRET-2026-012")
    warnings = {each.rule for each in report.problems if each.severity is Severity.WARNING}
    assert (warnings, statuses(report)) == ({"behandling-passert"}, {"STYRET-2026-012": Status.NEW})


def test_a_template_in_norwegian_word_s_ids_gives_the_same_words(folder: Path) -> None:
    run(folder)
    expected = {case: paper_text(path.read_bytes()) for case, path in papers(folder).items()}
    _norwegian(folder / "templates" / "saksfremstilling.docx")
    assert set(statuses(run(folder)).values()) == {Status.REPLACED}
    assert {case: paper_text(path.read_bytes()) for case, path in papers(folder).items()} == expected


NORWEGIAN_IDS = {
    "Heading": "Overskrift",
    "FootnoteText": "Fotnotetekst",
    "FootnoteReference": "Fotnotereferanse",
    "Hyperlink": "Hyperkobling",
    "Title": "Tittel",
    "Header": "Topptekst",
    "Footer": "Bunntekst",
}
STYLE_ID = re.compile(r'(w:styleId|<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val)="([A-Za-z]+)')


def _norwegian(path: Path) -> None:
    """Rewrite a template's style ids, but not the names, as a Norwegian Word saves them."""
    parts = parts_of(path.read_bytes())
    for name in [each for each in parts if each.startswith("word/") and each.endswith(".xml")]:
        renamed = STYLE_ID.sub(
            lambda match: f'{match[1]}="{NORWEGIAN_IDS.get(match[2], match[2])}', parts[name].decode()
        )
        parts[name] = renamed.encode()
    path.write_bytes(package_of(parts))


def test_a_draft_without_a_number_is_built(folder: Path) -> None:
    row = {
        "Sak-ID": "STYRET-2026-099",
        "Møte-ID": "STYRET-2026-01",
        "Sakstype": "PS",
        "Behandlingsmåte": "drøfting",
        "Tittel": "Et utkast",
        "Saksbehandler": "Kari Eksempel",
    }
    add_row(folder, "saker", row)
    (folder / "sources" / "tekster" / "STYRET-2026-099.md").write_text("Tekst.\n", encoding="utf-8")
    report = run(folder, "STYRET-2026-099")
    assert [outcome.path for outcome in report.outcomes] == ["output/STYRET-2026-01/Sak –-26 Et utkast.docx"]


def test_a_sheet_that_cannot_be_read_starts_no_cascade(folder: Path) -> None:
    empty_sheet(folder, "enheter")
    report = run(folder)
    assert {(rule, file) for rule, file, _cell in errors(report)} == {
        ("column-missing", "sources/medlemmer.xlsx")
    }


def test_a_withdrawn_case_s_paper_is_told_of_and_stays(folder: Path) -> None:
    run(folder)
    set_cell(folder, "saker", "STYRET-2026-013", "Status", "trukket")
    report = run(folder)
    assert [problem.rule for problem in report.problems if not problem.is_error] != []
    assert "STYRET-2026-013" in papers(folder)


def test_a_clock_before_zip_files_were_invented_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder)
    expected = everything(folder)
    shutil.rmtree(folder / "output")
    monkeypatch.setattr("time.time", lambda: 0.0)
    monkeypatch.setattr("time.localtime", lambda *_arguments: (1970, 1, 1, 0, 0, 0, 3, 1, 0))
    run(folder)
    assert everything(folder) == expected


@pytest.mark.parametrize(
    ("lies", "told"),
    [
        ("STYRET-2026-012.doc", "er av en type som ikke leses. Åpne den i Word og lagre den som .docx."),
        ("STYRET-2026-12.docx", "Mente du «STYRET-2026-12.docx»?"),
    ],
)
def test_a_text_of_the_wrong_kind_or_nearly_of_the_name_is_told(folder: Path, lies: str, told: str) -> None:
    text = folder / "sources" / "tekster" / "STYRET-2026-012.md"
    for other in text.parent.glob("STYRET-2026-01[34].*"):
        other.unlink()
    text.rename(text.with_name(lies))
    (problem,) = run(folder, "STYRET-2026-012").problems
    assert speaker("nb").problem(problem).endswith(told)
