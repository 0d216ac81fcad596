"""Judgments and views by number, identifier or name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.atlas import Atlas
from asylgraf.citations.committees import bare_communication, by_its_letters
from asylgraf.citations.communications import (
    NUMBER_WORD,
    further_communication,
    lists_communications,
    stands_behind_name,
)
from asylgraf.citations.courts import is_of_supreme_court, may_be_of_strasbourg
from asylgraf.citations.knowledge import Judgment
from asylgraf.citations.mentions import Mention, Pointed
from asylgraf.citations.numbers import union_plain, union_suffix
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.records import Meaning, Status

# Numbers with a stroke: applications, Danish files, acts of the Union

_BEFORE: Final = lazy(r"(?:(?<![\w/.,-])|(?<=\bn[or]\.))(\d{1,5})$")
_AFTER: Final = lazy(r"(\d{4}|\d{2})(?![\w/]|[-.,]\d)")
_FILE_WORD: Final = lazy(r"((?:case|sag|sagen|sagsnr|file|judgment|dom)\b\.? ?(?:(?:no|nr)\b\.? ?)?)$")
_OTHER_NUMBER: Final = lazy(
    r"(?:j\.? ?nr|sagsnr|sags-?nr|journalnr|l|s|side|page|p|dok|af|den|of|rule|regel|kl|cvr)\b\.? ?$"
)
_LETTERED_FILE: Final = lazy(r"(?<![\w/])([a-zæø]{3,6}(?:-[a-zæø]{2,5})?)$")
_FILE_REST: Final = lazy(r"(\d{4})/(\d{1,4})(?:/([a-zæø]{2,6}))?(?![\w/])")


def stroke(reading: Reading, hit: Hit) -> int | None:
    """A number with a stroke, told apart by its digits and the words around it."""
    start, end = hit.start, hit.end
    text = reading.text
    before = _BEFORE.search(text, max(0, start - 6), start)
    if not before:
        return (
            union_suffix(reading, start) or _board_file(reading, start) or _plain_union_case(reading, start)
        )
    after = _AFTER.match(text, end)
    if not after:
        return union_suffix(reading, start)
    if len(after[1]) == 4:
        if lettered := by_its_letters(reading, before, after):
            return lettered
        told = f"{int(before[1])}-{after[1]}" in reading.found.views
        told = told or stands_behind_name(reading, before.start())
        if told or lists_communications(reading, before.start(), after):
            return further_communication(reading, before, after)
        return (
            _danish_file(reading, before, after)
            or _plain_union(reading, before, after)
            or bare_communication(reading, before, after)
        )
    return _application(reading, before, after)


def _plain_union(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int | None:
    word = re.search(r"((?:nr|no)\b\.? ?)$", reading.text[max(0, before.start() - 5) : before.start()])
    start = before.start() - len(word[1]) if word else before.start()
    return after.end() if union_plain(reading, start, before[1], after[1], after.end()) else None


def _application(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int | None:
    """An application to the Strasbourg court: "no. 41738/10", or bare where nothing else has that shape."""
    number = f"{before[1]}/{after[1]}"
    word = NUMBER_WORD.search(reading.text, max(0, before.start() - 22), before.start())
    listed = _listed(reading, before.start())
    if listed and reading.found.mentions[-1].end and _is_union(reading.found.mentions[-1]):
        return _further_union_case(reading, before, after)
    known = number in reading.atlas.by_identifier
    if _OTHER_NUMBER.search(reading.text, max(0, before.start() - 12), before.start()) and not word:
        return None
    if not (
        word
        or listed
        or known
        or (len(before[1]) >= 4 and int(after[1]) <= 40)
        or (len(before[1]) >= 4 and int(after[1]) >= 59)
    ):
        return None
    if not word and not known and (1900 <= int(before[1]) < 2100 or not may_be_of_strasbourg(reading)):
        return None  # "2015/16" is a year, "16468/06" may be a paper of the Council
    if len(before[1]) < 2 or (word and word[1].startswith("nr") and len(before[1]) < 3 and not known):
        return None
    start = word.start() if word else before.start()
    if not reading.free(start):
        start = before.start()
    meaning = application_meaning(reading.atlas, number, 0.98 if word or known else 0.8)
    reading.add(Pointed(start, after.end(), meaning, number))
    return after.end()


def _is_union(mention: Mention) -> bool:
    return isinstance(mention, Pointed) and (mention.meaning.address or "").startswith("case/cjeu/")


def _further_union_case(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int:
    """A case of the Court of Justice whose letter the list before it told: "C-319/17 og 438/17"."""
    number = f"C-{int(before[1])}/{after[1]}"
    found = _UNION_CASE.match(number.lower())
    if found is None:
        return after.end()
    meaning = _union_meaning(reading, number, found)
    reading.add(Pointed(before.start(), after.end(), meaning, meaning.address or number))
    return after.end()


def _listed(reading: Reading, start: int) -> bool:
    """Whether the last mention was an application, and this one follows it in a list."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    return (
        isinstance(last, Pointed)
        and "/" in last.key
        and not last.key.startswith("case/un/")
        and bool(re.fullmatch(r" ?(?:,|og|and|&)? ?(?:and |og )?", reading.text[last.end : start]))
    )


def application_meaning(atlas: Atlas, number: str, confidence: float) -> Meaning:
    """What an application number stands for: its one judgment, else the application."""
    judgments = atlas.by_identifier.get(number, [])
    identifiers = tuple(
        dict.fromkeys(
            (
                ("appno", number),
                *(pair for judgment in judgments for pair in judgment.identifiers if pair[0] != "case"),
            )
        )
    )
    plain = f"case/echr/{number.replace('/', '-')}"
    if len(judgments) == 1:
        return Meaning(
            judgments[0].address,
            Status.RESOLVED,
            "application number",
            confidence,
            (),
            identifiers,
            label=judgments[0].title,
        )
    if judgments:
        candidates = tuple(judgment.address for judgment in judgments)
        return Meaning(
            plain, Status.AMBIGUOUS, "application number", confidence, (), identifiers, candidates=candidates
        )
    return Meaning(plain, Status.UNKNOWN_TARGET, "application number", confidence, (), identifiers)


def _danish_file(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int | None:
    """A file number of the Danish Supreme Court: "Case no. 107/2017"."""
    number = f"{before[1]}/{after[1]}"
    word = _FILE_WORD.search(reading.text, max(0, before.start() - 20), before.start())
    known = reading.atlas.by_identifier.get(number)
    if not known and not (word and is_of_supreme_court(reading, word.start(), after.end())):
        return None
    start = word.start() if word else before.start()
    key = number.replace("/", "-")
    address = known[0].address if known else f"case/dk/hojesteret/{key}"
    reading.point(start, after.end(), address, "file number", (("case", number),))
    return after.end()


_FAMILY: Final = "fam"
"""The series in which the Immigration Appeals Board decides on family reunification."""
_PAPER_SERIES: Final = frozenset(("com", "swd", "sec", "join", "res", "rec", "doc", "kom"))
"""Series of papers numbered as the Board's decisions are: "COM/2024/253"."""


def _board_file(reading: Reading, slash: int) -> int | None:
    """A decision key of an appeals board: "Hjem/2018/59/LMD" for refugees, "FAM/2015/156" for families."""
    before = _LETTERED_FILE.search(reading.text, max(0, slash - 13), slash)
    after = _FILE_REST.match(reading.text, slash + 1) if before else None
    if not before or not after or not 1990 <= int(after[1]) <= 2100 or not reading.capital(before.start()):
        return None
    if before[1] in _PAPER_SERIES:
        return None
    key = "-".join(part for part in (before[1], after[1], after[2], after[3]) if part)
    board = "udlaendingenaevnet" if before[1] == _FAMILY else "flygtningenaevnet"
    reading.point(before.start(), after.end(), f"case/dk/{board}/{key}", "board file", ())
    return after.end()


# Identifiers

_ECLI: Final = lazy(
    r"(?:ecli: ?)?(?:(?P<eu>eu:[ctf]:\d{4}:\d{1,4})|"
    r"(?P<echr>ce:echr:(?P<y>\d{4}):(?P<m>\d\d)(?P<d>\d\d)(?P<k>jud|dec)(?P<n>\d{7})(?P<yy>\d\d))|"
    r"(?P<other>[a-z]{2}:[a-z0-9]{1,7}:\d{4}:[a-z0-9.]{1,25}[a-z0-9]))"
)
_HUDOC: Final = lazy(r"00[123]-\d{4,6}(?!\d)")
_UNION_CASE: Final = lazy(
    r"(?P<c>[ct]) ?- ?(?P<n>\d{1,4}) ?/ ?(?P<y>\d\d)(?:"
    r"(?!\d)(?P<p> ?(?:ppu|p|rx))?(?:_o)?\b|(?=(?<!19)(?<!20)\d{1,2}\b))"  # a footnote: "C-48/1731"
)
_UNION_WORD: Final = lazy(r"((?:joined )?cases? |(?:de )?(?:forenede )?sag(?:en|er|erne)? (?:nr\.? )?)$")


def ecli(reading: Reading, hit: Hit) -> int | None:
    """A European case law identifier, with or without its prefix."""
    start = hit.start
    found = _ECLI.match(reading.text, start)
    if not found:
        return None
    written = "ECLI:" + (found["eu"] or found["echr"] or found["other"]).upper()
    address, identifiers = None, [("ecli", written)]
    if found["echr"]:
        address = f"case/echr/{int(found['n'])}-{found['yy']}/{found['y']}-{found['m']}-{found['d']}"
        identifiers.append(("appno", f"{int(found['n'])}/{found['yy']}"))
    itself = Meaning(address, Status.UNKNOWN_TARGET, "ecli", 0.99, (), tuple(identifiers))
    meaning = _identified(reading, written, itself)
    reading.add(Pointed(start, found.end(), meaning, meaning.address or written))
    return found.end()


def _identified(reading: Reading, identifier: str, itself: Meaning) -> Meaning:
    """What an identifier stands for: the judgment that the graph has by it or by the number and day in it."""
    judgments = reading.atlas.by_identifier.get(identifier.lower())
    judgment = judgments[0] if judgments else reading.atlas.titles.get(itself.address or "")
    return judgment_meaning(judgment, itself.rule, 0.99) if judgment else itself


def hudoc(reading: Reading, hit: Hit) -> int | None:
    """An item of the Strasbourg court's database."""
    start = hit.start
    found = _HUDOC.match(reading.text, start)
    if not found or (start and (reading.text[start - 1].isalnum() or reading.text[start - 1] in "-/.")):
        return None
    itself = Meaning(None, Status.UNKNOWN_TARGET, "hudoc", 0.9, (), (("hudoc", found.group()),))
    meaning = _identified(reading, found.group(), itself)
    reading.add(Pointed(start, found.end(), meaning, meaning.address or found.group()))
    return found.end()


def union_case(reading: Reading, hit: Hit) -> int | None:
    """A case of the Court of Justice: "Case C-163/17"."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    at = start if anchor.word[1] == "-" else end - 2
    found = _UNION_CASE.match(reading.text, at)
    if not found or (at and (reading.text[at - 1].isalnum() or reading.text[at - 1] in "-/")):
        return None
    number = f"{found['c'].upper()}-{int(found['n'])}/{found['y']}"
    meaning = _union_meaning(reading, number, found)
    start = _word_before(reading, at)
    reading.add(
        Pointed(start if reading.free(start) else at, found.end("y"), meaning, meaning.address or number)
    )
    return found.end()


def _union_meaning(reading: Reading, number: str, found: re.Match[str]) -> Meaning:
    """A case by its number; of cases that were joined each keeps its own address."""
    address, recent = f"case/cjeu/{number.replace('/', '-')}", int(found["y"]) < 50
    celex = f"620{found['y']}{found['c'].upper()}J{int(found['n']):04d}"
    identifiers = (("celex", celex),) if recent else ()
    itself = Meaning(address, Status.UNKNOWN_TARGET, "case number", 0.99, (), identifiers)
    meaning = _identified(reading, number, itself)
    judgment = reading.atlas.titles.get(meaning.address or "")
    joined = judgment is not None and judgment.identifiers[0] != ("case", number)
    return replace(meaning, address=address) if joined else meaning


_NO_HYPHEN: Final = lazy(r"(?P<c>[ct]) ?(?P<n>\d{1,4})/(?P<y>\d\d)(?![\w/])(?P<p> ?(?:ppu|p|rx)\b)?")
_UNION_LIST: Final = lazy(r"(?: ?,)?(?: and| og)? ")


def _plain_union_case(reading: Reading, slash: int) -> int | None:
    """A case of the Court of Justice whose hyphen was lost: "Joined Cases C228/21 and C254/21"."""
    at = next((n for n in range(slash - 2, max(-1, slash - 7), -1) if reading.text[n] in "ct"), -1)
    found = _NO_HYPHEN.match(reading.text, at) if at >= 0 else None
    if not found or not reading.capital(at) or (at and reading.text[at - 1].isalnum()):
        return None
    last = reading.found.mentions[-1] if reading.found.mentions else None
    listed = isinstance(last, Pointed) and last.key.startswith("case/cjeu/")
    listed = listed and _UNION_LIST.fullmatch(reading.text, last.end if last else at, at) is not None
    if not listed and not _UNION_WORD.search(reading.text, max(0, at - 24), at):
        return None
    meaning = _union_meaning(reading, f"{found['c'].upper()}-{int(found['n'])}/{found['y']}", found)
    start = _word_before(reading, at)
    reading.add(Pointed(start, found.end("y"), meaning, meaning.address or ""))
    return found.end()


def _word_before(reading: Reading, at: int) -> int:
    """Where "Case" or "sag" before a number begins; of joined cases none has the word for itself."""
    word = _UNION_WORD.search(reading.text, max(0, at - 24), at)
    if word is None or word[1].startswith(("joined", "de ", "forenede")):
        return at
    return at if word[1].rstrip().endswith(("cases", "er", "erne")) else word.start()


def judgment_meaning(
    judgment: Judgment, rule: str, confidence: float, others: tuple[str, ...] = ()
) -> Meaning:
    """A judgment the graph knows, with its identifiers."""
    identifiers = tuple((kind, value) for kind, value in judgment.identifiers if kind != "case")
    return Meaning(
        judgment.address,
        Status.RESOLVED,
        rule,
        confidence,
        (),
        identifiers,
        candidates=others,
        label=judgment.title,
    )


def report(reading: Reading, hit: Hit) -> int | None:
    """A judgment by its place in the law reports."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    judgment = reading.atlas.titles[anchor.addresses[0]]
    reading.add(Pointed(start, end, judgment_meaning(judgment, "law report", 0.99), judgment.address))
    return end
