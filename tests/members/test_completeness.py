"""The condition on the database and what is said of one person agree, field by field."""

from __future__ import annotations

from datetime import date

import pytest

from members import completeness, rules
from members.models import Member
from orgs.models import Organization, Post
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


# -- organisations ------------------------------------------------------------------------------------


def entered(organization) -> bool:
    return Organization.objects.filter(completeness.entered_q(), pk=organization.pk).exists()


def entry(organization) -> completeness.Entry:
    return completeness.Entry.of(completeness.with_entry(Organization.objects).get(pk=organization.pk))


def cadre(organization, name: str, title: str = "干事", *, complete: bool = True) -> Post:
    post = makers.make_post(makers.make_account(name), organization, title)
    Post.objects.filter(pk=post.pk).update(in_party_committee=False if complete else None)
    return post


@pytest.mark.parametrize(
    ("place", "complete", "lacking", "expected"),
    [
        ("shandong", 0, 0, ["还没有团干部"]),
        ("shandong", 1, 0, []),
        ("shandong", 2, 1, ["1 名团干部资料不完整"]),
        ("college", 0, 0, ["资料完整的团干部至少 2 名，现有 0 名"]),
        ("college", 1, 1, ["资料完整的团干部至少 2 名，现有 1 名", "1 名团干部资料不完整"]),
        ("college", 2, 0, []),
        ("college", 2, 1, []),
        ("freshmen", 0, 0, ["还没有团员和团干部"]),
        ("freshmen", 1, 0, []),
        ("freshmen", 1, 1, ["1 名团干部资料不完整"]),
    ],
)
def test_completion_goes_by_the_cadres(country, place, complete, lacking, expected):
    organization = getattr(country, place)
    for at in range(complete + lacking):
        cadre(organization, f"干部{chr(0x4E00 + at)}", complete=at < complete)
    assert (entry(organization).lacks, entered(organization)) == (expected, not expected)


@pytest.mark.parametrize(("complete", "lacking", "expected"), [(1, 0, []), (2, 1, ["1 名团员资料不完整"])])
def test_a_branch_is_complete_with_all_its_members(country, complete, lacking, expected):
    for at in range(complete + lacking):
        facts = {} if at < complete else {"phone": ""}
        makers.make_member(country.class1, f"同学{chr(0x4E00 + at)}", **facts)
    assert (entry(country.class1).lacks, entered(country.class1)) == (expected, not expected)


def test_people_below_count_where_they_are(country):
    makers.make_member(country.class1)
    assert (entered(country.class1), entered(country.college)) == (True, False)
