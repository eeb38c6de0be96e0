"""What of a case is for the public, and what is secret about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from casebuilder.archive.fiks import public_title
from casebuilder.archive.mending import About, mended_if_readable
from casebuilder.archive.needles import Kind, Secret
from casebuilder.archive.office import pdfs_of
from casebuilder.archive.papers import Final
from casebuilder.frame import marking, provision
from casebuilder.problems import Problem, msg
from casebuilder.register.records import Attachment, Case, Register
from casebuilder.sheets import Tables
from casebuilder.word.cleaning import cleaned
from casebuilder.word.exempt_passages import Exempt
from casebuilder.word.redacting import Redaction, redacted
from casebuilder.wording import NBSP, WORDS


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """What of a case's paper all may see, and what its PDF is to say of itself."""

    case: Case
    about: About
    data: bytes

    @property
    def title(self) -> str:
        """Return the title that all may see."""
        return self.about.title


def public_paper(register: Register, final: Final) -> PublicPaper:
    """Return a case's paper without what is exempt."""
    case, title = final.paper.case, title_for_all(final.paper.case)
    cut = redacted(final.data, redaction_of(case, register.attachments_of(case.id)))
    data = cleaned(cut, final.paper.body.name, final.about.at, public_title=title)
    return PublicPaper(case, replace(final.about, title=title), data)


def pdfs_of_public(papers: Sequence[PublicPaper]) -> dict[str, bytes]:
    """Return the PDF of each paper by its sak_id, of those that one can be made of.

    Raises NoOffice or OfficeFailed.
    """
    raw = pdfs_of({f"{each.case.id}.docx": each.data for each in papers}) if papers else {}
    made = {each.case.id: mended_if_readable(raw.get(f"{each.case.id}.docx"), each.about) for each in papers}
    return {name: pdf for name, pdf in made.items() if pdf}


OPEN, PARTLY, EXEMPT = "offentlig", "delvis unntatt", "unntatt"


def instead_of(exemption: str | None, language: str) -> str:
    """Return what stands where something was cut: «[unntatt offentlighet, jf. offl. § …]» (offl. § 31)."""
    words = WORDS[language]
    said = words[EXEMPT].lower()
    return f"[{said}, {words['jf']}{NBSP}{provision(exemption)}]" if exemption else f"[{said}]"


def title_for_all(case: Case) -> str:
    """Return the title that all may see; of an exempt case without one, only that it is exempt."""
    if said := public_title(case):
        return said
    return instead_of(case.exemption, case.language) if case.access == EXEMPT else case.title


def redaction_of(case: Case, attachments: Iterable[Attachment]) -> Redaction:
    """Return what is put instead of marked words, and instead of titles that are not for all."""
    exempt = [each for each in attachments if each.access == EXEMPT]
    provisions = [case.exemption, *(each.exemption for each in exempt)]
    instead = instead_of(next(filter(None, provisions), None), case.language)
    replaced = [(each.title, instead_of(each.exemption, case.language)) for each in exempt]
    if title_for_all(case) != case.title:
        replaced.append((case.title, title_for_all(case)))
    said = marking(case)
    if said:
        replaced.append((said, f"{WORDS[case.language]['offentlig_versjon']}: {said[0].lower()}{said[1:]}"))
    return Redaction(instead, tuple(replaced))


def secrets_of(case: Case, attachments: Iterable[Attachment], passages: Iterable[Exempt]) -> Iterator[Secret]:
    """Yield what of a case nobody outside may see."""
    for each in passages:
        yield Secret(each.words, Kind.PASSAGE if each.is_told else Kind.UNSEEN, case.id)
    if title_for_all(case) != case.title:
        yield Secret(case.title, Kind.TITLE, case.id)
    for one in attachments:
        if one.access == EXEMPT:
            yield Secret(one.title, Kind.TITLE, case.id)
        if one.access != OPEN:
            yield Secret(PurePosixPath(one.file).stem, Kind.FILE, case.id)


def remarks_of(tables: Tables) -> Iterator[Secret]:
    """Yield what stands in the columns «merknad», which are for the secretariat alone."""
    for rows in tables.rows.values():
        for row in rows:
            said = row.values.get("merknad")
            if isinstance(said, str) and said.strip():
                yield Secret(said, Kind.REMARK, "")


def known_to_all(register: Register) -> Iterator[str]:
    """Yield names that are no secret wherever they stand: of bodies, units, places, and who signs."""
    for body in register.bodies.values():
        yield from filter(None, (body.name, body.short_name))
    for unit in register.units.values():
        yield from (unit.name, unit.full_name)
    for meeting in register.meetings.values():
        yield from filter(None, (meeting.committee, meeting.place_name))
    for case in register.cases.values():
        yield from filter(None, (case.officer, case.manager))


def not_as_said(case: Case, attachments: Iterable[Attachment], passages: Iterable[Exempt]) -> list[Problem]:
    """Tell where the sheet and the paper do not agree on whether something is exempt."""
    has_marks = any(True for _ in passages)
    if has_marks and case.access == OPEN:
        found = msg("the paper has words that are marked as exempt, and the case is «offentlig».")
        expected = msg("Choose «delvis unntatt» and fill in the provision, or take the marks away in Word.")
        return [Problem("exempt-in-open-case", case.place("tilgang"), found, expected).only_for(case.id)]
    kept_back = has_marks or public_title(case) or any(each.access != OPEN for each in attachments)
    if case.access == PARTLY and not kept_back:
        found = msg("the case is «delvis unntatt», and nothing in its paper is marked as exempt.")
        expected = msg("Mark the words in Word with the style «Unntatt offentlighet», or choose «offentlig».")
        return [Problem("nothing-exempt", case.place("tilgang"), found, expected).only_for(case.id)]
    return []
