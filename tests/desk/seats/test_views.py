"""管理员变更 as it is walked: asking, handing over with the password, and the list of what is open."""

import time

import pytest
from django.urls import reverse

from orgs import scope
from orgs.models import Petition, Seat
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy(cast, country):
    """A cadre of the college without a seat."""
    person = makers.make_account("傅书记")
    makers.make_post(person, country.college, "副书记")
    return person


def change(organization, account):
    return reverse("seats:change", args=[organization.pk, account.pk])


def age_password(client, minutes: int) -> None:
    """As if the password had been given so long ago."""
    session = client.session
    session["started"] = int(time.time()) - minutes * 60
    session.save()


def test_the_superior_adds_at_once_and_gets_a_new_session_key(cast, country, sign_in, deputy):
    client = sign_in(cast.university_admin)
    before = client.session.session_key
    client.post(reverse("seats:add", args=[country.college.pk]), {"successor": deputy.pk})
    assert scope.scope_of(deputy).root == country.college
    assert client.session.session_key != before


def test_an_own_request_waits_and_the_page_says_so(cast, country, sign_in, deputy):
    client = sign_in(cast.college_admin)
    client.post(reverse("seats:add", args=[country.college.pk]), {"successor": deputy.pk})
    page = client.get(reverse("seats:own"))
    assert page.context["pending"] == Petition.objects.get()
    assert reverse("seats:add", args=[country.college.pk]) not in page.content.decode()


def test_a_handover_asks_for_the_password_after_five_minutes(cast, country, sign_in, deputy):
    client = sign_in(cast.college_admin)
    age_password(client, 6)
    address = change(country.college, cast.college_admin)
    response = client.post(address, {"successor": deputy.pk, "password": "falsch-9Wort"})
    assert (list(response.context["form"].errors), Petition.objects.count()) == (["password"], 0)
    client.post(address, {"successor": deputy.pk, "password": makers.PASSWORD})
    assert Petition.objects.get().turn_account_id == deputy.pk


def test_a_fresh_password_is_not_asked_for(cast, country, sign_in, deputy):
    client = sign_in(cast.college_admin)
    age_password(client, 4)
    response = client.get(change(country.college, cast.college_admin))
    assert "password" not in response.context["form"].fields


def test_the_seat_taken_away_works_from_the_next_request(cast, country, sign_in, deputy, client):
    mine = sign_in(cast.college_admin)
    other = type(client)()
    other.force_login(cast.university_admin)
    other.post(change(country.college, cast.college_admin), {"successor": deputy.pk})
    assert mine.get(reverse("desk:home")).status_code == 404


def test_an_empty_seat_is_offered_only_where_it_may_be_empty(cast, country, sign_in, deputy):
    address = change(country.college, cast.college_admin)
    mine = sign_in(cast.college_admin).get(address).content.decode()
    above = sign_in(cast.university_admin).get(address).content.decode()
    assert ("席位空出" in mine, "席位空出" in above) == (False, True)


def test_the_branchs_last_member_is_offered_to_leave(cast, country, sign_in):
    address = change(country.class2, cast.class2_admin)
    client = sign_in(cast.class2_admin)
    assert "席位空出" in client.get(address).content.decode()
    client.post(address, {"successor": "none"})
    assert Petition.objects.get().turn_organization_id == country.college.pk


def test_the_last_administrator_among_members_is_not(cast, country, sign_in):
    client = sign_in(cast.class1_admin)
    page = client.get(change(country.class1, cast.class1_admin)).content.decode()
    assert "席位空出" not in page


def test_without_a_candidate_the_page_leads_to_a_post_first(cast, country, sign_in):
    page = sign_in(cast.class1_admin).get(change(country.class1, cast.class1_admin)).content.decode()
    assert reverse("cadres:add", args=[country.class1.pk]) in page


def test_where_both_seats_are_taken_the_page_of_the_seats_says_so_instead_of_a_form(
    cast, country, sign_in, deputy
):
    client = sign_in(cast.university_admin)
    address = reverse("seats:add", args=[country.college.pk])
    client.post(address, {"successor": deputy.pk})
    response = client.get(address, follow=True)
    assert response.redirect_chain == [(reverse("seats:show", args=[country.college.pk]), 302)]
    assert "已有两名管理员，请选择由新的管理员接替其中一人。" in response.content.decode()


def test_a_refusal_of_the_verb_is_shown_on_the_form(cast, country, sign_in, deputy):
    client = sign_in(cast.university_admin)
    other = makers.make_account("第三人")
    makers.make_post(other, country.college, "委员")
    address = reverse("seats:add", args=[country.college.pk])
    client.post(address, {"successor": deputy.pk})
    response = client.post(address, {"successor": other.pk})
    assert (response.status_code, Seat.objects.filter(organization=country.college).count()) == (422, 2)


def test_who_does_not_sit_there_has_no_page(cast, country, sign_in, deputy):
    assert sign_in(cast.university_admin).get(change(country.college, deputy)).status_code == 404
