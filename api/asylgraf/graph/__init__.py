"""Ontology and knowledge base as one graph, and the law of a day made from it."""

from asylgraf.graph.consolidated import Consolidation, consolidated
from asylgraf.graph.dataset import Dataset
from asylgraf.graph.lawgraph import LawGraph, keep_beside, kept_beside, open_graph

__all__ = ["Consolidation", "Dataset", "LawGraph", "consolidated", "keep_beside", "kept_beside", "open_graph"]
