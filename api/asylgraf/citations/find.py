"""Find: the first reading of a text; it collects names, numbers and runs without deciding what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from asylgraf.citations import (
    asides,
    bills,
    cases,
    communications,
    courts,
    neutral,
    numbers,
    parties,
    pointing,
    short_names,
)
from asylgraf.citations.abbreviations import (
    LETTERS,
    NAME_BEHIND,
    is_its_body,
    is_other_word,
    is_weak,
    own_abbreviation,
)
from asylgraf.citations.anchors import DANISH_GENERIC, Anchor, Hit
from asylgraf.citations.atlas import Atlas, shipped_atlas
from asylgraf.citations.codes import (
    LAWS,
    TITLE_BEFORE_UNIT,
    compound,
    is_any_law,
    is_titled,
    longer_name,
    parted,
    word_start,
)
from asylgraf.citations.committees import hear
from asylgraf.citations.dated_titles import dated_title
from asylgraf.citations.fold import Folded, fold
from asylgraf.citations.mentions import Found, Generic, Named, Run, Unknown
from asylgraf.citations.namesakes import namesake_start
from asylgraf.citations.patterns import lazy
from asylgraf.citations.pointing import GLUED, add_run, signless, unit
from asylgraf.citations.reading import Reading

Reader = Callable[[Reading, Hit], int | None]


def find(text: str | Folded, atlas: Atlas | None = None) -> Found:
    """Every place of a text where something is named or pointed at."""
    reading = Reading(text if isinstance(text, Folded) else fold(text), atlas or shipped_atlas())
    bills.bill_at_start(reading)
    order = reading.atlas.anchors.order
    for index, start, end in reading.atlas.anchors.find(reading.text + "\n"):
        if start < reading.done:
            continue
        anchor = order[index]
        if anchor.whole and not _is_word(reading, start, end - anchor.beyond, anchor):
            continue
        if anchor.kind == "unit":
            unit(reading, start, anchor)
        else:
            READERS[anchor.kind](reading, Hit(start, end - anchor.beyond, anchor))
    return hear(reading.found, reading)


def _is_word(reading: Reading, start: int, end: int, anchor: Anchor) -> bool:
    text = reading.text
    if end < len(text) and text[end].isalpha() and text[end - 1].isalpha():
        glued = anchor.kind == "named" and reading.capital(end) and not reading.capital(end - 1)
        if not glued or anchor.exact is not None:
            return False
    if start and text[start - 1].isalnum() and text[start].isalnum():
        joined = reading.capital(start) and not reading.capital(start - 1)
        if anchor.kind == "named" and len(anchor.word) >= _LONG and not joined:
            return GLUED.search(text, max(0, start - 6), start) is not None
        return joined or (anchor.kind == "generic" and anchor.word.rstrip("s'") in DANISH_GENERIC)
    return True


_LONG: Final = 8
"""Letters of a name that is known even where a small word sticks to it: "iudlændingeloven"."""

# Names

_BACKWARD: Final = lazy(r"\b(?:same|samme|said|that|latter|nævnte|pågældende|denne|dette|omhandlede)\b")


def named(reading: Reading, hit: Hit) -> int | None:
    """An instrument by a name of the graph, or an article in an abbreviation that begins with one."""
    article = hit.anchor.addresses[0].startswith("echr/p") and asides.protocol_article(reading, hit)
    return article or _instrument(reading, hit)


def _instrument(reading: Reading, hit: Hit) -> int | None:
    start, end, anchor = hit.start, hit.end, hit.anchor
    if _is_of_file(reading, hit) or (
        anchor.exact is not None and (is_other_word(reading, hit, anchor.exact) or is_its_body(reading, hit))
    ):
        return None
    weak = anchor.exact is not None and is_weak(reading, hit, anchor.exact)
    if weak and len(anchor.exact or "") <= LETTERS and (anchor.genitive or _names_go_on(reading, end)):
        return None  # "the EU Return Directive"
    address = anchor.addresses[0]
    if (begins := namesake_start(reading, hit)) is not None:
        treaty = not address.startswith("dk/")
        reading.add(Unknown(begins, end, anchor.genitive, reading.reach(begins) if treaty else 0, treaty))
        return end
    short = anchor.exact is not None
    if address == "echr" and asides.is_of_protocol(reading, start):
        reading.found.mentions[-1].end = reading.done = end
        return end
    if address.startswith("echr/p"):
        start = asides.protocol_start(reading, start)
    reach = reading.reach(start)
    mention = Named(start, end, anchor.addresses, anchor.genitive, weak=weak, short=short, reach=reach)
    mention.end = end = own_abbreviation(reading, mention)
    reading.add(mention)
    if short and (done := _further_article(reading, end)):
        return done
    lost = anchor.genitive or anchor.word.startswith(_SHORT_ALIENS_ACT)
    return signless(reading, end) if lost and address.startswith("dk/") else end


def _is_of_file(reading: Reading, hit: Hit) -> bool:
    """ "Udl.nr. 12.345.678": the number of a person's file."""
    return hit.anchor.word == "udl." and reading.text.startswith("nr", hit.end)


def _names_go_on(reading: Reading, end: int) -> bool:
    """Whether a capital follows in the same paragraph, so that two letters are part of a longer name."""
    return not reading.text.startswith("\n", end) and NAME_BEHIND.match(reading.kept, end) is not None


_SHORT_ALIENS_ACT: Final = ("udl.", "udl ", "udlændingel.")


_FURTHER: Final = lazy(
    r"(?:,| og| and| eller| or| samt)+ (?=\d{1,3}[a-z]?(?: ?\(\w{1,2}\))*(?:, stk\. \d{1,2},?)? (\w{2,6})\b)"
)


def _further_article(reading: Reading, end: int) -> int | None:
    """ "Articles 68 EC and 234 EC": a number between two abbreviations is an article of the second."""
    before = reading.found.mentions[-2] if len(reading.found.mentions) > 1 else None
    further = _FURTHER.match(reading.text, end)
    if further is None or not isinstance(before, Run) or before.items[-1].whole != "article":
        return None
    written = reading.folded.written(further.start(1), further.end(1))
    if further[1] not in reading.atlas.abbreviations or not written.isupper():
        return None
    return add_run(reading, further.end(), "da" if before.danish else "en", "article ")


def _dated_or_numbered(reading: Reading, hit: Hit, noun: str) -> int | None:
    """An act of the Union by the number behind its kind, or a convention by its year."""
    if noun in ("regulation", "directive"):
        return numbers.union_act(reading, word_start(reading, hit.start), hit.end, noun)
    return dated_title(reading, hit) if noun == "convention" else None


def _or_shorter(reader: Reader) -> Reader:
    """A reader of a word and the first digit behind it, which leaves to shorter words what is not its own."""

    def read(reading: Reading, hit: Hit) -> int | None:
        if done := reader(reading, hit):
            return done
        word, anchors = hit.anchor.word, reading.atlas.anchors
        shorter = (anchor for n in range(len(word) - 1, 1, -1) if (anchor := anchors.get(word[:n])))
        alone = next(shorter, None)
        if alone is None:
            return None
        return READERS[alone.kind](reading, Hit(hit.start, hit.start + len(alone.word), alone))

    return read


def _or_behind(reader: Reader) -> Reader:
    """A reader of a mark and the word behind it, which leaves to longer words what is not its own."""

    def read(reading: Reading, hit: Hit) -> int | None:
        if done := reader(reading, hit):
            return done
        start, text = hit.start + 1, reading.text
        for anchor in reading.atlas.anchors.beginning(hit.anchor.word[1:]):
            end = start + len(anchor.word)
            if text.startswith(anchor.word, start) and _is_word(reading, start, end - anchor.beyond, anchor):
                return READERS[anchor.kind](reading, Hit(start, end - anchor.beyond, anchor))
        return None

    return read


def generic(reading: Reading, hit: Hit) -> int | None:
    """An instrument by its kind: one of the Union before a number, an unknown one in a longer name."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    noun = anchor.addresses[0]
    if done := _dated_or_numbered(reading, hit, noun):
        return done
    if (start and reading.text[start - 1].isalpha()) or reading.text[start - 1 : start] == "-":
        return compound(reading, hit)
    if noun == "act" and anchor.word.startswith("act") and not reading.capital(start):
        return None
    if noun == "paper" or is_titled(reading, hit):
        if title := TITLE_BEFORE_UNIT.match(reading.text, end, end + 120):
            end = title.end()
        aside = noun == "paper" or is_any_law(reading, hit)
        treaty = noun not in LAWS
        reading.add(Unknown(start, end, anchor.genitive, reading.reach(start), treaty, aside))
        return end
    if anchor.word.rstrip("s'") not in DANISH_GENERIC and (unknown := longer_name(reading, hit, noun)):
        reading.add(unknown)
        return end
    backward = bool(_BACKWARD.search(reading.text, max(0, start - 12), start))
    reading.add(Generic(start, end, noun, anchor.genitive, backward, reading.reach(start)))
    return signless(reading, end) if anchor.genitive and noun == "act" else end


READERS: Final[dict[str, Reader]] = {
    "short_section": pointing.short_section,
    "neutral": neutral.neutral,
    "union_decision": numbers.union_decision,
    "named": named,
    "item_added": pointing.item_added_behind,
    "item_of_the_same": pointing.item_of_the_same,
    "amended_item": pointing.amended_item,
    "parted": parted,
    "plain_act": _or_shorter(numbers.plain_act),
    "kind_of_permit": _or_behind(pointing.kind_of_permit),
    "generic": generic,
    "protocol": asides.protocol,
    "body": asides.body,
    "rule": asides.rule,
    "link": asides.link,
    "eli": asides.eli_path,
    "numbered": numbers.numbered_act,
    "dated_act": _or_shorter(numbers.dated_act),
    "celex": numbers.celex,
    "accession": numbers.accession,
    "bill": bills.bill,
    "bill_alone": bills.bill_alone,
    "slash": cases.stroke,
    "ecli": cases.ecli,
    "hudoc": cases.hudoc,
    "union_case": cases.union_case,
    "united_nations": communications.un_document,
    "communication": communications.communication,
    "court_file": courts.court_file,
    "weekly": courts.weekly,
    "report": cases.report,
    "protocol_article": asides.protocol_article,
    "versus": parties.versus,
    "party": short_names.party,
}
"""What reads on from each kind of anchor."""
