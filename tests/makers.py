"""Makers of test rows: small, explicit, through the product's own doors where there is one."""

from __future__ import annotations

import itertools
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from accounts.idcard import check_character
from accounts.models import Account
from members import registry
from members.models import Act, Member
from orgs import scope, seating, tree
from orgs.enums import Category
from orgs.models import Organization, Post, Seat

PASSWORD = "Kuai-le7-Tuan"
SYSTEM = scope.of_command("tests")
_serial = itertools.count(1)


def number_of(born: date = date(2006, 5, 20), *, region: str = "659099", serial: int | None = None) -> str:
    """A valid ID number that matches nobody: its county code was never assigned."""
    body = f"{region}{born:%Y%m%d}{(serial or next(_serial)) % 1000:03d}"
    return body + check_character(body)


@cache
def hashed(password: str) -> str:
    """One real hash of a password for everybody in the tests: they are many, and Argon2 takes its time on purpose."""
    return make_password(password)


def make_account(
    name: str = "张三", *, password: str | None = PASSWORD, number: str = "", **facts
) -> Account:
    """A saved account; with `password=None` it still has its initial password."""
    facts = {"ethnicity": "汉族", "political_status": "共青团员", "education": "本科（在读）", **facts}
    account = Account.build(
        number=number or number_of(), name=name, phone=facts.pop("phone", "13800000001"), **facts
    )
    if password:
        account.password = hashed(password)
        account.sign_in_state = "set"
    account.save()
    return account


def make_org(
    parent: Organization | None, short_name: str, category: str = Category.BRANCH, **facts
) -> Organization:
    """An organisation below `parent`, with the path and names the product gives it."""
    return tree.plant(parent, [tree.Seedling(category, short_name, **facts)])[0]


def make_member(
    branch: Organization, name: str = "李四", *, joined: date = date(2020, 5, 1), **facts
) -> Member:
    """A person with 团籍 in `branch`."""
    number = facts.pop("member_number", f"{joined.year}65{next(_serial):06d}")
    return registry.enrol(
        make_account(name, **facts), branch, joined=joined, number=number, act=Act.ENTRY, actor=SYSTEM
    )


def make_post(account: Account, organization: Organization, title: str = "书记") -> Post:
    """A living post."""
    return seating.give_post(
        account, organization, title, actor=SYSTEM, since=date(2023, 9, 1), nature="兼职"
    )


def make_admin(organization: Organization, name: str = "王管理", *, title: str = "书记", **facts) -> Account:
    """An administrator with a seat; in a branch also a member of it."""
    account = (
        make_member(organization, name, **facts).account
        if organization.is_branch
        else make_account(name, **facts)
    )
    seat = seating.take_seat(make_post(account, organization, title), actor=SYSTEM)
    assert isinstance(seat, Seat)
    return account
