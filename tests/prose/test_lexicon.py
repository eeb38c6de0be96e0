from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.prose.lexicon import Lexicon, Names, lexicon_of, names_of, without_genitive
from casebuilder.prose.rules.names import one_off
from tests.builders import BODY, body, register, unit


def lexicon(*names: str) -> Lexicon:
    bodies = [body(f"{BODY}{number or ''}", name) for number, name in enumerate(names)]
    return lexicon_of(register(organer=bodies))


def test_a_body_goes_by_its_name_and_by_that_without_its_legal_form() -> None:
    known = register(organer=[body(kortnavn="ØR")])
    assert list(names_of(known.bodies[BODY])) == ["Østre råd IPR", "Østre råd", "ØR"]


def test_a_name_that_two_bodies_share_has_both_ids() -> None:
    known = lexicon("Rådet IPR", "Rådet")
    assert known.bodies.ids == {"Rådet IPR": (BODY,), "Rådet": (BODY, f"{BODY}1")}


def test_the_longest_name_is_found_and_never_a_part_of_a_word() -> None:
    known = lexicon("Østre råd", "Østre")
    text = "Østre råds møte, Østre, Østrelia"
    found = [(text[start:end], genitive) for start, end, _name, genitive in known.bodies.found(text)]
    assert found == [("Østre råds", True), ("Østre", False)]


def test_names_that_begin_with_signs_of_patterns_are_found() -> None:
    known = lexicon("[Rådet]", "^Styret", "-Laget")
    text = "Her er [Rådet] og ^Styret."
    assert [name for _start, _end, name, _genitive in known.bodies.found(text)] == ["[Rådet]", "^Styret"]


def test_without_units_none_is_found() -> None:
    known = lexicon_of(register(enheter=[]))
    assert list(known.units.found("Horten kommune")) == []


def test_units_are_known_with_and_without_their_type() -> None:
    known = lexicon_of(register(enheter=[unit("U", "Horten", type="kommune")]))
    assert known.units.ids == {"Horten": ("U",), "Horten kommune": ("U",)}
    assert known.units_by_folded == {"horten": "Horten"}


def test_a_register_is_looked_at_once() -> None:
    known = register()
    assert known.once(lexicon_of) is known.once(lexicon_of)


def test_a_body_without_a_word_in_its_name_is_meant_by_none() -> None:
    assert lexicon("2026").body_letters == {}


@given(st.text("ABab’s -", min_size=1, max_size=12), st.text("ABab", min_size=8, max_size=11))
def test_every_name_that_can_be_meant_is_among_those_like_it(said: str, name: str) -> None:
    bare = without_genitive(said)
    meant = name.casefold() in (said.casefold(), bare.casefold()) or (
        said[:1].isupper() and any(one_off(each.casefold(), name.casefold()) for each in (said, bare))
    )
    known = lexicon(name)
    assert not meant or name in known.bodies_like(said, 1)
    assert not meant or len(said) in known.body_letters[len(re.findall(r"\w+", name))]


@given(
    st.lists(st.text("AaBs’' -[^", min_size=1, max_size=5), min_size=1, max_size=6, unique=True),
    st.text("AaBs’' -[^", max_size=30),
)
def test_names_are_found_as_a_pattern_of_them_all_would_find_them(names: list[str], text: str) -> None:
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?P<name>{longest_first})(?P<end>s|’s|'s|’|')?(?![\w-])")
    found = Names({name: (name,) for name in names}).found(text)
    assert list(found) == [
        (match.start(), match.end(), match["name"], bool(match["end"])) for match in pattern.finditer(text)
    ]
