"""No text, cell or template reads a file outside the secretariat's folder, or calls out."""

from __future__ import annotations

import ast
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from casebuilder.pipeline import Report, build
from casebuilder.prose import pandoc
from casebuilder.word.package import package_of, parts_of
from casebuilder.workspace import Workspace
from tests.conftest import ROOT
from tests.sheetedit import set_cell
from tests.test_another_secretariat import png

CASE = "STYRET-2026-014"
TEXT = f"sources/tekster/{CASE}.md"
SECRET = b"\x89PNG\r\n\x1a\n the secret"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CALLS = ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request", "http.client.connect")

_seen: list[list[str]] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _seen and (event in CALLS or event in ("open", "os.listdir", "os.scandir")):
        _seen[-1].append(f"{event} {arguments[0] if arguments else ''}")


sys.addaudithook(_hook)


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """Return what the process opens, lists and calls while the test runs."""
    _seen.append([])
    yield _seen[-1]
    _seen.pop()


@pytest.fixture
def outside(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with secrets, some of them also beside the secretariat's own."""
    made = tmp_path_factory.mktemp("secrets")
    for name in ("secret.png", "secret.md", "secret.docx", "secret.pdf", "secret.xlsx"):
        (made / name).write_bytes(SECRET)
        (folder.parent / name).write_bytes(SECRET)
        (folder / name).write_bytes(SECRET)
    return made


def run(folder: Path) -> Report:
    return build(Workspace(folder), [CASE])


def assert_nothing_leaked(folder: Path, seen: list[str]) -> None:
    called = [each for each in seen if each.startswith(CALLS)]
    opened = [each for each in seen if "secret" in each or "passwd" in each]
    assert (called, opened) == ([], [])
    papers = [path for path in (folder / "output").rglob("*.docx") if "Vedlegg" not in path.name]
    parts = [data for path in papers for data in parts_of(path.read_bytes()).values()]
    assert not any(b"the secret" in data or b"root:" in data for data in parts)
    assert not any(path.read_bytes() == SECRET for path in (folder / "output").rglob("*") if path.is_file())


ADDRESSES = [
    "/etc/passwd", "../../../secret.png", "../../secret.png", "http://example.org/a.png", "NUL",
    "//example.org/a.png", "file:///etc/passwd", "file://example.org/share/a.png", "{outside}/secret.png",
    "%2e%2e/%2e%2e/secret.png", r"\\\\example.org\\share\\a.png", "data:image/png;base64,iVBORw0KGgo=",
    "a%00b.png", "lenke.png",
]  # fmt: skip


@pytest.mark.parametrize("target", ADDRESSES)
def test_a_text_shows_no_picture_from_outside(
    folder: Path, outside: Path, seen: list[str], target: str
) -> None:
    (folder / "sources" / "tekster" / "lenke.png").symlink_to(outside / "secret.png")
    text = folder / TEXT
    picture = f"\n\n![Bilde]({target.format(outside=outside)})\n"
    text.write_text(text.read_text(encoding="utf-8") + picture, encoding="utf-8")
    report = run(folder)
    assert [problem.rule for problem in report.problems if problem.is_error] in (
        ["picture-missing"],
        ["picture-kind"],
    )
    assert_nothing_leaked(folder, seen)


NAMES = [
    "../../secret.{ending}", "../secret.{ending}", "../../../../etc/passwd.{ending}", "/etc/passwd.{ending}",
    "{outside}/secret.{ending}", r"\\server\share\secret.{ending}", r"C:\secret.{ending}", "CON.{ending}",
    "NUL.{ending}", "lenke.{ending}", "å" * 300 + ".{ending}",
]  # fmt: skip


class Named(NamedTuple):
    """A column of file names: their kind, where they lie, and what is told of one that is not there."""

    sheet: str
    column: str
    ending: str
    where: str
    rule: str


@pytest.mark.parametrize(
    "named",
    [
        Named("saker", "Tekst", "md", "sources/tekster", "text-missing"),
        Named("saker", "Mal", "docx", "templates", "template-missing"),
        Named("vedlegg", "Fil", "pdf", "sources/vedlegg", "attachment-missing"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_a_cell_names_no_file_outside(
    folder: Path, outside: Path, seen: list[str], name: str, named: Named
) -> None:
    (folder / named.where / f"lenke.{named.ending}").symlink_to(outside / f"secret.{named.ending}")
    set_cell(folder, named.sheet, CASE, named.column, name.format(outside=outside, ending=named.ending))
    (told,) = [problem for problem in run(folder).problems if problem.is_error]
    assert (told.rule, told.place.sheet) == (named.rule, named.sheet)
    assert_nothing_leaked(folder, seen)


def test_a_linked_text_in_a_folder_of_texts_is_not_read(folder: Path, outside: Path, seen: list[str]) -> None:
    (folder / TEXT).unlink()
    (folder / "sources" / "tekster" / CASE).mkdir()
    (folder / "sources" / "tekster" / CASE / "1.md").symlink_to(outside / "secret.md")
    assert [problem.rule for problem in run(folder).problems] == ["text-missing"]
    assert_nothing_leaked(folder, seen)


def test_a_linked_workbook_is_not_read(folder: Path, outside: Path, seen: list[str]) -> None:
    (folder / "sources" / "fremmed.xlsx").symlink_to(outside / "secret.xlsx")
    assert [problem.place.file for problem in run(folder).problems] == ["sources/fremmed.xlsx"]
    assert_nothing_leaked(folder, seen)


# -- templates ----------------------------------------------------------------------------------


def changed_template(folder: Path, change: Callable[[WordDocument], None]) -> None:
    path = folder / "templates" / "saksfremstilling.docx"
    document = Document(io.BytesIO(path.read_bytes()))
    change(document)
    document.save(str(path))


def linked_picture(document: WordDocument) -> None:
    document.add_picture(io.BytesIO(png()))
    blip = next(document.element.body.iter(qn("a:blip")))
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), document.part.relate_to("http://example.org/logo.png", RT.IMAGE, is_external=True))


def fetching_field(document: WordDocument) -> None:
    code = ' INCLUDEPICTURE "http://example.org/logo.png" '
    document.add_paragraph()._p.append(parse_xml(f"<w:fldSimple {nsdecls('w')} w:instr='{code}'/>"))


def link_to_a_file(document: WordDocument) -> None:
    document.part.relate_to("file://server/share/a.exe", RT.HYPERLINK, is_external=True)


def frame_of_a_page(document: WordDocument) -> None:
    document.part.relate_to("http://example.org/", f"{OFFICE}/frame", is_external=True)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (linked_picture, "template-fetches"),
        (fetching_field, "template-fetches"),
        (frame_of_a_page, "template-fetches"),
        (link_to_a_file, "link-address"),
    ],
)
def test_a_template_that_would_call_out_is_told(
    folder: Path, seen: list[str], change: Callable[[WordDocument], None], rule: str
) -> None:
    changed_template(folder, change)
    assert [problem.rule for problem in run(folder).problems] == [rule]
    assert_nothing_leaked(folder, seen)


def test_a_paper_does_not_look_for_the_template_of_its_template(folder: Path) -> None:
    def attach(document: WordDocument) -> None:
        part = document.part.part_related_by(RT.SETTINGS)
        key = part.relate_to(
            "file:///C:/Users/kari/Normal.dotm", f"{OFFICE}/attachedTemplate", is_external=True
        )
        made = parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{key}"/>')
        document.settings.element.insert(0, made)

    changed_template(folder, attach)
    assert run(folder).problems == ()
    (paper,) = [path for path in folder.glob("output/*/*.docx") if "Vedlegg" not in path.name]
    parts = parts_of(paper.read_bytes())
    assert not any(b"Normal.dotm" in data or b"attachedTemplate" in data for data in parts.values())


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ sak.__class__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum.__globals__ }}",
        "{% for x in range(99999999) %}{% endfor %}",
    ],
)
def test_a_template_runs_no_code(folder: Path, seen: list[str], tag: str) -> None:
    changed_template(folder, lambda document: setattr(document.add_paragraph(), "text", tag))
    assert [problem for problem in run(folder).problems if problem.is_error]
    assert_nothing_leaked(folder, seen)


# -- files made to break readers ----------------------------------------------------------------


def with_entity(name: str, document: str) -> bytes:
    """Return a Word file whose part declares an entity that stands for a file."""
    parts = parts_of((ROOT / "templates" / "saksfremstilling.docx").read_bytes())
    head, _mark, rest = parts[name].decode().partition("?>")
    text = rest.replace("</w:body>", "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>")
    return package_of({**parts, name: f"{head}?>{document}{text}".encode()})


@pytest.mark.parametrize("where", ["templates/saksfremstilling.docx", f"sources/tekster/{CASE}.docx"])
@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "http://example.org/x">]>',
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY x "&a;&a;">]>',
    ],
)
def test_no_entity_of_a_word_file_is_followed(folder: Path, seen: list[str], where: str, entity: str) -> None:
    (folder / TEXT).unlink()
    if where.startswith("templates"):
        (folder / TEXT).write_text("Tekst.\n", encoding="utf-8")
    (folder / where).write_bytes(with_entity("word/document.xml", entity))
    report = run(folder)
    assert_nothing_leaked(folder, seen)
    if where.startswith("sources"):
        assert [problem.rule for problem in report.problems] == ["text"]
    papers = [parts_of(path.read_bytes()) for path in folder.glob("output/*/Sak 14-26 Med*.docx")]
    assert not any(b"haha" in data for parts in papers for data in parts.values())


@pytest.mark.parametrize("where", ["templates/saksfremstilling.docx", f"sources/tekster/{CASE}.docx"])
def test_a_small_word_file_that_fills_the_memory_is_told(folder: Path, where: str) -> None:
    (folder / TEXT).unlink()
    if where.startswith("templates"):
        (folder / TEXT).write_text("Tekst.\n", encoding="utf-8")
    parts = parts_of((ROOT / "templates" / "saksfremstilling.docx").read_bytes())
    with zipfile.ZipFile(folder / where, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
        with package.open("word/media/a.bmp", "w", force_zip64=True) as bomb:
            for _turn in range(600):
                bomb.write(bytes(1 << 20))
    rules = [problem.rule for problem in run(folder).problems if problem.is_error]
    assert rules in (["template"], ["text"])


def test_pandoc_is_run_in_its_sandbox() -> None:
    tree = ast.parse(Path(str(pandoc.__file__)).read_text(encoding="utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert "--sandbox" in words or {"sandbox"} <= {
        keyword.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords
    }
