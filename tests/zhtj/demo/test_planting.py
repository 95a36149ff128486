"""The demo country: empty classes to try the main job on, people everywhere else, and no rule broken."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts.models import Account
from members import rules
from members.models import Member
from orgs import completeness
from orgs.enums import TITLES
from orgs.models import Organization, Post, Seat
from tests import makers
from zhtj.demo.people import Maker
from zhtj.demo.planting import plant
from zhtj.demo.showing import table

ROSTERS = Path(__file__).parents[2] / "rosters"
COLLEGE = "新疆生产建设兵团石河子大学石河子大学医学院"


def demo(**options) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def planted(db):
    plant(today=timezone.localdate())


def test_the_classes_of_the_medical_school_wait_for_their_rosters(planted):
    waiting = Organization.objects.filter(full_name__startswith=COLLEGE).branches()
    expected = {f"{COLLEGE}2023级{at}班团支部" for at in range(1, 21)} | {f"{COLLEGE}2019级新生临时团支部"}
    assert {each.full_name for each in waiting} == expected
    assert not Member.objects.filter(branch__in=waiting).exists()
    assert not Seat.objects.filter(organization__in=waiting).exists()


def test_information_is_complete_but_where_there_is_something_to_try(planted):
    lacking = completeness.incomplete(Organization.objects.exclude(full_name__startswith=COLLEGE))
    categories = set(lacking.values_list("category", "parent__category"))
    assert categories == {("branch", "leading_body")}
    college = Organization.objects.get(full_name=f"{COLLEGE}团委")
    assert len(completeness.missing(college)) == 4


def test_everybody_keeps_every_rule(planted):
    today = timezone.localdate()
    faults = []
    for member in Member.objects.select_related("account", "branch"):
        account = member.account
        person = rules.Person(
            name=account.name,
            number=account.id_number,
            ethnicity=account.ethnicity,
            status=account.political_status,
            education=account.education,
            joined=member.joined,
            phone=account.phone,
            league_number=member.number or "",
        )
        titles = TITLES[member.branch.category]
        faults += rules.check(person, titles=titles, holds_post=False, today=today)
    assert faults == []


def test_cadres_of_committees_hold_no_membership_and_sit_in_both_seats(planted):
    committees = Organization.objects.filter(full_name="新疆生产建设兵团石河子大学团委")
    posts = Post.objects.filter(organization__in=committees)
    assert [post.title for post in posts.order_by("pk")] == ["书记", "副书记", "委员"]
    assert not Member.objects.filter(account__posts__in=posts).exists()
    assert Seat.objects.filter(organization__in=committees).count() == 2


@pytest.mark.parametrize("roster", ["class_30.xls", "college_600.xlsx", "faults.xlsx"])
def test_nobody_stands_in_the_rosters_to_be_imported(planted, roster):
    rows = CalamineWorkbook.from_path(ROSTERS / roster).get_sheet_by_index(0).to_python()
    cells = {str(cell).strip() for row in rows for cell in row}
    assert cells.isdisjoint(account.id_number for account in Account.objects.all())
    assert cells.isdisjoint(Member.objects.exclude(number=None).values_list("number", flat=True))


def test_a_second_run_says_that_it_is_done(planted):
    assert demo().startswith("演示数据已经写入。")


def test_a_system_with_people_is_left_alone(country):
    with pytest.raises(CommandError, match="已有团组织或账号"):
        demo()


def test_production_is_left_alone(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境"):
        demo()


def test_show_names_one_account_per_role_and_how_it_signs_in_now(planted):
    before = table()
    row = next(line for line in before if "支部管理员" in line)
    account = Account.objects.get_by_natural_key(next(word for word in row.split() if len(word) == 18))
    assert [line.split()[0] for line in before[1:]] == [
        "团中央管理员",
        "省级管理员",
        "县级管理员",
        "大学管理员",
        "学院管理员",
        "支部管理员",
        "团员",
        "团员",
    ]
    account.set_password(makers.PASSWORD)
    account.save()
    assert "已自行修改密码" in next(line for line in table() if "支部管理员" in line)


def test_show_without_a_demo_country_says_so(db):
    assert "没有演示数据" in demo(show=True)


def test_the_same_day_gives_the_same_people():
    today = date(2026, 11, 23)
    one, other = Maker(today), Maker(today)
    assert [one.person("student", "659098") for _ in range(50)] == [
        other.person("student", "659098") for _ in range(50)
    ]


def test_no_number_is_made_twice():
    maker = Maker(date(2026, 11, 23))
    numbers = [maker.person("pupil", "370398").number for _ in range(2000)]
    assert len(set(numbers)) == len(numbers)
