"""Three files → hers with the news in it: words, notes, headers, properties; proved, or left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from casebuilder.merge.model import Standing
from casebuilder.word.file import File
from casebuilder.word.merging import Merged, NotMerged, merge, news
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.properties import Identity, read_identity
from casebuilder.word.reading import same_content
from casebuilder.word.rejecting import without_ours
from tests.word.handmade import (
    DOCUMENT,
    HERS,
    NAMESPACES,
    NOTES,
    OURS,
    comments,
    file,
    ins,
    note,
    note_shown,
    p,
    replaced,
    row,
    shown,
    struck,
    t,
    table,
    tree,
)

SECOND = p("Møtet er lagt til Hamar i april.", name="_cb_b")


def number(said: str) -> str:
    return p(f"Rådet har {said} kommuner.", name="_cb_a")


def merged(base: bytes, edited: bytes, fresh: bytes) -> Merged:
    """Merge, and see that hers is what is left without ours."""
    made = merge(base, edited, fresh)
    left = package_of(without_ours(parts_of(made.data)))
    assert same_content(left, package_of(without_ours(parts_of(edited))))
    assert set(faults(parts_of(made.data))) <= set(faults(parts_of(edited)))
    return made


def told(made: Merged) -> list[tuple[Standing, str, str]]:
    return [(each.standing, each.before, each.now) for each in (*made.changes, *made.conflicts)]


def test_news_is_put_into_her_file_as_tracked_changes() -> None:
    hers = file(number("62"), p("Møtet er lagt til Hamar i mai.", name="_cb_b"))
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    assert shown(made.data) == "Rådet har [-62-]{+63+} kommuner.¶Møtet er lagt til Hamar i mai.¶"


def test_all_but_the_paragraph_with_news_keeps_its_bytes() -> None:
    odd = "<w:p  w:rsidR='00A1'><!-- hei --><w:r ><w:t>Skrevet  av noen</w:t></w:r></w:p>"
    hers = file(number("62"), odd, SECOND)
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    old, new = parts_of(hers), parts_of(made.data)
    assert odd.encode() in new[DOCUMENT]
    assert {name for name in old if old[name] != new[name]} == {DOCUMENT}


def test_without_news_the_very_bytes_are_returned() -> None:
    base, hers = file(number("62"), SECOND), file(number("99"), SECOND)
    assert merge(base, hers, base).data == hers


def test_the_fresh_file_itself_as_hers_needs_nothing() -> None:
    fresh = file(number("63"), SECOND)
    assert merge(file(number("62"), SECOND), fresh, fresh).data == fresh


def test_a_note_of_the_sources_is_changed_in_its_note() -> None:
    def said(words: str) -> bytes:
        return file(p("Ord", note(1), name="_cb_a"), SECOND, notes={1: words})

    made = merged(said("Se side 4"), said("Se side 4"), said("Se side 5"))
    assert note_shown(made.data, 1).strip("¶ ") == "Se side [-4-]{+5+}"
    assert shown(made.data) == shown(said("Se side 4"))


def test_a_new_note_brings_its_words_along_beside_hers() -> None:
    base = file(p("Ett ord her.", name="_cb_a"), SECOND)
    hers = file(p("Ett", note(1), " ord her.", name="_cb_a"), SECOND, notes={1: "Min note"})
    fresh = file(p("Ett ord her.", note(1), name="_cb_a"), SECOND, notes={1: "Kildens note"})
    made = merged(base, hers, fresh)
    assert shown(made.data).startswith("Ett§ ord her.{+§+}¶")
    assert [note_shown(made.data, each).strip("¶ ") for each in (1, 2)] == [
        "Min note",
        "{+ +}{+Kildens note+}",
    ]


def test_a_struck_note_keeps_its_words_as_long_as_it_is_pending() -> None:
    base = file(p("Ord", note(1), name="_cb_a"), SECOND, notes={1: "En note"})
    made = merged(base, base, file(p("Ord", name="_cb_a"), SECOND))
    assert shown(made.data).startswith("Ord[-§-]¶")
    assert note_shown(made.data, 1).strip("¶ ") == "En note"


def test_the_note_of_a_superseded_insertion_of_ours_goes() -> None:
    base = file(p("Ord", note(1), name="_cb_a"), SECOND, notes={1: "Gammel"})
    pending = file(p("Ord", ins(note(1), OURS), name="_cb_a"), SECOND, notes={1: "Gammel"})
    made = merge(base, pending, file(p("Ord", name="_cb_a"), SECOND))
    assert shown(made.data).startswith("Ord¶")
    assert [each.get(qn("w:id")) for each in tree(made.data, NOTES)] == ["-1", "0"]


def test_news_in_a_header_is_put_in_there() -> None:
    base, fresh = (file(number("62"), header=p(f"Sak {each}/26")) for each in (1, 2))
    hers = file(number("99"), header=p("Sak 1/26"))
    assert shown(merged(base, hers, fresh).data, "word/header.xml") == "Sak [-1-]{+2+}/26¶"


def _with_section(data: bytes) -> bytes:
    """Put a section break after the first paragraph, as Word does: only there is the header named."""
    reference = '<w:headerReference w:type="default" r:id="rIdheader"/>'
    moved = replaced(data, reference, "")
    return replaced(moved, "<w:p>", f"<w:p><w:pPr><w:sectPr>{reference}</w:sectPr></w:pPr>")


def test_news_in_a_header_finds_it_after_she_has_put_in_a_section_break() -> None:
    base, fresh = (file(p("En."), header=p(f"Sak {each}/26")) for each in (1, 2))
    hers = _with_section(file(p("En."), header=p("Sak 1/26")))
    made = merge(base, hers, fresh)
    assert shown(made.data, "word/header.xml") == "Sak [-1-]{+2+}/26¶"


def test_news_in_a_header_that_she_has_taken_out_is_told() -> None:
    base, fresh = (file(number("62"), header=p(f"Sak {each}/26")) for each in (1, 2))
    made = merge(base, file(number("62")), fresh)
    assert told(made) == [(Standing.GONE, "Sak 1/26", "Sak 2/26")]


@pytest.mark.parametrize(
    ("hers", "title"), [("Gammel tittel", "Ny tittel"), ("", "Ny tittel"), ("Min tittel", "Min tittel")]
)
def test_a_new_title_goes_into_the_properties_unless_she_has_set_another(hers: str, title: str) -> None:
    base, edited, fresh = (file(number("62"), title=each) for each in ("Gammel tittel", hers, "Ny tittel"))
    if not hers:
        base = edited
    core = tree(merge(base, edited, fresh).data, "docProps/core.xml")
    assert core.findtext("{*}title") == title


def test_the_merged_file_names_the_base_that_it_now_stands_on() -> None:
    old, new = Identity("S-1", "a", "base1", "Sak 1.docx"), Identity("S-1", "b", "base2", "Sak 2.docx", 1)
    base = file(number("62"), SECOND, identity=old)
    hers = file(number("62"), p("Mitt.", name="_cb_b"), identity=old)
    assert read_identity(merged(base, hers, file(number("63"), SECOND, identity=new)).data) == new
    assert read_identity(merge(base, hers, file(number("62"), SECOND, identity=new)).data) == new


def test_her_own_custom_properties_stay_when_the_base_is_named_anew() -> None:
    old, new = (Identity("S-1", each, each, "Sak 1.docx") for each in "ab")
    hers = file(number("62"), SECOND, identity=old)
    sort = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    own = (
        f'<property fmtid="{sort}" pid="9" name="Sikkerhet"><vt:lpwstr>Ja</vt:lpwstr></property></Properties>'
    )
    hers = replaced(hers, "</Properties>", own, "docProps/custom.xml")
    made = merge(file(number("62"), SECOND, identity=old), hers, file(number("63"), SECOND, identity=new))
    assert b"Sikkerhet" in parts_of(made.data)["docProps/custom.xml"]


@pytest.mark.parametrize(
    "spoil", [lambda _data: b"", lambda _data: b"PK", lambda data: data[: len(data) // 2]]
)
def test_what_cannot_be_read_is_not_merged(spoil: Callable[[bytes], bytes]) -> None:
    base, fresh = file(number("62")), file(number("63"))
    for three in ((spoil(base), base, fresh), (base, spoil(base), fresh), (base, base, spoil(fresh))):
        with pytest.raises(NotMerged):
            merge(*three)


@given(st.integers(0, 2000), st.binary(max_size=3))
def test_a_spoilt_file_is_refused_or_merged_and_never_a_fault_of_ours(at: int, bytes_: bytes) -> None:
    base, fresh = file(number("62")), file(number("63"))
    spoilt = base[: at % len(base)] + bytes_ + base[at % len(base) + 1 :]
    try:
        made = merge(base, spoilt, fresh)
    except NotMerged:
        return
    assert File(made.data).main


def test_a_main_part_without_a_body_is_not_merged() -> None:
    broken = replaced(file(number("62")), "<w:body>", "<w:body><w:tbl><w:tr/></w:tbl>")
    made = merge(file(number("62")), broken, file(number("63")))
    assert "63" in shown(made.data)


def test_what_the_news_would_be_is_told_without_writing() -> None:
    base = file(number("62"), SECOND)
    assert [(each.before, each.now) for each in news(base, base, file(number("63"), SECOND))] == [
        ("62", "63")
    ]


# -- what is hers and must not go ---------------------------------------------------------------------


def _comment(inside: str) -> str:
    around = f'<w:commentRangeStart w:id="5"/>{inside}<w:commentRangeEnd w:id="5"/>'
    return f'{around}<w:r><w:commentReference w:id="5"/></w:r>'


COMMENTS = {
    "word/comments.xml": (
        "comments", "rIdc",
        f'<w:comments {NAMESPACES}><w:comment w:id="5" {HERS}>{p("Stemmer det?")}</w:comment></w:comments>',
    )
}  # fmt: skip


def test_her_comment_stays_on_words_that_are_struck() -> None:
    hers = file(p(t("Rådet har "), _comment(t("62")), t(" kommuner."), name="_cb_a"), SECOND, more=COMMENTS)
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    assert comments(made.data) == ["Kari: Stemmer det? @ 6263"]


def test_her_comment_over_paragraphs_that_are_struck_stays() -> None:
    first = p('<w:commentRangeStart w:id="5"/>', t("Rådet har 62 kommuner."), name="_cb_a")
    end = '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
    second = p(t("Møtet er lagt til Hamar i april."), end, name="_cb_b")
    last = p("Kontingenten er uendret.", name="_cb_c")
    hers = file(first, second, last, more=COMMENTS)
    made = merged(file(number("62"), SECOND, last), hers, file(last))
    assert comments(made.data) == [
        "Kari: Stemmer det? @ Rådet har 62 kommuner.Møtet er lagt til Hamar i april."
    ]


def test_her_comment_on_a_pending_row_of_ours_keeps_its_place_when_the_row_goes() -> None:
    pending = row([p(_comment(ins(t("Oslo"), OURS)))], mark=f'<w:ins w:id="3" {OURS}/>')
    base = file(number("62"), table(["Hamar"], ["Oslo"], ["Moss"], name="_cb_t"), SECOND)
    grid = table(["Hamar"], ["Moss"], name="_cb_t")
    hers = file(number("62"), grid.replace(row(["Moss"]), pending + row(["Moss"])), SECOND, more=COMMENTS)
    made = merged(base, hers, file(number("62"), grid, SECOND))
    assert list(tree(made.data).iter(qn("w:commentReference")))


def test_her_words_in_a_pending_paragraph_of_ours_stay_when_the_sources_take_it_out() -> None:
    pending = p(ins(t("Ny setning "), OURS), t("virkelig "), ins(t("her"), OURS), name="_cb_n",
                mark=f'<w:ins w:id="3" {OURS}/>')  # fmt: skip
    base = file(number("62"), p("Ny setning her", name="_cb_n"), SECOND)
    made = merged(base, file(number("62"), pending, SECOND), file(number("62"), SECOND))
    assert "virkelig" in shown(made.data)
    assert [each.standing for each in made.conflicts] == [Standing.CONFLICT]


@pytest.mark.parametrize(
    "around",
    [
        '<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>',
        '<w:customXml w:element="x">{}</w:customXml>',
        '<w:smartTag w:element="x">{}</w:smartTag>',
        '<w:permStart w:id="3" w:edGrp="everyone"/>{}<w:permEnd w:id="3"/>',
        '<w:bookmarkStart w:id="77" w:name="min"/>{}<w:bookmarkEnd w:id="77"/>',
        '<w:proofErr w:type="spellStart"/>{}<w:proofErr w:type="spellEnd"/>',
        '<w:ins w:id="8" w:author="Kari">{}</w:ins>',
        '<w:moveTo w:id="8" w:author="Kari">{}</w:moveTo>',
    ],
)
def test_what_she_has_put_around_words_stays_around_them(around: str) -> None:
    hers = file(p(t("Rådet har "), around.format(t("62")), t(" kommuner."), name="_cb_a"), SECOND)
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    tag = re.findall(r"^<([\w:]+)", around)[0]
    assert list(tree(made.data).iter(qn(tag)))
    assert "[-62-]" in shown(made.data)
    assert "63" in shown(made.data)


@pytest.mark.parametrize(
    "content",
    [
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
        "<w:r><w:ruby><w:rubyBase><w:r><w:t>under</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:r><w:t>valgt</w:t></w:r></mc:Choice>'
        "</mc:AlternateContent>",
        f"<w:r><w:pict><w:txbxContent>{p('boks')}</w:txbxContent></w:pict></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
        '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>',
    ],
)
def test_what_she_has_put_into_a_paragraph_with_news_stays(content: str) -> None:
    hers = file(p(t("Rådet har "), t("62 kommuner."), content, name="_cb_a"), SECOND)
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    assert "[-62-]{+63+}" in shown(made.data)
    assert content.encode() in parts_of(hers)[DOCUMENT]
    assert _words(content) in "".join(map(str, tree(made.data).itertext()))
    assert len(list(tree(made.data).iter())) > len(list(tree(hers).iter()))


def _words(content: str) -> str:
    return re.sub("<[^>]*>", "", content)


def test_her_endnote_in_a_paragraph_with_news_stays() -> None:
    endnotes = f'<w:endnotes {NAMESPACES}><w:endnote w:id="2">{p("Min sluttnote")}</w:endnote></w:endnotes>'
    reference = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    hers = file(p(t("Rådet har 62"), reference, t(" kommuner."), name="_cb_a"), SECOND,
                more={"word/endnotes.xml": ("endnotes", "rIde", endnotes)})  # fmt: skip
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    assert shown(made.data).startswith("Rådet har [-62-]{+63+}§ kommuner.¶")
    assert parts_of(made.data)["word/endnotes.xml"] == parts_of(hers)["word/endnotes.xml"]


def test_news_in_a_table_inside_a_cell_is_put_in_there() -> None:
    def nested(said: str) -> str:
        return table([table([f"indre {said}", "to"]) + p("")], name="_cb_t")

    hers = file(number("62 og"), nested("en"), SECOND)
    made = merged(file(number("62"), nested("en"), SECOND), hers, file(number("62"), nested("fem"), SECOND))
    assert "indre [-en-]{+fem+}" in shown(made.data)


def test_news_follows_a_paragraph_that_she_moved_with_tracking_on() -> None:
    last = p("Kontingenten er uendret.", name="_cb_c")
    old = p(
        f'<w:moveFrom w:id="22" {HERS}>{t("Rådet har 62 kommuner.")}</w:moveFrom>',
        mark=f'<w:moveFrom w:id="21" {HERS}/>',
    )
    new = p(
        f'<w:moveTo w:id="25" {HERS}>{t("Rådet har 62 kommuner.")}</w:moveTo>',
        mark=f'<w:moveTo w:id="24" {HERS}/>',
    )
    made = merged(
        file(number("62"), SECOND, last), file(old, SECOND, new, last), file(number("63"), SECOND, last)
    )
    assert shown(made.data) == (
        "[-Rådet har 62 kommuner.-][-¶-]Møtet er lagt til Hamar i april.¶"
        "{+Rådet har [-62-]+}{+63+}{+ kommuner.+}{+¶+}Kontingenten er uendret.¶"
    )


def test_a_table_whose_rows_stand_in_content_controls_is_struck_row_by_row() -> None:
    held = f"<w:sdt><w:sdtPr/><w:sdtContent>{row(['Oslo'])}</w:sdtContent></w:sdt>"
    hers = file(number("62"), table(["Hamar"], name="_cb_t").replace("</w:tbl>", held + "</w:tbl>"), SECOND)
    base = file(number("62"), table(["Hamar"], ["Oslo"], name="_cb_t"), SECOND)
    made = merged(base, hers, file(number("62"), SECOND))
    assert "[-|-][-Hamar-]|[-|-][-Oslo-]|" in shown(made.data)


def test_a_field_that_she_left_open_hides_nothing_that_comes_after_it() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE</w:instrText></w:r>'
    hers = file(p(t("Rådet har 62 kommuner."), begun, name="_cb_a"), SECOND)
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    assert shown(made.data).startswith("Rådet har [-62-]{+63+} kommuner.‹QUOTE›¶")


def test_her_tracked_deletion_is_no_place_for_news() -> None:
    hers = file(p(t("Rådet har "), struck("62"), t(" kommuner."), name="_cb_a"), SECOND)
    made = merged(file(number("62"), SECOND), hers, file(number("63"), SECOND))
    assert shown(made.data).startswith("Rådet har [-62-] kommuner.¶")
    assert told(made) == [(Standing.CONFLICT, "62", "63")]


@pytest.mark.parametrize("encoding", ["UTF-16", "US-ASCII", "ISO-8859-1"])
def test_a_file_in_another_encoding_is_merged(encoding: str) -> None:
    parts = parts_of(file(number("62"), SECOND))
    said = parts[DOCUMENT].decode().replace('"UTF-8"', f'"{encoding}"')
    hers = package_of({**parts, DOCUMENT: said.encode(encoding, "xmlcharrefreplace")})
    made = merged(file(number("62"), SECOND), hers, file(number("63 – æøå"), SECOND))
    assert shown(made.data).startswith("Rådet har [-62-]{+63 – æøå+} kommuner.¶")
