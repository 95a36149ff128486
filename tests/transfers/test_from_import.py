"""办理转入 from the plan of a roster: a case for each row that can, the others named with the reason."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Account
from members.models import Member
from tests import makers
from transfers import from_import
from transfers.enums import State
from transfers.models import Transfer
from transfers.opening import Wish

from . import rosters


@pytest.fixture
def batch(cast, country):
    """A roster of the workshop with 古丽努尔, 欧阳小明 and the sole administrator of the first class."""
    people = (cast.member.account, cast.classmate.account, cast.class1_admin)
    batch = rosters.planned(country.workshop, *(rosters.of(each) for each in people))
    batch.importer = cast.workshop_admin
    batch.save()
    return batch


def begun(batch, seats, *numbers, who="workshop_admin", reason="其他"):
    return from_import.begin(batch, numbers, Wish(reason, batch.organization), actor=seats[who])


def test_a_case_for_each_row_that_can(batch, seats, cast, country):
    cases, left = begun(batch, seats, 2, 3, 4)
    assert [(each.account_id, each.starter, each.state, each.target) for each in cases] == [
        (each.account_id, "incoming", State.OUT, country.workshop) for each in (cast.member, cast.classmate)
    ]
    assert [(each.name, each.verdict.cause) for each in left] == [("班一丽", "last")]
    assert len({each.batch for each in cases}) == 1


def test_the_branch_of_the_others_is_not_named(batch, seats, country):
    _, left = begun(batch, seats, 4)
    assert country.class1.short_name not in left[0].verdict.message


def test_one_row_alone(batch, seats, cast):
    cases, left = begun(batch, seats, 3)
    assert ([each.account_id for each in cases], left) == ([cast.classmate.account_id], [])


def test_whoever_has_an_open_transfer_is_left_out_and_named(batch, seats, begin):
    begin("member", target="class2")
    _, left = begun(batch, seats, 2)
    assert left[0].verdict.message == "古丽努尔·买买提江正在办理组织关系转接，请等它办结，或先撤回。"


def test_another_name_finds_nobody(cast, country, seats):
    account = cast.member.account
    batch = rosters.planned(country.workshop, rosters.person("古丽", account.id_number))
    _, left = begun(batch, seats, 2)
    assert left[0].verdict.cause == "nobody"


def test_whoever_is_above_both_moves_them_at_once(cast, country, seats):
    batch = rosters.planned(country.class2, rosters.of(cast.member.account))
    (case,), _ = begun(batch, seats, 2, who="college_admin")
    assert (case.state, Member.objects.get(account=case.account).branch) == (State.DONE, country.class2)


def test_whoever_is_no_side_is_told_so(cast, country, seats):
    batch = rosters.planned(country.workshop, rosters.of(cast.member.account))
    cases, left = begun(batch, seats, 2, who="centre_admin")
    assert (cases, left[0].verdict.cause) == ([], "not_side")


def test_the_rows_cost_the_same_for_one_and_for_three(cast, country, seats, django_assert_num_queries):
    for people in (
        [cast.member],
        [cast.member, cast.classmate, makers.make_member(country.class1, "第三人")],
    ):
        batch = rosters.planned(country.workshop, *(rosters.of(each.account) for each in people))
        with django_assert_num_queries(5):
            assert len(from_import.rows(batch, scope=seats["workshop_admin"])) == len(people)


# -- the page -----------------------------------------------------------------------------------------------


def page(batch, row=""):
    return reverse("transfers:from_import", args=[batch.pk]) + row


def test_the_page_names_both_kinds_and_shows_masked_numbers_only(batch, sign_in, cast, country):
    said = sign_in(cast.workshop_admin).get(page(batch)).content.decode()
    assert "为 2 人办理转入" in said
    assert "不能办理的 1 人" in said
    assert cast.member.account.masked_id in said
    assert country.class1.short_name not in said


def test_one_click_begins_them_all_and_goes_back_to_the_plan(batch, sign_in, cast):
    response = sign_in(cast.workshop_admin).post(page(batch), {"reason": "其他", "remark": ""}, follow=True)
    said = response.content.decode()
    assert "已为2人办理转入，等对方同意转出。" in said
    assert Transfer.objects.open().count() == 2


def test_one_row_by_its_link(batch, sign_in, cast):
    sign_in(cast.workshop_admin).post(page(batch, "?row=3"), {"reason": "其他"})
    assert list(Transfer.objects.values_list("account", flat=True)) == [cast.classmate.account_id]


def test_a_reason_is_asked_for(batch, sign_in, cast):
    assert sign_in(cast.workshop_admin).post(page(batch), {}).status_code == 422
    assert not Transfer.objects.exists()


def test_the_plan_leads_there_for_all_rows_and_for_each(batch, sign_in, cast):
    said = sign_in(cast.workshop_admin).get(reverse("imports:detail", args=[batch.pk]) + "?show=move")
    assert f'href="{page(batch)}"' in said.content.decode()
    assert f'href="{page(batch, "?row=2")}"' in said.content.decode()


def test_a_stranger_finds_no_such_page(batch, sign_in, cast):
    assert sign_in(cast.stranger).get(page(batch)).status_code == 404
    assert Account.objects.filter(pk=cast.stranger.pk).exists()
