"""A bag: another program takes it, and whatever is done to one of its files names that file."""

from __future__ import annotations

from pathlib import Path

import bagit
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.archive.bag import bagged, faults_of_bag

INFO = {"Source-Organization": "Østre råd IPR", "Bagging-Date": "2026-02-12"}
PAYLOAD = {
    "index.html": b"<p>Hei</p>",
    "saker/a/sak-1-26.pdf": b"%PDF",
    "register/m\u00f8ter.csv": b"a,b\r\n",
    "tom": b"",
}
BAG = bagged(PAYLOAD, INFO)

files = st.sampled_from(sorted(BAG))


def named(bag: dict[str, bytes]) -> set[str]:
    return {name for name, _said in faults_of_bag(bag, INFO)}


def test_the_library_of_congress_takes_it(tmp_path: Path) -> None:
    for name, data in BAG.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    bag = bagit.Bag(str(tmp_path))
    bag.validate()
    assert (bag.info["Bagging-Date"], bag.info["Payload-Oxum"]) == (
        "2026-02-12",
        f"{sum(map(len, PAYLOAD.values()))}.4",
    )


def test_a_bag_as_it_was_made_has_no_faults() -> None:
    assert faults_of_bag(BAG, INFO) == ()


@given(files, st.integers(0, 10_000), st.integers(1, 255))
@settings(max_examples=400)
def test_any_flipped_byte_names_its_file_and_no_other(name: str, at: int, by: int) -> None:
    data = bytearray(BAG[name] or b"x")
    data[at % len(data)] ^= by
    assert named({**BAG, name: bytes(data)}) == {name}


@given(files)
def test_a_missing_file_is_named(name: str) -> None:
    assert name in named({other: data for other, data in BAG.items() if other != name})


@given(st.sampled_from(["data/ny.txt", "ny.txt", "data/saker/a/til.pdf"]))
def test_a_file_too_many_is_named(name: str) -> None:
    assert named({**BAG, name: b"ny"}) == {name}


@given(files, st.integers(0, 10_000))
def test_two_changed_files_are_both_named(name: str, at: int) -> None:
    for other in BAG:
        if other == name:
            continue
        bag = dict(BAG)
        for each in (name, other):
            data = bytearray(bag[each] or b"x")
            data[at % len(data)] ^= 1
            bag[each] = bytes(data)
        told = named(bag)
        assert told, (name, other)
        if {name, other}.isdisjoint({"manifest-sha256.txt", "tagmanifest-sha256.txt"}):
            assert told >= {name, other}
