"""Find: the first reading of a text; it collects names, numbers and runs without deciding what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from asylgraf.citations import asides, cases, courts, numbers, parties
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
    code_before,
    code_behind,
    compound,
    foreign_code,
    is_any_law,
    is_titled,
    longer_name,
    word_start,
)
from asylgraf.citations.committees import hear
from asylgraf.citations.fold import Folded, fold
from asylgraf.citations.labels import before_next_mark, is_label, marks
from asylgraf.citations.mentions import Found, Generic, Named, Run, Unknown
from asylgraf.citations.namesakes import namesake_start
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.shapes import parse_run
from asylgraf.citations.steps import Item, Step
from asylgraf.citations.units import BEGIN_DECIDING, DECIDES, LOOSE, WIDEST_RUN

Reader = Callable[[Reading, Hit], int | None]


def find(text: str | Folded, atlas: Atlas | None = None) -> Found:
    """Every place of a text where something is named or pointed at."""
    reading = Reading(text if isinstance(text, Folded) else fold(text), atlas or shipped_atlas())
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
    return hear(reading.found)


def _is_word(reading: Reading, start: int, end: int, anchor: Anchor) -> bool:
    text = reading.text
    if end < len(text) and text[end].isalpha() and text[end - 1].isalpha():
        glued = anchor.kind == "named" and reading.capital(end) and not reading.capital(end - 1)
        if not glued or anchor.exact is not None:
            return False
    if start and text[start - 1].isalnum() and text[start].isalnum():
        joined = reading.capital(start) and not reading.capital(start - 1)
        if anchor.kind == "named" and len(anchor.word) >= _LONG and not joined:
            return _GLUED.search(text, max(0, start - 6), start) is not None
        return joined or (anchor.kind == "generic" and anchor.word.rstrip("s'") in DANISH_GENERIC)
    return True


_LONG: Final = 8
"""Letters of a name that is known even where a small word sticks to it: "iudlændingeloven"."""

# Names

_BACKWARD: Final = lazy(r"\b(?:same|samme|said|that|latter|nævnte|pågældende|denne|dette|omhandlede)\b")


def named(reading: Reading, hit: Hit) -> int | None:
    """An instrument by a name of the graph."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    if anchor.exact is not None and (is_other_word(reading, hit, anchor.exact) or is_its_body(reading, hit)):
        return None
    weak = anchor.exact is not None and is_weak(reading, hit, anchor.exact)
    if (
        weak
        and len(anchor.exact or "") <= LETTERS
        and (anchor.genitive or NAME_BEHIND.match(reading.kept, end))
    ):
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
    reach = reading.reach(start)
    mention = Named(start, end, anchor.addresses, anchor.genitive, weak=weak, short=short, reach=reach)
    mention.end = end = own_abbreviation(reading, mention)
    reading.add(mention)
    if short and (done := _further_article(reading, end)):
        return done
    lost = anchor.genitive or anchor.word.startswith(_SHORT_ALIENS_ACT)
    return _signless(reading, end) if lost and address.startswith("dk/") else end


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
    return _add_run(reading, further.end(), "da" if before.danish else "en", "article ")


def generic(reading: Reading, hit: Hit) -> int | None:
    """An instrument by its kind: one of the Union before a number, an unknown one in a longer name."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    noun = anchor.addresses[0]
    if noun in ("regulation", "directive") and (
        done := numbers.union_act(reading, word_start(reading, start), end, noun)
    ):
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
    return _signless(reading, end) if anchor.genitive and noun == "act" else end


# Runs

_NUMBERED: Final = r"\d{1,3} ?[a-z]?(?: ?\(\w{1,3}\))*"
_SHORT_SECTION: Final = lazy(
    rf"ss?\.? ?(?={_NUMBERED}(?:(?: ?,| ?-| and| or| to) ?(?:{_NUMBERED}|\(\w{{1,3}}\)))*,? (?:of the |of )?"
    r"(?:(?:danish )?(?:aliens'?|alien's|integration|return|nationality|immigration) act|act\b|udl))"
)


_SHORT_BESIDE: Final = lazy(r"ss?\.? ?(?=\d)")


def short_section(reading: Reading, hit: Hit) -> int | None:
    """ "s. 7(3) Aliens Act", "ss. 7-9 of the Act": only with the act behind, for *s.* is also a page."""
    start = hit.start + 1
    last = reading.found.mentions[-1] if reading.found.mentions else None
    beside = isinstance(last, Named) and last.addresses[0].startswith("dk/") and last.end >= hit.start - 1
    found = (_SHORT_BESIDE if beside else _SHORT_SECTION).match(reading.text, start)
    return _add_run(reading, found.end(), "en", "section ", start) if found else None


_LOST: Final = lazy(r" ?(?:(?:[&$|!?ilsß]{1,2}|par\.?|5(?= \d)) ?(?= ?\d))?(?=\d)")
_LOST_BEFORE: Final = lazy(
    r"(?<![\d./,§-])(?<!nr\. )(?<!nr )(?<!stk\. )(?:[$&|] )?(\d{1,3}(?: ?[a-zæø])?)[.,]? $"
)
_SENTENCE_BEFORE: Final = lazy(r"(?<![\w.,])\d{1,2}\.(?:(?: og|,| eller) \d{1,2}\.)? $")
_PIECES_BEHIND: Final = lazy(r"stk\.? (?!\d|[il]\b)[a-zæøå]")  # "12 stk. senge": pieces
_OTHER_PART: Final = lazy(r"\b(?:spørgsmål|bilag|side|punkt|kapitel|afsnit)(?: nr\.?)? \d{1,4},? $")
_LIST_OF: Final = lazy(
    r"(?:article ?s?|artikler|artiklerne) (?:of|i) (?:the )?([^:\n]{3,80}?) ?:[ \n]*(?=\d)"
)
_LIST_HEADED: Final = lazy(r"articles? (?:violated|invoked|concerned|at issue|relied upon) ?:[ \n]*(?=\d)")
_EXTRA: Final = 16
_UNDECIDED: Final = (" i ", " a ", " i", " a")
"""Ends of a run whose last letter may be a word that what follows begins with."""


def _read_run(reading: Reading, start: int, language: str, front: str = "") -> tuple[Item, ...]:
    """The items of the run that starts here; `front` stands for a unit that the page lost."""
    text = reading.text
    loose = LOOSE.match(text, start, start + WIDEST_RUN)
    end = loose.end() if loose else start
    deciding = text[end : end + 2] in BEGIN_DECIDING and DECIDES.match(text, end)
    if deciding or text.endswith(_UNDECIDED, 0, end):
        end = min(end + _EXTRA, len(text))
    run = text[start:end]
    if marks(run):
        run = text[start : before_next_mark(reading, start, end)]
    return parse_run(front + run, language)


_GLUED: Final = lazy(r"(?:^|\W)(?:i|af|og|efter|in|of|and|under|with)$")  # "iartikel 35"
_SIGN_BEFORE_NUMBER: Final = lazy(r"(?:§ ?){1,3}\.? ?[\divx]")


def unit(reading: Reading, start: int, anchor: Anchor) -> int | None:
    """A run of provisions, or the label of a provision in its own text."""
    text, word = reading.text, anchor.word
    if (word == "§" and not _SIGN_BEFORE_NUMBER.match(text, start)) or (
        start
        and word[0].isalpha()
        and text[start - 1].isalpha()
        and not (reading.capital(start) and not (reading.capital(start - 1) and reading.capital(start + 1)))
        and not (word.startswith(("artik", "artic")) and _GLUED.search(text, max(0, start - 6), start))
    ):
        return None
    if is_label(reading, start, word):
        return None
    if word in _NUMBERED_BEFORE and (done := _numbered_before(reading, start, word)) is not None:
        return done
    if word.startswith("article") and _listed_of(reading, start):
        return reading.done
    began = _ordinal_before(reading, start) if text[start - 3 : start] in _ORDINAL_ENDS else start
    done = _add_run(reading, began, anchor.addresses[0])
    return done if done is not None or began == start else _add_run(reading, start, anchor.addresses[0])


_NUMBERED_BEFORE: Final = frozenset(("stk", "pkt", "betragtning", "præambelbetragtning"))


def _numbered_before(reading: Reading, start: int, word: str) -> int | None:
    """Units whose number stands in front: "52 b, stk. 1" without its §, "12. betragtning"."""
    if word.endswith("betragtning"):
        return asides.recitals_before(reading, start, start + len(word))
    if word == "pkt":
        counted = _SENTENCE_BEFORE.search(reading.text, max(0, start - 16), start)
        free = counted is not None and reading.free(counted.start())
        return (_add_run(reading, counted.start(), "da") if counted and free else None) or start
    lost = _LOST_BEFORE.search(reading.text, max(0, start - 9), start) if word == "stk" else None
    if lost is None or not reading.free(lost.start(1)):
        return None
    if _PIECES_BEHIND.match(reading.text, start):
        return reading.done
    if _OTHER_PART.search(reading.text, max(0, start - 24), start):
        return reading.done
    return _add_run(reading, lost.start(1), "da", "§ ", lost.start())


_ORDINAL_BEFORE: Final = lazy(
    r"(?:first|second|third|fourth|fifth|sixth|last|\d{1,2}(?:st|nd|rd|th)) (?:(?:and|or) (?:second|"
    r"third|fourth) )?(?:subparagraphs?|sub-paragraphs?|sentences?|indents?|paragraphs?) (?:of|"
    r"in) (?:the )?$"
)


_ORDINAL_ENDS: Final = frozenset(("of ", "in ", "he "))
"""The ends of all that the pattern reads."""


def _ordinal_before(reading: Reading, start: int) -> int:
    found = _ORDINAL_BEFORE.search(reading.text, max(0, start - 60), start)
    return found.start() if found and reading.free(found.start()) else start


def _add_run(
    reading: Reading, start: int, language: str, front: str = "", span: int | None = None
) -> int | None:
    items = _read_run(reading, start, language, front)
    if not items:
        return None
    base = start - len(front)
    if front:
        items = (items[0]._replace(start=(start if span is None else span) - base), *items[1:])
    danish = language == "da" and not reading.text.startswith("art", start)
    run = Run(base + items[0].start, base + items[-1].end, base, items, danish, bool(front))
    if code := code_before(reading, run.start):
        reading.add(code)
    reading.add(run)
    if code := code_behind(reading, run):
        reading.add(code)
    if foreign := foreign_code(reading, reading.done):
        reading.add(Unknown(reading.done + 1, reading.done + foreign, reach=reading.done + 1))
    return reading.done


def _signless(reading: Reading, end: int) -> int:
    """A number right behind a genitive: the page lost its § sign."""
    lost = _LOST.match(reading.text, end)
    if lost and lost.end() > end:
        _add_run(reading, lost.end(), "da", "§ ", lost.start() + 1)
    return reading.done


def _listed_of(reading: Reading, start: int) -> bool:
    """ "Articles of the Covenant: 6, 7 and 26": the instrument stands between the unit and its numbers."""
    if heading_only := _LIST_HEADED.match(reading.text, start):
        return _add_headed(reading, start, heading_only.end(), None)
    found = _LIST_OF.match(reading.text, start)
    anchor = reading.atlas.anchors.get(found[1]) if found else None
    if not found or anchor is None or anchor.kind not in ("generic", "named"):
        return False
    place = (found.start(1), found.end(1))
    heading = (
        Named(*place, anchor.addresses, used=True)
        if anchor.kind == "named"
        else Generic(*place, anchor.addresses[0])
    )
    return _add_headed(reading, start, found.end(), heading)


def _add_headed(reading: Reading, start: int, numbers_at: int, heading: Named | Generic | None) -> bool:
    """Keep the articles whose numbers stand behind a heading that begins at `start`."""
    items = _read_run(reading, numbers_at, "en", "articles ")
    if not items:
        return False
    base = numbers_at - len("articles ")
    items = (items[0]._replace(start=start - base), *items[1:])
    reading.add(Run(start, base + items[-1].end, base, items, danish=False, heading=heading))
    return True


_NAMED_SUBSECTION: Final = r"7 ?(?:[.,] ?([1-4])|\(([1-4])\))"
_KIND_OF_PERMIT: Final = lazy(
    rf"(?<![\w.,/§-])(?<!§ )(?<!punkt )(?<!afsnit ){_NAMED_SUBSECTION}"
    rf"(?:(?:,| og| eller| and| or)+ {_NAMED_SUBSECTION})*$"
)
_EACH_SUBSECTION: Final = lazy(_NAMED_SUBSECTION)


def kind_of_permit(reading: Reading, hit: Hit) -> int | None:
    """ "7,2- eller 7,3-status": permits by the subsection of section 7 that gives them, without a sign."""
    listed = _KIND_OF_PERMIT.search(reading.text, max(0, hit.start - 40), hit.start)
    if listed is None or not reading.free(listed.start()):
        return None
    base = listed.start()
    items = tuple(
        Item(
            one.start() - base,
            one.end() - base,
            (Step("section", "7"), Step("stk", one[1] or one[2])),
            "section",
            head=1,
        )
        for one in _EACH_SUBSECTION.finditer(reading.text, base, hit.start)
    )
    reading.add(Run(base, listed.end(), base, items, danish=True, signless=True))
    return listed.end()


def item_added_behind(reading: Reading, hit: Hit) -> int | None:
    """ "indsættes efter nr. 4": the item behind which an amendment puts a new one."""
    return _add_run(reading, hit.start + hit.anchor.word.index("nr"), "da")


READERS: Final[dict[str, Reader]] = {
    "short_section": short_section,
    "union_decision": numbers.union_decision,
    "named": named,
    "item_added": item_added_behind,
    "kind_of_permit": kind_of_permit,
    "generic": generic,
    "protocol": asides.protocol,
    "body": asides.body,
    "rule": asides.rule,
    "link": asides.link,
    "eli": asides.eli_path,
    "numbered": numbers.numbered_act,
    "dated_act": numbers.dated_act,
    "celex": numbers.celex,
    "accession": numbers.accession,
    "bill": numbers.bill,
    "bill_alone": numbers.bill_alone,
    "slash": cases.stroke,
    "ecli": cases.ecli,
    "hudoc": cases.hudoc,
    "union_case": cases.union_case,
    "united_nations": cases.un_document,
    "communication": cases.communication,
    "court_file": courts.court_file,
    "weekly": courts.weekly,
    "report": cases.report,
    "versus": parties.versus,
    "party": parties.party,
}
"""What reads on from each kind of anchor."""
