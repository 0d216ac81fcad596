"""The table of a run sums what was compared on each day."""

from __future__ import annotations

from tests.referee.table import counted, table

from asylgraf.reasoner.referee import Comparison
from asylgraf.reasoner.referee.comparison import Difference

SAME = Comparison(1_000, 5, 3_000, 1_200, 800, ())
OTHER = Comparison(1, 0, 2, 1, 0, (Difference({}, "permit", True, False),))


def test_days_are_counted_once_and_their_counts_added() -> None:
    found = table(
        [
            counted("drawn", "2014-01-01", SAME),
            counted("drawn", "2015-01-01", SAME),
            counted("conditions", "2015-01-01", OTHER, pairs=3, found_out=7),
        ]
    )
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in found if "---" not in line]
    assert cells[0][:4] == ["", "days", "cases", "impossible"]
    assert cells[1:] == [
        ["conditions", "1", "1", "0", "2", "1", "0", "1", "1", "3", "0", "0", "7"],
        ["drawn", "2", "2,000", "10", "6,000", "2,400", "1,600", "2,000", "0", "0", "0", "0", "0"],
        ["all", "2", "2,001", "10", "6,002", "2,401", "1,600", "2,001", "1", "3", "0", "0", "7"],
    ]
