"""Broken templates: the sample's own, broken in one way each, and what a clerk is to be told of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from casebuilder.word.package import package_of, parts_of
from tests.word.builders import TEMPLATE

Change = Callable[[WordDocument], object]


@dataclass(frozen=True)
class Broken:
    """A way to break a template: how, the rule that tells it, and the beginning of the Norwegian line."""

    name: str
    change: Change
    rule: str
    line: str
    count: int = 1

    def template(self) -> bytes:
        """Return the broken template."""
        document = Document(io.BytesIO(TEMPLATE))
        self.change(document)
        return saved(document)


def take_away(node: Any) -> None:
    node.getparent().remove(node)


def saved(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraph(document: WordDocument, text: str) -> Paragraph:
    """Return the paragraph with this text, in a table or not."""
    nodes = document.element.body.iter(qn("w:p"))
    found = [Paragraph(node, document._body) for node in nodes]
    return next(each for each in found if each.text == text)


def words(old: str, new: str) -> Change:
    """Write other words in a paragraph."""

    def change(document: WordDocument) -> None:
        at = paragraph(document, old)
        first, *others = at.runs
        first.text = new
        for each in others:
            take_away(each._r)

    return change


def before_content(*lines: str) -> Change:
    """Put paragraphs before the text of the case."""

    def change(document: WordDocument) -> None:
        at = paragraph(document, "{{ saksutredning }}")
        for line in lines:
            at.insert_paragraph_before(line)

    return change


def xml_before_content(xml: str) -> Change:
    def change(document: WordDocument) -> None:
        at = paragraph(document, "{{ saksutredning }}")
        spaces = nsdecls("w", "r", "wp", "a") + ' xmlns:v="urn:schemas-microsoft-com:vml"'
        at._p.addprevious(parse_xml(f"<w:p {spaces}>{xml}</w:p>"))

    return change


def deleted(text: str) -> Change:
    def change(document: WordDocument) -> None:
        take_away(paragraph(document, text)._p)

    return change


def header(text: str) -> Change:
    return lambda document: document.sections[0].header.paragraphs[0].insert_paragraph_before(text)


def footer(text: str) -> Change:
    return lambda document: setattr(document.sections[0].footer.paragraphs[0], "text", text)


def first_header(text: str) -> Change:
    return lambda document: setattr(document.sections[0].first_page_header.paragraphs[0], "text", text)


def style(document: WordDocument, style_id: str) -> Any:
    root = document.styles.element
    return next(each for each in root if each.get(qn("w:styleId")) == style_id)


def numbering(document: WordDocument) -> Any:
    relation = next(each for each in document.part.rels.values() if each.reltype == RT.NUMBERING)
    return relation.target_part.element


def of_style(style_id: str, path: str, value: str | None) -> Change:
    """Set an attribute w:val in a style, or take the element away."""

    def change(document: WordDocument) -> None:
        node = style(document, style_id).find("/".join(map(qn, path.split("/"))))
        if value is None:
            take_away(node)
        else:
            node.set(qn("w:val"), value)

    return change


def style_again(document: WordDocument) -> None:
    document.styles.element.append(deepcopy(style(document, "Heading2")))


def style_name_again(document: WordDocument) -> None:
    copy = deepcopy(style(document, "Quote"))
    copy.set(qn("w:styleId"), "Sitat2")
    document.styles.element.append(copy)


def ring(document: WordDocument) -> None:
    style(document, "Kildeliste").find(qn("w:basedOn")).set(qn("w:val"), "Vedleggsliste")
    style(document, "Vedleggsliste").find(qn("w:basedOn")).set(qn("w:val"), "Kildeliste")


def uses_style(tag: str, where: str) -> Change:
    def change(document: WordDocument) -> None:
        at: Any = paragraph(document, where)
        if tag == "w:pStyle":
            at._p.get_or_add_pPr().get_or_add_pStyle().val = "Borte"
        else:
            at.runs[0]._r.get_or_add_rPr().get_or_add_rStyle().val = "Borte"

    return change


def table_style(document: WordDocument) -> None:
    next(document.element.body.iter(qn("w:tblStyle"))).set(qn("w:val"), "Borte")


def dangling_number(document: WordDocument) -> None:
    at: Any = paragraph(document, "{{ ord.kilder }}")
    at._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 99


def no_design(document: WordDocument) -> None:
    root = numbering(document)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="55"/></w:num>'))


def number_twice(document: WordDocument) -> None:
    root = numbering(document)
    root.append(deepcopy(root.findall(qn("w:num"))[-1]))


def other_list(document: WordDocument) -> None:
    root = numbering(document)
    design = deepcopy(root.find(qn("w:abstractNum")))
    design.set(qn("w:abstractNumId"), "70")
    root.findall(qn("w:abstractNum"))[-1].addnext(design)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="70"><w:abstractNumId w:val="70"/></w:num>'))
    style(document, "Heading2").find(f".//{qn('w:numId')}").set(qn("w:val"), "70")


def untied_level(document: WordDocument) -> None:
    level = numbering(document).find(f"{qn('w:abstractNum')}/{qn('w:lvl')}")
    level.remove(level.find(qn("w:pStyle")))


def comment(document: WordDocument) -> None:
    document.add_comment(paragraph(document, "{{ sak.tittel }}").runs, "Skal dette stå her?", author="Kari")
    for node in list(document.element.body.iter(qn("w:rStyle"))):
        take_away(node)


def comment_without_place(document: WordDocument) -> None:
    comment(document)
    for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"):
        for node in list(document.element.body.iter(qn(tag))):
            take_away(node)


def run_font(name: str) -> Change:
    return lambda document: setattr(paragraph(document, "{{ sak.tittel }}").runs[0].font, "name", name)


def header_font(document: WordDocument) -> None:
    document.sections[0].first_page_header.paragraphs[0].runs[0].font.name = "Oslo Sans"


def style_font(document: WordDocument) -> None:
    document.styles["Title"].font.name = "Oslo Sans"


def no_language(document: WordDocument) -> None:
    for node in list(document.styles.element.iter(qn("w:lang"))):
        take_away(node)


def split_over_cells(document: WordDocument) -> None:
    table = document.tables[0]
    table.cell(0, 0).paragraphs[0].runs[0].text = "{% if sak.nummer %}{{ ord.utvalg }}"
    table.cell(0, 1).paragraphs[0].runs[0].text = "{{ møte.utvalg }}{% endif %}"


def tag_in_new_row(document: WordDocument) -> None:
    document.tables[0].cell(0, 1).paragraphs[0].runs[0].text = "{{ møte.utvlag }}"


def strange(name: str, data: bytes) -> bytes:
    """Return the template with one part replaced."""
    return package_of({**parts_of(TEMPLATE), name: data})


_BOX = "<w:txbxContent><w:p><w:r><w:t>{{ sak.tittel }}</w:t></w:r></w:p></w:txbxContent>"
_IN_BOX = f"<w:r><w:pict><v:shape><v:textbox>{_BOX}</v:textbox></v:shape></w:pict></w:r>"
_LINK_IN_TAG = (
    "<w:r><w:t>{{ sak.</w:t></w:r><w:hyperlink w:anchor='x'><w:r><w:t>nummer }}</w:t></w:r></w:hyperlink>"
)
_BREAK_IN_TAG = "<w:r><w:t>{{ sak.</w:t><w:br/><w:t>nummer }}</w:t></w:r>"
_FIELD_IN_TAG = (
    "<w:r><w:t>{{ </w:t></w:r><w:r><w:fldChar "
    "w:fldCharType='begin'/></w:r><w:r>"
    "<w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    "<w:r><w:t>sak.nummer }}</w:t></w:r>"
)
_STRUCK = "<w:del w:id='900' w:author='Kari'><w:r><w:delText>gammelt</w:delText></w:r></w:del>"
_PUT_IN = "<w:ins w:id='901' w:author='Kari'><w:r><w:t>nytt</w:t></w:r></w:ins>"
_RESTYLED = (
    "<w:r><w:rPr><w:b/><w:rPrChange w:id='902' "
    "w:author='Kari'><w:rPr/></w:rPrChange></w:rPr>"
    "<w:t>fet</w:t></w:r>"
)
_INCLUDED = "<w:fldSimple w:instr='INCLUDETEXT c:\\x.docx'><w:r><w:t>x</w:t></w:r></w:fldSimple>"
_TITLE, _TEXT = "{{ sak.tittel }}", "{{ saksutredning }}"

BROKEN = (
    Broken("loop around everything", before_content("{%p for v in vedlegg %}"), "template",
           "avsnitt 43 «{%p for v in vedlegg %}»: «for» i malen mangler sin slutt."),
    Broken("unknown part of what a loop goes through",
           before_content("{% for v in vedlegg %}{{ v.navn }}{% endfor %}"), "unknown-field",
           "avsnitt 43 «{% for v in vedlegg %}{{ v.navn }}{% e …»: malen spør etter «v.navn», som er ukjent. "
           "Disse finnes: v.nr, v.tittel, v.merknad."),
    Broken("function of texts", before_content('{{ antall("ORE") }}'), "unknown-field",
           'avsnitt 43 «{{ antall("ORE") }}»: «antall» er en funksjon for tekster. '
           "Den virker ikke i maler. Skriv uttrykket i teksten til saken."),
    Broken("blanks between braces", before_content("{ { sak.tittel } }"), "template",
           "avsnitt 43 «{ { sak.tittel } }»: «{ { sak.tittel } }» ligner en kode, men ville blitt stående "
           "slik i papiret. Skriv to klammeparenteser tett sammen på hver side: {{ sak.tittel }}."),
    Broken("one brace", header("{organ.navn}"), "template",
           "topptekst, avsnitt 1 «{organ.navn}»: «{organ.navn}» ligner en kode"),
    Broken("unknown field", words(_TITLE, "{{ sak.titel }}{# sak.tittel #}"), "unknown-field",
           "avsnitt 32 «{{ sak.titel }}{# sak.tittel #}»: malen spør etter «sak.titel», som er ukjent. "
           "Mente du "
           "«sak.tittel»?"),
    Broken("unknown group", before_content("{{ saken.nummer }}"), "unknown-field",
           "avsnitt 43 «{{ saken.nummer }}»: malen spør etter «saken.nummer», som er ukjent. Mente du "
           "«sak.nummer»?"),
    Broken("field without its group", before_content("{{ saksbehandler }}"), "unknown-field",
           "avsnitt 43 «{{ saksbehandler }}»: malen spør etter «saksbehandler», som er ukjent. Mente du "
           "«sak.saksbehandler»?"),
    Broken("unknown in a table", tag_in_new_row, "unknown-field",
           "tabell 1, rad 1, celle 2, avsnitt 5 «{{ møte.utvlag }}»: malen spør etter «møte.utvlag», "
           "som er ukjent. "
           "Mente du «møte.utvalg»?"),
    Broken("unknown in a header", header("{{ organ.namn }}"), "unknown-field",
           "topptekst, avsnitt 1 «{{ organ.namn }}»: malen spør etter «organ.namn», som er ukjent. Mente du "
           "«organ.navn»?"),
    Broken("unknown in a footer", footer("{{ ord.sidee }}"), "unknown-field",
           "bunntekst, avsnitt 1 «{{ ord.sidee }}»: malen spør etter «ord.sidee», som er ukjent. Mente "
           "du «ord.side»?"),
    Broken("unknown on the first page", first_header("{{ møte.datoen }}"), "unknown-field",
           "topptekst på første side, avsnitt 1 «{{ møte.datoen }}»: malen spør etter «møte.datoen»"),
    Broken("unknown in a condition", before_content("{% if sak.hemmelig %}x{% endif %}"), "unknown-field",
           "avsnitt 43 «{% if sak.hemmelig %}x{% endif %}»: malen spør etter «sak.hemmelig», som er ukjent."),
    Broken("unknown in a branch not taken",
           before_content("{% if not sak.tittel %}{{ sak.tittl }}{% endif %}"), "unknown-field",
           "avsnitt 43 «{% if not sak.tittel %}{{ sak.tittl }} …»: malen spør etter "
           "«sak.tittl», som er ukjent."),
    Broken("unknown in a loop", words("{{ v.tittel }}{% if v.merknad %} ({{ v.merknad }}){% endif %}",
           "{{ v.titel }}"),
           "unknown-field",
           "avsnitt 47 «{{ v.titel }}»: malen spør etter «v.titel», som er ukjent. Mente du «v.tittel»?"),
    Broken("unknown list", before_content("{%p for x in vedleggene %}", "{{ x }}", "{%p endfor %}"),
           "unknown-field",
           "avsnitt 43 «{%p for x in vedleggene %}»: malen spør etter «vedleggene», som er ukjent. "
           "Mente du «vedlegg»?"),
    Broken("loop variable after its loop", before_content("{{ punkt }}"), "unknown-field",
           "avsnitt 43 «{{ punkt }}»: malen spør etter «punkt», som er ukjent."),
    Broken("unknown filter", before_content("{{ sak.nummer|uper }}"), "template",
           "avsnitt 43 «{{ sak.nummer|uper }}»: malen har en kode som ikke kan forstås ({{ "
           "sak.nummer|uper }}). "
           "Mente du «upper»?"),
    Broken("Norwegian command", before_content("{% hvis sak.nummer %}"), "template",
           "avsnitt 43 «{% hvis sak.nummer %}»: malen har en kode som ikke kan forstås ({% hvis "
           "sak.nummer %}). Den må "
           "begynne med"),
    Broken("misspelt command", before_content("{%p fro x in vedlegg %}"), "template",
           "avsnitt 43 «{%p fro x in vedlegg %}»: malen har en kode som ikke kan forstås ({%p fro x in "
           "vedlegg %}). "
           "Mente du «for»?"),
    Broken("unclosed tag", before_content("{{ sak.nummer"), "template",
           "avsnitt 43 «{{ sak.nummer»: koden {{ sak.nummer er ikke avsluttet. Avslutt den med }} i "
           "samme avsnitt."),
    Broken("unclosed statement", before_content("{% if sak.nummer"), "template",
           "avsnitt 43 «{% if sak.nummer»: koden {% if sak.nummer er ikke avsluttet. Avslutt den med %}"),
    Broken("unopened tag", before_content("sak.nummer }}"), "template",
           "avsnitt 43 «sak.nummer }}»: her slutter en kode med }} uten at den begynner i dette avsnittet."),
    Broken("tag over two paragraphs", before_content("{{ sak.", "nummer }}"), "tag-split",
           "avsnitt 43 «{{ sak.»: koden {{ sak. begynner her og slutter i et annet avsnitt."),
    Broken("tag split by a link", xml_before_content(_LINK_IN_TAG), "tag-split",
           "avsnitt 43 «{{ sak.nummer }}»: koden {{ sak.nummer }} er delt"),
    Broken("tag split by a line break", xml_before_content(_BREAK_IN_TAG), "tag-split",
           "avsnitt 43 «{{ sak. nummer }}»: koden {{ sak.nummer }} er delt"),
    Broken("tag split by a field", xml_before_content(_FIELD_IN_TAG), "tag-split",
           "avsnitt 43 «{{ sak.nummer }}»: koden {{ sak.nummer }} er delt"),
    Broken("tag in a text box", xml_before_content(_IN_BOX), "tag-in-text-box",
           "avsnitt 44 «{{ sak.tittel }}»: koden {{ sak.tittel }} står i en tekstboks"),
    Broken("if without end", before_content("{%p if sak.nummer %}"), "template",
           "avsnitt 43 «{%p if sak.nummer %}»: «if» i malen mangler sin slutt."),
    Broken("end without if", before_content("{%p endif %}"), "template",
           "avsnitt 43 «{%p endif %}»: «endif» i malen mangler sin begynnelse."),
    Broken("else without if", before_content("{%p else %}"), "template",
           "avsnitt 43 «{%p else %}»: «else» i malen mangler sin begynnelse."),
    Broken("if over table cells", split_over_cells, "tag-apart",
           "tabell 1, rad 1, celle 2, avsnitt 5 «{{ møte.utvalg }}{% endif %}»: {% endif %} hører til "
           "en «if»"),
    Broken("if over paragraphs", before_content("{% if sak.nummer %}a", "b{% endif %}"), "tag-apart",
           "avsnitt 44 «b{% endif %}»: {% endif %} hører til en «if» som begynner i et annet avsnitt"),
    Broken("words beside a tag", before_content("Husk! {%p if sak.nummer %}", "x", "{%p endif %}"),
           "tag-not-alone",
           "avsnitt 43 «Husk! {%p if sak.nummer %}»: koden {%p if sak.nummer %} står ikke alene"),
    Broken("a list as one value", before_content("{{ forslag }}"), "group-in-template",
           "avsnitt 43 «{{ forslag }}»: malen skriver «forslag», som ikke er én enkelt verdi."),
    Broken("a sum of words", before_content("{{ sak.nummer + 1 }}"), "template",
           "avsnitt 43 «{{ sak.nummer + 1 }}»: malen har en kode som ikke kan forstås (can only "
           "concatenate str"),
    Broken("marker beside words", words("{{ kilder }}", "Se {{ kilder }}"), "marker",
           "avsnitt 52 «Se {{ kilder }}»: merket «kilder» står ikke alene"),
    Broken("marker in a header", header(_TEXT), "marker",
           "topptekst, avsnitt 1 «{{ saksutredning }}»: merket «saksutredning» står i en topptekst"),
    Broken("marker twice", before_content(_TEXT), "marker-twice",
           "avsnitt 44 «{{ saksutredning }}»: merket «saksutredning» står to ganger i malen."),
    Broken("no place for the text", deleted(_TEXT), "marker-missing",
           "malen har ingen plass til «saksutredning», teksten i saken."),
    Broken("missing paragraph style", uses_style("w:pStyle", "{{ ord.kilder }}"), "style-missing",
           "avsnitt 51 «{{ ord.kilder }}»: avsnittet bruker stilen «Borte», som malen ikke har."),
    Broken("missing character style", uses_style("w:rStyle", _TITLE), "style-missing",
           "avsnitt 32 «{{ sak.tittel }}»: avsnittet bruker stilen «Borte»"),
    Broken("missing table style", table_style, "style-missing",
           "tabell 1, rad 1, celle 1, avsnitt 4 «{{ ord.utvalg }}»: avsnittet bruker stilen «Borte»"),
    Broken("style on a missing one", of_style("Title", "w:basedOn", "Borte"), "style-missing",
           "stilen «Title» viser til stilen «Borte», som malen ikke har."),
    Broken("style twice", style_again, "style-twice", "malen har stilen «heading 2» mer enn én gang."),
    Broken("style name twice", style_name_again, "style-twice", "malen har stilen «Quote» mer enn én gang."),
    Broken("styles on each other", ring, "style-ring", "stilen «", 2),
    Broken("paragraph in no list", dangling_number, "list-missing",
           "avsnitt 51 «{{ ord.kilder }}»: avsnittet hører til en nummerert liste (99) som malen ikke har."),
    Broken("style in no list", of_style("ListBullet", "w:pPr/w:numPr/w:numId", "98"), "list-missing",
           "stilen «List Bullet» hører til en nummerert liste (98) som malen ikke har."),
    Broken("list without a design", no_design, "list-missing", "liste nummer 77 i malen mangler utforming."),
    Broken("list twice", number_twice, "list-twice", "malen har to lister med nummer"),
    Broken("heading without a list", of_style("Heading1", "w:pPr/w:numPr", None), "headings-unnumbered",
           "stilen «overskrift 1» hører ikke til noen liste med flere nivåer"),
    Broken("headings in two lists", other_list, "headings-unnumbered",
           "overskriftsstilene hører til ulike lister"),
    Broken("level tied to no style", untied_level, "headings-unnumbered",
           "stilen «overskrift 1» er ikke knyttet til nivå 1"),
    Broken("words struck", xml_before_content(_STRUCK), "tracked-change",
           "avsnitt 43 «gammelt»: her står det en sporet endring"),
    Broken("words put in", xml_before_content(_PUT_IN), "tracked-change",
           "avsnitt 43 «nytt»: her står det en sporet endring"),
    Broken("formatting changed", xml_before_content(_RESTYLED), "tracked-change",
           "avsnitt 43 «fet»: her står det en sporet endring"),
    Broken("comment", comment, "comment-left", "avsnitt 32 «{{ sak.tittel }}»: her står det en merknad"),
    Broken("comment of no place", comment_without_place, "comment-left",
           "malen har merknader som ikke hører til noe sted i den."),
    Broken("font in a paragraph", run_font("Oslo Sans"), "font",
           "avsnitt 32 «{{ sak.tittel }}»: skriften «Oslo Sans» følger verken med Office eller med malen."),
    Broken("font in a header", header_font, "font", "topptekst på første side, avsnitt 1"),
    Broken("font in a style", style_font, "font", "skriften «Oslo Sans» i stilen «Title» følger verken"),
    Broken("no language", no_language, "language-missing", "malen sier ikke hvilket språk den er på."),
    Broken("no title", words(_TITLE, "En fast tittel"), "title-missing", "malen skriver ikke sakens tittel"),
    Broken("field that fetches", xml_before_content(_INCLUDED), "template-fetches",
           "malen har et felt «INCLUDETEXT»"),
)  # fmt: skip
"""Each breaks the sample's template in one way."""
