"""A file's parts by kind, its relationships, headers and styles; what is not changed stays."""

from __future__ import annotations

import pytest

from casebuilder.word.file import File, StyleNames
from casebuilder.word.package import UNREADABLE, package_of, parts_of
from tests.word.handmade import DOCUMENT, R, file, link, p, picture, replaced

LINKED = file(
    p("Se ", link("rId1", "siden")),
    p(picture("rId2")),
    links={"rId1": "https://a.no/"},
    pictures={"rId2": b"png"},
)


def test_an_unchanged_file_has_the_very_parts_that_were_read() -> None:
    assert File(LINKED).parts() == parts_of(LINKED)
    assert File(LINKED).data() == LINKED


def test_a_relationship_leads_to_an_address_or_a_part_or_nowhere() -> None:
    main = File(LINKED).main
    assert [main.target(each) for each in ("rId1", "rId2", "rId99")] == [
        "https://a.no/",
        "word/media/rId2.png",
        "",
    ]


def test_a_relationship_that_is_there_is_used_again() -> None:
    main = File(LINKED).main
    assert main.relate(f"{R}/hyperlink", "https://a.no/", is_external=True) == "rId1"
    assert main.relate(f"{R}/image", "word/media/rId2.png") == "rId2"


def test_a_new_relationship_gets_a_free_id_and_is_written() -> None:
    opened = File(LINKED)
    number = opened.main.relate(f"{R}/hyperlink", "https://b.no", is_external=True)
    again = File(opened.data())
    assert number not in ("rId1", "rId2")
    assert again.main.target(number) == "https://b.no"
    assert again.main.target("rId1") == "https://a.no/"


def test_a_part_without_relationships_gets_its_first() -> None:
    opened = File(file(p("Ord"), notes={1: "En note"}))
    notes = opened.of_kind("footnotes")
    assert notes is not None
    number = notes.relate(f"{R}/hyperlink", "https://b.no", is_external=True)
    again = File(opened.data()).of_kind("footnotes")
    assert again is not None
    assert again.target(number) == "https://b.no"


def test_a_part_is_added_under_a_free_name_with_its_content_type() -> None:
    opened = File(LINKED)
    first = opened.add("word/media/rId2.png", b"other", "image/png")
    assert first != "word/media/rId2.png"
    assert (opened.raw(first), opened.raw("word/media/rId2.png")) == (b"other", b"png")
    assert File(opened.data()).content_type(first) == "image/png"


def test_a_part_without_a_type_of_its_own_has_that_of_its_ending() -> None:
    assert File(LINKED).content_type("word/media/rId2.png") == "image/png"
    assert File(LINKED).content_type("a.ukjent") == "application/octet-stream"


def test_parts_are_found_by_kind_whatever_their_names() -> None:
    parts = parts_of(file(p("Ord")))
    renamed = {
        name.replace("document.xml", "document2.xml"): data.replace(b"document.xml", b"document2.xml")
        for name, data in parts.items()
    }
    assert File(package_of(renamed)).main.name == "word/document2.xml"


def test_headers_are_told_by_what_they_are_for_and_which_way_the_page_lies() -> None:
    made = file(p("Ord"), header=p("Hode"))
    assert [(use, part.name) for use, part in File(made).headers()] == [
        ("headerReference:default:", "word/header.xml")
    ]


def test_a_header_that_only_an_earlier_section_names_is_found() -> None:
    reference = '<w:headerReference w:type="default" r:id="rIdheader"/>'
    made = file(p("Ord", properties=f"<w:sectPr>{reference}</w:sectPr>"), p("To"), header=p("Hode"))
    later = replaced(made, f'<w:sectPr>{reference}<w:pgSz w:w="11906" w:h="16838"/>', "<w:sectPr>")
    assert len(list(File(later).headers())) == 1


def test_a_header_that_several_sections_name_is_found_once() -> None:
    reference = '<w:headerReference w:type="default" r:id="rIdheader"/>'
    wide = f'<w:sectPr>{reference}<w:pgSz w:orient="landscape"/></w:sectPr>'
    made = file(p("Ord", properties=wide), header=p("Hode"))
    assert len(list(File(made).headers())) == 1


def test_styles_are_known_by_name_whatever_their_ids() -> None:
    part = File(file(p("Ord"))).of_kind("styles")
    styles = StyleNames(part.root if part else None)
    assert (styles.names["Overskrift1"], styles.ids["paragraph", "heading 1"]) == ("heading 1", "Overskrift1")
    assert styles.default == "normal"
    assert StyleNames(None).names == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_package_is_refused_by_a_known_fault(data: bytes) -> None:
    with pytest.raises(UNREADABLE):
        File(data)


def test_a_package_without_a_main_part_is_refused_by_a_known_fault() -> None:
    with pytest.raises(UNREADABLE):
        File(replaced(file(p("Ord")), "document.main+xml", "glossary+xml", "[Content_Types].xml"))


def test_bytes_put_into_a_part_are_what_is_read_next() -> None:
    opened = File(file(p("Ord")))
    opened.set("word/x.xml", b"<x/>")
    assert opened.raw("word/x.xml") == opened.parts()["word/x.xml"] == b"<x/>"
    assert DOCUMENT in opened.names
