"""What is marked is cut with everything that would still tell of it; numbers stay what they were."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from docx.oxml.ns import qn

from casebuilder.word.cleaning import cleaned
from casebuilder.word.exempt_passages import Exempt, exempt_passages
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.package_check import faults
from casebuilder.word.properties import Identity
from casebuilder.word.redacting import Redaction, redacted
from tests.test_another_secretariat import png
from tests.word.handmade import (
    DOCUMENT,
    NOTES,
    field,
    file,
    link,
    listed,
    named,
    note,
    note_shown,
    numbering,
    p,
    picture,
    shown,
    struck,
    t,
    table,
    tree,
)

SAYS = "[unntatt]"
STYLES = {
    "UO": ("paragraph", "Unntatt offentlighet"),
    "UOTegn": ("character", "Unntatt offentlighet Tegn"),
}
NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)


def x(said: str) -> str:
    """Return a marked run."""
    return t(said, 'rStyle w:val="UOTegn"')


def cut(data: bytes, *replaced: tuple[str, str]) -> bytes:
    done = cleaned(redacted(data, Redaction(SAYS, replaced)), "Rådet", NOON, public_title="Tittel")
    assert faults(parts_of(done)) == []
    return done


def paper(*body: str, **more: object) -> bytes:
    return file(*body, styles=STYLES, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([p("Før ", x("Kari"), " etter.")], [f"Før {SAYS} etter."]),
        ([p("Før ", x("Kari "), x("Vik"), " etter.")], [f"Før {SAYS} etter."]),
        ([p(x("Kari"), " og ", x("Ola"))], [f"{SAYS} og {SAYS}"]),
        ([p("Alt", style="UO")], [SAYS]),
        ([p("Alt", style="UO"), p("dette", style="UO"), p("Åpent")], [SAYS, "Åpent"]),
        ([p(x("Alt")), p(x("dette")), p("Åpent")], [SAYS, "Åpent"]),
        ([p("", style="UO"), p("Åpent")], ["", "Åpent"]),
        ([p(x("Tittel"), style="Overskrift1"), p("Alt", style="UO")], [SAYS, SAYS]),
        ([listed(1, x("én")), listed(1, x("to")), listed(1, "tre")], [SAYS, SAYS, "tre"]),
        ([p("Før ", link("rId9", x("her")), ".")], [f"Før {SAYS}."]),
        ([p("Før ", link("rId9", x("her"), " og der"), ".")], [f"Før {SAYS} og der."]),
        ([p("Et ", x("bilde"), picture("rId8"))], [f"Et {SAYS}"]),
    ],
)
def test_marked_words_give_way_to_what_stands_instead(body: list[str], expected: list[str]) -> None:
    data = paper(
        *body, links={"rId9": "https://hemmelig.no/"}, pictures={"rId8": png()}, lists=numbering("decimal")
    )
    assert _lines(cut(data)) == expected


def _lines(data: bytes) -> list[str]:
    return ["".join(each.text or "" for each in one.iter(qn("w:t"))) for one in tree(data).iter(qn("w:p"))]


def _texts(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml))


def test_the_address_of_a_link_goes_with_its_words_also_where_some_of_them_stay() -> None:
    data = paper(p(link("rId9", x("her"), " og der")), links={"rId9": "https://hemmelig.no/"})
    assert b"hemmelig" not in b"".join(parts_of(cut(data)).values())


def test_notes_of_marked_words_go_and_the_others_are_numbered_anew() -> None:
    referred = field(" NOTEREF _Ref1 \\h ", "2")
    data = paper(
        p(x("Kari"), note(1), " og Ola", named("_Ref1", note(2)).replace("<w:p>", "")),
        p("Se note ", referred),
        notes={1: "hemmelig", 2: "åpen"},
    )
    done = cut(data)
    assert b"hemmelig" not in parts_of(done)[NOTES]
    assert note_shown(done, 2).strip() == "åpen¶"
    assert "Se note 1" in _texts(parts_of(done)[DOCUMENT].decode())


def test_a_note_that_says_nothing_but_marked_words_goes() -> None:
    data = file(
        p("Ola", note(1), " kom"),
        notes={1: "hemmelig"},
        styles=STYLES,
    )
    data = _in_part(
        data,
        NOTES,
        '<w:r><w:t xml:space="preserve">hemmelig',
        '<w:r><w:rPr><w:rStyle w:val="UOTegn"/></w:rPr><w:t>hemmelig',
    )
    done = cut(data)
    assert "footnoteReference" not in parts_of(done)[DOCUMENT].decode()
    assert b"hemmelig" not in b"".join(parts_of(done).values())


def _in_part(data: bytes, part: str, old: str, new: str) -> bytes:
    parts = parts_of(data)
    assert old.encode() in parts[part]
    return package_of({**parts, part: parts[part].replace(old.encode(), new.encode())})


def test_marked_words_in_a_note_that_stays_are_cut() -> None:
    data = file(p("Ola", note(1)), notes={1: "åpent og hemmelig"}, styles=STYLES)
    old = '<w:t xml:space="preserve">åpent og hemmelig</w:t></w:r>'
    data = _in_part(data, NOTES, old, f"<w:t>åpent og </w:t></w:r>{x('hemmelig')}")
    assert note_shown(cut(data), 1).strip() == f"åpent og {SAYS}¶"


def test_a_table_that_is_marked_as_a_whole_is_one_paragraph_and_one_in_part_keeps_its_cells() -> None:
    whole = cut(paper(p("Før"), table([p(x("a")), p(x("b"))], [p(x("c")), p(x("d"))]), p("Etter")))
    assert "<w:tbl>" not in parts_of(whole)[DOCUMENT].decode()
    assert _texts(parts_of(whole)[DOCUMENT].decode()) == f"Før{SAYS}Etter"
    part = cut(paper(table([p(x("a")), p("b")], [p("c"), p(x("d"))]), p("Etter")))
    assert _texts(parts_of(part)[DOCUMENT].decode()) == f"{SAYS}bc{SAYS}Etter"


def test_what_a_table_is_described_as_goes_when_something_in_it_does() -> None:
    data = paper(table([p(x("a")), p("b")]), p("Etter"))
    old = '<w:tblW w:w="0" w:type="auto"/>'
    data = _in_part(data, DOCUMENT, old, f'{old}<w:tblCaption w:val="Kari"/><w:tblDescription w:val="Vik"/>')
    assert b"Kari" not in parts_of(cut(data))[DOCUMENT]


def test_fields_that_show_something_marked_go_with_their_codes() -> None:
    inside = field(' HYPERLINK "https://hemmelig.no" ', "her").replace(t("her"), x("her"))
    data = paper(p("Se ", inside, " nå."))
    done = parts_of(cut(data))[DOCUMENT].decode()
    assert (_texts(done), "hemmelig" in done, "fldChar" in done) == (f"Se {SAYS} nå.", False, False)


def test_what_repeats_a_marked_heading_elsewhere_is_cut_and_a_number_stays() -> None:
    heading = p(
        '<w:bookmarkStart w:id="5" w:name="_Ref5"/>', x("Personalsak Vik"), '<w:bookmarkEnd w:id="5"/>',
        style="Overskrift1",
    )  # fmt: skip
    contents = p('<w:hyperlink w:anchor="_Ref5">' + t("Personalsak Vik") + "</w:hyperlink>")
    said = p(
        "Se «", field(" REF _Ref5 \\h ", "Personalsak Vik"), "» i punkt ", field(" REF _Ref5 \\r \\h ", "3")
    )
    done = _texts(parts_of(cut(paper(contents, heading, said)))[DOCUMENT].decode())
    assert done == f"{SAYS}{SAYS}Se «{SAYS}» i punkt 3"


def test_bookmarks_that_a_person_has_named_and_controls_of_words_go() -> None:
    mark = '<w:bookmarkStart w:id="5" w:name="KariVik"/>', '<w:bookmarkEnd w:id="5"/>'
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="KariVik"/></w:sdtPr><w:sdtContent>'
        + x("Kari")
        + "</w:sdtContent></w:sdt>"
    )
    done = parts_of(cut(paper(p("Før ", mark[0], control, mark[1], " etter"))))[DOCUMENT].decode()
    assert (_texts(done), "KariVik" in done) == (f"Før {SAYS} etter", False)


def test_the_end_of_a_section_stays_when_its_paragraph_is_cut() -> None:
    end = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    done = parts_of(cut(paper(p("Alt", style="UO"), p(x("dette"), properties=end), p("Åpent"))))[
        DOCUMENT
    ].decode()
    assert ("landscape" in done, _texts(done)) == (True, f"{SAYS}{SAYS}Åpent")


def test_pictures_behind_marked_words_leave_the_package() -> None:
    run = picture("rId8").replace("<w:r>", '<w:r><w:rPr><w:rStyle w:val="UOTegn"/></w:rPr>')
    done = parts_of(cut(paper(p("Før ", run, " etter"), pictures={"rId8": png()})))
    assert [name for name in done if "media" in name] == []
    assert "Et bilde" not in done[DOCUMENT].decode()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Personalsak om Kari Vik", "En personalsak"),
        ("Sak 1: Personalsak om\xa0Kari Vik.", "Sak 1: En personalsak."),
        ("Sak 1: Personalsak om Kari …", "Sak 1: En personalsak"),
        ("Personalsak", "Personalsak"),
    ],
)
def test_an_exempt_title_is_replaced_wherever_it_stands_also_cut_short(said: str, expected: str) -> None:
    replaced = ("Personalsak om Kari Vik", "En personalsak")
    half = len(said) // 2
    done = cut(paper(p(t(said[:half]), t(said[half:])), header=p(said)), replaced)
    parts = parts_of(done)
    assert _texts(parts[DOCUMENT].decode()) == _texts(parts["word/header.xml"].decode()) == expected


def test_the_public_file_bears_its_own_title_and_no_name_of_case_or_build() -> None:
    data = file(p("Ord"), title="Hemmelig tittel", identity=Identity("S-1", "b", "c" * 64), styles=STYLES)
    linked = _in_part(data, "_rels/.rels", "</Relationships>", _CORE + "</Relationships>")
    parts = parts_of(cut(linked))
    assert "docProps/custom.xml" not in parts
    assert b"Hemmelig" not in parts["docProps/core.xml"]
    assert b"<dc:title>Tittel</dc:title>" in parts["docProps/core.xml"]


_CORE = (
    '<Relationship Id="rId7" Target="docProps/core.xml" '
    'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
)


# -- what is marked, as words -----------------------------------------------------------------------


def words(data: bytes) -> Mapping[str, bool]:
    return {each.words: each.is_told for each in exempt_passages(data)}


def test_passages_are_told_over_cut_runs_with_notes_addresses_and_alternative_texts() -> None:
    data = paper(
        p("Før ", x("Kari "), x("Vik"), note(1), " og ", link("rId9", x("her"))),
        p("Alt", style="UO"),
        notes={1: "en note"},
        links={"rId9": "https://hemmelig.no/"},
    )
    assert words(data) == {
        "Kari Vik": True, "en note": True, "her": True, "https://hemmelig.no/": False, "Alt": True,
    }  # fmt: skip


def test_what_somebody_has_struck_is_told_too() -> None:
    inside = struck("Ola Berg").replace("<w:r>", '<w:r><w:rPr><w:rStyle w:val="UOTegn"/></w:rPr>')
    assert Exempt("Ola Berg") in exempt_passages(paper(p("Før ", inside)))


def test_a_file_without_the_style_has_nothing_exempt() -> None:
    assert exempt_passages(file(p("Ord"))) == ()
    assert "¶" in shown(file(p("Ord")))
