"""批量导出 from the list of subordinates: plan, Excel, slips, and the list of codes."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.confirming import STARTED
from orgs import scope
from orgs.enums import Category
from regcodes import codes
from regcodes.models import RegistrationCode
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator, who has just signed in."""
    client = sign_in(cast.college_admin)
    session = client.session
    session[STARTED] = int(timezone.now().timestamp())
    session.save()
    return client


def text(answer):
    return answer.content.decode()


def ids(*organizations):
    return ",".join(str(each.pk) for each in organizations)


def sheet(answer):
    book = load_workbook(io.BytesIO(answer.content))
    return [[cell.value for cell in row] for row in book["管理员注册码"].iter_rows()]


def test_the_list_of_subordinates_lets_one_choose(college):
    page = text(college.get("/desk/subordinates/"))
    assert ('name="organization"' in page, 'name="all"' in page, "/desk/codes/plan/" in page) == (True,) * 3


def test_the_plan_says_what_will_happen_and_writes_nothing(college, country):
    answer = college.post("/desk/codes/plan/", {"organization": [country.class1.pk, country.freshmen.pk]})
    assert (answer.context["new"], answer.context["kept"], answer.context["none"]) == (2, 0, 0)
    assert RegistrationCode.objects.count() == 0


def test_all_that_the_filter_shows_are_chosen(college, country):
    makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    answer = college.post("/desk/codes/plan/", {"all": "1", "q": "2023级", "category": "", "lacking": ""})
    assert [line.organization for line in answer.context["lines"]] == [country.class1, country.class2]


def test_nothing_chosen_leads_back_with_the_reason(college):
    answer = college.post("/desk/codes/plan/", {}, follow=True)
    assert "没有选中任何组织" in text(answer)


def test_the_workbook_has_a_row_for_each_organisation(college, country, cast):
    makers.make_admin(country.class2, "第二人", title="副书记")
    codes.issue(country.freshmen, actor=scope.scope_of(cast.college_admin))
    answer = college.post(
        "/desk/codes/excel/", {"chosen": ids(country.class1, country.class2, country.freshmen)}
    )
    made, kept = (
        RegistrationCode.objects.get(organization=each) for each in (country.class1, country.freshmen)
    )
    head, first, second, third, _, last = sheet(answer)
    assert head == ["组织全称", "组织类别", "管理员注册码", "有效期至", "状态"]
    assert first == [country.class1.full_name, "团支部", made.code, f"{made.last_day} 24:00", "新分配"]
    assert second[2:] == ["", "", "名额已满"]
    assert third[2:] == [kept.code, f"{kept.last_day} 24:00", "有效"]
    assert last[0].startswith("新疆生产建设兵团石河子大学石河子大学医学院团委 易学园 于 ")


def test_the_slips_show_each_code_with_a_picture_that_does_not_hold_it(college, country):
    page = text(college.post("/desk/codes/slips/", {"chosen": ids(country.class1, country.freshmen)}))
    for code in RegistrationCode.objects.all():
        assert page.count(f"{code.code[:4]} {code.code[4:]}") == 1
        assert code.code not in page
    assert (page.count('class="cut-slip"'), page.count("data:image/svg+xml")) == (2, 2)
    assert "http://testserver/register/" in page


def test_after_five_minutes_the_password_is_asked_again(college, country):
    session = college.session
    session[STARTED] = int(timezone.now().timestamp()) - 600
    session.save()
    answer = college.post("/desk/codes/excel/", {"chosen": ids(country.class1)})
    assert (answer.status_code, "请填写登录密码" in text(answer)) == (422, True)
    wrong = college.post("/desk/codes/excel/", {"chosen": ids(country.class1), "password": "x"})
    assert (wrong.status_code, RegistrationCode.objects.count()) == (422, 0)
    right = college.post("/desk/codes/excel/", {"chosen": ids(country.class1), "password": makers.PASSWORD})
    assert (right.status_code, RegistrationCode.objects.count()) == (200, 1)


def test_a_higher_superior_gives_out_nothing(cast, country, sign_in):
    client = sign_in(cast.university_admin)
    answer = client.post("/desk/codes/plan/", {"organization": [country.class1.pk]}, follow=True)
    assert "没有选中任何组织" in text(answer)


def test_the_list_says_who_issued_and_in_which_state(college, cast, country):
    mine = scope.scope_of(cast.college_admin)
    codes.issue(country.class1, actor=mine)
    codes.issue(country.freshmen, actor=mine, now=timezone.now() - timedelta(days=18))
    codes.issue(country.class2, actor=mine, now=timezone.now() - timedelta(days=40))
    rows = college.get("/desk/codes/").context["rows"]
    assert [(row.code.organization, row.word, row.is_open) for row in rows] == [
        (country.class2, "已过期", False),
        (country.freshmen, "即将到期", True),
        (country.class1, "有效", True),
    ]


@pytest.mark.parametrize(
    ("state", "found"),
    [("valid", 1), ("expiring", 0), ("voided", 1), ("used", 1), ("expired", 0), ("", 3), ("nonsense", 3)],
)
def test_the_list_is_narrowed_by_state(college, cast, country, state, found):
    mine = scope.scope_of(cast.college_admin)
    codes.issue(country.class1, actor=mine)
    codes.reissue(country.class1, actor=mine)
    used = codes.issue(country.freshmen, actor=mine)
    RegistrationCode.objects.filter(pk=used.pk).update(used_at=timezone.now(), used_by=cast.member.account_id)
    rows = college.get("/desk/codes/", {"state": state}).context["rows"]
    assert len(rows) == found
    assert [row.user for row in rows if row.word == "已使用"] in ([], ["古丽努尔·买买提江"])


def test_an_empty_list_leads_to_the_subordinates(college):
    assert "还没有分配过注册码" in text(college.get("/desk/codes/"))


def test_the_export_is_on_record(college, country):
    college.post("/desk/codes/slips/", {"chosen": ids(country.class1)})
    row = AuditEntry.objects.get(verb="regcodes.exported")
    assert (row.organization_id, row.detail) == (
        country.college.pk,
        {"way": "slips", "codes": 1, "new": 1},
    )
