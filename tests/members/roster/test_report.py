"""The returned sheet is the user's own, with reasons; corrected, it goes in again. Only the uploader gets it."""

import io

import openpyxl
import pytest

from members.models import BatchState, Member
from members.roster import batch as batches
from members.roster import report
from members.rules import COLUMNS
from orgs.scope import scope_of
from tests.members.roster.sheets import PHONE, confirm, page, person, roster
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

WRONG = "110199200501011230"
OWN_COLUMNS = ("手机号码*", *(each for each in COLUMNS if each not in ("手机号码", "姓名")), "姓名", "备注")


def opened(raw):
    """The one sheet of a returned file."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert len(book.sheetnames) == 1
    return book.worksheets[0]


def texts(sheet):
    """The cells as they are written."""
    return [[cell.value or "" for cell in row] for row in sheet.rows]


@pytest.fixture
def returned(client, cast, upload):
    """Two wrong rows and a right one in a sheet of the user's own making, and what came back."""
    people = [
        person("错号码", 身份证号码=WRONG, 备注="转专业"),
        person("赵新生"),
        person("错手机", 备注="", **{"手机号码*": "=1+1"}),
    ]
    people[0]["手机号码*"] = people[1]["手机号码*"] = PHONE
    batch = upload(cast.class1_admin, roster(*people, columns=OWN_COLUMNS, sheet="我的名单"), "我的名单.xls")
    response = client.post(f"/imports/{batch.pk}/errors/")
    assert response.status_code == 200
    return batch, response


def test_the_users_own_headers_and_cells_come_back_with_the_bad_rows_alone(returned):
    sheet = opened(returned[1].content)
    assert sheet.title == "我的名单"
    rows = texts(sheet)
    assert rows[0] == [*OWN_COLUMNS, "原因"]
    at = OWN_COLUMNS.index("姓名")
    assert [row[at] for row in rows[1:]] == ["错号码", "错手机"]
    assert rows[1][OWN_COLUMNS.index("备注")] == "转专业"


def test_each_row_says_why_and_where_it_stood(returned):
    rows = texts(opened(returned[1].content))
    assert rows[1][-1].startswith("原第 2 行：身份证号码校验码不符")
    assert rows[2][-1].startswith("原第 4 行：")


def test_faulty_cells_are_coloured_and_commented(returned):
    sheet = opened(returned[1].content)
    cell = sheet.cell(2, OWN_COLUMNS.index("身份证号码") + 1)
    assert cell.fill.fgColor.rgb == "FFFDECEC"
    assert "校验码不符" in cell.comment.text
    assert sheet.cell(2, OWN_COLUMNS.index("姓名") + 1).comment is None


def test_no_cell_becomes_a_formula_and_every_cell_is_text(returned):
    sheet = opened(returned[1].content)
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert sheet.cell(3, 1).value == "=1+1"


def test_the_file_is_named_after_the_users_own(returned):
    disposition = returned[1].headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''%E6%88%91%E7%9A%84%E5%90%8D%E5%8D%95")


def test_handing_it_out_is_on_record_without_numbers(returned):
    row = AuditEntry.objects.get(verb="imports.returned")
    assert row.detail == {"batch": returned[0].pk, "rows": 2}


def test_corrected_it_goes_in_again_and_reasons_do_not_pile_up(client, cast, country, upload, returned):
    book = openpyxl.load_workbook(io.BytesIO(returned[1].content))
    sheet = book.worksheets[0]
    sheet.cell(2, OWN_COLUMNS.index("身份证号码") + 1).value = person()["身份证号码"]
    raw = io.BytesIO()
    book.save(raw)
    batch = upload(cast.class1_admin, raw.getvalue(), "改正.xlsx")
    assert (batch.counts["new"], batch.counts["error"]) == (1, 1)
    assert texts(opened(report.build(batch)))[0] == [*OWN_COLUMNS, "原因"]
    confirm(client, batch)
    batches.work(batch.pk)
    assert Member.objects.filter(account__name="错号码", branch=country.class1).count() == 1


def test_nobody_else_gets_it(client, cast, country, upload):
    batch = upload(cast.college_admin, roster(person(身份证号码=WRONG)), org=country.class1.pk)
    client.force_login(cast.class1_admin)
    assert "下载错误名单" not in page(client, batch)
    assert client.post(f"/imports/{batch.pk}/errors/").status_code == 403
    assert AuditEntry.objects.filter(verb="imports.returned").count() == 0


def test_without_bad_rows_there_is_nothing_to_return(client, cast, upload):
    batch = upload(cast.class1_admin, roster(person()))
    assert "下载错误名单" not in page(client, batch)
    with pytest.raises(Refused) as refused:
        report.returned(batch, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "nothing"


def test_rows_in_another_branch_and_stopped_rows_come_back_too(client, cast, country, upload):
    moved = person("车间明", 身份证号码=cast.workshop_admin.id_number)
    late = person("迟到人")
    batch = upload(cast.class1_admin, roster(moved, late))
    assert batch.counts["move"] == 1
    confirm(client, batch)
    other = upload(cast.class2_admin, roster(late))
    confirm(client, other)
    batches.work(other.pk)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["stopped"]) == (BatchState.DONE, 1)
    reasons = [row[-1] for row in texts(opened(report.build(batch)))[1:]]
    assert reasons[0].startswith("原第 2 行：身份证号码重复：此人的团籍在")
    assert reasons[1].startswith("原第 3 行：核对之后情况有变，没有写入")


@pytest.mark.parametrize("name", ["名单[1]", "'引号", ""])
def test_a_sheet_name_excel_would_not_take_is_made_one(cast, upload, name):
    batch = upload(cast.class1_admin, roster(person(身份证号码=WRONG)))
    batch.sheet_name = name
    assert opened(report.build(batch)).title in ("名单1", "引号", "团员团干部")


FORMULAS = ("=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://a")')


def test_what_looks_like_a_formula_goes_in_and_comes_back_as_text(client, cast, upload):
    people = [person(f"错{at}", 身份证号码=WRONG, 微博=text) for at, text in enumerate("甲乙丙丁戊己")]
    people = [{**each, "微博": text, "姓名": "错号码"} for each, text in zip(people, FORMULAS, strict=True)]
    sound = person(微博=FORMULAS[0])
    batch = upload(cast.class1_admin, roster(*people, sound))
    assert (batch.counts["error"], batch.counts["new"]) == (6, 1)
    at = COLUMNS.index("微博") + 1
    cells = [row[at - 1] for row in opened(report.build(batch)).iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in FORMULAS]
    confirm(client, batch)
    batches.work(batch.pk)
    assert Member.objects.get(account__name=sound["姓名"]).account.weibo == FORMULAS[0]


def test_the_whole_way_round_wrong_downloaded_corrected_and_new(client, cast, country, upload):
    """Own words for the columns, two of no use, every row wrong in another way; corrected in a spreadsheet, all go in."""
    columns = ["序号", "名字", "身份证", "族别", "面貌", "文化程度", "入团时间", "手机", "团员编号", "备注"]
    ours = ["", "姓名", "身份证号码", "民族", "政治面貌", "学历", "入团年月", "手机号码", "发展团员编号", ""]
    wrong = {
        "身份证": WRONG,
        "族别": "火星族",
        "面貌": "",
        "文化程度": "高一",
        "入团时间": "2019.1月",
        "手机": "=1+2",
    }
    people, right = [], []
    for at, (column, text) in enumerate(wrong.items()):
        sound = person(f"改正{'一二三四五六'[at]}")
        right.append({column: sound.get(name, "") for column, name in zip(columns, ours, strict=True)})
        people.append({**right[-1], "序号": str(at), "备注": "@备注", column: text})
    batch = upload(cast.class1_admin, roster(*people, columns=columns, sheet="花名册"), "花名册.xlsx")
    assert (batch.counts["error"], batch.counts["new"]) == (6, 0)
    book = openpyxl.load_workbook(io.BytesIO(client.post(f"/imports/{batch.pk}/errors/").content))
    sheet = book.worksheets[0]
    assert texts(sheet)[0] == [*columns, "原因"]
    for row, (column, cells) in enumerate(zip(wrong, right, strict=True), start=2):
        cell = sheet.cell(row, columns.index(column) + 1)
        assert (cell.fill.fgColor.rgb, bool(cell.comment)) == ("FFFDECEC", True)
        cell.value = cells[column]
    raw = io.BytesIO()
    book.save(raw)
    again = upload(cast.class1_admin, raw.getvalue(), "花名册（错误名单）.xlsx")
    assert (again.state, again.counts["new"], again.counts["error"]) == (BatchState.PLANNED, 6, 0)
    confirm(client, again)
    batches.work(again.pk)
    assert Member.objects.filter(account__name__startswith="改正", branch=country.class1).count() == 6
