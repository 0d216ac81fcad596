"""The words that law uses to point: units, joints and numbers, Danish and English, in folded text.

Each pattern reads one token; `RUN` reads the longest stretch of tokens, which `runs` then parses.
"""

from __future__ import annotations

from typing import Final

from asylgraf.citations.patterns import lazy

# What may follow a letter that belongs to a number: "§ 9 i, stk. 1" against "§ 9 i udlændingeloven".
_AFTER_LETTER: Final = (
    r"(?= ?(?:[,.;:()/\-]|$|\n|(?:og|eller|til|samt|and|or|to|stk|nr|litra|pkt|jf|jfr|cf|kan|skal|"
    r"gives|er|var|blev|har|finder|fandt|"
    r"medmindre|om|meddel\w*|gælder|indsættes|ophæves|affattes|ændres|of|shall|may|is|was|subsection|"
    r"paragraph|no|item)\b))"
)
_LETTER: Final = (
    r"(?:[a-zæø](?![\wæøå])| (?:[b-hj-zæø](?![\wæøå])|a(?![\wæøå])(?! (?!(?:of|and|or)\b)[a-z])|"
    rf"i(?![\wæøå]){_AFTER_LETTER}))"
)
_DANISH_LETTER: Final = rf"(?:[a-zæø](?![\wæøå])| (?:[a-hj-zæø](?![\wæøå])|i(?![\wæøå]){_AFTER_LETTER}))"
_SMALL_LETTER: Final = (
    r"(?:[b-hj-zæø]|[ai](?=\)|[,.;-]| ?\(| ?(?:nr\b|no\b|og\b|eller\b|and\b|or\b|til\b|of\b|i\b|in\b)))"
)

_ORDINALS_DA: Final = {
    "første": 1,
    "andet": 2,
    "anden": 2,
    "tredje": 3,
    "fjerde": 4,
    "femte": 5,
    "sjette": 6,
    "sidste": 0,
}
_ORDINALS_EN: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "last": 0, "final": 0,
}  # fmt: skip
ORDINALS: Final = _ORDINALS_DA | _ORDINALS_EN

_NUMBER: Final = (
    r"\d{1,3} ?[a-zæø]\.\d{1,2}(?![\w.]|/\d)|(?<![\d])\d{1,2}\.[a-f](?![\w.])|"
    r"\d{1,3}(?:\.\d{1,2}){1,2}(?![\d.]*\d)|\d{1,4}(?![\d])"
)
_NOT_A_DATE: Final = (
    r"(?!\.? (?:tillægsprotokol|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|"
    r"december|january|february|march|may|june|july|"
    r"october|år\b|års\b|days?\b|dage?\b|years?\b|months?\b|måneder\b|uger\b|weeks?\b|kr\b|pct\b|"
    r"procent\b|per cent|%)|%|\.\d{3}|/\d|,\d\d? ?(?:kr|mio|mia|pct|procent|euro|%))"
)

WHOLE: Final = {
    "section": (
        r"§(?: ?§){0,2}\.?|sections?(?![a-zæøå])(?! [a-f](?!\w))|sec tions?\b|sect ions?\b|sect?s?\.(?= ?\d)|"
        r"paragraf(?:fen|ferne|ferner|fer)?s?\b"
    ),
    "article": (
        r"article s\b|art icles?\b|artic les?\b|articles?(?![a-z])(?:\(s\))?|"
        r"artikel(?:s|en|ens)?(?![a-zæøå])|artikler(?:ne|nes|s)?\b|"
        r"arts?\b\.?|artt\."
    ),
    "recital": (
        r"recitals?\b|(?:præambel)?betragtning(?:en|er|erne)?\b(?: nr\.?)?(?= ?\d)|"
        r"præamb(?:el|lens) punkt(?:er(?:ne)?)?\b(?= ?\d)|præambel\b(?: nr\.?)?(?= ?\d)"
    ),
}
PARTS: Final = {
    "stk": (
        r"stk(?![a-zæøå]) ?\.?|stykke(?:r|t|rne)?\b|sub-? ?sections?\b|sub-?sec\.|subs\.?(?= ?\d)|"
        r"sub-?paras?\.?(?= ?\d)|"
        r"(?:paragraphs?|paras?|pars?)\b(?! [a-f](?!\w))\.?"
    ),
    "nr": (
        r"nr\b ?\.?|nummer\b|numre\b|nos?\b\.?(?= ?[\d(ivx])|numbers?\b|sub-?paragraphs?(?= ?\d)|"
        r"items?\b|points?\b(?= ?\(?(?:\d|"
        r"[a-z]\)))|punkt(?:erne)?\b|indent no\."
    ),
    "litra": (
        r"litra(?:erne|er)?\b|lit\b\.?|letters?\b|bogstav(?:erne)?\b|sub-?paragraphs?\b(?= ?\()|"
        r"(?:afsnit|section|paragraph|para\.?|part)(?= [a-f](?![\w]))|"
        r"under(?= \(?[a-z]\)?(?:,| and [a-z][ ,]| or [a-z][ ,]))"
    ),
}
_ORDINAL_WORD: Final = "|".join(ORDINALS)
_LOW_UNIT: Final = {
    "pkt": r"pkt\b ?\.?|punktum(?:mer)?\b|sentences?\b",
    "led": r"led\b|afsnit\b|sub-?paragraphs?\b",
    "indent": r"indents?\b|pind\b",
    "stk": r"paragraphs?\b|stykke\b",
}


def _ordinal(unit: str) -> str:
    nth = r"\d{1,2}(?:st|nd|rd|th)|\d{1,2}\."
    one = rf"(?:{nth}|{_ORDINAL_WORD})"
    return rf"(?:{one}(?:(?: ?,| og| eller| and| or|-| ?-) ?{one})* ?)(?:{_LOW_UNIT[unit]})"


_JOIN_WORD: Final = (
    r"og/eller|and/or|og|eller|samt|and|or|respektive|henholdsvis|hhv\.|såvel som|as well as|både"
)
_CHAIN_WORD: Final = (
    r"jf\b\.?|jfr\b\.?|cf\b\.?|jævnfør|sml\b\.?|smh\b\.?(?: med| m\.)?|sammenholdt med|"
    r"in conjunction with|read in conjunction with|(?:taken |read )?alone(?:,? and|,? or|,? as well as)"
    r" (?:taken |read )?(?:in conjunction|together|in combination) with|"
    r"read together with|taken together with|taken in conjunction with|read with|taken with|"
    r"together with|in combination with|"
    r"i forbindelse med|i sammenhæng med|læst sammen med|see also|see|se også"
)
_SOFT: Final = (
    r"(?: (?:dog|herved|også|tillige|nu|tidligere|navnlig|særligt|især|the|bl\.a\.|herunder|"
    r"sammenholdt med|both|either))*"
)

_TOKENS: Final = {
    **{f"ord_{unit}": _ordinal(unit) for unit in _LOW_UNIT},
    "pkt_unit": r"pkt\b ?\.?(?= ?\d)|punktum(?= ?\d)",
    "led_unit": r"led(?= ?\d)",
    **{f"whole_{kind}": pattern for kind, pattern in WHOLE.items()},
    **{f"part_{kind}": pattern for kind, pattern in PARTS.items()},
    "chain": rf" ?,? ?\(?\b(?:{_CHAIN_WORD}){_SOFT} ?",
    "of": (
        r" ?,? (?:of|i|in|to) (?:the )?(?=(?:the )?(?:§|section|article|artikel|art\b|paragraf|paragraph|"
        r"subsection|stk\b|nr\b))"
    ),
    "paren": (
        r" ?[(\[] ?(?:\d{1,3}[a-z]?|[a-zæø]{1,2}|[ivx]{1,5})(?: ?- ?(?:\d{1,3}|[a-z]))? ?[)\]]"
        r"(?:\d{1,2}(?![\w/-]|[.,]\d))?"
    ),
    "join": (
        rf" ?[,;] ?(?:(?:{_JOIN_WORD}) (?:the |(?:også|tillige|i) )?)?| (?:{_JOIN_WORD}) (?:the |også |"
        rf"tillige )?| ?[&+] ?"
    ),
    "to": r" ?- ?(?=[\d§(]|[a-z]\b)| til | to (?=[\d(§])| through | t\.?o\.?m\.? ",
    "number": rf"(?:{_NUMBER}){_NOT_A_DATE}LETTER?",
    "roman": r"(?:x{0,3}(?:ix|iv|vi{1,3}|i{2,3})|xx?(?:v|i)?|v|"
    r"i(?=[).,;:]|\(\d| of\b| and\b| og\b))(?![\wæøå])",
    "letter": (
        rf"(?:(?<=litra )|(?<=lit\. )|(?<=letter )|(?<=bogstav )|(?<=under ))[a-zæø]{{1,2}}(?![\wæøå])\)?|"
        rf"[(\[]?{_SMALL_LETTER}(?![\wæøå])(?!\.? ?\d)[)\]]?"
    ),
    "dot": rf"\.(?= ?(?:{PARTS['stk']}|{PARTS['nr']}|{PARTS['litra']}))",
    "colon": r" ?:",
    "open": r" ?\((?=(?:paras?\.?|paragraphs?|stk\.?|nr\.?) ?\d)",
    "close": r"\)",
    "space": r" ",
}


def _token(letter: str) -> str:
    return "|".join(f"(?P<{name}>{pattern.replace('LETTER', letter)})" for name, pattern in _TOKENS.items())


TOKEN: Final = {"da": lazy(_token(_DANISH_LETTER)), "en": lazy(_token(_LETTER))}
"""One token; Danish and English differ in whether " a" after a number belongs to it."""

_LOOSE_WORDS: Final = "|".join(
    (*WHOLE.values(), *PARTS.values(), *_LOW_UNIT.values(), _JOIN_WORD, _CHAIN_WORD, _ORDINAL_WORD)
)
LOOSE: Final = lazy(
    rf"(?:[ \d,.()\[\];:§&+/\-]+|(?:[a-zæø]|stk|nr|jf|og|{_LOOSE_WORDS}|in|to|of|the|til|through|"
    rf"t\.?o\.?m\.?|dog|herved|"
    rf"også|tillige|nu|tidligere|navnlig|"
    r"særligt|især|bl\.a\.|herunder|både|both|either|\d+(?:st|nd|rd|th)|[ivx]{2,4})(?![^\W\d]))*+"
)
"""At least as much as any run from here on: what decides how it is read."""

WIDEST_RUN: Final = 600
"""Characters."""

_DECIDING: Final = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
    "november", "december", "january", "february", "march", "may", "june", "july", "october", "år", "års",
    "days?", "dage?", "years?", "months?", "måneder", "uger", "weeks?", "kr", "pct", "procent", "per cent",
    "tillægsprotokol(?:len)?",
)  # fmt: skip
DECIDES: Final = lazy(rf"(?:{'|'.join(_DECIDING)})\b|%")
"""Words behind a run that take its last number away."""

LONGEST_RUN: Final = 160
"""Tokens; what is longer goes on at its next unit."""

BEGIN_DECIDING: Final = frozenset(
    (*(word[:2] for word in _DECIDING), "%", *(f"%{chr(code)}" for code in range(256)))
)
"""What words that take a number away begin with: two letters, for a percent sign whatever follows."""

ROMAN: Final = lazy(r"[ivx]+")


def roman_value(numeral: str) -> int:
    """The number of a small Roman numeral: `iv` is 4."""
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
