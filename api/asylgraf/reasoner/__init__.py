"""From a case to its legal consequences, exactly, with reasons."""

from asylgraf.reasoner.assessment import Assessment, Grant, Outcome, assess
from asylgraf.reasoner.proof import Proof

__all__ = ["Assessment", "Grant", "Outcome", "Proof", "assess"]
