"""The one door to jinja2: for templates a strict sandbox, for texts a grammar and nothing else.

No other module imports jinja2. Templates render in `TEMPLATES`. An expression of a text is
only parsed by jinja2; the few kinds of node it may have are answered here, one by one, so that it can
neither loop, compute nor reach into a value.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn, Protocol

from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, nodes, pass_context
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

TEMPLATE_FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError)
"""What rendering a template may raise for a fault that stands in the template, such as a sum of texts."""

_GRAMMAR = Environment(autoescape=True)  # only parses
_LONGEST = 2_000  # characters of one expression
_DEEPEST = 30  # nodes inside each other

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda part, whole: operator.contains(whole, part),
    "notin": lambda part, whole: not operator.contains(whole, part),
}
"""jinja2's name of a comparison → what it does; those that do not fit the values raise TypeError."""


class ExpressionError(Exception):
    """An expression that cannot be evaluated."""


class BadSyntax(ExpressionError):
    """The expression is not well-formed, or uses what texts may not use."""


class NotComparable(ExpressionError):
    """The expression compares what has no order, such as a number and a name."""


@dataclass
class NotAFunction(ExpressionError):
    """A name is called that is not a function."""

    name: str


@dataclass
class UnknownName(ExpressionError):
    """A name, attribute or filter that does not exist; `known` are those that do."""

    name: str
    known: tuple[str, ...]


def evaluate(
    source: str, names: Mapping[str, object], filters: Mapping[str, Callable[[object], object]]
) -> object:
    """Evaluate one expression of a text; raises ExpressionError, or what a called function raises.

    A condition that does not hold and has no «else» gives an empty text.
    """
    tree = _parsed(source)
    asked = _Asked(names, filters)
    asked.check(tree, 1)
    return asked.value(tree)


@lru_cache(maxsize=512)
def asks_for(source: str, names: Collection[str]) -> bool:
    """Tell whether an expression may ask for one of these names, as one that cannot be read may."""
    try:
        tree = _parsed(source)
    except BadSyntax:
        return True
    every = [tree] if isinstance(tree, nodes.Name) else tree.find_all(nodes.Name)
    return any(each.name in names for each in every)


@lru_cache(maxsize=512)
def _parsed(source: str) -> nodes.Node:
    """Parse one expression; the tree is only looked at, so that papers can share it."""
    if len(source) > _LONGEST:
        raise BadSyntax
    try:
        parser = Parser(_GRAMMAR, source, state="variable")
        tree = parser.parse_expression()
    except (TemplateSyntaxError, RecursionError, ValueError) as fault:  # ValueError: a number of 5,000 digits
        raise BadSyntax from fault
    if not parser.stream.eos:
        raise BadSyntax
    return tree


@dataclass(frozen=True)
class _Asked:
    """Answers the nodes of an expression; whatever is not a case of `value` is not allowed."""

    names: Mapping[str, object]
    filters: Mapping[str, Callable[[object], object]]

    def check(self, node: nodes.Node, depth: int) -> None:
        """Refuse unknown names also where a condition would keep them from being looked up."""
        if depth > _DEEPEST:
            raise BadSyntax
        if isinstance(node, nodes.Name) and node.name not in self.names:
            raise UnknownName(node.name, tuple(self.names))
        if isinstance(node, nodes.Filter) and node.name not in self.filters:
            raise UnknownName(node.name, tuple(self.filters))
        for child in node.iter_child_nodes():
            self.check(child, depth + 1)

    def value(self, node: nodes.Node) -> object:  # noqa: C901, PLR0911 - one case a kind of node
        """Return what a node gives."""
        match node:
            case nodes.Const():
                return node.value
            case nodes.Name():
                return self.names[node.name]
            case nodes.Getattr():
                return _part(self.value(node.node), node.attr)
            case nodes.Call(node=nodes.Name() as name, dyn_args=None, dyn_kwargs=None):
                return self._called(name.name, node)
            case nodes.Filter(node=nodes.Node() as inner, args=[], kwargs=[], dyn_args=None, dyn_kwargs=None):
                return self.filters[node.name](self.value(inner))
            case nodes.Not():
                return not self.value(node.node)
            case nodes.And():
                return self.value(node.left) and self.value(node.right)
            case nodes.Or():
                return self.value(node.left) or self.value(node.right)
            case nodes.CondExpr():
                chosen = node.expr1 if self.value(node.test) else node.expr2
                return self.value(chosen) if chosen else ""
            case nodes.Compare():
                return self._compared(node)
            case _:
                raise BadSyntax

    def _called(self, name: str, node: nodes.Call) -> object:
        function = self.names[name]
        if not callable(function):
            raise NotAFunction(name)
        arguments = [self.value(argument) for argument in node.args]
        named = {each.key: self.value(each.value) for each in node.kwargs if isinstance(each, nodes.Keyword)}
        return function(*arguments, **named)

    def _compared(self, node: nodes.Compare) -> bool:
        left = self.value(node.expr)
        for operand in node.ops:
            right = self.value(operand.expr)
            try:
                if not _COMPARISONS[operand.op](left, right):
                    return False
            except TypeError as fault:
                raise NotComparable from fault
            left = right
        return True


def _part(owner: object, name: str) -> object:
    """Return a part of a group of values; nothing else has parts or methods."""
    if isinstance(owner, Mapping) and name in owner:
        return owner[name]
    raise UnknownName(name, tuple(owner) if isinstance(owner, Mapping) else ())


class _Strict(StrictUndefined):
    """An unknown name of a template, which tells what it is and what would be known."""

    def _fail_with_undefined_error(self, *_args: object, **_named: object) -> NoReturn:
        owner = self._undefined_obj
        known = tuple(str(name) for name in owner) if isinstance(owner, Mapping) else ()
        raise UnknownName(str(self._undefined_name), known)

    __str__ = __iter__ = __len__ = __eq__ = __ne__ = __bool__ = __hash__ = _fail_with_undefined_error
    __add__ = __radd__ = __lt__ = __le__ = __gt__ = __ge__ = __getitem__ = _fail_with_undefined_error
    __call__ = __contains__ = __int__ = __float__ = _fail_with_undefined_error


@lru_cache(maxsize=512)
def is_sound(source: str) -> bool:
    """Tell whether jinja2 can read a piece of a template, and knows its filters and tests."""
    try:
        tree = _GRAMMAR.parse(source)
    except TemplateSyntaxError:
        return False
    filters = (each.name for each in tree.find_all(nodes.Filter))
    tests = (each.name for each in tree.find_all(nodes.Test))
    return all(name in _GRAMMAR.filters for name in filters) and all(name in _GRAMMAR.tests for name in tests)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a piece of a template asks for: names with their parts, and the names that it gives itself.

    A name that is bound comes with the one whose values it goes through, if that is known.
    """

    names: tuple[tuple[str, ...], ...]
    bound: tuple[tuple[str, tuple[str, ...]], ...]


def asked(source: str) -> Asked:
    """Return the names that a sound piece of a template asks for, but those that it has a default for."""
    found: list[tuple[str, ...]] = []
    bound: list[tuple[str, tuple[str, ...]]] = []

    def look(node: nodes.Node) -> None:
        inner = node.node if isinstance(node, nodes.Filter | nodes.Test) else None
        if inner is not None and node.name in ("default", "d", "defined", "undefined"):  # type: ignore[attr-defined]
            found.extend([_chain(inner)[:-1]] if _chain(inner)[:-1] else [])
            children = [each for each in node.iter_child_nodes() if each is not inner or not _chain(inner)]
        elif _chain(node):
            found.append(_chain(node))
            children = []
        else:
            children = list(node.iter_child_nodes())
        if isinstance(node, nodes.For | nodes.Assign):
            over = _chain(node.iter) if isinstance(node, nodes.For) else ()
            named = [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name)
            bound.extend((each.name, over if each is node.target else ()) for each in named)
        for child in children:
            look(child)

    look(_GRAMMAR.parse(source))
    return Asked(tuple(found), tuple(bound))


def _chain(node: nodes.Node | None) -> tuple[str, ...]:
    """Return «sak.tittel» as its parts; nothing for what is no such name."""
    match node:
        case nodes.Name(ctx="load"):
            return (node.name,)
        case nodes.Getattr():
            owner = _chain(node.node)
            return (*owner, node.attr) if owner else ()
        case nodes.Getitem(arg=nodes.Const(value=str(part))):
            owner = _chain(node.node)
            return (*owner, part) if owner else ()
        case _:
            return ()


def unknown_filter(source: str) -> UnknownName | None:
    """Return the first filter or test of a piece of a template that does not exist, if that is its fault."""
    try:
        tree = _GRAMMAR.parse(source)
    except TemplateSyntaxError:
        return None
    for kind, known in ((nodes.Filter, _GRAMMAR.filters), (nodes.Test, _GRAMMAR.tests)):
        for each in tree.find_all(kind):
            if each.name not in known:
                return UnknownName(each.name, tuple(known))
    return None


def fault_of(source: str, values: Mapping[str, object]) -> str:
    """Return what goes wrong when a piece of a template is rendered; nothing for names that are unknown."""
    try:
        TEMPLATES.from_string(source).render({**values, PRINTER: lambda value: value})
    except UnknownName:
        return ""
    except TEMPLATE_FAULTS as fault:
        return str(fault) or type(fault).__name__
    return ""


_TAG = re.compile(r"\{[{%#]")


class Renders(Protocol):
    """A part of a template that jinja2 has compiled."""

    def render(self, context: Mapping[str, object], /) -> str:
        """Return the part for a context, which has a function under PRINTER."""


class Recorder:
    """Stands where docxtpl has its jinja2 environment, and notes what is rendered and what comes of it."""

    def __init__(self) -> None:
        """Begin with nothing rendered."""
        self.autoescape = True
        self.answers: list[tuple[Renders, str]] = []

    def from_string(self, source: str) -> Renders:
        """Compile a part."""
        template: Renders = TEMPLATES.from_string(source)
        if not _TAG.search(source):
            template = _Constant(template.render({}))
        return _Noted(template, self.answers)


@dataclass(frozen=True)
class _Constant:
    """A part without any tag."""

    answer: str

    def render(self, _context: Mapping[str, object], /) -> str:
        return self.answer


@dataclass(frozen=True)
class _Noted:
    template: Renders
    answers: list[tuple[Renders, str]]

    def render(self, context: Mapping[str, object], /) -> str:
        answer = self.template.render(context)
        self.answers.append((self.template, answer))
        return answer


@pass_context
def _printed(context: Context, value: object) -> object:
    """Let the context's own printer see a value; with a context, jinja2 folds no constant at compile time."""
    if isinstance(value, StrictUndefined):
        str(value)  # tells the unknown name
    return context[PRINTER](value)


PRINTER = "\ue0f0"
"""What a context has its printer under, which sees every value that a template prints; no tag can name it."""

TEMPLATES = ImmutableSandboxedEnvironment(undefined=_Strict, autoescape=True, finalize=_printed)
"""Where templates are compiled; what it has compiled may be rendered for any paper."""
