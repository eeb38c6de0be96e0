"""casebuilder: Excel sheets, prose and a Word template become the case papers of a board meeting."""

from __future__ import annotations

__version__ = "0.1.0"
