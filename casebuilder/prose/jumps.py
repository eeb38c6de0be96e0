"""Links to headings of the same paper: each to one heading, also where a paper has several texts (pure)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from casebuilder.blockwalk import headings, inlines, mapped_headings, mapped_inlines
from casebuilder.paper import Block, Heading, Inline, Jump
from casebuilder.problems import Place, Problem, msg
from casebuilder.prose.shape import Prose
from casebuilder.suggest import did_you_mean


def with_own_anchors(blocks: Sequence[Block], taken: set[str]) -> tuple[Block, ...]:
    """Rename a text's anchors that another text has taken, and the links to them inside this text."""
    own = {heading.anchor for heading in headings(blocks)}
    new = {anchor: _free(anchor, taken | own) for anchor in sorted(own & taken) if anchor}
    if not new:
        return tuple(blocks)

    def follow(inline: Inline) -> tuple[Inline, ...]:
        if isinstance(inline, Jump):
            return (replace(inline, anchor=new.get(inline.anchor, inline.anchor)),)
        return (inline,)

    def rename(heading: Heading) -> Heading:
        return replace(heading, anchor=new.get(heading.anchor, heading.anchor))

    return mapped_inlines(mapped_headings(blocks, rename), follow)


def _free(anchor: str, taken: set[str]) -> str:
    numbers = range(2, len(taken) + 3)
    return next(name for number in numbers if (name := f"{anchor}-{number}") not in taken)


def lost_links(prose: Prose, locate: Callable[[str], Place]) -> list[Problem]:
    """Report links to headings that the paper does not have."""
    anchors = {heading.anchor for heading in headings(prose.body)}
    lost: list[Problem] = []
    for inline in inlines((*prose.summary, *prose.body)):
        if isinstance(inline, Jump) and inline.anchor not in anchors:
            found = msg("there is no heading «#{anchor}» to link to.", anchor=inline.anchor)
            expected = did_you_mean(inline.anchor, anchors, msg("Correct or remove the link."))
            lost.append(Problem("lost-link", locate(f"(#{inline.anchor}"), found, expected))
    return lost
