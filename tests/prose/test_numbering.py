from __future__ import annotations

import pytest

from casebuilder.paper import Block, Heading, Landscape, Text
from casebuilder.problems import Place, Problem, Severity, msg
from casebuilder.prose.numbering import title_and_number, without_typed_numbers

PLACE = Place("t.md")


def numbered(*lines: str, first: int = 1) -> tuple[list[str], list[tuple[str, str]]]:
    """Headings written as in Markdown → the same, and (what was told, the heading it was told of)."""
    blocks = [heading(line) for line in lines]
    result, problems = without_typed_numbers(blocks, PLACE, first)
    written = [f"{'#' * block.level} {plain(block)}" for block in result if isinstance(block, Heading)]
    return written, [(problem.severity.value, problem.place.heading) for problem in problems]


def heading(line: str) -> Heading:
    marks, words = line.split(" ", 1)
    return Heading(len(marks), (Text(words),))


def plain(block: Heading) -> str:
    return "".join(each.text for each in block.content if isinstance(each, Text))


def test_numbers_that_number_the_headings_are_taken_away() -> None:
    assert numbered(
        "# 1. Bakgrunn", "## 1.1 Historie", "## 1.2. Status", "# 2. Drøfting", "## 2.1. Videre"
    ) == (
        ["# Bakgrunn", "## Historie", "## Status", "# Drøfting", "## Videre"],
        [],
    )


def test_a_gap_is_mended_and_told() -> None:
    blocks = [
        heading(line) for line in ("# 1. Bakgrunn", "## 1.2 Historie", "## 1.3 Erfaringer", "# 2. Drøfting")
    ]
    _blocks, problems = without_typed_numbers(blocks, PLACE)
    becomes = "the heading's typed number {typed} becomes {derived}."
    assert problems == (
        Problem(
            "heading-number",
            Place("t.md", heading="1.2 Historie"),
            msg(becomes, typed="1.2", derived="1.1"),
            None,
            Severity.INFO,
            frozenset(),
        ),
        Problem(
            "heading-number",
            Place("t.md", heading="1.3 Erfaringer"),
            msg(becomes, typed="1.3", derived="1.2"),
            None,
            Severity.INFO,
            frozenset(),
        ),
    )


def test_an_untyped_heading_among_typed_ones_is_numbered_by_word_and_that_is_told() -> None:
    assert numbered("# 1. Bakgrunn", "# Mellomspill", "# 2. Drøfting") == (
        ["# Bakgrunn", "# Mellomspill", "# Drøfting"],
        [("info", "2. Drøfting")],
    )


@pytest.mark.parametrize(
    "lines",
    [
        ["# 1. Bakgrunn", "# 1. Drøfting"],
        ["# 2. Bakgrunn", "# 1. Drøfting"],
        ["# 1. Bakgrunn", "## 2. Drøfting"],
        ["# 1.1 Bakgrunn", "# 1.2 Drøfting"],
        ["# 1. Bakgrunn", "## 2.1 Historie"],
        ["# 2. Bakgrunn", "# 3. Drøfting"],
        ["# 3 IPR-er"],
        ["# 4. Drøfting"],
    ],
)
def test_numbers_that_do_not_fit_stay_and_are_warned_of(lines: list[str]) -> None:
    assert numbered(*lines) == (lines, [("warning", line.lstrip("# ")) for line in lines])


@pytest.mark.parametrize(
    "title",
    [
        "2 kommuner melder seg ut",
        "1 kommune melder seg ut",
        "62 kommuner",
        "2027 blir et annet år",
        "1. januar 2027: fem færre",
        "17. mai i Oslo",
        "1. gangs behandling",
        "2. kvartal",
        "1.januar",
        "3D-kart",
        "24/7",
        "§ 18-1",
        "1",
    ],
)
def test_a_title_that_begins_with_a_figure_stays_without_a_warning(title: str) -> None:
    assert numbered(f"# {title}") == ([f"# {title}"], [])


def test_a_title_among_numbered_headings_is_still_a_title() -> None:
    assert numbered("# 1. Bakgrunn", "## 2 kommuner går ut", "# 2. Drøfting") == (
        ["# Bakgrunn", "## 2 kommuner går ut", "# Drøfting"],
        [],
    )


def test_one_numbered_heading_is_enough_when_it_can_be_nothing_else() -> None:
    assert numbered("# 1. Bakgrunn", "# Drøfting") == (["# Bakgrunn", "# Drøfting"], [])
    assert numbered("# 1 Bakgrunn", "# Drøfting") == (
        ["# 1 Bakgrunn", "# Drøfting"],
        [("warning", "1 Bakgrunn")],
    )


def test_a_summary_may_have_had_the_first_number() -> None:
    assert numbered("# 2. Bakgrunn", "# 3. Drøfting", first=2) == (
        ["# Bakgrunn", "# Drøfting"],
        [("info", "2. Bakgrunn"), ("info", "3. Drøfting")],
    )


def test_a_number_that_comes_from_the_register_is_no_typed_number() -> None:
    value = Heading(1, (Text("2. ", origin="antall(…)"), Text("Bakgrunn")))
    assert without_typed_numbers([value], PLACE) == ((value,), ())


def test_headings_on_pages_turned_sideways_are_numbered_with_the_others() -> None:
    turned: list[Block] = [heading("# 1. En"), Landscape((heading("# 2. To"),)), heading("# 3. Tre")]
    result, problems = without_typed_numbers(turned, PLACE)
    assert (result, problems) == ((heading("# En"), Landscape((heading("# To"),)), heading("# Tre")), ())


def test_the_title_and_the_number_of_a_heading_can_be_told_apart() -> None:
    assert title_and_number(heading("# 1. Sammendrag")) == ("Sammendrag", 1)
    assert title_and_number(heading("# 2 kommuner")) == ("2 kommuner", 0)
