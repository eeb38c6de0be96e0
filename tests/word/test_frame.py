"""The template's own parts: values arrive, empty ones vanish, faults are told at their place."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.language import speaker
from casebuilder.paper import Datum, FrameValue, Paragraph, Text
from casebuilder.problems import Place, Spot
from tests.papertext import paper_text
from tests.word.builders import TEMPLATE, opened, paper, refused, template_with, words, written

BODY = Paragraph((Text("Brødtekst."),))
PRINTABLE = st.text(
    st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
)
HOSTILE = st.sampled_from(
    [
        "{{ 7*7 }}",
        "{_{",
        "{%",
        "{% if x %}",
        "{#",
        "&amp;",
        "<w:p/>",
        "]]>",
        "{{ saksutredning }}",
        "\ue0f00\ue0f1",
    ]
)


def test_what_is_empty_vanishes_with_its_row_and_heading() -> None:
    text = paper_text(written(paper(BODY)))
    assert "Arkivsaksnr" not in text
    assert [line for line in text.splitlines() if line.startswith("[Overskrift uten nummer]")] == []


def test_what_is_filled_in_stands_with_its_row_and_heading() -> None:
    values: dict[str, FrameValue] = {
        "arkivsaksnr": Datum("2026/45"),
        "merking": Datum("Unntatt offentlighet, jf. offl. § 23 første ledd"),
        "forslag": (Datum("Ett."), Datum("To.")),
        "vedlegg": ({"nr": Datum("1"), "tittel": Datum("Kart"), "merknad": Datum("utrykt vedlegg")},),
    }
    text = paper_text(written(paper(BODY, summary=[BODY], sources=[BODY], values=values)))
    assert "| Arkivsaksnr. | 2026/45 |" in text
    assert "[Merking] " in text
    for line in ("Forslag til vedtak", "Sammendrag", "Vedlegg", "Kilder"):
        assert f"[Overskrift uten nummer] {line}\n" in text
    assert "[Forslag til vedtak] Ett.\n[Forslag til vedtak] To.\n" in text
    assert "[Vedleggsliste] Kart (utrykt vedlegg)\n" in text


def test_the_fixed_words_follow_the_paper_s_language() -> None:
    text = paper_text(written(paper(BODY, language="nn", values={"forslag": (Datum("A"),)})))
    assert "[Overskrift uten nummer] Framlegg til vedtak" in text
    assert "| Saksbehandlar | Kari Prøve |" in text


@settings(max_examples=150, deadline=None)
@given(st.one_of(PRINTABLE, HOSTILE, st.builds(str.__add__, HOSTILE, PRINTABLE)))
def test_any_text_of_a_cell_arrives_unchanged(text: str) -> None:
    values: dict[str, FrameValue] = {
        "tittel": Datum(text),
        "saksbehandler": Datum(text),
        "forslag": (Datum(text), Datum("x")),
    }
    document = opened(written(paper(BODY, values=values)))
    by_style = {str(each.style.name): words(each._p) for each in document.paragraphs if each.style}
    rows = [[words(cell._tc) for cell in row.cells] for row in document.tables[0].rows]
    assert by_style["Title"] == text
    assert ["Saksbehandler", text] in rows
    assert [words(each._p) for each in document.paragraphs if each.text][-2] == "Brødtekst."


def test_line_breaks_and_tabs_of_a_cell_are_word_s_own() -> None:
    text = paper_text(written(paper(BODY, values={"tittel": Datum("en\tto\ntre")})))
    assert "[Title] en→to↵tre" in text


def test_a_value_is_filled_in_where_attributes_hold_it_too() -> None:
    document = opened(written(paper(BODY)))
    captions = [str(each.get(qn("w:val"))) for each in document.element.body.iter(qn("w:tblCaption"))]
    assert captions
    assert not any("{{" in caption or "\ue0f0" in caption for caption in captions)


def told(template: bytes, **parts: list[Paragraph]) -> list[tuple[Place, str]]:
    problems = refused(paper(BODY, **parts), template)  # type: ignore[arg-type]
    return [(problem.place, speaker("nb").problem(problem)) for problem in problems]


def test_an_unknown_field_is_told_at_its_paragraph_with_the_nearest_name() -> None:
    template = template_with("{{ sak.titel }}", "{{ saksutredning }}")
    assert told(template) == [
        (
            Place("templates/mal.docx", paragraph=1, spot=Spot(words="{{ sak.titel }}")),
            "avsnitt 1 «{{ sak.titel }}»: malen spør etter «titel», som er ukjent. Mente du «tittel»?",
        )
    ]


def test_an_unknown_group_is_told_with_the_names_that_are() -> None:
    ((_place, sentence),) = told(template_with("{{ saksutredning }}", "{{ saken.tittel }}"))
    place = "avsnitt 2 «{{ saken.tittel }}»"
    assert sentence == f"{place}: malen spør etter «saken», som er ukjent. Mente du «sak»?"


def test_printing_an_empty_value_is_a_problem_of_the_template() -> None:
    ((_place, sentence),) = told(template_with("{{ sak.arkivsaksnr }}", "{{ saksutredning }}"))
    place = "avsnitt 1 «{{ sak.arkivsaksnr }}»"
    assert sentence.startswith(f"{place}: malen skriver «sak.arkivsaksnr», som er tom for denne saken.")


@pytest.mark.parametrize(
    "line", ["{{ sak.tittel", "{% if sak.tittel %}", "{{ sak.tittel | finnesikke }}", "{{ }}"]
)
def test_a_broken_tag_is_a_problem(line: str) -> None:
    ((place, _sentence),) = told(template_with(line, "{{ saksutredning }}"))
    assert place == Place("templates/mal.docx", paragraph=1, spot=Spot(words=line))


def test_a_template_without_a_place_for_the_text_is_a_problem() -> None:
    ((_place, sentence),) = told(template_with("{{ sak.tittel }}"))
    assert sentence == (
        "malen har ingen plass til «saksutredning», men saken har noe der. "
        "Legg til et avsnitt med bare merket {{ saksutredning }}."
    )


def test_a_summary_without_a_place_is_a_problem_and_without_words_none() -> None:
    template = template_with("{{ saksutredning }}")
    ((_place, sentence),) = told(template, summary=[BODY])
    assert "ingen plass til «sammendrag»" in sentence
    assert "Brødtekst." in paper_text(written(paper(BODY), template))


def test_a_marker_that_stands_twice_is_a_problem_at_the_second() -> None:
    template = template_with("{{ saksutredning }}", "x", "{{ saksutredning }}")
    assert [place.paragraph for place, _sentence in told(template)] == [3]


def test_a_file_that_is_no_word_document_is_a_problem() -> None:
    for data in (b"", b"PK\x03\x04 nothing", b"<html/>"):
        ((place, sentence),) = told(data)
        assert (place.file, "kan ikke leses som et Word-dokument" in sentence) == ("templates/mal.docx", True)


def test_a_template_cannot_reach_into_python() -> None:
    for line in ("{{ sak.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ sak.tittel.__class__.__init__ }}"):
        problems = refused(paper(BODY), template_with(line, "{{ saksutredning }}"))
        assert len(problems) == 1


def test_headers_are_filled_too() -> None:
    data = written(
        paper(BODY), template_with("{{ saksutredning }}", header="{{ organ.navn }} & {{ sak.nummer }}")
    )
    assert opened(data).sections[0].header.paragraphs[0].text == "Rådet IPR & Sak 1/26"


def test_a_constant_of_the_template_is_printed_as_it_stands() -> None:
    data = written(paper(BODY), template_with("{{ 'A – B <C>' }}", "{{ saksutredning }}"))
    assert opened(data).paragraphs[0].text == "A – B <C>"


def test_the_template_itself_holds_nothing_of_its_maker() -> None:
    core = Document(io.BytesIO(TEMPLATE)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
