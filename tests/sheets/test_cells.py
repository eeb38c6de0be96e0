from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.problems import Message, Place, Problem, Severity, msg
from casebuilder.sheets.cells import is_web_address, read_cell
from casebuilder.sheets.declarations import Column, Kind
from casebuilder.sheets.raw import FORMULA_WITHOUT_VALUE

PLACE = Place("bok.xlsx", "saker", "C7")
TEXT = Column("tittel", "Tittel", Kind.TEXT, longest=10)
LONG = Column("vedtak", "Vedtak", Kind.LONG_TEXT)
CODE = Column("status", "Status", Kind.CODE, codes="saksstatus")
NUMBER = Column("nr", "Nr.", Kind.INTEGER, least=1)
MONTHS = Column("mnd", "Varsel (måneder)", Kind.INTEGER, least=0, most=36)
DAY = Column("dato", "Dato", Kind.DATE)
CLOCK = Column("start", "Start", Kind.TIME)
ADDRESS = Column("url", "Adresse", Kind.URL)
ONE = Column("enhet", "Enhet-ID", Kind.REFERENCE, refers_to="enheter", padded=True)
SEVERAL = Column("enheter", "Etterfølger(e)", Kind.REFERENCES, refers_to="enheter", padded=True)
SOURCES = Column("kilder", "Kilder", Kind.REFERENCES, refers_to="kilder")
FILE = Column("mal", "Mal", Kind.FILE, pattern=r".+\.docx")
BODY = Column("organ_id", "Organ-ID", Kind.TEXT, pattern=r"[A-ZÆØÅ0-9_]+")
SHOWN = Column("enhet_navn", "Medlem (vises)", Kind.FORMULA)


TICKED = True


class Told(NamedTuple):
    rule: str
    found: Message
    severity: Severity = Severity.INFO


def told(problems: tuple[Problem, ...]) -> list[Told]:
    assert {problem.place for problem in problems} <= {PLACE}
    return [Told(problem.rule, problem.found, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("column", "raw", "value"),
    [
        (TEXT, "En sak", "En sak"),
        (TEXT, 2026, "2026"),
        (TEXT, 12.0, "12"),
        (TEXT, "{{ 7*7 }}", "{{ 7*7 }}"),
        (LONG, "en\nto", "en\nto"),
        (LONG, "en\r\nto\rtre", "en\nto\ntre"),
        (CODE, "klar", "klar"),
        (CODE, "KLAR", "klar"),
        (NUMBER, 1, 1),
        (NUMBER, "12", 12),
        (NUMBER, 12.0, 12),
        (MONTHS, 0, 0),
        (MONTHS, 36, 36),
        (DAY, datetime(2026, 2, 12), date(2026, 2, 12)),  # noqa: DTZ001
        (DAY, date(2026, 2, 12), date(2026, 2, 12)),
        (CLOCK, time(10, 30), time(10, 30)),
        (CLOCK, datetime(2026, 2, 12, 10, 30), time(10, 30)),  # noqa: DTZ001
        (CLOCK, timedelta(hours=10, minutes=30), time(10, 30)),
        (CLOCK, "10.30", time(10, 30)),
        (CLOCK, "kl. 10:30", time(10, 30)),
        (ADDRESS, "https://www.osloregionen.no/æ?a=1&b=2#c", "https://www.osloregionen.no/æ?a=1&b=2#c"),
        (ADDRESS, "http://a.no", "http://a.no"),
        (ONE, "0301", "0301"),
        (ONE, "ORE", "ORE"),
        (SEVERAL, "0301; 3201 ;;32", ("0301", "3201", "32")),
        (SOURCES, "K1", ("K1",)),
        (FILE, "saksfremstilling.docx", "saksfremstilling.docx"),
        (BODY, "ØSTLANDET_2", "ØSTLANDET_2"),
        (SHOWN, " Oslo kommune", "Oslo kommune"),
        (SHOWN, "#N/A", None),
        (SHOWN, FORMULA_WITHOUT_VALUE, None),
        (TEXT, None, None),
        (SOURCES, ";", None),
    ],
)
def test_a_good_cell_gives_its_value_without_a_word(column: Column, raw: object, value: object) -> None:
    assert read_cell(raw, column, PLACE) == (value, ())


SPACES = Told("outer-spaces", msg("spaces at the ends were taken away."))


def zero(found: str, value: str) -> Told:
    return Told("lost-zero", msg("«{found}» is read as «{value}».", found=found, value=value))


def text_date(found: str, day: str) -> Told:
    message = msg("the date «{value}» is stored as text; it is read as {date}.", value=found, date=day)
    return Told("text-date", message)


@pytest.mark.parametrize(
    ("column", "raw", "value", "notes"),
    [
        (TEXT, " En sak ", "En sak", [SPACES]),
        (TEXT, "   ", None, [SPACES]),
        (CODE, "klar ", "klar", [SPACES]),
        (DAY, " ", None, [SPACES]),
        (CLOCK, " ", None, [SPACES]),
        (ONE, 301, "0301", [zero("301", "0301")]),
        (ONE, "3", "03", [zero("3", "03")]),
        (ONE, " 301", "0301", [SPACES, zero("301", "0301")]),
        (SEVERAL, "301;3201;3", ("0301", "3201", "03"), [zero("301", "0301"), zero("3", "03")]),
        (DAY, "1.1.2027", date(2027, 1, 1), [text_date("1.1.2027", "01.01.2027")]),
        (DAY, "31/12/2026", date(2026, 12, 31), [text_date("31/12/2026", "31.12.2026")]),
        (DAY, "2026-12-31", date(2026, 12, 31), [text_date("2026-12-31", "31.12.2026")]),
        (DAY, "31. 12. 2026", date(2026, 12, 31), [text_date("31. 12. 2026", "31.12.2026")]),
        (
            DAY,
            datetime(2026, 2, 12, 10, 30),  # noqa: DTZ001
            date(2026, 2, 12),
            [Told("time-dropped", msg("the time of day in the cell is passed over."))],
        ),
    ],
)
def test_what_is_mended_is_told(column: Column, raw: object, value: object, notes: list[Told]) -> None:
    given_value, problems = read_cell(raw, column, PLACE)
    assert (given_value, told(problems)) == (value, notes)


def not_text(value: object, header: str) -> Message:
    return msg("Excel has stored «{value}» here, where «{column}» is text.", value=value, column=header)


def unfit(value: str, header: str) -> Message:
    return msg("«{value}» does not fit «{column}».", value=value, column=header)


def no_date(value: object) -> Message:
    return msg("«{value}» is not a date.", value=value)


def no_time(value: object) -> Message:
    return msg("«{value}» is not a time of day.", value=value)


def no_address(value: str) -> Message:
    return msg("«{value}» is not a web address.", value=value)


def malformed(value: str, header: str) -> Message:
    return msg("«{value}» does not have the form of «{column}».", value=value, column=header)


@pytest.mark.parametrize(
    ("column", "raw", "rule", "found"),
    [
        (TEXT, 1.5, "not-text", not_text(1.5, "Tittel")),
        (TEXT, True, "not-text", not_text(TICKED, "Tittel")),
        (TEXT, datetime(2026, 1, 2), "not-text", not_text("02.01.2026", "Tittel")),  # noqa: DTZ001
        (TEXT, timedelta(1), "not-text", not_text(timedelta(1), "Tittel")),
        (TEXT, "elleve tegn", "too-long", msg("the text has {length} characters.", length=11)),
        (TEXT, "a\nb", "line-break", None),
        (TEXT, "a\rb", "line-break", None),
        (TEXT, "#REF!", "cell-error", msg("the cell shows the error «{error}».", error="#REF!")),
        (TEXT, FORMULA_WITHOUT_VALUE, "formula-without-value", None),
        (DAY, FORMULA_WITHOUT_VALUE, "formula-without-value", None),
        (DAY, "#N/A", "cell-error", msg("the cell shows the error «{error}».", error="#N/A")),
        (CODE, "klart", "unknown-code", None),
        (NUMBER, 0, "not-a-number", unfit("0", "Nr.")),
        (NUMBER, 1.5, "not-a-number", unfit("1.5", "Nr.")),
        (NUMBER, True, "not-a-number", unfit("True", "Nr.")),
        (NUMBER, "én", "not-a-number", unfit("én", "Nr.")),
        (NUMBER, "١", "not-a-number", unfit("١", "Nr.")),
        (NUMBER, "9" * 5000, "not-a-number", unfit("9" * 5000, "Nr.")),
        (MONTHS, 37, "not-a-number", unfit("37", "Varsel (måneder)")),
        (MONTHS, -1, "not-a-number", unfit("-1", "Varsel (måneder)")),
        (DAY, "i fjor", "not-a-date", no_date("i fjor")),
        (DAY, "31.2.2026", "not-a-date", no_date("31.2.2026")),
        (DAY, "1.1.27", "not-a-date", no_date("1.1.27")),
        (DAY, 2026, "not-a-date", no_date(2026)),
        (DAY, True, "not-a-date", no_date(TICKED)),
        (DAY, "a\x0b", "control-character", None),
        (CLOCK, "25.00", "not-a-time", no_time("25.00")),
        (CLOCK, "10.60", "not-a-time", no_time("10.60")),
        (CLOCK, 12.15, "not-a-time", no_time(12.15)),
        (CLOCK, timedelta(days=1), "not-a-time", no_time(timedelta(days=1))),
        (ADDRESS, "www.osloregionen.no", "not-an-address", no_address("www.osloregionen.no")),
        (ADDRESS, "ftp://a.no", "not-an-address", no_address("ftp://a.no")),
        (ADDRESS, "https://", "not-an-address", no_address("https://")),
        (ADDRESS, "https://:80/", "not-an-address", no_address("https://:80/")),
        (ADDRESS, "https://[a", "not-an-address", no_address("https://[a")),
        (ADDRESS, "https://a.no/en side", "not-an-address", no_address("https://a.no/en side")),
        (FILE, "mal.doc", "wrong-form", malformed("mal.doc", "Mal")),
        (BODY, "Oslo", "wrong-form", malformed("Oslo", "Organ-ID")),
    ],
)
def test_a_bad_cell_is_refused_at_its_place(
    column: Column, raw: object, rule: str, found: Message | None
) -> None:
    value, problems = read_cell(raw, column, PLACE)
    assert (value, [(each.rule, each.place, each.severity) for each in problems]) == (
        None,
        [(rule, PLACE, Severity.ERROR)],
    )
    assert found in (None, problems[0].found)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x0c", "\x1c", "\x1f", "\ud83d", "\ufffe", "\uffff"])
@pytest.mark.parametrize("text", ["{}", "a{}b", "a{}", "{}b"])
@pytest.mark.parametrize("column", [TEXT, LONG, CODE, ADDRESS, SOURCES, NUMBER])
def test_a_character_that_word_cannot_hold_is_refused_also_at_the_ends(
    character: str, text: str, column: Column
) -> None:
    found = msg(
        "the cell holds the invisible control character {code}, which Word cannot hold.",
        code=f"U+{ord(character):04X}",
    )
    problem = Problem("control-character", PLACE, found, msg("Delete it and type the text again."))
    assert read_cell(text.format(character), column, PLACE) == (None, (problem,))


def test_an_unknown_code_asks_after_the_nearest_and_else_lists_them() -> None:
    asked = read_cell("utkats", CODE, PLACE)[1][0].expected
    listed = read_cell("zzz", CODE, PLACE)[1][0].expected
    values = "utkast, til kvalitetssikring, klar, utsendt, behandlet, utsatt, trukket"
    assert (asked, listed) == (
        msg("Did you mean «{name}»?", name="utkast"),
        msg("Allowed: {values}.", values=values),
    )


@given(st.text(min_size=1))
def test_any_text_arrives_unchanged_but_for_its_ends_or_is_refused(text: str) -> None:
    value, problems = read_cell(text, LONG, PLACE)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    refused = any(problem.is_error for problem in problems)
    assert value == (None if refused else plain or None)
    assert refused == any(problem.rule in ("control-character", "cell-error") for problem in problems)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.timedeltas()))
@pytest.mark.parametrize(
    "column", [TEXT, LONG, CODE, NUMBER, DAY, CLOCK, ADDRESS, ONE, SEVERAL, FILE, BODY, SHOWN]
)
def test_no_content_of_a_cell_stops_the_reading(column: Column, raw: object) -> None:
    value, problems = read_cell(raw, column, PLACE)
    assert value is None or not any(problem.is_error for problem in problems)


def test_a_web_address_has_a_scheme_a_host_and_no_spaces() -> None:
    addresses = ["https://a.no/", "HTTPS://A.NO", "https:///sti", "mailto:a@b.no", "https://a.no\n"]
    assert [is_web_address(each) for each in addresses] == [True, True, False, False, False]


def test_a_year_that_excel_has_made_a_date_of_is_asked_about() -> None:
    column = Column("dato", "Dato", Kind.DATE)
    value, problems = read_cell(date(1905, 6, 25), column, Place("a.xlsx", "organhistorikk", "C2"))
    assert (value, [problem.rule for problem in problems]) == (date(1905, 6, 25), ["perhaps-a-year"])
    assert dict(problems[0].found.values)["number"] == 2003
    assert read_cell(date(1993, 1, 1), column, Place()) == (date(1993, 1, 1), ())
