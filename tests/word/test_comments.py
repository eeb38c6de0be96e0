"""Comments of casebuilder's own, on words or on a place, in files with and without other comments."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from casebuilder.word.comments import Comments
from casebuilder.word.file import File
from casebuilder.word.package import parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.story import ParaNode, Reader
from tests.word.handmade import HERS, NAMESPACES, comments, file, ins, link, p, shown, t, tree

HER_COMMENT = {
    "word/comments.xml": (
        "comments", "rIdc",
        f'<w:comments {NAMESPACES}><w:comment w:id="4" {HERS}>{p("Hva?")}</w:comment></w:comments>',
    )
}  # fmt: skip


def commented(start: int, stop: int, *content: str, **more: object) -> bytes:
    opened = File(file(p(*content), **more))  # type: ignore[arg-type]
    reader = Reader(opened)
    reader.main()
    node = next(node for node in reader.nodes if isinstance(node, ParaNode))
    opened.main.xml.open()
    opened.main.xml.touch(node.element)
    Comments(opened, reader.styles).add(node, start, stop, ["Kildene sier 63.", "Velg."])
    data = opened.data()
    assert faults(parts_of(data)) == []
    return data


SAID = "casebuilder: Kildene sier 63. / Velg. @ "


@pytest.mark.parametrize(
    ("content", "about"),
    [
        ((t("Rådet har 62 kommuner"),), "62"),
        ((t("Rådet har "), t("6"), t("2 kommuner", "b")), "62"),
        ((t("Rådet har "), ins(t("62")), t(" kommuner")), "62"),
        ((t("Rådet har "), link("rId1", "62", " kommuner")), "62"),
    ],
)
def test_a_comment_stands_on_the_words_that_it_is_about(content: tuple[str, ...], about: str) -> None:
    made = commented(4, 5, *content, links={"rId1": "https://a.no"})
    if "hyperlink" in "".join(content):
        about = "62 kommuner"  # a comment ends outside of links
    assert comments(made) == [SAID + about]


def test_a_comment_changes_no_word() -> None:
    assert shown(commented(4, 5, "Rådet har 62 kommuner")) == "Rådet har 62 kommuner¶"


def test_a_comment_about_a_place_stands_on_the_word_before_it() -> None:
    assert comments(commented(5, 5, "Rådet har 62 kommuner")) == [SAID + "62"]
    assert comments(commented(0, 0, "Rådet har 62 kommuner")) == [SAID + "Rådet"]


def test_a_comment_stands_in_an_empty_paragraph_too() -> None:
    assert comments(commented(0, 0)) == [SAID]


def test_a_comment_beside_hers_has_an_id_of_its_own() -> None:
    made = commented(4, 5, "Rådet har 62 kommuner", more=HER_COMMENT)
    assert [str(each.get(qn("w:id"))) for each in tree(made, "word/comments.xml")] == ["4", "5"]
    assert (
        HER_COMMENT["word/comments.xml"][2].split("</w:comments>")[0]
        in parts_of(made)["word/comments.xml"].decode()
    )


def test_a_comment_has_its_reference_after_its_end_in_the_file_s_own_style() -> None:
    (paragraph,) = tree(commented(4, 5, "Rådet har 62 kommuner")).iter(qn("w:p"))
    order = [str(each.tag).rpartition("}")[2] for each in paragraph.iter() if "omment" in str(each.tag)]
    assert order == ["commentRangeStart", "commentRangeEnd", "commentReference"]
    assert "Merknadsreferanse" in [each.get(qn("w:val")) for each in paragraph.iter(qn("w:rStyle"))]


def test_a_comment_has_no_date_for_papers_know_no_clock() -> None:
    (comment,) = tree(commented(4, 5, "Rådet har 62 kommuner"), "word/comments.xml")
    assert (comment.get(qn("w:author")), comment.get(qn("w:date"))) == ("casebuilder", None)
