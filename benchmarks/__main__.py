"""`python -m benchmarks`: one paper beside docxtpl rendering the same text, and how fast the program starts.

Runs are interleaved in one process, so that only their ratio counts; `docs/benchmarks.md` is written anew.
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate

from casebuilder.compose import compose
from casebuilder.frame import frame_values
from casebuilder.paper import Datum, FrameValue
from casebuilder.pipeline import build
from casebuilder.prose.pandoc import reader_name, tree_of
from casebuilder.prose.reading import ReadText, mark_markdown, read_prose
from casebuilder.register import register_of
from casebuilder.sheets import read_sheets
from casebuilder.word.document import write_paper
from casebuilder.workspace import Workspace

ROOT = Path(__file__).parent.parent
CASE = "STYRET-2026-012"
ROUNDS = 25
REPORT = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Pair:
    """Two ways to the same end, timed turn by turn; seconds."""

    name: str
    ours: list[float]
    theirs: list[float]

    @property
    def row(self) -> str:
        """A line of the report: medians in milliseconds and the ratio of the medians."""
        ours, theirs = statistics.median(self.ours), statistics.median(self.theirs)
        return f"| {self.name} | {ours * 1000:.0f} | {theirs * 1000:.0f} | {ours / theirs:.2f} |"


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def interleaved(name: str, ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> Pair:
    """Time both in turn, after a warm-up of each."""
    ours()
    theirs()
    times = [(timed(ours), timed(theirs)) for _ in range(rounds)]
    return Pair(name, [first for first, _ in times], [second for _, second in times])


def one_paper() -> Pair:
    """Compose and write the sample's longest paper, its tree known, beside docxtpl with the same text."""
    workspace = Workspace(ROOT)
    tables, _ = read_sheets(workspace.workbooks())
    register, _ = register_of(tables)
    case = register.cases[CASE]
    template = workspace.template(case.template) or b""
    ((file, data),) = workspace.texts(case.text)
    marked, _ = mark_markdown(file, data)
    text = ReadText(marked, tree_of(marked.content, ".md"), lambda _name: None)

    def ours() -> bytes:
        prose, _ = read_prose([text], register, case)
        paper, _ = compose(register, case, prose)
        written, problems = write_paper(paper, template, "mal", "benchmark")
        if written is None:
            raise SystemExit(problems)
        return written.data

    paragraphs = [paragraph.text for paragraph in Document(io.BytesIO(ours())).paragraphs]
    looped = _with_loop(template)
    context = {name: _plain(value) for name, value in frame_values(register, case).items()}
    context |= {"sammendrag": False, "kilder": False, "avsnitt": paragraphs}

    def theirs() -> bytes:
        document = DocxTemplate(io.BytesIO(looped))
        document.render(context, autoescape=True)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return interleaved("one paper, tree known / docxtpl, same text", ours, theirs, ROUNDS)


def _with_loop(template: bytes) -> bytes:
    """Return the template with a docxtpl loop over paragraphs where casebuilder writes the body."""
    document = Document(io.BytesIO(template))
    marker = next(each for each in document.paragraphs if "saksutredning" in each.text)
    for text in ("{%p for a in avsnitt %}", "{{ a }}"):
        marker.insert_paragraph_before(text)
    marker.text = "{%p endfor %}"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _plain(value: FrameValue) -> object:
    if value is None or isinstance(value, Datum):
        return value.text if value else ""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {key: _plain(each) for key, each in value.items()}


def start() -> Pair:
    """Start the program for its help, beside importing the five libraries."""
    imports = "import docx, docxtpl, jinja2, openpyxl, pypandoc"

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True)

    ours, theirs = run("-m", "casebuilder", "--help"), run("-c", imports)
    return interleaved("`casebuilder --help` / importing the five libraries", ours, theirs, 11)


def known_trees() -> Pair:
    """Build the whole sample with known trees, beside building it from nothing (pandoc included)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("sources", "templates"):
            shutil.copytree(ROOT / part, folder / part)
        workspace = Workspace(folder)
        memory = folder / "output"

        def fresh() -> object:
            shutil.rmtree(memory, ignore_errors=True)
            return build(workspace)

        def known() -> object:
            for path in memory.glob("*/*.docx"):
                path.unlink()
            return build(workspace)

        times = [(timed(fresh), timed(known)) for _ in range(7)]
    return Pair("sample, trees known / from nothing", [b for _, b in times], [a for a, _ in times])


def main() -> None:
    """Run everything, print the table and write the report."""
    rows = [pair.row for pair in (one_paper(), known_trees(), start())]
    table = "\n".join(["| what | ms | beside it, ms | ratio |", "|---|---:|---:|---:|", *rows])
    intro = (
        "# Benchmarks\n\nMade by `python -m benchmarks`: both sides in turn in one run, medians. "
        "Only the ratio travels to another machine.\n\n"
    )
    REPORT.write_text(f"{intro}{table}\n\nReader: `{reader_name('.md')}`\n", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
