"""Which version of a package replaces which (pure): the newest whose cases are all in the new one."""

from __future__ import annotations

import json
from collections.abc import Mapping

from casebuilder.archive.bag import PAYLOAD
from casebuilder.archive.package import CONTENTS


def contents_of(files: Mapping[str, bytes]) -> dict[str, object]:
    """Return a package's list of contents; empty if it cannot be read."""
    try:
        said = json.loads(files.get(f"{PAYLOAD}{CONTENTS}", b"{}"))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def cases_in(files: Mapping[str, bytes]) -> frozenset[str]:
    """Return the sak_ids in a package."""
    cases = contents_of(files).get("saker")
    found = (each.get("sak") for each in cases if isinstance(each, dict)) if isinstance(cases, list) else ()
    return frozenset(map(str, found))


def replaced_by(scope: set[str], older: Mapping[int, frozenset[str]]) -> int:
    """Return the number of the version that one with these cases replaces; 0 if it replaces none."""
    return max((number for number, cases in older.items() if cases and cases <= scope), default=0)
