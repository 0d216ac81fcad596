"""Proofs in words, Danish and English, one indented line a step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from asylgraf.graph.calendar import FIRST, LAST
from asylgraf.graph.expressions import Has, Within
from asylgraf.graph.law import Fact, Labels, Version
from asylgraf.namespaces import short
from asylgraf.reasoner.assessment import Outcome
from asylgraf.reasoner.case import GREATEST, SMALLEST, Choice, Interval, Value
from asylgraf.reasoner.proof import Proof

OUTCOMES = {
    "en": {
        "holds": "holds",
        "fails": "fails",
        "undetermined": "undetermined",
        "not in force": "not in force",
    },
    "da": {
        "holds": "gælder",
        "fails": "gælder ikke",
        "undetermined": "uafklaret",
        "not in force": "ikke i kraft",
    },
}
TOLD = frozenset({"given", "suppose"})
"""The kinds of step that are told or supposed, and neither hold nor fail."""
_SIGNS: dict[bool | None, str] = {True: "✓", False: "✗", None: "?"}
_MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "da": (
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
}
_WORDS = {
    "en": {
        "version": "{label} applies ({source})",
        "version not": "{label} does not apply ({source})",
        "version open": "whether {label} applies is open ({source})",
        "override": "{label} does not stand in the way ({source})",
        "override not": "{label} stands in the way ({source})",
        "override open": "whether {label} stands in the way is open ({source})",
        "source": "{act}, in force from {start}; {standing}",
        "source itself": "in force from {start}; {standing}",
        "source of practice": "{act}, from {start}; {standing}",
        "not": "{label}: no",
        "not not": "{label}: yes, but it must not be so",
        "not open": "{label}: open, and it must not be so",
        "not all": "not all of these",
        "not all not": "all of these, but it must not be so",
        "not all open": "open whether not all of these",
        "not any": "none of these",
        "not any not": "at least one of these, but it must not be so",
        "not any open": "open whether none of these",
        "not provision": "not covered by {label}",
        "not provision not": "covered by {label}, but it must not be so",
        "not provision open": "open whether not covered by {label}",
        "not start": "{label} had not yet taken effect",
        "not start not": "{label} had taken effect already",
        "not start open": "the first day of {label} is not known exactly",
        "at least": "at least {bound}",
        "at most": "at most {bound}",
        "either": "whatever the answer to “{label}”",
        "suppose": "if “{label}”: yes",
        "suppose not": "if “{label}”: no",
        "suppose number": "if “{label}” is at least {bound}",
        "suppose number not": "if “{label}” is less than {bound}",
        "suppose day": "if “{label}” is {bound} or later",
        "suppose day not": "if “{label}” is before {bound}",
        "axiom": "it follows from “{label}”",
        "either start": "whether or not {label} had taken effect",
        "suppose start": "if {label} had taken effect",
        "suppose start not": "if {label} had not yet taken effect",
        "start": "{label} had taken effect",
        "start not": "{label} had not yet taken effect",
        "start open": "the first day of {label} is not known exactly",
        "all": "all of these",
        "all not": "not all of these",
        "all open": "open whether all of these",
        "any": "at least one of these",
        "any not": "none of these",
        "any open": "open whether at least one of these",
        "every": "it covers every case",
        "none": "it covers no case that day",
        "yes": "yes",
        "no": "no",
        "unknown": "not known",
        "presumed": "presumed, since nobody raised it",
        "from": "from",
        "to": "to",
        "first day": "not before",
        "last day": "not after",
        "or": "or",
        "between": "a day between {first} and {last}",
        "Checked": "checked in the source",
        "Reported": "from a secondary source",
        "Unchecked": "not checked",
    },
    "da": {
        "version": "{label} finder anvendelse ({source})",
        "version not": "{label} finder ikke anvendelse ({source})",
        "version open": "det er uafklaret, om {label} finder anvendelse ({source})",
        "override": "{label} står ikke i vejen ({source})",
        "override not": "{label} står i vejen ({source})",
        "override open": "det er uafklaret, om {label} står i vejen ({source})",
        "source": "{act}, i kraft fra {start}; {standing}",
        "source itself": "i kraft fra {start}; {standing}",
        "source of practice": "{act}, fra {start}; {standing}",
        "not": "{label}: nej",
        "not not": "{label}: ja, men det må ikke være tilfældet",
        "not open": "{label}: uafklaret, og det må ikke være tilfældet",
        "not all": "ikke alle disse",
        "not all not": "alle disse, men det må ikke være tilfældet",
        "not all open": "uafklaret, om ikke alle disse",
        "not any": "ingen af disse",
        "not any not": "mindst én af disse, men det må ikke være tilfældet",
        "not any open": "uafklaret, om ingen af disse",
        "not provision": "ikke omfattet af {label}",
        "not provision not": "omfattet af {label}, men det må ikke være tilfældet",
        "not provision open": "uafklaret, om ikke omfattet af {label}",
        "not start": "{label} var endnu ikke trådt i kraft",
        "not start not": "{label} var allerede trådt i kraft",
        "not start open": "den første dag for {label} kendes ikke præcist",
        "at least": "mindst {bound}",
        "at most": "højst {bound}",
        "either": "uanset svaret på »{label}«",
        "suppose": "hvis »{label}«: ja",
        "suppose not": "hvis »{label}«: nej",
        "suppose number": "hvis »{label}« er mindst {bound}",
        "suppose number not": "hvis »{label}« er mindre end {bound}",
        "suppose day": "hvis »{label}« er {bound} eller senere",
        "suppose day not": "hvis »{label}« er før {bound}",
        "axiom": "det følger af »{label}«",
        "either start": "uanset om {label} var trådt i kraft",
        "suppose start": "hvis {label} var trådt i kraft",
        "suppose start not": "hvis {label} endnu ikke var trådt i kraft",
        "start": "{label} var trådt i kraft",
        "start not": "{label} var endnu ikke trådt i kraft",
        "start open": "den første dag for {label} kendes ikke præcist",
        "all": "alle disse",
        "all not": "ikke alle disse",
        "all open": "uafklaret, om alle disse",
        "any": "mindst én af disse",
        "any not": "ingen af disse",
        "any open": "uafklaret, om mindst én af disse",
        "every": "den omfatter alle sager",
        "none": "den omfatter ingen sager den dag",
        "yes": "ja",
        "no": "nej",
        "unknown": "ikke oplyst",
        "presumed": "formodet, da ingen har rejst det",
        "from": "fra",
        "to": "til",
        "first day": "tidligst",
        "last day": "senest",
        "or": "eller",
        "between": "en dag mellem {first} og {last}",
        "Checked": "kontrolleret i kilden",
        "Reported": "fra en sekundær kilde",
        "Unchecked": "ikke kontrolleret",
    },
}


def text(outcome: Outcome, language: str = "en") -> str:
    """An outcome and its proof, a line a step."""
    title = name(outcome.label, outcome.rule.consequence.iri, language)
    head = f"{title}: {OUTCOMES[language][outcome.outcome]}"
    return "\n".join([head, *lines(outcome.proof, language)])


def lines(proof: Proof, language: str = "en", depth: int = 1) -> Iterator[str]:
    """The steps below a proof, each a line with its sign: ✓ holds, ✗ fails, ? open, • told or supposed."""
    for child in told_once(proof):
        sign = "•" if child.kind in TOLD else _SIGNS[child.value]
        yield f"{'  ' * depth}{sign} {sentence(child, language)}"
        yield from lines(child, language, depth + 1)


def told_once(step: Proof) -> tuple[Proof, ...]:
    """The steps below a step, for readers: none that would only repeat what is said above or below it."""
    is_said = step.kind == "override" or (
        step.kind == "not" and [step.label] == [child.label for child in step.children]
    )
    if is_said:
        (step,) = step.children
    return tuple(_fact_of_that_name(child) for child in step.children)


def _fact_of_that_name(step: Proof) -> Proof:
    """The fact alone, where a condition, or what must not be, is called as it and asks for nothing else."""
    if step.kind not in ("condition", "not") or len(step.children) != 1:
        return step
    child = _fact_of_that_name(step.children[0])
    if child.kind != "fact" or child.label != step.label:
        return step
    if step.kind == "not":
        test = child.test
        if not isinstance(test, Has) or not isinstance(test.value, bool):
            return step
        return child._replace(value=step.value, test=Has(test.fact, value=not test.value))
    return child if child.value == step.value else step


def sentence(step: Proof, language: str = "en") -> str:
    """One step in words."""
    words = _WORDS[language]
    label = name(step.label, step.iri, language) + ("" if step.kind == "suppose" else _bounds(step, language))
    if step.kind in ("fact", "given"):
        return f"{label}: {_given(step, language)}"
    if step.kind in ("consequence", "provision", "condition", "period"):
        return label
    key, bound = step.kind + _about(step), _supposed(step, language)
    told = words.get(key + _ENDINGS[step.value]) or words[key]
    return told.format(label=label, source=_source(step, language), bound=bound)


_ENDINGS: dict[bool | None, str] = {True: "", False: " not", None: " open"}


def _bounds(step: Proof, language: str) -> str:
    """What a number is asked for, in parentheses; conditions on days have names that say so."""
    match step.test:
        case Within(_, minimum, maximum) if not step.of_days:
            ends = (("at least", minimum), ("at most", maximum))
            told = [_WORDS[language][key].format(bound=end) for key, end in ends if end is not None]
            return f" ({', '.join(told)})" if told else ""
    return ""


_MUST_NOT = {
    "all": " all",
    "any": " any",
    "provision": " provision",
    "version": " provision",
    "start": " start",
}
"""The kinds of what must not be that have words of their own."""


def _about(step: Proof) -> str:
    """What is supposed, or what a step says must not be, where that has words of its own."""
    if step.kind in ("either", "suppose") and "#started-" in (step.iri or ""):
        return " start"
    if step.kind == "suppose" and isinstance(step.test, Within):
        return " day" if step.of_days else " number"
    below = step.children[0].kind if step.kind == "not" else ""
    return _MUST_NOT.get(below, "")


def _supposed(step: Proof, language: str) -> str:
    """The number or day that a supposition divides the answers at."""
    if step.kind != "suppose" or not isinstance(step.test, Within) or step.test.minimum is None:
        return ""
    bound = step.test.minimum
    return day_in_words(date.fromordinal(bound), language) if step.of_days else str(bound)


def named(fact: Fact, language: str) -> str:
    """A fact's label, and the name that a case file has for it."""
    return f"{name(fact.label, fact.name, language)} [{fact.name}]"


def name(label: Labels, iri: str | None, language: str) -> str:
    """The label in a language, in the other one, or the address."""
    return label.get(language) or label.get("en") or short(iri or "")


def _source(step: Proof, language: str) -> str:
    """The act that a version comes from, its first day, and how far that was checked."""
    about = step.children[0] if step.kind == "override" else step
    version, words = about.version, _WORDS[language]
    if version is None:
        return ""
    act = name(about.act, version.enacted_by, language)
    standing = words[max(version.standing, version.start.standing).name]
    is_named = act.casefold() in name(about.label, about.iri, language).casefold()
    told = words["source of practice" if version.practice else "source itself" if is_named else "source"]
    return told.format(act=act, start=_start(version, language), standing=standing)


def _start(version: Version, language: str) -> str:
    """The first day, or the days between which it lies."""
    first, last = (day_in_words(day, language) for day in (version.start.earliest, version.start.latest))
    return first if first == last else _WORDS[language]["between"].format(first=first, last=last)


def day_in_words(day: date, language: str) -> str:
    """A day as people write it: `14 November 2014`, `14. november 2014`."""
    dot = "." if language == "da" else ""
    return f"{day.day}{dot} {_MONTHS[language][day.month - 1]} {day.year}"


def _given(step: Proof, language: str) -> str:
    words = _WORDS[language]
    shown = value_in_words(step.given, language)
    if step.presumed:
        return f"{shown} ({words['presumed']})"
    if step.given is None and step.kind == "fact" and step.value is not None:
        return words["yes" if _truth(step) else "no"]
    return shown


def _truth(step: Proof) -> bool:
    """What a fact that follows from others is; a step that asks for its absence holds without it."""
    absent = isinstance(step.test, Has) and step.test.value is False
    return step.value is not absent


def value_in_words(value: Value | None, language: str) -> str:
    """What is known of a fact."""
    words = _WORDS[language]
    if value is None:
        return words["unknown"]
    if isinstance(value, Choice):
        shown = [words["yes" if v else "no"] if isinstance(v, bool) else short(v) for v in value.values]
        return f" {words['or']} ".join(sorted(shown))
    low, high = (_end(end, value, language) for end in (value.lowest, value.highest))
    if value.lowest == value.highest:
        return low or ""
    keys = ("first day", "last day") if value.days else ("from", "to")
    return " ".join(f"{words[key]} {end}" for key, end in zip(keys, (low, high), strict=True) if end)


def _end(end: int, value: Interval, language: str) -> str | None:
    """An end of what is known of a number or a day, or nothing where it is not known."""
    if end in ((FIRST, LAST) if value.days else (SMALLEST, GREATEST)):
        return None
    return day_in_words(date.fromordinal(end), language) if value.days else str(end)
