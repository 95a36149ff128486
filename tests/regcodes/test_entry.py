"""The door where a code is typed: three causes for holders of a real code, one message for everybody else."""

from datetime import timedelta

import pytest

from orgs import scope
from regcodes import codes, entry, rules
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db
VISITOR = scope.nobody(address="192.0.2.7")


def refused(typed, organization, now):
    with pytest.raises(Refused) as caught:
        entry.check(typed, organization=organization, actor=VISITOR, now=now)
    return caught.value.verdict


def test_the_right_code_opens(country, code, now):
    assert entry.check(code.code, organization=country.freshmen, actor=VISITOR, now=now) == code


def test_a_code_typed_first_says_which_organisation_it_opens(country, code, now):
    found = entry.check(f" {code.code[:4]} {code.code[4:]}", organization=None, actor=VISITOR, now=now)
    assert found.organization == country.freshmen


def test_the_last_minute_of_day_20_works_and_a_minute_later_does_not(country, code):
    end = code.expires_at
    assert entry.check(
        code.code, organization=country.freshmen, actor=VISITOR, now=end - timedelta(minutes=1)
    )
    verdict = refused(code.code, country.freshmen, end)
    assert (verdict.cause, "有效期至 2026-12-13 24:00" in verdict.reason) == ("expired", True)


def test_another_organisation_is_told_without_naming_the_right_one(country, code, now):
    verdict = refused(code.code, country.class2, now)
    assert (verdict.cause, country.freshmen.short_name in verdict.message) == ("organization", False)


def test_a_wrong_case_is_told(country, code, now):
    verdict = refused(code.code.swapcase(), country.freshmen, now)
    assert verdict.cause == "case"


def test_a_used_code_is_told(country, code, now):
    code.used_at = now
    code.save()
    assert refused(code.code, country.freshmen, now).cause == "used"


def test_a_replaced_code_is_told(country, college, code, now):
    codes.reissue(country.freshmen, actor=college, now=now)
    assert refused(code.code, country.freshmen, now).cause == "void"


@pytest.mark.parametrize("typed", ["00000000", "", "x" * 40, "' OR 1=1"])
def test_everybody_else_hears_all_three_causes_at_once(country, code, now, typed):
    assert refused(typed, country.freshmen, now) == rules.ANY_CAUSE


def test_after_ten_wrong_codes_the_address_waits_and_the_code_still_opens_afterwards(country, code, now):
    causes = [refused("00000000", country.freshmen, now + timedelta(seconds=at)).cause for at in range(11)]
    assert causes == ["code"] * 10 + ["waiting"]
    assert refused(code.code, country.freshmen, now + timedelta(minutes=1)).cause == "waiting"
    later = now + timedelta(minutes=16)
    assert entry.check(code.code, organization=country.freshmen, actor=VISITOR, now=later) == code


def test_another_address_does_not_wait(country, code, now):
    for at in range(11):
        refused("00000000", country.freshmen, now + timedelta(seconds=at))
    other = scope.nobody(address="192.0.2.8")
    assert entry.check(code.code, organization=country.freshmen, actor=other, now=now) == code


def test_right_codes_never_make_an_address_wait(country, code, now):
    for at in range(30):
        moment = now + timedelta(seconds=at)
        assert entry.check(code.code, organization=country.freshmen, actor=VISITOR, now=moment)
