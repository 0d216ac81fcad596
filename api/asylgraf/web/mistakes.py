"""Mistakes as answers: one shape for programs, one page for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from asylgraf.errors import AsylgrafError, BadParameter, BadRequest, NotYetRecorded, UnknownThing, WrongMethod
from asylgraf.web.negotiation import wants_page
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View, plain_view

PROBLEM = "application/problem+json"


def handle_mistakes(app: FastAPI) -> None:
    """Answer every mistake in the shape the visitor can use."""
    app.exception_handler(AsylgrafError)(answer_mistake)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)


def answer_mistake(request: Request, mistake: AsylgrafError) -> Response:
    """The answer to a mistake: a page for people, JSON for programs."""
    headers = {"cache-control": "no-store", "vary": "accept, accept-language"}
    if not wants_page(request):
        return JSONResponse(mistake.problem(), mistake.status, headers, media_type=PROBLEM)
    site = site_of(request)
    page = site.page("error.html", _view(site, request), mistake.status, mistake=mistake)
    page.headers.update(headers)
    return page


def _view(site: Site, request: Request) -> View:
    """The view of a page about a mistake: not as of a day of which nothing is recorded."""
    view = plain_view(request, site.today())
    try:
        site.changed(view.known)
    except NotYetRecorded:
        kept = {name: value for name, value in view.kept.items() if name != "known"}
        return replace(view, known=None, kept=kept)
    return view


def _http(request: Request, mistake: HTTPException) -> Response:
    if mistake.status_code == 404:
        return answer_mistake(
            request, UnknownThing("There is no page at this address.", where=request.url.path)
        )
    if mistake.status_code == 405:
        answer = answer_mistake(request, WrongMethod(f"{request.method} is not allowed here."))
        answer.headers["allow"] = ", ".join(_methods_of(request))
        return answer
    told = BadRequest(str(mistake.detail))
    return JSONResponse(
        {**told.problem(), "status": mistake.status_code}, mistake.status_code, media_type=PROBLEM
    )


def _methods_of(request: Request) -> list[str]:
    """What an address takes, by whichever of its routes; each of them alone knows only its own."""
    routes = [
        route for route in request.app.state.routes if route.matches(request.scope)[0] is not Match.NONE
    ]
    methods = {method for route in routes for method in route.methods} or {"GET"}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _invalid(request: Request, mistake: RequestValidationError) -> Response:
    first = mistake.errors()[0]
    return answer_mistake(request, BadParameter(_wanted(first), where=str(first["loc"][-1])))


def _wanted(found: Mapping[str, Any]) -> str:
    """What was given for a parameter, and what was expected."""
    written, limits = str(found.get("input"))[:40], found.get("ctx", {})
    match found["type"]:
        case "int_parsing" | "int_from_float":
            return f"“{written}” is no whole number."
        case "greater_than_equal":
            return f"“{written}” is too small; expected a number from {limits['ge']} up."
        case "less_than_equal":
            return f"“{written}” is too much; expected a number up to {limits['le']}."
        case "literal_error":
            wanted = limits["expected"].replace("'", "")
            return f"“{written}” is none of what can stand here; expected {wanted}."
        case "missing":
            return "This parameter is missing."
    return f"{found['msg']}."
