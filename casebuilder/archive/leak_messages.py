"""What was found in public files, told at the paper that must be mended (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casebuilder.archive.leaks import Leak
from casebuilder.archive.needles import Kind
from casebuilder.problems import Message, Place, Problem, msg
from casebuilder.register.acknowledged import PUBLIC_WORD


def is_allowed(leak: Leak, allowed: frozenset[str]) -> bool:
    """Tell whether somebody has signed for a short word as public."""
    return leak.needle is not None and leak.needle.is_short and leak.needle.words.casefold() in allowed


_WHAT = {
    Kind.PASSAGE: msg("marked as exempt"),
    Kind.FILE: msg("the name of an exempt file"),
    Kind.TITLE: msg("an exempt title"),
    Kind.REMARK: msg("from a column «merknad»"),
    Kind.UNSEEN: msg("behind words that are marked as exempt"),
}


def told(leaks: Iterable[Leak], papers: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """Tell each secret once for each paper, whatever the kinds of files it is found in.

    `papers` says by what a public file's name begins with which paper it is of, and of which case.
    """
    found: dict[tuple[str, str], Problem] = {}
    for leak in leaks:
        start = next((each for each in papers if leak.file.startswith(f"{each} ")), "")
        name, case = papers.get(start, (leak.file, ""))
        words = leak.needle.words if leak.needle else ""
        cases = [case] if case else [each for _name, each in papers.values()]
        found.setdefault((name, words), _leak(leak, Place(name)).only_for(*cases))
    return list(found.values())


def _leak(leak: Leak, place: Place) -> Problem:
    where = f"{leak.file} {leak.where}".strip()
    if leak.needle is None:
        told = msg(
            "there seems to be a national identity number in the public version ({where}).", where=where
        )
        return Problem("identity-number-in-public", place, told, msg("Delete it, or mark it as exempt."))
    told = msg(
        "«{words}» is {what}, and stands in the public version all the same ({where}): {around}",
        words=leak.needle.words[:120],
        what=_WHAT[leak.needle.secret.kind],
        where=where,
        around=leak.around[:160],
    )
    if not leak.needle.is_short:
        return Problem("exempt-in-public", place, told, _MARK_IT)
    return Problem(PUBLIC_WORD, place, told, _sign_for(leak.needle.words))


_MARK_IT = msg("Mark it there too with the style «Unntatt offentlighet», or write it differently.")


def _sign_for(words: str) -> Message:
    return msg(
        "Mark it there too, or write it differently. If everybody may see it there: a row in the sheet "
        "«avvik» with the rule «{rule}» that is about «{words}», with the reason.",
        rule=PUBLIC_WORD,
        words=words,
    )
