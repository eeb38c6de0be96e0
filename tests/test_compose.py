from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from casebuilder.compose import compose
from casebuilder.paper import (
    Block,
    Citation,
    Heading,
    Landscape,
    Link,
    Mention,
    Note,
    NoteAgain,
    Paragraph,
    Properties,
    Quote,
    Text,
)
from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.shape import Prose
from casebuilder.register.records import Register
from tests.builders import CASE, Values, body, case, case_of, cell, meeting, register, source
from tests.prose.builders import told

NBSP = "\xa0"
PLACE = Place("t.md", line=1, column=1)
BODY = body(kortnavn="Rådet", definisjon="Et råd på § 1.", nettsted="https://www.raad.no/om")
SOURCE = source("A", "Tittel", utgiver="NIBR")
HERE = Mention("RAAD", origin='organ("RAAD")')


def known(*sources: Values, **of_case: object) -> Register:
    return register(organer=[BODY], kilder=[SOURCE, *sources], saker=[{**case(), **of_case}])


def composed(blocks: Sequence[Block], there: Register | None = None) -> tuple[list[str], tuple[Problem, ...]]:
    there = there or known()
    paper, problems = compose(there, case_of(there), Prose(body=tuple(blocks)))
    return told(paper.body), problems


def cite(prefix: str = "", suffix: str = "", name: str = "A") -> Citation:
    return Citation(name, prefix, suffix, PLACE)


def test_a_body_is_defined_where_it_is_first_named_and_short_afterwards() -> None:
    paper, problems = compose(known(), case_of(known()), Prose(body=(Paragraph((HERE, Text(" og "), HERE)),)))
    (paragraph,) = paper.body
    note = Note(
        (
            Paragraph(
                (
                    Text(f"Et råd på §{NBSP}1.", sources=(cell("organer", "definisjon"),)),
                    Text(" "),
                    Link(
                        "https://www.raad.no/om", (Text("raad.no", sources=(cell("organer", "nettsted"),)),)
                    ),
                )
            ),
        ),
        name="organ:RAAD",
    )
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (
        Text("Østre råd IPR", sources=(cell("organer", "navn"),), origin=HERE.origin),
        note,
        Text(" og "),
        Text("Rådet", sources=(cell("organer", "kortnavn"),), origin=HERE.origin),
    )
    assert problems == ()


def test_the_summary_is_read_before_the_body() -> None:
    there = known()
    prose = Prose(summary=(Paragraph((HERE,)),), body=(Paragraph((HERE,)),))
    paper, _problems = compose(there, case_of(there), prose)
    assert told(paper.summary) == ["Østre råd IPR[^Et råd på §\xa01. <raad.no: https://www.raad.no/om>]"]
    assert told(paper.body) == ["Rådet"]


def test_a_body_in_a_heading_or_a_note_has_its_full_name_and_is_not_yet_introduced() -> None:
    lines: list[Block] = [
        Heading(1, (HERE,)),
        Landscape((Heading(2, (HERE,)),)),
        Paragraph((Text("Ord"), Note((Paragraph((HERE,)),)))),
        Quote((Paragraph((HERE,)),)),
        Paragraph((HERE,)),
    ]
    assert composed(lines)[0] == [
        "# Østre råd IPR",
        "landscape ['## Østre råd IPR']",
        "Ord[^Østre råd IPR]",
        "> Østre råd IPR[^Et råd på §\xa01. <raad.no: https://www.raad.no/om>]",
        "Rådet",
    ]


def test_a_body_without_a_definition_has_no_note_and_without_a_short_name_keeps_its_name() -> None:
    there = register(organer=[body()])
    assert composed([Paragraph((HERE, Text("/"), HERE))], there)[0] == ["Østre råd IPR/Østre råd IPR"]


def test_a_definition_without_a_website_names_its_source() -> None:
    there = register(organer=[body(definisjon="Et råd", kilde_id="A")], kilder=[SOURCE])
    assert composed([Paragraph((HERE,))], there)[0] == ["Østre råd IPR[^Et råd. «Tittel», NIBR.]"]


def test_a_source_is_cited_in_full_first_and_by_its_note_afterwards() -> None:
    line = Paragraph(
        (Text("Ord"), cite("se ", ", s. 12"), Text(" og ord"), cite("jf. ", ", s. 3."), Text("."))
    )
    assert composed([line]) == (
        [f"Ord[^Se «Tittel», NIBR, s.{NBSP}12.] og ord[^(note kilde:A|Jf. |, s. 3.)]."],
        (),
    )


def test_the_first_note_of_a_source_can_be_referred_back_to() -> None:
    there = known()
    paper, _problems = compose(there, case_of(there), Prose(body=(Paragraph((cite(), cite())),)))
    (paragraph,) = paper.body
    assert isinstance(paragraph, Paragraph)
    first, again = paragraph.content
    assert isinstance(first, Note)
    assert isinstance(again, Note)
    assert (first.name, again.name) == ("kilde:A", "")
    assert told(again.content) == ["(note kilde:A||)"]
    assert isinstance(again.content[0], Paragraph)
    assert again.content[0].content == (NoteAgain("kilde:A"),)


def test_a_citation_in_a_note_is_the_reference_itself_and_in_a_heading_a_note() -> None:
    lines: list[Block] = [
        Heading(1, (Text("A"), cite())),
        Paragraph((Note((Paragraph((Text("Jf. "), cite("se "))),)),)),
    ]
    assert composed(lines)[0] == ["# A[^«Tittel», NIBR.]", "[^Jf. se «Tittel», NIBR.]"]


def test_an_unknown_source_is_told_where_it_is_cited() -> None:
    there = known(source("NIBR-2021"))
    assert composed([Paragraph((Text("Ord"), cite(name="NIBR2021"), cite(name="?")))], there) == (
        ["Ord"],
        (
            Problem(
                "unknown-source",
                PLACE,
                msg("«{name}» is not found in the sheet «{sheet}».", name="NIBR2021", sheet="kilder"),
                msg("Did you mean «{name}»?", name="NIBR-2021"),
                cases=frozenset({CASE}),
            ),
            Problem(
                "unknown-source",
                PLACE,
                msg("«{name}» is not found in the sheet «{sheet}».", name="?", sheet="kilder"),
                msg("Add it there, or correct it here."),
                cases=frozenset({CASE}),
            ),
        ),
    )


def test_a_source_whose_row_was_refused_is_told_as_such_and_left_out_of_the_list() -> None:
    there = replace(known(kilder=("A",)), sources={}, faulty={"kilder": frozenset({"A"})})
    paper, problems = compose(there, case_of(there), Prose(body=(Paragraph((cite(),)),)))
    assert ([problem.rule for problem in problems], paper.sources) == (["faulty-source"], ())


def test_the_list_of_sources_is_in_the_case_s_order_each_once() -> None:
    there = known(source("B", "En annen"), kilder=("B", "A", "B"))
    paper, _problems = compose(there, case_of(there), Prose())
    assert told(paper.sources) == ["«En annen».", "«Tittel», NIBR."]


def test_a_summary_of_the_sheet_is_a_paragraph_a_line() -> None:
    there = known(sammendrag="Første § 1.\n\n  Andre.  ")
    paper, problems = compose(there, case_of(there), Prose())
    assert (told(paper.summary), problems) == ([f"Første §{NBSP}1.", "Andre."], ())
    assert isinstance(paper.summary[0], Paragraph)
    assert paper.summary[0].content == (Text(f"Første §{NBSP}1.", sources=(cell("saker", "sammendrag"),)),)


def test_a_summary_both_in_the_sheet_and_in_the_text_is_a_problem_at_the_cell() -> None:
    there = known(sammendrag="Fra arket.")
    paper, problems = compose(there, case_of(there), Prose(summary=(Paragraph((Text("Fra teksten."),)),)))
    assert told(paper.summary) == ["Fra arket."]
    assert [(each.rule, each.place, each.cases) for each in problems] == [
        ("summary-twice", cell("saker", "sammendrag"), frozenset({CASE}))
    ]


def test_a_paper_has_the_properties_of_its_case() -> None:
    called = register(
        organer=[BODY],
        møter=[meeting(innkalt_dato=date(2026, 2, 5))],
        saker=[case(målform="nn", tittel="A & B")],
    )
    paper, _problems = compose(called, case_of(called), Prose())
    assert paper.properties == Properties("A & B", "Østre råd IPR", "Sak 12/26", "nn-NO", date(2026, 2, 5))
    assert (paper.case_id, paper.words["kilder"]) == (CASE, "Kjelder")


def test_a_draft_without_a_number_has_a_dash_for_it() -> None:
    there = known(løpenr=None)
    paper, _problems = compose(there, case_of(there), Prose())
    assert paper.properties.subject == "Sak –/26"
