"""Each rule on language: what it finds, where, and what it mends."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.problems import Problem, Severity
from casebuilder.prose.drafts import markdown_draft
from casebuilder.prose.reading import mark_markdown
from casebuilder.prose.review import reviewed
from casebuilder.prose.rules.table import RULES
from tests.builders import case_of
from tests.builders import cell as place_of
from tests.prose.language import house, mended, review, told


@pytest.mark.parametrize(
    ("rule", "text", "place", "better"),
    [
        ("dato-uten-mellomrom", "Fra 1.januar 2027.", "1:5", "Fra 1. januar 2027."),
        ("dato-uten-mellomrom", "Fra 1.Januar 2027.", "1:5", "Fra 1. januar 2027."),
        ("dato-som-liste", "26. februar 2026 skal\nde møtes.", "1:1", "26. februar 2026 skal\nde møtes."),
        ("doble-mellomrom", "To  ord.", "1:1", "To ord."),
        ("doble-mellomrom", "Ett.\n\n- to   ord her", "3:3", "Ett.\n\n- to ord her"),
        ("mellomrom-før-tegn", "Ja , det er slik.", "1:1", "Ja, det er slik."),
        ("mellomrom-før-tegn", "Det er slik .", "1:8", "Det er slik."),
        ("anførselstegn", "Et “nytt” ord.", "1:4", "Et «nytt» ord."),
        ("anførselstegn", "Et „nytt“ ord.", "1:4", "Et «nytt» ord."),
        ("stor-forbokstav", "I Horten Kommune er det slik.", "1:3", "I Horten kommune er det slik."),
        ("stor-forbokstav", "Viken\nFylkeskommune sa det.", "1:1", "Viken\nfylkeskommune sa det."),
        ("stor-forbokstav", "Dette følger av Kommuneloven.", "1:17", "Dette følger av kommuneloven."),
        ("stor-forbokstav", "Et råd, jf. Kommunelovens regler.", "1:13", "Et råd, jf. kommunelovens regler."),
        ("stor-forbokstav", "Den 1. Januar 2027.", "1:5", "Den 1. januar 2027."),
    ],
)
def test_what_is_safe_is_mended_and_told(rule: str, text: str, place: str, better: str) -> None:
    assert told(text) == [(rule, place)]
    assert re.sub(" +", " ", mended(text)) == better  # several spaces are one to pandoc
    (problem,) = review(text)[1]
    assert problem.severity is Severity.INFO


@pytest.mark.parametrize(
    ("rule", "text", "place"),
    [
        ("anførselstegn", "Et “nytt ord.", "1:4"),
        ("enhetens-navn", "Fra Viken fylkeskommunene kom det.", "1:5"),
        ("enhetens-navn", "Fra Viken fylkeskommunen kom det.", "1:5"),
        ("enhetens-navn", "Fra øvre eiker kommune kom det.", "1:5"),
        ("enhetens-navn", "Fra Øvre eiker kommune kom det.", "1:5"),
        ("enhetens-navn", "Fra Lørnskog kommune kom det.", "1:5"),
        ("organets-navn", "I Fjordlandrådet er det slik.", "1:3"),
        ("organets-navn", "I fjordlandsrådet IPR er det slik.", "1:3"),
        ("organets-navn", "I Fjordlandsrådet Ipr er det slik.", "1:3"),
        ("organets-navn", "I Fjordlandets europakontor er det slik.", "1:3"),
        ("relativ-tid", "Det ble vedtatt i fjor.", "1:17"),
        ("relativ-tid", "I år er det valg.", "1:1"),
        ("relativ-tid", "Det skjer neste år.", "1:11"),
        ("relativ-tid", "Det skjedde i forrige måned.", "1:13"),
        ("relativ-tid", "Det ble klart i går.", "1:15"),
        ("relativ-tid", "Fjorårets møte var fint.", "1:1"),
        ("dato-uten-år", "Saken behandles 26. februar.", "1:17"),
        ("dato-uten-år", "De vedtok det i desember 2025, og saken skal opp 26. februar.", "1:50"),
        ("dato-uten-år", "Fra 1. januar 2027 (behandles 26. februar).", "1:31"),
        ("naken-nettadresse", "Se https://www.example.org/side?x=1.", "1:4"),
        ("naken-nettadresse", "Se <https://example.org>.", "1:5"),
        ("naken-nettadresse", "Se www.example.org.", "1:4"),
        ("naken-nettadresse", "Se [https://example.org](https://example.org).", "1:5"),
        ("blandede-former", "Det er samlet og ordnet, men overordna.", "1:30"),
        ("blandede-former", "Det er samla og ordna, men overordnet.", "1:28"),
        ("blandede-former", "De overordnede målene og den overordna planen.", "1:30"),
        ("enkel-krøllparentes", "Vi er { antall } her.", "1:7"),
        ("enkel-krøllparentes", "Vi er { her.", "1:7"),
        ("kilde-uten-krøllalfa", "Det står der [NIBR-2021-17].", "1:14"),
        ("kilde-uten-krøllalfa", "Det står der [nibr-2021-17, s. 2].", "1:14"),
        ("kilde-uten-krøllalfa", "Det står der [KILDE-ID].", "1:14"),
    ],
)
def test_what_only_a_person_can_mend_is_a_warning(rule: str, text: str, place: str) -> None:
    assert told(text) == [(rule, place)]
    _mended, (problem,) = review(text)
    assert problem.severity is Severity.WARNING
    assert mended(text) == text


@pytest.mark.parametrize(
    "text", ["Ord.^[Hentet fra https://example.org/a.]", "Ord.[^a]\n\n[^a]: Se <https://a.no>."]
)
def test_a_note_may_show_where_something_is_found(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "heading", ["Forslag til vedtak", "Vedtak", "Innstilling:", "1. Framlegg til vedtak"]
)
def test_the_words_of_a_decision_are_told_but_not_touched(heading: str) -> None:
    text = f"# {heading}\n\nHorten Kommune  vedtar “dette” fra 1.januar 2027 ."
    assert mended(text) == text
    assert {each.severity for each in review(text)[1]} == {Severity.WARNING}
    assert len(told(text)) == 5


def test_quotations_are_neither_touched_nor_told() -> None:
    text = 'Han sa: «Horten Kommune  går ut 1.januar , sa “de” i fjor». Hun sa: "I fjor , 1.mai".'
    assert (mended(text), told(text)) == (text, [])


def test_a_year_is_suggested_from_the_standdato() -> None:
    _mended, (problem,) = review("Det ble vedtatt i fjor.")
    assert problem.expected
    assert dict(problem.expected.values) == {"year": 2025}


def test_a_sentence_said_twice_is_told_where_it_stands_again() -> None:
    first = (
        "Gitt utmeldingene i dagens strukturer kan det være nyttig å gå inn i en prosess uten å være bundet."
    )
    again = (
        "Gitt utmeldinger fra dagens strukturer kan det være lurt å gå inn i en prosess uten å være bundet."
    )
    assert told(f"{first}\n\nNoe annet. {again}") == [("gjentatt-tekst", "3:12")]


def test_sentences_of_one_form_on_different_facts_are_not_the_same() -> None:
    one = "Horten kommune vedtok 12. mars 2025 å melde seg ut av rådet med virkning fra 1. januar 2027."
    assert told(f"{one}\n\n{one.replace('Horten', 'Asker').replace('12.', '13.')}") == []


def test_nynorsk_is_not_held_to_bokmal_s_forms() -> None:
    assert told("Det er samlet, men overordna.", house(målform="nn")) == []


def test_places_hold_across_lines_marks_lists_and_notes() -> None:
    text = (
        "# Bakgrunn\n\nLinje én\nog **linje** to i *fjor*, sa de, i fjor.[^a]\n\n"
        "- punkt\n  i år er det slik\n\nOrd.^[Se i\nfjor.] Mer i går.\n\n[^a]: Det var i går.\n"
    )
    assert [place for _rule, place in told(text)] == ["4:17", "4:34", "7:3", "10:12", "9:10", "12:15"]


@pytest.mark.parametrize(
    ("cell", "text", "rules"),
    [
        ("sammendrag", "Kort.\nRådet møtes 1.mars 2026.", ["dato-uten-mellomrom"]),
        (
            "forslag_til_vedtak",
            "1. Styret  tar saken til orientering .",
            ["doble-mellomrom", "mellomrom-før-tegn"],
        ),
        ("tittel", "Horten Kommune og rådet", ["stor-forbokstav"]),
    ],
)
def test_what_the_sheet_itself_says_is_told_at_its_cell_and_left_as_it_is(
    cell: str, text: str, rules: list[str]
) -> None:
    mended_text, problems = review("Ord.", house(**{cell: text}))
    assert [(each.rule, each.severity, each.place) for each in problems] == [
        (rule, Severity.WARNING, place_of("saker", cell)) for rule in rules
    ]
    assert mended_text == "Ord."


def test_a_proposal_may_say_what_the_text_says() -> None:
    said = "Styret slutter seg til planen for møtene i 2026 og ber sekretariatet følge den opp."
    assert told(said, house(forslag_til_vedtak=said)) == []


def test_every_rule_has_a_name_of_its_own() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)


@given(st.text(alphabet="aÅ1. ,;:\n*_`[]()^@«»“”\"'|#->\\&\xa0", max_size=60))
def test_places_are_in_the_text_and_what_is_mended_stays_so(text: str) -> None:
    content, problems = reviewed_of(text)
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1])
    spaces = "doble-mellomrom"  # which stay in the text, and are one to pandoc
    once, again = (
        [each for each in told if each.severity is Severity.INFO and each.rule != spaces]
        for told in (problems, reviewed_of(content)[1])
    )
    assert len(again) < len(once) or not once


def reviewed_of(text: str) -> tuple[str, tuple[Problem, ...]]:
    known = house()
    marked, _problems = mark_markdown("tekst.md", text.encode())
    (mended_text,), problems = reviewed([markdown_draft(marked)], known, case_of(known))
    return mended_text.content.decode(), problems
