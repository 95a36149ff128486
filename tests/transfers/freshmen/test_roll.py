"""The 录取名单 beside the system (§6.7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.matching.reading import lines_of_text
from tests import makers
from transfers.freshmen import admissions, people, roll
from transfers.freshmen.roll import Group
from transfers.models import Admission
from zhtj.lib.verdict import Refused


def called(country, admin, text: str) -> dict[str, Group]:
    lines = lines_of_text(text)
    found = roll.call(lines, people.desk(country.college), scope=admin, today=timezone.localdate())
    return {each.line.name: each.group for each in found.rows}


def line(account) -> str:
    return f"{account.name} {account.id_number}"


def test_everybody_is_found_where_he_is(country, admin, send, receive):
    text = "\n".join(
        [
            line(receive("已经到了").account),
            line(send("还在办理").account),
            line(makers.make_member(country.workshop, "没有发起").account),
            line(makers.make_account("没有团籍")),
            f"系统没有 {makers.number_of()}",
            "号码有误 110199200605200000",
        ]
    )
    assert called(country, admin, text) == {
        "已经到了": Group.ARRIVED,
        "还在办理": Group.UNDERWAY,
        "没有发起": Group.ELSEWHERE,
        "没有团籍": Group.ABSENT,
        "系统没有": Group.ABSENT,
        "号码有误": Group.UNSURE,
    }


def test_of_another_province_only_the_province_is_said(country, admin):
    away = makers.make_member(country.workshop, "没有发起")
    at = people.desk(country.college)
    found = roll.call(lines_of_text(line(away.account)), at, scope=admin, today=timezone.localdate())
    assert ("团山东省委" in found.rows[0].why, country.workshop.short_name in found.rows[0].why) == (
        True,
        False,
    )


def test_a_case_says_whose_turn_it_is(country, admin, send):
    case = send("还在办理")
    at = people.desk(country.college)
    found = roll.call(lines_of_text(line(case.account)), at, scope=admin, today=timezone.localdate())
    assert (found.rows[0].case, found.rows[0].why.startswith("待转入审批：")) == (case, True)


def test_a_new_list_takes_the_place_of_the_old_one(country, admin):
    admissions.keep(country.college, lines_of_text("张三\n李四"), source="甲", actor=admin)
    admissions.keep(country.college, lines_of_text("王五"), source="乙", actor=admin)
    kept = Admission.objects.get()
    assert (kept.source, kept.line_count, kept.lines[0][1]) == ("乙", 1, "王五")


def test_an_empty_list_is_refused(country, admin):
    with pytest.raises(Refused) as refusal:
        admissions.keep(country.college, [], source="甲", actor=admin)
    assert refusal.value.verdict.cause == "empty"


def test_lists_are_forgotten_after_the_days_of_the_setting(country, admin, settings):
    settings.ADMISSION_DAYS = 10
    now = timezone.now()
    admissions.keep(country.college, lines_of_text("张三"), source="甲", actor=admin, now=now)
    assert admissions.purge(now + timedelta(days=9)) == 0
    assert admissions.purge(now + timedelta(days=11)) == 1


def test_the_list_is_encrypted(country, admin):
    admissions.keep(country.college, lines_of_text("张三丰"), source="甲", actor=admin)
    assert "张三丰".encode() not in bytes(Admission.objects.get().lines_cipher)
