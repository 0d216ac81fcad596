"""A named question as code that asks it again from elsewhere: in a shell, in Python, in R."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from asylgraf.sparql.named import NamedQuery

LANGUAGES: Final = ("curl", "python", "asylgraf", "r")
"""`python` needs pandas alone; `asylgraf` is this library, which asks its own copy of the graph."""


def address(site: str, query: NamedQuery, asked: Mapping[str, str], form: str = "csv") -> str:
    """Where a site answers that question, with its values, days and page."""
    values = {name: value for name, value in asked.items() if value}
    return f"{site}/queries/{query.name}.{form}" + (f"?{urlencode(values)}" if values else "")


def snippets(site: str, query: NamedQuery, asked: Mapping[str, str]) -> dict[str, str]:
    """The question in each language; values that the query would refuse are refused here."""
    query.terms({p.name: asked[p.name] for p in query.parameters if asked.get(p.name)})
    place = address(site, query, asked)
    quoted = json.dumps(place)
    return {
        "curl": f"curl --fail {shlex.quote(place)}",
        "python": f"import pandas\n\nrows = pandas.read_csv({quoted})\nprint(rows)",
        "asylgraf": _library(query, asked),
        "r": f'rows <- read.csv({quoted}, encoding = "UTF-8")\nprint(rows)',
    }


def _library(query: NamedQuery, asked: Mapping[str, str]) -> str:
    plain = ("limit", "offset")
    told = [f"{k}={v if k in plain else repr(v)}" for k, v in asked.items() if v and k != "version"]
    today = "" if asked.get("on") else "from datetime import date\n\n"
    call = f"asylgraf.queries.{query.name.replace('-', '_')}"
    given = ", ".join([*told, *(["on=date.today()"] if today else [])])
    return f"{today}import asylgraf\n\nrows = {call}({given})\nprint(rows.pandas())"
