"""What is kept of a template between papers: never stale, never mixed, never changed by a paper."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.paper import Block, Datum, FrameValue, Heading, Landscape, Note, Paper, Paragraph, Text
from casebuilder.sandbox import TEMPLATES
from casebuilder.word.document import write_paper
from casebuilder.word.forms import Forms
from casebuilder.word.frame import ready
from tests.conftest import ROOT
from tests.word.builders import TEMPLATE, paper, written


def other_template() -> bytes:
    """Return a template with other words, another condition and fewer styles than the sample's."""
    document = Document()
    for text in (
        "{{ sak.tittel }}",
        "{%p if sak.klassering %}",
        "Klassert",
        "{%p else %}",
        "{{ sak.tilgang }}",
        "{%p endif %}",
        "{%p for punkt in forslag %}",
        "{{ punkt }}",
        "{%p endfor %}",
        "{{ saksutredning }}",
        "{{ sammendrag }}",
        "{{ kilder }}",
    ):
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "{{ sak.nummer }} for {{ organ.navn }}"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


OTHER = other_template()
LINE = Paragraph((Text("Ord & <tegn>\tetter tabulator."),))
NOTED = Paragraph((Text("Med note"), Note((Paragraph((Text("Noten."),)),))))
BLOCKS: st.SearchStrategy[list[Block]] = st.lists(
    st.sampled_from([LINE, NOTED, Heading(1, (Text("Del"),)), Landscape((LINE,))]), min_size=1, max_size=3
)
VALUES: st.SearchStrategy[dict[str, FrameValue]] = st.fixed_dictionaries(
    {
        "klassering": st.sampled_from([None, Datum("026"), Datum("{{ 1 }}\n<w:p/>")]),
        "forslag": st.lists(st.sampled_from([Datum("Ett."), Datum("To\tog tre.")]), max_size=2).map(tuple),
        "tittel": st.sampled_from([Datum("En tittel"), Datum("\ue0f00\ue0f1")]),
    }
)


@st.composite
def papers(draw: st.DrawFn) -> tuple[Paper, bytes]:
    blocks: list[Block] = draw(BLOCKS)
    values: dict[str, FrameValue] = draw(VALUES)
    summary = draw(st.sampled_from([(), (LINE,)]))
    made = paper(*blocks, summary=summary, language=draw(st.sampled_from(["nb", "nn"])), values=values)
    return made, draw(st.sampled_from([TEMPLATE, OTHER]))


@given(st.lists(papers(), min_size=2, max_size=5))
@settings(max_examples=25, deadline=None)
def test_a_paper_is_the_same_whatever_was_written_before_it(row: list[tuple[Paper, bytes]]) -> None:
    warm = [write_paper(made, template, "mal.docx", "bygg") for made, template in row]
    for (made, template), known in zip(row, warm, strict=True):
        ready.cache_clear()
        assert write_paper(made, template, "mal.docx", "bygg") == known


def test_a_paper_is_the_same_in_a_process_of_its_own() -> None:
    for template in (OTHER, TEMPLATE):
        written(paper(LINE, NOTED), template)
    warm = [hashlib.sha256(written(paper(NOTED), each)).hexdigest() for each in (TEMPLATE, OTHER)]
    program = (
        "import hashlib; from tests.word.test_forms import *;"
        "print([hashlib.sha256(written(paper(NOTED), each)).hexdigest() for each in (TEMPLATE, OTHER)])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == str(warm)


def test_two_templates_in_turn_never_mix() -> None:
    made = paper(LINE, values={"klassering": Datum("026")})
    first = [written(made, TEMPLATE), written(made, OTHER)]
    for _turn in range(3):
        assert [written(made, TEMPLATE), written(made, OTHER)] == first
    assert b"Klassert" in _document(first[1])
    assert b"Klassert" not in _document(first[0])


def test_a_condition_that_turns_out_otherwise_gives_another_form() -> None:
    with_it, without = (paper(LINE, values={"klassering": each}) for each in (Datum("026"), None))
    for _turn in range(2):
        assert b"Klassert" in _document(written(with_it, OTHER))
        assert b"Klassert" not in _document(written(without, OTHER))


def test_a_template_with_ever_new_answers_keeps_few_of_them() -> None:
    document = Document()
    document.add_paragraph("{% for punkt in forslag %}{{ punkt }}{% endfor %}")
    document.add_paragraph("{{ saksutredning }}")
    buffer = io.BytesIO()
    document.save(buffer)
    template = buffer.getvalue()
    row = [paper(LINE, values={"forslag": (Datum("x"),) * number}) for number in range(40)]
    warm = [written(each, template) for each in row]
    assert len(set(warm)) == len(row)
    assert warm == [written(each, template) for each in row]


def test_what_is_known_of_answers_is_asked_for_in_their_order() -> None:
    one, two = (TEMPLATES.from_string(each) for each in ("{% if a %}1{% endif %}", "{% if b %}2{% endif %}"))
    forms, whole = Forms(), Document()
    assert forms.known({"a": 1, "b": 1}) is None
    form = forms.add([(one, "1"), (two, "2")], whole)
    assert forms.known({"a": 1, "b": 1}) is form
    assert [forms.known(each) for each in ({"a": 0, "b": 1}, {"a": 1, "b": 0})] == [None, None]


def _document(data: bytes) -> bytes:
    return "\n".join(each.text for each in Document(io.BytesIO(data)).paragraphs).encode()
