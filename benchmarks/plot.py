"""What was measured → one SVG: a bar for everybody who makes papers, and how time grows with size.

Written by hand, since it is a few shapes and words; nothing is fetched, and it reads in black and white.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from benchmarks.curves import Curve

WIDTH = 860
_LEFT, _RIGHT = 250, 120  # room for names and for figures
_BAR, _STEP = 16, 24
_PANEL = 330
_INK, _PALE = "#1b1b1b", "#c9c9c9"
_COLOURS = ("#0b5394", "#a61c00", "#38761d", "#7b3f9e", "#b45f06")
_DASHES = ("", "8 3", "3 3", "10 3 3 3", "1 3")
Bar = tuple[str, float]
"""A name and the seconds it takes for a paper."""


def svg(bars: Sequence[Bar], curves: Sequence[Curve], ours: Iterable[str]) -> str:
    """Return the picture; what bears one of the names in `ours` is drawn in another colour."""
    top = 60 + len(bars) * _STEP
    shapes = [*_bars(bars, set(ours)), *_growth(curves, top + 50)]
    height = top + 50 + _PANEL + 60
    title = "Milliseconds a paper for everybody, and growth of casebuilder's time with size"
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="13" fill="{_INK}">\n'
        f"<title>{title}</title>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>\n' + "\n".join(shapes) + "\n</svg>\n"
    )


def _bars(bars: Sequence[Bar], ours: set[str]) -> list[str]:
    """Draw bars on a logarithmic scale, the fastest first."""
    shapes = [_text(20, 28, "Time for a paper (logarithmic scale, shorter is better)", size=16, bold=True)]
    low, high = math.floor(_log(bars[0][1])), math.ceil(_log(bars[-1][1]))
    room = WIDTH - _LEFT - _RIGHT

    def across(seconds: float) -> float:
        return _LEFT + room * (_log(seconds) - low) / max(high - low, 1)

    bottom = 48 + len(bars) * _STEP
    for power in range(low, high + 1):
        at = across(10.0**power)
        shapes.append(_line(at, 44, at, bottom, _PALE))
        shapes.append(_text(at, bottom + 16, _tick(power), anchor="middle"))
    for row, (name, seconds) in enumerate(bars):
        top = 48 + row * _STEP
        colour = _COLOURS[0] if name in ours else "#777777"
        shapes.append(_text(_LEFT - 8, top + 13, name, anchor="end", bold=name in ours))
        length = f'width="{across(seconds) - _LEFT:.1f}" height="{_BAR}"'
        shapes.append(f'<rect x="{_LEFT}" y="{top}" {length} fill="{colour}"/>')
        shapes.append(_text(across(seconds) + 6, top + 13, f"{seconds * 1000:.1f} ms"))
    return shapes


def _growth(curves: Sequence[Curve], top: float) -> list[str]:
    """Draw every curve on common logarithmic axes, each named where it ends."""
    drawn = {curve.name: [point for point in curve.points if point[0] > 0] for curve in curves}
    sizes = [size for points in drawn.values() for size, _seconds in points]
    times = [seconds for points in drawn.values() for _size, seconds in points]
    axes = _Axes(
        top + 30,
        (0, math.ceil(_log(max(sizes)))),
        (math.floor(_log(min(times))), math.ceil(_log(max(times)))),
    )
    shapes = [_text(20, top + 8, "Growth: time over size (dotted: in proportion)", size=16, bold=True)]
    shapes += axes.grid()
    ends = _apart([axes.place(points[-1])[1] for points in drawn.values()])
    for at, (name, points) in enumerate(drawn.items()):
        places = [axes.place(point) for point in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        colour, dash = _COLOURS[at % len(_COLOURS)], _DASHES[at % len(_DASHES)]
        shapes.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5" '
            f'stroke-dasharray="{dash}"/>'
        )
        shapes += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        edge = WIDTH - _RIGHT + 10
        shapes.append(_line(places[-1][0] + 5, places[-1][1], edge - 3, ends[at] - 4, colour, thin=True))
        shapes.append(_text(edge, ends[at], name, colour=colour, bold=True))
    return shapes


class _Axes:
    """Where sizes and seconds stand in the lower panel; ranges are powers of ten."""

    def __init__(self, top: float, across: tuple[int, int], up: tuple[int, int]) -> None:
        self.top, self.across, self.up = top, across, (up[0], max(up[1], up[0] + 1))
        self.left, self.right, self.bottom = 90.0, float(WIDTH - _RIGHT), top + _PANEL - 30

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a point stands."""
        x = (_log(point[0]) - self.across[0]) / (self.across[1] - self.across[0])
        y = (_log(point[1]) - self.up[0]) / (self.up[1] - self.up[0])
        return self.left + x * (self.right - self.left), self.bottom - y * (self.bottom - self.top)

    def grid(self) -> list[str]:
        """Return the lines of the powers of ten with their figures, and one line of slope 1."""
        shapes = []
        for power in range(self.across[0], self.across[1] + 1):
            x, _y = self.place((10.0**power, 10.0 ** self.up[0]))
            shapes += [
                _line(x, self.top, x, self.bottom, _PALE),
                _text(x, self.bottom + 18, f"{10**power:,}", "middle"),
            ]
        for power in range(self.up[0], self.up[1] + 1):
            _x, y = self.place((1, 10.0**power))
            shapes += [
                _line(self.left, y, self.right, y, _PALE),
                _text(82, y + 4, _tick(power), "end"),
            ]
        steps = min(self.across[1], self.up[1] - self.up[0])
        ends = self.place((1, 10.0 ** self.up[0])), self.place((10.0**steps, 10.0 ** (self.up[0] + steps)))
        shapes.append(_line(*ends[0], *ends[1], _INK, dash="2 5"))
        middle = (self.left + self.right) / 2
        return [*shapes, _text(middle, self.bottom + 38, "papers, rows, pages, notes or edits", "middle")]


def _apart(heights: Sequence[float], least: float = 17) -> list[float]:
    """Move labels down until none stands on another."""
    moved = list(heights)
    order = sorted(range(len(heights)), key=lambda each: heights[each])
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + least)
    return [height + 4 for height in moved]


def _text(
    x: float,
    y: float,
    words: str,
    anchor: str = "start",
    *,
    size: int = 13,
    bold: bool = False,
    colour: str = _INK,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{weight}>'
        f"{escape(words)}</text>"
    )


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, *, dash: str = "", thin: bool = False
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    width = 0.8 if thin else 1
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _tick(power: int) -> str:
    """Return a power of ten of seconds as an axis says it."""
    return f"{10**power:,} s" if power >= 0 else f"{10.0 ** (power + 3):g} ms"


def _log(number: float) -> float:
    return math.log10(number)
