"""What *loven*, *the Convention* and *that Directive* mean at their place."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.contexts import Context
from asylgraf.citations.mentions import Generic
from asylgraf.citations.names import BEYOND, OUTSIDE, Standing, is_source
from asylgraf.citations.patterns import lazy
from asylgraf.citations.steps import Item
from asylgraf.citations.voices import SPEAKING, own_convention

_COMMENCES: Final = lazy(
    r"s? (?:§|section)[^.;\n]{1,20}?,? (?:som |der |which |that )?(?:trådte|træder|enter(?:ed|s)|came|comes) "
    r"(?:i kraft|into force)\b"
)
_FAR: Final = 400
"""Characters back in which the act that took effect may stand."""
_DEFAULTS: Final = {"charter": "eu-charter", "covenant": "iccpr", "european": "echr"}


def generic_address(context: Context, mention: Generic) -> str | None:
    """The instrument that *loven*, *the Convention* or *that Directive* means at its place."""
    noun = mention.noun
    if noun in ("act", "order") and context.label is not None and _says_this(context, mention):
        return context.own or context.base
    if noun in context.defined and not mention.backward:
        return context.defined[noun]
    if noun == "act" and (amending := _commencing(context, mention)):
        return amending
    before = context.names.before(noun, mention.start)
    if before and _is_near(context, mention, before):
        return before.address
    if noun in ("act", "order"):
        return _the_act(context, noun, before)
    return _the_treaty(context, mention, before)


_COMPLAINT: Final = ("communication", "complaint", "decision adopted", "kommunikation", "klage")


def is_of_complaints(context: Context, mention: Generic, item: Item) -> bool:
    """Whether "under article 22 of the Convention" is said of complaints: only against torture it is so."""
    if mention.noun != "convention" or item.path[0].value != "22" or item.whole != "article":
        return False
    around = context.reading.text[max(0, mention.start - 100) : mention.end + 60]
    return "committee" in around and any(word in around for word in _COMPLAINT)


_COVENANTS: Final = frozenset(("iccpr", "icescr"))


def _is_near(context: Context, mention: Generic, before: Standing) -> bool:
    """Whether the one just named is meant: where a text says so, or in one sentence."""
    if mention.backward:
        return True
    own = own_convention(context) if mention.noun == "convention" else None
    if (
        own not in (None, before.address, *_COVENANTS)
        and context.reading.found.bodies.get(own or "", 0) >= SPEAKING
    ):
        return False
    return not context.breaks(before.end, mention.start)


def _the_treaty(context: Context, mention: Generic, before: Standing | None) -> str | None:
    noun = mention.noun
    own = own_convention(context) if noun == "convention" else None
    if own is not None and own not in _COVENANTS:
        return own
    if before:
        return before.address
    protocol = context.names.before("protocol", mention.start) if noun == "convention" else None
    if protocol and protocol.address.startswith("echr/"):
        return "echr"  # "Protocol 4 of the European Human Rights Convention" names it too
    return (
        context.names.after(noun, mention.end)
        or _DEFAULTS.get(noun)
        or _by_matter(context, noun)
        or _none(noun)
    )


def _none(noun: str) -> str | None:
    """A kind of instrument that nothing in the text names is none that the text names under another kind."""
    return BEYOND if noun in ("regulation", "directive", "convention") else None


def _says_this(context: Context, mention: Generic) -> bool:
    """ "denne lov": in a statute the statute itself."""
    before = context.reading.text[mention.reach : mention.start]
    return before.startswith(("denne ", "this "))


def _commencing(context: Context, mention: Generic) -> str | None:
    """The amending act of "lovens § 7, som trådte i kraft": only its sections take effect apart."""
    text = context.reading.text
    if not _COMMENCES.match(text, mention.end - 1) and not _COMMENCES.match(text, mention.end):
        return None
    before = [named for named in context.named if mention.start - _FAR < named.start < mention.start]
    last = before[-1] if before else None
    apart = last is None or not is_source(last) or "\n" in text[last.end : mention.start]
    return None if apart or last is None else last.addresses[0]


def _the_act(context: Context, noun: str, before: Standing | None) -> str | None:
    if noun == "order":
        return before.address if before else context.own or OUTSIDE
    if context.own and context.label is not None:
        return context.own
    if before:
        return before.address
    return context.base if context.danish_matter else None


_OWN_PROTOCOLS: Final = {
    "iccpr": "iccpr-op1",
    "cedaw": "cedaw-op",
    "crc": "crc-op3",
    "crpd": "crpd-op",
    "cat": "opcat",
}


TRANSFER: Final = (
    "dublin", "tilbagetage", "overtage", "overfør", "ansvarlig for at behandle", "take back", "take charge",
    "responsible for examining", "transfer",
)  # fmt: skip
"""Words of cases about which state is to examine an application."""
_STRASBOURG: Final = (
    "european court",
    "court’s judgment",
    "court's judgment",
    "menneskeret",
    "human rights court",
)


def _by_matter(context: Context, noun: str) -> str | None:
    """On transfers *the Regulation* is Dublin's; to a committee *the Protocol* is its own."""
    has = context.reading.count
    if noun == "regulation":
        return "eu/32013R0604" if any(map(has, TRANSFER)) else None
    if noun == "convention":
        of_court = (has("the court") and has("applicant")) or any(map(has, _STRASBOURG))
        return "echr" if of_court else "refugee-convention" if has("refugee") or has("flygtning") else None
    if noun != "protocol":
        return None
    if has("covenant"):
        return "iccpr-op1"
    return _OWN_PROTOCOLS.get(own_convention(context) or "")


_DEFINED: Final = lazy(
    r" ?[(\[](?:[^()\[\]]{0,30}?)[\"'»“”\x1a]? ?(?:the )?(convention|covenant|charter|regulation|"
    r"directive|protocol|treaty|act|konventionen|forordningen|direktivet|loven|"
    r"chartret|charteret|bekendtgørelsen|protokollen)[\"'«“”\x1a]?[)\]]"
)
_OPENED: Final = (" (", " [", "(", "[")
_NOUNS: Final = {
    "konventionen": "convention", "forordningen": "regulation", "direktivet": "directive",
    "loven": "act", "chartret": "charter",
    "charteret": "charter", "bekendtgørelsen": "order", "protokollen": "protocol",
}  # fmt: skip


def learn_definitions(context: Context) -> None:
    """Note what the text itself says its short names mean."""
    for named in context.named:
        if not context.reading.text.startswith(_OPENED, named.end):
            continue
        if found := _DEFINED.match(context.reading.text, named.end):
            context.defined.setdefault(_NOUNS.get(found[1], found[1]), context.names.chosen(named))
