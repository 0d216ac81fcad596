"""Instruments by number: Danish acts, consolidations and orders, acts of the Union, CELEX and ELI."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.codes import word_start
from asylgraf.citations.mentions import Named, Run
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.steps import Item, Step

_MONTHS: Final = (
    ("januar", "january"), ("februar", "february"), ("marts", "march"), ("april",), ("maj", "may"),
    ("juni", "june"), ("juli", "july"),
    ("august",), ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_MONTH: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in (*names, names[-1][:3])}
_NAME: Final = "|".join(sorted(_MONTH, key=len, reverse=True))
MONTHS: Final = rf"(?:{_NAME})"
DATE: Final = (
    rf"(?:(?P<d>\d{{1,2}})(?:\.|st|nd|rd|th)?(?: of)? ?(?P<m>{_NAME})\.?,? (?P<y>\d{{4}})|"
    rf"(?P<m2>{_NAME}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})|"
    r"(?P<d3>\d{1,2})[./-] ?(?P<m3>\d{1,2})(?:[./-] ?| (?=\d{4}))(?P<y3>\d{4}|\d{2})|"
    r"(?P<y4>(?:19|20)\d\d)(?![\d/]))"
)
_DATE: Final = lazy(DATE)
_ACT_NUMBER: Final = lazy(
    rf" ?\.? ?(?:no ?\.?[ \n]|l ?)?(?P<n>\d{{1,5}})(?! ?(?:stk|pct|%))(?:(?: ?,? ?"
    rf"(?:af|of|from|dated|fra|den|,|\()(?: den| the)? ?){DATE}| ?/ ?(?P<y5>(?:19|20)\d\d)(?!\d))?"
)
_MORE_ACTS: Final = lazy(r"(?: ?,| og| and| samt)+ (?P<nr>(?:nr|no)\.? ?)(?=\d)")
_KNOWN_WEAK: Final = ("road",)


def read_date(text: str) -> date | None:
    """The first day named in a folded text; a year alone is its first day."""
    found = _DATE.search(text)
    return day_of(found) if found else None


def day_of(found: re.Match[str]) -> date | None:
    """The day that a match of `DATE` names."""
    groups = found.groupdict()
    year = groups["y"] or groups["y2"] or groups["y3"] or groups["y4"]
    if year is None:
        return None
    month, day = groups["m"] or groups["m2"] or groups["m3"], groups["d"] or groups["d2"] or groups["d3"]
    try:
        return (
            date(_full_year(year), _MONTH.get(month, 0) or int(month), int(day))
            if month
            else date(int(year), 1, 1)
        )
    except ValueError:
        return None


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 50 else 2000)


def numbered_act(reading: Reading, hit: Hit) -> int | None:
    """An act, consolidation, order or guidance by number and date, and those listed behind it."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    found = _ACT_NUMBER.match(reading.text, end - 1 if reading.text[end - 1] == " " else end)
    if found is None or not reading.free(start):
        return None
    if anchor.word == "act. no" and reading.capital(end - 2) and not reading.capital(start + 1):
        return None  # "… under the Act. No 12 of the list": a sentence ends
    if reading.text.endswith(" i ", 0, start):
        _section_without_sign(reading, start)
    while found is not None:
        _numbered(reading, start, found, anchor.addresses[0])
        end = found.end()
        more = _MORE_ACTS.match(reading.text, end)
        found = _ACT_NUMBER.match(reading.text, more.end()) if more else None
        start = more.start("nr") if more else end
    return end


_PLAIN_NUMBER: Final = lazy(
    rf"(?P<n>\d{{1,4}})(?:(?: ?,? ?(?:af|of|fra|dated)(?: den| the)? ){DATE}|"
    r" ?/ ?(?P<y5>(?:19|20)\d\d)(?!\d))"
)
_DANISH: Final = ("danmark", "dansk", "denmark", "danish", "udlænding", "aliens act")


def plain_act(reading: Reading, hit: Hit) -> int | None:
    """An act by number and year or day without *nr.*, in a text on Danish law: "Act 174 of 2019"."""
    found = _PLAIN_NUMBER.match(reading.text, hit.end - 1)
    if found is None or not reading.free(hit.start) or not any(map(reading.count, _DANISH)):
        return None
    word = hit.anchor.word[:-2]
    if word.endswith("act") and not reading.capital(hit.start + len(word) - 3):
        return None
    kind = "lbk" if word.startswith(("lovb", "consol")) else "act" if word in ("lov", "act") else "bek"
    _numbered(reading, hit.start, found, kind)
    return found.end()


_LOST_SECTION: Final = lazy(r"(?:\bved|\bog|,) (\d{1,3}(?: [a-h])?) i $")


def _section_without_sign(reading: Reading, start: int) -> None:
    """ "og 2 i lov nr. 193 af …": a section of the act behind it, whose sign the page lost."""
    lost = _LOST_SECTION.search(reading.text, max(0, start - 12), start)
    if lost is None or not reading.free(lost.start(1)):
        return
    base, end = lost.span(1)
    item = Item(0, end - base, (Step("section", lost[1].replace(" ", "")),), "section", head=1)
    reading.add(Run(base, end, base, (item,), danish=True, signless=True))


_DAY_FIRST: Final = lazy(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d) nr\.? ?(?P<n>\d{1,5})(?!\d)")


def dated_act(reading: Reading, hit: Hit) -> int | None:
    """An act cited by its day before its number: "lovbekendtgørelse 2024-09-02 nr. 1009"."""
    found = _DAY_FIRST.match(reading.text, hit.end - 2)
    if found is None or not reading.free(hit.start):
        return None
    word = hit.anchor.word[:-3].rstrip(".")
    kind = "act" if word == "lov" else "lbk" if word.startswith("l") else "bek"
    named = Named(
        hit.start, found.end(), (f"dk/{kind}/{found['y']}/{found['n']}",), numbered=True, reach=hit.start
    )
    named.as_of = f"{found['y']}-{found['m']}-{found['d']}" if kind == "lbk" else None
    reading.add(named)
    return found.end()


def _numbered(reading: Reading, start: int, found: re.Match[str], kind: str) -> None:
    day = day_of(found)
    year = str(day.year) if day else found["y5"]
    end = found.end()
    if year is None:
        if cited := reading.numbered_acts.get((kind, found["n"])):
            reading.add(Named(start, end, (cited,), numbered=True, reach=start))
        return
    address, others = _mended(reading, kind, year, found["n"], day)
    act = reading.atlas.known.consolidations.get(address)
    named = Named(start, end, (address, *others), numbered=True, reach=start)
    if kind == "lbk" or act:
        named.as_of = day.isoformat() if day and found["y4"] is None else None
    reading.numbered_acts[kind, found["n"]] = address
    reading.add(named)


def _mended(
    reading: Reading, kind: str, year: str, number: str, day: date | None
) -> tuple[str, tuple[str, ...]]:
    """The address of a numbered act; of one known by number and day, if only the year is wrong."""
    address = f"dk/{kind}/{year}/{number}"
    dated = reading.atlas.known.dated
    if address in dated or day is None:
        return address, ()
    twins = [
        act
        for act, on in dated.items()
        if act.split("/")[1::2] == [kind, number] and on[5:] == day.isoformat()[5:]
    ]
    return (twins[0], (address,)) if len(twins) == 1 else (address, ())


# Acts of the Union

_KINDS: Final = {"regulation": "R", "directive": "L", "decision": "D"}
_UNION: Final = r"eu|ef|ec|eøf|eec|euratom|ria|jha|fusp|cfsp"
_UNION_NUMBER: Final = lazy(
    rf" ?(?:\((?:{_UNION})(?:, ?(?:{_UNION}))*\) ?|\[(?:{_UNION})\] ?|(?:{_UNION}) )?(?:nr\b\.? ?|no\b\.? ?|"
    rf"number )?(?P<a>\d{{1,4}}) ?/ ?(?P<b>\d{{2,4}}|(?<=\d{{4}}/)\d)(?!\d)(?:/(?:{_UNION})\b)?"
)
_UNION_LIST: Final = lazy(
    rf" ?(?:,|og|and) (?=(?:(?:\((?:{_UNION})\) ?)?(?:nr|no)\b\.? ?)\d|\d+/\d+/(?:{_UNION})|"
    r"(?:19|20)\d\d/\d{1,3}\b)"
)
_SUFFIXED: Final = lazy(rf"/(?:{_UNION})\b")
_BEFORE_SUFFIX: Final = lazy(r"(?<![\d/])(\d{2,4})/(\d{1,4})$")
_KIND_BEFORE: Final = lazy(
    r"((?:council |commission |framework |implementing |delegated |rådets |kommissionens |"
    r"ramme)*(afgørelse|beslutning|decision|forordning|regulation|direktiv|directive)"
    r"(?:s|er)? (?:\(\w+\) )?(?:nr\.? |no\.? )?)$"
)
_LETTER_OF: Final = {
    "afgørelse": "D",
    "beslutning": "D",
    "decision": "D",
    "forordning": "R",
    "regulation": "R",
    "direktiv": "L",
    "directive": "L",
}


def union_act(reading: Reading, start: int, end: int, noun: str) -> int | None:
    """Acts of the Union numbered behind their kind: "Regulation (EU) No 604/2013 and No 603/2013"."""
    found = _UNION_NUMBER.match(reading.text, end)
    if found is None:
        return None
    while found is not None:
        celex = _celex(_KINDS[noun], found["a"], found["b"])
        if celex is None:
            break
        reading.add(
            Named(
                start, found.end(), (f"eu/{celex}",), numbered=True, reach=reading.before_institution(start)
            )
        )
        end = found.end()
        more = _UNION_LIST.match(reading.text, end)
        start = more.end() if more else end
        found = _UNION_NUMBER.match(reading.text, start) if more else None
        if found and len(found["a"]) == 4 and noun == "regulation" and found.group().count("/") > 1:
            break  # "Regulation (EU) No 604/2013 and 2011/95/EU": the second is no regulation
    return end


def union_suffix(reading: Reading, slash: int) -> int | None:
    """An act of the Union by a number that says so itself: "2011/95/EU"."""
    suffix = _SUFFIXED.match(reading.text, slash)
    before = _BEFORE_SUFFIX.search(reading.text, max(0, slash - 9), slash) if suffix else None
    if not suffix or not before:
        return None
    kind = _KIND_BEFORE.search(reading.text, max(0, before.start() - 60), before.start())
    known = [
        address
        for letter in "LDR"
        if (address := f"eu/{_celex(letter, before[1], before[2])}") in reading.atlas.named
    ]
    celex = _celex(_letter(kind), before[1], before[2])
    if celex is None:
        return None
    address = known[0] if known and not kind else f"eu/{celex}"
    start = kind.start() if kind else before.start()
    reading.add(
        Named(start, suffix.end(), (address,), numbered=True, reach=reading.before_institution(start))
    )
    return suffix.end()


def _letter(kind: re.Match[str] | None) -> str:
    """The letter of an act's kind in its CELEX number; one that does not say its kind is a directive."""
    if kind is None:
        return "L"
    framework = "ramme" in kind[1] or "framework" in kind[1]
    return "F" if framework and _LETTER_OF[kind[2]] == "D" else _LETTER_OF[kind[2]]


def union_plain(reading: Reading, start: int, first: str, second: str, end: int) -> bool:
    """A bare "604/2013": an act of the Union only if the graph knows one of that number."""
    for letter in "RLD":
        celex = _celex(letter, first, second)
        if celex and f"eu/{celex}" in reading.atlas.named:
            reading.add(Named(start, end, (f"eu/{celex}",), numbered=True, reach=start))
            return True
    return False


@lru_cache(1024)
def _celex(letter: str, first: str, second: str) -> str | None:
    """The CELEX number; before 2015 a regulation is number/year, all else is year/number."""
    year, number = (second, first) if _number_first(letter, first, second) else (first, second)
    if len(year) == 2:
        year = f"19{year}" if int(year) > 50 else f"20{year}"
    if len(year) != 4 or not 1950 <= int(year) <= 2100:
        return None
    return f"3{year}{letter}{int(number):04d}"


def _number_first(letter: str, first: str, second: str) -> bool:
    if letter == "R":
        later = len(first) == 4 and 2015 <= int(first) <= 2100
        return not later
    return len(first) != 4 and len(second) == 4 and 1950 <= int(second) <= 2100


# CELEX, ELI, accession numbers

_CELEX: Final = lazy(
    r"(?:celex(?:nummer| number)?:? ?)?(?:(?P<sector>[36])(?P<year>(?:19|"
    r"20)\d\d)(?P<type>[a-z]{1,2})(?P<n>\d{4})|1(?P<edition>20\d\d)(?P<treaty>[pem])/?(?P<a>txt|"
    r"\d{3}))(?![\w])"
)
_TREATIES: Final = {"p": "eu-charter", "e": "eu/tfeu", "m": "eu/teu"}
_ELI_DK: Final = lazy(
    r"(?:https?://)?(?:www\.)?(?:retsinformation\.dk/)?eli/lta/(?P<y>\d{4})/(?P<n>\d{1,5})(?:/(?:dan|"
    r"xml|html|pdf|da))*"
)
_ELI_EU: Final = lazy(
    r"(?:https?://)?(?:data\.europa\.eu/)?eli/(?P<t>reg|dir|dec)\w*/(?P<y>\d{4})/(?P<n>\d{1,5})(?:/\w+)*"
)
_ACCESSION: Final = lazy(r"(?P<t>[ab])(?P<y>(?:19|20)\d\d)(?P<n>\d{4,5})(?P<c>\d\d)(?!\d)")


def celex(reading: Reading, hit: Hit) -> int | None:
    """A CELEX number: an act, a treaty article, or a judgment of the Court of Justice."""
    start = hit.start
    found = _CELEX.match(reading.text, start)
    if not found or (start and reading.text[start - 1].isalnum()):
        return None
    written = (
        reading.text[found.start() :][: found.end() - found.start()].replace("celex", "").strip(": ").upper()
    )
    if found["treaty"]:
        article = "" if found["a"] == "txt" else f"/{int(found['a'])}"
        address = _TREATIES[found["treaty"]] + article
    elif found["sector"] == "6":
        address = (
            f"case/cjeu/{'T' if found['type'].startswith('t') else 'C'}-{int(found['n'])}-{found['year'][2:]}"
        )
    else:
        address = f"eu/{written}"
    reading.point(found.start(), found.end(), address, "celex", (("celex", written),))
    return found.end()


def eli(reading: Reading, start: int) -> int | None:
    """A European Legislation Identifier of Denmark or the Union."""
    if found := _ELI_DK.match(reading.text, start):
        numbered = [f"dk/{kind}/{found['y']}/{found['n']}" for kind in ("act", "lbk", "bek")]
        known = [address for address in numbered if address in reading.atlas.known.dated]
        identifiers = (("eli", f"https://www.retsinformation.dk/eli/lta/{found['y']}/{found['n']}"),)
        reading.point(
            found.start(),
            found.end(),
            (known or numbered)[0],
            "eli",
            identifiers,
            candidates=() if known else tuple(numbered),
        )
        return found.end()
    if found := _ELI_EU.match(reading.text, start):
        letter = {"reg": "R", "dir": "L", "dec": "D"}[found["t"]]
        number = f"3{found['y']}{letter}{int(found['n']):04d}"
        reading.point(found.start(), found.end(), f"eu/{number}", "eli", (("celex", number),))
        return found.end()
    return None


def accession(reading: Reading, hit: Hit) -> int | None:
    """An accession number of Retsinformation: series, year, number, and what kind of document."""
    start = hit.start
    found = _ACCESSION.match(reading.text, start)
    if not found:
        return None
    kinds = ("bek",) if found["t"] == "b" else ("act",) if found["c"] == "30" else ("lbk", "act")
    numbered = [f"dk/{kind}/{found['y']}/{int(found['n'])}" for kind in kinds]
    known = [address for address in numbered if address in reading.atlas.known.dated]
    unsure = len(numbered) > 1 and not known
    reading.point(
        found.start(),
        found.end(),
        (known or numbered)[0],
        "accession",
        (),
        candidates=tuple(numbered) if unsure else (),
    )
    return found.end()


def union_decision(reading: Reading, hit: Hit) -> int | None:
    """A decision of the Union by number: "Implementing Decision (EU) 2022/382"."""
    bare = hit.anchor.word[-1].isdigit()  # "Implementing Decision 2022/382"
    end = hit.end - 2 if bare else hit.start + len(hit.anchor.word.split(" ", maxsplit=1)[0])
    return union_act(reading, word_start(reading, hit.start), end, "decision")
