"""The tags of a template, looked at before rendering, so that a fault can be told at its paragraph.

docxtpl puts a tag such as `{%p if … %}` in place of its whole paragraph, and `{%tr … %}` of its whole
row: words beside it would be lost without a word said. It renders the file as text, so what is opened in
one table cell and ended in another would tear the file apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import qn

from casebuilder.frame import GROUPS, MARKERS
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.sandbox import is_sound, unknown_filter
from casebuilder.suggest import did_you_mean
from casebuilder.word.template.places import Passage, Story, stories
from casebuilder.word.xml import MARKS, Element, text_of

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
STATEMENT = re.compile(r"\{%(?P<place>tr|tc|p|r)?[-+]?\s*(?P<word>\w*)(?P<rest>.*?)[-+]?%\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_LOOSE = re.compile(
    r"\{\s+\{[^{}]*\}\s*\}|\{\s*\{[^{}]*\}\s+\}"
    rf"|(?<!\{{)\{{\s*(?:{'|'.join((*GROUPS, *MARKERS, 'ord', 'forslag', 'vedlegg'))})\b[\w.|\s]*\}}(?!\}})"
)
_ENDING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BEGINNING = {end: begin for begin, end in _ENDING.items()}
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})  # docxtpl straightens these
_PATTERNS = {
    "if": "{{% if {0} %}}{{% endif %}}",
    "elif": "{{% if x %}}{{% elif {0} %}}{{% endif %}}",
    "for": "{{% for {0} %}}{{% endfor %}}",
    "set": "{{% set {0} %}}",
}
_ENDS = {"endif": "if", "endfor": "for"}
_WITHIN = {"elif": ("if",), "else": ("if", "for"), "endif": ("if",), "endfor": ("for",)}
_AROUND = {"tr": qn("w:tr"), "tc": qn("w:tc"), "p": qn("w:p")}
_HARMLESS = (*MARKS, *map(qn, ("w:r", "w:rPr", "w:t", "w:proofErr", "w:lastRenderedPageBreak")))
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class _Opened:
    """An «if» or «for» that waits for its end: what kind of tag it is, and what holds it."""

    word: str
    kind: str
    place: Place
    holder: Element | None


def tag_problems(document: Document, file: str) -> tuple[Problem, ...]:
    """Return every fault in the tags of a template's text, headers, footers and notes."""
    return tuple(problem for story in stories(document, file) for problem in _of_story(story))


def place_of_name(document: Document, file: str, name: str) -> Place:
    """Return the first paragraph with a tag that names something; of «a.1.b» the «b» is looked for too."""
    passages = [each for story in stories(document, file) for each in story.passages]
    for wanted in (name, "." + name.rpartition(".")[2] if "." in name else name):
        pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)" if wanted == name else re.escape(wanted))
        for passage in passages:
            if any(pattern.search(tag) for tag in TAG.findall(passage.text)):
                return passage.place
    return Place(file)


def source_of(tag: str) -> str | None:
    """Return a tag as a piece of a template that stands by itself; None for an end or an else."""
    statement = STATEMENT.fullmatch(tag)
    if statement is None:
        return re.sub(r"^\{\{r ", "{{ ", tag).translate(_CURLY)
    pattern = _PATTERNS.get(statement["word"])
    return pattern.format(statement["rest"].translate(_CURLY)) if pattern else None


def _of_story(story: Story) -> Iterator[Problem]:
    opened: list[_Opened] = []
    own = [each for each in story.passages if not each.is_boxed]
    yield from (_boxed(each) for each in story.passages if each.is_boxed and _STRAY.search(each.text))
    yield from _unclosed(own)
    for passage in own:
        for tag in TAG.findall(passage.text):
            statement = STATEMENT.fullmatch(tag)
            if not _is_sound(tag, statement):
                yield _not_understood(passage.place, tag, statement)
            elif statement:
                yield from _balance(statement, passage, opened)
        yield from _not_alone(passage)
        yield from _split(passage)
        yield from _loose(passage)
    for each in opened:
        found = msg("the «{word}» of the template has no end.", word=each.word)
        expected = msg("Add {tag} in a paragraph of its own.", tag="{%p end" + each.word + " %}")
        yield Problem("template", each.place, found, expected)


def _loose(passage: Passage) -> Iterator[Problem]:
    """Yield what is meant as a tag but would be printed: braces one by one, or with blanks between."""
    for meant in _LOOSE.finditer(TAG.sub("", passage.text)):
        found = msg("«{text}» looks like a tag, but would be printed as it stands.", text=meant.group())
        name = meant.group().strip("{} \xa0")
        expected = msg("Write two braces close together on each side: {tag}.", tag="{{ " + name + " }}")
        yield Problem("template", passage.place, found, expected)


def _boxed(passage: Passage) -> Problem:
    tags = TAG.findall(passage.text) or [passage.text]
    found = msg("the tag {tag} stands in a text box, where it cannot be filled in.", tag=tags[0][:_SHOWN])
    expected = msg("Move it to an ordinary paragraph or a table cell.")
    return Problem("tag-in-text-box", passage.place, found, expected)


def _unclosed(passages: Sequence[Passage]) -> Iterator[Problem]:
    """Yield the tags that do not end, or do not begin, in their paragraph; each once."""
    left = [(each.place, TAG.sub("", each.text)) for each in passages]
    strays = [(place, rest, stray) for place, rest in left for stray in [_STRAY.search(rest)] if stray]
    ended = ""
    for at, (place, rest, stray) in enumerate(strays):
        mark, told = stray.group(), rest[stray.start() :][:_SHOWN].strip()
        later = strays[at + 1][2].group() if at + 1 < len(strays) else ""
        if mark == ended:
            ended = ""
            continue
        ended = ""
        if mark in _ENDING and later == _ENDING[mark]:
            ended = later
            found = msg("the tag {tag} begins here and ends in another paragraph.", tag=told)
            yield Problem("tag-split", place, found, msg("Write the whole tag in one paragraph."))
        elif mark in _ENDING:
            found = msg("the tag {tag} has no end.", tag=told)
            expected = msg("End it with {end} in the same paragraph.", end=_ENDING[mark])
            yield Problem("template", place, found, expected)
        else:
            found = msg("here a tag ends with {end} that does not begin in this paragraph.", end=mark)
            expected = msg("Write {begin} where it is to begin, or delete it.", begin=_BEGINNING[mark])
            yield Problem("template", place, found, expected)


def _is_sound(tag: str, statement: re.Match[str] | None) -> bool:
    if statement and (statement["word"] in _ENDS or statement["word"] == "else"):
        return not statement["rest"].strip()
    source = source_of(tag)
    return source is not None and is_sound(source)


def _not_understood(place: Place, tag: str, statement: re.Match[str] | None) -> Problem:
    found = msg("the template has a tag that cannot be understood ({detail}).", detail=tag[:_SHOWN])
    words = (*_PATTERNS, *_ENDS, "else")
    source = source_of(tag)
    unknown = unknown_filter(source) if source else None
    expected = msg("Correct the tag in Word.")
    if unknown:
        expected = did_you_mean(unknown.name, unknown.known, msg("There is no «{name}».", name=unknown.name))
    elif statement and statement["word"] not in words:
        expected = did_you_mean(
            statement["word"], words, msg("It must begin with one of {values}.", values=", ".join(words))
        )
    return Problem("template", place, found, expected)


def _balance(statement: re.Match[str], passage: Passage, opened: list[_Opened]) -> Iterator[Problem]:
    """Keep book of what is opened; an end without a beginning, or in another place, is a problem."""
    word, kind = statement["word"], statement["place"] or ""
    here = _Opened(word, kind, passage.place, _holder(passage, kind))
    inmost = opened[-1] if opened else _Opened("", "", passage.place, None)
    if word in ("if", "for"):
        opened.append(here)
    elif word not in _WITHIN:
        return
    elif inmost.word not in _WITHIN[word]:
        found = msg("the «{word}» of the template has no beginning.", word=word)
        yield Problem("template", passage.place, found, msg("Delete it, or add what it ends."))
    else:
        if replace(here, word="", place=inmost.place) != replace(inmost, word=""):
            yield _apart(statement, inmost, passage.place)
        if word in _ENDS:
            opened.pop()


def _holder(passage: Passage, kind: str) -> Element | None:
    """Return what a beginning and its end must both stand in."""
    tag = _AROUND.get(kind)
    around = (passage.element, *passage.element.iterancestors())
    node = next((each for each in around if each.tag == tag), None)
    return passage.element if node is None else node.getparent()


def _apart(statement: re.Match[str], begun: _Opened, place: Place) -> Problem:
    found = msg(
        "{tag} belongs to an «{word}» that begins in another paragraph, table row or cell.",
        tag=statement.group()[:_SHOWN],
        word=begun.word,
    )
    expected: Message = msg(
        "Write both in the same paragraph, or both alone in paragraphs as {tag} in the same text or cell.",
        tag="{%p … %}",
    )
    return Problem("tag-apart", place, found, expected)


def _not_alone(passage: Passage) -> Iterator[Problem]:
    for statement in STATEMENT.finditer(passage.text):
        around = {"p": passage.element, "tr": _row(passage.element)}.get(statement["place"] or "")
        if around is not None and text_of(around).strip() != statement.group():
            found = msg(
                "the tag {tag} does not stand alone: what is beside it would vanish.", tag=statement.group()
            )
            expected = msg("Give it a paragraph of its own, or with «tr» a table row.")
            yield Problem("tag-not-alone", passage.place, found, expected)


def _row(paragraph: Element) -> Element | None:
    return next(paragraph.iterancestors(qn("w:tr")), None)


def _split(passage: Passage) -> Iterator[Problem]:
    """Yield the tags with more in them than words: docxtpl takes out what stands between their letters."""
    order = [each for each in passage.element.iter() if isinstance(each.tag, str)]
    starts, at = [], 0
    for each in passage.texts:
        starts.append(at)
        at += len(each.text or "")
    for tag in TAG.finditer("".join(each.text or "" for each in passage.texts)):
        inside = [
            each
            for each, start in zip(passage.texts, starts, strict=True)
            if start < tag.end() and start + len(each.text or "") > tag.start()
        ]
        between = order[order.index(inside[0]) : order.index(inside[-1]) + 1]
        strange = [each for each in between if each.tag not in _HARMLESS and not _is_of_look(each)]
        if strange or len({_line_of(each) for each in inside}) > 1:
            found = msg(
                "the tag {tag} is split: something else stands in the middle of it, such as a link, a field, "
                "a picture or a line break.",
                tag=tag.group()[:_SHOWN],
            )
            expected = msg("Delete the whole tag and write it again in one go.")
            yield Problem("tag-split", passage.place, found, expected)


def _is_of_look(node: Element) -> bool:
    return next(node.iterancestors(qn("w:rPr")), None) is not None


def _line_of(text: Element) -> Element | None:
    """Return what the run of a w:t stands in: the paragraph, or a link, content control or change in it."""
    run = text.getparent()
    return None if run is None else run.getparent()
