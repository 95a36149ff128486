"""Rows put right on the page of a plan: read and checked again, against the system and against the file."""

import io

import pytest
import xlsxwriter

from accounts.models import Account
from members.models import BatchState, RowVerdict
from members.roster import batch as batches
from members.roster import mend, plan
from members.roster.check import BRANCH_COLUMN
from members.rules import COLUMNS, NAME, NUMBER, PHONE
from orgs.scope import scope_of
from tests.makers import number_of
from tests.members.roster.sheets import confirm, page, person, roster
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

WIDE = (BRANCH_COLUMN, *COLUMNS)


def verdicts(batch):
    """What will happen to each row, by its number."""
    return dict(batch.rows.order_by("number").values_list("number", "verdict"))


def row_of(batch, number):
    """A row of the plan as stored."""
    return plan.shown(batch, batch.rows.get(number=number))


def send(client, batch, number, **cells):
    """Send the form of a row as a browser would, with other texts in some columns."""
    columns = batch.layout["columns"]
    sent = {f"cell{at}": row_of(batch, number).texts[at] for at in columns.values()}
    sent |= {f"cell{columns[name]}": text for name, text in cells.items()}
    response = client.post(f"/imports/{batch.pk}/rows/{number}/fix/", sent)
    batch.refresh_from_db()
    return response


@pytest.fixture
def one_wrong(cast, upload):
    """A plan with a sound row 2 and a row 3 whose phone is wrong."""
    return upload(cast.class1_admin, roster(person(), person("错手机", 手机号码="123")))


# -- one row ----------------------------------------------------------------------------------------


def test_a_corrected_row_becomes_new_and_is_imported(client, one_wrong):
    response = send(client, one_wrong, 3, 手机号码="13900001111")
    assert response.url == f"/imports/{one_wrong.pk}/?show=new&at=3#row-3"
    assert verdicts(one_wrong) == {2: "new", 3: "new"}
    assert one_wrong.counts == {
        "new": 2, "update": 0, "same": 0, "move": 0, "conflict": 0, "error": 0, "total": 2,
    }  # fmt: skip
    text = page(client, one_wrong)
    assert "第 3 行已改正，核对结果是“新增”" in text
    assert "导入 2 人" in text
    confirm(client, one_wrong)
    batches.work(one_wrong.pk)
    assert Account.objects.get(name="错手机").phone == "13900001111"


def test_the_form_shows_the_cells_as_uploaded_with_what_is_wrong(client, one_wrong):
    text = client.get(f"/imports/{one_wrong.pk}/rows/3/fix/").content.decode()
    at = one_wrong.layout["columns"][PHONE]
    assert f'name="cell{at}" value="123"' in text
    assert text.count('class="field-error"') == 1
    assert text.index(f'name="cell{at}"') < text.index("其他列") < text.index('value="错手机"')


def test_a_row_still_wrong_is_stored_and_says_why(client, one_wrong):
    response = send(client, one_wrong, 3, 手机号码="456", 学历="高一")
    assert response.url == f"/imports/{one_wrong.pk}/?show=error&at=3#row-3"
    row = row_of(one_wrong, 3)
    assert [each.column for each in row.problems] == ["学历", PHONE]
    assert "核对结果是“错误”" in page(client, one_wrong)


def test_what_is_said_of_a_row_stands_right_above_it(client, one_wrong):
    """The address leads to the row: at the head of the page nobody would see it."""
    where = send(client, one_wrong, 3, 手机号码="456").url.partition("#")[0]
    text = client.get(where).content.decode()
    said = text.index("第 3 行已保存，核对结果是“错误”")
    assert text.index('class="plan-told"') < said < text.index('id="row-3"')
    assert text.count("第 3 行已保存") == 1


def test_what_is_said_of_a_row_elsewhere_stands_at_the_head(client, one_wrong):
    send(client, one_wrong, 3, 手机号码="456")
    text = page(client, one_wrong, "?show=new&at=3")
    assert ("第 3 行已保存" in text, "plan-told" in text) == (True, False)


def test_the_way_leads_to_the_next_error(client, cast, upload):
    wrong = [person("错手机", 手机号码="1") for _ in range(120)]
    batch = upload(cast.class1_admin, roster(*wrong))
    response = send(client, batch, 110, 手机号码="13900001111")
    assert response.url == f"/imports/{batch.pk}/?show=error&after=101&at=111#row-111"


def test_a_number_of_another_row_stays_that_rows(client, one_wrong):
    """Also where the other one stands below: it is planned already."""
    taken = row_of(one_wrong, 2).texts[one_wrong.layout["columns"][NUMBER]]
    send(client, one_wrong, 3, 手机号码="13900001111", 身份证号码=taken)
    assert verdicts(one_wrong) == {2: "new", 3: "error"}
    assert row_of(one_wrong, 3).cause == "id_twice"


def test_a_later_row_that_is_planned_keeps_its_number(client, cast, upload):
    later = person("在后面")
    batch = upload(cast.class1_admin, roster(person("错手机", 手机号码="1"), later))
    send(client, batch, 2, 手机号码="13900001111", 身份证号码=later[NUMBER])
    assert verdicts(batch) == {2: "error", 3: "new"}


def test_a_number_set_free_lets_the_other_row_in(client, cast, upload):
    first = person("号码写错", 手机号码="1")
    second = person("号码的主人", 身份证号码=first[NUMBER])
    batch = upload(cast.class1_admin, roster(first, second))
    assert verdicts(batch) == {2: "error", 3: "error"}
    send(client, batch, 2, 手机号码="13900001111", 身份证号码=number_of())
    assert verdicts(batch) == {2: "new", 3: "new"}


def test_a_name_that_differs_is_corrected_to_the_registered_one(client, cast, upload):
    account = cast.member.account
    mistyped = person("另一姓名", 身份证号码=account.id_number)
    batch = upload(cast.class1_admin, roster(mistyped))
    assert verdicts(batch) == {2: "conflict"}
    send(client, batch, 2, 姓名=account.name)
    assert verdicts(batch) == {2: "update"}
    assert batch.rows.filter(ticked=True).count() == 0


def with_lost_formula(people):
    """A roster whose first person has a broken formula where the QQ stands."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        sheet = book.add_worksheet("团员团干部")
        sheet.write_row(0, 0, COLUMNS)
        for at, each in enumerate(people, start=1):
            sheet.write_row(at, 0, [each.get(column, "") for column in COLUMNS])
        sheet.write_formula(1, COLUMNS.index("QQ"), "=NA()", None, "#N/A")
    return raw.getvalue()


def test_a_cell_left_alone_keeps_what_was_read_from_it(client, cast, upload):
    """The text of a broken formula would do as a QQ; it is no QQ until somebody writes one."""
    batch = upload(cast.class1_admin, with_lost_formula([person(手机号码="1")]))
    send(client, batch, 2, 手机号码="13900001111")
    assert row_of(batch, 2).cause == "cell_error"
    send(client, batch, 2, QQ="")
    assert verdicts(batch) == {2: "new"}


def test_a_sound_row_has_no_form(client, one_wrong):
    assert client.get(f"/imports/{one_wrong.pk}/rows/2/fix/").status_code == 403
    assert client.get(f"/imports/{one_wrong.pk}/rows/99/fix/").status_code == 404


def test_only_the_uploader_may_mend(client, cast, country, upload):
    batch = upload(cast.college_admin, roster(person("错手机", 手机号码="1")), org=country.class1.pk)
    client.force_login(cast.class1_admin)
    assert "修改第" not in page(client, batch)
    assert client.get(f"/imports/{batch.pk}/rows/2/fix/").status_code == 403
    assert send(client, batch, 2, 手机号码="13900001111").status_code == 403
    assert verdicts(batch) == {2: "error"}


def test_a_row_of_a_plan_decided_meanwhile_leads_to_how_it_stands(client, one_wrong):
    confirm(client, one_wrong)
    path = f"/imports/{one_wrong.pk}/rows/3/fix/"
    assert client.get(path).url == f"/imports/{one_wrong.pk}/"
    assert client.post(path, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_plan_already_confirmed_is_left_alone(client, cast, one_wrong):
    confirm(client, one_wrong)
    one_wrong.state = BatchState.PLANNED  # a page opened before
    with pytest.raises(Refused) as refused:
        mend.fix(one_wrong, 3, cells={PHONE: "13900001111"}, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "moved_on"


def test_what_was_mended_is_recorded_without_its_values(client, one_wrong):
    send(client, one_wrong, 3, 手机号码="13900001111")
    assert AuditEntry.objects.get(verb="imports.row_fixed").detail == {"batch": one_wrong.pk, "rows": 1}


def test_a_problem_in_a_column_the_file_lacks_is_told(client, cast, upload):
    columns = tuple(each for each in COLUMNS if each != "发展团员编号")
    batch = upload(cast.class1_admin, roster(person(), columns=columns))
    text = client.get(f"/imports/{batch.pk}/rows/2/fix/").content.decode()
    assert "缺发展团员编号" in text
    assert "名单中没有这一列" in text


# -- one name in many rows --------------------------------------------------------------------------


@pytest.fixture
def misnamed(cast, country, upload):
    """Three rows with the same wrong name of class 1, one of them with a wrong phone too, and one with another."""
    wrong = country.class1.full_name.replace("团支部", "支部")
    people = [person(f"名称错{each}", **{BRANCH_COLUMN: wrong}) for each in "甲乙丙"]
    people[1][PHONE] = "1"
    other = person("别的错", **{BRANCH_COLUMN: wrong + "某"})
    return upload(cast.college_admin, roster(*people, other, columns=WIDE))


def take(client, batch, number, organization):
    """Press the button with the name of an organisation."""
    response = client.post(f"/imports/{batch.pk}/rows/{number}/rename/", {"org": organization.pk})
    batch.refresh_from_db()
    return response


def test_taking_a_name_repairs_every_row_with_the_same_wrong_one(client, country, misnamed):
    assert verdicts(misnamed) == {2: "error", 3: "error", 4: "error", 5: "error"}
    take(client, misnamed, 2, country.class1)
    assert verdicts(misnamed) == {2: "new", 3: "error", 4: "new", 5: "error"}
    assert (misnamed.counts[RowVerdict.NEW], misnamed.counts[RowVerdict.ERROR]) == (2, 2)
    assert row_of(misnamed, 4).texts[0] == country.class1.full_name
    assert [each.column for each in row_of(misnamed, 3).problems] == [PHONE]
    assert "3 行的所在团支部已改正，其中 1 行还有其他问题" in page(client, misnamed)


def test_the_nearest_names_are_offered_once_with_the_number_of_rows(client, country, misnamed):
    text = page(client, misnamed)
    assert text.count("写这个名称的 3 行一起改为最接近的：") == 1
    assert text.count('class="plan-near"') == 2
    assert text.count(f'name="org" value="{country.class1.pk}"') == 2


def test_only_an_offered_organisation_can_be_taken(client, country, misnamed):
    take(client, misnamed, 2, country.workshop)
    assert verdicts(misnamed) == {2: "error", 3: "error", 4: "error", 5: "error"}
    assert "已经不在可选的组织中" in page(client, misnamed)


def test_a_taken_name_is_recorded_with_the_number_of_rows(client, country, misnamed):
    take(client, misnamed, 2, country.class1)
    detail = AuditEntry.objects.get(verb="imports.name_taken").detail
    assert detail == {"batch": misnamed.pk, "rows": 3}


def test_the_name_can_be_corrected_by_hand_in_one_row_too(client, country, misnamed):
    send(client, misnamed, 5, **{BRANCH_COLUMN: country.class1.full_name})
    assert verdicts(misnamed) == {2: "error", 3: "error", 4: "error", 5: "new"}
    assert row_of(misnamed, 5).texts[misnamed.layout["columns"][NAME]] == "别的错"


# -- on the spot ------------------------------------------------------------------------------------


def test_the_cells_in_trouble_stand_in_their_row_to_be_put_right(client, one_wrong):
    text = page(client, one_wrong)
    at = one_wrong.layout["columns"][PHONE]
    assert text.count('class="mend-input"') == 1
    assert f'name="cell{at}" value="123"' in text
    assert "autofocus" not in text
    assert text.count("autofocus") + page(client, one_wrong, "?show=error&at=3").count("autofocus") == 1


def test_a_coded_cell_offers_its_words(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person("错学历", 学历="高一")))
    at = batch.layout["columns"]["学历"]
    text = page(client, batch)
    assert f'list="words-{at}"' in text
    assert f'<datalist id="words-{at}"><option value="小学">' in text


def test_one_cell_is_enough_and_a_script_gets_the_row_the_tiles_and_the_button(client, one_wrong):
    at = one_wrong.layout["columns"][PHONE]
    response = client.post(
        f"/imports/{one_wrong.pk}/rows/3/fix/", {f"cell{at}": "13900001111"}, headers={"HX-Request": "true"}
    )
    text = response.content.decode()
    assert text.lstrip().startswith('<tr id="row-3" class="is-mended">')
    assert "已改正，现在是“新增”" in text
    assert "导入 2 人" in text
    assert text.count('hx-swap-oob="true"') == 3
    assert verdicts(one_wrong) == {2: "new", 3: "new"}


def test_a_script_gets_a_row_that_is_still_wrong_again(client, one_wrong):
    at = one_wrong.layout["columns"][PHONE]
    response = client.post(
        f"/imports/{one_wrong.pk}/rows/3/fix/", {f"cell{at}": "456"}, headers={"HX-Request": "true"}
    )
    text = response.content.decode()
    assert f'name="cell{at}" value="456"' in text
    assert "核对结果是“仍有问题”" in text


def test_of_a_conflict_the_name_and_the_number_can_be_put_right(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person("另一姓名", 身份证号码=cast.member.account.id_number)))
    text = page(client, batch)
    assert text.count('class="mend-input"') == 2
    assert "更正姓名，然后重新上传" in text


def test_others_see_what_is_wrong_and_nothing_to_type(client, cast, country, upload):
    batch = upload(cast.college_admin, roster(person("错手机", 手机号码="123")), org=country.class1.pk)
    client.force_login(cast.class1_admin)
    text = page(client, batch)
    assert ("mend-input" in text, "手机号码不符" in text) == (False, True)
