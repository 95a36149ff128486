"""When the province has agreed, the unit's name is in its store and nowhere else (§6.2, decision 0087)."""

from __future__ import annotations

import pytest
from django.db import connection

from accounts.models import Notice
from members.models import Member, Membership, Reserved
from orgs.scope import scope_of
from transfers import pages
from transfers.models import Transfer
from transfers.stores import showing

from .conftest import UNIT


def test_the_facts_of_the_membership_are_kept(country, cast, stored):
    assert (stored.province, stored.branch) == (country.corps, country.class1)
    assert (stored.joined, stored.number) == (cast.member.joined, cast.member.number)
    assert stored.unit == {"接收单位": UNIT, "备注": "去七三三分队"}


def test_the_membership_has_ended_and_only_the_province_gives_it_back(country, cast, stored):
    assert not Member.objects.filter(account=cast.member.account).exists()
    assert Reserved.objects.get().by == country.corps


def test_the_history_says_outside_the_system_without_the_unit(cast, stored):
    stretch = Membership.objects.get(account=cast.member.account)
    assert (stretch.ended_by, stretch.went_to) == ("outside", "")


def test_the_case_says_only_that_it_led_outside_the_system(stored):
    transfer = Transfer.objects.get()
    assert (transfer.destination, transfer.outside_name, transfer.details, transfer.remark) == (
        "系统外",
        "系统外",
        {},
        "",
    )


def test_no_table_but_the_steps_speaks_of_the_unit(stored):
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%七三三%"])
            if cursor.fetchone()[0]:
                found.append(table)
    assert found == ["transfers_step"]


@pytest.mark.parametrize("who", ["class1_admin", "college_admin", "corps_admin", "centre_admin"])
def test_the_finished_case_shows_the_unit_to_no_organisation(seats, stored, who):
    transfer = Transfer.objects.select_related("account", "source__parent", "target__parent").get()
    case = pages.case(transfer, seats[who], now=stored.since)
    assert (case.details, {each.remark for each in case.course}) == ({}, {""})


def test_the_finished_case_shows_the_unit_to_the_person(cast, stored):
    transfer = Transfer.objects.select_related("account", "source__parent", "target__parent").get()
    assert showing.details(transfer, scope_of(cast.member.account))["接收单位"] == UNIT


@pytest.mark.parametrize(
    ("who", "knows"),
    [
        ("class1_admin", True),
        ("college_admin", True),
        ("corps_admin", True),
        ("university_admin", False),
        ("centre_admin", False),
    ],
)
def test_the_open_case_shows_the_unit_to_both_sides_alone(seats, leaving, who, knows):
    assert bool(showing.details(leaving, seats[who])) == knows


def test_the_province_is_led_from_the_case_to_its_own_page(seats, stored):
    transfer = Transfer.objects.get()
    assert showing.kept(transfer, seats["corps_admin"]) == stored
    assert showing.kept(transfer, seats["centre_admin"]) is None


def test_nobody_is_told_the_unit(stored):
    assert [each.text for each in Notice.objects.all() if "七三三" in each.text] == []


@pytest.mark.parametrize("who", ["class1_admin", "college_admin"])
def test_the_pages_of_the_old_branch_do_not_name_the_unit(sign_in, cast, stored, who):
    client = sign_in(getattr(cast, who))
    texts = [
        client.get(url).content.decode()
        for url in (f"/transfers/{stored.transfer_id}/", "/transfers/?tab=closed", "/desk/audit/")
    ]
    assert ["七三三" in text for text in texts] == [False] * 3


def test_a_finished_case_is_not_begun_again_with_the_unit_filled_in(sign_in, cast, stored):
    assert sign_in(cast.class1_admin).get(f"/transfers/{stored.transfer_id}/again/").status_code == 404
