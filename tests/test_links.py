"""Source addresses are asked politely, against a server on this machine; what is dead is told at its cell."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from casebuilder import __version__, cli
from casebuilder.language import speaker
from casebuilder.links import link_problems
from casebuilder.pipeline import Options, build
from casebuilder.problems import Place, Problem, Severity, msg, warning
from casebuilder.register.records import Source
from casebuilder.workspace import Workspace
from tests.builders import cell, register, source

NB = speaker("nb")


class Server:
    """Answers each path with its status, and keeps what was asked of it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[tuple[str, str, str]] = []
        self.at_once = 0
        self.most = 0


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server("")
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            with lock:
                made.at_once += 1
                made.most = max(made.most, made.at_once)
                made.asked.append((self.command, self.path, str(self.headers["User-Agent"])))
            name = self.path.strip("/").partition("/")[0]
            status = int(name) if name.isdigit() else 200
            if name == "only-get":
                status = 200 if self.command == "GET" else 405
            targets = {"moved": "/200", "ring": "/ring", "out": "file:///etc/passwd"}
            with lock:
                made.at_once -= 1
            self.send_response(302 if name in targets else status)
            if name in targets:
                self.send_header("Location", targets[name])
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield made
    listening.shutdown()
    listening.server_close()


def told(*addresses: str) -> list[str]:
    rows = [source(f"K{number}", url=address) for number, address in enumerate(addresses)]
    return [NB.problem(each) for each in link_problems(register(kilder=rows).sources.values(), 5)]


@pytest.mark.parametrize("path", ["200", "204", "only-get", "moved", "401", "403", "429", "200/æøå side"])
def test_what_answers_or_asks_for_a_log_on_is_in_order(server: Server, path: str) -> None:
    assert told(f"{server.address}/{path}") == []


@pytest.mark.parametrize("path", ["404", "410", "500"])
def test_a_dead_address_is_a_warning_at_its_cell(server: Server, path: str) -> None:
    (problem,) = link_problems(
        register(kilder=[source("K", url=f"{server.address}/{path}")]).sources.values(), 5
    )
    assert (problem.severity, problem.place) == (Severity.WARNING, cell("kilder", "url"))
    assert f"svarer {path}." in NB.problem(problem)


def test_no_answer_a_ring_or_a_way_out_of_the_web_is_told(server: Server) -> None:
    lines = told("http://127.0.0.1:9/x", f"{server.address}/out", "ftp://example.org/x", "http://[/x")
    assert ["svarer ikke" in line for line in lines] == [True, True, False, False]
    assert ["ble ikke spurt" in line for line in lines] == [False, False, True, True]
    assert len(told(f"{server.address}/ring")) == 1


def test_each_address_is_asked_once_one_at_a_time_by_head_with_our_name(server: Server) -> None:
    assert told(*[f"{server.address}/200/{number % 4}" for number in range(8)]) == []
    assert sorted(path for _method, path, _agent in server.asked) == [f"/200/{number}" for number in range(4)]
    assert {(method, agent) for method, _path, agent in server.asked} == {
        ("HEAD", f"casebuilder/{__version__} (link check)")
    }
    assert server.most == 1


def test_a_run_asks_only_when_it_is_told_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def ask(sources: Iterable[Source]) -> list[Problem]:
        asked.append(len(list(sources)))
        return [warning("link-dead", Place("sources/kilder.xlsx", "kilder", "G2"), msg("ERROR"))]

    monkeypatch.setattr("casebuilder.pipeline.link_problems", ask)
    assert build(Workspace(folder, may_write=False)).problems == ()
    report = build(Workspace(folder, may_write=False), options=Options(asks_links=True))
    assert ([each.rule for each in report.problems], len(asked), asked[0] > 3) == (["link-dead"], 1, True)
    assert cli.main(["check", "--lenker", "--mappe", str(folder)]) == 0
    assert len(asked) == 2
