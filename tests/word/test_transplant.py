"""What is copied from the fresh file speaks of hers: its styles, lists, links, pictures, notes and ids."""

from __future__ import annotations

from docx.oxml.ns import qn

from casebuilder.word.file import File
from casebuilder.word.merging import merge
from casebuilder.word.package import parts_of
from casebuilder.word.package_check import faults
from tests.word.handmade import (
    NOTES,
    STYLES,
    field,
    file,
    link,
    listed,
    note,
    note_shown,
    numbering,
    p,
    picture,
    replaced,
    shown,
    t,
    table,
    tree,
)

FIRST = p("Rådet har 62 kommuner.", name="_cb_a")
LAST = p("Møtet er lagt til Hamar.", name="_cb_b")
EXTRA = {"Uthevet": ("paragraph", "Uthevet avsnitt"), "Basis": ("paragraph", "Basisstil")}


def put_in(hers: bytes, fresh: bytes, base: bytes | None = None) -> bytes:
    """Return her file with the news; it must be sound."""
    data = merge(base or file(FIRST, LAST), hers, fresh).data
    assert faults(parts_of(data)) == []
    return data


def _styled(data: bytes, said: str) -> str:
    """Return the style's id of the paragraph that says something."""
    found = next(each for each in tree(data).iter(qn("w:p")) if said in "".join(map(str, each.itertext())))
    style = found.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


# -- styles -----------------------------------------------------------------------------------------


def test_a_style_goes_by_its_name_whatever_its_id_is_in_her_file() -> None:
    hers = file(FIRST, LAST)
    renamed = replaced(hers, 'w:styleId="Overskrift1"', 'w:styleId="Heading1"', STYLES)
    made = put_in(renamed, file(FIRST, p("Nytt", style="Overskrift1", name="_cb_n"), LAST))
    assert _styled(made, "Nytt") == "Heading1"


def test_a_style_that_her_file_lacks_is_copied_with_those_that_it_stands_on() -> None:
    fresh = file(FIRST, p("Nytt", style="Uthevet", name="_cb_n"), LAST, styles=EXTRA)
    fresh = replaced(
        fresh,
        '<w:name w:val="Uthevet avsnitt"/>',
        '<w:name w:val="Uthevet avsnitt"/><w:basedOn w:val="Basis"/>',
        STYLES,
    )
    styles = File(put_in(file(FIRST, LAST), fresh)).of_kind("styles")
    assert styles is not None
    names = [str(each.get(qn("w:val"))) for each in styles.root.iter(qn("w:name"))]
    assert {"Uthevet avsnitt", "Basisstil"} <= set(names)


def test_a_copied_style_whose_id_is_taken_by_another_gets_one_of_its_own() -> None:
    hers = file(FIRST, LAST, styles={"Uthevet": ("paragraph", "Noe annet")})
    made = put_in(hers, file(FIRST, p("Nytt", style="Uthevet", name="_cb_n"), LAST, styles=EXTRA))
    assert _styled(made, "Nytt") == "Uthevet2"


def test_her_own_style_of_the_same_name_is_not_touched() -> None:
    hers = file(FIRST, LAST)
    made = put_in(hers, file(FIRST, p("Nytt", style="Sitat", name="_cb_n"), LAST))
    assert parts_of(made)[STYLES] == parts_of(hers)[STYLES]


# -- lists ------------------------------------------------------------------------------------------


def test_a_new_item_belongs_to_the_list_that_its_neighbours_are_in() -> None:
    base = file(listed(1, "Første punkt"), listed(1, "Andre punkt"), lists=numbering("decimal"))
    hers = file(listed(2, "Første punkt"), listed(2, "Andre punkt"), lists=numbering("bullet", "decimal"))
    fresh = file(
        listed(1, "Første punkt"),
        listed(1, "Nytt punkt"),
        listed(1, "Andre punkt"),
        lists=numbering("decimal"),
    )
    made = put_in(hers, fresh, base)
    assert {each.get(qn("w:val")) for each in tree(made).iter(qn("w:numId"))} == {"2"}


def test_a_new_list_is_copied_with_its_design() -> None:
    fresh = file(FIRST, listed(1, "Nytt punkt"), LAST, lists=numbering("upperRoman"))
    made = put_in(file(FIRST, LAST, lists=numbering("decimal")), fresh)
    (used,) = {str(each.get(qn("w:val"))) for each in tree(made).iter(qn("w:numId"))}
    part = File(made).of_kind("numbering")
    assert part is not None
    num = next(each for each in part.root.iter(qn("w:num")) if each.get(qn("w:numId")) == used)
    design = next(
        each for each in part.root.iter(qn("w:abstractNum"))
        if each.get(qn("w:abstractNumId")) == num[0].get(qn("w:val"))
    )  # fmt: skip
    assert next(design.iter(qn("w:numFmt"))).get(qn("w:val")) == "upperRoman"
    assert [etag(each.tag) for each in part.root] == ["abstractNum", "abstractNum", "num", "num"]


def etag(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def test_a_list_comes_into_a_file_that_had_none() -> None:
    made = put_in(file(FIRST, LAST), file(FIRST, listed(1, "Nytt punkt"), LAST, lists=numbering("decimal")))
    assert "{+Nytt punkt+}" in shown(made)


# -- links, pictures and notes ----------------------------------------------------------------------


def test_a_link_goes_by_its_address() -> None:
    hers = file(FIRST, p("Min ", link("rId1", "egen")), LAST, links={"rId1": "https://kari.no"})
    fresh = file(FIRST, p("Se ", link("rId1", "siden"), name="_cb_n"), LAST, links={"rId1": "https://a.no"})
    opened = File(put_in(hers, fresh))
    links = opened.main.root.iter(qn("w:hyperlink"))
    assert [opened.main.target(str(each.get(qn("r:id")))) for each in links] == [
        "https://a.no",
        "https://kari.no",
    ]


def test_a_link_in_a_new_note_belongs_to_the_notes() -> None:
    fresh = file(p("Rådet har 62 kommuner.", note(1), name="_cb_a"), LAST, notes={1: link("rId1", "siden")},
                 note_links={"rId1": "https://a.no"})  # fmt: skip
    opened = File(put_in(file(FIRST, LAST), fresh))
    notes = opened.of_kind("footnotes")
    assert notes is not None
    (around,) = notes.root.iter(qn("w:hyperlink"))
    assert notes.target(str(around.get(qn("r:id")))) == "https://a.no"


def test_a_picture_comes_along_and_one_that_is_there_is_used_again() -> None:
    fresh = file(FIRST, p(picture("rId1"), name="_cb_n"), LAST, pictures={"rId1": b"kart"})
    made = put_in(file(FIRST, LAST), fresh)
    assert [data for name, data in parts_of(made).items() if "media" in name] == [b"kart"]
    hers = file(FIRST, p(picture("rId7")), LAST, pictures={"rId7": b"kart"})
    again = put_in(hers, fresh)
    assert [name for name in parts_of(again) if "media" in name] == ["word/media/rId7.png"]
    numbers = [each.get("id") for each in tree(again).iter(qn("wp:docPr"))]
    assert len(numbers) == len(set(numbers))


def test_a_new_note_is_marked_as_put_in_and_has_an_id_of_its_own() -> None:
    hers = file(p("Rådet har 62 kommuner.", name="_cb_a"), p("Mitt.", note(7)), LAST, notes={7: "Min"})
    fresh = file(p("Rådet har 62 kommuner.", note(1), name="_cb_a"), LAST, notes={1: "Kildens"})
    made = put_in(hers, fresh)
    assert note_shown(made, 8).strip("¶ ") == "{+ +}{+Kildens+}"
    assert note_shown(made, 7).strip("¶ ") == "Min"


def test_notes_come_into_a_file_that_had_none() -> None:
    fresh = file(p("Rådet har 62 kommuner.", note(1), name="_cb_a"), LAST, notes={1: "Kildens"})
    made = put_in(file(FIRST, LAST), fresh)
    assert [each.get(qn("w:id")) for each in tree(made, NOTES)] == ["-1", "0", "1"]


def test_a_field_comes_along_with_its_code() -> None:
    fresh = file(FIRST, p("Side ", field("PAGE", "1"), name="_cb_n"), LAST)
    assert "{+Side ‹PAGE›1+}" in shown(put_in(file(FIRST, LAST), fresh))


# -- names, sessions, sections ----------------------------------------------------------------------


def test_a_new_block_brings_its_hidden_name_unless_her_file_has_it() -> None:
    fresh = file(FIRST, p("Nytt", name="_cb_n"), LAST)
    names = [
        str(each.get(qn("w:name")))
        for each in tree(put_in(file(FIRST, LAST), fresh)).iter(qn("w:bookmarkStart"))
    ]
    assert names == ["_cb_a", "_cb_n", "_cb_b"]
    hers = file(FIRST, LAST, p("Mitt", name="_cb_n"))
    names = [str(each.get(qn("w:name"))) for each in tree(put_in(hers, fresh)).iter(qn("w:bookmarkStart"))]
    assert sorted(names) == ["_cb_a", "_cb_b", "_cb_n"]


def test_a_new_table_stands_between_the_marks_of_its_name() -> None:
    made = put_in(file(FIRST, LAST), file(FIRST, table(["a", "b"], name="_cb_t"), LAST))
    body = tree(made)[0]
    at = next(at for at, each in enumerate(body) if each.tag == qn("w:tbl"))
    assert (body[at - 1].get(qn("w:name")), etag(body[at + 1].tag)) == ("_cb_t", "bookmarkEnd")


def test_a_link_inside_the_paper_leads_to_the_name_that_the_block_has_in_her_file() -> None:
    def jump(name: str) -> str:
        return f'<w:hyperlink w:anchor="{name}">{t("over")}</w:hyperlink>'

    base = file(FIRST, LAST)
    fresh = file(p("Rådet har 62 kommuner.", name="_cb_ny"), p("Se ", jump("_cb_ny"), name="_cb_n"), LAST)
    (around,) = tree(put_in(base, fresh)).iter(qn("w:hyperlink"))
    assert around.get(qn("w:anchor")) == "_cb_a"


def test_ids_of_another_editing_session_stay_behind() -> None:
    fresh = file(
        FIRST, p("Nytt", name="_cb_n").replace("<w:p>", '<w:p w14:paraId="00000001" w:rsidR="00AA">'), LAST
    )
    hers = file(FIRST.replace("<w:p>", '<w:p w14:paraId="00000001">'), LAST)
    numbers = [str(key) for each in tree(put_in(hers, fresh)).iter(qn("w:p")) for key in each.attrib]
    assert len([key for key in numbers if key.endswith("paraId")]) == 1
    assert not [key for key in numbers if "rsid" in key]


def test_a_new_section_has_her_header() -> None:
    reference = '<w:headerReference w:type="default" r:id="rIdheader"/>'
    breaks = f'<w:sectPr>{reference}<w:pgSz w:w="1" w:h="2" w:orient="landscape"/></w:sectPr>'
    base = file(FIRST, LAST, header=p("Sak"))
    fresh = file(FIRST, p("Nytt på tvers", properties=breaks, name="_cb_n"), LAST, header=p("Sak"))
    made = put_in(base, fresh, base)
    references = [str(each.get(qn("r:id"))) for each in tree(made).iter(qn("w:headerReference"))]
    assert [File(made).main.target(each) for each in references] == ["word/header.xml"] * 2


def test_all_that_is_copied_is_marked_as_put_in() -> None:
    fresh = file(FIRST, p("Nytt ", t("avsnitt", "b"), name="_cb_n"), table(["a"], ["b"], name="_cb_t"), LAST)
    assert shown(put_in(file(FIRST, LAST), fresh)) == (
        "Rådet har 62 kommuner.¶{+Nytt avsnitt+}{+¶+}{+|+}{+a+}|{+|+}{+b+}|Møtet er lagt til Hamar.¶"
    )
