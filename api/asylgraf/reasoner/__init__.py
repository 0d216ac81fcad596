"""From a case to its legal consequences, exactly, with reasons."""

from asylgraf.reasoner.assessment import Assessment, Grant, Outcome, assess
from asylgraf.reasoner.change import Change, Flip, flips
from asylgraf.reasoner.compare import Amended, Comparison, Difference, Witness, compare
from asylgraf.reasoner.missing import Missing, Settling, missing, next_question
from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.report import (
    assessment_json,
    comparison_json,
    fact_json,
    flips_json,
    missing_json,
    outcome_json,
    proof_json,
)
from asylgraf.reasoner.review import Review, review
from asylgraf.reasoner.review_report import review_json
from asylgraf.reasoner.sentences import text

__all__ = [
    "Amended",
    "Assessment",
    "Change",
    "Comparison",
    "Difference",
    "Flip",
    "Grant",
    "Missing",
    "Outcome",
    "Proof",
    "Review",
    "Settling",
    "Witness",
    "assess",
    "assessment_json",
    "compare",
    "comparison_json",
    "fact_json",
    "flips",
    "flips_json",
    "missing",
    "missing_json",
    "next_question",
    "outcome_json",
    "proof_json",
    "review",
    "review_json",
    "text",
]
