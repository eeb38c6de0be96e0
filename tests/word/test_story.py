"""A file's stories as values: the file as it would be with every tracked change accepted."""

from __future__ import annotations

import pytest

from casebuilder.merge.model import Para, Story, Table, shown, text_of
from casebuilder.word.file import File
from casebuilder.word.story import BlockNode, ParaNode, Reader
from tests.word.handmade import (
    HERS,
    OURS,
    field,
    file,
    ins,
    link,
    listed,
    note,
    p,
    picture,
    replaced,
    row,
    struck,
    t,
    table,
)


def read(*body: str, **more: object) -> Story:
    """Return the main story of a file with this body."""
    return Reader(File(file(*body, **more))).main()  # type: ignore[arg-type]


def lines(*body: str, **more: object) -> list[str]:
    return [text_of([block]) for block in read(*body, **more)]


def only(*content: str, **more: object) -> Para:
    (block,) = read(p(*content), **more)
    assert isinstance(block, Para)
    return block


def test_words_are_cut_over_the_joined_text_and_not_by_run() -> None:
    assert [word.text for word in only(t("Råd"), t("et har"), t(" 62.")).words] == [
        "Rådet",
        " ",
        "har",
        " ",
        "62",
        ".",
    ]


def test_a_word_in_two_runs_knows_the_pieces_that_it_is_written_in() -> None:
    reader = Reader(File(file(p(t("Råd"), t("et")))))
    reader.main()
    (node,) = [node for node in reader.nodes if isinstance(node, ParaNode)]
    assert [[(piece.child.text, piece.start, piece.stop) for piece in word] for word in node.pieces] == [
        [("Råd", 0, 3), ("et", 0, 2)]
    ]


def test_every_place_leads_to_its_element() -> None:
    reader = Reader(File(file(p("Før."), table(["a", "b"]))))
    paragraph, grid = reader.main()
    first, last = reader.nodes[paragraph.at], reader.nodes[grid.at]
    assert isinstance(first, ParaNode)
    assert isinstance(last, BlockNode)
    assert last.element.tag.endswith("}tbl")  # type: ignore[union-attr, unused-ignore]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (t("Et ") + ins(t("nytt ")) + t("ord"), "Et nytt ord"),
        (t("Et ") + struck("gammelt ") + t("ord"), "Et ord"),
        (t("Et ") + ins(struck("angret ")) + t("ord"), "Et ord"),
        (f'<w:moveFrom w:id="1" {HERS}>{t("flyttet ")}</w:moveFrom>' + t("ord"), "ord"),
        (f'<w:moveTo w:id="1" {HERS}>{t("flyttet ")}</w:moveTo>' + t("ord"), "flyttet ord"),
    ],
)
def test_what_is_put_in_stands_there_and_what_is_struck_does_not(content: str, said: str) -> None:
    assert only(content).text == said


def test_a_paragraph_that_is_struck_as_a_whole_is_not_there() -> None:
    mark = f'<w:del w:id="2" {HERS}/>'
    assert lines(p("Før."), p(struck("Borte."), mark=mark), p("Etter.")) == ["Før.", "Etter."]


def test_a_paragraph_with_a_struck_mark_and_words_left_is_there() -> None:
    assert lines(p("Før.", mark=f'<w:del w:id="2" {HERS}/>'), p("Etter.")) == ["Før.", "Etter."]


def test_a_paragraph_that_was_moved_stands_where_it_was_moved_to() -> None:
    moved = f'<w:moveFrom w:id="1" {HERS}>{t("Flyttet.")}</w:moveFrom>'
    there = f'<w:moveTo w:id="2" {HERS}>{t("Flyttet.")}</w:moveTo>'
    old = p(moved, mark=f'<w:moveFrom w:id="3" {HERS}/>')
    assert lines(old, p("Midt."), p(there, mark=f'<w:moveTo w:id="4" {HERS}/>')) == ["Midt.", "Flyttet."]


def test_a_struck_row_is_not_there() -> None:
    made = table(["a", "b"]).replace(
        "</w:tbl>", row(["c", "d"], mark=f'<w:del w:id="2" {HERS}/>') + "</w:tbl>"
    )
    assert lines(made, p()) == ["a | b", ""]


def test_only_what_casebuilder_has_put_in_is_ours() -> None:
    said = only(ins(t("vårt"), OURS), t(" "), ins(t("hennes")))
    assert [(word.text, word.is_ours) for word in said.words] == [
        ("vårt", True),
        (" ", False),
        ("hennes", False),
    ]


def test_a_link_is_its_words_and_its_address_whatever_its_number() -> None:
    one = only("Se ", link("rId1", "siden"), links={"rId1": "https://a.no/x"})
    two = only("Se ", link("rId7", t("si"), t("den")), links={"rId7": "https://a.no/x"})
    assert shown(one.words) == "Se siden (https://a.no/x)"
    assert [word.key for word in one.words] == [word.key for word in two.words]


def test_a_host_is_the_same_with_and_without_the_slash_that_word_adds() -> None:
    with_slash, without = (
        only(link("rId1", "a"), links={"rId1": address}).words[0].mark
        for address in ("https://a.no/", "https://a.no")
    )
    assert with_slash == without == "https://a.no"


def test_a_link_inside_the_paper_is_told_by_its_anchor() -> None:
    assert only('<w:hyperlink w:anchor="_cb_1">' + t("over") + "</w:hyperlink>").words[0].mark == "#_cb_1"


def test_a_field_is_one_unit_told_by_its_code_and_not_its_result() -> None:
    one, two = only("Side ", field(" PAGE ", "1")), only("Side ", field("PAGE  \\* MERGEFORMAT", "7"))
    assert [word.mark for word in one.words] == ["", "", "field PAGE"]
    assert two.words[-1].mark.startswith("field PAGE")
    assert one.text == two.text == "Side "


def test_a_field_of_one_element_is_the_same_unit() -> None:
    simple = f'<w:fldSimple w:instr=" PAGE ">{t("1")}</w:fldSimple>'
    assert only(simple).words[0].key == only(field("PAGE", "2")).words[0].key


def test_a_field_inside_a_field_is_part_of_the_outer_one() -> None:
    inner = field("PAGE", "1")
    outer = field("IF 1 = 1", "ja").replace(t("ja"), t("ja ") + inner)
    assert [word.mark for word in only("a ", outer, t(" b")).words] == ["", "", "field IF 1", "", ""]


def test_a_link_written_as_a_field_shows_its_words() -> None:
    (word,) = only(field('HYPERLINK "https://a.no"', "siden")).words
    assert (word.text, "https://a.no" in word.mark) == ("siden", True)


def test_a_table_of_contents_over_several_paragraphs_is_derived_and_left_out() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    first = p(begin, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', t("Bakgrunn 1"))
    last = p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert lines(p("Før."), first, p("Økonomi 2"), last, p("Etter.")) == ["Før.", "Etter."]


def test_a_note_is_one_unit_told_by_its_words_and_not_its_number() -> None:
    one, two = only("Ord", note(1), notes={1: "Se a"}), only("Ord", note(5), notes={4: "Annet", 5: "Se a"})
    assert one.words[-1].key == two.words[-1].key == ("", "note Se a")
    assert text_of(one.words[-1].note or ()) == "Se a"


def test_a_note_s_number_and_the_blank_after_it_are_no_words_of_it() -> None:
    made = file(p("Ord", note(1)), notes={1: "Se a"})
    tab = replaced(made, '<w:t xml:space="preserve"> </w:t>', "<w:tab/>", "word/footnotes.xml")
    for each in (made, tab):
        (block,) = Reader(File(each)).note("footnotes", "1")
        assert text_of([block]) == "Se a"


def test_a_reference_to_a_note_that_is_not_there_is_an_empty_note() -> None:
    assert only("Ord", note(9)).words[-1].note == ()


def test_a_picture_is_told_by_its_bytes() -> None:
    marks = [only(picture("rId1"), pictures={"rId1": data}).words[0].mark for data in (b"a", b"a", b"b")]
    assert marks[0] == marks[1] != marks[2]


def test_a_formula_is_one_unit() -> None:
    assert [word.text for word in only("a ", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>").words] == [
        "a",
        " ",
        "x=1",
    ]


@pytest.mark.parametrize(
    "around",
    [
        '<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>',
        '<w:smartTag w:element="place">{}</w:smartTag>',
        '<w:customXml w:element="x">{}</w:customXml>',
        '<w:bdo w:val="ltr">{}</w:bdo>',
    ],
)
def test_what_stands_in_a_content_control_or_smart_tag_is_words_like_others(around: str) -> None:
    assert only(t("Rådet i "), around.format(t("Hamar")), t(" i dag")).text == "Rådet i Hamar i dag"


def test_paragraphs_tables_and_rows_in_content_controls_are_blocks_like_others() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    grid = table(["a"]).replace("</w:tbl>", control.format(row(["b"])) + "</w:tbl>")
    assert lines(control.format(p("En.")), control.format(grid), p("To.")) == ["En.", "a / b", "To."]


def test_marks_without_width_are_passed_over() -> None:
    spelt = only(
        t("Rå"), '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="1" w:name="x"/>', t("det")
    )
    assert [word.text for word in spelt.words] == ["Rådet"]


def test_tabs_breaks_and_special_hyphens_are_characters() -> None:
    run = '<w:r><w:t>a</w:t><w:tab/><w:br/><w:noBreakHyphen/><w:softHyphen/><w:br w:type="page"/></w:r>'
    assert only(run).text == "a\t\n\u2011\u00ad\f"


def test_names_stand_in_or_right_before_their_block() -> None:
    inside, before = read(p("Ord", name="_cb_a"), table(["a"], name="_cb_t"))
    assert (inside.names, before.names) == (("_cb_a",), ("_cb_t",))


def test_a_heading_is_known_by_the_name_of_its_style() -> None:
    first, second = read(p("Mål", style="Overskrift2"), p("Ord"))
    assert isinstance(first, Para)
    assert isinstance(second, Para)
    assert (first.style, first.level, second.style, second.level) == ("heading 2", 2, "normal", 0)


def test_a_list_item_s_style_tells_its_level() -> None:
    first, second = read(listed(1, "En"), listed(1, "To", level=1))
    assert isinstance(first, Para)
    assert isinstance(second, Para)
    assert (first.style, second.style) == ("normal / 0", "normal / 1")


def test_the_look_of_a_word_leaves_out_language_and_spelling() -> None:
    plain, spelt, bold = (only(each).words[0].look for each in (t("a"), t("a", "noProof"), t("a", "b")))
    assert plain == spelt == ""
    assert bold == "b"


def test_a_table_in_a_cell_belongs_to_the_cell() -> None:
    (outer,) = read(table([table(["indre"]) + p(""), "b"]))
    assert isinstance(outer, Table)
    (inner, _blank), _second = outer.rows[0].cells
    assert isinstance(inner, Table)
    assert len(outer.rows) == 1
