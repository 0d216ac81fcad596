"""What every page draws from: the graph, the things in it, and the templates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from asylgraf.graph import LawGraph, open_graph
from asylgraf.namespaces import local, short
from asylgraf.service.downloads import Download, archives, downloads
from asylgraf.service.kinds import KIND_TERMS
from asylgraf.service.names import Names, in_order
from asylgraf.service.outline import Outline, outline
from asylgraf.service.relations import day_graph
from asylgraf.service.search import Search
from asylgraf.service.things import Things
from asylgraf.web.days import rows, told
from asylgraf.web.lasting import lasting
from asylgraf.web.phrases import heading, phrase
from asylgraf.web.settings import Settings
from asylgraf.web.told import Telling
from asylgraf.web.view import View, brief, view_of
from asylgraf.web.words import WORDS

HOME = Path(__file__).parent


@dataclass
class Site:
    """One running site; kept in `app.state.site`."""

    settings: Settings

    @cached_property
    def graph(self) -> LawGraph:
        """The graph that is served."""
        return open_graph(extra=self.settings.extra)

    @cached_property
    def names(self) -> Names:
        """What things are called."""
        return Names(self.graph)

    @cached_property
    def search(self) -> Search:
        """Things by name."""
        return Search(self.graph)

    @cached_property
    def downloads(self) -> dict[str, Download]:
        """The graph as files to keep."""
        return downloads(self.graph, self.settings.extra)

    @cached_property
    def releases(self) -> list[Download]:
        """The archives of older versions that are kept."""
        return archives(self.settings.releases) if self.settings.releases else []

    @cached_property
    def _things(self) -> dict[date | None, Things]:
        return {}

    def things(self, known: date | None) -> Things:
        """The things of the graph as it was known on a day."""
        if known not in self._things:
            if len(self._things) >= 8:
                self._things.pop(next(iter(self._things)))
            self._things[known] = Things(self.graph, known)
        return self._things[known]

    def day_graph(self, on: date, known: date | None) -> nx.MultiDiGraph[str]:
        """The graph of a day as a drawing needs it; kept for the days last drawn."""
        key = self._moment(on, known), known
        if key not in self._drawn:
            if len(self._drawn) >= 8:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[key] = day_graph(self.things(known), on)
        return self._drawn[key]

    @cached_property
    def _drawn(self) -> dict[tuple[int, date | None], nx.MultiDiGraph[str]]:
        return {}

    def outline(self, iri: str, on: date, known: date | None) -> Outline:
        """What a thing is made up of on a day; kept for those last asked for."""
        key = iri, self._moment(on, known), known
        if key not in self._outlined:
            if len(self._outlined) >= 64:
                self._outlined.pop(next(iter(self._outlined)))
            self._outlined[key] = outline(self.things(known), iri, on)
        return self._outlined[key]

    @cached_property
    def _outlined(self) -> dict[tuple[str, int, date | None], Outline]:
        return {}

    @cached_property
    def drawings(self) -> dict[tuple[str, str, date, str], Response]:
        """The drawings last asked for, by address, language, day and format."""
        return {}

    @cached_property
    def questions(self) -> dict[tuple[str, str, str], Markup]:
        """The questions of the form while they are not answered, by language, what links keep, and fact."""
        return {}

    @cached_property
    def compared(self) -> dict[tuple[tuple[str, str], ...], dict[str, Any]]:
        """What differs between the days last compared."""
        return {}

    def _moment(self, on: date, known: date | None) -> int:
        """How many days of change lie behind a day: the law is one and the same between two of them."""
        return bisect_right(list(self.changed(known)), on)

    def changed(self, known: date | None) -> dict[date, tuple[str, ...]]:
        """The provisions in which a version starts, or may start, on each day of change; kept per record."""
        if known not in self._changed:
            found: dict[date, set[str]] = {}
            for provision, versions in self.graph.law(known).versions.items():
                for version in versions:
                    for day in {version.start.earliest, version.start.latest}:
                        found.setdefault(day, set()).add(provision)
            days = {day: tuple(sorted(found[day], key=in_order)) for day in sorted(found)}
            self._changed[known] = days
        return self._changed[known]

    @cached_property
    def _changed(self) -> dict[date | None, dict[date, tuple[str, ...]]]:
        return {}

    def days(self, known: date | None, language: str) -> dict[date, Markup]:
        """What changed on each day of change, in words; kept per record and language."""
        if (known, language) not in self._told:
            self._told[known, language] = told(self.changed(known), self.names, language)
        return self._told[known, language]

    @cached_property
    def _told(self) -> dict[tuple[date | None, str], dict[date, Markup]]:
        return {}

    def today(self) -> date:
        """The day it is where decisions are made."""
        return self.settings.clock.today()

    def view(self, request: Request) -> View:
        """The view a request asks for."""
        return view_of(request, self.today())

    @cached_property
    def templates(self) -> Environment:
        """The templates; everything they show is escaped."""
        found = Environment(
            loader=FileSystemLoader(HOME / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        found.filters["brief"] = found.globals["brief"] = brief
        found.filters["local"] = local
        return found

    def page(self, template: str, view: View, status: int = 200, **shown: object) -> HTMLResponse:
        """A template filled for a view."""
        context = {**self.context(view), **shown}
        body = self.templates.get_template(template).render(context)
        headers = {"content-language": view.language, "vary": "accept, accept-language"}
        return HTMLResponse(body, status_code=status, headers=headers)

    def fragment(self, template: str, context: Mapping[str, Any]) -> Markup:
        """A part of a page."""
        return Markup(self.templates.get_template(template).render(context))  # noqa: S704 -- escaped there

    def context(self, view: View) -> Mapping[str, Any]:
        """What every template can use."""
        words = WORDS[view.language]

        def name(iri: str) -> str:
            return self.names.text(iri, view.language)

        @cache
        def named(iri: str) -> Markup:
            return self._named(iri, view)

        @cache
        def link(iri: str, text: str | None = None) -> Markup:
            href = view.href(iri)
            outside = ' rel="external noreferrer"' if href == iri else ""
            return Markup(f'<a href="{escape(href)}"{outside}>{escape(text or named(iri))}</a>')  # noqa: S704

        return {
            "view": view,
            "t": words,
            "name": name,
            "named": named,
            "link": link,
            "local": local,
            "phrase": lambda kind, text: phrase(kind, text, view.language),
            "heading": lambda column: heading(column, view.language),
            "telling": Telling(
                view.language, lambda fact: self._fact(fact, view), lambda text: self._reasons(text, view)
            ),
            "lasting": lambda written: lasting(written, view.language),
            "kind_word": lambda iri, kind: self.kind_word(iri, kind, view),
            "short": short,
            "kinds": {
                **{kind: name(iri) for kind, iri in KIND_TERMS.items()},
                "Condition": words["kind_condition"],
                "Term": words["kind_other"],
            },
            "changes": self.changed(view.known),
            "days": list(self.changed(view.known)),
            "day_rows": lambda current: rows(view, self.days(view.known, view.language), current),
        }

    def kind_word(self, iri: str, kind: str, view: View) -> str:
        """What a thing is: a condition is called one, anything else as its kind is."""
        is_condition = iri in self.things(view.known).law.conditions
        return (
            WORDS[view.language]["kind_condition"] if is_condition else self.names.text(kind, view.language)
        )

    def _fact(self, name: str, view: View) -> str | None:
        """What a fact is called, by its short name; nothing if there is no such fact."""
        fact = self.graph.law().by_name.get(name)
        return self.names.text(fact.iri, view.language) if fact else None

    def _reasons(self, text: str, view: View) -> str:
        """A text that quotes axioms in English, with each in the language of the view."""
        for axiom in self.graph.law().axioms.values():
            english, own = (
                f"“{axiom.label.get(words, axiom.iri)}”: {axiom.reason.get(words, '')}"
                for words in ("en", view.language)
            )
            text = text.replace(english, own)
        return text

    def _named(self, iri: str, view: View) -> Markup:
        """The name of a thing, marked with its language where that is not the page's."""
        labels = self.names.of(iri)
        if view.language in labels:
            return escape(labels[view.language])
        other = next((lang for lang in ("en", "da") if lang in labels), None)
        if other:
            return Markup('<span lang="{}">{}</span>').format(other, labels[other])
        return Markup('<span class="address">{}</span>').format(short(iri))


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site
