"""The names that a register's bodies, units and sources go by, made ready once for all that look for them.

A rule looks through every passage of every text; what it looks for is the same for a whole case (pure).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from casebuilder.register.records import Body, Register

K = TypeVar("K")
WORD = re.compile(r"[^\W\d_][\w-]*")
LONG_NAME = 8
"""Letters of a body's name, for one wrong letter to be told."""
_FORM = re.compile(r",? (?:IPR|interkommunalt politisk råd)$")
_GENITIVES = ("", "s", "'s", "’s")
_GENITIVE = re.compile(r"(?:’s|'s|s)$")
_ENDING = 3
"""Letters by which words are at most longer than the name that is meant: a letter too many, and «’s»."""


_ENDS = re.compile(r"(?P<genitive>s|’s|'s|’|')?(?![\w-])")
_BEGINS = 2
"""Characters that names are looked up by."""


@dataclass(frozen=True)
class Names:
    """Names with the ids of all that go by them."""

    ids: Mapping[str, tuple[str, ...]]

    def found(self, words: str) -> Iterator[tuple[int, int, str, bool]]:
        """Yield where a name begins and ends, the name, and whether it is a genitive.

        Of names that begin alike the longest that is there is found, and none inside a word.
        """
        at = 0
        while match := self._first.search(words, at):
            at = match.start()
            found = next(self._beginning(words, at), None)
            if found:
                yield found
            at = found[1] if found else at + 1

    def _beginning(self, words: str, at: int) -> Iterator[tuple[int, int, str, bool]]:
        alike = self._by_beginning
        for name in (*alike.get(words[at : at + _BEGINS], ()), *alike.get(words[at], ())):
            ends = words.startswith(name, at) and _ENDS.match(words, at + len(name))
            if ends:
                yield at, ends.end(), name, bool(ends["genitive"])

    @cached_property
    def _first(self) -> re.Pattern[str]:
        """Where a name can begin."""
        letters = "".join(sorted({re.escape(name[0]) for name in self.ids if name}))
        return re.compile(rf"[{letters}](?<![\w-].)" if letters else r"(?!)", re.DOTALL)

    @cached_property
    def _by_beginning(self) -> Mapping[str, tuple[str, ...]]:
        longest_first = sorted(filter(None, self.ids), key=len, reverse=True)
        return _grouped((name[:_BEGINS], name) for name in longest_first)


@dataclass(frozen=True)
class Lexicon:
    """What the rules on language look up of a register."""

    bodies: Names
    units: Names  # kommuner and fylkeskommuner, with and without their type
    unit_names: frozenset[str]  # without the type
    units_by_folded: Mapping[str, str]
    sources: Mapping[str, str]  # folded → as the sheet has it
    body_letters: Mapping[int, frozenset[int]]  # words in bodies' names → letters of what is meant for one
    folded: frozenset[str]  # the bodies' names, and what their genitives may be, folded
    _folded: Mapping[tuple[int, str], tuple[str, ...]]  # words, folded name → names
    _long: Mapping[tuple[int, int], tuple[str, ...]]  # words, letters → names that are long

    def bodies_like(self, said: str, words: int) -> tuple[str, ...]:
        """Return the bodies' names of so many words that can be meant by what is said, which is none."""
        folded = said.casefold()
        bare = without_genitive(said).casefold()
        found = [*self._folded.get((words, folded), ()), *self._folded.get((words, bare), ())]
        if said[:1].isupper():
            lengths = range(len(said) - _ENDING, len(said) + 2)
            found += (name for length in lengths for name in self._long.get((words, length), ()))
        return tuple(dict.fromkeys(found))


def lexicon_of(register: Register) -> Lexicon:
    """Make the names of a register ready."""
    bodies = _grouped((name, body.id) for body in register.bodies.values() for name in names_of(body))
    units = register.units.values()
    both = ((name, unit.id) for unit in units for name in (unit.name, unit.full_name))
    municipal = [unit.name for unit in units if unit.type in ("kommune", "fylkeskommune")]
    return Lexicon(
        bodies=Names(bodies),
        units=Names(_grouped(both)),
        unit_names=frozenset(unit.name for unit in units),
        units_by_folded={name.casefold(): name for name in municipal},
        sources={name.casefold(): name for name in register.sources},
        body_letters=_letters(bodies),
        folded=frozenset(f"{name.casefold()}{end}" for name in bodies for end in _GENITIVES),
        _folded=_grouped(((_count(name), name.casefold()), name) for name in bodies),
        _long=_grouped(((_count(name), len(name)), name) for name in bodies if len(name) >= LONG_NAME),
    )


def names_of(body: Body) -> Iterator[str]:
    """Yield the names that a body goes by; the legal form is often left out."""
    yield body.name
    yield _FORM.sub("", body.name)
    if body.short_name:
        yield body.short_name


@lru_cache(maxsize=4096)
def without_genitive(said: str) -> str:
    """Return words without the ending of a genitive."""
    return _GENITIVE.sub("", said)


def _count(name: str) -> int:
    """Return how many words a name has."""
    return len(WORD.findall(name))


def _letters(names: Iterable[str]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for name in names:
        found.setdefault(_count(name), set()).update(range(len(name) - 1, len(name) + _ENDING + 1))
    return {words: frozenset(letters) for words, letters in sorted(found.items()) if words}


def _grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, tuple[str, ...]]:
    groups: dict[K, dict[str, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}
