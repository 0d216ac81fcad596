"""Scopes: which instrument a provision belongs to when several could be meant: rules, in order."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from asylgraf.citations.contexts import Asked, Bound, Context, Rule
from asylgraf.citations.generics import TRANSFER
from asylgraf.citations.mentions import Named, Run
from asylgraf.citations.names import BEYOND, OUTSIDE, family
from asylgraf.citations.patterns import lazy
from asylgraf.citations.steps import Item
from asylgraf.citations.voices import REMEMBERED, again, body, strasbourg, voice

# Rules: each looks for an instrument of a family; the first that finds one has fired.

_PARAGRAPH: Final = 700
"""How far back a paragraph may reach."""


def chain(context: Context, asked: Asked) -> str | None:
    """The provision before it in the same sentence."""
    run = asked.run
    for bound in reversed(context.bound):
        same = family(bound.instrument) == asked.kind
        if same and _goes_another_way(context, bound, asked):
            return None
        if _is_parted(context, bound, run) or context.breaks(bound.end, run.start):
            return None
        if same:
            return _main(bound.instrument)
    return None


def _goes_another_way(context: Context, bound: Bound, asked: Asked) -> bool:
    """Whether the next of a chain is told to be of another instrument than the one before it."""
    run, item = asked.run, asked.item
    if _statute_gap(context, bound, run) or own_again(context, run, item):
        return True
    if bound.instrument != "refugee-convention" and is_refugee_definition(item):
        return True
    return bound.end < run.start and _named_between(context, bound.end, run.start, asked.kind)


def thereof(context: Context, asked: Asked) -> str | None:
    """ "Having regard to the Treaty, and in particular Article 78(2) thereof": what the sentence named."""
    text, run = context.reading.text, asked.run
    behind = text.startswith((" thereof", " heri", " heraf"), run.end)
    if not behind and not text.endswith((", særlig ", ", navnlig ", ", and in particular "), 0, run.start):
        return None
    before = context.names.before(asked.kind, asked.run.start)
    return before.address if before and not context.breaks(before.end, asked.run.start) else None


_WITH_PREAMBLE: Final = ("regulation", "directive", "decision")


def preamble(context: Context, asked: Asked) -> str | None:
    """A recital stands before an act of the Union: the last that the text named."""
    if asked.item.whole != "recital":
        return None
    named = (context.names.before(noun, asked.run.start) for noun in _WITH_PREAMBLE)
    last = max((act for act in named if act), key=lambda act: act.end, default=None)
    return last.address if last else None


_WITH_PROTOCOL: Final = frozenset((" and ", " og ", " or ", " eller "))


def with_protocol(context: Context, asked: Asked) -> str | None:
    """ "Article 3 and Protocol 6 of the Convention": an article beside a protocol is its convention's."""
    following = context.mentions[context.here + 1 : context.here + 2]
    if asked.kind != "article" or not following or not isinstance(following[0], Named):
        return None
    between = context.reading.text[asked.run.end : following[0].start]
    protocol = following[0].addresses[0].startswith("echr/p")
    return "echr" if protocol and between in _WITH_PROTOCOL else None


def _main(address: str) -> str:
    """The instrument that goes on where a protocol was cited: its convention."""
    if address == "refugee-protocol":
        return "refugee-convention"
    return "echr" if address.startswith("echr/p") else address


def _is_parted(context: Context, bound: Bound, run: Run) -> bool:
    """Whether an enabling clause, or one that opens amendments, ends between two provisions."""
    clause = _opened(context, run.start)
    if clause is not None and (bound.end < clause[0] or _opens_item(context, bound.end, run.start)):
        return True
    if not context.amending and context.label_at > bound.end:
        return True
    return context.enabled is not None and bound.end < context.enabled < run.start


_ITEM: Final = lazy(r"[.«»] \d{1,3}\. (?:i |efter )?$")


def _opens_item(context: Context, start: int, end: int) -> bool:
    """Whether the next amendment of a list begins right before a place: "2. § 46 e ophæves"."""
    return _ITEM.search(context.reading.text, max(start, end - 14), end) is not None


def _opened(context: Context, place: int) -> tuple[int, str] | None:
    """The clause before a place that says which act is amended."""
    n = bisect_left(context.amended, (place, "")) - 1
    return context.amended[n] if n >= 0 else None


def amended(context: Context, asked: Asked) -> str | None:
    """In an amending act the act that its section amends."""
    clause = _opened(context, asked.run.start) if asked.kind == "danish" else None
    return clause[1] if clause else None


def _named_between(context: Context, start: int, end: int, kind: str) -> bool:
    """Whether another instrument of the family is named between two places."""
    before = context.names.before(kind, end)
    return before is not None and before.start >= start


def _statute_gap(context: Context, bound: Bound, run: Run) -> bool:
    """In a statute a provision far behind a foreign one is the statute's own again."""
    return context.label is not None and bound.instrument != context.own and run.start - bound.end > 25


def own_again(context: Context, run: Run, item: Item) -> bool:
    """In a statute *jf. dog § 3* is the statute's own, whatever stands before."""
    if context.label is None:
        return False
    at = run.base + item.start
    return context.reading.text.endswith(("jf. dog ", "jfr. dog "), max(0, at - 12), at)


def sentence(context: Context, asked: Asked) -> str | None:
    """An instrument named before it in the same sentence."""
    if context.label is not None and asked.kind == "danish":
        return None
    before = context.names.before(asked.kind, asked.run.start)
    if before is None or (asked.kind == "danish" and not context.amending and context.label_at > before.end):
        return None
    return None if context.breaks(before.end, asked.run.start) else _main(before.address)


def statute(context: Context, asked: Asked) -> str | None:
    """The act that the text itself is."""
    if asked.kind != "danish":
        return None
    if context.enabled is not None and asked.run.start > context.enabled:
        return OUTSIDE
    if context.label is None and context.own is not None and context.label_at >= 0:
        return context.own
    return (context.own or context.base) if context.label is not None else None


def of_other_act(context: Context, asked: Asked) -> str | None:
    """In a statute a section that it never had, in a sentence that cites an act which has it."""
    first = asked.item.path[0]
    if context.label is None or asked.kind != "danish" or first.level != "section":
        return None
    last = next((b for b in reversed(context.bound) if family(b.instrument) == "danish"), None)
    own = context.own or context.base
    if own == OUTSIDE and (same := _cited_whole(context, asked) or lettered_before(context, asked)):
        return same
    if last is None or last.instrument == own or context.breaks(last.end, asked.run.start):
        return None
    atlas = context.reading.atlas
    lacks = atlas.has_section(own, first.value)
    known = lacks is False or (lacks is None and not first.value.isdigit())
    return last.instrument if known and atlas.has_section(last.instrument, first.value) else None


def _cited_whole(context: Context, asked: Asked) -> str | None:
    """The one act of which an order that the graph does not know cited the very same provision before."""
    acts = {
        bound.instrument
        for bound in context.bound[-REMEMBERED:]
        if bound.path == asked.item.path and family(bound.instrument) == "danish"
    } - {OUTSIDE}
    return acts.pop() if len(acts) == 1 else None


def shape(context: Context, asked: Asked) -> str | None:
    """Article 1 with a letter from A to F is the Refugee Convention's."""
    if asked.kind != "article" or not is_refugee_definition(asked.item):
        return None
    named = context.names.all(asked.kind)
    of_refugees = "refugee-convention" in named or any(map(context.reading.count, ("refugee", "flygtning")))
    return "refugee-convention" if not named or of_refugees else None


def is_refugee_definition(item: Item) -> bool:
    """Whether an article has the shape of article 1 A to F of the Refugee Convention."""
    first = item.path[0].value
    written = first if first != "1" else "".join(step.value for step in item.path[:2])
    return written in ("1a", "1c", "1d", "1e", "1f")


_THIS_ACT: Final = {
    "this directive": "directive",
    "dette direktiv": "directive",
    "this regulation": "regulation",
    "denne forordning": "regulation",
}
_TITLE_ENDS: Final = 250


def union_text(context: Context, asked: Asked) -> str | None:
    """In the text of an act of the Union the act itself; one that nothing names is none we know."""
    if asked.kind != "article":
        return None
    noun = next((noun for word, noun in _THIS_ACT.items() if context.reading.count(word)), None)
    if noun is None:
        return None
    title = context.names.before(noun, min(_TITLE_ENDS, asked.run.start))
    return title.address if title else None if context.names.all(noun) else BEYOND


def near(context: Context, asked: Asked) -> str | None:
    """The instrument last named in the paragraph."""
    before = context.names.before(asked.kind, asked.run.start)
    if before is None or asked.run.start - before.end > _PARAGRAPH:
        return None
    return None if "\n" in context.reading.text[before.end : asked.run.start] else _main(before.address)


def only(context: Context, asked: Asked) -> str | None:
    """The only instrument of its kind that the text names."""
    named = context.names.all(asked.kind)
    alone = next(iter(named)) if len(named) == 1 else None
    return "echr" if alone is not None and alone.startswith("echr/p") else alone


def last(context: Context, asked: Asked) -> str | None:
    """The instrument last named before it, wherever."""
    before = context.names.before(asked.kind, asked.run.start)
    return _main(before.address) if before else None


def lettered_before(context: Context, asked: Asked) -> str | None:
    """The one Danish act of which the text cited the same lettered section before: few acts have a § 9 c."""
    return None if asked.item.path[0].value.isdigit() else section_before(context, asked)


def section_before(context: Context, asked: Asked) -> str | None:
    """The one Danish act of which the text cited the same section before."""
    first = asked.item.path[0]
    if asked.kind != "danish" or first.level != "section":
        return None
    acts = {
        bound.instrument
        for bound in context.bound[-REMEMBERED:]
        if bound.path[:1] == (first,) and family(bound.instrument) == "danish"
    }
    act = acts.pop() if len(acts) == 1 else None
    return act if act not in (None, OUTSIDE) else None


def base(context: Context, asked: Asked) -> str | None:
    """The act that a section means when nobody says otherwise, in a text about Danish law."""
    return context.base if asked.kind == "danish" and context.danish_matter else None


_DUBLIN: Final = "eu/32013R0604"
_DUBLIN_ARTICLES: Final = frozenset(map(str, range(1, 50))) - frozenset(("2", "3", "4", "8", "13"))
"""Its articles but for those that texts on transfers cite of the European Convention and the Charter."""


def transfers(context: Context, asked: Asked) -> str | None:
    """Before a text on Dublin cases names an instrument, an article whose paragraph speaks of transfers."""
    number, text = asked.item.path[0].value, context.reading.text
    if asked.item.whole != "article" or number not in _DUBLIN_ARTICLES:
        return None
    if context.names.before("article", asked.run.start):
        return None
    begin = text.rfind("\n", 0, asked.run.start) + 1
    end = text.find("\n", asked.run.end)
    paragraph = text[begin : end if end >= 0 else len(text)]
    told = context.reading.count("dublin") and len(paragraph) <= 3 * _PARAGRAPH
    return _DUBLIN if told and any(word in paragraph for word in TRANSFER) else None


def later(context: Context, asked: Asked) -> str | None:
    """The first instrument of its kind named after it."""
    address = context.names.after(asked.kind, asked.run.end)
    return _main(address) if address else None


def called_danish(context: Context, asked: Asked) -> str | None:
    """ "Danish article 7(3)": a section of the act that Danish asylum law is."""
    start = asked.run.start
    danish = context.reading.text.endswith("danish ", max(0, start - 7), start)
    return context.base if danish and asked.kind == "article" else None


def misnamed(context: Context, asked: Asked) -> str | None:
    """ "Article 9C, section 1": a section of a Danish act that the text calls an article."""
    if asked.kind != "article" or not context.danish_matter:
        return None
    sections, value = context.reading.atlas.sections, asked.item.path[0].value
    lettered = not value.isdigit() and value in sections.get(context.base, {})
    written = context.reading.text[asked.run.base + asked.item.start : asked.run.base + asked.item.end]
    sectioned = len(asked.item.path) > 1 and "section" in written
    if lettered or sectioned:
        return context.base
    acts = context.names.all("danish")
    if asked.run.items[0].whole == "section":
        return None  # "§ 7, art. 2": a part of that section, by whatever name
    treaties = context.reading.found.bodies or any(map(context.reading.count, ("convention", "konvention")))
    return next(iter(acts)) if len(acts) == 1 and not treaties else None


RULES: Final[tuple[tuple[str, float, Rule], ...]] = (
    ("beside a protocol", 0.9, with_protocol),
    ("thereof", 0.9, thereof),
    ("called Danish", 0.8, called_danish),
    ("preamble", 0.85, preamble),
    ("chain", 0.93, chain),
    ("amended act", 0.88, amended),
    ("act that has it", 0.85, of_other_act),
    ("statute", 0.9, statute),
    ("shape", 0.88, shape),
    ("act of the Union", 0.85, union_text),
    ("sentence", 0.88, sentence),
    ("voice", 0.85, voice),
    ("cited before", 0.8, again),
    ("transfers", 0.7, transfers),
    ("only", 0.85, only),
    ("section cited before", 0.8, lettered_before),
    ("paragraph", 0.8, near),
    ("body", 0.8, body),
    ("section cited before", 0.75, section_before),
    ("last named", 0.7, last),
    ("base", 0.75, base),
    ("later", 0.65, later),
    ("court cited", 0.65, strasbourg),
    ("misnamed", 0.6, misnamed),
)
"""Name, confidence and rule, in the order in which they are tried."""
_OF_SECTIONS: Final = frozenset((amended, of_other_act, statute, base))
_OF_ARTICLES: Final = frozenset(
    (preamble, with_protocol, called_danish, shape, union_text, voice, again, body, transfers, misnamed)
)
_RULES_OF: Final = {
    "article": tuple(entry for entry in RULES if entry[2] not in _OF_SECTIONS),
    "danish": tuple(entry for entry in RULES if entry[2] not in _OF_ARTICLES),
}
"""The rules that can find an instrument of a family."""


def _is_part_of_the_text(context: Context, run: Run) -> bool:
    """ "(see Section 2)" with a capital: a part of the report that says so, no section of an act."""
    text, whole = context.reading.text, run.items[0].whole == "section" and len(run.items[0].path) == 1
    around = text.endswith("(see ", 0, run.start) and text.startswith((")", " below)", " above)"), run.end)
    return around and whole and context.reading.capital(run.start) and text.startswith("section", run.start)


def instrument_of(context: Context, run: Run, item: Item) -> tuple[str, str, float] | None:
    """The instrument of a provision that names none, with the rule that found it."""
    if _is_part_of_the_text(context, run):
        return OUTSIDE, "own part", 0.8
    asked = Asked(run, item, "article" if item.whole in ("article", "recital") else "danish")
    for name, confidence, rule in _RULES_OF[asked.kind]:
        if (found := rule(context, asked)) and not (rule in _FAR_OFF and _lacks(context, asked, found)):
            return found, name, confidence
    return None


_FAR_OFF: Final = frozenset((only, near, last, later))


def _lacks(context: Context, asked: Asked, act: str) -> bool:
    """Whether a lettered section is not known of an act named elsewhere, but of the act that is usual."""
    value, atlas = asked.item.path[0].value, context.reading.atlas
    if asked.kind != "danish" or value.isdigit() or act == context.base or not context.danish_matter:
        return False
    return atlas.has_section(context.base, value) is True and atlas.has_section(act, value) is not True
