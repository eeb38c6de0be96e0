"""Two versions of a paper → one that shows the way from the first to the second as tracked changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from casebuilder.word.merging import merge
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import CUSTOM_PART, custom_with, read_identity


def redline(old: bytes, new: bytes) -> bytes:
    """Return `old` with what `new` says as tracked changes; it is nobody's paper. Raises NotMerged."""
    return nobodys(parts_of(merge(old, old, new).data))


def nobodys(parts: Mapping[str, bytes]) -> bytes:
    """Return a file of these parts that a build does not take for a case's paper."""
    identity = read_identity(package_of(parts))
    if identity is None:
        return package_of(parts)
    nobody = replace(identity, case_id="", build_id="", base="", name="")
    return package_of({**parts, CUSTOM_PART: custom_with(parts[CUSTOM_PART], nobody)})
