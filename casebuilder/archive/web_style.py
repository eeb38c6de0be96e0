"""How a paper's page looks: light and dark, on a phone and on paper; contrasts are 4.5 : 1 or more."""

from __future__ import annotations

_LIGHT = {
    "page": "#ffffff",
    "ink": "#1b2125",
    "quiet": "#4f5b62",
    "line": "#8a969c",
    "link": "#0b5a8a",
    "panel": "#f2f5f6",
}
_DARK = {
    "page": "#14191c",
    "ink": "#e8edef",
    "quiet": "#b3bfc5",
    "line": "#7b8990",
    "link": "#8cc8f0",
    "panel": "#1f272b",
}

_COUNTERS = {
    "decimal": "decimal",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}

_RULES = """
*{box-sizing:border-box}
html{background:var(--page);color:var(--ink);font:106.25%/1.6 Calibri,Carlito,"Segoe UI",system-ui,sans-serif;
-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;padding:0 1.25rem;max-width:46rem;overflow-wrap:break-word}
body>header{padding:1.5rem 0 .5rem;border-bottom:2px solid var(--line);font-weight:600}
body>header p,body>footer p{margin:0}
body>footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin:3rem 0 2rem;
padding-top:.75rem;border-top:2px solid var(--line);color:var(--quiet)}
main{display:block;outline:none}
h1{font-size:1.8rem;line-height:1.25;margin:1.75rem 0 1rem}
h2{font-size:1.35rem;line-height:1.3;margin:2.25rem 0 .5rem}
h3{font-size:1.12rem;line-height:1.35;margin:1.6rem 0 .4rem}
h4,h5,h6{font-size:1rem;margin:1.3rem 0 .3rem}
h1,h2,h3{text-wrap:balance}
.number{font-weight:inherit;margin-right:.35em}
p{margin:0 0 .85rem}
p.heading,p.title{font-weight:600}
a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.15em;overflow-wrap:anywhere}
a:hover{text-decoration-thickness:.14em}
a:focus-visible,[tabindex="0"]:focus-visible
{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
a.note{font-size:.75em;line-height:0;vertical-align:super;padding:.2em .15em;margin-left:.05em}
:target{background:var(--panel)}
main:target,h2:target,h3:target{background:none}
.skip{position:absolute;left:-999rem;top:0;padding:.75rem 1rem;background:var(--page)}
.skip:focus{left:.5rem;z-index:1}
nav{margin:0 0 2rem;padding:.9rem 1.1rem;background:var(--panel);border-radius:4px}
nav .label{margin:0 0 .25rem;font-weight:600}
nav ul{list-style:none;margin:0;padding:0}
nav ul ul{padding-left:1.25rem}
nav li{margin:0;padding:0}
nav a{display:inline-block;padding:.12rem 0}
ul,ol{margin:0 0 .85rem;padding-left:1.9rem}
li{margin:0 0 .3rem;padding-left:.15rem}
li>p{margin:0 0 .3rem}
ol.own{list-style:none;padding-left:.5rem}
blockquote{margin:0 0 .85rem;padding:.1rem 0 .1rem 1rem;border-left:4px solid var(--line)}
blockquote p:last-child{margin:0}
table{border-collapse:collapse;width:100%;margin:0 0 .25rem;line-height:1.4}
caption,figcaption,p.caption{text-align:left;font-weight:600;padding:0 0 .4rem;line-height:1.4}
th,td{text-align:left;vertical-align:top;padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
td p:last-child,th p:last-child{margin:0}
thead th{border-bottom:2px solid var(--line);vertical-align:bottom}
th[scope=row]{font-weight:400}
.right{text-align:right}
.center{text-align:center}
.facts{margin:1.25rem 0 0}
.facts th{width:11rem;color:var(--quiet)}
.facts th strong{font-weight:inherit}
.facts td{overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:1rem -2px 1.5rem;padding:2px}
.wide table{min-width:min(24rem,100%);overflow-wrap:normal}
.wide th,.wide td{min-width:6rem}
.wide td.right,.wide th.right{white-space:nowrap;min-width:0}
figure{margin:1rem 0 1.5rem}
img{max-width:100%;height:auto;background:#fff}
math{overflow-x:auto;max-width:100%}
mark{background:#fff0a8;color:#1b2125}
.smallcaps{font-variant:small-caps}
section[role=doc-endnotes]{margin-top:3rem;border-top:2px solid var(--line);font-size:.94rem}
section[role=doc-endnotes] h2{margin-top:1.5rem}
a[role=doc-backlink]{padding:0 .3em}
@media (max-width:30rem){
body{padding:0 .9rem}
h1{font-size:1.5rem}
h2{font-size:1.22rem}
.facts th{width:8rem}
th,td{padding-right:.6rem}
ul,ol{padding-left:1.5rem}
}
@media print{
html{font-size:10.5pt;background:#fff}
body{max-width:none;padding:0}
nav,.skip,a[role=doc-backlink],body>footer{display:none}
.wide{overflow:visible}
.wide table,.wide th,.wide td{min-width:0}
h1,h2,h3,h4,caption{break-after:avoid}
tr,figure,img,blockquote{break-inside:avoid}
thead{display:table-header-group}
a{color:inherit}
}
"""


def stylesheet() -> str:
    """Return the whole style sheet; paper is always light."""
    dark = f"@media screen and (prefers-color-scheme:dark){{{_root(_DARK)}}}"
    return f":root{{color-scheme:light dark}}\n{_root(_LIGHT)}\n{dark}{_RULES}{_counters()}"


def _counters() -> str:
    """Return how lists are numbered that have a bracket, or nothing, behind the number."""
    rules = []
    for name, counter in _COUNTERS.items():
        for kind, suffix in (("bracket", ") "), ("plain", "  ")):
            rules.append(f'@counter-style {kind}-{name}{{system:extends {counter};suffix:"{suffix}"}}')
            rules.append(f"ol.{kind}.{name}{{list-style-type:{kind}-{name}}}")
        rules.append(f"ol.notes.{name}{{list-style-type:{counter}}}")
    return "\n".join(rules) + "\n"


def _root(colours: dict[str, str]) -> str:
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in colours.items()) + "}"
