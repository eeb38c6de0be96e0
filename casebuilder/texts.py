"""A case's texts: files → marked and reviewed → with pandoc's trees → read. Bytes in, values out (pure).

Between the two steps stands pandoc, started once for the texts of many cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.completeness import lost_words
from casebuilder.prose.drafts import Draft, markdown_draft
from casebuilder.prose.pandoc import reader_name, trees_of
from casebuilder.prose.reading import MarkedText, ReadText, mark_markdown
from casebuilder.prose.review import reviewed
from casebuilder.register.records import Case, Register
from casebuilder.word.exempt import with_marks
from casebuilder.word.source import mark_word_text, picture_of, usable_picture
from casebuilder.word.source_passages import word_draft
from casebuilder.word.source_words import paragraphs_of
from casebuilder.writing import sha256

Files = Sequence[tuple[str, bytes]]
"""The name and bytes of each file of a case's text."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Pandoc's tree of a text, and the hash of the words it was made of."""

    made_of: str
    json: str


Trees = Mapping[str, Tree]
"""The trees that are known, by the text's file."""

Picture = Callable[[str, str], bytes | None]
"""A text's file and what it names → the picture beside it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A case's texts as pandoc is to read them, and what was found on the way there."""

    files: Mapping[str, bytes]
    texts: tuple[tuple[MarkedText, Draft], ...]
    problems: tuple[Problem, ...]
    told: tuple[Problem, ...]  # of the language


def marked_texts(files: Files, register: Register, case: Case) -> Marked:
    """Mark a case's texts and hold them against the rules on language."""
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for file, data in files:
        marked, more = _marked(file, data)
        drafts += [_draft(marked)] if marked else []
        problems += more
    mended, told = reviewed(drafts, register, case)
    return Marked(dict(files), tuple(zip(mended, drafts, strict=True)), tuple(problems), told)


def trees_for(every: Sequence[tuple[Marked, Trees]]) -> list[dict[str, Tree | None]]:
    """Return the trees of each case's texts by file, by one pandoc for all that are not known yet.

    None stands for a text that pandoc cannot read.
    """
    texts = [(number, text) for number, (marked, _known) in enumerate(every) for text, _draft in marked.texts]
    hashes = [_made_of(text) for _number, text in texts]
    known = [every[number][1].get(text.file) for number, text in texts]
    new = [at for at, tree in enumerate(known) if tree is None or tree.made_of != hashes[at]]
    made = dict(
        zip(new, trees_of([(_for_pandoc(texts[at][1]), texts[at][1].suffix) for at in new]), strict=True)
    )
    found: list[dict[str, Tree | None]] = [{} for _ in every]
    for at, (number, text) in enumerate(texts):
        json = made.get(at)
        found[number][text.file] = known[at] if at not in made else (json and Tree(hashes[at], json)) or None
    return found


def read_texts(
    marked: Marked, trees: Mapping[str, Tree | None], picture: Picture, case: Case
) -> tuple[list[ReadText], list[Problem]]:
    """Return a case's texts with their trees, and all that was found in them so far."""
    texts: list[ReadText] = []
    problems = list(marked.problems)
    for text, draft in marked.texts:
        read, more = _read(text, marked.files[text.file], draft, trees[text.file], picture)
        texts += [read] if read else []
        problems += more
    own = [problem.only_for(case.id) if problem.is_error else problem for problem in problems]
    return texts, [*own, *marked.told]


def _marked(file: str, data: bytes) -> tuple[MarkedText | None, tuple[Problem, ...]]:
    if file.lower().endswith(".docx"):
        return mark_word_text(file, data)
    try:
        return mark_markdown(file, data)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        found = msg("the text is not stored as UTF-8.")
        expected = msg("Save it with the encoding UTF-8.")
        return None, (Problem("encoding", Place(file, line=line, column=1), found, expected),)


def _draft(marked: MarkedText) -> Draft:
    return word_draft(marked) if marked.suffix == ".docx" else markdown_draft(marked)


def _made_of(text: MarkedText) -> str:
    return sha256(f"{reader_name(text.suffix)}\n".encode() + _for_pandoc(text))


def _for_pandoc(text: MarkedText) -> bytes:
    return with_marks(text.content) if text.suffix == ".docx" else text.content


def _read(
    marked: MarkedText, data: bytes, draft: Draft, tree: Tree | None, picture: Picture
) -> tuple[ReadText | None, tuple[Problem, ...]]:
    if tree is None:
        found = msg("the text cannot be read.")
        expected = msg("Open it in Word and save it as .docx.")
        return None, (Problem("text", Place(marked.file), found, expected),)
    if marked.suffix == ".docx":
        lost = lost_words(paragraphs_of(marked.file, marked.content), tree.json)
        return ReadText(marked, tree.json, partial(picture_of, data), draft.passages), lost

    def beside(target: str) -> bytes | None:
        return usable_picture(picture(marked.file, target))

    return ReadText(marked, tree.json, beside, draft.passages), ()
