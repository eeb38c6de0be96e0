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


def checked(folder: Path) -> Report | None:
    """Look through a folder; a run may be stopped with a sentence, but by nothing else."""
    try:
        return build(Workspace(folder, may_write=False), [CASE])
    except CasebuilderError:
        return None


def with_file(folder: Path, path: Path, data: bytes) -> None:
    whole = path.read_bytes() if path.exists() else None
    path.write_bytes(data)
    try:
        checked(folder)
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
    with_file(place, path, spoilt_package(path.read_bytes(), chance))


@BUDGET
@given(seed=SEEDS)
def test_no_template_stops_the_program(place: Path, seed: int) -> None:
    path = place / "templates" / "saksfremstilling.docx"
    with_file(place, path, spoilt_package(path.read_bytes(), random.Random(seed)))  # noqa: S311


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
        with_file(place, path, data)
    finally:
        for each, whole in away.items():
            each.write_bytes(whole)
