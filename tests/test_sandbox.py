from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.sandbox import (
    PRINTER,
    TEMPLATES,
    BadSyntax,
    ExpressionError,
    NotAFunction,
    NotComparable,
    Recorder,
    UnknownName,
    asks_for,
    evaluate,
)

NAMES: Mapping[str, object] = {
    "sak": {"tittel": "Samarbeid", "tom": None},
    "tall": 5,
    "navn": lambda *arguments, **named: ("navn", arguments, named),
}
FILTERS: Mapping[str, Callable[[object], object]] = {"stor": lambda value: str(value).upper()}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("tall", 5),
        ("sak.tittel", "Samarbeid"),
        ("sak.tittel|stor", "SAMARBEID"),
        ("navn('A', kort=true)", ("navn", ("A",), {"kort": True})),
        ("navn(navn('A'))", ("navn", (("navn", ("A",), {}),), {})),
        ("'ja' if tall > 3 else 'nei'", "ja"),
        ("'ja' if tall > 3 and not sak.tom else 'nei'", "ja"),
        ("sak.tom or 'ukjent'", "ukjent"),
        ("1 < 2 < 3", True),
        ("1 < 2 > 3", False),
        ("'arbeid' in sak.tittel", True),
        ("'x' not in sak.tittel", True),
        ("'ja' if false", ""),
        ("((tall))", 5),
    ],
)
def test_an_expression_gives_its_value(source: str, value: object) -> None:
    assert evaluate(source, NAMES, FILTERS) == value


@pytest.mark.parametrize(
    "source",
    [
        "",
        "7*7",
        "1 + 1",
        "-1",
        "'a' ~ 'b'",
        "[1, 2]",
        "{'a': 1}",
        "(1, 2)",
        "sak['tittel']",
        "sak.tittel.upper()",
        "'x'.format(1)",
        "','.join(sak)",
        "'x'.ljust(1000000000)",
        "navn(*sak)",
        "navn(**sak)",
        "navn('A')('B')",
        "tall|stor(3)",
        "tall is defined",
        "a b",
        "tall }} {{ tall",
        "tall %} {% if",
        "🙂",
        "'åpen",
        "1" * 3000,
        "not " * 200 + "tall",
        "navn(" * 200 + ")" * 200,
        "(" * 1900 + "tall",
    ],
)
def test_what_a_text_may_not_do_is_bad_syntax(source: str) -> None:
    with pytest.raises(BadSyntax):
        evaluate(source, NAMES, FILTERS)


@pytest.mark.parametrize(
    ("source", "name", "known"),
    [
        ("sk.tittel", "sk", ("sak", "tall", "navn")),
        ("sak.titel", "titel", ("tittel", "tom")),
        ("tall|liten", "liten", ("stor",)),
        ("'ja' if true else ukjent", "ukjent", ("sak", "tall", "navn")),
        ("sak.items", "items", ("tittel", "tom")),
        ("sak.__class__", "__class__", ("tittel", "tom")),
        ("tall.real", "real", ()),
        ("navn.__globals__", "__globals__", ()),
        ("sak.tittel.__class__.__mro__", "__class__", ()),
        ("sak.tom.x", "x", ()),
        ("'x'.join", "join", ()),
        ("range", "range", ("sak", "tall", "navn")),
        ("self", "self", ("sak", "tall", "navn")),
        ("cycler", "cycler", ("sak", "tall", "navn")),
    ],
)
def test_only_groups_of_values_have_parts(source: str, name: str, known: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName) as caught:
        evaluate(source, NAMES, FILTERS)
    assert (caught.value.name, caught.value.known) == (name, known)


def test_what_is_no_function_cannot_be_called() -> None:
    with pytest.raises(NotAFunction) as caught:
        evaluate("tall()", NAMES, FILTERS)
    assert caught.value.name == "tall"


@pytest.mark.parametrize("source", ["tall > 'a'", "'a' in tall", "sak < tall", "sak.tom >= 1"])
def test_what_has_no_order_cannot_be_compared(source: str) -> None:
    with pytest.raises(NotComparable):
        evaluate(source, NAMES, FILTERS)


PIECES = [
    *"()[]{}'\"|.,=<>!*+-~%#:_ 1\n",
    "sak",
    ".tittel",
    "tall",
    "navn(",
    " if ",
    " else ",
    " not ",
    " in ",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_gives_a_value_or_an_expression_error(source: str) -> None:
    try:
        value = evaluate(source, NAMES, FILTERS)
    except ExpressionError:
        return
    assert not isinstance(value, type)


def test_a_template_that_prints_an_unknown_name_says_which_and_what_is_known() -> None:
    template = TEMPLATES.from_string("{{ sak.titel }}")
    with pytest.raises(UnknownName) as caught:
        template.render({**NAMES, PRINTER: str})
    assert (caught.value.name, caught.value.known) == ("titel", ("tittel", "tom"))


def test_every_value_that_a_template_prints_passes_through_the_printer_of_its_context() -> None:
    seen: list[object] = []

    def printer(value: object) -> str:
        seen.append(value)
        return "X"

    template = TEMPLATES.from_string("{{ 'fast' }} {{ sak.tittel }}")
    assert template.render({**NAMES, PRINTER: printer}) == "X X"
    assert seen == ["fast", "Samarbeid"]
    assert template.render({**NAMES, PRINTER: str.upper}) == "FAST SAMARBEID"
    assert seen == ["fast", "Samarbeid"]


def test_a_recorder_tells_what_was_rendered_and_what_came_of_it() -> None:
    recorder = Recorder()
    context = {**NAMES, PRINTER: str}
    made = [recorder.from_string(each).render(context) for each in ("{{ sak.tittel }}\n", "{fast}")]
    assert made == [answer for _template, answer in recorder.answers] == ["Samarbeid", "{fast}"]
    other = {**context, "sak": {"tittel": "Noe annet"}}
    assert [template.render(other) for template, _answer in recorder.answers] == ["Noe annet", "{fast}"]


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("sak.tittel", True),
        ('medlemstall("A") if sak.tittel else ""', True),
        ("sak", True),
        ('medlemstall("sak")', False),
        ("standdato", False),
        ("{{", True),  # nobody knows what it asks for
    ],
)
def test_what_asks_for_a_name_is_known_before_it_is_answered(source: str, *, asks: bool) -> None:
    assert asks_for(source, ("møte", "sak")) is asks


def test_a_template_cannot_change_what_it_is_given() -> None:
    given_list: list[int] = []
    template = TEMPLATES.from_string("{{ liste.append(1) }}")
    with pytest.raises(UnknownName):
        template.render({"liste": given_list, PRINTER: str})
    assert given_list == []
