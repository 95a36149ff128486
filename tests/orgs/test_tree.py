"""The locks of the tree follow an organisation that moves between reading and locking."""

import pytest
from django.db import connection, transaction

from orgs import tree
from orgs.enums import Category
from orgs.models import Organization
from tests import makers

pytestmark = pytest.mark.django_db


def held() -> set[int]:
    """The parts this transaction holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND pid = pg_backend_pid()",
            [0x5A48],
        )
        return {row[0] for row in cursor.fetchall()}


def test_the_part_it_was_moved_into_is_locked_too(country):
    stale = Organization.objects.get(pk=country.college.pk)
    tree.move(country.university, country.shandong)
    with transaction.atomic():
        tree.hold(stale, exclusive=False)
        assert {country.corps.pk, country.shandong.pk} <= held()
    assert stale.path.startswith(country.shandong.path)


def test_a_move_writes_members_paths_too(cast, country):
    hospital = makers.make_org(country.university, "第一附属医院团委", Category.COMMITTEE)
    assert tree.move(country.college, hospital) == 4
    cast.member.refresh_from_db()
    country.class1.refresh_from_db()
    assert cast.member.branch_path == country.class1.path


def test_names_may_pass_from_row_to_row_in_a_move(country):
    """甲 below 乙: what was 甲+丙 takes the name 乙甲丙 that its own neighbour gives up in the same act."""
    one = makers.make_org(country.corps, "甲团委", Category.COMMITTEE)
    other = makers.make_org(country.corps, "甲甲团委", Category.COMMITTEE)
    first = makers.make_org(one, "丙团支部")
    second = makers.make_org(one, "甲甲丙团支部")
    tree.move(one, other)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.full_name == "新疆生产建设兵团甲甲甲丙团支部"
    assert second.full_name == "新疆生产建设兵团甲甲甲甲甲丙团支部"
