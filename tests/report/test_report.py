"""The report of a build: what it says, how it is made, and how it looks in a real browser."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from casebuilder.delivery.report import NAME
from casebuilder.language import speaker
from casebuilder.pipeline import Options, Report, build
from casebuilder.report.html import el, joined
from casebuilder.report.style import DARK, LIGHT
from casebuilder.workspace import Workspace
from tests.browser import chromium, seen, served
from tests.conftest import ROOT
from tests.sheetedit import set_cell

MEETING, CASE = "STYRET-2026-01", "STYRET-2026-014"


def run(folder: Path, *names: str, language: str = "nb") -> Report:
    return build(Workspace(folder), names, options=Options(speaker(language)))


def path_of(folder: Path) -> Path:
    return folder / "output" / MEETING / NAME


def report(folder: Path) -> str:
    return path_of(folder).read_text(encoding="utf-8")


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("</head>")[2]).split())


class Outline(HTMLParser):
    """Checks that every element is closed, and keeps headings, ids and links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.levels: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, name: str) -> list[str]:
        return [str(each[name]) for _tag, each in self.attributes if name in each]


# -- what it says -----------------------------------------------------------------------------------


def test_every_paper_has_its_status_and_a_link(folder: Path) -> None:
    run(folder)
    first = report(folder)
    assert words(first).count("– ny ") == 3
    links = [href for href in Outline(first).all("href") if href.endswith(".docx")]
    assert len(links) == 3
    run(folder)
    assert words(report(folder)).count("ikke rørt: ikke noe nytt") == 3


def test_what_is_new_is_told_with_its_cell_also_where_nobody_has_edited(folder: Path) -> None:
    run(folder)
    cell = set_cell(folder, "saker", CASE, "Saksbehandler", "Nina Ny")
    run(folder)
    told = words(report(folder))
    assert "14/26 Medlemstall og møteplan for 2026 – oppdatert" in told
    assert "«Nina Ny»" in told
    assert f"saker.xlsx, ark saker, {cell} ({CASE})" in told


def test_a_merged_paper_tells_how_many_changes_and_places_to_look_at(folder: Path) -> None:
    run(folder)
    paper = next((folder / "output" / MEETING).glob("Sak 14-26 Medlemstall*.docx"))
    document = Document(str(paper))
    document.paragraphs[-3].add_run(" Et ord til.")
    document.save(str(paper))
    set_cell(folder, "saker", CASE, "Saksbehandler", "Nina Ny")
    run(folder)
    assert "flettet: 1 opplysning satt inn" in words(report(folder))


def test_a_stopped_paper_and_its_problem_stand_at_file_and_cell(folder: Path) -> None:
    cell = set_cell(folder, "saker", CASE, "Sakstype", "PSS")
    run(folder)
    told = words(report(folder))
    assert "stanset: har feil" in told
    assert f"sources/saker.xlsx FEIL saker!{cell} : «PSS» er ikke en av verdiene" in told
    assert "Papirer: 3, av dem stanset: 1. Feil: 1." in told


def test_a_run_about_one_case_says_so_of_the_others(folder: Path) -> None:
    run(folder, CASE)
    assert words(report(folder)).count("ikke med i denne kjøringen") == 2


def test_every_value_of_a_paper_stands_with_its_cells(folder: Path) -> None:
    run(folder)
    told = words(report(folder))
    assert "Verdiene i papiret til sak 12/26" in told
    assert re.search(r"57 medlemmer.*Bærum kommune har gått ut 28\.10\.2020 01\.01\.2026", told)


def test_the_page_speaks_the_clerk_s_language(folder: Path) -> None:
    run(folder, language="en")
    page = report(folder)
    assert ('<html lang="en">' in page, "What is new" in page, "Å se på" in page) == (True, True, False)


# -- how it is written ------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_page_and_an_unchanged_page_is_not_written(folder: Path) -> None:
    run(folder)
    run(folder)
    before = path_of(folder).stat().st_mtime_ns, report(folder)
    run(folder)
    assert (path_of(folder).stat().st_mtime_ns, report(folder)) == before


def test_a_page_of_somebody_else_s_is_left_alone_and_told(folder: Path) -> None:
    path_of(folder).parent.mkdir(parents=True)
    path_of(folder).write_text("<p>Min egen side</p>", encoding="utf-8")
    found = run(folder)
    assert report(folder) == "<p>Min egen side</p>"
    assert ([each.rule for each in found.problems], found.exit_code) == (["report-not-written"], 0)


def test_a_check_writes_no_report(folder: Path) -> None:
    build(Workspace(folder, may_write=False))
    assert not (folder / "output").exists()


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "A & B", "\"x\" 'y'", "]]>"])
def test_any_text_of_a_cell_is_text_and_no_markup(folder: Path, text: str) -> None:
    set_cell(folder, "saker", CASE, "Saksbehandler", text)
    run(folder)
    page = report(folder)
    assert "<script" not in page
    assert joined(text) in page
    assert str(el("p", text, title=text)).count("<") == 2


# -- how it is made ---------------------------------------------------------------------------------


def test_the_page_is_well_formed_and_its_headings_links_and_ids_fit(folder: Path) -> None:
    set_cell(folder, "saker", CASE, "Sakstype", "PSS")
    run(folder)
    outline = Outline(report(folder))
    assert outline.open == []
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(outline.levels, outline.levels[1:], strict=False))
    ids = outline.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in outline.all("href") if href.startswith("#")} <= set(ids)
    assert set(outline.all("aria-labelledby")) <= set(ids)


def test_the_figure_is_a_picture_with_a_text_alternative_and_a_table(folder: Path) -> None:
    run(folder)
    page = report(folder)
    svg = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert svg
    for drawn in svg:
        root = ET.fromstring(drawn)  # noqa: S314 - our own page
        assert root.get("role") == "img"
        assert re.search(r"\d+ medlemmer per", str(root.get("aria-label")))
    assert "Bærum kommune 01.01.2026" in svg[0]
    assert page.count("<figure>") == len(svg) == page.count("Figuren som tabell")


def test_nothing_is_loaded_and_no_script_runs(folder: Path) -> None:
    run(folder)
    page = report(folder)
    outline = Outline(page)
    assert not {tag for tag, _attributes in outline.attributes} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
    }
    assert outline.all("src") == []
    assert "url(" not in page
    assert "default-src 'none'" in outline.all("content")[1]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_lines_can_be_seen(colours: dict[str, str]) -> None:
    for ink in ("ink", "quiet", "link", "good", "news", "look", "stop", "left"):
        assert min(contrast(colours[ink], colours[paper]) for paper in ("page", "panel")) >= 4.5, ink
    for line in ("line", "member", "left"):
        assert contrast(colours[line], colours["page"]) >= 3, line


# -- in a real browser ------------------------------------------------------------------------------

CONTRASTS = """
const lum=c=>{const v=c.match(/[\\d.]+/g).slice(0,3).map(x=>x/255)
.map(x=>x<=0.04045?x/12.92:((x+0.055)/1.055)**2.4);
return 0.2126*v[0]+0.7152*v[1]+0.0722*v[2]};
const back=e=>{for(;e;e=e.parentElement){const c=win.getComputedStyle(e).backgroundColor;
if(!/, 0\\)$/.test(c))return c}return'rgb(255, 255, 255)'};
const low=[];let count=0;
for(const e of doc.querySelectorAll('body *:not(title):not(desc)')){
if(![...e.childNodes].some(n=>n.nodeType===3&&n.data.trim()))continue;
const s=win.getComputedStyle(e),ink=e.closest('svg')?s.fill:s.color;count++;
const [a,b]=[lum(ink),lum(back(e))].sort((x,y)=>y-x);
if((a+0.05)/(b+0.05)<4.5)low.push(e.outerHTML.slice(0,90))}
return {low,count,page:win.getComputedStyle(doc.documentElement).backgroundColor}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    for name in ("sources", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    set_cell(folder, "saker", CASE, "Sakstype", "PSS")
    run(folder)
    return path_of(folder).parent


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_word_has_contrast_as_the_browser_draws_it(built: Path, dark: bool) -> None:  # noqa: FBT001
    found, asked = seen(built, NAME, CONTRASTS, width=1200, dark=dark)
    assert (found["low"], found["count"] > 200) == ([], True)
    assert found["page"] == ("rgb(20, 25, 28)" if dark else "rgb(255, 255, 255)")
    assert {path for path in asked if path != "/favicon.ico"} == {"/harness.html", f"/{NAME}"}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_page_fits_its_width_and_what_is_wider_scrolls_by_itself(built: Path, width: int) -> None:
    look = (
        "return [doc.documentElement.scrollWidth,[...doc.querySelectorAll('.wide')].every(e=>e.tabIndex===0)]"
    )
    found, _asked = seen(built, NAME, look, width=width)
    assert found == [width, True]


def test_the_keyboard_reaches_everything_in_the_order_it_is_read(built: Path) -> None:
    look = """
    const all=[...doc.querySelectorAll('a[href],summary,[tabindex]')];
    const shown=e=>{e.focus();return doc.activeElement===e&&win.getComputedStyle(e).display!=='none'};
    return {first:all[0].className,count:all.length,reached:all.filter(shown).length,
    jumps:all.filter(e=>e.tabIndex>0).length}
    """
    found, _asked = seen(built, NAME, look, width=1200)
    assert (found["first"], found["jumps"]) == ("skip", 0)
    assert found["reached"] == found["count"] > 10


def test_it_can_be_printed(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "rapport.pdf"
    with served(built) as (address, _asked):
        chromium("--no-pdf-header-footer", f"--print-to-pdf={target}", f"{address}/{NAME}")
    assert target.read_bytes().startswith(b"%PDF")
    assert b"/Type /Page" in target.read_bytes() or target.stat().st_size > 20_000


def test_the_browser_reads_the_words_that_were_written(built: Path) -> None:
    def text(page: str) -> list[str]:
        return words(page).split()

    with served(built) as (address, _asked):
        shown: Any = chromium("--dump-dom", f"{address}/{NAME}")
    assert text(shown) == text((built / NAME).read_text(encoding="utf-8"))
