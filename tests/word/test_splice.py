"""A part that is changed in one place keeps every byte of the others, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from casebuilder.word.splice import Spliced

W = "urn:w"
_NAMES = st.sampled_from(["w:p", "w:r", "w:t", "x"])
_BLANKS = st.sampled_from([" ", "\n", "\r\n\t", "  "])
_WORDS = st.sampled_from(["", "Et ord", "æøå", "a &lt; b", "&#229;", "<![CDATA[<w:p>]]>", "\r\n", "5 > 4"])
_BETWEEN = st.sampled_from(["", "\n  ", "<!-- en <merknad> -->", "<?mso en?>", "\r\n"])


@st.composite
def attributes(draw: st.DrawFn) -> str:
    """Return attributes in any order and quoting."""
    names = draw(st.lists(st.sampled_from(["w:a", "w:b", "c"]), unique=True, max_size=3))
    said = []
    for name in names:
        mark = draw(st.sampled_from(["'", '"']))
        value = draw(st.sampled_from(["", "1", "a > b", "it's" if mark == '"' else 'si "a"', "&amp;", "/>"]))
        equals = draw(st.sampled_from(["=", " = ", "=\n"]))
        said.append(f"{draw(_BLANKS)}{name}{equals}{mark}{value}{mark}")
    return "".join(said)


@st.composite
def nodes(draw: st.DrawFn, depth: int = 3) -> str:
    """Return an element as some program might write it."""
    name, own = draw(_NAMES), draw(attributes())
    blank = draw(st.sampled_from(["", " ", "\n"]))
    if draw(st.booleans()):
        return f"<{name}{own}{blank}/>"
    inside = [draw(_WORDS)]
    if depth:
        for each in draw(st.lists(nodes(depth - 1), max_size=3)):
            inside += [draw(_BETWEEN), each]
        inside.append(draw(_BETWEEN))
    return f"<{name}{own}{blank}>{''.join(inside)}</{name}{blank}>"


@st.composite
def parts(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """Return a part and the texts of its root's children."""
    children = draw(st.lists(nodes(), min_size=1, max_size=5))
    head = draw(st.sampled_from(["", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8'?>\r\n"]))
    between = [draw(_BETWEEN) for _child in children]
    inside = "".join(f"{gap}{child}" for gap, child in zip(between, children, strict=True))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return f'{mark}{head}<w:d xmlns:w="{W}">{inside}\n</w:d>\n<!-- slutt -->'.encode(), children


@given(parts())
def test_a_part_without_a_change_keeps_its_bytes(part: tuple[bytes, list[str]]) -> None:
    data, _children = part
    spliced = Spliced(data)
    assert spliced.data() == data
    spliced.open()
    assert spliced.data() == data


@given(parts(), st.data())
def test_all_but_the_touched_element_keeps_its_bytes(
    part: tuple[bytes, list[str]], data: st.DataObject
) -> None:
    read, children = part
    at = data.draw(st.integers(0, len(children) - 1))
    spliced = Spliced(read)
    spliced.open()
    chosen = list(spliced.root.iterchildren(etree.Element))[at]
    chosen.set("ny", "å")
    spliced.touch(chosen)
    made = spliced.data()
    before, after = "".join(children[:at]), "".join(children[at + 1 :])
    first, last = read.index(b"<w:d"), read.rindex(b"</w:d>")
    assert made.startswith(read[:first])
    assert made.endswith(read[last:])
    for child in (*children[:at], *children[at + 1 :]):
        assert made.count(child.encode()) >= (before + after).count(child) > 0 or not child
    again = etree.fromstring(made)
    assert list(again.iterchildren(etree.Element))[at].get("ny") == "å"
    assert _said(again) == _said(spliced.root)


@given(parts(), st.data())
def test_an_element_taken_out_leaves_the_bytes_of_the_others(
    part: tuple[bytes, list[str]], data: st.DataObject
) -> None:
    read, children = part
    at = data.draw(st.integers(0, len(children) - 1))
    spliced = Spliced(read)
    spliced.open()
    spliced.root.remove(list(spliced.root.iterchildren(etree.Element))[at])
    made = spliced.data()
    left = [*children[:at], *children[at + 1 :]]
    assert all(made.count(child.encode()) >= left.count(child) for child in left)
    assert len(list(etree.fromstring(made).iterchildren(etree.Element))) == len(left)


@given(parts(), st.data())
def test_an_element_put_in_leaves_the_bytes_of_the_others(
    part: tuple[bytes, list[str]], data: st.DataObject
) -> None:
    read, children = part
    at = data.draw(st.integers(0, len(children) - 1))
    spliced = Spliced(read)
    spliced.open()
    new = etree.Element(f"{{{W}}}ny", nsmap={"w": W})
    new.text = "æ < ø"
    list(spliced.root.iterchildren(etree.Element))[at].addnext(new)
    made = spliced.data()
    assert made.replace("<w:ny>æ &lt; ø</w:ny>".encode(), b"") == read


def _said(root: etree._Element) -> list[tuple[str, dict[str, str], str]]:
    found = root.iter(etree.Element)
    return [(str(each.tag), dict(each.attrib), each.text or "") for each in found]  # type: ignore[arg-type]


def test_the_words_of_a_touched_element_keep_what_xml_would_swallow() -> None:
    spliced = Spliced(f'<w:d xmlns:w="{W}"><w:t a="1&#10;2">x&#13;y</w:t><w:t/></w:d>'.encode())
    spliced.open()
    spliced.touch(spliced.root[0])
    assert (etree.fromstring(spliced.data())[0].text, etree.fromstring(spliced.data())[0].get("a")) == (
        "x\ry",
        "1\n2",
    )


def test_a_touched_element_does_not_declare_again_what_the_root_declares() -> None:
    spliced = Spliced(f'<w:d xmlns:w="{W}" xmlns:v="urn:v"><w:p><v:x/></w:p></w:d>'.encode())
    spliced.open()
    spliced.root[0].set("a", "1")
    spliced.touch(spliced.root[0])
    assert spliced.data() == f'<w:d xmlns:w="{W}" xmlns:v="urn:v"><w:p a="1"><v:x/></w:p></w:d>'.encode()


def test_a_namespace_declared_further_in_is_kept() -> None:
    spliced = Spliced(f'<w:d xmlns:w="{W}"><w:p xmlns:v="urn:v"><v:x/></w:p></w:d>'.encode())
    spliced.open()
    spliced.root[0][0].set("a", "1")
    spliced.touch(spliced.root[0][0])
    assert etree.fromstring(spliced.data())[0][0].tag == "{urn:v}x"


@pytest.mark.parametrize("encoding", ["UTF-16", "US-ASCII", "ISO-8859-1"])
def test_a_part_in_another_encoding_keeps_its_bytes_until_it_changes(encoding: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding}"?><w:d xmlns:w="{W}"><w:t>&#230;</w:t><w:t/></w:d>'
    data = said.encode(encoding)
    spliced = Spliced(data)
    assert spliced.data() == data
    spliced.open()
    spliced.root[1].text = "øå – 五"
    spliced.touch(spliced.root[1])
    again = etree.fromstring(spliced.data())
    assert [each.text for each in again] == ["æ", "øå – 五"]


def test_a_part_that_is_no_xml_is_refused() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        Spliced(b"<w:d>")
