"""A step of a check run in a process of its own, beside the steps that this process runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from asylgraf.graph.check.findings import Finding
from asylgraf.graph.lawgraph import LawGraph

Run = Callable[[LawGraph], Iterator[Finding]]


@contextmanager
def beside(run: Run, graph: LawGraph) -> Iterator[Run]:
    """Begin a step now; what is given back waits for what it finds, and runs it here where the other died.

    The process is forked, so that it has all this one has put together of the graph.
    """
    if not hasattr(os, "fork"):
        yield run
        return
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(run, graph, writer), daemon=True)
    process.start()
    writer.close()
    try:
        yield lambda graph: _told(run, graph, reader)
    finally:
        process.terminate()
        process.join()
        reader.close()


def _tell(run: Run, graph: LawGraph, writer: Connection) -> None:
    writer.send(list(run(graph)))


def _told(run: Run, graph: LawGraph, reader: Connection) -> Iterator[Finding]:
    try:
        found: list[Finding] = reader.recv()
    except EOFError:
        return run(graph)
    return iter(found)
