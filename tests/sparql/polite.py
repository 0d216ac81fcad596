"""Someone who asks something small all the while, in a process and a session apart from those who mean harm.

python -m tests.sparql.polite PORT    until its input ends; then it tells what it saw as JSON
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any, Self

from tests.sparql.made import SMALL

_PAUSE = 0.02
_PATIENCE = 15
_HOME = Path(__file__).parents[2]


class Polite:
    """Asks while the block lasts; afterwards it has what came back, and how long each answer took."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.times: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.bodies = 0

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.sparql.polite", str(self._port)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_HOME,
            text=True,
            start_new_session=True,
        )
        asking = self._process.stdout.readline() if self._process.stdout else ""
        assert asking == "asking\n"
        return self

    def __exit__(self, *_: object) -> None:
        said = self._process.communicate()[0]
        told: dict[str, Any] = json.loads(said)
        self.times, self.statuses, self.bodies = told["times"], Counter(told["statuses"]), told["bodies"]

    def within(self, share: float) -> float:
        """The time within which that share of the answers came."""
        return sorted(self.times)[min(int(len(self.times) * share), len(self.times) - 1)]


def main() -> None:
    """Ask until nobody listens any more."""
    port, left = int(sys.argv[1]), threading.Event()
    threading.Thread(target=_listen, args=(left,), daemon=True).start()
    times: list[float] = []
    statuses: Counter[str] = Counter()
    bodies: set[bytes] = set()
    print("asking", flush=True)  # noqa: T201
    while not left.is_set():
        began = time.perf_counter()
        status, body = _asked(port, len(times))
        times.append(time.perf_counter() - began)
        statuses[status] += 1
        bodies.add(body)
        time.sleep(_PAUSE)
    print(json.dumps({"times": times, "statuses": statuses, "bodies": len(bodies)}))  # noqa: T201


def _listen(left: threading.Event) -> None:
    sys.stdin.read()
    left.set()


def _asked(port: int, number: int) -> tuple[str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, _PATIENCE, source_address=("127.0.0.2", 0))
    try:
        headers = {"Content-Type": "application/sparql-query"}
        connection.request("POST", "/sparql", f"{SMALL} # {number}".encode(), headers)
        answer = connection.getresponse()
        return str(answer.status), answer.read()
    except OSError as fault:
        return type(fault).__name__, b""
    finally:
        connection.close()


if __name__ == "__main__":
    main()
