"""批量导出: valid codes stay, missing ones are made, all in one transaction with a row each."""

from datetime import timedelta

import pytest

from orgs.enums import Category
from orgs.models import Organization
from regcodes import bulk, codes
from regcodes.models import RegistrationCode
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


def hand_out(*organizations, actor, now):
    return bulk.hand_out([each.pk for each in organizations], way=bulk.EXCEL, actor=actor, now=now)


def test_a_valid_code_is_kept_and_a_missing_one_is_made(country, college, code, now):
    later = now + timedelta(days=2)
    kept, made = (
        line
        for each in (country.freshmen, country.class1)
        for line in hand_out(each, actor=college, now=later)
    )
    assert (kept.code.pk, kept.code.code, kept.word) == (code.pk, code.code, "有效")
    assert (made.is_new, made.code.seat_number, made.word) == (True, 2, "新分配")


def test_twice_gives_the_same_codes(country, college, now):
    first = hand_out(country.class1, country.class2, country.freshmen, actor=college, now=now)
    again = hand_out(country.class1, country.class2, country.freshmen, actor=college, now=now)
    assert [line.code.pk for line in again] == [line.code.pk for line in first]
    assert [line.is_new for line in again] == [False] * 3


def test_an_expired_code_is_voided_and_replaced(country, college, code, now):
    later = now + timedelta(days=30)
    (line,) = hand_out(country.freshmen, actor=college, now=later)
    code.refresh_from_db()
    assert (line.is_new, code.voided_at) == (True, later)
    assert AuditEntry.objects.filter(verb="regcodes.voided", organization_id=country.freshmen.pk).count() == 1


def test_an_organisation_with_two_administrators_gets_none(country, cast, college, now):
    makers.make_admin(country.class1, "第二人", title="副书记")
    (line,) = hand_out(country.class1, actor=college, now=now)
    assert (line.code, line.word) == (None, "名额已满")


def test_a_pending_branch_gets_none(country, college, now):
    pending = makers.make_org(country.college, "待接转团支部", Category.PENDING_BRANCH)
    (line,) = hand_out(pending, actor=college, now=now)
    assert (line.code, line.word, line.verdict.cause) == (None, "不分配", "pending")


def test_whoever_is_no_direct_subordinate_is_left_out(country, college, now):
    lines = hand_out(country.freshmen, country.workshop, country.university, actor=college, now=now)
    assert [line.organization for line in lines] == [country.freshmen]


def test_a_deleted_subordinate_is_left_out(country, college, now):
    Organization.objects.filter(pk=country.freshmen.pk).update(deleted_at=now)
    with pytest.raises(Refused, match="没有选中任何组织"):
        hand_out(country.freshmen, actor=college, now=now)


def test_every_code_has_a_row_and_the_export_one_more(country, cast, college, code, now):
    before = AuditEntry.objects.count()
    hand_out(country.class1, country.class2, country.freshmen, actor=college, now=now)
    rows = list(AuditEntry.objects.order_by("pk")[before:].values_list("verb", "organization_id"))
    assert sorted(rows) == sorted(
        [
            ("regcodes.issued", country.class1.pk),
            ("regcodes.issued", country.class2.pk),
            ("regcodes.shown", country.freshmen.pk),
            ("regcodes.exported", country.college.pk),
        ]
    )


def test_the_codes_work_like_single_ones(country, college, now):
    (line,) = hand_out(country.freshmen, actor=college, now=now)
    assert codes.issue(country.freshmen, actor=college, now=now) == line.code
    assert RegistrationCode.objects.get(pk=line.code.pk).code == line.code.code


def test_a_plan_writes_nothing_and_says_what_will_happen(country, cast, college, code, now):
    before = RegistrationCode.objects.count(), AuditEntry.objects.count()
    lines = bulk.plan([country.class1, country.freshmen], actor=college, now=now)
    assert [(line.is_new, line.seat, line.code) for line in lines] == [(True, 2, None), (False, 1, code)]
    assert (RegistrationCode.objects.count(), AuditEntry.objects.count()) == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(country, college, now, django_assert_num_queries, count):
    branches = [makers.make_org(country.college, f"{at}班团支部") for at in range(count)]
    with django_assert_num_queries(13):
        hand_out(*branches, actor=college, now=now)


def test_too_many_at_once_are_refused():
    assert bulk.may_hand_out(bulk.MOST + 1).cause == "too_many"
    assert bulk.may_hand_out(bulk.MOST)
