"""An independent reading of a Word file with tracked changes, as text with its notes and links in place.

ECMA-376 part 1, 17.13.5: what is accepted or rejected; a paragraph mark that goes lets its paragraph run
into the following one, whose properties stay. Before a table there is none: an empty paragraph goes,
one with words stays. At the end of a cell or of the text the mark stays.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from tests.merging.opened import Element, Opened, drop, inside, q, unwrap, up

IN, OUT = (q("w:ins"), q("w:moveTo")), (q("w:del"), q("w:moveFrom"))
_CHANGES = tuple(
    q(f"w:{name}Change")
    for name in ("pPr", "rPr", "trPr", "tcPr", "tblPr", "sectPr", "tblGrid", "tblPrEx")
)  # fmt: skip
_RANGES = tuple(q(f"w:move{way}Range{end}") for way in ("From", "To") for end in ("Start", "End"))
_STRANGE = tuple(q(f"w:{name}") for name in ("cellIns", "cellDel", "cellMerge", "numberingChange"))
_LIVE = {q("w:delText"): q("w:t"), q("w:delInstrText"): q("w:instrText")}
REVISIONS = (*IN, *OUT, *_CHANGES)
_KEPT_MARK = (q("w:ins"), q("w:del"), q("w:moveFrom"), q("w:moveTo"))
_CONTENT = ("w:t", "w:tab", "w:br", "w:footnoteReference", "w:drawing", "w:fldChar", "w:pict")
_AROUND = tuple(
    q(f"w:{name}") for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd")
)


class Verdict(Enum):
    """What becomes of a tracked change."""

    ACCEPT = "accept"
    REJECT = "reject"
    KEEP = "keep"


Rule = Callable[[Element], Verdict]


def by(author: str, verdict: Verdict) -> Rule:
    """Return the rule that is about one author's changes and leaves all others pending."""
    return lambda node: verdict if node.get(q("w:author")) == author else Verdict.KEEP


def resolved(data: bytes, rule: Rule) -> bytes:
    """Return the file with its tracked changes accepted, rejected or kept as the rule says."""
    package = Opened(data)
    for name in package.stories():
        resolve(package.tree(name), rule)
    return package.data()


def accepted(data: bytes) -> bytes:
    return resolved(data, lambda _node: Verdict.ACCEPT)


def rejected(data: bytes) -> bytes:
    return resolved(data, lambda _node: Verdict.REJECT)


def reject_by(data: bytes, author: str) -> bytes:
    """Return the file as if this author had never tracked a change; others' stay pending."""
    return resolved(data, by(author, Verdict.REJECT))


def accepted_text(data: bytes, *, looks: bool = False) -> list[str]:
    """Return the body's paragraphs and rows as all changes accepted leave them."""
    return text(accepted(data), looks=looks)


def rejected_text(data: bytes, *, looks: bool = False) -> list[str]:
    """Return the body's paragraphs and rows as all changes rejected leave them."""
    return text(rejected(data), looks=looks)


def text(data: bytes, *, looks: bool = False) -> list[str]:
    """Return the paragraphs and rows of a file without tracked changes; see `Reader`."""
    return Reader(Opened(data), looks=looks).lines()


def margins(data: bytes, *, looks: bool = False) -> list[str]:
    """Return the paragraphs and rows of the headers and footers."""
    return Reader(Opened(data), looks=looks).margins()


# ---- accepting and rejecting ------------------------------------------------------------------------


def _goes(node: Element, rule: Rule) -> bool | None:
    """Tell whether what a revision is about goes; None if it stays pending."""
    verdict = rule(node)
    if verdict is Verdict.KEEP:
        return None
    return (verdict is Verdict.ACCEPT) == (node.tag in OUT)


def resolve(root: Element, rule: Rule) -> None:
    """Resolve one story in place."""
    strange = [each.tag for each in root.iter(*_STRANGE)]
    assert strange == [], strange
    _rows(root, rule)
    _content(root, rule)
    _properties(root, rule)
    _marks(root, rule)
    pending = {each.tag for each in root.iter(q("w:moveFrom"), q("w:moveTo"))}
    for each in list(root.iter(*_RANGES)) if not pending else []:
        drop(each)


def _rows(root: Element, rule: Rule) -> None:
    for mark in [each for each in root.iter(*IN, *OUT) if up(each).tag == q("w:trPr")]:
        goes = _goes(mark, rule)
        row = up(up(mark))
        if goes:
            table = up(row)
            drop(row)
            if table.find(q("w:tr")) is None:
                drop(table)
        elif goes is not None:
            drop(mark)


def _is_mark(node: Element) -> bool:
    return up(node).tag in (q("w:rPr"), q("w:trPr"))


def _content(root: Element, rule: Rule) -> None:
    for each in [node for node in root.iter(*IN, *OUT) if not _is_mark(node)]:
        goes = _goes(each, rule)
        if goes:
            drop(each)
        elif goes is not None:
            unwrap(each)
    for each in root.iter(*_LIVE):
        if not inside(each, "w:del", "w:moveFrom"):
            each.tag = _LIVE[str(each.tag)]
    for each in list(root.iter(q("w:hyperlink"), q("w:smartTag"))):
        if each.find(f".//{q('w:r')}") is None:
            drop(each)


def _properties(root: Element, rule: Rule) -> None:
    for change in list(root.iter(*_CHANGES)):
        verdict, properties = rule(change), up(change)
        if verdict is Verdict.KEEP:
            continue
        drop(change)
        if verdict is Verdict.REJECT:
            kept = (*_KEPT_MARK, q("w:rPr"), q("w:sectPr"), q("w:headerReference"), q("w:footerReference"))
            rest = [each for each in properties if each.tag in kept]
            old = [child for before in change for child in before]
            is_mark = properties.tag == q("w:rPr")
            properties[:] = [*rest, *old] if is_mark else [*old, *rest]


def _marks(root: Element, rule: Rule) -> None:
    for paragraph in reversed(list(root.iter(q("w:p")))):
        marks = paragraph.findall(f"{q('w:pPr')}/{q('w:rPr')}/*")
        found = [(each, _goes(each, rule)) for each in marks if each.tag in _KEPT_MARK]
        if any(goes for _mark, goes in found):
            _run_on(paragraph)
            continue
        for mark, goes in found:
            if goes is not None:
                drop(mark)


def _run_on(paragraph: Element) -> None:
    """Let a paragraph run into the following one."""
    after: Element | None = paragraph.getnext()
    while after is not None and after.tag in (*_AROUND, *_RANGES):
        after = after.getnext()
    if after is not None and after.tag == q("w:sdt"):
        after = next(after.iter(q("w:p"), q("w:tbl")), None)
    content = [each for each in paragraph if each.tag != q("w:pPr")]
    if after is None or after.tag != q("w:p"):
        if after is not None and after.tag == q("w:tbl") and not _says_something(paragraph):
            for each in [node for node in content if node.tag in _AROUND]:
                paragraph.addprevious(each)
            drop(paragraph)
        else:
            for mark in paragraph.findall(f"{q('w:pPr')}/{q('w:rPr')}/*"):
                if mark.tag in _KEPT_MARK:
                    drop(mark)
        return
    at = 1 if after.find(q("w:pPr")) is not None else 0
    after[at:at] = content
    drop(paragraph)


def _says_something(paragraph: Element) -> bool:
    return next(paragraph.iter(*map(q, _CONTENT)), None) is not None


# ---- reading ----------------------------------------------------------------------------------------


@dataclass
class Reader:
    """Reads a file without tracked changes: «[heading 1] Title», «Text[^note^]», «‖ cell | cell».

    A paragraph's style stands before it in brackets unless it is the default one, a link is
    «words<address>», a field its code in braces, a picture its alternative text and hash. With `looks`
    every stretch of words bears its character formatting as well.
    """

    package: Opened
    looks: bool = False
    _fields: list[bool] = field(default_factory=list)  # of each open field: whether its result is on

    def __post_init__(self) -> None:
        self._styles: dict[str, str] = {}
        for name in self.package.related(self.package.main, "styles"):
            for style in self.package.tree(name).iter(q("w:style")):
                said = style.find(q("w:name"))
                plain = style.get(q("w:default")) in ("1", "true") and style.get(q("w:type")) == "paragraph"
                shown = "" if said is None or plain else str(said.get(q("w:val"))).casefold()
                self._styles[str(style.get(q("w:styleId")))] = shown

    def lines(self) -> list[str]:
        return list(self._blocks(self.package.body, self.package.main))

    def margins(self) -> list[str]:
        """Return the lines of all headers and footers."""
        names = [
            name for kind in ("header", "footer") for name in self.package.related(self.package.main, kind)
        ]
        return [line for name in names for line in self._blocks(self.package.tree(name), name)]

    def _blocks(self, node: Element, part: str) -> Iterator[str]:
        for each in node:
            if each.tag == q("w:p"):
                yield self.paragraph(each, part)
            elif each.tag == q("w:tbl"):
                for row in each.iter(q("w:tr")):
                    if next(row.iterancestors(q("w:tbl"))) is each:
                        yield self.row(row, part)
            elif each.tag in (q("w:sdt"), q("w:sdtContent"), q("w:customXml")):
                yield from self._blocks(each, part)

    def row(self, row: Element, part: str) -> str:
        cells = [cell for cell in row.iter(q("w:tc")) if next(cell.iterancestors(q("w:tr"))) is row]
        return "‖ " + " | ".join(" ¶ ".join(self._blocks(cell, part)) for cell in cells)

    def paragraph(self, node: Element, part: str) -> str:
        style = node.find(f"{q('w:pPr')}/{q('w:pStyle')}")
        name = "" if style is None else self._styles.get(str(style.get(q("w:val"))), "?")
        level = node.find(f"{q('w:pPr')}/{q('w:numPr')}/{q('w:ilvl')}")
        depth = "" if level is None or level.get(q("w:val")) == "0" else f"/{level.get(q('w:val'))}"
        return (f"[{name}{depth}] " if name else "") + _shown(self._pieces(node, part))

    def _pieces(self, node: Element, part: str, link: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield (words, address, look)."""
        for each in node:
            if each.tag == q("w:r"):
                look = _look(each) if self.looks else ""
                for child in each:
                    yield from ((said, link, look) for said in self._in_run(child, part))
            elif each.tag == q("w:hyperlink"):
                number, anchor = each.get(q("r:id")), each.get(q("w:anchor"))
                address = self.package.address(part, number) if number else ""
                yield from self._pieces(each, part, f"{address}{'#' + anchor if anchor else ''}")
            elif each.tag == q("w:fldSimple"):
                yield ("{" + " ".join(str(each.get(q("w:instr"))).split()) + "}", link, "")
            elif each.tag in (q("w:smartTag"), q("w:sdt"), q("w:sdtContent"), q("w:customXml")):
                yield from self._pieces(each, part, link)
            else:
                assert each.tag not in REVISIONS, each.tag

    def _in_run(self, node: Element, part: str) -> Iterator[str]:
        tag = str(node.tag).rpartition("}")[2]
        if tag == "fldChar":
            yield from self._field(str(node.get(q("w:fldCharType"))))
        elif tag == "instrText":
            yield node.text or ""
        elif any(self._fields):
            return
        elif tag in ("t", "delText"):
            assert tag == "t" or inside(node, "w:del"), "deleted words outside w:del"
            yield node.text or ""
        elif tag in ("tab", "br", "cr", "noBreakHyphen", "softHyphen"):
            yield {"tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}.get(tag, "\n")
        elif tag in ("footnoteReference", "endnoteReference"):
            yield f"[^{self._note(tag.replace('Reference', 's'), str(node.get(q('w:id'))))}^]"
        elif tag in ("drawing", "pict", "object", "AlternateContent"):
            yield self._picture(node, part)

    def _field(self, kind: str) -> Iterator[str]:
        if kind == "begin":
            self._fields.append(False)
            yield "{"
        elif kind == "separate":
            self._fields[-1] = True
        else:
            self._fields.pop()
            yield "}"

    def _note(self, kind: str, number: str) -> str:
        (name,) = self.package.related(self.package.main, kind)
        (note,) = (each for each in self.package.tree(name) if each.get(q("w:id")) == number)
        return " ¶ ".join(line.removeprefix("[footnote text] ").strip() for line in self._blocks(note, name))

    def _picture(self, node: Element, part: str) -> str:
        described = (each.get("descr") for each in node.iter("{*}docPr"))
        linked = (str(each.get(q("r:embed"))) for each in node.iter("{*}blip"))
        parts = (self.package.parts[self.package.address(part, each)] for each in linked)
        hashes = (hashlib.sha256(data).hexdigest()[:8] for data in parts)
        inner = "".join(each.text or "" for each in node.iter(q("w:t")))
        return f"[picture {' '.join([*map(str, described), *hashes, inner])}]"


def _shown(pieces: Iterator[tuple[str, str, str]]) -> str:
    """Join the pieces; links and formatting that go on over several runs are told once."""
    joined: list[tuple[str, str, str]] = []
    for said, link, look in pieces:
        if joined and joined[-1][1:] == (link, look):
            joined[-1] = (joined[-1][0] + said, link, look)
        elif said:
            joined.append((said, link, look))
    dressed = [(f"‹{look}:{said}›" if look else said, link) for said, link, look in joined]
    found = ""
    for at, (said, link) in enumerate(dressed):
        before = dressed[at - 1][1] if at else ""
        after = dressed[at + 1][1] if at + 1 < len(dressed) else ""
        found += (
            ("«" if link and link != before else "") + said + (f"<{link}>»" if link and link != after else "")
        )
    return re.sub(r"\{ *([^{}]*?) *\}", lambda code: "{" + " ".join(code[1].split()) + "}", found)


_UNSEEN = ("lang", "noProof", "rPrChange", "rStyle", "ins", "del")


def _look(node: Element) -> str:
    properties = node.find(q("w:rPr"))
    if properties is None:
        return ""
    found = ((str(each.tag).rpartition("}")[2], str(each.get(q("w:val"), ""))) for each in properties)
    return ",".join(sorted(f"{name}{value}" for name, value in found if name not in _UNSEEN))


# ---- everything that is said anywhere ---------------------------------------------------------------


def comments(data: bytes) -> list[tuple[str, str]]:
    """Return every comment's author and words."""
    package = Opened(data)
    roots = [package.tree(name) for name in package.related(package.main, "comments")]
    return [
        (str(each.get(q("w:author"))), " ".join("".join(_texts(one)) for one in each.iter(q("w:p"))))
        for root in roots
        for each in root
    ]


def _texts(node: Element) -> Iterator[str]:
    for each in node.iter(q("w:t"), q("w:delText")):
        yield each.text or ""


_WORD = re.compile(r"\w+")
_UNSAID = re.compile(r"(?:^|(?<=[|¶‖] ))\[[^\]^]*\] |\{[^{}]*\}")


def words_of(lines: list[str]) -> Counter[str]:
    """Return the words of lines, the names of styles and the codes of fields left out."""
    return Counter(word for line in lines for word in _WORD.findall(_UNSAID.sub("", line)))


def words_in(said: str) -> set[str]:
    """Return the words of any text."""
    return set(_WORD.findall(said))


def words_anywhere(data: bytes, *, but: str = "") -> set[str]:
    """Return the words of the text as accepted and as rejected, of each change, and of comments.

    `but` is an author whose comments are left out.
    """
    package = Opened(data)
    found = set(words_of([*accepted_text(data), *rejected_text(data)]))
    for name in package.stories():
        for each in package.tree(name).iter(*IN, *OUT):
            found |= set(_WORD.findall("".join(_texts(each))))
    return found | {word for author, said in comments(data) if author != but for word in _WORD.findall(said)}


def named_lines(data: bytes) -> dict[str, str]:
    """Return the line of each paragraph that starts with a hidden bookmark of ours."""
    reader = Reader(Opened(data))
    found: dict[str, str] = {}
    for node in reader.package.body.iter(q("w:p")):
        line = reader.paragraph(node, reader.package.main)
        for mark in node.iter(q("w:bookmarkStart")):
            name = str(mark.get(q("w:name")))
            if name.startswith("_cb_"):
                found.setdefault(name, line)
    return found


def faulty_marks(data: bytes) -> list[str]:
    """Return what is wrong with the tracked changes' own markup, beside what validators see."""
    package = Opened(data)
    found = []
    for name in package.stories():
        root = package.tree(name)
        ids = Counter(str(each.get(q("w:id"))) for each in root.iter(*REVISIONS))
        found += [f"{name}: revision id {each} {count} times" for each, count in ids.items() if count > 1]
        found += [f"{name}: w:t in w:del" for each in root.iter(q("w:t")) if inside(each, "w:del")]
        lost = [each for each in root.iter(*_LIVE) if not inside(each, "w:del", "w:moveFrom")]
        found += [f"{name}: {each.tag} outside w:del" for each in lost]
        for each in root.iter(*REVISIONS):
            if not each.get(q("w:author")) or not each.get(q("w:id")):
                found.append(f"{name}: {each.tag} without author or id")
            if len(each) == 0 and not _is_mark(each):
                found.append(f"{name}: an empty {each.tag}")
    return found
