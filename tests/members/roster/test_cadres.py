"""Rosters of the own level's cadres: their template, the wrong one, and what happens to each row."""

from datetime import date

import pytest

from accounts.models import Account
from members.models import Member, RowVerdict
from members.roster import batch as batches
from members.roster import cadres, plan, template
from orgs import scope
from orgs.models import Post, Seat
from tests import makers

from .sheets import roster

pytestmark = pytest.mark.django_db


def row(number: str, name: str = "新干部", **cells: str) -> dict[str, str]:
    """The cells of a sound row, by column."""
    sound = {
        "姓名": name,
        "身份证号码": number,
        "民族": "汉",
        "政治面貌": "党员",
        "学历": "硕士",
        "手机号码": "13900000001",
        "团内职务": "委员",
        "任现职年月": "2024-09",
        "团干部性质": "兼职",
        "是否同级党委（支部）成员": "否",
    }
    return {**sound, **cells}


def grown(serial: int) -> str:
    return makers.number_of(date(1985, 3, 8), serial=serial)


def made_of(*rows) -> bytes:
    return roster(*rows, columns=cadres.COLUMNS, sheet=cadres.SHEET)


@pytest.fixture
def bring(upload):
    """`bring(account, rows)` uploads a cadre roster and gives the checked batch."""

    def bring(account, *rows):
        return upload(account, made_of(*rows), template="cadres")

    return bring


def run(batch, account):
    rows = {each.number for each in plan.rows(batch, RowVerdict.UPDATE)}
    batches.confirm(batch, actor=scope.scope_of(account), ticks=rows)
    batches.work(batch.pk)
    batch.refresh_from_db()
    return batch


def outcomes(batch) -> list[tuple[str, str]]:
    return [(each.verdict, each.cause) for each in plan.rows(batch)]


def test_new_cadres_get_account_and_post_and_no_belonging(cast, country, bring):
    batch = bring(cast.college_admin, row(grown(1)), row(grown(2), "另干部", 入团年月="2001-05"))
    assert outcomes(batch) == [("new", ""), ("new", "")]
    run(batch, cast.college_admin)
    posts = Post.objects.filter(organization=country.college, title="委员").order_by("account__name")
    assert [(post.account.name, post.nature, post.account.league_joined) for post in posts] == [
        ("另干部", "兼职", date(2001, 5, 1)),
        ("新干部", "兼职", None),
    ]
    assert Member.objects.filter(account__in=posts.values("account")).count() == 0


def test_joining_is_optional_and_everything_else_is_not(cast, country, bring):
    batch = bring(cast.college_admin, row(grown(1), 学历="", 团内职务=""))
    assert outcomes(batch) == [("error", "required")]
    columns = [problem.column for problem in plan.rows(batch)[0].problems]
    assert columns == ["学历", "团内职务"]


def test_titles_are_those_of_the_category(cast, country, bring):
    batch = bring(cast.college_admin, row(grown(1), 团内职务="部长"))
    assert outcomes(batch) == [("error", "not_listed")]


def test_who_belongs_to_a_branch_is_to_be_invited(cast, country, bring):
    worker = cast.worker.account
    batch = bring(cast.college_admin, row(worker.id_number, worker.name))
    assert outcomes(batch) == [("error", "elsewhere")]
    assert "邀请" in plan.rows(batch)[0].problems[0].message


def test_a_second_secretary_is_an_error_by_name(cast, country, bring):
    batch = bring(cast.college_admin, row(grown(1), 团内职务="书记"))
    assert outcomes(batch) == [("error", "secretary")]


def test_a_known_cadre_is_updated_and_keeps_the_seat(cast, country, bring):
    admin = cast.college_admin
    cells = {"民族": "", "政治面貌": "中共党员", "团内职务": "副书记", "手机号码": admin.phone}
    batch = bring(admin, row(admin.id_number, admin.name, **(cells | {"民族": "汉族", "学历": "本科"})))
    assert outcomes(batch) == [("update", "")]
    run(batch, admin)
    seat = Seat.objects.get(organization=country.college)
    assert (seat.post.title, seat.post.account_id) == ("副书记", admin.pk)
    assert Account.objects.get(pk=admin.pk).education == "本科"


def test_the_own_row_again_changes_nothing(cast, country, bring):
    run(bring(cast.college_admin, row(grown(1))), cast.college_admin)
    assert outcomes(bring(cast.college_admin, row(grown(1)))) == [("same", "")]


def test_a_member_of_the_branch_gets_the_post(cast, country, bring):
    mate = cast.classmate.account
    batch = bring(cast.class1_admin, row(mate.id_number, mate.name, 团内职务="组织委员"))
    assert outcomes(batch) == [("new", "")]
    run(batch, cast.class1_admin)
    assert Post.objects.get(account=mate).title == "组织委员"
    assert Member.objects.get(account=mate).branch_id == country.class1.pk


def test_the_young_come_into_a_branch_as_members(cast, country, bring):
    young = makers.number_of(date(2006, 1, 1), serial=9)
    batch = bring(cast.class1_admin, row(young, 团内职务="组织委员"))
    assert outcomes(batch) == [("error", "young")]


@pytest.mark.parametrize("kind", ["members", "cadres"])
def test_a_file_made_on_the_wrong_template_says_so(cast, country, upload, kind):
    made = {
        "members": made_of(row(grown(1))),
        "cadres": roster(row(grown(1)), columns=(*cadres.COLUMNS, "发展团员编号")),
    }
    batch = upload(cast.class1_admin, made[kind], template=kind)
    assert (batch.state, "模板" in batch.message) == ("rejected", True)


def test_the_template_is_what_the_reader_wants(cast, country, client):
    client.force_login(cast.college_admin)
    response = client.get("/imports/template/?template=cadres")
    assert response["Content-Type"].endswith("sheet")
    assert template.cadres_file_name(country.college) == "本级团干部导入模板（石河子大学医学院团委）.xlsx"


def test_the_empty_template_has_nothing_to_import(cast, country, upload):
    batch = upload(cast.college_admin, template.build_cadres(country.college), template="cadres")
    assert (batch.state, "没有数据" in batch.message) == ("rejected", True)


def test_only_the_own_level_and_the_direct_superior_import_cadres(cast, country, client):
    client.force_login(cast.corps_admin)
    response = client.get(f"/imports/new/?template=cadres&org={country.college.pk}")
    assert response.status_code == 403
