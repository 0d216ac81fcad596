"""Outcomes and proofs as RDF, in the words of PROV-O: what was found, by which steps, from which sources."""

from __future__ import annotations

import json
from datetime import date

import pyoxigraph as ox

from asylgraf.graph.law import Fact
from asylgraf.namespaces import ONTOLOGY, PROV, RDF, XSD, local
from asylgraf.reasoner.assessment import Assessment, Outcome
from asylgraf.reasoner.case import Choice, Value
from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.report import value_json

_RESULTS: dict[bool | None, str] = {True: "Holds", False: "Fails", None: "Undetermined"}


def provenance(found: Assessment, case: str) -> list[ox.Triple]:
    """A case under that address, the examination of it, and every outcome in force with its proof."""
    writer = Writer(found, case)
    writer.write()
    return writer.out


class Writer:
    """Writes what was found of one case; a step that several proofs share is written once."""

    def __init__(self, found: Assessment, case: str) -> None:
        self.out: list[ox.Triple] = []
        self._found = found
        self._case = case
        self._examination = case + "#examination"
        self._steps: dict[tuple[object, ...], str] = {}

    def say(self, subject: str, predicate: str, value: str | ox.Literal) -> None:
        """Add a triple; text stands for an address."""
        end = ox.NamedNode(value) if isinstance(value, str) else value
        self.out.append(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), end))

    def write(self) -> None:
        """The case, the examination and the outcomes."""
        self._examined()
        for iri, value in self._found.case.given.items():
            exact = _exact(self._law[iri], value)
            if exact is not None:
                self.say(self._case, iri, exact)
        for grant in self._found.grants:
            if grant.sure:
                self.say(self._case, ONTOLOGY + "getsPermit", grant.sure)
        for outcome in self._found.outcomes:
            if outcome.outcome != "not in force":
                self._outcome(outcome)

    @property
    def _law(self) -> dict[str, Fact]:
        return {iri: fact for o in self._found.outcomes[:1] for iri, fact in o.prover.law.facts.items()}

    def _examined(self) -> None:
        found, here = self._found, self._examination
        self.say(here, RDF + "type", ONTOLOGY + "Examination")
        self.say(here, PROV + "used", self._case)
        self.say(here, ONTOLOGY + "dayOfDecision", _literal(found.on.isoformat(), "date"))
        self.say(here, ONTOLOGY + "presuming", ox.Literal(found.presume))

    def _outcome(self, outcome: Outcome) -> None:
        consequence, rests_on = outcome.rule.consequence.iri, outcome.rests_on
        here = f"{self._case}#outcome-{local(consequence)}"
        self.say(here, RDF + "type", ONTOLOGY + "Outcome")
        self.say(here, PROV + "wasGeneratedBy", self._examination)
        self.say(here, ONTOLOGY + "ofCase", self._case)
        self.say(here, ONTOLOGY + "ofConsequence", consequence)
        self.say(here, ONTOLOGY + "result", ONTOLOGY + _RESULTS[outcome.value])
        self.say(here, ONTOLOGY + "weakestStanding", ONTOLOGY + rests_on.standing.name)
        for fact in rests_on.presumptions:
            self.say(here, ONTOLOGY + "presumed", fact)
        for step in outcome.proof.children:
            self.say(here, ONTOLOGY + "provedBy", self._step(step))

    def _step(self, step: Proof) -> str:
        """The address of a step, written with those it was derived from."""
        children = tuple(self._step(child) for child in step.children)
        key = (step.kind, step.iri, step.value, step.given, step.test, children)
        if key not in self._steps:
            self._steps[key] = f"{self._case}#step-{len(self._steps) + 1}"
            self._describe(self._steps[key], step)
            for child in children:
                self.say(self._steps[key], PROV + "wasDerivedFrom", child)
        return self._steps[key]

    def _describe(self, here: str, step: Proof) -> None:
        self.say(here, RDF + "type", ONTOLOGY + "ProofStep")
        self.say(here, ONTOLOGY + "stepKind", ox.Literal(step.kind))
        self.say(here, ONTOLOGY + "result", ONTOLOGY + _RESULTS[step.value])
        if step.version:
            self.say(here, ONTOLOGY + "stepAbout", step.version.iri)
            self.say(here, PROV + "hadPrimarySource", step.version.graph)
        elif step.iri:
            self.say(here, ONTOLOGY + "stepAbout", step.iri)
        if step.given is not None:
            written = json.dumps(value_json(step.given), ensure_ascii=False)
            self.say(here, ONTOLOGY + "givenValue", ox.Literal(written))


def _exact(fact: Fact, value: Value) -> str | ox.Literal | None:
    """The value as RDF, where it is known exactly."""
    if isinstance(value, Choice):
        if len(value.values) != 1:
            return None
        (only,) = value.values
        return _literal(str(only).lower(), "boolean") if isinstance(only, bool) else str(only)
    if value.lowest != value.highest:
        return None
    if fact.type == "date":
        return _literal(date.fromordinal(value.lowest).isoformat(), "date")
    return _literal(str(value.lowest), "integer")


def _literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))
