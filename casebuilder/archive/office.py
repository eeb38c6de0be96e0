"""LibreOffice, started once for many files, in a profile of its own and with a time limit."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from casebuilder.problems import CasebuilderError, msg

FILTERS = {
    "writer": (".docx", ".doc", ".odt", ".rtf", ".docm", ".dotx", ".ott", ".txt"),
    "calc": (".xlsx", ".xls", ".ods", ".xlsm", ".xlsb", ".csv"),
    "impress": (".pptx", ".ppt", ".odp", ".ppsx"),
}
"""LibreOffice's export filter → endings of the files it can make a PDF of."""
_SETTINGS = {"SelectPdfVersion": ("long", "2"), "PDFUACompliance": ("boolean", "true"),
             "UseTaggedPDF": ("boolean", "true"), "ExportBookmarks": ("boolean", "true"),
             "ExportNotes": ("boolean", "false"), "Quality": ("long", "90")}  # fmt: skip
"""PDF/A-2b that also declares PDF/UA-1; no level «a» is to be had from LibreOffice 7.4."""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
</oor:items>
"""
"""No macros run, and nothing is fetched from elsewhere."""
_NAMES = ("soffice", "libreoffice")
_INSTALLED = (
    "{ProgramFiles}/LibreOffice/program/soffice.com",
    "{ProgramFiles(x86)}/LibreOffice/program/soffice.com",
    "{ProgramFiles}/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "{HOME}/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/opt/libreoffice/program/soffice",
)
_START = 60
_EACH = 10
"""Seconds that a start and each file may take; a slow machine needs a tenth of it."""


class NoOffice(CasebuilderError):
    """LibreOffice is not there."""

    sentence = msg(
        "LibreOffice makes the PDFs, and it is not installed on this machine. Get it from "
        "www.libreoffice.org (it is free), or export the paper from Word as PDF/A and lay it beside it."
    )


class OfficeFailed(CasebuilderError):
    """LibreOffice hung, or could not even be started."""

    sentence = msg(
        "LibreOffice did not finish: {said}. Close it if it is open, and run the command again. "
        "No file has been changed."
    )


def program() -> str:
    """Return the path of LibreOffice: on PATH, or where Windows and macOS install it. Raises NoOffice."""
    known = (shutil.which(name) for name in _NAMES)
    installed = (path for path in map(_filled, _INSTALLED) if path and Path(path).is_file())
    found = next((each for each in (*known, *installed) if each), None)
    if found is None:
        raise NoOffice
    return found


def _filled(pattern: str) -> str:
    try:
        return pattern.format_map(os.environ)
    except (KeyError, ValueError):
        return ""


def family(name: str) -> str:
    """Return the export filter for a file of this name; empty if no PDF can be made of it."""
    ending = Path(name).suffix.lower()
    return next((each for each, endings in FILTERS.items() if ending in endings), "")


def pdfs_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the PDF of each file, given as name → bytes, in one start for each kind of file.

    What LibreOffice can make no PDF of is left out; a file that takes the others down with it is tried
    alone. Raises NoOffice or OfficeFailed.
    """
    made: dict[str, bytes] = {}
    for kind in FILTERS:
        mine = {name: data for name, data in files.items() if family(name) == kind}
        made |= _converted(mine, kind) if mine else {}
        left = [name for name in mine if name not in made]
        for name in left if len(mine) > 1 else ():
            made |= _converted({name: mine[name]}, kind)
    return made


def _converted(files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """Return the PDFs that one start has made."""
    office = program()
    with tempfile.TemporaryDirectory(prefix="casebuilder-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        paths = {}
        for number, (name, data) in enumerate(files.items(), start=1):
            paths[name] = folder / f"{number:04}{Path(name).suffix.lower()}"
            paths[name].write_bytes(data)
        _run(_command(office, folder, kind, paths.values()), _START + _EACH * len(files))
        found = {name: folder / "pdf" / f"{path.stem}.pdf" for name, path in paths.items()}
        return {name: path.read_bytes() for name, path in found.items() if path.is_file()}


def _command(office: str, folder: Path, kind: str, paths: Iterable[Path]) -> list[str]:
    settings = {name: {"type": type_, "value": value} for name, (type_, value) in _SETTINGS.items()}
    return [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", f"pdf:{kind}_pdf_Export:{json.dumps(settings)}"),
        *("--outdir", str(folder / "pdf")),
        *map(str, paths),
    ]


def _run(command: list[str], seconds: float) -> None:
    """Run LibreOffice; a start that takes too long is ended with everything it has begun."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a program that we have looked up, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as fault:
        raise OfficeFailed(said=msg("it could not be started")) from fault
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as late:
        raise OfficeFailed(said=msg("it took more than {seconds} seconds", seconds=int(seconds))) from late
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has started, if it still runs."""
    if sys.platform == "win32":
        if process.poll() is None:
            taskkill = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
            subprocess.run(  # noqa: S603 - Windows' own program
                [str(taskkill), "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True
            )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
