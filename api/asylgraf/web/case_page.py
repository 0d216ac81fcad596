"""The page of a case: the form, and what follows from what it says.

A case is assessed, and its page filled, in a worker and under the limits of all questions; the form alone is
filled where it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import HTMLResponse

from asylgraf.errors import AsylgrafError
from asylgraf.graph.law import Fact
from asylgraf.namespaces import local
from asylgraf.reasoner import Assessment, Outcome
from asylgraf.reasoner.sentences import told_once
from asylgraf.service import reasoning
from asylgraf.service.cases import CaseFile, answer, case_of, day_of
from asylgraf.service.examples import Example, example, examples
from asylgraf.service.proofs import proof_graph
from asylgraf.service.topics import topics
from asylgraf.sparql.reply import Written
from asylgraf.web.form import PREFIX, case_from, fields_from
from asylgraf.web.reasons import Reasons, decisive
from asylgraf.web.settings import Settings
from asylgraf.web.site import Site
from asylgraf.web.view import View

ORDER = ("holds", "undetermined", "fails", "not in force")
QUESTIONS = {"missing": reasoning.missing_in, "change": reasoning.change, "why": None}
"""What the buttons of a result ask, and what answers; the proof is at hand already."""
_MOST_QUESTIONS = 5000
_LONG = 12
"""The steps of a proof that is shown whole only when asked for."""


@dataclass(frozen=True)
class Shown:
    """What the page shows beside the form."""

    found: Assessment | None = None
    other: Assessment | None = None
    asked: dict[str, Any] | None = None
    example: Example | None = None
    mistake: AsylgrafError | None = None


def prepare(today: str | None = None) -> None:
    """Read the law and fill a page in each language before the first case comes.

    A worker that is new has what was read and written here, and need not do it again.
    """
    reasoning.prepare(today)
    day, story = date.fromisoformat(today or "2026-01-01"), next(iter(examples().values())).name
    for language, kept in (("en", {}), ("en", {"lang": "en"}), ("da", {"lang": "da"})):
        view = View("/assess", language, day, None, None, kept)
        filled(_site(), view, {}, Shown())
        of_example({"view": view.to_json(), "example": story})


@cache
def _site() -> Site:
    return Site(Settings())


def of_form(told: Mapping[str, Any]) -> Written:
    """The page for a posted form: its case assessed, and what its buttons ask.

    Who only turns to the other language, with nothing answered yet, gets the form.
    """
    view, fields = View.from_json(told["view"]), told["fields"]
    story = example(told["example"]) if told["example"] else None
    if "turn" in fields and not any(value for name, value in fields.items() if name.startswith(PREFIX)):
        return _written(filled(_site(), view, fields, Shown(example=story)))
    case = case_of(case_from(_site().things(view.known).law, fields), view.today)
    found = answer(_site().graph, case)
    other, asked = _on_another_day(case, fields.get("also")), _asked(case, fields.get("ask"))
    shown = Shown(found, other, asked, story)
    return _written(filled(_site(), view, fields, shown, told["part"]))


def of_example(told: Mapping[str, Any]) -> Written:
    """The page of an example case, assessed on the day of the view."""
    view, shown = View.from_json(told["view"]), example(told["example"])
    case = shown.case(view.on)
    fields = {**fields_from(case.facts), "decided": case.on.isoformat(), "presume": case.presume}
    return _written(filled(_site(), view, fields, Shown(answer(_site().graph, case), example=shown)))


def _written(page: HTMLResponse) -> Written:
    return Written("text/html", [bytes(page.body)])


def _on_another_day(case: CaseFile, day: str | None) -> Assessment | None:
    """The same case decided on another day, if one is given."""
    on = day_of(day or None, "also")
    return answer(_site().graph, replace(case, on=on)) if on else None


def _asked(case: CaseFile, ask: str | None) -> dict[str, Any] | None:
    """What would decide, or change, the outcome that a button of the result asks about."""
    question, _, consequence = (ask or "").partition(":")
    if question not in QUESTIONS:
        return None
    told, function = {"question": question, "consequence": consequence}, QUESTIONS[question]
    if function is None:
        return told
    return {**told, "answer": function({"case": case.to_json(), "consequence": consequence})}


def filled(
    site: Site, view: View, fields: Mapping[str, str], shown: Shown, part: str | None = None
) -> HTMLResponse:
    """The page, or with `part` the result alone."""
    found = shown.found
    return site.page(
        "_result.html" if part == "result" else "assess.html",
        view,
        status=shown.mistake.status if shown.mistake else 200,
        topics=topics(site.things(view.known)),
        ask=_asker(site, view),
        fields=fields,
        found=found,
        outcomes=sorted(found.outcomes, key=lambda o: ORDER.index(o.outcome)) if found else [],
        other=shown.other,
        differing=list(_differing(found, shown.other)),
        asked=shown.asked,
        example=shown.example,
        examples=list(examples().values()),
        mistake=shown.mistake,
        is_long=lambda proof: len(list(islice(proof.steps(), _LONG))) == _LONG,
        below=told_once,
        decisive=decisive,
        reasons=Reasons(view.language, site.context(view)["link"]),
        drawn=lambda proof: proof_graph(proof, view.language),
        local=local,
    )


def _asker(site: Site, view: View) -> Callable[[Fact, str], Markup]:
    """What writes a question of the form; one that is not answered is the same for everyone, and kept."""
    context, links = site.context(view), urlencode(view.kept)

    def ask(fact: Fact, value: str) -> Markup:
        key = view.language, links, fact.name
        if value or key not in site.questions:
            written = site.fragment("_question.html", {**context, "fact": fact, "value": value})
            if value:
                return written
            if len(site.questions) >= _MOST_QUESTIONS:
                site.questions.clear()
            site.questions[key] = written
        return site.questions[key]

    return ask


def _differing(one: Assessment | None, other: Assessment | None) -> Iterator[tuple[Outcome, Outcome]]:
    """The outcomes that differ between two days."""
    there = {o.rule.consequence.iri: o for o in other.outcomes} if other else {}
    for here in one.outcomes if one else ():
        after = there.get(here.rule.consequence.iri)
        if after and after.outcome != here.outcome:
            yield here, after
