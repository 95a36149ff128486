"""下级组织管理, one organisation's page, and the switch between seats."""

import pytest
from django.contrib.sessions.models import Session

from orgs import scope, seating, tree
from orgs.enums import Category
from regcodes import codes
from tests import makers

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_list_of_subordinates_costs_the_same_for_any_number(
    sign_in, cast, country, django_assert_num_queries, rows
):
    seedlings = [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(rows)]
    for each in tree.plant(country.company, seedlings)[:25]:
        makers.make_admin(each, "某管理")
    admin = makers.make_admin(country.company, "司管理")
    client = sign_in(admin)
    client.get("/desk/subordinates/")
    with django_assert_num_queries(9):
        answer = client.get("/desk/subordinates/", {"size": "100"})
    assert f"共 {rows + 1} 条" in text(answer)


def test_a_row_says_administrators_code_and_counts(sign_in, cast, country):
    codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin))
    page = text(sign_in(cast.college_admin).get("/desk/subordinates/"))
    assert ("班一丽" in page, "有效（至" in page, "暂无" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "2019级"}, ["freshmen"]),
        ({"q": "2023j1b"}, ["class1"]),
        ({"q": "医学院2023级2班"}, ["class2"]),
        ({"category": "branch"}, ["class1", "class2", "freshmen"]),
        ({"category": "committee"}, []),
        ({"lacking": "administrators"}, ["freshmen"]),
        ({"lacking": "members"}, ["freshmen"]),
        ({"category": "nonsense"}, ["class1", "class2", "freshmen"]),
    ],
)
def test_the_list_is_filtered(sign_in, cast, country, asked, found):
    answer = sign_in(cast.college_admin).get("/desk/subordinates/", asked)
    rows = [row.organization for row in answer.context["rows"]]
    assert rows == [getattr(country, name) for name in found]


def test_no_subordinates_yet_leads_to_creating_one(sign_in, cast, country):
    country.workshop.posts.update(ended_at=None)
    lonely = makers.make_org(country.zibo, "空团委", Category.COMMITTEE)
    page = text(sign_in(makers.make_admin(lonely, "孤管理")).get("/desk/subordinates/"))
    assert ("还没有下级组织" in page, "/orgs/create/" in page) == (True, True)


def test_a_branch_has_no_list_of_subordinates(sign_in, cast):
    assert sign_in(cast.class1_admin).get("/desk/subordinates/").status_code == 404


def test_an_organisation_page_shows_holders_and_the_key_for_those_one_may_reset(sign_in, cast, country):
    page = text(sign_in(cast.college_admin).get(f"/orgs/{country.class1.pk}/"))
    assert ("班一丽" in page, f"/people/{cast.class1_admin.pk}/reset-code/" in page) == (True, True)


def test_a_higher_superior_sees_no_key_and_no_acts(sign_in, cast, country):
    page = text(sign_in(cast.centre_admin).get(f"/orgs/{country.class1.pk}/"))
    assert (
        "班一丽" in page,
        "reset-code" in page,
        "/edit/" in page,
        f"/codes/{country.class1.pk}/" in page,
    ) == (
        True,
        False,
        False,
        False,
    )


def test_the_switch_changes_the_organisation_under_a_new_key(sign_in, cast, country):
    seat = seating.take_seat(
        makers.make_post(cast.college_admin, country.class2, "副书记"), actor=makers.SYSTEM
    )
    client = sign_in(cast.college_admin)
    before = client.session.session_key
    answer = client.post("/desk/switch/", {"seat": seat.pk}, follow=True)
    assert ("2023级2班团支部" in text(answer), client.session.session_key == before) == (True, False)
    assert not Session.objects.filter(session_key=before).exists()


@pytest.mark.parametrize("value", ["", "x", "0", "foreign"])
def test_a_seat_that_is_not_ones_own_changes_nothing(sign_in, cast, country, value):
    client = sign_in(cast.college_admin)
    foreign = country.centre.seats.get().pk if value == "foreign" else value
    assert client.post("/desk/switch/", {"seat": foreign}).status_code == 404
    assert client.get("/desk/").context["organization"] == country.college


def test_a_seat_taken_away_falls_back_at_the_next_request(sign_in, cast, country):
    seat = seating.take_seat(
        makers.make_post(cast.college_admin, country.class2, "副书记"), actor=makers.SYSTEM
    )
    client = sign_in(cast.college_admin)
    client.post("/desk/switch/", {"seat": seat.pk})
    seat.delete()
    assert client.get("/desk/").context["organization"] == country.college
