"""Giving out, showing and voiding registration codes."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from orgs import scope, seating, tree
from orgs.enums import Category
from regcodes import codes, queries, rules
from regcodes.models import RegistrationCode
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


def cause_of(act, *args, **facts):
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict.cause


def state(organization, now):
    return str(
        queries.states([organization], {organization.pk: organization.seats.count()}, now=now)[
            organization.pk
        ]
    )


def test_a_code_is_for_the_lowest_free_seat_and_ends_with_the_20th_day(code):
    end = timezone.make_aware(datetime(2026, 12, 14))
    assert (code.seat_number, code.expires_at, f"{code.last_day}") == (1, end, "2026-12-13")


@pytest.mark.parametrize("hour", [0, 23])
def test_the_hour_of_issue_does_not_matter(hour):
    issued = timezone.make_aware(datetime(2026, 11, 23, hour, 59))
    assert rules.expiry(issued) == timezone.make_aware(datetime(2026, 12, 14))


def test_the_last_minute_of_day_20_is_valid_and_a_minute_later_is_not(code):
    end = code.expires_at
    assert (code.is_valid(now=end - timedelta(minutes=1)), code.is_valid(now=end)) == (True, False)


def test_a_valid_code_is_shown_again_rather_than_replaced(country, college, code, now):
    again = codes.issue(country.freshmen, actor=college, now=now + timedelta(days=3))
    assert (again.pk, again.code) == (code.pk, code.code)


def test_an_expired_code_is_replaced(country, college, code, now):
    later = now + timedelta(days=30)
    fresh = codes.issue(country.freshmen, actor=college, now=later)
    code.refresh_from_db()
    assert (fresh.pk == code.pk, code.voided_at) == (False, later)


def test_reissuing_voids_the_valid_code(country, college, code, now):
    fresh = codes.reissue(country.freshmen, actor=college, now=now)
    code.refresh_from_db()
    assert (code.voided_at, fresh.seat_number, fresh.code == code.code) == (now, 1, False)


def test_voiding_leaves_none(country, college, code, now):
    codes.void(country.freshmen, actor=college, now=now)
    assert queries.valid_code(country.freshmen, now=now) is None


def test_voiding_nothing_is_refused(country, college, now):
    assert cause_of(codes.void, country.freshmen, actor=college, now=now) == "nothing"


def test_with_one_administrator_the_code_is_for_the_second_seat(country, college, now):
    assert codes.issue(country.class1, actor=college, now=now).seat_number == 2


def test_with_two_administrators_there_is_none(cast, country, college, now):
    seating.take_seat(makers.make_post(cast.outsider, country.class1, "其他"), actor=makers.SYSTEM)
    assert cause_of(codes.issue, country.class1, actor=college, now=now) == "full"


def test_a_pending_branch_gets_none(country, college, now):
    pending = tree.plant(country.college, [tree.Seedling(Category.PENDING_BRANCH, "待接转团支部")])[0]
    assert cause_of(codes.issue, pending, actor=college, now=now) == "pending"


@pytest.mark.parametrize(
    "who", ["centre_admin", "university_admin", "class1_admin", "zibo_admin", "outsider"]
)
def test_only_the_direct_superior_gives_out(cast, country, now, who):
    actor = scope.scope_of(getattr(cast, who))
    assert cause_of(codes.issue, country.class1, actor=actor, now=now) == "not_superior"


def test_codes_stay_with_the_direct_superior_even_where_it_has_nobody(cast, country, now):
    """团淄博市委 acts for 淄博机械公司团委 in everything else."""
    actor = scope.scope_of(cast.zibo_admin)
    assert cause_of(codes.issue, country.workshop, actor=actor, now=now) == "not_superior"


def test_the_stored_row_does_not_contain_the_code(code):
    row = RegistrationCode.objects.filter(pk=code.pk).values().get()
    assert code.code not in repr(row)


def test_every_showing_is_on_record(country, college, code):
    codes.show(code, actor=college)
    row = AuditEntry.objects.get(verb="regcodes.shown")
    assert (row.actor_id, row.organization_id, code.code in repr(row.detail)) == (
        college.account_id,
        country.freshmen.pk,
        False,
    )


def test_the_words_for_the_state(cast, country, college, now):
    words = [state(country.freshmen, now)]
    code = codes.issue(country.freshmen, actor=college, now=now)
    words.append(state(country.freshmen, now))
    words.append(state(country.freshmen, code.expires_at))
    RegistrationCode.objects.filter(pk=code.pk).update(used_at=now)
    words.append(state(country.freshmen, now))
    for title in ("副书记", "其他"):
        post = makers.make_post(makers.make_account(title), country.freshmen, title)
        seating.take_seat(post, actor=makers.SYSTEM)
    words.append(state(country.freshmen, now))
    assert words == ["未分配", "有效（至 2026-12-13）", "已过期", "已使用", "名额已满"]


def test_a_voided_code_leaves_the_state_as_before(country, college, code, now):
    codes.void(country.freshmen, actor=college, now=now)
    assert state(country.freshmen, now) == "未分配"
