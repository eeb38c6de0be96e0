"""What secretariats write every day gives no warning: no rule on language may cry wolf."""

from __future__ import annotations

import pytest

from tests.prose.language import house, review, told

INNOCENT = """\
I dag er arbeidet delt mellom flere organer. Nå er tiden inne.
Det haster i vår region, og i vår skal vi møtes.
Kommunene har i årene som kommer mindre å rutte med.
I år 2000 var det 435 kommuner, og tallet har gått ned år for år.
Det er 357 kommuner i Norge.
Fristen er 1. mars hvert år, og regnskapet avlegges innen 22. februar året etter.
Budsjettet vedtas vanligvis 15. desember.
Styret møtes 12. februar, 23. april og 17. september 2026.
Perioden er 1.–3. mars 2026, eller fra 1. mars til 30. juni 2026.
I 2026 møtes styret 12. februar. Neste møte er 23. april.
Den 17. mai er fridag, og 1. mai også.
Den 1. januar 2027 trer utmeldingen i kraft, jf. kommuneloven § 18-1.
Grunnloven § 49 og Kommunal- og distriktsdepartementet. Kommuneloven kom i 2018.
Oslo Kommune Pensjonskasse er et selskap.
Horten kommune og Asker og Horten kommuner samarbeider.
Kommunene i Viken, fylkeskommunene og staten er enige.
Fylkeskommunene Viken og Innlandet ble etablert 1. januar 2020.
Fjordlandsrådets medlemmer og Fjordlandsrådet IPR, FJORDLANDSRÅDET og Fjordlands-rådet.
rådet og Rådet, regionrådet og Østlandsrådet er ulike ting.
Fek er ikke en forkortelse. En fek.
Han sa: «Vi gikk ut i fjor, den 26. februar , og det var  fint i Horten Kommune.»
Rapporten heter «Om [ABC-1] og { x }».
Møtet begynner kl. 12.00 og varer til kl. 14:30. Prisen er 10 000 kr (0,5 %).
Se [nettsiden](https://www.example.org/a_b_c) eller skriv til post@example.org.
Rådet kan treffe vedtak … og mer. Hva skjer? Nei! Ja: det er slik, f.eks. slik osv.
Saken er 50 % – 60 % ferdig, A/B og/eller C, se § 18-1.
Det er overordnet, samlet og ordnet. Barnet og barna, landet og landa, åpningen.
Fotnoten [1], bokstav [a], [sic] og [...] er ikke kilder.
Koden `{ x }`, `[ABC-1]` og `a  b` er kode. \\{ og \\[ABC-2\\] er ment.
Filen heter 1.mars.txt, versjon 1.2 og punkt 3.mai-listen.
Møtet er kl. 12. Mars er en måned. Se side 3. September er fin.
Fjordlandsrådet1 er et fotnotetegn som er blitt stående.
Et skille ... som dette, og 2 * 3 = 6.
Store kommuner og denne kommunen. En annen kommune. Egen kommune. Samme kommune.
Vedtatt av Horten kommune 12. desember 2025 og i Asker 13. desember samme år.
**Fet** og *kursiv* tekst i Horten *kommune*.
""".splitlines()


@pytest.mark.parametrize("sentence", INNOCENT)
def test_an_innocent_sentence_is_left_in_peace(sentence: str) -> None:
    assert review(sentence)[1] == ()


def test_all_the_innocent_sentences_together_are_left_in_peace() -> None:
    text = "# Bakgrunn\n\n" + "\n\n".join(INNOCENT)
    assert review(text)[1] == ()


def test_what_an_expression_gives_is_never_looked_at() -> None:
    known = house(saksansvarlig="I fjor, den 26. februar, var Horten Kommune  her { x }")
    assert told("Ved {{ sak.saksansvarlig }} og {{ sak.saksansvarlig }}.", known) == []


@pytest.mark.parametrize(
    "text",
    [
        "```\ni fjor { x } [ABC-1] https://example.org\n```",
        "Vanlig.\n\n    i fjor { x } 1.januar",
        "- Punkt\n\n        i fjor { x } 1.januar",
        "- Punkt\n\n    ```\n    i fjor { x } 1.januar\n    ```",
        "Ord\n:   Forklaring",
        "> Vi gikk ut i fjor, 26. februar , i Horten Kommune.",
        "| Navn  | Antall |\n|:------|-------:|\n| Horten  |   2  |",
        "  Navn     Antall\n  ------- -------\n  Horten      2\n",
        "[nettside]: https://example.org\n\nSe [nettside].",
        "# Overskrift {#anker .klasse}\n\n![Kart { x }](kart.png){width=5cm}",
        "::: liggende\nTekst.\n:::",
        "Linje én  \nlinje to\\\nlinje tre",
        "[I fjor var Horten Kommune]{lang=en} her.",
    ],
    ids=[
        "fence", "indented", "in list", "fence in list", "definition", "quote", "pipes", "columns",
        "reference", "attributes", "div", "breaks", "foreign",
    ],
)  # fmt: skip
def test_what_is_no_prose_is_left_in_peace(text: str) -> None:
    assert told(text) == []


def test_a_list_of_dates_under_a_year_needs_no_years() -> None:
    assert told("Møtene i 2026 er:\n\n- styret 12. februar\n- styret 23. april\n") == []
    assert told("# Møteplan 2026\n\nStyret møtes 12. februar.") == []


def test_a_summary_may_repeat_the_text() -> None:
    said = "Styret bør drøfte hvordan vi kan samordne oss bedre med de andre samarbeidene på Østlandet."
    assert told(f"# Sammendrag\n\n{said}\n\n# Bakgrunn\n\n{said}") == []
