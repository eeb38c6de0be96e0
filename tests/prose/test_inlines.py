"""What pandoc's inlines become; each text passes real pandoc."""

from __future__ import annotations

import pytest

from casebuilder.paper import Citation, Figure, Format, Image, Inline, Paragraph, Text
from casebuilder.problems import Place, Severity, msg
from casebuilder.prose.inlines import is_safe_address
from tests.prose.builders import body, faults, read, rules, told, told_of


def inlines(text: str) -> tuple[Inline, ...]:
    (paragraph,) = body(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


@pytest.mark.parametrize(
    ("text", "fmt"),
    [
        ("*ord*", Format(italic=True)),
        ("_ord_", Format(italic=True)),
        ("**ord**", Format(bold=True)),
        ("***ord***", Format(bold=True, italic=True)),
        ("~~ord~~", Format(strike=True)),
        ("^ord^", Format(superscript=True)),
        ("~ord~", Format(subscript=True)),
        ("`ord`", Format(code=True)),
        ("[ord]{.underline}", Format(underline=True)),
        ("[ord]{.ul}", Format(underline=True)),
        ("[ord]{.smallcaps}", Format(small_caps=True)),
        ("[ord]{lang=en-GB}", Format(language="en-GB")),
        ("**[ord]{lang=se}**", Format(bold=True, language="se")),
        ("[ord]{.annet}", Format()),
    ],
)
def test_emphasis_becomes_formatting(text: str, fmt: Format) -> None:
    assert inlines(text) == (Text("ord", fmt),)


def test_a_value_takes_the_formatting_around_it() -> None:
    assert inlines("**{{ 7 }}** og *[@A]*")[0] == Text("7", Format(bold=True), (), "7")


@pytest.mark.parametrize(
    "text",
    [
        "<b>fet</b> og <span>mer</span>",
        "Fra $5 til $6, og $x$",
        "@navn skriver",
        r"\newcommand{\x}{y} \LaTeX",
        "C# og a_b_c og 2*3",
        "Sámi giella: čđŋšŧž 🙂",
        "A & B < C",
        r"`kode`{=openxml}".replace("`", "'"),
    ],
)
def test_what_a_secretariat_writes_by_chance_is_plain_text(text: str) -> None:
    (only,) = inlines(text)
    assert isinstance(only, Text)
    assert only.text.translate({0x2018: "'", 0x2019: "'"}) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Han sa \"ja\" og 'nei'.", "Han sa «ja» og ‘nei’."),
        ("«Slik» står", "«Slik» står"),
        ("1990--2000 -- slik ...", "1990–2000 – slik …"),
        ('"{{ sak.tittel }}"', "«Samarbeid»"),
    ],
)
def test_typed_quotes_and_dashes_become_norwegian(text: str, expected: str) -> None:
    assert told_of(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a *b*](https://x.no/y)", "<a b: https://x.no/y>"),
        ("<https://x.no>", "<https://x.no: https://x.no>"),
        ("Se https://x.no/a_b_c.", "Se <https://x.no/a_b_c: https://x.no/a_b_c>."),
        ("[post](mailto:a@b.no)", "<post: mailto:a@b.no>"),
        ("[post](a@b.no)", "<post: mailto:a@b.no>"),
        ("a@b.no", "<a@b.no: mailto:a@b.no>"),
        ("[{{ sak.tittel }}](https://x.no)", "<Samarbeid: https://x.no>"),
        ("[x](https://x.no/?a=1&b=[2])", "<x: https://x.no/?a=1&b=%5B2%5D>"),
        ("[a\\\nb](https://x.no)", "<a b: https://x.no>"),
        ("[a^[Note.]](https://x.no) b", "<a: https://x.no>[^Note.] b"),
    ],
)
def test_a_link_keeps_its_words_and_its_address(text: str, expected: str) -> None:
    assert told_of(text) == [expected]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///C:/x", "fil.pdf", "ftp://x.no", "https:", "data:text/html,x", "//x"],
)
def test_a_link_elsewhere_than_to_the_web_or_an_address_is_refused(address: str) -> None:
    _prose, problems = read(f"Ord.\n\nSe [her]({address}).")
    assert faults(problems) == [("link-address", 3, 10)]
    assert is_safe_address(address) is False


def test_a_link_without_its_scheme_is_told_what_was_meant() -> None:
    _prose, problems = read("[x](www.x.no)")
    assert problems[0].expected == msg("Did you mean «{name}»?", name="https://www.x.no")


def test_an_expression_cannot_stand_in_an_address() -> None:
    _prose, problems = read("Se [x](https://x.no/{{ sak.tittel }}).")
    assert faults(problems) == [("expression-in-address", 1, 21)]


def test_a_body_cannot_be_named_in_the_words_of_a_link() -> None:
    _prose, problems = read('Se [om {{ organ("RAAD") }}](https://x.no).')
    assert [(each.rule, each.expected) for each in problems] == [
        ("mention-in-link", msg("Use organ_navn or organ_kortnavn."))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ord.[^1]\n\n[^1]: Første.\n\n    Andre.", "Ord.[^Første. / Andre.]"),
        ("Ord^[Se *her* <https://x.no>.].", "Ord[^Se her <https://x.no: https://x.no>.]."),
        ("Ord^[{{ sak.tittel }}].", "Ord[^Samarbeid]."),
        ("Ord.[^1]\n\n[^1]: - a\n    - b", "Ord.[^• a | b]"),
    ],
)
def test_a_note_stands_at_its_place_with_all_its_paragraphs(text: str, expected: str) -> None:
    assert told_of(text) == [expected]


def test_a_citation_stands_close_to_its_word() -> None:
    place = Place("tekst.md", line=1, column=5)
    assert inlines("Ord [se @A; @B, s. 3].") == (
        Text("Ord"),
        Citation("A", "se ", "", place),
        Citation("B", "", ", s. 3", place),
        Text("."),
    )


def test_a_picture_alone_is_a_figure_with_a_caption_and_a_width() -> None:
    prose, problems = read(
        "![Kart *over* {{ sak.tittel }}](kart.png){width=5cm}", pictures={"kart.png": b"x"}
    )
    assert problems == ()
    (figure,) = prose.body
    assert isinstance(figure, Figure)
    assert figure.image == Image("kart.png", b"x", "Kart over Samarbeid", 1_800_000)
    assert told([figure]) == ["figure (Kart over Samarbeid: kart.png 1800000) Kart over Samarbeid"]


def test_a_picture_in_a_line_has_its_own_alternative_text() -> None:
    text = 'Ord ![vises ikke](k.png){alt="Et kart" width=50%} ord.'
    prose, problems = read(text, pictures={"k.png": b"x"})
    assert (told(prose.body), problems) == (["Ord (Et kart: k.png None) ord."], ())


def test_a_picture_that_is_missing_or_has_no_alternative_text_is_told() -> None:
    _prose, missing = read("![Kart](borte.png)")
    _prose, silent = read("![](k.png)", pictures={"k.png": b"x"})
    assert (rules(missing, Severity.ERROR), rules(silent, Severity.WARNING)) == (
        ["picture-missing"],
        ["alt-text"],
    )
