"""`python -m tests`: formatting, lint, types and tests, in this order; stops at the first that fails."""

from __future__ import annotations

import subprocess
import sys

STEPS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("pytest", "--numprocesses=auto", "--dist=loadfile", *sys.argv[1:]),
)


def main() -> int:
    """Run every step with this Python and return the first exit code that is not 0."""
    for step in STEPS:
        print(f"\n== {' '.join(step)}", flush=True)  # noqa: T201 - it is a program of its own
        code = subprocess.run([sys.executable, "-m", *step], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
