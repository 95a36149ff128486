"""身份证已注册 leads on, by where the person is and who reads it."""

import pytest
from django.urls import reverse

from members import registered
from orgs.scope import scope_of
from tests import makers
from zhtj.lib.verdict import no

pytestmark = pytest.mark.django_db


def ways(verdict) -> list[tuple[str, str]]:
    return [(each.words, each.url) for each in verdict.ways]


@pytest.fixture
def to_branch(cast, country):
    """What the administrator of 2023级1班 hears of a member."""
    return lambda member: registered.to_administrator(scope_of(cast.class1_admin), country.class1, member)


def test_in_the_same_branch_to_the_page_and_to_a_post(to_branch, cast, country):
    verdict = to_branch(cast.member)
    assert (bool(verdict), verdict.cause, ways(verdict)) == (
        False,
        "registered_member",
        [
            ("查看这位团员", reverse("members:detail", args=[cast.member.pk])),
            ("登记团内职务", reverse("cadres:add", args=[country.class1.pk])),
        ],
    )


def test_elsewhere_to_the_transfer_without_a_name(to_branch, cast, country):
    verdict = to_branch(cast.worker)
    assert (verdict.cause, country.workshop.short_name in verdict.message) == ("registered_transfer", False)
    assert [words for words, _ in ways(verdict)] == [registered.bring_in().words]


def test_elsewhere_below_the_branch_is_named_and_the_page_linked(cast, country):
    member = makers.make_member(country.class2, "二班人")
    verdict = registered.to_administrator(scope_of(cast.college_admin), country.class1, member)
    assert country.class2.full_name in verdict.message
    assert ways(verdict)[-1] == ("查看这位团员", reverse("members:detail", args=[member.pk]))


def test_for_an_organisation_without_members_to_the_invitation(cast, country):
    verdict = registered.to_administrator(scope_of(cast.college_admin), country.college, cast.worker)
    assert (verdict.cause, ways(verdict)) == (
        "registered_invite",
        [("邀请担任职务", reverse("cadres:invite", args=[country.college.pk]))],
    )


@pytest.mark.parametrize(
    ("who", "place", "cause"),
    [
        ("member", "class1", "registered_member"),
        ("member", "class2", "registered_transfer"),
        ("member", "college", "registered_invite"),
    ],
)
def test_the_person_is_led_to_the_doors(cast, country, who, place, cause):
    member = getattr(cast, who)
    found = registered.to_person(member.account_id, member, getattr(country, place), signed_in=False)
    assert (found.cause, ways(found)[:2]) == (cause, [("登录", "/login/"), ("忘记密码", "/forgot/")])


def test_the_signed_in_are_not_sent_to_the_doors(cast, country):
    member = cast.member
    found = registered.to_person(member.account_id, member, country.college, signed_in=True)
    assert ways(found) == []


def test_nobody_without_membership_and_post_is_registered(cast, country):
    assert registered.to_person(cast.outsider.pk, None, country.class1, signed_in=False) is None


def test_another_refusal_has_no_ways():
    assert registered.ways_of(no("别的")) == ()
