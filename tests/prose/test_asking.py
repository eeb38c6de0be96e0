"""Every name of the vocabulary, in bokmål and nynorsk, and every way to ask wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from casebuilder.paper import Mention, Table
from casebuilder.problems import Message, Place, Severity, msg
from casebuilder.prose.asking import FILTERS, FUNCTIONS, PARAMETERS, Answer, answer
from casebuilder.prose.expressions import Expression
from casebuilder.register.records import Register
from tests.builders import Values, body, case, case_of, cell, decision, event, member, register, unit
from tests.prose.builders import told

NBSP = "\xa0"
PLACE = Place("tekst.md", line=3, column=7)

UNITS = [
    unit("0301", "Oslo"),
    unit("3201", "Bærum"),
    unit("3214", "Frogn"),
    unit("3314", "Øvre Eiker"),
    unit("32", "Akershus", type="fylkeskommune"),
    unit("OSLOMET", "OsloMet", type="universitet/høyskole"),
]
LEFT_2026: Values = {
    "vedtaksdato": date(2024, 1, 1),
    "vedtaksdato_presisjon": "år",
    "virkningsdato": date(2026, 1, 1),
}
LEFT_2027: Values = {"vedtaksdato": date(2025, 12, 3), "virkningsdato": date(2027, 1, 1)}
WAITING: Values = {
    "status": "innstilt",
    "vedtaksorgan": "fylkestinget",
    "behandles_dato": date(2026, 2, 26),
    "innstilling_fra": "fylkesrådet",
    "innstilling": "utmelding",
    "virkningsdato": date(2027, 1, 1),
}
DECISIONS = [
    {**decision("V-1", "3201"), **LEFT_2026},
    {**decision("V-2", "3214"), **LEFT_2026},
    {**decision("V-3", "3314"), **LEFT_2027},
    {**decision("V-4", "32"), **WAITING},
]
MEMBERS = [
    member("0301", medlem_fra=date(2005, 1, 1), medlem_fra_presisjon="år", gruppering="Midt"),
    member("3201", utmelding_vedtak_id="V-1"),
    member("3214", utmelding_vedtak_id="V-2"),
    member("3314", utmelding_vedtak_id="V-3"),
    member("32", utmelding_vedtak_id="V-4"),
    member("OSLOMET", medlem_fra=date(2026, 1, 1)),
]
EVENTS = [
    event("stiftet", date(2004, 12, 17)),
    event("omdannet", date(2020, 12, 1), "måned", ny_form="IPR"),
    event("virksomhet startet", date(2005, 1, 1), "år"),
]


def known(language: str = "nb", decisions: Sequence[Values] = DECISIONS, **of_case: object) -> Register:
    return register(
        organer=[body(kortnavn="Rådet"), body("TOMT", "Et tomt råd")],
        organhistorikk=EVENTS,
        enheter=UNITS,
        medlemmer=MEMBERS,
        vedtak=decisions,
        saker=[{**case(målform=language), **of_case}],
    )


def asked(source: str, register: Register | None = None) -> Answer:
    there = register or known()
    given, problems = answer(Expression(source, PLACE), there, case_of(there))
    assert [each for each in problems if each.severity is Severity.ERROR] == []
    assert given is not None
    return given


def said(source: str, register: Register | None = None) -> str:
    return str(asked(source, register).value).replace(NBSP, " ")


def refused(source: str, register: Register | None = None) -> tuple[str, dict[str, object], Message | None]:
    there = register or known()
    given, problems = answer(Expression(source, PLACE), there, case_of(there))
    assert (given, [each.place for each in problems]) == (None, [PLACE])
    return problems[0].found.id, dict(problems[0].found.values), problems[0].expected


SAID = [
    ('organ_navn("RAAD")', "Østre råd IPR", "Østre råd IPR"),
    ('organ_kortnavn("RAAD")', "Rådet", "Rådet"),
    ('organ_kortnavn("TOMT")', "Et tomt råd", "Et tomt råd"),
    ('enhet("3201")', "Bærum kommune", "Bærum kommune"),
    ("enhet(3201)", "Bærum kommune", "Bærum kommune"),
    ('enhet("OSLOMET")', "OsloMet", "OsloMet"),
    ('dato("2027-05-01")', "1. mai 2027", "1. mai 2027"),
    ('dato("1.5.2027")', "1. mai 2027", "1. mai 2027"),
    ("standdato", "12. februar 2026", "12. februar 2026"),
    ("standdato|år", "2026", "2026"),
    ("standdato|når", "12. februar 2026", "12. februar 2026"),
    ('hendelse("RAAD", "stiftet")', "17. desember 2004", "17. desember 2004"),
    ('hendelse("RAAD", "omdannet")', "desember 2020", "desember 2020"),
    ('hendelse("RAAD", "omdannet")|når', "i desember 2020", "i desember 2020"),
    ('hendelse("RAAD", "virksomhet startet")|når', "i 2005", "i 2005"),
    ('hendelse("RAAD", "omdannet")|år', "2020", "2020"),
    ('antall("RAAD")', "4", "4"),
    ('antall("RAAD", type="kommune")', "2", "2"),
    ('antall("RAAD", "kommuner", "31.12.2025")', "4", "4"),
    ('antall("RAAD", type="kommune", dato=dato("2027-01-01"))', "1", "1"),
    ('medlemstall("RAAD", type="kommune")', "2 kommuner", "2 kommunar"),
    ('medlemstall("RAAD", type="kommune", dato="2027-01-01")', "1 kommune", "1 kommune"),
    ('medlemstall("RAAD", type="fylkeskommuner")', "1 fylkeskommune", "1 fylkeskommune"),
    ('medlemstall("RAAD")', "4 medlemmer", "4 medlemmer"),
    (
        'medlemstall("TOMT", type="universitet/høyskole")',
        "0 universiteter og høyskoler",
        "0 universitet og høgskular",
    ),
    (
        'medlemmer("RAAD", type="kommune")',
        "Oslo kommune og Øvre Eiker kommune",
        "Oslo kommune og Øvre Eiker kommune",
    ),
    (
        'medlemmer("RAAD", kort=ja)',
        "Oslo, Øvre Eiker, Akershus og OsloMet",
        "Oslo, Øvre Eiker, Akershus og OsloMet",
    ),
    (
        'medlemmer("RAAD", type="kommune", kort="nei")|alfabetisk',
        "Oslo kommune og Øvre Eiker kommune",
        "Oslo kommune og Øvre Eiker kommune",
    ),
    ('utmeldte("RAAD", vedtatt=2024, kort=true)', "Bærum og Frogn", "Bærum og Frogn"),
    ('utmeldte("RAAD", vedtatt="2024")', "Bærum kommune og Frogn kommune", "Bærum kommune og Frogn kommune"),
    ('utmeldte("RAAD", virkning=2027)', "Øvre Eiker kommune", "Øvre Eiker kommune"),
    ('utmeldte("RAAD", virkning="1.1.2026", kort=ja)', "Bærum og Frogn", "Bærum og Frogn"),
    ('utmeldte("RAAD", virkning=hendelse("RAAD", "stiftet")) or "ingen"', "ingen", "ingen"),
    ('innmeldte("RAAD", virkning="2026")', "OsloMet", "OsloMet"),
    ('innmeldte("RAAD", virkning=2005)|stor', "Oslo kommune", "Oslo kommune"),
    (
        'utmeldinger("RAAD", vedtatt=2024)',
        "Bærum kommune og Frogn kommune vedtok i 2024 å melde seg ut av Østre råd IPR, med "
        "virkning fra 1. januar 2026",
        "Bærum kommune og Frogn kommune vedtok i 2024 å melde seg ut av Østre råd IPR, med "
        "verknad frå 1. januar 2026",
    ),
    (
        'utmeldinger("RAAD")',
        "Bærum kommune og Frogn kommune vedtok i 2024 å melde seg ut av Østre råd IPR, med virkning fra "
        "1. januar 2026; Øvre Eiker kommune vedtok 3. desember 2025 å melde seg ut, med virkning "
        "fra 1. januar 2027",
        "Bærum kommune og Frogn kommune vedtok i 2024 å melde seg ut av Østre råd IPR, med verknad frå "
        "1. januar 2026; Øvre Eiker kommune vedtok 3. desember 2025 å melde seg ut, med verknad "
        "frå 1. januar 2027",
    ),
    (
        'ventende("RAAD")',
        "Akershus fylkeskommune skal behandle sak om utmelding av Østre råd IPR i fylkestinget "
        "26. februar 2026. Fylkesrådet har innstilt på utmelding. "
        "Blir utmeldingen vedtatt, får den virkning fra 1. januar 2027",
        "Akershus fylkeskommune skal behandle sak om utmelding av Østre råd IPR i fylkestinget "
        "26. februar 2026. Fylkesrådet har tilrådd utmelding. "
        "Blir utmeldinga vedteken, får ho verknad frå 1. januar 2027",
    ),
    ('vedtak("V-1").enhet', "Bærum kommune", "Bærum kommune"),
    ('vedtak("V-1").vedtaksorgan|stor', "Kommunestyret", "Kommunestyret"),
    ('vedtak("V-1").status', "vedtatt", "vedteke"),
    ('vedtak("V-1").dato|når', "i 2024", "i 2024"),
    ('vedtak("V-1").virkning', "med virkning fra 1. januar 2026", "med verknad frå 1. januar 2026"),
    ('vedtak("V-1").virkningsdato', "1. januar 2026", "1. januar 2026"),
    (
        'vedtak("V-4").virkning',
        "som i så fall får virkning fra 1. januar 2027",
        "som i så fall får verknad frå 1. januar 2027",
    ),
    ('vedtak("V-4").status', "innstilt", "tilrådd"),
    ('vedtak("V-4").behandles', "26. februar 2026", "26. februar 2026"),
    ('vedtak("V-4").innstilling_fra|stor', "Fylkesrådet", "Fylkesrådet"),
    ('vedtak("V-4").innstilling', "utmelding", "utmelding"),
    ("sak.nummer", "Sak 12/26", "Sak 12/26"),
    ("sak.tittel", "Samarbeid", "Samarbeid"),
    ("sak.tilgang", "Offentlig", "Offentleg"),
    ("møte.dato", "12. februar 2026", "12. februar 2026"),
    ("møte.utvalg|stor", "Styret", "Styret"),
    ('"ja" if sak.tittel == "Samarbeid" else "nei"', "ja", "ja"),
    ('"flere" if antall("RAAD") > 3 else "få"', "flere", "flere"),
    ('"mest" if "Oslo" in medlemmer("RAAD", kort=ja) else "minst"', "mest", "mest"),
    ('"før" if hendelse("RAAD", "omdannet") < standdato else "etter"', "før", "før"),
    ('"nådd" if standdato >= dato("2026-02-12") else "ikke nådd"', "nådd", "nådd"),
    ('"og" if nei', "", ""),
    ("7", "7", "7"),
]


@pytest.mark.parametrize(("source", "nb", "nn"), SAID, ids=[each[0] for each in SAID])
def test_the_register_answers_in_both_forms_of_norwegian(source: str, nb: str, nn: str) -> None:
    assert (said(source, known("nb")), said(source, known("nn"))) == (nb, nn)


def test_the_vocabulary_has_these_names_and_no_others() -> None:
    asked_for = {source.split("(")[0] for source, _nb, _nn in SAID}
    tables = {"medlemstabell", "utmeldingstabell", "vedtakstabell"}
    assert set(FUNCTIONS) == {name for name in asked_for if name in FUNCTIONS} | tables | {"organ"}
    assert set(FILTERS) == {"når", "år", "alfabetisk", "stor"}
    assert set(PARAMETERS) == {"organ", "type", "dato", "kort", "vedtatt", "virkning", "hendelse", "id"}


def test_a_body_is_named_when_the_paper_is_composed() -> None:
    assert asked('organ("RAAD")').value == Mention("RAAD", origin='organ("RAAD")')


def table(source: str, register: Register | None = None) -> str:
    made = asked(source, register).value
    assert isinstance(made, Table)
    return told([made])[0].replace("\\xa0", " ")


def test_a_table_has_a_caption_and_a_header() -> None:
    assert table('medlemstabell("RAAD", type="kommune")') == (
        "table Medlemmer i Østre råd IPR: [['Medlem', 'Medlem fra', 'Delregion'], "
        "['Oslo kommune', '2005', 'Midt'], ['Øvre Eiker kommune', '–', '–']]"
    )


def test_a_column_without_a_word_is_left_out_of_a_table() -> None:
    assert table('medlemstabell("RAAD", type="fylkeskommune")') == (
        "table Medlemmer i Østre råd IPR: [['Medlem'], ['Akershus fylkeskommune']]"
    )


def test_a_table_of_leavers_tells_when_it_was_decided_and_takes_effect() -> None:
    assert table('utmeldingstabell("RAAD", virkning=2026)', known("nn")) == (
        "table Utmeldingar av Østre råd IPR: [['Medlem', 'Vedteke', 'Gjeld frå'], "
        "['Bærum kommune', '2024', '1. januar 2026'], ['Frogn kommune', '2024', '1. januar 2026']]"
    )


def test_a_table_of_decisions_tells_what_waits_as_well() -> None:
    last = {**decision("V-5", type="valg", vedtaksorgan="styret"), **LEFT_2026}
    made = table('vedtakstabell("RAAD")', known("nn", decisions=[*DECISIONS, last]))
    assert made.endswith(
        "['Akershus fylkeskommune', 'utmelding', 'tilrådd', '26. februar 2026', '1. januar 2027'], "
        "['styret', 'val', 'vedteke', '2024', '1. januar 2026']]"
    )


@pytest.mark.parametrize(
    ("changed", "nb", "nn"),
    [
        (
            {"innstilling": "Akershus melder seg ut."},
            "Innstillingen fra fylkesrådet lyder: «Akershus melder seg ut»",
            "Tilrådinga frå fylkesrådet lyder: «Akershus melder seg ut»",
        ),
        (
            {"innstilling": "å melde seg ut"},
            "Fylkesrådet har innstilt på å melde seg ut",
            "Fylkesrådet har tilrådd å melde seg ut",
        ),
        (
            {"innstilling": "Utmelding"},
            "Fylkesrådet har innstilt på utmelding",
            "Fylkesrådet har tilrådd utmelding",
        ),
        ({"innstilling_fra": None}, "Det er innstilt på utmelding", "Det er tilrådd utmelding"),
        (
            {"innstilling_fra": None, "innstilling": "Vi går ut"},
            "Innstillingen lyder: «Vi går ut»",
            "Tilrådinga lyder: «Vi går ut»",
        ),
    ],
)
def test_a_proposal_reads_well_whatever_its_form(changed: Values, nb: str, nn: str) -> None:
    decisions = [{**decision("V-4", "32"), **WAITING, **changed}]
    there = {language: known(language, [*DECISIONS[:3], *decisions]) for language in ("nb", "nn")}
    read = {language: said('ventende("RAAD")', each) for language, each in there.items()}
    assert (f" 2026. {nb}. Blir" in read["nb"], f" 2026. {nn}. Blir" in read["nn"]) == (True, True)


@pytest.mark.parametrize(
    ("kind", "nb", "nn"),
    [
        ("innmelding", "sak om innmelding i", "sak om innmelding i"),
        ("omdanning", "sak om omdanning av", "sak om omdanning av"),
        (
            "avtaleendring",
            "sak om endring av samarbeidsavtalen for",
            "sak om endring av samarbeidsavtalen for",
        ),
        ("valg", "sak om valg i", "sak om val i"),
        ("budsjett", "sak om budsjettet for", "sak om budsjettet for"),
        ("annet", "en sak om", "ei sak om"),
    ],
)
def test_every_type_of_decision_can_wait(kind: str, nb: str, nn: str) -> None:
    waiting = [decision("V", type=kind, status="utsatt", vedtaksorgan="representantskapet")]
    sentences = [
        said('ventende("RAAD")', register(vedtak=waiting, saker=[case(målform=language)]))
        for language in ("nb", "nn")
    ]
    assert sentences == [f"Representantskapet skal behandle {words} Østre råd IPR" for words in (nb, nn)]


def test_an_answer_knows_the_cells_it_came_from() -> None:
    assert asked("sak.tittel").cells == (cell("saker", "tittel"),)
    assert asked("sak.tittel|stor").cells == (cell("saker", "tittel"),)
    assert asked('enhet("3201")').cells == (cell("enheter", "navn", 3),)
    assert cell("vedtak", "vedtaksdato", 2) in asked('utmeldinger("RAAD", vedtatt=2024)').cells


FILL_IN = msg("Fill in the cell it asks for, or remove the expression.")
GIVE_WORDS = msg("Give it a text in quotation marks, a number or a date.")
WRITE = msg("Write a name or a function with its arguments in quotation marks.")
A_DATE = msg("Expected a date, such as 31.12.2026.")
PRINTABLE = msg("Expected words, a number or a date.")
UNIT_TYPES = "kommune, fylkeskommune, regionråd, universitet/høyskole, annet"
MEANT = "Did you mean «{name}»?"
REFUSED = [
    ('organer("RAAD")', "«{name}» in «{source}» is unknown.", msg(MEANT, name="organ")),
    ("standdatoen", "«{name}» in «{source}» is unknown.", msg(MEANT, name="standdato")),
    ("standdato|nåår", "«{name}» in «{source}» is unknown.", msg(MEANT, name="når")),
    ("sak.titel", "«{name}» in «{source}» is unknown.", msg(MEANT, name="tittel")),
    ('vedtak("V-1").datoo', "«{name}» in «{source}» is unknown.", msg(MEANT, name="dato")),
    ("standdato.year", "«{name}» in «{source}» is unknown.", None),
    ('organ("RAD")', "«{name}» is not found in the sheet «{sheet}».", msg(MEANT, name="RAAD")),
    ('organ("X")', "«{name}» is not found in the sheet «{sheet}».", msg("Use an id from that sheet.")),
    ('enhet("3202")', "«{name}» is not found in the sheet «{sheet}».", msg("Use an id from that sheet.")),
    ('vedtak("V1")', "«{name}» is not found in the sheet «{sheet}».", msg(MEANT, name="V-1")),
    ('antall("RAAD", typ="kommune")', "«{name}» does not take «{argument}».", msg(MEANT, name="type")),
    (
        'antall("RAAD", body="RAAD")',
        "«{name}» does not take «{argument}».",
        msg("It takes: {values}.", values="organ, type, dato"),
    ),
    (
        "antall()",
        "«{name}» is not given what it needs.",
        msg("It takes: {values}.", values="organ, type, dato"),
    ),
    (
        'dato("1.1.2026", "2.1.2026")',
        "«{name}» is not given what it needs.",
        msg("It takes: {values}.", values="dato"),
    ),
    ('antall("RAAD", type="komune")', "«{value}» is not a type of unit.", msg(MEANT, name="kommune")),
    (
        'antall("RAAD", type=5)',
        "«{value}» is not a type of unit.",
        msg("Allowed: {values}.", values=UNIT_TYPES),
    ),
    ('antall("RAAD", dato="31.2.2026")', "«{value}» is not a date.", A_DATE),
    ('dato("i går")', "«{value}» is not a date.", A_DATE),
    ('utmeldte("RAAD", vedtatt="i fjor")', "«{value}» is not a year.", msg("Expected a year, such as 2026.")),
    ('utmeldte("RAAD", virkning=99999)', "«{value}» is not a year.", msg("Expected a year, such as 2026.")),
    ('medlemmer("RAAD", kort="kanskje")', "«{value}» is neither «ja» nor «nei».", msg("Expected ja or nei.")),
    (
        'hendelse("RAAD", "stifta")',
        "«{body}» has no event «{kind}» in the sheet organhistorikk.",
        msg(MEANT, name="stiftet"),
    ),
    (
        'hendelse("RAAD", 5)',
        "«{body}» has no event «{kind}» in the sheet organhistorikk.",
        msg("Known: {values}.", values="stiftet, virksomhet startet, omdannet"),
    ),
    (
        'hendelse("TOMT", "stiftet")',
        "«{body}» has no event «{kind}» in the sheet organhistorikk.",
        msg("Add it there, or correct it here."),
    ),
    (
        'utmeldinger("TOMT")',
        "nobody has left «{body}» in that period.",
        msg("Remove the expression. Who has left needs its decision named in the sheet medlemmer."),
    ),
    (
        'ventende("TOMT")',
        "no decision about «{body}» is pending.",
        msg("Remove the expression, or correct «Status» in the sheet vedtak."),
    ),
    ('utmeldte("TOMT")', "«{source}» gives nothing to print.", FILL_IN),
    ("sak.saksansvarlig", "«{source}» gives nothing to print.", FILL_IN),
    ("sak.saksansvarlig|stor", "«{source}» gives nothing to print.", FILL_IN),
    ('vedtak("V-1").behandles|når', "«{source}» gives nothing to print.", FILL_IN),
    ('vedtak("V-1").behandles|år', "«{source}» gives nothing to print.", FILL_IN),
    ("organ(sak.saksansvarlig)", "«{name}» is given an empty cell.", FILL_IN),
    ("organ(sak)", "«{name}» cannot use what it is given.", GIVE_WORDS),
    ("organ(organ)", "«{name}» cannot use what it is given.", GIVE_WORDS),
    ("sak.tittel|når", "«{name}» needs a date before it.", None),
    ("sak.tittel|år", "«{name}» needs a date before it.", None),
    ("sak.tittel|alfabetisk", "«{name}» needs a list of names before it.", None),
    ('organ("RAAD")|stor', "«{name}» needs words before it.", msg("Use organ_navn or organ_kortnavn.")),
    (
        "møte",
        "«{source}» is not something that can be printed.",
        msg("Ask for one of its parts: {values}.", values=".utvalg, .møtenummer, .dato, .sted"),
    ),
    ("organ", "«{source}» is not something that can be printed.", WRITE),
    ("ja", "«{source}» is not something that can be printed.", PRINTABLE),
    ("1.5", "«{source}» is not something that can be printed.", PRINTABLE),
    ("standdato()", "«{name}» in «{source}» is not a function.", msg("Leave out the parentheses.")),
    ('"x" if antall("RAAD") > "3" else "y"', "«{source}» compares what cannot be compared.", None),
    (
        "organ(RAAD)",
        "«{name}» in «{source}» is unknown.",
        msg("Known: {values}.", values=", ".join(["møte", "sak", *FUNCTIONS, "standdato", "ja", "nei"])),
    ),
    ("organ('RAAD'", "«{source}» cannot be understood.", WRITE),
    ("7*7", "«{source}» cannot be understood.", WRITE),
]


@pytest.mark.parametrize(("source", "found", "expected"), REFUSED, ids=[each[0] for each in REFUSED])
def test_a_wrong_question_is_told_with_what_would_be_right(
    source: str, found: str, expected: Message | None
) -> None:
    told_id, _values, told_expected = refused(source)
    assert (told_id, told_expected) == (found, expected)


def test_a_row_that_was_refused_is_not_reported_again() -> None:
    there = known()
    faulty = Register(**{**vars(there), "faulty": {"organer": frozenset({"FEIL"})}})
    assert answer(Expression('organ("FEIL")', PLACE), faulty, case_of(faulty)) == (None, ())
