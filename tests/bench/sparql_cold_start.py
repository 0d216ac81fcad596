"""Seconds from starting `asylgraf serve` to the first answer of ASK, several times.

python tests/bench/sparql_cold_start.py [runs]

Three kinds of start: with nothing kept; with the outcomes of the examples kept, and no store;
and with the store that an earlier start kept, as all but the first find it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.endpoints import BIN, answers, free_port


def cold_start(cache: Path, linger: float = 0.0) -> float:
    """One start, in seconds; the server then stays a while, and may keep what it made."""
    port, began = free_port(), time.perf_counter()
    command = [str(BIN / "asylgraf"), "serve", "--port", str(port)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    try:
        while not answers(f"http://127.0.0.1:{port}/sparql"):
            if server.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.005)
        took = time.perf_counter() - began
        time.sleep(linger)
        return took
    finally:
        server.terminate()
        server.wait()


def forget(cache: Path, what: str) -> None:
    """Remove what earlier starts kept."""
    for kept in (cache / "asylgraf").glob(what):
        shutil.rmtree(kept)


def tell(kind: str, times: list[float]) -> None:
    """Print each start and their median."""
    told = " ".join(f"{t:.2f}" for t in times)
    print(f"{kind}, seconds: {told}; median {statistics.median(times):.2f}")  # noqa: T201


def main() -> None:
    """Print each start of each kind, and their medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for kind, what in (("nothing kept", "*"), ("outcomes kept", "ready-*")):
            times = []
            for _ in range(runs):
                forget(cache, what)
                times.append(cold_start(cache))
            tell(kind, times)
        cold_start(cache, linger=15.0)
        tell("store kept", [cold_start(cache) for _ in range(runs)])


if __name__ == "__main__":
    main()
