"""Rosters of past days and balances of periods, against a slow reading of the same ledger."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from members import placing
from members.figures import counting, ledger
from members.figures.periods import Period, end_of, month_ends
from members.models import Act, Membership
from orgs import tree
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import scope_of
from tests import makers

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Shanghai
# Moments around midnight, where a mistake by a day or by an edge would show.
HOURS = st.sampled_from([0, 1, 24, 25, 47, 48, 72])
BRANCHES = ("class1", "class2", "freshmen", "workshop")
STEPS = st.lists(st.tuples(HOURS, st.sampled_from([*BRANCHES, ""])), max_size=5)
DAYS = st.integers(0, 4).map(lambda at: date(2026, 3, 1) + timedelta(days=at))


def stretch(account, branch, begun, ended=None, *, by=Act.IMPORT, until=Act.PLACING) -> Membership:
    return Membership.objects.create(
        account=account,
        branch=branch,
        started_at=begun,
        ended_at=ended,
        begun_by=by,
        ended_by=until if ended else "",
    )


def at(hours: int) -> datetime:
    return BEGAN + timedelta(hours=hours)


def names(found) -> list[str]:
    return sorted(each.account.name for each in found)


# -- rosters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "class1", "class2"),
    [
        (date(2026, 3, 1), [], []),
        (date(2026, 3, 2), ["李四"], []),
        (date(2026, 3, 3), ["李四"], []),
        (date(2026, 3, 4), [], ["李四"]),
        (date(2026, 3, 6), [], []),
    ],
)
def test_a_roster_shows_who_is_there_when_the_day_ends(country, day, class1, class2):
    person = makers.make_account("李四")
    stretch(person, country.class1, at(0), at(48))  # until the first moment of 4 March
    stretch(person, country.class2, at(48), at(90))
    found = [names(ledger.on_roster(branch, day)) for branch in (country.class1, country.class2)]
    assert found == [class1, class2]


def test_the_roster_of_a_superior_goes_by_branch(country):
    for name, branch in (("甲", country.class2), ("乙", country.class1)):
        stretch(makers.make_account(name), branch, at(0))
    found = ledger.on_roster(country.college, date(2026, 3, 2)).order_by("place", "pk")
    assert [(each.account.name, each.branch.short_name) for each in found] == [
        ("乙", "2023级1班团支部"),
        ("甲", "2023级2班团支部"),
    ]


def test_a_moved_branch_brings_its_past_along(country):
    stretch(makers.make_account("李四"), country.class1, at(0))
    tree.move(country.class1, country.company)
    day = date(2026, 3, 2)
    assert [names(ledger.on_roster(each, day)) for each in (country.college, country.company)] == [
        [],
        ["李四"],
    ]


def test_the_trend_counts_as_the_rosters_of_the_ends_of_months(country):
    today = date(2026, 5, 20)
    stretches = [(0, 24), (24, None), (0, 31 * 24), (31 * 24, 61 * 24), (30 * 24, 92 * 24), (0, 0)]
    for index, (begun, ended) in enumerate(stretches):
        person = makers.make_account(f"同学{chr(0x4E00 + index)}")
        stretch(person, country.class1, at(begun), None if ended is None else at(ended))
    counts = counting.count([country.college.pk], [country.college.path], today=today)
    trend = counts[country.college.pk]["trend"]
    rosters = [[day.isoformat(), ledger.on_roster(country.college, day).count()] for day in month_ends(today)]
    assert trend == rosters
    assert [number for _, number in trend][-4:] == [0, 2, 3, 2]


# -- balances -----------------------------------------------------------------------------------------


def test_a_move_inside_cancels_for_the_superior_and_shows_for_the_branches(cast, country):
    person = makers.make_member(country.class1, "李四")
    placing.assign([person.account_id], country.class1, country.class2, actor=scope_of(cast.college_admin))
    today = timezone.localdate()
    lines = ledger.balance(country.college, Period(today, today))
    assert lines[country.college.pk].outs == {}
    assert lines[country.class1.pk].outs == {Act.PLACING: 1}
    assert lines[country.class2.pk].ins[Act.PLACING] == 1
    moved = ledger.crossing(country.class2, Period(today, today), ledger.IN, Act.PLACING)
    assert names(moved) == ["李四"]


def test_a_deleted_subordinate_keeps_its_line(country):
    branch = makers.make_org(country.college, "已撤销团支部")
    stretch(makers.make_account("李四"), branch, at(0), at(30), until=Act.CLOSING)
    tree.delete_softly(branch)
    line = ledger.balance(country.college, Period(date(2026, 3, 1), date(2026, 3, 9)))[branch.pk]
    assert (line.opening, line.came, line.outs, line.closing) == (0, 1, {Act.CLOSING: 1}, 0)


def test_an_act_without_a_name_is_told_as_another():
    assert [ledger.label(Act.PLACING), ledger.label("")] == ["支部调整", "其他"]


@pytest.fixture
def wide(country):
    """The country with a 团总支 between, so that subordinates have depth."""
    country.general = makers.make_org(country.college, "专业团总支", Category.GENERAL_BRANCH)
    country.deep = makers.make_org(country.general, "2023级9班团支部")
    return country


def write(country, histories) -> None:
    """Each person goes through the branches in order; "" is a time without 团籍."""
    for index, steps in enumerate(histories):
        moments = sorted(hours for hours, _ in steps)
        places = [place for _, place in steps]
        person = makers.make_account(f"同学{chr(0x4E00 + index)}", password=None)
        for step, (hours, place) in enumerate(zip(moments, places, strict=True)):
            ends = moments[step + 1] if step + 1 < len(moments) else None
            if place:
                branch = country.deep if place == "freshmen" else getattr(country, place)
                ended = at(ends) if ends is not None else None
                stretch(person, branch, at(hours), ended, by=[Act.IMPORT, Act.PLACING][step > 0])


def slowly(organization, moment) -> set[int]:
    """Who is there just before a moment, one stretch after the other."""
    here = Membership.objects.select_related("branch")
    return {
        each.account_id
        for each in here
        if each.branch.path.startswith(organization.path)
        and each.started_at < moment
        and (each.ended_at is None or each.ended_at >= moment)
        and each.started_at != each.ended_at
    }


def slow_crossings(organization, period) -> tuple[int, int]:
    """How often somebody came and went: per person and moment, only what beginnings and ends do not cancel."""
    net: Counter[tuple[int, datetime]] = Counter()
    for each in Membership.objects.select_related("branch"):
        if each.branch.path.startswith(organization.path):
            net[each.account_id, each.started_at] += 1
            if each.ended_at:
                net[each.account_id, each.ended_at] -= 1
    here = [number for (_, moment), number in net.items() if period.begins <= moment < period.ends]
    return sum(each for each in here if each > 0), -sum(each for each in here if each < 0)


def check_period(organization, period) -> None:
    """The equation holds, the stocks are what a slow reading finds, and every number opens as many names."""
    lines = ledger.balance(organization, period)
    for pk, line in lines.items():
        node = Organization.objects.get(pk=pk)
        assert line.opening + line.came - line.went == line.closing
        assert line.opening == len(slowly(node, period.begins))
        assert line.closing == len(slowly(node, period.ends))
        assert (line.came, line.went) == slow_crossings(node, period)
        for kind, numbers in ((ledger.IN, line.ins), (ledger.OUT, line.outs)):
            for act, number in numbers.items():
                assert ledger.crossing(node, period, kind, act).count() == number
    children = [line for pk, line in lines.items() if pk != organization.pk]
    if children:
        whole = lines[organization.pk]
        assert sum(line.opening for line in children) == whole.opening
        assert sum(line.came - line.went for line in children) == whole.came - whole.went


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=1, max_size=4), DAYS, st.integers(0, 3))
# Through a branch in no time at all, and back again.
@example([[(0, "class1"), (24, "class2"), (24, "freshmen"), (24, "class1")]], date(2026, 3, 2), 0)
@example([[(0, "class1"), (24, "class2"), (24, "class2"), (24, "")]], date(2026, 3, 2), 2)
def test_opening_and_in_and_out_make_closing_for_every_organisation_and_period(
    wide, histories, since, length
):
    Membership.objects.all().delete()
    write(wide, histories)
    period = Period(since, since + timedelta(days=length))
    for organization in (wide.centre, wide.college, wide.general, wide.class1, wide.company):
        check_period(organization, period)
    assert end_of(period.until) == period.ends
