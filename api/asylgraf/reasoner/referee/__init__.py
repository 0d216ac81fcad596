"""The referee: a description-logic reasoner in Java that answers the same cases from the same law.

HermiT reads the law of a day as OWL with each case as a *class* and classifies it: a consequence holds when
the case lies below its class, fails when it lies below the complement. It never answers users; it judges
`assess`.
"""

from asylgraf.reasoner.referee.comparison import Comparison, Difference, compare, held_against
from asylgraf.reasoner.referee.hermit import Hierarchy, classify
from asylgraf.reasoner.referee.judgement import Judgement, judge, questions

__all__ = [
    "Comparison",
    "Difference",
    "Hierarchy",
    "Judgement",
    "classify",
    "compare",
    "held_against",
    "judge",
    "questions",
]
