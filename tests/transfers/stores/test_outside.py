"""Leaving to a place outside the system, and coming back by entry (§6.2)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from members import entry, queries
from members.entry import Entered
from members.figures import ledger
from members.merging import rules as merging
from members.models import Membership
from members.outside import Arrival
from members.roster.facts import gather
from members.rules import Person
from tests import makers
from transfers.models import PeopleList
from transfers.stores import rules

BEIJING = {"target": None, "outside": "beijing", "outside_name": "北京某大学团委"}


@pytest.fixture
def left(begin):
    """古丽努尔 has gone to Beijing."""
    return begin("class1_admin", **BEIJING)


def test_the_history_says_where_to(sign_in, cast, left):
    (stretch,) = queries.history(cast.member.account)
    assert (stretch.ended_by, stretch.went_to) == ("outside", "北京市：北京某大学团委")


def test_it_counts_as_going_by_转往系统外(country, cast, left):
    day = timezone.localdate()
    period = ledger.Period(day.replace(day=1), day)
    went = ledger.balance(country.class1, period)[country.class1.pk].outs
    assert dict(went) == {"outside": 1}


def test_an_entry_with_origin_opens_the_account_again(country, seats, cast, left):
    account = cast.member.account
    account.refresh_from_db()
    assert account.closed_at is not None
    person = Entered(
        account.id_number,
        account.name,
        "13800000001",
        date(2020, 5, 1),
        cast.member.number,
        arrival=Arrival("beijing", "北京某大学团委"),
    )
    member = entry.enter(country.class2, person, actor=seats["class2_admin"], now=timezone.now())
    account.refresh_from_db()
    assert (member.account_id, account.closed_at) == (account.pk, None)
    assert Membership.objects.get(account=account, ended_at=None).begun_by == "outside"


def test_an_import_knows_whom_only_the_province_gives_back(stored):
    facts = gather([Person(name=stored.account.name, number=stored.account.id_number)], [])
    assert facts.reserved == {stored.account_id}


def test_accounts_are_not_merged_past_the_store(stored):
    other = makers.make_account(stored.account.name)
    assert merging.mergeable(other, stored.account).cause == "reserved"


@pytest.mark.parametrize(
    ("where", "keeps"), [("corps", True), ("centre", True), ("zibo", False), ("university", False)]
)
def test_a_store_is_kept_by_provinces_and_the_topmost(country, where, keeps):
    assert rules.keeps(getattr(country, where)) == keeps


def test_the_list_of_people_sent_together_forgets_the_unit(country, cast, seats, leaving, do):
    leaving.batch = uuid4()
    leaving.save(update_fields=["batch"])
    people = PeopleList(account=cast.class1_admin, organization=country.class1, purpose="send", source="甲")
    people.payload, people.batch = {"lines": [], "common": {"outside_name": "某部队"}}, leaving.batch
    people.save()
    do("corps_admin", "agree_in", leaving)
    assert PeopleList.objects.get().payload["common"]["outside_name"] == ""
