"""How the report looks: light and dark, on a phone and on paper."""

from __future__ import annotations

LIGHT = {
    "page": "#ffffff",
    "ink": "#1d2327",
    "quiet": "#4f5b62",
    "panel": "#f3f6f7",
    "line": "#7f8c93",
    "link": "#0b5a8a",
    "good": "#1f6b3a",
    "news": "#0b5a8a",
    "look": "#8a4b00",
    "stop": "#a3161b",
    "member": "#4a7d8c",
    "left": "#a3161b",
}
"""Colours on a white page, as on paper."""

DARK = {
    "page": "#14191c",
    "ink": "#e8edef",
    "quiet": "#b3bfc5",
    "panel": "#1f272b",
    "line": "#7b8990",
    "link": "#8cc8f0",
    "good": "#7fd19b",
    "news": "#8cc8f0",
    "look": "#f0b869",
    "stop": "#ff9a94",
    "member": "#7fb3c2",
    "left": "#ff9a94",
}
"""The same by night."""

_RULES = """
*{box-sizing:border-box}
html{background:var(--page);color:var(--ink);font:100%/1.5 "Segoe UI",Calibri,Carlito,system-ui,sans-serif}
body{margin:0 auto;padding:1rem;max-width:64rem;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
figure{margin:.5rem 0}
h3{font-size:1.05rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible
{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:1rem 0}
nav a{display:inline-block;padding:.35rem 0}
ul.rows{list-style:none;padding:0;margin:0}
ul.rows>li{padding:.6rem .75rem;margin:0 0 .5rem;background:var(--panel);border-left:.3rem solid var(--line)}
ul.rows>li.good{border-color:var(--good)}
ul.rows>li.news{border-color:var(--news)}
ul.rows>li.look{border-color:var(--look)}
ul.rows>li.stop{border-color:var(--stop)}
.status{font-weight:600}
.good .status{color:var(--good)}
.news .status{color:var(--news)}
.look .status{color:var(--look)}
.stop .status{color:var(--stop)}
.quiet{color:var(--quiet)}
.place{font-weight:600}
table{border-collapse:collapse;width:100%;min-width:30rem;margin:.5rem 0}
table.two{min-width:0;overflow-wrap:anywhere}
caption{text-align:left;color:var(--quiet);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
th[scope=row]{font-weight:400}
tr.left th,tr.left td.state{color:var(--left)}
summary{cursor:pointer;padding:.35rem 0;font-weight:600}
.wide{overflow-x:auto}
svg{display:block;width:100%;min-width:40rem;height:auto}
svg text{fill:var(--ink);font:13px "Segoe UI",Calibri,Carlito,system-ui,sans-serif}
svg .grid{stroke:var(--line);stroke-width:1}
svg .asof{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4}
svg .member{fill:var(--member)}
svg .gone{fill:none;stroke:var(--left);stroke-width:2}
svg .cross{stroke:var(--left);stroke-width:2.5;fill:none}
svg text.gone{fill:var(--left);stroke:none}
@media (max-width:40rem){
body{padding:.75rem}
th,td{padding-right:.5rem}
}
@media print{
html{font-size:80%}
body{max-width:none;padding:0}
nav,.skip{display:none}
.wide{overflow:visible}
svg,table{min-width:0}
ul.rows>li,tr,figure{break-inside:avoid}
h2,h3{break-after:avoid}
}
"""


def stylesheet() -> str:
    """Return the whole style sheet; paper is always light."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{_root(DARK)}}}"
    return f":root{{color-scheme:light dark}}\n{_root(LIGHT)}\n{dark}{_RULES}"


def _root(colours: dict[str, str]) -> str:
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in colours.items()) + "}"
