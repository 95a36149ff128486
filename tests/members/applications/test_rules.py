"""Who may apply where, who decides, and what can still be done, over every state."""

import pytest
from django.utils import timezone

from members.applications import rules
from members.models import Application, ApplicationState
from orgs.enums import Category
from orgs.scope import nobody, scope_of
from tests import makers

from .conftest import submit

pytestmark = pytest.mark.django_db


def of(country, **facts) -> Application:
    return Application(branch=country.class1, **facts)


def test_only_a_living_branch_can_be_applied_to(country):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    graduates = makers.make_org(country.college, "2020级1班团支部")
    graduates.category = Category.GRADUATE_BRANCH
    gone = makers.make_org(country.college, "2020级2班团支部")
    gone.deleted_at = timezone.now()
    asked = (country.class1, country.college, country.corps, pending, graduates, gone)
    assert [rules.may_apply(each).cause for each in asked] == [
        "", "no_branch", "no_branch", "no_branch", "no_branch", "gone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("class1_admin", True),
        ("college_admin", True),
        ("university_admin", False),
        ("class2_admin", False),
        ("zibo_admin", False),
    ],
)
def test_the_branch_and_its_direct_superior_decide(country, cast, who, allowed):
    application = of(country, state=ApplicationState.PENDING)
    assert bool(rules.may_decide(scope_of(getattr(cast, who)), application)) == allowed


def test_nobody_without_a_seat_decides(country, cast):
    application = of(country, state=ApplicationState.PENDING)
    assert [
        bool(rules.may_decide(each, application)) for each in (nobody(), scope_of(cast.member.account))
    ] == [
        False,
        False,
    ]


def test_who_acts_for_a_vacant_branch_and_superior_decides(country):
    university = makers.make_admin(country.university, "石大河")
    application = submit(country.class2)
    assert rules.may_decide(scope_of(university), application)


@pytest.mark.parametrize(
    ("state", "decide", "withdraw", "resend"),
    [
        ("pending", True, True, False),
        ("returned", False, True, True),
        ("approved", False, False, False),
        ("withdrawn", False, False, False),
        ("ended", False, False, False),
    ],
)
def test_what_each_state_leaves_to_do(country, branch_admin, state, decide, withdraw, resend):
    application = of(country, state=state)
    found = (
        rules.may_decide(branch_admin, application),
        rules.may_withdraw(application),
        rules.may_resend(application),
    )
    assert tuple(map(bool, found)) == (decide, withdraw, resend)


def test_a_returned_one_cannot_be_sent_to_a_branch_that_is_gone(country):
    country.class1.deleted_at = timezone.now()
    assert rules.may_resend(of(country, state=ApplicationState.RETURNED)).cause == "gone"


@pytest.mark.parametrize(
    ("reason", "remark", "allowed"),
    [("facts", "", False), ("facts", "入团年月不对", True), ("other", "", False), ("elsewhere", "", True)],
)
def test_some_reasons_need_words(reason, remark, allowed):
    assert bool(rules.reason_given(reason, remark)) == allowed
