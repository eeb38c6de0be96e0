"""An XML part that is changed in places and stays byte for byte as it was everywhere else.

An element that is not touched keeps its very bytes; one that is touched, or new, is written anew.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from casebuilder.word.xml import Element

_START_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_DECLARED = re.compile(r'\sxmlns(?::([\w.-]+))?="([^"]*)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_UTF_8 = ("UTF-8", "utf-8")


class _Span(NamedTuple):
    """Where an element stands in the bytes: its start tag [start, inside), its end tag [outside, end)."""

    start: int
    inside: int
    outside: int
    end: int


class Spliced:
    """One XML part: its tree, which may be changed, and the bytes that it was read from."""

    def __init__(self, data: bytes) -> None:
        """Parse a part; one that is not in UTF-8 is written so once it changes. Raises XMLSyntaxError."""
        self._read = data
        self.root: Element = etree.fromstring(data, _PARSER)
        if self.root.getroottree().docinfo.encoding not in (None, *_UTF_8):
            data = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
            self.root = etree.fromstring(data, _PARSER)
        self._data = data
        self._elements = list(self.root.iter(etree.Element))
        self._spans: dict[Element, _Span] = {}
        self._children: dict[Element, list[Element]] = {}
        self._touched: set[Element] = set()

    def open(self) -> None:
        """Remember where everything stands; to be called before the first change."""
        if not self._spans:
            self._spans = dict(zip(self._elements, _spans(self._data), strict=True))
            self._children = {each: [*each.iterchildren(etree.Element)] for each in self._elements}

    def touch(self, element: Element) -> None:
        """Say that an element's own attributes, words or insides are changed."""
        self._touched.add(element)

    def data(self) -> bytes:
        """Return the part's bytes: the same where nothing was changed."""
        if not self._spans:
            return self._read
        root = self._spans[self.root]
        return b"".join([self._data[: root.start], self._of(self.root), self._data[root.end :]])

    def _of(self, element: Element) -> bytes:
        span = self._spans.get(element)
        if span is None or element in self._touched:
            return self._written(element)
        old, new = self._children[element], [*element.iterchildren(etree.Element)]
        pieces = {each: self._of(each) for each in new}
        if old == new and all(pieces[each] == self._bytes_of(each) for each in new):
            return self._data[span.start : span.end]
        if not old:
            return self._written(element)
        before = {
            each: self._data[start:stop]
            for each, start, stop in zip(
                old,
                [span.inside, *(self._spans[each].end for each in old[:-1])],
                [self._spans[each].start for each in old],
                strict=True,
            )
        }
        inside = b"".join(before.get(each, b"") + pieces[each] for each in new)
        tail = self._data[self._spans[old[-1]].end : span.end]
        return self._data[span.start : span.inside] + inside + tail

    def _bytes_of(self, element: Element) -> bytes:
        span = self._spans[element]
        return self._data[span.start : span.end]

    def _written(self, element: Element) -> bytes:
        """Write an element anew, without the namespaces that the root declares already."""
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        end = text.index(">")
        known = self.root.nsmap

        def declared(match: re.Match[str]) -> str:
            return "" if element is not self.root and known.get(match[1]) == match[2] else match[0]

        return (_DECLARED.sub(declared, text[:end]) + text[end:]).encode()


def _spans(data: bytes) -> list[_Span]:
    """Return where each element stands, in document order."""
    found: list[_Span] = []
    opened: list[int] = []
    parser = expat.ParserCreate()

    def start(_name: str, _attributes: object) -> None:
        at = parser.CurrentByteIndex
        tag = _START_TAG.match(data, at)
        if tag is None:
            raise ValueError(data[at : at + 40])
        opened.append(len(found))
        closed = tag.end() if tag[1] else -1
        found.append(_Span(at, tag.end(), closed, closed))

    def end(_name: str) -> None:
        at = opened.pop()
        span = found[at]
        if span.end < 0:
            outside = parser.CurrentByteIndex
            found[at] = span._replace(outside=outside, end=data.index(b">", outside) + 1)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)  # noqa: FBT003 - expat's own way to say that this is all
    return found
