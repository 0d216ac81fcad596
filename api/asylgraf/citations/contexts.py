"""What is known of a text while its provisions are read, and what a provision asks of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from asylgraf.citations.atlas import ALIENS_ACT
from asylgraf.citations.mentions import Mention, Named, Run
from asylgraf.citations.names import Names
from asylgraf.citations.reading import Reading
from asylgraf.citations.steps import Item, Path


@dataclass(slots=True)
class Bound:
    """A provision that found its instrument."""

    instrument: str
    path: Path
    start: int
    end: int
    danish: bool


@dataclass(slots=True)
class Context:
    """What is known of a text while its provisions are read in order."""

    reading: Reading
    mentions: Sequence[Mention]
    named: Sequence[Named]
    """Those of the mentions that are instruments by name or number."""
    names: Names
    base: str = ALIENS_ACT
    here: int = 0
    """Index of the mention being read."""
    bound: list[Bound] = field(default_factory=list)
    defined: dict[str, str] = field(default_factory=dict)
    """Instruments by the noun a text gave them: "the Convention" as defined."""
    own: str | None = None
    """The act that the text itself is."""
    label: str | None = None
    """The section whose text is being read."""
    part: str | None = None
    """The subsection whose text is being read, where it has a label of its own."""
    label_at: int = -1
    """Where the last label of the text stands."""
    enabled: int | None = None
    """Where an order's enabling clause ends: behind it sections are the order's own."""
    amended: list[tuple[int, str]] = field(default_factory=list)
    """Where "I udlændingeloven foretages følgende ændringer" stands, and which act it opens."""
    headed: str | None = None
    """The section whose translation is being read."""
    danish_matter: bool = False
    language: str = "da"
    amending: bool = False
    """Whether the text amends acts: its labels are not those of the act it quotes."""
    called_articles: frozenset[Path] = frozenset()
    """Sections of Danish acts that the text calls articles, as far as it names their act beside them."""

    def breaks(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two places."""
        return end - start > 400 or self.reading.sentence_break(start, end)


@dataclass(slots=True)
class Asked:
    """A provision that looks for its instrument, and the family in which to look."""

    run: Run
    item: Item
    kind: str


Rule = Callable[[Context, Asked], str | None]
