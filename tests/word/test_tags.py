"""The tags of a template: every fault is told at its paragraph before anything is rendered."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.paper import Datum, FrameValue, Note, Paragraph, Text
from casebuilder.problems import Problem
from casebuilder.word.document import write_paper
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.tags import tag_problems
from tests.word.builders import TEMPLATE, opened, paper, refused, template_with, words, written

BODY = Paragraph((Text("Brødtekst."),))


def told(*lines: str, header: str = "", **values: FrameValue) -> list[tuple[str, int]]:
    """Return (rule, paragraph) of each problem of a template with these paragraphs."""
    template = template_with(*lines, "{{ saksutredning }}", header=header)
    return [(each.rule, each.place.paragraph) for each in refused(paper(BODY, values=values), template)]


@pytest.mark.parametrize(
    "line",
    [
        "{{ sak.tittel",
        "sak.tittel }}",
        "{{ sak. }}",
        "{{ sak.tittel|finnesikke }}",
        "{{ 'a }}",
        "{% hvis sak.tittel %}",
        "{%p if %}",
        "{% include 'x' %}",
        "{% raw %}",
        "{# åpen",
    ],
)
def test_a_tag_that_cannot_be_read_is_told_at_its_paragraph(line: str) -> None:
    assert ("template", 2) in told("Overskrift", line)


def test_what_is_opened_must_be_ended_and_the_other_way_round() -> None:
    assert told("x", "{%p if sak.tittel %}", "y") == [("template", 2)]
    assert told("{%p for punkt in forslag %}", "y") == [("template", 1)]
    assert told("x", "{%p endif %}") == [("template", 2)]
    assert told("{%p if sak.tittel %}", "y", "{%p endfor %}", "{%p endif %}") == [("template", 3)]
    assert told("x", "{% else %}") == [("template", 2)]


def test_a_paragraph_tag_with_words_beside_it_is_told_for_they_would_vanish() -> None:
    assert told("{%p if sak.tittel %} Viktig!", "x", "{%p endif %}") == [("tag-not-alone", 1)]


def test_a_row_tag_with_words_in_its_row_is_told() -> None:
    document = Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "{%tr if sak.tittel %}", "tekst"
    table.cell(1, 0).text = "{%tr endif %}"
    assert [each.rule for each in tag_problems(document, "mal.docx")] == ["tag-not-alone"]


def test_a_fault_in_a_header_is_told_too() -> None:
    assert told("x", header="{{ organ.navn") == [("template", 1)]


def test_our_own_template_has_no_fault() -> None:
    assert tag_problems(Document(io.BytesIO(TEMPLATE)), "mal.docx") == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("{{ forslag }}", "group-in-template"),
        ("{{ sak }}", "group-in-template"),
        ("{{ forslag|length > 3 }}", "group-in-template"),
        ("Se {{ sammendrag }} under", "marker"),
        ("{{ sak.arkivsaksnr ~ ' ' ~ sak.tittel }}", "empty-in-template"),
        ("{{ sak.arkivsaksnr|replace('a', 'b') ~ sak.arkivsaksnr }}", "empty-in-template"),
        ("{{ sak.tittel + 1 }}", "template"),
        ("{{ 1 / 0 }}", "template"),
        ("{{ sak.tittel() }}", "template"),
        ("{% for x in 5 %}{% endfor %}", "template"),
        ("{{ range(10000000) }}", "template"),
    ],
)
def test_what_cannot_be_printed_is_a_problem_and_no_crash(line: str, rule: str) -> None:
    assert [each[0] for each in told(line)][:1] == [rule]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("{{ sak.tittel|upper }}", "EN & TO <B>"),
        ("{{ sak.tittel|e }}", "En & to <b>"),
        ("{{ sak.nummer ~ ': ' ~ sak.tittel }}", "Sak 1/26: En & to <b>"),
        ("{{ forslag|join('; ') }}", "A & B; C"),
        ("{{ sak.arkivsaksnr|default('–', true) }}", "–"),
        ("{{ 'ja' if sak.arkivsaksnr == '' else 'nei' }}", "ja"),
        ("{% if not sak.arkivsaksnr %}tom{% endif %}", "tom"),
        ("{{ forslag|length }}", "2"),
        ("{{ sak.tittel|default(“x”) }}", "En & to <b>"),
        ("{# en merknad #}{{ sak.nummer }}", "Sak 1/26"),
    ],
)
def test_what_a_template_may_do_with_values_leaves_them_as_they_are(line: str, shown: str) -> None:
    values: dict[str, FrameValue] = {"tittel": Datum("En & to <b>"), "forslag": (Datum("A & B"), Datum("C"))}
    document = opened(written(paper(BODY, values=values), template_with(line, "{{ saksutredning }}")))
    assert document.paragraphs[0].text == shown


PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{%p ", " if ", " endif ", " for x in forslag ", "sak.tittel", "{#", "x"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=5).map("".join), min_size=1, max_size=4))
def test_any_template_gives_a_paper_or_problems(lines: list[str]) -> None:
    template = template_with(*lines, "{{ saksutredning }}")
    file, problems = write_paper(paper(BODY), template, "templates/mal.docx", "bygg")
    assert (file is None) == bool(problems)


def test_a_template_s_own_note_is_filled_in_and_keeps_its_place_before_ours() -> None:
    parts = parts_of(written(paper(Paragraph((Text("x"), Note((Paragraph((Text("NOTE"),)),)))))))
    parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(b"NOTE", b"{{ organ.navn }}")
    document = Document(io.BytesIO(package_of(parts)))
    last = next(each for each in document.paragraphs if each.text == "x")
    marker = last.insert_paragraph_before("{{ saksutredning }}")
    assert marker.text
    buffer = io.BytesIO()
    document.save(buffer)
    made = paper(Paragraph((Text("y"), Note((Paragraph((Text("Vår"),)),)))))
    notes = parts_of(written(made, buffer.getvalue()))["word/footnotes.xml"].decode()
    assert ("Rådet IPR" in notes, "Vår" in notes, "{{" in notes) == (True, True, False)


def test_a_bookmark_that_word_left_in_a_loop_does_no_harm() -> None:
    document = Document(io.BytesIO(TEMPLATE))
    point = next(each for each in document.paragraphs if each.text == "{{ punkt }}")
    for name, number in (("_GoBack", "0"), ("Mitt_merke", "3")):
        start = point._p.makeelement(qn("w:bookmarkStart"), {qn("w:id"): number, qn("w:name"): name})
        end = point._p.makeelement(qn("w:bookmarkEnd"), {qn("w:id"): number})
        point._p.extend([start, end])
    buffer = io.BytesIO()
    document.save(buffer)
    made = paper(BODY, values={"forslag": (Datum("A"), Datum("B"))})
    body = opened(written(made, buffer.getvalue())).element.body
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    assert names.count("Mitt_merke") == 1
    assert "_GoBack" not in names
    assert "AB" in words(body)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEMPLATE) - 1), st.integers(1, 255))
def test_a_damaged_template_is_a_problem_or_does_no_harm(at: int, change: int) -> None:
    damaged = bytearray(TEMPLATE)
    damaged[at] ^= change
    file, problems = write_paper(paper(BODY), bytes(damaged), "templates/mal.docx", "bygg")
    assert (file is None) == bool(problems)
    assert all(isinstance(each, Problem) for each in problems)
