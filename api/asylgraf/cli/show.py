"""`asylgraf show`: what the graph says of a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, Known, Lang, Language, On, day, today
from asylgraf.cli.output import as_json, console

if TYPE_CHECKING:
    from datetime import date

    from asylgraf.graph.history import Stage
    from asylgraf.graph.law import Version
    from asylgraf.service.dossier import Dossier
    from asylgraf.service.things import Thing, Things

_WORDS = {
    "en": {
        "on": "On {on}",
        "nothing": "Nothing stood there on {on}.",
        "says": "says {speaker} ({standing}, recorded {recorded}, from {sources})",
        "from": "from {start}, by {act}",
        "scope": "for: {scope}",
        "brings": "{kind}: {brings} ({effect})",
        "decided": "decided by",
        "appeal": "appeal to",
        "practice": "Practice",
        "history": "History",
        "here": "here",
        "at": "at {place}",
        "to": "carried on as {places}",
        "came": "carries on {places}",
        "repealed": "repealed",
        "said_of": "what refers to it",
    },
    "da": {
        "on": "Den {on}",
        "nothing": "Intet stod der den {on}.",
        "says": "siger {speaker} ({standing}, optegnet {recorded}, fra {sources})",
        "from": "fra {start}, ved {act}",
        "scope": "for: {scope}",
        "brings": "{kind}: {brings} ({effect})",
        "decided": "afgøres af",
        "appeal": "klage til",
        "practice": "Praksis",
        "history": "Historie",
        "here": "her",
        "at": "i {place}",
        "to": "videreført som {places}",
        "came": "viderefører {places}",
        "repealed": "ophævet",
        "said_of": "hvad der henviser til det",
    },
}


def show(
    thing: Annotated[
        str,
        typer.Argument(metavar="THING", help="A citation, an address such as dk/aliens-act/7/3, or an IRI."),
    ],
    *,
    on: On = None,
    known: Known = None,
    lang: Lang = Language.en,
    json: AsJson = False,
) -> None:
    """Show what stood at an address on a day, who says so, its history, and where it went.

    [bold]Examples:[/bold]

    asylgraf show "§ 7, stk. 3" --on 2014-06-01

    asylgraf show actor/refugee-appeals-board --lang da
    """
    from asylgraf.graph import open_graph
    from asylgraf.service.dossier import dossier, dossier_json, is_provision
    from asylgraf.service.meant import meant
    from asylgraf.service.things import Things
    from asylgraf.service.things_json import thing_json

    when = day(on, "on") or today()
    things = Things(open_graph(), day(known, "known"))
    iri = meant(things, thing)
    if is_provision(things, iri):
        found = dossier(things, iri, when)
        writer = _Writer(things, lang)
        tell = writer.provision if found.stages or found.parts else writer.provision_without_rules
        as_json(dossier_json(things, found)) if json else tell(found)
    else:
        said = things.thing(iri)
        as_json(thing_json(things, said)) if json else _Writer(things, lang).thing(said)


class _Writer:
    """Writes what was found, in a language."""

    def __init__(self, things: Things, language: str) -> None:
        self._things = things
        self._language = language
        self._words = _WORDS[language]
        self._console = console()

    def provision(self, found: Dossier) -> None:
        """A provision on its day."""
        self._head(found.thing.iri)
        if not found.standing:
            self._parts(found)
        for version in found.standing:
            self._version(version, found.on)
        self._pairs("decided", found.decided_by)
        self._pairs("appeal", found.appeal_to)
        if found.practice:
            self._line(self._words["practice"], style="bold")
        for version in found.practice:
            self._practice(version)
        if found.stages:
            self._line(self._words["history"], style="bold")
        for stage in found.stages:
            self._stage(stage)

    def provision_without_rules(self, found: Dossier) -> None:
        """A provision of which no versions are kept, such as an article of a convention."""
        self.thing(found.thing)

    def _parts(self, found: Dossier) -> None:
        """What stands below an address at which nothing stands by itself."""
        key = "on" if found.parts else "nothing"
        self._line(self._words[key].format(on=found.on), style="bold" if found.parts else None)
        for version in found.parts:
            summary = self._words["repealed"] if version.repeal else version.summary.get(self._language, "")
            self._line(f"  {self._name(version.provision)}: {summary}")

    def thing(self, said: Thing) -> None:
        """Any other thing: its statements, and what refers to it."""
        self._head(said.iri)
        for group in said.says:
            for value in group.values:
                text = self._name(value.iri) if value.iri else value.text
                if text and value.language in (None, "", self._language):
                    self._line(f"  {self._name(group.relation)}: {text}")
        if said.said_of:
            self._line(self._words["said_of"], style="bold")
        for group in said.said_of:
            names = ", ".join(self._name(value.iri or "") for value in group.values[:12])
            more = " …" if group.count > 12 else ""
            self._line(f"  {self._name(group.relation)}: {names}{more}")

    def _practice(self, version: Version) -> None:
        self._line(f"  {self._name(version.provision)}: {version.summary.get(self._language, '')}")
        self._brings(version)
        self._line("  " + self._says(version))

    def _brings(self, version: Version) -> None:
        if version.brings and version.kind:
            effect = self._name(f"https://w3id.org/asylgraf/ontology/{(version.effect or '').capitalize()}")
            kind, brings = self._name(version.kind), self._name(version.brings)
            self._line("  " + self._words["brings"].format(kind=kind, brings=brings, effect=effect))

    def _version(self, version: Version, on: date) -> None:
        words = self._words
        self._line(words["on"].format(on=on), style="bold")
        self._line(f"  {version.summary.get(self._language) or self._name(version.iri)}")
        self._brings(version)
        act = self._name(version.enacted_by)
        self._line("  " + words["from"].format(start=_start(version), act=act))
        if version.scope:
            self._line("  " + words["scope"].format(scope=self._name(version.scope)))
        self._line("  " + self._says(version))

    def _says(self, version: Version) -> str:
        voice = self._things.voice(version.graph)
        return self._words["says"].format(
            speaker=self._name(voice.speaker or version.graph),
            standing=self._name(f"https://w3id.org/asylgraf/ontology/{version.standing.name}"),
            recorded=voice.recorded_on,
            sources=", ".join(map(self._name, voice.sources)) or "–",
        )

    def _stage(self, stage: Stage) -> None:
        version, words = stage.version, self._words
        place = words["here"] if stage.here else words["at"].format(place=self._name(version.provision))
        summary = words["repealed"] if version.repeal else version.summary.get(self._language, "")
        self._line(f"  {_start(version)}  {place}: {summary}")
        for key, others in (("came", stage.moved_from), ("to", stage.moved_to)):
            if others:
                self._line(
                    "      " + words[key].format(places=", ".join(map(self._name, others))), style="dim"
                )

    def _pairs(self, word: str, values: tuple[str, ...]) -> None:
        if values:
            self._line(f"{self._words[word]}: {', '.join(map(self._name, values))}")

    def _head(self, iri: str) -> None:
        self._line(self._name(iri), style="bold")
        self._line(iri, style="dim")

    def _name(self, iri: str) -> str:
        return self._things.names.text(iri, self._language)

    def _line(self, text: str, style: str | None = None) -> None:
        self._console.print(text, style=style, markup=False)


def _start(version: Version) -> str:
    start = version.start
    return f"{start.latest}" if start.earliest == start.latest else f"{start.earliest}/{start.latest}"
