"""Ending every post and seat of an organisation, and giving them back."""

import pytest
from django.utils import timezone

from orgs import vacating
from orgs.models import Post, Seat
from tests import makers

pytestmark = pytest.mark.django_db


def living(organization) -> list[str]:
    posts = Post.objects.filter(organization=organization, ended_at=None).order_by("pk")
    return [f"{post.account.name}{post.title}" for post in posts]


@pytest.fixture
def vacated(cast, country):
    makers.make_post(cast.member.account, country.class1, "组织委员")
    return vacating.vacate(country.class1, actor=makers.SYSTEM, now=timezone.now())


def test_nobody_holds_anything_any_more(cast, country, vacated):
    assert (len(vacated.posts), len(vacated.seats)) == (2, 1)
    assert (living(country.class1), Seat.objects.filter(organization=country.class1).count()) == ([], 0)


def test_everything_comes_back(cast, country, vacated):
    posts, seats = vacating.reoccupy(country.class1, vacated, actor=makers.SYSTEM)
    assert (len(posts), [seat.number for seat in seats]) == (2, [1])
    assert living(country.class1) == ["班一丽书记", "古丽努尔·买买提江组织委员"]


def test_those_who_are_elsewhere_are_left_out(cast, country, vacated):
    posts, seats = vacating.reoccupy(country.class1, vacated, but=[cast.class1_admin.pk], actor=makers.SYSTEM)
    assert (living(country.class1), seats) == (["古丽努尔·买买提江组织委员"], [])


def test_what_somebody_has_taken_meanwhile_stays_taken(cast, country, vacated):
    makers.make_post(cast.classmate.account, country.class1, "书记")
    vacating.reoccupy(country.class1, vacated, actor=makers.SYSTEM)
    assert living(country.class1) == ["古丽努尔·买买提江组织委员", "欧阳小明书记"]


def test_a_closed_account_gets_nothing_back(cast, country, vacated):
    cast.class1_admin.closed_at = timezone.now()
    cast.class1_admin.save()
    assert vacating.reoccupy(country.class1, vacated, actor=makers.SYSTEM)[1] == []
