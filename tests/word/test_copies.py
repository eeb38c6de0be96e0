"""A document once more: the same package, and nothing of it shared but what is said to be."""

from __future__ import annotations

import io

from docx import Document
from docx.opc.part import XmlPart

from casebuilder.word.copies import copied
from casebuilder.word.parts import saved_parts
from tests.word.builders import TEMPLATE

STYLES = "/word/styles.xml"


def test_a_copy_is_saved_as_its_original_is() -> None:
    original = Document(io.BytesIO(TEMPLATE))
    assert saved_parts(copied(original)) == saved_parts(original) == saved_parts(copied(copied(original)))


def test_a_copy_can_be_changed_and_its_original_stays() -> None:
    original = Document(io.BytesIO(TEMPLATE))
    before = saved_parts(original)
    made = copied(original)
    made.add_paragraph("Nytt")
    made.part.relate_to("https://eksempel.no", "link", is_external=True)
    made.core_properties.title = "Ny"
    for part in made.part.package.iter_parts():
        if isinstance(part, XmlPart):
            part.element.set("ny", "1")
    assert saved_parts(original) == before
    assert saved_parts(made) != before


def test_parts_that_are_shared_keep_their_trees() -> None:
    original = Document(io.BytesIO(TEMPLATE))
    made = copied(original, {STYLES})
    assert made.styles.element is original.styles.element
    assert made.element is not original.element
    known = {original.styles.element: b"<kjent/>"}
    assert saved_parts(made, known)["word/styles.xml"] == b"<kjent/>"
    assert saved_parts(copied(original), known)["word/styles.xml"] != b"<kjent/>"
