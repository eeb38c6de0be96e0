"""A text → pandoc's tree, a Word file → HTML. The only module that starts pandoc, always in its sandbox."""

from __future__ import annotations

from importlib.metadata import version

import pypandoc

READERS = {
    # What a secretariat does not write, but could by chance (`$`, `<b>`, `---`, `@`), is plain text.
    ".md": "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-citations"
    "-native_divs-native_spans"
    "-yaml_metadata_block-pandoc_title_block-example_lists-mmd_title_block+autolink_bare_uris",
    ".docx": "docx",
}
"""pandoc's reader, with extensions, for each kind of text file."""


class TextNotReadable(Exception):
    """Pandoc could not read the text."""


def reader_name(suffix: str) -> str:
    """Return what a tree's content depends on besides the text: the reader and pandoc's version."""
    return f"{READERS[suffix]} {version('pypandoc_binary')}"


def tree_of(text: bytes, suffix: str) -> str:
    """Return pandoc's JSON for a text; raises TextNotReadable if pandoc refuses it."""
    try:
        tree = pypandoc.convert_text(
            text, "json", format=READERS[suffix], extra_args=["--sandbox"], verify_format=False
        )
    except RuntimeError as fault:  # what pypandoc raises when pandoc's exit code is not 0
        raise TextNotReadable from fault
    return str(tree)


def html_of_word(data: bytes) -> str:
    """Return a Word file as a fragment of HTML; raises TextNotReadable if pandoc refuses it."""
    said = ["--sandbox", "--mathml", "--wrap=none"]
    try:
        page = pypandoc.convert_text(data, "html5", format="docx", extra_args=said, verify_format=False)
    except RuntimeError as fault:  # as above
        raise TextNotReadable from fault
    return str(page)
