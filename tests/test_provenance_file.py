"""Provenance kept as a text: it comes back as it was, small, also where an earlier version kept it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from casebuilder.problems import Place
from casebuilder.provenance import Provenance, Told
from casebuilder.provenance_file import from_json, to_json

DAY = date(2026, 2, 5)


def members(*rows: int) -> tuple[Place, ...]:
    return tuple(
        Place("sources/m.xlsx", "medlemmer", f"{column}{row}", row=f"M-{row:03}")
        for column in ("C", "E")
        for row in rows
    )


KNOWN: Provenance = {
    "": ((Told("Plan", (Place("sources/s.xlsx", "saker", "H2", row="S-1"),), DAY),),),
    "b1": (
        (Told("Rådet «har» "), Told("62", members(*range(2, 64)), DAY), Told(" medlemmer.")),
        (Told("57", members(2, 3, 5), date(2027, 1, 1)),),
    ),
}


def test_it_comes_back_as_it_was_with_rows_and_days() -> None:
    read = from_json(to_json(KNOWN))
    assert read == KNOWN
    rows = [place.row for place in read["b1"][1][0].sources]
    assert rows == ["M-002", "M-003", "M-005"] * 2


def test_a_row_that_many_cells_share_is_named_once_and_cells_in_a_column_are_a_range() -> None:
    kept = to_json({"b1": (tuple(Told(f"{at} av", members(*range(2, 400)), DAY) for at in range(50)),)})
    assert kept.count("M-002") == 1
    assert len(kept) < 398 * 20 + 50 * 20


def test_the_kept_text_of_the_same_paper_is_always_the_same() -> None:
    assert to_json(from_json(to_json(KNOWN))) == to_json(KNOWN)


def test_a_file_of_an_earlier_version_is_read_without_rows_and_days() -> None:
    earlier = {
        "cells": [[], [["sources/s.xlsx", "saker", "J4"], ["sources/s.xlsx", "saker", "H4"]]],
        "words": {"b1": [[["Ved ", 0], ["Kari", 1]]]},
    }
    cells = (Place("sources/s.xlsx", "saker", "H4"), Place("sources/s.xlsx", "saker", "J4"))
    assert from_json(json.dumps(earlier)) == {"b1": ((Told("Ved "), Told("Kari", cells)),)}


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "3", "null", '{"a": 1}', '{"a": [[["b"]]]}', '{"cells": [], "words": {"b": [[["c", 0]]]}}',
        '{"sheets": [], "rows": [], "cells": [[[0, "A", "2"]]], "words": {}, "standdato": null}',
        '{"sheets": [], "rows": [], "cells": [], "words": {}, "standdato": "i går"}',
        '{"sheets": [], "rows": [], "cells": [], "words": {"b": [[["c"]]]}, "standdato": null}',
    ],
)  # fmt: skip
def test_a_text_that_is_none_is_refused_by_a_known_fault(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)
