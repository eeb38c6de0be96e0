"""Words marked as exempt: by «unntatt» in Markdown, by a style in Word; what is nearly marked is told."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE

from casebuilder.blockwalk import mapped_inlines
from casebuilder.compose import compose
from casebuilder.paper import (
    Block,
    Code,
    Figure,
    Image,
    Inline,
    Mention,
    Note,
    NoteAgain,
    Paragraph,
    Table,
    Text,
)
from casebuilder.prose.exempt import has_exempt, is_exempt
from casebuilder.prose.reading import ReadText, read_prose
from casebuilder.word.exempt import with_marks
from casebuilder.word.source import mark_word_text, picture_of
from tests.builders import body as body_row
from tests.builders import case, case_of, register, source
from tests.prose.builders import body, cached_tree, read
from tests.test_another_secretariat import png


def exempt(blocks: Sequence[Block]) -> list[str]:
    """What is exempt, each word or thing once, in reading order."""
    found: list[str] = []

    def look(inline: Inline) -> tuple[Inline, ...]:
        if isinstance(inline, Text | Mention) and inline.format.exempt:
            found.append(inline.text if isinstance(inline, Text) else inline.body_id)
        if isinstance(inline, Image | NoteAgain) and inline.exempt:
            found.append(type(inline).__name__)
        return (inline,)

    mapped_inlines(blocks, look)
    return [*found, *things(blocks)]


def things(blocks: Sequence[Block]) -> Iterator[str]:
    for each in blocks:
        if isinstance(each, Code) and each.exempt:
            yield f"code {each.text}"
        if isinstance(each, Figure) and each.image.exempt:
            yield f"figure {each.image.alt}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Åpent, men [Kari Vik]{.unntatt} ikke.", ["Kari Vik"]),
        ("[*Kari* Vik]{.unntatt}", ["Kari", " Vik"]),
        ("::: unntatt\nHelt.\n\n- én\n- to\n:::\n\nÅpent.", ["Helt.", "én", "to"]),
        ("::: {.unntatt}\nHelt.\n:::", ["Helt."]),
        ("[Se [her](https://a.no/b)]{.unntatt}.", ["Se ", "her"]),
        ("[Ord[^n]]{.unntatt} og mer.[^m]\n\n[^n]: Hemmelig.\n[^m]: Åpen.", ["Ord", "Hemmelig."]),
        ("Ord.[^n]\n\n[^n]: Åpent, [ikke dette]{.unntatt}.", ["ikke dette"]),
        ("::: unntatt\n| A | B |\n|---|---|\n| c | d |\n:::", ["A", "B", "c", "d"]),
        ("::: unntatt\n    kode\n:::", ["code kode"]),
        ("# [Tittel]{.unntatt}", ["Tittel"]),
        ("Bare åpent.", []),
    ],
)
def test_what_markdown_marks_is_exempt_whatever_it_is(text: str, expected: list[str]) -> None:
    assert exempt(body(text)) == expected


def test_a_picture_of_its_own_in_a_marked_division_is_exempt() -> None:
    prose, problems = read("::: unntatt\n![Kart](k.png)\n:::", pictures={"k.png": png()})
    assert (exempt(prose.body), problems) == (["Kart", "figure Kart"], ())


def test_a_table_that_an_expression_gives_is_exempt_with_all_its_cells() -> None:
    (block,) = body("::: unntatt\n{{ medlemstabell('RAAD') }}\n:::")
    assert isinstance(block, Table)
    assert has_exempt((block,), every=True)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("[Kari]{.unntat} kom.", "unntat"),
        ("::: untatt\nKari kom.\n:::", "untatt"),
        ("[Kari] {.unntatt} kom.", "{.unntatt}"),
        ("Kari ::: unntatt", "::: unntatt"),
        (":: unntatt\nKari kom.\n::", ":: unntatt"),
    ],
)
def test_a_mark_that_marks_nothing_is_an_error_at_its_line(text: str, mark: str) -> None:
    _prose, problems = read(f"Først.\n\n{text}")
    told = [(each.rule, dict(each.found.values)["mark"]) for each in problems if each.is_error]
    assert told == [("exempt-mark", mark)]
    assert problems[0].place.line == 3


def test_a_character_of_ours_in_markdown_is_no_mark_of_exempt_text() -> None:
    prose, problems = read("Ord &#xE0F2;Kari&#xE0F3; her.")
    assert exempt(prose.body) == []
    assert {each.rule for each in problems} == {"reserved-character"}


# -- Word texts -------------------------------------------------------------------------------------


def with_styles() -> Document:
    document = docx.Document()
    document.styles.add_style("Unntatt offentlighet", WD_STYLE_TYPE.PARAGRAPH)
    document.styles.add_style("Unntatt offentlighet Tegn", WD_STYLE_TYPE.CHARACTER)
    own = document.styles.add_style("Hemmelig sak", WD_STYLE_TYPE.CHARACTER)
    own.base_style = document.styles["Unntatt offentlighet Tegn"]
    return document


def read_word(document: Document) -> tuple[Block, ...]:
    buffer = io.BytesIO()
    document.save(buffer)
    made, problems = mark_word_text("t.docx", buffer.getvalue())
    assert made is not None
    assert problems == ()
    tree = cached_tree(with_marks(made.content), ".docx")
    known = register()
    text = ReadText(made, tree, lambda name: picture_of(buffer.getvalue(), name))
    prose, problems = read_prose([text], known, case_of(known))
    assert problems == ()
    return prose.body


def test_paragraphs_and_words_in_the_style_are_exempt() -> None:
    document = with_styles()
    document.add_paragraph("Alt dette.", style="Unntatt offentlighet")
    line = document.add_paragraph("Åpent, men ")
    line.add_run("Kari ", style="Unntatt offentlighet Tegn")
    line.add_run("Vik", style="Unntatt offentlighet Tegn").bold = True
    line.add_run(" ikke.")
    assert exempt(read_word(document)) == ["Alt dette.", "Kari ", "Vik"]


def test_a_style_that_is_based_on_it_marks_too() -> None:
    document = with_styles()
    document.add_paragraph("Åpent ").add_run("hemmelig", style="Hemmelig sak")
    assert exempt(read_word(document)) == ["hemmelig"]


def test_marks_go_through_headings_lists_tables_pictures_and_expressions() -> None:
    document = with_styles()
    document.add_heading("", 1).add_run("Overskrift", style="Unntatt offentlighet Tegn")
    document.add_paragraph(style="List Bullet").add_run("punkt", style="Unntatt offentlighet Tegn")
    cell = document.add_table(1, 2).cell(0, 0)
    cell.paragraphs[0].add_run("rute", style="Unntatt offentlighet Tegn")
    picture = document.add_paragraph(style="Unntatt offentlighet").add_run()
    picture.add_picture(io.BytesIO(png()))
    next(picture._r.iter("{*}docPr")).set("descr", "Kart")
    document.add_paragraph("{{ sak.tittel }}", style="Unntatt offentlighet")
    assert exempt(read_word(document)) == ["Overskrift", "punkt", "rute", "Samarbeid", "figure Kart"]


def test_a_text_without_the_style_goes_to_pandoc_as_it_is() -> None:
    document = docx.Document()
    document.add_paragraph("Åpent.")
    buffer = io.BytesIO()
    document.save(buffer)
    assert with_marks(buffer.getvalue()) == buffer.getvalue()


# -- in the paper -----------------------------------------------------------------------------------


def test_what_is_introduced_in_exempt_words_is_introduced_once_more_in_open_ones() -> None:
    known = register(
        organer=[body_row(kortnavn="ØR", definisjon="Et råd")],
        kilder=[source("K1")],
        saker=[case(tilgang="delvis unntatt", unntatt_hjemmel="offl. § 23")],
    )
    said = "{{ organ('RAAD') }} [@K1]"
    prose, _ = read(f"[{said}]{{.unntatt}}\n\n{said}\n\n{said}\n\n[{said}]{{.unntatt}}", known)
    paper, problems = compose(known, case_of(known), prose)
    assert problems == ()
    lines = [each.content for each in paper.body if isinstance(each, Paragraph)]
    assert [[short(each) for each in line if not blank(each)] for line in lines] == [
        ["-Østre råd IPR", "-note", "-note"],
        ["Østre råd IPR", "note", "note"],
        ["ØR", "note again"],
        ["-ØR", "-note again"],
    ]


def blank(inline: Inline) -> bool:
    return isinstance(inline, Text) and not inline.text.strip()


def short(inline: Inline) -> str:
    sign = "-" if is_exempt(inline) else ""
    if isinstance(inline, Text):
        return f"{sign}{inline.text}"
    inside = inline.content[0] if isinstance(inline, Note) else None
    again = isinstance(inside, Paragraph) and isinstance(inside.content[0], NoteAgain)
    return f"{sign}note again" if again else f"{sign}note"


def test_exempt_words_in_an_open_case_are_an_error_at_its_cell() -> None:
    known = register()
    prose, _ = read("[Kari]{.unntatt}.", known)
    _paper, problems = compose(known, case_of(known), prose)
    assert [(each.rule, each.place.cell) for each in problems] == [
        ("exempt-in-open-case", case_of(known).place("tilgang").cell)
    ]
