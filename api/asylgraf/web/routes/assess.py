"""/assess: a case in, its legal consequences out; as a form for people and as JSON for programs.

What a case says goes no further: it is not kept, not logged, and no answer to it may be stored on the way.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.errors import AsylgrafError, BadCase, WrongMediaType
from asylgraf.namespaces import local
from asylgraf.reasoner import Assessment, Outcome, assessment_json
from asylgraf.reasoner.sentences import sentence
from asylgraf.service.cases import CaseFile, answer, case_of, day_of
from asylgraf.service.examples import Example, example, examples
from asylgraf.service.proofs import proof_graph
from asylgraf.service.topics import topics
from asylgraf.web.form import body_of, case_from, fields_from, fields_of
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter(tags=["Cases"])

FORM = "application/x-www-form-urlencoded"
ORDER = ("holds", "undetermined", "fails", "not in force")
PRIVATE = {"cache-control": "no-store", "vary": "accept, accept-language"}
_CASE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "facts": {"type": "object"},
        "on": {"type": ["string", "null"], "format": "date"},
        "known": {"type": ["string", "null"], "format": "date"},
        "presume": {"enum": ["none", "standard", None]},
    },
}
_TAKES_CASE = {"requestBody": {"required": True, "content": {JSON: {"schema": _CASE}}}}
_ABOUT = {
    "type": "object",
    "properties": {"case": _CASE, "consequence": {"type": "string"}},
    "required": ["case"],
}
_TAKES_QUESTION = {"requestBody": {"required": True, "content": {JSON: {"schema": _ABOUT}}}}


QUESTIONS = {"missing": "missing_in", "change": "change", "why": None}
"""What the buttons of a result ask, and the function that answers; the proof is at hand already."""
_LONG = 30
"""The steps of a proof that is shown whole only when asked for."""


@dataclass(frozen=True)
class Shown:
    """What the page shows beside the form."""

    found: Assessment | None = None
    other: Assessment | None = None
    asked: dict[str, Any] | None = None
    example: Example | None = None
    mistake: AsylgrafError | None = None


@router.get("/assess", include_in_schema=False)
def form(request: Request) -> Response:
    """The form; with `example`, filled with an example case and assessed."""
    site, view = site_of(request), site_of(request).view(request)
    name = request.query_params.get("example")
    if not name:
        return _page(site, view, {"presume": "standard", "decided": view.on.isoformat()}, Shown())
    shown = example(name)
    case = shown.case(view.on)
    fields = {**fields_from(case.facts), "decided": case.on.isoformat(), "presume": case.presume}
    return _page(site, view, fields, Shown(answer(site.graph, case), example=shown))


@router.post("/assess", openapi_extra=_TAKES_CASE)
async def assess(request: Request) -> Response:
    """Tell for each legal consequence whether it holds, fails, is undetermined or not in force."""
    site = site_of(request)
    if _kind(request) == FORM:
        return await _posted(request, site)
    case = case_of(await body_as_json(request), site.today())
    found = await asyncio.to_thread(answer, site.graph, case)
    return JSONResponse(await asyncio.to_thread(assessment_json, found), headers=PRIVATE)


@router.post("/assess/explain", openapi_extra=_TAKES_QUESTION)
async def explain(request: Request) -> Response:
    """Each outcome with its proof, as a tree and in words; with `consequence`, only that one."""
    return await _ask(request, "explain")


@router.post("/assess/missing", openapi_extra=_TAKES_QUESTION)
async def missing(request: Request) -> Response:
    """For each undetermined outcome, the smallest sets of facts that can settle it, and what to ask next."""
    return await _ask(request, "missing_in")


@router.post("/assess/change", openapi_extra=_TAKES_QUESTION)
async def change(request: Request) -> Response:
    """For each settled outcome, the smallest changes of the facts that turn it around."""
    return await _ask(request, "change")


async def _ask(request: Request, question: str) -> Response:
    """Ask about a case in a worker, under the limits that hold for queries too."""
    body = await body_as_json(request)
    if isinstance(body, dict) and isinstance(body.get("case"), dict):
        body = {**body, "case": {"on": site_of(request).today().isoformat(), **_given(body["case"])}}
    return JSONResponse(await _call(request, question, body), headers=PRIVATE)


async def _call(request: Request, question: str, argument: object) -> object:
    client = request.client.host if request.client else ""
    function = f"asylgraf.service.reasoning:{question}"
    return await endpoint_of(request).pool.call(function, argument, client=client)


def _given(case: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in case.items() if name != "on" or value is not None}


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_as_json(request: Request) -> Any:  # noqa: ANN401 -- whatever was sent
    """What was sent, if it is JSON."""
    if _kind(request) not in (JSON, ""):
        raise WrongMediaType(f"A case is sent as {JSON}, or as the form of the page.", where="Content-Type")
    try:
        return json.loads(await body_of(request))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as mistake:
        raise BadCase(f"This is not JSON: {mistake}.", where="body") from None


async def _posted(request: Request, site: Site) -> Response:
    media, view = media_of(request, (HTML, JSON)), site.view(request)
    fields = fields_of(await body_of(request))
    part = request.query_params.get("part")
    try:
        case = case_of(case_from(site.things(view.known).law, fields), site.today())
        found = await asyncio.to_thread(answer, site.graph, case)
        if media == JSON:
            return JSONResponse(assessment_json(found), headers=PRIVATE)
        other = await _other_day(site, case, fields.get("also"))
        asked = await _asked(request, case, fields.get("ask"))
    except AsylgrafError as mistake:
        if media == JSON:
            raise
        return _page(site, view, fields, Shown(mistake=mistake), part)
    return _page(site, view, fields, Shown(found, other, asked), part)


async def _other_day(site: Site, case: CaseFile, day: str | None) -> Assessment | None:
    """The same case decided on another day, if one is given."""
    on = day_of(day or None, "also")
    return await asyncio.to_thread(answer, site.graph, replace(case, on=on)) if on else None


async def _asked(request: Request, case: CaseFile, ask: str | None) -> dict[str, Any] | None:
    """What would decide, or change, the outcome that a button of the result asks about."""
    question, _, consequence = (ask or "").partition(":")
    if question not in QUESTIONS:
        return None
    function = QUESTIONS[question]
    if function is None:
        return {"question": question, "consequence": consequence}
    told = {"facts": dict(case.facts), "on": case.on.isoformat(), "presume": case.presume}
    known = {"known": case.known.isoformat()} if case.known else {}
    argument = {"case": {**told, **known}, "consequence": consequence}
    return {
        "question": question,
        "consequence": consequence,
        "answer": await _call(request, function, argument),
    }


def _page(
    site: Site, view: View, fields: Mapping[str, str], shown: Shown, part: str | None = None
) -> Response:
    found = shown.found
    page = site.page(
        "_result.html" if part == "result" else "assess.html",
        view,
        status=shown.mistake.status if shown.mistake else 200,
        topics=topics(site.things(view.known)),
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
        drawn=lambda proof: proof_graph(proof, view.language),
        sentence=lambda step: sentence(step, view.language),
        local=local,
    )
    page.headers.update(PRIVATE)
    return page


def _differing(one: Assessment | None, other: Assessment | None) -> Iterator[tuple[Outcome, Outcome]]:
    """The outcomes that differ between two days."""
    there = {o.rule.consequence.iri: o for o in other.outcomes} if other else {}
    for here in one.outcomes if one else ():
        after = there.get(here.rule.consequence.iri)
        if after and after.outcome != here.outcome:
            yield here, after
