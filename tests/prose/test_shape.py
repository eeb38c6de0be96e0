from __future__ import annotations

import pytest

from casebuilder.paper import Block, Citation, Heading, Landscape, Paragraph, Text
from casebuilder.problems import Place
from casebuilder.prose.shape import shaped
from tests.prose.builders import told

PLACE = Place("t.md")


def blocks(*lines: str) -> list[Block]:
    made: list[Block] = []
    for line in lines:
        marks = line.partition(" ")[0]
        is_heading = bool(marks) and set(marks) == {"#"}
        made.append(
            Heading(len(marks), (Text(line[len(marks) + 1 :]),)) if is_heading else Paragraph((Text(line),))
        )
    return made


def parts(*lines: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    prose, problems = shaped(blocks(*lines), PLACE)
    return told(prose.summary), told(prose.body), [(each.rule, each.place.heading) for each in problems]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (["### A", "#### B", "### C"], ["# A", "## B", "# C"]),
        (["## A", "# B"], ["# A", "# B"]),
        (["# A", "## B", "### C", "## D", "# E"], ["# A", "## B", "### C", "## D", "# E"]),
    ],
)
def test_the_topmost_level_is_the_first(typed: list[str], written: list[str]) -> None:
    assert parts(*typed)[1] == written


def test_a_skipped_level_is_closed_and_told_and_sisters_stay_sisters() -> None:
    assert parts("# A", "### B", "### C", "## D", "##### E") == (
        [],
        ["# A", "## B", "## C", "## D", "### E"],
        [("heading-level", "B"), ("heading-level", "C"), ("heading-level", "E")],
    )


@pytest.mark.parametrize(
    "title",
    ["Sammendrag", "SAMMENDRAG", "Samandrag", "Sammendrag:", " Sammendrag ", "1. Sammendrag", "1 Sammendrag"],
)
def test_a_first_part_headed_summary_stands_apart(title: str) -> None:
    assert parts(f"# {title}", "Kort.", "Kortere.", "# Bakgrunn", "Lang.") == (
        ["Kort.", "Kortere."],
        ["# Bakgrunn", "Lang."],
        [],
    )


def test_a_part_headed_summary_that_is_not_the_first_is_an_ordinary_part() -> None:
    lines = ["# Bakgrunn", "Lang.", "# Sammendrag", "Kort."]
    assert parts(*lines) == ([], lines, [])


def test_a_summary_has_no_level_and_no_number_for_the_others_to_keep() -> None:
    assert parts("# Sammendrag", "Kort.", "## 1. Bakgrunn", "### 1.1 Historie") == (
        ["Kort."],
        ["# Bakgrunn", "## Historie"],
        [],
    )
    assert parts("# 1. Sammendrag", "Kort.", "# 2. Bakgrunn")[1:] == (
        ["# Bakgrunn"],
        [("heading-number", "2. Bakgrunn")],
    )


def test_a_text_that_is_nothing_but_a_summary_has_no_body() -> None:
    assert parts("# Sammendrag", "Kort.") == (["Kort."], [], [])
    assert parts() == ([], [], [])


def test_a_summary_ends_at_a_heading_on_a_page_turned_sideways() -> None:
    turned = Landscape(tuple(blocks("## Vedleggstabell")))
    prose, _problems = shaped([*blocks("# Sammendrag", "Kort."), turned], PLACE)
    assert (told(prose.summary), told(prose.body)) == (["Kort."], ["landscape ['# Vedleggstabell']"])


def test_a_citation_stands_close_to_its_word() -> None:
    citation = Citation("A", "", "", PLACE)
    prose, _problems = shaped([Paragraph((Text("Ord "), citation, Text(" ord"), Text(" "), citation))], PLACE)
    assert prose.body == (Paragraph((Text("Ord"), citation, Text(" ord"), citation)),)
