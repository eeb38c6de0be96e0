"""The judge is judged: small documents read by ECMA-376's letter, and a second implementation's reading."""

from __future__ import annotations

import io
from random import Random

import pytest
from docx import Document
from lxml import etree

from tests.merging import hands, judge, noise, papers, tracked
from tests.merging.laws import scalpel_differs
from tests.merging.opened import Opened, W


def written(*blocks: str) -> bytes:
    """Return a document with these blocks; `{n}` in them opens a tracked change's attributes."""
    buffer = io.BytesIO()
    Document().save(buffer)
    package = Opened(buffer.getvalue())
    said = "".join(blocks)
    for number in range(20):
        said = said.replace(f"{{{number}}}", f'w:id="{number}" w:author="A"')
    body = etree.fromstring(f'<w:body xmlns:w="{W}">{said}<w:p/><w:sectPr/></w:body>')
    package.body[:] = list(body)
    return package.data()


def both(data: bytes) -> tuple[list[str], list[str]]:
    """Return the text as accepted and as rejected, the last empty paragraph left out."""
    assert scalpel_differs(data) == ""
    return judge.accepted_text(data)[:-1], judge.rejected_text(data)[:-1]


def p(*content: str, mark: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>' if mark else ''}{''.join(content)}</w:p>"


def r(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def test_inserted_words_stay_or_go() -> None:
    data = written(p(r("a "), f"<w:ins {{1}}>{r('b')}</w:ins>"))
    assert both(data) == (["a b"], ["a "])


def test_deleted_words_go_or_stay() -> None:
    data = written(p(r("a "), f"<w:del {{1}}>{r('b', 'delText')}</w:del>"))
    assert both(data) == (["a "], ["a b"])


def test_words_inserted_and_then_deleted_go_both_ways() -> None:
    data = written(p(r("a"), f"<w:ins {{1}}><w:del {{2}}>{r('b', 'delText')}</w:del></w:ins>"))
    assert both(data) == (["a"], ["a"])


def test_a_deleted_mark_joins_a_paragraph_with_the_following_one() -> None:
    data = written(p(r("a"), mark="<w:del {1}/>"), p(r("b")))
    assert both(data) == (["ab"], ["a", "b"])


def test_an_inserted_mark_divides_only_if_it_is_accepted() -> None:
    data = written(p(r("a"), mark="<w:ins {1}/>"), p(r("b")))
    assert both(data) == (["a", "b"], ["ab"])


def test_an_inserted_paragraph_goes_with_its_words() -> None:
    data = written(p(r("a")), p(f"<w:ins {{1}}>{r('b')}</w:ins>", mark="<w:ins {2}/>"), p(r("c")))
    assert both(data) == (["a", "b", "c"], ["a", "c"])


def test_several_marks_in_a_row_join_into_one_paragraph() -> None:
    data = written(p(r("a"), mark="<w:del {1}/>"), p(r("b"), mark="<w:del {2}/>"), p(r("c")))
    assert both(data) == (["abc"], ["a", "b", "c"])


def test_the_following_paragraph_s_properties_stay() -> None:
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{r("b")}</w:p>'
    data = written(p(r("a"), mark="<w:del {1}/>"), heading)
    assert judge.accepted_text(data)[:-1] == ["[heading 1] ab"]


def test_a_deleted_paragraph_before_a_table_goes_whole() -> None:
    cell = f"<w:tc><w:tcPr/>{p(r('c'))}</w:tc>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"
    data = written(p(r("a")), p(f"<w:del {{1}}>{r('b', 'delText')}</w:del>", mark="<w:del {2}/>"), table)
    assert both(data) == (["a", "‖ c"], ["a", "b", "‖ c"])


def test_rows_stay_or_go_and_a_table_without_rows_goes() -> None:
    def row(text: str, mark: str) -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr><w:tc><w:tcPr/>{p(r(text))}</w:tc></w:tr>"

    start = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
    one = f"{start}{row('a', '')}{row('b', '<w:ins {1}/>')}{row('c', '<w:del {2}/>')}</w:tbl>"
    two = f"{start}{row('d', '<w:del {3}/>')}</w:tbl>"
    data = written(one, p(r("x")), two)
    assert both(data) == (["‖ a", "‖ b", "x"], ["‖ a", "‖ c", "x", "‖ d"])


def test_a_former_style_comes_back() -> None:
    old = '<w:pPrChange {1}><w:pPr><w:pStyle w:val="Heading2"/></w:pPr></w:pPrChange>'
    data = written(f'<w:p><w:pPr><w:pStyle w:val="Heading1"/>{old}</w:pPr>{r("a")}</w:p>')
    assert both(data) == (["[heading 1] a"], ["[heading 2] a"])


def test_a_former_look_comes_back() -> None:
    old = "<w:rPrChange {1}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    data = written(f"<w:p><w:r><w:rPr><w:b/>{old}</w:rPr><w:t>a</w:t></w:r></w:p>")
    assert judge.accepted_text(data, looks=True)[0] == "‹b:a›"
    assert judge.rejected_text(data, looks=True)[0] == "‹i:a›"


def test_one_author_s_changes_are_rejected_and_the_others_left() -> None:
    theirs = f'<w:ins w:id="7" w:author="B">{r("b")}</w:ins>'
    data = judge.reject_by(written(p(f"<w:ins {{1}}>{r('a')}</w:ins>", theirs, r("c"))), "A")
    assert (judge.accepted_text(data)[0], judge.rejected_text(data)[0]) == ("bc", "c")


@pytest.mark.parametrize("act", dict.fromkeys(tracked.TRACKED), ids=lambda act: act.__name__)
def test_a_second_implementation_reads_every_kind_of_tracked_change_alike(act: hands.Act) -> None:
    odd = []
    for seed in range(3):
        random = Random(seed)
        data, _names = hands.edited(papers.draft(random).data(), random, (act,), 2)
        odd += [said for said in [scalpel_differs(data)] if said]
    assert odd == []


@pytest.mark.parametrize("seed", range(6))
def test_a_second_implementation_reads_many_tracked_changes_alike(seed: int) -> None:
    random = Random(seed)
    acts = hands.PLAIN + tracked.TRACKED
    data, names = hands.edited(papers.draft(random).data(), random, acts, 8)
    assert scalpel_differs(noise.noisy(data, random)) == "", names
