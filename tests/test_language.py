"""Both catalogs are complete, fresh and filled in the same way."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from casebuilder.language import LANGUAGES, LOCALE_DIR, speaker
from casebuilder.problems import Place, Problem, msg

FIELD = re.compile(r"\{(\w+)\}|%\((\w+)\)|%s")


def messages_in_code() -> set[str]:
    found = extract_from_dir(str(LOCALE_DIR.parent), method_map=[("**.py", "python")], keywords={"msg": None})
    return {str(message) for _file, _line, message, _comments, _context in found}


def catalog(language: str) -> dict[str, str]:
    path = LOCALE_DIR / language / "LC_MESSAGES" / "casebuilder.po"
    with path.open("rb") as stream:
        return {str(entry.id): str(entry.string) for entry in read_po(stream, locale=language) if entry.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalog_and_nothing_else(language: str) -> None:
    assert set(catalog(language)) == messages_in_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_the_same_fields(language: str) -> None:
    wrong = [
        message
        for message, said in catalog(language).items()
        if not said or sorted(FIELD.findall(message)) != sorted(FIELD.findall(said))
    ]
    assert wrong == []


def test_norwegian_is_not_english() -> None:
    same = {message for message, said in catalog("nb").items() if message == said}
    assert same <= {"under «{heading}»", "argument %(argument_name)s: %(message)s"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalog_is_the_written_one(language: str) -> None:
    folder = LOCALE_DIR / language / "LC_MESSAGES"
    with (folder / "casebuilder.po").open("rb") as stream:
        written = read_po(stream, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, written)
    assert (folder / "casebuilder.mo").read_bytes() == compiled.getvalue()


def test_a_problem_is_told_with_its_cell_what_is_there_and_what_would_be_right() -> None:
    problem = Problem(
        "unknown-code",
        Place("sources/vedtak.xlsx", "vedtak", "F7"),
        msg("«{value}» is not one of the values of «{column}».", value="vedtat", column="Status"),
        msg("Did you mean «{name}»?", name="vedtatt"),
    )
    assert speaker("nb").problem(problem) == (
        "vedtak!F7: «vedtat» er ikke en av verdiene for «Status». Mente du «vedtatt»?"
    )
    assert speaker("en").problem(problem) == (
        "vedtak!F7: «vedtat» is not one of the values of «Status». Did you mean «vedtatt»?"
    )


def test_a_place_in_a_text_is_told_by_line_or_by_paragraph_and_heading() -> None:
    say = speaker("nb")
    assert say.place(Place("tekster/a.md", line=3, column=12)) == "linje 3, kolonne 12"
    assert (
        say.place(Place("tekster/a.docx", paragraph=4, heading="Bakgrunn")) == "avsnitt 4, under «Bakgrunn»"
    )


def test_braces_in_a_value_are_not_taken_for_fields() -> None:
    told = speaker("nb").say(msg("«{value}» is not a date.", value="{0} {x} {{ y }}"))
    assert told == "«{0} {x} {{ y }}» er ikke en dato."
