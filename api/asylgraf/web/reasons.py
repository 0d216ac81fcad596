"""A proof as nested lists: each step with its sign, in a sentence; what lies deeper is folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.sentences import sentence, told_once
from asylgraf.web.words import WORDS

_SIGNS: Final = {True: ("✓", "yes"), False: ("✗", "no"), None: ("?", "open")}
_GIVEN: Final = ("•", "given")
_LINKED: Final = frozenset(
    {"version", "provision", "condition", "fact", "given", "axiom", "override", "period"}
)
"""The kinds of step that are about a thing with a page."""


@dataclass(frozen=True)
class Reasons:
    """What writes proofs in a language; `link` writes a link to a thing with a text."""

    language: str
    link: Callable[[str, str], Markup]

    def listed(self, steps: Iterable[Proof], *, whole: bool, depth: int = 0) -> Markup:
        """Steps as a list with what is below them: all of it, or what settles each of them."""
        items = "".join(f"<li>{self._step(step, depth, whole)}</li>" for step in steps)
        return Markup(f'<ul class="proof">{items}</ul>')  # noqa: S704 -- escaped where it is written

    def _step(self, step: Proof, depth: int, whole: bool) -> str:
        words = WORDS[self.language]
        sign, name = _GIVEN if step.kind == "given" else _SIGNS[step.value]
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
