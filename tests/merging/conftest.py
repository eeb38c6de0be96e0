"""A LibreOffice that edits files as a person would, for every test of this folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tools import tool

Edit = tuple[str, int, int, str]
"""Words that stand once in a paper, how far into them, how many characters are deleted, what is typed."""

_DRIVER = Path(__file__).parent / "office.py"


@dataclass
class Office:
    """A LibreOffice that listens, and a folder to exchange files in."""

    python: str
    pipe: str
    folder: Path

    def edited(self, files: Sequence[bytes], acts: Sequence[str]) -> list[bytes]:
        """Return the files as the office saves them after these acts."""
        return self.typed(files, [()] * len(files), acts)

    def typed(
        self, files: Sequence[bytes], edits: Sequence[Sequence[Edit]], acts: Sequence[str]
    ) -> list[bytes]:
        """Return the files as the office saves them after edits at given words; «type» is the act."""
        jobs = []
        for at, (data, act) in enumerate(zip(files, acts, strict=True)):
            source, target = (self.folder / f"{at} {name}.docx" for name in ("inn", "ut"))
            source.write_bytes(data)
            source.with_suffix(".json").write_text(json.dumps(edits[at]), encoding="utf-8")
            target.unlink(missing_ok=True)
            jobs.append(f"{source}|{target}|{act}|{at}")
        driver = [self.python, str(_DRIVER), self.pipe, *jobs]
        told = subprocess.run(driver, capture_output=True, check=False, timeout=300, encoding="utf-8")
        assert told.returncode == 0, told.stderr
        return [(self.folder / f"{at} ut.docx").read_bytes() for at in range(len(files))]


def python_with_uno() -> str:
    """Return a Python that can talk to the office; without one the test is skipped, in CI it fails."""
    beside = Path(tool("soffice", "needs LibreOffice")).resolve().parent / "python"
    for each in (str(beside), "/usr/bin/python3", shutil.which("python3") or ""):
        if Path(each).is_file():
            known = subprocess.run([each, "-c", "import uno"], capture_output=True, check=False)
            if known.returncode == 0:
                return each
    if os.environ.get("CI"):
        pytest.fail("python3-uno is missing in CI")
    pytest.skip("needs python3-uno")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    python = python_with_uno()
    folder = tmp_path_factory.mktemp("kontor")
    pipe = f"casebuilder{os.getpid()}"
    command = [
        tool("soffice", "needs LibreOffice"),
        f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;",
    ]  # fmt: skip
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as listening:
        try:
            yield Office(python, pipe, folder)
        finally:
            os.killpg(listening.pid, 15)
