"""What is looked for, and where it is found: in every part of a Word file, a PDF, a page, a name."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from casebuilder.archive.leaks import leaks_in
from casebuilder.archive.needles import Kind, Secret, needles_of
from tests.word.handmade import file, p, t


def needles(*passages: str, known: tuple[str, ...] = ()) -> list[str]:
    found = needles_of([Secret(each, Kind.PASSAGE, "S-1") for each in passages], known)
    return [each.words for each in found]


def hits(name: str, data: bytes, *secrets: str) -> list[str]:
    sought = needles_of([Secret(each, Kind.PASSAGE, "S-1") for each in secrets], ())
    return [each.needle.words if each.needle else "number" for each in leaks_in({name: data}, sought)]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Kari Vik", ["Kari Vik"]),
        ("Klagen gjelder Kari Vik og Ola.", ["Klagen gjelder Kari Vik og Ola.", "Kari Vik", "Ola"]),
        ("Han sa opp. Styret fikk brevet i går.", [
            "Han sa opp. Styret fikk brevet i går.", "Styret fikk brevet i går",
        ]),
        ("Osloregionen IPR tapte mot Berg & Dal.", ["Osloregionen IPR tapte mot Berg & Dal.", "Berg & Dal"]),
        ("a", []),
    ],
)  # fmt: skip
def test_a_passage_is_looked_for_as_a_whole_by_its_sentences_and_its_names(
    passage: str, expected: list[str]
) -> None:
    assert needles(passage, known=("Osloregionen IPR",)) == expected


def test_a_known_name_that_is_marked_by_itself_is_looked_for_all_the_same() -> None:
    assert needles("Osloregionen IPR", known=("Osloregionen IPR",)) == ["Osloregionen IPR"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Møtet med Vik var kort.", True),
        ("Viks brev", True),
        ("Vikersund", False),
        ("en vik i fjorden", False),
        ("V\u00adik", True),
    ],
)
def test_a_short_name_is_found_as_a_word_of_its_own(text: str, is_found: bool) -> None:  # noqa: FBT001 - a table
    assert bool(hits("a.txt", text.encode(), "Vik")) is is_found


@pytest.mark.parametrize(
    "text",
    [
        "Avtalen med leverandøren er   sagt opp",
        "avtalen med leveran\u00addøren er\nsagt\xa0opp",
        "AVTALEN MED LEVERANDØREN ER SAGT OPP!",
    ],
)
def test_a_passage_is_found_whatever_its_blanks_and_capitals(text: str) -> None:
    assert hits("a.html", f"<p>{text}</p>".encode(), "Avtalen med leverandøren er sagt opp")


@pytest.mark.parametrize(
    "page",
    [
        "<p>K<b>ari</b> Vik</p>",
        '<img alt="Kari Vik">',
        "<!-- Kari Vik -->",
        "<title>Kari Vik</title>",
        "<p>K&#97;ri&nbsp;Vik</p>",
    ],
)
def test_a_page_is_searched_in_words_attributes_and_comments(page: str) -> None:
    assert hits("a.html", page.encode(), "Kari Vik") == ["Kari Vik"]


def test_a_word_file_is_searched_over_cut_runs_in_names_and_in_what_is_put_into_it() -> None:
    assert hits("a.docx", file(p(t("Ka"), t("ri V"), t("ik"))), "Kari Vik") == ["Kari Vik"]
    assert hits("a.docx", file(p("x"), title="Kari Vik"), "Kari Vik") == ["Kari Vik"]
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("xl/sharedStrings.xml", "<sst><si><t>Kari Vik</t></si></sst>")
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("word/embeddings/bok.xlsx", inner.getvalue())
    assert hits("a.docx", outer.getvalue(), "Kari Vik") == ["Kari Vik"]


def test_a_pdf_is_searched_in_its_strings_streams_and_metadata() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Subject"] = "Brev til Kari Vik"
    pdf.Root.Extra = pdf.make_stream("Ola Berg var her".encode("utf-16-be"))
    buffer = io.BytesIO()
    pdf.save(buffer)
    assert hits("a.pdf", buffer.getvalue(), "Kari Vik", "Ola Berg", "Per Dal") == ["Kari Vik", "Ola Berg"]


def test_names_of_files_and_identity_numbers_are_found() -> None:
    assert hits("Brev til Kari Vik.txt", b"", "Kari Vik") == ["Kari Vik"]
    assert hits("a.txt", b"nummer 170540 26641", "Kari Vik") == ["number"]
    assert hits("a.txt", b"nummer 170540 26642", "Kari Vik") == []
