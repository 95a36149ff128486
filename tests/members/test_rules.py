"""The rules of §5, each on both sides of its bound."""

from dataclasses import replace
from datetime import date

import pytest

from members import rules
from members.rules import Person
from orgs.enums import TITLES, Category
from tests.makers import number_of

TODAY = date(2026, 11, 23)
BORN = date(2006, 5, 20)
GOOD = Person(
    name="张三",
    number=number_of(BORN),
    ethnicity="汉族",
    status="共青团员",
    education="本科（在读）",
    joined=date(2020, 5, 1),
    phone="13800000001",
    league_number="202065000001",
)
CADRE = replace(GOOD, is_cadre=True, title="书记", since=date(2023, 9, 1), nature="兼职", in_party=False)


def faults(person: Person, *, holds_post: bool = False) -> list[tuple[str, str]]:
    found = rules.check(person, titles=TITLES[Category.BRANCH], holds_post=holds_post, today=TODAY)
    return [(problem.column, problem.cause) for problem in found]


@pytest.mark.parametrize(
    ("born", "joined", "allowed"),
    [
        ((2006, 5, 31), (2019, 5), True),  # 13 years in the month of birth
        ((2006, 5, 1), (2019, 4), False),
        ((2004, 8, 20), (2016, 8), True),  # 12 years, before 2016-09
        ((2004, 9, 20), (2016, 8), False),
        ((2004, 9, 1), (2016, 9), False),  # 12 years, from 2016-09
        ((2003, 9, 30), (2016, 9), True),
        ((1995, 1, 1), (2026, 11), True),  # joined this month
        ((1995, 1, 1), (2026, 12), False),
        ((2006, 5, 1), (2005, 5), False),  # before birth
    ],
)
def test_joining_age(born, joined, allowed):
    assert bool(rules.joining(date(*born), date(*joined, 1), today=TODAY)) == allowed


def test_the_message_for_an_early_joiner_names_ages_and_remedy():
    verdict = rules.joining(date(2004, 10, 19), date(2015, 5, 1), today=TODAY)
    assert (
        verdict.message
        == "入团时不满年龄：入团时10岁7个月，应满12周岁。请把入团年月更正为年满12周岁之后的实际入团年月。"
    )


@pytest.mark.parametrize(
    ("born", "holds_post", "allowed"),
    [
        ((1998, 11, 24), False, True),  # 28 tomorrow
        ((1998, 11, 23), False, False),  # 28 today
        ((1998, 11, 23), True, True),
        ((1970, 1, 1), True, True),
    ],
)
def test_current_age(born, holds_post, allowed):
    assert bool(rules.current_age(date(*born), holds_post=holds_post, today=TODAY)) == allowed


@pytest.mark.parametrize(
    ("number", "born", "joined", "cause"),
    [
        ("", BORN, (2015, 12), ""),
        ("", BORN, (2016, 1), "number_missing"),
        ("202065000001", BORN, (2020, 5), ""),
        ("20206500001", BORN, (2020, 5), "number_shape"),
        ("2020650000011", BORN, (2020, 5), "number_shape"),
        ("20206500000A", BORN, (2020, 5), "number_shape"),
        ("２０２０65000001", BORN, (2020, 5), "number_shape"),
        ("201965000001", BORN, (2020, 5), ""),  # 12 when 2019 began: a corrected date
        ("201865000001", BORN, (2020, 5), ""),
        ("201765000001", BORN, (2020, 5), "number_year"),  # three years earlier
        ("202165000001", BORN, (2020, 5), "number_year"),
        ("201965000001", date(2006, 2, 1), (2020, 5), ""),
        ("201965000001", date(2006, 1, 31), (2020, 5), "number_year"),  # 13 in its first month
        ("201965000001", date(2005, 1, 1), (2020, 5), "number_year"),  # 14 when 2019 began
        ("201965000001", None, (2020, 5), "number_year"),  # age unknown
    ],
)
def test_league_numbers(number, born, joined, cause):
    assert rules.league_number(number, born, date(*joined, 1)).cause == cause


@pytest.mark.parametrize(
    ("since", "joined", "cause"),
    [
        ((2026, 11), (2020, 5), ""),
        ((2026, 12), (2020, 5), "since_future"),
        ((2020, 5), (2020, 5), ""),
        ((2020, 4), (2020, 5), "since_before_joined"),
    ],
)
def test_taking_a_post(since, joined, cause):
    assert rules.post_since(date(*since, 1), date(*joined, 1), today=TODAY).cause == cause


@pytest.mark.parametrize(
    ("joined", "cause"), [((2024, 5), ""), ((2024, 4), "party_age"), ((2026, 12), "party_future")]
)
def test_joining_the_party(joined, cause):
    assert rules.party_joined(BORN, date(*joined, 1), today=TODAY).cause == cause


def test_volunteers_registered_in_the_past():
    assert rules.volunteer_since(TODAY, today=TODAY)
    assert not rules.volunteer_since(date(2026, 11, 24), today=TODAY)


@pytest.mark.parametrize("person", [GOOD, CADRE, replace(CADRE, status="群众")])
def test_good_people_have_no_faults(person):
    assert faults(person) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": ""}, [("姓名", "required")]),
        ({"name": "李4"}, [("姓名", "name_digit")]),
        ({"ethnicity": "火星族"}, [("民族", "not_listed")]),
        ({"status": "路人"}, [("政治面貌", "not_listed")]),
        ({"status": "群众"}, [("政治面貌", "masses")]),
        ({"education": "本科在读"}, [("学历", "not_listed")]),
        ({"phone": "12345"}, [("手机号码", "phone")]),
        ({"joined": date(2050, 1, 1)}, [("入团年月", "joined_future"), ("发展团员编号", "number_year")]),
        ({"joined": date(2009, 5, 1)}, [("入团年月", "joined_age")]),
        ({"league_number": ""}, [("发展团员编号", "number_missing")]),
        ({"joined": date(2015, 5, 1), "number": number_of(date(2000, 1, 1)), "league_number": "x"}, []),
        ({"number": number_of(date(1994, 3, 9)), "joined": date(2009, 5, 1)}, [("身份证号码", "over_age")]),
    ],
)
def test_one_fault_each(change, expected):
    assert faults(replace(GOOD, **change)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": ""}, [("团内职务", "cadre_required")]),
        ({"title": "部长"}, [("团内职务", "not_listed")]),
        ({"since": None}, [("任现职年月", "cadre_required")]),
        ({"nature": ""}, [("团干部性质", "cadre_required")]),
        ({"nature": "全职"}, [("团干部性质", "not_listed")]),
        ({"in_party": None}, [("是否同级党委（支部）成员", "cadre_required")]),
        ({"since": date(2019, 1, 1)}, [("任现职年月", "since_before_joined")]),
        ({"number": number_of(date(1980, 1, 1)), "joined": date(1995, 1, 1), "league_number": ""}, []),
    ],
)
def test_cadres_have_rules_of_their_own(change, expected):
    assert faults(replace(CADRE, **change)) == expected


def test_faults_come_required_first_then_values_then_cross_field_in_template_order():
    person = replace(GOOD, name="", ethnicity="火星族", phone="1", league_number="", education="")
    assert [column for column, _ in faults(person)] == ["姓名", "学历", "民族", "手机号码", "发展团员编号"]


def test_a_post_elsewhere_keeps_the_membership_past_28():
    person = replace(GOOD, number=number_of(date(1994, 3, 9)), joined=date(2009, 5, 1))
    assert faults(person, holds_post=True) == []
