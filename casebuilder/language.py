"""The language of what a clerk reads: messages looked up in gettext catalogs and filled in."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casebuilder.problems import Message, Place, Problem, Spot, msg

LOCALE_DIR = Path(__file__).parent / "locale"
DOMAIN = "casebuilder"
LANGUAGES = ("nb", "en")

ARGPARSE_TEXTS = (
    msg("usage: "),
    msg("positional arguments"),
    msg("options"),
    msg("show this help message and exit"),
    msg("%(prog)s: error: %(message)s\n"),
    msg("the following arguments are required: %s"),
    msg("unrecognized arguments: %s"),
    msg("argument %(argument_name)s: %(message)s"),
    msg("invalid choice: %(value)r (choose from %(choices)s)"),
    msg("expected one argument"),
)
"""What the standard library's argparse says, so that the catalogs speak for it too."""


_PARTS = {
    "header default": msg("header"),
    "header first": msg("header of the first page"),
    "header even": msg("header of even pages"),
    "footer default": msg("footer"),
    "footer first": msg("footer of the first page"),
    "footer even": msg("footer of even pages"),
    "footnotes": msg("footnotes"),
    "endnotes": msg("endnotes"),
}


@dataclass(frozen=True)
class Speaker:
    """Says messages, places and problems in one language, «nb» or «en»."""

    lookup: Callable[[str], str]
    language: str = "en"

    def say(self, message: Message) -> str:
        """Return the message's translated sentence with its values filled in."""
        values = {
            name: self.say(value) if isinstance(value, Message) else value for name, value in message.values
        }
        return self.lookup(message.id).format(**values)

    def place(self, place: Place) -> str:
        """Return where a problem stands within its file: «vedtak!F7», «linje 3, kolonne 12»."""
        parts = [_cell(place)] if place.sheet else self._spot(place.spot)
        if place.line:
            parts.append(self.say(msg("line {line}, column {column}", line=place.line, column=place.column)))
        if place.paragraph:
            parts.append(self.say(msg("paragraph {number}", number=place.paragraph)))
        if place.heading:
            parts.append(self.say(msg("under «{heading}»", heading=place.heading)))
        words = f" «{place.spot.words}»" if place.spot.words else ""
        return ", ".join(parts) + words

    def _spot(self, spot: Spot) -> list[str]:
        parts = [self.say(_PARTS[spot.part])] if spot.part else []
        if spot.table:
            cell = msg(
                "table {table}, row {row}, cell {cell}", table=spot.table, row=spot.row, cell=spot.cell
            )
            parts.append(self.say(cell))
        return parts

    def problem(self, problem: Problem) -> str:
        """Return one problem as a line: place, what is there, what would be right."""
        where = self.place(problem.place)
        found = self.say(problem.found)
        told = f"{where}: {found}" if where else found
        return f"{told} {self.say(problem.expected)}" if problem.expected else told


def _cell(place: Place) -> str:
    return f"{place.sheet}!{place.cell}" if place.cell else place.sheet


def speaker(language: str) -> Speaker:
    """Return the Speaker of «nb» or «en»."""
    catalog = gettext.translation(DOMAIN, LOCALE_DIR, languages=[language], fallback=False)
    return Speaker(catalog.gettext, language)
