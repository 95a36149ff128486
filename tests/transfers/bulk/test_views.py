"""Sending many as an administrator walks it: choose or paste, say why and where to, see the plan, send, follow."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from orgs.scope import scope_of
from tests import makers
from tests.transfers.bulk import crowd
from transfers.enums import State
from transfers.models import PeopleList, Transfer

WHERE = "山东省淄博市淄博机械公司装配车间团支部"


@pytest.fixture
def client_of_college(cast, sign_in):
    return sign_in(cast.college_admin)


def stamp_of(page) -> str:
    return re.search(r'name="stamp" value="(\w+)"', page.content.decode()).group(1)


def test_chosen_people_are_sent_step_by_step(country, cast, client_of_college):
    client = client_of_college
    chosen = {"account": [cast.member.account_id, cast.classmate.account_id]}
    first = client.post("/transfers/many/", chosen)
    address = f"/transfers/many/{PeopleList.objects.get().pk}/"
    assert (first.status_code, first.url) == (302, address)
    assert client.get(address).url == f"{address}settle/"
    settle = f"{address}settle/?organization={country.workshop.pk}"
    assert client.post(settle, {"reason": "其他"}).url == address
    page = client.get(address)
    assert "发起 2 人" in page.content.decode()
    sent = client.post(f"{address}send/", {"stamp": stamp_of(page)})
    batch = Transfer.objects.values_list("batch", flat=True).distinct().get()
    assert sent.url == f"/transfers/batch/{batch}/"
    assert "等对方同意" not in client.get(sent.url).content.decode()


def test_a_pasted_list_names_its_targets(country, cast, client_of_college):
    client = client_of_college
    address = client.post("/transfers/many/", {"pasted": f"欧阳小明 {WHERE}\n谁也不是 {WHERE}"}).url
    assert client.post(f"{address}settle/", {"reason": "其他"}).url == address
    page = client.get(address).content.decode()
    assert "发起 1 人" in page
    assert "名单上其余 1 人不会发起" in page


def test_nearest_names_are_offered_and_taken_for_all_who_wrote_the_same(country, cast, client_of_college):
    client = client_of_college
    wrong = WHERE.replace("装配", "装陪")
    lines = f"欧阳小明 {wrong}\n古丽努尔·买买提江 {wrong}"
    address = client.post("/transfers/many/", {"pasted": lines}).url
    client.post(f"{address}settle/", {"reason": "其他"})
    assert WHERE in client.get(address).content.decode()
    client.post(f"{address}aim/1/", {"organization": country.workshop.pk})
    assert "发起 2 人" in client.get(address).content.decode()


def test_the_picker_leads_to_the_target_of_a_line(country, cast, client_of_college):
    client = client_of_college
    address = client.post("/transfers/many/", {"account": cast.member.account_id}).url
    assert client.get(f"{address}aim/1/").status_code == 200
    asked = client.get(f"{address}aim/1/?organization={country.workshop.pk}").content.decode()
    assert "就去这里" in asked


def test_a_line_is_left_out(country, cast, client_of_college):
    client = client_of_college
    address = client.post(
        "/transfers/many/", {"account": [cast.member.account_id, cast.classmate.account_id]}
    ).url
    client.post(f"{address}leave-out/", {"line": "1"})
    assert PeopleList.objects.get().line_count == 1


def test_the_details_of_the_reason_are_asked_for(country, cast, client_of_college):
    client = client_of_college
    address = client.post("/transfers/many/", {"account": cast.member.account_id}).url
    settle = f"{address}settle/?organization={country.workshop.pk}"
    answer = client.post(settle, {"reason": "升学"})
    assert (answer.status_code, "请填写学校名称。" in answer.content.decode()) == (422, True)


def test_a_stale_plan_is_shown_again(country, cast, client_of_college):
    client = client_of_college
    people = crowd.listed([cast.member], scope_of(cast.college_admin), target=country.workshop)
    answer = client.post(f"/transfers/many/{people.pk}/send/", {"stamp": "0"}, follow=True)
    assert "核对之后情况有变化，还没有发起" in answer.content.decode()
    assert Transfer.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"pasted": "12"}, {"pasted": "\n".join(["张三"] * 501)}])
def test_what_is_no_list_is_refused_with_its_reason(client_of_college, sent):
    assert client_of_college.post("/transfers/many/", sent).status_code == 422


def test_others_do_not_find_a_list(country, cast, sign_in):
    people = crowd.listed([cast.member], scope_of(cast.college_admin), target=country.workshop)
    assert sign_in(cast.university_admin).get(f"/transfers/many/{people.pk}/").status_code == 404


def test_a_list_is_deleted(cast, client_of_college):
    address = client_of_college.post("/transfers/many/", {"account": cast.member.account_id}).url
    client_of_college.post(f"{address}drop/")
    assert PeopleList.objects.count() == 0


def test_the_members_list_leads_here(client_of_college):
    assert 'formaction="/transfers/many/"' in client_of_college.get("/members/").content.decode()


# -- those sent together ------------------------------------------------------------------------------


@pytest.fixture
def batch(country, cast):
    members = [cast.member, cast.classmate]
    actor = scope_of(cast.college_admin)
    return crowd.send(crowd.listed(members, actor, target=country.workshop), actor)


def test_the_states_are_tiles_and_filters(batch, cast, client_of_college):
    page = client_of_college.get(f"/transfers/batch/{batch}/?state=in")
    assert (page.context["page"].total, page.context["tiles"][1]["label"]) == (2, "待转入审批")


def test_the_other_side_sees_its_own_cases_of_a_batch_and_strangers_nothing(batch, cast, sign_in):
    seen = sign_in(cast.workshop_admin).get(f"/transfers/batch/{batch}/").context["page"].total
    assert (seen, sign_in(cast.stranger).get(f"/transfers/batch/{batch}/").status_code) == (2, 404)


def test_a_batch_is_exported_with_masked_numbers(batch, client_of_college):
    answer = client_of_college.post(f"/transfers/batch/{batch}/excel/", {"state": "in"})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {row[5].value for row in sheet.iter_rows(min_row=2, max_row=3)} == {"待转入审批"}


def test_those_sent_back_are_begun_anew_with_what_was_said(batch, cast, country, client_of_college):
    case = Transfer.objects.filter(batch=batch, account=cast.member.account).get()
    Transfer.objects.filter(pk=case.pk).update(state=State.RETURNED, closed_at=case.opened_at, due_at=None)
    cast.member.__class__.objects.filter(pk=cast.member.pk).update(held="")
    address = client_of_college.post(f"/transfers/batch/{batch}/again/").url
    page = client_of_college.get(address)
    assert [row.transfer.target_id for row in page.context["plan"].ready] == [country.workshop.pk]


def test_where_nothing_failed_nothing_is_begun_anew(batch, client_of_college):
    answer = client_of_college.post(f"/transfers/batch/{batch}/again/", follow=True)
    assert "这一批没有需要重新发起的人" in answer.content.decode()


# -- costs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 60])
def test_the_pages_cost_the_same_for_many(country, cast, client_of_college, django_assert_num_queries, count):
    actor = scope_of(cast.college_admin)
    people = crowd.listed(crowd.fill(country.class1, count), actor, target=country.workshop)
    client_of_college.get(f"/transfers/many/{people.pk}/")
    with django_assert_num_queries(12):
        client_of_college.get(f"/transfers/many/{people.pk}/")
    batch = crowd.send(people, actor)
    with django_assert_num_queries(12):
        client_of_college.get(f"/transfers/batch/{batch}/")


def test_names_of_everywhere_are_looked_up_only_so_often(cast, client_of_college):
    lines = "\n".join(f"欧阳小明 某市第{at}中学团委" for at in range(30))
    address = client_of_college.post("/transfers/many/", {"pasted": lines}).url
    client_of_college.post(f"{address}settle/", {"reason": "其他"})
    assert client_of_college.get(address).status_code == 200


def test_people_of_other_provinces_are_not_shown(country, cast, client_of_college):
    known = makers.make_member(country.workshop, "外省人")
    address = client_of_college.post("/transfers/many/", {"pasted": f"外省人 {WHERE}"}).url
    client_of_college.post(f"{address}settle/", {"reason": "其他"})
    page = client_of_college.get(address).content.decode()
    assert (known.account.masked_id in page, "本组织没有这个姓名的团员" in page) == (False, True)
