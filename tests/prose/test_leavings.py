"""Who left and when, typed by hand, held against the register."""

from __future__ import annotations

from datetime import date

import pytest

from casebuilder.register.records import Register
from tests.builders import BODY, body, case, decision, member, register, unit
from tests.prose.language import told


def left() -> Register:
    """Asker and Bærum left on 1 January 2026, as decided in 2024; Horten leaves a year later; Moss stays."""
    made = [
        decision(f"V{number}", number, vedtaksdato=date(year - 2, 5, 7), virkningsdato=date(year, 1, 1))
        for number, year in (("3203", 2026), ("3201", 2026), ("3901", 2027))
    ]
    rows = [
        member(str(each["enhet_id"]), medlem_fra=date(2015, 1, 1), utmelding_vedtak_id=each["vedtak_id"])
        for each in made
    ]
    return register(
        organer=[body(BODY, "Fjordrådet IPR", kortnavn="Fjordrådet"), body("ANNET", "Fjellrådet")],
        enheter=[
            unit("3203", "Asker"), unit("3201", "Bærum"), unit("3901", "Horten"), unit("3103", "Moss"),
        ],
        vedtak=made,
        medlemmer=[*rows, member("3103", medlem_fra=date(2015, 1, 1))],
        saker=[case(standdato=date(2026, 2, 5))],
    )  # fmt: skip


WRONG = [
    ("Bærum gikk ut 1. januar 2025.", 15),
    ("Bærum kommune gikk ut av Fjordrådet 1. januar 2025.", 37),
    ("Bærum og Asker forlot Fjordrådet 1. januar 2025.", 34),
    ("Bærum meldte seg ut i 2023, med virkning fra 1. januar 2025.", 46),
    ("Bærum meldte seg ut i 2024, med virkning fra 1. januar 2025.", 46),
    ("I 2023 valgte Bærum kommune og Asker kommune å melde seg ut av Fjordrådet.", 3),
    ("Horten har meldt seg ut av Fjordrådet med virkning fra 1. januar 2028.", 56),
    ("Moss gikk ut av Fjordrådet 1. januar 2025.", 28),
    ("Moss har meldt seg ut av Fjordrådet.", 1),
    ('Horten gikk ut av {{ organ("RAAD") }} 1. januar 2025.', 39),
    ("I 2024 valgte disse å gå ut av Fjordrådet med virkning fra 1. januar 2027: Asker og Bærum.", 60),
]  # fmt: skip

RIGHT = """\
Bærum gikk ut 1. januar 2026. Siste dag for Bærum var 31. desember 2025.
Bærum gikk ut 31. desember 2025.
Bærum, Asker og Horten meldte seg ut av Fjordrådet.
Bærum kommune og Asker kommune meldte seg ut i 2024, med virkning fra 1. januar 2026.
Horten kommune går ut av Fjordrådet 1. januar 2027.
I 2024 valgte Bærum kommune og Asker kommune å melde seg ut av Fjordrådet.
Bærum gikk ut 1. januar 2026, mens Horten går ut 1. januar 2027.
Bærum har meldt seg ut, og styret behandlet saken 12. februar 2026.
Etter at Bærum gikk ut 1. januar 2026, har Moss betalt mer siden 2020.
Dersom Moss går ut av Fjordrådet 1. januar 2028, blir det dyrere.
Moss gikk ut av Fjordrådets møte. Moss forlot ordningen. Bærum har meldt seg ut av Fjordrådet.
Møtet gikk sin gang uten at Moss gikk ut av Fjordrådet.
Moss vurderer om de skal gå ut 1. januar 2028.
Moss gikk ut av Fjellrådet 1. januar 2020. Moss gikk ut 1. januar 2020.
Drammen gikk ut av Fjordrådet 1. januar 2020.
«Bærum gikk ut 1. januar 2025», sa han.
Bærum gikk ut {{ dato("2025-01-01") }}.
Bærum gikk ut av ordningen i 2019. Bærum gikk ut av Lakserådet 1. januar 2018.
Bærum forlot møtet 1. februar 2023. Bærum forlot Lakserådet i 2015.
Toget gikk ut fra Bærum 1. januar 2025.
""".splitlines()


@pytest.mark.parametrize(("sentence", "column"), WRONG, ids=[each[0] for each in WRONG])
def test_a_leaver_s_date_that_is_not_the_register_s_is_told_at_its_place(sentence: str, column: int) -> None:
    assert told(sentence, left()) == [("utmelding-og-register", f"1:{column}")]


@pytest.mark.parametrize("sentence", RIGHT)
def test_right_dates_and_what_is_not_sure_are_left_in_peace(sentence: str) -> None:
    assert told(sentence, left()) == []
