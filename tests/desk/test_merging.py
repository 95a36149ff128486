"""Merging two branches, what has to be settled, and taking it back."""

import pytest

from members.models import Act, Member, Membership
from orgs import scope
from orgs.models import Organization, Post, Seat
from tests import makers
from zhtj.desk import merging, reopening
from zhtj.desk.merging import Settlement
from zhtj.desk.rules import may_merge
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast, country):
    """The scope of the college's administrator."""
    return scope.scope_of(cast.college_admin)


@pytest.fixture
def settled(cast):
    """Both branches have a 书记: the target's goes on."""
    return Settlement(secretary=cast.class2_admin.pk, other_title="副书记")


def cause(act, *args, **facts) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict.cause


def titles(branch) -> dict[str, str]:
    posts = Post.objects.filter(organization=branch, ended_at=None).select_related("account")
    return {post.account.name: post.title for post in posts}


def test_members_posts_and_seats_go_over(cast, country, college, settled):
    merging.merge(country.class1, country.class2, settled, actor=college)
    assert Member.objects.filter(branch=country.class2).count() == 4
    assert titles(country.class2) == {"班二伟": "书记", "班一丽": "副书记"}
    seats = Seat.objects.filter(organization=country.class2).values_list("number", "post__account__name")
    assert sorted(seats) == [(1, "班二伟"), (2, "班一丽")]


def test_the_merged_one_is_closed_and_the_ledger_says_why(cast, country, college, settled):
    merging.merge(country.class1, country.class2, settled, actor=college)
    assert country.class1 not in Organization.objects.living()
    stretch = Membership.objects.get(account=cast.member.account, ended_at=None)
    assert (stretch.branch, stretch.begun_by) == (country.class2, Act.MERGING)


def test_the_secretary_of_the_merged_one_can_go_on(cast, country, college):
    answers = Settlement(secretary=cast.class1_admin.pk, other_title="组织委员")
    merging.merge(country.class1, country.class2, answers, actor=college)
    assert titles(country.class2) == {"班一丽": "书记", "班二伟": "组织委员"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "secretary"),
        ({"secretary": 0, "other_title": "副书记"}, "secretary"),
        ({"secretary": True}, "other_title"),
        ({"secretary": True, "other_title": "书记"}, "other_title"),
    ],
)
def test_two_secretaries_have_to_be_settled(cast, country, college, answers, expected):
    if answers.get("secretary") is True:
        answers["secretary"] = cast.class1_admin.pk
    assert (
        cause(merging.merge, country.class1, country.class2, Settlement(**answers), actor=college) == expected
    )
    assert country.class1 in Organization.objects.living()


@pytest.fixture
def third(cast, country):
    """A second administrator of 2023级2班: three people for two seats."""
    return makers.make_admin(country.class2, "班二副", title="副书记")


def test_three_administrators_have_to_be_settled(cast, country, college, settled, third):
    assert cause(merging.merge, country.class1, country.class2, settled, actor=college) == "administrators"


def test_those_chosen_sit_and_the_others_keep_their_posts(cast, country, college, settled, third):
    chosen = (cast.class1_admin.pk, third.pk)
    answers = Settlement(settled.secretary, settled.other_title, chosen)
    merging.merge(country.class1, country.class2, answers, actor=college)
    seated = Seat.objects.filter(organization=country.class2).values_list("post__account", flat=True)
    assert set(seated) == set(chosen)
    assert len(titles(country.class2)) == 3


def test_a_person_with_posts_in_both_keeps_one(cast, country, college, settled):
    makers.make_post(cast.class1_admin, country.class2, "宣传委员")
    merging.merge(country.class1, country.class2, settled, actor=college)
    assert titles(country.class2) == {"班二伟": "书记", "班一丽": "副书记"}


def test_without_a_conflict_nothing_is_asked(cast, country, college):
    asked = merging.questions(country.freshmen, country.class2)
    assert (asked.ask_secretary, asked.ask_administrators) == (False, False)
    closing = merging.merge(country.freshmen, country.class2, Settlement(), actor=college)
    assert closing.into == country.class2


def test_it_can_be_undone(cast, country, college, settled):
    closing = merging.merge(country.class1, country.class2, settled, actor=college)
    late = makers.make_member(country.class2, "后来人")
    people = reopening.reopen(closing, actor=college)
    assert len(people.back) == 3
    assert titles(country.class1) == {"班一丽": "书记"}
    assert titles(country.class2) == {"班二伟": "书记"}
    assert Seat.objects.get(organization=country.class1).post.account == cast.class1_admin
    assert {each.account for each in Member.objects.filter(branch=country.class2)} == {
        cast.class2_admin,
        late.account,
    }


def test_titles_and_seats_changed_in_the_other_branch_come_back(cast, country, college, third):
    answers = Settlement(cast.class1_admin.pk, "其他", (cast.class1_admin.pk, third.pk))
    closing = merging.merge(country.class1, country.class2, answers, actor=college)
    reopening.reopen(closing, actor=college)
    assert titles(country.class2) == {"班二伟": "书记", "班二副": "副书记"}
    seated = Seat.objects.filter(organization=country.class2).values_list("post__account", flat=True)
    assert set(seated) == {cast.class2_admin.pk, third.pk}


def test_who_merges_what(cast, country, college):
    other = makers.make_org(country.university, "机关团支部")
    pending = makers.make_org(country.college, "待接转团支部", "pending_branch")
    expected = {
        country.class2: "",
        country.class1: "same",
        pending: "category",
        country.college: "category",
        other: "not_superior",
    }
    assert {each: may_merge(college, country.class1, each).cause for each in expected} == expected
