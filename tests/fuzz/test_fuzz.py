"""Whatever workbooks, texts and templates hold, a build ends with outcomes and problems, never a fault.

The budget is fixed and the seed is the example's, so that every run tries the same inputs.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebuilder.delivery import Status
from casebuilder.language import speaker
from casebuilder.pipeline import Report, build
from casebuilder.problems import CasebuilderError
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.fuzz.mutating import spoilt, spoilt_package

CASE = "STYRET-2026-013"
BUDGET = settings(
    max_examples=25, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fuzz")
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    build(Workspace(folder))
    return folder


def checked(folder: Path) -> Report | str:
    """Look through a folder: a report, or the sentence that stopped the run; anything else is a fault."""
    try:
        return build(Workspace(folder, may_write=False), [CASE])
    except CasebuilderError as stop:
        return speaker("nb").say(stop.message)


def is_told(result: Report | str) -> bool:
    """Tell whether a run ended as it should: no paper was held back without an error that says why."""
    if isinstance(result, str):
        return bool(result)
    held_back = any(outcome.status is Status.HELD_BACK for outcome in result.outcomes)
    sentences = [speaker("nb").problem(problem) for problem in result.problems if problem.is_error]
    return all(sentences) and bool(sentences or (result.outcomes and not held_back))


def with_file(folder: Path, path: Path, data: bytes) -> Report | str:
    whole = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        return checked(folder)
    finally:
        if whole is None:
            path.unlink()
        else:
            path.write_bytes(whole)


@BUDGET
@given(seed=SEEDS)
def test_no_workbook_stops_the_program(place: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    path = chance.choice(sorted((place / "sources").glob("*.xlsx")))
    assert is_told(with_file(place, path, spoilt_package(path.read_bytes(), chance)))


@BUDGET
@given(seed=SEEDS)
def test_no_template_stops_the_program(place: Path, seed: int) -> None:
    path = place / "templates" / "saksfremstilling.docx"
    spoilt_template = spoilt_package(path.read_bytes(), random.Random(seed))  # noqa: S311
    assert is_told(with_file(place, path, spoilt_template))


@BUDGET
@given(seed=SEEDS)
def test_no_text_stops_the_program(place: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    texts = sorted(
        path for path in (place / "sources" / "tekster").rglob("*") if path.suffix in (".md", ".docx")
    )
    path = place / "sources" / "tekster" / f"{CASE}{chance.choice(texts).suffix}"
    source = chance.choice([each for each in texts if each.suffix == path.suffix])
    others = [each for each in texts if each.stem == CASE]
    change = spoilt if path.suffix == ".md" else spoilt_package
    data = change(source.read_bytes(), chance)
    away = {each: each.read_bytes() for each in others}
    for each in others:
        each.unlink()
    try:
        assert is_told(with_file(place, path, data))
    finally:
        for each, whole in away.items():
            each.write_bytes(whole)
