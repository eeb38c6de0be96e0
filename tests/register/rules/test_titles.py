from __future__ import annotations

import pytest

from tests.builders import attachment, case, cell, meeting
from tests.register.rules.breaking import places


@pytest.mark.parametrize("title", ["Samarbeid", "Avtaler, vedtekter mv.", "Hva nå ...", "Er dette slutten?"])
def test_a_title_without_a_full_stop_is_right(title: str) -> None:
    given = {"saker": [case(tittel=title)], "vedlegg": [attachment(1, title)]}
    assert places("punktum-i-tittel", **given) == []


def test_a_full_stop_after_a_title_is_told() -> None:
    given = {
        "saker": [case(tittel="Samarbeid.", offentlig_tittel="Sak.")],
        "vedlegg": [attachment(1, "Notat om saken.")],
    }
    assert places("punktum-i-tittel", **given) == [
        cell("saker", "tittel"),
        cell("saker", "offentlig_tittel"),
        cell("vedlegg", "tittel"),
    ]


def test_the_title_of_a_sent_paper_can_no_longer_be_changed() -> None:
    assert places("punktum-i-tittel", saker=[case(tittel="Samarbeid.", status="utsendt")]) == []


def test_files_of_their_own_names_are_right_and_so_are_those_of_other_meetings() -> None:
    cases = [case("A"), case("B", løpenr=13), case("C", løpenr=14, møte_id="M-2")]
    files = [
        attachment(1, "Plan", sak_id="A", fil="plan.pdf"),
        attachment(1, "Kart", sak_id="B", fil="kart.pdf"),
        attachment(1, "Plan", sak_id="C", fil="plan.pdf"),
    ]
    meetings = [meeting(), meeting(møte_id="M-2")]
    assert places("like-filnavn", møter=meetings, saker=cases, vedlegg=files) == []


@pytest.mark.parametrize(("case_id", "file"), [("A", "b/Plan.pdf"), ("A", "b\\plan.pdf"), ("B", "plan.pdf")])
def test_a_file_of_the_same_name_in_a_meeting_is_told(case_id: str, file: str) -> None:
    cases = [case("A"), case("B", løpenr=13)]
    files = [attachment(1, "Plan", sak_id="A", fil="plan.pdf"), attachment(2, "To", sak_id=case_id, fil=file)]
    assert places("like-filnavn", saker=cases, vedlegg=files) == [cell("vedlegg", "fil", 3)]


def test_the_same_file_twice_in_a_case_is_an_error_already() -> None:
    files = [attachment(1, "En", fil="plan.pdf"), attachment(2, "To", fil="Plan.pdf")]
    assert places("like-filnavn", vedlegg=files) == []


def test_attachments_in_a_row_are_right() -> None:
    files = [attachment(2, "To"), attachment(1, "En"), attachment(1, "En", sak_id="B")]
    assert places("hull-i-vedlegg", saker=[case(), case("B", løpenr=13)], vedlegg=files) == []


def test_an_attachment_left_out_is_told_at_the_one_after_it() -> None:
    files = [attachment(1, "En"), attachment(3, "Tre"), attachment(4, "Fire")]
    assert places("hull-i-vedlegg", vedlegg=files) == [cell("vedlegg", "nr", 3)]
