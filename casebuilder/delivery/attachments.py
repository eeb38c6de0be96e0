"""Copies of a case's attachments beside its paper, never over a copy that a person has changed."""

from __future__ import annotations

from pathlib import Path

from casebuilder.delivery.problems import changed_copy, old_copy
from casebuilder.filenames import attachment_name, lock_names, title_room
from casebuilder.problems import Problem
from casebuilder.register.records import Case
from casebuilder.workspace import Copy, Workspace, sha256

Attachments = tuple[tuple[str, int, bytes], ...]
"""File name, number and bytes of each attachment."""


def copy_attachments(
    workspace: Workspace, case: Case, attachments: Attachments, folder: Path
) -> list[Problem]:
    """Copy attachments beside the paper; raises WriteRefused."""
    known = workspace.copied()
    news: dict[str, Copy | None] = {}
    problems = []
    room = title_room(str(folder))
    for file, number, data in attachments:
        path = folder / attachment_name(case.label, number, file, room)
        name = workspace.name(path)
        there = workspace.read_output(path)
        is_ours = there is None or (name in known and known[name].hash == sha256(there))
        if there != data and not is_ours:
            problems.append(changed_copy(name))
            news[name] = known.get(name)
            continue
        if there != data:
            workspace.refuse_if_locked(path, lock_names(path.name))
            workspace.write(path, data, None if there is None else sha256(there))
        news[name] = Copy(sha256(data), case.id)
    problems += _clear(workspace, case, known, news)
    workspace.remember_copied(news)
    return problems


def _clear(
    workspace: Workspace, case: Case, known: dict[str, Copy], news: dict[str, Copy | None]
) -> list[Problem]:
    """Remove a case's copies under names that they no longer have, but for those a person changed."""
    problems = []
    for name, copy in known.items():
        if copy.case_id == case.id and name not in news:
            news[name] = None
            path = workspace.root / name
            workspace.refuse_if_locked(path, lock_names(path.name))
            if not workspace.remove(path, copy.hash):
                problems.append(old_copy(name))
    return problems
