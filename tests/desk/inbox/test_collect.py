"""One query counts exactly what the inbox lists."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from members.models import BatchState, ImportBatch
from orgs import administrators, invitations, scope
from orgs.enums import Category
from orgs.posts import Office
from tests import makers
from zhtj.desk.inbox import collect

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast, country):
    """石河子大学医学院团委 with one thing of almost every kind."""
    makers.make_post(cast.classmate.account, country.class1, "组织委员")
    administrators.change(
        country.class1, successor=cast.classmate.account, actor=scope.scope_of(cast.class1_admin)
    )
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    makers.make_member(pending, "待转人")
    for name in ("一.xlsx", "二.xlsx"):
        ImportBatch.objects.create(
            organization=country.college,
            importer=cast.college_admin,
            state=BatchState.PLANNED,
            counts={"new": 1},
            file_name=name,
            file_size=1,
            file_index=bytes(16),
        )
    return scope.scope_of(cast.college_admin)


def test_the_number_is_what_the_list_holds(busy):
    now = timezone.now()
    items = collect.items(busy, now=now)
    assert [each.kind for each in items] == [
        "管理员变更",
        "组织信息",
        "没有管理员",
        "待接转团支部",
        "导入待确认",
        "导入待确认",
    ]
    assert collect.counts(busy, now=now) == collect.Counts(inbox=6, mine=0)


@pytest.mark.parametrize("who", ["centre", "corps", "university", "college", "class1", "zibo", "workshop"])
def test_list_and_number_agree_for_everybody(busy, cast, who):
    now, mine = timezone.now(), scope.scope_of(getattr(cast, f"{who}_admin"))
    assert collect.counts(mine, now=now).inbox == len(collect.items(mine, now=now))


def test_one_query_counts_everything(busy, django_assert_num_queries):
    with django_assert_num_queries(1):
        collect.counts(busy, now=timezone.now())


def test_an_invitation_is_the_persons_own(cast, country):
    invitations.invite(
        country.college, cast.outsider, Office(title="干事"), actor=scope.scope_of(cast.college_admin)
    )
    assert collect.counts(scope.scope_of(cast.outsider), now=timezone.now()) == collect.Counts(
        inbox=0, mine=1
    )


def test_a_visitor_asks_the_database_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert collect.counts(scope.nobody(), now=timezone.now()) == collect.Counts()


@pytest.mark.parametrize("who", ["centre", "college", "class1", "zibo"])
def test_a_query_written_once_is_the_same_all_day_as_one_written_anew(busy, cast, who):
    mine = scope.scope_of(getattr(cast, f"{who}_admin"))
    morning = timezone.localtime().replace(hour=0, minute=0, second=1)
    collect._sql(mine, now=morning)
    evening = morning.replace(hour=23, minute=59)
    anew = collect._query(mine, now=evening).query.sql_with_params()
    assert sent(*collect._sql(mine, now=evening)) == sent(*anew)


def test_whoever_comes_to_another_place_or_another_day_gets_a_query_of_its_own(busy, cast, country):
    mine, now = scope.scope_of(cast.college_admin), timezone.localtime()
    before = sent(*collect._sql(mine, now=now))
    assert sent(*collect._sql(mine, now=now + timedelta(days=1))) != before
    mine.root.path = "/7/8/"
    assert sent(*collect._sql(mine, now=now)) == sent(*collect._query(mine, now=now).query.sql_with_params())


def sent(sql, values) -> bytes:
    """What PostgreSQL would be asked."""
    with connection.cursor() as cursor:
        return cursor.cursor.mogrify(sql, values)
