"""A Word file as plain text that a person can compare: styles, notes, links, fields and tables shown."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from lxml.etree import _Element as Element


def paper_text(data: bytes) -> str:
    """Return the whole paper, a line a paragraph or table row, header and footer first."""
    document = Document(io.BytesIO(data))
    names = {style.style_id: str(style.name) for style in document.styles}
    section = document.sections[0]
    lines = []
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    for label, part in (("header", header), ("footer", section.footer)):
        lines += [f"[{label}] {_words(each._p, document.part)}" for each in part.paragraphs]
    lines += list(_blocks(document.element.body, names, document.part))
    return "\n".join(lines) + "\n"


def _blocks(parent: Element, names: dict[str, str], part: StoryPart) -> Iterator[str]:
    for child in parent:
        if child.tag == qn("w:p"):
            style = child.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = names[str(style.get(qn("w:val")))] if style is not None else "Normal"
            level = child.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
            mark = f" {level.get(qn('w:val'))}" if level is not None else ""
            yield f"[{name}{mark}] {_words(child, part)}"
        elif child.tag == qn("w:tbl"):
            for row in child.iter(qn("w:tr")):
                cells = [
                    " ".join(_words(p, part) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))
                ]
                head = "=" if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None else ""
                yield f"|{head} {' | '.join(cells)} |"


def _words(node: Element, part: StoryPart) -> str:
    return "".join(_pieces(node, part))


def _pieces(node: Element, part: StoryPart) -> Iterator[str]:
    for child in node:
        if child.tag == qn("w:t"):
            yield (child.text or "").replace("\xa0", "~")
        elif child.tag == qn("w:tab") and node.tag == qn("w:r"):
            yield "→"
        elif child.tag == qn("w:br"):
            yield "↵"
        elif child.tag == qn("w:instrText"):
            yield f"{{{(child.text or '').strip()}}}"
        elif child.tag == qn("w:hyperlink"):
            address = part.rels[child.get(qn("r:id"))].target_ref if child.get(qn("r:id")) else "#"
            yield f"<{_words(child, part)}: {address}>"
        elif child.tag == qn("w:footnoteReference"):
            yield f"[^{_note(str(child.get(qn('w:id'))), part)}]"
        elif child.tag == qn("w:drawing"):
            yield f"![{next(child.iter(qn('wp:docPr'))).get('descr')}]"
        elif child.tag not in (qn("w:pPr"), qn("w:rPr"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            yield from _pieces(child, part)


def _note(number: str, part: StoryPart) -> str:
    relation = next(each for each in part.rels.values() if each.reltype.endswith("/footnotes"))
    notes = relation.target_part
    story = StoryPart.load(notes.partname, notes.content_type, notes.blob, notes.package)
    for key, each in notes.rels.items():
        story.rels[key] = each
    note = next(each for each in story.element if each.get(qn("w:id")) == number)
    return " ¶ ".join(_words(paragraph, story).strip() for paragraph in note.iter(qn("w:p")))
