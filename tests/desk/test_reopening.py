"""Undoing a deletion: what comes back, what stays, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members import clearing
from members.models import Act, Member, Membership
from orgs import lifecycle, scope
from orgs.models import Organization, Post, Seat
from regcodes import codes
from tests import makers
from zhtj.desk import closing, reopening
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast, country):
    """The scope of the college's administrator."""
    return scope.scope_of(cast.college_admin)


@pytest.fixture
def closed(cast, country, college):
    """2023级1班 with three members, deleted."""
    return closing.close(country.class1, actor=college)


def cause(act, *args, **facts) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict.cause


def test_organisation_members_post_and_seat_come_back(cast, country, college, closed):
    people = reopening.reopen(closed, actor=college)
    class1 = Organization.objects.living().get(pk=country.class1.pk)
    assert (len(people.back), people.away) == (3, [])
    assert Member.objects.filter(branch=class1, branch_path=class1.path).count() == 3
    assert Post.objects.get(organization=class1, ended_at=None).title == "书记"
    assert Seat.objects.get(organization=class1).post.account == cast.class1_admin


def test_the_ledger_says_that_it_was_undone(cast, country, college, closed):
    reopening.reopen(closed, actor=college)
    last = Membership.objects.get(account=cast.member.account, ended_at=None)
    assert (last.branch, last.begun_by) == (country.class1, Act.UNDO)
    assert Membership.objects.filter(account=cast.member.account).count() == 3


def test_those_who_moved_on_stay_where_they_are_and_are_listed(cast, country, college, closed):
    clearing.move_all(
        closed.into, country.class2, act=Act.ENTRY, actor=college, only=[cast.member.account_id]
    )
    people = reopening.reopen(closed, actor=college)
    assert people.people_away() == [cast.member.account]
    cast.member.refresh_from_db()
    assert cast.member.branch == country.class2


def test_somebody_who_came_back_into_the_pending_branch_by_another_way_stays(cast, country, college, closed):
    only = [cast.member.account_id]
    clearing.move_all(closed.into, country.class2, act=Act.ENTRY, actor=college, only=only)
    clearing.move_all(country.class2, closed.into, act=Act.ENTRY, actor=college, only=only)
    assert reopening.returning(closed).away == only


def test_the_post_of_somebody_who_moved_on_stays_ended(cast, country, college, closed):
    clearing.move_all(closed.into, country.class2, act=Act.ENTRY, actor=college, only=[cast.class1_admin.pk])
    reopening.reopen(closed, actor=college)
    assert not Post.objects.filter(organization=country.class1, ended_at=None).exists()
    assert not Seat.objects.filter(organization=country.class1).exists()


def test_codes_stay_void(cast, country, college):
    codes.issue(country.freshmen, actor=college)
    reopening.reopen(closing.close(country.freshmen, actor=college), actor=college)
    assert not country.freshmen.registration_codes.filter(voided_at=None).exists()


def test_a_name_given_away_meanwhile_is_in_the_way(cast, country, college, closed):
    lifecycle.found(country.college, short_name="2023级1班团支部", category="branch", actor=college)
    assert cause(reopening.reopen, closed, actor=college) == "sibling_name"


def test_a_deleted_superior_is_in_the_way(cast, country, college):
    gone = closing.close(country.freshmen, actor=college)
    for branch in (country.class1, country.class2):
        branch_closing = closing.close(branch, actor=college)
    Member.objects.all().delete()
    Membership.objects.all().delete()
    closing.close(branch_closing.into, actor=college)
    university = scope.scope_of(cast.university_admin)
    closing.close(country.college, actor=university)
    gone.refresh_from_db()
    assert cause(reopening.reopen, gone, actor=university) == "superior_gone"


@pytest.mark.parametrize(("days", "expected"), [(29, None), (30, "too_late")])
def test_it_can_be_undone_for_thirty_days(cast, country, college, closed, days, expected):
    now = closed.at + timedelta(days=days)
    if expected:
        assert cause(reopening.reopen, closed, actor=college, now=now) == expected
    else:
        assert len(reopening.reopen(closed, actor=college, now=now).back) == 3


def test_it_is_undone_once(cast, country, college, closed):
    reopening.reopen(closed, actor=college)
    assert cause(reopening.reopen, closed, actor=college) == "undone"


def test_only_the_direct_superior_undoes(cast, country, closed):
    assert cause(reopening.reopen, closed, actor=scope.scope_of(cast.university_admin)) == "not_superior"


def test_a_new_name_of_the_superior_is_the_name_it_comes_back_with(cast, country, college, closed):
    lifecycle.edit(country.college, short_name="医学部团委", actor=scope.scope_of(cast.university_admin))
    reopening.reopen(closed, actor=college)
    country.class1.refresh_from_db()
    assert country.class1.full_name == "新疆生产建设兵团石河子大学医学部2023级1班团支部"


def test_the_days_left_count_begun_ones(cast, closed):
    assert closed.days_left(now=closed.at) == 30
    assert closed.days_left(now=closed.at + timedelta(days=29, hours=1)) == 1
    assert closed.days_left(now=timezone.now() + timedelta(days=31)) == 0


def test_members_who_joined_elsewhere_are_not_touched(cast, country, college, closed):
    other = makers.make_member(country.class2, "别班人")
    reopening.reopen(closed, actor=college)
    other.refresh_from_db()
    assert other.branch == country.class2
