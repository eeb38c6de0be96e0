"""The words of a paragraph in three versions: what meets, what does not, and how new words look."""

from __future__ import annotations

import pytest

from casebuilder.merge.model import Kind, Para, Plan, Rewrite, Standing, Story
from casebuilder.merge.paragraphs import merged_words
from casebuilder.merge.threeway import merged
from tests.merge.builders import para, told, words

BASE = "Rådet har 62 kommuner som medlemmer."


def plan(base: str | list[str], edited: str | list[str], fresh: str | list[str]) -> tuple[Plan, list[str]]:
    """Return the plan of a paragraph, or of several that belong together, and its edits in words."""
    old, hers, new = _paragraphs(base, 0), _paragraphs(edited, 10), _paragraphs(fresh, 20)
    made = merged_words(old, hers, new, merged, "Overskrift")
    return made, told(made, tuple(hers), tuple(new))


def _paragraphs(said: str | list[str], start: int) -> list[Para]:
    return [para(each, at) for at, each in enumerate([said] if isinstance(said, str) else said, start)]


def edits(base: str | list[str], edited: str | list[str], fresh: str | list[str]) -> list[str]:
    return plan(base, edited, fresh)[1]


@pytest.mark.parametrize(
    ("edited", "fresh", "done"),
    [
        (BASE, "Rådet har 63 kommuner som medlemmer.", ["«62» → «63»"]),
        (BASE, BASE, []),
        ("Rådet har 63 kommuner som medlemmer.", BASE, []),
        ("Rådet har 63 kommuner som medlemmer.", "Rådet har 63 kommuner som medlemmer.", []),
        ("Rådet har 62 kommuner som medlem.", "Rådet har 63 kommuner som medlemmer.", ["«62» → «63»"]),
        (
            "Rådet har bare 62 kommuner som medlemmer.",
            "Rådet har 63 kommuner som medlemmer.",
            ["«62» → «63»"],
        ),
        ("Rådet har 62 av kommuner som medlemmer.", "Rådet har 63 kommuner som medlemmer.", ["«62» → «63»"]),
        ("Nå er det slik: " + BASE, BASE + " Slik er det.", ["«» → « Slik er det.»"]),
    ],
)
def test_news_that_meets_no_change_of_hers_is_put_in(edited: str, fresh: str, done: list[str]) -> None:
    made, found = plan(BASE, edited, fresh)
    assert found == done
    assert all(change.standing is Standing.DONE for change in made.changes)


@pytest.mark.parametrize(
    ("edited", "fresh", "remark"),
    [
        (
            "Rådet har 99 kommuner som medlemmer.",
            "Rådet har 63 kommuner som medlemmer.",
            "remark on «99»: «63», before «62»",
        ),
        (  # both put something in at the same place
            BASE + " Hun la til dette.",
            BASE + " Kildene la til dette.",
            "remark on « Hun la til dette.»: « Kildene la til dette.», before «»",
        ),
        (  # she took out what the news replaces
            "Rådet har kommuner som medlemmer.",
            "Rådet har 63 kommuner som medlemmer.",
            "remark on «»: «63 », before «62 »",
        ),
        (  # the news takes out what she replaced
            "Rådet har 62 kommuner som deltakere.",
            "Rådet har 62 kommuner.",
            "remark on « som deltakere»: «», before « som medlemmer»",
        ),
    ],
)
def test_where_both_changed_the_same_words_hers_stay_with_a_remark(
    edited: str, fresh: str, remark: str
) -> None:
    made, found = plan(BASE, edited, fresh)
    assert found == [remark]
    assert [change.standing for change in made.changes] == [Standing.CONFLICT]


def test_news_elsewhere_in_the_paragraph_is_put_in_beside_a_remark() -> None:
    made, found = plan(BASE, "Rådet har 99 kommuner som medlemmer.", "Rådet har 63 kommuner som eiere.")
    assert found == ["remark on «99»: «63», before «62»", "«medlemmer» → «eiere»"]
    assert [change.standing for change in made.changes] == [Standing.CONFLICT, Standing.DONE]


def test_a_name_is_one_unit_though_a_blank_parts_it() -> None:
    base = "Saksbehandler er Kari Hansen i dag."
    made, found = plan(base, base.replace("Hansen", "Moe"), base.replace("Kari Hansen", "Nina Lie"))
    assert found == ["remark on «Kari Moe»: «Nina Lie», before «Kari Hansen»"]
    assert made.changes[0].hers == "Kari Moe"


def test_words_apart_are_changed_apart() -> None:
    assert edits(BASE, BASE, "Styret har 63 kommuner som medlemmer.") == ["«Rådet» → «Styret»", "«62» → «63»"]


def test_a_changed_note_keeps_its_reference_and_is_rewritten_itself() -> None:
    found = edits("Ord[Se side 4].", "Et ord[Se side 4] her.", "Ord[Se side 5].")
    assert "«4» → «5»" in _notes("Ord[Se side 4].", "Et ord[Se side 4] her.", "Ord[Se side 5].")
    assert not any("note" in each for each in found)


def _notes(base: str, edited: str, fresh: str) -> list[str]:
    """Return the rewritten words of notes: struck → put in."""
    old, hers, new = para(base), para(edited), para(fresh)
    made = merged_words([old], [hers], [new], merged, "")
    there: dict[int, Para] = {}
    for each in (hers, new):
        for word in each.words:
            there |= {block.at: block for block in word.note or () if isinstance(block, Para)}
    found = []
    for edit in made.edits:
        if isinstance(edit, Rewrite) and edit.at in there:
            struck = "".join(word.text for word in there[edit.at].words[edit.start : edit.stop])
            put = "".join(word.text for at, low, high in edit.put for word in there[at].words[low:high])
            found.append(f"«{struck}» → «{put}»")
    return found


def test_a_note_that_both_changed_keeps_hers_with_what_the_sources_say_now() -> None:
    made, _found = plan("Ord[Se side 4].", "Ord[Se side 9].", "Ord[Se side 5].")
    (change,) = made.changes
    assert (change.standing, change.before, change.now, change.hers) == (Standing.CONFLICT, "4", "5", "9")


def test_news_in_a_note_that_she_has_deleted_is_told() -> None:
    made, found = plan("Ord[Se side 4].", "Ord.", "Ord[Se side 5].")
    assert found == []
    assert [(each.standing, each.before, each.now) for each in made.changes] == [
        (Standing.GONE, "Se side 4", "Se side 5")
    ]


def test_a_note_of_hers_stays_where_a_note_of_the_sources_comes_in() -> None:
    made, found = plan("En setning. To.", "En setning[min note]. To.", "En setning. To[ny note].")
    assert found == ["«» → «note ny note»"]
    assert made.changes[0].now == " [ny note]"


def test_a_new_note_takes_nothing_from_an_old_one_that_says_something_else() -> None:
    assert edits(
        "Ord[Se rapporten fra 2020].", "Ord[Se rapporten fra 2020].", "Ord[Lov om kart paragraf]."
    ) == ["«note Se rapporten fra 2020» → «note Lov om kart paragraf»"]


def test_a_link_s_new_address_is_news_though_the_words_are_the_same() -> None:
    made, found = plan(
        "Se <siden|https://a.no/1> her.", "Se <siden|https://a.no/1> der.", "Se <siden|https://a.no/2> her."
    )
    assert found == ["«siden» → «siden»"]
    assert (made.changes[0].before, made.changes[0].now) == (
        "siden (https://a.no/1)",
        "siden (https://a.no/2)",
    )


def test_news_in_both_halves_of_a_split_paragraph_goes_to_where_its_words_stand() -> None:
    base = "Rådet har 62 kommuner. Møtet er i april."
    halves = ["Rådet har 62 kommuner.", "Møtet er i april."]
    assert edits(base, halves, "Rådet har 63 kommuner. Møtet er i mai.") == ["«62» → «63»", "«april» → «mai»"]


def test_news_in_paragraphs_that_she_has_joined_goes_to_where_its_words_stand() -> None:
    halves = ["Rådet har 62 kommuner.", "Møtet er i april."]
    joined = "Rådet har 62 kommuner. Møtet er i april."
    assert edits(halves, joined, ["Rådet har 63 kommuner.", "Møtet er i mai."]) == [
        "«62» → «63»",
        "«april» → «mai»",
    ]


def test_new_words_look_as_hers_if_the_sources_give_them_the_old_look() -> None:
    old, new = para(BASE), para(BASE.replace("62", "63"), 20)
    hers = Para(10, (*words("Rådet har "), *words("62", "b"), *words(" kommuner som medlemmer.")), "normal")
    (edit,) = merged_words([old], [hers], [new], merged, "").edits
    assert isinstance(edit, Rewrite)
    assert (edit.donor, hers.words[edit.donor or 0].look) == (4, "b")


def test_new_words_that_the_sources_give_another_look_bring_it_along() -> None:
    old = para(BASE)
    new = Para(20, (*words("Rådet har "), *words("63", "b"), *words(" kommuner som medlemmer.")), "normal")
    (edit,) = merged_words([old], [para(BASE, 10)], [new], merged, "").edits
    assert isinstance(edit, Rewrite)
    assert edit.donor is None


def test_a_link_never_takes_the_look_of_what_it_replaces() -> None:
    found = merged_words(
        [para("Se siden.")], [para("Se siden.", 10)], [para("Se <siden|https://a.no>.", 20)], merged, ""
    )
    assert [edit.donor for edit in found.edits if isinstance(edit, Rewrite)] == [None]


def test_news_of_looks_alone_is_told_as_such() -> None:
    new = Para(20, (*words("Rådet har "), *words("62", "b"), *words(" kommuner som medlemmer.")), "normal")
    found = merged_words([para(BASE)], [para(BASE, 10)], [new], merged, "")
    assert [change.kind for change in found.changes] == [Kind.STYLE]


def test_a_word_that_she_made_bold_is_no_change_of_words() -> None:
    hers = Para(10, words(BASE, "b"), "normal")
    made = merged_words([para(BASE)], [hers], [para(BASE.replace("62", "63"), 20)], merged, "")
    assert [change.standing for change in made.changes] == [Standing.DONE]


def test_the_change_names_the_heading_and_the_block() -> None:
    old, hers, new = (
        para(BASE, name="_cb_a"),
        para(BASE, 10, name="_cb_a"),
        para(BASE + " Nå.", 20, name="_cb_b"),
    )
    (change,) = merged_words([old], [hers], [new], _no_notes, "Overskrift").changes
    assert (change.where, change.name) == ("Overskrift", "_cb_b")


def _no_notes(_base: Story, _edited: Story, _fresh: Story, _where: str) -> Plan:
    raise AssertionError


def test_an_emptied_paragraph_is_left_empty_and_the_news_is_told() -> None:
    made, found = plan(BASE, "", BASE.replace("62", "63"))
    assert found == ["remark on «»: «Rådet har 63 kommuner som medlemmer.», before «" + BASE + "»"]
    assert [change.standing for change in made.changes] == [Standing.CONFLICT]


def test_the_notes_of_a_paragraph_are_merged_by_who_merges_stories() -> None:
    asked: list[str] = []

    def note(_base: Story, _edited: Story, _fresh: Story, where: str) -> Plan:
        asked.append(where)
        return Plan()

    merged_words([para("a[n]")], [para("a b[n]", 10)], [para("a[n]", 20)], note, "Under")
    assert asked == ["Under"]
