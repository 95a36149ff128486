"""Where somebody may act: the condition in SQL and the predicate are one rule."""

import pytest

from members.models import Member
from orgs import queries, scope
from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db


def test_q_and_covers_agree_over_the_whole_cast_and_country(cast, country):
    people = [getattr(each, "account", each) for each in vars(cast).values()]
    for person in people:
        where = scope.scope_of(person)
        by_query = set(Organization.objects.within(where))
        assert by_query == {each for each in vars(country).values() if where.covers(each)}


def test_members_are_found_where_their_branch_is_covered(cast, country):
    where = scope.scope_of(cast.college_admin)
    found = Member.objects.within(where).select_related("branch")
    assert {each.branch for each in found} == {country.class1, country.class2}


def test_a_person_without_a_seat_sees_nothing(cast):
    assert not Organization.objects.within(scope.scope_of(cast.outsider)).exists()


def test_a_visitor_sees_nothing(country):
    assert not Organization.objects.within(scope.nobody()).exists()


def test_deleted_organisations_are_out_of_every_scope(cast, country):
    Organization.objects.filter(pk=country.freshmen.pk).update(deleted_at="2026-11-01T00:00:00+08:00")
    assert country.freshmen not in Organization.objects.within(scope.scope_of(cast.centre_admin))


def test_the_first_seat_is_used_until_another_is_chosen(cast, country):
    post = makers.make_post(cast.college_admin, country.class2, "副书记")
    second = makers.seating.take_seat(post, actor=makers.SYSTEM)
    assert scope.scope_of(cast.college_admin).root == country.college
    assert scope.scope_of(cast.college_admin, seat_id=second.pk).root == country.class2


def test_a_scope_knows_the_way_down_to_its_organisation(cast, country):
    acting = scope.scope_of(cast.college_admin)
    assert acting.place == tuple(each.short_name for each in queries.path_of(country.college))
    assert acting.as_person().place == ()


def test_a_seat_of_somebody_else_falls_back_to_the_own_one(cast, country):
    foreign = country.centre.seats.get()
    assert scope.scope_of(cast.college_admin, seat_id=foreign.pk).root == country.college


def test_one_query_reads_the_seats(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        scope.scope_of(cast.college_admin)
