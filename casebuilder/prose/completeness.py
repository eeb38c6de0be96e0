"""Every word of a Word text is in the paper or in a message: what pandoc leaves out is told (pure).

Text boxes, contents of charts and a table of contents are not among what pandoc reads.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebuilder.problems import Place, Problem, msg, warning

_WORD = re.compile(r"\w+")
_MOST_TOLD = 12
_SPACES = ("Space", "SoftBreak", "LineBreak")
_BLOCKS = ("Para", "Plain", "Header", "LineBlock", "CodeBlock", "Note")


def lost_words(paragraphs: Iterable[tuple[Place, str]], tree: str) -> tuple[Problem, ...]:
    """Return a warning for each paragraph of which words are missing in pandoc's tree."""
    left = Counter(_WORD.findall(_text(json.loads(tree)["blocks"])))
    problems = []
    for place, text in paragraphs:
        words = Counter(_WORD.findall(text))
        missing = words - left
        left -= words
        if missing:
            lost = [word for word in dict.fromkeys(_WORD.findall(text)) if word in missing]
            told = " ".join(lost[:_MOST_TOLD]) + (" …" if len(lost) > _MOST_TOLD else "")
            found = msg("«{words}» is not taken along into the paper.", words=told)
            expected = msg("Move it out of the text box or field, into the text itself.")
            problems.append(warning("lost-words", place, found, expected))
    return tuple(problems)


def _text(node: Any) -> str:  # noqa: ANN401 - JSON
    """Return the words of a tree; formatting cuts no word, blocks do."""
    if isinstance(node, Mapping):
        return _of_element(str(node.get("t", "")), node.get("c"))
    if isinstance(node, Sequence) and not isinstance(node, str):
        return "".join(_text(each) for each in node)
    return ""


def _of_element(kind: str, content: Any) -> str:  # noqa: ANN401 - JSON
    if kind == "Str":
        return str(content)
    if kind in _SPACES:
        return " "
    if kind in ("Code", "CodeBlock", "Math", "RawInline", "RawBlock"):
        return f"{content[1]}\n" if kind == "CodeBlock" else str(content[1])
    said = _text(content)
    return f"\n{said}\n" if kind in _BLOCKS else said
