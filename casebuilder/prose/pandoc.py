"""Texts → pandoc's trees, all in one process; a Word file → HTML. Only here is pandoc started, sandboxed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

READERS = {
    # What a secretariat does not write, but could by chance (`$`, `<b>`, `---`, `@`), is plain text.
    ".md": "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-citations"
    "-native_divs-native_spans"
    "-yaml_metadata_block-pandoc_title_block-example_lists-mmd_title_block+autolink_bare_uris",
    ".docx": "docx",
}
"""pandoc's reader, with extensions, for each kind of text file."""

_BARE = "+autolink_bare_uris"
_ADDRESS = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*:\S|@")
"""What every address has: a scheme, a colon and something right behind it (RFC 3986, 3.1), or an @."""
_MANY = Path(__file__).with_name("trees.lua")


class TextNotReadable(Exception):
    """Pandoc could not read the text."""


@cache
def reader_name(suffix: str) -> str:
    """Return what a tree's content depends on besides the text: the reader and pandoc's version."""
    return f"{READERS[suffix]} {version('pypandoc_binary')}"


def tree_of(text: bytes, suffix: str) -> str:
    """Return pandoc's JSON for a text; raises TextNotReadable if pandoc refuses it."""
    (tree,) = trees_of([(text, suffix)])
    if tree is None:
        raise TextNotReadable
    return tree


def trees_of(texts: Sequence[tuple[bytes, str]]) -> list[str | None]:
    """Return pandoc's JSON for each text, given with its suffix; None for one that pandoc refuses.

    Pandoc is started once for all of them; if that fails, once for each.
    """
    if not texts:
        return []
    pypandoc = _pypandoc()
    lines = "\n".join(f"{_reader(text, suffix)}:{text.hex()}" for text, suffix in texts)
    try:
        found = pypandoc.convert_text(
            lines, "json", format=str(_MANY), extra_args=["--sandbox"], verify_format=False
        )
    except RuntimeError:  # what pypandoc raises when pandoc's exit code is not 0
        return [None] if len(texts) == 1 else [tree for each in texts for tree in trees_of([each])]
    return [_tree(block) for block in json.loads(found)["blocks"]]


def _reader(text: bytes, suffix: str) -> str:
    """Return pandoc's reader for a text; looking for bare addresses takes it half of its time."""
    return READERS[suffix] if _ADDRESS.search(text) else READERS[suffix].removesuffix(_BARE)


def _tree(block: dict[str, list[object]]) -> str | None:
    match block["c"]:
        case [[_, [], _], str(tree)]:
            return tree
        case _:
            return None


@cache
def _pypandoc() -> Any:  # noqa: ANN401 - pypandoc has no types
    """Load pypandoc, and have it use the pandoc that it comes with.

    It would take the newest on the machine, which may read a text in another way, and start each to see.
    """
    import pypandoc  # noqa: PLC0415 - it is slow to load, and most runs have no new text

    own = Path(pypandoc.__file__).with_name("files") / "pandoc"
    if any(path.is_file() for path in (own, own.with_suffix(".exe"))):
        vars(pypandoc)["__pandoc_path"] = str(own)  # what it has found, as it keeps it itself
    return pypandoc


def html_of_word(data: bytes) -> str:
    """Return a Word file as a fragment of HTML; raises TextNotReadable if pandoc refuses it."""
    pypandoc = _pypandoc()
    said = ["--sandbox", "--mathml", "--wrap=none"]
    try:
        page = pypandoc.convert_text(data, "html5", format="docx", extra_args=said, verify_format=False)
    except RuntimeError as fault:  # as above
        raise TextNotReadable from fault
    return str(page)
