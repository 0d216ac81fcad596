"""The graph a user opens: everything loaded, the law of any day, and the history of any provision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

import pyoxigraph as ox

from asylgraf.errors import DataError
from asylgraf.graph.consolidated import Consolidation, consolidate
from asylgraf.graph.dataset import Dataset, records_of
from asylgraf.graph.files import load
from asylgraf.graph.law import Law
from asylgraf.graph.places import Places, focus
from asylgraf.graph.reading import read_law
from asylgraf.graph.snapshots import build_snapshot, named_graphs
from asylgraf.resources import shipped_files


class LawGraph(Dataset):
    """The ontology and the knowledge base, with what follows from them."""

    @cached_property
    def store(self) -> ox.Store:
        """Every visible graph under its name, nothing in the default graph."""
        return named_graphs(self)

    def law(self, known: date | None = None) -> Law:
        """The law of every day, as recorded by `known`."""
        visible = self.visible(known)
        if visible not in self._laws:
            with self._placed():
                self._laws[visible] = read_law(self, known)
        return self._laws[visible]

    @contextmanager
    def _placed(self) -> Iterator[None]:
        """Mistakes in the law are told with the file and line of the thing that is wrong."""
        try:
            yield
        except DataError as mistake:
            mistake.place = Places(self).of(focus(mistake))
            raise

    @cached_property
    def _laws(self) -> dict[frozenset[str], Law]:
        return {}

    def consolidated(self, on: date, known: date | None = None, *, practice: bool = True) -> Consolidation:
        """The law of the day `on`, as recorded by `known`; kept for the next question about the same day."""
        return self._of_day(on, known, practice)

    @cached_property
    def _of_day(self) -> Callable[[date, date | None, bool], Consolidation]:
        @lru_cache(maxsize=128)
        def made(on: date, known: date | None, practice: bool) -> Consolidation:
            law = self.law(known)
            with self._placed():
                return consolidate(law, on, known, self.digest, practice=practice)

        return made

    def change_dates(self, known: date | None = None) -> tuple[date, ...]:
        """Every day on which some version starts, or may start."""
        starts = [v.start for vs in self.law(known).versions.values() for v in vs]
        return tuple(sorted({day for start in starts for day in (start.earliest, start.latest)}))

    def snapshot(self, on: date, known: date | None = None, more: Iterable[ox.Quad] = ()) -> ox.Store:
        """The graph to query on a day: all graphs merged as default graph, and what is in force that day.

        `more` stands in it too: what was derived elsewhere, each quad in its graph.
        """
        return build_snapshot(self, self.law(known), on, known, more)


_BESIDE: list[Path] = []


def keep_beside(files: Sequence[Path]) -> None:
    """Have these files beside the shipped ones wherever this process opens the graph."""
    _BESIDE[:] = [file.absolute() for file in files]
    _shipped.cache_clear()


def kept_beside() -> tuple[Path, ...]:
    """The files that stand beside the shipped ones in this process."""
    return tuple(_BESIDE)


def open_graph(extra: Sequence[Path] = (), files: Sequence[Path] | None = None) -> LawGraph:
    """The shipped graph, with further files beside it when given; or exactly the files named."""
    further = [file for file in extra if file.absolute() not in _BESIDE]
    if files is None and not further:
        return _shipped()
    loaded = load((*((*shipped_files(), *_BESIDE) if files is None else files), *further))
    return LawGraph(loaded, records_of(loaded))


@cache
def _shipped() -> LawGraph:
    loaded = load((*shipped_files(), *_BESIDE))
    return LawGraph(loaded, records_of(loaded))
