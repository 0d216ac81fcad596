"""Questions about a case beyond its outcomes: why, what is missing, what would change it.

Each takes what a caller sent, `{"case": …, "consequence": …}`, and answers in plain values, so that it can
also run in a worker process.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import process

from asylgraf.errors import BadCase, BadDate, WrongValue
from asylgraf.graph import LawGraph, open_graph
from asylgraf.reasoner import (
    Assessment,
    Comparison,
    Outcome,
    assessment_json,
    compare,
    comparison_json,
    fact_json,
    flips,
    flips_json,
    missing,
    missing_json,
    next_question,
    outcome_json,
    proof_json,
    review,
    review_json,
    text,
)
from asylgraf.service.cases import answer, case_of, day_of, json_of, outcome_of
from asylgraf.service.receipts import checked, receipt, verify
from asylgraf.sparql.reply import Written

Json = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A case, assessed, and the consequences asked about."""

    assessment: Assessment
    outcomes: tuple[Outcome, ...]

    def heading(self) -> Json:
        """Under which law it was answered, and on which presumptions."""
        found = self.assessment
        known = found.known.isoformat() if found.known else None
        return {
            "on": found.on.isoformat(),
            "known": known,
            "presume": found.presume,
            "release": found.release,
        }


def about(found: Assessment, consequence: str | None = None) -> Asked:
    """The consequence named, or all that are in force."""
    if consequence is not None:
        return Asked(found, (outcome_of(found, consequence),))
    return Asked(found, tuple(o for o in found.outcomes if o.outcome != "not in force"))


def asked_in(raw: object, *others: str, today: date | None = None, graph: LawGraph | None = None) -> Asked:
    """The case in what a caller sent, assessed; `others` are keys that it may have besides."""
    body = request(raw, "case", "consequence", *others)
    if "case" not in body:
        raise BadCase('The case is missing; expected {"case": {"facts": …, "on": …}}.', where="case")
    found = answer(graph or open_graph(), case_of(body["case"], today))
    named = body.get("consequence")
    return about(found, None if named is None else str(named))


def request(raw: object, *keys: str) -> Mapping[str, object]:
    """What a caller sent, with no keys but these; an unknown one is an error with the nearest."""
    if not isinstance(raw, Mapping):
        raise BadCase(f"Expected an object with {' and '.join(keys[:2])}.", where="body")
    for key in raw:
        if key not in keys:
            near = process.extractOne(str(key), keys)
            raise BadCase(f"“{key}” is no part of this question; did you mean {near[0]}?", where=str(key))
    return raw


def explanation(asked: Asked) -> Json:
    """Each outcome with its proof, as a tree and in Danish and English sentences."""
    return asked.heading() | {"outcomes": [_explained(outcome) for outcome in asked.outcomes]}


def _explained(outcome: Outcome) -> Json:
    words = {language: text(outcome, language) for language in ("en", "da")}
    return outcome_json(outcome) | {"proof": proof_json(outcome.proof), "text": words}


def missing_facts(asked: Asked) -> Json:
    """For each undetermined outcome the minimal sets of facts that can settle it; and what to ask next."""
    undecided = [outcome for outcome in asked.outcomes if outcome.outcome == "undetermined"]
    question = next_question(asked.assessment, undecided)
    return asked.heading() | {
        "outcomes": [missing_json(missing(outcome)) for outcome in undecided],
        "next": fact_json(question) if question else None,
    }


def changes(asked: Asked, *, only_possible: bool = False) -> Json:
    """For each settled outcome the smallest changes that turn it around, each run again as proof."""
    settled = [outcome for outcome in asked.outcomes if outcome.value is not None]
    found = [flips_json(outcome, flips(outcome, only_possible=only_possible)) for outcome in settled]
    return asked.heading() | {"outcomes": found}


def comparison(
    on_a: date, on_b: date, known: date | None = None, graph: LawGraph | None = None
) -> Comparison:
    """What differs between the law of two days."""
    whole = graph or open_graph()
    return compare(whole.consolidated(on_a, known), whole.consolidated(on_b, known))


def explain(raw: object, today: date | None = None, graph: LawGraph | None = None) -> Json:
    """The answer to `POST /assess/explain`."""
    return explanation(asked_in(raw, today=today, graph=graph))


def missing_in(raw: object, today: date | None = None, graph: LawGraph | None = None) -> Json:
    """The answer to `POST /assess/missing`."""
    return missing_facts(asked_in(raw, today=today, graph=graph))


def change(raw: object, today: date | None = None, graph: LawGraph | None = None) -> Json:
    """The answer to `POST /assess/change`; with `onlyPossible`, only what somebody could change."""
    asked = asked_in(raw, "onlyPossible", today=today, graph=graph)
    only_possible = isinstance(raw, Mapping) and raw.get("onlyPossible", False)
    if not isinstance(only_possible, bool):
        raise WrongValue("Whether only what can be changed counts is true or false.", where="onlyPossible")
    return changes(asked, only_possible=only_possible)


def difference(raw: object, graph: LawGraph | None = None) -> Json:
    """The answer to `GET /compare?on_a=…&on_b=…`."""
    body = request(raw, "on_a", "on_b", "known")
    on_a, on_b = (day_asked(body.get(name), name) for name in ("on_a", "on_b"))
    found = comparison(on_a, on_b, day_of(body.get("known"), "known"), graph)
    return comparison_json(found)


def day_asked(raw: object, where: str) -> date:
    """A day that must be given."""
    found = day_of(raw, where)
    if found is None:
        raise BadDate("The day is missing; expected one such as 2014-06-01.", where=where)
    return found


def look_over(raw: object, today: date | None = None, graph: LawGraph | None = None) -> Json:
    """The answer to `GET /review?on=…`: conflicts, rules and conditions of that day that do nothing."""
    body = request(raw, "on", "known")
    on = day_of(body.get("on"), "on") or today
    law = (graph or open_graph()).consolidated(day_asked(on, "on"), day_of(body.get("known"), "known"))
    return review_json(review(law))


def assessed(today: str, body: bytes) -> Written:
    """The answer to `POST /assess`: every outcome of the case that was sent."""
    found = answer(open_graph(), case_of(json_of(body), date.fromisoformat(today)))
    told = json.dumps(assessment_json(found), ensure_ascii=False, separators=(",", ":"))
    return Written("application/json", [told.encode("utf-8", "replace")])


def receipt_of(today: str, body: bytes) -> Json:
    """The answer to `POST /assess/receipt`."""
    return receipt(open_graph(), case_of(json_of(body), date.fromisoformat(today)))


def verified(_: object, body: bytes) -> Json:
    """The answer to `POST /assess/verify`."""
    return verify(open_graph(), checked(json_of(body), "body")).to_json()


def prepare(today: str | None = None) -> None:
    """Read the law, and have that of a day ready, before the first question comes."""
    open_graph().law()
    if today is not None:
        answer(open_graph(), case_of({"facts": {}, "on": today}))
