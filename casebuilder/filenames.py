"""Names of files and folders that Windows, a share and an e-mail can all hold (pure)."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
LONGEST_TITLE = 80
"""Characters of a title in a file name, so that whole paths stay well below Windows' 260."""
SHORTEST_TITLE = 20
"""Characters of a title that are kept however long the folder's path is."""
LONGEST_PATH = 250
_BESIDES = 40  # a separator, «Sak 12-26 Vedlegg 12 », an extension, and some for a person's suffix


def safe(text: str) -> str:
    """Return a text as one path component: forbidden characters become hyphens, ends are trimmed."""
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub("-", text))
    name = re.sub(r"\s+", " ", name).strip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "_"


def is_device(name: str) -> bool:
    """Tell whether Windows takes a file name for a device: CON, NUL.docx, «aux .txt»."""
    return bool(_RESERVED.fullmatch(name.rstrip(" .").partition(".")[0].rstrip()))


def shortened(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters, cut between words where it can be."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    return (cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut).rstrip(" ,;:-–")


def title_room(folder: str) -> int:
    """Return how many characters of a title there is room for in a folder."""
    return max(SHORTEST_TITLE, min(LONGEST_TITLE, LONGEST_PATH - len(folder) - _BESIDES))


def paper_name(label: str, title: str, case_id: str = "", room: int = LONGEST_TITLE, version: int = 1) -> str:
    """Return «Sak 12-26 Tittel.docx»; a case_id is added where two papers would share the name."""
    told = shortened(safe(title), room)
    suffix = f" ({safe(case_id)})" if case_id else ""
    suffix += f" (versjon {version})" if version > 1 else ""
    return f"{safe(f'Sak {label}')} {told}{suffix}.docx"


def attachment_name(label: str, number: int, file: str, room: int = LONGEST_TITLE) -> str:
    """Return «Sak 12-26 Vedlegg 1 navn.pdf», keeping the file's extension."""
    stem, dot, extension = safe(file).rpartition(".")
    told = shortened(stem if dot else extension, room)
    return f"{safe(f'Sak {label}')} Vedlegg {number} {told}{f'.{extension}' if dot else ''}"


def lock_names(name: str) -> tuple[str, ...]:
    """Return the names of the lock files that Word and LibreOffice put beside an open file."""
    stem = name.rpartition(".")[0] or name
    dropped = min(2, max(0, len(stem) - 6))  # Word writes ~$ over the first letters of a long name
    return tuple(dict.fromkeys((f"~${name[dropped:]}", f"~${name}", f".~lock.{name}#")))


def lock_owner(data: bytes) -> str:
    """Return the name that a lock file gives of who has the file open; empty if it gives none."""
    if data[:1] == b"," or data.count(b",") >= 3:  # LibreOffice: name,login,machine,time,…
        names = data.decode("utf-8", "replace").split(",")[:2]
        return next((name.strip() for name in names if name.strip()), "")
    start = len(data) // 3  # Word and Excel: the name in one byte a letter, then in two
    length = 2 * int.from_bytes(data[start : start + 2], "little")
    wide = data[start + 2 : start + 2 + length].decode("utf-16-le", "replace")
    narrow = data[1 : 1 + (data[0] if data else 0)].decode("cp1252", "replace")
    told = (each.strip() for each in (wide, narrow))
    return next((name for name in told if name and name.isprintable() and "\ufffd" not in name), "")
