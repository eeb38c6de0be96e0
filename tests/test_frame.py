from __future__ import annotations

from casebuilder.frame import GROUPS, MARKERS, frame_values
from casebuilder.paper import Datum
from casebuilder.wording import WORDS
from tests.builders import attachment, body, case, case_of, cell, meeting, register, unit

NBSP = "\xa0"


def test_everything_a_template_can_print_knows_its_cell() -> None:
    known = register(
        organer=[body(kortnavn="Rådet", nettsted="https://raad.no", kontorkommune="0301")],
        enheter=[unit("0301", "Oslo")],
        saker=[
            case(forslag_til_vedtak="1. Ja.\n\n 2. Nei. ", tilgang="unntatt", unntatt_hjemmel="offl. § 13")
        ],
    )
    values = frame_values(known, case_of(known))
    assert values["organ"] == {
        "navn": Datum("Østre råd IPR", (cell("organer", "navn"),)),
        "kortnavn": Datum("Rådet", (cell("organer", "kortnavn"),)),
        "nettsted": Datum("https://raad.no", (cell("organer", "nettsted"),)),
        "kontorkommune": Datum("Oslo kommune", (cell("organer", "kontorkommune"),)),
    }
    assert values["møte"] == {
        "utvalg": Datum("Styret", (cell("møter", "utvalg"),)),
        "møtenummer": Datum("1/2026", (cell("møter", "møtenummer"),)),
        "dato": Datum(f"12.{NBSP}februar 2026", (cell("møter", "dato"),)),
        "sted": Datum("Oslo", (cell("møter", "sted"),)),
    }
    assert values["sak"] == {
        "nummer": Datum(f"Sak{NBSP}12/26", (cell("saker", "løpenr"),)),
        "tittel": Datum("Samarbeid", (cell("saker", "tittel"),)),
        "saksbehandler": Datum("Kari Nordmann", (cell("saker", "saksbehandler"),)),
        "saksansvarlig": None,
        "arkivsaksnr": None,
        "journalpost_id": None,
        "klassering": None,
        "tilgang": Datum("Unntatt offentlighet", (cell("saker", "tilgang"),)),
        "unntatt_hjemmel": Datum("offl. § 13", (cell("saker", "unntatt_hjemmel"),)),
        "merking": Datum(f"Unntatt offentlighet, jf.{NBSP}offl. § 13", (cell("saker", "unntatt_hjemmel"),)),
        "standdato": Datum(f"12.{NBSP}februar 2026", (cell("møter", "dato"),)),
    }
    proposal = (cell("saker", "forslag_til_vedtak"),)
    assert values["forslag"] == (Datum("1. Ja.", proposal), Datum("2. Nei.", proposal))


def test_what_is_empty_is_none() -> None:
    known = register(møter=[meeting(sted=None)])
    values = frame_values(known, case_of(known))
    assert (values["forslag"], values["vedlegg"]) == ((), ())
    assert values["organ"] == {
        "navn": Datum("Østre råd IPR", (cell("organer", "navn"),)),
        "kortnavn": None,
        "nettsted": None,
        "kontorkommune": None,
    }


def test_attachments_are_in_the_order_of_their_numbers_with_what_must_be_said_of_them() -> None:
    exempt = {"tilgang": "unntatt", "unntatt_hjemmel": "offl. § 13"}
    known = register(vedlegg=[attachment(2, "Notat", utrykt="ja", **exempt), attachment(1, "Rapport")])
    nynorsk = register(saker=[case(målform="nn")], vedlegg=[attachment(1, "Notat", utrykt="ja")])
    assert frame_values(known, case_of(known))["vedlegg"] == (
        {
            "nr": Datum("1", (cell("vedlegg", "nr", 3),)),
            "tittel": Datum("Rapport", (cell("vedlegg", "tittel", 3),)),
            "merknad": None,
        },
        {
            "nr": Datum("2", (cell("vedlegg", "nr", 2),)),
            "tittel": Datum("Notat", (cell("vedlegg", "tittel", 2),), exempt=True),
            "merknad": Datum(
                "utrykt vedlegg; unntatt offentlighet, jf. offl. § 13",
                tuple(cell("vedlegg", column, 2) for column in ("utrykt", "tilgang", "unntatt_hjemmel")),
            ),
        },
    )
    (only,) = frame_values(nynorsk, case_of(nynorsk))["vedlegg"]  # type: ignore[misc]
    assert only["merknad"] == Datum("uprenta vedlegg", (cell("vedlegg", "utrykt"),))  # type: ignore[index, call-overload]


def test_the_fixed_words_are_in_the_case_s_language_and_have_names_a_template_can_use() -> None:
    known = register(saker=[case(målform="nn")])
    words = frame_values(known, case_of(known))["ord"]
    assert isinstance(words, dict)
    assert words["forslag_til_vedtak"] == Datum("Framlegg til vedtak")
    assert [name for name in words if not name.isidentifier()] == []
    assert set(words) <= set(WORDS["nn"])


def test_the_groups_and_the_markers_are_names_of_their_own() -> None:
    known = register()
    assert set(GROUPS) <= set(frame_values(known, case_of(known)))
    assert set(MARKERS).isdisjoint(frame_values(known, case_of(known)))
