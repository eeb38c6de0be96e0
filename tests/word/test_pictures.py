"""Pictures keep what is seen and lose what tells of people."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from casebuilder.word.pictures import bare

SECRET = b"Kari Fotograf"


def jpeg(orientation: int = 1) -> bytes:
    image = Image.linear_gradient("L").convert("RGB").resize((40, 30))
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x0132] = orientation, SECRET.decode(), "2026:02:01 10:00:00"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, comment=SECRET)
    return buffer.getvalue()


def png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET.decode())
    told.add_itxt("Comment", SECRET.decode())
    buffer = io.BytesIO()
    Image.linear_gradient("L").save(buffer, "PNG", pnginfo=told)
    return buffer.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("data", [jpeg(), jpeg(6), png()])
def test_the_picture_is_the_same_and_the_name_is_gone(data: bytes) -> None:
    assert SECRET in data
    assert SECRET not in bare(data)
    assert pixels(bare(data)) == pixels(data)
    assert bare(bare(data)) == bare(data)


@pytest.mark.parametrize("turned", range(1, 9))
def test_how_a_picture_is_turned_is_kept(turned: int) -> None:
    assert Image.open(io.BytesIO(bare(jpeg(turned)))).getexif().get(0x0112, 1) == turned


@given(st.sampled_from([jpeg(3), png()]), st.integers(0, 4000), st.binary(max_size=40))
def test_a_spoilt_picture_stops_nothing(data: bytes, at: int, by: bytes) -> None:
    harmed = data[: at % len(data)] + by
    assert isinstance(bare(harmed), bytes)


def test_other_files_stay_as_they_are() -> None:
    assert bare(b"GIF89a...") == b"GIF89a..."
