"""Who is a member of a body and since when: a figure, what it shows in words, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casebuilder.cells import told_cells
from casebuilder.language import Speaker
from casebuilder.problems import Message, msg
from casebuilder.register.dates import CoarseDate, Precision
from casebuilder.register.questions import is_member_on, period_of
from casebuilder.register.records import Body, Membership, Register
from casebuilder.report.html import Html, el, lines, scrolled

_WIDTH, _FROM, _TO = 760, 215, 610
_ROW, _TOP = 24, 34
_LONGEST = 28
_TICKS = 8
_TOGETHER = 3
"""So many members of the same time are one bar."""


@dataclass(frozen=True)
class _Bar:
    """A row of the figure: who, from when, and until when if that is settled."""

    label: str
    joined: CoarseDate | None
    left: CoarseDate | None


def membership_section(register: Register, body: Body, day: date, say: Speaker) -> Html | None:
    """Return a body's figure and table, members as on `day`; None if it has had none."""
    own = [each for each in register.memberships if each.body_id == body.id]
    if not own:
        return None
    own.sort(key=lambda each: (period_of(each).first or date.min, register.units[each.unit_id].name))
    count = sum(is_member_on(each, day) and each.role == "medlem" for each in own)
    name = body.short_name or body.name
    told = say.say(msg("{body}: {count} members on {day}.", body=name, count=count, day=_day(day)))
    leavers = [each for each in own if each.left]
    gone = "; ".join(f"{_name(register, each)} {_when(each.left)}" for each in leavers)
    said = say.say(msg("Leaving, with the first day outside: {names}.", names=gone)) if gone else ""
    figure = el(
        "figure",
        el("figcaption", told),
        scrolled(
            _drawn(_bars(register, own, say), body, day, f"{told} {said}".strip(), say),
            say.say(msg("Figure: members of {body}", body=name)),
        ),
    )
    return lines(el("h3", body.name), figure, _table(register, own, day, name, say))


def _name(register: Register, membership: Membership) -> str:
    return register.units[membership.unit_id].full_name


def _bars(register: Register, own: Sequence[Membership], say: Speaker) -> list[_Bar]:
    """Return the rows of the figure; those who are members all along from the same day share one."""
    bars: list[_Bar] = []
    shared: dict[CoarseDate | None, list[Membership]] = {}
    for each in own:
        if each.left is None:
            shared.setdefault(each.joined, []).append(each)
    for each in own:
        together = shared.get(each.joined, []) if each.left is None else []
        if len(together) < _TOGETHER:
            bars.append(_Bar(_name(register, each), each.joined, each.left))
        elif each is together[0]:
            label = say.say(msg("{count} members", count=len(together)))
            bars.append(_Bar(label, each.joined, None))
    return bars


def _drawn(bars: Sequence[_Bar], body: Body, day: date, told: str, say: Speaker) -> Html:
    first, last = _years(bars, day)
    bottom = _TOP + _ROW * len(bars) + 8
    title = say.say(msg("Members of {body} over time", body=body.name))
    drawn = [el("title", title), el("desc", told)]
    step = -(-(last - first) // _TICKS)
    for year in range(first, last + 1, step):
        x = _x(date(year, 1, 1), first, last)
        drawn += [
            el("line", class_="grid", x1=x, y1=_TOP - 8, x2=x, y2=bottom),
            el("text", str(year), x=x, y=14, text_anchor="middle"),
        ]
    for number, bar in enumerate(bars):
        drawn += _bar(bar, _TOP + _ROW * number, first, last, say)
    x = _x(day, first, last)
    drawn.append(el("line", class_="asof", x1=x, y1=_TOP - 14, x2=x, y2=bottom))
    label = say.say(msg("as of {day}", day=_day(day)))
    drawn.append(el("text", label, x=x, y=bottom + 14, text_anchor="middle"))
    return el(
        "svg",
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {bottom + 22}",
        role="img",
        aria_label=f"{title}. {told}",
    )


def _bar(bar: _Bar, top: int, first: int, last: int, say: Speaker) -> Iterator[Html]:
    """Yield one row: its name, the time as a member, and a cross and a date where that ends."""
    start = _FROM if bar.joined is None else _x(bar.joined.first, first, last)
    end = _TO if bar.left is None else _x(bar.left.first, first, last)
    middle = top + _ROW // 2
    label = bar.label if len(bar.label) <= _LONGEST else bar.label[: _LONGEST - 2] + " …"
    yield el("text", label, x=_FROM - 10, y=middle + 4, text_anchor="end")
    shape = {"x": start, "y": middle - 6, "width": max(end - start, 2), "height": 12}
    yield el("rect", class_="member" if bar.left is None else "gone", **shape)
    if bar.left:
        cross = f"M{end - 6} {middle - 6}l12 12m0 -12l-12 12"
        yield el("path", class_="cross", d=cross)
        words = say.say(msg("out {day}", day=_when(bar.left)))
        yield el("text", words, class_="gone", x=_TO + 14, y=middle + 4)
    elif bar.joined:
        words = say.say(msg("since {day}", day=_when(bar.joined)))
        yield el("text", words, x=_TO + 14, y=middle + 4)


def _years(bars: Sequence[_Bar], day: date) -> tuple[int, int]:
    known = [each.year for bar in bars for each in (bar.joined, bar.left) if each]
    return min([*known, day.year]) - 1, max([*known, day.year]) + 1


def _x(day: date, first: int, last: int) -> int:
    whole = date(last, 1, 1) - date(first, 1, 1)
    return _FROM + round((_TO - _FROM) * ((day - date(first, 1, 1)) / whole))


def _table(register: Register, own: Sequence[Membership], day: date, name: str, say: Speaker) -> Html:
    titles = (
        msg("Member"),
        msg("On {day}", day=_day(day)),
        msg("Member from"),
        msg("Out from"),
        msg("Row in the sheet"),
    )
    head = el("tr", *(el("th", say.say(each), scope="col") for each in titles))
    rows = []
    for each in own:
        role = "" if each.role == "medlem" else f" ({each.role})"
        place = each.row.place("enhet_id")
        cells = (
            el("th", _name(register, each) + role, scope="row"),
            el("td", say.say(_state(each, day)), class_="state"),
            el("td", _when(each.joined)),
            el("td", _when(each.left)),
            el("td", told_cells([place], say)),
        )
        rows.append(el("tr", *cells, class_="left" if each.left else None))
    caption = el("caption", say.say(msg("The members of {body}, row by row", body=name)))
    table = el("table", caption, el("thead", head), lines(Html("<tbody>"), *rows, Html("</tbody>")))
    summary = el("summary", say.say(msg("The figure as a table ({count} rows)", count=len(own))))
    region = scrolled(table, say.say(msg("Table: members of {body}", body=name)))
    return el("details", summary, region, open="open")


def _state(membership: Membership, day: date) -> Message:
    if not is_member_on(membership, day):
        is_over = membership.left is not None and membership.left.first <= day
        return msg("has left") if is_over else msg("not yet a member")
    return msg("member, leaving") if membership.left else msg("member")


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _when(day: CoarseDate | None) -> str:
    """Return a date as coarse as it is known: «01.01.2026», «12.2025», «2024»."""
    if day is None:
        return "–"
    form = {Precision.DAY: "%d.%m.%Y", Precision.MONTH: "%m.%Y", Precision.YEAR: "%Y"}[day.precision]
    return day.first.strftime(form)
