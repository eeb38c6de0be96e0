"""Notes with links both ways, numbered as the paper does; endnotes count for themselves."""

from __future__ import annotations

from casebuilder.archive.web_tree import Tree, drop, make, marks, parent_of, text_of, unwrap
from casebuilder.archive.web_words import Words
from casebuilder.word.web_source import NoteMark, Plain

_BACK = "↩\ufe0e"
"""An arrow, as a letter and not as a picture."""


def mend_notes(main: Tree, plain: Plain, words: Words) -> bool:
    """Make pandoc's notes ours; tell whether there are any."""
    section = next((each for each in main.iter("section") if each.get("role") == "doc-endnotes"), None)
    if section is None:
        return False
    items = {f"#{each.get('id')}": each for each in section.iter("li") if each.get("id")}
    kinds: dict[str, Tree] = {}
    for number, mark in marks(main, "n"):
        reference, note = _reference(mark), plain.notes[number]
        if reference is not None:
            item = items[str(reference.get("href"))]
            _link(reference, note, words)
            _link_back(item, note, words)
            kinds.setdefault(note.kind, make("ol", class_=f"notes {note.format}")).append(item)
    title = make("h2", words.notes, id="notes-title")
    made = make("section", title, *kinds.values(), id="notes", role="doc-endnotes")
    made.set("aria-labelledby", "notes-title")
    drop(section)
    main.append(made)
    return True


def _reference(mark: Tree) -> Tree | None:
    """Return the link of a note, which may stand in a superscript of its own."""
    following = mark.getnext()
    return None if following is None else next(following.iter("a"), None)


def _name(note: NoteMark) -> str:
    return f"{'note' if note.kind == 'footnote' else 'endnote'}-{note.value}"


def _link(reference: Tree, note: NoteMark, words: Words) -> None:
    for child in list(reference):
        reference.remove(child)
    reference.text = note.label
    told = words.note if note.kind == "footnote" else words.endnote
    reference.attrib.clear()
    for key, said in (("href", f"#{_name(note)}"), ("id", f"{_name(note)}-ref"), ("class", "note")):
        reference.set(key, said)
    reference.set("role", "doc-noteref")
    reference.set("aria-label", told.format(label=note.label))
    around = parent_of(reference)
    if around.tag == "sup":
        unwrap(around)


def _link_back(item: Tree, note: NoteMark, words: Words) -> None:
    """Let a note end with a link to where it is referred to."""
    for link in [each for each in item.iter("a") if each.get("role") == "doc-backlink"]:
        parent = parent_of(link)
        drop(link)
        if parent is not item and not text_of(parent):
            drop(parent)
    for _number, mark in marks(item)[:1]:  # the blank that Word puts behind a note's own number
        mark.tail = (mark.tail or "").lstrip(" \t") or None
    told = words.back.format(label=note.label)
    back = make("a", _BACK, href=f"#{_name(note)}-ref", role="doc-backlink", aria_label=told)
    last = item[-1] if len(item) and item[-1].tag == "p" else item
    if len(last):
        last[-1].tail = f"{last[-1].tail or ''} "
    else:
        last.text = f"{last.text or ''} "
    last.append(back)
    item.attrib.update({"id": _name(note), "value": str(note.value)})
