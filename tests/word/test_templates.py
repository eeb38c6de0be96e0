"""Templates are looked at before they are used: one fault, one message, at its place; no broken paper."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.delivery import Status
from casebuilder.frame import frame_values, stand_in_values
from casebuilder.language import speaker
from casebuilder.paper import Datum, FrameValue, Paragraph, Text
from casebuilder.pipeline import build
from casebuilder.problems import Problem
from casebuilder.starter import starter_files
from casebuilder.word.document import write_paper
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.template.check import RULES, template_problems
from casebuilder.workspace import Workspace
from tests.builders import attachment, case_of, register
from tests.builders import case as case_row
from tests.word.broken import BROKEN, Broken, before_content, run_font, saved, strange
from tests.word.builders import TEMPLATE, opened, paper, words

FILE = "templates/mal.docx"
NB = speaker("nb")
BODY = Paragraph((Text("Brødtekst."),))


def problems_of(template: bytes) -> tuple[Problem, ...]:
    return template_problems(template, FILE, stand_in_values("nb"))


def changed(broken: Broken) -> tuple[Problem, ...]:
    return problems_of(broken.template())


def test_the_templates_that_come_with_casebuilder_have_no_fault() -> None:
    shipped = [data for name, data in starter_files().items() if name.startswith("templates/")]
    assert [problems_of(data) for data in (TEMPLATE, *shipped)] == [()] * (1 + len(shipped))
    assert len(shipped) == 1


def test_there_are_at_least_fifty_broken_templates_and_every_rule_has_one() -> None:
    assert len(BROKEN) >= 50
    assert {each.rule for each in BROKEN} | {"link-address"} == set(RULES)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.name)
def test_a_fault_is_told_once_at_its_place_and_nothing_else_is(broken: Broken) -> None:
    found = changed(broken)
    lines = [NB.problem(each) for each in found]
    assert [each.rule for each in found] == [broken.rule] * broken.count, lines
    assert all(line.startswith(broken.line) for line in lines), lines
    assert all(each.expected is not None and each.place.file == FILE for each in found)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.name)
def test_a_broken_template_gives_no_paper_or_a_sound_one(broken: Broken) -> None:
    values: dict[str, FrameValue] = {"forslag": (Datum("A"),)}
    file, problems = write_paper(paper(BODY, values=values), broken.template(), FILE, "bygg")
    assert (file is None) == bool(problems)
    if file:
        assert faults(parts_of(file.data)) == []
        text = words(opened(file.data).element.body)
        assert ("{{" in text, "Brødtekst." in text) == (False, True)


@pytest.mark.parametrize(
    ("name", "data"),
    [("word/document.xml", b"<x"), ("word/styles.xml", b""), ("[Content_Types].xml", b"<Types/>")],
)
def test_a_file_that_is_no_word_document_is_one_problem(name: str, data: bytes) -> None:
    (problem,) = problems_of(strange(name, data))
    assert NB.problem(problem).startswith("malen kan ikke leses som et Word-dokument.")


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(TEMPLATE) - 1), st.integers(1, 255))
def test_a_damaged_template_is_told_and_is_no_crash(at: int, change: int) -> None:
    damaged = bytearray(TEMPLATE)
    damaged[at] ^= change
    assert all(each.place.file == FILE for each in problems_of(bytes(damaged)))


PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "{%p ",
        " if ",
        " endif ",
        "for x in forslag",
        "endfor",
        "sak.tittel",
        ".y",
        "{#",
        "x",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=6).map("".join), min_size=1, max_size=4))
def test_any_words_in_a_template_are_read_without_a_crash(lines: list[str]) -> None:
    document = Document(io.BytesIO(TEMPLATE))
    before_content(*lines)(document)
    told = problems_of(saved(document))
    file, _problems = write_paper(paper(BODY), saved(document), FILE, "bygg")
    assert file is None or not any(each.is_error for each in told)


def test_several_faults_are_told_in_one_run_each_once() -> None:
    document = Document(io.BytesIO(TEMPLATE))
    before_content("{{ sak.titel }}", "{{ møte.datoo }}", "{{ sak.")(document)
    run_font("Oslo Sans")(document)
    found = problems_of(saved(document))
    assert sorted(each.rule for each in found) == ["font", "template", "unknown-field", "unknown-field"]


def test_an_embedded_font_is_at_hand() -> None:
    document = Document(io.BytesIO(TEMPLATE))
    run_font("Oslo Sans")(document)
    parts = parts_of(saved(document))
    font = b'<w:font w:name="Oslo Sans"><w:embedRegular r:id="rId9"/></w:font></w:fonts>'
    parts["word/fontTable.xml"] = parts["word/fontTable.xml"].replace(b"</w:fonts>", font)
    assert problems_of(package_of(parts)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "{{ sak.klassering|default('–') }}",
        "{% if sak.ukjent is defined %}x{% endif %}",
        "{% for v in vedlegg %}{{ loop.index }}: {{ v.tittel|upper }}{% endfor %}",
        "{% set navn = sak.tittel %}{{ navn }}",
        "{{ sak['tittel'] }} {{ sak.tittel.upper() }}",
        "{{ forslag[0] }} {{ forslag|join(', ') }} {{ vedlegg|length }}",
        "{% if sammendrag and saksutredning %}x{% endif %}",
        "{{ “x” }} {# {{ ikke.lest }} #}",
    ],
)
def test_what_a_template_may_do_is_no_fault(line: str) -> None:
    document = Document(io.BytesIO(TEMPLATE))
    before_content(line)(document)
    assert problems_of(saved(document)) == ()


def test_the_names_that_templates_are_tried_with_are_those_of_a_case() -> None:
    known = register(
        saker=[case_row(forslag_til_vedtak="A")], vedlegg=[attachment(1, "Kart", unntatt_hjemmel=None)]
    )
    assert shape(stand_in_values("nb")) == shape(frame_values(known, case_of(known)))


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    return [shape(each) for each in value] if isinstance(value, tuple) else None


# -- in a whole run ---------------------------------------------------------------------------------


def put(folder: Path, name: str, broken: str) -> None:
    chosen = next(each for each in BROKEN if each.name == broken)
    (folder / "templates" / name).write_bytes(chosen.template())


def test_a_faulty_template_holds_its_cases_back_and_is_told_once(folder: Path) -> None:
    put(folder, "saksfremstilling.docx", "unknown field")
    report = build(Workspace(folder))
    assert {outcome.status for outcome in report.outcomes} == {Status.HELD_BACK}
    assert [each.rule for each in report.problems] == ["unknown-field"]


def test_a_check_looks_at_templates_that_no_case_uses_and_they_stop_nothing(folder: Path) -> None:
    put(folder, "ny mal.docx", "unknown field")
    report = build(Workspace(folder, may_write=False))
    assert {outcome.status for outcome in report.outcomes} == {Status.NEW}
    assert [(each.rule, each.place.file) for each in report.problems] == [
        ("unknown-field", "templates/ny mal.docx")
    ]
    assert build(Workspace(folder)).problems == ()


def test_a_template_that_runs_into_a_fault_with_real_values_is_told_once(folder: Path) -> None:
    document = Document(io.BytesIO(TEMPLATE))
    before_content("{{ sak.unntatt_hjemmel }}")(document)
    (folder / "templates" / "saksfremstilling.docx").write_bytes(saved(document))
    found = [each for each in build(Workspace(folder)).problems if each.rule == "empty-in-template"]
    assert len(found) == 1
    assert len(found[0].cases or ()) > 1
