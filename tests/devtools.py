"""A real browser driven as a person would: keys pressed, the window made narrow, the night turned on.

Chromium without a screen, over a pair of pipes (the DevTools protocol); nothing is listened to on the net.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import FLAGS
from tests.tools import tool

_AS_CHROMIUM_WANTS = """
import fcntl, os, sys
orders, answers = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3])
os.dup2(orders, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Its pipes are numbers 3 and 4, whatever they are here."""


class Window:
    """A browser and its open page."""

    def __init__(self, to: int, of: int) -> None:
        self._to, self._of = to, of
        self._number = 0
        self._rest = b""
        self._session = ""
        self.asked: list[str] = []
        """Every address that the page has asked for."""

    def open(self, page: Path) -> None:
        """Open another page; nothing of the last one's size or look stays."""
        self._session, self.asked = "", []
        target = self.tell("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.tell("Network.enable")
        self.tell("Page.enable")
        self.tell("Page.navigate", url=page.as_uri())
        self._until("Page.loadEventFired")

    def tell(self, method: str, **values: object) -> Any:
        """Give the browser an order and return its answer."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": values}
        order |= {"sessionId": self._session} if self._session else {}
        os.write(self._to, json.dumps(order).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def look(self, script: str) -> Any:
        """Return what the body of a function finds in the page."""
        said = self.tell("Runtime.evaluate", expression=f"(()=>{{{script}}})()", returnByValue=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def later(self, value: str, milliseconds: int) -> Any:
        """Return what an expression of the page is after a while."""
        wait = f"new Promise(done => setTimeout(() => done({value}), {milliseconds}))"
        said = self.tell("Runtime.evaluate", expression=wait, returnByValue=True, awaitPromise=True)
        return said["result"].get("value")

    def resize(self, width: int, height: int = 900) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.tell("Emulation.setDeviceMetricsOverride", **size)

    def media(self, *, dark: bool = False, paper: bool = False) -> None:
        theme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.tell("Emulation.setEmulatedMedia", media="print" if paper else "screen", features=[theme])

    def press(self, key: str, code: int) -> None:
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.tell(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text
            )

    def _until(self, event: str) -> None:
        while self._next().get("method") != event:
            pass

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._of, 1 << 16)
            assert piece, "the browser has ended"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        said: dict[str, Any] = json.loads(message)
        if said.get("method") == "Network.requestWillBeSent":
            self.asked.append(said["params"]["request"]["url"])
        return said


@contextmanager
def window() -> Iterator[Window]:
    """Start a browser."""
    program = tool("chromium", "no Chromium here")
    orders, to = os.pipe()
    of, answers = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
        start = [sys.executable, "-c", _AS_CHROMIUM_WANTS, str(orders), str(answers), *command]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(start, pass_fds=(orders, answers), stdout=quiet, stderr=quiet) as browser:
            os.close(orders)
            os.close(answers)
            try:
                yield Window(to, of)
            finally:
                os.close(to)
                browser.terminate()
                browser.wait(20)
                os.close(of)
