"""疑似重复 as a college's administrator walks it."""

from __future__ import annotations

import pytest

from accounts.models import Account
from members.models import Distinction, Merger
from tests import makers


@pytest.fixture
def two(country):
    kept = makers.make_member(country.class1, "张三").account
    absorbed = makers.make_member(country.class2, "张三").account
    Account.objects.filter(pk=absorbed.pk).update(birth_date=kept.birth_date)
    return kept, absorbed


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.college_admin)


@pytest.fixture
def address(two):
    return f"/merging/{two[0].pk}/{two[1].pk}/"


def test_look_alikes_are_listed(client, two):
    assert "同在“" in client.get("/merging/").content.decode()


def test_both_accounts_stand_side_by_side(client, address, country):
    page = client.get(address).content.decode()
    assert country.class1.short_name in page
    assert country.class2.short_name in page


def test_nothing_is_chosen_beforehand(client, address):
    answer = client.post(address, {"reason": "已核对"})
    assert answer.status_code == 422
    assert Merger.objects.count() == 0


@pytest.fixture
def merged(client, address, two):
    data = {"kept": two[0].pk, "branch_of": two[1].pk, "reason": "已核对"}
    return client.post(address, data)


def test_the_decisions_carry_it_out(merged, two):
    assert (merged.status_code, Merger.objects.get().kept) == (302, two[0])


def test_the_undo_is_offered_and_done(merged, client):
    client.post(f"/merging/{Merger.objects.get().pk}/undo/")
    assert Merger.objects.get().undone_at is not None


def test_two_people_are_told_apart(client, address, two):
    client.post(f"{address}apart/")
    assert Distinction.objects.count() == 1


def test_two_numbers_lead_to_the_comparison(client, two, address):
    data = {"first": two[0].id_number, "second": two[1].id_number}
    assert client.post("/merging/find/", data).url == address


def test_one_number_given_twice_is_told_before_anything_is_looked_for(client, two):
    answer = client.post("/merging/find/", {"first": two[0].id_number, "second": two[0].id_number})
    assert "两个号码相同" in answer.content.decode()


def test_two_in_one_branch_are_told_apart_by_what_goes_with_the_membership(client, two, country):
    twin = makers.make_member(country.class1, "张三")
    page = client.get(f"/merging/{two[0].pk}/{twin.account.pk}/").content.decode()
    assert f"入团，发展团员编号{two[0].member.number}）" in page
    assert f"入团，发展团员编号{twin.number}）" in page


def test_a_stranger_of_another_name_looks_like_nobody(client, two, country):
    far = makers.make_member(country.workshop, "赵六").account
    data = {"first": two[0].id_number, "second": far.id_number}
    unknown = {"first": two[0].id_number, "second": makers.number_of()}
    pages = [client.post("/merging/find/", each) for each in (data, unknown)]
    assert [page.status_code for page in pages] == [422, 422]
    assert "赵六" not in pages[0].content.decode()
    assert client.get(f"/merging/{two[0].pk}/{far.pk}/").status_code == 404


def test_of_a_stranger_of_the_same_name_only_little_is_shown(client, two, country):
    far = makers.make_member(country.workshop, "张三", qq="987654321").account
    Account.objects.filter(pk=far.pk).update(birth_date=two[0].birth_date)
    page = client.get(f"/merging/{two[0].pk}/{far.pk}/").content.decode()
    assert "987654321" not in page
    assert country.workshop.full_name not in page
