"""Rows → records, and whether the references between them hold (pure).

A row with an error of its own is left out of the register; what refers to it is not reported again.
Only meetings and cases are kept as far as they can be read, so that their texts are looked through in
the same run; their faults hold the papers back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from casebuilder.problems import Problem, msg
from casebuilder.register.dates import CoarseDate, Precision
from casebuilder.register.records import (
    Attachment,
    Body,
    BodyEvent,
    Case,
    Decision,
    Meeting,
    Membership,
    Register,
    Source,
    Unit,
)
from casebuilder.sheets import Row, Tables
from casebuilder.sheets.codes import CODES
from casebuilder.sheets.columns import BY_NAME, SHEETS
from casebuilder.sheets.declarations import Column, Sheet
from casebuilder.suggest import did_you_mean


def read_register(tables: Tables) -> tuple[Register, tuple[Problem, ...]]:
    """Make the records of all sheets; dangling references are problems at their cells."""
    known = {sheet.name: _keys(tables, sheet) for sheet in SHEETS}
    problems = [
        problem
        for sheet in SHEETS
        for row in tables[sheet.name]
        for problem in _dangling(row, known, tables.incomplete)
    ]
    dangling = {(problem.place.file, problem.place.sheet, problem.place.cell) for problem in problems}
    sound = {sheet.name: _sound(tables[sheet.name], dangling) for sheet in SHEETS}
    decisions = {record.id: record for record in map(_decision, sound["vedtak"])}
    meetings = {record.id: record for record in map(_meeting, _usable(tables, "møter"))}
    positions = {row.number: at for at, row in enumerate(tables["saker"], 1)}
    held = tuple(row for row in _usable(tables, "saker") if _value(row, "møte_id") in meetings)
    sound["saker"] = tuple(row for row in sound["saker"] if _value(row, "møte_id") in meetings)
    cases = {record.id: record for record in (_case(row, positions[row.number], meetings) for row in held)}
    units = {record.id: record for record in map(_unit, sound["enheter"])}
    register = Register(
        bodies={record.id: record for record in map(_body, sound["organer"])},
        events=tuple(map(_event, sound["organhistorikk"])),
        units=units,
        memberships=tuple(
            _membership(row, decisions)
            for row in sound["medlemmer"]
            if _value(row, "enhet_id") in units and _is_joined(row, decisions)
        ),
        decisions=decisions,
        sources={record.id: record for record in map(_source, sound["kilder"])},
        meetings=meetings,
        cases=cases,
        attachments=tuple(map(_attachment, sound["vedlegg"])),
        faulty={sheet.name: _refused(tables, sheet, sound[sheet.name]) for sheet in SHEETS},
        incomplete=tables.incomplete,
        is_partial=any(_is_partial(tables, sound, sheet) for sheet in _GROUNDS),
    )
    return register, (*problems, *_wrong_years(held, meetings))


def _sound(rows: tuple[Row, ...], dangling: set[tuple[str, str, str]]) -> tuple[Row, ...]:
    return tuple(
        row
        for row in rows
        if not row.faulty
        and not any((place.file, place.sheet, place.cell) in dangling for place in row.places.values())
    )


_GROUNDS = ("organer", "organhistorikk", "enheter", "medlemmer", "vedtak")
"""The sheets that figures and phrases stand on."""


def _is_partial(tables: Tables, sound: Mapping[str, tuple[Row, ...]], sheet: str) -> bool:
    return sheet in tables.incomplete or len(sound[sheet]) < len(tables[sheet])


_ESSENTIAL = {"møter": ("møte_id", "organ_id", "dato"), "saker": ("sak_id", "møte_id")}
"""What a meeting or a case cannot be looked at without."""


def _usable(tables: Tables, sheet: str) -> tuple[Row, ...]:
    """Return the rows that can be looked at, with stand-ins for required values that are not there."""
    rows = (
        row for row in tables[sheet] if all(_value(row, field) is not None for field in _ESSENTIAL[sheet])
    )
    return tuple(_with_stand_ins(row) if row.faulty else row for row in rows)


def _with_stand_ins(row: Row) -> Row:
    values = dict(row.values)
    for column in BY_NAME[row.sheet].columns:
        if values[column.field] is None and (column.required or column.default):
            values[column.field] = column.default or (CODES[column.codes][0] if column.codes else "")
    return replace(row, values=values)


def _refused(tables: Tables, sheet: Sheet, kept: tuple[Row, ...]) -> frozenset[str]:
    """Return the ids of a sheet that were read but are in no record."""
    return _keys(tables, sheet) - _ids(kept, sheet)


def _dangling(row: Row, known: Mapping[str, frozenset[str]], incomplete: frozenset[str]) -> list[Problem]:
    problems = []
    for column in BY_NAME[row.sheet].columns:
        value = row.values[column.field]
        if column.refers_to in incomplete or not column.refers_to or value is None:
            continue
        there = known[column.refers_to]
        names = value if isinstance(value, tuple) else (value,)
        problems += [_no_such(row, column, str(name), there) for name in names if name not in there]
    return problems


def _no_such(row: Row, column: Column, name: str, known: frozenset[str]) -> Problem:
    found = msg("«{name}» is not found in the sheet «{sheet}».", name=name, sheet=column.refers_to)
    expected = did_you_mean(name, known, msg("Add it there, or correct it here."))
    return Problem("dangling-reference", row.place(column.field), found, expected)


def _keys(tables: Tables, sheet: Sheet) -> frozenset[str]:
    return _ids(tables[sheet.name], sheet)


def _ids(rows: tuple[Row, ...], sheet: Sheet) -> frozenset[str]:
    key = sheet.key
    return frozenset(str(row.values[key.field]) for row in rows if key and row.values[key.field] is not None)


def _wrong_years(rows: tuple[Row, ...], meetings: Mapping[str, Meeting]) -> list[Problem]:
    problems = []
    for row in rows:
        meeting = meetings.get(_value(row, "møte_id"))
        year = row.values["år"]
        if meeting and year is not None and year != meeting.day.year:
            found = msg(
                "the year is {year}, but the meeting is in {other}.", year=year, other=meeting.day.year
            )
            expected = msg("Leave the cell empty, or correct it.")
            problems.append(Problem("wrong-year", row.place("år"), found, expected))
    return problems


def _value(row: Row, field: str) -> Any:  # noqa: ANN401 - the table of columns gives the type
    return row.values[field]


def _coarse(row: Row, field: str, precision: str) -> CoarseDate | None:
    day = _value(row, field)
    return CoarseDate(day, Precision(_value(row, precision) or "dag")) if day else None


def _body(row: Row) -> Body:
    return Body(
        row,
        id=_value(row, "organ_id"),
        name=_value(row, "navn"),
        short_name=_value(row, "kortnavn"),
        definition=_value(row, "definisjon"),
        form=_value(row, "organisasjonsform"),
        website=_value(row, "nettsted"),
        office=_value(row, "kontorkommune"),
        leaving_rule=_value(row, "uttreden_regel"),
        notice=_value(row, "uttreden_varsel_mnd"),
        leaving_effect=_value(row, "uttreden_virkning"),
        leaving_basis=_value(row, "uttreden_hjemmel"),
        source_id=_value(row, "kilde_id"),
    )


def _event(row: Row) -> BodyEvent:
    return BodyEvent(
        row,
        body_id=_value(row, "organ_id"),
        kind=_value(row, "hendelse"),
        date=CoarseDate(_value(row, "dato"), Precision(_value(row, "presisjon"))),
        new_form=_value(row, "ny_form"),
        description=_value(row, "beskrivelse"),
        source_id=_value(row, "kilde_id"),
    )


def _unit(row: Row) -> Unit:
    return Unit(
        row,
        id=_value(row, "enhet_id"),
        type=_value(row, "type"),
        name=_value(row, "navn"),
        own_full_name=_value(row, "navn_fullt"),
        valid_from=_value(row, "gyldig_fra"),
        valid_to=_value(row, "gyldig_til"),
    )


def _decision(row: Row) -> Decision:
    return Decision(
        row,
        id=_value(row, "vedtak_id"),
        type=_value(row, "type"),
        unit_id=_value(row, "enhet_id"),
        decided_by=_value(row, "vedtaksorgan"),
        body_id=_value(row, "gjelder_organ"),
        status=_value(row, "status"),
        decided=_coarse(row, "vedtaksdato", "vedtaksdato_presisjon"),
        hearing=_value(row, "behandles_dato"),
        proposed_by=_value(row, "innstilling_fra"),
        proposal=_value(row, "innstilling"),
        effective=_value(row, "virkningsdato"),
        text=_value(row, "vedtakstekst"),
        source_ids=_value(row, "kilde_id") or (),
    )


def _membership(row: Row, decisions: Mapping[str, Decision]) -> Membership:
    return Membership(
        row,
        id=_value(row, "medlemskap_id"),
        body_id=_value(row, "organ_id"),
        unit_id=_value(row, "enhet_id"),
        role=_value(row, "rolle"),
        joined=_coarse(row, "medlem_fra", "medlem_fra_presisjon"),
        left=_left(row, decisions.get(_value(row, "utmelding_vedtak_id"))),
        joining_id=_value(row, "innmelding_vedtak_id"),
        leaving_id=_value(row, "utmelding_vedtak_id"),
        group=_value(row, "gruppering"),
        source_ids=_value(row, "kilde_id") or (),
    )


def _is_joined(row: Row, decisions: Mapping[str, Decision]) -> bool:
    """Tell whether a membership is settled: a decision to join that is not made begins none."""
    decision = decisions.get(_value(row, "innmelding_vedtak_id"))
    return decision is None or decision.is_made


def _left(row: Row, decision: Decision | None) -> CoarseDate | None:
    """Return the first day outside; a decision that is not made («vedtatt») ends no membership."""
    if decision and not decision.is_made:
        return None
    typed = _coarse(row, "utmelding_virkning", "utmelding_virkning_presisjon")
    decided = CoarseDate(decision.effective) if decision and decision.effective else None
    return typed or decided


def _source(row: Row) -> Source:
    return Source(
        row,
        id=_value(row, "kilde_id"),
        type=_value(row, "type"),
        title=_value(row, "tittel"),
        author=_value(row, "forfatter"),
        publisher=_value(row, "utgiver"),
        published=_coarse(row, "utgitt_dato", "utgitt_presisjon"),
        url=_value(row, "url"),
        read=_value(row, "lest_dato"),
        pinpoint=_value(row, "henvisning"),
        note=_value(row, "fotnotetekst"),
    )


def _meeting(row: Row) -> Meeting:
    return Meeting(
        row,
        id=_value(row, "møte_id"),
        body_id=_value(row, "organ_id"),
        committee=_value(row, "utvalg"),
        number=_value(row, "møtenummer"),
        day=_value(row, "dato"),
        place_name=_value(row, "sted"),
        called=_value(row, "innkalt_dato"),
        form=_value(row, "form"),
    )


def _attachment(row: Row) -> Attachment:
    return Attachment(
        row,
        case_id=_value(row, "sak_id"),
        number=_value(row, "nr"),
        title=_value(row, "tittel"),
        file=_value(row, "fil"),
        unprinted=_value(row, "utrykt") == "ja",
        access=_value(row, "tilgang"),
        exemption=_value(row, "unntatt_hjemmel"),
        redacted=_value(row, "sladdet_fil"),
    )


def _case(row: Row, at: int, meetings: Mapping[str, Meeting]) -> Case:
    meeting = meetings[_value(row, "møte_id")]
    as_of: date = _value(row, "standdato") or meeting.called or meeting.day
    return Case(
        row,
        id=_value(row, "sak_id"),
        meeting_id=meeting.id,
        order=_value(row, "rekkefølge") or at,
        number=_value(row, "løpenr"),
        year=_value(row, "år") or meeting.day.year,
        type=_value(row, "sakstype"),
        handling=_value(row, "behandlingsmåte"),
        title=_value(row, "tittel"),
        officer=_value(row, "saksbehandler"),
        manager=_value(row, "saksansvarlig"),
        archive_number=_value(row, "arkivsaksnr"),
        journal_id=_value(row, "journalpost_id"),
        classification=_value(row, "klassering"),
        access=_value(row, "tilgang"),
        exemption=_value(row, "unntatt_hjemmel"),
        proposal=tuple(
            line.strip() for line in (_value(row, "forslag_til_vedtak") or "").split("\n") if line.strip()
        ),
        summary=_value(row, "sammendrag"),
        template=_value(row, "mal"),
        text=_value(row, "tekst") or _value(row, "sak_id"),
        language=_value(row, "målform"),
        as_of=as_of,
        source_ids=_value(row, "kilder") or (),
        status=_value(row, "status"),
    )
