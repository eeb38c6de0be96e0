"""What is said twice, and forms of one paper that do not go together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from casebuilder.problems import Message, Place, msg
from casebuilder.prose.passages import VALUE, Kind
from casebuilder.prose.rules.rule import Finding, Known
from casebuilder.prose.sentences import sentences

_TOKEN = re.compile(rf"[\w-]+|{VALUE}")
_FACT = re.compile(rf"\d|^[^\W\d_a-zæøå]|{VALUE}")
_FEWEST_WORDS = 12
_ALIKE = 0.72  # of the words of two sentences, in their order
_SHARED = 3  # rows of three words that two sentences alike have at least in common

_STEMS = (
    "ordn|saml|nytt|utvikl|endr|åpn|styrk|svekk|rett|knytt|flytt|støtt|omfatt|opprett|avslutt|tilpass|begrens"
    "|avgrens|forplikt|behandl|forhandl|start|slutt|forvent|minsk|snakk|hent|kast|vent|jobb|sikr|forankr"
    "|utarbeid|bearbeid"
)
"""Stems of weak verbs with both forms; a noun that looks like one of them is below."""

_EITHER_FORM = re.compile(
    rf"(?<![\w-])(?P<stem>(?:u|over|under|sam|til|ut|inn|for|be|av|om|vel|mis|gjen|ned|på|opp|etter)*"
    rf"(?:{_STEMS}))(?P<end>et|ede|a)(?![\w-])"
)
_NOUNS = frozenset(("retta", "starta", "slutta", "støtta", "styrka", "sluttet", "venta"))


@dataclass(frozen=True, slots=True)
class _Sentence:
    passage: int
    start: int
    end: int
    tokens: tuple[str, ...]


def repeated_passages(known: Known) -> Iterator[tuple[int, Finding]]:
    """Find running text that says almost word for word what stands before; a summary may.

    Where names, numbers or expressions differ, two sentences tell two facts in the same way.
    """
    told = set()
    for earlier, later in _alike(_sentences(known)):
        if later.passage not in told:
            told.add(later.passage)
            passage = known.passages[later.passage]
            place = passage.at(later.start)
            found = msg(
                "«{text}» is said almost word for word before: {where}.",
                text=_short(passage.words[later.start : later.end]),
                where=_said(known.passages[earlier.passage].at(earlier.start), place),
            )
            yield later.passage, Finding(later.start, later.end, found, msg("Say it once."))


def _said(place: Place, beside: Place) -> Message:
    """Return where something stands, as seen from another place."""
    where = msg("line {line}, column {column}", line=place.line, column=place.column)
    if place.paragraph:
        where = msg("paragraph {number}", number=place.paragraph)
    return where if place.file == beside.file else msg("{where} in {file}", file=place.file, where=where)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _sentences(known: Known) -> Iterator[_Sentence]:
    for number, passage in enumerate(known.passages):
        is_summary = passage.heading.strip(" .:").casefold() in _SUMMARIES
        if passage.kind is not Kind.RUNNING or is_summary or passage.is_decision:
            continue
        for start, end in sentences(passage.words):
            tokens = tuple(_TOKEN.findall(passage.words[start:end]))
            if len(tokens) >= _FEWEST_WORDS:
                yield _Sentence(number, start, end, tokens)


_SUMMARIES = ("sammendrag", "samandrag", "oppsummering", "konklusjon")


def _alike(every: Iterator[_Sentence]) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Yield pairs of sentences that say the same, the earlier first."""
    seen: dict[tuple[str, ...], list[_Sentence]] = defaultdict(list)
    for sentence in every:
        folded = _folded(sentence.tokens)
        rows = set(zip(folded, folded[1:], folded[2:], strict=False))
        shared = Counter(other for row in rows for other in seen[row])
        near = (other for other, count in shared.items() if count >= _SHARED)
        pairs = ((other, sentence) for other in near if _say_the_same(other.tokens, sentence.tokens))
        yield from list(pairs)[:1]
        for row in rows:
            seen[row].append(sentence)


def _folded(tokens: Sequence[str]) -> list[str]:
    return [token.casefold() for token in tokens]


def _say_the_same(one: Sequence[str], other: Sequence[str]) -> bool:
    matcher = SequenceMatcher(None, _folded(one), _folded(other), autojunk=False)
    if matcher.ratio() < _ALIKE:
        return False
    changed = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    differing = [
        token for _op, a, b, c, d in changed for token in (*one[max(a, 1) : b], *other[max(c, 1) : d])
    ]
    return not any(_FACT.search(token) for token in differing)


def mixed_forms(known: Known) -> Iterator[tuple[int, Finding]]:
    """Find «overordna» in a paper that otherwise writes «samlet», or the other way round, in bokmål."""
    if known.case.language != "nb":
        return
    found: dict[str, list[tuple[int, re.Match[str]]]] = {"et": [], "a": []}
    for number, passage in enumerate(known.passages):
        if passage.kind is not Kind.QUOTATION:
            for match in _EITHER_FORM.finditer(passage.own):
                if match.group() not in _NOUNS:
                    found["a" if match["end"] == "a" else "et"].append((number, match))
    fewer, more = sorted(("a", "et"), key=lambda end: len(found[end]))
    if found[fewer] and found[more]:
        for number, match in found[fewer]:
            other = _same_stem(match, found[more]) or found[more][0][1].group()
            told = msg("«{word}» and «{other}» do not go together.", word=match.group(), other=other)
            better = f"{match['stem']}{_ending(more, found[more])}"
            yield (
                number,
                Finding(match.start(), match.end(), told, msg("Expected «{better}».", better=better)),
            )


def _ending(more: str, others: Sequence[tuple[int, re.Match[str]]]) -> str:
    """Return the ending that would go with the others: «-et», or «-ede» where they all have that."""
    return "ede" if more == "et" and all(each["end"] == "ede" for _at, each in others) else more


def _same_stem(match: re.Match[str], others: Sequence[tuple[int, re.Match[str]]]) -> str:
    return next((other.group() for _number, other in others if other["stem"] == match["stem"]), "")
