"""The way from one version to another as tracked changes, in a file that is nobody's paper."""

from __future__ import annotations

import pytest

from casebuilder.word.merging import NotMerged
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import Identity, read_identity
from casebuilder.word.reading import same_content
from casebuilder.word.redline import redline
from casebuilder.word.rejecting import without_ours
from tests.word.handmade import file, p, shown

PAPER = Identity("S-1", "bygg", "grunnlag", "Sak 1.docx", 1)
OLD = file(p("Rådet har 62 kommuner."), p("Borte."), identity=PAPER)
NEW = file(p("Rådet har 63 kommuner."), identity=PAPER)


def test_a_redline_shows_the_way_from_the_first_to_the_second() -> None:
    assert shown(redline(OLD, NEW)) == "Rådet har [-62-]{+63+} kommuner.[-¶-][-Borte.-]¶"


def test_rejecting_it_gives_the_first() -> None:
    assert same_content(package_of(without_ours(parts_of(redline(OLD, NEW)))), OLD)


def test_it_is_nobody_s_paper() -> None:
    assert read_identity(redline(OLD, NEW)) is None
    assert read_identity(OLD) == PAPER


def test_between_a_version_and_itself_nothing_is_marked() -> None:
    assert shown(redline(OLD, OLD)) == shown(OLD)


def test_what_cannot_be_read_has_no_redline() -> None:
    with pytest.raises(NotMerged):
        redline(OLD, b"no file")
