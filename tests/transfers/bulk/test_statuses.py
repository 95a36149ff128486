"""How far the people of a list are, as far as this seat may know."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from members.matching.reading import Line
from orgs.scope import scope_of
from tests import makers
from tests.transfers.bulk import crowd
from transfers import workflow
from transfers.bulk import lists, statuses
from transfers.bulk.lists import Purpose
from transfers.bulk.statuses import Standing
from transfers.enums import Act
from transfers.models import Transfer


@pytest.fixture
def college(country, cast):
    """The member is on the way to the workshop; the classmate has not begun."""
    actor = scope_of(cast.college_admin)
    crowd.send(crowd.listed([cast.member], actor, target=country.workshop), actor)
    return SimpleNamespace(country=country, cast=cast, actor=actor, case=Transfer.objects.get())


def look(college, *lines, now=None):
    brought = [(Line(at, name, number), "") for at, (name, number) in enumerate(lines, start=1)]
    people = lists.keep_brought(brought, Purpose.STATUS, source="粘贴", actor=college.actor)
    return statuses.look(people, actor=college.actor, now=now or timezone.now())


def arrive(college) -> None:
    workflow.act(college.case, Act.AGREE_IN, actor=scope_of(college.cast.workshop_admin))


def test_who_waits_and_who_has_not_begun(college):
    name = college.cast.member.account.name
    found = look(college, (name, ""), ("欧阳小明", ""), ("谁也不是", ""))
    assert [each.standing for each in found] == [Standing.WAITING, Standing.NONE, Standing.UNSURE]
    assert found[0].turn.startswith("由“山东省淄博市淄博机械公司装配车间团支部”的管理员办理")


@pytest.mark.parametrize("by", ["number", "name"])
def test_whoever_has_gone_is_found_by_the_case(college, by):
    arrive(college)
    account = college.cast.member.account
    (found,) = look(college, (account.name, account.id_number if by == "number" else ""))
    assert (found.standing, found.place) == (
        Standing.DONE,
        "已转往“山东省淄博市淄博机械公司装配车间团支部”",
    )


def test_a_number_with_another_name_tells_nothing(college):
    arrive(college)
    (found,) = look(college, ("别的名字", college.cast.member.account.id_number))
    assert (found.standing, found.case) == (Standing.UNSURE, None)


def test_a_case_sent_back_is_told(college):
    word = workflow.Word("其他", "缺材料")
    workflow.act(college.case, Act.RETURN, actor=scope_of(college.cast.workshop_admin), word=word)
    (found,) = look(college, (college.cast.member.account.name, ""))
    assert (found.standing, found.badge[0]) == (Standing.ENDED, "已退回")


def test_a_case_of_another_year_is_over(college):
    arrive(college)
    later = timezone.now() + timedelta(days=400)
    (found,) = look(college, (college.cast.member.account.name, ""), now=later)
    assert found.standing == Standing.UNSURE


def test_cases_elsewhere_are_not_told(college, country):
    worker = college.cast.worker
    elsewhere = scope_of(college.cast.company_admin)
    other = makers.make_org(country.zibo, "淄博一中团支部")
    crowd.send(crowd.listed([worker], elsewhere, target=other), elsewhere)
    (found,) = look(college, (worker.account.name, worker.account.id_number))
    assert (found.case, found.place) == (None, "团籍在其他团支部（团山东省委）。")


def test_nothing_is_written(college):
    before = Transfer.objects.count()
    look(college, ("欧阳小明", ""))
    assert Transfer.objects.count() == before


@pytest.mark.parametrize("count", [3, 60])
def test_a_long_list_costs_as_much_as_a_short_one(college, django_assert_num_queries, count):
    members = crowd.fill(college.country.class1, count)
    lines = [Line(at, each.account.name, each.account.id_number) for at, each in enumerate(members, start=1)]
    brought = [(each, "") for each in lines]
    people = lists.keep_brought(brought, Purpose.STATUS, source="粘贴", actor=college.actor)
    with django_assert_num_queries(8):
        statuses.look(people, actor=college.actor, now=timezone.now())


def test_the_pages_lead_on(college, sign_in):
    client = sign_in(college.cast.college_admin)
    name = college.cast.member.account.name
    address = client.post("/transfers/status/", {"pasted": f"{name}\n欧阳小明"}).url
    page = client.get(address).content.decode()
    assert ("为他们办理转出" in page, "欧阳小明" in page) == (True, True)
    assert client.get(f"{address}?standing=waiting").context["page"].total == 1
    assert client.post(f"{address}excel/").status_code == 200
