"""Case + register + prose → Paper: first mentions, citations, keys and properties settled (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from casebuilder.blockwalk import mapped_inlines, mapped_lines
from casebuilder.citations import cited
from casebuilder.frame import frame_values
from casebuilder.keys import keyed, keyed_by
from casebuilder.paper import (
    Block,
    Citation,
    Heading,
    Inline,
    Link,
    Mention,
    Note,
    NoteAgain,
    Paper,
    Paragraph,
    Properties,
    Text,
)
from casebuilder.problems import Problem, msg
from casebuilder.prose.exempt import exempt_inlines, has_exempt
from casebuilder.prose.shape import Prose
from casebuilder.prose.typography import hard_spaced
from casebuilder.register.records import Body, Case, Register
from casebuilder.suggest import did_you_mean
from casebuilder.wording import LANGUAGE_TAGS, WORDS, capital


def compose(register: Register, case: Case, prose: Prose) -> tuple[Paper, tuple[Problem, ...]]:
    """Compose a case's paper; its problems hold back this case only."""
    settling = _Settling(register, case)
    summary, problems = _summary(case, prose)
    settled_summary = settling.blocks(keyed(summary, "s"))
    settled_body = settling.blocks(keyed(prose.body, "b"))
    listed = [name for name in dict.fromkeys(case.source_ids) if name in register.sources]
    sources = [Paragraph(cited(register.sources[name], case.language)) for name in listed]
    paper = Paper(
        case_id=case.id,
        properties=_properties(register, case),
        words=WORDS[case.language],
        frame=frame_values(register, case),
        summary=settled_summary,
        body=settled_body,
        sources=keyed_by(listed, sources, "k"),
    )
    problems += [*settling.problems, *_openness(case, paper)]
    return paper, tuple(problem.only_for(case.id) for problem in problems)


def _openness(case: Case, paper: Paper) -> list[Problem]:
    """Tell that a text has exempt words while the sheet says that all of the case is open."""
    if case.access != "offentlig" or not has_exempt((*paper.summary, *paper.body)):
        return []
    found = msg("the text has words that are marked as exempt, and the case is «offentlig».")
    expected = msg("Choose «delvis unntatt» and fill in the provision, or take the marks away in the text.")
    return [Problem("exempt-in-open-case", case.place("tilgang"), found, expected)]


def _properties(register: Register, case: Case) -> Properties:
    body = register.bodies[register.meetings[case.meeting_id].body_id]
    subject = f"{WORDS[case.language]['sak']} {case.label}"
    return Properties(case.title, body.name, subject, LANGUAGE_TAGS[case.language], case.as_of)


def _summary(case: Case, prose: Prose) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the summary from the sheet or from the text; from both is a problem."""
    if case.summary is None:
        return prose.summary, []
    place = case.place("sammendrag")
    lines = [line.strip() for line in case.summary.split("\n") if line.strip()]
    blocks = hard_spaced([Paragraph((Text(line, sources=(place,)),)) for line in lines])
    if not prose.summary:
        return blocks, []
    found = msg("there is a summary both here and under a heading in the text.")
    return blocks, [Problem("summary-twice", place, found, msg("Delete one of them."))]


def _note_name(name: str, *, is_exempt: bool) -> str:
    """Return what a note is referred back to by; an exempt one and an open one are two notes."""
    return f"{name}:unntatt" if is_exempt else name


@dataclass
class _Settling:
    """Goes through a paper in reading order and remembers what has been mentioned and cited.

    What is exempt stands on what the public can read, never the other way round: what was first mentioned
    or cited in exempt words is introduced once more in open ones.
    """

    register: Register
    case: Case
    mentioned: set[tuple[str, bool]] = field(default_factory=set)
    cited: set[tuple[str, bool]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Settle blocks in reading order; a body named in a heading gets no note there."""
        return mapped_lines(blocks, self._line)

    def _line(self, line: Sequence[Inline], block: Block) -> tuple[Inline, ...]:
        settle = self._in_heading if isinstance(block, Heading) else self._running
        return tuple(settled for inline in line for settled in settle(self._inside_notes(inline)))

    def _inside_notes(self, inline: Inline) -> Inline:
        if isinstance(inline, Note):
            return replace(inline, content=mapped_inlines(inline.content, self._without_note))
        return inline

    def _without_note(self, inline: Inline) -> tuple[Inline, ...]:
        """Settle inside a note, where no other can stand: the full name, the source's reference itself."""
        if isinstance(inline, Citation):
            reference = self._reference(inline)
            return exempt_inlines(reference) if inline.exempt else reference
        return self._in_heading(inline)

    def _in_heading(self, inline: Inline) -> tuple[Inline, ...]:
        if isinstance(inline, Mention):
            body = self.register.bodies[inline.body_id]
            return (self._named(inline, body.name, "navn"),)
        return self._running(inline)

    def _running(self, inline: Inline) -> tuple[Inline, ...]:
        if isinstance(inline, Mention):
            settled = self._mention(inline)
            return exempt_inlines(settled) if inline.format.exempt else settled
        if isinstance(inline, Citation):
            settled = self._citation(inline)
            return exempt_inlines(settled) if inline.exempt else settled
        return (inline,)

    def _named(self, mention: Mention, name: str, column: str) -> Text:
        place = self.register.bodies[mention.body_id].place(column)
        return Text(name, mention.format, (place,), mention.origin)

    def _mention(self, mention: Mention) -> tuple[Inline, ...]:
        body = self.register.bodies[mention.body_id]
        if {(body.id, False), (body.id, mention.format.exempt)} & self.mentioned:
            if body.short_name:
                return (self._named(mention, body.short_name, "kortnavn"),)
            return (self._named(mention, body.name, "navn"),)
        self.mentioned.add((body.id, mention.format.exempt))
        note = self._definition(body, is_exempt=mention.format.exempt)
        return (self._named(mention, body.name, "navn"), *note)

    def _definition(self, body: Body, *, is_exempt: bool) -> tuple[Inline, ...]:
        """Return the note that defines a body, with its website or, without one, its source."""
        if not body.definition:
            return ()
        words: list[Inline] = [Text(body.definition, sources=(body.place("definisjon"),))]
        stop = " " if body.definition.endswith((".", "!", "?", "…")) else ". "
        if body.website:
            host = urlsplit(body.website).netloc.removeprefix("www.")
            words += [Text(stop), Link(body.website, (Text(host, sources=(body.place("nettsted"),)),))]
        elif source := self.register.sources.get(body.source_id or ""):
            words += [Text(stop), *cited(source, self.case.language)]
        name = _note_name(f"organ:{body.id}", is_exempt=is_exempt)
        return (Note(hard_spaced([Paragraph(tuple(words))]), name=name),)

    def _citation(self, citation: Citation) -> tuple[Inline, ...]:
        name = f"kilde:{citation.source_id}"
        at_start = replace(citation, prefix=capital(citation.prefix))
        for is_exempt in (False, True):
            if (name, is_exempt) in self.cited and is_exempt <= citation.exempt:
                again = NoteAgain(
                    _note_name(name, is_exempt=is_exempt), at_start.prefix, citation.suffix, citation.exempt
                )
                return (Note((Paragraph((again,)),)),)
        reference = self._reference(at_start)
        if not reference:
            return ()
        self.cited.add((name, citation.exempt))
        return (Note((Paragraph(reference),), name=_note_name(name, is_exempt=citation.exempt)),)

    def _reference(self, citation: Citation) -> tuple[Inline, ...]:
        """Return a source's reference with the author's words around it; none if it is unknown."""
        source = self.register.sources.get(citation.source_id)
        if source is None:
            if "kilder" not in self.register.incomplete:
                self.problems.append(self._unknown(citation))
            return ()
        pinpoint = citation.suffix.strip(" ,.")
        reference = cited(source, self.case.language, pinpoint)
        return (Text(citation.prefix), *reference) if citation.prefix else reference

    def _unknown(self, citation: Citation) -> Problem:
        if citation.source_id in self.register.faulty.get("kilder", ()):
            found = msg("the source «{name}» has errors in the sheet kilder.", name=citation.source_id)
            return Problem("faulty-source", citation.place, found, msg("Correct them there first."))
        found = msg("«{name}» is not found in the sheet «{sheet}».", name=citation.source_id, sheet="kilder")
        known = self.register.sources
        expected = did_you_mean(citation.source_id, known, msg("Add it there, or correct it here."))
        return Problem("unknown-source", citation.place, found, expected)
