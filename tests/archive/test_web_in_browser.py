"""A paper's page in a real browser: by day and night, on a phone, on paper, by the keyboard alone."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from casebuilder.archive.web import html_of
from casebuilder.prose.pandoc import html_of_word
from casebuilder.word.cleaning import said_of_itself
from tests.archive.conftest import SAMPLE
from tests.devtools import Window, window
from tests.tools import tool
from tests.word.handmade import file, link, listed, note, numbering, p, t, table

CONTRASTS = """
const bright = c => [c.r, c.g, c.b].map(v => v / 255)
  .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
const parse = said => { const n = said.match(/[\\d.]+/g).map(Number);
  return {r: n[0], g: n[1], b: n[2], a: n.length > 3 ? n[3] : 1}; };
const behind = node => { for (let each = node; each; each = each.parentElement) {
  const c = parse(getComputedStyle(each).backgroundColor); if (c.a === 1) return c;
  if (c.a > 0) throw new Error('half seen through'); } throw new Error('no background'); };
const found = []; const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) { const node = walker.currentNode, element = node.parentElement;
  if (!node.data.trim()) continue;
  const [a, b] = [bright(parse(getComputedStyle(element).color)), bright(behind(element))];
  found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.data.slice(0, 30)]); }
return [found.length, ...found.sort((x, y) => x[0] - y[0])[0]];
"""
"""How many texts there are, the smallest contrast of them, and whose it is (WCAG 2.1, 1.4.3)."""

FOCUSED = """
const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
return [at.tagName, at.getAttribute('href') || at.getAttribute('aria-label') || '',
  style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  box.left >= 0 && box.right <= innerWidth + 1 && box.top < innerHeight && box.bottom > 0];
"""


@pytest.fixture(scope="module")
def pages(sample: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, data in sample.items():
        title = said_of_itself(data)["title"]
        page = html_of(data, title=title, language="nb-NO", author="Osloregionen IPR", convert=html_of_word)
        made[name] = folder / f"{name}.html"
        made[name].write_text(page, encoding="utf-8")
    made["odd"] = folder / "odd.html"
    odd = html_of(odd_paper(), title="Odd", language="nn", author="Rådet", convert=html_of_word)
    made["odd"].write_text(odd, encoding="utf-8")
    return made


def odd_paper() -> bytes:
    """A paper with what the sample has not: quotations, marked words, long words, many and nested columns."""
    lists = numbering("lowerLetter", "upperRoman")
    chapters = [p(f"Overskrift {at}", style="Overskrift1") for at in range(5)]
    body = [
        p("Sitert", style="Sitat"), p(t("gult", 'highlight w:val="yellow"'), note(1)), p("ord" * 40),
        listed(1, "en"), listed(2, "to"), table([f"kolonne {at}" for at in range(12)], ["verdi"] * 12),
        table([p("ytre") + table(["indre"] * 4), "x"]), table(["lenke", link("a", "https://" + "a" * 80)]),
    ]  # fmt: skip
    links = {"a": "https://example.org"}
    return file(*chapters, *body, lists=lists, notes={1: "En note"}, links=links)


@pytest.fixture(scope="module")
def browser() -> Iterator[Window]:
    with window() as found:
        yield found


@pytest.fixture(params=(*SAMPLE, "odd"))
def opened(pages: dict[str, Path], browser: Window, request: pytest.FixtureRequest) -> Window:
    browser.open(pages[request.param])
    browser.resize(1100)
    return browser


def test_every_text_can_be_read_by_day_by_night_and_on_paper(opened: Window) -> None:
    for dark, paper in ((False, False), (True, False), (True, True)):
        opened.media(dark=dark, paper=paper)
        count, smallest, whose = opened.look(CONTRASTS)
        assert count > 30
        assert smallest >= 4.5, (whose, dark, paper)


def test_night_is_dark_and_paper_is_white(opened: Window) -> None:
    behind = "return getComputedStyle(document.documentElement).backgroundColor"
    opened.media(dark=True)
    assert opened.look(behind) == "rgb(20, 25, 28)"
    opened.media(dark=True, paper=True)
    assert opened.look(behind) == "rgb(255, 255, 255)"


def test_the_keyboard_reaches_everything_in_the_order_it_stands_and_shows_where_it_is(opened: Window) -> None:
    wanted = opened.look(
        "return [...document.querySelectorAll('a[href], [tabindex=\"0\"]')].map(each =>"
        " [each.tagName, each.getAttribute('href') || each.getAttribute('aria-label')])"
    )
    assert wanted[0] == ["A", "#main-text"]
    reached = []
    for _ in wanted:
        opened.press("Tab", 9)
        tag, told, is_outlined, is_seen = opened.look(FOCUSED)
        reached.append([tag, told])
        assert (is_outlined, is_seen) == (True, True), told
    assert reached == wanted


def test_the_skip_link_leads_past_what_stands_first(opened: Window) -> None:
    opened.press("Tab", 9)
    opened.press("Enter", 13)
    assert opened.look("return document.activeElement.id") == "main-text"


def test_a_phone_shows_the_whole_page_without_scrolling_sideways(opened: Window) -> None:
    opened.resize(320)
    assert opened.look("return [document.scrollingElement.scrollWidth, innerWidth]") == [320, 320]
    outside = (
        "return [...document.querySelectorAll('main *')].filter(each => !each.closest('.wide') &&"
        " each.getBoundingClientRect().right > 321).map(each => each.outerHTML.slice(0, 80))"
    )
    assert opened.look(outside) == []


def test_headings_and_landmarks_are_those_that_a_screen_reader_wants(opened: Window) -> None:
    opened.tell("Accessibility.enable")
    nodes = opened.tell("Accessibility.getFullAXTree")["nodes"]
    told = [
        (
            each["role"]["value"],
            {one["name"]: one["value"].get("value") for one in each.get("properties", [])},
        )
        for each in nodes
        if not each["ignored"]
    ]
    levels = [said["level"] for role, said in told if role == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    roles = [role for role, _said in told]
    counts = [roles.count(each) for each in ("banner", "main", "contentinfo", "navigation")]
    assert counts == [1, 1, 1, 1]


def test_the_page_asks_for_nothing(opened: Window) -> None:
    assert [each.partition(":")[0] for each in opened.asked] == ["file"]


def test_printed_pages_have_the_paper_and_not_what_is_for_the_screen(opened: Window, tmp_path: Path) -> None:
    pdftotext = tool("pdftotext", "poppler reads the PDF's words")
    printed = opened.tell("Page.printToPDF", preferCSSPageSize=True)["data"]
    (tmp_path / "a.pdf").write_bytes(base64.b64decode(printed))
    command = [pdftotext, str(tmp_path / "a.pdf"), "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Noter" in said or "Kilder" in said or "Notar" in said
    assert [each for each in ("Hopp til", "Til toppen", "Innhold\n") if each in said] == []


def test_a_wide_table_scrolls_by_itself_and_by_the_arrow_keys(browser: Window, tmp_path: Path) -> None:
    wide = table([f"kolonne nummer {at}" for at in range(9)], ["verdi"] * 9)
    page = html_of(file(p("Før"), wide), title="T", language="nb", author="R", convert=html_of_word)
    (tmp_path / "wide.html").write_text(page, encoding="utf-8")
    browser.open(tmp_path / "wide.html")
    browser.resize(320)
    assert browser.look("return document.scrollingElement.scrollWidth") == 320
    browser.press("Tab", 9)
    browser.press("Tab", 9)
    assert browser.look("return document.activeElement.className") == "wide"
    browser.press("ArrowRight", 39)
    assert browser.later("document.querySelector('.wide').scrollLeft", milliseconds=500) > 0
