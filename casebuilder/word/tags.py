"""The tags of a template, looked at before rendering, so that a fault can be told at its paragraph.

docxtpl puts a tag such as `{%p if … %}` in place of its whole paragraph, and `{%tr … %}` of its whole
row: words beside it would be lost without a word said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from docx.document import Document
from docx.oxml.ns import qn

from casebuilder.problems import Place, Problem, msg
from casebuilder.word.xml import Element, text_of

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%(?P<place>tr|tc|p|r)?[-+]?\s*(?P<word>\w*)(?P<rest>.*?)[-+]?%\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})  # docxtpl straightens these
_PATTERNS = {
    "if": "{{% if {0} %}}{{% endif %}}",
    "elif": "{{% if x %}}{{% elif {0} %}}{{% endif %}}",
    "for": "{{% for {0} %}}{{% endfor %}}",
    "set": "{{% set {0} %}}",
}
_ENDS = {"endif": "if", "endfor": "for"}
_INSIDE = {"elif": ("if",), "else": ("if", "for")}

IsSound = Callable[[str], bool]
"""Tells whether jinja2 can read a piece of a template."""


def tag_problems(document: Document, file: str, is_sound: IsSound) -> tuple[Problem, ...]:
    """Return every fault in the tags of a template's text, headers and footers."""
    body = document.element.body
    numbered = list(enumerate(body.iter(qn("w:p")), start=1))
    texts = [(Place(file, paragraph=number), text_of(paragraph)) for number, paragraph in numbered]
    found = [*_faults(texts, is_sound), *_not_alone(numbered, file)]
    for part in document.part.package.iter_parts():
        if re.search(r"/(header|footer)[^/]*\.xml$", str(part.partname)):
            lines = [text_of(paragraph) for paragraph in part.element.iter(qn("w:p"))]
            found += _faults([(Place(file), line) for line in lines], is_sound)
    return tuple(found)


def place_of_name(document: Document, file: str, name: str) -> Place:
    """Return the first paragraph with a tag that names something; of «a.1.b» the «b» is looked for too."""
    for wanted in (name, "." + name.rpartition(".")[2] if "." in name else name):
        pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)" if wanted == name else re.escape(wanted))
        for number, paragraph in enumerate(document.element.body.iter(qn("w:p")), start=1):
            if any(pattern.search(tag) for tag in _TAG.findall(text_of(paragraph))):
                return Place(file, paragraph=number)
    return Place(file)


def _faults(texts: Iterable[tuple[Place, str]], is_sound: IsSound) -> Iterator[Problem]:
    opened: list[tuple[str, Place]] = []
    for place, text in texts:
        for tag in _TAG.findall(text):
            statement = _STATEMENT.fullmatch(tag)
            if not (_statement_is_sound(statement, is_sound) if statement else is_sound(_plain(tag))):
                yield _broken(place, tag)
            elif statement:
                yield from _balance(statement, place, opened)
        stray = _STRAY.search(_TAG.sub("", text))
        if stray:
            yield _broken(place, stray.group())
    for word, place in opened:
        found = msg("the «{word}» of the template has no end.", word=word)
        expected = msg("Add {tag} in a paragraph of its own.", tag="{%p end" + word + " %}")
        yield Problem("template", place, found, expected)


def _plain(tag: str) -> str:
    return re.sub(r"^\{\{r ", "{{ ", tag).translate(_CURLY)


def _statement_is_sound(statement: re.Match[str], is_sound: IsSound) -> bool:
    word = statement["word"]
    if word in _ENDS or word == "else":
        return not statement["rest"].strip()
    return word in _PATTERNS and is_sound(_PATTERNS[word].format(statement["rest"].translate(_CURLY)))


def _balance(statement: re.Match[str], place: Place, opened: list[tuple[str, Place]]) -> Iterator[Problem]:
    """Keep book of what is opened; an end without a beginning is a problem."""
    word = statement["word"]
    inmost = opened[-1][0] if opened else ""
    if word in ("if", "for"):
        opened.append((word, place))
    elif word in _ENDS and inmost == _ENDS[word]:
        opened.pop()
    elif word in _ENDS or (word in _INSIDE and inmost not in _INSIDE[word]):
        found = msg("the «{word}» of the template has no beginning.", word=word)
        yield Problem("template", place, found, msg("Delete it, or add what it ends."))


def _broken(place: Place, tag: str) -> Problem:
    found = msg("the template has a tag that cannot be understood ({detail}).", detail=tag[:80])
    return Problem("template", place, found, msg("Correct the tag in Word."))


def _not_alone(numbered: Iterable[tuple[int, Element]], file: str) -> Iterator[Problem]:
    for number, paragraph in numbered:
        text = text_of(paragraph)
        for statement in _STATEMENT.finditer(text):
            around = {"p": paragraph, "tr": _row(paragraph)}.get(statement["place"] or "")
            if around is not None and text_of(around).strip() != statement.group():
                found = msg(
                    "the tag {tag} does not stand alone: what is beside it would vanish.",
                    tag=statement.group(),
                )
                expected = msg("Give it a paragraph of its own, or with «tr» a table row.")
                yield Problem("tag-not-alone", Place(file, paragraph=number), found, expected)


def _row(paragraph: Element) -> Element | None:
    return next(paragraph.iterancestors(qn("w:tr")), None)
