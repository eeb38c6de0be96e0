"""`python -m casebuilder`."""

from __future__ import annotations

import sys

from casebuilder.cli import main

if __name__ == "__main__":  # a worker of ours on Windows reads this file too
    sys.exit(main())
