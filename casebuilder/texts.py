"""A case's texts: from the files in sources/tekster to marked, reviewed and parsed texts."""

from __future__ import annotations

from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.completeness import lost_words
from casebuilder.prose.drafts import Draft, markdown_draft
from casebuilder.prose.pandoc import TextNotReadable, reader_name, tree_of
from casebuilder.prose.reading import MarkedText, ReadText, mark_markdown
from casebuilder.prose.review import reviewed
from casebuilder.register.records import Case, Register
from casebuilder.suggest import did_you_mean
from casebuilder.word.exempt import with_marks
from casebuilder.word.source import mark_word_text, picture_of, usable_picture
from casebuilder.word.source_passages import word_draft
from casebuilder.word.source_words import paragraphs_of
from casebuilder.workspace import Workspace, sha256


def texts_of(workspace: Workspace, register: Register, case: Case) -> tuple[list[ReadText], list[Problem]]:
    """Read a case's texts and their trees; a case without any text is a problem at its cell."""
    files = dict(workspace.texts(case.text))
    if not files:
        return [], [_no_text(workspace, case).only_for(case.id)]
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for file, data in files.items():
        marked, more = _marked(file, data)
        drafts += [_draft(marked)] if marked else []
        problems += more
    texts: list[ReadText] = []
    mended, told = reviewed(drafts, register, case)
    for marked, draft in zip(mended, drafts, strict=True):
        text, more = _parsed(workspace, marked, files[marked.file], draft)
        texts += [text] if text else []
        problems += more
    own = [problem.only_for(case.id) if problem.is_error else problem for problem in problems]
    return texts, [*own, *told]


def _no_text(workspace: Workspace, case: Case) -> Problem:
    """Tell that a case has no text, and of a file that is of the wrong kind or nearly has its name."""
    there = workspace.text_names()
    place = case.place("tekst")
    for name in there:
        if name.rpartition(".")[0].casefold() == case.text.casefold():
            found = msg("the text «{name}» is of a kind that is not read.", name=name)
            return Problem("text-missing", place, found, msg("Open it in Word and save it as .docx."))
    found = msg("there is no text «{name}» in the folder sources/tekster.", name=case.text)
    expected = msg("Add {name}.docx, {name}.md or a folder of that name.", name=case.text)
    return Problem("text-missing", place, found, did_you_mean(f"{case.text}.docx", there, expected))


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


def _parsed(
    workspace: Workspace, marked: MarkedText, data: bytes, draft: Draft
) -> tuple[ReadText | None, tuple[Problem, ...]]:
    """Return a text with pandoc's tree of it, made anew only for words that were not parsed before."""
    file, is_word = marked.file, marked.suffix == ".docx"
    content = with_marks(marked.content) if is_word else marked.content
    key = sha256(f"{reader_name(marked.suffix)}\n".encode() + content)
    try:
        tree = workspace.cached_tree(key, lambda: tree_of(content, marked.suffix))
    except TextNotReadable:
        found = msg("the text cannot be read.")
        return None, (Problem("text", Place(file), found, msg("Open it in Word and save it as .docx.")),)
    lost = lost_words(paragraphs_of(file, marked.content), tree) if is_word else ()

    def picture(target: str) -> bytes | None:
        if is_word:
            return picture_of(data, target)
        return usable_picture(workspace.beside(file, target))

    return ReadText(marked, tree, picture, draft.passages), lost
