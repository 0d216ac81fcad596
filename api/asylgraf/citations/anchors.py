"""The words at which a reading stops: one automaton of all names of the graph and all units of citing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from asylgraf.citations.automaton import Automaton
from asylgraf.citations.fold import fold_name
from asylgraf.citations.knowledge import Judgment, Knowledge


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a word of the automaton means to the reader: which of its methods to call, and with what."""

    kind: str
    word: str
    addresses: tuple[str, ...] = ()
    genitive: bool = False
    exact: str | None = None
    """The only spelling to accept, for abbreviations that are also words."""
    whole: bool = True
    """Whether it must stand as a word of its own."""
    beyond: int = 0
    """How many characters of the word only say where it ends."""


@dataclass(slots=True)
class Hit:
    """An anchor at its place in a text."""

    start: int
    end: int
    anchor: Anchor


UNITS: Final = {
    "§": "da", "stk": "da", "pkt": "da", "artikel": "da", "artikler": "da", "paragraf": "da", "litra": "da",
    "betragtning": "da", "præambelbetragtning": "da", "præamblens punkt": "da", "præambel punkt": "da",
    "præambel ": "da",
    "art.": "da", "art ": "da", "arts.": "da", "arts ": "da",
    "section": "en", "sections": "en", "subsection": "en",
    "subsections": "en", "article": "en", "articles": "en",
    "article s ": "en", "art icle": "en", "art icles": "en", "artic le": "en", "artic les": "en",
    "sec tion": "en", "sec tions": "en", "sect ion": "en", "sect ions": "en",
    "recital": "en", "recitals": "en", "paragraph": "en", "paragraphs": "en",
    "para. ": "en", "paras. ": "en", "subs. ": "en",
    "sub-section": "en", "sub- section": "en", "sec.": "en", "sect.": "en",
    "point (": "en", "points (": "en", "subparagraph (": "en",
}  # fmt: skip

GENERIC: Final = {
    "loven": "act", "lov": "act", "bekendtgørelsen": "order", "forordningen": "regulation",
    "forordningerne": "regulation", "forordninger": "regulation", "direktiverne": "directive",
    "direktivet": "directive", "konventionen": "convention",
    "konvention": "convention", "chartret": "charter", "charteret": "charter", "traktaten": "treaty",
    "protokollen": "protocol",
    "rammeafgørelsen": "decision", "forordning": "regulation", "direktiv": "directive", "act": "act",
    "regulation": "regulation",
    "regulations": "regulation", "directive": "directive", "directives": "directive",
    "convention": "convention", "covenant": "covenant",
    "charter": "charter", "[charter]": "charter", "optional protocol": "protocol",
    "protocol": "protocol", "statute": "statute",
    "european convention": "european", "bekendtgørelse": "order",
    "aftalen": "paper", "overenskomsten": "paper", "kontrakten": "paper", "vedtægten": "paper",
    "vedtægterne": "paper", "vedtægter": "paper", "overenskomst": "paper",
    "forretningsordenen": "paper", "forretningsorden": "paper",
    "cirkulæret": "paper", "anordningen": "paper", "vejledningen": "paper", "reglementet": "paper",
    "regulativet": "paper", "lovforslaget": "paper", "lovudkastet": "paper", "forordningsforslaget": "paper",
    "lease": "paper", "contract": "paper", "rules of procedure": "paper", "rules of court": "paper",
    "house rules": "paper", "husordenen": "paper", "kompendiet": "paper",
}  # fmt: skip
"""Words for kinds of instruments, and the kind; a paper is none that the graph holds."""

DANISH_GENERIC: Final = frozenset(
    (
        "loven", "lov", "bekendtgørelsen", "forordningen", "direktivet", "konventionen", "chartret",
        "charteret", "traktaten", "protokollen", "bekendtgørelse", "aftalen", "overenskomsten",
        "kontrakten", "vedtægten", "vedtægterne", "cirkulæret", "anordningen", "vejledningen",
        "reglementet", "regulativet", "konvention", "forordning", "direktiv",
    ),
)  # fmt: skip

_NUMBERED: Final = {
    "act": (
        "lov", "love", "act", "law", "acts", "danish act", "ændringslov", "amendment act",
    ),
    "lbk": (
        "lovbekendtgørelse", "lovbekendtgørelsen", "lovbekendtgørelser", "lovbekg.", "lovbkg.",
        "lovbek.", "lbkg.", "law order", "legislative decree", "lbk", "lbk.", "consolidation act",
        "consolidated act", "consolidating act", "consolidated version", "consolidated law", "consolidation",
    ),
    "bek": (
        "bekendtgørelse", "bekendtgørelsen", "bekg.", "bkg.", "bek", "bek.", "executive order",
        "ministerial order", "statutory order", "order", "departmental order", "notice", "decree",
    ),
    "bki": ("bki",), "bkc": ("bkc",),
    "vej": ("vejledning", "vejl.", "vej", "guidelines", "guidance", "guideline", "road"),
    "cir": ("cirkulære", "cir.", "cir", "circular"),
    "cis": ("cirkulæreskrivelse", "cis"),
}  # fmt: skip

_SPECIAL: Final = {
    "slash": ("/",),
    "ecli": ("ecli:", "eu:c:", "eu:t:", "eu:f:", "ce:echr:"),
    "celex": (
        "celex", "319", "320", "619", "620", "12012p", "12016p", "12012e", "12016e", "12016m", "12012m",
        "12008e",
    ),
    "hudoc": ("001-", "002-", "003-"),
    "link": ("http://", "https://", "www."),
    "eli": ("eli/lta/", "eli/reg/", "eli/dir/", "eli/dec/"),
    "union_case": ("c-", "t-", "case c ", "sag c "),
    "united_nations": (
        "cat/c/", "ccpr/c/", "crc/c/", "cedaw/c/", "cerd/c/", "crpd/c/", "ced/c/", "cescr/c/", "e/c.12/",
    ),
    "communication": (
        "communication no", "communications no", "communications nos", "communication nos", "complaint no",
        "communication nr", "klage nr", "klagenr",
        "communication number", "kommunikation nr", "views no",
    ),
    "versus": (
        " v. ", " v ", " vs. ", " vs ", " c. ", " mod ", "/belgi", "/denem", "/nederl", "/zwed", "/noorw",
        *(
            f" v.{state}" for state in (
                "austr", "belg", "bulg", "croat", "cypr", "denm", "finl", "fran", "germ", "greec", "hung",
                "ital", "malt", "nether", "norw", "polan", "roman", "russ", "spai", "swed", "switz", "the ",
                "turk", "ukr", "united",
            )
        ),
    ),
    "bill_alone": tuple(f"{before}l {digit}" for digit in "123456789" for before in (" ", "\n", "(")),
    "bill": (
        "lovforslag", "lovforslaget", "forslag nr", "forslaget nr", "bill l", "bill no", "forslag l", "lsf",
        "lff", "lsv",
    ),
    "union_decision": (
        "decision (eu", "decision (ec", "afgørelse (eu", "afgørelse (ef", "decision no ", "decision no. ",
        "implementing decision 2", "council decision 2", "commission decision 2", "rådets afgørelse 2",
        "gennemførelsesafgørelse 2", "gennemførelsesafgørelsen 2", "kommissionens afgørelse 2",
    ),
    "plain_act": tuple(
        f"{word} {digit}"
        for word in (
            "lov", "lovbekendtgørelse", "bekendtgørelse", "act", "consolidation act", "consolidated act",
            "executive order",
        )
        for digit in "123456789"
    ),
    "parted": tuple(
        f"-{tail}{end}"
        for tail in ("ningen", "ordningen", "tionen", "ventionen", "tivet", "gørelsen", "relsen")
        for end in ("", "s")
    ),
    "amended_item": ("udgår", "ophæves", "affattes", "ændres", "indsættes"),
    "dated_act": tuple(
        f"{word} {century}"
        for word in (
            "lov", "lovbekendtgørelse", "lovbkg.", "lovbek.", "lbkg", "lbkg.", "lbk", "bekendtgørelse",
            "bkg.", "bkg", "bek.", "bek",
        )
        for century in ("19", "20")
    ),
    "rule": ("rule ", "rules "),
    "short_section": (" s. ", "(s. ", " ss. ", "(ss. ", " s ", "(s ", " ss ", "(ss "),
    "kind_of_permit": (
        "-status", "-flygtning", "-tilladelse", "-opholdstilladelse", " status", "-opholdsgrundlag",
    ),
    "item_of_the_same": (
        "omfattet af nr. ", "omfattet af nr ", "nævnt i nr. ", "nævnt i nr ", "jf. nr. ", "jf. dog nr. ",
    ),
    "item_added": ("indsættes efter nr. ", "indsættes efter nr ", "indføjes efter nr. "),
    "court_file": ("bs-",),
    "protocol_article": (
        *(f"p{number}-" for number in (1, 4, 6, 7, 12, 13)), *(f"tp {number}-" for number in (1, 4, 6, 7)),
        *(f"tp{number}-" for number in (1, 4, 6, 7)), *(f"a{article}p" for article in (1, 2, 3, 4)),
    ),
    "neutral": ("] echr ",),
    "weekly": ("u.19", "u.20", "u 19", "u 20", "u19", "u20", "ufr "),
    "accession": ("a19", "a20", "b19", "b20"),
    "protocol": (
        "protocol no", "protocol (no", "protokol nr", "protocol 1", "protocol 4", "protocol 6",
        "protocol 7", "protocol 2", "protocol 12", "protocol 13", "protocols no", "protokol 2", "protokol 1",
        "protokol 4", "protokol 6", "protokol 7",
    ),
}  # fmt: skip
_SHORT: Final = 4
_ENDS: Final = " ,.;:)]/-\n'\"§"
_PART_OF_WORD: Final = frozenset(
    (
        "bill_alone",
        "union_decision",
        "kind_of_permit",
        "dated_act",
        "slash",
        "hudoc",
        "link",
        "versus",
        "short_section",
        "neutral",
        "eli",
        "celex",
        "united_nations",
        "ecli",
        "union_case",
    )
)


class Anchors:
    """The automaton over everything that can begin or name a citation."""

    def __init__(self, known: Knowledge) -> None:
        self.anchors: dict[str, Anchor] = {}
        self._beginning: dict[str, list[Anchor]] = {}
        for anchor in _all(known):
            held = self.anchors.get(anchor.word)
            self.anchors[anchor.word] = _merged(held, anchor) if held else anchor
        self.order = list(self.anchors.values())
        self.find = Automaton([anchor.word for anchor in self.order]).find
        """Index into `order`, start and end of every anchor in a folded text."""

    def beginning(self, letters: str) -> list[Anchor]:
        """The anchors that begin with some letters, longest first."""
        if letters not in self._beginning:
            found = [anchor for word, anchor in self.anchors.items() if word.startswith(letters)]
            self._beginning[letters] = sorted(found, key=lambda anchor: -len(anchor.word))
        return self._beginning[letters]

    def get(self, word: str) -> Anchor | None:
        """The anchor of exactly that folded word."""
        return self.anchors.get(word)


def _merged(held: Anchor, new: Anchor) -> Anchor:
    """One word, several meanings: names gather addresses, anything else keeps its first."""
    if held.kind != "named" or new.kind != "named":
        return held
    addresses = tuple(dict.fromkeys((*held.addresses, *new.addresses)))
    exact = held.exact if held.exact == new.exact else None
    return Anchor("named", held.word, addresses, held.genitive and new.genitive, exact, beyond=held.beyond)


def _all(known: Knowledge) -> Iterator[Anchor]:
    yield from _names(known)
    yield from _judges(known)
    for word, language in UNITS.items():
        yield Anchor("unit", word, (language,), whole=False)
    for word, noun in GENERIC.items():
        yield Anchor("generic", word, (noun,))
        if not word.startswith("["):
            yield Anchor("generic", word + "s", (noun,), genitive=True)
        yield Anchor("generic", word + "'s", (noun,), genitive=True)
    for kind, words in _NUMBERED.items():
        for word in words:
            yield from (
                Anchor("numbered", f"{word} {number}", (kind,)) for number in ("nr", "no", "number", "nummer")
            )
            if (len(word) > _SHORT or word == "act") and not word.endswith("."):
                yield from (Anchor("numbered", f"{word}. {number}", (kind,)) for number in ("nr", "no"))
    yield from (
        Anchor("numbered", f"{word} ", ("lbk" if word.startswith("l") else word,))
        for word in ("lbk", "bek", "vej")
    )
    for kind, words in _SPECIAL.items():
        yield from (Anchor(kind, word, whole=kind not in _PART_OF_WORD) for word in words)


def _names(known: Knowledge) -> Iterator[Anchor]:
    for name, address, language in _written(known.names):
        word = fold_name(name)
        yield Anchor("named", word, (address,))
        yield Anchor("named", word + "'s", (address,), genitive=True)
        if language == "da" and not word.endswith(("s", ".")):
            yield Anchor("named", word + "s", (address,), genitive=True)
    for name, address in known.abbreviations:
        word = fold_name(name)
        if len(word) <= _SHORT:  # so that "udl" is not met in every "udlænding"
            yield from (Anchor("named", word + end, (address,), exact=name, beyond=1) for end in _ENDS)
        else:
            yield Anchor("named", word, (address,), exact=name)
        yield from (
            Anchor("named", word + end, (address,), genitive=True, exact=name + end) for end in ("s", "'s")
        )


def _written(names: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """The names, and those that begin with FN's also as they are written without the apostrophe."""
    for name, address, language in names:
        yield name, address, language
        if name.startswith("FN's "):
            yield "FNs " + name.removeprefix("FN's "), address, language


def _judges(known: Knowledge) -> Iterator[Anchor]:
    for name, _, address in known.bodies:
        yield Anchor("body", fold_name(name), (address,), whole=False)
    for judgment in known.judgments:
        for party in (*short_names(judgment), *_authorities(judgment)):
            yield Anchor("party", party, (judgment.address,))
        for report in judgment.reports:
            yield Anchor("report", fold_name(report), (judgment.address,), whole=False)


_AGAINST: Final = " v. "
_NEVER_ALONE: Final = frozenset(
    (
        "afrin", "carpenter", "commission", "cyprus", "georgia", "goma", "ireland", "kaduna", "mahdi",
        "mohammed", "öcalan", "parliament", "ramadan", "tall", "tatar", "tudmur",
    )
)  # fmt: skip
"""Parties whose name texts on asylum use of a town, a people, an institution or someone else."""


def short_names(judgment: Judgment) -> list[str]:
    """The folded names by which one party alone names a judgment; initials are too short to do so."""
    applicant = judgment.title.partition(_AGAINST)[0]
    told = dict.fromkeys((applicant, *(name for name in judgment.names if _AGAINST not in name)))
    folded = dict.fromkeys(fold_name(name.removesuffix(" and Others")) for name in told)
    alone = (name for name in folded if len(name) >= _SHORT and name not in _NEVER_ALONE)
    names = [name for name in alone if "." not in name and " no." not in name and not _letters(name)]
    return [*names, *(name.replace(" and ", " og ") for name in names if " and " in name)]


def _letters(name: str) -> bool:
    """Whether a party is letters alone, "S and A", which the ends of two other words can spell."""
    return all(len(word) == 1 for word in name.replace(",", "").replace(" and ", " ").split())


def _authorities(judgment: Judgment) -> Iterator[str]:
    """Parties of several words that begin a full name: "Commissaire général … v. Lounani"."""
    for name in judgment.names:
        party, against, _ = name.partition(_AGAINST)
        word = fold_name(party)
        if against and " " in party and judgment.address.startswith("case/cjeu/") and not _letters(word):
            yield word
