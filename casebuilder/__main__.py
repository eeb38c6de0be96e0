"""`python -m casebuilder`."""

from __future__ import annotations

import sys

from casebuilder.cli import main

sys.exit(main())
