"""The one door to jinja2: strict, sandboxed, and for texts a short list of what an expression may be.

No other module imports jinja2. Templates render in `template_environment`; an expression of a text
is checked against `_ALLOWED` before it is evaluated, so that it can neither loop nor compute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

TEMPLATE_FAULTS = (TemplateSyntaxError, UndefinedError, SecurityError)
"""What rendering a template may raise for a fault that stands in the template."""

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Call,
    nodes.Keyword,
    nodes.Filter,
    nodes.Getattr,
    nodes.Compare,
    nodes.Operand,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


class ExpressionError(Exception):
    """An expression that cannot be evaluated."""


class BadSyntax(ExpressionError):
    """The expression is not well-formed, or uses what texts may not use."""


@dataclass
class UnknownName(ExpressionError):
    """A name, attribute or filter that does not exist; `known` are those that do."""

    name: str
    known: tuple[str, ...]


def evaluate(
    source: str, names: Mapping[str, object], filters: Mapping[str, Callable[..., object]]
) -> object:
    """Evaluate one expression of a text; raises ExpressionError, or what a called function raises."""
    environment = _expression_environment(filters)
    _check(environment, source, names)
    value = environment.compile_expression(source, undefined_to_none=False)(**names)
    if isinstance(value, Undefined):
        raise UnknownName(str(value._undefined_name), ())  # noqa: SLF001 - jinja2 has no other way to ask
    return value


def _expression_environment(filters: Mapping[str, Callable[..., object]]) -> Environment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters = dict(filters)
    environment.tests = {}
    environment.globals = {}
    return environment


def _check(environment: Environment, source: str, names: Mapping[str, object]) -> None:
    try:
        tree = environment.parse("{{ " + source + " }}")
    except TemplateSyntaxError as fault:
        raise BadSyntax from fault
    for node in _walk(tree):
        if not isinstance(node, _ALLOWED):
            raise BadSyntax
        if isinstance(node, nodes.Name) and node.name not in names:
            raise UnknownName(node.name, tuple(names))
        if isinstance(node, nodes.Filter) and node.name not in environment.filters:
            raise UnknownName(node.name, tuple(environment.filters))
        if isinstance(node, nodes.Getattr):
            _check_attribute(node, names)


def _check_attribute(node: nodes.Getattr, names: Mapping[str, object]) -> None:
    """Refuse an attribute that a named group of values (sak, møte) does not have."""
    owner = names.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    if isinstance(owner, Mapping) and node.attr not in owner:
        raise UnknownName(node.attr, tuple(owner))


def _walk(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


class _Strict(StrictUndefined):
    """An unknown name of a template, which tells what it is and what would be known."""

    def _fail_with_undefined_error(self, *_args: object, **_named: object) -> NoReturn:
        owner = self._undefined_obj
        known = tuple(str(name) for name in owner) if isinstance(owner, Mapping) else ()
        raise UnknownName(str(self._undefined_name), known)

    __str__ = __iter__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __add__ = __radd__ = __lt__ = __le__ = __gt__ = __ge__ = __getitem__ = _fail_with_undefined_error
    __call__ = __contains__ = __int__ = __float__ = _fail_with_undefined_error


def template_environment(finalize: Callable[[object], object]) -> Environment:
    """Return an environment for docxtpl; `finalize` sees every value that the template prints."""

    @pass_context
    def at_run_time(_context: object, value: object) -> object:
        return finalize(value)  # with a context, jinja2 folds no constant at compile time

    return ImmutableSandboxedEnvironment(undefined=_Strict, autoescape=True, finalize=at_run_time)
