"""A provision, whole: what stood there on a day, who says so, how it came there and where it went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asylgraf.graph.history import Stage, history, standing_at
from asylgraf.graph.law import Version
from asylgraf.namespaces import ONTOLOGY
from asylgraf.reasoner.report import version_json
from asylgraf.service.things import Thing, Things, Voice

Json = dict[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A provision on a day; `parts` are the versions in force below it."""

    thing: Thing
    on: date
    standing: tuple[Version, ...]
    parts: tuple[Version, ...]
    stages: tuple[Stage, ...]
    decided_by: tuple[str, ...]
    appeal_to: tuple[str, ...]
    competence_from: str | None
    practice: tuple[Version, ...]

    @property
    def gone_to(self) -> tuple[str, ...]:
        """The versions elsewhere that carry on what stood here on the day."""
        stood = {version.iri for version in self.standing}
        return tuple(iri for stage in self.stages if stage.version.iri in stood for iri in stage.moved_to)


def is_provision(things: Things, iri: str) -> bool:
    """Whether the law has, or had, rules at the address, or it is typed as a provision."""
    law = things.law
    return iri in law.provisions or iri in law.versions


def dossier(things: Things, iri: str, on: date) -> Dossier:
    """Everything about a provision on a day."""
    law = things.law
    standing = standing_at(law, iri, on)
    decided, appeal = (
        things.inherited(iri, ONTOLOGY + "decidedBy"),
        things.inherited(iri, ONTOLOGY + "appealTo"),
    )
    by_version = (
        [v.decided_by for v in standing if v.decided_by],
        [v.appeal_to for v in standing if v.appeal_to],
    )
    return Dossier(
        thing=things.thing(iri),
        on=on,
        standing=standing,
        parts=tuple(v for part in _below(things, iri) for v in standing_at(law, part, on)),
        stages=history(law, iri, on),
        decided_by=tuple(dict.fromkeys(by_version[0])) or (decided[0] if decided else ()),
        appeal_to=tuple(dict.fromkeys(by_version[1])) or (appeal[0] if appeal else ()),
        competence_from=decided[1] if decided and not by_version[0] and decided[1] != iri else None,
        practice=_practice(things, iri, on),
    )


def _below(things: Things, iri: str) -> Iterator[str]:
    """The parts of a provision and theirs, as people count."""
    for part in things.parts(iri):
        yield part
        yield from _below(things, part)


def _practice(things: Things, iri: str, on: date) -> tuple[Version, ...]:
    """What practice says that day about the provision, what it is part of, and its parts."""
    near = (iri, *things.path(iri), *things.parts(iri))
    about = {version for place in near for version in things.having(place, ONTOLOGY + "references")}
    found = (v for vs in things.law.versions.values() for v in vs if v.practice and v.iri in about)
    return tuple(v for v in found if v in standing_at(things.law, v.provision, on))


def dossier_json(things: Things, found: Dossier) -> Json:
    """The provision as programs read it."""
    return {
        "iri": found.thing.iri,
        "label": dict(things.names.of(found.thing.iri)),
        "on": found.on.isoformat(),
        "inForce": [_version(things, version) for version in found.standing],
        "decidedBy": list(found.decided_by),
        "appealTo": list(found.appeal_to),
        "goneTo": list(found.gone_to),
        "parts": [_version(things, version) for version in found.parts],
        "practice": [_version(things, version) for version in found.practice],
        "history": [_stage(things, stage) for stage in found.stages],
    }


def _version(things: Things, version: Version) -> Json:
    voice = things.voice(version.graph)
    return {
        **version_json(version),
        "kind": version.kind,
        "brings": version.brings,
        "effect": version.effect,
        "value": version.value,
        "overrides": list(version.overrides),
        "says": voice_json(voice),
    }


def _stage(things: Things, stage: Stage) -> Json:
    return {
        **_version(things, stage.version),
        "here": stage.here,
        "inForceOn": stage.in_force,
        "ended": stage.ended.isoformat() if stage.ended else None,
        "continues": list(stage.moved_from),
        "continuedBy": list(stage.moved_to),
    }


def voice_json(voice: Voice) -> Json:
    """Who says what stands in a graph."""
    return {
        "graph": voice.graph,
        "speaker": voice.speaker,
        "standing": voice.standing.removeprefix(ONTOLOGY) if voice.standing else None,
        "recordedOn": voice.recorded_on,
        "sources": list(voice.sources),
    }
