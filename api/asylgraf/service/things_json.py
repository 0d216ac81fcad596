"""A thing as JSON: its statements with who makes them, and what is said of it."""

from __future__ import annotations

from typing import Any

from asylgraf.graph.expressions import And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.service.dossier import voice_json
from asylgraf.service.things import Group, Thing, Things, Value

Json = dict[str, Any]


def thing_json(things: Things, thing: Thing) -> Json:
    """Everything the graph says of one address."""
    return {
        "iri": thing.iri,
        "label": dict(things.names.of(thing.iri)),
        "kinds": list(thing.kinds),
        "partOf": list(thing.path),
        "statements": [_group(things, group) for group in thing.says],
        "saidOf": [_group(things, group) for group in thing.said_of],
        "whoSaysSo": {voice.graph: voice_json(voice) for voice in thing.voices},
    }


def _group(things: Things, group: Group) -> Json:
    return {
        "relation": group.relation,
        "label": dict(things.names.of(group.relation)),
        "count": group.count,
        "values": [_value(things, value) for value in group.values],
    }


def _value(things: Things, value: Value) -> Json:
    found: Json = {"graphs": list(value.graphs)}
    if value.iri:
        return {"iri": value.iri, "label": dict(things.names.of(value.iri)), **found}
    if value.expression:
        return {"expression": expression_json(value.expression), **found}
    return {"text": value.text, "language": value.language, "datatype": value.datatype, **found}


def expression_json(expression: Expression) -> Json:
    """A class of cases as a tree."""
    match expression:
        case Named(iri):
            return {"named": iri}
        case Not(part):
            return {"not": expression_json(part)}
        case Has(fact, value):
            return {"fact": fact, "value": value}
        case OneOf(fact, values):
            return {"fact": fact, "oneOf": list(values)}
        case Within(fact, minimum, maximum):
            return {"fact": fact, "min": minimum, "max": maximum}
        case And(parts) | Or(parts):
            kind = "all" if isinstance(expression, And) else "any"
            return {kind: [expression_json(part) for part in parts]}
