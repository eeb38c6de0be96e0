"""A finished paper as a page: what it says, how it is built, and what it does not tell of its file."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm
from lxml import html
from PIL import Image

from casebuilder.archive.web import html_of
from casebuilder.archive.web_proof import WordsLost
from casebuilder.archive.web_words import words_in
from casebuilder.prose.pandoc import html_of_word
from casebuilder.rendering import Rendered
from casebuilder.word.cleaning import said_of_itself
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.paper_words import paragraphs_of_paper
from tests.archive.conftest import SAMPLE
from tests.tools import tool
from tests.word.handmade import (
    NAMESPACES,
    field,
    file,
    link,
    listed,
    note,
    p,
    picture,
    replaced,
    row,
    t,
    table,
)

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MORE_STYLES = {
    "Overskrift3": ("paragraph", "heading 3"),
    "Tittel": ("paragraph", "Title"),
    "Bildetekst": ("paragraph", "caption"),
}


def page(data: bytes, title: str = "Tittel", language: str = "nb-NO") -> str:
    return html_of(data, title=title, language=language, author="Rådet", convert=html_of_word)


def sample_page(data: bytes) -> str:
    return page(data, said_of_itself(data)["title"])


def document_of(made: str) -> Any:
    return html.document_fromstring(made)


def main_of(made: str) -> Any:
    return document_of(made).find(".//main")


def inside(made: str) -> str:
    """What stands in main, after the h1 that a paper without a title is given."""
    said = html.tostring(main_of(made), encoding="unicode")
    return re.sub(r"\n\s*", "", said.partition("</h1>")[2].removesuffix("</main>"))


def body(*content: str, lists: str = "", **more: object) -> str:
    made = file(*content, lists=lists, styles=MORE_STYLES, **more)  # type: ignore[arg-type]
    return inside(page(made))


def own_words(main: Any) -> str:
    """What the page says of its paper: without the words that are the page's own, and without blanks."""
    for each in main.xpath(
        ".//nav | .//*[@id='notes-title'] | .//*[@role='doc-noteref'] | .//*[@role='doc-backlink']"
        " | .//*[@class='number']"
    ):
        each.drop_tree()
    return "".join("".join(main.itertext()).split())


def levels(*formats: tuple[str, str], start: int = 1) -> str:
    """A numbering part with one list of several levels."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (kind, shown) in enumerate(formats)
    )
    design = f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>'
    number = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f"<w:numbering {NAMESPACES}>{design}{number}</w:numbering>"


def with_look(made: str, look: str) -> str:
    return made.replace("</w:tblPr>", f"{look}</w:tblPr>", 1)


# -- the sample -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLE)
def test_every_word_of_a_paper_stands_in_its_page_in_order_and_no_other(
    sample: dict[str, bytes], name: str
) -> None:
    said = "".join(words for _place, words in paragraphs_of_paper("a.docx", sample[name]))
    assert own_words(main_of(sample_page(sample[name]))) == "".join(said.split())


def test_headings_stand_in_order_with_the_numbers_that_word_shows(sample: dict[str, bytes]) -> None:
    main = main_of(sample_page(sample["Sak 12-26"]))
    found = [
        (each.tag, " ".join("".join(each.itertext()).split())) for each in main.xpath(".//h1|.//h2|.//h3")
    ]
    assert found == [
        ("h1", "Veien videre for det regionale samarbeidet på Østlandet"),
        ("h2", "Sammendrag"),
        ("h2", "1 Bakgrunn og status"),
        ("h3", "1.1 Tre samarbeid med ulik historie"),
        ("h3", "1.2 Medlemmer på vei ut"),
        ("h3", "1.3 Hva Manchester-regionen har fått til"),
        ("h2", "2 Drøfting"),
        ("h3", "2.1 Bygge videre eller samle kreftene"),
        ("h3", "2.2 Hvordan en ny prosess kan begynne"),
        ("h2", "Kilder"),
        ("h2", "Noter"),
    ]


def test_the_numbers_are_those_that_libreoffice_prints(rendered: tuple[Path, Rendered]) -> None:
    pdftotext = tool("pdftotext", "poppler reads the PDF's words")
    for path in sorted(rendered[0].glob("output/*/Sak*.docx")):
        if "Vedlegg" in path.name:
            continue
        command = [pdftotext, str(path.with_suffix(".pdf")), "-"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        printed = " ".join(said.split())
        headings = main_of(page(path.read_bytes())).xpath(".//h2[@id != 'notes-title'] | .//h3")
        shown = [" ".join("".join(each.itertext()).split()) for each in headings]
        assert len(shown) >= 4
        assert [each for each in shown if each not in printed] == []


def test_the_page_is_told_by_its_title_language_and_organisation(sample: dict[str, bytes]) -> None:
    made = document_of(sample_page(sample["Sak 14-26"]))
    assert made.get("lang") == "nb-NO"
    assert made.findtext(".//title") == "Medlemstall og møteplan for 2026"
    landmarks = [each.tag for each in made.iter("header", "nav", "main", "footer")]
    assert landmarks == ["header", "main", "nav", "footer"]
    assert made.findtext(".//header/p") == "Rådet"


def test_metadata_captions_and_headers_are_marked_as_what_they_are(sample: dict[str, bytes]) -> None:
    facts, members = main_of(sample_page(sample["Sak 12-26"])).findall(".//table")
    assert [each.text for each in facts.iterfind(".//th[@scope='row']")][:2] == ["Utvalg", "Møtedato"]
    assert facts.get("aria-label") == "Saksfremstilling"
    assert members.findtext("caption") == "Tabell\xa01: Utmeldinger av Osloregionen IPR"
    assert [each.text for each in members.iterfind("thead/tr/th[@scope='col']")] == [
        "Medlem", "Vedtatt", "Virker fra",
    ]  # fmt: skip
    region = members.getparent()
    assert (region.get("role"), region.get("tabindex"), region.get("aria-label")) == (
        "region", "0", "Tabell 1: Utmeldinger av Osloregionen IPR",
    )  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_links_inside_a_page_lead_to_one_place_each(sample: dict[str, bytes], name: str) -> None:
    made = document_of(sample_page(sample[name]))
    ids = [each.get("id") for each in made.iter() if each.get("id")]
    inner = [href[1:] for href in made.xpath("//a/@href") if href.startswith("#")]
    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)


def test_a_note_leads_there_and_back_and_a_reference_to_it_is_live(sample: dict[str, bytes]) -> None:
    main = main_of(sample_page(sample["Sak 12-26"]))
    for reference in main.iterfind(".//a[@role='doc-noteref']"):
        item = main.find(f".//li[@id='{reference.get('href')[1:]}']")
        back = item.find(".//a[@role='doc-backlink']")
        assert back.get("href") == f"#{reference.get('id')}"
        assert reference.get("aria-label") == f"Note {reference.text}"
    five = main.find(".//li[@id='note-5']")
    assert "".join(five.itertext()).startswith("Se note\xa04.")
    target = main.find(f".//*[@id='{five.find('.//a').get('href')[1:]}']")
    assert target.getnext().get("id") == "note-4-ref"


@pytest.mark.parametrize("name", SAMPLE)
def test_nothing_of_how_the_word_file_was_built_is_left(sample: dict[str, bytes], name: str) -> None:
    made = sample_page(sample[name])
    for trace in (
        "_cb_",
        "_Ref",
        "rsid",
        "custom-style",
        "media/",
        "data-passage",
        "data-note",
        "<colgroup",
        "fnref",
    ):
        assert trace not in made
    assert not any("\U000f0000" <= each <= "\U000fffff" for each in made)
    main = main_of(made)
    assert {key for each in main.iter() for key in each.attrib} <= {
        "id", "class", "href", "role", "aria-label", "aria-labelledby", "tabindex", "scope", "type", "value",
    }  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_needs_nothing_but_itself(sample: dict[str, bytes], name: str) -> None:
    made = document_of(sample_page(sample[name]))
    assert made.xpath("//script | //link | //iframe | //@src | //@onclick | //form") == []
    assert "url(" not in made.findtext(".//style")


def test_the_same_paper_gives_the_same_page(sample: dict[str, bytes]) -> None:
    assert sample_page(sample["Sak 13-26"]) == sample_page(sample["Sak 13-26"])


# -- what clerks may have made ----------------------------------------------------------------------


def test_a_paper_without_a_title_of_its_own_has_its_name() -> None:
    assert "<h1>A &amp; B &lt;c&gt;</h1>" in page(file(p("Ord.")), "A & B <c>")


def test_a_title_in_the_text_is_the_h1_wherever_it_stands() -> None:
    made = page(file(p("Navnet", style="Tittel"), p("Ord."), styles=MORE_STYLES))
    assert re.findall(r"<h1>.*?</h1>", made) == ["<h1>Navnet</h1>"]
    made = page(file(p("Foran."), p("Navnet", style="Tittel"), styles=MORE_STYLES))
    assert "<p>Foran.</p>\n<h1>Navnet</h1>" in made


def test_a_level_that_is_skipped_leaves_no_hole() -> None:
    made = body(p("Ett", style="Overskrift1"), p("Dypt", style="Overskrift3"))
    assert made == '<h2 id="section-1">Ett</h2><h3 id="section-2">Dypt</h3>'


def test_lists_count_as_the_paper_does_and_go_on() -> None:
    kinds = levels(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))
    nested = (listed(1, "en"), listed(1, "a", level=1), listed(1, "i", level=2))
    made = body(*nested, p("Imellom"), listed(1, "to"), lists=kinds)
    assert made == (
        '<ol type="1"><li><p>en</p><ol type="a" class="bracket lowerLetter"><li><p>a</p>'
        '<ol type="i"><li><p>i</p></li></ol></li></ol></li></ol><p>Imellom</p>'
        '<ol type="1" start="2"><li><p>to</p></li></ol>'
    )


def test_a_list_of_two_that_count_on_is_one() -> None:
    more = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    kinds = levels(("decimal", "%1.")).replace("</w:numbering>", more)
    made = body(listed(1, "en"), listed(2, "to"), listed(2, "tre"), lists=kinds)
    assert made == '<ol type="1"><li><p>en</p></li><li><p>to</p></li><li><p>tre</p></li></ol>'


def test_a_number_that_no_list_of_html_can_count_is_written_out() -> None:
    made = body(listed(1, "en"), listed(1, "to"), lists=levels(("decimal", "§ %1-A")))
    assert made.startswith('<ol class="own"><li><p><span class="number">§ 1-A</span> en</p></li>')
    assert "§ 2-A" in made


def test_parts_in_another_language_say_so() -> None:
    english = '<w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t>combined authority</w:t></w:r>'
    bokmal = '<w:r><w:rPr><w:lang w:val="nb-NO"/></w:rPr><w:t> på norsk</w:t></w:r>'
    assert (
        body(p("En ", english, bokmal)) == '<p>En <span lang="en-GB">combined authority</span> på norsk</p>'
    )


def test_a_language_that_is_no_language_is_no_markup() -> None:
    odd = '<w:r><w:rPr><w:lang w:val="en&quot; onclick=&quot;x"/></w:rPr><w:t>ord</w:t></w:r>'
    assert body(p(odd)) == "<p>ord</p>"


def test_links_lead_where_they_lead_and_never_into_a_machine() -> None:
    links = {
        "a": "https://example.org/?a=1&amp;b=2",
        "b": "file:///C:/Mappe/fil.docx",
        "c": "javascript:alert(1)",
    }
    made = body(p(link("a", "nett"), " ", link("b", "fil"), " ", link("c", "skript")), links=links)
    assert made == '<p><a href="https://example.org/?a=1&amp;b=2">nett</a> fil skript</p>'


def test_a_reference_is_a_link_with_a_name_that_tells_nothing() -> None:
    made = body(
        p("Se ", field(" REF _Ref9 \\h ", "punkt 1"), "."), p("Mål", name="_Ref9"), p("Ei", name="_Toc1")
    )
    assert made == (
        '<p>Se <a href="#reference-1">punkt 1</a>.</p><p><span id="reference-1"></span>Mål</p><p>Ei</p>'
    )


def test_merged_cells_stay_also_in_a_table_without_a_grid() -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Begge</w:t></w:r></w:p></w:tc>'
    made = with_look(table(["", "x"], ["Rad", "1", "2"]), '<w:tblLook w:val="04A0"/>')
    made = made.replace(f"<w:tc>{p('x')}</w:tc>", wide)
    assert (
        '<thead><tr><td></td><th colspan="2" scope="col">Begge</th></tr></thead>'
        '<tbody><tr><th scope="row">Rad</th><td>1</td><td>2</td></tr></tbody>'
    ) in body(made)


def test_a_caption_under_a_table_stays_under_it() -> None:
    made = body(table(["a", "b"]), p("Tabell 1: Under", style="Bildetekst"))
    assert made.endswith('</table></div><figcaption id="table-1">Tabell 1: Under</figcaption></figure>')
    assert 'aria-labelledby="table-1"' in made


def test_a_table_in_a_cell_keeps_its_words() -> None:
    inner = row([p("ytre") + table(["indre"]) + p("etter")])
    made = body(f"<w:tbl><w:tblPr/>{inner}</w:tbl>")
    assert [said for said in ("ytre", "indre", "etter") if f">{said}<" in made] == ["ytre", "indre", "etter"]


def test_quotations_and_text_boxes_are_in_the_flow() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('I boksen')}</w:txbxContent></w:pict></w:r>"
    made = body(p("Før", box, " etter"), p("Sitert", style="Sitat"), p("mer", style="Sitat"))
    assert made == "<p>Før etter</p><p>I boksen</p><blockquote><p>Sitert</p><p>mer</p></blockquote>"


def test_what_is_only_indented_is_no_quotation() -> None:
    assert body(p("Inn", properties='<w:ind w:left="720"/>')) == "<p>Inn</p>"


def test_a_table_of_contents_made_in_word_gives_way_to_the_page_s_own() -> None:
    styles = {**MORE_STYLES, "INNH1": ("paragraph", "toc 1")}
    made = inside(page(file(p("Ett 3", style="INNH1"), p("Ord"), styles=styles)))
    assert made == "<p>Ord</p>"


def test_hidden_words_are_not_on_the_page() -> None:
    assert body(p("Synlig", t("SKJULT", "vanish"))) == "<p>Synlig</p>"


def test_a_chart_is_told_by_its_alt_text() -> None:
    chart = picture("none").replace("<a:blip", "<a:chart")
    assert body(p("Se ", chart)) == "<p>Se Et bilde</p>"


def paper_with_picture(descr: str, caption: str = "") -> bytes:
    document, drawn = Document(), io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(drawn, "PNG")
    document.add_picture(drawn, width=Cm(2.54))
    document.inline_shapes[0]._inline.docPr.set("descr", descr)
    if caption:
        document.add_paragraph(caption, style="Caption")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def with_picture(descr: str, caption: str = "") -> str:
    return inside(page(paper_with_picture(descr, caption)))


def test_pictures_lie_in_the_page_with_their_alt_text_and_caption() -> None:
    made = with_picture("Rød flate", "Figur 1: Rødt")
    assert re.sub(r"base64,[^\"]+", "…", made) == (
        '<figure><p><img src="data:image/png;…" alt="Rød flate" width="96"></p>'
        "<figcaption>Figur 1: Rødt</figcaption></figure>"
    )
    assert 'alt="Bilde uten beskrivelse"' in with_picture("")


def test_a_picture_for_the_eye_alone_has_no_words_and_one_that_no_browser_shows_has_only_them() -> None:
    data = paper_with_picture("Pynt")
    mark = '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><d:decorative xmlns:d='
    mark += '"http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    xml = parts_of(data)["word/document.xml"].decode()
    (properties,) = re.findall(r"<wp:docPr[^>]*/>", xml)
    decorated = properties.replace("<wp:docPr", f'<wp:docPr xmlns:a="{A}"').replace(
        "/>", f">{mark}</wp:docPr>"
    )
    assert ' alt=""' in inside(page(replaced(data, properties, decorated)))
    parts = parts_of(data)
    (name,) = (each for each in parts if "media/" in each)
    assert inside(page(package_of({**parts, name: b"\x01\x00\x00\x00 EMF"}))) == (
        '<p><span class="picture">Pynt</span></p>'
    )


def test_endnotes_count_for_themselves() -> None:
    end = f'<w:endnotes {NAMESPACES}><w:endnote w:id="1">{p("Til slutt")}</w:endnote></w:endnotes>'
    reference = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    more = {"word/endnotes.xml": ("endnotes", "rIdend", end)}
    made = body(p("En", note(1), " to", reference), notes={1: "Nede"}, more=more)
    assert 'role="doc-noteref" aria-label="Note 1">1</a> to<a href="#endnote-1"' in made
    assert 'role="doc-noteref" aria-label="Sluttnote i">i</a></p>' in made
    assert '<ol class="notes lowerRoman"><li id="endnote-1" value="1"><p>Til slutt ' in made


@pytest.mark.parametrize(
    ("language", "skip"),
    [
        ("nb-NO", "Hopp til innholdet"),
        ("nn", "Hopp til innhaldet"),
        ("en-GB", "Skip to content"),
        ("de", "Skip to content"),
    ],
)
def test_the_page_s_own_words_are_in_the_paper_s_language(language: str, skip: str) -> None:
    assert words_in(language).skip == skip
    assert f">{skip}</a>" in page(file(p("Ord")), language=language)


def test_a_page_that_would_lack_words_is_not_made() -> None:
    def forgetful(data: bytes) -> str:
        return html_of_word(data).replace("viktig", "")

    def talkative(data: bytes) -> str:
        return f"<p>Mer</p>{html_of_word(data)}"

    for convert in (forgetful, talkative):
        with pytest.raises(WordsLost):
            html_of(file(p("Et viktig ord")), title="T", language="nb", author="R", convert=convert)


def test_a_page_is_large_only_by_its_paper(sample: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(sample_page(sample["Sak 12-26"]), encoding="utf-8")
    assert path.stat().st_size < 30_000
