"""How well the linker finds citations, by kind, and how fast it reads, beside what it is to reach.

PASSAGES=file measures a set of annotated passages (JSON lines) as well. Peers are timed on their own kind of
text, in the environment that `make bench` sets up for them or the one whose interpreter PEERS names.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.citations.annotated import Annotated, Expected, Score, is_link, look_alikes, score, sentences

from asylgraf.citations import cite

REPEATS = 3
HOSTILE = (
    "§", "(", "§ 1(", "stk. 1, ", "1/2 ", " v. ", "udlændingelovens ", "C-1/20 ", "12345/19 ", "§ 1 12/2000 ",
    "sag 1/2000 ", "U.2010.1H ", "Act on X ", "§ 1. ", "- \n",
)  # fmt: skip
LINES = ("x", "ord og ord, ")
"""Texts that are also read as one line of ten million characters."""
PROSE = """
Familien kom til landet om foråret og blev indkvarteret på et center i nærheden af en større by. Børnene
begyndte i skole efter sommerferien, og moderen fandt arbejde på et plejehjem, hvor hun hurtigt lærte
sproget. Faderen ventede længe på svar. Da brevet endelig kom, viste det sig, at sagen var blevet behandlet
efter udlændingelovens § 7, stk. 1, og at der var givet tilladelse for to år ad gangen. De fejrede det med
naboerne, og den ældste søn meldte sig ind i den lokale fodboldklub. Året efter flyttede de til en mindre
lejlighed, som kommunen havde anvist, og hvor der var kort vej til både skole, arbejde og bibliotek.
"""
POINTING = (
    "§ {0}, stk. {1}", "§ {0}", "stk. {1}", "§ {0} a, stk. {1}, nr. 2", "§§ {0}-12{1}",
    "lovens § {0}, stk. {1}",
)  # fmt: skip
RULES = (
    "Ministeren fastsætter nærmere regler om, hvilke oplysninger en ansøgning skal indeholde, og betaling{}.",
    "Styrelsen kan bestemme, at en person, der ikke medvirker, skal tage ophold på et bestemt sted{}.",
    "Afgørelsen kan påklages til nævnet inden en uge efter, at den er meddelt{}.",
    "Reglerne gælder ikke, hvis særlige grunde, herunder hensynet til familiens enhed, taler imod det{}.",
    "Myndigheden skal underrette den, sagen angår, om grunden til, at den er udsat{}.",
)


def main() -> None:
    """Print every table."""
    quality("own sentences", sentences())
    if passages := os.environ.get("PASSAGES"):
        quality(passages, passages_of(Path(passages)))
    speed()
    linearity()
    start()
    peers()


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


# Quality


def quality(name: str, texts: Sequence[Annotated]) -> None:
    """Recall by kind, precision, and look-alikes linked."""
    scores: dict[str, Score] = {}
    links = wrong = 0
    for text in texts:
        found = cite(text.text)
        links += sum(map(is_link, found))
        wrong += len(score(text, found, scores)[1])
    say(f"{name}: precision {1 - wrong / max(1, links):.3f}")
    for kind, counted in sorted(scores.items()):
        say(f"  {kind:8} {counted.right:4}/{counted.all:<4} exact {counted.exact}")
    touched = sum(_touched(text, spans) for text, spans in look_alikes())
    say(f"  look-alikes linked {touched}/{sum(len(spans) for _, spans in look_alikes())}")


def _touched(text: str, spans: Sequence[tuple[int, int]]) -> int:
    links = [one for one in cite(text) if is_link(one)]
    return sum(any(one.start < end and start < one.end for one in links) for start, end in spans)


def passages_of(path: Path) -> list[Annotated]:
    """Annotated passages, their targets in the neutral form of the annotators."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Annotated(
            row["id"],
            row["text"],
            tuple(map(_expected, row["citations"])),
            tuple((span["start"], span["end"]) for span in row.get("ignore", ())),
        )
        for row in rows
    ]


def _expected(mark: dict[str, Any]) -> Expected:
    others = tuple(_address(other) for other in mark.get("alt", ()))
    return Expected(mark["kind"], mark["start"], mark["end"], _address(mark["target"]), others)


_NEUTRAL = {
    "refconv": "refugee-convention",
    "refprot": "refugee-protocol",
    "stateless1954": "stateless-1954",
    "stateless1961": "stateless-1961",
    "eu/charter": "eu-charter",
    "eu/celex": "eu",
    "dk/lov": "dk/act",
}


def _address(target: str) -> str:
    written = target.split("--", maxsplit=1)[0].replace("/art/", "/")
    for neutral, ours in _NEUTRAL.items():
        if written == neutral or written.startswith(f"{neutral}/"):
            written = ours + written.removeprefix(neutral)
    if not written.startswith("case/"):
        return re.sub(r"(/\d+/nr/\d+)/([a-z])$", r"\1/litra/\2", written)
    court, _, number = written.removeprefix("case/").partition("/")
    if court in ("appno", "cjeu"):
        return f"case/{'echr' if court == 'appno' else court}/{number.replace('/', '-')}"
    head, _, year = written.rpartition("/")
    return f"{head.lower()}-{year}"


# Speed


def statute(sections: int = 1200) -> str:
    """A made-up act: labels, subsections, and about six citations in a thousand characters."""
    dice = random.Random(1)  # noqa: S311 - the same act each time
    lines = []
    for section in range(1, sections):
        for part in range(1, dice.randint(2, 5)):
            label = f"§ {section}. " if part == 1 else f"Stk. {part}. "
            said = [
                dice.choice(POINTING).format(dice.randint(1, 120), dice.randint(1, 9))
                for _ in range(dice.randint(0, 2))
            ]
            lines.append(label + dice.choice(RULES).format("".join(f", jf. {place}" for place in said)))
    return "\n".join(lines)


def speed() -> None:
    """Megabytes and citations a second of one processor, by kind of text; and two processes."""
    dense = statute()
    texts = (
        ("statute", dense, 20),
        ("prose", PROSE * 1500, 60),
        ("only citations", "\n\n".join(text.text for text in sentences()) * 20, None),
    )
    for name, text, goal in texts:
        seconds, count = timed(partial(cite, text), time.process_time)
        size = len(text.encode()) / 1e6
        aim = f" (to reach {goal})" if goal else ""
        say(f"{name:14} {size:4.1f} MB {size / seconds:6.1f} MB/s{aim} {count / seconds:8.0f} citations/s")
    halves = [dense * 2, dense * 2]
    one, _ = timed(lambda: [citation for half in halves for citation in cite(half)])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_count, ["§ 7"] * 2))
        two, _ = timed(lambda: list(pool.map(_count, halves)))
    say(f"two processes are {one / two:.2f} times as fast as one")


def _count(text: str) -> int:
    return len(cite(text))


def timed(
    task: Callable[[], Sequence[object]], clock: Callable[[], float] = time.perf_counter
) -> tuple[float, int]:
    """The shortest time of a task, and how much it gave."""
    best, count = float("inf"), 0
    for _ in range(REPEATS):
        begun = clock()
        count = len(task())
        best = min(best, clock() - begun)
    return best, count


def linearity() -> None:
    """Seconds for hostile texts of growing length: each step is ten times the one before."""
    say("hostile text      10k     100k       1M      10M characters, in seconds")
    for piece in (*HOSTILE, *LINES):
        row = []
        for length in (10_000, 100_000, 1_000_000, *((10_000_000,) if piece in LINES else ())):
            text = piece * (length // len(piece))
            begun = time.process_time()
            cite(text)
            row.append(time.process_time() - begun)
        say(f"{piece!r:18}" + "".join(f"{seconds:7.3f}  " for seconds in row))


def start() -> None:
    """From the start of a process to its first citation."""
    task = "from asylgraf.citations import cite; cite('§ 7, stk. 1')"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    bare, _ = timed(lambda: subprocess.run([sys.executable, "-c", ""], check=True, env=kept).args)
    first, _ = timed(lambda: subprocess.run([sys.executable, "-c", task], check=True, env=kept).args)
    say(f"import to first answer {1000 * (first - bare):.0f} ms (to reach 150)")


# Peers

PEERS = Path(__file__).parents[2] / ".venv/peers/bin/python"
_PEERS = {
    "eyecite": (
        "from eyecite import get_citations",
        "get_citations(text)",
        "See Foo v. Bar, 1 U.S. 12, 15 (1999), and 5 F.3d 7. ",
    ),
    "citeurl": (
        "from citeurl import list_cites",
        "list_cites(text)",
        "Under 42 U.S.C. § 1983 and 29 C.F.R. § 1630.2 he sued. ",
    ),
    "refex": (
        "from refex.orchestrator import CitationExtractor",
        "CitationExtractor().extract(text).citations",
        "Nach § 3 Abs. 1 AsylG und §§ 60, 60a AufenthG gilt dies. ",
    ),
}


def peers() -> None:
    """Other linkers on their own kind of text, timed in their own interpreter."""
    interpreter = os.environ.get("PEERS", str(PEERS))
    if not Path(interpreter).exists():
        say("peers: not timed (`make bench` could not install them)")
        return
    for name, (load, call, sample) in _PEERS.items():
        task = (
            f"import time\n{load}\ntext={sample!r}*300\n{call}\nbegun=time.perf_counter()\nfound={call}\n"
            "took=time.perf_counter()-begun\n"
            "print(len(text.encode())/1e6/took, len(list(found))/took)"
        )
        done = subprocess.run([interpreter, "-c", task], capture_output=True, text=True, check=False)
        if done.returncode:
            say(f"{name}: not installed")
            continue
        speed_, citations = map(float, done.stdout.split())
        say(f"{name:8} {speed_:6.2f} MB/s {citations:9.0f} citations/s")


if __name__ == "__main__":
    main()
