"""What a store holds as the data set of another library."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def rdflib_dataset(store: ox.Store) -> rdflib.Dataset:
    """Every graph under its name, and the default graph, in rdflib; literals as the store spells them."""
    import rdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    dataset, term = rdflib.Dataset(), _terms()
    graphs: dict[object, rdflib.Graph] = {
        name: dataset.graph(rdflib.URIRef(name.value))
        for name in store.named_graphs()
        if isinstance(name, ox.NamedNode)
    }
    graphs[ox.DefaultGraph()] = dataset.graph(DATASET_DEFAULT_GRAPH_ID)
    for quad in store:
        graphs[quad.graph_name].add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return dataset


def _terms() -> Callable[[Term], Node]:
    """A way to turn a term into rdflib's, which makes each but once."""
    import rdflib

    @cache
    def turned(term: Term) -> Node:
        if isinstance(term, ox.NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, ox.Literal):
            datatype = None if term.language else rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        return rdflib.BNode(str(term)[2:])

    return turned
