"""Never a third administrator, whoever comes when. The naive version is kept to show that the net catches it."""

import itertools

import pytest

from orgs import seating
from orgs.models import Post, Seat
from tests import interleave, makers

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def two_cadres_one_free_seat() -> tuple[Post, Post]:
    """An organisation with one administrator and two more holders of posts."""
    top = makers.make_org(None, f"第{next(_serial)}大学团委", "committee")
    makers.make_admin(top)
    return tuple(makers.make_post(makers.make_account(), top, "委员") for _ in range(2))


def sit(which: int):
    return lambda posts: seating.take_seat(posts[which], actor=makers.SYSTEM)


def naive_sit(which: int):
    """Look for a free number, then insert it: what everybody writes first."""

    def act(posts):
        post = posts[which]
        free = seating.free_seats(post.organization)
        return (
            Seat.objects.create(organization=post.organization, number=free[0], post=post) if free else None
        )

    return act


def at_most_two(posts, one, two) -> None:
    assert Seat.objects.filter(organization=posts[0].organization).count() == 2
    assert [one.succeeded, two.succeeded].count(True) == 1
    assert one.error is None
    assert two.error is None


def test_two_cadres_take_the_last_seat_at_every_meeting():
    assert interleave.every_meeting(two_cadres_one_free_seat, sit(0), sit(1), at_most_two) > 3


def test_the_net_catches_the_naive_version():
    with pytest.raises(AssertionError):
        interleave.every_meeting(two_cadres_one_free_seat, naive_sit(0), naive_sit(1), at_most_two)


def test_eight_cadres_at_once_leave_two_administrators():
    top = makers.make_org(None, f"第{next(_serial)}大学团委", "committee")
    posts = [makers.make_post(makers.make_account(), top, "委员") for _ in range(8)]
    outcomes = interleave.all_at_once(
        *(lambda post=post: seating.take_seat(post, actor=makers.SYSTEM) for post in posts)
    )
    assert [outcome.succeeded for outcome in outcomes].count(True) == 2
    assert sorted(Seat.objects.filter(organization=top).values_list("number", flat=True)) == [1, 2]
