from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.paper import Paragraph, Text
from casebuilder.word.document import write_paper
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import Identity, custom_properties, read_identity
from tests.word.builders import TEMPLATE, opened, paper, template_with, written

PAPER = paper(Paragraph((Text("Ord."),)))
PATH = "docProps/custom.xml"


def test_the_core_properties_are_the_case_s_and_its_day_stands_for_the_clock() -> None:
    core = opened(written(PAPER)).core_properties
    noon = datetime(2026, 2, 5, 12, tzinfo=UTC)
    assert (core.title, core.author, core.last_modified_by, core.subject, core.language) == (
        "En tittel",
        "Rådet IPR",
        "Rådet IPR",
        "Sak 1/26",
        "nb-NO",
    )
    assert (core.created, core.modified, core.revision) == (noon, noon, 1)


def test_a_property_is_cut_where_word_would_refuse_it() -> None:
    properties = replace(PAPER.properties, title="å" * 300, author="Ø" * 256, subject="S" * 300)
    core = opened(written(replace(PAPER, properties=properties))).core_properties
    assert (core.title, core.author, core.subject) == ("å" * 255, "Ø" * 255, "S" * 255)


def test_each_core_property_stands_once_whatever_docxtpl_has_loaded() -> None:
    program = (
        "import sys, docxcompose.utils\n"
        "from tests.word.test_properties import PAPER, written, parts_of\n"
        "sys.stdout.buffer.write(parts_of(written(PAPER))['docProps/core.xml'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == parts_of(written(PAPER))["docProps/core.xml"]
    assert done.stdout.count(b"revision>") == 2


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(1900, 1, 1), "1900-01-01T12:00:00Z"), (date(9999, 12, 31), "9999-12-31T12:00:00Z")],
)
def test_the_day_stands_in_the_file_as_noon_in_utc(day: date, said: str) -> None:
    made = written(replace(PAPER, properties=replace(PAPER.properties, day=day)))
    assert parts_of(made)["docProps/core.xml"].decode().count(f">{said}<") == 2


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)


@given(WORDS.filter(bool), WORDS, WORDS)
def test_an_identity_is_read_as_it_was_written(case_id: str, build: str, base: str) -> None:
    identity = Identity(case_id, build, base)
    assert read_identity(package_of({PATH: custom_properties(identity)})) == identity


def test_a_finished_paper_says_which_case_and_build_it_is() -> None:
    file, problems = write_paper(PAPER, TEMPLATE, "mal.docx", "2026-02-05")
    assert (problems, file is not None) == ((), True)
    assert file is not None
    assert read_identity(file.data) == file.identity
    assert (file.identity.case_id, file.identity.build_id) == ("S-1", "2026-02-05")


def test_a_template_s_own_custom_properties_are_replaced() -> None:
    parts = parts_of(written(PAPER, template_with("{{ saksutredning }}")))
    parts[PATH] = custom_properties(Identity("ANNEN", "x", "y"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Ord.", b"{{ saksutredning }}")
    identity = read_identity(written(PAPER, package_of(parts)))
    assert identity is not None
    assert (identity.case_id, identity.build_id) == ("S-1", "bygg")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 stump",
        b"Ikke Word",
        template_with("Fremmed"),
        package_of({PATH: b"<Properties"}),
        package_of({PATH: b"<Properties/>"}),
        package_of({PATH: custom_properties(Identity("", "bygg", "hash"))}),
    ],
    ids=["empty", "cut", "text", "stranger", "torn", "bare", "nameless"],
)
def test_a_file_that_is_not_of_ours_has_no_identity(data: bytes) -> None:
    assert read_identity(data) is None


@given(st.data())
def test_a_damaged_file_has_an_identity_or_none_but_raises_nothing(data: st.DataObject) -> None:
    whole = bytearray(package_of({PATH: custom_properties(Identity("S-1", "bygg", "hash"))}))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    found = read_identity(bytes(whole))
    assert found is None or isinstance(found, Identity)
