"""Provenance as a text that is kept beside a pristine copy, small enough to be kept for every paper (pure).

A sheet, a row's name and cells that several words share stand once, and cells in a column as a range. Files
of earlier versions named each cell in full, and neither rows nor days; they are read as well.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, groupby, starmap
from operator import itemgetter
from typing import Any

from casebuilder.cells import column_and_row, in_order
from casebuilder.problems import Place
from casebuilder.provenance import Line, Provenance, Told


def to_json(provenance: Provenance) -> str:
    """Return the provenance of a paper as a text that can be kept."""
    tolds = [told for lines in provenance.values() for line in lines for told in line if told.sources]
    days = Counter(told.as_of for told in tolds if told.as_of)
    standdato = min(days, key=lambda day: (-days[day], day), default=None)
    numbers: dict[tuple[Place, ...], int] = {}

    def kept(told: Told) -> object:
        if not told.sources:
            return told.text
        own_day = [told.as_of.isoformat()] if told.as_of and told.as_of != standdato else []
        return [told.text, numbers.setdefault(told.sources, len(numbers)), *own_day]

    words = {key: [[kept(told) for told in line] for line in lines] for key, lines in provenance.items()}
    places = in_order(place for sources in numbers for place in sources)
    sheets = dict.fromkeys((place.file, place.sheet) for place in places)
    at = {sheet: number for number, sheet in enumerate(sheets)}
    whole = {
        "standdato": standdato.isoformat() if standdato else None,
        "sheets": list(sheets),
        "rows": _names(places, at),
        "cells": [list(_packed(sources, at)) for sources in numbers],
        "words": words,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Provenance:
    """Return the provenance that was kept; raises ValueError if it is none."""
    try:
        kept = json.loads(text)
        return _read(kept) if "sheets" in kept else _of_earlier_version(kept)
    except (AttributeError, IndexError, KeyError, TypeError) as fault:
        raise ValueError(text[:40]) from fault


@dataclass(frozen=True, slots=True)
class Packed:
    """The provenance of one paper in few bytes, for a run keeps it of each of its papers."""

    data: bytes = b""

    @property
    def text(self) -> str:
        """The provenance as it is kept beside the pristine copy; see `to_json`."""
        return self._lines()[1]

    @property
    def whole(self) -> Provenance:
        """The provenance, its blocks in the order of the paper."""
        order, text = self._lines()
        found = from_json(text) if text else {}
        return {key: found[key] for key in json.loads(order or "[]")}

    def _lines(self) -> tuple[str, str]:
        data = zlib.decompress(self.data) if self.data else b""
        order, _, text = data.decode("utf-8", "surrogatepass").partition("\n")
        return order, text


def packed(provenance: Provenance) -> Packed:
    """Return a paper's provenance packed."""
    text = f"{json.dumps(list(provenance), ensure_ascii=False)}\n{to_json(provenance)}"
    return Packed(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))


def _names(places: Iterable[Place], at: Mapping[tuple[str, str], int]) -> list[dict[str, str]]:
    """Return, for each sheet, what its rows are called."""
    rows: list[dict[str, str]] = [{} for _sheet in at]
    for place in places:
        if place.row:
            rows[at[place.file, place.sheet]][str(column_and_row(place.cell)[1])] = place.row
    return rows


def _packed(sources: Iterable[Place], at: Mapping[tuple[str, str], int]) -> Iterator[tuple[int, str, str]]:
    """Yield (number of the sheet, column, rows as «2-9 11») for cells that are in order."""
    cells = ((at[place.file, place.sheet], *column_and_row(place.cell)) for place in sources)
    for (sheet, column), group in groupby(cells, key=itemgetter(0, 1)):
        numbered = enumerate(row for _sheet, _column, row in group)
        runs = [[row for _at, row in run] for _key, run in groupby(numbered, lambda each: each[1] - each[0])]
        yield sheet, column, " ".join(f"{run[0]}-{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)


@lru_cache(maxsize=256)
def _unpacked(file: str, sheet: str, column: str, runs: str, rows: str) -> tuple[Place, ...]:
    """Return the cells of a column; the papers of a meeting stand on the same ones. `rows` is JSON."""
    called = json.loads(rows)
    numbers = chain.from_iterable(map(_rows, runs.split()))
    names = ((row, str(called.get(str(row), ""))) for row in numbers)
    return tuple(Place(file, sheet, f"{column}{row or ''}", row=name) for row, name in names)


def _rows(run: str) -> range:
    first, _dash, last = run.partition("-")
    return range(int(first), int(last or first) + 1)


def _read(kept: Mapping[str, Any]) -> Provenance:
    standdato = date.fromisoformat(kept["standdato"]) if kept["standdato"] else None
    rows = [json.dumps(each) for each in kept["rows"]]

    def unpacked(sheet: int, column: str, runs: str) -> tuple[Place, ...]:
        file, name = map(str, kept["sheets"][sheet])
        return _unpacked(file, name, str(column), str(runs), rows[sheet])

    cells = [tuple(chain.from_iterable(starmap(unpacked, packed))) for packed in kept["cells"]]

    def told(each: Any) -> Told:  # noqa: ANN401 - JSON
        if isinstance(each, str):
            return Told(each)
        said, number, *own_day = each
        return Told(str(said), cells[number], date.fromisoformat(own_day[0]) if own_day else standdato)

    return _lines(kept, told)


def _of_earlier_version(kept: Mapping[str, Any]) -> Provenance:
    cells = [
        in_order(Place(str(one), str(two), str(three)) for one, two, three in at) for at in kept["cells"]
    ]
    return _lines(kept, lambda each: Told(str(each[0]), cells[each[1]]))


def _lines(kept: Mapping[str, Any], told: Any) -> Provenance:  # noqa: ANN401 - JSON
    def line(each: Any) -> Line:  # noqa: ANN401 - JSON
        return tuple(map(told, each))

    return {str(key): tuple(map(line, lines)) for key, lines in kept["words"].items()}
