"""HTML and SVG from values: every text is escaped, only what `el` has made is markup."""

from __future__ import annotations

from html import escape

_VOID = ("meta", "br", "line", "path", "rect", "circle")


class Html(str):
    """Markup, as `el` makes it."""

    __slots__ = ()


def el(tag: str, /, *content: str | None, **attributes: str | int | None) -> Html:
    """Return an element; `class_` is class, `aria_label` is aria-label, None is left out."""
    named = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    said = "".join(f' {name}="{escape(str(value))}"' for name, value in named if value is not None)
    if tag in _VOID:
        return Html(f"<{tag}{said}>" if tag in ("meta", "br") else f"<{tag}{said}/>")
    return Html(f"<{tag}{said}>{joined(*content)}</{tag}>")


def joined(*content: str | None) -> Html:
    """Return pieces in a row; those that are not markup are escaped, None is left out."""
    pieces = (each if isinstance(each, Html) else escape(each) for each in content if each is not None)
    return Html("".join(pieces))


def scrolled(content: Html, name: str) -> Html:
    """Return what may be wider than a phone: it scrolls by itself, by touch and by the arrow keys."""
    return el("div", content, class_="wide", role="region", tabindex=0, aria_label=name)


def lines(*content: str | None) -> Html:
    """Return pieces in a row, each on a line of its own in the file."""
    return joined(*(piece for each in content if each for piece in (each, Html("\n"))))
