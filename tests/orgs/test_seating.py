"""Posts and seats: at most two administrators, one 书记, nothing in a deleted organisation."""

import threading

import pytest
from django.db import IntegrityError, connection

from orgs import seating, tree
from orgs.models import Seat
from tests import makers

pytestmark = pytest.mark.django_db


def take(organization, name, title="委员"):
    post = makers.make_post(makers.make_account(name), organization, title)
    return seating.take_seat(post, actor=makers.SYSTEM)


def test_the_lowest_free_seat_is_taken(cast, country):
    assert take(country.college, "甲").number == 2


def test_a_third_administrator_finds_no_seat(cast, country):
    take(country.college, "甲")
    assert take(country.college, "乙") is None


def test_a_seat_of_a_given_number_is_that_one_or_none(country):
    post = makers.make_post(makers.make_account("甲"), country.company, "委员")
    assert seating.take_seat(post, actor=makers.SYSTEM, number=2).number == 2
    other = makers.make_post(makers.make_account("乙"), country.company, "干事")
    assert seating.take_seat(other, actor=makers.SYSTEM, number=2) is None


def test_free_seats(cast, country):
    assert (seating.free_seats(country.college), seating.free_seats(country.company)) == ([2], [1, 2])


def test_a_second_secretary_is_refused_by_the_database(cast, country):
    with pytest.raises(IntegrityError, match="post_one_secretary"):
        makers.make_post(makers.make_account("甲"), country.college, "书记")


def test_a_seat_needs_a_post_in_the_same_organisation(cast, country):
    post = makers.make_post(makers.make_account("甲"), country.company, "委员")
    with pytest.raises(IntegrityError, match="seat_through_living_post_there"):
        Seat.objects.create(organization=country.university, number=2, post=post)


def test_an_organisation_with_an_administrator_cannot_be_deleted(cast, country):
    with pytest.raises(IntegrityError, match="living_organization"):
        tree.delete_softly(country.college)


@pytest.mark.django_db(transaction=True)
def test_three_at_once_fill_two_seats(country):
    posts = [makers.make_post(makers.make_account(name), country.company, "委员") for name in "甲乙丙"]
    start, seats = threading.Barrier(3), []

    def sit(post):
        start.wait()
        seats.append(seating.take_seat(post, actor=makers.SYSTEM))
        connection.close()

    threads = [threading.Thread(target=sit, args=[post]) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = sorted(country.company.seats.values_list("number", flat=True))
    assert (held, sorted(bool(seat) for seat in seats)) == ([1, 2], [False, True, True])
