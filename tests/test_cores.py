"""Papers made on several cores, here or by Dask: the same bytes and messages in the same order, always."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from casebuilder import cores
from casebuilder.cores import Cores
from casebuilder.language import speaker
from casebuilder.pipeline import Options, Report, build
from casebuilder.workspace import Workspace
from tests.secretariat import Secretariat
from tests.test_another_secretariat import png
from tests.test_unchanged import files

NB = speaker("nb")
PAPERS = 12
Result = tuple[list[str], list[str], dict[str, bytes]]


@pytest.fixture(autouse=True)
def small_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_ELSEWHERE", 2)
    monkeypatch.setattr(cores, "_FEW", 2)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve small papers: one text asks for what is unknown, one has a picture, one cannot be read."""
    made = Secretariat(tmp_path_factory.mktemp("mange"))
    made.add("organer", organ_id="R", navn="Rådet IPR", organisasjonsform="IPR")
    made.add(
        "møter", møte_id="M", organ_id="R", utvalg="Styret", møtenummer="1/2026", dato="12.02.2026", sted="O"
    )
    for number in range(1, PAPERS + 1):
        said = {"sakstype": "PS", "behandlingsmåte": "drøfting", "saksbehandler": "Kari"}
        made.add("saker", sak_id=f"S{number:02}", møte_id="M", løpenr=number, tittel=f"Sak {number}", **said)
        made.text(
            f"S{number:02}.md",
            f"# Om saken\n\nAvsnitt {number}, sist «i fjor».[^1]\n\n[^1]: Note {number}.\n",
        )
    made.text("S04.md", "# Feil\n\n{{ finnes_ikke }}\n")
    made.text("S06.md", "# Kart\n\n![Et kart][k]\n\n[k]: kart.png\n")
    made.text("kart.png", png())
    (made.folder / "sources" / "tekster" / "S08.md").unlink()
    made.text("S08.docx", b"ikke Word")
    return made.save()


def built(
    sources: Path, to: Path, executor: Executor | None
) -> tuple[list[str], list[str], dict[str, bytes]]:
    """Build in a fresh folder; return the order of the papers, the messages and the files."""
    to.mkdir()
    for name in ("sources", "templates"):
        (to / name).symlink_to(sources / name)
    order: list[str] = []
    report: Report = build(
        Workspace(to), (), lambda outcome: order.append(outcome.case.id), Options(NB, executor=executor)
    )
    assert [outcome.case.id for outcome in report.outcomes] == order
    told = [f"{each.place.file}: {NB.problem(each)}" for each in report.problems]
    return [f"{each.case.id} {each.status.value}" for each in report.outcomes], told, files(to)


@pytest.fixture(scope="module")
def alone(
    sources: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[str], list[str], dict[str, bytes]]:
    made = built(sources, tmp_path_factory.mktemp("alene") / "a", None)
    assert [each for each in made[0] if not each.endswith("new")] == ["S04 held-back", "S08 held-back"]
    return made


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no paper be made in this process, so that those of another are seen."""

    def refuse(*_given: object) -> None:
        raise AssertionError

    monkeypatch.setattr(cores, "papers", refuse)


@pytest.mark.usefixtures("nothing_here")
def test_two_cores_make_what_one_makes(sources: Path, tmp_path: Path, alone: Result) -> None:
    with ProcessPoolExecutor(2) as pool:
        assert built(sources, tmp_path / "a", pool) == alone


@pytest.mark.usefixtures("nothing_here")
def test_the_cores_of_the_command_line_make_the_same_and_are_asked_late(
    sources: Path, tmp_path: Path, alone: Result
) -> None:
    with Cores() as pool:
        assert pool._pool is None
        assert built(sources, tmp_path / "a", pool) == alone
        assert pool._pool is not None


class OneDies(Executor):
    """Two processes, one of which is killed after a few bundles were sent."""

    def __init__(self) -> None:
        self.pool = ProcessPoolExecutor(2)
        self.sent = 0

    def submit(self, fn: Callable[..., object], /, *args: object, **kwargs: object) -> Future[object]:  # type: ignore[override]
        self.sent += 1
        future = self.pool.submit(fn, *args, **kwargs)
        if self.sent == 3:
            os.kill(next(iter(self.pool._processes)), signal.SIGKILL)
            time.sleep(0.5)
        return future


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_core_that_dies_half_way_loses_nothing(sources: Path, tmp_path: Path, alone: Result) -> None:
    pool = OneDies()
    assert built(sources, tmp_path / "a", pool) == alone
    assert pool.sent >= 3
    pool.pool.shutdown()


class NobodyThere(Executor):
    """A computer that lets no process be started."""

    def submit(self, *_given: object, **_named: object) -> Future[object]:  # type: ignore[override]
        raise PermissionError


class Cancelled(Executor):
    """Takes everything and does nothing."""

    def submit(self, *_given: object, **_named: object) -> Future[object]:  # type: ignore[override]
        future: Future[object] = Future()
        future.cancel()
        return future


@pytest.mark.parametrize("executor", [NobodyThere(), Cancelled()], ids=["nobody", "cancelled"])
def test_where_no_process_can_be_started_one_core_does_it_all(
    sources: Path, tmp_path: Path, alone: Result, executor: Executor
) -> None:
    assert built(sources, tmp_path / "a", executor) == alone


def test_a_few_papers_are_made_here(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_FEW", PAPERS)
    asked = Cores()
    built(sources, tmp_path / "a", asked)
    assert asked._pool is None


@pytest.mark.parametrize(
    ("papers", "cpus", "bundle"), [(3, 2, 2), (5, 2, 3), (40, 2, 10), (41, 2, 7), (7, None, 7), (1000, 4, 10)]
)
def test_every_core_gets_as_many(
    papers: int, cpus: int | None, bundle: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "_ELSEWHERE", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: cpus)
    assert cores._even(papers) == bundle


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.filterwarnings("ignore")  # what distributed warns of is its own
def test_dask_makes_the_same_though_one_of_its_two_workers_is_killed(
    sources: Path, tmp_path: Path, alone: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        with monkeypatch.context() as nothing_here:
            nothing_here.setattr(cores, "papers", None)
            assert built(sources, tmp_path / "hel", client.get_executor()) == alone
        executor = client.get_executor()
        sent: list[int] = []
        submit = executor.submit

        def deadly(*args: object, **kwargs: object) -> object:
            future = submit(*args, **kwargs)
            sent.append(1)
            if len(sent) == 3:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            return future

        executor.submit = deadly
        assert built(sources, tmp_path / "a", executor) == alone
        assert len(sent) > 3
