"""支部调整 as cases: everybody moves in one act, each with one finished case, for as many queries as three."""

from __future__ import annotations

import pytest

from accounts.models import Notice
from members.models import Member, Membership
from orgs.scope import scope_of
from tests import makers
from transfers import placing
from transfers.models import Step, Transfer
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused


@pytest.fixture
def moved(cast, country, seats):
    """古丽努尔 and 欧阳小明 go from the first class into the second."""
    people = [cast.member.account_id, cast.classmate.account_id]
    return placing.assign(people, country.class1, country.class2, actor=seats["college_admin"])


def test_each_has_a_finished_case_of_one_step(moved, country):
    cases = Transfer.objects.order_by("account")
    assert [(each.account_id, each.source, each.target, each.landed) for each in cases] == [
        (pk, country.class1, country.class2, country.class2) for pk in sorted(moved)
    ]
    assert set(cases.values_list("state", "starter", "reason")) == {("done", "superior", "支部调整")}
    steps = Step.objects.values_list("transfer__account", "number", "act", "role", "before", "after")
    assert sorted(steps) == [(pk, 1, "start", "superior", "", "done") for pk in sorted(moved)]


def test_many_share_a_batch_and_one_alone_has_none(moved, cast, country, seats):
    assert Transfer.objects.values("batch").distinct().count() == 1
    alone = placing.assign(moved[:1], country.class2, country.freshmen, actor=seats["college_admin"])
    assert Transfer.objects.filter(account=alone[0]).latest("pk").batch is None


def test_the_ledger_still_says_how(moved, cast):
    last = Membership.objects.get(account=cast.member.account, ended_at=None)
    assert last.begun_by == "placing"


def test_each_is_told_and_in_the_record(moved):
    assert set(Notice.objects.values_list("account", flat=True)) == set(moved)
    rows = AuditEntry.objects.filter(verb="transfers.step").values_list("account_id", flat=True)
    assert set(rows) == set(moved)


def test_nobody_places_oneself(cast, country, seats):
    makers.make_post(cast.member.account, country.college, "副书记")
    makers.seating.take_seat(cast.member.account.posts.get(ended_at=None), actor=makers.SYSTEM)
    with pytest.raises(Refused, match="自己的支部调整"):
        placing.assign(
            [cast.member.account_id], country.class1, country.class2, actor=scope_of(cast.member.account)
        )
    assert not Transfer.objects.exists()


def test_refused_for_one_nobody_moves_and_no_case_is_left(cast, country, seats):
    people = [cast.member.account_id, cast.class1_admin.pk]
    with pytest.raises(Refused, match="仅有的管理员"):
        placing.assign(people, country.class1, country.class2, actor=seats["college_admin"])
    assert (Transfer.objects.count(), Member.objects.filter(branch=country.class1).count()) == (0, 3)


@pytest.mark.parametrize("count", [3, 60])
def test_sixty_cost_what_three_cost(cast, country, seats, count, django_assert_num_queries):
    people = [
        makers.make_member(country.class1, f"甲乙丙丁戊{'子丑寅卯辰'[at % 5]}").account_id for at in range(60)
    ]
    with django_assert_num_queries(33):
        placing.assign(people[:count], country.class1, country.class2, actor=seats["college_admin"])
