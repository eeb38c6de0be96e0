"""Many texts in one process of pandoc's: each tree is that of a process of its own."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pypandoc
import pytest
from docx import Document

from casebuilder.prose import pandoc
from casebuilder.prose.pandoc import READERS, trees_of
from tests.conftest import ROOT
from tests.prose.test_odd_texts import MARKDOWN, WORD

LABELS = b"""# Tittel {#x}

# Like

# Like

Ord[^1] og [lenke][a], se [Like](#like).

[^1]: Noten til %s.

[a]: %s
"""
"""A text whose labels of notes, links and headings another text has too."""


def alone(text: bytes, suffix: str) -> str:
    return str(
        pypandoc.convert_text(
            text, "json", format=READERS[suffix], extra_args=["--sandbox"], verify_format=False
        )
    )


def kit() -> list[tuple[bytes, str]]:
    """Every text of the tests and of the sample."""
    sample = sorted((ROOT / "sources" / "tekster").iterdir())
    texts = [(path.read_bytes(), path.suffix) for path in sample]
    texts += [(text.encode(), ".md") for _odd, text, _expected, _rules in MARKDOWN]
    for _odd, make, _expected, _rules in WORD:
        document, file = Document(), io.BytesIO()
        make(document)
        document.save(file)
        texts.append((file.getvalue(), ".docx"))
    return texts


def test_each_tree_of_the_kit_is_that_of_a_call_of_its_own() -> None:
    texts = kit()
    assert len(texts) > 50
    assert [json.loads(tree or "null") for tree in trees_of(texts)] == [
        json.loads(alone(*text)) for text in texts
    ]


def test_bare_addresses_are_looked_for_where_there_can_be_some(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)  # noqa: S311
    words = ["http", "https://x.no", "data", "mailto", "urn", "//", "www.", "a", "b@c.no", "&#58;", "é", "."]
    marks = [*":*_`^~\\<>| \n\xa0[)", "](", "\n\n", "# ", "- ", "[^1]", "::: "]
    pieces = [*words, *marks]
    texts = [("".join(chance.choices(pieces, k=chance.randint(1, 12))).encode(), ".md") for _ in range(600)]
    found = trees_of(texts)
    monkeypatch.setattr(pandoc, "_ADDRESS", re.compile(b""))
    assert found == trees_of(texts)
    links = [text for (text, _suffix), tree in zip(texts, found, strict=True) if '"Link"' in (tree or "")]
    assert len(links) > 50
    assert len([text for text, _suffix in texts if b":" not in text]) > 50


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell script")
def test_no_other_pandoc_of_the_machine_is_used_or_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "pandoc"
    newer.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\necho pandoc 99.0\n")
    newer.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    code = "from casebuilder.prose.pandoc import tree_of; print(tree_of(b'Ord', '.md'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == alone(b"Ord", ".md").strip()
    assert not (tmp_path / "asked").exists()


def test_labels_that_two_texts_share_never_cross() -> None:
    texts = [
        (LABELS % (b"den ene", b"http://en.no"), ".md"),
        (LABELS % (b"den andre", b"http://to.no"), ".md"),
    ]
    one, two = (str(tree) for tree in trees_of(texts))
    assert [one, two] == [alone(*text).strip() for text in texts]
    assert ("ene" in one, "andre" in one, "en.no" in one, "to.no" in one) == (True, False, True, False)
    assert ("ene" in two, "andre" in two, "en.no" in two, "to.no" in two) == (False, True, False, True)


def test_a_faulty_text_spoils_no_other() -> None:
    good = "Godt, med «æøå», 😀 og en linje.\r\n\r\nTo.".encode()
    trees = trees_of([(good, ".md"), (b"ikke en docx", ".docx"), (b"", ".md"), (good, ".md")])
    assert trees[1] is None
    assert trees[0] == trees[3] == alone(good, ".md").strip()
    assert json.loads(trees[2] or "")["blocks"] == []


def test_no_text_reaches_a_file(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path_factory.mktemp("annet") / "hemmelig.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    monkeypatch.setitem(READERS, ".rst", "rst")  # a reader that can fetch files, as ours cannot
    (tree,) = trees_of([(f".. include:: {secret}\n".encode(), ".rst")])
    assert json.loads(tree or "")["blocks"] == []


def test_many_texts_start_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started = []
    convert = pypandoc.convert_text

    def counted(*arguments: object, **named: object) -> object:
        started.append(arguments)
        return convert(*arguments, **named)

    monkeypatch.setattr(pypandoc, "convert_text", counted)
    assert len(trees_of([(f"Tekst {number}.".encode(), ".md") for number in range(40)])) == 40
    assert len(started) == 1


def test_where_pandoc_dies_of_one_text_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    convert = pypandoc.convert_text

    def dying(lines: str, *arguments: object, **named: object) -> object:
        if b"dum".hex() in lines:
            raise RuntimeError
        return convert(lines, *arguments, **named)

    monkeypatch.setattr(pypandoc, "convert_text", dying)
    trees = trees_of([(b"En.", ".md"), (b"dum", ".md"), (b"To.", ".md")])
    assert [tree is None for tree in trees] == [False, True, False]
