"""Mistakes as answers: one shape for programs, one page for people."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from asylgraf.errors import AsylgrafError, BadRequest, UnknownThing, WrongMethod
from asylgraf.web.negotiation import wants_page
from asylgraf.web.site import site_of
from asylgraf.web.view import plain_view

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
    page = site.page("error.html", plain_view(request, site.today()), mistake.status, mistake=mistake)
    page.headers.update(headers)
    return page


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
    where = ".".join(map(str, first.get("loc", ())))
    return answer_mistake(
        request, BadRequest(f"{first.get('msg', 'The request cannot be read')}.", where=where)
    )
