"""Names of files and folders that Windows, a share and an e-mail can all hold (pure)."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
LONGEST_TITLE = 80
"""Characters of a title in a file name, so that whole paths stay well below Windows' 260."""


def safe(text: str) -> str:
    """Return a text as one path component: forbidden characters become hyphens, ends are trimmed."""
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", text))
    name = re.sub(r"\s+", " ", name).strip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "_"


def shortened(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters, cut between words where it can be."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return (cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut).rstrip(" ,;:-–")


def paper_name(label: str, title: str, case_id: str = "") -> str:
    """Return «Sak 12-26 Tittel.docx»; a case_id is added where two papers would share the name."""
    told = shortened(safe(title), LONGEST_TITLE)
    suffix = f" ({safe(case_id)})" if case_id else ""
    return f"{safe(f'Sak {label}')} {told}{suffix}.docx"


def attachment_name(label: str, number: int, file: str) -> str:
    """Return «Sak 12-26 Vedlegg 1 navn.pdf», keeping the file's extension."""
    stem, dot, extension = safe(file).rpartition(".")
    told = shortened(stem if dot else extension, LONGEST_TITLE)
    return f"{safe(f'Sak {label}')} Vedlegg {number} {told}{f'.{extension}' if dot else ''}"
