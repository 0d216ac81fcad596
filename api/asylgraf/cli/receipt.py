"""`asylgraf receipt`: an answer that anyone can run again."""

from __future__ import annotations

from asylgraf.cli.case import CaseArgument, Presuming, case_file
from asylgraf.cli.options import Known, On
from asylgraf.cli.output import as_json


def receipt(case: CaseArgument, *, on: On = None, known: Known = None, presume: Presuming = None) -> None:
    """Print the case, the answer, and the hashes of data and program under which it was given.

    [bold]Example:[/bold] asylgraf receipt case.json > receipt.json
    """
    from asylgraf.graph import open_graph
    from asylgraf.service import receipts

    as_json(receipts.receipt(open_graph(), case_file(case, on, known, presume)))
