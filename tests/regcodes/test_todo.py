"""Codes that end soon are one thing to do for the direct superior."""

from datetime import timedelta

import pytest

from orgs import scope
from regcodes import codes, todo

pytestmark = pytest.mark.django_db


def soon(code):
    return code.expires_at - timedelta(days=3)


def test_a_code_is_no_todo_before_its_last_three_days(college, code):
    assert todo.todo(college, now=soon(code) - timedelta(minutes=1)) == []


def test_within_three_days_it_is_one(college, code):
    (item,) = todo.todo(college, now=soon(code))
    assert (item.title, item.until) == ("1 个管理员注册码快要到期", code.expires_at - timedelta(minutes=1))
    assert item.names[0][0] == "2019级新生临时团支部（至 2026-12-13 24:00）"


def test_several_are_one_thing(country, cast, college, code, now):
    codes.issue(country.class1, actor=college, now=now)
    (item,) = todo.todo(college, now=soon(code))
    assert item.title == "2 个管理员注册码快要到期"


def test_an_expired_or_voided_one_is_none(country, college, code):
    assert todo.todo(college, now=code.expires_at) == []
    codes.void(country.freshmen, actor=college, now=code.issued_at)
    assert todo.todo(college, now=soon(code)) == []


def test_only_the_direct_superior_is_told(cast, code):
    assert todo.todo(scope.scope_of(cast.university_admin), now=soon(code)) == []
    assert todo.todo(scope.nobody(), now=soon(code)) == []
