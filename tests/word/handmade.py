"""Small Word files written by hand, and their tracked changes as a text that a test can state.

`file(p("Et ord"))` is a file of one paragraph; `shown` writes «[-struck-]», «{+put in+}», «§» for a
footnote and «¶» for the end of a paragraph, marked alike where that is struck or put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from casebuilder.word.file import File
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.properties import Identity, custom_properties

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="{_W14}" xmlns:mc="{_MC}" xmlns:wp="{_WP}" xmlns:a="{_A}" '
    f'xmlns:m="{_M}"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = {
    "Normal": ("paragraph", "Normal"),
    "Overskrift1": ("paragraph", "heading 1"),
    "Overskrift2": ("paragraph", "heading 2"),
    "Sitat": ("paragraph", "Quote"),
    "Fotnotetekst": ("paragraph", "footnote text"),
    "Merknadstekst": ("paragraph", "annotation text"),
    "Fotnotereferanse": ("character", "footnote reference"),
    "Merknadsreferanse": ("character", "annotation reference"),
    "Tabellrutenett": ("table", "Table Grid"),
}
HERS = 'w:author="Kari" w:date="2026-02-01T10:00:00Z"'
OURS = 'w:author="casebuilder"'
DOCUMENT, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"


# -- writing ----------------------------------------------------------------------------------------


def t(said: str, *properties: str) -> str:
    """Return a run with some words; properties are element names such as «b»."""
    inner = "".join(f"<w:{each}/>" for each in properties)
    return f'<w:r>{f"<w:rPr>{inner}</w:rPr>" if inner else ""}<w:t xml:space="preserve">{said}</w:t></w:r>'


def p(*content: str, style: str = "", name: str = "", mark: str = "", properties: str = "") -> str:
    """Return a paragraph; a text without markup is a run. `mark` stands in the mark's properties."""
    inside = "".join(each if each.startswith("<") else t(each) for each in content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    marked = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    own = f"{styled}{properties}{marked}"
    return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{named(name, inside)}</w:p>"


def named(name: str, inside: str) -> str:
    """Return content between the marks of a hidden name, if there is one."""
    number = sum(map(ord, name)) * 10 + len(name)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{inside}<w:bookmarkEnd w:id="{number}"/>' if name else inside


def ins(inside: str, author: str = HERS, number: int = 900) -> str:
    return f'<w:ins w:id="{number}" {author}>{inside}</w:ins>'


def struck(said: str, author: str = HERS, number: int = 901) -> str:
    return f'<w:del w:id="{number}" {author}><w:r><w:delText>{said}</w:delText></w:r></w:del>'


def table(*rows: Iterable[str], name: str = "") -> str:
    """Return a table; a cell is the XML of its blocks, or one paragraph's words."""
    return named(
        name, f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{"".join(map(row, rows))}</w:tbl>'
    )


def row(cells: Iterable[str], mark: str = "") -> str:
    inside = "".join(f"<w:tc>{each if each.startswith('<') else p(each)}</w:tc>" for each in cells)
    return f"<w:tr>{f'<w:trPr>{mark}</w:trPr>' if mark else ''}{inside}</w:tr>"


def note(number: int) -> str:
    """Return a reference to a footnote."""
    look = '<w:rPr><w:rStyle w:val="Fotnotereferanse"/></w:rPr>'
    return f'<w:r>{look}<w:footnoteReference w:id="{number}"/></w:r>'


def field(code: str, result: str) -> str:
    """Return a complex field in five runs."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def link(number: str, *content: str) -> str:
    inside = "".join(each if each.startswith("<") else t(each) for each in content)
    return f'<w:hyperlink r:id="{number}">{inside}</w:hyperlink>'


def picture(number: str, at: int = 1) -> str:
    """Return a run with a drawing of the picture of a relationship."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="{at}" name="b{at}" descr="Et bilde"/>'
        f'<a:graphic><a:graphicData uri="{_A}"><a:blip r:embed="{number}"/></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r>"
    )


def listed(number: int, *content: str, level: int = 0) -> str:
    return p(*content, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def numbering(*formats: str) -> str:
    """Return a numbering part with one list of each format, numbered from 1."""
    designs = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:numFmt w:val="{each}"/>'
        f'<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        for at, each in enumerate(formats)
    )
    lists = "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(formats))
    )
    return f"<w:numbering {NAMESPACES}>{designs}{lists}</w:numbering>"


def file(
    *body: str,
    notes: Mapping[int, str] | None = None,
    links: Mapping[str, str] | None = None,
    note_links: Mapping[str, str] | None = None,
    header: str = "",
    title: str = "Tittel",
    lists: str = "",
    pictures: Mapping[str, bytes] | None = None,
    styles: Mapping[str, tuple[str, str]] | None = None,
    identity: Identity | None = None,
    end: str = "",
    more: Mapping[str, tuple[str, str, str]] | None = None,
) -> bytes:
    """Return a Word file with this body; `more` are parts by name: kind, relationship id, XML."""
    kinds = {"styles": _styles({**_STYLES, **(styles or {})})}
    section = '<w:headerReference w:type="default" r:id="rIdheader"/>' if header else ""
    inside = "".join(body) + f'<w:sectPr>{section}<w:pgSz w:w="11906" w:h="16838"/>{end}</w:sectPr>'
    kinds["document"] = f"<w:document {NAMESPACES}><w:body>{inside}</w:body></w:document>"
    if notes:
        kinds["footnotes"] = _notes(notes)
    if header:
        kinds["header"] = f"<w:hdr {NAMESPACES}>{header}</w:hdr>"
    if lists:
        kinds["numbering"] = lists
    names = {f"word/{kind}.xml": (kind, f"rId{kind}", data) for kind, data in kinds.items()} | dict(
        more or {}
    )
    relations = [
        (number, kind, name.removeprefix("word/"), "")
        for name, (kind, number, _data) in names.items()
        if kind != "document"
    ]
    relations += [
        (key, "hyperlink", address, ' TargetMode="External"') for key, address in (links or {}).items()
    ]
    relations += [(key, "image", f"media/{key}.png", "") for key in pictures or {}]
    parts = {name: data for name, (_kind, _number, data) in names.items()}
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    if note_links:
        parts["word/_rels/footnotes.xml.rels"] = _relations(
            [(key, "hyperlink", address, ' TargetMode="External"') for key, address in note_links.items()]
        )
    parts["docProps/core.xml"] = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )
    parts["_rels/.rels"] = _relations([("rId1", "officeDocument", "word/document.xml", "")])
    parts["[Content_Types].xml"] = _types({name: kind for name, (kind, _number, _data) in names.items()})
    made = {name: f'<?xml version="1.0" encoding="UTF-8"?>\n{data}'.encode() for name, data in parts.items()}
    made |= {f"word/media/{key}.png": data for key, data in (pictures or {}).items()}
    if identity:
        made["docProps/custom.xml"] = custom_properties(identity)
    return package_of(made)


def _styles(styles: Mapping[str, tuple[str, str]]) -> str:
    default = {"Normal": ' w:default="1"'}
    inside = "".join(
        f'<w:style w:type="{kind}" w:styleId="{key}"{default.get(key, "")}><w:name w:val="{said}"/></w:style>'
        for key, (kind, said) in styles.items()
    )
    return f"<w:styles {NAMESPACES}>{inside}</w:styles>"


def _notes(notes: Mapping[int, str]) -> str:
    number = '<w:r><w:rPr><w:rStyle w:val="Fotnotereferanse"/></w:rPr><w:footnoteRef/></w:r>'
    real = "".join(
        f'<w:footnote w:id="{key}">{p(number, t(" "), said, style="Fotnotetekst")}</w:footnote>'
        for key, said in notes.items()
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{key}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for key, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f"<w:footnotes {NAMESPACES}>{lines}{real}</w:footnotes>"


def _relations(relations: Iterable[tuple[str, str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>'
        for key, kind, target, mode in relations
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def _types(kinds: Mapping[str, str]) -> str:
    ends = {"document": "document.main"}
    named_types = "".join(
        f'<Override PartName="/{name}" ContentType="{_WML}.{ends.get(kind, kind)}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f"{named_types}</Types>"
    )


def replaced(data: bytes, old: str, new: str, part: str = DOCUMENT) -> bytes:
    """Return a file with a text of one part's XML replaced; it must be there."""
    parts = parts_of(data)
    assert old.encode() in parts[part], old
    return package_of({**parts, part: parts[part].replace(old.encode(), new.encode())})


# -- looking ----------------------------------------------------------------------------------------


def tree(data: bytes, part: str = DOCUMENT) -> Element:
    return etree.fromstring(parts_of(data)[part])


def shown(data: bytes, part: str = DOCUMENT) -> str:
    """Return the words of a part with every tracked change, whoever's it is."""
    root = tree(data, part)
    container = root[0] if root.tag == qn("w:document") else root
    return "".join(_block(each) for each in container).strip()


def note_shown(data: bytes, number: int) -> str:
    found = next(each for each in tree(data, NOTES) if each.get(qn("w:id")) == str(number))
    return "".join(_block(each) for each in found).strip()


def _block(node: Element) -> str:
    if node.tag == qn("w:p"):
        return "".join(_inline(each) for each in node) + _mark(node, "w:pPr/w:rPr", "¶")
    if node.tag == qn("w:tr"):
        cells = (_cell(each) for each in node.iterchildren(qn("w:tc")))
        return _mark(node, "w:trPr", "|") + "|".join(cells) + "|"
    if node.tag in (qn("w:tbl"), qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
        return "".join(_block(each) for each in node)
    return ""


def _cell(node: Element) -> str:
    said = "".join(_block(each) for each in node)
    return said.removesuffix("¶")


def _mark(node: Element, path: str, sign: str) -> str:
    properties = node.find("/".join(map(qn, path.split("/"))))
    found = {etree.QName(each).localname for each in properties} if properties is not None else set()
    said = sign
    if found & {"ins", "moveTo"}:
        said = "{+" + said + "+}"
    if found & {"del", "moveFrom"}:
        said = f"[-{said}-]"
    return said


def _inline(node: Element) -> str:
    inside = "".join(_inline(each) for each in node)
    if node.tag in (qn("w:t"), qn("w:delText")):
        return node.text or ""
    if node.tag in (qn("w:instrText"), qn("w:delInstrText")):
        return f"‹{(node.text or '').strip()}›"
    return _SHOWN.get(str(node.tag), "{}").replace("{}", inside)


_SHOWN = {
    qn("w:ins"): "{+{}+}",
    qn("w:moveTo"): "{+{}+}",
    qn("w:del"): "[-{}-]",
    qn("w:moveFrom"): "[-{}-]",
    qn("w:footnoteReference"): "§",
    qn("w:endnoteReference"): "§",
    qn("w:drawing"): "▣",
    qn("w:pict"): "▣",
    qn("w:pPr"): "",
}


def comments(data: bytes) -> list[str]:
    """Return the comments as «who: words on the words that they are about»."""
    opened = File(data)
    part = opened.of_kind("comments")
    found = []
    for each in () if part is None else part.root:
        said = " / ".join("".join(map(str, line.itertext())) for line in each)
        found.append(
            f"{each.get(qn('w:author'))}: {said} @ {_about(opened.main.root, str(each.get(qn('w:id'))))}"
        )
    return found


def _about(root: Element, number: str) -> str:
    """Return the words between the marks of a comment."""
    said, is_in = "", False
    for each in root.iter(etree.Element):
        if each.get(qn("w:id")) == number and each.tag in (
            qn("w:commentRangeStart"),
            qn("w:commentRangeEnd"),
        ):
            is_in = each.tag == qn("w:commentRangeStart")
        elif is_in and each.tag in (qn("w:t"), qn("w:delText")):
            said += each.text or ""
    return said
