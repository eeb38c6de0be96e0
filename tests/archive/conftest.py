"""The sample's papers as PDF, made once by the real LibreOffice for all tests of this room."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebuilder.archiving import archive
from casebuilder.pipeline import build
from casebuilder.rendering import Rendered, make_pdfs
from casebuilder.word.cleaning import cleaned
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.tools import tool

SAMPLE = ("Sak 12-26", "Sak 13-26", "Sak 14-26")
NEEDS_OFFICE = "LibreOffice makes the PDFs"


def built(folder: Path) -> Path:
    """Make the sample's papers in a folder."""
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    assert build(Workspace(folder)).exit_code == 0
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The sample's papers by their labels, without hidden state."""
    folder = built(tmp_path_factory.mktemp("sample"))
    at = datetime(2026, 2, 5, 12, tzinfo=UTC)
    found = {name: sorted(folder.glob(f"output/*/{name}*.docx")) for name in SAMPLE}
    papers = {name: [each for each in some if "Vedlegg" not in each.name] for name, some in found.items()}
    return {name: cleaned(path.read_bytes(), "Osloregionen IPR", at) for name, (path,) in papers.items()}


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Rendered]:
    """A folder whose papers lie there with their PDFs; not to be changed."""
    tool("soffice", NEEDS_OFFICE)
    folder = built(tmp_path_factory.mktemp("rendered"))
    return folder, make_pdfs(Workspace(folder), ())


@pytest.fixture
def papers(rendered: tuple[Path, Rendered], tmp_path: Path) -> Path:
    """A copy of that folder that a test may change, with all files as old as they were."""
    shutil.copytree(rendered[0], tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def paper(papers: Path) -> Path:
    """The Word file of one case, its PDF beside it."""
    return next(papers.glob("output/*/Sak 12-26*.docx"))


@pytest.fixture(scope="session")
def archived(rendered: tuple[Path, Rendered], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archived once; not to be changed."""
    folder = tmp_path_factory.mktemp("archived") / "copy"
    shutil.copytree(rendered[0], folder)
    (folder / "output" / "STYRET-2026-01" / "Innkalling.txt").write_text("Velkommen", encoding="utf-8")
    done = archive(Workspace(folder), ())
    assert done.problems == ()
    return folder
