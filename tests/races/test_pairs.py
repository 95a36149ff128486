"""Every ordered pair of acts on one person and the branches concerned, interleaved: no broken invariant, no fault."""

from __future__ import annotations

import itertools

import pytest

from accounts.models import Account
from members.models import Member
from orgs.models import Organization
from tests import interleave, invariants
from transfers.models import Transfer
from zhtj.lib import retry
from zhtj.lib.verdict import Refused

from .acts import ACTS, CASES, Tried, world

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = list(itertools.product(ACTS.values(), repeat=2))
MISSING = (Account.DoesNotExist, Member.DoesNotExist, Organization.DoesNotExist, Transfer.DoesNotExist)


def needs(first: Tried, second: Tried) -> list[frozenset[str]]:
    """The states of the world in which the pair is tried: what the one needs before what the other does, and turned."""
    wanted = []
    for one, two in ((first, second), (second, first)):
        rest = two.needs if not one.needs & set(CASES) else two.needs - set(CASES)
        both = one.needs | rest
        if "removed" in both:
            both -= set(CASES) if "removed" in one.needs else {"removed"}
        wanted.append(both)
    return list(dict.fromkeys(wanted))


def sound(here, one, two) -> None:
    """Whoever did not succeed got a reason in words; everything fits together."""
    faults = [each.error for each in (one, two) if each.error and not isinstance(each.error, Refused)]
    assert [each for each in faults if not gone(each)] == []
    invariants.check(here.top)


def gone(error: BaseException) -> bool:
    """What a request answers with 404, or what is run again: the person, place or case has just gone."""
    return isinstance(error, MISSING) or retry.sqlstate(error) == retry.REFERENCE


@pytest.mark.prove
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a.name} / {b.name}" for a, b in PAIRS])
def test_every_pair_at_every_point(first, second):
    for wanted in needs(first, second):
        interleave.every_different_meeting(lambda wanted=wanted: world(wanted), first.act, second.act, sound)


def test_a_choice_of_pairs_at_one_point_each():
    """Every thirteenth pair, each stopped somewhere else; `make prove` tries all of them everywhere."""
    for at, (first, second) in enumerate(PAIRS[::13]):
        here = world(needs(first, second)[0])
        sound(here, *interleave.run_at(3 + at % 11, lambda: first.act(here), lambda: second.act(here))[:2])  # noqa: B023
