"""LibreOffice's PDF made what it claims to be, and the same bytes for the same paper (pure).

LibreOffice 7.4 declares PDF/A-2b and PDF/UA-1, but gives no extension schema for the latter (ISO 19005-2,
6.6.2.3.2), no ids to notes (ISO 14289-1, 7.9) and no place in the tag tree to the links back from them
(7.18.5); tables without a header row have no header cells at all (7.5). Dates and ids come from the clock.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pikepdf

from casebuilder.archive.tagtree import below, children, is_a, walk

PAPER_KEY = "/CasebuilderPaper"
"""Where a PDF of ours says which paper it was made from."""
_PRODUCER = "casebuilder"
_ICC_DATE, _ICC_ID = slice(24, 36), slice(84, 100)  # ICC.1:2010, 7.2.8 and 7.2.18
_ICC_FIRST = bytes.fromhex("07d000010001000000000000")  # 1 January 2000
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{at}</xmp:CreateDate>
   <xmp:ModifyDate>{at}</xmp:ModifyDate>
   <xmp:MetadataDate>{at}</xmp:MetadataDate>
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF is to say of itself; `paper` names what it was made from."""

    title: str
    author: str
    subject: str
    language: str  # «nb-NO»
    at: datetime  # UTC
    paper: str = ""


def mended(data: bytes, about: About) -> bytes:
    """Return a PDF of LibreOffice's as PDF/A-2b and PDF/UA-1; raises pikepdf.PdfError."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _describe(pdf, about)
        _fix_profiles(pdf)
        if "/StructTreeRoot" in pdf.Root:
            _name_notes(pdf)
            _tag_links(pdf)
            _head_tables(pdf)
        for key in ("/DocChecksum", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True, fix_metadata_version=False)
        return buffer.getvalue()


def mended_if_readable(data: bytes | None, about: About) -> bytes | None:
    """Return a PDF of LibreOffice's mended, None where there is none or it cannot be read."""
    try:
        return mended(data, about) if data else None
    except pikepdf.PdfError:
        return None


def _describe(pdf: pikepdf.Pdf, about: About) -> None:
    """Say in XMP and in the document information, in the same words, what the file is."""
    at = about.at.astimezone(UTC)
    said = {"title": about.title, "author": about.author, "subject": about.subject}
    said |= {"language": about.language, "producer": _PRODUCER, "at": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    xmp = _XMP.format_map({name: escape(text) for name, text in said.items()})
    stream = pikepdf.Stream(pdf, xmp.encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    day = at.strftime("D:%Y%m%d%H%M%SZ")
    info = {"/Title": about.title, "/Author": about.author, "/Subject": about.subject}
    info |= {"/Creator": _PRODUCER, "/Producer": _PRODUCER, "/CreationDate": day, "/ModDate": day}
    info |= {PAPER_KEY: about.paper} if about.paper else {}
    made = pikepdf.Dictionary({key: pikepdf.String(text) for key, text in info.items()})
    pdf.trailer.Info = pdf.make_indirect(made)
    pdf.Root.Lang = pikepdf.String(about.language)
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)


def _fix_profiles(pdf: pikepdf.Pdf) -> None:
    """Give the colour profile a fixed date."""
    for intent in children(pdf.Root.get("/OutputIntents")):
        stream = intent.get("/DestOutputProfile")
        if isinstance(stream, pikepdf.Stream):
            profile = bytearray(stream.read_bytes())
            profile[_ICC_DATE], profile[_ICC_ID] = _ICC_FIRST, bytes(16)
            stream.write(bytes(profile))


def _name_notes(pdf: pikepdf.Pdf) -> None:
    """Give every note an id, and list them in the tree of ids (ISO 32000-1, 14.7.2)."""
    root = pdf.Root.StructTreeRoot
    named = pikepdf.Array()
    for number, note in enumerate(_notes(pdf), start=1):
        note.ID = pikepdf.String(f"note{number:05}")
        named.extend([note.ID, note])
    if len(named):
        limits = pikepdf.Array([named[0], named[-2]])
        leaf = pdf.make_indirect(pikepdf.Dictionary(Limits=limits, Names=named))
        root.IDTree = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([leaf])))


def _notes(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [each for each in walk(pdf) if is_a(each, "/Note")]


def _tag_links(pdf: pikepdf.Pdf) -> None:
    """Give links without a place in the tag tree one: the way back from a note in its note."""
    for sheet in pdf.pages:
        sheet.obj.Tabs = pikepdf.Name.S  # LibreOffice writes a string
    root = pdf.Root.StructTreeRoot
    parents = pikepdf.NumberTree(root.ParentTree)
    free = max((int(key) for key in parents), default=-1) + 1
    notes = _notes(pdf)
    at = 0
    for page, link in _untagged(pdf):
        is_back = "/A" not in link and at < len(notes)
        holder = notes[at] if is_back else next(iter(children(root.get("/K"))), root)
        at += is_back
        told = link.get("/Contents")
        if is_back:
            link.Contents = pikepdf.String(f"Tilbake til teksten ved note {at}")
        elif told is None:
            link.Contents = pikepdf.String(str(below(link, "/A", "/URI") or "Lenke"))
        reference = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=link, Pg=page)
        made = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Link, P=holder, Pg=page)
        made.K = pikepdf.Array([reference])
        element = pdf.make_indirect(made)
        holder.K = pikepdf.Array([*children(holder.get("/K")), element])
        link.StructParent = free
        parents[free] = element
        free += 1
    root.ParentTreeNextKey = free


def _untagged(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object]]:
    for page in pdf.pages:
        for link in children(page.obj.get("/Annots")):
            if link.get("/Subtype") == "/Link" and "/StructParent" not in link:
                yield page.obj, link


def _head_tables(pdf: pikepdf.Pdf) -> None:
    """Say of every header cell what it heads; where no row is a header, the first column names the rows."""
    for table in [each for each in walk(pdf) if is_a(each, "/Table")]:
        rows = [each for each in walk(pdf, table) if is_a(each, "/TR")]
        cells = [children(row.get("/K")) for row in rows]
        heads = [cell for row in cells for cell in row if is_a(cell, "/TH")]
        if not heads:
            heads = [row[0] for row in cells if len(row) > 1 and is_a(row[0], "/TD")]
            for cell in heads:
                cell.S = pikepdf.Name.TH
                _scope(cell, pikepdf.Name.Row)
        for cell in heads:
            _scope(cell, pikepdf.Name.Column)


def _scope(cell: pikepdf.Object, scope: pikepdf.Object) -> None:
    """Set the scope of a header cell that has none (ISO 32000-1, table 349)."""
    attributes = children(cell.get("/A"))
    of_table = [each for each in attributes if each.get("/O") == "/Table"]
    if any("/Scope" in each for each in of_table):
        return
    if of_table:
        of_table[0].Scope = scope
    else:
        cell.A = pikepdf.Array([*attributes, pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)])
