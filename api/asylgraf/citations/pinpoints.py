"""Numbers that are no provisions: paragraphs of judgments, sections of articles, questions of parliament."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.contexts import Context
from asylgraf.citations.mentions import Label, Named, Pointed, Run
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import ARTICLES_DO

_NEAR: Final = 120
_CITED_BEFORE: Final = lazy(
    r"(?:\b(?:ibid|id|op\. ?cit|loc\. ?cit|cit|supra|cited above|19\d\d|20\d\d)\b\.?|(?:\d{4}|[a-z])\]|\],)"
    r",? (?:at |and )?$"
)
_PLACE_BEHIND: Final = lazy(
    r",? (?:below|above|infra|supra|of this (?:article|paper|chapter|report|study|thesis|contribution))\b"
)
_LATTER_BEHIND: Final = lazy(r" of the (?:latter|former)\b")
_NAMED_BY_IT: Final = lazy(r"-spørgsm[åa]l|-[a-zæøå]{2,8}\d")
"""Behind a section that names a question of parliament, or a file: "§ 20-spørgsmål", "§ 29 b-ital20231"."""
_VERB_BEHIND: Final = lazy(rf",? (?:we|(?:then |also |briefly |first )?(?:{ARTICLES_DO}))\b")


def is_no_provision(context: Context, run: Run) -> bool:
    """Whether a run that no instrument stands beside points to something else than a law."""
    text = context.reading.text
    sign, behind = text[run.start], text[run.end : run.end + 2]
    if behind == " o" and _LATTER_BEHIND.match(text, run.end):
        return True
    if sign == "§" and is_pinpoint(context, run):
        return True
    if behind[:1] == "-" and _NAMED_BY_IT.match(text, run.end):
        return True
    if sign == "s" and text.startswith("section", run.start) and _is_of_itself(context, run):
        return True
    return run.items[0].whole is None and not run.danish and not text.startswith("sub", run.start)


def _is_of_itself(context: Context, run: Run) -> bool:
    """Whether "section 3" is one of the article that is being read."""
    text = context.reading.text
    if _PLACE_BEHIND.match(text, run.end):
        return True
    dotted = "." in text[run.start : run.end]
    if not dotted and any(len(item.path) > 1 or not item.path[0].value.isdigit() for item in run.items):
        return False
    return bool(_VERB_BEHIND.match(text, run.end)) or context.reading.counts_its_sections


def is_pinpoint(context: Context, run: Run) -> bool:
    """Whether "§§ 183-193" points into a judgment named just before."""
    before = context.mentions[context.here - 1] if context.here else None
    if run.items[0].whole != "section" or isinstance(before, Label):
        return False
    if isinstance(before, Pointed) and run.start - before.end < _NEAR:
        return not context.breaks(before.end, run.start)
    if context.language != "en":
        return False
    cited = _CITED_BEFORE.search(context.reading.text, max(0, run.start - 24), run.start)
    return cited is not None and not (cited.group().startswith("id") and _follows_act(context))


def _follows_act(context: Context) -> bool:
    """Whether "Id. § 7" stands nearest to a Danish act, and not to a judgment."""
    before = reversed(context.mentions[max(0, context.here - 6) : context.here])
    last = next((mention for mention in before if isinstance(mention, Named | Pointed)), None)
    return isinstance(last, Named) and last.addresses[0].startswith("dk/")
