"""The contract of the workbooks: every sheet and column that casebuilder reads, as one table.

Reading, defaults, code lists and messages all follow from these declarations. A column stands here
once; `field` is its name in code and in messages' rule names, `header` what the clerk sees.
"""

from __future__ import annotations

from casebuilder.sheets.declarations import Column, Filled, Is, Kind, Sheet

MEMBERSHIP_DECISION = Is("type", "innmelding", "utmelding")
EXEMPT = Is("tilgang", "delvis unntatt", "unntatt")

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "organer",
        (
            Column("organ_id", "Organ-ID", Kind.TEXT, required=True, unique=True, pattern=r"[A-ZÆØÅ0-9_]+"),
            Column("navn", "Formelt navn", Kind.TEXT, required=True),
            Column("kortnavn", "Kortnavn", Kind.TEXT),
            Column("definisjon", "Definisjon (fotnote)", Kind.LONG_TEXT),
            Column(
                "organisasjonsform", "Organisasjonsform", Kind.CODE, codes="organisasjonsform", required=True
            ),
            Column("eget_rettssubjekt", "Eget rettssubjekt", Kind.CODE, codes="janei"),
            Column("orgnr", "Organisasjonsnummer", Kind.TEXT, pattern=r"\d{9}"),
            Column("kontorkommune", "Kontorkommune", Kind.REFERENCE, refers_to="enheter", padded=True),
            Column("nettsted", "Nettsted", Kind.URL),
            Column(
                "uttreden_regel", "Regel for uttreden", Kind.CODE, codes="uttredenregel", default="ukjent"
            ),
            Column(
                "uttreden_varsel_mnd",
                "Varsel (måneder)",
                Kind.INTEGER,
                required_when=Is("uttreden_regel", "måneder"),
                least=0,
                most=36,
            ),
            Column(
                "uttreden_virkning",
                "Virker fra",
                Kind.CODE,
                codes="uttredenvirkning",
                required_when=Is("uttreden_regel", "måneder", "helt kalenderår"),
            ),
            Column(
                "uttreden_hjemmel",
                "Hjemmel for uttreden",
                Kind.TEXT,
                required_when=Is("uttreden_regel", "måneder", "helt kalenderår"),
            ),
            Column("kilde_id", "Kilde", Kind.REFERENCE, refers_to="kilder"),
        ),
    ),
    Sheet(
        "organhistorikk",
        (
            Column("organ_id", "Organ-ID", Kind.REFERENCE, refers_to="organer", required=True),
            Column("hendelse", "Hendelse", Kind.CODE, codes="hendelse", required=True),
            Column("dato", "Dato", Kind.DATE, required=True),
            Column("presisjon", "Presisjon", Kind.CODE, codes="presisjon", default="dag"),
            Column(
                "ny_form",
                "Ny organisasjonsform",
                Kind.CODE,
                codes="organisasjonsform",
                required_when=Is("hendelse", "omdannet"),
            ),
            Column("beskrivelse", "Beskrivelse", Kind.TEXT),
            Column("vedtak_id", "Vedtak", Kind.REFERENCE, refers_to="vedtak"),
            Column("kilde_id", "Kilde", Kind.REFERENCE, refers_to="kilder"),
        ),
        known_by=("organ_id", "hendelse"),
    ),
    Sheet(
        "enheter",
        (
            Column("enhet_id", "Enhet-ID", Kind.TEXT, required=True, unique=True, padded=True),
            Column("type", "Type", Kind.CODE, codes="enhetstype", required=True),
            Column("navn", "Navn", Kind.TEXT, required=True),
            Column("navn_fullt", "Fullt navn", Kind.TEXT),
            Column(
                "fylkesnummer",
                "Fylkesnummer",
                Kind.TEXT,
                required_when=Is("type", "kommune"),
                pattern=r"\d{2}",
                padded=True,
            ),
            Column("gyldig_fra", "Gyldig fra", Kind.DATE),
            Column("gyldig_til", "Gyldig til (siste dag)", Kind.DATE),
            Column("etterfølger", "Etterfølger(e)", Kind.REFERENCES, refers_to="enheter", padded=True),
        ),
    ),
    Sheet(
        "medlemmer",
        (
            Column("medlemskap_id", "Medlemskap-ID", Kind.TEXT, unique=True),
            Column("organ_id", "Organ-ID", Kind.REFERENCE, refers_to="organer", required=True),
            Column("enhet_id", "Enhet-ID", Kind.REFERENCE, refers_to="enheter", padded=True, required=True),
            Column("enhet_navn", "Medlem (vises)", Kind.FORMULA),
            Column("rolle", "Rolle", Kind.CODE, codes="medlemsrolle", default="medlem"),
            Column("medlem_fra", "Medlem fra", Kind.DATE),
            Column("medlem_fra_presisjon", "Presisjon (fra)", Kind.CODE, codes="presisjon", default="dag"),
            Column("innmelding_vedtak_id", "Vedtak om innmelding", Kind.REFERENCE, refers_to="vedtak"),
            Column("utmelding_varslet", "Utmelding varslet", Kind.DATE),
            Column("utmelding_vedtak_id", "Vedtak om utmelding", Kind.REFERENCE, refers_to="vedtak"),
            Column("utmelding_virkning", "Utmelding virker fra", Kind.DATE),
            Column(
                "utmelding_virkning_presisjon", "Presisjon (ut)", Kind.CODE, codes="presisjon", default="dag"
            ),
            Column("gruppering", "Delregion", Kind.TEXT),
            Column("kilde_id", "Kilde", Kind.REFERENCES, refers_to="kilder"),
            Column("merknad", "Merknad", Kind.TEXT),
        ),
        known_by=("organ_id", "enhet_id"),
    ),
    Sheet(
        "vedtak",
        (
            Column("vedtak_id", "Vedtak-ID", Kind.TEXT, required=True, unique=True),
            Column("type", "Vedtakstype", Kind.CODE, codes="vedtakstype", required=True),
            Column(
                "enhet_id",
                "Vedtatt av (enhet)",
                Kind.REFERENCE,
                refers_to="enheter",
                padded=True,
                required_when=MEMBERSHIP_DECISION,
            ),
            Column("vedtaksorgan", "Vedtaksorgan", Kind.TEXT, required=True),
            Column("gjelder_organ", "Gjelder organ", Kind.REFERENCE, refers_to="organer", required=True),
            Column("status", "Status", Kind.CODE, codes="vedtakstatus", required=True),
            Column("vedtaksdato", "Vedtaksdato", Kind.DATE, required_when=Is("status", "vedtatt", "avslått")),
            Column(
                "vedtaksdato_presisjon", "Presisjon (vedtak)", Kind.CODE, codes="presisjon", default="dag"
            ),
            Column(
                "behandles_dato",
                "Skal behandles",
                Kind.DATE,
                required_when=Is("status", "planlagt", "til behandling", "innstilt"),
            ),
            Column("innstilling_fra", "Innstilling fra", Kind.TEXT),
            Column("innstilling", "Innstillingens innhold", Kind.TEXT),
            Column("virkningsdato", "Virkning fra", Kind.DATE, required_when=MEMBERSHIP_DECISION),
            Column("sak_id", "Vår sak", Kind.REFERENCE, refers_to="saker"),
            Column("ekstern_saksnr", "Saksnr. hos vedtaksorganet", Kind.TEXT),
            Column("vedtakstekst", "Vedtakstekst", Kind.LONG_TEXT),
            Column("kilde_id", "Kilde", Kind.REFERENCES, refers_to="kilder", required=True),
        ),
    ),
    Sheet(
        "møter",
        (
            Column("møte_id", "Møte-ID", Kind.TEXT, required=True, unique=True),
            Column("organ_id", "Organ-ID", Kind.REFERENCE, refers_to="organer", required=True),
            Column("utvalg", "Utvalg", Kind.TEXT, required=True),
            Column("møtenummer", "Møtenummer", Kind.TEXT, required=True),
            Column("dato", "Møtedato", Kind.DATE, required=True),
            Column("start", "Start", Kind.TIME),
            Column("slutt", "Slutt", Kind.TIME),
            Column("sted", "Sted", Kind.TEXT, required_when=Is("form", "fysisk", "hybrid")),
            Column("form", "Møteform", Kind.CODE, codes="møteform", default="fysisk"),
            Column("innkalt_dato", "Innkalling sendt", Kind.DATE),
            Column("lukket", "Lukket", Kind.CODE, codes="janei", default="nei"),
            Column("lukket_hjemmel", "Hjemmel for lukking", Kind.TEXT, required_when=Is("lukket", "ja")),
            Column("møteleder", "Møteleder", Kind.TEXT),
            Column("protokollfører", "Protokollfører", Kind.TEXT),
            Column("forrige_møte_id", "Forrige møte", Kind.REFERENCE, refers_to="møter"),
        ),
    ),
    Sheet(
        "saker",
        (
            Column("sak_id", "Sak-ID", Kind.TEXT, required=True, unique=True),
            Column("møte_id", "Møte-ID", Kind.REFERENCE, refers_to="møter", required=True),
            Column("rekkefølge", "Rekkefølge", Kind.INTEGER, least=1),
            Column(
                "løpenr",
                "Løpenummer",
                Kind.INTEGER,
                required_when=Is("status", "klar", "utsendt", "behandlet"),
                least=1,
            ),
            Column("år", "År", Kind.INTEGER, least=1000, most=9999),
            Column("sakstype", "Sakstype", Kind.CODE, codes="sakstype", required=True),
            Column(
                "behandlingsmåte", "Behandlingsmåte", Kind.CODE, codes="behandlingsmåte", default="vedtak"
            ),
            Column("tittel", "Tittel", Kind.TEXT, required=True, longest=255),
            Column("offentlig_tittel", "Offentlig tittel", Kind.TEXT),
            Column("saksbehandler", "Saksbehandler", Kind.TEXT, required=True),
            Column("saksansvarlig", "Saksansvarlig", Kind.TEXT),
            Column("arkivsaksnr", "Arkivsaksnr.", Kind.TEXT, pattern=r"(?:\d{2}|\d{4})/\d+(?:-\d+)?"),
            Column("journalpost_id", "Journalpost-ID", Kind.TEXT),
            Column("klassering", "Arkivkode", Kind.TEXT),
            Column("tilgang", "Tilgang", Kind.CODE, codes="tilgang", default="offentlig"),
            Column("unntatt_hjemmel", "Hjemmel for unntak", Kind.TEXT, required_when=EXEMPT),
            Column(
                "forslag_til_vedtak",
                "Forslag til vedtak",
                Kind.LONG_TEXT,
                required_when=Is("behandlingsmåte", "vedtak"),
            ),
            Column("sammendrag", "Sammendrag", Kind.LONG_TEXT),
            Column("mal", "Mal", Kind.FILE, default="saksfremstilling.docx", pattern=r".+\.docx"),
            Column("tekst", "Tekst", Kind.FILE),
            Column("målform", "Målform", Kind.CODE, codes="målform", default="nb"),
            Column("standdato", "Opplysninger per", Kind.DATE),
            Column("kilder", "Kilder", Kind.REFERENCES, refers_to="kilder"),
            Column("status", "Status", Kind.CODE, codes="saksstatus", default="utkast"),
        ),
    ),
    Sheet(
        "vedlegg",
        (
            Column("sak_id", "Sak-ID", Kind.REFERENCE, refers_to="saker", required=True),
            Column("nr", "Nr.", Kind.INTEGER, required=True, least=1),
            Column("tittel", "Tittel", Kind.TEXT, required=True),
            Column("fil", "Fil", Kind.FILE, required=True),
            Column("dato", "Dokumentdato", Kind.DATE),
            Column("utrykt", "Utrykt vedlegg", Kind.CODE, codes="janei"),
            Column("tilgang", "Tilgang", Kind.CODE, codes="tilgang", default="offentlig"),
            Column("unntatt_hjemmel", "Hjemmel for unntak", Kind.TEXT, required_when=EXEMPT),
            Column("sladdet_fil", "Sladdet utgave", Kind.FILE, required_when=Is("tilgang", "delvis unntatt")),
        ),
        known_by=("sak_id", "nr"),
    ),
    Sheet(
        "deltakere",
        (
            Column("møte_id", "Møte-ID", Kind.REFERENCE, refers_to="møter", required=True),
            Column("navn", "Navn", Kind.TEXT, required=True),
            Column("representerer", "Representerer", Kind.TEXT),
            Column("funksjon", "Funksjon", Kind.CODE, codes="deltakerfunksjon", required=True),
            Column("møtte", "Møtte", Kind.CODE, codes="janei", required=True),
            Column("vara_for", "Vara for", Kind.TEXT),
            Column("fra_sak", "Fra sak", Kind.REFERENCE, refers_to="saker"),
            Column("til_sak", "Til og med sak", Kind.REFERENCE, refers_to="saker"),
        ),
        optional=True,
    ),
    Sheet(
        "behandling",
        (
            Column("sak_id", "Sak-ID", Kind.REFERENCE, refers_to="saker", required=True),
            Column("behandling", "Behandling", Kind.LONG_TEXT),
            Column("forslag", "Forslag i møtet", Kind.LONG_TEXT),
            Column("resultat", "Resultat", Kind.CODE, codes="vedtakstatus", required=True),
            Column("enstemmig", "Enstemmig", Kind.CODE, codes="janei", required=True),
            Column("for", "Stemmer for", Kind.INTEGER, required_when=Is("enstemmig", "nei"), least=0),
            Column("mot", "Stemmer mot", Kind.INTEGER, required_when=Is("enstemmig", "nei"), least=0),
            Column("dobbeltstemme", "Møtelederens stemme avgjorde", Kind.CODE, codes="janei"),
            Column("inhabile", "Inhabile/fritatte", Kind.TEXT),
            Column("vedtak", "Vedtak", Kind.LONG_TEXT, required=True),
        ),
        optional=True,
    ),
    Sheet(
        "kilder",
        (
            Column("kilde_id", "Kilde-ID", Kind.TEXT, required=True, unique=True),
            Column("type", "Type", Kind.CODE, codes="kildetype", required=True),
            Column("tittel", "Tittel", Kind.TEXT, required=True),
            Column("forfatter", "Forfatter", Kind.TEXT),
            Column("utgiver", "Utgiver", Kind.TEXT, required_when=Is("type", "nettside", "rapport")),
            Column("utgitt_dato", "Utgitt", Kind.DATE),
            Column("utgitt_presisjon", "Presisjon (utgitt)", Kind.CODE, codes="presisjon", default="dag"),
            Column("url", "Adresse", Kind.URL, required_when=Is("type", "nettside")),
            Column("lest_dato", "Lest", Kind.DATE, required_when=Filled("url")),
            Column("henvisning", "Henvisning", Kind.TEXT),
            Column("fotnotetekst", "Fotnotetekst (overstyrer)", Kind.LONG_TEXT),
            Column("arkivkopi", "Lokal kopi", Kind.FILE),
            Column("språk", "Språk", Kind.CODE, codes="språk"),
            Column("merknad", "Merknad", Kind.TEXT),
        ),
    ),
    Sheet(
        "avvik",
        (
            Column("regel", "Regel", Kind.TEXT, required=True),
            Column("gjelder", "Gjelder", Kind.TEXT, required=True),
            Column("begrunnelse", "Begrunnelse", Kind.TEXT, required=True),
            Column("initialer", "Initialer", Kind.TEXT, required=True),
            Column("dato", "Dato", Kind.DATE, required=True),
        ),
        optional=True,
    ),
)

BY_NAME = {sheet.name: sheet for sheet in SHEETS}
