"""The pages of 撤销导入: the way there, the numbers before, what stayed after, the workbook."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Account, Notice
from members import placing
from members.models import BatchState, ImportBatch
from members.roster import undo_pages
from orgs import scope
from tests import makers
from zhtj.audit.models import AuditEntry

from .sheets import page, person
from .test_undo import CADRE, number
from .undoing import imported, undone, worked

pytestmark = pytest.mark.django_db
NAMES = "甲乙丙丁戊己庚辛壬癸"


@pytest.fixture
def batch(cast, country):
    """Three new people, an account taken over and an update, imported by the class's administrator."""
    known = makers.make_account("赵旧", number=number(), education="")
    member = makers.make_member(country.class1, "钱更新", number=number())
    return imported(
        country.class1,
        person("新甲"),
        person("新乙", **CADRE),
        person("新丙"),
        person("赵旧", 身份证号码=known.id_number),
        person("钱更新", 身份证号码=member.account.id_number, 学历="大专"),
        actor=scope.scope_of(cast.class1_admin),
    )


def touch(name: str, **facts) -> None:
    Account.objects.filter(name=name).update(**facts or {"wechat": "touched"})


def undo_page(client, batch, status=200) -> str:
    response = client.get(f"/imports/{batch.pk}/undo/")
    assert response.status_code == status
    return response.content.decode()


def undone_page(client, batch, query="") -> str:
    response = client.get(f"/imports/{batch.pk}/undone/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_finished_import_leads_to_its_undo_while_there_is_time(batch, cast, sign_in):
    client = sign_in(cast.class1_admin)
    assert f'href="/imports/{batch.pk}/undo/"' in page(client, batch)
    ImportBatch.objects.filter(pk=batch.pk).update(finished_at=timezone.now() - timedelta(days=30))
    assert f'href="/imports/{batch.pk}/undo/"' not in page(client, batch)
    assert "导入已超过30天" in undo_page(client, batch, status=403)


def test_the_confirmation_says_in_numbers_what_goes_and_who_stays(batch, cast, sign_in):
    touch("新丙")
    text = undo_page(sign_in(cast.class1_admin), batch)
    assert "2 人由这次导入新录入，账号、团籍和团内职务一并撤回" in text
    assert "1 人导入前已有账号" in text
    assert "1 人的资料恢复为更新前的内容" in text
    assert "1 人导入后有改动，不撤销，保持现状，见下表" in text
    assert "撤销 4 人" in text
    assert "新丙" in text
    assert "资料已修改：微信" in text
    assert "新甲" not in text


def test_where_everybody_was_touched_there_is_nothing_to_press(batch, cast, sign_in):
    Account.objects.filter(name__in=("新甲", "新乙", "新丙", "赵旧", "钱更新")).update(
        closed_at=timezone.now()
    )
    text = undo_page(sign_in(cast.class1_admin), batch)
    assert "这次导入写入的人在导入后都有改动，没有可以撤销的行。" in text
    assert "confirm-what" not in text


def test_the_button_undoes_and_every_page_says_so(batch, cast, sign_in):
    touch("新丙")
    client = sign_in(cast.class1_admin)
    response = client.post(f"/imports/{batch.pk}/undo/")
    assert response.url == f"/imports/{batch.pk}/"
    assert "正在撤销这次导入" in page(client, batch)
    worked(batch, BatchState.UNDONE)
    assert client.get(f"/imports/{batch.pk}/").url == f"/imports/{batch.pk}/undone/"
    text = undone_page(client, batch)
    assert "撤销了这次导入：撤回 3 人，恢复 1 人的资料。1 人导入后有改动，没有撤销，原因见下表。" in text
    assert "班一丽" in text
    kept = Account.objects.get(name="新丙").member
    assert f'<a href="/members/{kept.pk}/">新丙</a>' in text
    history = client.get("/imports/").content.decode()
    assert "已撤销" in history
    assert "撤销 4 人，保留 1" in history


def test_pressed_twice_it_is_undone_once(batch, cast, sign_in):
    client = sign_in(cast.class1_admin)
    client.post(f"/imports/{batch.pk}/undo/")
    assert client.post(f"/imports/{batch.pk}/undo/").status_code == 302
    worked(batch, BatchState.UNDONE)
    assert client.get(f"/imports/{batch.pk}/undo/").url == f"/imports/{batch.pk}/"
    assert AuditEntry.objects.filter(verb="imports.undo_asked").count() == 1


def test_an_undo_that_was_refused_says_why_on_the_page_of_the_import(batch, cast, country, sign_in):
    client = sign_in(cast.class1_admin)
    client.post(f"/imports/{batch.pk}/undo/")
    touch("新甲")
    touch("新乙")
    touch("新丙")
    touch("赵旧", education="硕士")
    touch("钱更新", education="硕士")
    worked(batch, BatchState.DONE)
    assert "这次导入写入的人在导入后都有改动" in page(client, batch)


def test_nothing_left_over_is_said_as_well(batch, cast, sign_in):
    undone(batch)
    text = undone_page(sign_in(cast.class1_admin), batch)
    assert "导入写入的内容已全部撤回。" in text
    assert "没有保留的人" in text


def test_the_importer_is_led_there_by_a_notice(batch, cast):
    undone(batch, scope.scope_of(cast.college_admin))
    assert Notice.objects.latest("pk").url == f"/imports/{batch.pk}/"


# -- the rows that stayed ---------------------------------------------------------------------------------


def test_rows_are_filtered_by_the_kind_of_reason(batch, cast, sign_in):
    touch("新甲")
    touch("新乙", qq="10001")
    touch("新丙", sign_in_state="none")
    undone(batch)
    client = sign_in(cast.class1_admin)
    text = undone_page(client, batch, "?why=资料已修改")
    assert "新甲" in text
    assert "新乙" in text
    assert "新丙" not in text
    assert "本人已登录" in text


def test_numbers_are_masked(batch, cast, sign_in):
    touch("新甲")
    full = Account.objects.get(name="新甲").id_number
    undone(batch)
    client = sign_in(cast.class1_admin)
    text = undone_page(client, batch)
    assert full not in text
    assert f"{full[:3]}***" in text


def test_what_stayed_is_exported_masked_and_on_record(batch, cast, sign_in):
    touch("新甲")
    touch("新丙")
    full = Account.objects.get(name="新甲").id_number
    undone(batch)
    response = sign_in(cast.class1_admin).post(f"/imports/{batch.pk}/undone/export/")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)]
    assert tuple(rows[0]) == undo_pages.COLUMNS
    assert [(row[0], row[1], row[4]) for row in rows[1:]] == [
        ("2", "新甲", "资料已修改：微信"),
        ("4", "新丙", "资料已修改：微信"),
    ]
    assert rows[1][2] != full
    assert rows[1][2].startswith(full[:3])
    assert AuditEntry.objects.get(verb="imports.kept_exported").detail["rows"] == 2


def test_a_person_who_left_for_elsewhere_is_neither_linked_nor_placed(batch, cast, country, sign_in):
    member = Account.objects.get(name="新甲").member
    actor = scope.scope_of(cast.college_admin)
    placing.assign([member.account_id], country.class1, country.class2, actor=actor)
    undone(batch)
    text = undone_page(sign_in(cast.class1_admin), batch)
    assert "团籍已转到其他团支部" in text
    assert country.class2.full_name not in text
    assert f"/members/{member.pk}/" not in text


def test_many_rows_stand_on_pages(cast, country, sign_in):
    people = [person(f"众{NAMES[at // 10 % 10]}{NAMES[at % 10]}{NAMES[at // 100]}") for at in range(103)]
    batch = imported(country.class1, *people, actor=scope.scope_of(cast.class1_admin))
    Account.objects.filter(name__startswith="众").exclude(name="众甲甲甲").update(wechat="touched")
    undone(batch)
    client = sign_in(cast.class1_admin)
    first = undone_page(client, batch)
    assert "共 102 行" in first
    assert "?after=102" in first
    second = undone_page(client, batch, "?after=102")
    assert second.count('<th scope="row">') == 2
    assert "?before=103" in second


def queries_of(client, batch) -> int:
    with CaptureQueriesContext(connection) as context:
        undone_page(client, batch)
    return len(context)


def test_the_page_asks_as_often_for_three_rows_as_for_one(cast, country, sign_in):
    actor = scope.scope_of(cast.class1_admin)
    one = imported(country.class1, person("众一"), person("去一"), actor=actor)
    three = imported(country.class1, *(person(f"多{each}") for each in "一二三"), person("去二"), actor=actor)
    Account.objects.filter(name__regex="^[众多]").update(wechat="touched")
    client = sign_in(cast.class1_admin)
    undone_page(client, undone(one))
    assert queries_of(client, one) == queries_of(client, undone(three))
