"""The way back: the province asks, a branch agrees, the old facts hold again (§6.2, decision 0088)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from members import entry
from members.entry import Entered
from members.models import Member, Membership, Reserved
from orgs import petitions
from orgs.models import Petition
from tests import makers
from transfers.stores import rules, verbs
from zhtj.lib.verdict import Refused


@pytest.fixture
def asked(country, seats, stored):
    """The province asks class 2."""
    return verbs.bring_back(stored, country.class2, actor=seats["corps_admin"])


def test_the_branch_agrees_and_the_old_facts_hold_again(country, cast, seats, stored, asked):
    petitions.approve(asked, actor=seats["class2_admin"])
    member = Member.objects.get(account=stored.account)
    assert (member.branch, member.joined, member.number) == (country.class2, stored.joined, stored.number)
    stored.refresh_from_db()
    assert (stored.returned_to, Reserved.objects.count()) == (country.class2, 0)
    last = Membership.objects.get(account=stored.account, ended_at=None)
    assert last.begun_by == "outside"


def test_a_closed_account_opens_again(stored, seats, asked):
    stored.account.refresh_from_db()
    assert stored.account.closed_at is not None
    petitions.approve(asked, actor=seats["class2_admin"])
    stored.account.refresh_from_db()
    assert stored.account.closed_at is None


def test_the_request_says_nothing_of_the_unit(asked):
    texts = [f"{line.old}{line.new}" for line in petitions.kind_of(asked).lines(asked)]
    assert [each for each in texts if "七三三" in each] == []


def test_a_branch_may_send_it_back_and_nothing_has_changed(seats, stored, asked):
    petitions.send_back(asked, actor=seats["class2_admin"], remark="不是我们的人")
    assert not Member.objects.filter(account=stored.account).exists()
    assert bool(rules.may_return(seats["corps_admin"], stored))


def test_one_request_at_a_time(country, seats, stored, asked):
    with pytest.raises(Refused) as refusal:
        verbs.bring_back(stored, country.class1, actor=seats["corps_admin"])
    assert refusal.value.verdict.cause == "pending"


@pytest.mark.parametrize("who", ["centre_admin", "university_admin", "class1_admin", "zibo_admin"])
def test_nobody_but_the_province_asks(country, seats, stored, who):
    with pytest.raises(Refused) as refusal:
        verbs.bring_back(stored, country.class2, actor=seats[who])
    assert refusal.value.verdict.cause == "not_province"


@pytest.mark.parametrize("where", ["college", "corps"])
def test_only_a_branch_takes_somebody_back(country, seats, stored, where):
    with pytest.raises(Refused) as refusal:
        verbs.bring_back(stored, getattr(country, where), actor=seats["corps_admin"])
    assert refusal.value.verdict.cause == "category"


def test_a_number_taken_meanwhile_is_settled_first(country, seats, stored, asked):
    makers.make_member(country.class1, "占号人", member_number=stored.number)
    with pytest.raises(Refused) as refusal:
        petitions.approve(asked, actor=seats["class2_admin"])
    assert refusal.value.verdict.cause == "number_taken"
    assert Petition.objects.pending().get() == asked


def test_nobody_enters_the_person_past_the_province(country, seats, stored):
    person = Entered(stored.account.id_number, stored.account.name, "13800000001", date(2020, 5, 1))
    with pytest.raises(Refused) as refusal:
        entry.enter(country.class2, person, actor=seats["class2_admin"], now=timezone.now())
    assert refusal.value.verdict.cause == "reserved"


def test_the_page_asks_for_the_branch_and_then_the_request(sign_in, country, cast, stored):
    client, url = sign_in(cast.corps_admin), f"/stores/{stored.pk}/return/"
    assert client.get(url).status_code == 200
    answer = client.post(f"{url}?organization={country.class2.pk}", {"remark": ""})
    assert answer.status_code == 302
    assert Petition.objects.pending().get().organization == country.class2
