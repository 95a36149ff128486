"""The form of a member's data judged by the rules of §5: every bound from both sides, on the page of 修改资料."""

import pytest
import time_machine

from members.models import Member
from members.profile_form import ProfileForm
from tests import makers

pytestmark = pytest.mark.django_db

TODAY = "2026-11-23 10:00+08:00"
FAULTS = [
    ({}, []),
    # 民族、政治面貌、学历
    ({"ethnicity": "其他"}, []),
    ({"ethnicity": ""}, ["ethnicity"]),
    ({"ethnicity": "穿青族"}, ["ethnicity"]),
    ({"political_status": "中共预备党员"}, []),
    ({"political_status": "群众"}, ["political_status"]),
    ({"education": "小学"}, []),
    ({"education": "小学（在读）"}, ["education"]),
    ({"education": "博士（在读）"}, []),
    # 手机号码: empty keeps the stored one
    ({"phone": ""}, []),
    ({"phone": "+86 163-1234 5678"}, []),
    ({"phone": "12312345678"}, ["phone"]),
    ({"phone": "1631234567"}, ["phone"]),
    # 入团年月: born 2006-05-20
    ({"joined_year": "2019", "joined_month": "5", "league_number": "201965000001"}, []),
    ({"joined_year": "2019", "joined_month": "4", "league_number": "201965000001"}, ["joined"]),
    ({"joined_year": "2026", "joined_month": "11", "league_number": "202665000001"}, []),
    ({"joined_year": "2026", "joined_month": "12", "league_number": "202665000001"}, ["joined"]),
    ({"joined_year": "2020", "joined_month": ""}, ["joined"]),
    # 发展团员编号
    ({"league_number": ""}, ["league_number"]),
    ({"league_number": "20206500001"}, ["league_number"]),
    ({"league_number": "201865000001"}, []),
    ({"league_number": "201765000001"}, ["league_number"]),
    # 入党年月: 18 years by month, not in the future
    ({"party_joined_year": "2024", "party_joined_month": "5"}, []),
    ({"party_joined_year": "2024", "party_joined_month": "4"}, ["party_joined"]),
    ({"party_joined_year": "2026", "party_joined_month": "11"}, []),
    ({"party_joined_year": "2026", "party_joined_month": "12"}, ["party_joined"]),
    # 注册志愿者时间
    ({"volunteer_since": "2026-11-23"}, []),
    ({"volunteer_since": "2026-11-24"}, ["volunteer_since"]),
    ({"volunteer_since": "去年"}, ["volunteer_since"]),
    # lengths and forms
    ({"email": "a@example.cn"}, []),
    ({"email": "a＠example"}, ["email"]),
    ({"qq": "1" * 20}, []),
    ({"qq": "1" * 21}, ["qq"]),
    ({"wechat": "w" * 40, "weibo": "b" * 60, "occupation": "职" * 60}, []),
    ({"wechat": "w" * 41, "weibo": "b" * 61, "occupation": "职" * 61}, ["wechat", "weibo", "occupation"]),
    ({"workplace": "单" * 120, "household": "户" * 120, "joined_at_unit": "校" * 120}, []),
    (
        {"workplace": "单" * 121, "household": "户" * 121, "joined_at_unit": "校" * 121},
        ["workplace", "household", "joined_at_unit"],
    ),
]


@pytest.fixture
def member(country) -> Member:
    """Born 2006-05-20, joined 2020-05."""
    return makers.make_member(country.class1, "欧阳小明", member_number="202065000001")


@pytest.mark.parametrize(("changes", "faulty"), FAULTS)
def test_each_bound_from_both_sides(member, changes, faulty):
    sent = {
        "ethnicity": "汉族",
        "political_status": "共青团员",
        "education": "本科（在读）",
        "joined_year": "2020",
        "joined_month": "5",
        "league_number": "202065000001",
        "phone": "",
    }
    with time_machine.travel(TODAY, tick=False):
        form = ProfileForm({**sent, **changes}, member=member)
        assert list(form.errors) == faulty


def test_a_malformed_number_of_an_early_joiner_is_left_out_not_refused(country):
    member = makers.make_member(country.class1, "早入团", number=makers.number_of(serial=7))
    sent = {
        "ethnicity": "汉族",
        "political_status": "共青团员",
        "education": "大专",
        "joined_year": "2015",
        "joined_month": "12",
        "league_number": "无",
    }
    early = makers.make_account(
        "更早", number=makers.number_of(born=member.account.birth_date.replace(year=2000))
    )
    member.account = early
    form = ProfileForm(sent, member=member)
    assert (form.is_valid(), form.facts["league_number"], form.dropped_number) == (True, "", True)
