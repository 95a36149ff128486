"""名单对账 as an administrator walks it."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from members.matching import verbs
from members.models import ImportBatch, Matching, Member
from tests import makers


@pytest.fixture
def brought(country, cast, sign_in):
    """Signed in as the secretary of class 1, with a list brought."""
    client = sign_in(cast.class1_admin)
    known = makers.make_member(country.class1, "李四")
    text = f"李四 {known.account.id_number}\n孙八 {makers.number_of()}"
    answer = client.post("/matching/", {"organization": country.class1.pk, "pasted": text})
    return client, answer


def test_a_pasted_list_leads_to_its_result(brought):
    _, answer = brought
    assert (answer.status_code, answer.url) == (302, f"/matching/{Matching.objects.get().pk}/")


def test_the_first_group_with_something_to_do_is_shown(brought):
    client, answer = brought
    page = client.get(answer.url).content.decode()
    assert "孙八" in page
    assert "系统中没有这个号码。" in page


def test_nothing_is_written_to_anybody(brought):
    assert (ImportBatch.objects.count(), Member.objects.filter(account__name="孙八").count()) == (0, 0)


def test_the_roster_holds_those_who_are_only_on_the_list(brought):
    client, answer = brought
    sheet = load_workbook(io.BytesIO(client.post(f"{answer.url}roster/").content)).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == ["孙八"]


def test_the_workbook_holds_every_line_and_member(brought, country):
    client, answer = brought
    sheet = load_workbook(io.BytesIO(client.post(f"{answer.url}excel/").content)).worksheets[0]
    people = [row[2].value for row in sheet.iter_rows(min_row=2) if row[2].value]
    assert len(people) == country.class1.members.count() + 1


def test_whoever_brought_it_may_have_it_forgotten(brought):
    client, answer = brought
    client.post(f"{answer.url}drop/")
    assert Matching.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "请粘贴名单，或选择一个文件。"),
        ({"pasted": "12"}, "没有找到姓名或身份证号码"),
        ({"file": io.BytesIO(b"text")}, "不是 Excel 工作簿"),
        ({"pasted": "张三", "file": io.BytesIO(b"text")}, "二选一"),
    ],
)
def test_what_cannot_be_read_says_why(country, cast, sign_in, data, said):
    answer = sign_in(cast.class1_admin).post("/matching/", {"organization": country.class1.pk, **data})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_so_many_an_hour_and_no_more(country, cast, sign_in, settings):
    settings.UPLOADS_PER_HOUR = 1
    client = sign_in(cast.class1_admin)
    data = {"organization": country.class1.pk, "pasted": "张三"}
    assert [client.post("/matching/", data).status_code for _ in range(2)] == [302, 422]


def test_old_lists_are_forgotten(brought, settings):
    settings.MATCHING_KEEP_DAYS = 0
    assert (verbs.purge(), Matching.objects.count()) == (1, 0)
