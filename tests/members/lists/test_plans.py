"""What the database does for a page of a province with 200,000 members: indexes, and never a sort of them all."""

import json
import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Account
from members.lists import reading
from members.lists.asked import read
from members.lists.kinds import CADRES, MEMBERS
from members.models import Member
from orgs import tree
from orgs.enums import Category
from orgs.models import Organization, Post
from orgs.scope import of_command
from tests import makers
from zhtj.lib import copying
from zhtj.lib.paging import _beyond

pytestmark = [pytest.mark.django_db, pytest.mark.prove]
PEOPLE, BRANCHES = 200_000, 4_000


@pytest.fixture
def nation():
    """Two provinces; in the first 200,000 members."""
    top = makers.make_org(None, "团中央", Category.LEADING_BODY)
    province = makers.make_org(top, "团山东省委", Category.LEADING_BODY)
    college = makers.make_org(province, "山东大学团委", Category.COMMITTEE)
    seedlings = [tree.Seedling(Category.BRANCH, f"2023级{at}班团支部") for at in range(BRANCHES)]
    branches = tree.plant(college, seedlings)
    ids = copying.next_ids(Account, PEOPLE)
    copying.insert_values(Account, [person(at, pk) for at, pk in enumerate(ids)])
    copying.insert_values(Member, [belonging(at, pk, branches[at % BRANCHES]) for at, pk in enumerate(ids)])
    copying.insert_values(
        Post, [post(pk, branches[at % BRANCHES]) for at, pk in enumerate(ids) if at % 7 == 0]
    )
    with connection.cursor() as cursor:
        for model in (Account, Member, Organization, Post):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return province


def person(at: int, pk: int) -> dict:
    """Somebody unlike the others in what lists ask about; the numbers are nobody's."""
    return {
        "id": pk,
        "name": chr(0x4E00 + at % 3000) + chr(0x5000 + at % 700),
        "initials": f"{at % 4096:03x}",
        "id_cipher": b"-",
        "id_index": pk.to_bytes(16, "big"),
        "phone_cipher": b"-",
        "birth_date": date(1996, 1, 1) + timedelta(days=at % 4500),
        "sex": "男" if at % 2 else "女",
        "ethnicity": "汉族" if at % 12 else "回族",
        "political_status": "共青团员",
        "education": "本科",
        "sign_in_state": "none" if at % 5 else "initial",
    }


def belonging(at: int, pk: int, branch: Organization) -> dict:
    return {
        "account_id": pk,
        "branch_id": branch.pk,
        "branch_path": branch.path,
        "joined": date(2016, 1, 1) + timedelta(days=at % 2500),
        "number": f"{at:012}",
    }


def post(pk: int, branch: Organization) -> dict:
    return {"account_id": pk, "organization_id": branch.pk, "title": "组织委员", "nature": "兼职"}


def plan_of(queryset) -> list[dict]:
    """Every node of the plan."""
    raw = queryset.explain(format="json", analyze=True)
    found, waiting = [], [json.loads(raw)[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.get("Plans", [])
    return found


def page(table, province: Organization, query: str, after=None):
    """The query of a page."""
    asked = read(table, QueryDict(query), scope=of_command("tests", province))
    rows = reading.found(asked, now=timezone.now())
    return rows.order_by(*table.order)[:21]


COMMON = ["", "sex=男", "state=initial", "ethnicity=回族", "joined_from_year=2020&joined_from_month=1",
          "age_from=18&age_to=22", "complete=no", "post=yes", "overage=yes", "phone=yes"]  # fmt: skip


def test_pages_of_a_province(nation):
    slow = []
    for table, queries in (
        (MEMBERS, [*COMMON, "q=一", "q=abc"]),
        (CADRES, ["", "title=组织委员", "sex=男", "admin=no"]),
    ):
        for query in queries:
            started = time.perf_counter()
            nodes = plan_of(page(table, nation, query))
            taken = time.perf_counter() - started
            sorted_rows = max(
                (each["Actual Rows"] for each in nodes if each["Node Type"] == "Sort"), default=0
            )
            print(
                f"{table.kind:8} {query:50} {taken * 1000:7.1f} ms  sorted {sorted_rows:6}",
                [e["Node Type"] for e in nodes if "Scan" in e["Node Type"] or "Sort" in e["Node Type"]],
            )
            whole = [each for each in nodes if each["Node Type"] == "Seq Scan"]
            if sorted_rows > 5_000 or whole:
                slow.append((table.kind, query, sorted_rows))
    assert slow == []


def test_a_far_page_starts_in_the_middle_of_the_index(nation):
    asked = read(MEMBERS, QueryDict(""), scope=of_command("tests", nation))
    rows = reading.found(asked, now=timezone.now())
    at = rows.order_by(*MEMBERS.order)[150_000]
    for way, order in (("gt", MEMBERS.order), ("lt", [f"-{each}" for each in MEMBERS.order])):
        nodes = plan_of(
            rows.filter(_beyond(MEMBERS.order, [at.branch_path, at.pk], way)).order_by(*order)[:21]
        )
        (scan,) = [each for each in nodes if "Scan" in each["Node Type"]]
        assert scan["Index Name"] == "member_by_path"
        assert scan.get("Rows Removed by Filter", 0) < 100
