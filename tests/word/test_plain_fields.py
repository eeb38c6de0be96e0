"""Fields as what they show."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element as Element

from casebuilder.word.plain_fields import without_fields
from tests.word.handmade import NAMESPACES, field, p, t

CHAR = '<w:fldChar w:fldCharType="{}"/>'


def plain(paragraph: str) -> Element:
    root: Element = parse_xml(f"<w:body {NAMESPACES}>{paragraph}</w:body>")
    without_fields(root)
    return root


def shown(root: Element) -> str:
    """The words, links as [words→anchor]."""
    pieces = []
    for each in root.iter(qn("w:t"), qn("w:instrText"), qn("w:fldChar")):
        link = next(each.iterancestors(qn("w:hyperlink")), None)
        said = each.text or each.tag.rpartition("}")[2]
        pieces.append(said if link is None else f"[{said}→{link.get(qn('w:anchor'))}]")
    return "".join(pieces)


def test_a_field_is_what_it_came_to() -> None:
    assert shown(plain(p("Tabell ", field("SEQ Tabell \\* ARABIC", "3"), ": x"))) == "Tabell 3: x"


def test_a_reference_with_a_link_leads_to_its_bookmark_and_one_without_does_not() -> None:
    made = plain(p(field(" REF _Ref1 \\r \\h ", "2.1"), " ", field("NOTEREF _Ref2", "4")))
    assert shown(made) == "[2.1→_Ref1] 4"


def test_a_simple_field_is_read_the_same_way() -> None:
    simple = f'<w:fldSimple w:instr="PAGEREF _Ref1 \\h">{t("12")}</w:fldSimple>'
    assert shown(plain(p("s. ", simple))) == "s. [12→_Ref1]"


def test_a_hyperlink_stays_for_pandoc_to_read() -> None:
    made = plain(p(field('HYPERLINK "https://example.org"', "ord")))
    assert shown(made) == 'fldCharHYPERLINK "https://example.org"fldCharordfldChar'


def test_a_field_in_a_field_and_all_in_one_run_is_read() -> None:
    inner = field("PAGE", "7")
    nested = f"<w:r>{CHAR.format('begin')}<w:instrText>IF </w:instrText></w:r>{inner}"
    end = f"<w:r>{CHAR.format('separate')}<w:t>svar</w:t>{CHAR.format('end')}</w:r>"
    assert shown(plain(p(nested, end, " etter"))) == "svar etter"


def test_ends_without_a_beginning_and_fields_that_never_end_lose_no_words() -> None:
    assert shown(plain(p(f"<w:r>{CHAR.format('end')}</w:r>", "ord"))) == "ord"
    begun = f"<w:r>{CHAR.format('begin')}</w:r><w:r>{CHAR.format('separate')}</w:r>"
    assert shown(plain(p(begun, "ord"))) == "ord"
    assert shown(plain(p(f"<w:r>{CHAR.format('begin')}</w:r>", "ord"))) == "ord"
