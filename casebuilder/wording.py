"""Norwegian wording: the fixed words of a paper, names in a row, dates by their precision (pure).

bokmål is «nb», nynorsk «nn»; the months' names and order come from CLDR through Babel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from casebuilder.register.dates import CoarseDate, Precision

NBSP = "\xa0"

WORDS: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "saksfremstilling": "Saksfremstilling",
        "utvalg": "Utvalg",
        "møtedato": "Møtedato",
        "sak": "Sak",
        "saksnummer": "Saksnummer",
        "saksbehandler": "Saksbehandler",
        "saksansvarlig": "Saksansvarlig",
        "arkivsaksnr": "Arkivsaksnr.",
        "journalpost_id": "Journalpost-ID",
        "klassering": "Arkivkode",
        "tilgang": "Tilgang",
        "hjemmel": "Hjemmel",
        "møtested": "Møtested",
        "forslag_til_vedtak": "Forslag til vedtak",
        "sammendrag": "Sammendrag",
        "vedlegg": "Vedlegg",
        "kilder": "Kilder",
        "opplysninger_per": "Opplysninger om medlemskap er hentet fra registeret per",
        "side": "Side",
        "av": "av",
        "og": "og",
        "utrykt": "utrykt vedlegg",
        "offentlig": "Offentlig",
        "delvis unntatt": "Delvis unntatt offentlighet",
        "unntatt": "Unntatt offentlighet",
        "offentlig_versjon": "Offentlig versjon",
        "offentlig_saksliste": "Offentlig saksliste",
        "møtenummer": "Møtenummer",
        "jf": "jf.",
        "lest": "lest",
        "hentet": "Hentet fra",
        "se_note": "Se note",
        "note": "note",
        "tabell": "Tabell",
        "figur": "Figur",
        "i": "i",
        "virkning": "med virkning fra",
        "betinget_virkning": "som i så fall får virkning fra",
        "vedtok": "vedtok",
        "å melde seg ut": "å melde seg ut",
        "å melde seg ut av": "å melde seg ut av",
        "skal behandle": "skal behandle",
        "sak utmelding": "sak om utmelding av",
        "sak innmelding": "sak om innmelding i",
        "sak omdanning": "sak om omdanning av",
        "sak avtaleendring": "sak om endring av samarbeidsavtalen for",
        "sak valg": "sak om valg i",
        "sak budsjett": "sak om budsjettet for",
        "sak annet": "en sak om",
        "har innstilt": "har innstilt på",
        "er innstilt": "Det er innstilt på",
        "innstillingen fra": "Innstillingen fra",
        "innstillingen": "Innstillingen",
        "lyder": "lyder",
        "blir vedtatt": "Blir forslaget vedtatt, får det virkning fra",
        "blir utmelding": "Blir utmeldingen vedtatt, får den virkning fra",
        "blir innmelding": "Blir innmeldingen vedtatt, får den virkning fra",
        "medlem": "Medlem",
        "medlemmer_i": "Medlemmer i",
        "medlem fra": "Medlem fra",
        "delregion": "Delregion",
        "utmeldinger_av": "Utmeldinger av",
        "vedtak_om": "Vedtak som gjelder",
        "vedtatt": "Vedtatt",
        "virker fra": "Virker fra",
        "vedtak av": "Vedtak av",
        "gjelder": "Gjelder",
        "status": "Status",
        "dato": "Dato",
    },
    "nn": {
        "saksfremstilling": "Saksutgreiing",
        "utvalg": "Utval",
        "møtedato": "Møtedato",
        "sak": "Sak",
        "saksnummer": "Saksnummer",
        "saksbehandler": "Saksbehandlar",
        "saksansvarlig": "Saksansvarleg",
        "arkivsaksnr": "Arkivsaksnr.",
        "journalpost_id": "Journalpost-ID",
        "klassering": "Arkivkode",
        "tilgang": "Tilgang",
        "hjemmel": "Heimel",
        "møtested": "Møtestad",
        "forslag_til_vedtak": "Framlegg til vedtak",
        "sammendrag": "Samandrag",
        "vedlegg": "Vedlegg",
        "kilder": "Kjelder",
        "opplysninger_per": "Opplysningar om medlemskap er henta frå registeret per",
        "side": "Side",
        "av": "av",
        "og": "og",
        "utrykt": "uprenta vedlegg",
        "offentlig": "Offentleg",
        "delvis unntatt": "Delvis unnateke offentlegheit",
        "unntatt": "Unnateke offentlegheit",
        "offentlig_versjon": "Offentleg versjon",
        "offentlig_saksliste": "Offentleg sakliste",
        "møtenummer": "Møtenummer",
        "jf": "jf.",
        "lest": "lese",
        "hentet": "Henta frå",
        "se_note": "Sjå note",
        "note": "note",
        "tabell": "Tabell",
        "figur": "Figur",
        "i": "i",
        "virkning": "med verknad frå",
        "betinget_virkning": "som i så fall får verknad frå",
        "vedtok": "vedtok",
        "å melde seg ut": "å melde seg ut",
        "å melde seg ut av": "å melde seg ut av",
        "skal behandle": "skal behandle",
        "sak utmelding": "sak om utmelding av",
        "sak innmelding": "sak om innmelding i",
        "sak omdanning": "sak om omdanning av",
        "sak avtaleendring": "sak om endring av samarbeidsavtalen for",
        "sak valg": "sak om val i",
        "sak budsjett": "sak om budsjettet for",
        "sak annet": "ei sak om",
        "har innstilt": "har tilrådd",
        "er innstilt": "Det er tilrådd",
        "innstillingen fra": "Tilrådinga frå",
        "innstillingen": "Tilrådinga",
        "lyder": "lyder",
        "blir vedtatt": "Blir framlegget vedteke, får det verknad frå",
        "blir utmelding": "Blir utmeldinga vedteken, får ho verknad frå",
        "blir innmelding": "Blir innmeldinga vedteken, får ho verknad frå",
        "medlem": "Medlem",
        "medlemmer_i": "Medlemmer i",
        "medlem fra": "Medlem frå",
        "delregion": "Delregion",
        "utmeldinger_av": "Utmeldingar av",
        "vedtak_om": "Vedtak som gjeld",
        "vedtatt": "Vedteke",
        "virker fra": "Gjeld frå",
        "vedtak av": "Vedtak av",
        "gjelder": "Gjeld",
        "status": "Status",
        "dato": "Dato",
    },
}

_STATUS_NN = {
    "innstilt": "tilrådd",
    "vedtatt": "vedteke",
    "avslått": "avslege",
    "trukket": "trekt",
    "utsatt": "utsett",
    "opphevet": "oppheva",
}
_TYPE_NN = {"valg": "val", "annet": "anna"}

_UNIT_NOUNS = {
    "nb": {
        "kommune": ("kommune", "kommuner"),
        "fylkeskommune": ("fylkeskommune", "fylkeskommuner"),
        "regionråd": ("regionråd", "regionråd"),
        "universitet/høyskole": ("universitet eller høyskole", "universiteter og høyskoler"),
        "": ("medlem", "medlemmer"),
    },
    "nn": {
        "kommune": ("kommune", "kommunar"),
        "fylkeskommune": ("fylkeskommune", "fylkeskommunar"),
        "regionråd": ("regionråd", "regionråd"),
        "universitet/høyskole": ("universitet eller høgskule", "universitet og høgskular"),
        "": ("medlem", "medlemmer"),
    },
}

LANGUAGE_TAGS = {"nb": "nb-NO", "nn": "nn-NO"}
"""The language tag of each målform."""


def counted(number: int, unit_type: str | None, language: str) -> str:
    """Return a number with its noun: «62 kommuner», «1 kommune»."""
    nouns = _UNIT_NOUNS[language]
    one, many = nouns.get(unit_type or "", nouns[""])
    return f"{number}{NBSP}{one if number == 1 else many}"


def status_of_decision(status: str, language: str) -> str:
    """Return a decision's status in the paper's language; the code list is in bokmål."""
    return _STATUS_NN.get(status, status) if language == "nn" else status


def type_of_decision(decision_type: str, language: str) -> str:
    """Return what a decision is about in the paper's language; the code list is in bokmål."""
    return _TYPE_NN.get(decision_type, decision_type) if language == "nn" else decision_type


def proposal(proposed_by: str | None, text: str | None, language: str) -> str:
    """Return a sentence on a proposal, with the full stop that goes before it; nothing without a text.

    «utmelding» or «å melde seg ut» goes into the sentence; what is a sentence of its own is quoted.
    """
    if not text:
        return ""
    words, stated = WORDS[language], text.strip()
    phrase = stated[:1].lower() + stated[1:] if _is_a_word(stated) else stated
    if phrase[:1].islower() and not stated.endswith((".", "!", "?")) and "\n" not in stated:
        lead = f"{capital(proposed_by)} {words['har innstilt']}" if proposed_by else words["er innstilt"]
        return f". {lead} {phrase}"
    lead = f"{words['innstillingen fra']} {proposed_by}" if proposed_by else words["innstillingen"]
    quoted = " ".join(stated.split()).removesuffix(".")
    return f". {lead} {words['lyder']}: «{quoted}»"


def _is_a_word(text: str) -> bool:
    return text.isalpha() and not text.isupper()


def in_a_row(names: Sequence[str], language: str) -> str:
    """Return «A», «A og B», «A, B og C»."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {WORDS[language]['og']} {names[-1]}"


@lru_cache(maxsize=512)
def day(when: date, language: str) -> str:
    """Return «1. januar 2027»."""
    return format_date(when, f"d.'{NBSP}'MMMM y", locale=language)


def day_in_a_message(when: date, language: str) -> str:
    """Return «1. januar 2027» or «January 1, 2027», for the screen."""
    return format_date(when, "long", locale=language)


@lru_cache(maxsize=512)
def coarse(when: CoarseDate, language: str) -> str:
    """Return «17. desember 2004», «desember 2003» or «1993»."""
    if when.precision is Precision.DAY:
        return day(when.day, language)
    if when.precision is Precision.MONTH:
        return format_date(when.day, "MMMM y", locale=language)
    return str(when.year)


def at(when: CoarseDate, language: str) -> str:
    """Return the date as an adverbial: «17. desember 2004», «i desember 2003», «i 1993»."""
    written = coarse(when, language)
    return written if when.precision is Precision.DAY else f"{WORDS[language]['i']}{NBSP}{written}"


def capital(text: str) -> str:
    """Return the text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def sorted_names(names: Sequence[str]) -> list[str]:
    """Return names in Norwegian order: … z æ ø å, with aa as å."""
    return sorted(names, key=_norwegian)


def _norwegian(name: str) -> str:
    folded = name.casefold().replace("aa", "å")
    return folded.replace("æ", "{").replace("ä", "{").replace("ø", "|").replace("ö", "|").replace("å", "}")
