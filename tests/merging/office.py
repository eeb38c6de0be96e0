"""Edits in LibreOffice itself: run by the Python that knows UNO, as `office.py PIPE FILE|OUT|ACTS|SEED …`.

It stands alone: it opens a file in an office that listens on a pipe, edits it as the names in ACTS
(joined by commas) say, and saves it as .docx. Needs nothing of ours and nothing but UNO.
"""

# ruff: noqa: FBT003 - UNO takes no arguments by name

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import uno  # type: ignore[import-not-found]

_WORD = "MS Word 2007 XML"


def office() -> Any:
    """Return the desktop of the office that listens on our pipe, and its context."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={sys.argv[1]};urp;StarOffice.ComponentContext")
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.5)
            continue
        return context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        ), context
    raise TimeoutError


def option(name: str, value: object) -> Any:
    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


class Writer:
    """An open text document."""

    def __init__(self, document: Any, context: Any, random: Random, edits: Path) -> None:
        self.document, self.random, self._edits = document, random, edits
        manager = context.ServiceManager
        self._dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def dispatch(self, command: str, **arguments: object) -> None:
        """Do what a menu does."""
        frame = self.document.CurrentController.Frame
        options = tuple(option(name, value) for name, value in arguments.items())
        self._dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, options)

    def paragraphs(self) -> list[Any]:
        """Return the paragraphs of the text with more than a few words, tables left out."""
        found = self.document.Text.createEnumeration()
        every = []
        while found.hasMoreElements():
            every.append(found.nextElement())
        real = [each for each in every if each.supportsService("com.sun.star.text.Paragraph")]
        return [each for each in real if len(each.String) > 20]

    def cursor(self, *, words: int = -1) -> Any:
        """Return a cursor in some paragraph, at its start or after some words."""
        paragraph = self.random.choice(self.paragraphs())
        cursor = paragraph.Text.createTextCursorByRange(paragraph.Start)
        for _ in range(self.random.randint(1, 4) if words < 0 else words):
            cursor.gotoNextWord(False)
        return cursor

    def tables(self) -> list[Any]:
        return [self.document.TextTables.getByIndex(at) for at in range(self.document.TextTables.Count)]

    # ---- what a person does ----

    def type_words(self) -> None:
        cursor = self.cursor()
        cursor.Text.insertString(cursor, f"heller {self._tag()} ", False)

    def type(self) -> None:
        """Type and delete at words that stand once in the document, as a list beside the file says."""
        for words, at, deleted, typed in json.loads(self._edits.read_text(encoding="utf-8")):
            search = self.document.createSearchDescriptor()
            search.SearchString, search.SearchCaseSensitive = words, True
            found = self.document.findAll(search)
            if found.Count != 1:
                continue  # who asks looks in the file for what was typed
            place = found.getByIndex(0)
            cursor = place.Text.createTextCursorByRange(place.Start)
            cursor.goRight(at, False)
            cursor.goRight(deleted, True)
            cursor.String = typed

    def replace_words(self) -> None:
        cursor = self.cursor()
        cursor.gotoEndOfWord(True)
        cursor.String = self._tag()

    def delete_words(self) -> None:
        cursor = self.cursor()
        cursor.gotoNextWord(True)
        cursor.String = ""

    def split_paragraph(self) -> None:
        cursor = self.cursor(words=2)
        cursor.Text.insertControlCharacter(cursor, 0, False)  # PARAGRAPH_BREAK

    def join_paragraphs(self) -> None:
        cursor = self.cursor(words=0)
        cursor.gotoEndOfParagraph(False)
        cursor.goRight(1, True)
        cursor.String = ""

    def delete_section(self) -> None:
        every = self.paragraphs()
        heads = [at for at, each in enumerate(every) if each.ParaStyleName.startswith("Heading")]
        if len(heads) > 1:
            at = self.random.randrange(len(heads) - 1)
            cursor = self.document.Text.createTextCursorByRange(every[heads[at]].Start)
            cursor.gotoRange(every[heads[at + 1]].Start, True)
            cursor.String = ""

    def add_heading(self) -> None:
        cursor = self.cursor(words=0)
        cursor.gotoEndOfParagraph(False)
        cursor.Text.insertControlCharacter(cursor, 0, False)
        cursor.ParaStyleName = "Heading 1"
        cursor.Text.insertString(cursor, f"Overskrift {self._tag()}", False)

    def add_note(self) -> None:
        cursor = self.cursor()
        note = self.document.createInstance("com.sun.star.text.Footnote")
        cursor.Text.insertTextContent(cursor, note, False)
        note.insertString(note.createTextCursor(), f"Note {self._tag()}", False)

    def add_row(self) -> None:
        table = self.tables()[-1]
        table.Rows.insertByIndex(table.Rows.Count, 1)
        table.getCellByPosition(0, table.Rows.Count - 1).String = f"Rad {self._tag()}"

    def add_comment(self) -> None:
        cursor = self.cursor()
        cursor.gotoEndOfWord(True)
        comment = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        comment.Author, comment.Content = "Kari Prøve", f"Er dette riktig? {self._tag()}"
        cursor.Text.insertTextContent(cursor, comment, True)

    def bold_words(self) -> None:
        cursor = self.cursor()
        cursor.gotoEndOfWord(True)
        cursor.CharWeight = 150.0

    def track_words(self) -> None:
        """Type and delete with tracking switched on."""
        self.document.RecordChanges = True
        self.type_words()
        self.delete_words()
        self.document.RecordChanges = False

    def accept_some(self) -> None:
        """Accept the tracked changes of one paragraph after another, every other one."""
        view = self.document.CurrentController.ViewCursor
        for paragraph in self.paragraphs()[::2]:
            view.gotoRange(paragraph, False)
            self.dispatch("AcceptTrackedChange")

    def accept_all(self) -> None:
        self.dispatch("AcceptAllTrackedChanges")

    def reject_all(self) -> None:
        self.dispatch("RejectAllTrackedChanges")

    def nothing(self) -> None:
        """Only save."""

    def _tag(self) -> str:
        return f"hun{self.random.randrange(10**6)}"


def main() -> None:
    """Edit one file after the other: each argument is FILE|OUT|ACTS|SEED."""
    desktop, context = office()
    for job in sys.argv[2:]:
        source, target, acts, seed = job.split("|")
        options = (option("Hidden", value=True),)
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, options)
        writer = Writer(document, context, Random(int(seed)), Path(source).with_suffix(".json"))
        for act in acts.split(","):
            getattr(writer, act)()
        document.storeToURL(Path(target).as_uri(), (option("FilterName", _WORD),))
        document.close(True)


if __name__ == "__main__":
    main()
