"""Versions and conditions named as lawyers name them: the provision and the act, Danish or English."""

from __future__ import annotations

from datetime import date

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import NO_LABELS, Labels, Law, Version
from asylgraf.reasoner.sentences import day_in_words, name

LANGUAGES = ("en", "da")
_WORDS = {
    "en": {
        "applies": "{} applies",
        "case": "covered by {}",
        "not": "not: {}",
        "And": " and ",
        "Or": " or ",
        "yes": "yes",
        "no": "no",
        "min": "at least {}",
        "max": "at most {}",
        "first day": "from {}",
        "last day": "until {}",
    },
    "da": {
        "applies": "{} finder anvendelse",
        "case": "omfattet af {}",
        "not": "ikke: {}",
        "And": " og ",
        "Or": " eller ",
        "yes": "ja",
        "no": "nej",
        "min": "mindst {}",
        "max": "højst {}",
        "first day": "fra {}",
        "last day": "til og med {}",
    },
}


def act_name(law: Law, version: Version, language: str) -> str:
    """The act or other source that a version comes from: `Act no. 571 of 18 June 2012`."""
    return name(law.labels.get(version.enacted_by, NO_LABELS), version.enacted_by, language)


def version_name(law: Law, version: Version, language: str) -> str:
    """A provision and the act its wording comes from: `section 11(10) (Act no. 571 of 18 June 2012)`."""
    provision = name(law.labels.get(version.provision, NO_LABELS), version.provision, language)
    return f"{provision} ({act_name(law, version, language)})"


def in_languages(law: Law, version: Version) -> Labels:
    """The name of a version in each language."""
    return {language: version_name(law, version, language) for language in LANGUAGES}


def in_words(day: Consolidation, expression: Expression, language: str) -> str:
    """A condition in a line."""
    words = _WORDS[language]
    match expression:
        case Named(iri):
            base, _, part = iri.partition("#")
            return words.get(part, "{}").format(_label(day, base, language))
        case And(parts) | Or(parts):
            told = [in_words(day, part, language) for part in parts]
            return f"({words[type(expression).__name__].join(told)})"
        case Not(Has(fact, bool(value))):
            return in_words(day, Has(fact, not value), language)
        case Not(part):
            return words["not"].format(in_words(day, part, language))
        case _:
            return _fact_in_words(day, expression, language)


def _fact_in_words(day: Consolidation, test: Has | OneOf | Within, language: str) -> str:
    words, label = _WORDS[language], _label(day, test.fact, language)
    match test:
        case Has(_, bool(value)):
            return f"{label}: {words['yes' if value else 'no']}"
        case Has(_, value):
            return f"{label}: {_label(day, str(value), language)}"
        case OneOf(_, values):
            return f"{label}: {words['Or'].join(_label(day, value, language) for value in values)}"
        case Within(fact, minimum, maximum):
            known = day.law.facts.get(fact)
            is_day = known is not None and known.type == "date"
            ends = (("first day" if is_day else "min", minimum), ("last day" if is_day else "max", maximum))
            told = [
                words[key].format(_end(end, language, is_day=is_day)) for key, end in ends if end is not None
            ]
            return f"{label}: {', '.join(told)}"


def _end(end: int, language: str, *, is_day: bool) -> str:
    return day_in_words(date.fromordinal(end), language) if is_day else str(end)


def _label(day: Consolidation, iri: str, language: str) -> str:
    """The name of a fact, of the period or first day that stands for one, or of anything else."""
    if iri in day.periods:
        return name(day.law.labels.get(day.periods[iri].iri, NO_LABELS), day.periods[iri].iri, language)
    if iri in day.starts:
        return name(day.starts[iri], iri, language)
    known = day.law.facts.get(iri)
    return name(known.label if known else day.law.labels.get(iri, NO_LABELS), iri, language)
