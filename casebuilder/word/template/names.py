"""What a template asks for, against what there is: fields, markers, and what cannot be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casebuilder.frame import MARKERS
from casebuilder.paper import Datum, FrameValue
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.prose.asking import FUNCTIONS
from casebuilder.sandbox import Asked, asked, fault_of, is_sound
from casebuilder.suggest import did_you_mean, nearest
from casebuilder.word.tags import STATEMENT, TAG, source_of
from casebuilder.word.template.places import Passage, Story

_ANY = object()
"""Stands for a value of which nothing is known before a paper is made."""
_JINJA = ("loop", "true", "false", "none", "range", "dict", "namespace", "joiner", "cycler", "lipsum")
_CONTENT = "saksutredning"
_HARMLESS = re.compile(r"\{\{ ?[\w.]+ ?\}\}|\{% if [\w. ]+%\}\{% endif %\}")
"""Tags that can do no more than print or look at a value that is there."""


def name_problems(story: Story, values: Mapping[str, FrameValue]) -> Iterator[Problem]:
    """Yield what the tags of one story ask for in vain; what is no sound tag is told elsewhere."""
    known = {name: _plain(value) for name, value in values.items()}
    words = [match["word"] for each in story.passages for match in STATEMENT.finditer(each.text)]
    has_ends = words.count("for") == words.count("endfor")  # else how far a loop goes is not known
    look = _Look({**known, **dict.fromkeys(MARKERS, _ANY)}, known, has_ends=has_ends)
    for passage in story.passages:
        if not passage.is_boxed:
            for tag in TAG.findall(passage.text):
                yield from look.at(tag, passage, story.part)


def marker_problems(story: Story, file: str) -> Iterator[Problem]:
    """Yield the markers that stand twice in a template's text, and the one that it cannot do without."""
    marks = [(each, _alone(each)) for each in story.passages]
    for name in MARKERS:
        places = [each.place for each, marker in marks if marker == name]
        for place in places[1:]:
            found = msg("the marker «{name}» stands twice in the template.", name=name)
            yield Problem("marker-twice", place, found, msg("Keep one of them."))
        if name == _CONTENT and not places:
            found = msg("the template has no place for «{name}», the text of the case.", name=name)
            expected = msg("Add a paragraph with the marker {marker} alone.", marker="{{ " + name + " }}")
            yield Problem("marker-missing", Place(file), found, expected)


def _alone(passage: Passage) -> str:
    """Return the name in a paragraph that is one printing tag and nothing else."""
    text = passage.text.strip()
    return text[2:-2].strip() if text.startswith("{{") and text.endswith("}}") else ""


@dataclass
class _Look:
    """Goes through the tags of a story in order, and knows what its loops bind."""

    names: dict[str, object]
    known: Mapping[str, object]
    has_ends: bool
    loops: list[dict[str, object]] = field(default_factory=list)

    def at(self, tag: str, passage: Passage, part: str) -> Iterator[Problem]:
        """Yield what is wrong with one tag."""
        statement = STATEMENT.fullmatch(tag)
        if statement and statement["word"] == "endfor" and self.loops:
            self.names = self.loops.pop()
        source = source_of(tag)
        if source is None or not is_sound(source):
            return
        needs = asked(source)
        unknown = [told for chain in needs.names for told in self._unknown(chain, passage.place)]
        yield from unknown
        if not unknown:
            yield from self._marker(tag, needs, passage, part)
            yield from self._printed(tag, needs, passage.place)
            yield from self._fault(source, needs, passage.place)
        if statement and statement["word"] == "for":
            self.loops.append(dict(self.names))
        for name, over in needs.bound:
            self.names[name] = _ANY if unknown or not over else _element(self._value(over))

    def _value(self, chain: tuple[str, ...]) -> object:
        """Return what a name stands for; raises KeyError with the part that is unknown."""
        value: object = self.names
        for part in chain:
            if isinstance(value, Mapping) and part in value:
                value = value[part]
            elif value is self.names or (value is not _ANY and not hasattr(value, part)):
                raise KeyError(part)
            else:
                value = _ANY
        return value

    def _unknown(self, chain: tuple[str, ...], place: Place) -> Iterator[Problem]:
        if chain[:1] and chain[0] in _JINJA:
            return
        try:
            self._value(chain)
        except KeyError:
            name = ".".join(chain)
            if chain[0] in FUNCTIONS and chain[0] not in self.names:
                found = msg("«{name}» is a function of texts; a template has none.", name=chain[0])
                expected = msg("Write the expression in the text of the case.")
                yield Problem("unknown-field", place, found, expected)
                return
            found = msg("the template asks for «{name}», which is unknown.", name=name)
            yield Problem("unknown-field", place, found, self._meant(chain))

    def _meant(self, chain: tuple[str, ...]) -> Message:
        """Return the question after the name that was meant: spelt alike, or the same in another group."""
        if chain[0] in self.names and chain[0] not in self.known:
            return self._meant_of_loop(chain)
        every = _dotted(self.names)
        name = ".".join(chain)
        same = [each for each in every if each.rpartition(".")[2] == chain[-1]]
        near = nearest(name, every) or nearest(chain[-1], [each.rpartition(".")[2] for each in every])
        if same:
            near = same[0]
        elif near and near not in every:
            near = next(each for each in every if each.rpartition(".")[2] == near)
        groups = [each for each in every if each.startswith(f"{chain[0]}.")] or every
        known = msg("Known: {values}.", values=", ".join(groups))
        return did_you_mean(near, [near], known) if near else known

    def _meant_of_loop(self, chain: tuple[str, ...]) -> Message:
        """Return the question after the part that was meant of what a loop goes through: it has its own."""
        own = [each for each in _dotted(self.names) if each.startswith(f"{chain[0]}.")]
        near = nearest(chain[-1], [each.rpartition(".")[2] for each in own])
        known = msg("Known: {values}.", values=", ".join(own))
        return did_you_mean(f"{chain[0]}.{near}", own, known) if near else known

    def _marker(self, tag: str, needs: Asked, passage: Passage, part: str) -> Iterator[Problem]:
        """Yield a marker where no text can be put: beside words, in a header, in a loop."""
        names = [chain[0] for chain in needs.names if chain[0] in MARKERS]
        if not names or not tag.startswith("{{"):
            return
        in_loop = self.has_ends and bool(self.loops)
        if not part and _alone(passage) == names[0] and not in_loop:
            return
        found = msg("the marker «{name}» does not stand alone in a paragraph of the text.", name=names[0])
        if part or in_loop:
            found = msg("the marker «{name}» stands in a header, a footer, a note or a loop.", name=names[0])
        yield Problem("marker", passage.place, found, msg("Give it a paragraph of its own in the text."))

    def _printed(self, tag: str, needs: Asked, place: Place) -> Iterator[Problem]:
        chain = needs.names[0] if len(needs.names) == 1 else ()
        name = ".".join(chain)
        if not chain or chain[0] in _JINJA or not tag.startswith("{{") or tag[2:-2].strip() != name:
            return
        if isinstance(self._value(chain), dict | list):
            found = msg("the template prints «{name}», which is no single value.", name=name)
            yield Problem("group-in-template", place, found, msg("Print its parts one by one."))

    def _fault(self, source: str, needs: Asked, place: Place) -> Iterator[Problem]:
        """Yield what goes wrong when the tag is tried with ordinary values."""
        values = [self._value(chain) for chain in needs.names if chain[0] not in _JINJA]
        strange = any(chain[0] in _JINJA for chain in needs.names)
        if strange or any(value is _ANY for value in values) or _HARMLESS.fullmatch(source):
            return
        detail = fault_of(source, self.names)
        if detail:
            found = msg("the template has a tag that cannot be understood ({detail}).", detail=detail)
            yield Problem("template", place, found, msg("Correct the tag in Word."))


def _plain(value: FrameValue) -> object:
    if isinstance(value, Datum):
        return value.text
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value or ()]


def _element(value: object) -> object:
    return value[0] if isinstance(value, list) and value else _ANY


def _dotted(names: Mapping[str, object]) -> list[str]:
    """Return every name that can be printed, such as «sak.tittel»."""
    found = []
    for name, value in names.items():
        found += [f"{name}.{part}" for part in value] if isinstance(value, dict) else [name]
    return found
