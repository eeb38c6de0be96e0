"""What is wrong with a package, file by file (pure): checksums, completeness, messages, PDF/A."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from casebuilder.archive.bag import PAYLOAD, faults_of_bag
from casebuilder.archive.fiks import CODES
from casebuilder.archive.package import CONTENTS, info_of
from casebuilder.archive.pdf_check import declared
from casebuilder.archive.versions import contents_of
from casebuilder.problems import Message, Place, Problem, msg

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_WANTED = {
    "moetemappe": ("tittel", "moetenummer", "utvalg", "moetedato"),
    "saksmappe": ("tittel", "saksstatus"),
    "moetesak": ("tittel", "moetesakstype", "moetesaksaar", "moetesakssekvensnummer", "utredning"),
    "moetedokument": ("tittel", "moetedokumenttype"),
    "journalpost": ("tittel", "journalposttype"),
}
"""What Fiks Arkiv V1 wants of each kind of folder and record."""


def faults_of_package(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return everything that is wrong with a package, each file named once for each fault."""
    contents = contents_of(files)
    info = info_of(contents) if contents else {}
    found = list(faults_of_bag(files, info))
    named = {name for name, _said in found}
    if f"{PAYLOAD}{CONTENTS}" not in named:
        found += [each for each in _by_contents(files, contents) if each[0] not in named]
    for name in sorted(files):
        if name not in named and PurePosixPath(name).name.startswith("arkivmelding"):
            found += [(name, said) for said in _message(files, name, named)]
    return tuple(Problem("package", Place(name), said) for name, said in dict.fromkeys(found))


def _by_contents(files: Mapping[str, bytes], contents: Mapping[str, object]) -> Iterator[tuple[str, Message]]:
    """Hold the files against the package's own list of contents."""
    listed = contents.get("filer")
    if not isinstance(listed, list) or not listed:
        yield f"{PAYLOAD}{CONTENTS}", msg("the list of contents cannot be read.")
        return
    known = {f"{PAYLOAD}{CONTENTS}"}
    for entry in [each for each in listed if isinstance(each, dict)]:
        name = f"{PAYLOAD}{entry.get('sti')}"
        known.add(name)
        if name not in files:
            yield name, msg("the file is missing.")
        elif hashlib.sha256(files[name]).hexdigest() != entry.get("sha256"):
            yield name, msg("the file is not the one that the list of contents speaks of.")
    for name in sorted(files):
        if name.startswith(PAYLOAD) and name not in known:
            yield name, msg("the file does not belong to the package.")


def _message(files: Mapping[str, bytes], name: str, named: set[str]) -> Iterator[Message]:
    """Hold a message against the rules of its schema and against the files beside it that are sound."""
    try:
        root = ET.fromstring(files[name])  # noqa: S314 - Python's expat refuses runaway entities
    except ET.ParseError:
        yield msg("the message cannot be read as XML.")
        return
    objects = [each for each in root.iter() if _local(each) == "dokumentobjekt"]
    if _said(root, "antallFiler") != str(len(objects)):
        yield msg("the message names {number} files, and says another number.", number=len(objects))
    for each in root:
        if _local(each) in ("mappe", "registrering"):
            lacks = [one for one in _WANTED.get(str(each.get(_TYPE)), ("?",)) if _child(each, one) is None]
            if lacks:
                yield msg("the message lacks {names}.", names=", ".join(lacks))
    for each in root.iter():
        yield from _element(each)
    folder = PurePosixPath(name).parent
    for each in objects:
        if str(folder / (_said(each, "referanseDokumentfil") or "")) not in named:
            yield from _object(files, folder, each)


def _element(each: ET.Element) -> Iterator[Message]:
    if _local(each) == "systemID" and not _UUID.fullmatch(each.text or ""):
        yield msg("«{value}» is no systemID.", value=each.text)
    code = _said(each, "kode")
    if _local(each) in CODES and code is not None and code not in CODES[_local(each)]:
        yield msg("«{value}» is no value of {name}.", value=code, name=_local(each))


def _object(files: Mapping[str, bytes], folder: PurePosixPath, each: ET.Element) -> Iterator[Message]:
    """Hold what a message says of a file against the file."""
    file = _said(each, "referanseDokumentfil") or ""
    data = files.get(str(folder / file))
    if data is None:
        yield msg("the message names {file}, and there is no such file.", file=file)
        return
    if _said(each, "sjekksum") != hashlib.sha256(data).hexdigest():
        yield msg("the message has another checksum for {file}.", file=file)
    if _said(each, "filstoerrelse") != str(len(data)):
        yield msg("the message has another size for {file}.", file=file)
    variant = _child(each, "variantformat")
    is_archive = variant is not None and _said(variant, "kode") == "A"
    if is_archive and not declared(data).is_for_archives:
        yield msg("{file} is said to be for archives, and does not declare PDF/A.", file=file)


def _local(each: ET.Element) -> str:
    return each.tag.rpartition("}")[2]


def _child(each: ET.Element, name: str) -> ET.Element | None:
    return next((one for one in each if _local(one) == name), None)


def _said(each: ET.Element, name: str) -> str | None:
    found = _child(each, name)
    return None if found is None else found.text or ""
