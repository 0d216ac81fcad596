"""A proof as a graph: what is used twice stands once."""

from __future__ import annotations

from typing import Any

from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.sentences import sentence

_SIGNS = {True: "yes", False: "no", None: "open"}


def proof_graph(proof: Proof, language: str) -> dict[str, Any]:
    """The steps of a proof as nodes, each with its sentence and value, and arrows to what each rests on."""
    nodes: dict[str, dict[str, str]] = {}
    arrows: dict[tuple[str, str], None] = {}

    def visit(step: Proof) -> str:
        name = f"{step.kind} {step.iri or ''} {sentence(step, language)} {_SIGNS[step.value]}"
        if step.iri is None:  # what joins steps is told apart by what it joins
            name += str([child.iri or sentence(child, language) for child in step.children])
        nodes[name] = {"id": name, "name": sentence(step, language), "value": _SIGNS[step.value]}
        for child in step.children:
            arrows[name, visit(child)] = None
        return name

    visit(proof)
    places = {name: f"p{place}" for place, name in enumerate(nodes)}
    return {
        "nodes": [{**node, "id": places[name]} for name, node in nodes.items()],
        "edges": [{"from": places[a], "to": places[b]} for a, b in arrows],
    }
