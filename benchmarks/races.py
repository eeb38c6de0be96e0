"""The races: who runs against whom, on which papers. Every race checks that its papers were made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from benchmarks import ours
from benchmarks.edits import HERS, NEWS, Triple, triples
from benchmarks.lots import Lot, missing, words_of
from benchmarks.names import (
    DOCXTPL,
    FLOOR,
    IMPORTS,
    NAIVE,
    NOTHING,
    ONE,
    OURS,
    PANDOC,
    SCRATCH,
    STYLES,
    SUBDOC,
    TEXT,
    TWO,
    WHOLE,
)
from benchmarks.papers import ROOT, TEMPLATE, Size, change_a_cell, change_a_text, make_workspace
from benchmarks.peers import node
from benchmarks.plan import Plan
from benchmarks.templates import heavy
from benchmarks.timing import Contestant, Times, race, timed
from benchmarks.workers import on_cores, python_worker

Races = dict[str, Times]


class NotMade(Exception):
    """A contestant has not made the papers it was timed for: where, and how many of how many."""


def known(lot: Lot, plan: Plan, peers: Sequence[str]) -> Races:
    """Papers anew, texts known: ours, ours otherwise, and every peer that takes a template; all warm."""
    large, whole = lot.folder / "large-styles", lot.folder / "whole"
    template = heavy((ROOT / "templates" / TEMPLATE).read_bytes(), plan.styles)
    _another(lot, large, template)
    _another(lot, whole)
    with ExitStack() as stack:
        workers = {
            OURS: python_worker("papers", lot.folder),
            STYLES: python_worker("papers", large),
            WHOLE: python_worker("build", whole),
            DOCXTPL: python_worker("docxtpl", lot.folder),
            FLOOR: python_worker("floor", lot.folder),
            **{peer: node.node_worker(peer, lot.folder) for peer in peers},
        }
        for worker in workers.values():
            stack.enter_context(closing(worker))
        contestants = [Contestant(name, worker.run) for name, worker in workers.items()]
        times = race(contestants, replace(plan.rules, budget=2 * plan.rules.budget))
    for folder in (lot.folder, large, whole):
        _see(ours.papers_in(folder / "workspace"), lot)
    for peer in ("docxtpl", "floor", *peers):
        _see(list(lot.out(peer).glob("*.docx")), lot)
    return times


def scratch(lot: Lot, plan: Plan) -> Races:
    """Papers from nothing: ours, whole process, beside pandoc alone and pandoc within docxtpl."""
    with closing(python_worker("subdoc", lot.folder)) as subdoc:
        contestants = [
            Contestant(SCRATCH, lambda: cold(lot.workspace), warm_up=False),
            Contestant(PANDOC, lambda: timed(lambda: _pandoc(lot)), warm_up=False),
            Contestant(SUBDOC, subdoc.run, warm_up=False),
        ]
        times = race(contestants, plan.rules)
    _see(ours.papers_in(lot.workspace), lot)
    _see(list(lot.out("pandoc").glob("*.docx")), lot)
    _see(list(lot.out("subdoc").glob("*.docx")), lot)
    return times


def naive(lot: Lot, plan: Plan, *, text: bool = False) -> Races:
    """Papers from nothing against the naive pipeline; with `text` also when only one text has changed."""
    contestants = [
        Contestant(SCRATCH, lambda: cold(lot.workspace)),
        Contestant(
            NAIVE, lambda: timed(lambda: command([sys.executable, "benchmarks/naive.py", str(lot.folder)]))
        ),
    ]
    if text:
        contestants.append(Contestant(TEXT, lambda: _with_another_text(lot.workspace)))
    times = race(contestants, plan.rules)
    _see(ours.papers_in(lot.workspace), lot)
    _see(list((lot.folder / "naive" / "out").glob("*.docx")), lot)
    return times


def unchanged(workspace: Path, plan: Plan) -> Races:
    """Nothing changed, whole process, against importing the libraries."""
    contestants = [
        Contestant(NOTHING, lambda: timed(lambda: command(ours.command(workspace)))),
        Contestant(IMPORTS, lambda: timed(lambda: command([sys.executable, "-c", ours.IMPORTS]))),
    ]
    return race(contestants, plan.rules)


def cores(workspace: Path, plan: Plan) -> Races:
    """Papers anew, texts known, whole process: one core against two."""

    def run(number: int) -> float:
        change_a_cell(workspace, ours.another())
        ours.forget_papers(workspace)
        with on_cores(number):
            return timed(lambda: command(ours.command(workspace)))

    contestants = [
        Contestant(ONE, lambda: run(1), warm_up=False),
        Contestant(TWO, lambda: run(2), warm_up=False),
    ]
    return race(contestants, plan.rules)


def growth(folder: Path, sizes: Mapping[int, Size], plan: Plan) -> list[tuple[int, float]]:
    """Papers from nothing, whole process, at every size in turn."""
    places = {size: make_workspace(folder / str(size), shape) for size, shape in sizes.items()}
    contestants = [_at_size(size, place) for size, place in places.items()]
    times = race(contestants, plan.rules)
    for size, place in places.items():
        _see(ours.papers_in(place), Lot(place, sizes[size]))
    return [(size, times[str(size)].median) for size in sizes]


def merges(folder: Path, plan: Plan) -> list[tuple[int, float]]:
    """One long paper merged, with more and more edits of hers and as much news."""
    made = triples(folder, plan.edits)
    for each in made:
        said = " ".join(paragraph["tekst"] for paragraph in words_of(each.merge()))
        if (said.count(HERS), said.count(NEWS)) != (each.edits, each.edits):
            raise NotMade(folder, said.count(HERS) + said.count(NEWS), 2 * each.edits)
    contestants = [_merging(each) for each in made]
    times = race(contestants, plan.rules)
    return [(each.edits, times[str(each.edits)].median) for each in made]


def cold(workspace: Path) -> float:
    """Build from nothing, whole process."""
    ours.forget_everything(workspace)
    return timed(lambda: command(ours.command(workspace)))


def command(words: Sequence[str]) -> None:
    """Run a command to its end; raises CalledProcessError if it does not end well."""
    subprocess.run(words, cwd=ROOT, env=ours.as_installed(), check=True, stdout=subprocess.DEVNULL)


def _at_size(size: int, workspace: Path) -> Contestant:
    return Contestant(str(size), lambda: cold(workspace), warm_up=False)


def _merging(triple: Triple) -> Contestant:
    return Contestant(str(triple.edits), lambda: timed(triple.merge), warm_up=False)


def _with_another_text(workspace: Path) -> float:
    change_a_text(workspace, 1, ours.another())
    return timed(lambda: command(ours.command(workspace)))


def _pandoc(lot: Lot) -> None:
    """Make the papers by pandoc alone, a process each, in the template's styles."""
    reference = f"--reference-doc={ROOT / 'templates' / TEMPLATE}"
    for number in lot.numbers:
        to = lot.out("pandoc") / f"{number:04}.docx"
        command([ours.PANDOC, "--from=markdown", reference, f"--output={to}", str(lot.text(number))])


def _another(lot: Lot, folder: Path, template: bytes | None = None) -> None:
    """Copy the workspace with all that casebuilder remembers of its texts; give it another template."""
    shutil.copytree(lot.workspace, folder / "workspace")
    if template is not None:
        (folder / "workspace" / "templates" / TEMPLATE).write_bytes(template)


def _see(papers: list[Path], lot: Lot) -> None:
    """Raise NotMade unless every paper is there and has its own sentence."""
    absent = missing(papers, lot.numbers)
    if absent:
        where = papers[0].parent if papers else lot.folder
        raise NotMade(where, len(lot.numbers) - len(absent), len(lot.numbers))
