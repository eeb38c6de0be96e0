from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.prose.lexicon import Lexicon, lexicon_of, names_of, without_genitive
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
    found = [match.group() for match in known.bodies.pattern.finditer("Østre råds møte, Østre, Østrelia")]
    assert found == ["Østre råds", "Østre"]


def test_names_that_begin_with_signs_of_patterns_are_found() -> None:
    known = lexicon("[Rådet]", "^Styret", "-Laget")
    text = "Her er [Rådet] og ^Styret."
    assert [match["name"] for match in known.bodies.pattern.finditer(text)] == ["[Rådet]", "^Styret"]


def test_without_units_none_is_found() -> None:
    known = lexicon_of(register(enheter=[]))
    assert not known.units.pattern.search("Horten kommune")


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
