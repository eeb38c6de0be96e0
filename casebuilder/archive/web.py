"""A finished paper → one accessible page of HTML that needs nothing but itself (WCAG 2.1 AA).

`word.web_source` makes the paper plain, pandoc reads it, and here its tree is mended: what pandoc does not
tell is put back from the values beside it, and nothing is left of how the Word file was built.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from lxml import html

from casebuilder.archive.web_blocks import Headings, mend_blocks
from casebuilder.archive.web_inlines import mend_figures, mend_links, mend_pictures, strip_attributes
from casebuilder.archive.web_lists import mend_lists
from casebuilder.archive.web_notes import mend_notes
from casebuilder.archive.web_proof import prove
from casebuilder.archive.web_style import stylesheet
from casebuilder.archive.web_tables import mend_tables
from casebuilder.archive.web_tree import make, read_tree
from casebuilder.archive.web_words import Words, words_in
from casebuilder.word.web_source import plain_of

_LONG = 4
"""Headings from which on a paper has a list of contents."""
_MAIN, _CONTENTS, _TOP = "main-text", "contents", "top"


def html_of(data: bytes, *, title: str, language: str, author: str, convert: Callable[[bytes], str]) -> str:
    """Return a paper's page. `author` is the organisation, `convert` pandoc: Word file → fragment of HTML.

    Raises what `word.package.UNREADABLE` names, what `convert` raises, and WordsLost if the two differ.
    """
    plain = plain_of(data, language)
    main = read_tree(convert(plain.data))
    prove(main, plain)
    words = words_in(language)
    headings = mend_blocks(main, plain, title)
    mend_tables(main, plain, words)
    mend_lists(main, plain)
    notes = mend_notes(main, plain, words)
    mend_pictures(main, plain.pictures, words)
    mend_figures(main)
    mend_links(main)
    strip_attributes(main)
    _put_contents_in(headings, words, has_notes=notes)
    main.set("id", _MAIN)
    main.set("tabindex", "-1")
    body = make(
        "body",
        make("a", words.skip, href=f"#{_MAIN}", class_="skip"),
        make("header", make("p", author), id=_TOP),
        main,
        make("footer", make("p", author), make("p", make("a", words.top, href=f"#{_TOP}"))),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title, quote=False)}</title>\n<style>{stylesheet()}</style>\n</head>\n"
        f"{html.tostring(body, encoding='unicode')}\n</html>\n"
    )


def _put_contents_in(headings: Headings, words: Words, *, has_notes: bool) -> None:
    """Put the list of contents after the title, if the paper is long."""
    if len(headings.entries) < _LONG:
        return
    lists = [make("ul")]
    levels = [str(headings.entries[0][0].tag)]
    for heading, said in headings.entries:
        while str(heading.tag) < levels[-1] and len(levels) > 1:
            lists.pop()
            levels.pop()
        if str(heading.tag) > levels[-1]:
            inner = make("ul")
            lists[-1][-1].append(inner)
            lists.append(inner)
            levels.append(str(heading.tag))
        lists[-1].append(make("li", make("a", said, href=f"#{heading.get('id')}")))
    if has_notes:
        lists[0].append(make("li", make("a", words.notes, href="#notes")))
    label = make("p", words.contents, class_="label", id=_CONTENTS)
    headings.title.addnext(make("nav", label, lists[0], aria_labelledby=_CONTENTS))
    headings.title.tail = None
