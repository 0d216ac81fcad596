"""What is wrong with a query that is not SPARQL: the place and one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import process

from asylgraf.errors import BrokenQuery
from asylgraf.namespaces import PREFIXES
from asylgraf.sparql.grammar import FUNCTIONS, Misfit, misfit
from asylgraf.sparql.syntax import Token, read, tokens, unescaped

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_SENTENCE: Final = re.compile(r"(?:^|, )((?:The |SELECT \* |[A-Z][a-z]+ )[\w* ]*[a-z][\w* ]*)(?=,|$)")
_SHOWN, _OFFERED = 30, 6
_ANOTHER_RULE: Final = (
    "The query fits the grammar and breaks another rule of SPARQL before this place: a variable is"
    " given a value twice, a row of VALUES has another length than its head, or a blank node, an aggregate or"
    " an escape stands where none may."
)


def broken(query: str, message: str) -> BrokenQuery:
    """The first fault of a query that the engine refused with that message."""
    query = unescaped(query)
    stream = list(tokens(query))
    wrong = misfit(stream)
    until = wrong.at if wrong else len(stream)
    found = _undeclared(query, stream[:until])
    if found:
        return found
    return _misplaced(query, stream, wrong) if wrong else _against_rules(message)


def _at(query: str, place: int, said: str) -> BrokenQuery:
    line = query.count("\n", 0, place) + 1
    return BrokenQuery(said, line, place - query.rfind("\n", 0, place))


def _undeclared(query: str, stream: Sequence[Token]) -> BrokenQuery | None:
    declared = read(query).prefixes
    for token in stream:
        prefix = token.text.partition(":")[0]
        if token.kind == "pname" and prefix not in declared:
            known = PREFIXES.get(prefix)
            advice = f"; write PREFIX {prefix}: <{known}> above it" if known else ""
            return _at(query, token.at, f"The prefix “{prefix}:” is not declared{advice}.")
    return None


def _misplaced(query: str, stream: Sequence[Token], wrong: Misfit) -> BrokenQuery:
    wanted = _listed(wrong.expected[:_OFFERED])
    if wrong.at == len(stream):
        end = len(query.rstrip())
        ends = "The query ends too early" if stream else "The query is empty"
        return _at(query, end, f"{ends}; expected {wanted}.")
    token = stream[wrong.at]
    if token.text in ("'", '"'):
        return _at(query, token.at, "The string that begins here does not end on its line.")
    if token.text == "<":
        return _at(
            query, token.at, "The address that begins here does not end, or holds what no address may."
        )
    meant = _meant(token, wrong.expected)
    wanted = meant or f"expected {wanted}" if wanted else "the query should end before it"
    shown = token.text[:_SHOWN] if token.text.isprintable() else ascii(token.text[:_SHOWN]).strip("'")
    return _at(query, token.at, f"“{shown}” cannot stand here; {wanted}.")


def _meant(token: Token, expected: Sequence[str]) -> str:
    if token.kind != "word":
        return ""
    words = [name.strip("“”") for name in expected if name.strip("“”").isupper()]
    functions = any("a function" in name or name == "an expression" for name in expected)
    offered = [*words, *(FUNCTIONS if functions else ())]
    best = process.extractOne(token.keyword, sorted(offered), score_cutoff=80)
    return f"perhaps {best[0]} is meant" if best else ""


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


def _against_rules(message: str) -> BrokenQuery:
    """A query that fits the grammar and breaks a rule beyond it; the engine may say which."""
    place = _PLACE.match(message)
    if place is None:
        return BrokenQuery(f"The engine refuses the query: {message}.", 1, 1)
    found = _SENTENCE.search(place[3])
    return BrokenQuery(f"{found[1]}." if found else _ANOTHER_RULE, int(place[1]), int(place[2]))
