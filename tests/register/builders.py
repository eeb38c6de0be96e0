"""A small register from rows by field names, through the real reading of sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casebuilder.problems import Problem
from casebuilder.register import Register, register_of
from tests.sheets.builders import Given, read, row


def register_from(**changed: Sequence[Given]) -> tuple[Register, tuple[Problem, ...]]:
    return register_of(*read(**changed))


def sound_register(**changed: Sequence[Given]) -> Register:
    register, problems = register_from(**changed)
    assert problems == ()
    return register


def unit(unit_id: str, kind: str = "kommune", name: str = "") -> Given:
    return row(
        "enheter", enhet_id=unit_id, type=kind, navn=name or f"Enhet {unit_id}", fylkesnummer=unit_id[:2]
    )


def membership(unit_id: str = "0301", **changed: object) -> Given:
    return row("medlemmer", enhet_id=unit_id, **changed)


def decision(decision_id: str, kind: str = "utmelding", **changed: object) -> Given:
    """Return a decision that is made in 2025 and takes effect on 1 January 2027."""
    made = {
        "vedtak_id": decision_id,
        "type": kind,
        "enhet_id": "0301",
        "status": "vedtatt",
        "vedtaksdato": date(2025, 6, 1),
        "virkningsdato": date(2027, 1, 1),
        "behandles_dato": date(2025, 6, 1),
    }
    return row("vedtak", **{**made, **changed})
