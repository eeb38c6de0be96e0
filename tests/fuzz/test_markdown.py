"""Markdown built of everything it has, nested as it should not be: told or written, and no word lost.

Each leaf has a word of its own, so that a word that vanishes is found. The budget is fixed.
"""

from __future__ import annotations

import os
import re
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebuilder.compose import compose
from casebuilder.language import Speaker
from casebuilder.problems import Problem
from casebuilder.prose.pandoc import TextNotReadable, tree_of
from casebuilder.prose.reading import ReadText, mark_markdown, read_prose
from casebuilder.register.records import Case, Register
from tests.builders import BODY, CASE, body, case, member, register, source, unit
from tests.papertext import paper_text
from tests.test_another_secretariat import png
from tests.word.builders import paper as paper_of
from tests.word.builders import written

REGISTER: Register = register(
    organer=[body(kortnavn="ØR", definisjon="Et råd.", nettsted="https://www.raad.no")],
    enheter=[unit("0301", "Oslo")],
    medlemmer=[member("0301", medlem_fra=date(2020, 1, 1))],
    kilder=[source("K1", utgiver="Utgiveren")],
    saker=[case()],
)
OWN: Case = REGISTER.cases[CASE]
BUDGET = settings(
    max_examples=100 if os.environ.get("CI") else 25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

WORDS = st.integers(0, 10**9).map(lambda number: f"ord{number}")
ASKED = st.sampled_from(
    [
        f'{{{{ antall("{BODY}") }}}}', f'{{{{ organ("{BODY}") }}}}', f'{{{{ organ_navn("{BODY}") }}}}',
        f'{{{{ medlemmer("{BODY}") }}}}', f'{{{{ medlemstabell("{BODY}") }}}}', "{{ sak.tittel }}",
        "{{ standdato }}", "[@K1]", "[se @K1, s. 3; @K1]", "^[@K1]",
    ]
)  # fmt: skip
BROKEN = st.sampled_from(
    [
        "**", "*", "_", "`", "```", "~~~", "[", "](", "![", "^[", "[^", "|", ":::", "::: liggende", ">", "$$",
        "<b>", "-->", "\\", "&#x200B;", "&nbsp;", "<div>", "</div>", "{.x}", "{#y}", "\t", "   ", "---",
        "===", ":", "~", "^", "~~", "#", "- ", "1) ", "(a) ", "@", "%", "\u200b", "\u00ad",
        "\ufeff", "\u2028",
    ]
)  # fmt: skip
WRONG = st.sampled_from(
    ["{{ ukjent }}", "{{", "}}", "[@K9]", "&#0;", "<!--", "[x](javascript:y)", "{% if %}"]
)
"""What keeps a paper back; seldom, or no text would be written."""


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return inlines around inlines."""
    marks = [
        "**{}**", "*{}*", "_{}_", "~~{}~~", "^{}^", "~{}~", "`{}`", '"{}"', "'{}'", "[{}](https://a.no)",
        "[{}]{{.underline}}", "[{}]{{lang=en}}", "^[{}]", "![{}](a.png)", "{} \\\n", "<{}>", "$${}$$", "${}$",
        "[{}]", "[{}](post@a.no)", "[{}](<https://a b>)", "![{}](a.png){{width=3cm}}",
        "[{}](https://a.no 'b')",
    ]  # fmt: skip
    return st.builds(lambda mark, text: mark.format(text), st.sampled_from(marks), inner)


INLINE = st.recursive(st.one_of(WORDS, WORDS, WORDS, ASKED, BROKEN), wrapped, max_leaves=4)
SELDOM = st.integers(0, 19).flatmap(lambda chance: INLINE if chance else WRONG)
LINE = st.lists(SELDOM, min_size=1, max_size=4).map(" ".join)


def indented(prefix: str, rest: str, text: str) -> str:
    """Return lines behind a mark, and those that follow behind as much room."""
    return prefix + text.replace("\n", f"\n{rest}")


def note(number: int, text: str) -> str:
    """Return a word with a note by name."""
    return f"x[^n{number}]\n\n" + indented(f"[^n{number}]: ", "    ", text)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return blocks around blocks."""
    fences = ["::: liggende\n{}\n:::", "::: {{lang=nn}}\n{}\n:::", ":::: x\n{}\n:::", "::: liggende\n{}"]
    items = [("- ", "    "), ("1. ", "   "), ("7) ", "   "), ("a. ", "   "), ("> ", "> "), (":   ", "    ")]
    notes = st.builds(note, st.integers(0, 10**9), inner)
    return st.one_of(
        st.builds(lambda mark, text: indented(mark[0], mark[1], text), st.sampled_from(items), inner),
        st.builds(lambda fence, text: fence.format(text), st.sampled_from(fences), inner),
        st.lists(inner, min_size=2, max_size=3).map("\n".join),
        st.lists(inner, min_size=2, max_size=3).map("\n\n".join),
        notes,
    )


def table(rows: list[list[str]]) -> str:
    """Return a table of pipes, its rows as long as they happen to be."""
    head, *more = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---|:-:|", *more, "", ": Om tabellen"])


LEAF = st.one_of(
    LINE,
    LINE,
    st.builds(lambda level, text: f"{'#' * level} {text}", st.integers(1, 7), LINE),
    st.lists(st.lists(LINE, min_size=1, max_size=3), min_size=1, max_size=3).map(table),
    LINE.map(lambda text: f"| {text}\n|  {text}"),
    LINE.map(lambda text: f"    {text}"),
    LINE.map(lambda text: f"```\n{text}\n```"),
    LINE.map(lambda text: f"+---+---+\n| {text} | b |\n+---+---+"),
    LINE.map(lambda text: f"  c     d\n  ----- {'-' * 200}\n  e     {text}\n"),
    LINE.map(lambda text: f"{text}\n{'=' * 5}"),
    LINE.map(lambda text: f"# Sammendrag\n\n{text}"),
)
BLOCK = st.recursive(LEAF, nested, max_leaves=6)
TEXT = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


def tried(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Read a text all the way into a Word file; return what that says, or the problems that kept it back."""
    marked, problems = mark_markdown("tekst.md", text.encode())
    try:
        tree = tree_of(marked.content, ".md")
    except TextNotReadable:
        return "", problems
    read = ReadText(marked, tree, lambda _target: png())
    prose, more = read_prose([read], REGISTER, OWN)
    composed, last = compose(REGISTER, OWN, prose)
    every = (*problems, *more, *last)
    if any(problem.is_error for problem in every):
        return "", every
    return paper_text(written(paper_of(*composed.body, summary=composed.summary))), every


@BUDGET
@given(text=TEXT)
def test_markdown_however_nested_is_written_or_told_and_loses_no_word(text: str) -> None:
    whole, problems = tried(text)
    told = [Speaker(str).problem(problem) for problem in problems]
    assert all(sentence.strip() for sentence in told)
    if whole:
        shown = re.sub("[\u00ad\u200b]", "", whole) + " ".join(told)
        lost = [word for word in re.findall(r"ord[0-9]+", text) if word not in shown]
        assert lost == [], text
    else:
        assert any(problem.is_error for problem in problems)
