"""Who runs in the races, as the tables and the plot name them."""

from __future__ import annotations

OURS = "casebuilder"
WHOLE = "casebuilder, whole build"
STYLES = "casebuilder, large styles part"
SCRATCH = "casebuilder, from nothing"
TEXT = "casebuilder, one text changed"
NOTHING = "casebuilder, nothing changed"
ONE = "casebuilder, whole process, one core"
TWO = "casebuilder, whole process, two cores"

DOCXTPL = "docxtpl"
PANDOC = "pandoc alone"
SUBDOC = "docxtpl + pandoc sub-document"
NAIVE = "naive pipeline"
IMPORTS = "imports alone"
FLOOR = "string and zip, the floor"

OF_OURS = frozenset({OURS, WHOLE, STYLES, SCRATCH})
"""Those that are casebuilder."""
