"""The benchmarks still run, everybody makes the papers that are timed, and figures become honest rows.

No speed is asserted: the sizes are far too small to say anything.
"""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from lxml import etree

import benchmarks.__main__ as program
from benchmarks import names, ours
from benchmarks.curves import Curve
from benchmarks.goals import GOALS, Goal, Reached
from benchmarks.lots import Lot, missing
from benchmarks.measuring import Measured, measure
from benchmarks.papers import Size, make_workspace, marker, text_of
from benchmarks.peers import node
from benchmarks.plan import FULL, QUICK
from benchmarks.plot import svg
from benchmarks.reaching import reached
from benchmarks.report import busy_note, goals_table, markdown, paper_times
from benchmarks.templates import STYLES, heavy, parts_of
from benchmarks.timing import Contestant, Rules, Times, race
from tests.conftest import ROOT

OTHERS = ("docxtpl", "subdoc", "floor", "pandoc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the quick run makes its papers."""
    return tmp_path_factory.mktemp("benchmarks")


@pytest.fixture(scope="module")
def measured(folder: Path) -> Measured:
    """Everything measured once, on very few papers."""
    return measure(folder, QUICK, lambda _what: None)


def every_race(measured: Measured) -> list[Times]:
    found = (measured.known, measured.scratch, measured.naive, measured.one, measured.unchanged)
    return [times for each in (*found, measured.cores or {}) for times in each.values()]


def test_every_contestant_has_times_of_every_round(measured: Measured) -> None:
    assert [times.name for times in every_race(measured) if not all(each > 0 for each in times.seconds)] == []
    assert {len(times.seconds) for times in every_race(measured)} == {QUICK.rules.rounds}


def test_the_peers_are_all_there_or_it_is_said_why_not(measured: Measured) -> None:
    python = {names.OURS, names.WHOLE, names.STYLES, names.DOCXTPL, names.FLOOR}
    in_node = set() if measured.no_node else set(node.NAMES)
    assert set(measured.known) == python | in_node
    assert bool(measured.no_node) is not node.are_there()


def test_every_goal_has_a_row_with_a_number_or_a_reason(measured: Measured) -> None:
    rows = reached(measured, QUICK)
    assert [row.goal.key for row in rows] == [goal.key for goal in GOALS]
    growth = {curve.name for curve in measured.curves}
    ratios = [row for row in rows if row.goal.key not in growth]
    assert [row.goal.key for row in ratios if row.value is not None and row.value <= 0] == []
    assert {row.verdict for row in rows if row.value is None} <= {"not measured"}
    assert all(row.detail for row in rows)


def test_growth_is_measured_at_every_size(measured: Measured) -> None:
    sizes = {curve.name: [size for size, _seconds in curve.points] for curve in measured.curves}
    assert sizes == {
        "papers": [1, QUICK.known, QUICK.many],
        "rows": list(QUICK.rows),
        "pages": list(QUICK.pages),
        "notes": list(QUICK.notes),
        "edits": list(QUICK.edits),
    }
    assert all(seconds > 0 for curve in measured.curves for _size, seconds in curve.points)


def test_both_sides_have_made_the_papers_that_were_timed(measured: Measured, folder: Path) -> None:
    lot = Lot(folder / "known", Size(QUICK.known))
    peers = (*OTHERS, *(() if measured.no_node else node.NAMES))
    papers = {peer: sorted(lot.out(peer).glob("*.docx")) for peer in peers}
    papers |= {"naive": sorted((lot.folder / "naive" / "out").glob("*.docx"))}
    papers |= {"casebuilder": ours.papers_in(lot.workspace)}
    for peer, made in papers.items():
        assert len(made) == QUICK.known, peer
        for number, path in enumerate(made, start=1):
            words = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
            assert (peer, words.count(marker(number))) == (peer, 1)


def test_those_who_fill_a_template_print_every_paragraph_and_no_tag(measured: Measured, folder: Path) -> None:
    lot = Lot(folder / "known", Size(QUICK.known))
    papers = json.loads((lot.folder / "words.json").read_text(encoding="utf-8"))
    assert len(papers[0]["avsnitt"]) > 40
    for peer in ("docxtpl", "floor", *(() if measured.no_node else node.NAMES)):
        document = Document(str(lot.out(peer) / "0001.docx"))
        said = [paragraph.text for paragraph in document.paragraphs if paragraph.text]  # one leaves a blank
        assert said[0] == papers[0]["sak_tittel"], peer
        assert said[1:] == [each["tekst"] for each in papers[0]["avsnitt"]], peer
        cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
        assert papers[0]["sak_saksbehandler"] in cells, peer
        assert [each for each in (*said, *cells) if set(each) & set("{}@+") - set("@+")] == [], peer


def test_a_paper_that_is_not_there_or_says_something_else_is_missed(folder: Path, measured: Measured) -> None:
    lot = Lot(folder / "known", Size(QUICK.known))
    first, second = ours.papers_in(lot.workspace)
    assert measured.known
    assert missing([first, second], (1, 2)) == []
    assert missing([first], (1, 2)) == [2]
    other = folder / "0002.docx"
    other.write_bytes(first.read_bytes())
    assert missing([first, other], (1, 2)) == [2]


def test_the_same_size_gives_the_same_papers(tmp_path: Path) -> None:
    size = Size(cases=2, pages=1, notes=3)
    one, two = (make_workspace(tmp_path / name, size) for name in ("one", "two"))
    texts = [sorted((each / "sources" / "tekster").iterdir()) for each in (one, two)]
    assert [path.read_bytes() for path in texts[0]] == [path.read_bytes() for path in texts[1]]
    assert text_of(1, size) != text_of(2, size)
    assert text_of(1, size).count("[^n3]") == 2


def test_contestants_run_in_turn_after_a_warm_up_that_does_not_count() -> None:
    turns: list[str] = []

    def turn(name: str) -> float:
        turns.append(name)
        return float(len(turns))

    contestants = [Contestant("A", lambda: turn("A")), Contestant("B", lambda: turn("B"))]
    times = race(contestants, Rules(rounds=2, budget=60))
    assert turns == ["A", "B", "A", "B", "A", "B"]
    assert times["A"].seconds == (3.0, 5.0)
    assert times["B"].median == 5.0


def test_a_race_without_time_left_has_one_round() -> None:
    times = race([Contestant("A", lambda: 1.0)], Rules(rounds=9, budget=-1, warms_up=False))
    assert times["A"].seconds == (1.0,)


def test_a_slope_is_that_of_the_logarithms_and_a_size_of_nought_is_left_out() -> None:
    square = Curve("x", ((0, 7.0), (1, 1.0), (10, 100.0), (100, 10_000.0)))
    assert square.slope == pytest.approx(2)
    late = Curve("x", ((1, 1.0), (10, 1.0), (100, 100.0)))
    assert late.slope < late.last_slope == late.steepest == pytest.approx(2)


@pytest.mark.parametrize(
    ("value", "at_least", "verdict"),
    [(1.0, False, "met"), (1.01, False, "not met"), (1.0, True, "met"), (0.99, True, "not met")],
)
def test_a_goal_is_met_up_to_its_limit_and_no_further(value: float, at_least: bool, verdict: str) -> None:  # noqa: FBT001
    assert Reached(Goal("x", "x", 1.0, at_least), value, "").verdict == verdict


def test_what_was_not_measured_is_not_met() -> None:
    row = Reached(Goal("x", "x", 1.0), None, "no Node")
    assert (row.is_met, row.verdict) == (False, "not measured")
    assert "| – | not measured | no Node |" in goals_table([row])


def test_without_node_the_fastest_of_any_language_is_not_measured(measured: Measured) -> None:
    alone = {name: times for name, times in measured.known.items() if name not in node.NAMES}
    rows = reached(replace(measured, known=alone, no_node="Node is missing"), QUICK)
    (row,) = (row for row in rows if row.goal.key == "fastest")
    assert row.value is None
    assert "Node is missing" in row.detail


def test_the_page_has_every_goal_and_says_when_the_run_was_smaller(measured: Measured) -> None:
    rows = reached(measured, QUICK)
    page = markdown(measured, rows, QUICK)
    assert [row.goal.what for row in rows if row.goal.what not in page] == []
    assert "This run made fewer papers than the goals speak of" in page
    assert "This run made fewer" not in markdown(measured, rows, FULL)


def test_the_page_says_when_the_machine_was_busy() -> None:
    assert busy_note(3.0, 2) == ""
    assert "load average 3.1 on 2 cores" in busy_note(3.1, 2)


def test_the_plot_is_sound_and_names_everybody(measured: Measured) -> None:
    bars = [(name, times.median / count) for name, times, count in paper_times(measured, QUICK)]
    picture = etree.fromstring(svg(bars, measured.curves, names.OF_OURS).encode())
    said = {str(text.text) for text in picture.iter("{*}text")}
    assert {name for name, _seconds in bars} | {curve.name for curve in measured.curves} <= said
    assert picture.findtext("{*}title")


def test_the_large_styles_part_is_as_large_as_it_says_and_can_be_opened() -> None:
    template = (ROOT / "templates" / "saksfremstilling.docx").read_bytes()
    large = heavy(template, 350_000)
    assert 350_000 <= len(parts_of(large)[STYLES]) < 352_000
    assert len(Document(io.BytesIO(large)).styles) > len(Document(io.BytesIO(template)).styles) + 500


def test_a_quick_run_prints_its_table_and_writes_nothing(
    measured: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "measure", lambda _folder, _plan, _say: measured)
    monkeypatch.setattr(program, "DOCS", tmp_path)
    program.main(["--quick"])
    assert "growth in rows" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    program.main(["--scale", "0.02"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["benchmarks.md", "benchmarks.svg"]
