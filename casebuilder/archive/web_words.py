"""The few words that a page has and its paper does not: names of its parts, in the paper's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """They belong to the paper and not to the run, so they do not follow the language of the messages."""

    skip: str
    contents: str
    notes: str
    note: str
    endnote: str
    back: str
    table: str
    picture: str
    top: str


_NB = Words(
    skip="Hopp til innholdet",
    contents="Innhold",
    notes="Noter",
    note="Note {label}",
    endnote="Sluttnote {label}",
    back="Tilbake til note {label} i teksten",
    table="Tabell",
    picture="Bilde uten beskrivelse",
    top="Til toppen",
)
_NN = Words(
    skip="Hopp til innhaldet",
    contents="Innhald",
    notes="Notar",
    note="Note {label}",
    endnote="Sluttnote {label}",
    back="Tilbake til note {label} i teksten",
    table="Tabell",
    picture="Bilete utan skildring",
    top="Til toppen",
)
_EN = Words(
    skip="Skip to content",
    contents="Contents",
    notes="Notes",
    note="Note {label}",
    endnote="Endnote {label}",
    back="Back to note {label} in the text",
    table="Table",
    picture="Picture without a description",
    top="To the top",
)
_BY_LANGUAGE = {"nb": _NB, "no": _NB, "nn": _NN}


def words_in(language: str) -> Words:
    """Return the words in a language such as «nn-NO»; English where there are none."""
    return _BY_LANGUAGE.get(language.partition("-")[0].casefold(), _EN)
