"""Many petitions decided together: each stands or falls alone."""

import pytest

from orgs import administrators, deciding, petitions, scope
from orgs.enums import PetitionState
from orgs.models import Seat
from tests import makers
from zhtj.audit.models import AuditEntry, Result
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def college(cast):
    return scope.scope_of(cast.college_admin)


def ask(branch, head, name):
    deputy = makers.make_post(makers.make_member(branch, name).account, branch, "组织委员").account
    return administrators.change(branch, successor=deputy, actor=scope.scope_of(head))


@pytest.fixture
def both(cast, country):
    return [
        ask(country.class1, cast.class1_admin, "一班委员"),
        ask(country.class2, cast.class2_admin, "二班委员"),
    ]


def states(found):
    for each in found:
        each.refresh_from_db()
    return [each.state for each in found]


def test_all_are_approved(both, college, country):
    outcomes = deciding.approve_all(both, actor=college)
    assert [bool(each.verdict) for each in outcomes] == [True, True]
    assert Seat.objects.filter(organization__in=[country.class1, country.class2]).count() == 4


def test_all_are_returned_with_one_reason(both, college):
    deciding.send_back_all(both, remark="请先开会", actor=college)
    assert states(both) == [PetitionState.RETURNED] * 2
    assert [each.steps.last().remark for each in both] == ["请先开会"] * 2


def test_one_that_has_moved_on_does_not_stop_the_others(both, cast, college):
    petitions.withdraw(both[0], actor=scope.scope_of(cast.class1_admin))
    outcomes = deciding.approve_all(both, actor=college)
    assert [each.verdict.cause for each in outcomes] == ["moved_on", ""]
    assert states(both) == [PetitionState.WITHDRAWN, PetitionState.APPROVED]


def test_a_refusal_is_on_record(both, cast):
    deciding.approve_all(both[:1], actor=scope.scope_of(cast.zibo_admin))
    row = AuditEntry.objects.get(verb="petitions.step", result=Result.DENIED)
    assert (row.actor_id, row.detail["cause"]) == (cast.zibo_admin.pk, "not_yours")


def test_kinds_are_not_mixed(both, college):
    both[1].kind = "info"
    with pytest.raises(Refused, match="一次只能办理同一种申请"):
        deciding.approve_all(both, actor=college)


def test_nothing_chosen_is_refused(college):
    with pytest.raises(Refused, match="没有选中任何申请"):
        deciding.send_back_all([], remark="原因", actor=college)
