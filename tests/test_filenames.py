"""File names that Windows can hold, whatever a title says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.filenames import attachment_name, paper_name, safe


def test_a_paper_is_named_by_number_and_title() -> None:
    assert paper_name("12/26", "Veien videre") == "Sak 12-26 Veien videre.docx"


def test_a_draft_without_a_number_has_a_dash() -> None:
    assert paper_name("–/26", "Utkast") == "Sak –-26 Utkast.docx"


def test_two_papers_of_one_name_are_told_apart_by_their_ids() -> None:
    assert paper_name("–/26", "Utkast", "STYRET-2026-001") == "Sak –-26 Utkast (STYRET-2026-001).docx"


def test_a_long_title_is_cut_between_words() -> None:
    name = paper_name("12/26", "Regional " * 40)
    assert len(name) <= 100
    assert name.endswith("Regional.docx")


def test_what_windows_forbids_becomes_a_hyphen() -> None:
    assert paper_name("1/26", 'Hva? «A/B»: <en> "to" | tre*') == "Sak 1-26 Hva- «A-B»- -en- -to- - tre-.docx"


def test_an_attachment_keeps_its_name_and_extension() -> None:
    name = attachment_name("14/26", 2, "Møteplan og årshjul.pdf")
    assert name == "Sak 14-26 Vedlegg 2 Møteplan og årshjul.pdf"


def test_a_reserved_name_is_defused() -> None:
    assert [safe(name) for name in ("CON", "nul.txt", "Lpt1", "CONCERT")] == [
        "_CON",
        "_nul.txt",
        "_Lpt1",
        "CONCERT",
    ]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_name_can_stand_on_windows(label: str, title: str) -> None:
    for name in (safe(title), paper_name("1/26", title), attachment_name(label[:5], 1, title)):
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert name == name.strip(" ")
        assert not name.endswith(".")
        assert name
