"""Abbreviations of instruments: when their letters mean one, and when they stand beside its name."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.mentions import Named
from asylgraf.citations.namesakes import YEAR_AFTER
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_ABBREVIATION_BEHIND: Final = lazy(
    r"[ \n]?[(\[]['\"“”»«]?(?:the |herefter |hereafter |hereinafter |i det følgende )?['\"“”»«]?"
)


_BODIES: Final = frozenset(("ECHR", "CRC", "CAT", "CEDAW", "CRPD", "CERD", "CCPR"))
_SPEAKS: Final = lazy(
    r" (?:found|finds|held|holds|ruled|rules|ruling|judges?|decided|concluded|rejected|stated|stressed|"
    r"noted|examined|considered|considers|observed|emphasi[sz]ed|recalled|delivered|issued|adopted)\b"
)
"""What a court or committee does, and its convention does not: "The ECHR found a violation"."""


def is_its_body(reading: Reading, hit: Hit) -> bool:
    """Whether a convention's letters stand for its court or committee, which is then a voice of the text."""
    exact = hit.anchor.exact
    if exact not in _BODIES or not _SPEAKS.match(reading.text, hit.end):
        return False
    address = hit.anchor.addresses[0]
    reading.found.bodies[address] = reading.found.bodies.get(address, 0) + 1
    reading.found.voices.append((hit.end, address))
    return True


def is_other_word(reading: Reading, hit: Hit, exact: str) -> bool:
    """Whether the letters of an abbreviation are not it: "ud" for UD, the series "ECHR 2006-XII"."""
    if not _as_abbreviated(reading.folded.written(hit.start, hit.end), exact):
        return True
    text = reading.text
    return (
        bool(YEAR_AFTER.match(text, hit.end))
        or text[hit.start - 2 : hit.start] == "] "
        or text.startswith((" id:", "-komit", "nr", ".nr"), hit.end)
        or (exact == "CFR" and text.startswith((" §", " part "), hit.end))  # "8 CFR § 208.13"
    )


LETTERS: Final = 4  # two letters and their genitive


def is_weak(reading: Reading, hit: Hit, exact: str) -> bool:
    """Whether an abbreviation is the instrument only beside an article: two letters, or a committee."""
    found = reading.found
    named = found.voices and found.voices[-1][0] == hit.start - 2
    if named and reading.text[hit.start - 2 : hit.start] == " (":
        found.acronyms.add(exact)
    return len(exact.rstrip("s'")) <= 2 or exact in found.acronyms


NAME_BEHIND: Final = lazy(r"\s(?!(?:OG|AND|OR|ELLER|SAMT)\b)[A-ZÆØÅ]")


def _as_abbreviated(written: str, exact: str) -> bool:
    return written.replace("’", "'") == exact or (
        len(exact) > 3 and written.upper() == exact.upper() and written.isupper()
    )


_WIDEST_POPULAR: Final = 45
"""Letters of a popular name in parentheses: "lov om hjemrejse for udlændinge … (hjemrejseloven)"."""


def own_abbreviation(reading: Reading, mention: Named) -> int:
    """The end of "Treaty on European Union (TEU)": a name and its abbreviation are one mention.

    Letters that the graph does not know are kept as the text's own name of the instrument.
    """
    if not reading.text.startswith(("(", " (", "\n("), mention.end):
        return mention.end
    opened = _ABBREVIATION_BEHIND.match(reading.text, mention.end)
    if not opened:
        return mention.end
    if not opened.group().endswith("("):
        _learn(reading, mention, opened.end())
        return mention.end
    close = reading.text.find(")", opened.end(), opened.end() + _WIDEST_POPULAR)
    anchor = reading.atlas.anchors.get(reading.text[opened.end() : close]) if close > 0 else None
    anchor = anchor or (
        reading.atlas.anchors.get(reading.text[opened.end() : close + 1]) if close > 0 else None
    )
    if anchor is not None and anchor.kind == "named" and set(anchor.addresses) & set(mention.addresses):
        return close + 1
    if anchor is None:
        _learn(reading, mention, opened.end())
    return mention.end


def _learn(reading: Reading, mention: Named, start: int) -> None:
    """Keep the letters that a text gives to an instrument, if the graph does not know them."""
    told = _OWN_CODE.match(reading.kept, start, start + _WIDEST_CODE)
    if told and told[1].lower() not in reading.atlas.abbreviations:
        reading.codes[told[1]] = mention.addresses


_WIDEST_CODE: Final = 12
_OWN_CODE: Final = lazy(r"([A-ZÆØÅ]{2,8}|[A-ZÆØÅ][A-Za-zæøå]{1,5}[A-ZÆØÅ])['\"“”»«]?\)")
"""Letters by which a text says it will call an instrument: "(»CPR«)"."""
