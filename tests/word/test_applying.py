"""Edits carried out where Word's rules are narrow: at a cell's end, beside tables, in pending changes."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from casebuilder.word.merging import NotMerged, merge
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.reading import same_content
from casebuilder.word.rejecting import without_ours
from tests.merging.judge import accepted
from tests.word.handmade import (
    HERS,
    OURS,
    comments,
    field,
    file,
    ins,
    link,
    p,
    row,
    shown,
    struck,
    t,
    table,
    tree,
)  # fmt: skip

FIRST = p("Rådet har 62 kommuner.", name="_cb_a")
SECOND = p("Møtet er lagt til Hamar.", name="_cb_b")
NEW = p("Nytt avsnitt.", name="_cb_n")


def carried_out(
    base: tuple[str, ...], hers: tuple[str, ...], fresh: tuple[str, ...], **more: object
) -> bytes:
    """Return her file with the news, after seeing that it is sound and hers without ours."""
    one, two, three = (file(*each, **more) for each in (base, hers, fresh))  # type: ignore[arg-type]
    data = merge(one, two, three).data
    assert faults(parts_of(data)) == []
    left, was = (package_of(without_ours(parts_of(each))) for each in (data, two))
    assert same_content(left, was)
    return data


def as_it_becomes(base: tuple[str, ...], hers: tuple[str, ...], fresh: tuple[str, ...]) -> str:
    return shown(carried_out(base, hers, fresh))


# -- where no paragraph follows ---------------------------------------------------------------------


def test_a_new_last_paragraph_lets_the_old_one_s_mark_be_the_inserted_one() -> None:
    assert as_it_becomes((FIRST, SECOND), (FIRST, SECOND), (FIRST, SECOND, NEW)) == (
        "Rådet har 62 kommuner.¶Møtet er lagt til Hamar.{+¶+}{+Nytt avsnitt.+}¶"
    )


def test_two_new_last_paragraphs_stand_in_order() -> None:
    more = p("Enda ett nytt.", name="_cb_o")
    assert as_it_becomes((FIRST,), (FIRST,), (FIRST, NEW, more)) == (
        "Rådet har 62 kommuner.{+¶+}{+Nytt avsnitt.+}{+¶+}{+Enda ett nytt.+}¶"
    )


def test_a_struck_last_paragraph_lets_the_mark_before_it_go() -> None:
    assert as_it_becomes((FIRST, SECOND), (FIRST, SECOND), (FIRST,)) == (
        "Rådet har 62 kommuner.[-¶-][-Møtet er lagt til Hamar.-]¶"
    )


def test_a_paragraph_left_by_one_that_is_struck_keeps_its_own_style() -> None:
    quote = p("Et sitat står her.", name="_cb_b", style="Sitat")
    heading = p("Overskrift her", name="_cb_a", style="Overskrift1")
    made = carried_out((heading, quote), (heading, quote), (heading,))
    last = list(tree(made).iter(qn("w:p")))[-1]
    style, old = (last.find("/".join(map(qn, path))) for path in (
        ("w:pPr", "w:pStyle"), ("w:pPr", "w:pPrChange", "w:pPr", "w:pStyle"),
    ))  # fmt: skip
    assert style is not None
    assert old is not None
    assert (style.get(qn("w:val")), old.get(qn("w:val"))) == ("Overskrift1", "Sitat")


def test_a_new_last_paragraph_of_a_cell_and_a_struck_one() -> None:
    def grid(*said: str) -> str:
        return table(["Hamar", "".join(map(p, said))], name="_cb_t")

    def cells(*said: str) -> tuple[str, ...]:
        return FIRST, grid(*said), SECOND

    one, two = ("Første avsnitt her",), ("Første avsnitt her", "Andre avsnitt er nytt")
    assert "|Hamar|Første avsnitt her{+¶+}{+Andre avsnitt er nytt+}|" in as_it_becomes(
        cells(*one), cells(*one), cells(*two)
    )
    assert "|Hamar|Første avsnitt her[-¶-][-Andre avsnitt er nytt-]|" in as_it_becomes(
        cells(*two), cells(*two), cells(*one)
    )


def test_a_new_last_table_is_closed_by_a_paragraph() -> None:
    made = carried_out((FIRST,), (FIRST,), (FIRST, table(["a"], name="_cb_t")))
    assert [str(each.tag).rpartition("}")[2] for each in tree(made)[0]][-2:] == ["p", "sectPr"]


# -- beside tables ----------------------------------------------------------------------------------


def test_a_new_table_beside_another_is_parted_from_it() -> None:
    old = table(["gammel", "rad"], name="_cb_t")
    new = table(["ny", "tabell", "her"], name="_cb_u")
    made = carried_out((FIRST, old, SECOND), (FIRST, old, SECOND), (FIRST, old, new, SECOND))
    order = [str(each.tag).rpartition("}")[2] for each in tree(made)[0] if "ookmark" not in str(each.tag)]
    assert order == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_a_new_paragraph_between_two_tables_stands_there() -> None:
    one, two = table(["en"], name="_cb_t"), table(["to", "celler"], name="_cb_u")
    base = (FIRST, one, p("", name="_cb_x"), two, SECOND)
    made = as_it_becomes(base, base, (FIRST, one, p("", name="_cb_x"), NEW, two, SECOND))
    assert "|en|¶{+Nytt avsnitt.+}{+¶+}|to|celler|" in made


def test_a_table_with_other_columns_stands_beside_the_old_one_which_is_struck() -> None:
    old, new = table(["a", "b"], name="_cb_t"), table(["a", "b", "c"], name="_cb_t")
    made = as_it_becomes((FIRST, old, SECOND), (FIRST, old, SECOND), (FIRST, new, SECOND))
    assert "[-|-][-a-]|[-b-]|" in made
    assert "{+|+}{+a+}|{+b+}|{+c+}|" in made


# -- pending changes --------------------------------------------------------------------------------


def pending(said: str) -> str:
    return p(t("Rådet har "), struck("61", OURS), ins(t(said), OURS), t(" kommuner."), name="_cb_a")


def test_the_next_news_takes_the_place_of_our_pending_change() -> None:
    base, fresh = (p(f"Rådet har {each} kommuner.", name="_cb_a") for each in ("62", "63"))
    assert as_it_becomes((base, SECOND), (pending("62"), SECOND), (fresh, SECOND)).startswith(
        "Rådet har [-61-]{+63+} kommuner.¶"
    )


def test_a_pending_paragraph_of_ours_goes_when_the_sources_take_it_out() -> None:
    ours = p(ins(t("Nytt avsnitt."), OURS), name="_cb_n", mark=f'<w:ins w:id="5" {OURS}/>')
    assert as_it_becomes((FIRST, NEW, SECOND), (FIRST, ours, SECOND), (FIRST, SECOND)) == (
        "Rådet har 62 kommuner.¶Møtet er lagt til Hamar.¶"
    )


def test_a_pending_row_of_ours_goes_when_the_sources_take_it_out() -> None:
    ours = row([p(ins(t("Oslo"), OURS))], mark=f'<w:ins w:id="5" {OURS}/>')
    hers = table(["Hamar"], ["Moss"], name="_cb_t").replace(row(["Moss"]), ours + row(["Moss"]))
    base, fresh = table(["Hamar"], ["Oslo"], ["Moss"], name="_cb_t"), table(["Hamar"], ["Moss"], name="_cb_t")
    assert "|Hamar||Moss|" in as_it_becomes((FIRST, base), (FIRST, hers), (FIRST, fresh))


def test_her_own_insertion_in_a_paragraph_with_news_is_kept() -> None:
    hers = p(t("Rådet har "), ins(t("visst ")), t("62 kommuner."), name="_cb_a")
    fresh = p("Rådet har 63 kommuner.", name="_cb_a")
    assert as_it_becomes((FIRST, SECOND), (hers, SECOND), (fresh, SECOND)).startswith(
        "Rådet har {+visst +}[-62-]{+63+} kommuner.¶"
    )


def test_her_struck_paragraph_mark_is_kept_and_new_blocks_stand_after_what_it_joins() -> None:
    joined = p(t("Rådet har 62 kommuner."), name="_cb_a", mark=f'<w:del w:id="9" {HERS}/>')
    made = carried_out((FIRST, SECOND), (joined, SECOND), (FIRST, NEW, SECOND))
    assert shown(made) == "Rådet har 62 kommuner.[-¶-]Møtet er lagt til Hamar.{+¶+}{+Nytt avsnitt.+}¶"


# -- styles, names, links ---------------------------------------------------------------------------


def test_a_new_style_remembers_the_old_properties() -> None:
    quote = p("Rådet har 62 kommuner.", name="_cb_a", style="Sitat")
    made = carried_out((FIRST, SECOND), (FIRST, SECOND), (quote, SECOND))
    (change,) = tree(made).iter(qn("w:pPrChange"))
    assert (change.get(qn("w:author")), len(change[0])) == ("casebuilder", 0)
    assert next(tree(made).iter(qn("w:pStyle"))).get(qn("w:val")) == "Sitat"


def test_a_paragraph_with_her_own_tracked_properties_is_never_restyled_without_a_trace() -> None:
    former = '<w:pPr><w:jc w:val="left"/></w:pPr>'
    old = f'<w:jc w:val="center"/><w:pPrChange w:id="9" {HERS}>{former}</w:pPrChange>'
    hers = file(p("Rådet har 62 kommuner.", name="_cb_a", properties=old), SECOND)
    fresh = file(p("Rådet har 62 kommuner.", name="_cb_a", style="Sitat"), SECOND)
    try:
        data = merge(file(FIRST, SECOND), hers, fresh).data
    except NotMerged:
        data = hers  # left alone, and told
    assert same_content(package_of(without_ours(parts_of(data))), hers)


def test_a_link_s_words_are_rewritten_inside_it_and_a_new_address_beside_it() -> None:
    def said(words: str) -> str:
        return p("Se ", link("rId1", words), name="_cb_a")

    links = {"rId1": "https://a.no"}
    made = carried_out((said("siden her"),), (said("siden her"),), (said("siden der"),), links=links)
    (around,) = tree(made).iter(qn("w:hyperlink"))
    assert shown(made) == "Se siden [-her-]{+der+}¶"
    assert len(list(around.iter(qn("w:ins"), qn("w:del")))) == 2


def test_a_field_with_another_code_is_replaced_as_a_whole() -> None:
    one, two = (p("Se ", field(f"REF _cb_{each}", "1"), name="_cb_a") for each in "xy")
    assert as_it_becomes((one,), (one,), (two,)) == "Se [-‹REF _cb_x›1-]{+‹REF _cb_y›1+}¶"


def test_a_remark_is_a_comment_on_her_words() -> None:
    hers = p("Rådet har 99 kommuner.", name="_cb_a")
    made = carried_out((FIRST, SECOND), (hers, SECOND), (p("Rådet har 63 kommuner.", name="_cb_a"), SECOND))
    assert comments(made) == ["casebuilder: 63 / 62 @ 99"]
    assert shown(made).startswith("Rådet har 99 kommuner.¶")


def test_a_hidden_name_that_a_link_goes_to_is_not_changed() -> None:
    jump = p(f'<w:hyperlink w:anchor="_cb_a">{t("over")}</w:hyperlink>', name="_cb_j")
    fresh = p("Rådet har 63 kommuner.", name="_cb_ny")
    kept = carried_out((FIRST, jump), (FIRST, jump), (fresh, jump))
    free = carried_out((FIRST, SECOND), (FIRST, SECOND), (fresh, SECOND))
    marks = (next(tree(data).iter(qn("w:bookmarkStart"))) for data in (kept, free))
    names = [str(each.get(qn("w:name"))) for each in marks]
    assert names == ["_cb_a", "_cb_ny"]


@pytest.mark.parametrize(
    "fresh", [(FIRST,), (SECOND,), (NEW, FIRST, SECOND), (FIRST, NEW, SECOND), (NEW,), (FIRST, SECOND, NEW)]
)
def test_accepting_everything_gives_the_fresh_text(fresh: tuple[str, ...]) -> None:
    made = carried_out((FIRST, SECOND), (FIRST, SECOND), fresh)
    assert shown(accepted(made)) == shown(file(*fresh))
