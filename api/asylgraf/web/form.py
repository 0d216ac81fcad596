"""The form of a case: from what a browser sends to a case file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from asylgraf.errors import BadRequest, RequestTooLarge
from asylgraf.graph.law import Fact, Law
from asylgraf.web.guard import LARGEST

PREFIX = "fact."
NOT_RAISED, UNKNOWN = "", "unknown"
_FIELDS = 2_000


async def body_of(request: Request) -> bytes:
    """The whole body, within the limit."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > LARGEST:
            raise RequestTooLarge(f"The request is longer than {LARGEST} bytes.")
    return bytes(found)


def fields_of(body: bytes) -> dict[str, str]:
    """The fields of a posted form; the last of a name counts."""
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=_FIELDS
        )
    except ValueError as mistake:
        raise BadRequest(f"The form cannot be read: {mistake}.", where="body") from None
    return dict(pairs)


def case_from(law: Law, fields: Mapping[str, str]) -> dict[str, object]:
    """The case file that the form's fields say; a blank field says nothing."""
    types = {fact.name: fact for fact in law.facts.values()}
    facts: dict[str, object] = {}
    for field, written in fields.items():
        name = field.removeprefix(PREFIX)
        if field.startswith(PREFIX) and written != NOT_RAISED:
            facts[name] = _value(types.get(name), written)
    presume = "standard" if fields.get("presume") == "standard" else "none"
    return {
        "facts": facts,
        "on": fields.get("decided") or None,
        "known": fields.get("known") or None,
        "presume": presume,
    }


def _value(fact: Fact | None, written: str) -> object:
    if written == UNKNOWN:
        return None
    if fact is None or fact.type == "boolean":
        return {"true": True, "false": False}.get(written, written)
    if fact.type == "integer" and written.strip().lstrip("-").isdecimal():
        return int(written)
    return written


def fields_from(facts: Mapping[str, object]) -> dict[str, str]:
    """The form's fields that say a case's facts; what a form cannot say is left out."""
    return {PREFIX + name: _written(value) for name, value in facts.items() if not isinstance(value, Mapping)}


def _written(value: object) -> str:
    if value is None:
        return UNKNOWN
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
