"""HermiT with an ontology loaded, asked whether there can be such a case."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pyoxigraph as ox

from asylgraf.errors import RefereeFailed
from asylgraf.graph.java import packages
from asylgraf.graph.owl import serialize

Claim = tuple[str, bool]
"""The address of a class, and whether a case is said to be in it or outside."""
JavaObject = Any
"""An object of the OWL API, which is not typed."""
_LOOK_EVERY = 1.0
"""Seconds between two looks at how much of a processor a question has taken."""


class Hermit:
    """HermiT and what it was given to read; whatever it does not answer is an error.

    A question may take so many `seconds` of a processor, however long it waits for one.
    """

    def __init__(self, triples: Iterable[ox.Triple], seconds: float = 120) -> None:
        import jpype

        java = packages()
        self._api, self._stopped = java.owlapi, jpype.JException
        manager = self._api.apibinding.OWLManager.createOWLOntologyManager()
        self._factory = manager.getOWLDataFactory()
        self._list = jpype.JArray(self._api.model.OWLClassExpression)
        self._classes: dict[Claim, JavaObject] = {}
        settings = java.HermiT.Configuration()
        self._limit, self._asked_at, self._closed = seconds, float("inf"), Event()
        try:
            text = self._api.io.StringDocumentSource(serialize(triples).decode())
            ontology = manager.loadOntologyFromOntologyDocument(text)
            self._reasoner = java.HermiT.Reasoner(settings, ontology)
        except jpype.JException as stopped:
            raise RefereeFailed(f"HermiT cannot read the ontology: {str(stopped)[:400]}") from None
        Thread(target=self._watch, daemon=True).start()

    def can_be(self, *together: Claim, one_of: Iterable[Claim] = ()) -> bool:
        """Whether some case answers to all claims, and to one of the others when there are any."""
        parts = [self._class(claim) for claim in together]
        others = [self._class(claim) for claim in one_of]
        if others:
            parts.append(self._joined(self._factory.getOWLObjectUnionOf, others))
        whole = self._joined(self._factory.getOWLObjectIntersectionOf, parts)
        try:
            with self._timed():
                return bool(self._reasoner.isSatisfiable(whole))
        except self._stopped as stopped:
            raise RefereeFailed(f"HermiT stopped: {str(stopped)[:400]}") from None

    def close(self) -> None:
        """Give back what the ontology takes of the Java machine's memory."""
        self._closed.set()
        self._reasoner.dispose()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        self._asked_at = time.process_time()
        yield
        self._asked_at = float("inf")

    def _watch(self) -> None:
        """Interrupt a question that takes too much: the clock on the wall would count what others take."""
        while not self._closed.wait(_LOOK_EVERY):
            if time.process_time() - self._asked_at > self._limit:
                self._reasoner.interrupt()

    def _class(self, claim: Claim) -> JavaObject:
        found = self._classes.get(claim)
        if found is None:
            iri, inside = claim
            named = self._factory.getOWLClass(self._api.model.IRI.create(iri))
            found = named if inside else self._factory.getOWLObjectComplementOf(named)
            self._classes[claim] = found
        return found

    def _joined(self, join: JavaObject, parts: list[JavaObject]) -> JavaObject:
        return join(self._list(parts)) if len(parts) > 1 else parts[0]
