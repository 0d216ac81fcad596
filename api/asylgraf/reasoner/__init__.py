"""From a case to its legal consequences, exactly, with reasons."""

from asylgraf.reasoner.assessment import Assessment, Grant, Outcome, assess
from asylgraf.reasoner.proof import Proof
from asylgraf.reasoner.report import assessment_json, fact_json, outcome_json, proof_json
from asylgraf.reasoner.sentences import text

__all__ = [
    "Assessment",
    "Grant",
    "Outcome",
    "Proof",
    "assess",
    "assessment_json",
    "fact_json",
    "outcome_json",
    "proof_json",
    "text",
]
