"""A page in a real browser: Chromium without a screen, served from this machine alone."""

from __future__ import annotations

import html
import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.tools import tool

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and keeps what was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve a folder on this machine; yield its address and the paths that were asked for."""
    asked: list[str] = []
    handler = partial(type("Handler", (_Quiet,), {"asked": asked}), directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def chromium(*arguments: str) -> str:
    """Run Chromium in a profile of its own and return what it prints."""
    program = tool("chromium", "no Chromium here")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", *arguments]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stdout.decode()


def seen(folder: Path, page: str, look: str, *, width: int, dark: bool = False) -> tuple[Any, list[str]]:
    """Open a page in a frame of a width in pixels; return what the script `look` finds, and what was loaded.

    `look` is the body of a function of the page's `win` and `doc`; the page itself runs no script.
    """
    harness = (
        f'<!DOCTYPE html><meta charset="utf-8"><iframe id="f" style="border:0;width:{width}px;height:2000px" '
        f'src="{page}"></iframe><pre id="out"></pre><script>const f=document.getElementById("f");'
        "f.onload=()=>{const win=f.contentWindow,doc=f.contentDocument;"
        f"document.getElementById('out').textContent=JSON.stringify((()=>{{{look}}})())}}</script>"
    )
    (folder / "harness.html").write_text(harness, encoding="utf-8")
    theme = [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    with served(folder) as (address, asked):
        dom = chromium(*theme, "--virtual-time-budget=5000", "--dump-dom", f"{address}/harness.html")
    found = re.search(r'<pre id="out">(.*?)</pre>', dom, re.DOTALL)
    assert found, dom[:500]
    return json.loads(html.unescape(found[1])), asked
