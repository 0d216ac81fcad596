"""Seconds from starting `asylgraf serve` to the first answer of ASK, several times.

python tests/bench/sparql_cold_start.py [runs]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.endpoints import BIN, answers, free_port


def cold_start() -> float:
    """One start, in seconds."""
    port, began = free_port(), time.perf_counter()
    command = [str(BIN / "asylgraf"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers(f"http://127.0.0.1:{port}/sparql"):
            if server.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.005)
        return time.perf_counter() - began
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Print each start and their median."""
    times = [cold_start() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5)]
    told = " ".join(f"{t:.2f}" for t in times)
    print(f"cold start, seconds: {told}; median {statistics.median(times):.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
