"""The history of an address: what stood there in order, where it came from, and where it went.

A number can change its content: what stands at an address today may have stood at another before.
`asyl:continues` links a version to the one it carries on from another address; this follows it both ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asylgraf.graph.law import Law, Version, governing


@dataclass(frozen=True)
class Stage:
    """One version in a history.

    `here`: it stands at the address asked for. `ended`: the latest first day of the version that took its
    place for all cases. `before` and `after`: the versions it carries on and those that carry it on;
    `moved_to`: those of the latter that stand at another address.
    """

    version: Version
    here: bool
    in_force: bool
    ended: date | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    moved_to: tuple[str, ...]

    @property
    def moved_from(self) -> tuple[str, ...]:
        """The versions at other addresses that it carries on."""
        return self.version.continues


class Threads:
    """Which version carries on which, over the whole law."""

    def __init__(self, law: Law) -> None:
        self.versions = {v.iri: v for versions in law.versions.values() for v in versions}
        moved = {old for v in self.versions.values() for old in v.continues}
        self.before: dict[str, tuple[str, ...]] = {}
        self.after: dict[str, list[str]] = {}
        for versions in law.versions.values():
            for place, version in enumerate(versions):
                self._link(version, version.continues or _previous(versions[:place], moved))

    def _link(self, version: Version, before: tuple[str, ...]) -> None:
        self.before[version.iri] = before
        for older in before:
            self.after.setdefault(older, []).append(version.iri)

    def through(self, version: str) -> Iterator[str]:
        """The version, all it carries on, and all that carry it on."""
        yield version
        yield from self._follow(version, self.before)
        yield from self._follow(version, self.after)

    def _follow(self, version: str, links: Mapping[str, Sequence[str]]) -> Iterator[str]:
        seen, open_ = {version}, [version]
        while open_:
            for one in links.get(open_.pop(), ()):
                if one in self.versions and one not in seen:
                    seen.add(one)
                    open_.append(one)
                    yield one


def _previous(older: tuple[Version, ...], moved: set[str]) -> tuple[str, ...]:
    """The version before at the same address, unless its content went elsewhere."""
    return (older[-1].iri,) if older and older[-1].iri not in moved and not older[-1].repeal else ()


def history(law: Law, provision: str, on: date) -> tuple[Stage, ...]:
    """Oldest first: every version that stood at the address, and those elsewhere with the same content."""
    threads = Threads(law)
    wanted = {one for v in law.versions.get(provision, ()) for one in threads.through(v.iri)}
    stages = [_stage(law, threads, threads.versions[iri], provision, on) for iri in wanted]
    return tuple(
        sorted(stages, key=lambda s: (s.version.start.latest, s.version.start.earliest, s.version.iri))
    )


def standing_at(law: Law, provision: str, on: date) -> tuple[Version, ...]:
    """The versions that govern, or may govern, some case that day, newest first; repeals are none."""
    return tuple(v for v, _ in governing(law.versions.get(provision, ()), on) if not v.repeal)


def _stage(law: Law, threads: Threads, version: Version, provision: str, on: date) -> Stage:
    siblings = law.versions[version.provision]
    after = tuple(sorted(threads.after.get(version.iri, ())))
    return Stage(
        version=version,
        here=version.provision == provision,
        in_force=version in standing_at(law, version.provision, on),
        ended=_ended(version, siblings),
        before=threads.before[version.iri],
        after=after,
        moved_to=tuple(iri for iri in after if threads.versions[iri].provision != version.provision),
    )


def _ended(version: Version, siblings: tuple[Version, ...]) -> date | None:
    later = siblings[siblings.index(version) + 1 :]
    return next((v.start.latest for v in later if v.scope is None), None)
