"""Assessments and proofs in the shapes that files, the web and other programs use."""

from __future__ import annotations

from datetime import date
from typing import Any

from asylgraf.graph.calendar import FIRST, LAST
from asylgraf.graph.law import Fact, Version
from asylgraf.namespaces import local
from asylgraf.reasoner.assessment import Assessment, Grant, Outcome
from asylgraf.reasoner.case import GREATEST, SMALLEST, Choice, Interval, Value
from asylgraf.reasoner.change import Change, Flip
from asylgraf.reasoner.compare import Amended, Comparison, Difference
from asylgraf.reasoner.knowledge import WORDS
from asylgraf.reasoner.missing import Missing, Settling
from asylgraf.reasoner.proof import Proof

Json = dict[str, Any]


def assessment_json(assessment: Assessment) -> Json:
    """The answer to a case: `on`, `known`, `presume`, `release`, `outcomes`, `grants`."""
    return {
        "on": assessment.on.isoformat(),
        "known": assessment.known.isoformat() if assessment.known else None,
        "presume": assessment.presume,
        "release": assessment.release,
        "outcomes": [outcome_json(outcome) for outcome in assessment.outcomes],
        "grants": [_grant(grant) for grant in assessment.grants],
    }


def outcome_json(outcome: Outcome) -> Json:
    """One outcome; `kind` is grants, bars, mayRefuse and so on."""
    rule, rests_on = outcome.rule, outcome.rests_on
    return {
        "kind": kind_name(rule.kind),
        "consequence": rule.consequence.iri,
        "label": dict(outcome.label),
        "provision": rule.provision,
        "versions": [version.iri for version in rule.versions],
        "outcome": outcome.outcome,
        "effect": rule.effect,
        "value": {"duration": rule.value} if rule.value else None,
        "decidedBy": rule.decided_by,
        "appealTo": rule.appeal_to,
        "unsureStarts": list(rule.unsure),
        "restsOn": {
            "assessments": [local(fact) for fact in rests_on.assessments],
            "decisions": [local(fact) for fact in rests_on.decisions],
            "presumptions": [local(fact) for fact in rests_on.presumptions],
            "standing": rests_on.standing.name,
        },
    }


def kind_name(kind: str) -> str:
    """The name of a kind of consequence: asyl:MayRefuse is mayRefuse."""
    name = local(kind)
    return name[:1].lower() + name[1:]


def _grant(grant: Grant) -> Json:
    possible = list(grant.possible)
    return {"family": grant.family, "sure": grant.sure, "possible": possible, "surelyOne": grant.surely_one}


def proof_json(proof: Proof) -> Json:
    """A proof as a tree of steps."""
    step: Json = {
        "kind": proof.kind,
        "value": WORDS[proof.value],
        "iri": proof.iri,
        "label": dict(proof.label),
        "children": [proof_json(child) for child in proof.children],
    }
    if proof.version:
        step["version"] = version_json(proof.version)
    if proof.kind in ("fact", "given"):
        step["given"] = value_json(proof.given)
        step["presumed"] = proof.presumed
    return step


def version_json(version: Version) -> Json:
    """A version of a provision: where it stands, who enacted it, from when, who says so."""
    start = version.start
    return {
        "iri": version.iri,
        "provision": version.provision,
        "enactedBy": version.enacted_by,
        "inForceFrom": start.latest.isoformat() if start.earliest == start.latest else None,
        "inForceNotBefore": start.earliest.isoformat(),
        "inForceNotAfter": start.latest.isoformat(),
        "scope": version.scope,
        "summary": dict(version.summary),
        "standing": version.standing.name,
        "startStanding": start.standing.name,
        "graph": version.graph,
    }


def value_json(value: Value | None) -> object:
    """A value in the shape of a case file."""
    if value is None:
        return None
    if isinstance(value, Choice):
        listed = sorted(v if isinstance(v, bool) else local(v) for v in value.values)
        return listed[0] if len(listed) == 1 else {"in": listed}
    return _interval(value)


def _interval(value: Interval) -> object:
    low, high = (_end(end, value.days) for end in (value.lowest, value.highest))
    return low if value.lowest == value.highest else {"min": low, "max": high}


def _end(end: int, days: bool) -> object:
    if end in ((FIRST, LAST) if days else (SMALLEST, GREATEST)):
        return None
    return date.fromordinal(end).isoformat() if days else end


def missing_json(found: Missing) -> Json:
    """What would settle one outcome: minimal sets of facts, and each fact once with its question."""
    facts = {fact.name: fact for one in found.sets for fact in one.facts}
    return {
        "consequence": found.outcome.rule.consequence.iri,
        "label": dict(found.outcome.label),
        "outcome": found.outcome.outcome,
        "complete": found.complete,
        "sets": [_settling(one) for one in found.sets],
        "facts": {name: fact_json(fact) for name, fact in sorted(facts.items())},
    }


def _settling(one: Settling) -> Json:
    return {
        "facts": [fact.name for fact in one.facts],
        "canHold": one.can_hold,
        "canFail": one.can_fail,
        "decides": round(one.decides, 4),
    }


def flips_json(outcome: Outcome, flips: tuple[Flip, ...]) -> Json:
    """What would turn one outcome around; each flip with the outcome and proof of the changed case."""
    return {
        "consequence": outcome.rule.consequence.iri,
        "label": dict(outcome.label),
        "outcome": outcome.outcome,
        "flips": [_flip(flip) for flip in flips],
    }


def _flip(flip: Flip) -> Json:
    return {
        "possible": flip.possible,
        "changes": [_change(change) for change in flip.changes],
        "outcome": flip.after.outcome,
        "proof": proof_json(flip.after.proof),
    }


def _change(change: Change) -> Json:
    return {
        "fact": change.fact.name,
        "label": dict(change.fact.label),
        "from": value_json(change.before),
        "to": value_json(change.after),
        "possible": change.possible,
        "answeredBy": list(change.fact.answered_by),
    }


def comparison_json(found: Comparison) -> Json:
    """What differs between two days: provisions, and consequences with the cases that show it."""
    before, after = found.before, found.after
    return {
        "onA": before.on.isoformat(),
        "onB": after.on.isoformat(),
        "known": after.known.isoformat() if after.known else None,
        "provisions": [_amended(one) for one in found.provisions],
        "consequences": [_difference(one) for one in found.consequences],
    }


def _amended(one: Amended) -> Json:
    return {
        "provision": one.provision,
        "label": dict(one.label),
        "before": [version_json(version) for version in one.before],
        "after": [version_json(version) for version in one.after],
        "coversOtherCases": one.covers,
        "appliesInOtherCases": one.applies,
    }


def _difference(one: Difference) -> Json:
    return {
        "consequence": one.consequence.iri,
        "label": dict(one.consequence.label),
        "cause": one.cause,
        "before": [version.iri for version in one.before],
        "after": [version.iri for version in one.after],
        "witnesses": [
            {
                "case": {"facts": witness.facts, "presume": "standard"},
                "before": _shown(witness.before),
                "after": _shown(witness.after),
            }
            for witness in one.witnesses
        ],
    }


def _shown(outcome: Outcome) -> Json:
    return {"outcome": outcome.outcome, "proof": proof_json(outcome.proof)}


def fact_json(fact: Fact) -> Json:
    """A fact as `asylgraf facts` and the form show it."""
    return {
        "name": fact.name,
        "iri": fact.iri,
        "type": fact.type,
        "kind": fact.kind,
        "label": dict(fact.label),
        "question": dict(fact.question),
        "definition": dict(fact.definition),
        "values": [local(value) for value in fact.values],
        "answeredBy": list(fact.answered_by),
        "mattersUnder": list(fact.matters_under),
        "allowedBy": list(fact.allowed_by),
        "companion": local(fact.companion) if fact.companion else None,
        "presumedWhenNotRaised": fact.presumption.value if fact.presumption else None,
        "presumptionReason": dict(fact.presumption.reason) if fact.presumption else None,
        "unchangeable": fact.unchangeable,
        "topic": fact.topic,
        "order": fact.order,
    }
