"""The nightly mark, and the to-do of the branch."""

from datetime import date

import pytest
from django.utils import timezone

from members.models import Member, RemovalReason
from members.removal import overage, queries, todo, verbs
from members.removal.rules import Given
from orgs.models import Post, Seat
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry

from .conftest import NOW, TODAY, born

pytestmark = pytest.mark.django_db


def marks():
    return dict(Member.objects.exclude(overage_since=None).values_list("account__name", "overage_since"))


def test_those_of_28_without_a_post_are_marked(country):
    born(country.class1, date(1998, 11, 23), "刚满")
    born(country.class1, date(1998, 11, 24), "明天")
    born(country.class1, date(1990, 1, 1), "党员", political_status="中共党员")
    makers.make_post(born(country.class1, date(1990, 1, 1), "有职务").account, country.class1, "组织委员")
    assert overage.mark_all(TODAY) == (2, 0)
    assert marks() == {"刚满": TODAY, "党员": TODAY}
    assert AuditEntry.objects.filter(verb="members.overage_marked").count() == 2


def test_the_first_mark_stays(country):
    born(country.class1, date(1990, 1, 1))
    overage.mark_all(TODAY)
    assert overage.mark_all(date(2026, 11, 24)) == (0, 0)
    assert marks() == {"大龄人": TODAY}


def test_a_post_takes_the_mark_off_and_its_end_brings_it_back(country):
    member = born(country.class1, date(1990, 1, 1))
    overage.mark_all(TODAY)
    makers.make_post(member.account, country.class1, "组织委员")
    assert overage.mark_all(TODAY) == (0, 1)
    assert marks() == {}
    Post.objects.filter(account=member.account).update(ended_at=NOW)
    assert overage.mark_all(TODAY) == (1, 0)


def test_a_corrected_birth_date_takes_the_mark_off(country):
    member = born(country.class1, date(1990, 1, 1))
    overage.mark_all(TODAY)
    member.account.birth_date = date(2005, 1, 1)
    member.account.save()
    assert overage.mark_all(TODAY) == (0, 1)


def test_born_on_a_leap_day(country):
    born(country.class1, date(2000, 2, 29))
    assert overage.mark_all(date(2028, 2, 28)) == (0, 0)
    assert overage.mark_all(date(2028, 2, 29)) == (1, 0)


def test_many_are_marked_in_few_statements(country, django_assert_num_queries):
    for at in range(4):
        born(country.class1, date(1990, 1, 1), f"大龄{chr(0x4E00 + at)}")
    with django_assert_num_queries(7):
        assert overage.mark_all(TODAY) == (4, 0)


# -- the to-do ----------------------------------------------------------------------------------------------


def kinds(account):
    return [each.kind for each in todo.todo(scope_of(account), now=NOW)]


@pytest.mark.parametrize(("day", "found"), [(date(1998, 11, 23), ["超龄"]), (date(1998, 11, 24), [])])
def test_a_member_is_overage_from_the_28th_birthday(cast, country, day, found):
    born(country.class1, day)
    assert kinds(cast.class1_admin) == found


def test_somebody_with_a_post_is_not(cast, country):
    makers.make_post(born(country.class1, date(1990, 1, 1)).account, country.class1, "组织委员")
    assert kinds(cast.class1_admin) == []


def test_the_superior_is_told_only_while_the_branch_has_nobody(cast, country):
    born(country.class1, date(1990, 1, 1))
    assert kinds(cast.college_admin) == []
    Seat.objects.filter(organization=country.class1).delete()
    assert kinds(cast.college_admin) == ["超龄"]


def test_whoever_is_being_removed_waits_no_more(cast, country):
    member = born(country.class1, timezone.localdate().replace(year=1990, day=1))
    verbs.remove(member, Given(RemovalReason.OVERAGE), actor=scope_of(cast.class1_admin))
    assert kinds(cast.class1_admin) == []


def test_those_who_will_be_28_within_three_months(country):
    for day in (date(1998, 11, 23), date(1998, 11, 24), date(1999, 2, 23), date(1999, 2, 24)):
        born(country.class1, day, f"人{chr(0x4E00 + day.day)}")
    found = queries.soon(Member.objects.all(), today=TODAY)
    assert sorted(found.values_list("account__birth_date", flat=True)) == [
        date(1998, 11, 24),
        date(1999, 2, 23),
    ]
