"""The pages of a removal: the reason, the confirm page with its numbers, the record with its undo, 超龄."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Member, Removal
from members.removal import rules
from orgs.models import Petition
from zhtj.audit.models import AuditEntry

from .conftest import born

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_college(sign_in, cast):
    """The college's administrator at the browser."""
    return sign_in(cast.college_admin)


def post(client, name, **data):
    return client.post(reverse(f"removal:{name}"), data, follow=True)


def texts(response):
    return [str(each) for each in response.context["messages"]]


def test_a_members_page_offers_it_to_branch_and_superior_only(sign_in, cast):
    pages = {
        who: sign_in(getattr(cast, who)).get(f"/members/{cast.classmate.pk}/").content.decode()
        for who in ("class1_admin", "college_admin", "university_admin")
    }
    address = f"/removals/new/?account={cast.classmate.account_id}"
    assert [address in page for page in pages.values()] == [True, True, False]


def test_first_the_reason_is_chosen(at_college, cast):
    response = post(at_college, "new", account=[cast.classmate.account_id, cast.member.account_id])
    assert response.context["total"] == 2
    assert "下一步：核对 2 人" in response.content.decode()


def test_nobody_chosen_leads_back(at_college):
    assert texts(post(at_college, "new")) == ["没有选中任何人，请先在团员列表中勾选。"]


def test_people_out_of_scope_are_nobody(at_college, cast):
    assert texts(post(at_college, "new", account=cast.worker.account_id)) != []


def test_too_many_at_once_are_refused(at_college, country, monkeypatch):
    monkeypatch.setattr("members.removal.rules.MOST", 1)
    people = Member.objects.filter(branch=country.class1).values_list("account", flat=True)
    response = post(at_college, "new", account=list(people))
    assert texts(response) == ["一次最多移除 200 人，请分几次办理。"]


def test_a_reason_that_needs_an_explanation_asks_for_it(at_college, cast):
    response = at_college.post(
        reverse("removal:new"), {"account": cast.classmate.account_id, "reason": "开除团籍"}
    )
    assert response.status_code == 422
    assert (
        list(response.context["form"].errors) == ["chosen", "remark"]
        or "remark" in response.context["form"].errors
    )


def test_the_confirm_page_names_numbers_and_writes_nothing(at_college, cast):
    chosen = f"{cast.classmate.account_id},{Member.objects.get(account=cast.class1_admin).account_id}"
    response = post(at_college, "new", chosen=chosen, reason="误录入")
    assert response.context["effects"] == [
        "2 名团员的团籍即时终止",
        "1 个在原团支部的团内职务终止",
        "1 名管理员失去管理权限；没有管理员的组织由上级代为办理",
        "2 个账号停用，不能再登录；重新录入时用原来的密码",
        "2 个发展团员编号随之空出",
        "团籍记录保留；移除后 30 天内可以在“移除记录”中撤销",
    ]
    assert not Removal.objects.exists()


def test_the_superior_removes_at_once(at_college, cast):
    response = post(at_college, "carry_out", chosen=str(cast.classmate.account_id), reason="误录入")
    assert texts(response) == ["已移除欧阳小明，可以在期限之内撤销。"]
    assert response.context["lines"][0].word == "撤销期内"


def test_the_branch_asks(sign_in, cast):
    response = post(
        sign_in(cast.class1_admin), "carry_out", chosen=str(cast.classmate.account_id), reason="误录入"
    )
    assert "已申请移除欧阳小明，等直接上级批准。" in texts(response)[0]
    assert Petition.objects.pending().filter(kind="removal", account=cast.classmate.account).exists()


def test_the_superior_finds_the_request_in_the_inbox(sign_in, cast):
    post(sign_in(cast.class1_admin), "carry_out", chosen=str(cast.classmate.account_id), reason="误录入")
    page = sign_in(cast.college_admin).get("/desk/inbox/").content.decode()
    assert "移除团员" in page
    assert "欧阳小明" in page


def test_whoever_cannot_go_is_named_with_the_reason(sign_in, cast):
    chosen = f"{cast.classmate.account_id},{cast.class1_admin.pk}"
    response = post(sign_in(cast.class1_admin), "new", chosen=chosen, reason="误录入")
    assert [each.verdict.cause for each in response.context["plan"].unable] == ["last"]
    assert response.context["total"] == 1


def test_days_in_the_wrong_order_are_told(at_college, removed):
    page = at_college.get("/removals/?since=2026-03-02&until=2026-03-01").content.decode()
    assert "截止日期早于起始日期，请更正。" in page


def test_the_record_is_filtered(at_college, cast, removed):
    def names(**asked):
        response = at_college.get("/removals/", asked)
        return [line.removal.account.name for line in response.context["lines"]]

    today = timezone.localdate()
    assert names() == ["欧阳小明"]
    assert names(reason="误录入", name="欧阳", since=today, until=today) == ["欧阳小明"]
    assert names(reason="去世") == []
    assert names(until="2020-01-01") == []


def test_the_record_stays_in_its_scope(sign_in, cast, removed):
    assert sign_in(cast.zibo_admin).get("/removals/").context["lines"] == []
    assert sign_in(cast.zibo_admin).get(f"/removals/{removed.pk}/").status_code == 404


def test_the_workbook_is_recorded(at_college, removed):
    response = at_college.post("/removals/excel/", {"reason": "误录入"})
    assert response["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.get(verb="members.removals_exported").detail == {"rows": 1}


def test_a_removal_is_taken_back_from_its_page(at_college, removed):
    assert "撤销移除" in at_college.get(f"/removals/{removed.pk}/").content.decode()
    response = at_college.post(f"/removals/{removed.pk}/undo/", follow=True)
    assert "已撤销，欧阳小明的团籍回到“2023级1班团支部”。" in texts(response)[0]
    assert Member.objects.filter(account=removed.account_id).exists()


def test_the_branch_is_told_who_can_take_it_back(sign_in, cast, removed):
    page = sign_in(cast.class1_admin).get(f"/removals/{removed.pk}/").content.decode()
    assert "移除由批准的人或团支部的直接上级撤销" in page


def test_those_of_28_are_ticked_and_those_to_come_are_listed(sign_in, cast, country):
    old = born(country.class1, date(1990, 1, 1), "大龄人")
    soon = born(country.class1, rules.born_by(rules.months_on(timezone.localdate(), 1)), "快满人")
    response = sign_in(cast.class1_admin).get("/removals/overage/")
    assert (response.context["due"], response.context["soon"]) == ([old], [soon])
    assert f'name="account" value="{old.account_id}" checked' in response.content.decode()


def test_the_list_of_28_leads_straight_to_the_confirm_page(sign_in, cast, country):
    old = born(country.class1, date(1990, 1, 1), "大龄人")
    response = post(sign_in(cast.class1_admin), "new", account=old.account_id, reason="超龄离团", remark="")
    assert "申请移除 1 人" in response.content.decode()
