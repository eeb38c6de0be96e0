"""Inlines → runs, links, notes and fields in one story (the main text or the footnotes).

ECMA-376 part 1: 17.3.2 runs, 17.16 fields and hyperlinks, 17.11 footnotes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.parts.story import StoryPart
from docx.shared import Emu

from casebuilder.paper import (
    PLAIN,
    Format,
    Image,
    Inline,
    Jump,
    LineBreak,
    Link,
    Note,
    NoteAgain,
    Text,
)
from casebuilder.word.markup import Markup, element, from_tree, in_text, in_value, on, run, text_elements
from casebuilder.word.styles import Styles

_ROOM_FOR_CAPTION = 1_080_000  # EMU, 3 cm


@dataclass
class Names:
    """Bookmark names and ids of one document; notes referred back to are named as Word names them."""

    next_id: int = 1
    next_picture: int = 1
    anchors: Mapping[str, str] = field(default_factory=dict)  # heading anchor → bookmark
    referred: frozenset[str] = frozenset()  # names of notes that are referred back to

    def bookmark(self, name: str) -> tuple[Markup, Markup]:
        """Return the start and end of a bookmark (17.13.6); ids are unique in the document."""
        number, self.next_id = self.next_id, self.next_id + 1
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{in_value(name)}"></w:bookmarkStart>',
            f'<w:bookmarkEnd w:id="{number}"></w:bookmarkEnd>',
        )

    def picture(self) -> int:
        """Return a picture's id (20.4.2.5), unique in the document."""
        number, self.next_picture = self.next_picture, self.next_picture + 1
        return number


def note_bookmark(name: str) -> str:
    """Return the bookmark of a note that is referred back to, in Word's form «_Ref123456789»."""
    return f"_Ref{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**9:09d}"


@dataclass
class Runs:
    """Writes inlines into one story. `add_note` writes a note's blocks and returns its id."""

    part: StoryPart
    styles: Styles
    names: Names
    add_note: Callable[[Note], int]
    text_width: int  # EMU
    text_height: int  # EMU
    words: Mapping[str, str]  # the fixed words in the paper's language
    _looks: dict[Format, Sequence[Markup]] = field(default_factory=lambda: {PLAIN: ()})

    def write(self, inlines: Iterable[Inline]) -> list[Markup]:
        """Return the elements of a paragraph's inlines."""
        result: list[Markup] = []
        for inline in inlines:
            if isinstance(inline, Text):
                result.append(run(text_elements(inline.text), self._properties(inline.format)))
            else:
                result += self._one(inline)
        return result

    def _one(self, inline: Inline) -> Iterator[Markup]:
        match inline:
            case LineBreak():
                yield run([element("w:br")])
            case Image():
                look = self._properties(Format(exempt=inline.exempt))
                yield run([self.picture(inline)], look)
            case Link():
                yield self._link(inline)
            case Jump():
                yield self._jump(inline)
            case Note():
                yield from self._note(inline)
            case NoteAgain():
                yield from self._note_again(inline)
            case _:
                raise TypeError(inline)  # mentions and citations end in compose

    def _properties(self, fmt: Format) -> Sequence[Markup]:
        """Return the properties of a run in this format; most runs have none."""
        if fmt not in self._looks:
            self._looks[fmt] = self._look(fmt)
        return self._looks[fmt]

    def _look(self, fmt: Format) -> list[Markup]:
        style = self.styles.exempt()[1] if fmt.exempt else self.styles.id("HTML Code") if fmt.code else ""
        return [
            *([element("w:rStyle", val=style)] if style else []),
            *on(fmt.bold, "w:b"),
            *on(fmt.italic, "w:i"),
            *on(fmt.small_caps, "w:smallCaps"),
            *on(fmt.strike, "w:strike"),
            *([element("w:u", val="single")] if fmt.underline else []),
            *([element("w:vertAlign", val="superscript")] if fmt.superscript else []),
            *([element("w:vertAlign", val="subscript")] if fmt.subscript and not fmt.superscript else []),
            *([element("w:lang", val=fmt.language)] if fmt.language else []),
        ]

    def _linked(self, content: Iterable[Text]) -> list[Markup]:
        style = self.styles.id("Hyperlink")
        runs = []
        for text in content:
            own = self._properties(text.format)
            has_style = any(each.startswith("<w:rStyle ") for each in own)
            look = own if has_style else [element("w:rStyle", val=style), *own]
            runs.append(run(text_elements(text.text), look))
        return runs

    def _link(self, link: Link) -> Markup:
        inside = "".join(self._linked(link.content))
        target = self.part.relate_to(link.address, RT.HYPERLINK, is_external=True)
        return f'<w:hyperlink w:history="1" r:id="{target}">{inside}</w:hyperlink>'

    def _jump(self, jump: Jump) -> Markup:
        return element(
            "w:hyperlink", self._linked(jump.content), anchor=self.names.anchors[jump.anchor], history="1"
        )

    def _note(self, note: Note) -> list[Markup]:
        number = self.add_note(note)
        style = element("w:rStyle", val=self.styles.id("footnote reference"))
        reference = run([element("w:footnoteReference", id=number)], [style])
        if note.name not in self.names.referred:
            return [reference]
        start, end = self.names.bookmark(note_bookmark(note.name))
        return [start, reference, end]

    def _note_again(self, again: NoteAgain) -> list[Markup]:
        """Refer back with a live NOTEREF (17.16.5.39); its result is set when all notes stand."""
        lead = f"{again.prefix.rstrip()} {self.words['note']}" if again.prefix else self.words["se_note"]
        after = f", {again.suffix.lstrip(', ').rstrip('.')}." if again.suffix.strip(" ,.") else "."
        code = f" NOTEREF {note_bookmark(again.name)} \\h "
        look = partial(self._properties, Format(exempt=again.exempt))
        return [
            run(text_elements(f"{lead}\xa0"), look()),
            *field_runs(code, "0", look()),
            run(text_elements(after), look()),
        ]

    def picture(self, image: Image) -> Markup:
        """Return a w:drawing no larger than the text, with the alternative text (20.4.2.5)."""
        inline = self.part.new_pic_inline(io.BytesIO(image.data), image.width and Emu(image.width))
        extent, shape = inline.extent, inline.graphic.graphicData.pic.spPr
        most = self.text_height - _ROOM_FOR_CAPTION
        scale = min(1, self.text_width / max(extent.cx, 1), most / max(extent.cy, 1))
        extent.cx = shape.cx = Emu(max(1, round(extent.cx * scale)))
        extent.cy = shape.cy = Emu(max(1, round(extent.cy * scale)))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        inline.docPr.set("descr", image.alt)
        inline.docPr.set("id", str(self.names.picture()))
        return element("w:drawing", [from_tree(inline)])


def field_runs(code: str, result: str, properties: Iterable[Markup] = ()) -> list[Markup]:
    """Return a complex field (17.16.18) with its result."""
    instruction = f'<w:instrText xml:space="preserve">{in_text(code)}</w:instrText>'
    return [
        run([element("w:fldChar", fldCharType="begin")]),
        run([instruction]),
        run([element("w:fldChar", fldCharType="separate")]),
        run(text_elements(result), properties),
        run([element("w:fldChar", fldCharType="end")]),
    ]
