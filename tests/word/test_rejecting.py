"""Without our changes the file is hers: every revision of ours undone, every one of hers left."""

from __future__ import annotations

import pytest

from casebuilder.word.package import package_of, parts_of
from casebuilder.word.reading import same_content
from casebuilder.word.rejecting import without_ours
from tests.word.handmade import (
    HERS,
    NAMESPACES,
    OURS,
    comments,
    file,
    ins,
    link,
    note_shown,
    p,
    row,
    shown,
    struck,
    t,
    table,
)

OUR_MARK, HER_MARK = f'<w:ins w:id="50" {OURS}/>', f'<w:ins w:id="51" {HERS}/>'
OUR_STRIKE = f'<w:del w:id="52" {OURS}/>'


def rejected(*body: str, **more: object) -> bytes:
    return package_of(without_ours(parts_of(file(*body, **more))))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (p(t("har "), struck("62", OURS), ins(t("63"), OURS)), "har 62¶"),
        (p(t("har "), struck("62"), ins(t("63"))), "har [-62-]{+63+}¶"),
        (p(ins(t("nå ") + struck("62", OURS))), "{+nå 62+}¶"),
        (p("Før.") + p(ins(t("Nytt."), OURS), mark=OUR_MARK) + p("Etter."), "Før.¶Etter.¶"),
        (p("Før.") + p(ins(t("Nytt.")), mark=HER_MARK) + p("Etter."), "Før.¶{+Nytt.+}{+¶+}Etter.¶"),
        (p("Før.") + p(struck("Ord.", OURS), mark=OUR_STRIKE) + p("Etter."), "Før.¶Ord.¶Etter.¶"),
        (p(t("Siste."), mark=OUR_MARK) + p(ins(t("Nytt."), OURS)), "Siste.¶"),
        (table(["a"]).replace("</w:tbl>", row([p(ins(t("b"), OURS))], OUR_MARK) + "</w:tbl>"), "|a|"),
        (p("Før.") + "<w:tbl>" + row([p(ins(t("b"), OURS))], OUR_MARK) + "</w:tbl>" + p(), "Før.¶¶"),
        ("<w:tbl>" + row([p(struck("b", OURS))], OUR_STRIKE) + "</w:tbl>" + p(), "|b|¶"),
    ],
)
def test_what_casebuilder_did_is_undone_and_what_she_did_stays(body: str, left: str) -> None:
    assert shown(rejected(body)) == left


def test_a_restyled_paragraph_has_its_old_properties_again() -> None:
    change = f'<w:pPrChange w:id="1" {OURS}><w:pPr><w:pStyle w:val="Sitat"/></w:pPr></w:pPrChange>'
    assert same_content(
        rejected(p("Ord", style="Overskrift1", properties=change)), file(p("Ord", style="Sitat"))
    )


def test_her_own_change_of_properties_stays() -> None:
    change = f'<w:pPrChange w:id="1" {HERS}><w:pPr><w:pStyle w:val="Sitat"/></w:pPr></w:pPrChange>'
    made = p("Ord", style="Overskrift1", properties=change)
    assert same_content(rejected(made), file(made))


def test_our_comments_go_with_their_marks_and_hers_stay() -> None:
    def about(number: int, said: str) -> str:
        range_of = f'<w:commentRangeStart w:id="{number}"/>{t(said)}<w:commentRangeEnd w:id="{number}"/>'
        return f'{range_of}<w:r><w:commentReference w:id="{number}"/></w:r>'

    said = "".join(
        f'<w:comment w:id="{at}" {author}>{p("Hva?")}</w:comment>' for at, author in ((1, OURS), (2, HERS))
    )
    more = {"word/comments.xml": ("comments", "rIdc", f"<w:comments {NAMESPACES}>{said}</w:comments>")}
    made = rejected(p(about(1, "vårt"), t(" "), about(2, "hennes")), more=more)
    assert comments(made) == ["Kari: Hva? @ hennes"]
    assert same_content(made, package_of(without_ours(parts_of(made))))


def test_the_halves_of_a_link_that_stood_around_new_words_are_one_again() -> None:
    links = {"rId1": "https://a.no"}
    cut_up = p(link("rId1", "siden "), ins(t("nye "), OURS), link("rId1", "her"))
    assert same_content(rejected(cut_up, links=links), file(p(link("rId1", "siden her")), links=links))


def test_notes_are_rejected_too() -> None:
    said = p(t("Se "), struck("a", OURS), ins(t("b"), OURS))
    made = rejected(p("Ord"), notes={1: t("Se ") + struck("a", OURS) + ins(t("b"), OURS)})
    assert "{+" in shown(file(said))
    assert note_shown(made, 1).strip("¶ ") == "Se a"


def test_a_table_whose_rows_stand_in_content_controls_stays() -> None:
    held = f"<w:tbl><w:sdt><w:sdtPr/><w:sdtContent>{row(['a'])}</w:sdtContent></w:sdt></w:tbl>"
    assert shown(rejected(held + p())) == "|a|¶"
