"""The pages that create, edit and describe organisations."""

import pytest

from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db


def test_a_branch_is_created_and_the_code_is_the_next_step(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    answer = client.post(
        "/orgs/create/one/", {"category": "branch", "short_name": "2023级3班团支部"}, follow=True
    )
    made = Organization.objects.get(short_name="2023级3班团支部")
    page = answer.content.decode()
    assert answer.redirect_chain == [("/desk/subordinates/", 302)]
    assert (
        "新疆生产建设兵团石河子大学石河子大学医学院2023级3班团支部" in page,
        f"/codes/{made.pk}/" in page,
    ) == (True, True)


def test_only_categories_that_may_be_below_are_offered(sign_in, cast, country):
    page = sign_in(cast.college_admin).get("/orgs/create/one/").content.decode()
    assert ("团工委" in page, "团的领导机关" in page, "待接转" in page) == (True, False, False)


def test_a_leading_body_gets_the_chosen_level(sign_in, cast, country):
    data = {"category": "leading_body", "level": "4", "short_name": "团滨海县委"}
    sign_in(cast.centre_admin).post("/orgs/create/one/", data)
    assert Organization.objects.get(short_name="团滨海县委").level == 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"category": "branch", "short_name": "2023级1班团支部"}, "下已有“2023级1班团支部”"),
        ({"category": "branch", "short_name": "2023级3班"}, "简称应以“团支部”结尾"),
        ({"category": "leading_body", "short_name": "团甲市委"}, "组织类别"),
        ({"category": "branch", "short_name": ""}, "请填写组织简称"),
        ({"short_name": "甲团支部"}, "组织类别"),
    ],
)
def test_a_refused_creation_says_why_and_keeps_what_was_typed(sign_in, cast, country, data, words):
    before = Organization.objects.count()
    answer = sign_in(cast.college_admin).post("/orgs/create/one/", data)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (data["short_name"] in answer.content.decode(), Organization.objects.count()) == (True, before)


def test_the_preview_shows_the_full_name(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    page = client.get(
        "/orgs/create/preview/", {"category": "branch", "short_name": "甲团支部"}
    ).content.decode()
    assert "新疆生产建设兵团石河子大学石河子大学医学院甲团支部" in page


def test_the_preview_warns_of_a_taken_name(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    data = {"category": "branch", "short_name": "2023级1班团支部"}
    assert "下已有" in client.get("/orgs/create/preview/", data).content.decode()


def test_without_javascript_a_button_shows_the_preview_and_creates_nothing(sign_in, cast, country):
    data = {"category": "branch", "short_name": "甲团支部", "preview": "1"}
    answer = sign_in(cast.college_admin).post("/orgs/create/one/", data)
    assert ("石河子大学医学院甲团支部" in answer.content.decode(), answer.status_code) == (True, 200)
    assert not Organization.objects.filter(short_name="甲团支部").exists()


def test_a_branch_cannot_create(sign_in, cast, country):
    assert sign_in(cast.class1_admin).get("/orgs/create/one/").status_code == 403


def test_below_a_vacant_subordinate_the_next_superior_creates(sign_in, cast, country):
    client = sign_in(cast.zibo_admin)
    data = {"parent": country.company.pk, "category": "branch", "short_name": "包装车间团支部"}
    answer = client.post("/orgs/create/one/", data)
    assert (answer.url, Organization.objects.get(short_name="包装车间团支部").parent) == (
        f"/orgs/{country.company.pk}/",
        country.company,
    )


def test_below_a_subordinate_with_an_administrator_it_is_refused(sign_in, cast, country):
    client = sign_in(cast.university_admin)
    assert client.get("/orgs/create/one/", {"parent": country.college.pk}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/orgs/{pk}/", "/orgs/{pk}/edit/", "/orgs/create/?parent={pk}", "/codes/{pk}/"]
)
def test_outside_the_scope_everything_looks_non_existent(sign_in, cast, country, path):
    client = sign_in(cast.college_admin)
    foreign = client.get(path.format(pk=country.company.pk))
    missing = client.get(path.format(pk=987654321))
    assert (foreign.status_code, missing.status_code) == (404, 404)


@pytest.mark.parametrize(
    "path", ["/orgs/info/", "/orgs/create/", "/orgs/create/one/", "/desk/", "/desk/subordinates/"]
)
def test_whoever_has_no_seat_finds_no_page(sign_in, cast, path):
    assert sign_in(cast.outsider).get(path).status_code == 404


def test_names_are_escaped(sign_in, cast, country):
    makers.make_org(country.college, "<b>甲</b>团支部")
    page = sign_in(cast.college_admin).get("/desk/subordinates/").content.decode()
    assert "<b>甲</b>" not in page


def test_the_next_one_begins_with_the_category_of_the_one_just_made(sign_in, cast, country):
    client = sign_in(cast.university_admin)
    data = {"category": "work_committee", "short_name": "研究生院团工委"}
    answer = client.post("/orgs/create/one/?next=yes", data, follow=True)
    assert answer.redirect_chain[0][0].startswith("/orgs/create/one/?parent=")
    assert answer.context["form"]["category"].value() == "work_committee"


def test_the_category_of_all_subordinates_is_chosen_beforehand_and_no_other(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    assert client.get("/orgs/create/one/").context["form"]["category"].value() == "branch"
    makers.make_org(country.college, "研究生团总支", "general_branch")
    assert client.get("/orgs/create/one/").context["form"]["category"].value() == ""
