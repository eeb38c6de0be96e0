"""The table itself: names that can be typed, and a guide that says the same."""

from __future__ import annotations

import re

import pytest

from casebuilder.language import speaker
from casebuilder.problems import Severity
from casebuilder.register.rules import RULES
from casebuilder.register.rules.rule import Rule
from tests.conftest import ROOT

NB = speaker("nb")
GRAVITY = {Severity.ERROR: "feil", Severity.WARNING: "advarsel", Severity.INFO: "opplysning"}


def test_every_rule_has_a_name_of_its_own_that_a_clerk_can_type() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-zæøå]+(-[a-zæøå]+)*", name)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_guide_lists_the_rule_with_its_gravity_and_its_reason(rule: Rule) -> None:
    guide = (ROOT / "docs" / "brukerveiledning.md").read_text(encoding="utf-8")
    [line] = [line for line in guide.splitlines() if line.startswith(f"| `{rule.name}` |")]
    _, _, gravity, told, reason, _ = [part.strip() for part in line.split("|")]
    assert (gravity, reason) == (GRAVITY[rule.severity], NB.say(rule.reason))
    assert told
