"""The condition on the database and what is said of one person agree, field by field."""

from __future__ import annotations

from datetime import date

import pytest

from members import completeness, rules
from members.models import Member
from orgs.models import Post
from tests import makers

pytestmark = pytest.mark.django_db

CAUSES = {
    "": (),
    "ethnicity": (rules.ETHNICITY,),
    "political_status": (rules.STATUS,),
    "education": (rules.EDUCATION,),
    "phone": (rules.PHONE,),
}


def lacks(member: Member) -> list[str]:
    held = list(Post.objects.filter(account=member.account, ended_at=None))
    return completeness.of_member(Member.objects.select_related("account").get(pk=member.pk), held)


def counts_complete(member: Member) -> bool:
    return Member.objects.filter(completeness.member_q(), pk=member.pk).exists()


def post_lacks(post: Post) -> list[str]:
    post = Post.objects.select_related("account").get(pk=post.pk)
    return completeness.of_post(post, Member.objects.filter(account=post.account).first())


def post_counts_complete(post: Post) -> bool:
    return Post.objects.filter(completeness.post_q(), pk=post.pk).exists()


def test_every_required_column_is_looked_at_or_cannot_be_empty():
    looked_at = {column for column, _ in completeness.PROFILE}
    assert looked_at | {rules.NAME, rules.NUMBER, rules.JOINED} == set(rules.REQUIRED)
    assert tuple(column for column, _ in completeness.POST) == rules.CADRE_COLUMNS


@pytest.mark.parametrize("field", CAUSES)
def test_a_member_lacks_each_field_of_the_profile(country, field):
    member = makers.make_member(country.class1, **({field: ""} if field else {}))
    assert (lacks(member), counts_complete(member)) == (list(CAUSES[field]), not field)


@pytest.mark.parametrize(
    ("joined", "number", "missing"),
    [
        (date(2015, 12, 1), None, []),
        (date(2016, 1, 1), None, [rules.LEAGUE_NUMBER]),
        (date(2016, 1, 1), "201665000001", []),
    ],
)
def test_a_number_is_required_of_those_who_joined_from_2016(country, joined, number, missing):
    member = makers.make_member(country.class1, joined=joined, member_number=number)
    assert (lacks(member), counts_complete(member)) == (missing, not missing)


@pytest.mark.parametrize(
    ("field", "value", "column"),
    [
        ("since", None, rules.SINCE),
        ("nature", "", rules.NATURE),
        ("in_party_committee", None, rules.IN_PARTY),
    ],
)
def test_a_post_is_complete_where_it_is_held(country, field, value, column):
    member = makers.make_member(country.class1)
    here = makers.make_post(member.account, country.class1)
    there = makers.make_post(member.account, country.college)
    Post.objects.filter(pk__in=[here.pk, there.pk]).update(in_party_committee=False)
    Post.objects.filter(pk=there.pk).update(**{field: value})
    assert (lacks(member), counts_complete(member)) == ([], True)
    assert (post_lacks(there), post_counts_complete(there)) == ([column], False)
    Post.objects.filter(pk=here.pk).update(**{field: value})
    assert (lacks(member), counts_complete(member)) == ([column], False)


def test_a_cadre_without_membership_needs_no_number(country):
    post = makers.make_post(makers.make_account("王老师"), country.college)
    Post.objects.filter(pk=post.pk).update(in_party_committee=True)
    assert (post_lacks(post), post_counts_complete(post)) == ([], True)


def test_a_cadre_with_membership_needs_the_number_too(country):
    member = makers.make_member(country.class1, member_number=None)
    post = makers.make_post(member.account, country.college)
    Post.objects.filter(pk=post.pk).update(in_party_committee=True)
    assert (post_lacks(post), post_counts_complete(post)) == ([rules.LEAGUE_NUMBER], False)


def test_ended_posts_ask_for_nothing(country):
    member = makers.make_member(country.class1)
    post = makers.make_post(member.account, country.class1)
    Post.objects.filter(pk=post.pk).update(ended_at=post.started_at)
    assert (lacks(member), counts_complete(member)) == ([], True)
