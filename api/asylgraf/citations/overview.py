"""A text as a whole: its language and matter, the act that it is, what it amends and defines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from asylgraf.citations import generics, matter, voices
from asylgraf.citations.amendments import amended_acts
from asylgraf.citations.contexts import Context
from asylgraf.citations.mentions import Mention, Named, Unknown
from asylgraf.citations.moments import last_year_told
from asylgraf.citations.names import Names
from asylgraf.citations.namesakes import is_foreign
from asylgraf.citations.reading import Reading
from asylgraf.citations.statutes import enabling_clause, own_act


def overview(reading: Reading, base: str, on: date | None) -> Context:
    """What a text that was read shows as a whole, before its provisions are followed one by one."""
    text = reading.text
    mentions = sorted(reading.found.mentions, key=attrgetter("start", "end"))
    if matter.is_elsewhere(text) or _names_only_foreign_acts(reading, mentions):
        mentions = [_foreign(reading, mention) for mention in mentions]
    told = [mention for mention in mentions if isinstance(mention, (Named, Unknown))]
    named = [mention for mention in told if isinstance(mention, Named)]
    shared = any(len(mention.addresses) > 1 for mention in named)
    day = on or (last_year_told(reading) if shared else None)
    context = Context(reading, mentions, named, Names(reading.atlas, told, day), base)
    tongue = matter.language(text)
    context.language = "da" if tongue in ("da", "no", "sv") else "en"
    context.danish_matter = matter.is_danish_matter(text, tongue)
    context.amending = matter.is_amending(text)
    context.amended = amended_acts(context) if context.amending else []
    context.own = own_act(context)
    context.enabled = enabling_clause(context)
    context.called_articles = voices.called_articles(context)
    generics.learn_definitions(context)
    return context


def _names_only_foreign_acts(reading: Reading, mentions: Sequence[Mention]) -> bool:
    """Whether a text names "the Norwegian Aliens Act", and nothing Danish: so are its other acts."""
    written = (reading.text[m.start : m.end] for m in mentions if isinstance(m, Unknown) and not m.treaty)
    foreign = (words for words in written if words.endswith("aliens act"))
    if not any(is_foreign(reading.atlas, words.split(maxsplit=1)[0]) for words in foreign):
        return False
    return not any(map(reading.count, ("danish", "dansk", "udlændinge")))


def _foreign(reading: Reading, mention: Mention) -> Mention:
    """A Danish act by an English name that other states' acts bear too, as the foreign act it is here."""
    english = reading.text.startswith((" act", " code", " law"), mention.end - 4)
    english = english or reading.text.startswith(" order", mention.end - 6)
    if not isinstance(mention, Named) or not english or not mention.addresses[0].startswith("dk/"):
        return mention
    return Unknown(mention.start, mention.end, mention.genitive, mention.reach)
