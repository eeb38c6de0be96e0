"""Papers made once more from their sources, with every file that was read: which sheets gave which paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from casebuilder.compose import compose
from casebuilder.gathering import texts_of
from casebuilder.prose.reading import read_prose
from casebuilder.prose.shape import Prose
from casebuilder.register.records import Case, Register
from casebuilder.word.document import write_paper
from casebuilder.word.package import parts_of
from casebuilder.word.properties import CUSTOM_PART
from casebuilder.workspace import Workspace


class Recorded(Workspace):
    """A workspace that is only looked at, and remembers the sources and templates that were read."""

    def __init__(self, root: Path) -> None:
        """Take the root; raises NoSources."""
        super().__init__(root, may_write=False)
        self.seen: dict[str, bytes] = {}

    def workbooks(self) -> tuple[tuple[str, bytes], ...]:
        """Return the workbooks; see `Workspace`."""
        found = super().workbooks()
        self.seen.update(found)
        return found

    def texts(self, name: str) -> tuple[tuple[str, bytes], ...]:
        """Return the files of a text; see `Workspace`."""
        found = super().texts(name)
        self.seen.update(found)
        return found

    def beside(self, text_file: str, name: str) -> bytes | None:
        """Return a file beside a text, such as a picture; see `Workspace`."""
        found = super().beside(text_file, name)
        if found is not None:
            path = (self.root / PurePosixPath(text_file).parent / name).resolve()
            self.seen[self.name(path)] = found
        return found

    def template(self, name: str) -> bytes | None:
        """Return a template; see `Workspace`."""
        found = super().template(name)
        if found is not None:
            self.seen[f"templates/{name}"] = found
        return found


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A paper as its sources give it now: its parts, the build's own names left out; none if it fails."""

    parts: dict[str, bytes]
    digest: str


def rebuilt(workspace: Workspace, register: Register, cases: Iterable[Case]) -> dict[str, Rebuilt]:
    """Return the papers of cases by sak_id; nothing is written."""
    return {case.id: _rebuilt(workspace, register, case) for case in cases}


def _rebuilt(workspace: Workspace, register: Register, case: Case) -> Rebuilt:
    texts, _told = texts_of(workspace, register, case)
    prose = read_prose(texts, register, case)[0] if texts else Prose()
    paper, _problems = compose(register, case, prose)
    template = workspace.template(case.template)
    if template is None:
        return Rebuilt({}, "")
    made, _problems = write_paper(paper, template, f"templates/{case.template}", "", name="", version=1)
    return Rebuilt(content_of(made.data), made.identity.base) if made else Rebuilt({}, "")


def content_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a generated paper, but for the one that names the build."""
    return {name: part for name, part in parts_of(data).items() if name != CUSTOM_PART}
