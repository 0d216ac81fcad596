"""The referee: a description-logic reasoner in Java that answers the same cases from the same law.

HermiT reads the law of a day as OWL with each case as a *class*, and is asked whether such a case can be in
and outside the class of a consequence: it holds when none can be outside, fails when none can be inside.
(Cases as individuals were seen to lose answers.) It never answers users; it judges `assess`.
"""

from asylgraf.reasoner.referee.comparison import Comparison, Difference, compare, held_against, judged
from asylgraf.reasoner.referee.hermit import Claim, Hermit
from asylgraf.reasoner.referee.judgement import Guess, Judgement, Thirds, judge, questions

__all__ = [
    "Claim",
    "Comparison",
    "Difference",
    "Guess",
    "Hermit",
    "Judgement",
    "Thirds",
    "compare",
    "held_against",
    "judge",
    "judged",
    "questions",
]
