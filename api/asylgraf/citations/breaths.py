"""Judgments named twice in one breath: name and numbers that stand together are one citation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from asylgraf.citations.committees import UN_CONVENTIONS
from asylgraf.citations.communications import committee_case
from asylgraf.citations.contexts import Context
from asylgraf.citations.mentions import Pointed
from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Meaning, Status

Spanned = tuple[int, int, Meaning]
"""A place in the folded text and what it cites."""

_COMMUNICATION: Final = "communication "
_NAME: Final = "name "
_BETWEEN: Final = lazy(
    r"(?: ppu| rx)?(?:[ \n]doc ref)?[ ,;:(\[\])\"'-]*"
    r"(?:\[?\(?(?:gc|storkammer(?:et)?|grand chamber|dec\.?|decision|judgment|dom|"
    r"chamber)\]?\)?)?[ ,;:(\[\])-]*"
    r"(?:(?:of |af |dom af |judgment of |dom |"
    r"den )?\d{1,2}\.? [a-zæ]+ \d{4})?[ ,;:(\[-]*(?:application|appl?\.|klage|klagenr\.?|sag|sagsnr\.?|"
    r"sagsnummer|case|ecli|(?:[•|·\x1a] ?)?(?:echr id|hudoc(?: id)?|item ?id))?[ ,:(]*"
)


def merged_cases(context: Context, pointed: Sequence[Pointed]) -> Iterator[Spanned]:
    """Each judgment once: name and numbers that stand together and mean the same are one citation."""
    text = context.reading.text
    breaths: list[_Breath] = []
    views = {m.key.rsplit("/", 1)[1]: m.key for m in pointed if m.key.startswith("case/un/")}
    for mention in pointed:
        if breaths and _same_breath(text, breaths[-1], mention):
            breaths[-1].add(mention)
        else:
            breaths.append(_Breath(mention))
    groups = [breath.mentions for breath in breaths]
    told = _told_names(groups) | _own_case(text, groups)
    for group in groups:
        yield from _one_case(context, views, group, told)


def _told_names(groups: Iterable[list[Pointed]]) -> dict[str, Meaning]:
    """What a name means that the text itself gives with its number: "Roe v. Denmark, no. 123/20"."""
    told: dict[str, Meaning] = {}
    for group in groups:
        numbered = next((m.meaning for m in group if m.meaning.address and not m.named), None)
        for member in group:
            if numbered is not None and member.key.startswith(_NAME):
                told.setdefault(member.key, replace(numbered, rule="case name told by the text"))
    return told


class _Breath:
    """Mentions of one judgment that stand together."""

    def __init__(self, first: Pointed) -> None:
        self.mentions: list[Pointed] = []
        self.named = False
        self.stems: set[str] = set()
        """Addresses, the days of judgments left out."""
        self.add(first)

    def add(self, mention: Pointed) -> None:
        """Keep the next one."""
        self.mentions.append(mention)
        self.named = self.named or mention.named
        self.stems |= _stem(mention)


def _stem(mention: Pointed) -> set[str]:
    address = mention.meaning.address
    return {_DAY.sub("", address)} if address else set()


_DAY: Final = lazy(r"/\d{4}-\d\d-\d\d$")


def _same_breath(text: str, breath: _Breath, mention: Pointed) -> bool:
    before = breath.mentions[-1]
    gap = text[before.end : mention.start]
    if len(gap) > 70 or not _BETWEEN.fullmatch(gap):
        return False
    if mention.named and breath.named:
        return False
    if mention.key.startswith(_COMMUNICATION) and before.key.startswith(_COMMUNICATION):
        return mention.key == before.key
    if len(breath.stems | _stem(mention)) <= 1:
        return True
    return before.named and len(breath.mentions) == 1 and before.meaning.confidence < 0.8


_AGAINST: Final = lazy(r"\)? (?:against|mod) (?:the )?(?:kingdom|kongeriget|republic|state)\b")


def _own_case(text: str, groups: Sequence[list[Pointed]]) -> dict[str, Meaning]:
    """What the name means in "In the case of Roe v. Denmark … application (no. 123/20) against the State"."""
    first = groups[0][0] if groups else None
    if first is None or not first.key.startswith(_NAME):
        return {}
    if not text.endswith(("in the case of ", "i sagen "), 0, first.start):
        return {}
    number = next((m for group in groups[1:] for m in group if _AGAINST.match(text, m.end)), None)
    return {first.key: replace(number.meaning, rule="case name told by the text")} if number else {}


def _one_case(
    context: Context, views: dict[str, str], group: list[Pointed], told: dict[str, Meaning]
) -> Iterator[Spanned]:
    meanings = [
        told[member.key] if len(group) == 1 and member.key in told else _settled(context, views, member)
        for member in group
    ]
    best = max(
        meanings,
        key=lambda meaning: (
            meaning.address is not None,
            meaning.status is Status.RESOLVED,
            meaning.confidence,
        ),
    )
    if best.address is None and not best.identifiers and all(member.named for member in group):
        return
    if len(group) > 1:
        best = replace(best, confidence=max(meaning.confidence for meaning in meanings))
    end = group[-1].end
    text = context.reading.text
    inside = text[group[0].start : end]
    if inside.count("(") > inside.count(")") and text[end : end + 1] == ")":
        end += 1
    yield group[0].start, end, best


def _settled(context: Context, views: dict[str, str], member: Pointed) -> Meaning:
    if not member.key.startswith(_COMMUNICATION) or member.meaning.address is not None:
        return member.meaning
    number = member.key.removeprefix(_COMMUNICATION)
    found = context.reading.found
    n = bisect_left(found.voices, (member.start, "")) - 1
    near = n >= 0 and not context.breaks(found.voices[n][0], member.start)
    spoken = {found.voices[n][1]: 1} if near else _paragraph_convention(context, member)
    bodies = _body_behind(context, member, n + 1) or spoken or found.bodies
    return committee_case(number, bodies, views.get(number) or _known_view(context, number))


_BEHIND: Final = 60
"""Characters in which the committee that a communication went to may be named behind it."""


def _body_behind(context: Context, member: Pointed, n: int) -> dict[str, int]:
    """The committee named right behind a communication: "No. 2608/2015, Human Rights Committee"."""
    voices, text = context.reading.found.voices, context.reading.text
    if n >= len(voices) or voices[n][0] - member.end > _BEHIND:
        return {}
    between = text[member.end : voices[n][0]]
    apart = any(mark in between for mark in (";", "\n", "/")) or context.breaks(member.end, voices[n][0])
    return {} if apart or " og " in between else {voices[n][1]: 1}


def _paragraph_convention(context: Context, member: Pointed) -> dict[str, int]:
    """The convention last named in the paragraph of a communication: it went to its committee."""
    before = context.names.before("convention", member.start) or context.names.before(
        "covenant", member.start
    )
    if before is None or before.address not in UN_CONVENTIONS:
        return {}
    return {} if "\n" in context.reading.text[before.end : member.start] else {before.address: 1}


def _known_view(context: Context, number: str) -> str | None:
    """The view of that number that the graph has, if one committee alone has it."""
    known = context.reading.atlas.by_identifier.get(number.replace("-", "/"), [])
    views = [judgment.address for judgment in known if judgment.address.startswith("case/un/")]
    return views[0] if len(views) == 1 else None
