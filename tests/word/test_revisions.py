"""Runs cut where a word begins, struck and put in, whoever's insertion or link they stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.oxml.ns import qn

from casebuilder.word.file import File
from casebuilder.word.package import parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.revisions import (
    Revisions,
    cut,
    mark_whole,
    properties_of,
    runs_of,
    take_out,
    whole_mark,
)
from casebuilder.word.story import ParaNode, Reader
from casebuilder.word.xml import Element, element, run, text_elements
from tests.word.handmade import HERS, OURS, field, file, ins, link, p, row, shown, struck, t, table


class Paragraph:
    """The first paragraph of a file, to be worked on."""

    def __init__(self, *content: str, **more: object) -> None:
        self.file = File(file(p(*content), **more))  # type: ignore[arg-type]
        reader = Reader(self.file)
        reader.main()
        self.node = next(node for node in reader.nodes if isinstance(node, ParaNode))
        self.revisions = Revisions(1000)
        self.file.main.xml.open()
        self.file.main.xml.touch(self.node.element)

    def put(self, start: int, stop: int, said: str, *, in_link: bool = False) -> None:
        self.revisions.put_in(self.node, start, stop, [run(text_elements(said))], in_link=in_link)

    def strike(self, start: int, stop: int) -> None:
        self.revisions.strike(self.node, start, stop)

    @property
    def shown(self) -> str:
        data = self.file.data()
        assert faults(parts_of(data)) == []
        return shown(data).removesuffix("¶")

    def runs(self) -> list[str]:
        texts = self.node.element.iter(qn("w:r"))
        return ["".join(map(str, each.itertext())) for each in texts]


def test_a_run_is_cut_where_a_word_begins_and_keeps_its_look() -> None:
    made = Paragraph(t("Rådet har 62", "b"))
    cut(made.node, 2)
    assert made.runs() == ["Rådet ", "har 62"]
    assert len(list(made.node.element.iter(qn("w:b")))) == 2


def test_words_are_cut_out_of_what_they_stand_in() -> None:
    made = Paragraph(t("Rådet har "), t("62 kommuner"))
    assert ["".join(map(str, each.itertext())) for each in runs_of(made.node, 2, 5)] == ["har ", "62"]
    assert made.runs() == ["Rådet ", "har ", "62", " kommuner"]


def test_the_words_of_no_stretch_are_no_runs_and_nothing_is_cut() -> None:
    made = Paragraph("Rådet har")
    assert runs_of(made.node, 1, 1) == []
    assert made.runs() == ["Rådet har"]


def test_struck_words_stand_in_one_deletion_as_deleted_text() -> None:
    made = Paragraph(t("Rådet har "), t("62", "b"), t(" kommuner"))
    made.strike(2, 5)
    assert made.shown == "Rådet [-har 62-] kommuner"
    (deletion,) = made.node.element.iter(qn("w:del"))
    assert (deletion.get(qn("w:author")), deletion.get(qn("w:date"))) == ("casebuilder", None)
    assert not list(deletion.iter(qn("w:t")))


def test_words_are_put_in_after_those_that_they_replace() -> None:
    made = Paragraph("Rådet har 62 kommuner")
    made.put(4, 5, "63")
    made.strike(4, 5)
    assert made.shown == "Rådet har [-62-]{+63+} kommuner"


@pytest.mark.parametrize(("spot", "said"), [(0, "{+ny +}Et ord"), (1, "Et{+ny +} ord"), (3, "Et ord{+ny +}")])
def test_words_are_put_in_at_the_start_in_the_midst_and_at_the_end(spot: int, said: str) -> None:
    made = Paragraph("Et ord")
    made.put(spot, spot, "ny ")
    assert made.shown == said


def test_words_are_put_into_an_empty_paragraph() -> None:
    made = Paragraph()
    made.put(0, 0, "nytt")
    assert made.shown == "{+nytt+}"


def test_a_pending_insertion_of_ours_goes_without_a_trace() -> None:
    made = Paragraph(t("har "), struck("61", OURS), ins(t("62"), OURS), t(" kommuner"))
    made.put(2, 3, "63")
    made.strike(2, 3)
    assert made.shown == "har [-61-]{+63+} kommuner"


def test_a_part_of_a_pending_insertion_of_ours_goes_and_the_rest_stays() -> None:
    made = Paragraph(t("har "), ins(t("nå 62"), OURS), t(" kommuner"))
    made.strike(4, 5)
    assert made.shown == "har {+nå +} kommuner"


def test_her_insertion_stays_and_what_goes_is_struck_inside_it() -> None:
    made = Paragraph(t("har "), ins(t("nå 62 igjen")), t(" kommuner"))
    made.strike(4, 5)
    assert made.shown == "har {+nå [-62-] igjen+} kommuner"


def test_new_words_stand_beside_her_insertion_and_never_in_it() -> None:
    made = Paragraph(t("har "), ins(t("nå igjen")), t(" kommuner"))
    made.put(4, 4, "62 ")
    assert made.shown == "har {+nå +}{+62 +}{+igjen+} kommuner"
    authors = [each.get(qn("w:author")) for each in made.node.element.iter(qn("w:ins"))]
    assert authors == ["Kari", "casebuilder", "Kari"]
    numbers = [each.get(qn("w:id")) for each in made.node.element.iter(qn("w:ins"))]
    assert len(set(numbers)) == 3


def test_new_words_stand_outside_of_a_link_unless_they_are_of_it() -> None:
    outside = Paragraph(t("Se "), link("rId1", "siden her"), links={"rId1": "https://a.no"})
    outside.put(4, 4, "ny ")
    inside = Paragraph(t("Se "), link("rId1", "siden her"), links={"rId1": "https://a.no"})
    inside.put(4, 4, "ny ", in_link=True)
    assert outside.shown == inside.shown == "Se siden {+ny +}her"
    assert [len(list(each.node.element.iter(qn("w:hyperlink")))) for each in (outside, inside)] == [2, 1]
    (link_of_hers,) = inside.node.element.iter(qn("w:hyperlink"))
    assert [etag(each) for each in link_of_hers] == ["r", "ins", "r"]


def etag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def test_words_of_a_link_are_struck_inside_it() -> None:
    made = Paragraph(t("Se "), link("rId1", "siden her"), links={"rId1": "https://a.no"})
    made.strike(2, 3)
    (around,) = made.node.element.iter(qn("w:hyperlink"))
    assert [etag(each) for each in around] == ["del", "r"]


def test_a_new_link_holds_its_insertion_and_never_stands_in_one() -> None:
    made = Paragraph("Se ")
    new = element("w:hyperlink", [run(text_elements("siden"))])
    made.revisions.put_in(made.node, 2, 2, [run(text_elements("på ")), new], in_link=False)
    assert made.shown == "Se {+på +}{+siden+}"
    assert next(new.iterancestors(qn("w:ins")), None) is None


def test_a_field_is_struck_with_its_code() -> None:
    made = Paragraph(t("Side "), field("PAGE", "1"), t(" her"))
    made.strike(2, 3)
    assert made.shown == "Side [-‹PAGE›1-] her"
    assert not list(made.node.element.iter(qn("w:instrText")))


def test_a_field_of_one_element_is_struck_as_a_complex_one() -> None:
    made = Paragraph(t("Side "), f'<w:fldSimple w:instr=" PAGE ">{t("1")}</w:fldSimple>', t(" her"))
    made.strike(2, 3)
    assert made.shown == "Side [-‹PAGE›1-] her"


def test_a_text_box_that_is_struck_keeps_its_words_as_words() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('I boksen')}</w:txbxContent></w:pict></w:r>"
    made = Paragraph(t("Før "), box)
    made.strike(2, 3)
    assert [each.text for each in made.node.element.iter(qn("w:t"))] == ["Før ", "I boksen"]
    assert [each.text for each in made.node.element.iter(qn("w:delText"))] == []
    assert made.shown == "Før [-▣-]"


def test_runs_that_show_nothing_are_struck_along() -> None:
    made = Paragraph(
        "<w:r><w:lastRenderedPageBreak/></w:r>", t("Ord"), "<w:r><w:commentReference w:id='1'/></w:r>"
    )
    made.strike(0, 1)
    made.revisions.strike_unseen(made.node)
    left = list(made.node.element.iterchildren(qn("w:r")))
    assert [etag(each[0]) for each in left] == ["commentReference"]


def test_tracked_formatting_that_a_cut_has_doubled_has_ids_of_its_own() -> None:
    formatted = t("Rådet har 62").replace(
        "<w:t ", f'<w:rPr><w:b/><w:rPrChange w:id="44" {HERS}><w:rPr/></w:rPrChange></w:rPr><w:t ', 1
    )
    made = Paragraph(formatted)
    made.strike(2, 3)
    made.revisions.tell_apart(made.node.element)
    numbers = [each.get(qn("w:id")) for each in made.node.element.iter(qn("w:rPrChange"))]
    assert len(numbers) == len(set(numbers)) == 3
    assert numbers[0] == "44"


def test_what_held_nothing_else_goes_along() -> None:
    made = Paragraph(t("Se "), link("rId1", ins(t("siden"), OURS)), links={"rId1": "https://a.no"})
    take_out(next(made.node.element.iter(qn("w:ins"))))
    assert not list(made.node.element.iter(qn("w:hyperlink")))


def _first(data: str, tag: str) -> Element:
    root = File(file(data)).main.root
    return next(root.iter(qn(tag)))


@pytest.mark.parametrize(
    ("node", "tags"),
    [
        (lambda: _first(p("a"), "w:p"), ["rPr"]),
        (lambda: _first(p("a", style="Sitat"), "w:p"), ["pStyle", "rPr"]),
        (
            lambda: _first(
                p("a", properties=f'<w:jc w:val="left"/><w:pPrChange w:id="1" {HERS}><w:pPr/></w:pPrChange>'),
                "w:p",
            ),
            ["jc", "rPr", "pPrChange"],
        ),
        (lambda: _first(p("a", properties="<w:sectPr/>"), "w:p"), ["rPr", "sectPr"]),
        (lambda: _first(table(["a"]), "w:tr"), ["ins"]),
        (
            lambda: _first(table(["a"]).replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>"), "w:tr"),
            ["tblHeader", "ins"],
        ),
    ],
)
def test_a_mark_stands_where_the_schema_has_it(node: Callable[[], Element], tags: list[str]) -> None:
    made = node()
    mark_whole(Revisions(1), made, "w:ins")
    assert [etag(each) for each in properties_of(made)] == tags
    assert whole_mark(made, "w:ins") is not None
    mark_whole(Revisions(9), made, "w:ins")
    assert len(list(made.iter(qn("w:ins")))) == 1


def test_a_paragraph_can_be_put_in_by_one_and_struck_by_another() -> None:
    made = _first(p("a", mark=f'<w:ins w:id="1" {HERS}/>'), "w:p")
    mark_whole(Revisions(5), made, "w:del")
    inner = made.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    assert inner is not None
    assert [etag(each) for each in inner] == ["ins", "del"]


def test_somebody_else_s_mark_is_none_of_ours() -> None:
    assert whole_mark(_first(p("a", mark=f'<w:ins w:id="1" {HERS}/>'), "w:p"), "w:ins") is None
    assert whole_mark(_first(row(["a"], mark=f'<w:ins w:id="1" {OURS}/>'), "w:tr"), "w:ins") is not None
