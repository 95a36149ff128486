"""操作记录 of an organisation and of a person, and 谁看过我的信息."""

import io

import pytest
from openpyxl import load_workbook

from orgs import scope
from regcodes import codes
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(cast, country):
    """易学园 gives out a code for 2023级1班团支部."""
    return codes.issue(country.class1, actor=scope.scope_of(cast.college_admin, address="10.0.0.7"))


def lines(answer):
    return [(line.word, line.entry.actor_name) for line in answer.context["lines"]]


def sheet(answer):
    book = load_workbook(io.BytesIO(answer.content))
    return [[cell.value for cell in row] for row in book["操作记录"].iter_rows()]


def test_what_was_done_to_an_organisation_is_read_there_and_by_who_did_it(cast, country, issued, sign_in):
    branch = lines(sign_in(cast.class1_admin).get("/desk/audit/"))
    college = lines(sign_in(cast.college_admin).get("/desk/audit/"))
    assert (branch[0], college[0]) == (("分配管理员注册码", "易学园"), ("分配管理员注册码", "易学园"))


def test_the_address_is_shown_to_the_own_organisation_only(cast, issued, sign_in):
    theirs = sign_in(cast.class1_admin).get("/desk/audit/").content.decode()
    ours = sign_in(cast.college_admin).get("/desk/audit/").content.decode()
    assert ("10.0.0.7" in theirs, "10.0.0.7" in ours) == (False, True)


def test_subordinates_are_added_on_request(cast, country, issued, sign_in):
    client = sign_in(cast.university_admin)
    found = {"verb": "regcodes.issued"}
    assert lines(client.get("/desk/audit/", found)) == []
    assert lines(client.get("/desk/audit/", {**found, "below": "on"})) == [("分配管理员注册码", "易学园")]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"verb": "regcodes.issued"}, 1),
        ({"verb": "regcodes.voided"}, 0),
        ({"verb": "nonsense", "person": "易学"}, 1),
        ({"person": "易学园"}, 1),
        ({"person": "学园"}, 0),
        ({"since": "2999-01-01"}, 0),
        ({"until": "2000-01-01"}, 0),
        ({"since": "2000-01-01", "until": "2999-01-01", "person": "易学"}, 1),
    ],
)
def test_the_list_is_narrowed(cast, country, issued, sign_in, filters, found):
    answer = sign_in(cast.college_admin).get(f"/desk/audit/{country.class1.pk}/", filters)
    assert len(answer.context["lines"]) == found


def test_the_sheet_holds_the_same_rows_and_is_on_record(cast, country, issued, sign_in):
    client = sign_in(cast.college_admin)
    answer = client.post(f"/desk/audit/{country.class1.pk}/excel/", {"verb": "regcodes.issued"})
    head, row, _, last = sheet(answer)
    assert (head[:4], row[1], row[3], row[8]) == (
        ["时间", "操作", "结果", "操作人"],
        "分配管理员注册码",
        "易学园",
        "10.0.0.7",
    )
    assert "导出 1 行" in last[0]
    entry = AuditEntry.objects.get(verb="audit.exported")
    assert (entry.organization_id, entry.detail) == (country.class1.pk, {"rows": 1})


def test_a_persons_record_stops_at_the_scope(cast, country, sign_in):
    person = cast.classmate.account
    for actor, place in ((cast.college_admin, country.class1), (cast.zibo_admin, country.workshop)):
        record("members.reveal_id", actor=scope.scope_of(actor), organization=place, account=person)
    record("accounts.sign_in", actor=scope.scope_of(person), account=person)
    found = lines(sign_in(cast.class1_admin).get(f"/desk/audit/people/{person.pk}/"))
    assert found[:2] == [("登录", "欧阳小明"), ("查看完整身份证号码", "易学园")]
    assert "齐淄博" not in [name for _, name in found]


def test_people_see_who_looked_at_them_wherever_that_was(cast, country, sign_in):
    person = cast.member.account
    record(
        "members.reveal_id", actor=scope.scope_of(cast.zibo_admin), account=person, detail={"reason": "核对"}
    )
    record("accounts.sign_in", actor=scope.scope_of(person), account=person)
    client = sign_in(person)
    answer = client.get("/me/seen/")
    assert lines(answer)[0] == ("查看完整身份证号码", "齐淄博")
    assert "原因：核对" in answer.content.decode()
    assert sheet(client.post("/me/seen/excel/"))[1][1] == "查看完整身份证号码"


def test_a_denial_is_told_in_words(cast, country, sign_in):
    client = sign_in(cast.university_admin)
    client.post(f"/codes/{country.class1.pk}/issue/")
    assert lines(client.get("/desk/audit/"))[0] == ("没有权限的操作", "石大河")
