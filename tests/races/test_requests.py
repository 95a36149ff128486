"""A request about the own data agreed to while a superior edits, while it is withdrawn, and by two at once."""

import itertools
from types import SimpleNamespace

import pytest

from accounts.models import Account
from members import amend, facts
from members.models import Member
from members.requests import profile
from orgs import petitions
from orgs.enums import PetitionState
from orgs.models import Petition
from orgs.scope import scope_of
from tests import interleave, makers
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db(transaction=True)
_serial = itertools.count(1)


def asked() -> SimpleNamespace:
    """A member who asks for another education; two administrators of the branch and one above."""
    at = next(_serial)
    college = makers.make_org(None, f"第{at}学院团委", "committee")
    branch = makers.make_org(college, f"{at}班团支部")
    above, first = makers.make_admin(college, "易学园"), makers.make_admin(branch, "班一丽")
    second = makers.make_admin(branch, "班二副", title="副书记")
    member = makers.make_member(branch, "欧阳小明")
    petition = profile.ask(member.account, {"education": "硕士（在读）"}, actor=scope_of(member.account))
    return SimpleNamespace(above=above, first=first, second=second, member=member, petition=petition)


def agree(who: str):
    def act(world):
        petition = Petition.objects.get(pk=world.petition.pk)
        return petitions.approve(petition, actor=scope_of(getattr(world, who)))

    return act


def withdraw(world):
    petition = Petition.objects.get(pk=world.petition.pk)
    return petitions.withdraw(petition, actor=scope_of(world.member.account))


def edit(world):
    member = Member.objects.get(pk=world.member.pk)
    values = {name: facts.stored(name, member.account, member) for name in facts.LABELS}
    rest = {name: values.pop(name) for name in ("phone", "joined", "joined_at_unit")}
    league_number = values.pop("number")
    values["education"] = "博士（在读）"
    return amend.amend(
        member, profile=values, league_number=league_number, actor=scope_of(world.above), **rest
    )


def nothing_overwritten_unseen(world, agreed, edited) -> None:
    """Whoever comes second meets the other's value: the request is refused, or the edit follows it."""
    assert edited.error is None
    assert agreed.error is None or agreed.error.verdict.cause == "stale"
    assert Account.objects.get(pk=world.member.account_id).education == "博士（在读）"


def one_end(world, one, two) -> None:
    assert one.succeeded + two.succeeded == 1
    lost = one.error or two.error
    assert isinstance(lost, Refused)
    petition = Petition.objects.get(pk=world.petition.pk)
    written = Account.objects.get(pk=world.member.account_id).education == "硕士（在读）"
    assert written == (petition.state == PetitionState.APPROVED)
    assert petition.steps.count() == 2


def test_agreeing_and_editing_at_once():
    assert interleave.every_meeting(asked, agree("first"), edit, nothing_overwritten_unseen) > 5


def test_agreeing_and_withdrawing_at_once():
    assert interleave.every_meeting(asked, agree("first"), withdraw, one_end) > 5


def test_two_agree_at_once():
    assert interleave.every_meeting(asked, agree("first"), agree("second"), one_end) > 5
