"""Proof that a page says what its paper says: nothing that pandoc did not read is published as if whole."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.archive.web_tree import Tree
from casebuilder.problems import CasebuilderError, msg
from casebuilder.word.web_source import Plain

_OURS = ("doc-noteref", "doc-backlink")


class WordsLost(CasebuilderError):
    """Pandoc has left out words of the paper, or put some in; no page was made."""

    sentence = msg(
        "The web page would not say the same as the paper at «{words}», so it was not made. "
        "Send this message to your contact."
    )


def prove(main: Tree, plain: Plain) -> None:
    """Hold the words of every paragraph against what pandoc made of it; raises WordsLost."""
    shown: dict[int, str] = {}
    at = -1
    for piece in _pieces(main):
        if isinstance(piece, int):
            at = piece
        else:
            shown[at] = shown.get(at, "") + piece
    told = [(-1, ""), *((number, each.said) for number, each in enumerate(plain.passages))]
    for number, said in told:
        if said is not None and _bare(said) != _bare(shown.get(number, "")):
            raise WordsLost(words=said or shown[number].strip())


def _pieces(node: Tree) -> Iterator[int | str]:
    """Yield the numbers of paragraphs and the words in them."""
    number = node.get("data-passage")
    if number is not None:
        yield int(number)
    if node.get("role") not in _OURS:
        yield node.text or ""
        for child in node:
            yield from _pieces(child)
            yield child.tail or ""


def _bare(said: str) -> str:
    """Return a text without blanks and signs that pandoc and Word write differently."""
    return "".join(each for each in said if each.isalnum())
