"""Statuses, time, context and typed citations, each with what is hard about it."""

from __future__ import annotations

from datetime import date

import pytest

from asylgraf.citations import Citation, Status, UnknownCitation, cite, resolve
from asylgraf.errors import UnknownAct
from asylgraf.namespaces import ID


def one(text: str, **known: object) -> Citation:
    """The only citation of a text."""
    (found,) = cite(text, **known)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("udlændingelovens § 7, stk. 1", Status.RESOLVED),
        ("udlændingelovens § 7, stk. 9", Status.NO_SUCH_PROVISION),  # section 7 has five subsections
        ("udlændingelovens § 199", Status.NO_SUCH_PROVISION),
        ("artikel 75 i EMRK", Status.NO_SUCH_PROVISION),  # 59 articles
        ("udlændingelovens § 60, stk. 1, nr. 1", Status.UNKNOWN_TARGET),  # its numbers are not modelled
        ("straffelovens § 119", Status.UNKNOWN_TARGET),
        ("§ 7 AsylG", Status.OUT_OF_SCOPE),
        ("no. 41738/10", Status.AMBIGUOUS),  # chamber and Grand Chamber
    ],
)
def test_a_status_says_how_far_a_citation_was_followed(text: str, status: Status) -> None:
    assert one(text).status is status


def test_what_does_not_exist_is_told_from_what_is_not_in_the_graph() -> None:
    missing, unknown = one("udlændingelovens § 7, stk. 9"), one("integrationslovens § 999")
    assert missing.iri is not None
    assert not missing.meaning.linked
    assert unknown.status is Status.NO_SUCH_PROVISION
    assert one("retsplejelovens § 50").status is Status.UNKNOWN_TARGET


def test_a_renumbered_provision_leads_to_where_its_content_stands_today() -> None:
    before, after = one("§ 7, stk. 3", on=date(2015, 2, 19)), one("§ 7, stk. 3", on=date(2015, 2, 20))
    assert before.meaning.address == "dk/aliens-act/7/5"
    assert before.meaning.candidates == ("dk/aliens-act/7/3",)
    assert "renumbered" in before.meaning.rule
    assert after.meaning.address == "dk/aliens-act/7/3"


def test_the_first_country_rule_was_subsection_4_until_the_consolidation_of_2022() -> None:
    """Moved on a day between 21 June and 25 August 2022."""
    before, after = one("§ 7, stk. 4", on=date(2018, 1, 1)), one("§ 7, stk. 4", on=date(2022, 8, 25))
    assert before.meaning.address == "dk/aliens-act/7/5"
    assert before.meaning.candidates == ("dk/aliens-act/7/4",)
    assert before.meaning.version == "dk/aliens-act/7/4/v/2015-153"
    assert after.meaning.address == "dk/aliens-act/7/4"
    assert after.meaning.version == "dk/aliens-act/7/4/v/2022-893"


def test_a_sentence_of_before_the_move_leads_to_subsection_5() -> None:
    (told,) = cite("I 2019 gav nævnet afslag efter udlændingelovens § 7, stk. 4.")
    assert told.meaning.address == "dk/aliens-act/7/5"


def test_a_popular_name_means_the_act_of_its_day() -> None:
    assert one("Dublinforordningen").meaning.address == "eu/32013R0604"
    assert one("Dublinforordningen", on=date(2010, 1, 1)).meaning.address == "eu/32003R0343"


def test_a_range_is_counted_from_the_act_of_the_day() -> None:
    today = one("udlændingelovens §§ 9 i-9 n").meaning.members
    assert [member.rsplit("/", 1)[1] for member in today] == ["9i", "9j", "9k", "9l", "9m", "9n"]
    (early,) = cite("udlændingelovens §§ 19-19 c", on=date(2019, 5, 1))
    assert [member.rsplit("/", 1)[1] for member in early.meaning.members] == ["19", "19a"]


def test_the_rule_that_fired_is_told() -> None:
    text = "Efter udlændingelovens § 7 gives asyl. Det samme gælder § 8. EMRK artikel 3 og udlændingeloven."
    assert [found.meaning.rule for found in cite(text)][:2] == ["named before", "only"]


def test_no_act_reaches_into_a_provision_of_another_kind() -> None:
    found = cite("Se udlændingelovens § 7, jf. artikel 3 i EMRK og § 10 i straffeloven.")
    assert [one.meaning.address for one in found] == ["dk/aliens-act/7", "echr/3", "dk/criminal-code/10"]


def test_a_bare_article_alone_means_nothing_sure() -> None:
    (found,) = resolve("art. 3")  # type: ignore[misc]
    assert found.iri is None
    assert found.status is Status.AMBIGUOUS
    assert {"echr/3", "cat/3", "crc/3"} <= set(found.meaning.candidates)


def test_the_convention_is_that_of_the_body_that_writes() -> None:
    text = "{}\n\nThe author claims a breach of article 3 of the Convention."
    bodies = {
        "Committee against Torture": "cat/3",
        "European Court of Human Rights": "echr/3",
        "Committee on the Rights of the Child": "crc/3",
    }
    for body, address in bodies.items():
        assert cite(text.format(body))[-1].meaning.address == address


def test_near_names_are_not_merged() -> None:
    found = cite("Savran v. Denmark and Savuran v. Denmark")
    assert [one.meaning.address for one in found] == [
        "case/echr/57467-15/2021-12-07",
        "case/echr/3645-23/2024-11-12",
    ]


def test_numbers_are_never_guessed() -> None:
    assert one("Application no. 41738/11").meaning.address == "case/echr/41738-11"
    assert one("Application no. 41738/11").status is Status.UNKNOWN_TARGET


def test_identifiers_come_with_their_siblings() -> None:
    record = one("ECLI:CE:ECHR:2016:1213JUD004173810").to_json()
    assert record["identifiers"] == {
        "appno": "41738/10",
        "ecli": "ECLI:CE:ECHR:2016:1213JUD004173810",
        "hudoc": ["001-169662", "002-11438"],
    }


@pytest.mark.parametrize("written", ["", "hello", "§", "stk.", "forordningens artikel 18", "x" * 500])
def test_what_cannot_be_read_is_a_value(written: str) -> None:
    assert resolve(written) == UnknownCitation(written)


def test_another_base_act() -> None:
    assert (
        one("§ 6, stk. 1, om visitering af flygtninge", base="dk/integration-act").meaning.address
        == "dk/integration-act/6/1"
    )


@pytest.mark.parametrize(
    "base", [f"{ID}dk/integration-act", "id/dk/integration-act", "/id/dk/integration-act/"]
)
def test_a_base_act_is_an_address_or_its_iri(base: str) -> None:
    assert one("§ 6, stk. 1, om visitering", base=base).iri == f"{ID}dk/integration-act/6/1"


@pytest.mark.parametrize(
    ("base", "act"),
    [
        ("return-act", "dk/return-act"),
        ("hjemrejseloven", "dk/return-act"),
        ("Return Act", "dk/return-act"),
        ("UDL", "dk/aliens-act"),
        ("lovbekendtgørelse nr. 1009 af 2. september 2024", "dk/aliens-act"),
        ("lov nr. 153 af 18. februar 2015", "dk/act/2015/153"),
    ],
)
def test_a_base_act_may_be_written_as_a_text_names_it(base: str, act: str) -> None:
    assert one("§ 4 om asyl", base=base).meaning.address == f"{act}/4"


@pytest.mark.parametrize(
    "base", ["dk/alien-act", "dk/aliens-act/7", "§ 7", "udl. og hjemrejseloven", "x", ""]
)
def test_a_base_act_that_is_none_is_answered_with_what_is_expected(base: str) -> None:
    for asked in (cite, resolve):
        with pytest.raises(UnknownAct, match=r"expected its address or name, such as .*dk/"):
            asked("§ 7", base=base)
