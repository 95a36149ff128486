"""Handovers that meet each other, a withdrawal or a code: never a third administrator, never none by surprise.

The naive version, which looks first and writes without the organisation's lock, is kept to show that the net catches it.
"""

import itertools
from types import SimpleNamespace

import pytest
from django.db import transaction

import orgs.kinds  # noqa: F401 - makes the kinds known
from orgs import administrators, invitations, petitions, posts, scope, seat_rules, seating
from orgs.enums import PetitionState
from orgs.models import Organization, Petition, Post, Seat
from orgs.posts import Office
from regcodes import codes
from regcodes.models import RegistrationCode
from tests import interleave, makers
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def world() -> SimpleNamespace:
    """A university with a college: one administrator and two more cadres below."""
    top = makers.make_org(None, f"第{next(_serial)}大学团委", "committee")
    college = makers.make_org(top, "理学院团委", "committee")
    people = [makers.make_account(name) for name in ("甲继任", "乙继任")]
    for person in people:
        makers.make_post(person, college, "委员")
    return SimpleNamespace(
        top=top,
        college=college,
        superior=makers.make_admin(top),
        leaver=makers.make_admin(college),
        people=people,
    )


def replace(which: int):
    def act(here):
        actor = scope.scope_of(here.superior)
        return administrators.change(
            here.college, leaver=here.leaver, successor=here.people[which], actor=actor
        )

    return act


def naive_replace(which: int):
    """Look who sits, then move the seat: what everybody writes first."""

    @transaction.atomic
    def act(here):
        person = here.people[which]
        seat_rules.fits(here.college, here.leaver, person).demand()
        Seat.objects.filter(post__account=here.leaver).delete()
        post = Post.objects.get(account=person)
        return seating.take_seat(post, actor=scope.scope_of(here.superior))

    return act


def sitting(here) -> set[str]:
    return set(Seat.objects.filter(organization=here.college).values_list("post__account__name", flat=True))


def refused(outcome) -> bool:
    return isinstance(outcome.error, Refused)


def one_successor(here, one, two) -> None:
    assert len(sitting(here)) == 1
    assert sorted([one.succeeded, two.succeeded]) == [False, True]
    assert refused(one) or refused(two)


def test_two_handovers_of_one_seat_at_every_meeting():
    assert interleave.every_meeting(world, replace(0), replace(1), one_successor) > 10


def test_the_net_catches_the_naive_handover():
    with pytest.raises(AssertionError):
        interleave.every_meeting(world, naive_replace(0), naive_replace(1), one_successor)


def asked() -> SimpleNamespace:
    """The same with a request to add an administrator, waiting for the superior."""
    here = world()
    here.petition = administrators.change(
        here.college, successor=here.people[0], actor=scope.scope_of(here.leaver)
    )
    return here


def approve(here):
    return petitions.approve(here.petition, actor=scope.scope_of(here.superior))


def withdraw(here):
    return petitions.withdraw(here.petition, actor=scope.scope_of(here.leaver))


def decided_once(here, one, two) -> None:
    state = Petition.objects.get(pk=here.petition.pk).state
    assert sorted([one.succeeded, two.succeeded]) == [False, True]
    assert ("甲继任" in sitting(here)) == (state == PetitionState.APPROVED)
    assert state in (PetitionState.APPROVED, PetitionState.WITHDRAWN)


def test_an_approval_meets_a_withdrawal_at_every_point():
    assert interleave.every_meeting(asked, approve, withdraw, decided_once) > 10


def with_code() -> SimpleNamespace:
    """An approval is due while a registration code fills the last seat."""
    here = asked()
    codes.issue(here.college, actor=scope.scope_of(here.superior))
    return here


def fill_by_code(here):
    """What registration does in the organisation: lock, seat of the code's number."""
    with transaction.atomic():
        college = codes.locked(Organization.objects.get(pk=here.college.pk))
        post = Post.objects.get(organization=college, account=here.people[1])
        seat = seating.take_seat(post, actor=makers.SYSTEM, number=2)
        if seat:
            RegistrationCode.objects.filter(organization=college).update(used_at=post.started_at)
        return seat


def never_three(here, one, two) -> None:
    assert len(sitting(here)) == 2
    assert sorted([one.succeeded, two.succeeded]) == [False, True]
    code = RegistrationCode.objects.get(organization=here.college)
    assert (code.used_at is not None, code.voided_at is not None) == (two.succeeded, one.succeeded)


def test_an_approval_meets_a_registration_by_code_at_every_point():
    assert interleave.every_meeting(with_code, approve, fill_by_code, never_three) > 10


def invited() -> SimpleNamespace:
    """Somebody is invited into a vacant organisation, whose seats meanwhile fill."""
    here = world()
    administrators.change(here.college, leaver=here.leaver, actor=scope.scope_of(here.superior))
    here.guest = makers.make_account("受邀人")
    here.petition = invitations.invite(
        here.college, here.guest, Office(title="委员"), actor=scope.scope_of(here.superior)
    )
    administrators.change(here.college, successor=here.people[0], actor=scope.scope_of(here.superior))
    return here


def accept(here):
    return petitions.approve(here.petition, actor=scope.scope_of(here.guest))


def seat_another(here):
    return administrators.change(here.college, successor=here.people[1], actor=scope.scope_of(here.superior))


def post_always_seat_if_free(here, one, two) -> None:
    assert one.error is None
    assert Post.objects.filter(account=here.guest, ended_at=None).count() == 1
    assert len(sitting(here)) == 2
    assert ("受邀人" in sitting(here)) != two.succeeded


def test_an_acceptance_meets_the_filling_of_the_last_seat():
    assert interleave.every_meeting(invited, accept, seat_another, post_always_seat_if_free) > 10


def test_a_post_ends_or_is_seated_but_never_both():
    def end(here):
        posts.end(
            Post.objects.get(account=here.people[0], ended_at=None), actor=scope.scope_of(here.superior)
        )
        return True

    def consistent(here, one, two) -> None:
        assert sorted([one.succeeded, two.succeeded]) == [False, True]
        assert refused(one) or refused(two)

    assert interleave.every_meeting(world, replace(0), end, consistent) > 10
