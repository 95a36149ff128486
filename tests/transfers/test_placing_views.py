"""分配到团支部 from the list: choosing, the confirm page with its numbers, and what comes next."""

import pytest
from django.urls import reverse

from members.models import Member
from orgs.enums import Category
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(country):
    """The college's 待接转团支部."""
    return makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)


@pytest.fixture
def people(pending):
    """Three people who wait there."""
    return [makers.make_member(pending, f"待转{at}").account for at in "一二三"]


@pytest.fixture
def college(sign_in, cast):
    """The college's administrator at the browser."""
    return sign_in(cast.college_admin)


def address(branch, tail=""):
    return f"/members/branches/{branch.pk}/place/{tail}"


def test_the_list_of_a_branch_offers_it_to_the_superior_only(
    college, sign_in, cast, country, pending, people
):
    listing = f"/members/?branch={pending.pk}"
    assert address(pending) in college.get(listing).content.decode()
    assert address(pending) not in college.get("/members/").content.decode()
    assert address(pending) not in sign_in(cast.university_admin).get(listing).content.decode()


def test_first_the_branch_is_chosen(college, country, pending, people):
    response = college.post(address(pending), {"account": [people[0].pk, people[1].pk]})
    form = response.context["form"]
    assert [pk for pk, _ in form.fields["branch"].choices] == [
        "",
        country.class1.pk,
        country.class2.pk,
        country.freshmen.pk,
    ]
    assert response.context["able"] == sorted(people[:2], key=lambda each: each.initials)


def test_all_of_the_pending_branch_at_once(college, pending, people):
    response = college.post(address(pending), {"all": "1"})
    assert len(response.context["able"]) == 3


def test_the_confirm_page_names_numbers_and_writes_nothing(college, country, pending, people):
    chosen = ",".join(str(each.pk) for each in people[:2])
    response = college.post(address(pending), {"chosen": chosen, "branch": country.class1.pk})
    assert response.context["effects"][0] == (
        f"2 名团员从“待接转团支部”转入“{country.class1.full_name}”，即时生效"
    )
    assert "“待接转团支部”还有 1 名团员" in response.context["effects"]
    assert Member.objects.filter(branch=pending).count() == 3


def test_an_emptied_pending_branch_can_be_deleted_next(college, country, pending, people):
    chosen = ",".join(str(each.pk) for each in people)
    response = college.post(
        address(pending, "confirm/"), {"chosen": chosen, "branch": country.class1.pk}, follow=True
    )
    assert reverse("structure:close", args=[pending.pk]) in response.content.decode()
    assert not Member.objects.filter(branch=pending).exists()


def test_whoever_is_tied_is_named_and_left_out(college, cast, country):
    chosen = [cast.class1_admin.pk, cast.member.account_id]
    response = college.post(address(country.class1), {"account": chosen})
    assert [each.pk for each in response.context["able"]] == [cast.member.account_id]
    assert "班一丽是“2023级1班团支部”仅有的管理员" in response.content.decode()


def test_whoever_is_on_the_way_elsewhere_is_named_and_left_out(college, pending, people):
    Member.objects.filter(account=people[0]).update(held="transfer")
    response = college.post(address(pending), {"all": "1"})
    assert len(response.context["able"]) == 2
    assert response.context["refusals"] == ["待转一正在办理组织关系转接，请等它办结，或先撤回。"]


def test_people_of_other_branches_are_not_taken_along(college, cast, country, pending, people):
    response = college.post(address(pending), {"account": [people[0].pk, cast.member.account_id]})
    assert response.context["able"] == [people[0]]


@pytest.mark.parametrize("branch", ["", "0", "x"])
def test_a_branch_must_be_chosen(college, pending, people, branch):
    response = college.post(address(pending), {"chosen": str(people[0].pk), "branch": branch})
    assert response.status_code == 422
    response = college.post(address(pending, "confirm/"), {"chosen": str(people[0].pk), "branch": branch})
    assert response.status_code == 302
    assert Member.objects.filter(branch=pending).count() == 3


def test_what_is_no_number_of_a_person_moves_nobody(college, country, pending, people):
    sent = {"chosen": "x,99999999999999999999", "branch": country.class1.pk}
    assert college.post(address(pending, "confirm/"), sent).status_code == 403
    assert Member.objects.filter(branch=pending).count() == 3


def test_with_nobody_ticked_the_list_says_what_to_do(college, pending, people):
    response = college.post(address(pending), follow=True)
    assert "没有选中任何人，请先在团员列表中勾选。" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_for_one_person_and_for_three(
    college, country, pending, people, count, django_assert_num_queries
):
    chosen = ",".join(str(each.pk) for each in people[:count])
    college.get("/members/")
    with django_assert_num_queries(15):
        college.post(address(pending), {"chosen": chosen, "branch": country.class1.pk})
