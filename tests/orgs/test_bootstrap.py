"""The topmost organisation and its first administrator."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Account, ResetCode
from orgs.enums import Category, Level
from orgs.models import Organization, Seat
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    """Somebody who answers line by line."""

    def isatty(self):
        return True


def run(**options):
    out = StringIO()
    given = {"admin_name": "首任", "admin_id": makers.number_of(), **options}
    call_command("bootstrap", stdout=out, **given)
    return out.getvalue()


def code_in(said):
    return re.search("重置密码验证码：(.{8})", said).group(1)


@pytest.mark.parametrize(
    ("name", "category", "level", "full_name", "stored"),
    [
        ("团中央", "团的领导机关", None, "中国共产主义青年团中央委员会", Level.CENTRAL),
        ("团山东省委", "leading_body", "省级", "共青团山东省委员会", Level.PROVINCE),
        ("石河子大学团委", "团委", None, "石河子大学团委", None),
    ],
)
def test_any_organisation_may_be_the_topmost(name, category, level, full_name, stored):
    run(root=name, category=category, level=level)
    made = Organization.objects.get()
    assert (made.full_name, made.level, made.parent) == (full_name, stored, None)


def test_the_administrator_has_no_password_but_a_code():
    said = run(root="石河子大学团委", category="团委")
    seat = Seat.objects.select_related("post__account").get()
    account = seat.post.account
    assert (seat.number, seat.post.title, account.sign_in_state, account.password) == (1, "书记", "none", "")
    assert (ResetCode.objects.get().account, "重置密码验证码：" in said) == (account, True)


def test_the_number_is_neither_printed_nor_recorded():
    number = makers.number_of()
    said = run(root="石河子大学团委", category="团委", admin_id=number)
    assert (number in said, number in repr(list(AuditEntry.objects.values()))) == (False, False)


def test_a_system_with_an_administrator_is_left_alone(cast):
    before = Seat.objects.count()
    with pytest.raises(CommandError, match="它有管理员"):
        run()
    assert Seat.objects.count() == before


def test_a_second_topmost_organisation_is_refused(cast):
    with pytest.raises(CommandError, match="一个系统只有一个最上级组织"):
        run(root="石河子大学团委", category="团委")
    assert Organization.objects.filter(parent=None).count() == 1


def test_the_same_command_again_makes_nothing_and_gives_a_new_code():
    facts = {"root": "淄博机械公司团委", "category": "团委", "admin_id": makers.number_of()}
    before, again = run(**facts), run(**facts)
    assert (Organization.objects.count(), Seat.objects.count(), ResetCode.objects.count()) == (1, 1, 1)
    assert ("没有改动" in before, "没有改动" in again, code_in(before) == code_in(again)) == (
        False,
        True,
        False,
    )


def test_the_same_command_again_leaves_a_password_alone():
    facts = {"root": "淄博机械公司团委", "category": "团委", "admin_id": makers.number_of()}
    run(**facts)
    Account.objects.update(password="set", sign_in_state="set")
    assert "密码不变" in run(**facts)


def test_a_category_that_follows_from_the_name_need_not_be_given():
    run(root="团山东省委", level="省级")
    made = Organization.objects.get()
    assert (made.category, made.level) == (Category.LEADING_BODY, Level.PROVINCE)


def test_what_is_missing_is_asked_for_again_until_it_fits(monkeypatch):
    answers = ("石河子大学", "石河子大学团委", "总支", "团委", "首任3", "首任", "", "")
    monkeypatch.setattr("sys.stdin", Terminal("\n".join(answers)))
    complaints = StringIO()
    run(admin_name=None, stderr=complaints)
    made = Organization.objects.get()
    assert (made.full_name, made.category) == ("石河子大学团委", Category.COMMITTEE)
    assert len(complaints.getvalue().splitlines()) == 3


def test_the_administrator_need_not_be_the_secretary():
    run(root="石河子大学团委", category="团委", admin_title="干事")
    assert Seat.objects.get().post.title == "干事"


def test_without_a_terminal_the_whole_command_is_told(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO())
    with pytest.raises(CommandError, match="没有终端"):
        run()


def test_the_number_may_come_from_the_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(makers.number_of() + "\n"))
    run(root="石河子大学团委", category="团委", admin_id="-")
    assert Seat.objects.count() == 1


def test_it_is_the_last_resort_where_the_topmost_has_nobody(country):
    run()
    assert Seat.objects.get().organization == country.centre


def test_somebody_who_has_an_account_keeps_the_password(country):
    account = makers.make_account("首任")
    said = run(admin_id=account.id_number)
    assert (Seat.objects.get().post.account, ResetCode.objects.exists()) == (account, False)
    assert "密码不变" in said


def test_a_number_under_another_name_is_refused(country):
    account = makers.make_account("别人")
    with pytest.raises(CommandError, match="另一个姓名"):
        run(admin_id=account.id_number)


@pytest.mark.parametrize(
    "options",
    [
        {"root": "石河子大学", "category": "团委"},
        {"root": "石河子大学团委", "category": "总支"},
        {"root": "团山东省委", "category": "团的领导机关"},
        {"root": "团山东省委", "category": "团的领导机关", "level": "乡级"},
        {"root": "石河子大学团委", "category": "团委", "admin_title": "部长"},
        {"root": "石河子大学团委", "category": "团委", "level": "省级"},
        {"root": "石河子大学团委", "category": "团委", "admin_id": "110101199001011234"},
        {"root": "石河子大学团委", "category": "团委", "admin_name": "张3"},
    ],
)
def test_wrong_values_make_nothing(options):
    with pytest.raises(CommandError):
        run(**options)
    assert (Organization.objects.count(), Account.objects.count()) == (0, 0)


def test_a_branch_is_not_asked_for_members():
    run(root="机关团支部", category=Category.BRANCH)
    assert Seat.objects.get().organization.is_branch
