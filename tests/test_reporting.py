"""What a run is told as: a line a paper, each piece of news, versions, problems by file, the end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from casebuilder.delivery.history import Reason, Version
from casebuilder.delivery.outcome import Outcome, Status
from casebuilder.language import LANGUAGES, speaker
from casebuilder.merge.model import Change, Kind, Standing
from casebuilder.pipeline import Report
from casebuilder.problems import Place, Problem, Severity, msg
from casebuilder.reporting import end_lines, news_lines, paper_line, problem_lines, version_lines
from casebuilder.workspace import OutputFile
from tests.builders import case_of, register

NB, EN = speaker("nb"), speaker("en")
CASE = case_of(register())
PATH = "output/M-1/Sak.docx"


def news(*standings: Standing) -> tuple[Change, ...]:
    return tuple(Change(Kind.WORDS, "62", "63", standing=each) for each in standings)


DONE, CONFLICT, GONE = Standing.DONE, Standing.CONFLICT, Standing.GONE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("write", [True, False])
def test_every_status_has_a_line_with_the_case_and_its_path(
    language: str, status: Status, *, write: bool
) -> None:
    said = paper_line(Outcome(CASE, status, PATH), speaker(language), write=write)
    assert said.startswith(f"{CASE.label:>6}  ")
    without_path = (Status.SENT, Status.HELD_BACK, Status.REFUSED)
    assert (PATH in said) == (status not in without_path)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((DONE,), "endret for hånd; 1 opplysning oppdatert som sporede endringer: "),
        (
            (DONE, DONE, CONFLICT),
            "endret for hånd; 2 opplysninger oppdatert som sporede endringer, 1 sted må du se på: ",
        ),
        (
            (CONFLICT, CONFLICT),
            "endret for hånd; 0 opplysninger oppdatert som sporede endringer, 2 steder må du se på: ",
        ),
        ((GONE,), "endret for hånd; det nye sto der alt, eller gjelder ikke noe i papiret: "),
        ((), "endret for hånd; det nye sto der alt, eller gjelder ikke noe i papiret: "),
    ],
)
def test_a_merged_paper_is_told_with_what_was_put_in_and_what_to_look_at(
    found: tuple[Standing, ...], said: str
) -> None:
    outcome = Outcome(CASE, Status.MERGED, PATH, news(*found))
    assert paper_line(outcome, NB, write=True) == f"{CASE.label:>6}  {said}{PATH}"


def test_before_writing_a_merge_is_told_as_what_would_be() -> None:
    outcome = Outcome(CASE, Status.MERGED, PATH, news(DONE, CONFLICT))
    assert "1 opplysning kan oppdateres som sporede endringer, 1 sted må du se på" in paper_line(
        outcome, NB, write=False
    )


def test_each_piece_of_news_has_its_line() -> None:
    lines = list(news_lines(Outcome(CASE, Status.MERGED, PATH, news(DONE, GONE)), EN))
    assert [each.strip() for each in lines] == [
        "The sources now say «63»; before they said «62».",
        "The sources now say «63»; before they said «62». You have deleted this; it stays deleted.",
    ]


def test_versions_are_listed_with_number_time_and_reason() -> None:
    kept = [
        Version(at, datetime(2026, 2, at, 9, 5), reason, OutputFile(Path("x"), b""))  # noqa: DTZ001 - local time
        for at, reason in enumerate(Reason, start=1)
    ]
    assert list(version_lines(kept, NB)) == [
        "   1  01.02.2026 09:05  før nye opplysninger ble flettet inn",
        "   2  02.02.2026 09:05  før en eldre versjon ble hentet fram",
    ]


def test_no_versions_are_told_in_a_sentence() -> None:
    assert list(version_lines((), EN)) == ["no earlier version of this paper has been kept."]


def problem(file: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem("regel", Place(file), msg("is wrong."), msg("do it right."), severity)


def test_problems_stand_below_their_file_and_a_warning_names_its_rule() -> None:
    lines = list(
        problem_lines([problem("b.xlsx"), problem("a.xlsx", Severity.WARNING), problem("b.xlsx")], EN)
    )
    assert lines == [
        "\na.xlsx",
        "  warning  is wrong. do it right. [regel]",
        "\nb.xlsx",
        "  ERROR  is wrong. do it right.",
        "  ERROR  is wrong. do it right.",
    ]


def test_a_problem_of_no_file_is_the_command_s() -> None:
    assert list(problem_lines([problem("")], EN))[0] == "\nThe command"  # noqa: RUF015 - the first line


def test_the_sums_count_each_paper_once() -> None:
    outcomes = tuple(Outcome(CASE, status, PATH) for status in Status)
    first, second, _next = end_lines(Report(outcomes, (problem("a"),)), EN, write=True)
    assert first == "\nWritten: 2. Merged: 1. Nothing new: 1. Left alone: 3. Held back: 2."
    assert second == "Errors: 1. Warnings: 0."


@pytest.mark.parametrize(
    ("report", "write", "said"),
    [
        (Report((), ()), True, "There is no unsent case to make a paper of."),
        (
            Report((), (problem("a"),)),
            True,
            "Mend the errors at the places named above, and run the command again.",
        ),
        (
            Report((Outcome(CASE, Status.NEW),), (problem("a", Severity.WARNING),)),
            False,
            "There are no errors. Look through the warnings before you run «casebuilder build».",
        ),
        (
            Report((Outcome(CASE, Status.NEW),), ()),
            True,
            "Open the papers in the folder output and read them through before they are sent.",
        ),
        (
            Report((Outcome(CASE, Status.NEW),), ()),
            False,
            "Everything is in order. Run «casebuilder build» to write the papers.",
        ),
    ],
)
def test_the_last_line_says_what_to_do_next(report: Report, said: str, *, write: bool) -> None:
    assert list(end_lines(report, EN, write=write))[-1] == said
