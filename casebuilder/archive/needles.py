"""What is secret → the words to look for in everything that is to be public (pure).

Of a passage that is marked: all of it, its sentences, and the names in it. Names that everybody knows, such
as those of the register's bodies and municipalities, are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a secret is, for the message."""

    PASSAGE = "passage"
    FILE = "file"
    TITLE = "title"
    REMARK = "remark"
    UNSEEN = "unseen"  # an address, a description, the name of a bookmark


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that nobody outside may see, and the case they belong to."""

    words: str
    kind: Kind
    case_id: str


@dataclass(frozen=True, slots=True)
class Needle:
    """Words to look for; `pattern` finds them as whole words, `squeezed` without any blanks."""

    secret: Secret
    words: str
    squeezed: str
    pattern: re.Pattern[str] | None  # of a short one, which could be part of another word

    @property
    def is_short(self) -> bool:
        """Tell whether it is so short that it may well stand elsewhere by right."""
        return self.pattern is not None


_SHORT = 24
"""Characters; a longer one is looked for without regard to blanks, case and what parts lines and runs."""
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_NAME_WORD = r"[A-ZÆØÅÄÖÉÜ][\w’'-]*[\w]"
_NAMES = re.compile(rf"{_NAME_WORD}(?:[ \xa0](?:(?:von|van|de|af|av|&)[ \xa0])?{_NAME_WORD})*")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_QUOTES = str.maketrans(dict.fromkeys("«»“”„\"‘’'`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))
_LEAST = 3


def squeezed(text: str) -> str:
    """Return a text without blanks, soft hyphens and capitals, with one kind of quotes and dashes."""
    return "".join(evened(text).casefold().split())


def evened(text: str) -> str:
    """Return a text with one kind of blank, quotes and dashes, as a person would read it."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_QUOTES)
    return " ".join(plain.split())


def needles_of(secrets: Iterable[Secret], known: Iterable[str]) -> tuple[Needle, ...]:
    """Return what to look for; `known` are names that are no secret wherever they stand."""
    public = {squeezed(name) for name in known}
    found: dict[str, Needle] = {}
    for secret in secrets:
        for words, is_part in _words_of(secret):
            key = squeezed(words)
            if len(key) >= _LEAST and key not in found and not (is_part and key in public):
                found[key] = _needle(secret, words, key)
    return tuple(found.values())


def _needle(secret: Secret, words: str, key: str) -> Needle:
    if len(key) > _SHORT:
        return Needle(secret, words, key, None)
    escaped = r"\s*".join(map(re.escape, evened(words).split(" ")))
    whole = r"(?<!\w)" if key[0].isalnum() else ""
    end = r"(?:'?s)?(?!\w)" if key[-1].isalnum() else ""
    is_one_name = evened(words)[:1].isupper() and " " not in evened(words)
    return Needle(
        secret, words, key, re.compile(f"{whole}{escaped}{end}", 0 if is_one_name else re.IGNORECASE)
    )


def _words_of(secret: Secret) -> Iterator[tuple[str, bool]]:
    """Yield the words of a secret, and whether they are a part of it only."""
    yield secret.words, False
    if secret.kind is not Kind.PASSAGE:
        return
    sentences = _SENTENCE.split(secret.words)
    for sentence in sentences if len(sentences) > 1 else ():
        if len(sentence.split()) > _LEAST:
            yield sentence.rstrip(" .!?:;"), True
    for sentence in sentences:
        for found in _NAMES.finditer(sentence):
            is_first = found.start() == 0 or sentence[: found.start()].strip("«»“”\"'(– ") == ""
            if " " in evened(found.group()) or not is_first:
                yield found.group(), True
