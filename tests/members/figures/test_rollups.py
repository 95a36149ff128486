"""Small organisations are counted live, large ones show the day's rollup with its time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.figures import rollups
from members.models import Rollup
from orgs.models import Organization
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.desk import queries
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 22, 19, tzinfo=UTC)  # 3 o'clock in Shanghai
LATER = NIGHT + timedelta(hours=9)


@pytest.fixture
def large(cast, country, settings):
    """Whoever has more than three members is large; then one more person came."""
    settings.FIGURES_LIVE_UP_TO = 3
    rollups.refresh(now=NIGHT)
    makers.make_member(country.class1, "后来人")
    return country


def members(found, organization) -> int:
    return found.counts[organization.pk]["members"]


def test_only_large_organisations_and_those_below_them_are_rolled_up(large):
    rows = {each.organization.short_name for each in Rollup.objects.select_related("organization")}
    assert rows == {
        "团中央",
        "新疆生产建设兵团团委",
        "团山东省委",
        "团淄博市委",
        "石河子大学团委",
        "石河子大学医学院团委",
        "2023级1班团支部",
        "2023级2班团支部",
        "2019级新生临时团支部",
    }


def test_a_large_organisation_shows_the_rollup_and_its_time(large):
    found = rollups.figures(large.college, [large.class1], now=LATER)
    assert (members(found, large.college), members(found, large.class1), found.at) == (4, 3, NIGHT)


def test_a_small_one_is_counted_when_somebody_looks(large, settings):
    settings.FIGURES_LIVE_UP_TO = 20_000
    found = rollups.figures(large.college, [large.class1], now=LATER)
    assert (members(found, large.college), members(found, large.class1), found.at) == (5, 4, None)


def test_the_rolled_up_figures_are_those_counted_live(large, settings):
    rollups.refresh(now=LATER)
    rolled = rollups.figures(large.college, [large.class1], now=LATER)
    settings.FIGURES_LIVE_UP_TO = 20_000
    assert rolled.counts == rollups.figures(large.college, [large.class1], now=LATER).counts


def test_a_subordinate_founded_since_is_counted_live_beside_the_others(large):
    branch = makers.make_org(large.college, "2026级1班团支部")
    makers.make_member(branch, "新同学")
    found = rollups.figures(large.college, [large.class1, branch], now=LATER)
    assert (members(found, large.class1), members(found, branch), found.at) == (3, 1, NIGHT)


def test_an_organisation_that_has_shrunk_is_counted_live_again(large):
    Rollup.objects.filter(organization=large.college).update(counts={"members": 3, "organizations": 3})
    assert rollups.figures(large.college, now=LATER).at is None


def test_the_list_and_the_home_page_take_the_rollup_of_large_ones_only(large):
    listed = {each.short_name: each for each in queries.counted(Organization.objects.all())}
    shown = [
        (listed[name].members_total, listed[name].rolled_at)
        for name in ("石河子大学医学院团委", "2023级1班团支部")
    ]
    assert shown == [(4, NIGHT), (4, None)]
    home = queries.figures(large.college)
    assert (home.members, home.organizations, home.branches, home.cadres, home.at) == (4, 3, 3, 3, NIGHT)


def test_counting_is_a_fixed_number_of_statements(large):
    with CaptureQueriesContext(connection) as captured:
        rollups.refresh(now=LATER)
    kinds = [each["sql"].split()[0] for each in captured if "SAVEPOINT" not in each["sql"]]
    assert " ".join(kinds) == "SET SELECT WITH WITH SELECT SELECT WITH WITH WITH WITH INSERT DELETE"


# -- by itself ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "counted"),
    [
        (NIGHT - timedelta(minutes=1), 0),
        (NIGHT, 9),
        (NIGHT + timedelta(hours=20), 9),
    ],
)
def test_the_routine_counts_from_three_in_the_morning(cast, settings, now, counted):
    settings.FIGURES_LIVE_UP_TO = 3
    assert rollups.refresh_daily(now=now) == counted


def test_the_routine_counts_once_a_day(large):
    assert [rollups.refresh_daily(now=now) for now in (LATER, NIGHT + timedelta(days=1))] == [0, 9]
    assert list(Rollup.objects.order_by("day").values_list("day", flat=True).distinct()) == [
        date(2026, 11, 23),
        date(2026, 11, 24),
    ]


def test_old_rollups_are_removed(large, settings):
    rollups.refresh(now=NIGHT + timedelta(days=settings.FIGURES_KEEP_DAYS + 1))
    assert set(Rollup.objects.values_list("day", flat=True)) == {date(2026, 12, 24)}


# -- asked for ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "now", "cause"),
    [
        (None, LATER, "live"),
        (NIGHT, NIGHT + timedelta(minutes=9, seconds=59), "recent"),
        (NIGHT, NIGHT + timedelta(minutes=10), ""),
    ],
)
def test_another_count_may_be_asked_for_ten_minutes_after_the_last(at, now, cause):
    assert rollups.may_ask(at, now=now).cause == cause


def test_asking_is_recorded_and_left_to_the_worker(large, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        rollups.ask(large.college, actor=scope_of(cast.college_admin), now=LATER)
    assert (len(later), AuditEntry.objects.filter(verb="figures.recounted").count()) == (1, 1)


def test_one_count_serves_all_who_asked_at_once(large):
    soon = LATER + timedelta(seconds=5)
    assert [rollups.refresh_again(now=now) for now in (LATER, soon)] == [9, 0]


def test_asking_for_live_figures_is_refused(large, cast):
    with pytest.raises(Refused) as refused:
        rollups.ask(large.class1, actor=scope_of(cast.class1_admin), now=LATER)
    assert refused.value.verdict.cause == "live"
