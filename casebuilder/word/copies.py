"""A Word document of python-docx once more, so that what was made of a template can serve many papers."""

from __future__ import annotations

from collections.abc import Container
from copy import copy, deepcopy
from typing import cast

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships
from docx.package import Package

_OWN = ("_partname", "_content_type", "_blob", "_element", "_image")
"""What makes a part; all else that python-docx keeps in it is found anew when it is asked for."""


def copied(document: Document, shared: Container[str] = ()) -> Document:
    """Return a document like this one, to be changed as one likes.

    The parts that are named in `shared` keep their trees: they may be read only.
    """
    old = document.part.package
    package = Package()
    parts = {
        each: _copied(each, package, is_shared=str(each.partname) in shared) for each in old.iter_parts()
    }
    _relate(old.rels, package.rels, parts)
    for part, made in parts.items():
        if part.rels:
            _relate(part.rels, made.rels, parts)
    return cast("Document", package.main_document_part.document)


def _copied(part: Part, package: Package, *, is_shared: bool) -> Part:
    made = copy(part)
    made.__dict__ = {name: part.__dict__[name] for name in _OWN if name in part.__dict__}
    made._package = package  # noqa: SLF001 - python-docx gives a part no other way into a package
    if isinstance(made, XmlPart) and not is_shared:
        made._element = deepcopy(made._element)  # noqa: SLF001
    return made


def _relate(old: Relationships, new: Relationships, parts: dict[Part, Part]) -> None:
    for key, each in old.items():
        target = each.target_ref if each.is_external else parts[each.target_part]
        new.add_relationship(each.reltype, target, key, each.is_external)
