"""What pandoc's blocks become; each text passes real pandoc."""

from __future__ import annotations

import pytest

from casebuilder.paper import Align, Cell, Column, Format, Paragraph, Table, Text
from casebuilder.problems import Severity
from tests.prose.builders import body, faults, read, rules, told, told_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# En\n\n## To\n\n### Tre", ["# En", "## To", "### Tre"]),
        ("En\n==\n\nTo\n--", ["# En", "## To"]),
        ("Linje\nlinje", ["Linje linje"]),
        ("Linje  \nlinje\\\nlinje", ["Linje↵linje↵linje"]),
        ("> Sitat\n>\n> To", ["> Sitat / To"]),
        ("| En\n|   to", ["En↵\xa0\xa0to"]),
        ("Ord\n: Forklaring", ["Ord", "> Forklaring"]),
        ("~~~\na  b\n*c*\n~~~", ["`a  b\n*c*`"]),
        ("- a\n- b", ["• a | b"]),
        ("- a\n\n    Mer.\n- b", ["• a / Mer. | b"]),
        ("3. a\n4. b", ["decimal:3 a | b"]),
        ("a) a\nb) b", ["lowerLetter:1 a | b"]),
        ("A) a\nB) b", ["upperLetter:1 a | b"]),
        ("(i) a\n(ii) b", ["lowerRoman:1 a | b"]),
        ("I) a\nII) b", ["upperRoman:1 a | b"]),
        ("#. a\n#. b", ["decimal:1 a | b"]),
        ("- a\n    1. b\n        - c\n    2. d\n- e", ["• a / decimal:1 b / • c | d | e"]),
        ("::: liggende\n# A\n\nb\n:::", ["landscape ['# A', 'b']"]),
        (":::: liggende\n::: liggende\nb\n:::\n::::", ["landscape ['b']"]),
        ("> ::: liggende\n> b\n> :::", ["> b"]),
        ("::: annet\nb\n:::", ["b"]),
        ("<div>\nb\n</div>", ["<div> b </div>"]),
        ("% tittel\n% navn", ["% tittel % navn"]),
        ("(@) a", ["(@) a"]),
    ],
)
def test_a_construct_of_markdown_becomes_its_block(text: str, expected: list[str]) -> None:
    assert told_of(text) == expected


def test_a_horizontal_rule_is_left_out_and_told() -> None:
    prose, problems = read("---\n\nOrd.\n\n* * *\n\nFlere ord.")
    assert told(prose.body) == ["Ord.", "Flere ord."]
    assert rules(problems, Severity.INFO) == ["rule-left-out", "rule-left-out"]


def cell(text: str, rows: int = 1, columns: int = 1, align: Align | None = None) -> Cell:
    return Cell((Paragraph((Text(text),)),), rows, columns, align)


def test_a_pipe_table_has_a_head_alignments_and_a_caption() -> None:
    text = "| A | B | C |\n|:--|:-:|--:|\n| a \\| a | b | c |\n\n: Tittel på tabellen"
    assert body(text) == (
        Table(
            columns=(Column(Align.LEFT), Column(Align.CENTER), Column(Align.RIGHT)),
            head=((cell("A"), cell("B"), cell("C")),),
            body=((cell("a | a"), cell("b"), cell("c")),),
            caption=(Text("Tittel på tabellen"),),
        ),
    )


def test_a_grid_table_has_spans_widths_and_blocks_in_its_cells() -> None:
    text = """
+----------+----------+
| A        | B        |
+==========+==========+
| over to kolonner    |
+----------+----------+
| to       | - punkt  |
| rader    | - punkt  |
|          +----------+
|          | d        |
+----------+----------+
"""
    (table,) = body(text)
    assert isinstance(table, Table)
    assert told([table]) == [
        "table : [['A', 'B'], ['over to kolonner'], ['to rader', '• punkt | punkt'], ['d']]"
    ]
    spans = [[(each.rows, each.columns) for each in row] for row in table.body]
    assert spans == [[(1, 2)], [(2, 1), (1, 1)], [(1, 1)]]
    assert [round(each.width or 0, 2) for each in table.columns] == [0.15, 0.15]


def test_a_table_without_a_header_has_no_head() -> None:
    (table,) = body("|  |  |\n|--|--|\n| a | b |")
    assert isinstance(table, Table)
    assert (table.head, table.body) == ((), ((cell("a"), cell("b")),))


def test_a_language_reaches_all_words_of_its_division() -> None:
    assert body("::: {lang=en}\nWords\n\n> Quote *it*\n:::\n\nOrd") != body("Words\n\n> Quote *it*\n\nOrd")
    (english, norwegian) = body("::: {lang=en}\nWords\n:::\n\nOrd")
    assert (english, norwegian) == (
        Paragraph((Text("Words", Format(language="en")),)),
        Paragraph((Text("Ord"),)),
    )


def test_a_table_of_the_register_must_stand_alone() -> None:
    prose, problems = read('Se:\n\n- her {{ medlemstabell("RAAD") }}')
    assert faults(problems) == [("table-in-line", 3, 7)]
    assert told(prose.body) == ["Se:", "• her "]


def test_a_table_of_the_register_may_stand_alone_in_a_landscape_section() -> None:
    assert told_of('::: liggende\n{{ medlemstabell("RAAD") }}\n:::') == [
        "landscape [\"table Medlemmer i Østre råd IPR: [['Medlem', 'Medlem fra', 'Delregion']]\"]"
    ]


def test_preformatted_text_holds_values_but_no_citations_or_bodies() -> None:
    assert told_of("~~~\n{{ sak.tittel }}\n~~~") == ["`Samarbeid`"]
    _prose, problems = read('Ord:\n\n    Se {{ organ("RAAD") }} [@A]')
    assert faults(problems) == [("preformatted", 3, 8)]


def test_an_expression_that_gives_nothing_leaves_no_empty_paragraph() -> None:
    assert told_of('Før.\n\n{{ "x" if nei }}\n\nEtter{{ "" }}.') == ["Før.", "Etter."]
