"""Exports: exactly the list shown, masked unless justified, within the quota, on record and seen by the people."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.confirming import STARTED
from accounts.models import Account
from members.lists import quota
from members.models import Export
from orgs.scope import scope_of
from tests import makers
from tests.makers import PASSWORD
from zhtj.audit.models import AuditEntry

from .pages import text

MASKED, FULL = "/members/export/masked/", "/members/export/full/"
WHY = {"reason": "校团委核对名单"}


def sheet(response) -> list[list]:
    """The rows of the workbook."""
    assert response.status_code == 200, text(response)
    book = load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator, who has just signed in."""
    return sign_in(cast.college_admin)


class TestMasked:
    def test_it_is_the_list_with_its_columns_conditions_and_order(self, cast, college):
        rows = sheet(college.post(MASKED, {"query": "post=no&c=id&c=phone&c=sex&sort=name"}))
        member, mate = cast.member.account, cast.classmate.account
        assert rows[0] == ["姓名", "身份证号码", "手机号码", "性别"]
        assert rows[1:3] == [
            [member.name, member.masked_id, "138****0001", member.sex],
            [mate.name, mate.masked_id, "138****0001", mate.sex],
        ]

    def test_the_last_line_says_who_when_and_which(self, cast, college):
        rows = sheet(college.post(MASKED, {"query": ""}))
        export = Export.objects.get()
        moment = timezone.localtime(export.at)
        assert rows[-1][0] == (
            f"新疆生产建设兵团石河子大学石河子大学医学院团委 易学园 于 {moment:%Y-%m-%d %H:%M} "
            f"导出 4 行（号码已隐藏），编号 {export.pk}。"
        )
        assert (export.rows, export.full, export.account) == (4, False, cast.college_admin)

    def test_it_is_on_record_and_nobody_is_told(self, college):
        college.post(MASKED, {"query": "q=欧"})
        entry = AuditEntry.objects.get(verb="members.exported")
        assert (entry.detail["rows"], entry.detail["filters"]) == (1, ["q"])
        assert not AuditEntry.objects.filter(verb="members.export_full").exists()

    def test_no_cell_becomes_a_formula(self, cast, college):
        Account.objects.filter(pk=cast.member.account_id).update(workplace="=1+1")
        response = college.post(MASKED, {"query": "c=workplace&q=古"})
        cell = load_workbook(io.BytesIO(response.content)).worksheets[0]["B2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")

    def test_only_the_chosen_ones(self, cast, college):
        page = college.post("/members/export/", {"query": "", "account": [cast.classmate.account_id]})
        chosen = page.context["chosen"]
        assert [row[0] for row in sheet(college.post(MASKED, {"chosen": chosen}))[1:2]] == ["欧阳小明"]

    def test_nobody_outside_the_scope_is_exported(self, cast, college):
        college.post(MASKED, {"chosen": str(cast.worker.pk)})
        assert not Export.objects.exists()

    def test_many_rows_go_row_by_row(self, college, monkeypatch):
        monkeypatch.setattr("members.lists.reading.PIECE", 2)
        assert [row[0] for row in sheet(college.post(MASKED, {"query": ""}))[1:5]] == [
            "班一丽",
            "古丽努尔·买买提江",
            "欧阳小明",
            "班二伟",
        ]

    def test_more_rows_than_a_sheet_takes_are_refused(self, college, settings):
        settings.EXPORT_ROWS = 3
        assert college.post(MASKED, {"query": ""}).status_code == 403
        assert "请缩小范围后分次导出" in text(college.get("/members/export/"))

    def test_cadres_too(self, cast, college):
        rows = sheet(college.post("/cadres/export/masked/", {"query": "reach=own"}))
        assert rows[1][:2] == ["易学园", cast.college_admin.masked_id]


@pytest.mark.parametrize("more", [0, 2])
def test_an_export_costs_as_many_queries_for_more_people(cast, country, college, more):
    for at in range(more):
        makers.make_post(
            makers.make_member(country.class2, f"同学{chr(0x4E00 + at)}").account, country.class2, "其他"
        )
    with CaptureQueriesContext(connection) as captured:
        college.post(FULL, {"query": "c=id&c=posts&c=complete&c=superior", **WHY})
    assert len(captured) == 17


class TestFull:
    def test_numbers_are_whole_and_each_person_is_told(self, cast, college, sign_in):
        response = college.post(FULL, {"query": "q=古&c=id&c=phone", **WHY})
        member = cast.member.account
        assert sheet(response)[1] == [member.name, member.id_number, member.phone]
        assert "含完整号码，用途：校团委核对名单" in sheet(response)[-1][0]
        entry = AuditEntry.objects.get(verb="members.export_full")
        assert (entry.account_id, entry.detail["reason"]) == (member.pk, "校团委核对名单")
        assert "校团委核对名单" in text(sign_in(member).get("/me/seen/"))
        assert "导出完整号码" in text(sign_in(member).get("/me/seen/"))

    def test_without_a_reason_nothing_leaves(self, college):
        assert college.post(FULL, {"query": ""}).status_code == 422
        assert not Export.objects.exists()

    def test_the_password_is_asked_where_it_was_given_too_long_ago(self, cast, sign_in):
        client = sign_in(cast.college_admin)
        session = client.session
        session[STARTED] = int(timezone.now().timestamp()) - 600
        session.save()
        assert client.post(FULL, {"query": "q=古", **WHY}).status_code == 422
        assert client.post(FULL, {"query": "q=古", **WHY, "password": "falsch-1A"}).status_code == 422
        assert client.post(FULL, {"query": "q=古", **WHY, "password": PASSWORD}).status_code == 200
        assert Export.objects.count() == 1

    def test_the_quota_is_of_the_day_and_the_account(self, cast, college, sign_in, settings):
        settings.FULL_NUMBER_QUOTA = 5
        assert college.post(FULL, {"query": "", **WHY}).status_code == 200
        refused = college.post(FULL, {"query": "post=no", **WHY})
        assert (refused.status_code, "今天还可以导出 1 人，这次是 2 人" in text(refused)) == (422, True)
        assert college.post(FULL, {"query": "q=古", **WHY}).status_code == 200
        assert sign_in(cast.university_admin).post(FULL, {"query": "q=古", **WHY}).status_code == 200

    def test_yesterdays_exports_do_not_count(self, cast):
        now = timezone.now()
        actor = scope_of(cast.college_admin)
        quota.register(
            "团员列表", [], 9, full=True, reason="试", actor=actor, now=now - timezone.timedelta(days=1)
        )
        assert quota.used(cast.college_admin.pk, now=now) == 0

    def test_a_person_with_two_posts_is_told_once(self, cast, country, college):
        makers.make_post(cast.class1_admin, country.college, "委员")
        college.post("/cadres/export/full/", {"query": "q=班一丽", **WHY})
        assert AuditEntry.objects.filter(verb="members.export_full").count() == 1

    def test_a_list_without_numbers_has_none_to_give(self, college):
        page = text(college.get("/members/export/?c=sex"))
        assert "含完整号码" not in page
        assert reverse("members:export_full") not in page
