"""The parts of a package that python-docx leaves to us: found, or made where they are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import _ContentTypesItem
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart

from casebuilder.word.markup import in_value
from casebuilder.word.xml import PARAGRAPH_ID, Element

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FOOTNOTES_TYPE = f"{_WML}.footnotes+xml"
NUMBERING_TYPE = f"{_WML}.numbering+xml"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"

STYLES_WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"

EMPTY_FOOTNOTES = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0">
<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


def known_footnotes(document: Document) -> StoryPart | None:
    """Return the template's footnotes part, if it has one, as a story whose text can be reached."""
    known = any(relation.reltype == RT.FOOTNOTES for relation in document.part.rels.values())
    return footnotes_part(document) if known else None


def footnotes_part(document: Document) -> StoryPart:
    """Return the footnotes part as a story that links and pictures can be added to."""
    package = document.part.package
    for relation in document.part.rels.values():
        if relation.reltype == RT.FOOTNOTES:
            old = relation.target_part
            if isinstance(old, StoryPart):
                return old
            part = StoryPart(old.partname, old.content_type, parse_xml(old.blob), package)
            for key, each in old.rels.items():
                part.rels[key] = each
            relation._target = part  # noqa: SLF001 - python-docx loads this part as bytes only
            return part
    part = StoryPart(PackURI("/word/footnotes.xml"), FOOTNOTES_TYPE, parse_xml(EMPTY_FOOTNOTES), package)
    document.part.relate_to(part, RT.FOOTNOTES)
    return part


def numbering_root(document: Document) -> Element:
    """Return the w:numbering element, in a new part if the template has none."""
    for relation in document.part.rels.values():
        if relation.reltype == RT.NUMBERING:
            part = cast("StoryPart", relation.target_part)
            return cast("Element", part.element)
    root = parse_xml(f"<w:numbering {nsdecls('w')}/>")
    made = StoryPart(PackURI("/word/numbering.xml"), NUMBERING_TYPE, root, document.part.package)
    document.part.relate_to(made, RT.NUMBERING)
    return cast("Element", made.element)


def own_styles(document: Document) -> Element:
    """Give a document a w:styles element of its own, where it shared one with other papers."""
    part = cast("XmlPart", document.part.part_related_by(RT.STYLES))
    part._element = deepcopy(part._element)  # noqa: SLF001 - python-docx gives a part no setter
    return cast("Element", part.element)


def drop_styles_with_effects(document: Document) -> None:
    """Leave out Word 2010's second copy of the styles, which would contradict the first ([MS-DOCX] 2.1)."""
    relations = document.part.rels
    for key in [key for key, each in relations.items() if each.reltype == STYLES_WITH_EFFECTS]:
        relations.pop(key)


def drop_repeated_paragraph_ids(document: Document) -> None:
    """Let each paragraph id of Word's stand once: a paragraph that docxtpl repeats brings its id along."""
    for part in document.part.package.iter_parts():
        seen: set[str] = set()
        for each in part.element.iter(qn("w:p"), qn("w:tr")) if isinstance(part, XmlPart) else ():
            number = each.get(PARAGRAPH_ID)
            if number in seen and next(each.iterancestors("{*}Fallback"), None) is None:
                del each.attrib[PARAGRAPH_ID]
            elif number:
                seen.add(number)


def set_custom_part(document: Document, blob: bytes) -> None:
    """Put the custom properties into their part, replacing the template's."""
    package = document.part.package
    for relation in package.rels.values():
        if relation.reltype == CUSTOM_RELATION:
            relation.target_part._blob = blob  # noqa: SLF001 - python-docx gives a plain part no setter
            return
    package.relate_to(Part(PackURI("/docProps/custom.xml"), CUSTOM_TYPE, blob, package), CUSTOM_RELATION)


_RELATIONSHIPS = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
)
_NONE = f"{_RELATIONSHIPS}/>".encode()
_OUT = ' TargetMode="External"'
_NOTHING: Mapping[Element, bytes] = MappingProxyType({})


def saved_parts(document: Document, known: Mapping[Element, bytes] = _NOTHING) -> dict[str, bytes]:
    """Return the parts of a document as python-docx would save them, by name.

    `known` are the bytes of trees that have not been changed since they were written.
    """
    package = document.part.package
    parts = list(package.iter_parts())
    found = {
        CONTENT_TYPES_URI.membername: _content_types(parts),
        PACKAGE_URI.rels_uri.membername: _relationships(package.rels),
    }
    for part in parts:
        part.before_marshal()
        data = known.get(part.element) if isinstance(part, XmlPart) else None
        found[part.partname.membername] = data if data is not None else part.blob
        if len(part.rels):
            found[part.partname.rels_uri.membername] = _relationships(part.rels)
    return found


def _content_types(parts: Iterable[Part]) -> bytes:
    return _content_types_of(tuple((part.partname, part.content_type) for part in parts))


@dataclass(frozen=True)
class _Typed:
    """What python-docx asks of a part for its content type."""

    partname: PackURI
    content_type: str


@lru_cache(maxsize=32)
def _content_types_of(named: tuple[tuple[PackURI, str], ...]) -> bytes:
    """Return the part that says what every part is; most papers of a template have the same."""
    typed = [_Typed(*each) for each in named]
    return cast("bytes", _ContentTypesItem.from_parts(typed).blob)  # type: ignore[no-untyped-call]


def _relationships(relations: Relationships) -> bytes:
    """Return a part of relationships (ECMA-376 part 2, 9.3), as python-docx writes it."""
    said = (
        f'<Relationship Id="{in_value(each.rId)}" Type="{in_value(each.reltype)}"'
        f' Target="{in_value(each.target_ref)}"{_OUT if each.is_external else ""}/>'
        for each in relations.values()
    )
    return f"{_RELATIONSHIPS}>{''.join(said)}</Relationships>".encode() if relations else _NONE
