"""A BagIt bag around a package (version 0.97): every file with its SHA-256; what is wrong with it (pure).

The tag files follow from the payload and from what `bag-info.txt` is told, so each can be made once more:
that is how a changed tag file is told from a changed list of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from casebuilder.problems import Message, msg

DECLARATION, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
PAYLOAD = "data/"
_DECLARED = b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"


def bagged(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """Return every file of a bag by its path: the payload below data/, and the tag files."""
    files = {f"{PAYLOAD}{name}": data for name, data in payload.items()}
    size = sum(map(len, payload.values()))
    told = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    tags = {
        DECLARATION: _DECLARED,
        INFO: "".join(f"{name}: {said}\n" for name, said in sorted(told.items())).encode(),
        MANIFEST: _listed(files),
    }
    return {**files, **tags, TAGS: _listed(tags)}


def _listed(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{_sum(data)}  {_escaped(name)}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode()


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _escaped(name: str) -> str:
    return name.replace("\r", "%0D").replace("\n", "%0A")


def _read(data: bytes) -> dict[str, str] | None:
    """Return a manifest's checksums by path; None if it is not a manifest."""
    found = {}
    try:
        for line in data.decode("utf-8").removesuffix("\n").split("\n"):
            digest, gap, name = line.partition("  ")
            if not gap or len(digest) != 64 or not name:
                return None
            found[name.replace("%0D", "\r").replace("%0A", "\n")] = digest
    except UnicodeDecodeError:
        return None
    return found


def faults_of_bag(files: Mapping[str, bytes], info: Mapping[str, str]) -> tuple[tuple[str, Message], ...]:
    """Return (file, what is wrong) for every file of a bag that is changed, missing or too many.

    `info` is what `bag-info.txt` should have been told.
    """
    missing = [name for name in (DECLARATION, INFO, MANIFEST, TAGS) if name not in files]
    found = [(name, _MISSING) for name in missing]
    payload = {name: data for name, data in files.items() if name.startswith(PAYLOAD)}
    listed = _read(files.get(MANIFEST, b""))
    if listed is None or MANIFEST in missing:
        found += [(MANIFEST, _NO_LIST)] if MANIFEST not in missing else []
        listed = {name: _sum(data) for name, data in payload.items()}
    differing = _differing(payload, listed)
    expected = bagged({name.removeprefix(PAYLOAD): data for name, data in payload.items()}, info)
    found += differing if not _is_changed(files, MANIFEST) or not differing else [(MANIFEST, _CHANGED)]
    if MANIFEST in files and not differing and files[MANIFEST] != expected[MANIFEST]:
        found.append((MANIFEST, _CHANGED))
    found += [(DECLARATION, _CHANGED)] if files.get(DECLARATION, _DECLARED) != _DECLARED else []
    is_other = bool(info) and files.get(INFO) != expected[INFO]
    if INFO in files and (_is_changed(files, INFO) if differing else is_other):
        found.append((INFO, _CHANGED))
    if TAGS in files and _is_spoilt(files, expected, {name for name, _said in found}):
        found.append((TAGS, _CHANGED))
    known = {DECLARATION, INFO, MANIFEST, TAGS}
    found += [(name, _EXTRA) for name in sorted(files) if name not in known and name not in payload]
    return tuple(dict.fromkeys(found))


def _differing(payload: Mapping[str, bytes], listed: Mapping[str, str]) -> list[tuple[str, Message]]:
    gone = [(name, _MISSING) for name in sorted(listed) if name not in payload]
    extra = [(name, _EXTRA) for name in sorted(payload) if name not in listed]
    changed = [
        (name, _CHANGED)
        for name, data in sorted(payload.items())
        if name in listed and listed[name] != _sum(data)
    ]
    return [*gone, *extra, *changed]


def _is_spoilt(files: Mapping[str, bytes], expected: Mapping[str, bytes], named: set[str]) -> bool:
    """Tell whether the list of tag files itself is changed: it errs about a file that is as it was."""
    if not named:
        return files[TAGS] != expected[TAGS]
    listed = _read(files[TAGS])
    sound = {name for name in (DECLARATION, INFO, MANIFEST) if name in files} - named
    return listed is None or any(listed.get(name) != _sum(files[name]) for name in sound)


def _is_changed(files: Mapping[str, bytes], name: str) -> bool:
    """Tell whether a tag file is not the one that the list of tag files speaks of."""
    listed = _read(files.get(TAGS, b"")) or {}
    return name in files and name in listed and listed[name] != _sum(files[name])


_MISSING = msg("the file is missing.")
_CHANGED = msg("the file has been changed since it was archived.")
_EXTRA = msg("the file does not belong to the package.")
_NO_LIST = msg("the list of the files cannot be read.")
