"""Papers that were made of the very same before: what they came to, kept by a key of all they are made from.

The key is the hash of the program, all workbooks, the case's own texts, its template, its name and version;
pictures are named by what was made, and held against what they are now. What is kept is what the paper
told, its provenance and its hash, not the paper: who needs its bytes makes it anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebuilder.making import Job, Made
from casebuilder.problem_values import NotKept, problem_of, value_of
from casebuilder.program import fingerprint
from casebuilder.provenance_file import Packed
from casebuilder.word.properties import Identity
from casebuilder.workspace import Workspace
from casebuilder.writing import sha256

_KIND = "papirer"

Look = Callable[[str, str], bytes | None]
"""A text's file and what it names → the picture beside it."""


@dataclass(frozen=True)
class Unmade:
    """A paper that is known but for its bytes."""

    identity: Identity
    hash: str
    make: Callable[[], bytes]

    @cached_property
    def data(self) -> bytes:
        """The file, made now."""
        return self.make()


def key_of(job: Job) -> str:
    """Return the key of what a paper is made from, its pictures left out."""
    texts = [(file, sha256(data)) for file, data in job.files]
    template = "" if job.template is None else sha256(job.template)
    told = [*job.told, *job.lacks]
    made_of = (fingerprint(), job.data_hash, job.case_id, texts, template, job.name, job.version, told)
    return sha256(repr(made_of).encode("utf-8", "surrogatepass"))


def remembered(workspace: Workspace, job: Job, make: Callable[[], bytes]) -> Made | None:
    """Return what a paper came to when it was made of the same; its bytes come from `make`, if needed."""
    kept = workspace.keeping.get(_KIND, _name(job.case_id))
    if kept is None:
        return None
    try:
        entry = json.loads(kept)
        if entry["key"] != key_of(job) or not _are_same(entry["pictures"], workspace.beside):
            return None
        case_id, build_id, base, name, version = entry["identity"]
        identity = Identity(str(case_id), str(build_id), str(base), str(name), int(version))
        problems = tuple(problem_of(each) for each in entry["problems"])
        cells = Packed(base64.b64decode(entry["cells"], validate=True))
        return Made(job.case_id, Unmade(identity, str(entry["hash"]), make), cells, problems)
    except (ValueError, LookupError, TypeError):
        return None


def remember(workspace: Workspace, job: Job, made: Made) -> None:
    """Keep what a paper came to; one with values in its problems that cannot be kept is made each time."""
    if made.word_file is None:
        return
    identity = made.word_file.identity
    pictures = [[file, target, _hash(data)] for (file, target), data in job.pictures.items()]
    try:
        entry = {
            "key": key_of(job),
            "pictures": pictures,
            "identity": [identity.case_id, identity.build_id, identity.base, identity.name, identity.version],
            "hash": sha256(made.word_file.data),
            "problems": [value_of(each) for each in made.problems],
            "cells": base64.b64encode(made.cells.data).decode(),
        }
    except NotKept:
        return
    workspace.keeping.put(_KIND, _name(job.case_id), json.dumps(entry).encode())


def _name(case_id: str) -> str:
    return sha256(case_id.encode("utf-8", "surrogatepass"))[:40]


def _are_same(pictures: Sequence[Sequence[str]], look: Look) -> bool:
    return all(_hash(look(file, target)) == digest for file, target, digest in pictures)


def _hash(data: bytes | None) -> str:
    return "" if data is None else sha256(data)
