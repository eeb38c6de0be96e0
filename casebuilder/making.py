"""What a paper is made from → the paper: the part of a run that needs nothing but values (pure).

So it can be done anywhere: here, on another core, on another machine. A picture is known to be asked for
only when its text has been read; then a paper comes back with what it wants, and is asked for once more.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from casebuilder import __version__
from casebuilder.compose import compose
from casebuilder.problems import Problem
from casebuilder.prose.reading import ReadText, read_prose
from casebuilder.prose.shape import Prose
from casebuilder.provenance import provenance_of
from casebuilder.provenance_file import Packed, packed
from casebuilder.register.records import Case, Register
from casebuilder.texts import Files, Marked, Tree, Trees, marked_texts, read_texts, trees_for
from casebuilder.word.document import write_paper
from casebuilder.word.properties import Identity
from casebuilder.writing import sha256

Pictures = Mapping[tuple[str, str], bytes | None]
"""Pictures by the text's file and what it calls them; None where there is no such file."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that one paper is made from besides the register."""

    case_id: str
    files: Files
    told: tuple[Problem, ...]  # of its texts, before they are read
    template: bytes | None  # without one its texts are looked at, no more
    lacks: tuple[Problem, ...]  # what is told last: that there is no template
    data_hash: str
    name: str
    version: int
    trees: Trees = field(default_factory=dict)
    pictures: Pictures = field(default_factory=dict)


class Fresh(Protocol):
    """A paper as it would be now; of one that is known its bytes are made only when they are needed."""

    @property
    def identity(self) -> Identity:
        """What the file says it is."""

    @property
    def data(self) -> bytes:
        """The file."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper, or why there is none; with the trees that were not known, and the pictures it wants."""

    case_id: str
    word_file: Fresh | None
    cells: Packed
    problems: tuple[Problem, ...]
    trees: Trees = field(default_factory=dict)
    wants: frozenset[tuple[str, str]] = frozenset()


def papers(register: Register, jobs: Sequence[Job]) -> Iterator[Made]:
    """Make papers one by one, in order, after one pandoc has read all their texts that are new."""
    cases = [register.cases[job.case_id] for job in jobs]
    marked = [marked_texts(job.files, register, case) for job, case in zip(jobs, cases, strict=True)]
    trees = trees_for([(each, job.trees) for each, job in zip(marked, jobs, strict=True)])
    for job, case, texts, known in zip(jobs, cases, marked, trees, strict=True):
        yield _paper(register, job, case, texts, known)


def papers_elsewhere(register: bytes, jobs: Sequence[Job]) -> tuple[Made, ...]:
    """Make papers in another process, to which the register comes packed."""
    return tuple(papers(_unpacked(register), jobs))


def packed_register(register: Register) -> bytes:
    """Return a register as it is sent to another process."""
    return pickle.dumps(register, protocol=pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=1)
def _unpacked(register: bytes) -> Register:
    made: Register = pickle.loads(register)  # noqa: S301 - from our own process, never from a file
    return made


def _paper(
    register: Register, job: Job, case: Case, marked: Marked, trees: Mapping[str, Tree | None]
) -> Made:
    """Read, compose and write one paper; every stage adds its problems."""
    wants: set[tuple[str, str]] = set()

    def picture(file: str, target: str) -> bytes | None:
        if (file, target) not in job.pictures:
            wants.add((file, target))
        return job.pictures.get((file, target))

    texts, problems = read_texts(marked, trees, picture, case)
    prose, more = read_prose(texts, register, case) if texts else (Prose(), ())
    problems = [*job.told, *problems, *more]
    paper, more = compose(register, case, prose)
    problems += more
    word_file, more = None, ()
    if job.template is not None and not wants:
        file = f"templates/{case.template}"
        word_file, more = write_paper(
            paper, job.template, file, _build_id(job, texts), name=job.name, version=job.version
        )
    new = {file: tree for file, tree in trees.items() if tree is not None and tree is not job.trees.get(file)}
    cells = packed(provenance_of(paper)) if word_file else Packed()
    return Made(case.id, word_file, cells, (*problems, *more, *job.lacks), new, frozenset(wants))


def _build_id(job: Job, texts: Sequence[ReadText]) -> str:
    """Name what a paper was made from: program, workbooks, template and texts."""
    hashes = (sha256(text.marked.content) for text in texts)
    made_from = "\n".join([__version__, job.data_hash, sha256(job.template or b""), *hashes])
    return sha256(made_from.encode())[:16]
