"""The grammar of SPARQL 1.1 queries, and the first token of a query that does not fit it.

The engine says whether a query is sound; where it is not, this says where it goes wrong and what could have
stood there. The grammar is the W3C's, written so that one token always decides what comes next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from asylgraf.sparql.syntax import Token

GRAMMAR: Final = """
Query      := Prologue ( Select | Construct | Describe | Ask ) Values?
Prologue   := ( BASE ADDRESS | PREFIX NAMESPACE ADDRESS )*
Select     := SelectPart Dataset* Where Modifiers
SelectPart := SELECT ( DISTINCT | REDUCED )? ( '*' | ( VARIABLE | '(' Expression AS VARIABLE ')' )+ )
Construct  := CONSTRUCT ( '{' Triples? '}' Dataset* Where | Dataset* WHERE '{' Triples? '}' ) Modifiers
Describe   := DESCRIBE ( ( VARIABLE | Iri )+ | '*' ) Dataset* Where? Modifiers
Ask        := ASK Dataset* Where Modifiers
Dataset    := FROM NAMED? Iri
Where      := WHERE? Group
Modifiers  := ( GROUP BY GroupBy+ )? ( HAVING Condition+ )? ( ORDER BY OrderBy+ )? Slice?
GroupBy    := BuiltIn | Call | '(' Expression ( AS VARIABLE )? ')' | VARIABLE
OrderBy    := ( ASC | DESC ) '(' Expression ')' | Condition | VARIABLE
Slice      := LIMIT INTEGER ( OFFSET INTEGER )? | OFFSET INTEGER ( LIMIT INTEGER )?
Values     := VALUES Table

Group      := '{' ( SelectPart Where Modifiers Values? | Triples? ( Pattern '.'? Triples? )* ) '}'
Pattern    := Group ( UNION Group )* | ( OPTIONAL | MINUS | LATERAL ) Group | GRAPH ( VARIABLE | Iri ) Group
            | SERVICE SILENT? ( VARIABLE | Iri ) Group | FILTER Condition | Values
            | BIND '(' Expression AS VARIABLE ')'
Table      := VARIABLE '{' Value* '}' | '(' VARIABLE* ')' '{' ( '(' Value* ')' )* '}'
Value      := Iri | Literal | UNDEF

Triples    := Triple ( '.' Triples? )?
Triple     := Term Properties | '[' ( ']' Properties | Properties ']' Properties? )
            | '(' ( ')' Properties | Object+ ')' Properties? )
Properties := Property Objects ( ';' ( Property Objects )? )*
Property   := VARIABLE | Path
Objects    := Object ( ',' Object )*
Object     := Term | '[' ( ']' | Properties ']' ) | '(' Object* ')'
Term       := VARIABLE | Iri | Literal | BLANK
Iri        := ADDRESS | NAME
Literal    := STRING ( LANGUAGE | '^' '^' Iri )? | ( '+' | '-' )? NUMBER | TRUE | FALSE

Path       := Sequence ( '|' Sequence )*
Sequence   := Step ( '/' Step )*
Step       := '^'? ( Iri | A | '!' Excluded | '(' Path ')' ) ( '?' | '*' | '+' )?
Excluded   := Edge | '(' ( ')' | Edge ( '|' Edge )* ')' )
Edge       := '^'? ( Iri | A )

Condition  := '(' Expression ')' | BuiltIn | Call
Call       := Iri Arguments
Arguments  := '(' ( ')' | DISTINCT? Expression ( ',' Expression )* ')' )
Several    := '(' ( ')' | Expression ( ',' Expression )* ')' )
Expression := And ( '|' '|' And )*
And        := Compared ( '&' '&' Compared )*
Compared   := Sum ( '=' Sum | '!' '=' Sum | '<' '='? Sum | '>' '='? Sum | IN Several | NOT IN Several )?
Sum        := Product ( ( '+' | '-' ) Product )*
Product    := Unary ( ( '*' | '/' ) Unary )*
Unary      := ( '!' | '+' | '-' ) Unary | '(' Expression ')' | BuiltIn | Iri Arguments? | VARIABLE
            | STRING ( LANGUAGE | '^' '^' Iri )? | NUMBER | TRUE | FALSE
BuiltIn    := EXISTS Group | NOT EXISTS Group | BOUND '(' VARIABLE ')'
            | F0 '(' ')' | F1 '(' Expression ')' | F2 '(' Expression ',' Expression ')'
            | F3 '(' Expression ',' Expression ',' Expression ')' | BNODE '(' Expression? ')'
            | F23 '(' Expression ',' Expression ( ',' Expression )? ')'
            | REPLACE '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')' | FN Several
            | COUNT '(' DISTINCT? ( '*' | Expression ) ')' | AGGREGATE '(' DISTINCT? Expression ')'
            | GROUP_CONCAT '(' DISTINCT? Expression ( ';' SEPARATOR '=' STRING )? ')'
"""

_FUNCTIONS: Final = {
    "F0": "RAND NOW UUID STRUUID",
    "F1": "STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY"
    " HOURS MINUTES SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC"
    " SUBJECT PREDICATE OBJECT ISTRIPLE LANGDIR HASLANG HASLANGDIR",
    "F2": "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM",
    "F3": "IF TRIPLE STRLANGDIR",
    "F23": "SUBSTR REGEX",
    "FN": "CONCAT COALESCE",
    "AGGREGATE": "SUM MIN MAX AVG SAMPLE",
}
_CLASS: Final = {name: kind for kind, names in _FUNCTIONS.items() for name in names.split()}
FUNCTIONS: Final = frozenset(_CLASS) | {"BOUND", "BNODE", "REPLACE", "COUNT", "GROUP_CONCAT", "EXISTS"}
"""The functions that SPARQL itself knows."""

_TOLD: Final = {
    **dict.fromkeys(("Expression", "And", "Compared", "Sum", "Product", "Unary"), "an expression"),
    "Condition": "a condition in brackets or a function",
    "BuiltIn": "a function",
    "Triples": "a triple",
    "Triple": "a triple",
    "Pattern": "a pattern",
    "Property": "a property",
    "Object": "an object",
    "Iri": "an address",
    "Literal": "a literal",
    "Modifiers": "",
    "VARIABLE": "a variable",
    "ADDRESS": "an address in <>",
    "NAMESPACE": "a prefix with its colon",
    "INTEGER": "a whole number",
    "NUMBER": "a number",
    "BLANK": "",
    "STRING": "a string",
    "LANGUAGE": "",
    "A": "“a”",
}
"""What parts of the grammar are called where they were expected."""
_OPERATORS: Final = frozenset(["“NOT”", "“IN”", *(f"“{sign}”" for sign in "|&=!<>+-*/^?")])


class Part(NamedTuple):
    """A piece of a rule: a token, a rule by its name, or parts in sequence, in choice, or repeated."""

    kind: str
    name: str = ""
    parts: tuple[Part, ...] = ()


@cache
def rules() -> dict[str, Part]:
    """The grammar, read."""
    found = {}
    for rule in re.split(r"\n(?=[A-Z])", GRAMMAR.strip()):
        name, _, body = rule.partition(":=")
        words = re.findall(r"'[^']+'|[()|*+?]|\w+", body)
        found[name.strip()] = _choice(words)
    return found


def _choice(words: list[str]) -> Part:
    branches = [_sequence(words)]
    while words and words[0] == "|":
        words.pop(0)
        branches.append(_sequence(words))
    return branches[0] if len(branches) == 1 else Part("choice", parts=tuple(branches))


def _sequence(words: list[str]) -> Part:
    parts = []
    while words and words[0] not in ("|", ")"):
        word = words.pop(0)
        if word == "(":
            part = _choice(words)
            words.pop(0)
        else:
            part = Part("rule" if word[1:2].islower() else "token", word.strip("'"))
        if words and words[0] in ("*", "+", "?"):
            parts += {"*": [Part("many", parts=(part,))], "?": [Part("maybe", parts=(part,))]}.get(
                words[0], [part, Part("many", parts=(part,))]
            )
            words.pop(0)
        else:
            parts.append(part)
    return parts[0] if len(parts) == 1 else Part("sequence", parts=tuple(parts))


@cache
def first(part: Part) -> frozenset[str]:
    """The tokens that the part can begin with; the empty name if it can be nothing."""
    match part.kind:
        case "token":
            return frozenset({part.name})
        case "rule":
            return first(rules()[part.name])
        case "choice":
            return frozenset[str]().union(*map(first, part.parts))
        case "sequence":
            found: frozenset[str] = frozenset({""})
            for piece in part.parts:
                if "" in found:
                    found = found - {""} | first(piece)
            return found
    return first(part.parts[0]) | {""}


_KINDS: Final = {
    "iri": "ADDRESS",
    "pname": "NAME",
    "number": "NUMBER",
    "var": "VARIABLE",
    "string": "STRING",
    "lang": "LANGUAGE",
    "bnode": "BLANK",
}


def classes(token: Token) -> Iterator[str]:
    """The names by which the grammar may know a token."""
    if token.kind == "punct":
        yield token.text
    elif token.kind == "word":
        # Keywords are written as one likes, except for the one of a single letter.
        yield _CLASS.get(token.keyword, token.keyword) if token.keyword != "A" or token.text == "a" else ""
    else:
        yield _KINDS[token.kind]
    if token.kind == "pname" and token.text.endswith(":"):
        yield "NAMESPACE"
    if token.kind == "number" and token.text.isdigit():
        yield "INTEGER"


@dataclass(frozen=True)
class Misfit:
    """The number of the first token that does not fit, and what could have stood there, likeliest first."""

    at: int
    expected: tuple[str, ...]


def misfit(tokens: Sequence[Token]) -> Misfit | None:
    """Where a query first leaves the grammar; nothing if it does not."""
    stack: list[Part] = [rules()["Query"]]
    at, passed = 0, list[str]()
    while stack:
        here = set(classes(tokens[at])) if at < len(tokens) else set[str]()
        part = stack.pop()
        following = _follow(part, here)
        if following is None:
            return Misfit(at, _told([*_names(part), *passed]))
        if part.kind == "token":
            at, passed = at + 1, []
        elif not following:
            passed += _names(part)
        stack += reversed(following)
    return Misfit(at, _told(passed)) if at < len(tokens) else None


def _follow(part: Part, here: set[str]) -> tuple[Part, ...] | None:
    """What the part becomes before that token; nothing if the token does not fit."""
    match part.kind:
        case "token":
            return () if part.name in here else None
        case "rule":
            body = rules()[part.name]
            return (body,) if "" in first(body) or here & first(body) else None
        case "choice":
            fitting = [branch for branch in part.parts if here & first(branch)]
            empty = [branch for branch in part.parts if "" in first(branch)]
            return ((fitting or empty)[0],) if fitting or empty else None
        case "sequence":
            return part.parts
    if not here & first(part.parts[0]):
        return ()
    return (*part.parts, part) if part.kind == "many" else part.parts


@cache
def _names(part: Part) -> tuple[str, ...]:
    """What the part is called, or what it can begin with."""
    if part.name in _TOLD:
        return (_TOLD[part.name],)
    match part.kind:
        case "token":
            return ("a function",) if part.name in _FUNCTIONS else (f"“{part.name}”",)
        case "rule":
            return _names(rules()[part.name])
        case "sequence":
            needed = next(
                (n for n, piece in enumerate(part.parts) if "" not in first(piece)), len(part.parts)
            )
            return tuple(name for piece in part.parts[: needed + 1] for name in _names(piece))
    return tuple(name for piece in part.parts for name in _names(piece))


def _told(names: list[str]) -> tuple[str, ...]:
    found = dict.fromkeys(filter(None, names))
    if "“&”" in found or "an object" in found:  # after a value or a path nearly every sign may follow
        found = {name: None for name in found if name not in _OPERATORS}
    return tuple(found)
