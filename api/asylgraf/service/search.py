"""Finding things by name: what a person types, in either language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from asylgraf.graph import LawGraph
from asylgraf.namespaces import BASE, ONTOLOGY, OWL, RDF, SKOS
from asylgraf.service.kinds import group_of
from asylgraf.service.names import in_order

MOST = 40
_NAMES = (SKOS + "prefLabel", SKOS + "altLabel", ONTOLOGY + "citedAs", ONTOLOGY + "abbreviation")
_SPACED = re.compile(r"(?<=\d)(?=[a-zæøå]\b)|(?<=§)(?=\S)")

_COUNTED = """
    one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
"""
_TALT = """
    et to tre fire fem seks syv otte ni ti
    elleve tolv tretten fjorten femten seksten sytten atten nitten tyve
"""
_NUMBERS = {word: place for words in (_COUNTED, _TALT) for place, word in enumerate(words.split(), start=1)}
_SPELT = re.compile(rf"(?:(?:section|paragraf|§)\s*)?({'|'.join(_NUMBERS)})(?:\s+([a-zæøå]))?")
_WHOLE = 5
"""How well a name fits that is the very text."""
_FAR: Final = {"Fact": 1, "Condition": 1, "Term": 1, "Factor": 1, "Source": 1, "Graph": 2}
"""How far behind the law itself (provisions, permits, authorities, judgments) come things of other kinds."""
_HALF = 4
"""Letters of the shorter half of a compound."""
_ALIKE = 78
"""How much a name looks like a word, of a hundred, that may be that name misspelt."""


@dataclass(frozen=True)
class Found:
    """A thing, the name it was found by, and what kind of thing it is."""

    iri: str
    name: str
    language: str
    kind: str | None


class Search:
    """Every name in the graph."""

    def __init__(self, graph: LawGraph) -> None:
        self._graph = graph

    def find(self, text: str, language: str) -> list[Found]:
        """The things of that very name, the law, what tells of it, then graphs; each once, nearest first."""
        asked = plain(text)
        scored = sorted(
            ((score, one) for key, one in self._names if (score := _score(asked, key))),
            key=lambda pair: (
                pair[0] < _WHOLE,
                _FAR.get(group_of(pair[1].kind), 0),
                -pair[0],
                pair[1].language != language,
                len(pair[1].name),
                in_order(pair[1].iri),
            ),
        )
        found = [one for _, one in scored] or [
            *self._nearest(asked, fuzz.token_sort_ratio),
            *self._of_halves(asked),
            *self._nearest(asked, fuzz.WRatio),
        ]
        return list({one.iri: one for one in reversed(found)}.values())[::-1][:MOST]

    def exactly(self, text: str) -> list[Found]:
        """The things that have that very name."""
        asked = plain(text)
        return [one for key, one in self._names if key == asked]

    def _of_halves(self, asked: str) -> list[Found]:
        """Names with both halves of a compound, the shortest first: torturrisiko as risiko for tortur."""
        cuts = range(_HALF, len(asked) - _HALF + 1) if " " not in asked else ()
        halves = [(asked[:cut], asked[cut:]) for cut in cuts]
        held = [one for key, one in self._names if any(_has(key, a) and _has(key, b) for a, b in halves)]
        return sorted(held, key=lambda one: (len(one.name), in_order(one.iri)))

    def _nearest(self, asked: str, scorer: Callable[..., float]) -> list[Found]:
        """Names that look alike, for a word that was misspelt; not those that are a small part of it."""
        names = [(key, one) for key, one in self._names if 2 * len(key) > len(asked)]
        keys = [key for key, _ in names]
        near = process.extract(asked, keys, scorer=scorer, limit=10, score_cutoff=_ALIKE)
        return [names[place][1] for _, _, place in near]

    @cached_property
    def _names(self) -> list[tuple[str, Found]]:
        return [(plain(one.name), one) for one in self._all()]

    def _all(self) -> Iterator[Found]:
        for relation in _NAMES:
            for quad in self._graph.store.quads_for_pattern(None, ox.NamedNode(relation), None, None):
                subject, name = quad.subject, quad.object
                if isinstance(subject, ox.NamedNode) and isinstance(name, ox.Literal) and _ours(subject):
                    yield Found(subject.value, name.value, name.language or "", self.kind(subject.value))

    def kind(self, iri: str) -> str | None:
        """What kind of thing it is, in our own words if there are any."""
        quads = self._graph.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(RDF + "type"), None, None)
        kinds = sorted({q.object.value for q in quads if isinstance(q.object, ox.NamedNode)})
        return next((k for k in kinds if not k.startswith(OWL)), kinds[0] if kinds else None)


def plain(text: str) -> str:
    """A name as it is compared: no capitals, “9c” as “9 c”, “§7” as “§ 7”."""
    return " ".join(_SPACED.sub(" ", text.casefold()).replace(",", " ").replace(".", " ").split())


def _has(key: str, beginning: str) -> bool:
    """Whether a word of the name begins so."""
    return f" {beginning}" in f" {key}"


def in_figures(text: str) -> str:
    """A section said in words as it is written: “nine c” is § 9 c; anything else as it stands."""
    said = _SPELT.fullmatch(" ".join(text.casefold().split()))
    return f"§ {_NUMBERS[said[1]]} {said[2] or ''}".strip() if said else text


def _score(asked: str, key: str) -> int:
    """How well a name fits: all of it, its beginning, the beginning of words, anywhere."""
    if key == asked:
        return _WHOLE
    if key.startswith(asked):
        return 4
    words = asked.split()
    if all(f" {word}" in f" {key}" for word in words):
        return 3
    return 2 if all(word in key for word in words) else 0


def _ours(node: ox.NamedNode) -> bool:
    return node.value.startswith(BASE)
