from __future__ import annotations

from casebuilder.paper import Block, Heading, Jump, Paragraph, Text
from casebuilder.problems import msg
from casebuilder.prose.jumps import with_own_anchors
from casebuilder.prose.reading import read_prose
from tests.builders import case_of, register
from tests.prose.builders import faults, marked, read, told, told_of


def test_a_link_to_a_heading_finds_it_by_its_words_or_by_a_name_of_its_own() -> None:
    text = "Se [A](#om-østlandet) og [B](#b).\n\n# Om Østlandet\n\n# Annet {#b}"
    assert told_of(text)[0] == "Se <A: #om-østlandet> og <B: #b>."


def test_a_link_to_a_heading_in_a_landscape_section_finds_it() -> None:
    assert told_of("[A](#a)\n\n::: liggende\n# A\n:::")[0] == "<A: #a>"


def test_a_lost_link_is_told_where_it_stands() -> None:
    _prose, problems = read("# Bakgrunn\n\nSe [her](#bakgrun) og [der](#x).")
    assert faults(problems) == [("lost-link", 3, 9), ("lost-link", 3, 28)]
    assert [each.expected for each in problems] == [
        msg("Did you mean «{name}»?", name="bakgrunn"),
        msg("Correct or remove the link."),
    ]


def test_a_heading_that_became_the_summary_cannot_be_linked_to() -> None:
    _prose, problems = read("# Sammendrag\n\nSe [her](#sammendrag).")
    assert faults(problems) == [("lost-link", 3, 9)]


def test_two_texts_with_the_same_heading_keep_their_own_links() -> None:
    known = register()
    text = "# Bakgrunn\n\nSe [her](#bakgrunn)."
    texts = [marked(text, "1.md"), marked(text, "2.md"), marked("Se [den](#bakgrunn).", "3.md")]
    prose, problems = read_prose(texts, known, case_of(known))
    assert problems == ()
    assert [block.anchor for block in prose.body if isinstance(block, Heading)] == ["bakgrunn", "bakgrunn-2"]
    assert told(prose.body)[1::2] == ["Se <her: #bakgrunn>.", "Se <her: #bakgrunn-2>."]
    assert told(prose.body)[4] == "Se <den: #bakgrunn>."


def test_a_new_anchor_is_none_that_the_text_has_itself() -> None:
    blocks: list[Block] = [
        Heading(1, (Text("A"),), "a"),
        Heading(1, (Text("B"),), "a-2"),
        Paragraph((Jump("a", (Text("x"),)), Jump("a-2", (Text("y"),)))),
    ]
    renamed = with_own_anchors(blocks, {"a"})
    assert renamed == (
        Heading(1, (Text("A"),), "a-3"),
        Heading(1, (Text("B"),), "a-2"),
        Paragraph((Jump("a-3", (Text("x"),)), Jump("a-2", (Text("y"),)))),
    )
