"""A Word file whose parts are read by kind and changed in place; what is not changed stays as it was."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.package import CONTENT_TYPES, named_by_kind, package_of, parts_of
from casebuilder.word.splice import Spliced
from casebuilder.word.xml import Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = f"{{{_RELATIONS}}}Relationship"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_EMPTY_RELATIONS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONS}"/>'
)
MAIN = "document.main"


class Part:
    """A part that carries text, with its relationships."""

    def __init__(self, file: File, name: str) -> None:
        """Read a part of a file by its name."""
        self.file, self.name = file, name
        self.xml = file.xml(name)

    @property
    def root(self) -> Element:
        """The part's outermost element."""
        return self.xml.root

    @property
    def _relations_name(self) -> str:
        folder, file = posixpath.split(self.name)
        return f"{folder}/_rels/{file}.rels"

    def relation(self, number: str) -> Element | None:
        """Return a relationship by its id."""
        if self._relations_name not in self.file.names:
            return None
        found = self.file.xml(self._relations_name).root.iter(_RELATION)
        return next((each for each in found if each.get("Id") == number), None)

    def target(self, number: str) -> str:
        """Return the address or the part's name that a relationship leads to; empty if it leads nowhere."""
        found = self.relation(number)
        if found is None:
            return ""
        if found.get("TargetMode") == "External":
            return str(found.get("Target"))
        return self._below(str(found.get("Target")))

    def _below(self, target: str) -> str:
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self.name), target)).lstrip("/")

    def relate(self, kind: str, target: str, *, is_external: bool = False) -> str:
        """Return the id of a relationship of this kind, a new one if there is none."""
        xml = self.file.xml(self._relations_name, _EMPTY_RELATIONS.encode())
        mode = "External" if is_external else None
        for each in xml.root.iter(_RELATION):
            said = str(each.get("Target"))
            there = said if is_external else self._below(said)
            if each.get("Type") == kind and each.get("TargetMode") == mode and there == target:
                return str(each.get("Id"))
        known = {str(each.get("Id")) for each in xml.root.iter(_RELATION)}
        number = next(f"rId{at}" for at in range(1, len(known) + 2) if f"rId{at}" not in known)
        xml.open()
        made = etree.SubElement(xml.root, _RELATION, Id=number, Type=kind)
        made.set("Target", target if is_external else posixpath.relpath(target, posixpath.dirname(self.name)))
        if is_external:
            made.set("TargetMode", "External")
        return number


class File:
    """The parts of a Word file."""

    def __init__(self, data: bytes) -> None:
        """Read a package; raises what `package.UNREADABLE` names."""
        self._parts = parts_of(data)
        self.kinds = named_by_kind(self._parts)
        self._xml: dict[str, Spliced] = {}
        self._text_parts: dict[str, Part] = {}
        self.main = self.part(self.kinds[MAIN][0])

    @property
    def names(self) -> Mapping[str, object]:
        """The names of the parts."""
        return self._parts

    def xml(self, name: str, empty: bytes | None = None) -> Spliced:
        """Return an XML part, made of `empty` if it is not there. Raises KeyError, XMLSyntaxError."""
        if name not in self._xml:
            if empty is not None:
                self._parts.setdefault(name, empty)
            self._xml[name] = Spliced(self._parts[name])
        return self._xml[name]

    def part(self, name: str) -> Part:
        """Return a part that carries text."""
        if name not in self._text_parts:
            self._text_parts[name] = Part(self, name)
        return self._text_parts[name]

    def of_kind(self, kind: str) -> Part | None:
        """Return the part of a kind, such as «footnotes», that the main part names."""
        names = self.kinds.get(kind, ())
        return self.part(names[0]) if names else None

    def raw(self, name: str) -> bytes:
        """Return a part's bytes as they were read; raises KeyError."""
        return self._parts[name]

    def add(self, name: str, data: bytes, content_type: str) -> str:
        """Add a part under a name that is free, and return that."""
        stem, dot, suffix = name.rpartition(".")
        free = (f"{stem}{at or ''}{dot}{suffix}" for at in range(len(self._parts) + 1))
        chosen = next(each for each in free if each not in self._parts)
        self._parts[chosen] = data
        types = self.xml(CONTENT_TYPES)
        types.open()
        etree.SubElement(types.root, f"{{{_TYPES}}}Override", PartName=f"/{chosen}", ContentType=content_type)
        return chosen

    def content_type(self, name: str) -> str:
        """Return a part's content type."""
        root = self.xml(CONTENT_TYPES).root
        for each in root.iter(f"{{{_TYPES}}}Override"):
            if str(each.get("PartName")).lstrip("/") == name:
                return str(each.get("ContentType"))
        ending = name.rpartition(".")[2].lower()
        defaults = (each for each in root.iter(f"{{{_TYPES}}}Default"))
        found = (each for each in defaults if str(each.get("Extension")).lower() == ending)
        return next((str(each.get("ContentType")) for each in found), "application/octet-stream")

    def add_of_kind(self, kind: str, name: str, data: bytes, content_type: str, relation: str) -> Part:
        """Add a part that the main part names, such as the comments."""
        chosen = self.add(name, data, content_type)
        self.kinds.setdefault(kind, []).append(chosen)
        self.main.relate(relation, chosen)
        return self.part(chosen)

    def set(self, name: str, data: bytes) -> None:
        """Put other bytes into a part."""
        self._parts[name] = data
        self._xml.pop(name, None)

    def parts(self) -> dict[str, bytes]:
        """Return every part as it stands now."""
        changed = {name: xml.data() for name, xml in self._xml.items()}
        return {**self._parts, **changed}

    def data(self) -> bytes:
        """Return the file's bytes."""
        return package_of(self.parts())

    def headers(self) -> Iterator[tuple[str, Part]]:
        """Yield the headers and footers: what each is for, upright or sideways, and its part.

        A section without its own has those of the one before it (17.10.1); the first to name one counts.
        """
        seen: set[str] = set()
        for section in self.main.root.iter(qn("w:sectPr")):
            page = section.find(qn("w:pgSz"))
            side = "" if page is None else page.get(qn("w:orient"), "").removeprefix("portrait")
            for each in section.iter(qn("w:headerReference"), qn("w:footerReference")):
                name = self.main.target(str(each.get(qn("r:id"))))
                use = f"{etree.QName(each).localname}:{each.get(qn('w:type'))}:{side}"
                if name in self._parts and not seen & {name, use}:
                    seen |= {name, use}
                    yield use, self.part(name)


class StyleNames:
    """The styles of one file: ids by name and names by id; ids are the program's choice, names are not."""

    def __init__(self, root: Element | None) -> None:
        """Read the w:styles element, if there is one."""
        self.root = root
        self.names: dict[str, str] = {}
        self.ids: dict[tuple[str, str], str] = {}
        self.default = ""
        for style in () if root is None else root.iter(qn("w:style")):
            name = style.find(qn("w:name"))
            said = "" if name is None else str(name.get(qn("w:val"))).casefold()
            number, kind = str(style.get(qn("w:styleId"))), str(style.get(qn("w:type")))
            self.names[number] = said
            self.ids.setdefault((kind, said), number)
            if kind == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
                self.default = said
