"""The pages of 批量创建."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orgs import tree
from orgs.enums import Category
from orgs.models import Organization

from .sheets import cells, workbook

pytestmark = pytest.mark.django_db

ROWS = (
    ("研究生团总支", "团总支"),
    ("2025级硕士团支部", "团支部", "研究生团总支"),
    ("2023级1班团支部", "团支部"),
)
BAD = ("坏名字", "团支部")
GIVEN = Path(__file__).parents[2] / "rosters" / "subordinates.xlsx"


def text(answer):
    return answer.content.decode()


def sent(raw, name="下级.xlsx"):
    return {"file": SimpleUploadedFile(name, raw)}


def total(answer):
    return tuple(tile["value"] for tile in answer.context["tiles"])


def test_batch_is_the_default_tab(sign_in, cast):
    page = text(sign_in(cast.college_admin).get("/orgs/create/"))
    assert ('aria-current="page">批量创建' in page, "/orgs/create/one/" in page) == (True, True)


def test_the_given_list_names_twenty_existing_and_two_new(sign_in, cast, country):
    others = [tree.Seedling(Category.BRANCH, f"2023级{at}班团支部") for at in range(3, 21)]
    tree.plant(country.college, others)
    answer = sign_in(cast.college_admin).post("/orgs/create/", sent(GIVEN.read_bytes()))
    assert (total(answer), "创建 2 个组织" in text(answer)) == ((2, 20, 0), True)


def test_nothing_is_written_before_the_confirmation(sign_in, cast):
    before = Organization.objects.count()
    answer = sign_in(cast.college_admin).post("/orgs/create/", sent(workbook(*ROWS)))
    assert (total(answer), Organization.objects.count()) == ((2, 1, 0), before)


def test_confirming_creates_and_the_same_file_again_finds_all(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    plan = client.post("/orgs/create/", sent(workbook(*ROWS))).context["plan"]
    done = client.post("/orgs/create/confirm/", {"plan": plan, "parent": country.college.pk}, follow=True)
    assert ("下创建 2 个组织" in text(done), done.redirect_chain) == (True, [("/desk/subordinates/", 302)])
    assert total(client.post("/orgs/create/", sent(workbook(*ROWS)))) == (0, 3, 0)


def test_good_rows_go_in_and_bad_ones_come_back(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    answer = client.post("/orgs/create/", sent(workbook(*ROWS, BAD)))
    assert total(answer) == (2, 1, 1)
    data = {"plan": answer.context["plan"], "parent": country.college.pk}
    done = client.post("/orgs/create/confirm/", data)
    assert ("下面标为错误的行没有创建" in text(done), total(done)) == (True, (2, 1, 1))
    data["plan"] = done.context["plan"]
    sheet = cells(client.post("/orgs/create/returned/", data).content)
    assert (sheet[0][-1], sheet[1][0], len(sheet)) == ("原因", "坏名字", 2)


def test_the_returned_sheet_can_be_sent_again(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    plan = client.post("/orgs/create/", sent(workbook(BAD))).context["plan"]
    raw = client.post("/orgs/create/returned/", {"plan": plan, "parent": country.college.pk}).content
    assert total(client.post("/orgs/create/", sent(raw))) == (0, 0, 1)


def test_the_level_of_a_leading_body_can_be_chosen(sign_in, cast, country):
    client = sign_in(cast.corps_admin)
    answer = client.post("/orgs/create/", sent(workbook(("团甲市委", "团的领导机关"))))
    assert 'name="level_2"' in text(answer)
    data = {"plan": answer.context["plan"], "parent": country.corps.pk, "level_2": "4"}
    client.post("/orgs/create/confirm/", data)
    assert Organization.objects.get(short_name="团甲市委").level == 4


def test_a_plan_of_somebody_else_creates_nothing(sign_in, cast, country):
    plan = sign_in(cast.college_admin).post("/orgs/create/", sent(workbook(*ROWS))).context["plan"]
    data = {"plan": plan, "parent": country.university.pk}
    answer = sign_in(cast.university_admin).post("/orgs/create/confirm/", data)
    assert (answer.status_code, "已失效" in text(answer)) == (403, True)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "空文件"),
        (b"a,b", "CSV"),
        (workbook(header=("姓名*", "身份证号码*")), "名单"),
        (workbook(header=("组织简称", "甲")), "缺少“组织类别”列"),
        (workbook(header=("组织简称", "组织类别", "组织类别")), "出现了两次"),
        (workbook(), "没有数据"),
        (workbook(("示例团支部", "团支部")), "没有数据"),
    ],
)
def test_a_file_that_will_not_do_says_why(sign_in, cast, raw, words):
    answer = sign_in(cast.college_admin).post("/orgs/create/", sent(raw))
    assert (answer.status_code, words in str(answer.context["form"].errors)) == (422, True)


def test_the_template_reads_as_it_is_given(sign_in, cast):
    answer = sign_in(cast.college_admin).get("/orgs/create/template/")
    assert cells(answer.content)[0] == ["组织简称*", "组织类别*", "上级组织简称"]


def test_no_cell_of_the_returned_sheet_is_a_formula(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    plan = client.post("/orgs/create/", sent(workbook(("=1+1", "团支部")))).context["plan"]
    raw = client.post("/orgs/create/returned/", {"plan": plan, "parent": country.college.pk}).content
    assert cells(raw)[1][0] == "=1+1"


def test_five_thousand_rows_fit_into_the_page(sign_in, cast, country):
    rows = [(f"{at}号楼第{at}学生公寓流动团员临时团支部", "团支部") for at in range(5000)]
    client = sign_in(cast.college_admin)
    plan = client.post("/orgs/create/", sent(workbook(*rows))).context["plan"]
    assert len(plan) < 1_000_000
    client.post("/orgs/create/confirm/", {"plan": plan, "parent": country.college.pk})
    assert Organization.objects.filter(parent=country.college).count() == 5003
