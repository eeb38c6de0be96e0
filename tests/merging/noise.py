"""What Word writes into every file that passes through it, and what a person does with our changes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from lxml import etree

from tests.merging import judge
from tests.merging.hands import Desk, cut, live
from tests.merging.judge import REVISIONS, Verdict
from tests.merging.opened import MC, SPACE, W14, Element, Opened, drop, inside, make, q, up, words

OURS = "casebuilder"


class _Decisions:
    """Which of our changes a person accepts, rejects or leaves: paragraph by paragraph, row by row."""

    def __init__(self, package: Opened, random: Random) -> None:
        self._random = random
        self._share, self._accepts = random.choice((0.0, 0.5, 1.0)), random.choice((0.0, 0.5, 1.0))
        self._chosen: dict[object, Verdict] = {}
        self._holders = {
            each.get(q("w:id")): _block(each)
            for each in package.body.iter(q("w:footnoteReference"))
            if any(holder.get(q("w:author")) == OURS for holder in each.iterancestors(*judge.IN, *judge.OUT))
        }

    def rule(self, node: Element) -> Verdict:
        """A note that we have put in or struck shares the fate of its reference."""
        if node.get(q("w:author")) != OURS:
            return Verdict.KEEP
        note = next(node.iterancestors(q("w:footnote")), None)
        key: object = _block(node)
        if note is not None:
            number = note.get(q("w:id"))
            key = self._holders.get(number, f"note {number}")
        if key not in self._chosen:
            said = Verdict.ACCEPT if self._random.random() < self._accepts else Verdict.REJECT
            self._chosen[key] = said if self._random.random() < self._share else Verdict.KEEP
        return self._chosen[key]


def _block(node: Element) -> Element:
    rows = list(node.iterancestors(q("w:tr")))
    return rows[-1] if rows else next(node.iterancestors(q("w:p")), node)


def decided(data: bytes, random: Random) -> bytes:
    """Return the file after a person has accepted or rejected some of our changes."""
    desk = Desk(data, random)
    decisions = _Decisions(desk.package, random)
    for name in desk.package.stories():
        judge.resolve(desk.package.tree(name), decisions.rule)
    desk.tidy()
    return desk.package.data()


# ---- noise ------------------------------------------------------------------------------------------


def _paragraphs(package: Opened) -> list[Element]:
    return [each for each in package.body.iter(q("w:p")) if not inside(each, "w:txbxContent")]


def rsids(package: Opened, random: Random) -> None:
    for each in package.body.iter(q("w:p"), q("w:r"), q("w:tr")):
        if random.random() < 0.7:
            each.set(q("w:rsidR"), f"00{random.randrange(16**6):06X}")
        if each.tag == q("w:p") and random.random() < 0.5:
            each.set(q("w:rsidRDefault"), f"00{random.randrange(16**6):06X}")


def cut_runs(package: Opened, random: Random) -> None:
    for paragraph in _paragraphs(package):
        for text in live(paragraph):
            if len(text.text or "") > 2 and random.random() < 0.4:
                cut(text, random.randrange(1, len(text.text or "")))


def spelling(package: Opened, random: Random) -> None:
    for each in list(package.body.iter(q("w:r"))):
        if random.random() < 0.15 and up(each).tag == q("w:p"):
            each.addprevious(make("proofErr", type="spellStart"))
            each.addnext(make("proofErr", type="spellEnd"))


def pages(package: Opened, random: Random) -> None:
    for each in package.body.iter(q("w:r")):
        if random.random() < 0.05 and not inside(each, "w:del") and each.find(q("w:t")) is not None:
            at = 1 if each.find(q("w:rPr")) is not None else 0
            each.insert(at, make("lastRenderedPageBreak"))


def paragraph_ids(package: Opened, random: Random) -> None:
    """Declare w14 on the root as Word does and name every paragraph."""
    root = package.tree(package.main)
    if root.get(f"{{{MC}}}Ignorable") is not None:
        return
    new = etree.Element(root.tag, nsmap={**root.nsmap, "w14": W14, "mc": MC})  # type: ignore[dict-item]
    new.set(f"{{{MC}}}Ignorable", "w14")
    new.extend(list(root))
    package._trees[package.main] = new
    for each in new.iter(q("w:p")):
        number = random.randrange(1, 2**31)
        each.set(q("w14:paraId"), f"{number:08X}")
        each.set(q("w14:textId"), "77777777")


def smart_tags(package: Opened, random: Random) -> None:
    for each in list(package.body.iter(q("w:r"))):
        if random.random() < 0.05 and up(each).tag == q("w:p") and each.find(q("w:t")) is not None:
            tag = make("smartTag", uri="urn:schemas-microsoft-com:office:smarttags", element="place")
            each.addprevious(tag)
            tag.append(each)


def content_controls(package: Opened, random: Random) -> None:
    for each in list(package.body.iter(q("w:r"))):
        in_field = up(each).find(f".//{q('w:fldChar')}") is not None
        if (
            random.random() < 0.05
            and up(each).tag == q("w:p")
            and each.find(q("w:t")) is not None
            and not in_field
        ):
            content = make("sdtContent")
            control = make("sdt", make("sdtPr", make("id", val=random.randrange(1, 2**31))), content)
            each.addprevious(control)
            content.append(each)


def go_back(package: Opened, random: Random) -> None:
    root = package.tree(package.main)
    for each in list(root.iter(q("w:bookmarkStart"))):
        if each.get(q("w:name")) == "_GoBack":
            return
    numbers = (int(str(each.get(q("w:id")))) for each in root.iter(q("w:bookmarkStart")))
    number = max(numbers, default=0) + 1
    paragraph = random.choice(_paragraphs(package))
    paragraph.extend([make("bookmarkStart", id=number, name="_GoBack"), make("bookmarkEnd", id=number)])


def lost_names(package: Opened, random: Random) -> None:
    root = package.tree(package.main)
    for each in list(root.iter(q("w:bookmarkStart"))):
        if str(each.get(q("w:name"))).startswith("_cb_") and random.random() < 0.2:
            for end in list(root.iter(q("w:bookmarkEnd"))):
                if end.get(q("w:id")) == each.get(q("w:id")):
                    drop(end)
            drop(each)


_REFERENCES = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "styleLink", "numStyleLink")


def own_styles(package: Opened, random: Random) -> None:
    """Put the styles in another order under other ids, as a program in another language does."""
    (name,) = package.related(package.main, "styles")
    root = package.tree(name)
    styles = root.findall(q("w:style"))
    kept = ("FootnoteReference", "FootnoteText", "Heading1", "Heading2", "Heading3")
    new = {str(each.get(q("w:styleId"))): f"x{each.get(q('w:styleId'))}" for each in styles}
    new = {old: said for old, said in new.items() if old not in kept and random.random() < 0.5}
    random.shuffle(styles)
    for each in styles:
        root.append(each)
        each.set(q("w:styleId"), new.get(str(each.get(q("w:styleId"))), str(each.get(q("w:styleId")))))
    numbering = package.related(package.main, "numbering")
    for part in [*package.stories(), name, *numbering]:
        for each in package.tree(part).iter(*(q(f"w:{tag}") for tag in _REFERENCES)):
            each.set(q("w:val"), new.get(str(each.get(q("w:val"))), str(each.get(q("w:val")))))


def spaces(package: Opened, random: Random) -> None:
    """Say that spaces count only where they do."""
    for each in package.body.iter(q("w:t")):
        if random.random() < 0.8 and (each.text or "") == (each.text or "").strip():
            each.attrib.pop(SPACE, "")


def tabs(package: Opened, random: Random) -> None:
    """Put several w:t into one run, as a run with a line break has them."""
    for text in [text for each in _paragraphs(package) for text in live(each)]:
        said = text.text or ""
        if random.random() < 0.1 and len(said) > 4:
            at = random.randrange(1, len(said))
            text.text = said[:at]
            text.set(SPACE, "preserve")
            text.addnext(words(said[at:]))


Noise = Callable[[Opened, Random], None]

KINDS: tuple[Noise, ...] = (
    rsids, cut_runs, tabs, spelling, pages, paragraph_ids, smart_tags, content_controls, go_back, lost_names,
    own_styles, spaces,
)  # fmt: skip


def noisy(data: bytes, random: Random, share: float = 0.5) -> bytes:
    """Return the same text as Word would have saved it."""
    package = Opened(data)
    for kind in KINDS:
        if random.random() < share:
            kind(package, random)
    return package.data()


def has_ours(data: bytes) -> bool:
    """Tell whether a change of ours is pending."""
    package = Opened(data)
    nodes = (each for name in package.stories() for each in package.tree(name).iter(*REVISIONS))
    return any(each.get(q("w:author")) == OURS for each in nodes)
