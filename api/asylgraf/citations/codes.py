"""Acts that the graph does not know: by abbreviation ("§ 7 AsylG", "ABL § 5"), by title, by compound."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.anchors import Anchor, Hit
from asylgraf.citations.mentions import Named, Run, Unknown
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_FOREIGN_CODE: Final = lazy(r" (?:(?:[A-ZÄÖÜ][a-zäöü]{1,14}){1,3}(?:G|GB|GO|PO|VO)|GG|BGB|CESEDA)\b")
"""German, Austrian, Swiss and French codes as they are cited: "§ 7 AsylG"."""


def foreign_code(reading: Reading, place: int) -> int:
    """The length of the foreign code named here, 0 if there is none."""
    if not reading.kept[place + 1 : place + 2].isupper():
        return 0
    found = _FOREIGN_CODE.match(reading.kept, place)
    return min(len(found.group()), len(reading.text) - place) if found else 0


_CODE: Final = r"[A-ZÆØÅ]{2,6}|[A-ZÆØÅ][a-zæøå]{1,4}L"
_OWN_CODE: Final = r"[A-ZÆØÅ]{2,8}|[A-ZÆØÅ][A-Za-zæøå]{1,5}[A-ZÆØÅ]"
_LONGEST_CODE: Final = 6
_BEFORE: Final = lazy(rf"(?<![\w.&/-])({_CODE}|{_OWN_CODE}),?\s$")
_OWN_BEHIND: Final = lazy(rf",? (?:i |in |of )?(?:the )?({_OWN_CODE})(?![\w-])")
_BEHIND: Final = lazy(rf",? i ({_CODE})(?![\w-])")
_NO_CODE: Final = frozenset(
    (
        "OG", "JF", "EFTER", "TIL", "AF", "IKKE", "OR", "AND", "THE", "SEE", "CF", "PGA", "IHT", "IFT", "IF",
        "OF", "IN", "ELLER", "MED", "VED", "SAMT", "STK", "NR", "EU", "FN", "UN", "UK", "US", "USA", "EMD",
        "ECHR", "CJEU", "UNHCR", "DRC", "NGO", "DK", "UDL",
    )
)  # fmt: skip
_AROUND: Final = 30


def code_before(reading: Reading, start: int) -> Named | Unknown | None:
    """The instrument that an abbreviation right before a provision names: the text's own, else an unknown."""
    last = reading.kept[start - 2 : start - 1]
    if not (reading.kept[start - 3 : start - 2] if last == "," else last).isupper():
        return None
    if reading.text[start - 1] != " " or reading.done >= start - 1:
        return None
    found = _BEFORE.search(reading.kept, max(0, start - 11), start)
    if found and (own := reading.codes.get(found[1])):
        return Named(found.start(1), found.end(1), own, short=True, reach=found.start(1))
    if found is None or len(found[1]) > _LONGEST_CODE or not _is_code(reading, found[1], found.start(1)):
        return None
    treaty = reading.text.startswith("art", start)
    return Unknown(found.start(1), found.end(1), reach=found.start(1), treaty=treaty, aside=True)


def code_behind(reading: Reading, run: Run) -> Named | Unknown | None:
    """The instrument that an abbreviation behind a provision names: "§ 52, stk. 2, i ABL"."""
    own = _OWN_BEHIND.match(reading.kept, run.end) if reading.codes else None
    if own and (addresses := reading.codes.get(own[1])):
        return Named(own.start(1), own.end(1), addresses, short=True, reach=own.start(1))
    if not reading.text.startswith((" i ", ", i "), run.end):
        return None
    found = _BEHIND.match(reading.kept, run.end)
    if found is None or not _is_code(reading, found[1], found.start(1)):
        return None
    return Unknown(found.start(1), found.end(1), reach=found.start(1), aside=True)


def _is_code(reading: Reading, written: str, start: int) -> bool:
    """Whether capitals are an abbreviation, and not a text all in capitals or a name of the graph."""
    if written in _NO_CODE or written.lower() in reading.atlas.abbreviations:
        return False
    around = reading.kept[max(0, start - _AROUND) : start + _AROUND]
    return any(letter.islower() for letter in around)


_WORDS: Final = lazy(r"(?:[\w-]+ ){0,2}[\w-]*$")
_SPACE: Final = lazy(r" ")
_COMPOUND: Final = lazy(r"[\w-]*$")
LAWS: Final = frozenset(("act", "order", "statute", "paper"))
_INDEFINITE: Final = frozenset(("lov", "konvention", "bekendtgørelse"))
_TITLE: Final = lazy(r" (?:on|concerning|relating to|respecting|regarding) (?:the )?(?=\w)")


TITLE_BEFORE_UNIT: Final = lazy(
    r" om (?!ændring)(?:(?!loven|konventionen|i medfør)[^.;:()§\n]){3,100}?(?=,? (?:artikel|art\.|§) ?\d)"
)


_POINTING: Final = lazy(
    r"\b(?:samme|denne|nævnte|omhandlede|pågældende|ovennævnte|førnævnte|citerede|omtalte|den|dens) "
    r"(?:dagældende |gældende |nye |tidligere )?$"
)


_LAW_AS_SUCH: Final = lazy(r"\b(?:gældende|dansk|ved|hidtidig|international) $")
"""Before *lov* without a title: law as such, and no act."""


def is_titled(reading: Reading, hit: Hit) -> bool:
    """Whether a title follows that no name of the graph begins: "lov om valg", "Act on Holidays"."""
    word = hit.anchor.word
    if word in ("lov", "lovs") and _LAW_AS_SUCH.search(reading.text, max(0, hit.start - 12), hit.start):
        return False
    if word in ("lov", "lovs") and not _POINTING.search(reading.text, max(0, hit.start - 30), hit.start):
        return True
    if word in _INDEFINITE:
        return reading.text.startswith(" om ", hit.end)
    title = _TITLE.match(reading.text, hit.end) if word in ("act", "convention") else None
    return title is not None and reading.capital(hit.start) and reading.capital(title.end())


def is_any_law(reading: Reading, hit: Hit) -> bool:
    """Whether a law is named by no title of its own: "en lov, der …", "lov om ændring af …"."""
    text, end = reading.text, hit.end
    return text.startswith(" om ændring", end) or (
        hit.anchor.word == "lov" and not text.startswith(" om ", end)
    )


def word_start(reading: Reading, start: int) -> int:
    """Where the compound that ends in a word begins: "gennemførelsesforordning"."""
    if not start or not reading.text[start - 1].isalpha():
        return start
    front = _COMPOUND.search(reading.text, max(0, start - 40), start)
    return front.start() if front and reading.free(front.start()) else start


def compound(reading: Reading, hit: Hit) -> int | None:
    """An act whose name the graph does not know: "færdselslovens"."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    noun = anchor.addresses[0]
    if done := parted(reading, hit):
        return done
    if noun not in LAWS and noun != "convention":
        return None
    front = _COMPOUND.search(reading.text, max(0, start - 40), start)
    begin = front.start() if front else start
    if not reading.free(begin):
        return None
    treaty = noun not in LAWS
    reading.add(Unknown(begin, end, anchor.genitive, begin, treaty, aside=treaty or noun == "paper"))
    return end


def parted(reading: Reading, hit: Hit) -> int | None:
    """A name of the graph as a bad copy joins its lines: "Dublinforord-ningen", "QualificationDirective"."""
    front = _WORDS.search(reading.text, max(0, hit.start - 60), hit.start)
    if front is None:
        return None
    begins = (front.start(), *(space.end() for space in _SPACE.finditer(reading.text, *front.span())))
    for begin in begins:
        written = reading.text[begin : hit.end]
        name = _mended(reading, begin, written, hit.start - begin)
        if name is not None and reading.free(begin):
            reading.add(Named(begin, hit.end, name.addresses, name.genitive, reach=reading.reach(begin)))
            return hit.end
    return None


def _mended(reading: Reading, begin: int, written: str, noun_at: int) -> Anchor | None:
    """The name of the graph that some letters are without their hyphen, or with the space that they lost."""
    forms = [written.replace("-", "")] if "-" in written else []
    alike = reading.capital(begin + 1) == reading.capital(begin + noun_at - 1)
    if alike and reading.capital(begin + noun_at):
        forms.append(f"{written[:noun_at]} {written[noun_at:]}")
    names = (reading.atlas.anchors.get(form) for form in forms)
    return next((name for name in names if name and name.kind == "named" and name.exact is None), None)


_SEPARATELY: Final = frozenset(
    (
        "of", "the", "in", "and", "to", "a", "an", "article", "articles", "section", "un", "eu", "this",
        "that", "council", "commission", "consolidation", "consolidated", "amending", "danish",
        "samme", "nævnte", "denne", "dette", "den", "det",
    )
)  # fmt: skip


def longer_name(reading: Reading, hit: Hit, noun: str) -> Unknown | None:
    """The act that an English kind of instrument and a capitalized word before it name: "Residence Act"."""
    start = hit.start
    name = reading.folded.written(max(0, start - 60), start)
    before = _WORD_BEFORE.search(name)
    word = before[0].rstrip() if before else ""
    if not word[:1].isupper() or word.lower() in _SEPARATELY:
        return None
    if not reading.capital(start) and noun not in ("act", "directive", "regulation"):
        return None
    first = start - len(word) - 1
    further = _CAPITALS.search(name, 0, len(name) - len(word) - 1)
    begins = first - len(further[0]) if further else first
    return Unknown(first, hit.end, hit.anchor.genitive, reading.reach(begins), noun not in LAWS)


_WORD_BEFORE: Final = lazy(r"(?<![\w'’()-])[\w'’()-]+\s$")
_CAPITALS: Final = lazy(r"(?:[A-ZÆØÅ][\w'’-]+ (?:(?:and|of|on) )?)+$")
"""What else a name that ends in "Residence Act" has in front: "German", "Immigration and"."""
