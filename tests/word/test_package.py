from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from casebuilder.word.package import CONTENT_TYPES, digest, looked_at, package_of, parts_of

PARTS = st.dictionaries(st.text("abc/", min_size=1).map(lambda name: f"{name}.xml"), st.binary(), min_size=1)


@given(PARTS, st.randoms())
def test_the_same_parts_are_the_same_bytes_whatever_their_order(
    parts: dict[str, bytes], chance: object
) -> None:
    names = list(parts)
    chance.shuffle(names)  # type: ignore[attr-defined]
    assert package_of({name: parts[name] for name in names}) == package_of(parts)
    assert parts_of(package_of(parts)) == parts


@given(
    st.dictionaries(
        st.text("abcæ/", min_size=1), st.binary() | st.binary().map(lambda one: one * 999), min_size=1
    )
)
def test_a_package_is_what_zipfile_would_have_written(parts: dict[str, bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, parts[name])
    assert package_of(parts) == buffer.getvalue()
    assert package_of(parts) == buffer.getvalue(), "what is in memory is another part's"


def test_a_part_that_papers_share_is_looked_at_once() -> None:
    looks: list[bytes] = []

    def look(data: bytes) -> int:
        looks.append(data)
        return len(data)

    assert [looked_at(bytes(each), look) for each in (b"abc", b"abc", bytearray(b"abc"), b"abcd")] == [
        3,
        3,
        3,
        4,
    ]
    assert looks == [b"abc", b"abcd"]


def test_a_large_part_is_not_kept_in_memory() -> None:
    looks: list[int] = []

    def look(data: bytes) -> int:
        looks.append(len(data))
        return len(data)

    picture = bytes(1 << 19)
    assert [looked_at(picture, look) for _turn in range(2)] == [1 << 19] * 2
    assert looks == [1 << 19] * 2


def test_the_content_types_stand_first_and_the_rest_by_name() -> None:
    data = package_of({"word/b.xml": b"", "_rels/.rels": b"", CONTENT_TYPES: b"", "word/a.xml": b""})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
    assert [each.filename for each in entries] == [CONTENT_TYPES, "_rels/.rels", "word/a.xml", "word/b.xml"]
    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_folders_of_a_zip_are_no_parts() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/", b"")
        package.writestr("word/a.xml", b"a")
    assert parts_of(buffer.getvalue()) == {"word/a.xml": b"a"}


def test_a_digest_is_of_names_and_contents_and_not_of_the_zip() -> None:
    parts = {"a.xml": b"1", "b.xml": b"2"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name in ("b.xml", "a.xml"):
            package.writestr(name, parts[name])
    assert digest(parts_of(buffer.getvalue())) == digest(parts)
    others = ({"a.xml": b"12", "b.xml": b""}, {"a.xml": b"1"}, {"a.xml": b"1", "c.xml": b"2"})
    assert len({digest(each) for each in (parts, *others)}) == 4
