"""The rooms are kept apart: who may import what, who may print, how large things may grow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "casebuilder"
MODULES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "openpyxl": {"sheets/workbook.py", "sheets/starter.py", "sheets/annotated.py"},
    "jinja2": {"sandbox.py"},
    "pypandoc": {"prose/pandoc.py"},
    "docx": {"word/"},
    "docxtpl": {"word/frame.py"},
    "lxml": {"word/", "archive/web.py", "archive/web_tree.py"},
    "pikepdf": {"archive/"},
    "pypdf": {"archive/"},
    "subprocess": {"archive/office.py"},
    "argparse": {"arguments.py", "cli.py"},
    "babel": {"wording.py"},
    "http": {"links.py"},
    "socket": set(),
    "tempfile": {"cli.py", "archive/office.py", "archive/store.py", "verifying.py"},
    "concurrent": {"cores.py", "links.py", "pipeline.py"},
    "pickle": {"making.py"},
    "shutil": {"archive/office.py", "archive/store.py"},
}
"""External package or module → the rooms or modules that may import it."""

LOOKS_ONLY_AT = {
    "problems.py": set(),
    "paper.py": {"problems"},
    "sheets/": {"printable", "problems", "suggest", "sheets"},
    "register/": {"problems", "suggest", "sheets", "register"},
    "sandbox.py": set(),
    "wording.py": {"register"},
    "prose/": {
        "printable", "problems", "suggest", "paper", "register", "prose", "frame", "wording", "sandbox",
        "blockwalk", "sheets",
    },
    "compose.py": {
        "problems", "suggest", "paper", "register", "prose", "frame", "wording", "blockwalk", "citations",
        "keys",
    },
    "word/": {"problems", "suggest", "paper", "prose", "frame", "sandbox", "blockwalk", "word", "merge"},
    "merge/": {"merge"},
    "report/": {"cells", "delivery", "filenames", "language", "problems", "register", "report", "telling"},
    "archive/": {
        "problems", "suggest", "language", "filenames", "looking", "workspace", "register", "sheets", "word",
        "archive", "frame", "wording", "__version__",
    },
    "looking.py": {"filenames", "problems"},
    "writing.py": {"looking"},
    "witness.py": set(),
    "program.py": set(),
    "unchanged.py": {"keeping", "program", "workspace"},
    "keeping.py": {"writing"},
    "texts.py": {"problems", "prose", "register", "word", "writing"},
    "making.py": {
        "__version__", "compose", "problems", "prose", "provenance", "provenance_file", "register", "texts",
        "word", "writing",
    },
    "workspace.py": {"keeping", "looking", "problems", "witness", "writing"},
}  # fmt: skip
"""Room or module → the rooms of ours that it may import."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    for node in froms:
        whole = node.module == "casebuilder"
        names += [f"casebuilder.{alias.name}" for alias in node.names] if whole else [str(node.module)]
    return names


def is_in(path: Path, rooms: set[str]) -> bool:
    return any(
        name_of(path) == room or (room.endswith("/") and name_of(path).startswith(room)) for room in rooms
    )


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_library_is_imported_in_its_own_room_only(package: str) -> None:
    importers = {path for path in MODULES if package in {name.split(".")[0] for name in imports(path)}}
    strangers = {name_of(path) for path in importers if not is_in(path, MAY_IMPORT[package])}
    assert strangers == set()


@pytest.mark.parametrize("room", LOOKS_ONLY_AT)
def test_a_room_looks_only_at_the_rooms_before_it(room: str) -> None:
    inside = [path for path in MODULES if is_in(path, {room})]
    seen = {
        name.split(".")[1] for path in inside for name in imports(path) if name.startswith("casebuilder.")
    }
    assert seen - LOOKS_ONLY_AT[room] == set()


def test_only_the_command_line_prints() -> None:
    printers = set()
    for path in MODULES:
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
        ]
        if any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls):
            printers.add(name_of(path))
    assert printers == {"cli.py"}


def test_no_module_imports_in_a_circle() -> None:
    def module(path: Path) -> str:
        return "casebuilder." + name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    graph = {module(path): set(imports(path)) for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for other in graph.get(name, ()):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())
    assert done >= set(graph)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [node.name for node in functions if (node.end_lineno or node.lineno) - node.lineno + 1 > 50]
    assert (text.count("\n") <= 400, long) == (True, [])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_fault_is_caught_unnamed(path: Path) -> None:
    handlers = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
    ]
    unnamed = [
        handler.lineno
        for handler in handlers
        if handler.type is None
        or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))
    ]
    assert unnamed == []
