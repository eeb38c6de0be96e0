"""Styles by name, whatever a Norwegian Word calls their ids; the missing ones added as Word would."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml.etree import _Element as Element

from casebuilder.paper import (
    Block,
    Cell,
    Code,
    Column,
    Format,
    Heading,
    Link,
    ListBlock,
    Note,
    NumberFormat,
    Paragraph,
    Quote,
    Table,
    Text,
)
from casebuilder.word.package import package_of, parts_of
from casebuilder.word.styles import Styles, set_norwegian
from tests.papertext import paper_text
from tests.word.builders import opened, paper, template_with, written

BUILT_IN = [
    *(f"heading {level}" for level in range(1, 10)),
    *("footnote text", "footnote reference", "Hyperlink", "HTML Code", "HTML Preformatted", "caption"),
    *("Quote", "Table Grid", "Normal", "Normal Table", "List Bullet", "List Number 3", "List Continue 2"),
]


def styles_of(*inside: str) -> tuple[Element, Styles]:
    root = parse_xml(f"<w:styles {nsdecls('w')}>{''.join(inside)}</w:styles>")
    return root, Styles(root)


def style(style_id: str, name: str, inside: str = "", kind: str = "paragraph", more: str = "") -> str:
    start = f'<w:style w:type="{kind}" w:styleId="{style_id}"{more}><w:name w:val="{name}"/>'
    return f"{start}{inside}</w:style>"


def test_a_style_is_found_by_its_name_in_any_case_and_by_its_kind() -> None:
    _root, styles = styles_of(
        style("Overskrift1", "heading 1"), style("Sterk", "Sitat", kind="character"), style("Sitat", "sitat")
    )
    assert [styles.id("heading 1"), styles.find("Heading 1"), styles.find("Sitat")] == [
        "Overskrift1",
        "Overskrift1",
        "Sitat",
    ]
    assert (styles.find("Sitat", "character"), styles.find("Sitat", "table"), styles.find("x")) == (
        "Sterk",
        None,
        None,
    )


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_missing_style_is_added_once_with_what_it_builds_on(name: str) -> None:
    root, styles = styles_of()
    first = styles.id(name)
    assert (styles.id(name), Styles(root).id(name)) == (first, first)
    known = {str(each.get(qn("w:styleId"))) for each in root}
    referred = {
        str(each.get(qn("w:val"))) for tag in ("w:basedOn", "w:next", "w:link") for each in root.iter(qn(tag))
    }
    assert (referred - known, len(known)) == (set(), len(root))
    made = styles.definition(first)
    assert made is not None
    assert [each.get(qn("w:val")) for each in made.iter(qn("w:name"))] == [name]


def test_a_new_style_takes_no_other_style_s_id() -> None:
    root, styles = styles_of(style("Quote", "Utheving"), style("Quote1", "Merknad"), style("N", "Normal"))
    assert (styles.id("Quote"), styles.id("heading 2")) == ("Quote2", "Heading2")
    ids = [each.get(qn("w:styleId")) for each in root]
    assert len(set(ids)) == len(ids) == 5
    assert [each.get(qn("w:val")) for each in root.iter(qn("w:basedOn"))] == ["N", "N"]


def test_an_added_normal_style_is_the_default_only_where_there_is_none() -> None:
    for known, default in (((), "1"), ((style("S", "Standard", more=' w:default="1"'),), None)):
        _root, styles = styles_of(*known)
        made = styles.definition(styles.id("Normal"))
        assert made is not None
        assert made.get(qn("w:default")) == default


def test_a_heading_has_its_level_in_the_outline() -> None:
    _root, styles = styles_of()
    levels = [
        next(definition.iter(qn("w:outlineLvl"))).get(qn("w:val"))
        for level in range(1, 10)
        if (definition := styles.definition(styles.id(f"heading {level}"))) is not None
    ]
    assert levels == [str(level) for level in range(9)]


def lang(value: str) -> str:
    return f'<w:rPr><w:lang w:val="{value}" w:eastAsia="ja-JP"/></w:rPr>'


def languages(root: Element) -> list[str | None]:
    return [each.get(qn("w:val")) for each in root.iter(qn("w:lang"))]


@pytest.mark.parametrize(
    "defaults",
    [
        "",
        "<w:docDefaults/>",
        "<w:docDefaults><w:pPrDefault/></w:docDefaults>",
        "<w:docDefaults><w:rPrDefault/></w:docDefaults>",
        f"<w:docDefaults><w:rPrDefault>{lang('en-US')}</w:rPrDefault><w:pPrDefault/></w:docDefaults>",
    ],
)
def test_the_paper_s_language_is_the_default_of_the_document(defaults: str) -> None:
    root, styles = styles_of(defaults, style("N", "Normal"))
    styles.set_language("nn-NO")
    path = "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")))
    found = root.find(path)
    assert found is not None
    assert (found.get(qn("w:val")), root[0].tag, root[0][0].tag) == (
        "nn-NO",
        qn("w:docDefaults"),
        qn("w:rPrDefault"),
    )


def test_a_style_that_is_the_default_or_norwegian_is_in_the_paper_s_language_and_others_in_their_own() -> (
    None
):
    root, styles = styles_of(
        style("N", "Normal", lang("en-US"), more=' w:default="1"'),
        style("A", "Brev", lang("nb-NO")),
        style("B", "English", lang("en-GB")),
    )
    styles.set_language("nn-NO")
    assert languages(root) == ["nn-NO", "nn-NO", "nn-NO", "en-GB"]


def test_text_that_is_marked_norwegian_follows_the_paper_and_other_text_does_not() -> None:
    root = parse_xml(f"<w:p {nsdecls('w')}><w:r>{lang('nb-NO')}</w:r><w:r>{lang('sv-SE')}</w:r></w:p>")
    set_norwegian(root, "nn-NO")
    assert languages(root) == ["nn-NO", "sv-SE"]


NORWEGIAN = {
    "Heading1": "Overskrift1",
    "Heading2": "Overskrift2",
    "ListBullet": "Punktliste",
    "ListNumber": "Nummerertliste",
    "Quote": "Sitat",
    "Caption": "Bildetekst",
    "TableGrid": "Tabellrutenett",
}


def norwegian(template: bytes) -> bytes:
    """The same template as a Norwegian Word saves it."""
    parts = parts_of(template)
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        text = parts[name].decode()
        for english, ours in NORWEGIAN.items():
            text = text.replace(f'"{english}"', f'"{ours}"')
        parts[name] = text.encode()
    return package_of(parts)


def p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


BLOCKS: tuple[Block, ...] = (
    Heading(1, (Text("A"),)),
    Heading(2, (Text("B"),)),
    Paragraph((Text("c", Format(code=True)), Link("https://a.no", (Text("d"),)), Note((p("e"),)))),
    ListBlock(((p("f"),),)),
    ListBlock(((p("g"),),), NumberFormat.DECIMAL),
    Quote((p("h"),)),
    Code("i"),
    Table((Column(),), (), ((Cell((p("j"),)),),), (Text("k"),)),
)


def test_a_paper_in_a_norwegian_template_reads_as_in_an_english_one() -> None:
    english = template_with("{{ saksutredning }}")
    ours = norwegian(english)
    first, second = (written(paper(*BLOCKS), template) for template in (english, ours))
    assert b'w:val="Overskrift1"' in parts_of(second)["word/document.xml"]
    assert paper_text(first) == paper_text(second)


def test_no_style_stands_twice_in_a_paper() -> None:
    styles = opened(written(paper(*BLOCKS), template_with("{{ saksutredning }}"))).styles
    ids = [each.style_id for each in styles]
    names = [(each.type, str(each.name).casefold()) for each in styles]
    assert (len(set(ids)), len(set(names))) == (len(ids), len(names))
