"""What a clerk should know of a column beyond its declaration; shown when a cell is chosen in Excel.

A name is a field of any sheet, or «sheet.field» where the field means something else in other sheets.
"""

from __future__ import annotations

from collections.abc import Mapping

NOTES: Mapping[str, str] = {
    "organ_id": "Fast nøkkel som aldri endres, som OSLOREGIONEN.",
    "kortnavn": "Brukes etter første omtale.",
    "definisjon": "Blir fotnote ved første omtale.",
    "presisjon": "Bestemmer om det skrives «i 1993», «i desember 2003» eller «17. desember 2003».",
    "organhistorikk.dato": "Er bare måneden eller året kjent, skriv første dag i den.",
    "enhet_id": "Kommunenummer (fire sifre) eller fylkesnummer (to), lagret som tekst.",
    "navn_fullt": "Overstyrer navnet i løpende tekst.",
    "gyldig_til": "Siste dag enheten fantes.",
    "medlem_fra": "Første dag som medlem. Tom: så langt tilbake vi vet.",
    "utmelding_varslet": "Dagen det skriftlige varselet kom inn.",
    "utmelding_virkning": "Første dag UTEN medlemskap. Tom: vedtakets virkningsdato.",
    "virkningsdato": "Første dag som medlem, eller første dag utenfor.",
    "behandles_dato": "Dagen saken skal opp hos den som vedtar.",
    "innstilling": "Kort, som «utmelding», eller en hel setning.",
    "merknad": "Går aldri inn i et papir.",
    "møte_id": "Nøkkel, som STYRET-2026-02.",
    "innkalt_dato": "Registeret leses per denne dagen når «Opplysninger per» står tom.",
    "sak_id": "Nøkkel, som STYRET-2026-012. Følger saken selv om nummer og tittel endres.",
    "løpenr": "Nummeret på sakslisten; gir «Sak 12/26».",
    "rekkefølge": "Plassen på sakslisten. Tom: radens plass i arket.",
    "saker.tittel": "Uten punktum til slutt.",
    "unntatt_hjemmel": "Som «offl. § 13 første ledd, jf. fvl. § 13 første ledd nr. 1».",
    "forslag_til_vedtak": "Ett punkt på hver linje. Word nummererer dem. Trykkes ordrett.",
    "sammendrag": "Inntil fem linjer. Kan også stå i teksten under overskriften Sammendrag.",
    "tekst": "Filen eller mappen i sources/tekster. Tom: sakens ID.",
    "standdato": "Dagen registeret leses på. Tom: dagen innkallingen ble sendt.",
    "saker.status": "Papirer med status utsendt eller behandlet lages aldri på nytt.",
    "fil": "Filens navn i mappen sources/vedlegg.",
    "utrykt": "Et utrykt vedlegg nevnes, men kopieres ikke.",
    "kilde_id": "Nøkkelen som teksten viser til med [@KILDE-ID].",
    "lest_dato": "Dagen adressen ble lest.",
    "fotnotetekst": "Brukes i stedet for den noten som ellers bygges av kolonnene.",
}
