"""One slip of language at a time in the sample's texts: found at its very place, and nothing else is said."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from casebuilder.gathering import texts_of
from casebuilder.pipeline import build
from casebuilder.problems import Place, Problem, Severity, msg
from casebuilder.prose.reading import ReadText, read_prose
from casebuilder.register import register_of
from casebuilder.register.records import Register
from casebuilder.sheets import read_sheets
from casebuilder.sheets.columns import BY_NAME
from casebuilder.word.source_words import paragraphs_of
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.papertext import paper_text

MARKDOWN, WORD = "STYRET-2026-012", "STYRET-2026-013"
A, INFO = Severity.WARNING, Severity.INFO

SLIPS = [
    ("anførselstegn", INFO, "Saken gjelder ", "“landsdelssamarbeid” for alle.", "«landsdelssamarbeid»"),
    ("dato-uten-mellomrom", INFO, "Det gjelder fra ", "1.januar 2027.", "1. januar 2027"),
    ("doble-mellomrom", INFO, "Det er ", "bedre  slik.", "bedre slik"),
    ("mellomrom-før-tegn", INFO, "Det er ", "bedre , sier noen.", "bedre, sier"),
    ("stor-forbokstav", INFO, "Vi spurte ", "Horten Kommune om dette.", "Horten kommune"),
    ("stor-forbokstav", INFO, "Vi følger reglene, jf. ", "Kommuneloven.", "jf. kommuneloven."),
    ("enhetens-navn", A, "Da kom ", "Viken fylkeskommunene med.", "Viken fylkeskommunene"),
    ("organets-navn", A, "Det gjelder også ", "Østlandsamarbeidet.", "Østlandsamarbeidet"),
    ("organets-navn", A, "Det gjelder også ", "osloregionen.", "osloregionen"),
    ("relativ-tid", A, "Fem kommuner valgte å gå ut ", "i fjor.", "i fjor"),
    ("dato-uten-år", A, "Fylkestinget skal behandle saken den ", "26. februar.", "26. februar"),
    ("naken-nettadresse", A, "Les mer på ", "https://www.example.org/rapport.", "www.example.org/rapport"),
    ("blandede-former", A, "Alt er samlet og ordnet på ", "overordna nivå.", "overordna"),
    ("enkel-krøllparentes", A, "Nå har rådet ", "{ antall } medlemmer.", "{ antall }"),
    ("kilde-uten-krøllalfa", A, "Det står i rapporten ", "[NIBR-2021-17].", "[NIBR-2021-17]"),
    ("tall-og-register", A, "I 2026 består Osloregionen IPR av ", "63 kommuner.", "63 kommuner"),
    ("utmelding-og-register", A, "Horten gikk ut av Osloregionen ", "1. januar 2026.", "1. januar 2026"),
    (
        "gjentatt-tekst",
        A,
        "Deretter kom noe annet. ",
        "Da blir det mye viktigere at landsdelen vet hva den vil, og sier det samlet når staten prioriterer.",
        "Da blir det mye viktigere",
    ),
]  # fmt: skip
IDS = [f"{slip[0]}: {slip[3]}" for slip in SLIPS]
ORIGINAL = "Da blir det viktigere at landsdelen vet hva den vil, og sier det samlet når staten prioriterer."


@pytest.fixture(scope="module")
def known() -> Register:
    return register_of(*read_sheets(Workspace(ROOT).workbooks()))[0]


def told(folder: Path, case_id: str, known: Register) -> tuple[list[ReadText], list[Problem]]:
    """What is said of a case's texts, read as a build reads them."""
    case = known.cases[case_id]
    texts, problems = texts_of(Workspace(folder), known, case)
    _prose, more = read_prose(texts, known, case)
    return texts, [*problems, *more]


def in_markdown(folder: Path, change: Callable[[str], str]) -> None:
    path = folder / "sources" / "tekster" / f"{MARKDOWN}.md"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def in_word(folder: Path, paragraph: int, change: Callable[[str], str]) -> None:
    """Change a paragraph's words, keeping them in several runs, as Word leaves them."""
    path = folder / "sources" / "tekster" / f"{WORD}.docx"
    document = docx.Document(str(path))
    chosen = document.paragraphs[paragraph]
    words = change(chosen.text)
    for run in chosen.runs:
        run.text = ""
    for at in range(0, len(words), 7):
        chosen.add_run(words[at : at + 7])
    document.save(str(path))


@pytest.mark.parametrize(("rule", "severity", "lead", "slip", "_shown"), SLIPS, ids=IDS)
def test_a_slip_in_a_markdown_text_is_told_at_its_line_and_column(  # noqa: PLR0917 - one slip
    folder: Path, known: Register, rule: str, severity: Severity, lead: str, slip: str, _shown: str
) -> None:
    planted = f"{ORIGINAL} {lead}{slip}" if rule == "gjentatt-tekst" else f"{lead}{slip}"
    in_markdown(
        folder, lambda text: text.replace("# Drøfting\n", f"# Drøfting\n\nEn *ny* linje\n{planted}\n", 1)
    )
    text = (folder / "sources" / "tekster" / f"{MARKDOWN}.md").read_text(encoding="utf-8")
    line = text[: text.index(slip)].count("\n") + 1
    column = text.index(slip) - text.rindex("\n", 0, text.index(slip))
    _texts, problems = told(folder, MARKDOWN, known)
    place = Place(f"sources/tekster/{MARKDOWN}.md", line=line, column=column)
    assert [(each.rule, each.severity, each.place) for each in problems] == [(rule, severity, place)]


@pytest.mark.parametrize(("rule", "severity", "lead", "slip", "shown"), SLIPS, ids=IDS)
def test_a_slip_in_a_word_text_is_told_at_its_heading_and_paragraph(  # noqa: PLR0917 - one slip
    folder: Path, known: Register, rule: str, severity: Severity, lead: str, slip: str, shown: str
) -> None:
    planted = f"{ORIGINAL} {lead}{slip}" if rule == "gjentatt-tekst" else f"{lead}{slip}"
    in_word(folder, -1, lambda text: f"{text} {planted}")
    texts, problems = told(folder, WORD, known)
    number = max(place.paragraph for place, _said in paragraphs_of("", texts[0].marked.content))
    place = Place(f"sources/tekster/{WORD}.docx", paragraph=number, heading="Vurdering")
    assert [(each.rule, each.severity, each.place) for each in problems] == [(rule, severity, place)]
    words = " ".join(said for _place, said in paragraphs_of("", texts[0].marked.content))
    assert shown in words.replace("\xa0", " ")


def test_numbers_typed_before_headings_are_told_at_their_heading(folder: Path, known: Register) -> None:
    def number(text: str) -> str:
        for old, new in (
            ("# Bakgrunn", "# 1. Bakgrunn"),
            ("## Tre", "## 1.2 Tre"),
            ("## Medlemmer", "## 1.3 Medlemmer"),
            ("## Hva Manchester", "## 1.4 Hva Manchester"),
            ("# Drøfting", "# 2. Drøfting"),
            ("## Bygge", "## 2.1. Bygge"),
            ("## Hvordan", "## 2.2. Hvordan"),
        ):
            text = text.replace(f"\n{old}", f"\n{new}")
        return text

    in_markdown(folder, number)
    lines = (folder / "sources" / "tekster" / f"{MARKDOWN}.md").read_text(encoding="utf-8").split("\n")
    wrong = [at for at, line in enumerate(lines, 1) if line.startswith("## 1.")]
    _texts, problems = told(folder, MARKDOWN, known)
    assert [(each.rule, each.severity, each.place.line) for each in problems] == [
        ("heading-number", INFO, line) for line in wrong
    ]


def test_a_number_typed_before_a_word_text_s_heading_is_told_at_its_paragraph(
    folder: Path, known: Register
) -> None:
    in_word(folder, 0, lambda text: f"7. {text}")
    _texts, problems = told(folder, WORD, known)
    place = Place(f"sources/tekster/{WORD}.docx", paragraph=1, heading="7. Bakgrunn")
    assert [(each.rule, each.place) for each in problems] == [("heading-number", place)]


def test_what_is_mended_reaches_the_paper_and_the_sources_stay(folder: Path) -> None:
    in_markdown(
        folder, lambda text: text.replace("# Drøfting\n", "# Drøfting\n\nHorten Kommune, fra 1.januar.\n")
    )
    before = (folder / "sources" / "tekster" / f"{MARKDOWN}.md").read_bytes()
    report = build(Workspace(folder), [MARKDOWN])
    assert [each.rule for each in report.problems] == [
        "dato-uten-mellomrom",
        "stor-forbokstav",
        "dato-uten-år",
    ]
    assert report.exit_code == 0
    paper = paper_text((folder / report.outcomes[0].path).read_bytes())
    assert "Horten kommune, fra 1.~januar." in paper
    assert (folder / "sources" / "tekster" / f"{MARKDOWN}.md").read_bytes() == before


def test_a_slip_can_be_signed_for_by_its_rule_and_case(folder: Path) -> None:
    in_markdown(folder, lambda text: text.replace("# Drøfting\n", "# Drøfting\n\nDet ble vedtatt i fjor.\n"))
    assert [each.rule for each in build(Workspace(folder)).problems] == ["relativ-tid"]
    workbook = load_workbook(folder / "sources" / "saker.xlsx")
    sheet = workbook.create_sheet("avvik")
    sheet.append([column.header for column in BY_NAME["avvik"].columns])
    for rule in ("relativ-tid", "dato-uten-år"):
        sheet.append([rule, MARKDOWN, "Slik vil styret ha det", "kn", date(2026, 2, 4)])
    workbook.save(folder / "sources" / "saker.xlsx")
    nothing, count = build(Workspace(folder)).problems
    assert (count.rule, nothing.rule) == ("acknowledged", "acknowledged-nothing")
    assert nothing.expected == msg("Delete the row when it is no longer needed.")


def test_the_sample_and_a_new_secretariat_s_example_have_no_slips(tmp_path: Path, known: Register) -> None:
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert [told(tmp_path, case_id, known)[1] for case_id in known.cases] == [[], [], []]


def test_words_of_a_word_text_are_edited_across_its_runs(folder: Path, known: Register) -> None:
    in_word(folder, 1, lambda _text: "I Horten Kommune , “ja” og {{ standdato }}  slik fra 1.mars 2026 .")
    texts, problems = told(folder, WORD, known)
    document = docx.Document(io.BytesIO(texts[0].marked.content))
    said = document.paragraphs[1].text.replace("\xa0", " ")
    assert said == "I Horten kommune, «ja» og \ue0f00\ue0f1 slik fra 1. mars 2026."
    assert {each.severity for each in problems} == {INFO}
    assert len(problems) == 6
