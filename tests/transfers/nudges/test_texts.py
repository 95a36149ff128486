"""What 催办 says: shortened names, no numbers."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from orgs.scope import scope_of
from tests.transfers.bulk import crowd
from transfers.enums import About
from transfers.models import Transfer
from transfers.nudges import texts, topics

LINK = "https://zhtj.example/login/"


def said(here, about, ids, scope=None) -> str:
    subjects = topics.gather(about, ids, scope or here.college)
    return texts.text(subjects, deadline=date(2026, 12, 1), link=LINK)


def test_the_text_says_who_what_until_when_and_where(here):
    ids = [here.cast.member.account_id, here.cast.classmate.account_id]
    assert said(here, About.START, ids) == (
        "【智慧团建】以下同学还没有发起组织关系转接（2人）：\n"
        "古*·买*、欧阳*明\n"
        "请在 2026-12-01 前办理：本人登录后在“关系转接”中办理。\n"
        "登录：https://zhtj.example/login/"
    )


def test_the_text_of_cases_names_the_branch_and_the_first_that_lapses(here, sent):
    text = said(here, About.CASES, sent, scope_of(here.cast.company_admin))
    due = timezone.localtime(Transfer.objects.get().due_at)
    assert ("装配车间团支部：古*·买*" in text, f"最早的一件 {due:%Y-%m-%d} 到期失效。" in text) == (
        True,
        True,
    )


@pytest.mark.parametrize("count", [1, 60, 500])
def test_no_text_holds_a_full_name_or_a_number(here, count):
    members = crowd.fill(here.country.class1, count)
    text = said(here, About.START, [each.account_id for each in members])
    assert [each for each in members if each.account.name in text or each.account.id_number in text] == []
    assert len(text) < 500


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (["张*"], "张*"),
        (["张*", "李*明", "张*"], "张*（2人）、李*明"),
        (
            [f"{chr(0x4E00 + at)}*" for at in range(31)],
            "、".join(f"{chr(0x4E00 + at)}*" for at in range(30)) + "等 31 人",
        ),
    ],
)
def test_names_are_listed_shortly(people, expected):
    assert texts.listed(people) == expected
