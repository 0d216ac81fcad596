"""The words that may stand between a provision and the instrument it belongs to."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from asylgraf.citations.labels import is_open
from asylgraf.citations.mentions import Generic, Instrument, Mention, Named, Run, Unknown
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_LEAD: Final = lazy(
    r"(?:'?s)?\)?[,:]? ?(?:\((?:[^()]{0,60})\)[,:]? ?)?(?:(?:dagældende|daværende|tidligere|nugældende|"
    r"gældende|nuværende|nye|ny|former|then|current|new|dens|bestemmelse i|"
    r"bestemmelser i|regel i|regler i|af \d{1,2}\. [a-zæø]+ \d{4}|af \d{4}|fra \d{4}|of \d{1,2} [a-z]+ \d{4}|"
    r"of \d{4}|in|under|i)[,]? ?)*(?:the )?(?:1\) )?"
)
_TRAIL: Final = lazy(
    r"(?:\.(?= of))?(?: ?(?:ff\b|flg\b|et seq\b)\.?)?(?: ?\([^()]{1,80}\))?,? ?"
    r"(?:(?:of|in|to|under|from|i|fra|efter|til|ifølge|og|"
    r"respectively|respektive|both|som fastsat|as set out|as laid down|contained|indeholdt) ?)*?"
    r"(?:(?:of|in|to|under|i|fra|efter|til) )?(?:(?:the|den|det|de|this|that|said|same|samme|denne|"
    r"dette|nævnte|dagældende|daværende|tidligere|gældende|nugældende|then|former|"
    r"current|danish|danske|dansk|consolidated|revised|recast|omarbejdede|new|nye|fn's|un|"
    r"united nations|eu|eu's|eu-|european|international|konsoliderede|\[|annex to|bilag til|"
    r"præamblen (?:til|i|af)|preamble (?:to|of)) ?)*"
)
_MADE_PART: Final = lazy(
    r",? ?(?:(?:der|som|which|that) )?(?:(?:senest|nu|oprindeligt|først|er|blev|var|bliver|is|was|"
    r"were|has been|now|originally) )*(?:indsat|indføjet|indført|optaget|placeret|findes|står|indeholdt|"
    r"inserted|added|introduced|incorporated|found|contained) (?:i|in|into|to) (?:the |den )?"
)
"""How a section is said to be put into an act: "§ 9, stk. 15, blev indsat i udlændingeloven"."""
_OWNER: Final = lazy(r"(?<= )[a-zæøå-]{3,30}s $")
"""Whose the paper behind is: "§ 3 i foreningens vedtægter"."""
_WIDEST_GAP: Final = 130
WIDEST_LEAD: Final = 80
_JUXTAPOSED: Final = frozenset(("", " ", "(", " (", "[", " ["))


def leads(gap: str) -> bool:
    """Whether an instrument in front may have what stands behind: "lovens dagældende § 7"."""
    return len(gap) <= WIDEST_LEAD and _leads(gap)


_TITLE: Final = lazy(r" (?:om|on|concerning) (?!ændring|amend)[\w\s-]{3,75},? ?")


def is_title_of(before: Instrument, gap: str) -> bool:
    """Whether only its title parts a numbered act from its section: "lov nr. 5 … om fiskeri § 2"."""
    if not isinstance(before, Named) or not before.numbered or not gap.startswith((" om ", " on ", " con")):
        return False
    return _TITLE.fullmatch(gap) is not None


def opens_for(reading: Reading, before: Instrument, run: Run, behind: Mention | None) -> bool:
    """Whether a section between two acts of a list is of the one behind: "lov nr. 60, § 2 i lov nr. 386"."""
    if not isinstance(before, Named) or not before.numbered or not isinstance(behind, Named):
        return False
    return (behind.numbered or reading.opens_line(run.start)) and follows(reading, run, behind)


@lru_cache(4096)
def _leads(gap: str) -> bool:
    return _LEAD.fullmatch(gap) is not None


def follows(reading: Reading, run: Run, behind: Instrument) -> bool:
    """Whether only words like "of the" or "i den dagældende" stand between a run and an instrument."""
    begin = max(run.end, min(behind.reach or behind.start, behind.start))
    if begin - run.end > _WIDEST_GAP:
        return False
    gap = _between(reading, run, begin)
    if begin == behind.start and isinstance(behind, Named | Unknown) and gap in _JUXTAPOSED:
        return "article" in (run.items[0].whole, run.items[-1].whole) or is_danish(behind) or not run.danish
    if gap in _BESIDE_KIND and isinstance(behind, Generic) and _is_capital_treaty(reading, behind):
        return "article" in (run.items[0].whole, run.items[-1].whole)
    if isinstance(behind, Named) and _follows_title(gap):
        return True
    if isinstance(behind, Named) and _follows_name(reading, gap, run, behind):
        return True
    if isinstance(behind, Unknown):
        gap = _OWNER.sub("", gap)
    return gap.strip(" ,") not in ("", "og") and _trails(gap)


def _between(reading: Reading, run: Run, begin: int) -> str:
    """What parts a run from what begins behind; not the parenthesis of its own number, nor a broken line."""
    gap = reading.text[run.end : begin]
    if gap.startswith(")") and not is_open(reading.text, run.start, run.end):
        gap = gap[1:]  # "§ 1, nr. 6) i lov nr. 572"
    return gap[:-1] + " " if gap.endswith(("of the\n", " i\n", " of\n")) else gap


_BESIDE_KIND: Final = frozenset((" ", " ("))


def _is_capital_treaty(reading: Reading, behind: Generic) -> bool:
    """Whether a kind stands for one instrument right behind its article: "Art 4 Charter"."""
    return behind.noun in ("charter", "convention", "covenant") and reading.capital(behind.start)


_WHAT_IT_IS_ON: Final = lazy(
    r" (?:on|concerning|regarding|about|om|vedrørende) [^.;:()\d§\n]{3,100} (?:of|in|to|i) (?:the )?"
)


def _follows_title(gap: str) -> bool:
    """Whether words tell what a provision is on: "article 3 on the prohibition of torture in the ECHR"."""
    return gap.startswith((" on ", " con", " reg", " abo", " om ", " ved")) and _is_title(gap)


@lru_cache(4096)
def _is_title(gap: str) -> bool:
    return _WHAT_IT_IS_ON.fullmatch(gap) is not None


@lru_cache(4096)
def _makes_part(gap: str) -> bool:
    return _MADE_PART.fullmatch(gap) is not None


@lru_cache(4096)
def _trails(gap: str) -> bool:
    return _TRAIL.fullmatch(gap) is not None


def _follows_name(reading: Reading, gap: str, run: Run, behind: Named) -> bool:
    """What only a name may follow: a comma before its abbreviation, or how a section was put into it."""
    if gap == ", " and (
        behind.short or (not behind.genitive and reading.text[behind.end :][:1] in ("", *".;)]"))
    ):
        return True
    if gap == ", " and is_protocol(behind):
        return run.items[-1].whole == "article"
    return run.items[-1].whole == "section" and is_danish(behind) and _makes_part(gap)


def is_danish(mention: Instrument) -> bool:
    """Whether an instrument is cited by section."""
    if isinstance(mention, Generic):
        return mention.noun in ("act", "order")
    if isinstance(mention, Unknown):
        return not mention.treaty
    return mention.addresses[0].startswith("dk/")


def is_protocol(mention: Instrument) -> bool:
    """Whether an instrument is a protocol to the European Convention: it has only the articles beside it."""
    return isinstance(mention, Named) and mention.addresses[0].startswith("echr/p")
