"""Placing values in a query, as constants wherever the grammar allows them: so they reach every filter."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from asylgraf.sparql.syntax import Token, tokens

Term = ox.NamedNode | ox.Literal

_TAIL = frozenset({"GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET"})


def bind(query: str, values: Mapping[str, Term]) -> str:
    """The query with each of those variables standing for its value.

    A value is written by the engine's own serialiser, so that no text can end a literal or an address early.
    """
    if not values:
        return query
    places = _Places(list(tokens(query)), values)
    out, at = [], 0
    for token, written in places.found():
        out += [query[at : token.at], written]
        at = token.at + len(token.text)
    return "".join([*out, query[at:]])


class _Places:
    """A walk over the tokens that knows where a variable may be replaced."""

    def __init__(self, stream: list[Token], values: Mapping[str, Term]) -> None:
        self._tokens = stream
        self._values = {name: str(term) for name, term in values.items()}
        self._level = 0
        self._keeps = True
        """Whether variables stay variables: in what is selected, grouped, ordered or named."""
        self._template = self._done = False

    def found(self) -> list[tuple[Token, str]]:
        """Tokens and what to write for them."""
        places: list[tuple[Token, str]] = []
        for number, token in enumerate(self._tokens):
            written = self._look(number, token)
            if written is not None:
                places.append((token, written))
        return places

    def _look(self, number: int, token: Token) -> str | None:
        word = token.keyword
        if word == "CONSTRUCT":
            self._template = True
        elif word in ("SELECT", "VALUES") or word in _TAIL:
            self._keeps = True
        elif token.kind == "punct":
            return self._bracket(token.text)
        elif token.kind == "var" and not self._keeps and not self._names(number):
            return self._values.get(token.text[1:])
        return None

    def _bracket(self, text: str) -> str | None:
        if text == "{":
            self._keeps = False
            self._level += 1
            return self._opening() if self._level == 1 else None
        if text == "}":
            self._level -= 1
            self._keeps = self._level == 0
        return None

    def _opening(self) -> str | None:
        if self._template or self._done:
            self._template = False
            return None
        # What is selected, grouped or ordered is still a variable, and has its value from here.
        self._done = True
        names = " ".join(f"?{name}" for name in self._values)
        return f"{{ VALUES ({names}) {{ ({' '.join(self._values.values())}) }} "

    def _names(self, number: int) -> bool:
        before = self._tokens[number - 1].keyword
        if before == "AS":
            return True
        return (
            number > 1
            and self._tokens[number - 1].text == "("
            and self._tokens[number - 2].keyword == "BOUND"
        )
