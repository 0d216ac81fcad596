"""HermiT's answers about parts of the law: equal questions are asked once, and kept from run to run."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from tests.referee.parts import Part, part_of

from asylgraf.errors import RefereeFailed
from asylgraf.graph import calendar, expressions, java, owl
from asylgraf.graph.consolidated import Consolidation
from asylgraf.reasoner.case import Choice, Value
from asylgraf.reasoner.referee import Claim, Hermit, canaries, hermit, judgement

Said = frozenset[tuple[str, Value]]
"""What is said of a case: facts, each with the values it may have."""
_CLASS = "urn:asylgraf:said:"
_AT_ONCE = 20
"""How many classes are refuted together."""
KEPT = Path(__file__).parents[2] / ".cache" / "referee"


def folder() -> Path:
    """Where answers are kept of this HermiT, asked by these modules."""
    asking = (calendar, canaries, expressions, hermit, judgement, owl)
    read = [Path(str(module.__file__)).read_bytes() for module in asking]
    sizes = [str(path.stat().st_size) for path in java.hermit()[1:]]
    return KEPT / hashlib.sha256(b"\0".join((*read, "".join(sizes).encode()))).hexdigest()[:16]


class Answers:
    """What HermiT said, by the hash of the part of the law, of what was said of a case, and of the claim."""

    def __init__(self, home: Path | None = None) -> None:
        self._home = home
        self._file: TextIO | None = None
        self._known: dict[str, bool] = {}
        self.asked = 0
        for path in sorted(home.glob("*.txt")) if home else ():
            lines = path.read_text(encoding="ascii").splitlines()
            self._known |= {line[:-2]: line[-1] == "1" for line in lines if len(line) == 34}

    def can_be(self, part: Part, said: Sequence[Said], claim: Claim | None = None) -> list[bool]:
        """Whether there can be a case of which each of these is true, and the claim."""
        keys = [_key(part, one, claim) for one in said]
        new = {key: one for key, one in zip(keys, said, strict=True) if key not in self._known}
        if new:
            self._keep(new, self._heard(part, list(new.values()), claim))
        return [self._known[key] for key in keys]

    def have_cases(self, law: Consolidation, iris: Iterable[str]) -> dict[str, bool]:
        """Whether there can be a case in each class; all that were not asked about before in one reading."""
        keys = {iri: _key(part_of(law, iri), frozenset(), (iri, True)) for iri in iris}
        new = {key: iri for iri, key in keys.items() if key not in self._known}
        if new:
            self.asked += len(new)
            with _reading(part_of(law, *new.values()), {}) as hermit_:
                self._keep(new, [hermit_.can_be((iri, True)) for iri in new.values()])
        return {iri: self._known[key] for iri, key in keys.items()}

    def _heard(self, part: Part, said: list[Said], claim: Claim | None) -> list[bool]:
        self.asked += len(said)
        named = {f"{_CLASS}{number}": dict(one) for number, one in enumerate(said)}
        classes, found = [(iri, True) for iri in named], list[bool]()
        groups = [classes[start : start + _AT_ONCE] for start in range(0, len(classes), _AT_ONCE)]
        while groups:
            try:
                with _reading(part, named) as hermit_:
                    while groups:
                        found += self._together(hermit_, groups[0], claim)
                        del groups[0]
            except RefereeFailed:
                if len(groups[0]) == 1:
                    raise
                groups[:1] = [[one] for one in groups[0]]  # too much at once
        return found

    def _together(self, asked: Hermit, classes: Sequence[Claim], claim: Claim | None) -> list[bool]:
        """Of many at once, where none can be; else one by one."""
        claims = (claim,) if claim else ()
        if claim and len(classes) > 1 and not asked.can_be(claim, one_of=classes):
            return [False] * len(classes)
        return [asked.can_be(*claims, one) for one in classes]

    def _keep(self, new: Iterable[str], found: Iterable[bool]) -> None:
        heard = dict(zip(new, found, strict=True))
        self._known |= heard
        if self._home:
            if self._file is None:
                self._home.mkdir(parents=True, exist_ok=True)
                self._file = (self._home / f"{os.getpid()}.txt").open("a", encoding="ascii")
            self._file.writelines(f"{key} {int(can)}\n" for key, can in heard.items())
            self._file.flush()


@contextmanager
def _reading(part: Part, named: Mapping[str, Mapping[str, Value]]) -> Iterator[Hermit]:
    """HermiT with a part of the law and these classes, once the canaries came out right."""
    found = Hermit(judgement.with_classes(part.law, named))
    canaries.check(found.can_be)
    try:
        yield found
    finally:
        found.close()


def _key(part: Part, said: Said, claim: Claim | None) -> str:
    shown = sorted((fact, _shown(value)) for fact, value in said)
    return hashlib.sha256(repr((part.digest, shown, claim)).encode()).hexdigest()[:32]


def _shown(value: Value) -> str:
    return repr(sorted(map(str, value.values)) if isinstance(value, Choice) else value)
