"""团员统计, 团员增减 and 历史名册 as pages."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from members import placing
from members.figures import rollups
from members.models import Act, Export, Membership
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def names(answer) -> list[str]:
    return [line.stretch.account.name for line in answer.context["lines"]]


def test_the_numbers_stand_in_tables_with_links_to_their_names(sign_in, cast, country):
    page = sign_in(cast.university_admin).get(f"/figures/{country.college.pk}/")
    bars = {bar.label: bar for section in page.context["sections"] for bar in section.bars}
    assert (page.context["total"], bars["汉族"].number) == (4, 4)
    assert f'href="/members/?branch={country.college.pk}&amp;ethnicity=%E6%B1%89%E6%97%8F"' in text(page)
    assert "实时统计" in text(page)


def test_a_branch_has_figures_without_subordinates(sign_in, cast):
    page = sign_in(cast.class1_admin).get("/figures/")
    assert (page.context["total"], page.context["children"]) == (3, [])


def test_an_organisation_without_members_says_so(sign_in, cast, country):
    page = sign_in(cast.college_admin).get(f"/figures/{country.freshmen.pk}/")
    assert "还没有团员" in text(page)
    assert "echarts" not in text(page)


def test_rolled_up_figures_say_since_when_and_can_be_counted_again(sign_in, cast, settings):
    settings.FIGURES_LIVE_UP_TO = 3
    rollups.refresh(now=datetime(2026, 11, 22, 19, tzinfo=UTC))
    client = sign_in(cast.college_admin)
    assert "2026-11-23 03:00" in text(client.get("/figures/"))
    assert "2026-11-23 03:00" in text(client.get("/desk/progress/"))
    assert "2026-11-23 03:00" in text(client.get("/desk/"))


def test_live_figures_are_not_counted_again(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    answer = client.post(f"/figures/{country.college.pk}/recount/", follow=True)
    assert "这里的数字是实时统计的，不需要重新汇总。" in text(answer)


# -- balance ------------------------------------------------------------------------------------------


@pytest.fixture
def moved(cast, country):
    """欧阳小明 went from the first class into the second."""
    placing.assign(
        [cast.classmate.account_id], country.class1, country.class2, actor=scope_of(cast.college_admin)
    )
    return country


def test_the_balance_is_shown_with_the_moves_inside(sign_in, cast, moved):
    page = sign_in(cast.college_admin).get("/figures/movement/")
    whole = page.context["whole"].line
    assert (whole.opening, whole.came, whole.went, whole.closing) == (0, 4, 0, 4)
    rows = {row.organization.short_name: row.line for row in page.context["rows"]}
    assert [(line.came, line.went) for line in rows.values()] == [(3, 1), (2, 0), (0, 0)]
    assert "下级之间调整的 1 人次" in text(page)


def test_every_number_of_the_balance_opens_its_names(sign_in, cast, moved):
    client = sign_in(cast.college_admin)
    for at in (moved.college, moved.class1, moved.class2):
        page = client.get(f"/figures/{at.pk}/movement/")
        for row in (page.context["whole"], *page.context["rows"]):
            found = [
                client.get(url).context["page"].total
                for url in (row.opening_url, row.came_url, row.went_url, row.closing_url)
            ]
            assert found == [row.line.opening, row.line.came, row.line.went, row.line.closing]


def test_those_who_left_are_named_with_the_act_and_where_they_are_in_the_scope(sign_in, cast, moved):
    query = {"kind": "out", "act": Act.PLACING}
    page = sign_in(cast.college_admin).get(f"/figures/{moved.class1.pk}/movement/names/", query)
    assert names(page) == ["欧阳小明"]
    assert [line.now for line in page.context["lines"]] == ["现在2023级2班团支部"]
    assert "减少的团员（支部调整）" in text(page)


def test_where_somebody_is_outside_the_scope_is_not_told(sign_in, cast, moved):
    page = sign_in(cast.class1_admin).get(f"/figures/{moved.class1.pk}/movement/names/?kind=out")
    assert [(line.now, line.member) for line in page.context["lines"]] == [("已不在本组织", None)]
    assert "2023级2班" not in text(page)


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"since": "2026-03-02", "until": "2026-03-01"}, "截止日期早于起始日期，请更正。"),
        ({"until": "2999-01-01"}, "截止日期晚于今天，请更正。"),
        ({"since": "昨天"}, "起始日期请写成"),
    ],
)
def test_a_period_that_cannot_be_says_why_and_shows_this_year(sign_in, cast, query, fault):
    page = sign_in(cast.college_admin).get("/figures/movement/", query)
    assert (page.context["period"].since, page.status_code) == (
        timezone.localdate().replace(month=1, day=1),
        200,
    )
    assert fault in text(page)


# -- rosters ------------------------------------------------------------------------------------------


@pytest.fixture
def past(cast, country):
    """王早 was in the first class in May 2024 and nowhere since."""
    Membership.objects.create(
        account=makers.make_account("王早"),
        branch=country.class1,
        started_at=datetime(2024, 5, 1, tzinfo=UTC),
        ended_at=datetime(2024, 5, 31, tzinfo=UTC),
        begun_by=Act.IMPORT,
        ended_by=Act.REMOVAL,
    )
    return country


def test_the_roster_of_a_past_day_shows_who_was_there(sign_in, cast, past):
    client = sign_in(cast.college_admin)
    assert names(client.get("/figures/roster/", {"on": "2024-05-10"})) == ["王早"]
    assert "王早" not in names(client.get("/figures/roster/"))
    assert "这一天没有团员" in text(client.get("/figures/roster/", {"on": "2024-06-01"}))


def test_the_roster_of_today_is_the_list_of_members(sign_in, cast, past):
    client = sign_in(cast.college_admin)
    listed = client.get("/members/").context["page"].total
    assert client.get("/figures/roster/").context["page"].total == listed


def test_a_roster_goes_on_page_by_page(sign_in, cast, country):
    for at in range(25):
        makers.make_member(country.class2, f"同学{chr(0x4E00 + at)}", password=None)
    client = sign_in(cast.college_admin)
    first = client.get("/figures/roster/")
    second = client.get("/figures/roster/", {"after": first.context["page"].next})
    assert (len(names(first)), len(names(second))) == (20, 9)
    assert not set(names(first)) & set(names(second))


def test_the_exported_roster_is_masked_and_registered(sign_in, cast, past):
    answer = sign_in(cast.college_admin).post(
        f"/figures/{past.college.pk}/roster/excel/", {"on": "2024-05-10"}
    )
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert (rows[1][0], rows[1][1][:11], rows[1][4:]) == (
        "王早",
        "659********",
        ("2024-05-01", "批量导入", "2024-05-31", "移除团员", "已不在本组织"),
    )
    register = Export.objects.get()
    assert (register.what, register.rows, register.full) == ("2024-05-10 的名册", 1, False)
    assert AuditEntry.objects.filter(verb="members.exported").count() == 1


def test_a_roster_too_large_for_one_workbook_is_refused(sign_in, cast, past, settings):
    settings.ROSTER_EXPORT_ROWS = 3
    client = sign_in(cast.college_admin)
    page = text(client.get("/figures/roster/"))
    assert "名册有 4 人，一次最多导出 3 人，请进入下级组织分别导出。" in page
    answer = client.post(f"/figures/{past.college.pk}/roster/excel/", {"on": date.today().isoformat()})
    assert (answer.status_code, Export.objects.count()) == (403, 0)
