"""The topmost organisation and its first administrator."""

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


def run(**options):
    out = StringIO()
    given = {"admin_name": "首任", "admin_id": makers.number_of(), **options}
    call_command("bootstrap", stdout=out, **given)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "category", "level", "full_name", "stored"),
    [
        ("团中央", "团的领导机关", None, "中国共产主义青年团中央委员会", Level.CENTRAL),
        ("团山东省委", "leading_body", "省级", "共青团山东省委员会", Level.PROVINCE),
        ("石河子大学团委", "团委", None, "石河子大学团委", None),
    ],
)
def test_any_organisation_may_be_the_topmost(name, category, level, full_name, stored):
    run(name=name, category=category, level=level)
    made = Organization.objects.get()
    assert (made.full_name, made.level, made.parent) == (full_name, stored, None)


def test_the_administrator_has_no_password_but_a_code():
    said = run(name="石河子大学团委", category="团委")
    seat = Seat.objects.select_related("post__account").get()
    account = seat.post.account
    assert (seat.number, seat.post.title, account.sign_in_state, account.password) == (1, "书记", "none", "")
    assert (ResetCode.objects.get().account, "重置密码验证码：" in said) == (account, True)


def test_the_number_is_neither_printed_nor_recorded():
    number = makers.number_of()
    said = run(name="石河子大学团委", category="团委", admin_id=number)
    assert (number in said, number in repr(list(AuditEntry.objects.values()))) == (False, False)


def test_a_system_with_an_administrator_is_left_alone(cast):
    before = Seat.objects.count()
    with pytest.raises(CommandError, match="它有管理员"):
        run(name="团山西省委", category="团的领导机关")
    assert Seat.objects.count() == before


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
        {"name": "石河子大学", "category": "团委"},
        {"name": "石河子大学团委", "category": "总支"},
        {"name": "团山东省委", "category": "团的领导机关"},
        {"name": "石河子大学团委", "category": "团委", "level": "省级"},
        {"name": "石河子大学团委", "category": "团委", "admin_id": "110101199001011234"},
        {"name": "石河子大学团委", "category": "团委", "admin_name": "张3"},
    ],
)
def test_wrong_values_make_nothing(options):
    with pytest.raises(CommandError):
        run(**options)
    assert (Organization.objects.count(), Account.objects.count()) == (0, 0)


def test_a_branch_is_not_asked_for_members():
    run(name="机关团支部", category=Category.BRANCH)
    assert Seat.objects.get().organization.is_branch
