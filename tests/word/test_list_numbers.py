"""The numbers that Word shows: counted as Word counts, and as LibreOffice prints them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from casebuilder.word.list_numbers import ListNumbers, formatted
from casebuilder.word.package import parts_of
from casebuilder.word.style_chains import StyleChains
from tests.tools import tool
from tests.word.handmade import NAMESPACES, file, listed, p

LEVELS = (("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))


def design(*levels: tuple[str, str], number: int = 0, more: str = "") -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (kind, shown) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'


def num(number: int, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def anew(level: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def made_of(inside: str, *body: str) -> bytes:
    return file(*body, lists=f"<w:numbering {NAMESPACES}>{inside}</w:numbering>")


def labels(data: bytes) -> list[str]:
    parts = parts_of(data)
    styles = StyleChains(parse_xml(parts["word/styles.xml"]))
    numbers = ListNumbers(parse_xml(parts["word/numbering.xml"]), styles)
    paragraphs = list(parse_xml(parts["word/document.xml"]).iter(qn("w:p")))
    found = numbers.of(paragraphs)
    return [found[each].label if each in found else "" for each in paragraphs]


def test_levels_count_under_each_other_and_begin_anew() -> None:
    body = [listed(1, "x", level=level) for level in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert labels(made_of(design(*LEVELS) + num(1), *body)) == [
        "1", "1.1", "1.2", "a)", "b)", "2", "2.1", "a)",
    ]  # fmt: skip


def test_lists_of_one_design_go_on_until_one_is_told_to_begin_anew() -> None:
    lists = design(*LEVELS) + num(1) + num(2) + num(3, more=anew(0, 5))
    body = [listed(number, "x") for number in (1, 2, 3, 3, 1)]
    assert labels(made_of(lists, *body)) == ["1", "2", "5", "6", "7"]


def test_a_level_that_begins_without_the_one_above_counts_it_as_begun() -> None:
    body = [listed(1, "x", level=1), listed(1, "x", level=0), listed(1, "x", level=1)]
    assert labels(made_of(design(*LEVELS) + num(1), *body))[0] == "1.1"


def test_a_paragraph_without_a_list_or_taken_out_of_it_has_no_number() -> None:
    out = listed(0, "x")
    assert labels(made_of(design(*LEVELS) + num(1), p("x"), out, listed(1, "x"))) == ["", "", "1"]


def test_a_style_ties_its_paragraphs_to_a_level() -> None:
    tied = design(("decimal", "%1"), number=0, more='<w:pStyle w:val="Overskrift1"/>') + num(1)
    data = made_of(tied, p("x", style="Overskrift1"), p("x"), p("x", style="Overskrift1"))
    parts = parts_of(data)
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    head = '<w:name w:val="heading 1"/></w:style>'
    styles = parts["word/styles.xml"].decode()
    assert head in styles
    chains = StyleChains(parse_xml(styles.replace(head, head.replace("</w:style>", number)).encode()))
    numbers = ListNumbers(parse_xml(parts["word/numbering.xml"]), chains)
    paragraphs = list(parse_xml(parts["word/document.xml"]).iter(qn("w:p")))
    assert [each.label for each in numbers.of(paragraphs).values()] == ["1", "2"]


def test_legal_numbering_writes_every_level_in_figures() -> None:
    lists = design(("upperRoman", "%1"), ("decimal", "%1.%2"), more="<w:isLgl/>") + num(1)
    assert labels(made_of(lists, listed(1, "x"), listed(1, "x", level=1))) == ["1", "1.1"]


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (1, "lowerLetter", "a"),
        (27, "lowerLetter", "aa"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
        (12, "decimal", "12"), (3, "none", ""), (3, "ordinal", "3."), (0, "lowerLetter", "0"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_its_format_wants(value: int, kind: str, said: str) -> None:
    assert formatted(value, kind) == said


def test_libreoffice_prints_the_same_numbers(tmp_path: Path) -> None:
    program = tool("soffice", "LibreOffice prints the numbers")
    lists = design(*LEVELS) + design(("lowerRoman", "(%1)"), ("upperLetter", "%2-%1"), number=1)
    lists += num(1) + num(2, of=1) + num(3, more=anew(0, 5))
    order = [(1, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 1), (1, 2), (1, 0), (3, 0), (3, 0), (3, 1)]
    data = made_of(lists, *(listed(number, "ord", level=level) for number, level in order))
    (tmp_path / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "txt:Text", str(tmp_path / "a.docx")]
    subprocess.run([*command, "--outdir", str(tmp_path)], capture_output=True, check=True, timeout=120)
    printed = (tmp_path / "a.txt").read_text(encoding="utf-8-sig").split("\n")
    assert [line.partition("ord")[0].strip() for line in printed if line.strip()] == labels(data)
