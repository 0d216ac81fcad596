"""Reading a case: any JSON gives an answer or one clear sentence, never another exception."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.graph.writing import TINY

from asylgraf.errors import AsylgrafError, BadDate, ContradictoryFacts, UnknownFact, WrongValue
from asylgraf.graph import LawGraph, open_graph
from asylgraf.namespaces import local
from asylgraf.reasoner import Assessment, assess
from asylgraf.reasoner.report import assessment_json
from asylgraf.service.cases import answer, case_of

ON = date(2016, 1, 1)


def graph() -> LawGraph:
    """The shipped law."""
    return open_graph()


FACTS = {fact.name: fact for fact in graph().law().facts.values()}
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text() | st.sampled_from(["min", "max", "in"]), inner)
    ),
    max_leaves=5,
)
nearly = st.one_of(
    anything,
    st.booleans(),
    st.dates().map(str),
    st.builds(lambda a, b: {"min": a, "max": b}, *[st.dates().map(str) | st.none()] * 2),
    st.builds(lambda a: {"in": a}, st.lists(st.booleans(), max_size=3)),
)


@settings(max_examples=300, deadline=None)
@given(
    facts=st.dictionaries(st.sampled_from(sorted(FACTS)) | st.text(), nearly, max_size=5),
    presume=st.sampled_from(["none", "standard"]) | st.text(),
)
def test_any_json_gives_an_answer_or_an_error_of_ours(facts: dict[str, Any], presume: str) -> None:
    found = answered(lambda: assess(graph().consolidated(ON), facts, presume))
    if isinstance(found, AsylgrafError):
        assert found.where is not None
        assert found.detail.endswith((".", "?"))
    else:
        assert json.loads(json.dumps(assessment_json(found)))["outcomes"]


def answered(ask: Callable[[], Assessment]) -> Assessment | AsylgrafError:
    """The answer, or the error of ours; any other exception is a fault."""
    try:
        return ask()
    except AsylgrafError as mistake:
        return mistake


@settings(max_examples=150, deadline=None)
@given(
    raw=anything
    | st.fixed_dictionaries({"facts": anything}, optional=dict.fromkeys(("on", "known", "presume"), anything))
)
def test_any_case_file_gives_an_answer_or_an_error_of_ours(raw: object) -> None:
    found = answered(lambda: answer(graph(), case_of(raw, ON)))
    if isinstance(found, AsylgrafError):
        assert found.where is not None
        assert found.detail.endswith((".", "?"))


@pytest.mark.parametrize("key", ["facts", "on", "known", "presume"])
def test_a_part_of_a_case_nested_without_end_is_an_error(key: str) -> None:
    with pytest.raises(AsylgrafError):
        answer(graph(), case_of({"facts": {}, key: nested()}, ON))


boolean_facts = st.dictionaries(
    st.sampled_from(sorted(name for name, fact in FACTS.items() if fact.type == "boolean")),
    st.booleans() | st.none(),
)


@settings(max_examples=100, deadline=None)
@given(facts=boolean_facts, day=st.sampled_from(graph().change_dates()))
def test_more_knowledge_never_changes_an_answer_of_the_law(facts: dict[str, Any], day: date) -> None:
    law = graph().consolidated(day)
    try:
        after = assess(law, facts)
        before = assess(law, dict(list(facts.items())[:-1]))
    except ContradictoryFacts:
        return
    for earlier, later in zip(before.outcomes, after.outcomes, strict=True):
        assert earlier.outcome in (later.outcome, "undetermined")


def tiny(facts: dict[str, Any], presume: str = "none") -> Any:  # noqa: ANN401
    return assess(open_graph(files=TINY).consolidated(ON), facts, presume)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("applied", "yes"),
        ("applied", 1),
        ("applied", {"in": []}),
        ("applied", {"in": [True, "x"]}),
        ("applied", []),
        ("applied", {}),
        ("age", True),
        ("age", 12.0),
        ("age", "12"),
        ("age", 10**12),
        ("age", {"min": 3, "max": 2}),
        ("age", {"least": 3}),
        ("age", {"min": "3"}),
        ("status", "Third"),
        ("status", ["First"]),
        ("status", {"in": ["First", 2]}),
        ("appliedOn", 20150101),
        ("appliedOn", {"min": True}),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_fact(name: str, value: object) -> None:
    with pytest.raises(WrongValue, match=name) as caught:
        tiny({name: value})
    assert caught.value.where == f"facts.{name}"


@pytest.mark.parametrize(
    "day",
    ["2015-02-29", "2015-2-1", "20150201", "2015-W05-7", "2015-032", "2015-02-01T00:00", "", "٢٠١٥-٠٢-٠١"],
)
def test_a_day_that_is_none_is_an_error(day: str) -> None:
    with pytest.raises(BadDate) as caught:
        tiny({"appliedOn": day})
    assert caught.value.where == "facts.appliedOn"


def test_an_unknown_fact_is_an_error_with_the_nearest_names() -> None:
    with pytest.raises(UnknownFact, match="appliedOn"):
        tiny({"aplliedOn": "2015-01-01"})


def test_a_value_nested_without_end_is_an_error() -> None:
    for name in ("applied", "age", "status", "appliedOn"):
        with pytest.raises(WrongValue):
            tiny({name: nested()})


def nested() -> list[Any]:
    """A list in a list in a list, deeper than anyone reads."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    return deep


def test_a_name_of_a_letter_or_two_is_near_to_nothing() -> None:
    with pytest.raises(UnknownFact, match=r"“x”\. The command “asylgraf facts” lists all\."):
        tiny({"x": True})


def test_facts_that_contradict_each_other_name_the_axiom_they_break() -> None:
    with pytest.raises(ContradictoryFacts, match=r"Who is in danger is not safe\.") as caught:
        tiny({"danger": True, "safe": True})
    assert "danger, safe" in caught.value.detail


def test_only_the_facts_that_the_broken_axiom_is_about_are_named() -> None:
    """Whether the offence is a listed one is joined to whether there is a sentence, but breaks nothing."""
    told = {"everSentenced": False, "longestSentenceMonths": 18, "sentencedForListedOffence": False}
    with pytest.raises(ContradictoryFacts) as caught:
        assess(graph().consolidated(date(2024, 5, 1)), told)
    assert ": everSentenced, longestSentenceMonths. “no sentence has no months”: " in caught.value.detail


def test_the_day_of_what_did_not_happen_is_a_contradiction() -> None:
    with pytest.raises(ContradictoryFacts, match="appliedOn"):
        tiny({"applied": False, "appliedOn": "2015-01-01"})


def test_a_given_day_means_that_it_happened() -> None:
    assert tiny({"appliedOn": "2014-01-01", "excluded": False}).outcome("low").outcome == "holds"


def test_an_exception_given_as_null_stays_unknown() -> None:
    told = {"appliedOn": "2014-01-01"}
    assert tiny(told, "standard").outcome("low").outcome == "holds"
    assert tiny(told | {"excluded": None}, "standard").outcome("low").outcome == "undetermined"
    assert tiny(told).outcome("low").outcome == "undetermined"


def test_what_an_outcome_rests_on_names_its_presumptions() -> None:
    found = tiny({"appliedOn": "2014-01-01"}, "standard").outcome("low").rests_on
    assert [local(fact) for fact in found.presumptions] == ["excluded"]


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("2014-12-31", "holds"),
        ({"max": "2014-12-31"}, "holds"),
        ({"min": "2014-12-31"}, "undetermined"),
        ("2015-01-01", "fails"),
        ({"min": "2015-01-01", "max": "2016-06-01"}, "fails"),
        ({"min": "2015-01-01", "max": None}, "undetermined"),
        (None, "undetermined"),
    ],
)
def test_a_partly_known_day_is_enough_where_it_decides(value: object, outcome: str) -> None:
    facts = {"applied": True, "appliedOn": value, "excluded": False, "heldSince": "2016-01-01"}
    assert tiny(facts).outcome("low").outcome == outcome
