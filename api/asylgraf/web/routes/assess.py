"""/assess: a case in, its legal consequences out; as a form for people and as JSON for programs.

What a case says goes no further: it is not kept, not logged, and no answer to it may be stored on the way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from asylgraf.errors import AsylgrafError, WrongMediaType
from asylgraf.service.cases import json_of
from asylgraf.web.case_page import Shown, filled
from asylgraf.web.form import body_of, case_from, fields_of
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter(tags=["Cases"])

FORM = "application/x-www-form-urlencoded"
_REASONING, _PAGES = "asylgraf.service.reasoning", "asylgraf.web.case_page"
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


@router.get("/assess", include_in_schema=False)
async def form(request: Request) -> Response:
    """The form; with `example`, filled with an example case and assessed."""
    site, view = site_of(request), site_of(request).view(request)
    if name := request.query_params.get("example"):
        return await _page(request, view, "of_example", {"view": view.to_json(), "example": name})
    fields = {"presume": "standard", "decided": view.on.isoformat()}
    return await run_in_threadpool(_form, site, view, fields, Shown())


@router.post("/assess", openapi_extra=_TAKES_CASE)
async def assess(request: Request) -> Response:
    """Tell for each legal consequence whether it holds, fails, is undetermined or not in force."""
    if _kind(request) == FORM:
        return await _posted(request)
    return await run(request, "assessed", site_of(request).today().isoformat(), await sent_json(request))


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
    return await run(request, question, body)


async def run(request: Request, function: str, argument: object, body: bytes | None = None) -> Response:
    """What a function about cases answers in a worker, under the limits that hold for queries too."""
    answer = await in_worker(request, f"{_REASONING}:{function}", argument, body)
    return Response(answer, media_type=JSON, headers=PRIVATE)


async def in_worker(request: Request, function: str, argument: object, body: bytes | None = None) -> bytes:
    """What a function of the library writes in a worker, whole."""
    client = request.client.host if request.client else ""
    work = await endpoint_of(request).pool.run(function, argument, body, client=client)
    return b"".join([chunk async for chunk in work.chunks()])


def _given(case: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in case.items() if name != "on" or value is not None}


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def body_as_json(request: Request) -> Any:  # noqa: ANN401 -- whatever was sent
    """What was sent, if it is JSON."""
    return json_of(await sent_json(request))


async def sent_json(request: Request) -> bytes:
    """The body of a request that says it is JSON."""
    if _kind(request) not in (JSON, ""):
        raise WrongMediaType(f"A case is sent as {JSON}, or as the form of the page.", where="Content-Type")
    return await body_of(request)


async def _posted(request: Request) -> Response:
    """The page of the case that a form says; a mistake is told beside the form."""
    media, site = media_of(request, (HTML, JSON)), site_of(request)
    view, fields = site.view(request), fields_of(await body_of(request))
    if media == JSON:
        case = case_from(site.things(view.known).law, fields)
        return await run(request, "assessed", site.today().isoformat(), json.dumps(case).encode())
    part = request.query_params.get("part")
    try:
        story = request.query_params.get("example")
        told = {"view": view.to_json(), "fields": fields, "part": part, "example": story}
        return await _page(request, view, "of_form", told)
    except AsylgrafError as mistake:
        mistake.where = "decided" if mistake.where == "on" else mistake.where  # as the form calls it
        return await run_in_threadpool(_form, site, view, fields, Shown(mistake=mistake), part)


async def _page(request: Request, view: View, function: str, told: Mapping[str, Any]) -> Response:
    """The page that a worker fills."""
    page = await in_worker(request, f"{_PAGES}:{function}", told)
    headers = {**PRIVATE, "content-language": view.language}
    return Response(page, media_type=HTML, headers=headers)


def _form(
    site: Site, view: View, fields: Mapping[str, str], shown: Shown, part: str | None = None
) -> Response:
    """The form, which says nothing of any case yet."""
    page = filled(site, view, fields, shown, part)
    page.headers.update(PRIVATE)
    return page
