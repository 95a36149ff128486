"""The deadline that holds: the earliest on the way up, else the setting; who sets it, and that it is recorded."""

from datetime import date

import pytest

from orgs.models import Organization
from orgs.scope import scope_of
from transfers.graduates import deadlines
from transfers.graduates.deadlines import Limit
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

AUGUST, JULY = date(2026, 8, 31), date(2026, 7, 15)


def put(cast, who, organization, day):
    return deadlines.put(organization, 2026, day, actor=scope_of(getattr(cast, who)))


def limits(*organizations):
    found = deadlines.of(organizations, 2026)
    return [found[each.pk] for each in organizations]


def test_without_any_the_setting_holds(country):
    assert limits(country.class1) == [Limit(AUGUST)]


def test_the_day_holds_for_everything_below(country, cast):
    put(cast, "university_admin", country.university, date(2026, 9, 15))
    holds = Limit(date(2026, 9, 15), country.university)
    assert limits(country.university, country.class1, country.workshop) == [holds, holds, Limit(AUGUST)]


def test_the_earliest_on_the_way_up_holds(country, cast):
    put(cast, "university_admin", country.university, AUGUST)
    put(cast, "college_admin", country.college, JULY)
    assert limits(country.class1, country.university) == [
        Limit(JULY, country.college),
        Limit(AUGUST, country.university),
    ]


def test_nobody_sets_a_later_day_than_the_superior(country, cast):
    put(cast, "university_admin", country.university, JULY)
    with pytest.raises(Refused) as refusal:
        put(cast, "college_admin", country.college, AUGUST)
    assert refusal.value.verdict.cause == "above"


def test_a_year_has_its_own_day(country, cast):
    put(cast, "college_admin", country.college, JULY)
    assert deadlines.of([country.class1], 2027)[country.class1.pk] == Limit(date(2027, 8, 31))


def test_the_day_is_changed_and_taken_off_and_each_is_recorded(country, cast):
    put(cast, "college_admin", country.college, AUGUST)
    put(cast, "university_admin", country.college, JULY)
    deadlines.drop(country.college, 2026, actor=scope_of(cast.college_admin))
    assert limits(country.class1) == [Limit(AUGUST)]
    rows = AuditEntry.objects.filter(verb="graduates.deadline_set").order_by("pk")
    assert [each.detail["changes"][0][1:] for each in rows] == [
        ["", "2026-08-31"],
        ["2026-08-31", "2026-07-15"],
        ["2026-07-15", ""],
    ]


def test_others_set_nothing(country, cast):
    with pytest.raises(Refused):
        put(cast, "class1_admin", country.college, JULY)
    with pytest.raises(Refused):
        deadlines.drop(country.college, 2026, actor=scope_of(cast.corps_admin))


def test_the_annotation_says_the_same(country, cast):
    put(cast, "university_admin", country.university, date(2026, 9, 15))
    put(cast, "college_admin", country.college, JULY)
    found = Organization.objects.annotate(limit=deadlines.annotated(2026))
    everything = list(found)
    assert {each.pk: each.limit for each in everything} == {
        pk: each.day for pk, each in deadlines.of(everything, 2026).items()
    }


def test_it_takes_one_query_for_any_number(country, django_assert_num_queries):
    for organizations in ([country.class1], list(vars(country).values())):
        with django_assert_num_queries(1):
            deadlines.of(organizations, 2026)
