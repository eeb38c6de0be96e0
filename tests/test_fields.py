"""`casebuilder fields`: every name that can be printed, with its value and its cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from casebuilder.cli import main
from casebuilder.fields import (
    ABOUT_FILTERS,
    ABOUT_FUNCTIONS,
    ABOUT_MARKERS,
    ABOUT_PARAMETERS,
    Line,
    case_to_show,
    fields_of,
    parameters_of,
    told,
)
from casebuilder.frame import MARKERS, frame_values
from casebuilder.language import Speaker
from casebuilder.paper import FrameValue
from casebuilder.problems import Message
from casebuilder.prose.asking import FILTERS, FUNCTIONS, PARAMETERS
from casebuilder.register.records import Register
from tests.builders import (
    attachment,
    body,
    case,
    case_of,
    cell,
    decision,
    event,
    meeting,
    member,
    register,
    unit,
)

ENGLISH = Speaker(str)


def a_register() -> Register:
    return register(
        organer=[body(kortnavn="Rådet")],
        organhistorikk=[event("stiftet", date(2004, 12, 17))],
        enheter=[unit("3201", "Bærum")],
        medlemmer=[member("3201", medlem_fra=date(2005, 1, 1), kilde_id=())],
        vedtak=[decision("V-1", "3201", status="innstilt")],
        saker=[case(forslag_til_vedtak="1. Ja.\n2. Nei.", tekst="A")],
        vedlegg=[attachment(1, "Møteplan")],
    )


def lines(known: Register) -> dict[str, Line]:
    sections = fields_of(known, case_of(known))
    return {line.name: line for section in sections for line in section.lines}


@pytest.mark.parametrize(
    ("described", "names"),
    [
        (ABOUT_FUNCTIONS, FUNCTIONS),
        (ABOUT_PARAMETERS, PARAMETERS),
        (ABOUT_FILTERS, FILTERS),
        (ABOUT_MARKERS, MARKERS),
    ],
)
def test_everything_that_can_be_asked_is_described(
    described: dict[str, Message], names: dict[str, object]
) -> None:
    assert sorted(described) == sorted(names)


def test_every_value_of_the_frame_is_listed() -> None:
    known = a_register()

    def leaves(name: str, value: FrameValue) -> list[str]:
        if isinstance(value, dict):
            return [leaf for part, each in value.items() for leaf in leaves(f"{name}.{part}", each)]
        if isinstance(value, tuple) and value:
            return [leaf for at, each in enumerate(value) for leaf in leaves(f"{name}[{at}]", each)]
        return [name]

    frame = frame_values(known, case_of(known))
    assert set(lines(known)) >= {leaf for name, value in frame.items() for leaf in leaves(name, value)}


def test_a_value_stands_with_its_cell() -> None:
    found = lines(a_register())
    assert found["sak.tittel"] == Line("sak.tittel", "Samarbeid", (cell("saker", "tittel"),))
    assert found["organ.kortnavn"] == Line("organ.kortnavn", "Rådet", (cell("organer", "kortnavn"),))
    assert found["forslag[1]"] == Line("forslag[1]", "2. Nei.", (cell("saker", "forslag_til_vedtak"),))
    assert found["vedlegg[0].tittel"].places == (cell("vedlegg", "tittel"),)
    assert found["sak.arkivsaksnr"].value is None


def test_every_function_is_shown_with_what_it_gives_for_the_case_s_own_body() -> None:
    found = lines(a_register())
    shown = {name: found[f'{name}("RAAD")'].value for name in ("organ", "organ_kortnavn", "antall")}
    assert shown == {"organ": "Østre råd IPR", "organ_kortnavn": "Rådet", "antall": "1"}
    assert found['hendelse("RAAD", "stiftet")'].value == "17.\xa0desember 2004"
    assert found['vedtak("V-1").status'].value is not None
    called = {name.partition("(")[0] for name in found}
    assert called >= set(FUNCTIONS)


def test_an_empty_register_has_every_function_all_the_same() -> None:
    known = register()
    called = {name.partition("(")[0] for name in lines(known)}
    assert called >= set(FUNCTIONS)
    assert list(told(fields_of(known, case_of(known)), ENGLISH))


def test_a_function_takes_what_its_signature_says() -> None:
    assert parameters_of("medlemmer") == ("organ", "type", "dato", "kort")


def test_values_and_cells_stand_below_each_other() -> None:
    known = a_register()
    text = list(told(fields_of(known, case_of(known)), ENGLISH))
    rows = [line for line in text if line.startswith("  møte.") and ".xlsx" in line]
    assert len({line.index("møter.xlsx") for line in rows}) == 1
    assert rows[0].split() == ["møte.utvalg", "Styret", "møter.xlsx", "møter!C2"]


def test_without_a_name_the_first_unsent_case_is_shown() -> None:
    known = register(
        møter=[meeting()],
        saker=[case("S-1", status="utsendt"), case("S-2", løpenr=13), case("S-3", løpenr=14)],
    )
    assert case_to_show(known, ()) == (known.cases["S-2"], ())
    assert case_to_show(known, ("S-1",)) == (known.cases["S-1"], ())


def test_an_unknown_case_is_a_problem() -> None:
    shown, problems = case_to_show(register(), ("S-9",))
    assert (shown, [problem.rule for problem in problems]) == (None, ["unknown-case"])


def test_the_command_lists_the_sample_s_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "STYRET-2026-014", "--lang", "en", "--mappe", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "Medlemstall og møteplan for 2026" in out
    assert "sources/saker.xlsx møter!E2" in out
    assert not (folder / "output").exists()


def test_the_command_tells_an_unknown_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fields", "STYRET-2026-999", "--lang", "en", "--mappe", str(folder)]) == 1
    assert "there is no meeting or case «STYRET-2026-999»." in capsys.readouterr().out
