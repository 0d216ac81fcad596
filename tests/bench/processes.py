"""What processes take, read from /proc: as everywhere here, on Linux only."""

from __future__ import annotations

from pathlib import Path


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that these started; none that has ended."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[0] != "Z":
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, new = set(), [pid]
    while new:
        new = [child for parent in new for child in parents.get(parent, [])]
        found.update(new)
    return found


def memory_of(pid: int) -> int:
    """Bytes that a process and its descendants take together; what several share counts once."""
    total = 0
    for process in {pid, *descendants(pid)}:
        try:
            told = Path(f"/proc/{process}/smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += next(int(line.split()[1]) << 10 for line in told.splitlines() if line.startswith("Pss:"))
    return total
