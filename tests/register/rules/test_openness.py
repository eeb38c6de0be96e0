from __future__ import annotations

import pytest

from tests.builders import Values, attachment, case, cell, unit
from tests.register.rules.breaking import broken_by, places, problems

OPENNESS = {"taushetsplikt-uten-hjemmel", "hjemmelens-form", "hjemmel-men-offentlig"}


def exempt(text: str | None, access: str = "unntatt") -> Values:
    return case(tilgang=access, unntatt_hjemmel=text)


@pytest.mark.parametrize(
    "text",
    [
        "offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1",
        "jf. offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 2",
        "offl. §\xa013 første ledd, jf. fvl. § 13 første ledd nr. 1",
        "offl. § 23 første ledd",
        "offl. § 26 femte ledd",
        "offl. § 24 tredje ledd første punktum",
        "offl. § 25",
        "offentleglova § 23 fyrste ledd",
        None,
    ],
)
def test_a_provision_cited_as_the_law_wants_it_is_right(text: str | None) -> None:
    found = broken_by(saker=[exempt(text)])
    assert [each for each in found if each.rule in OPENNESS] == []


@pytest.mark.parametrize("text", ["offl. § 13", "offl. § 13 første ledd", "jf. offl. § 13", "Offl §13"])
def test_secrecy_without_its_own_provision_is_an_error_and_told_once(text: str) -> None:
    found = [each for each in broken_by(saker=[exempt(text)]) if each.rule in OPENNESS]
    assert [(each.rule, each.place) for each in found] == [
        ("taushetsplikt-uten-hjemmel", cell("saker", "unntatt_hjemmel"))
    ]
    assert found[0].cases == frozenset({"S-1"})


@pytest.mark.parametrize(
    "text", ["offl § 23", "§ 23", "unntatt", "Offentlighetsloven § 23", "offl. § 23 ledd 1", "offl. §23"]
)
def test_a_provision_in_another_form_is_told(text: str) -> None:
    assert places("hjemmelens-form", saker=[exempt(text)]) == [cell("saker", "unntatt_hjemmel")]


def test_an_attachment_s_provision_is_held_to_the_same() -> None:
    given = attachment(1, "Notat", tilgang="delvis unntatt", unntatt_hjemmel="offl. § 13")
    assert places("taushetsplikt-uten-hjemmel", vedlegg=[given]) == [cell("vedlegg", "unntatt_hjemmel")]


def test_what_is_open_names_no_provision() -> None:
    assert places("hjemmel-men-offentlig", saker=[exempt(None, "offentlig")]) == []
    assert places("hjemmel-men-offentlig", saker=[exempt("offl. § 23", "delvis unntatt")]) == []
    assert places("hjemmel-men-offentlig", saker=[exempt("offl. § 23", "offentlig")]) == [
        cell("saker", "tilgang")
    ]


NUMBER = "32019900265"  # there is no 32 January
OTHER = "12345678901"


def test_an_identity_number_is_told_at_its_cell_and_never_repeated() -> None:
    cases = [case(saksbehandler=f"Kari {NUMBER}", klassering=OTHER)]
    found = problems("fødselsnummer", saker=cases, enheter=[unit("0301", f"Oslo {NUMBER}")])
    assert {each.place for each in found} == {cell("enheter", "navn"), cell("saker", "saksbehandler")}
    assert NUMBER not in repr(found)


def test_numbers_that_do_not_check_are_left_in_peace() -> None:
    assert places("fødselsnummer", saker=[case(tittel=f"Konto {OTHER}", løpenr=12)]) == []
