"""Papers as Word files: notes, links, fields, lists, pictures and bookmarks as Word itself has them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.paper import (
    PLAIN,
    Align,
    Block,
    Cell,
    Code,
    Column,
    Figure,
    Format,
    Heading,
    Image,
    Inline,
    Jump,
    Landscape,
    LineBreak,
    Link,
    ListBlock,
    Note,
    NoteAgain,
    NumberFormat,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.word.package import parts_of
from tests.papertext import paper_text
from tests.test_another_secretariat import png
from tests.word.builders import note_links, notes, opened, paper, template_with, words, written


def p(*content: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in content))


def body_lines(*blocks: Block, template: bytes | None = None) -> list[str]:
    data = written(paper(*blocks)) if template is None else written(paper(*blocks), template)
    lines = paper_text(data).splitlines()
    start = (
        next(at for at, line in enumerate(lines) if line.startswith("[Title]")) + 1 if template is None else 0
    )
    return lines[start:-1]


def test_headings_and_paragraphs_take_the_template_s_styles() -> None:
    assert body_lines(
        Heading(1, (Text("A"),)), p("b"), Heading(2, (Text("C"),)), Quote((p("d"),)), Code("e\nf")
    ) == [
        "[Heading 1] A",
        "[Normal] b",
        "[Heading 2] C",
        "[Quote] d",
        "[Kode] e↵f",
    ]


def test_formats_are_runs_properties() -> None:
    kinds = ("bold", "italic", "underline", "strike", "superscript", "subscript", "small_caps", "code")
    texts = (Text(kind, replace(PLAIN, **{kind: True})) for kind in kinds)  # type: ignore[arg-type]
    document = opened(written(paper(p(*texts))))
    runs = next(each for each in document.paragraphs if each.text.startswith("bold")).runs
    font = [run.font for run in runs]
    assert [each.bold for each in font][:2] == [True, None]
    assert font[1].italic
    assert font[2].underline
    assert font[3].strike
    assert font[4].superscript
    assert font[5].subscript
    assert font[6].small_caps
    assert runs[7].style.name == "HTML Code"


def test_words_in_another_language_say_so_to_word() -> None:
    document = opened(written(paper(p(Text("city region", Format(language="en-GB")), " og mer"))))
    languages = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:lang"))]
    assert languages == ["en-GB"]


def test_a_line_break_and_a_tab_are_word_s_own() -> None:
    assert body_lines(p("a", LineBreak(), "b\tc")) == ["[Normal] a↵b→c"]


def test_a_note_has_its_reference_its_mark_and_its_paragraphs() -> None:
    document = opened(written(paper(p("Ord", Note((p("En."), p("To."))), "."))))
    (note,) = notes(document)
    assert [words(each).strip() for each in note.iter(qn("w:p"))] == ["En.", "To."]
    assert len(list(note.iter(qn("w:footnoteRef")))) == 1
    (reference,) = document.element.body.iter(qn("w:footnoteReference"))
    assert reference.get(qn("w:id")) == note.get(qn("w:id"))


ADDRESSES = st.from_regex(r"https://[a-z]{1,8}\.no/[a-zA-Z0-9/?=&%]{0,12}", fullmatch=True)
LINKS = st.builds(
    lambda address, text: Link(address, (Text(text),)), ADDRESSES, st.text("abc æøå", min_size=1)
)
NOTES = st.builds(lambda links: Note((Paragraph(tuple(links)),)), st.lists(LINKS, min_size=1, max_size=3))
INLINES = st.one_of(st.builds(Text, st.text("abc <&{}", min_size=1, max_size=8)), LINKS, NOTES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(INLINES, min_size=1, max_size=6), min_size=1, max_size=6))
def test_every_note_has_one_reference_and_every_link_its_own_address(content: list[list[Inline]]) -> None:
    document = opened(written(paper(*(Paragraph(tuple(inlines)) for inlines in content))))
    inlines = list(itertools.chain.from_iterable(content))
    made = [inline for inline in inlines if isinstance(inline, Note)]
    inside = [link.address for note in made for link in note.content[0].content]  # type: ignore[union-attr]
    links = document.element.body.iter(qn("w:hyperlink"))
    told = [document.part.rels[str(link.get(qn("r:id")))].target_ref for link in links]
    assert told == [inline.address for inline in inlines if isinstance(inline, Link)]
    if made:
        references = [each.get(qn("w:id")) for each in document.element.body.iter(qn("w:footnoteReference"))]
        assert references == [note.get(qn("w:id")) for note in notes(document)]
        assert note_links(document) == inside


def test_a_reference_back_is_a_live_field_with_the_right_number() -> None:
    first, again = Note((p("Kilden."),), name="kilde:A"), Note((p(NoteAgain("kilde:A", suffix=", s. 2")),))
    document = opened(written(paper(p("x", Note((p("Annet."),))), p("y", first), p("z", again))))
    note = notes(document)[2]
    instruction = next(note.iter(qn("w:instrText"))).text or ""
    name = instruction.split()[1]
    (start,) = [
        each for each in document.element.body.iter(qn("w:bookmarkStart")) if each.get(qn("w:name")) == name
    ]
    following = start.getnext()
    assert following is not None
    assert next(following.iter(qn("w:footnoteReference"))).get(qn("w:id")) == notes(document)[1].get(
        qn("w:id")
    )
    assert words(note).strip() == "Se note\xa02, s. 2."
    assert instruction == f" NOTEREF {name} \\h "


def test_a_reference_back_keeps_the_author_s_word_before_it() -> None:
    first, again = Note((p("Kilden."),), name="kilde:A"), Note((p(NoteAgain("kilde:A", prefix="Jf. ")),))
    document = opened(written(paper(p("x", first), p("y", again))))
    assert words(notes(document)[1]).strip() == "Jf. note\xa01."


def test_a_jump_leads_to_its_heading() -> None:
    document = opened(written(paper(Heading(1, (Text("Mål"),), "mål"), p(Jump("mål", (Text("målet"),))))))
    (link,) = document.element.body.iter(qn("w:hyperlink"))
    target = link.get(qn("w:anchor"))
    heading = next(each for each in document.paragraphs if each.text == "Mål")
    assert target in {each.get(qn("w:name")) for each in heading._p.iter(qn("w:bookmarkStart"))}


def items(*texts: str) -> tuple[tuple[Block, ...], ...]:
    return tuple((p(text),) for text in texts)


def test_nested_lists_are_word_s_own() -> None:
    inner = ListBlock(items("b", "c"), NumberFormat.DECIMAL)
    deepest = ListBlock(((p("d"), ListBlock(items("e"))),))
    assert body_lines(ListBlock(((p("a"), inner), (p("f"), p("mer"), deepest)))) == [
        "[List Bullet 0] a",
        "[List Number 2 1] b",
        "[List Number 2 1] c",
        "[List Bullet 0] f",
        "[List Continue] mer",
        "[List Bullet 2 1] d",
        "[List Bullet 3 2] e",
    ]


def numbers(document: object) -> list[tuple[str, str, str]]:
    """Return (text, format, start) of every numbered paragraph, by its own w:num."""
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    nums = {each.get(qn("w:numId")): each for each in root.iter(qn("w:num"))}
    abstracts = {each.get(qn("w:abstractNumId")): each for each in root.iter(qn("w:abstractNum"))}
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):  # type: ignore[attr-defined]
        number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            num = nums[number.get(qn("w:val"))]
            abstract = abstracts[num.find(qn("w:abstractNumId")).get(qn("w:val"))]
            start = num.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}")
            kind = abstract.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val"))
            found.append((words(paragraph), kind, "" if start is None else start.get(qn("w:val"))))
    return found


def test_every_ordered_list_starts_where_its_author_said() -> None:
    document = opened(
        written(
            paper(
                ListBlock(items("a"), NumberFormat.DECIMAL),
                p("x"),
                ListBlock(items("b"), NumberFormat.DECIMAL, 4),
                ListBlock(items("c"), NumberFormat.LOWER_LETTER),
                ListBlock(items("d")),
            )
        )
    )
    assert numbers(document) == [
        ("a", "decimal", "1"),
        ("b", "decimal", "4"),
        ("c", "lowerLetter", "1"),
        ("d", "bullet", ""),
    ]


def table(*rows: tuple[str, ...], caption: str = "") -> Table:
    cells = tuple(tuple(Cell((p(text),)) for text in row) for row in rows)
    columns = tuple(Column(Align.RIGHT if at else Align.LEFT) for at in range(len(rows[0])))
    return Table(columns, cells[:1], cells[1:], (Text(caption),) if caption else ())


def test_tables_and_figures_are_numbered_by_word() -> None:
    figure = Figure(Image("a.png", png(), "Et kart"), (Text("Kart"),))
    lines = body_lines(
        table(("A", "B"), ("1", "2"), caption="Tall"), figure, table(("C",), ("3",), caption="Flere")
    )
    assert lines == [
        "[Caption] Tabell~{SEQ Tabell \\* ARABIC}1: Tall",
        "|= A | B |",
        "| 1 | 2 |",
        "[Normal] ![Et kart]",
        "[Caption] Figur~{SEQ Figur \\* ARABIC}1: Kart",
        "[Caption] Tabell~{SEQ Tabell \\* ARABIC}2: Flere",
        "|= C |",
        "| 3 |",
    ]


def test_two_tables_in_a_row_never_touch() -> None:
    document = opened(written(paper(table(("A",), ("1",)), table(("B",), ("2",)))))
    marks = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))
    tags = [each.tag for each in document.element.body if each.tag not in marks]
    assert (qn("w:tbl"), qn("w:tbl")) not in set(itertools.pairwise(tags))


def test_a_table_in_a_cell_a_list_or_a_note_is_followed_by_a_paragraph() -> None:
    inner = table(("X",), ("y",))
    outer = Table((Column(),), (), ((Cell((inner,)),),))
    document = opened(written(paper(outer, ListBlock(((p("a"), inner),)), p("n", Note((p("b"), inner))))))
    assert all(cell[-1].tag == qn("w:p") for cell in document.element.body.iter(qn("w:tc")))


def test_a_picture_is_never_wider_than_the_text_and_keeps_its_shape() -> None:
    wide = Figure(Image("a.png", png(), "Bredt", width=40 * 360_000))
    given_width = Figure(Image("a.png", png(), "Smalt", width=2 * 360_000))
    shapes = opened(written(paper(wide, given_width))).inline_shapes
    section = opened(written(paper())).sections[0]
    text_width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert [shape.width for shape in shapes] == [text_width, 2 * 360_000]
    assert all(abs(shape.width / shape.height - 2) < 0.01 for shape in shapes)


def test_pictures_stand_in_notes_and_tables_too() -> None:
    picture = Image("a.png", png(), "Alt")
    data = written(paper(p("x", Note((p(picture),))), Table((Column(),), (), ((Cell((p(picture),)),),))))
    parts = parts_of(data)
    assert [name for name in parts if "media/" in name] == ["word/media/image1.png"]
    assert b'descr="Alt"' in parts["word/footnotes.xml"]
    assert b'descr="Alt"' in parts["word/document.xml"]


def test_landscape_blocks_stand_on_a_page_turned_sideways() -> None:
    sections = opened(written(paper(p("a"), Landscape((table(("A",), ("1",)),)), p("b")))).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
        WD_ORIENTATION.PORTRAIT,
    ]
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]


def test_every_block_has_a_hidden_bookmark_of_its_own() -> None:
    blocks = (Heading(1, (Text("A"),)), p("a"), p("a"), ListBlock(items("b", "b")), table(("C",), ("1",)))
    document = opened(written(paper(*blocks, summary=[p("a")])))
    names = [str(each.get(qn("w:name"))) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"_cb_[a-z0-9_]{1,36}", name) for name in names)
    paragraphs = [each for each in document.element.body if each.tag == qn("w:p")]
    assert all(each.find(qn("w:bookmarkStart")) is not None for each in paragraphs)


def test_a_paper_says_its_language_to_word() -> None:
    for language, tag in (("nb", "nb-NO"), ("nn", "nn-NO")):
        document = opened(written(paper(p("a"), language=language)))
        default = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
        assert default.get(qn("w:val")) == tag
        assert document.core_properties.language == tag


def test_a_template_without_notes_lists_or_styles_gets_what_word_would_add() -> None:
    template = template_with("{{ sak.tittel }}", "{{ saksutredning }}")
    lines = body_lines(
        Heading(5, (Text("H"),)),
        p("a", Note((p("n"),)), Link("https://a.no", (Text("l"),))),
        Code("k"),
        ListBlock(items("b"), NumberFormat.UPPER_ROMAN),
        table(("A",), ("1",), caption="T"),
        template=template,
    )
    assert lines[3:] == [
        "[Heading 5] H",
        "[Normal] a[^n]<l: https://a.no>",
        "[HTML Preformatted] k",
        "[List Number 0] b",
        "[Caption] Tabell~{SEQ Tabell \\* ARABIC}1: T",
        "|= A |",
        "| 1 |",
    ]


def test_the_same_paper_is_the_same_bytes() -> None:
    made = paper(p("a", Note((p(Link("https://a.no", (Text("l"),))),))), Figure(Image("a.png", png(), "x")))
    assert written(made) == written(made)
