"""Who may remove whom and why; ages of 28; who may enter somebody again."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from members.models import Removal, RemovalReason
from members.removal import rules
from members.removal.rules import Case, Given
from orgs.scope import scope_of

from .conftest import NOW, TODAY

OF_28, OF_27 = date(1998, 11, 23), date(1998, 11, 24)


def case(**facts):
    place = SimpleNamespace(short_name="一班团支部")
    plain = {"account_id": 1, "name": "张三", "born": OF_28, "branch": place, "acts": True, "decides": False}
    return Case(**plain | facts)


def cause(found, given, actor_id=9):
    return rules.may_remove(found, given, actor_id=actor_id, today=TODAY).cause


MISTAKE = Given(RemovalReason.BY_MISTAKE)
OVERAGE = Given(RemovalReason.OVERAGE)


@pytest.mark.parametrize(
    ("facts", "given", "expected"),
    [
        ({}, MISTAKE, ""),
        ({"acts": False}, MISTAKE, "not_superior"),
        ({"acts": False, "decides": True}, MISTAKE, ""),
        ({"pending": True}, MISTAKE, "pending"),
        ({"held": "组织关系转接"}, MISTAKE, "held"),
        ({"held": "组织关系转接", "decides": True}, MISTAKE, "held"),
        ({"tied": True}, MISTAKE, "last"),
        ({"tied": True, "decides": True}, MISTAKE, ""),
        ({}, Given("没有的原因"), "reason"),
        ({}, Given(RemovalReason.RESIGNED), "remark"),
        ({}, Given(RemovalReason.DROPPED, "  "), "remark"),
        ({}, Given(RemovalReason.EXPELLED), "remark"),
        ({}, Given(RemovalReason.OTHER), "remark"),
        ({}, Given(RemovalReason.EXPELLED, "校团发〔2026〕3号"), ""),
        ({}, Given(RemovalReason.DECEASED), ""),
        ({}, Given(RemovalReason.TWICE), ""),
        ({}, OVERAGE, ""),
        ({"born": OF_27}, OVERAGE, "young"),
        ({"holds_post": True}, OVERAGE, "post"),
        ({"holds_post": True}, MISTAKE, ""),
    ],
)
def test_who_can_be_removed_for_which_reason(facts, given, expected):
    assert cause(case(**facts), given) == expected


@pytest.mark.parametrize(("decides", "expected"), [(True, "self"), (False, "")])
def test_nobody_decides_about_oneself_but_may_ask(decides, expected):
    assert cause(case(decides=decides), MISTAKE, actor_id=1) == expected


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 23), date(1998, 11, 23)),
        (date(2028, 2, 29), date(2000, 2, 29)),
        (date(2028, 2, 28), date(2000, 2, 28)),
        (date(2027, 2, 28), date(1999, 2, 28)),
        (date(2128, 2, 29), date(2100, 2, 28)),
    ],
)
def test_the_last_day_of_birth_of_those_who_are_28(day, last):
    assert rules.born_by(day) == last
    assert rules.age_on(last, day) == 28
    assert rules.age_on(last + timedelta(days=1), day) == 27


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 23), date(2027, 2, 23)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 9, 30), date(2026, 12, 30)),
    ],
)
def test_three_months_on(day, later):
    assert rules.months_on(day) == later


# -- undo and re-entry --------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "days", "expected"),
    [
        ("college_admin", 29, ""),
        ("college_admin", 30, "late"),
        ("class1_admin", 1, "not_superior"),
        ("university_admin", 1, "not_superior"),
        ("corps_admin", 1, ""),  # it was this person who decided
    ],
)
def test_whoever_decided_or_the_direct_superior_may_undo(cast, country, who, days, expected):
    removal = Removal(
        account_id=cast.member.account_id,
        branch=country.class1,
        removed_at=NOW,
        removed_by=cast.corps_admin.pk,
    )
    scope = scope_of(getattr(cast, who))
    assert rules.may_undo(scope, removal, now=NOW + timedelta(days=days)).cause == expected


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["class1_admin", "college_admin", "university_admin"])
@pytest.mark.parametrize("reason", RemovalReason.values)
def test_after_expulsion_and_death_only_the_direct_superior_enters_again(cast, country, who, reason):
    verdict = rules.may_reenter(scope_of(getattr(cast, who)), country.class1, Removal(reason=reason))
    barred = reason in ("开除团籍", "去世") and who != "college_admin"
    assert verdict.cause == ("reenter" if barred else "")
    assert reason not in verdict.message


@pytest.mark.django_db
def test_an_undone_removal_bars_nobody(cast, country):
    undone = Removal(reason=RemovalReason.EXPELLED, undone_at=NOW)
    assert rules.may_reenter(scope_of(cast.class1_admin), country.class1, undone)
    assert rules.may_reenter(scope_of(cast.class1_admin), country.class1, None)
