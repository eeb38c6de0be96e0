"""Programs that some tests need beside Python."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(name: str, reason: str) -> str:
    """Return the path of a program; without it the test is skipped with the reason, in CI it fails."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{name} is missing in CI")
    if path is None:
        pytest.skip(reason)
    return path
