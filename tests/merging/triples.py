"""Random triples (base, edited, fresh), and what news there is between two papers of ours."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from random import Random
from xml.parsers import expat

from tests.merging import hands, judge, noise, papers, tracked
from tests.merging.opened import Opened, W

ACTS = (hands.PLAIN, hands.PLAIN + tracked.TRACKED, tracked.TRACKED)


@dataclass(frozen=True)
class Triple:
    """Three versions of one paper, and how the edited one came about."""

    seed: int
    base: bytes
    edited: bytes
    fresh: bytes
    story: str


def triple(seed: int) -> Triple:
    """Return the triple of a seed: every other one as Word saves it."""
    random = Random(seed)
    before = papers.draft(random)
    base, fresh = before.data(), papers.changed(before, random).data()
    edited, names = hands.edited(base, random, ACTS[seed % 3], random.randint(1, 5))
    if seed % 2:
        edited = noise.noisy(edited, random)
    return Triple(seed, base, edited, fresh, f"seed {seed}: {', '.join(names)}")


@dataclass(frozen=True)
class News:
    """A paragraph or row of a paper that another one no longer says, says anew, or says otherwise."""

    before: str
    now: str


def _rows(*papers: bytes) -> list[dict[str, str]]:
    """Return each paper's rows by their first cells, those left out that share one in any of them."""
    lines = [[line for line in judge.text(data) if line.startswith("‖")] for data in papers]
    heads = [Counter(line.split(" | ")[0] for line in each) for each in lines]
    shared = {head for each in heads for head, count in each.items() if count > 1}
    return [{head: line for line in each if (head := line.split(" | ")[0]) not in shared} for each in lines]


def news(base: bytes, fresh: bytes) -> list[News]:
    """Return what differs between two papers: paragraphs by name, rows by first cell, or by likeness."""
    rows = _rows(base, fresh)
    old, new = ({**judge.named_lines(data), **each} for data, each in zip((base, fresh), rows, strict=True))
    found = [News(old[name], new[name]) for name in old if name in new]
    left = [said for name, said in new.items() if name not in old]
    for name in [name for name in old if name not in new]:
        like = max(left, key=lambda said: _likeness(old[name], said), default="")
        pair = like if _likeness(old[name], like) > 0.5 else ""
        left = [each for each in left if each != pair]
        found.append(News(old[name], pair))
    return [each for each in (*found, *(News("", said) for said in left)) if each.before != each.now]


def _likeness(one: str, other: str) -> float:
    """Return how many of their words two lines share, from 0 to 1."""
    first, second = judge.words_of([one]), judge.words_of([other])
    return 2 * (first & second).total() / max(1, first.total() + second.total())


def difference(one: list[str], other: list[str]) -> str:
    """Say what differs between two readings; empty if nothing does."""
    return "\n".join(difflib.unified_diff(one, other, "expected", "found", n=0, lineterm=""))


def is_untouched(line: str, base: Counter[str], edited: Counter[str]) -> bool:
    """Tell whether a person has left this line alone: it stands as often as before, and somewhere."""
    return bool(line) and base[line] == edited[line] > 0


# ---- bytes ------------------------------------------------------------------------------------------

_OURS = re.compile(rb'w:author="casebuilder"')
_NAME = re.compile(rb'w:name="_cb_[^"]*"')


def raw_paragraphs(data: bytes) -> list[bytes]:
    """Return the bytes of every outermost paragraph of the main part, the hidden names left out."""
    package = Opened(data)
    xml = package.parts[package.main]
    found: list[bytes] = []
    depth = start = 0
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth, start
        if name == f"{W} p":
            start = parser.CurrentByteIndex if depth == 0 else start
            depth += 1

    def end(name: str) -> None:
        nonlocal depth
        if name == f"{W} p":
            depth -= 1
            if depth == 0:
                stop = xml.index(b">", parser.CurrentByteIndex) + 1
                found.append(_NAME.sub(b"", xml[start:stop]))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.Parse(xml, True)  # noqa: FBT003 - expat's own way to say that this is all
    return found


def strangers(edited: bytes, merged: bytes) -> list[bytes]:
    """Return the paragraphs that bear no mark of ours and yet are not hers byte for byte."""
    known = Counter(raw_paragraphs(edited))
    ours = _comment_ids(merged)
    found = []
    for each in raw_paragraphs(merged):
        if known[each]:
            known[each] -= 1
        elif not _OURS.search(each) and not any(b'w:id="%s"' % number in each for number in ours):
            found.append(each)
    return found


def _comment_ids(data: bytes) -> set[bytes]:
    package = Opened(data)
    w = f"{{{W}}}"
    found = (each for name in package.related(package.main, "comments") for each in package.tree(name))
    return {str(each.get(f"{w}id")).encode() for each in found if each.get(f"{w}author") == "casebuilder"}


MAY_CHANGE = re.compile(
    r"word/(document|footnotes|comments\w*|numbering|styles|header\d*|footer\d*|settings|people)\.xml"
    r"|word/media/.*|.*\.rels|\[Content_Types\]\.xml|docProps/(custom|core)\.xml"
)


def foreign_parts(edited: bytes, merged: bytes) -> list[str]:
    """Return the parts that a merge has no business with and that are not as they were."""
    before, after = Opened(edited).parts, Opened(merged).parts
    lost = [name for name in before if name not in after]
    return lost + [
        name for name in after if before.get(name) != after[name] and not MAY_CHANGE.fullmatch(name)
    ]
