"""组织信息完善: the condition of the database and what is said of one organisation agree."""

import pytest

from orgs import completeness, tree
from orgs.completeness import Rate
from orgs.enums import Category
from orgs.models import Organization, Post

pytestmark = pytest.mark.django_db

STAFF = {"admin_quota": 0, "admin_staff": 0, "career_quota": 0, "career_staff": 0}
WHOLE = {
    "class1": {"industry": "教育"},
    "college": {"industry": "教育", **STAFF},
    "corps": {"contact_phone": "0991-1234567", "email": "tw@example.org", **STAFF},
}


def complete(organization) -> bool:
    return Organization.objects.filter(completeness.complete_q(), pk=organization.pk).exists()


def fill(organization, **facts):
    Organization.objects.filter(pk=organization.pk).update(**facts)
    organization.refresh_from_db()


@pytest.mark.parametrize("place", WHOLE)
def test_an_organisation_with_everything_is_complete(cast, country, place):
    organization = getattr(country, place)
    fill(organization, **WHOLE[place])
    assert (complete(organization), completeness.missing(organization)) == (True, [])


@pytest.mark.parametrize(("place", "field"), [(place, field) for place in WHOLE for field in WHOLE[place]])
def test_each_field_is_needed(cast, country, place, field):
    organization = getattr(country, place)
    fill(organization, **WHOLE[place])
    empty = "" if isinstance(WHOLE[place][field], str) else None
    fill(organization, **{field: empty})
    assert (complete(organization), len(completeness.missing(organization))) == (False, 1)


def test_without_a_secretary_three_things_are_missing(cast, country):
    fill(country.freshmen, industry="教育")
    assert completeness.missing(country.freshmen) == ["书记姓名", "书记身份证号码", "书记手机号码"]
    assert complete(country.freshmen) is False


def test_a_secretary_without_a_phone_is_not_enough(cast, country):
    fill(country.class1, industry="教育")
    cast.class1_admin.write_phone("")
    cast.class1_admin.save()
    assert (complete(country.class1), completeness.missing(country.class1)) == (False, ["书记手机号码"])


def test_a_former_secretary_does_not_count(cast, country):
    fill(country.class1, industry="教育")
    Post.objects.filter(organization=country.class1).exclude(seat__isnull=False).update(ended_at=None)
    post = Post.objects.get(organization=country.class1)
    post.seat.delete()
    Post.objects.filter(pk=post.pk).update(ended_at="2026-01-01T00:00Z")
    assert complete(country.class1) is False


def test_the_rate_of_a_subtree_leaves_out_what_the_system_keeps(cast, country):
    tree.plant(country.college, [tree.Seedling(Category.PENDING_BRANCH, "待接转团支部")])
    for place in ("class1", "college"):
        fill(getattr(country, place), **WHOLE[place])
    row = Organization.objects.annotate(
        asked=completeness.asked_below(), complete=completeness.complete_below()
    ).get(pk=country.university.pk)
    assert (row.asked, row.complete) == (5, 2)


@pytest.mark.parametrize(
    ("complete", "asked", "said"), [(0, 0, "100%"), (199, 200, "99%"), (2, 2, "100%"), (0, 3, "0%")]
)
def test_a_rate_is_rounded_down(complete, asked, said):
    assert str(Rate(complete, asked)) == said


def test_the_incomplete_among_the_subordinates(cast, country):
    fill(country.class1, industry="教育")
    found = completeness.incomplete(Organization.objects.filter(parent=country.college))
    assert set(found) == {country.class2, country.freshmen}
