"""The templates of a run looked at: those of its cases, and in a look at everything also the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from casebuilder.frame import stand_in_values
from casebuilder.paper import FrameValue
from casebuilder.problems import Problem
from casebuilder.program import key_of
from casebuilder.register.records import Case
from casebuilder.word.template.check import template_problems
from casebuilder.workspace import Workspace

_KIND = "maler"
_MOST = 50


def faults_of_templates(workspace: Workspace, cases: Sequence[Case], *, also_unused: bool) -> list[Problem]:
    """Return what is wrong with templates; an error holds back the cases that use the template."""
    values = stand_in_values("nb")
    used = dict.fromkeys(case.template for case in cases)
    names = dict.fromkeys([*used, *(workspace.template_names() if also_unused else ())])
    problems = []
    for name in names:
        data = workspace.template(name)
        users = [case.id for case in cases if case.template == name]
        found = _found(workspace, f"templates/{name}", data, values) if data is not None else ()
        problems += [each.only_for(*users) for each in found]
    return problems


def _found(
    workspace: Workspace, file: str, data: bytes, values: Mapping[str, FrameValue]
) -> tuple[Problem, ...]:
    """Look at a template, unless it is known that nothing is wrong with it."""
    key = key_of(file, data)
    if workspace.keeping.get(_KIND, key) is not None:
        return ()
    found = template_problems(data, file, values)
    if not found:
        workspace.keeping.put(_KIND, key, b"")
        workspace.keeping.forget(_KIND, _MOST)
    return found


def joined(problems: Iterable[Problem]) -> list[Problem]:
    """Return every problem once, also one that was found anew for each case that it holds back."""
    cases: dict[Problem, frozenset[str]] = {}
    for each in problems:
        if each.cases is None:
            cases[each] = frozenset()
            continue
        same = replace(each, cases=frozenset())
        cases[same] = cases.get(same, frozenset()) | each.cases
    return [each if each.cases is None else replace(each, cases=names) for each, names in cases.items()]
