"""Proofs in words, Danish and English, one indented line a step."""

from __future__ import annotations

from collections.abc import Iterator

from asylgraf.graph.expressions import Has, Within
from asylgraf.graph.law import Fact, Labels, Standing, Version
from asylgraf.namespaces import short
from asylgraf.reasoner.assessment import Outcome
from asylgraf.reasoner.case import Choice, Value
from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.report import value_json

OUTCOMES = {
    "en": {
        "holds": "holds",
        "fails": "fails",
        "undetermined": "undetermined",
        "not in force": "not in force",
    },
    "da": {
        "holds": "gælder",
        "fails": "gælder ikke",
        "undetermined": "uafklaret",
        "not in force": "ikke i kraft",
    },
}
_SIGNS: dict[bool | None, str] = {True: "✓", False: "✗", None: "?"}
_WORDS = {
    "en": {
        "version": "{label} applies (from {start}, {standing})",
        "version not": "{label} does not apply (from {start}, {standing})",
        "version open": "whether {label} applies is open (from {start}, {standing})",
        "override": "nothing from {label} (from {start}) stands in the way",
        "override not": "{label} (from {start}) stands in the way",
        "override open": "whether {label} (from {start}) stands in the way is open",
        "not": "not: {label}",
        "not all": "not all of these",
        "not any": "none of these",
        "not provision": "not covered by {label}",
        "at least": "at least {bound}",
        "at most": "at most {bound}",
        "either": "whatever the answer to “{label}”",
        "suppose": "if “{label}”: yes",
        "suppose not": "if “{label}”: no",
        "axiom": "it follows from “{label}”",
        "start": "the first day of {label} is not known exactly",
        "all": "all of these",
        "any": "at least one of these",
        "every": "every case",
        "none": "no case",
        "yes": "yes",
        "no": "no",
        "unknown": "not known",
        "presumed": "presumed, since nobody raised it",
        "from": "from",
        "to": "to",
        "or": "or",
        "between": "a day between {first} and {last}",
        "Checked": "checked in the source",
        "Reported": "from a secondary source",
        "Unchecked": "not checked",
    },
    "da": {
        "version": "{label} finder anvendelse (fra {start}, {standing})",
        "version not": "{label} finder ikke anvendelse (fra {start}, {standing})",
        "version open": "det er uafklaret, om {label} finder anvendelse (fra {start}, {standing})",
        "override": "intet i {label} (fra {start}) står i vejen",
        "override not": "{label} (fra {start}) står i vejen",
        "override open": "det er uafklaret, om {label} (fra {start}) står i vejen",
        "not": "ikke: {label}",
        "not all": "ikke alle disse",
        "not any": "ingen af disse",
        "not provision": "ikke omfattet af {label}",
        "at least": "mindst {bound}",
        "at most": "højst {bound}",
        "either": "uanset svaret på »{label}«",
        "suppose": "hvis »{label}«: ja",
        "suppose not": "hvis »{label}«: nej",
        "axiom": "det følger af »{label}«",
        "start": "den første dag for {label} kendes ikke præcist",
        "all": "alle disse",
        "any": "mindst én af disse",
        "every": "alle sager",
        "none": "ingen sager",
        "yes": "ja",
        "no": "nej",
        "unknown": "ikke oplyst",
        "presumed": "formodet, da ingen har rejst det",
        "from": "fra",
        "to": "til",
        "or": "eller",
        "between": "en dag mellem {first} og {last}",
        "Checked": "kontrolleret i kilden",
        "Reported": "fra en sekundær kilde",
        "Unchecked": "ikke kontrolleret",
    },
}


def text(outcome: Outcome, language: str = "en") -> str:
    """An outcome and its proof, a line a step."""
    title = name(outcome.label, outcome.rule.consequence.iri, language)
    head = f"{title}: {OUTCOMES[language][outcome.outcome]}"
    return "\n".join([head, *lines(outcome.proof, language)])


def lines(proof: Proof, language: str = "en", depth: int = 1) -> Iterator[str]:
    """The steps below a proof, each a line that begins with its sign: ✓ holds, ✗ fails, ? open."""
    for child in told_once(proof):
        sign = "•" if child.kind == "given" else _SIGNS[child.value]
        yield f"{'  ' * depth}{sign} {sentence(child, language)}"
        yield from lines(child, language, depth + 1)


def told_once(step: Proof) -> tuple[Proof, ...]:
    """The steps below a step, for readers: none that would only repeat what is said above or below it."""
    if step.kind == "not" and [step.label] == [child.label for child in step.children]:
        (step,) = step.children
    return tuple(_fact_of_that_name(child) for child in step.children)


def _fact_of_that_name(step: Proof) -> Proof:
    """The fact alone, where a condition is called as it and asks for nothing else."""
    if step.kind != "condition" or len(step.children) != 1:
        return step
    (child,) = step.children
    return child if child.kind == "fact" and (child.label, child.value) == (step.label, step.value) else step


def sentence(step: Proof, language: str = "en") -> str:
    """One step in words."""
    words = _WORDS[language]
    label = name(step.label, step.iri, language) + _bounds(step, language)
    if step.kind in ("fact", "given"):
        return f"{label}: {_given(step, language)}"
    if step.kind in ("consequence", "provision", "condition", "period"):
        return label
    key = step.kind + _ending(step)
    version = step.children[0].version if step.kind == "override" else step.version
    start, standing = _start(version, language), _standing(version, language)
    return words.get(key, words[step.kind]).format(label=label, start=start, standing=standing)


def _bounds(step: Proof, language: str) -> str:
    """What a number is asked for, in parentheses; conditions on days have names that say so."""
    match step.test:
        case Within(_, minimum, maximum) if not step.of_days:
            ends = (("at least", minimum), ("at most", maximum))
            told = [_WORDS[language][key].format(bound=end) for key, end in ends if end is not None]
            return f" ({', '.join(told)})" if told else ""
    return ""


def _ending(step: Proof) -> str:
    if step.kind == "not":
        below = step.children[0].kind
        return {"all": " all", "any": " any", "provision": " provision", "version": " provision"}.get(
            below, ""
        )
    if step.kind not in ("version", "override", "suppose"):
        return ""
    return {True: "", False: " not", None: " open"}[step.value]


def named(fact: Fact, language: str) -> str:
    """A fact's label, and the name that a case file has for it."""
    return f"{name(fact.label, fact.name, language)} [{fact.name}]"


def name(label: Labels, iri: str | None, language: str) -> str:
    """The label in a language, in the other one, or the address."""
    return label.get(language) or label.get("en") or short(iri or "")


def _start(version: Version | None, language: str) -> str:
    """The first day, or the days between which it lies."""
    if version is None:
        return ""
    start = version.start
    if start.earliest == start.latest:
        return f"{start.latest}"
    return _WORDS[language]["between"].format(first=start.earliest, last=start.latest)


def _standing(version: Version | None, language: str) -> str:
    weakest = max(version.standing, version.start.standing) if version else Standing.Checked
    return _WORDS[language][weakest.name]


def _given(step: Proof, language: str) -> str:
    words = _WORDS[language]
    shown = value_in_words(step.given, language)
    if step.presumed:
        return f"{shown} ({words['presumed']})"
    if step.given is None and step.kind == "fact" and step.value is not None:
        return words["yes" if _truth(step) else "no"]
    return shown


def _truth(step: Proof) -> bool:
    """What a fact that follows from others is; a step that asks for its absence holds without it."""
    absent = isinstance(step.test, Has) and step.test.value is False
    return step.value is not absent


def value_in_words(value: Value | None, language: str) -> str:
    """What is known of a fact."""
    words = _WORDS[language]
    if value is None:
        return words["unknown"]
    if isinstance(value, Choice):
        shown = [words["yes" if v else "no"] if isinstance(v, bool) else short(v) for v in value.values]
        return f" {words['or']} ".join(sorted(shown))
    shape = value_json(value)
    if not isinstance(shape, dict):
        return str(shape)
    ends = [
        f"{words[word]} {shape[end]}"
        for word, end in (("from", "min"), ("to", "max"))
        if shape[end] is not None
    ]
    return " ".join(ends)
