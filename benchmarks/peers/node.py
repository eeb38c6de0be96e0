"""The contestants that run in Node, installed below `build/` by the benchmarks, never committed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.papers import ROOT
from benchmarks.workers import Worker

NAMES = ("docxtemplater", "easy-template-x", "carbone", "docx-templates")
PACKAGES = (
    "docxtemplater@3.71.0",
    "pizzip@3.3.0",
    "easy-template-x@7.2.8",
    "carbone@3.8.2",
    "docx-templates@4.15.0",
)
_FOLDER = ROOT / "build" / "benchmarks" / "npm"
_TIMEOUT = 180


def are_there() -> bool:
    """Tell whether Node is here and every package has been installed before, in the version asked for."""
    return shutil.which("node") is not None and all(_is_installed(package) for package in PACKAGES)


def install() -> str:
    """Install what is not there yet; return why the peers cannot be measured, or nothing."""
    npm = shutil.which("npm")
    if shutil.which("node") is None or npm is None:
        return "Node and npm are not installed"
    if are_there():
        return ""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    command = [
        npm,
        "install",
        "--no-save",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(_FOLDER),
    ]
    try:
        done = subprocess.run(
            [*command, *PACKAGES], capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return "npm did not answer in time"
    return "" if done.returncode == 0 else f"npm could not install them: {done.stderr.strip()[-200:]}"


def node_worker(peer: str, lot: Path) -> Worker:
    """Start one of the peers."""
    script = Path(__file__).parent / f"{peer}.mjs"
    return Worker(["node", str(script), str(_FOLDER), str(lot), peer])


def _is_installed(package: str) -> bool:
    name, _, version = package.rpartition("@")
    manifest = _FOLDER / "node_modules" / name / "package.json"
    return manifest.is_file() and f'"version": "{version}"' in manifest.read_text(encoding="utf-8")
