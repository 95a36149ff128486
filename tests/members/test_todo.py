"""待接转团支部 and imports to be confirmed are things to do."""

from datetime import datetime

import pytest
from django.utils import timezone

from members import todo
from members.models import BatchState, ImportBatch
from orgs import scope
from orgs.enums import Category
from orgs.models import Seat
from tests import makers

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 23, 9, 30))


def kinds(account):
    return [each.kind for each in todo.todo(scope.scope_of(account), now=NOW)]


def test_a_pending_branch_with_members_is_to_be_emptied(cast, country):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    assert kinds(cast.college_admin) == []
    makers.make_member(pending, "待转人")
    (item,) = todo.todo(scope.scope_of(cast.college_admin), now=NOW)
    assert (item.kind, item.detail) == (
        "待接转团支部",
        "有 1 名团员等着转到团支部，请为他们分配团支部，或办理转出。",
    )


def test_whoever_acts_for_the_superior_is_told(cast, country):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    makers.make_member(pending, "待转人")
    assert "待接转团支部" not in kinds(cast.university_admin)
    Seat.objects.filter(organization=country.college).delete()
    items = todo.todo(scope.scope_of(cast.university_admin), now=NOW)
    told = [each.turn for each in items if each.kind == "待接转团支部"]
    assert told == [f"由本组织代为办理（“{country.college.full_name}”暂无管理员）"]


def test_below_a_leading_body_an_empty_one_is_to_be_deleted(cast, country):
    makers.make_org(country.corps, "待接转团支部", Category.PENDING_BRANCH)
    (item,) = todo.todo(scope.scope_of(cast.corps_admin), now=NOW)
    assert item.detail == "已经没有团员，可以删除。"


@pytest.mark.parametrize(
    ("state", "counts", "found"),
    [
        (BatchState.PLANNED, {"new": 1}, ["导入待确认"]),
        (BatchState.PLANNED, {"update": 1, "new": 0}, ["导入待确认"]),
        (BatchState.PLANNED, {"same": 1, "error": 1, "new": 0, "update": 0}, []),
        (BatchState.DONE, {"new": 1}, []),
        (BatchState.CHECKING, {}, []),
    ],
)
def test_an_import_waits_while_its_plan_can_write_something(cast, country, state, counts, found):
    ImportBatch.objects.create(
        organization=country.college,
        importer=cast.college_admin,
        state=state,
        counts=counts,
        file_name="名单.xlsx",
        file_size=1,
        file_index=bytes(16),
    )
    assert kinds(cast.college_admin) == found


def test_nobody_has_nothing_to_do(cast):
    assert todo.todo(scope.scope_of(cast.outsider), now=NOW) == []
