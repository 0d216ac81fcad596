"""Provisions where they stand: from a unit, a lost sign or a word of amending to the run that it begins."""

from __future__ import annotations

from typing import Final

from asylgraf.citations import asides
from asylgraf.citations.anchors import Anchor, Hit
from asylgraf.citations.codes import code_before, code_behind, foreign_code
from asylgraf.citations.labels import before_next_mark, is_label, is_open, marks
from asylgraf.citations.mentions import Generic, Named, Run, Unknown
from asylgraf.citations.namesakes import of_another_state
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.shapes import parse_run
from asylgraf.citations.steps import Item, Step
from asylgraf.citations.units import BEGIN_DECIDING, DECIDES, LOOSE, WIDEST_RUN

_NUMBERED: Final = r"\d{1,3} ?[a-z]?(?: ?\(\w{1,3}\))*"
_SHORT_SECTION: Final = lazy(
    rf"ss?\.? ?(?={_NUMBERED}(?:(?: ?,| ?-| and| or| to) ?(?:{_NUMBERED}|\(\w{{1,3}}\)))*,? "
    r"(?:(?:first|second|third|fourth|last) sentence,? )?(?:of the |of )?(?:(?:danish )?"
    r"(?:aliens'?|alien's|integration|return|nationality|immigration|constitutional|administration|criminal) "
    r"(?:\(?consolidation\)? )?act|act\b|udl))"
)


_SHORT_BESIDE: Final = lazy(r"ss?\.? ?(?=\d)")
_SHORT_DEEP: Final = lazy(r"ss?\.? ?(?=\d{1,3} ?[a-z]?\(\w{1,3}\))")


def short_section(reading: Reading, hit: Hit) -> int | None:
    """ "s. 7(3) Aliens Act", "ss. 7-9 of the Act": only with the act behind, for *s.* is also a page."""
    start = hit.start + 1
    last = reading.found.mentions[-1] if reading.found.mentions else None
    beside = isinstance(last, Named) and last.addresses[0].startswith("dk/") and last.end >= hit.start - 1
    found = (_SHORT_BESIDE if beside else _SHORT_SECTION).match(reading.text, start)
    if found is None and isinstance(last, Run) and _SHORT_BESIDE.match(reading.text, last.start):
        found = _SHORT_BESIDE.match(reading.text, start)  # "s 7(1); ss 7-9"
    if found is None and _names_danish_act(reading):
        found = _SHORT_DEEP.match(reading.text, start)
    return add_run(reading, found.end(), "en", "section ", start) if found else None


_LOST: Final = lazy(r" ?(?:(?:[&$|!?ilsß]{1,2}|par\.?|5(?= \d)) ?(?= ?\d))?(?=\d)(?!\d{1,2}\))")
_LOST_BEFORE: Final = lazy(
    r"(?<![\d./,§-])(?<!nr\. )(?<!nr )(?<!stk\. )(?:[$&|] )?(\d{1,3}(?: ?[a-zæø])?)[.,]? $"
)
_SENTENCE_BEFORE: Final = lazy(r"(?<![\w.,])\d{1,2}\.(?:(?: og|,| eller) \d{1,2}\.)? $")
_PIECES_BEHIND: Final = lazy(r"stk\.? (?!\d|[il]\b)[a-zæøå]")  # "12 stk. senge": pieces
_OTHER_PART: Final = lazy(r"\b(?:spørgsmål|bilag|side|punkt|kapitel|afsnit)(?: nr\.?)? \d{1,4},? $")
_LIST_OF: Final = lazy(
    r"(?:article ?s?|art icles?|artic les?|artikler|artiklerne) (?:of|i) (?:the )?([^:\n]{3,80}?) ?:"
    r"[ \n]*(?=\d)"
)
_LIST_HEADED: Final = lazy(r"articles? (?:violated|invoked|concerned|at issue|relied upon) ?:[ \n]*(?=\d)")
_ORDINAL_TAILS: Final = frozenset(("st", "nd", "rd", "th"))
_EXTRA: Final = 16
_UNDECIDED: Final = (" i ", " a ", " i", " a")
"""Ends of a run whose last letter may be a word that what follows begins with."""


def _read_run(reading: Reading, start: int, language: str, front: str = "") -> tuple[Item, ...]:
    """The items of the run that starts here; `front` stands for a unit that the page lost."""
    text = reading.text
    loose = LOOSE.match(text, start, start + WIDEST_RUN)
    end = loose.end() if loose else start
    if text[end : end + 2] in _ORDINAL_TAILS and (further := LOOSE.match(text, end + 2, start + WIDEST_RUN)):
        end = further.end()  # "section 19a(2), 2nd sentence"
    deciding = text[end : end + 2] in BEGIN_DECIDING and DECIDES.match(text, end)
    if deciding or text.endswith(_UNDECIDED, 0, end):
        end = min(end + _EXTRA, len(text))
    run = text[start:end]
    if ")" in run and is_open(text, start, start):
        end = _closing(run, start)
        run = text[start:end]
    if marks(run):
        run = text[start : before_next_mark(reading, start, end)]
    return parse_run(front + run, language)


def _closing(run: str, start: int) -> int:
    """Where a parenthesis that was open before a run closes in it; its end if none does."""
    depth = 1
    for place, letter in enumerate(run):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return start + place
    return start + len(run)


def _names_danish_act(reading: Reading) -> bool:
    """Whether one of the last mentions is a Danish act, so that "s 9(1)" may be its section."""
    last = reading.found.mentions[-_REMEMBERED:]
    return any(isinstance(mention, Named) and mention.addresses[0].startswith("dk/") for mention in last)


_REMEMBERED: Final = 40
GLUED: Final = lazy(r"(?:^|\W)(?:i|af|og|efter|in|of|and|under|with)$")  # "iartikel 35"
_SIGN_BEFORE_NUMBER: Final = lazy(r"(?:§ ?){1,3}\.? ?[\divx]")


def unit(reading: Reading, start: int, anchor: Anchor) -> int | None:
    """A run of provisions, or the label of a provision in its own text."""
    text, word = reading.text, anchor.word
    if (word == "§" and not _SIGN_BEFORE_NUMBER.match(text, start)) or (
        start
        and word[0].isalpha()
        and text[start - 1].isalpha()
        and not (reading.capital(start) and not (reading.capital(start - 1) and reading.capital(start + 1)))
        and not (word.startswith(("artik", "artic")) and GLUED.search(text, max(0, start - 6), start))
    ):
        return None
    if is_label(reading, start, word):
        return None
    if word in _NUMBERED_BEFORE and (done := _numbered_before(reading, start, word)) is not None:
        return done
    if word.startswith(("article", "art ic", "artic ")) and _listed_of(reading, start):
        return reading.done
    began = _ordinal_before(reading, start) if text[start - 3 : start] in _ORDINAL_ENDS else start
    done = add_run(reading, began, anchor.addresses[0])
    return done if done is not None or began == start else add_run(reading, start, anchor.addresses[0])


_NUMBERED_BEFORE: Final = frozenset(("stk", "pkt", "betragtning", "præambelbetragtning"))


def _numbered_before(reading: Reading, start: int, word: str) -> int | None:
    """Units whose number stands in front: "52 b, stk. 1" without its §, "12. betragtning"."""
    if word.endswith("betragtning"):
        return asides.recitals_before(reading, start, start + len(word))
    if word == "pkt":
        counted = _SENTENCE_BEFORE.search(reading.text, max(0, start - 16), start)
        free = counted is not None and reading.free(counted.start())
        return (add_run(reading, counted.start(), "da") if counted and free else None) or start
    lost = _LOST_BEFORE.search(reading.text, max(0, start - 9), start) if word == "stk" else None
    if lost is None or not reading.free(lost.start(1)):
        return None
    if _PIECES_BEHIND.match(reading.text, start):
        return reading.done
    if _OTHER_PART.search(reading.text, max(0, start - 24), start):
        return reading.done
    return add_run(reading, lost.start(1), "da", "§ ", lost.start())


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


def add_run(
    reading: Reading, start: int, language: str, front: str = "", span: int | None = None
) -> int | None:
    """Keep the run that starts here, with the acts that abbreviations beside it name; None if none is."""
    base = start - len(front)
    items = _without_mark(reading, base, _read_run(reading, start, language, front))
    if not items:
        return None
    if front:
        items = (items[0]._replace(start=(start if span is None else span) - base), *items[1:])
    danish = language == "da" and not reading.text.startswith("art", start)
    if not danish:
        items = _with_lost_paragraph(reading, base, items)
    run = Run(base + items[0].start, base + items[-1].end, base, items, danish, bool(front))
    if code := code_before(reading, run.start):
        reading.add(code)
    reading.add(run)
    if code := code_behind(reading, run) or of_another_state(reading, run):
        reading.add(code)
    if foreign := foreign_code(reading, reading.done):
        reading.add(Unknown(reading.done + 1, reading.done + foreign, reach=reading.done + 1))
    return reading.done


def _without_mark(reading: Reading, base: int, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without the mark of a list behind them: "2. Section 7(1); 3. Section 7(2)"."""
    if len(items) < 2 or not items[-1].continued:
        return items
    start, end = base + items[-1].start, base + items[-1].end
    marked = reading.text.startswith(". ", end) and reading.text.endswith("; ", 0, start)
    return items[:-1] if marked else items


_LOST_PARAGRAPH: Final = lazy(r" (\d)(?= of the (?:convention|covenant|charter|refugee convention|echr)\b)")


def _with_lost_paragraph(reading: Reading, base: int, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """ "Article 44 2 of the Convention", in a page that lost its § signs: a paragraph of the article."""
    last = items[-1]
    if len(last.path) > 1 or last.whole != "article" or last.until or "§" in reading.text:
        return items
    lost = _LOST_PARAGRAPH.match(reading.text, base + last.end)
    if lost is None:
        return items
    return (*items[:-1], last._replace(end=lost.end() - base, path=(*last.path, Step("stk", lost[1]))))


def signless(reading: Reading, end: int) -> int:
    """A number right behind a genitive: the page lost its § sign."""
    lost = _LOST.match(reading.text, end)
    if lost and lost.end() > end:
        add_run(reading, lost.end(), "da", "§ ", lost.start() + 1)
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
    return add_run(reading, hit.start + hit.anchor.word.index("nr"), "da")


def item_of_the_same(reading: Reading, hit: Hit) -> int | None:
    """In a statute "omfattet af nr. 3-5": items of the subsection in whose text that stands."""
    return add_run(reading, hit.start + hit.anchor.word.index("nr"), "da") if reading.in_subsection else None


_ITEM_BEFORE: Final = lazy(
    r"(?<![\w.-])nr\. ?\d{1,2}(?: ?[a-h](?!\w))?(?:(?:,| og| -|-)+ ?(?:nr\. ?)?\d{1,2})*,? ?$"
)


def amended_item(reading: Reading, hit: Hit) -> int | None:
    """ "… ændres …, i nr. 6 udgår »og«, og nr. 7 ophæves": items of the provision that an amendment is at."""
    if not reading.count("følgende ændring"):
        return None
    found = _ITEM_BEFORE.search(reading.text, max(0, hit.start - 40), hit.start)
    return add_run(reading, found.start(), "da") if found and reading.free(found.start()) else None
