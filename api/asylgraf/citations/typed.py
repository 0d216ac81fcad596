"""A single citation as a person types it."""

from __future__ import annotations

from datetime import date
from typing import Final

from asylgraf.citations.addresses import Cited, meaning, provision
from asylgraf.citations.atlas import ALIENS_ACT, Atlas, shipped_atlas
from asylgraf.citations.bases import base_of
from asylgraf.citations.cases import judgment_meaning
from asylgraf.citations.find import find
from asylgraf.citations.fold import fold, fold_name
from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Citation, Meaning, Status, UnknownCitation
from asylgraf.citations.resolve import resolve as resolve_found
from asylgraf.citations.shapes import parse_run
from asylgraf.citations.steps import Path

_BARE: Final = lazy(r"\d{1,3} ?[a-zæøå]?(?:[ ,.(].*)?")
_OFTEN_CITED: Final = ("echr", "refugee-convention", "eu-charter", "cat", "crc", "iccpr")
_ARTICLE: Final = lazy(r"art(?:icle|ikel|\.)? ?(?=\d)")


def resolve(
    citation: str, *, on: date | None = None, base: str = ALIENS_ACT, atlas: Atlas | None = None
) -> list[Citation] | UnknownCitation:
    """What a citation as typed means, on a day if one is given; a list of several provisions gives each.

    `base` is the act of a section that names none: "§ 7, stk. 3" and "9 c" are the Aliens Act's.
    """
    atlas = atlas or shipped_atlas()
    base = base_of(atlas, base)
    written = citation.strip()
    folded = fold(written)
    found = [
        c
        for c in resolve_found(find(folded, atlas), folded, atlas, base=base, on=on)
        if c.iri or c.meaning.candidates or c.meaning.identifiers
    ]
    if found and found[0].iri is not None:
        return found
    bare = _bare(written, folded.text, on, base, atlas) or found or _party(written, atlas)
    return bare or UnknownCitation(citation)


def _party(written: str, atlas: Atlas) -> list[Citation]:
    """ "Jawo": a judgment by one party; of several that are named so, each may be meant."""
    judgments = atlas.by_short_name(fold_name(written))
    if not judgments:
        return []
    if len(judgments) == 1:
        found = judgment_meaning(judgments[0], "typed", 0.8)
    else:
        candidates = tuple(judgment.address for judgment in judgments)
        found = Meaning(None, Status.AMBIGUOUS, "typed", 0.3, candidates=candidates)
    return [Citation(0, len(written), written, found)]


def _bare(written: str, text: str, on: date | None, base: str, atlas: Atlas) -> list[Citation]:
    """ "9b", "7(3)" and "art. 7(3)": a section of the base act without its sign."""
    plain = _ARTICLE.sub("", text.removesuffix(":"), count=1)
    if not _BARE.fullmatch(plain):
        return []
    items = parse_run("§ " + plain, "da")
    if not items or items[-1].end < len(plain.split(":")[0].rstrip(" .")):
        return []
    if plain != text and len(items[0].path) == 1 and items[0].path[0].value.isdigit():
        return [_any_article(written, items[0].path, base, atlas)]
    return [
        Citation(
            0, len(written), written, meaning(atlas, Cited(base, item.path, "typed", 0.7, item.until), on)
        )
        for item in items
    ]


def _any_article(written: str, path: Path, base: str, atlas: Atlas) -> Citation:
    """ "art. 3" alone: every instrument has one."""
    candidates = tuple(provision(atlas, instrument, path) for instrument in (base, *_OFTEN_CITED))
    return Citation(
        0, len(written), written, Meaning(None, Status.AMBIGUOUS, "typed", 0.2, candidates=candidates)
    )
