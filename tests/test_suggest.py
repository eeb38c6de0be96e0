from __future__ import annotations

from casebuilder.problems import msg
from casebuilder.suggest import did_you_mean, nearest


def test_the_nearest_name_is_found_without_regard_to_case() -> None:
    names = ["OSLOREGIONEN", "ORE", "Østlandssamarbeidet"]
    assert [
        nearest(each, names) for each in ("osloregionen", "Oslregionen", "østlandsamarbeidet", "XYZ")
    ] == [
        "OSLOREGIONEN",
        "OSLOREGIONEN",
        "Østlandssamarbeidet",
        None,
    ]


def test_the_question_is_put_only_when_a_name_is_near() -> None:
    otherwise = msg("Known: {values}.", values="a")
    assert did_you_mean("kildr", ["kilder"], otherwise) == msg("Did you mean «{name}»?", name="kilder")
    assert did_you_mean("xyz", ["kilder"], otherwise) == otherwise
    assert did_you_mean("xyz", [], otherwise) == otherwise


def test_among_very_many_names_none_is_looked_for() -> None:
    names = [f"V-{at}" for at in range(5000)]
    assert (nearest("v-17", names), nearest("v-17", names[:100])) == (None, "V-17")


def test_what_begins_as_the_name_is_nearer_than_what_resembles_it() -> None:
    assert nearest("unntatt offentlighet", ["offentlig", "delvis unntatt", "unntatt"]) == "unntatt"


def test_a_number_has_no_near_one() -> None:
    assert nearest("3382", ["3381", "3383"]) is None
