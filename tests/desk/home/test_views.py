"""管理员首页 answers what now: steps, what waits, what is late, what has changed, the numbers; nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Account
from members import amend
from members.models import BatchState, ImportBatch, Member, Membership, Rollup
from members.requests import profile
from orgs import administrators, scope, tree
from orgs import petitions as door
from orgs.enums import Category
from orgs.models import Organization, Petition
from regcodes import codes
from tests import makers
from zhtj.desk.home import numbers

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def home(sign_in, account, *, since: int | None = None):
    """The page's context, for somebody who was last here so many days ago."""
    if since is not None:
        Account.objects.filter(pk=account.pk).update(visited_before=timezone.now() - timedelta(days=since))
    answer = sign_in(account).get("/desk/")
    assert answer.status_code == 200
    return answer


def words(rows):
    return [each.words for each in rows]


def test_a_committee_counts_everything_below(sign_in, cast, country):
    tiles = home(sign_in, cast.college_admin).context["tiles"]
    assert {tile["label"]: tile["value"] for tile in tiles} == {
        "下级组织": 3,
        "团支部": 3,
        "组织信息完善率": 0,
        "录入完成率": 0,
        "团员": 4,
        "团干部": 3,
    }


def test_a_branch_counts_its_people(sign_in, cast, country):
    tiles = home(sign_in, cast.class1_admin).context["tiles"]
    assert {tile["label"]: tile["value"] for tile in tiles} == {"团员": 3, "团干部": 1, "资料不完整": 2}


def test_the_first_steps_stand_on_top_and_go_when_they_are_done(sign_in, cast, country):
    page = home(sign_in, cast.college_admin).content.decode()
    assert ("开始使用" in page, "已完成 3 / 4" in page) == (True, True)
    Organization.objects.filter(pk=country.college.pk).update(completed_at=NOW)
    assert "开始使用" not in home(sign_in, cast.college_admin).content.decode()


def test_what_a_step_says_is_not_said_again(sign_in, cast, country):
    Organization.objects.filter(parent=country.college).update(created_at=NOW - timedelta(days=9))
    assert words(home(sign_in, cast.college_admin).context["late"]) == ["1 个下级组织还没有管理员"]
    Organization.objects.filter(pk=country.college.pk).update(completed_at=NOW)
    late = home(sign_in, cast.college_admin).context
    assert (words(late["late"]), words(late["kinds"])) == (
        ["1 个下级组织还没有管理员"],
        ["组织信息还缺 5 项", "1 个直属团支部还没有团员", "3 个直属下级没有完善组织信息"],
    )


def test_kinds_are_counted_and_lead_to_the_inbox(sign_in, cast, country):
    for name in ("一.xlsx", "二.xlsx"):
        ImportBatch.objects.create(
            organization=country.college,
            importer=cast.college_admin,
            state=BatchState.PLANNED,
            counts={"new": 1},
            file_name=name,
            file_size=1,
            file_index=bytes(16),
        )
    found = {each.words: each for each in home(sign_in, cast.college_admin).context["kinds"]}
    (two,) = [each for word, each in found.items() if word == "导入待确认"]
    answer = sign_in(cast.college_admin).get(two.url)
    assert (two.count, len(answer.context["items"])) == ("2 件", 2)


def test_the_most_urgent_is_first(sign_in, cast, country):
    Organization.objects.filter(parent=country.college).update(created_at=NOW - timedelta(days=30))
    codes.issue(
        country.freshmen, actor=scope.scope_of(cast.college_admin), now=timezone.now() - timedelta(days=18)
    )
    Organization.objects.filter(pk=country.college.pk).update(
        term_ends_on=timezone.localdate() + timedelta(days=20)
    )
    late = home(sign_in, cast.college_admin).context["late"]
    assert [(each.words, each.badge) for each in late] == [
        ("1 个管理员注册码快要到期", "还有 2 天"),
        ("1 个下级组织还没有管理员", "已等 30 天"),
        (f"换届时间 {timezone.localdate() + timedelta(days=20)}", "还有 20 天"),
    ]


def test_somebody_over_age_is_late_without_a_day(sign_in, cast, country):
    makers.make_member(
        country.class1, "大龄", number=makers.number_of(date(1990, 1, 1)), joined=date(2005, 5, 1)
    )
    Member.objects.update(overage_since=None)
    Member.objects.filter(account__name="大龄").update(overage_since=timezone.localdate())
    late = home(sign_in, cast.class1_admin).context["late"]
    assert [(each.kind, each.badge) for each in late] == [("超龄", "待离团")]


def test_a_request_of_few_fields_is_decided_in_place_and_a_phone_stays_masked(sign_in, cast, country):
    account = cast.member.account
    asked = profile.ask(account, {"phone": "13911112222"}, actor=scope.scope_of(account), remark="换号")
    answer = home(sign_in, cast.class1_admin)
    (kind,) = [each for each in answer.context["kinds"] if each.decision]
    assert (kind.decision.lines[0].new, kind.decision.remark) == ("139****2222", "换号")
    assert "13911112222" not in answer.content.decode()
    sign_in(cast.class1_admin).post("/desk/inbox/approve/", {"petition": kind.decision.seen})
    asked.refresh_from_db()
    assert asked.state == "approved"


def test_a_request_of_many_fields_or_an_overtaken_one_is_opened(sign_in, cast, country):
    account = cast.member.account
    many = {"phone": "13911112222", "qq": "12345", "wechat": "ming", "occupation": "学生"}
    profile.ask(account, many, actor=scope.scope_of(account))
    other = cast.classmate.account
    profile.ask(other, {"occupation": "学生"}, actor=scope.scope_of(other))
    locked, member = amend.locked(other)
    amend.write(
        locked,
        member,
        {"occupation": "工人"},
        organization=country.class1,
        actor=scope.scope_of(cast.class1_admin),
    )
    kinds = home(sign_in, cast.class1_admin).context["kinds"]
    assert [each.decision for each in kinds if each.words.endswith("（2023级1班团支部）")] == [None, None]


def test_a_branch_chooses_its_roster_once_on_the_page(sign_in, cast, country):
    fresh = makers.make_admin(makers.make_org(country.college, "五班团支部"), "新书记")
    for account in (fresh, cast.class1_admin):
        assert home(sign_in, account).content.decode().count('type="file"') == 1
    assert 'type="file"' not in home(sign_in, cast.college_admin).content.decode()


def test_a_branch_is_told_who_never_signed_in(sign_in, cast, country):
    for name in ("甲乙", "丙丁"):
        makers.make_member(country.class1, name, password=None)
    assert words(home(sign_in, cast.class1_admin).context["kinds"]) == ["2 名团员还没有登录过"]


def test_the_first_visit_has_nothing_to_compare(sign_in, cast, country):
    assert "两次登录之间的变化" in home(sign_in, cast.class1_admin).content.decode()


def test_nothing_new_is_said_so(sign_in, cast, country):
    Membership.objects.update(started_at=NOW - timedelta(days=400))
    answer = home(sign_in, cast.class1_admin, since=3)
    assert (answer.context["news"], "没有变化" in answer.content.decode()) == ([], True)


def test_what_has_changed_is_counted_and_each_number_is_that_of_its_page(sign_in, cast, country):
    Membership.objects.update(started_at=NOW - timedelta(days=400))
    Organization.objects.update(created_at=NOW - timedelta(days=400))
    makers.make_member(country.class1, "新来的")
    makers.make_org(country.college, "四班团支部")
    found = {each.words: each for each in home(sign_in, cast.college_admin, since=3).context["news"]}
    assert {word: each.number for word, each in found.items()} == {
        "团员加入（逐条录入）": "+1",
        "新建下级组织": "+1",
    }
    names = sign_in(cast.college_admin).get(found["团员加入（逐条录入）"].url)
    assert names.context["page"].total == 1


def test_an_answered_request_and_a_registered_administrator_are_news(sign_in, cast, country):
    deputy = makers.make_post(cast.classmate.account, country.class1, "组织委员")
    administrators.change(country.class1, successor=deputy.account, actor=scope.scope_of(cast.class1_admin))
    door.send_back(Petition.objects.get(), actor=scope.scope_of(cast.college_admin), remark="请先开会")
    found = {each.words: each.number for each in home(sign_in, cast.class1_admin, since=3).context["news"]}
    assert found["2023级1班团支部的管理员变更"] == "已退回"


def test_what_the_other_administrator_did_is_news(sign_in, cast, country):
    second = makers.make_admin(country.college, "另一位", title="副书记")
    codes.issue(country.freshmen, actor=scope.scope_of(second))
    found = {each.words: each.number for each in home(sign_in, cast.college_admin, since=3).context["news"]}
    assert found["另一位办理的事项"] == "1 件"


def test_the_trend_compares_and_stands_as_a_table(sign_in, cast, country):
    Membership.objects.update(started_at=NOW - timedelta(days=400))
    makers.make_member(country.class1, "新来的")
    answer = home(sign_in, cast.class1_admin)
    trend = answer.context["trend"]
    assert (trend.now, trend.month, trend.year, len(trend.months), trend.months[0].change) == (
        4,
        "+1",
        "+1",
        12,
        "+1",
    )
    assert "近 12 个月的团员" in answer.content.decode()


def test_nobody_has_no_trend(sign_in, cast, country):
    lonely = makers.make_org(country.zibo, "空团委", Category.COMMITTEE)
    assert home(sign_in, makers.make_admin(lonely, "孤管理")).context["trend"] is None


def test_those_furthest_behind_come_first(sign_in, cast, country):
    rows = home(sign_in, cast.college_admin).context["behind"]
    assert [row.organization.short_name for row in rows] == [
        "2023级1班团支部",
        "2023级2班团支部",
        "2019级新生临时团支部",
    ]


@pytest.mark.parametrize(
    ("series", "line"),
    [
        ([5, 5], "3.0,24.0 237.0,24.0"),
        ([0, 10], "3.0,45.0 237.0,3.0"),
        ([2, 1, 3], "3.0,24.0 120.0,45.0 237.0,3.0"),
    ],
)
def test_the_line_goes_from_the_least_to_the_most(series, line):
    assert numbers.polyline(series) == line


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["college", "class1"])
def test_it_costs_the_same_for_any_number(sign_in, cast, country, django_assert_num_queries, who, rows):
    tree.plant(country.college, [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(rows)])
    for at in range(rows):
        makers.make_member(country.class1, f"同学{chr(0x4E00 + at)}")
    account = getattr(cast, f"{who}_admin")
    home(sign_in, account, since=3)
    with django_assert_num_queries({"college": 39, "class1": 34}[who]):
        sign_in(account).get("/desk/")


def fabricated(organization: Organization, members: int, *, days: int = 0, **facts) -> None:
    """A rollup as the nightly count would leave it."""
    today = timezone.localdate() - timedelta(days=days)
    counts = {
        **dict.fromkeys(("inactive", "members_lacking", "cadres", "cadres_lacking"), 0),
        "members": members,
        "organizations": 131_205,
        "branches": 120_000,
        "asked": 131_205,
        "informed": 98_404,
        "entered": 90_000,
        "month_ago": members - 1_200,
        "year_ago": members + 52_000,
        "trend": [[f"2026-{month:02}-28", members - 10 * month] for month in range(1, 13)],
        **facts,
    }
    at = timezone.now() - timedelta(days=days)
    Rollup.objects.create(organization=organization, day=today, at=at, counts=counts)


def test_three_million_are_read_from_the_rollup(sign_in, cast, country, django_assert_max_num_queries):
    fabricated(country.centre, 3_012_345)
    fabricated(country.centre, 3_011_000, days=5)
    fabricated(country.corps, 700_000, entered=65_000)
    fabricated(country.shandong, 900_000, entered=20_000)
    answer = home(sign_in, cast.centre_admin, since=4)
    found = answer.context
    assert (found["trend"].now, found["trend"].month, found["trend"].year) == (3_012_345, "+1200", "−52,000")
    assert [row.organization.short_name for row in found["behind"]] == ["团山东省委", "新疆生产建设兵团团委"]
    assert [each.number for each in found["news"] if each.words.startswith("团员（")] == ["+1345"]
    assert "3,012,345" in answer.content.decode()


def test_a_rollup_of_before_the_comparison_lacks_it(sign_in, cast, country):
    fabricated(country.centre, 3_012_345, month_ago=None, year_ago=None)
    trend = home(sign_in, cast.centre_admin).context["trend"]
    assert (trend.month, trend.year) == ("", "")
