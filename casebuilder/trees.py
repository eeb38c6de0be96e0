"""Pandoc's trees of texts, kept with the hash of what they were made of: a changed cell starts no pandoc.

A text has one tree, that of its last reading; so what is kept does not grow with every change.
"""

from __future__ import annotations

from casebuilder.texts import Files, Tree, Trees
from casebuilder.workspace import Workspace
from casebuilder.writing import sha256

_KIND = "trær"


def known_trees(workspace: Workspace, files: Files) -> dict[str, Tree]:
    """Return the trees that were kept of texts, by file."""
    found = {}
    for file, _data in files:
        kept = workspace.keeping.get(_KIND, _key(file))
        if kept is not None:
            made_of, _, tree = kept.decode().partition("\n")
            found[file] = Tree(made_of, tree)
    return found


def keep_trees(workspace: Workspace, files: Files, trees: Trees) -> None:
    """Keep trees that were made anew."""
    for file, _data in files:
        tree = trees.get(file)
        if tree:
            workspace.keeping.put(_KIND, _key(file), f"{tree.made_of}\n{tree.json}".encode())


def _key(file: str) -> str:
    return sha256(file.encode("utf-8", "surrogatepass"))
