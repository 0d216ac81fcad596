"""Named queries: each file of `queries/explorer/` with its question and typed parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

from asylgraf.errors import BadParameter, BrokenFile, UnknownQuery
from asylgraf.namespaces import ID, PREFIXES, XSD
from asylgraf.resources import data
from asylgraf.sparql.binding import Term, bind
from asylgraf.sparql.protocol import day
from asylgraf.sparql.rows import Rows, Triples, query
from asylgraf.sparql.syntax import tokens

Type = Literal["iri", "language", "date", "integer", "boolean", "string"]

_TYPES: Final[dict[str, Type]] = {
    "iri": "iri",
    "language": "language",
    "xsd:date": "date",
    "date": "date",
    "xsd:integer": "integer",
    "xsd:boolean": "boolean",
    "xsd:string": "string",
    "string": "string",
}
_PARAMETER = re.compile(r"#\s*\?(\w+)\s+(\S+)\s*(.*)")
_OPTIONAL = "(optional)"
LANGUAGES = ("en", "da")


@dataclass(frozen=True)
class Parameter:
    """What a named query must be told."""

    name: str
    type: Type
    meaning: str
    required: bool

    @property
    def default(self) -> str | None:
        """What it is when not given."""
        return LANGUAGES[0] if self.type == "language" else None

    def term(self, written: str) -> Term:
        """The value as a term; refused if it is not of the type."""
        return _TERMS[self.type](self.name, written)


@dataclass(frozen=True)
class NamedQuery:
    """A question with a name."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    text: str

    def bound(self, values: Mapping[str, str], *, limit: int | None = None, offset: int = 0) -> str:
        """The query with those values, and one page of its rows if a limit is given."""
        return bind(self.text, self.terms(values)) + self._page(limit, offset)

    def terms(self, values: Mapping[str, str]) -> dict[str, Term]:
        """Each parameter's value; unknown, missing and ill-typed ones are refused."""
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise BadParameter(
                    f"The query “{self.name}” has no parameter “{name}”.{_near(name, known)}", where=name
                )
        terms: dict[str, Term] = {}
        for parameter in self.parameters:
            written = values.get(parameter.name) or parameter.default
            if written is not None:
                terms[parameter.name] = parameter.term(written)
            elif parameter.required:
                said = f"The query “{self.name}” needs “{parameter.name}”: {parameter.meaning}."
                raise BadParameter(said, where=parameter.name)
        return terms

    @property
    def pages(self) -> bool:
        """Whether its rows can be asked for in pages: it sets no limit of its own."""
        return not _limited(self.text)

    def _page(self, limit: int | None, offset: int) -> str:
        if limit is None and not offset:
            return ""
        if (limit is not None and limit < 1) or offset < 0:
            raise BadParameter("A page has at least one row and begins at 0 or later.", where="limit")
        if not self.pages:
            raise BadParameter(f"The query “{self.name}” sets its own limit.", where="limit")
        return (f"\nLIMIT {limit}" if limit is not None else "") + f"\nOFFSET {offset}"

    def run(
        self, snapshot: ox.Store, values: Mapping[str, str], *, limit: int | None = None, offset: int = 0
    ) -> Rows | Triples | bool:
        """The answer, in this process."""
        return query(snapshot, self.bound(values, limit=limit, offset=offset))


def queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """Every named query, by name."""
    return dict(_read_all(folder or data("queries") / "explorer"))


def written(value: object) -> str:
    """A Python value as it stands in an address: a day, a number, true or false, an IRI, a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def described(query: NamedQuery) -> dict[str, object]:
    """A named query as JSON."""
    parameters = [
        {"name": p.name, "type": p.type, "meaning": p.meaning, "required": p.required, "default": p.default}
        for p in query.parameters
    ]
    return {"name": query.name, "title": query.title, "parameters": parameters, "query": query.text}


def examples() -> dict[str, tuple[str, str]]:
    """The questions that need no telling, each with its query ready to ask."""
    ready = [query for query in queries().values() if not any(p.required for p in query.parameters)]
    return {query.name: (query.title, query.bound({})) for query in ready}


def find(name: str, folder: Path | None = None) -> NamedQuery:
    """The query of that name."""
    known = _read_all(folder or data("queries") / "explorer")
    if name not in known:
        raise UnknownQuery(f"There is no query “{name}”.{_near(name, known)}", where=name)
    return known[name]


@cache
def _read_all(folder: Path) -> dict[str, NamedQuery]:
    return {path.stem: read(path) for path in sorted(folder.glob("*.rq"))}


def read(path: Path) -> NamedQuery:
    """The query of a file: its question, its parameters, its text."""
    text = path.read_text(encoding="utf-8")
    header = [line for line in text.splitlines() if line.startswith("#")]
    if not header:
        raise BrokenFile("A query begins with its question.", where=f"{path}:1")
    parameters = tuple(_parameter(match) for line in header[1:] if (match := _PARAMETER.match(line)))
    return NamedQuery(path.stem, header[0].removeprefix("#").strip(), parameters, text)


def _parameter(match: re.Match[str]) -> Parameter:
    name, kind, meaning = match.groups()
    found = _TYPES.get(kind.lower(), "string")
    whole = f"{kind} {meaning}".strip() if found in ("iri", "language", "string") else meaning or kind
    required = found != "language" and _OPTIONAL not in whole
    return Parameter(name, found, whole.replace(_OPTIONAL, "").strip(), required)


def _limited(text: str) -> bool:
    level = 0
    for token in tokens(text):
        if token.text in ("{", "}") and token.kind == "punct":
            level += 1 if token.text == "{" else -1
        elif level == 0 and token.keyword in ("LIMIT", "OFFSET"):
            return True
    return False


def _iri(name: str, written: str) -> Term:
    prefix, colon, rest = written.partition(":")
    address = PREFIXES[prefix] + rest if colon and prefix in PREFIXES else written if colon else ID + written
    try:
        return ox.NamedNode(address)
    except ValueError:
        raise BadParameter(f"“{written}” is no IRI.", where=name) from None


def _language(name: str, written: str) -> Term:
    if written not in LANGUAGES:
        raise BadParameter(f"The language is “en” or “da”, not “{written}”.", where=name)
    return ox.Literal(written)


def _date(name: str, written: str) -> Term:
    day(written, name)
    return ox.Literal(written, datatype=ox.NamedNode(XSD + "date"))


def _integer(name: str, written: str) -> Term:
    if not re.fullmatch(r"[+-]?\d{1,18}", written, re.ASCII):
        raise BadParameter(f"“{written}” is no whole number.", where=name)
    return ox.Literal(int(written))


def _boolean(name: str, written: str) -> Term:
    if written not in ("true", "false"):
        raise BadParameter(f"“{name}” is “true” or “false”, not “{written}”.", where=name)
    return ox.Literal(written == "true")


def _string(_: str, written: str) -> Term:
    return ox.Literal(written)


_TERMS: Final = {
    "iri": _iri,
    "language": _language,
    "date": _date,
    "integer": _integer,
    "boolean": _boolean,
    "string": _string,
}


def _near(name: str, known: object) -> str:
    near = get_close_matches(name, list(known) if isinstance(known, set | dict) else [], n=1)
    return f" Did you mean “{near[0]}”?" if near else ""
