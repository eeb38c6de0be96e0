"""A file without what nobody sees: who worked on it, when and how long, comments, what lies unused.

What stays is what the paper says and how it looks, its title, subject and language, and the names that
tell which case and build it is. ECMA-376 part 1: 17.15.1 settings; part 2: relationships.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from docx.oxml.ns import qn
from lxml import etree

from casebuilder.word.forms import BOOKMARK
from casebuilder.word.package import CONTENT_TYPES, named_by_kind, package_of, parts_of
from casebuilder.word.pictures import bare
from casebuilder.word.properties import CUSTOM_PART, custom_properties, read_identity
from casebuilder.word.settling import STORIES
from casebuilder.word.xml import MARKS, Element, part_of, tree_of

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_IDS = tuple(map(qn, ("r:id", "r:embed", "r:link", "r:pict", "r:href")))
_BY_ID = ("/hyperlink", "/image", "/header", "/footer", "/chart", "/oleObject", "/package", "/control")
"""Relationships that hold only while an element names them."""
_DROPPED = (
    "/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/people", "/thumbnail",
    "/attachedTemplate", "/mailMergeSource", "/recipientData", "/keyMapCustomizations", "/printerSettings",
    "/documentTasks", "/vbaProject", "/wordVbaData", "/classificationlabels",
)  # fmt: skip
_SETTINGS = tuple(
    qn(f"w:{name}")
    for name in (
        "rsids",
        "rsid",
        "docVars",
        "attachedTemplate",
        "mailMerge",
        "trackRevisions",
        "saveThroughXslt",
    )
)
_UNSEEN = tuple(map(qn, ("w:proofErr", "w:lastRenderedPageBreak", "w:permStart", "w:permEnd")))
_RSID = re.compile(r"\}rsid\w*$")
_PARA_IDS = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")
)
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def said_of_itself(data: bytes) -> dict[str, str]:
    """Return the core properties of a file, such as «title» and «language»; none if it has none."""
    parts = parts_of(data)
    root = tree_of(parts.get("docProps/core.xml", b"<none/>"))
    return {etree.QName(each).localname: each.text or "" for each in root}


def cleaned(data: bytes, author: str, at: datetime, *, public_title: str = "") -> bytes:
    """Return a file without hidden state, by `author` (an organisation), made and changed `at` (UTC).

    With a `public_title` it is a public version: it bears that title, and no name of case or build.

    Raises what `package.UNREADABLE` names.
    """
    parts = parts_of(data)
    identity = None if public_title else read_identity(data)
    kinds = named_by_kind(parts)
    trees = {
        name: tree_of(parts[name])
        for kind in (*STORIES, "settings", "styles")
        for name in kinds.get(kind, ())
    }
    _drop_notes(trees, kinds)
    led_to = {name for tree in trees.values() for name in bookmarks_led_to(tree)}
    for tree in trees.values():
        _clean(tree, led_to)
    parts.update({name: part_of(tree) for name, tree in trees.items()})
    parts["docProps/core.xml"] = _core(parts.get("docProps/core.xml", b"<none/>"), author, at, public_title)
    if "docProps/app.xml" in parts:
        parts["docProps/app.xml"] = f'<Properties xmlns="{_APP}"/>'.encode()
    if identity and CUSTOM_PART in parts:
        parts[CUSTOM_PART] = custom_properties(identity)
    elif public_title:
        parts.pop(CUSTOM_PART, None)
    pictures = {name: bare(part) for name, part in parts.items() if "/media/" in name}
    return package_of(_linked({**parts, **pictures}))


def bookmarks_led_to(tree: Element) -> Iterator[str]:
    """Yield the names of the bookmarks that links and fields of a story lead to (17.16.22, 17.16.5)."""
    yield from (str(each.get(qn("w:anchor"))) for each in tree.iter(qn("w:hyperlink")))
    for each in tree.iter(qn("w:instrText"), qn("w:fldSimple")):
        yield from re.findall(r"\w+", each.text or str(each.get(qn("w:instr"), "")))


def _clean(tree: Element, led_to: set[str]) -> None:
    """Clean one part; bookmarks of ours that something leads to stay."""
    for each in list(tree.iter(*_SETTINGS, *_UNSEEN)):
        _remove(each)
    for each in tree.iter(etree.Element):
        for key in [key for key in each.attrib if _RSID.search(str(key)) or key in _PARA_IDS]:
            del each.attrib[key]
    named = {str(each.get(qn("w:name"))) for each in tree.iter(MARKS[0])}
    ours = {name for name in named if name.startswith(BOOKMARK)} - led_to
    numbers = {each.get(qn("w:id")) for each in tree.iter(MARKS[0]) if each.get(qn("w:name")) in ours}
    for each in [each for each in tree.iter(*MARKS) if each.get(qn("w:id")) in numbers]:
        _remove(each)


def _remove(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _drop_notes(trees: Mapping[str, Element], kinds: Mapping[str, list[str]]) -> None:
    """Drop notes that no reference names: their words would go along unseen."""
    for kind, tag in (("footnotes", "w:footnote"), ("endnotes", "w:endnote")):
        mains = [trees[name] for name in kinds.get("document.main", ())]
        used = {each.get(qn("w:id")) for main in mains for each in main.iter(qn(f"{tag}Reference"))}
        for name in kinds.get(kind, ()):
            for note in list(trees[name].iter(qn(tag))):
                if note.get(qn("w:type")) in (None, "normal") and note.get(qn("w:id")) not in used:
                    _remove(note)


def _core(data: bytes, author: str, at: datetime, title: str) -> bytes:
    """Return core properties (part 2, 11) with the old title, subject and language."""
    old = {etree.QName(each).localname: each.text or "" for each in tree_of(data)}
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    said = {"title": title or old.get("title", ""), "subject": old.get("subject", ""), "creator": author}
    said["language"] = old.get("language", "")
    for name, text in said.items():
        if text:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = text
    etree.SubElement(root, f"{{{_CORE}}}lastModifiedBy").text = author
    etree.SubElement(root, f"{{{_CORE}}}revision").text = "1"
    for name in ("created", "modified"):
        made = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        made.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        made.text = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return part_of(root)


def _linked(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts that can be reached, without links that nothing names or that tell of people."""
    parts = dict(parts)
    dropped = _DROPPED if _is_bound(parts) else (*_DROPPED, "/customXml")
    reached = {CONTENT_TYPES}
    waiting = [""]
    while waiting:
        owner = waiting.pop()
        folder, name = posixpath.split(owner)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in parts:
            continue
        reached.add(relations)
        tree = tree_of(parts[relations])
        named = _named(parts[owner]) if owner.endswith(".xml") else None
        for each in list(tree.iter(_RELATION)):
            if not _holds(each, named, dropped) or _is_custom_gone(each, parts):
                _remove(each)
            elif each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, str(each.get("Target")))).lstrip("/")
                waiting += [target] if target in parts and target not in reached else []
                reached.add(target)
        parts[relations] = part_of(tree)
    kept = {name: data for name, data in parts.items() if name in reached}
    kept[CONTENT_TYPES] = _types(kept)
    return kept


def _is_custom_gone(relation: Element, parts: Mapping[str, bytes]) -> bool:
    return str(relation.get("Type")).endswith("/custom-properties") and CUSTOM_PART not in parts


def _named(data: bytes) -> set[str]:
    """Return the ids of relationships that a part's elements name."""
    return {str(each.get(key)) for each in tree_of(data).iter(etree.Element) for key in _IDS if each.get(key)}


def _is_bound(parts: Mapping[str, bytes]) -> bool:
    """Tell whether a field of the paper shows what stands in custom XML (17.5.2.6)."""
    return any(b"dataBinding" in data for name, data in parts.items() if name.startswith("word/"))


def _holds(relation: Element, named: set[str] | None, dropped: tuple[str, ...]) -> bool:
    kind = str(relation.get("Type"))
    if kind.endswith(dropped):
        return False
    return named is None or not kind.endswith(_BY_ID) or relation.get("Id") in named


def _types(parts: Mapping[str, bytes]) -> bytes:
    tree = tree_of(parts[CONTENT_TYPES])
    for each in list(tree.iter("{*}Override")):
        if str(each.get("PartName")).lstrip("/") not in parts:
            _remove(each)
    return part_of(tree)
