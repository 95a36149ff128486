"""The pages of 导入名单: from the file to the result, who sees what, and what is shown masked."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Account
from members.models import BatchState, ImportBatch, Member, RowVerdict
from members.roster import batch as batches
from members.roster import pages
from members.roster.check import BRANCH_COLUMN
from members.rules import COLUMNS
from tests.members.roster.sheets import PHONE, confirm, page, person, roster
from zhtj.audit.models import AuditEntry

from .test_update_views import rows_of

ROSTERS = Path(__file__).parents[2] / "rosters"
# -- the way of a roster ----------------------------------------------------------------------------


def test_a_roster_goes_from_the_form_over_the_plan_to_the_result(client, cast, country, upload):
    batch = upload(cast.class1_admin, roster(person("赵新生"), person("钱新生")))
    assert batch.state == BatchState.PLANNED
    assert "导入 2 人" in page(client, batch)
    assert Account.objects.filter(name="赵新生").count() == 0
    assert confirm(client, batch).url == f"/imports/{batch.pk}/"
    assert "等待导入 2 人" in page(client, batch)
    batches.work(batch.pk)
    assert "已导入 2 人。" in page(client, batch)
    assert Member.objects.filter(account__name="赵新生", branch=country.class1).count() == 1


def test_pressing_twice_leads_to_the_page_again(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    confirm(client, batch)
    assert confirm(client, batch).url == f"/imports/{batch.pk}/"
    batch.refresh_from_db()
    assert batch.state == BatchState.CONFIRMED


def test_the_bar_answers_until_there_is_something_new_to_show(client, cast):
    client.force_login(cast.class1_admin)
    client.post("/imports/new/", {"file": SimpleUploadedFile("名单.xlsx", roster(person()))})
    batch = ImportBatch.objects.get()
    response = client.get(f"/imports/{batch.pk}/progress/")
    assert "等待核对" in response.content.decode()
    assert 'http-equiv="refresh"' in page(client, batch)
    batches.work(batch.pk)
    response = client.get(f"/imports/{batch.pk}/progress/")
    assert (response.status_code, response.headers["HX-Refresh"], response.content) == (200, "true", b"")


def test_the_same_file_again_says_who_imported_it_and_offers_nothing(client, cast, upload):
    raw = roster(person())
    first = upload(cast.class1_admin, raw)
    confirm(client, first)
    batches.work(first.pk)
    again = page(client, upload(cast.class1_admin, raw))
    assert "这份名单已由班一丽于 " in again
    assert "导入过，没有变化。" in again
    assert ("没有变化</span>" in again, "待确认" in again) == (True, False)
    assert (">查看团员列表</a>" in again, "导入 0 人" in again) == (True, False)


def test_an_unreadable_file_says_why_and_leads_to_another_try(client, cast, upload):
    text = page(client, upload(cast.class1_admin, b"PK\x03\x04 nonsense", name="坏文件.xlsx"))
    assert "导入表格格式错误" in text
    assert "重新上传" in text
    assert "没有写入任何数据" in text


def test_giving_up_leaves_nothing_behind(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    assert client.post(f"/imports/{batch.pk}/abandon/").url == "/imports/"
    assert "这次导入已放弃" in page(client, batch)
    assert batch.rows.count() == 0


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"", "文件是空的"), (None, "请选择填好的名单")],
)
def test_what_is_no_file_stays_on_the_form(client, cast, raw, said):
    client.force_login(cast.class1_admin)
    fields = {} if raw is None else {"file": SimpleUploadedFile("空.xlsx", raw)}
    response = client.post("/imports/new/", fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert ImportBatch.objects.count() == 0


def test_a_file_too_large_stays_on_the_form(client, cast, settings):
    settings.IMPORT_JOB_BYTES = 2**20
    client.force_login(cast.class1_admin)
    response = client.post("/imports/new/", {"file": SimpleUploadedFile("大.xlsx", b"x" * (2**20 + 1))})
    assert response.status_code == 422
    assert "文件超过 1 MB" in response.content.decode()


def test_too_many_uploads_are_refused_on_the_form(client, cast, settings, upload):
    settings.UPLOADS_PER_HOUR = 1
    upload(cast.class1_admin, roster(person()))
    response = client.post("/imports/new/", {"file": SimpleUploadedFile("名单.xlsx", b"x")})
    assert response.status_code == 422
    assert "一小时内最多上传1次" in response.content.decode()


# -- the plan ---------------------------------------------------------------------------------------


def test_errors_come_first_with_the_faulty_cell_cause_and_remedy(client, cast, upload):
    wrong = person("错号码", 身份证号码="110199200501011230", 手机号码="123")
    text = page(client, upload(cast.class1_admin, roster(person(), wrong)))
    assert 'aria-current="true"' in text
    assert "is-wrong" in text
    assert "错号码" in text
    assert "赵新生" not in text
    assert "110199200501011230" in text


def test_a_tile_shows_its_rows(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person(), person("错号码", 身份证号码="1")))
    text = page(client, batch, "?show=new")
    assert "赵新生" in text
    assert "错号码" not in text


def test_unknown_tiles_and_positions_show_the_first_page(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    assert "赵新生" in page(client, batch, "?show=nonsense&after=x&before=99999999999999")


def test_two_hundred_and_fifty_errors_come_in_pages_both_ways(client, cast, upload):
    batch = upload(cast.class1_admin, roster(*(person(f"错{at}", 身份证号码="1") for at in range(250))))
    first = page(client, batch)
    assert "共 250 行" in first
    assert "after=101" in first
    second = page(client, batch, "?show=error&after=101")
    assert ">102<" in second
    assert ">201<" in second
    assert "before=102" in second
    assert ">2<" in page(client, batch, "?show=error&before=102")
    assert ">252<" not in page(client, batch, "?show=error&after=201")


def test_a_plan_without_anything_to_import_says_why(client, cast, upload):
    text = page(client, upload(cast.class1_admin, roster(person(身份证号码="1"))))
    assert "没有可以导入的行" in text
    assert (">重新上传</a>" in text, "导入 0 人" in text) == (True, False)


def test_a_plan_whose_rows_were_dropped_by_age_says_so(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    batch.rows.all().delete()
    text = page(client, batch)
    assert "名单内容已按规定删除" in text
    assert "放弃" in text


def test_the_queries_do_not_grow_with_the_rows(client, cast, upload, django_assert_num_queries):
    for size in (1, 3):
        batch = upload(cast.class1_admin, roster(*(person(f"错{at}", 身份证号码="1") for at in range(size))))
        with django_assert_num_queries(11):
            page(client, batch)


# -- who sees what ----------------------------------------------------------------------------------


def test_another_administrator_of_the_branch_sees_numbers_masked(client, cast, country, upload):
    wrong = person("错号码", 身份证号码="110199200501011230", 手机号码="138-1234-567")
    batch = upload(cast.college_admin, roster(wrong, person()), org=country.class1.pk)
    client.force_login(cast.class1_admin)
    for query in ("?show=error", "?show=new"):
        text = page(client, batch, query)
        assert "110199200501011230" not in text
        assert "138-1234-567" not in text
        assert PHONE not in text
    assert "139********" in text
    assert "下载错误名单" not in text


def test_an_import_is_seen_by_its_organisation_and_the_one_that_made_it(client, cast, country, upload):
    batch = upload(cast.college_admin, roster(person()), org=country.class1.pk)
    seen = {}
    for name in ("college_admin", "class1_admin", "class2_admin", "university_admin", "workshop_admin"):
        client.force_login(getattr(cast, name))
        seen[name] = client.get(f"/imports/{batch.pk}/").status_code
        listed = batch.file_name in client.get("/imports/").content.decode()
        assert listed == (seen[name] == 200)
    assert seen == {
        "college_admin": 200,
        "class1_admin": 200,
        "class2_admin": 404,
        "university_admin": 404,
        "workshop_admin": 404,
    }


def test_acts_on_an_import_out_of_sight_change_nothing(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    client.force_login(cast.class2_admin)
    for act in ("confirm", "abandon", "tick", "errors"):
        assert client.post(f"/imports/{batch.pk}/{act}/", {"updates": 0}).status_code == 404
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED


@pytest.mark.parametrize(
    ("who", "target", "status"),
    [
        ("college_admin", "class1", 200),
        ("university_admin", "class1", 200),
        ("class1_admin", "class2", 404),
        ("corps_admin", "class1", 403),
        ("corps_admin", "university", 200),
        ("zibo_admin", "class1", 404),
    ],
)
@pytest.mark.parametrize("path", ["new", "template"])
def test_targets_follow_the_rule_for_importing(client, cast, country, who, target, status, path):
    client.force_login(getattr(cast, who))
    org = getattr(country, target).pk
    assert client.get(f"/imports/{path}/", {"org": org}).status_code == status


def test_a_plain_member_finds_no_imports(client, cast):
    client.force_login(cast.member.account)
    assert [client.get(path).status_code for path in ("/imports/", "/imports/new/")] == [404, 404]


def test_an_empty_history_leads_to_the_form(client, cast):
    client.force_login(cast.class1_admin)
    assert "还没有导入过名单" in client.get("/imports/").content.decode()


def test_the_history_tells_state_and_result(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person(), person(身份证号码="1")))
    confirm(client, batch)
    batches.work(batch.pk)
    text = client.get("/imports/").content.decode()
    assert "写入 1 人，错误 1" in text
    assert "已完成" in text


# -- real rosters -----------------------------------------------------------------------------------


def test_the_rosters_of_the_college_go_in(client, cast, upload):
    raw = (ROSTERS / "college_600.xlsx").read_bytes()
    batch = upload(cast.college_admin, raw, name="college_600.xlsx")
    assert batch.counts["total"] == 600
    assert len(page(client, batch)) < 250_000


def test_every_fault_of_the_faulty_roster_stands_on_its_page(client, cast, upload):
    batch = upload(cast.class1_admin, (ROSTERS / "faults.xlsx").read_bytes(), name="faults.xlsx")
    errors = batch.rows.filter(verdict=RowVerdict.ERROR).count()
    assert page(client, batch).count('class="plan-fault"') >= errors


def test_an_upload_is_recorded_without_its_numbers(client, cast, upload):
    upload(cast.class1_admin, roster(person(身份证号码="110199200501011230")))
    row = AuditEntry.objects.get(verb="imports.uploaded")
    assert "110199200501011230" not in str(row.detail)


def test_a_committee_roster_shows_each_branch(client, cast, country, upload):
    columns = (BRANCH_COLUMN, *COLUMNS)
    raw = roster(person(**{BRANCH_COLUMN: country.class1.full_name}), columns=columns)
    assert country.class1.full_name in page(client, upload(cast.college_admin, raw))


# -- the brake, cancelling, and a worker that is away --------------------------------------------------


@pytest.fixture
def unusual(cast, upload, settings):
    """A plan with two updates, which is unusual here."""
    settings.IMPORT_BRAKE_PEOPLE, settings.IMPORT_BRAKE_SHARE = 1, 0
    changed = [rows_of(each, 手机号码=PHONE) for each in (cast.member, cast.classmate)]
    return upload(cast.class1_admin, roster(*changed, person()))


def test_an_unusual_choice_is_told_above_the_button_and_has_to_be_acknowledged(client, unusual):
    assert "我已核对上述改动" not in page(client, unusual)  # nothing is ticked yet
    client.post(f"/imports/{unusual.pk}/tick/", {"all": "1"})
    text = page(client, unusual)
    assert (
        text.index("将更改其中 2 人的资料")
        < text.index("我已核对上述改动")
        < text.index("导入 1 人，更新 2 人")
    )
    confirm(client, unusual, updates=2)
    assert "这份名单的改动较多，还没有导入" in page(client, unusual)
    confirm(client, unusual, updates=2, acknowledged="1")
    unusual.refresh_from_db()
    assert unusual.state == BatchState.CONFIRMED


def test_checking_is_cancelled_and_leaves_nothing(client, cast):
    client.force_login(cast.class1_admin)
    client.post("/imports/new/", {"file": SimpleUploadedFile("名单.xlsx", roster(person()))})
    batch = ImportBatch.objects.get()
    assert f'action="/imports/{batch.pk}/cancel/"' in page(client, batch)
    client.post(f"/imports/{batch.pk}/cancel/")
    assert "已取消，没有写入任何数据" in page(client, batch)
    batch.refresh_from_db()
    assert (batch.state, batch.file_cipher) == (BatchState.ABANDONED, None)


def test_a_confirmed_import_is_cancelled_and_waits_again(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    confirm(client, batch)
    client.post(f"/imports/{batch.pk}/cancel/")
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED
    assert "导入已取消，没有写入任何数据" in page(client, batch)


def test_cancelling_too_late_is_told(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    confirm(client, batch)
    batches.work(batch.pk)
    client.post(f"/imports/{batch.pk}/cancel/")
    assert "导入已经完成，不能取消" in page(client, batch)


def test_a_worker_that_is_away_for_half_a_minute_is_told(client, cast):
    client.force_login(cast.class1_admin)
    client.post("/imports/new/", {"file": SimpleUploadedFile("名单.xlsx", roster(person()))})
    batch = ImportBatch.objects.get()
    assert "可以离开本页，完成后会通知您" in page(client, batch)
    ImportBatch.objects.update(created_at=batch.created_at - pages.AWAY)
    assert "后台超过 30 秒没有接手" in page(client, batch)


# -- the same file again, and how it was read ----------------------------------------------------------


def test_the_same_file_still_waiting_is_told_with_the_way_to_it(client, cast, upload):
    raw = roster(person())
    first = upload(cast.class1_admin, raw)
    text = page(client, upload(cast.class1_admin, raw))
    assert "这份名单班一丽于" in text
    assert "现在是“待确认”" in text
    assert f'href="/imports/{first.pk}/"' in text


def test_a_file_that_was_given_up_does_not_count(client, cast, upload):
    raw = roster(person())
    client.post(f"/imports/{upload(cast.class1_admin, raw).pk}/abandon/")
    assert "查看那次导入" not in page(client, upload(cast.class1_admin, raw))


def test_columns_of_no_use_are_listed(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person(), columns=("序号", "性别", *COLUMNS, "原因")))
    assert "未使用的列：序号、性别。" in page(client, batch)
