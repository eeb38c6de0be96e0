from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.paper import Format, LineBreak, Link, Note, Paragraph, Text
from casebuilder.prose.typography import hard_spaced, with_hard_spaces

CODE = Format(code=True)


@pytest.mark.parametrize(
    "text",
    [
        "jf.~kommuneloven §~18-1",
        "kl.~10 i nr.~3, s.~12 og kap.~4",
        "1.~januar 2027",
        "sak~12/26 og Sak~–/26",
        "62~kommuner, 62~kommunar og 1~fylkeskommune",
        "50~% og 3~prosent",
        "1~000~000~kroner",
        "i 2026 kom 200 til",
        "2026 200 kom",
        "3 mars-hare og 12 januar",
        "se s.~12a",
        "os. 12",
        "bokstav~5",
        "10 A",
    ],
)
def test_a_line_does_not_break_between_what_belongs_together(text: str) -> None:
    assert with_hard_spaces(text.replace("~", " ")) == text.replace("~", "\xa0")


PIECES = ["jf.", "§", "12", "%", "nr.", "s.", "kommuner", "1", "000", "januar", "sak", "12/26", "\xa0", "Ø"]


@given(st.lists(st.sampled_from(PIECES)))
def test_only_spaces_change_and_doing_it_again_changes_nothing(words: list[str]) -> None:
    text = " ".join(words)
    hard = with_hard_spaces(text)
    assert (hard.replace("\xa0", " "), with_hard_spaces(hard)) == (text.replace("\xa0", " "), hard)


@given(st.text())
def test_any_text_keeps_its_length_and_its_other_characters(text: str) -> None:
    hard = with_hard_spaces(text)
    assert [(a, b) for a, b in zip(text, hard, strict=True) if a != b and (a, b) != (" ", "\xa0")] == []


def test_a_value_and_the_author_s_noun_are_held_together() -> None:
    line = (Text("De "), Text("62", origin="antall(…)"), Text(" kommuner"), Text(" går", Format(italic=True)))
    assert hard_spaced([Paragraph(line)]) == (
        Paragraph((line[0], line[1], Text("\xa0kommuner"), Text(" går", Format(italic=True)))),
    )


def test_links_and_notes_are_set_as_well_and_code_is_not() -> None:
    line = (
        Link("https://x.no", (Text("§ 1"), Text(" § 2", CODE), Text(" § 3"))),
        Text("§ 4", CODE),
        LineBreak(),
        Note((Paragraph((Text("§ 5"),)),)),
        Text(" 5 §"),
    )
    assert hard_spaced([Paragraph(line)]) == (
        Paragraph(
            (
                Link("https://x.no", (Text("§\xa01"), Text(" § 2", CODE), Text(" §\xa03"))),
                Text("§ 4", CODE),
                LineBreak(),
                Note((Paragraph((Text("§\xa05"),)),)),
                Text(" 5 §"),
            )
        ),
    )
