"""/assess/query, /receipt and /verify: a case asked together with the law, and answers to run again.

What a case says is not kept, not logged, and no answer to it may be stored on the way. A query about a case
runs in a worker of its own, which is killed after it.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from asylgraf.errors import BadCase, BadParameter
from asylgraf.service.cases import CaseFile, case_of
from asylgraf.service.reasoning import request as keys_of
from asylgraf.sparql.formats import content_type, wanted
from asylgraf.sparql.frames import Job
from asylgraf.web.negotiation import JSON
from asylgraf.web.routes.assess import PRIVATE, body_as_json, run, sent_json
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import site_of

router = APIRouter(tags=["Cases"])

_OBJECT: dict[str, Any] = {"type": "object"}
_TAKES_QUERY = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "type": "object",
                    "properties": {"case": _OBJECT, "query": {"type": "string"}},
                    "required": ["case", "query"],
                }
            }
        },
    }
}
_TAKES_OBJECT = {"requestBody": {"required": True, "content": {JSON: {"schema": _OBJECT}}}}


@router.post("/assess/query", openapi_extra=_TAKES_QUERY)
async def query(request: Request) -> Response:
    """Ask law and case together in SPARQL; the case stands in graph <…/graph/derived/case>."""
    body = keys_of(await body_as_json(request), "case", "query")
    text = body.get("query")
    if not isinstance(text, str):
        raise BadParameter("There is no query; give one as text.", where="query")
    if "case" not in body:
        raise BadCase("There is no case to ask about.", where="case")
    case = case_of(body["case"], site_of(request).today())
    pool = endpoint_of(request).pool
    client = request.client.host if request.client else ""
    day = pool.calendar.key(case.on, case.known)
    work = await pool.ask(_job(request, case, _encoded(text), pool.limits.depth), client=client, day=day)
    return StreamingResponse(
        work.chunks(), media_type=content_type(work.head.media), headers=PRIVATE | {"vary": "accept"}
    )


@router.get("/review")
async def review(request: Request) -> Response:
    """What of the law of a day contradicts itself, can never hold, repeats or says too much."""
    asked = {"on": site_of(request).today().isoformat(), **request.query_params}
    client = request.client.host if request.client else ""
    pool = endpoint_of(request).pool
    return JSONResponse(await pool.call("asylgraf.service.reasoning:look_over", asked, client=client))


def _encoded(query: str) -> bytes:
    try:
        return query.encode()
    except UnicodeEncodeError:
        raise BadParameter("The query holds half a character.", where="query") from None


def _job(request: Request, case: CaseFile, query: bytes, depth: int) -> Job:
    select, graph = wanted(request.headers.get("accept", ""))
    told = {"task": "case", "case": case.to_json(), "depth": depth, "select": select, "graph": graph}
    told |= {"default": (), "named": (), "gzip": False}
    return Job(json.dumps(told).encode(), query, once=True)


@router.post("/assess/receipt", openapi_extra=_TAKES_OBJECT)
async def give_receipt(request: Request) -> Response:
    """The answer to a case with the hashes of data and program, for the caller to keep."""
    return await run(request, "receipt_of", site_of(request).today().isoformat(), await sent_json(request))


@router.post("/assess/verify", openapi_extra=_TAKES_OBJECT)
async def verify_receipt(request: Request) -> Response:
    """Run the case of a receipt again and compare."""
    return await run(request, "verified", None, await sent_json(request))
