"""Where sentences end."""

from __future__ import annotations

import pytest

from casebuilder.prose.sentences import sentences


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Ett. To.", ["Ett.", "To."]),
        (
            "Den 1. januar, jf. kommuneloven § 2 nr. 3. Så?",
            ["Den 1. januar, jf. kommuneloven § 2 nr. 3.", "Så?"],
        ),
        ("Ca. Ole har f.eks. Kari. Nei!", ["Ca. Ole har f.eks. Kari.", "Nei!"]),
        ("Han, K. Nordmann, kom. «Ja.» Nei", ["Han, K. Nordmann, kom.", "«Ja.»", "Nei"]),
        ("I 2026. Deretter 2. plass.", ["I 2026.", "Deretter 2. plass."]),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_stop_and_not_at_an_abbreviation(words: str, said: list[str]) -> None:
    assert [words[start:end] for start, end in sentences(words)] == said
