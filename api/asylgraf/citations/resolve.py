"""Resolve: from what a text names and points at to what it cites, with the rule that says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final

from asylgraf.citations import beside, generics, scopes
from asylgraf.citations.addresses import Cited, instrument_meaning, provision
from asylgraf.citations.addresses import meaning as meaning_of
from asylgraf.citations.amendments import quoted_section
from asylgraf.citations.antecedents import antecedent
from asylgraf.citations.atlas import ALIENS_ACT, Atlas, shipped_atlas
from asylgraf.citations.breaths import Spanned, merged_cases
from asylgraf.citations.contexts import Bound, Context
from asylgraf.citations.fold import Folded
from asylgraf.citations.mentions import (
    INSTRUMENT,
    Found,
    Generic,
    Instrument,
    Label,
    Mention,
    Named,
    Pointed,
    Run,
    Unknown,
)
from asylgraf.citations.moments import moment, moment_told
from asylgraf.citations.names import BEYOND, OUTSIDE
from asylgraf.citations.overview import overview
from asylgraf.citations.patterns import lazy
from asylgraf.citations.pinpoints import is_no_provision
from asylgraf.citations.reading import Reading
from asylgraf.citations.records import Citation, Meaning, Status
from asylgraf.citations.steps import DEPTH, Item, Path, Step


def resolve(
    found: Found,
    folded: Folded,
    atlas: Atlas | None = None,
    *,
    base: str = ALIENS_ACT,
    on: date | None = None,
) -> list[Citation]:
    """The citations of a text, in the order of their places."""
    atlas = atlas or shipped_atlas()
    reading = Reading(folded, atlas)
    reading.found = found
    resolver = _Resolver(overview(reading, base, on), on)
    spanned = sorted(sorted(resolver.spans(), key=itemgetter(1), reverse=True), key=itemgetter(0))
    original, span = folded.original, folded.span
    return [
        Citation(first, last, original[first:last], meaning)
        for start, end, meaning in spanned
        for first, last in (span(start, end),)
    ]


_NUMBER: Final = lazy(r"\d+")
_NAMED_BEFORE: Final = frozenset(("named before", "generic before"))
"""Rules by which an instrument in front is part of the citation."""


class _Resolver:
    """Walks the mentions once, in order, remembering what was bound."""

    _ALL: Final = 10**6

    def __init__(self, context: Context, on: date | None) -> None:
        self.context = context
        self.on = on
        self.atlas = context.reading.atlas
        self.taken: set[int] = set()
        """Indexes of instruments that stand inside the span of a provision."""

    def spans(self) -> list[Spanned]:
        """Every citation at its place in the folded text: provisions, whole instruments, judgments."""
        context, amending = self.context, self.context.amending
        spans: list[Spanned] = []
        named: list[tuple[int, Named]] = []
        pointed: list[Pointed] = []
        for index, mention in enumerate(context.mentions):
            if isinstance(mention, Run):
                context.here = index
                spans += self._run(index, mention)
            elif isinstance(mention, Label):
                if not amending:
                    self._label(mention)
            elif isinstance(mention, Named):
                named.append((index, mention))
            elif isinstance(mention, Pointed):
                pointed.append(mention)
        spans += self._instruments(named)
        spans += merged_cases(context, pointed)
        return spans

    def _label(self, label: Label) -> None:
        """Note where in a statute's text the reading stands."""
        if label.english:
            self.context.headed = label.section
        else:
            self.context.label = label.section or self.context.label
            numbered = (
                None if label.section else _NUMBER.search(self.context.reading.text, label.start, label.end)
            )
            self.context.part = numbered.group() if numbered else None
            self.context.label_at = label.start

    # Whole instruments

    def _instruments(self, named: list[tuple[int, Named]]) -> Iterator[Spanned]:
        for index, mention in named:
            if index in self.taken or mention.weak or mention.used:
                continue
            address = self.context.names.chosen(mention)
            candidates = tuple(other for other in mention.addresses if other != address)
            yield mention.start, mention.end, self._whole(address, mention.numbered, candidates)

    def _whole(self, address: str, numbered: bool, candidates: tuple[str, ...]) -> Meaning:
        key = ("whole", address, numbered, candidates, self.on)
        held = self.atlas.meanings.get(key)
        if held is None:
            held = instrument_meaning(self.atlas, address, numbered, candidates, self.on)
            self.atlas.remember(key, held)
        return held

    # Provisions

    def _run(self, index: int, run: Run) -> list[Spanned]:
        lead = self._lead(index, run)
        trail = self._trail(index, run)
        if lead is None and trail is None:
            return self._alone(index, run)
        tail_from = self._tail(run, lead, trail)
        if trail is not None and tail_from == len(run.items):
            lead, trail, tail_from = self._only_one(index, lead, trail)
        begin = self._begin(lead, run)
        act = trail if isinstance(trail, Named) else lead if isinstance(lead, Named) else None
        following = self._following(index + 1 if trail is None else index + 2)
        on = self.on or moment(self.context.reading, run, begin, act, following)
        spans: list[Spanned] = []
        for n, item in enumerate(run.items):
            cited = self._cited(run, item, lead, trail if n >= tail_from else None)
            if cited is None:
                continue
            first = n == 0 and lead is not None and cited.rule in _NAMED_BEFORE
            start = begin if first else run.base + item.start
            end = run.base + item.end
            if trail is not None and n == len(run.items) - 1:
                end = max(end, trail.end)
            spans.append(self._bound(run, item, cited, (start, end), on))
        return spans

    def _alone(self, index: int, run: Run) -> list[Spanned]:
        """The provisions of a run that no instrument stands beside."""
        if run.heading is None and is_no_provision(self.context, run):
            return []
        on = self.on or moment(self.context.reading, run, run.start, None, self._following(index + 1))
        base, heading = run.base, run.heading
        return [
            self._bound(run, item, cited, (base + item.start, base + item.end), on)
            for item in run.items
            if (cited := self._headed(heading, item) if heading else self._by_scope(run, item))
        ]

    def _bound(self, run: Run, item: Item, cited: Cited, place: tuple[int, int], on: date | None) -> Spanned:
        """What a provision means at its place; it is remembered for those behind it."""
        if item.continued and cited.path[-1].level == "stk" and self._is_section(run, cited):
            cited = cited._replace(path=(cited.path[-1]._replace(level="section"),))
        self.context.bound.append(Bound(cited.instrument, cited.path, *place, run.danish))
        meaning = self._meaning(cited, item.until, on)
        if on is None and (item.until or meaning.address in self.atlas.movers):
            meaning = self._meaning(cited, item.until, self._told(run, cited))
        return (*place, meaning)

    def _is_section(self, run: Run, cited: Cited) -> bool:
        """ "§§ 7, stk. 1-3, 8 og 9": a number that no subsection of the section has, and a section has."""
        (_, section), (_, number) = cited.path[0], cited.path[-1]
        table = self.atlas.sections.get(cited.instrument)
        if table is None or number not in table or not self.context.reading.text.startswith("§§", run.start):
            return False
        return not (number.isdigit() and self.atlas.has_subsection(cited.instrument, section, int(number)))

    def _headed(self, heading: Named | Generic, item: Item) -> Cited | None:
        """What an item cites whose instrument stands over its list."""
        address = self._address(heading, item)
        return Cited(address, item.path, "heading", 0.95) if address else None

    def _only_one(
        self, index: int, lead: Instrument | None, trail: Instrument
    ) -> tuple[Instrument | None, Instrument | None, int]:
        """Of an instrument before and one behind a single list, the one that has it; the other is free."""
        loose = lead is not None and not lead.genitive and lead.end < self.context.mentions[index].start - 1
        if loose and isinstance(trail, Named | Generic):
            self.taken.discard(index - 1)
            return None, trail, 0
        self.taken.discard(index + 1)
        return lead, None, self._ALL

    def _told(self, run: Run, cited: Cited) -> date | None:
        """The day that the sentence tells of, asked only where a provision has moved since."""
        if cited.until or not cited.instrument.startswith("dk/"):
            return None
        address = provision(self.atlas, cited.instrument, cited.path)
        day = moment_told(self.context.reading, run) if address in self.atlas.movers else None
        return day if day and self.atlas.moved(address, day) else None

    def _following(self, index: int) -> Mention | None:
        return self.context.mentions[index] if index < len(self.context.mentions) else None

    def _begin(self, lead: Instrument | None, run: Run) -> int:
        if lead is None or self.context.reading.text.startswith(")", lead.end):
            return run.start
        return lead.reach if isinstance(lead, Generic) and lead.backward else lead.start

    def _lead(self, index: int, run: Run) -> Instrument | None:
        """The instrument right in front: "udlændingelovens § 7", "ECHR Article 8"."""
        before = self.context.mentions[index - 1] if index else None
        if before is None or run.start - before.end > beside.WIDEST_LEAD:
            return None
        if not isinstance(before, INSTRUMENT) or index - 1 in self.taken:
            return None
        gap = self.context.reading.text[before.end : run.start]
        led = beside.leads(gap) or beside.is_title_of(before, gap)
        if not led or beside.opens_for(self.context.reading, before, run, self._following(index + 1)):
            return None
        if isinstance(before, Unknown) and not before.genitive and gap.strip(" "):
            return None
        if scopes.is_refugee_definition(run.items[0]) and self._is_other_treaty(before):
            return None
        if not gap.startswith(")"):
            self.taken.add(index - 1)
        return before

    def _is_other_treaty(self, before: Instrument) -> bool:
        """Whether a name in front, not in the genitive, is no convention with an article 1 F."""
        if not isinstance(before, Named) or before.genitive:
            return False
        return self.context.names.chosen(before) != "refugee-convention"

    def _trail(self, index: int, run: Run) -> Instrument | None:
        """The instrument right behind: "§ 60, stk. 2, i udlændingeloven", "Article 8 ECHR"."""
        behind = self._following(index + 1)
        if not isinstance(behind, INSTRUMENT) or run.heading is not None:
            return None
        if not beside.follows(self.context.reading, run, behind) or self._leads_next(index + 1, behind):
            return None
        self.taken.add(index + 1)
        return behind

    def _leads_next(self, index: int, behind: Instrument) -> bool:
        """Whether the instrument belongs to the provision behind it: "og § 8 i lyset af EMRK artikel 3"."""
        following = self.context.mentions[index + 1] if index + 1 < len(self.context.mentions) else None
        if not isinstance(following, Run):
            return False
        text = self.context.reading.text
        close = behind.genitive or text[behind.start - 2 : behind.start] == ", "
        return close and beside.leads(text[behind.end : following.start])

    def _tail(self, run: Run, lead: Instrument | None, trail: Instrument | None) -> int:
        """The first item that an instrument behind takes: all of them, or the last list."""
        if trail is None:
            return len(run.items)
        if lead is None and not beside.is_protocol(trail):
            return 0
        n = len(run.items) - 1
        while n > 0 and run.items[n].head == run.items[n - 1].head and not run.items[n].chained:
            n -= 1
        return n if n or lead is None else len(run.items)

    def _cited(self, run: Run, item: Item, lead: Instrument | None, trail: Instrument | None) -> Cited | None:
        """What one item cites: by the instrument beside it, else by the rules of scope."""
        if run.heading is not None:
            return self._headed(run.heading, item)
        for mention, where in ((trail, "behind"), (lead, "before")):
            if mention is None or not self._suits(mention, run, item, where):
                continue
            if (address := self._address(mention, item)) is None:
                continue
            path = None if self._of_other_text(run, item) else self._full_path(run, item, address)
            kind, confidence = ("named", 0.98) if isinstance(mention, Named) else ("generic", 0.92)
            return Cited(address, path, f"{kind} {where}", confidence) if path else None
        return self._by_scope(run, item)

    def _suits(self, mention: Instrument, run: Run, item: Item, where: str) -> bool:
        """An act in front reaches a run's later items only where they are cited in its own way."""
        if where == "before" and scopes.own_again(self.context, run, item):
            return False
        last = run.items[-1].whole
        if where == "behind" and {item.whole, last} == {"section", "article"}:
            return beside.is_danish(mention) == (item.whole == "section")
        if item.whole is None and item.chained and where == "before":
            return False
        if item.whole is None or where == "behind" or item.head <= 1:
            return True
        if beside.is_danish(mention):
            return item.whole == "section"
        return item.whole != "section" or _is_union_style(item)

    def _address(self, mention: Instrument, item: Item) -> str | None:
        if isinstance(mention, Unknown):
            return BEYOND if mention.treaty else OUTSIDE
        if isinstance(mention, Named):
            address = self.context.names.chosen(mention)
            return self.atlas.known.consolidations.get(address, address)
        if mention.noun == "convention" and scopes.is_refugee_definition(item):
            return "refugee-convention"
        if generics.is_of_complaints(self.context, mention, item):
            return "cat"
        return generics.generic_address(self.context, mention)

    def _by_scope(self, run: Run, item: Item) -> Cited | None:
        if item.whole is None:
            above = quoted_section(self.context, run, item) or antecedent(self.context, run, item)
            if above and item.path[0].level == "pkt" and self._is_far(above, run):
                return None
            rule = "statute" if self.context.label is not None else "part of the provision before"
            return Cited(above.instrument, _joined(above.path, item.path), rule, 0.85) if above else None
        found = scopes.instrument_of(self.context, run, item)
        if found is None:
            return None
        instrument, rule, confidence = found
        if rule == "chain" and item.whole == "section" and _is_union_style(item):
            instrument = self._union_before(run) or instrument
        return Cited(instrument, item.path, rule, confidence)

    def _is_far(self, above: Bound, run: Run) -> bool:
        """Whether "3. pkt." alone stands too far from the provision it may be a sentence of."""
        if self.context.reading.text.endswith("bestemmelsens ", 0, run.start):
            return False
        lone = self.context.label is not None and self.context.part is None
        return lone or self.context.breaks(above.end, run.start)

    def _union_before(self, run: Run) -> str | None:
        """The act of the Union cited last in the sentence."""
        last = self.context.bound[-1] if self.context.bound else None
        if last is None or not last.instrument.startswith("eu/") or self.context.breaks(last.end, run.start):
            return None
        return last.instrument

    def _full_path(self, run: Run, item: Item, address: str) -> Path | None:
        """A part with an instrument beside it: of the provision before, or a section called a paragraph."""
        if item.whole is not None:
            return item.path
        place = item if item.head > 1 else run.items[0]
        called_paragraph = self.context.reading.text.startswith("para", run.base + place.start)
        if item.path[0].level == "stk" and address.startswith("dk/") and called_paragraph:
            return (Step("section", item.path[0].value), *item.path[1:])
        last = self.context.bound[-1] if self.context.bound else None
        same_breath = last is not None and last.start >= run.start
        above = last if same_breath else antecedent(self.context, run, item)
        if above and called_paragraph and not same_breath and self.context.breaks(above.end, run.start):
            return None  # "the Convention, para. 10": a paragraph of what speaks of it
        return _joined(above.path, item.path) if above is not None else None

    @staticmethod
    def _of_other_text(run: Run, item: Item) -> bool:
        """ "Paragraph 8, in conjunction with Article 35": a paragraph of what the run does not name."""
        return (
            item.whole is None and not run.danish and any(other.chained for other in run.items if other.whole)
        )

    def _meaning(self, cited: Cited, until: Path | None, on: date | None) -> Meaning:
        key = (cited, until, on)
        held = self.atlas.meanings.get(key)
        if held is None:
            if cited.instrument in (OUTSIDE, BEYOND):
                held = Meaning(None, Status.OUT_OF_SCOPE, cited.rule, cited.confidence)
            else:
                last = _joined(cited.path, until) if until else None
                held = meaning_of(self.atlas, cited._replace(until=last), on)
            self.atlas.remember(key, held)
        return held


def _is_union_style(item: Item) -> bool:
    """Letters right under a paragraph are the Union's way, not that of a Danish act."""
    levels = [step.level for step in item.path]
    return "litra" in levels and "nr" not in levels


@lru_cache(4096)
def _joined(above: Path, part: Path) -> Path:
    """A part placed under the provision it belongs to."""
    if DEPTH.get(part[0].level) == 0 or len(above) == 0:
        return part
    depth = DEPTH.get(part[0].level, 1)
    kept = [step for n, step in enumerate(above) if DEPTH.get(step.level, min(n, 3)) < depth]
    return (*kept, *part)
