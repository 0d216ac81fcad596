"""What a review of the law found, in the shape that programs use and with the names that readers know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import Version
from asylgraf.namespaces import local, short
from asylgraf.reasoner.naming import LANGUAGES, in_languages, in_words
from asylgraf.reasoner.review import Idle, Review


def review_json(found: Review) -> dict[str, Any]:
    """What was found when the law of a day was looked over; `names` has the name of each version told."""
    return {
        "on": found.law.on.isoformat(),
        "known": found.law.known.isoformat() if found.law.known else None,
        "conflicts": [{"versions": [c.one.iri, c.other.iri], "facts": c.facts} for c in found.conflicts],
        "never": [version.iri for version in found.never],
        "implied": [{"version": one.version.iri, "by": one.by.iri} for one in found.implied],
        "idle": [_idle(found.law, one) for one in found.idle],
        "names": {version.iri: in_languages(found.law.law, version) for version in _versions(found)},
    }


def _idle(law: Consolidation, one: Idle) -> dict[str, Any]:
    """A condition as OWL writes it, and in words; the same of what says as much, if one condition does."""
    since = None if one.since is None else _condition(law, one.since)
    return {"version": one.version.iri, **_condition(law, one.condition), "since": since}


def _condition(law: Consolidation, expression: Expression) -> dict[str, Any]:
    words = {language: in_words(law, expression, language) for language in LANGUAGES}
    return {"condition": wording(expression), "inWords": words}


def _versions(found: Review) -> Iterator[Version]:
    """Every version that something was found about."""
    yield from (version for one in found.conflicts for version in (one.one, one.other))
    yield from found.never
    yield from (version for one in found.implied for version in (one.version, one.by))
    yield from (one.version for one in found.idle)


def wording(expression: Expression) -> str:
    """An expression in a line, in OWL's Manchester syntax with local names."""
    match expression:
        case Named(iri):
            return short(iri)
        case And(parts) | Or(parts):
            word = " and " if isinstance(expression, And) else " or "
            return f"({word.join(map(wording, parts))})"
        case Not(part):
            return f"not {wording(part)}"
        case Has(fact, value):
            return f"{local(fact)} value {str(value).lower() if isinstance(value, bool) else local(value)}"
        case OneOf(fact, values):
            return f"{local(fact)} some {{{', '.join(map(local, values))}}}"
        case Within(fact, minimum, maximum):
            ends = ((">=", minimum), ("<=", maximum))
            return (
                f"{local(fact)} some [{', '.join(f'{sign} {end}' for sign, end in ends if end is not None)}]"
            )
