"""Pandoc's trees of texts, kept by the bytes of their text: a changed cell starts no pandoc."""

from __future__ import annotations

from casebuilder.texts import Files, Tree, Trees
from casebuilder.workspace import Workspace
from casebuilder.writing import sha256

_KIND = "trær"


def known_trees(workspace: Workspace, files: Files) -> dict[str, Tree]:
    """Return the trees that were kept of texts, by file."""
    found = {}
    for file, data in files:
        kept = workspace.keeping.get(_KIND, _key(file, data))
        if kept is not None:
            made_of, _, tree = kept.decode().partition("\n")
            found[file] = Tree(made_of, tree)
    return found


def keep_trees(workspace: Workspace, files: Files, trees: Trees) -> None:
    """Keep trees that were made anew."""
    for file, data in files:
        tree = trees.get(file)
        if tree:
            workspace.keeping.put(_KIND, _key(file, data), f"{tree.made_of}\n{tree.json}".encode())


def _key(file: str, data: bytes) -> str:
    return sha256(file.rpartition(".")[2].lower().encode() + b"\n" + data)
