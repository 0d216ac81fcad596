"""A proof as nested lists: each step with its sign, in a sentence; what lies deeper is folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.sentences import TOLD, sentence, told_once
from asylgraf.web.words import WORDS

_SIGNS: Final = {True: ("✓", "yes"), False: ("✗", "no"), None: ("?", "open")}
_GIVEN: Final = ("•", "given")
_LINKED: Final = frozenset(
    {"version", "provision", "condition", "fact", "given", "axiom", "override", "period"}
)
"""The kinds of step that are about a thing with a page."""
_MANY: Final = 3
"""From how many on provisions that do not stand in the way are told in one line."""


@dataclass(frozen=True)
class Reasons:
    """What writes proofs in a language; `link` writes a link to a thing with a text."""

    language: str
    link: Callable[[str, str], Markup]

    def listed(self, steps: Iterable[Proof], *, whole: bool, depth: int = 0) -> Markup:
        """Steps as a list with what is below them: all of it, or what settles each of them."""
        shown, idle = list(steps), []
        if len(found := [step for step in shown if step.kind == "override" and step.value]) >= _MANY:
            shown, idle = [step for step in shown if step not in found], found
        items = "".join(f"<li>{self._step(step, depth, whole)}</li>" for step in shown)
        items += f"<li>{self._idle(idle, depth)}</li>" if idle else ""
        return Markup(f'<ul class="proof">{items}</ul>')  # noqa: S704 -- escaped where it is written

    def _idle(self, overrides: Sequence[Proof], depth: int) -> str:
        """The provisions that could stand in the way and do not, in one line."""
        (sign, name), words = _SIGNS[True], WORDS[self.language]
        items = "".join(f"<li>{self._step(step, max(depth, 1), True)}</li>" for step in overrides)
        told = words["nothing_in_the_way"].format(len(overrides))
        return (
            f'<span class="sign {name}" aria-hidden="true">{sign}</span> {told}'
            f'<details><summary class="more">{words["which"]}</summary>'
            f'<ul class="proof">{items}</ul></details>'
        )

    def _step(self, step: Proof, depth: int, whole: bool) -> str:
        words = WORDS[self.language]
        sign, name = _GIVEN if step.kind in TOLD else _SIGNS[step.value]
        said = sentence(step, self.language)
        told = (
            self.link(step.iri.partition("#")[0], said) if step.iri and step.kind in _LINKED else escape(said)
        )
        presumed = f' <span class="presumed">{words["presumption"]}</span>' if step.presumed else ""
        below = self._below(step, depth, whole) if step.children and (whole or depth < 1) else ""
        return f'<span class="sign {name}" aria-hidden="true">{sign}</span> {told}{presumed}{below}'

    def _below(self, step: Proof, depth: int, whole: bool) -> str:
        if depth < 1:
            return self.listed(told_once(step) if whole else decisive(step), whole=whole, depth=1)
        why, inner = WORDS[self.language]["why"], self.listed(told_once(step), whole=True, depth=depth + 1)
        return f'<details><summary class="more">{why}</summary>{inner}</details>'


def decisive(step: Proof) -> tuple[Proof, ...]:
    """The parts of a step that settle it, or leave it open: those that came out as it did."""
    parts = told_once(step)
    return tuple(part for part in parts if part.value == step.value) or parts
