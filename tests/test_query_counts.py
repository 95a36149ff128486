"""Every list costs the same literal number of queries with one row and with three."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import BatchState, ImportBatch
from orgs.enums import Category
from tests import makers


def members(world: SimpleNamespace, at: int) -> None:
    """Another member with a post, in a branch of its own."""
    branch = makers.make_org(world.college, f"2026级{at}班团支部")
    makers.make_post(makers.make_member(branch, f"同学{chr(0x4E00 + at)}", password=None).account, branch)


def subordinates(world: SimpleNamespace, at: int) -> None:
    """Another direct subordinate with an administrator."""
    branch = makers.make_org(world.college, f"2027级{at}班团支部")
    makers.make_admin(branch, f"班长{chr(0x4E00 + at)}")


def cadres(world: SimpleNamespace, at: int) -> None:
    """Another cadre without 团籍, in an organisation of its own."""
    committee = makers.make_org(world.college, f"第{at}团总支", Category.GENERAL_BRANCH)
    makers.make_post(makers.make_account(f"干部{chr(0x4E00 + at)}"), committee)


def imports(world: SimpleNamespace, at: int) -> None:
    """Another import waiting to be confirmed."""
    ImportBatch.objects.create(
        organization=world.college,
        importer=world.admin,
        state=BatchState.PLANNED,
        file_name=f"名单{at}.xlsx",
        file_size=1,
        file_index=bytes(16),
        counts={"total": 0},
    )


LISTS = {
    "/members/": (members, 12),
    "/members/?q=t&state=initial": (members, 12),
    "/desk/subordinates/": (subordinates, 9),
    "/cadres/": (cadres, 10),
    "/imports/": (imports, 7),
    "/desk/": (members, 9),
}


@pytest.fixture
def world(country) -> SimpleNamespace:
    """A college with its administrator."""
    return SimpleNamespace(college=country.college, admin=makers.make_admin(country.college, "易学园"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_as_many_queries_for_three_rows_as_for_one(world, sign_in, address, rows):
    grow, expected = LISTS[address]
    for at in range(1, rows + 1):
        grow(world, at)
    client = sign_in(world.admin)
    client.get(address)  # what is read once a process
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert (response.status_code, len(captured)) == (200, expected)
