"""Two versions side by side: the words and the conditions that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from asylgraf.graph.history import Stage, standing_at
from asylgraf.graph.law import Version
from asylgraf.reasoner.report import version_json
from asylgraf.service.names import in_order
from asylgraf.service.relations import named_in
from asylgraf.service.things import Things

Words = tuple[tuple[str, bool], ...]
"""Runs of words, and whether the other version has them too."""


@dataclass(frozen=True)
class Pair:
    """An older and a newer version: their words, and the conditions of the one that the other lacks.

    `moved`: the older stood at another address. `replaced`: it stood at this one and said something else.
    """

    before: Version
    after: Version
    old_words: Words
    new_words: Words
    dropped: tuple[str, ...]
    added: tuple[str, ...]
    moved: bool
    replaced: bool


def pairs(things: Things, stages: tuple[Stage, ...], language: str) -> dict[str, tuple[Pair, ...]]:
    """For each version of a history, itself beside what it carries on and beside what stood there before."""
    versions = {v.iri: v for listed in things.law.versions.values() for v in listed}
    return {
        stage.version.iri: tuple(
            _pair(older, stage.version, language, carries_on=older.iri in stage.before)
            for older in _older(things, versions, stage)
        )
        for stage in stages
    }


def amended(things: Things, on_a: date, on_b: date) -> list[dict[str, object]]:
    """The provisions where other versions stand on the one day than on the other; without the cases."""
    law = things.law
    both = ((iri, standing_at(law, iri, on_a), standing_at(law, iri, on_b)) for iri in law.versions)
    return [
        {"provision": iri, "before": [version_json(v) for v in a], "after": [version_json(v) for v in b]}
        for iri, a, b in sorted(both, key=lambda one: in_order(one[0]))
        if a != b
    ]


def _older(things: Things, versions: Mapping[str, Version], stage: Stage) -> Iterator[Version]:
    """What the version carries on, and what stood at its address before if that is something else."""
    yield from (versions[iri] for iri in stage.before if iri in versions)
    siblings = things.law.versions[stage.version.provision]
    place = siblings.index(stage.version)
    if place and siblings[place - 1].iri not in stage.before:
        yield siblings[place - 1]


def _pair(before: Version, after: Version, language: str, *, carries_on: bool) -> Pair:
    old, new = _summary(before, language), _summary(after, language)
    conditions = set(named_in(before.rule)), set(named_in(after.rule))
    old_words, new_words = (
        _words(old.split(), new.split()) if carries_on else (((old, True),), ((new, True),))
    )
    return Pair(
        before=before,
        after=after,
        old_words=old_words,
        new_words=new_words,
        dropped=tuple(sorted(conditions[0] - conditions[1], key=in_order)) if carries_on else (),
        added=tuple(sorted(conditions[1] - conditions[0], key=in_order)) if carries_on else (),
        moved=before.provision != after.provision,
        replaced=not carries_on,
    )


def _summary(version: Version, language: str) -> str:
    return version.summary.get(language) or next(iter(version.summary.values()), "")


def _words(old: list[str], new: list[str]) -> tuple[Words, Words]:
    """The words of two texts in runs, each with whether both have it."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    older = tuple((" ".join(old[a:b]), tag == "equal") for tag, a, b, _, _ in steps if a < b)
    newer = tuple((" ".join(new[c:d]), tag == "equal") for tag, _, _, c, d in steps if c < d)
    return older, newer
