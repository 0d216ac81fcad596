"""Reading a SPARQL query by its tokens: what must be known of it before an engine may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from asylgraf.namespaces import BASE, RDF

Kind = Literal["iri", "pname", "string", "var", "word", "bnode", "lang", "number", "punct"]
Role = Literal["class", "property", "graph", "prefix", "term"]

_TOKEN = re.compile(
    r"""
      (?P<skip>\s+|\#[^\r\n]*)
    | (?P<iri><[^\x00-\x20<>"{}|^`\\]*>)
    | (?P<string>\"{3}(?:(?:"|"")?(?:[^"\\]|\\.))*\"{3}|'{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<var>[?$]\w+)
    | (?P<bnode>_:\w[\w.\-·]*)
    | (?P<pname>(?:[^\W\d_](?:[\w.\-·]*[\w\-·])?)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
        (?:(?:[\w:.\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
           (?:[\w:\-·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))?)?)
    | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<punct>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_VOLATILE = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_FORMS = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})


class Token(NamedTuple):
    """A token and where it begins."""

    kind: Kind
    text: str
    at: int

    @property
    def keyword(self) -> str:
        """The word in capitals, or nothing if it is no word."""
        return self.text.upper() if self.kind == "word" else ""


class Mention(NamedTuple):
    """A term as a query writes it, the address it stands for, and what it is used as."""

    written: str
    iri: str
    role: Role
    at: int


@dataclass
class Reading:
    """What the tokens of a query tell."""

    form: str = ""
    depth: int = 0
    service: bool = False
    volatile: bool = False
    prefixes: dict[str, str] = field(default_factory=dict)
    default_graphs: list[str] = field(default_factory=list)
    named_graphs: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def update(self) -> bool:
        """Whether this writes."""
        return self.form in _UPDATES


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query; what no grammar knows is punctuation."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind != "skip":
            yield Token(kind, match.group(), match.start())  # type: ignore[arg-type]


def unescaped(query: str) -> str:
    """The query with its code point escapes replaced, as SPARQL does before anything else."""
    return _ESCAPE.sub(_character, query) if "\\u" in query or "\\U" in query else query


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]


def depth(query: str) -> int:
    """How deep the brackets of a query nest."""
    deepest = level = 0
    for token in tokens(query):
        if token.text in "{([" and token.kind == "punct":
            level += 1
            deepest = max(deepest, level)
        elif token.text in "})]" and token.kind == "punct":
            level -= 1
    return deepest


def read(query: str) -> Reading:
    """What a query is, uses and mentions."""
    return _Reader(list(tokens(unescaped(query)))).read()


class _Reader:
    """One walk over the tokens."""

    def __init__(self, stream: list[Token]) -> None:
        self._tokens = stream
        self._reading = Reading()
        self._base = BASE
        self._level = 0
        self._template = False

    def read(self) -> Reading:
        at = 0
        while at < len(self._tokens):
            at = self._step(at)
        return self._reading

    def _step(self, at: int) -> int:
        token = self._tokens[at]
        word = token.keyword
        if word in ("PREFIX", "BASE") and not self._reading.form:
            return self._declaration(at)
        if word == "FROM" and self._level == 0:
            return self._from(at)
        if word:
            self._word(word, at)
        elif token.kind == "punct":
            self._bracket(token.text)
        elif token.kind in ("iri", "pname"):
            self._mention(at)
        return at + 1

    def _declaration(self, at: int) -> int:
        parts = self._tokens[at + 1 : at + 3]
        if self._tokens[at].keyword == "BASE":
            self._base = parts[0].text[1:-1] if parts else ""
            return at + 2
        if len(parts) == 2 and parts[1].kind == "iri":
            name, address = parts[0].text.removesuffix(":"), self._resolved(parts[1].text[1:-1])
            self._reading.prefixes[name] = address
            self._reading.mentions.append(Mention(parts[0].text, address, "prefix", parts[0].at))
        return at + 3

    def _word(self, word: str, at: int) -> None:
        if not self._reading.form and (word in _FORMS or word in _UPDATES):
            self._reading.form = word
            self._template = word == "CONSTRUCT"
        if word == "WHERE" and self._level == 0:
            self._template = False
        if word == "SERVICE":
            self._reading.service = True
        following = self._tokens[at + 1].text if at + 1 < len(self._tokens) else ""
        if word in _VOLATILE and following == "(":
            self._reading.volatile = True

    def _bracket(self, text: str) -> None:
        if text in "{([":
            self._level += 1
            self._reading.depth = max(self._reading.depth, self._level)
        elif text in "})]":
            self._level -= 1

    def _from(self, at: int) -> int:
        named = at + 1 < len(self._tokens) and self._tokens[at + 1].keyword == "NAMED"
        place = at + 2 if named else at + 1
        if place < len(self._tokens) and (iri := self.iri(self._tokens[place])) is not None:
            (self._reading.named_graphs if named else self._reading.default_graphs).append(iri)
            self._reading.mentions.append(
                Mention(self._tokens[place].text, iri, "graph", self._tokens[place].at)
            )
        return place + 1

    def _mention(self, at: int) -> None:
        token = self._tokens[at]
        iri = self.iri(token)
        # A term made by the template of a CONSTRUCT need not be in the graph.
        if iri is not None and not (self._template and self._level):
            self._reading.mentions.append(Mention(token.text, iri, self._role(at), token.at))

    def _role(self, at: int) -> Role:
        before = self._tokens[at - 1] if at else None
        if before is None:
            return "term"
        if before.text == "a" or self.iri(before) == RDF + "type":
            return "class"
        if before.keyword == "GRAPH":
            return "graph"
        return "term"

    def _resolved(self, written: str) -> str:
        if _ABSOLUTE.match(written):
            return written
        # urljoin drops an empty fragment, which ends most namespaces.
        return urljoin(self._base, written).removesuffix("#") + ("#" if written.endswith("#") else "")

    def iri(self, token: Token) -> str | None:
        """The address a token stands for, if its prefix is declared."""
        if token.kind == "iri":
            return self._resolved(token.text[1:-1])
        if token.kind != "pname":
            return None
        prefix, _, rest = token.text.partition(":")
        base = self._reading.prefixes.get(prefix)
        return None if base is None else base + re.sub(r"\\(.)", r"\1", rest)
