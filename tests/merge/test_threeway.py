"""Three stories → the edits that bring the news into hers: changed, deleted, moved, added; tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.merge.model import Block, Insert, Kind, Plan, Standing, Story, Table
from casebuilder.merge.threeway import Merge, merged
from tests.merge.builders import heading, para, row, story, table, told

ONE, TWO, THREE = (
    "Rådet har 62 kommuner som medlemmer.",
    "Møtet er lagt til Hamar i april.",
    "Kontingenten betales i to terminer.",
)


def named(*said: str, start: int = 0) -> Story:
    """Return paragraphs that carry the names a, b, c, …; an empty text leaves its name out."""
    return tuple(para(each, start + at, name="abcdefgh"[at]) for at, each in enumerate(said) if each)


def edits(base: Story, edited: Story, fresh: Story) -> list[str]:
    return told(merged(base, edited, fresh), edited, fresh)


def standings(plan: Plan) -> list[Standing]:
    return [change.standing for change in plan.changes]


# -- paragraphs -------------------------------------------------------------------------------------


def test_without_news_nothing_is_done_whatever_she_did() -> None:
    assert merged(named(ONE, TWO), named("Alt er nytt."), named(ONE, TWO)) == Plan()


def test_news_in_an_untouched_block_is_put_in() -> None:
    base = named(ONE, TWO)
    assert edits(base, base, named(ONE.replace("62", "63"), TWO)) == ["«62» → «63»"]


def test_news_in_a_block_that_she_has_worked_on_is_put_in() -> None:
    hers = named(ONE.replace("medlemmer", "eiere"), TWO)
    assert edits(named(ONE, TWO), hers, named(ONE.replace("62", "63"), TWO)) == ["«62» → «63»"]


def test_what_she_deleted_stays_deleted_and_its_news_is_told() -> None:
    plan = merged(named(ONE, TWO), named("", TWO), named(ONE.replace("62", "63"), TWO))
    (change,) = plan.changes
    assert plan.edits == ()
    assert (change.standing, change.before, change.now) == (Standing.GONE, ONE, ONE.replace("62", "63"))


def test_what_she_deleted_is_not_told_of_without_news() -> None:
    plan = merged(named(ONE, TWO), named("", TWO), named(ONE, TWO.replace("april", "mai")))
    assert standings(plan) == [Standing.DONE]


def test_what_both_deleted_is_told_to_nobody() -> None:
    assert merged(named(ONE, TWO), named("", TWO), named("", TWO)) == Plan()


def test_news_follows_a_block_that_she_has_moved() -> None:
    base = named(ONE, TWO, THREE)
    hers = (base[1], base[2], base[0])
    assert edits(base, hers, named(ONE.replace("62", "63"), TWO, THREE)) == ["«62» → «63»"]


def test_a_new_block_stands_after_the_one_that_it_follows_in_the_sources() -> None:
    fresh = (*named(ONE, TWO), para(THREE, 9, name="x"))
    assert edits(named(ONE, TWO), named(ONE, TWO), fresh) == [f"«{THREE}» after «{TWO}»"]


def test_a_new_block_at_the_start_stands_before_the_first() -> None:
    fresh = (para(THREE, 9, name="x"), *named(ONE, TWO))
    assert edits(named(ONE, TWO), named(ONE, TWO), fresh) == [f"«{THREE}» before «{ONE}»"]


def test_a_new_block_follows_the_block_that_she_has_moved() -> None:
    base = named(ONE, TWO, THREE)
    hers = (base[1], base[2], base[0])
    fresh = (base[0], para("Helt nytt avsnitt.", 9, name="x"), base[1], base[2])
    assert edits(base, hers, fresh) == [f"«Helt nytt avsnitt.» after «{ONE}»"]


def test_two_new_blocks_in_a_row_keep_their_order() -> None:
    fresh = (
        *named(ONE),
        para("Først dette.", 8, name="x"),
        para("Så dette.", 9, name="y"),
        para(TWO, 1, name="b"),
    )
    plan = merged(named(ONE, TWO), named(ONE, TWO), fresh)
    assert plan.edits == (Insert(8, 0), Insert(9, 0))


def test_a_block_that_she_has_added_in_the_same_words_is_not_put_in_again() -> None:
    hers = (*named(ONE, TWO), para(THREE, 9))
    assert merged(named(ONE, TWO), hers, (*named(ONE, TWO), para(THREE, 9, name="x"))).edits == ()


def test_a_removed_block_is_struck() -> None:
    assert edits(named(ONE, TWO), named(ONE, TWO), named("", TWO)) == [f"strike «{ONE}»"]


def test_a_removed_block_that_she_has_worked_on_stays_with_a_remark() -> None:
    plan = merged(named(ONE, TWO), named(ONE + " Mitt.", TWO), named("", TWO))
    assert standings(plan) == [Standing.CONFLICT]
    assert [type(edit).__name__ for edit in plan.edits] == ["Remark"]


def test_a_removed_block_that_she_has_made_bold_is_struck_with_her_look() -> None:
    hers = (para(ONE, 0, name="a", look="b"), *named("", TWO))
    assert edits(named(ONE, TWO), hers, named("", TWO)) == [f"strike «{ONE}»"]


def test_a_paragraph_gets_its_new_style() -> None:
    fresh = (para(ONE, 0, style="quote", name="a"), *named("", TWO))
    plan = merged(named(ONE, TWO), named(ONE, TWO), fresh)
    assert told(plan, named(ONE, TWO), fresh) == [f"style «{ONE}» as quote"]
    assert [change.kind for change in plan.changes] == [Kind.STYLE]


def test_a_paragraph_that_she_gave_another_style_keeps_it_with_a_remark() -> None:
    hers = (heading(ONE, 0, name="a"), *named("", TWO))
    plan = merged(named(ONE, TWO), hers, (para(ONE, 0, style="quote", name="a"), *named("", TWO)))
    assert standings(plan) == [Standing.CONFLICT]
    assert plan.changes[0].hers == "heading 1"


def test_the_same_new_style_by_both_is_no_news() -> None:
    new = (para(ONE, 0, style="quote", name="a"), *named("", TWO))
    assert merged(named(ONE, TWO), new, new) == Plan()


def test_a_change_is_told_under_its_heading() -> None:
    base = story(heading("Bakgrunn"), ONE, heading("Økonomi"), THREE)
    fresh = story(heading("Bakgrunn"), ONE, heading("Økonomi"), THREE.replace("to", "tre"))
    (change,) = merged(base, base, fresh).changes
    assert change.where == "Økonomi"


def test_where_she_has_deleted_everything_all_news_is_told_and_nothing_is_put_in() -> None:
    plan = merged(named(ONE), (), (*named(ONE.replace("62", "63")), para(TWO, 9, name="x")))
    assert (plan.edits, standings(plan)) == ((), [Standing.GONE, Standing.GONE])


def test_a_new_name_of_an_edited_block_follows_the_sources() -> None:
    base, fresh = named(ONE), (para(ONE.replace("62", "63"), 0, name="ny"),)
    assert edits(base, base, fresh) == ["«62» → «63»", f"name a → ny of «{ONE}»"]


def test_links_to_a_block_are_led_to_the_name_that_it_has_in_her_file() -> None:
    base, fresh = named(ONE, TWO), (para(ONE, 0, name="ny"), *named("", TWO))
    assert Merge(base, base, fresh).anchors() == {"ny": "a"}


_SAID = st.lists(st.sampled_from([ONE, TWO, THREE, "Ja.", "Nei, ikke nå."]), max_size=6)


@given(_SAID, _SAID)
def test_news_that_she_has_written_herself_changes_nothing(base: list[str], same: list[str]) -> None:
    assert merged(story(*base), story(*same), story(*same)).edits == ()


@given(_SAID, _SAID, _SAID)
def test_only_what_stands_in_her_version_is_struck_or_remarked_on(
    base: list[str], hers: list[str], fresh: list[str]
) -> None:
    plan = merged(story(*base), story(*hers), story(*fresh))
    places = {
        getattr(edit, "at", None) if not isinstance(edit, Insert) else edit.beside for edit in plan.edits
    }
    assert places <= set(range(len(hers)))
    assert all(change.standing is not Standing.DONE or plan.edits for change in plan.changes)


# -- tables -----------------------------------------------------------------------------------------


def places(*rows: tuple[str, str], start: int = 100) -> Table:
    """Return a table of these rows, below a head."""
    made = (row(*cells, at=start + 10 * at) for at, cells in enumerate((("Kommune", "Tall"), *rows)))
    return table(*made, at=start - 1, name="t")


HAMAR, OSLO, GJOVIK = ("Hamar", "31 000"), ("Oslo", "700 000"), ("Gjøvik", "30 000")


def in_table(base: Table, edited: Table, fresh: Table) -> tuple[Plan, list[str]]:
    around: tuple[Block, ...] = (para(ONE, 0, name="a"),)
    one, two, three = ((*around, each) for each in (base, edited, fresh))
    plan = merged(one, two, three)
    return plan, told(plan, two, three)


def test_a_cell_gets_its_new_words() -> None:
    new = places(HAMAR, ("Oslo", "710 000"))
    assert in_table(places(HAMAR, OSLO), places(HAMAR, OSLO), new)[1] == ["«700» → «710»"]


def test_a_cell_beside_one_that_she_changed_gets_its_new_words() -> None:
    hers = places(HAMAR, ("Oslo kommune", "700 000"))
    assert in_table(places(HAMAR, OSLO), hers, places(HAMAR, ("Oslo", "710 000")))[1] == ["«700» → «710»"]


def test_a_cell_that_both_changed_keeps_her_words() -> None:
    plan, found = in_table(
        places(HAMAR, OSLO), places(HAMAR, ("Oslo", "701 000")), places(HAMAR, ("Oslo", "710 000"))
    )
    assert found == ["remark on «701»: «710», before «700»"]
    assert plan.changes[0].name == "t"


def test_a_new_row_stands_after_the_one_that_it_follows_in_the_sources() -> None:
    found = in_table(places(HAMAR, OSLO), places(HAMAR, OSLO), places(HAMAR, GJOVIK, OSLO))[1]
    assert found == ["«Gjøvik | 30 000» after «Hamar | 31 000»"]


def test_a_removed_row_is_struck_and_one_that_she_worked_on_gets_a_remark() -> None:
    base = places(HAMAR, OSLO)
    assert in_table(base, base, places(HAMAR))[1] == ["strike «Oslo | 700 000»"]
    plan, found = in_table(base, places(HAMAR, ("Oslo", "700 000 i alt")), places(HAMAR))
    assert standings(plan) == [Standing.CONFLICT]
    assert found == ["remark on «Oslo»: «», before «Oslo | 700 000»"]


def test_a_row_that_she_deleted_stays_deleted_and_its_news_is_told() -> None:
    plan, found = in_table(places(HAMAR, OSLO), places(HAMAR), places(HAMAR, ("Oslo", "710 000")))
    assert (found, standings(plan)) == ([], [Standing.GONE])
    assert (plan.changes[0].before, plan.changes[0].now) == ("Oslo | 700 000", "Oslo | 710 000")


def test_a_row_that_she_added_stays_where_other_rows_change() -> None:
    hers = places(HAMAR, ("Moelv", "mitt tall"), OSLO)
    assert in_table(places(HAMAR, OSLO), hers, places(HAMAR, ("Oslo", "710 000")))[1] == ["«700» → «710»"]


def test_a_row_that_she_has_added_in_the_same_words_is_not_put_in_again() -> None:
    new = places(HAMAR, GJOVIK, OSLO)
    assert in_table(places(HAMAR, OSLO), new, new)[1] == []


def test_a_table_with_other_columns_is_put_in_beside_the_old_one_which_is_struck() -> None:
    wide = table(
        row("Kommune", "Tall", "År", at=200), row("Hamar", "31 000", "2026", at=210), at=199, name="t"
    )
    plan, found = in_table(places(HAMAR), places(HAMAR), wide)
    assert [each.split(" ")[0] for each in found] == ["«Kommune", "strike"]
    assert standings(plan) == [Standing.DONE]


def test_a_table_with_other_columns_that_she_worked_on_stays_with_a_remark() -> None:
    wide = table(
        row("Kommune", "Tall", "År", at=200), row("Hamar", "31 000", "2026", at=210), at=199, name="t"
    )
    plan, _found = in_table(places(HAMAR), places(("Hamar", "mitt tall")), wide)
    assert (standings(plan), [type(edit).__name__ for edit in plan.edits]) == (
        [Standing.CONFLICT],
        ["Remark"],
    )


def test_a_table_that_she_gave_a_column_more_gets_remarks_and_no_half_rows() -> None:
    mine = table(row("Kommune", "Tall", "Min", at=200), row("Hamar", "31 000", "x", at=210), at=199, name="t")
    plan, _found = in_table(places(HAMAR), mine, places(("Hamar", "32 000"), OSLO))
    assert set(standings(plan)) == {Standing.CONFLICT}
    assert {type(edit).__name__ for edit in plan.edits} == {"Remark"}


def test_a_table_that_the_sources_no_longer_have_is_struck_as_one() -> None:
    hers = (para(ONE, 0, name="a"), places(HAMAR))
    plan = merged(hers, hers, (para(ONE, 0, name="a"),))
    assert told(plan, hers, ()) == ["strike «Kommune | Tall / Hamar | 31 000»"]
