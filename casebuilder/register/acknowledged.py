"""Warnings that somebody has looked at and signed for, in the sheet «avvik» (pure).

A row names the rule, as the warning shows it, and what it is about: the id of the row that the warning
stands in, the case it concerns, or the file. A sound row takes its warnings away; a count of them is
told. An error cannot be signed for. A row that matches nothing is told, so that it does not lie in wait
for a fault of tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from casebuilder.problems import Place, Problem, info, msg, warning
from casebuilder.register.records import RESTING, SENT
from casebuilder.register.rules import RULES
from casebuilder.sheets import Row, Tables
from casebuilder.sheets.columns import BY_NAME
from casebuilder.suggest import did_you_mean

_OWNERS = {
    "organhistorikk": "organ_id",
    "vedlegg": "sak_id",
    "deltakere": "møte_id",
    "behandling": "sak_id",
}
"""Sheets whose rows have no id of their own → the column that says whose they are."""

PUBLIC_WORD = "ord-også-offentlig"
"""The rule by which a short word may stand in public though it is marked as exempt somewhere else."""
_TEXTS = "sources/tekster/"
_Names = Mapping[tuple[str, str, int], frozenset[str]]


def acknowledged(
    problems: Iterable[Problem],
    tables: Tables,
    papers: Mapping[str, str] | None = None,
    *,
    is_whole: bool = True,
    other_rules: Iterable[str] = (),
) -> tuple[Problem, ...]:
    """Return the problems without the warnings that are signed for, and what is to be said of «avvik».

    `papers` says of which case a file is. Unless the run was about all cases (`is_whole`), a row that
    matches nothing may belong to another case, and is not told. `other_rules` are the names that warnings
    can have besides those of the rules on the register.
    """
    rows = [row for row in tables["avvik"] if not row.faulty and _signed(row)[0] != PUBLIC_WORD]
    if not rows:
        return tuple(problems)
    names, files = _names_by_row(tables), {**_cases_by_text(tables), **(papers or {})}
    signed = {_signed(row) for row in rows}
    matched = [
        (each, signed & {(each.rule.casefold(), name) for name in _subjects(each, names, files)})
        for each in problems
    ]
    kept = [each for each, pairs in matched if each.is_error or not pairs]
    refused = {pair for each, pairs in matched if each.is_error for pair in pairs}
    told = [_an_error(row) for row in rows if _signed(row) in refused]
    if is_whole:
        over = _over(tables)
        met = {pair for _each, pairs in matched for pair in pairs}
        known = {each.rule for each, _pairs in matched} | {rule.name for rule in RULES} | set(other_rules)
        told += [
            _no_match(row, known) for row in rows if _signed(row) not in met and _signed(row)[1] not in over
        ]
    count = len(matched) - len(kept)
    return (*kept, *told, *([_count(rows[0], count)] if count else []))


def public_words(tables: Tables) -> frozenset[str]:
    """Return the words, in small letters, that somebody has signed for as public wherever they stand."""
    rows = (row for row in tables["avvik"] if not row.faulty)
    return frozenset(said for rule, said in map(_signed, rows) if rule == PUBLIC_WORD)


def _count(row: Row, count: int) -> Problem:
    place = row.place("regel")
    found = msg("acknowledged in this sheet, and therefore not shown: {count}.", count=count)
    return info("acknowledged", Place(place.file, place.sheet), found)


def _an_error(row: Row) -> Problem:
    found = msg(
        "«{rule}» is an error for {about}, and cannot be acknowledged.",
        rule=_shown(row, "regel"),
        about=_shown(row, "gjelder"),
    )
    expected = msg("Mend the error, and delete this row.")
    return warning("acknowledged-error", row.place("regel"), found, expected)


def _no_match(row: Row, known: Iterable[str]) -> Problem:
    name = _shown(row, "regel")
    found = msg("there is no warning «{rule}» for {about}.", rule=name, about=_shown(row, "gjelder"))
    rules = {each.casefold(): each for each in sorted(known)}
    delete = msg("Delete the row when it is no longer needed.")
    expected = delete if name.casefold() in rules else did_you_mean(name, rules.values(), delete)
    return info("acknowledged-nothing", row.place("regel"), found, expected)


def _shown(row: Row, field: str) -> str:
    return str(row.values[field])


def _signed(row: Row) -> tuple[str, str]:
    """Return the rule that a row signs for, and what it is about."""
    return _shown(row, "regel").casefold(), _shown(row, "gjelder").casefold()


def _over(tables: Tables) -> set[str]:
    """Return the cases of which no paper is made any more; what was signed for them is left in peace."""
    return {
        str(row.values["sak_id"]).casefold()
        for row in tables["saker"]
        if row.values["status"] in (*SENT, *RESTING)
    }


def _subjects(problem: Problem, names: _Names, files: Mapping[str, str]) -> frozenset[str]:
    """Return what a problem can be said to be about: its row, its case, its file."""
    place = problem.place
    number = re.search(r"\d+", place.cell)
    own = names.get((place.file, place.sheet, int(number.group())), frozenset()) if number else frozenset()
    if own:
        return own
    stem = re.sub(r"\.[^./]*$", "", place.file.casefold())
    case = files.get(place.file) or files.get(stem) or files.get(stem.rpartition("/")[0])
    file = place.file.rsplit("/", 1)[-1]
    return frozenset(name.casefold() for name in (case, file, place.sheet) if name)


def _cases_by_text(tables: Tables) -> dict[str, str]:
    """Return the cases by the path of their text or folder of texts, in small letters and without ending."""
    texts = ((row.values["tekst"] or row.values["sak_id"], row.values["sak_id"]) for row in tables["saker"])
    return {
        re.sub(r"\.(md|docx)$", "", f"{_TEXTS}{text}".casefold()): str(name) for text, name in texts if name
    }


def _names_by_row(tables: Tables) -> _Names:
    """Return the ids that every row goes by."""
    result = {}
    for sheet, rows in tables.rows.items():
        for row in rows:
            place = next(iter(row.places.values()))
            result[place.file, place.sheet, row.number] = frozenset(_ids(sheet, row))
    return result


def _ids(sheet: str, row: Row) -> Iterable[str]:
    key = BY_NAME[sheet].key
    name = row.values[key.field] if key else row.values.get(_OWNERS.get(sheet, ""))
    if name is None and sheet == "medlemmer":
        name = f"{row.values['organ_id']}-{row.values['enhet_id']}"
    return [str(name).casefold()] if name else []
