"""The parts of a query as it is written, so that its data set can be named and its answer counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from asylgraf.sparql.syntax import Token, tokens

_FORMS = frozenset({"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"})
_TAIL = frozenset({"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})


@dataclass(frozen=True)
class Anatomy:
    """What comes before the form, the form with what it selects or makes, the data set, and all the rest."""

    prologue: str
    head: str
    dataset: str
    body: str

    def over(self, default: Iterable[str], named: Iterable[str]) -> Anatomy:
        """The same question to those graphs."""
        clauses = [*(f"FROM <{iri}>" for iri in default), *(f"FROM NAMED <{iri}>" for iri in named)]
        return replace(self, dataset="\n".join(clauses))

    def counting(self) -> str:
        """The query for the number of rows of this SELECT."""
        inner = f"{self.head} {self.body}"
        return f"{self.prologue}SELECT (COUNT(*) AS ?n) {self.dataset}\nWHERE {{ {{ {inner}\n}} }}"

    def solutions(self) -> str:
        """The query for the rows from which this CONSTRUCT makes its triples."""
        return f"{self.prologue}SELECT * {self.dataset}\n{self.body}"

    def __str__(self) -> str:
        return f"{self.prologue}{self.head} {self.dataset}\n{self.body}"


def anatomy(query: str) -> Anatomy:
    """The parts of a query."""
    stream = list(tokens(query))
    form = next((n for n, token in enumerate(stream) if token.keyword in _FORMS), None)
    if form is None:
        return Anatomy("", "", "", query)
    end = _head_end(stream, form)
    body = next((n for n in range(end, len(stream)) if _begins_body(stream[n])), len(stream))
    places = [stream[n].at if n < len(stream) else len(query) for n in (form, end, body)]
    return Anatomy(
        query[: places[0]],
        query[places[0] : places[1]],
        query[places[1] : places[2]],
        query[places[2] :],
    )


def _begins_body(token: Token) -> bool:
    return token.text == "{" or token.keyword in _TAIL


def _head_end(stream: Sequence[Token], form: int) -> int:
    """Where the data set or the body begins: after the template of a CONSTRUCT, or what is selected."""
    level = 0
    template = (
        stream[form].keyword == "CONSTRUCT" and stream[form + 1 : form + 2] and stream[form + 1].text == "{"
    )
    for number in range(form + 1, len(stream)):
        token = stream[number]
        if (
            not level
            and not (template and number == form + 1)
            and (_begins_body(token) or token.keyword == "FROM")
        ):
            return number
        level += (token.text in "{(" and token.kind == "punct") - (
            token.text in "})" and token.kind == "punct"
        )
    return len(stream)
