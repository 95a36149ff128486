"""Who gets a letter when; void, again under a new number, many at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account
from orgs.models import Organization
from tests.transfers.cases import make
from transfers.enums import Act, State
from transfers.letters import issuing, rules
from transfers.models import Letter, Standing, Transfer
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused


def test_a_letter_says_what_is_true_today(sent, issue, country):
    letter = issue(sent("古丽努尔·买买提江"))
    assert (letter.name, letter.issuer, letter.addressee, letter.state) == (
        "古丽努尔·买买提江",
        country.college,
        country.company,
        Standing.ISSUED,
    )
    assert letter.facts["出生年月"] == "2006-05"
    assert letter.valid_until - letter.issued_on == timedelta(days=90)


def test_it_stays_as_it_was_printed_when_the_person_or_the_name_changes(sent, issue, country):
    letter = issue(sent("张三"))
    Account.objects.filter(pk=letter.transfer.account_id).update(name="张叁")
    Organization.objects.filter(pk=country.company.pk).update(full_name="改名团委")
    fresh = Letter.objects.get(pk=letter.pk)
    assert (fresh.name, fresh.addressee_name) == ("张三", country.company.full_name)


@pytest.mark.parametrize(
    ("state", "cause"),
    [
        (State.OUT, "state"),
        (State.IN, ""),
        (State.ASSIGN, ""),
        (State.DONE, ""),
        (State.RETURNED, "state"),
        (State.WITHDRAWN, "state"),
        (State.LAPSED, "state"),
    ],
)
def test_the_outgoing_side_has_to_have_agreed(country, cast, seats, state, cause):
    case = make(country, cast, "person to a body", state)
    assert rules.may_issue(seats.college_admin, case).cause == cause


@pytest.mark.parametrize(
    ("who", "cause"),
    [
        ("college_admin", ""),
        ("class1_admin", "not_issuer"),
        ("university_admin", "not_issuer"),
        ("corps_admin", "not_issuer"),
        ("workshop_admin", "not_issuer"),
        ("company_admin", "not_issuer"),
        ("member", "not_issuer"),
        ("outsider", "not_issuer"),
    ],
)
def test_the_office_of_the_outgoing_side_issues(country, cast, seats, who, cause):
    case = make(country, cast, "sent to a branch", State.IN)
    assert rules.may_issue(getattr(seats, who), case).cause == cause


def test_within_one_committee_there_is_no_letter(country, cast, seats):
    case = make(country, cast, "person to the next class", State.IN)
    verdict = rules.may_issue(seats.college_admin, case)
    assert (verdict.cause, "不用介绍信" in verdict.message) == ("same", True)


@pytest.mark.parametrize("asked", ["workshop", "zibo", "shandong", "university", None])
def test_another_addressee_is_refused_with_words(sent, seats, country, asked):
    case = sent()
    with pytest.raises(Refused, match=f"只能开给“{country.company.full_name}”"):
        issuing.issue(case, addressee=getattr(country, asked) if asked else None, actor=seats.college_admin)
    assert not Letter.objects.exists()


def test_an_organisation_is_refused_where_the_unit_is_outside(sent, seats, country):
    case = sent(target=None, outside="beijing", outside_name="某大学团委")
    with pytest.raises(Refused, match="只能开给“某大学团委”"):
        issuing.issue(case, addressee=country.company, actor=seats.college_admin)


def test_a_second_letter_is_refused_and_names_the_first(sent, issue, seats, country):
    case = sent()
    issue(case)
    with pytest.raises(Refused, match="已开具介绍信第 000001 号"):
        issuing.issue(case, addressee=country.company, actor=seats.college_admin)


def test_void_keeps_the_number_and_asks_why(sent, issue, seats):
    letter = issue(sent())
    with pytest.raises(Refused, match="请填写作废的原因"):
        issuing.void(letter, " ", actor=seats.college_admin)
    gone = issuing.void(letter, "写错单位", actor=seats.college_admin)
    assert (gone.state, gone.number, gone.void_reason) == (Standing.VOID, 1, "写错单位")


def test_issued_again_it_has_a_new_number_and_the_old_one_is_void_and_linked(sent, issue, seats):
    old = issue(sent())
    new = issuing.reissue(old, "遗失", actor=seats.college_admin)
    old.refresh_from_db()
    assert (old.state, new.number, new.replaces_id) == (Standing.VOID, 2, old.pk)


def test_issued_after_a_void_one_it_is_linked_too(sent, issue, seats):
    case = sent()
    old = issuing.void(issue(case), "写错", actor=seats.college_admin)
    assert issue(case).replaces_id == old.pk


def test_an_expired_one_is_issued_again(sent, issue, seats):
    case = sent()
    old = issue(case, now=timezone.now() - timedelta(days=91))
    assert old.standing(today=timezone.localdate()) == Standing.EXPIRED
    assert issuing.reissue(old, "过期", actor=seats.college_admin).number == 2


@pytest.mark.parametrize(("days", "standing"), [(0, "issued"), (90, "issued"), (91, "expired")])
def test_it_is_valid_for_ninety_days(sent, issue, days, standing):
    letter = issue(sent())
    today = letter.issued_on + timedelta(days=days)
    assert letter.standing(today=today) == standing
    assert list(Letter.objects.standing(standing, today=today)) == [letter]


@pytest.mark.parametrize("what", [issuing.void, issuing.reissue])
def test_a_used_one_is_neither_void_nor_issued_again(sent, issue, do, seats, what):
    case = sent()
    issue(case)
    do(case, Act.AGREE_IN)
    with pytest.raises(Refused, match="回执已返回"):
        what(Letter.objects.get(), "原因", actor=seats.college_admin)


@pytest.mark.parametrize("what", [issuing.void, issuing.reissue])
@pytest.mark.parametrize("who", ["class1_admin", "university_admin", "company_admin", "member"])
def test_only_the_issuer_voids(sent, issue, seats, what, who):
    letter = issue(sent())
    with pytest.raises(Refused):
        what(letter, "原因", actor=getattr(seats, who))


def test_every_act_is_on_record_without_a_number_of_a_person(sent, issue, seats):
    letter = issue(sent())
    issuing.void(letter, "写错", actor=seats.college_admin)
    rows = AuditEntry.objects.filter(verb__startswith="letters.").order_by("pk")
    assert [(each.verb, each.account_id) for each in rows] == [
        ("letters.issued", letter.transfer.account_id),
        ("letters.voided", letter.transfer.account_id),
    ]


# -- many -------------------------------------------------------------------------------------------


def test_many_are_numbered_in_the_order_given(sent, seats):
    cases = [sent(f"同学{at}") for at in "甲乙丙"]
    result = issuing.issue_many(reversed(cases), actor=seats.college_admin)
    assert [(each.number, each.name) for each in result.letters] == [
        (1, "同学丙"),
        (2, "同学乙"),
        (3, "同学甲"),
    ]


def test_who_has_one_keeps_it_and_who_can_have_none_is_named(sent, issue, seats, country):
    had, new = sent("甲"), sent("乙")
    mate = sent("丙", target=country.class2, by=seats.class1_admin)
    kept = issue(had)
    result = issuing.issue_many([had, new, mate], actor=seats.college_admin)
    assert [each.transfer_id for each in result.letters] == [new.pk]
    assert result.before == [kept]
    assert [(case.pk, verdict.cause) for case, verdict in result.refused] == [(mate.pk, "same")]


def test_too_few_numbers_issue_none(sent, seats, country):
    issuing.numbers.give(country.university, country.college, 1, 2, actor=seats.university_admin)
    cases = [sent(f"同学{at}") for at in "甲乙丙"]
    with pytest.raises(Refused, match="号段用完"):
        issuing.issue_many(cases, actor=seats.college_admin)
    assert (Letter.objects.count(), issuing.numbers.held(country.college).get().used) == (0, 0)


def test_too_many_at_once_are_refused(seats, monkeypatch, sent):
    monkeypatch.setattr(issuing, "MOST", 1)
    with pytest.raises(Refused, match="一次最多"):
        issuing.issue_many([sent("甲"), sent("乙")], actor=seats.college_admin)


def test_ten_cost_as_many_queries_as_two(sent, seats, django_assert_max_num_queries):
    cases = [sent(f"同学{at}") for at in "甲乙丙丁戊己庚辛壬癸"]
    issuing.issue_many(cases[:1], actor=seats.college_admin)
    with django_assert_max_num_queries(26):
        issuing.issue_many(cases, actor=seats.college_admin)


def test_no_letter_ever_blocks_the_case(sent, do):
    case = sent()
    do(case, Act.AGREE_IN)
    assert Transfer.objects.get(pk=case.pk).state == State.DONE
