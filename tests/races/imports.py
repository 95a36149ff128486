"""A class with a roster under way or to be undone, for what touches it at the same time."""

import itertools
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Account
from members import entry, placing
from members.entry import Entered
from members.models import BatchState, ImportBatch, Member, Membership, RowVerdict
from members.roster import batch as batches
from members.roster import undo
from orgs.enums import Category
from orgs.models import Organization, Post
from orgs.scope import of_command
from tests import makers
from tests.members.roster.sheets import person, roster
from zhtj.lib import retry
from zhtj.lib.verdict import Refused

from .world import again, whole

quick_and_full = pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.prove)])
_serial = itertools.count(1)
CADRE = {"是否团干部": "是", "团内职务": "组织委员", "任现职年月": "2024-09", "团干部性质": "兼职"} | {
    "是否同级党委（支部）成员": "否"
}


def world() -> SimpleNamespace:
    """A college with two branches; a member 钱旧 in the first; a roster of 赵新 (cadre), 孙知 (has an account), 钱旧 (changed)."""
    top = makers.make_org(None, f"第{next(_serial)}学院团委", Category.COMMITTEE)
    one, two = (makers.make_org(top, f"{name}班团支部") for name in "一二")
    born = date(2006, 7, 1)
    numbers = [makers.number_of(born) for _ in range(3)]
    known = makers.make_account("孙知", number=numbers[1], phone="")
    member = makers.make_member(one, "钱旧", number=numbers[2], member_number=f"2021{numbers[2][9:17]}")
    people = [
        person("赵新", 身份证号码=numbers[0], **CADRE),
        person("孙知", 身份证号码=numbers[1]),
        person("钱旧", 身份证号码=numbers[2], 学历="大专"),
    ]
    for each in people:
        each["发展团员编号"] = f"2021{each['身份证号码'][9:17]}"
    return SimpleNamespace(
        top=top,
        one=one,
        two=two,
        known=known,
        member=member,
        numbers=numbers,
        people=people,
        actor=of_command("tests", top),
    )


def confirmed(here, branch: Organization) -> ImportBatch:
    """The roster, planned into the branch by the college and confirmed, every update ticked."""
    people = [each | {"所在团支部全称": branch.full_name} for each in here.people]
    raw = roster(*people, columns=tuple(people[0]))
    batch = batches.create(here.top, "名单.xlsx", raw, actor=here.actor)
    batches.work(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED, batch.message
    ticks = set(batch.rows.filter(verdict=RowVerdict.UPDATE).values_list("number", flat=True))
    batches.confirm(batch, actor=here.actor, ticks=ticks)
    return batch


def to_import() -> SimpleNamespace:
    here = world()
    here.batch = confirmed(here, here.one)
    return here


def to_undo() -> SimpleNamespace:
    """The import has run, and its undo is asked for."""
    here = to_import()
    batches.work(here.batch.pk)
    here.fresh = Account.objects.with_number(here.numbers[0]).get()
    here.post = Post.objects.get(account=here.fresh)
    ask(here)
    return here


def ask(here):
    undo.undo(ImportBatch.objects.get(pk=here.batch.pk), actor=here.actor)
    return True


def work(here):
    batches.work(here.batch.pk)
    return True


def consistent(here) -> None:
    """Each living 团籍 in one living branch, the ledger says the same, and nobody is half there."""
    whole(here)
    living = set(Membership.objects.filter(ended_at=None).values_list("account", "branch"))
    assert living == set(Member.objects.values_list("account", "branch"))
    assert not Post.objects.filter(ended_at=None, organization__deleted_at__isnull=False).exists()
    assert Account.objects.with_number(here.numbers[0]).count() <= 1


def state_of(batch) -> str:
    return ImportBatch.objects.get(pk=batch.pk).state


def gone(outcome) -> bool:
    """Refused in words, or told that the person is no longer there."""
    error = outcome.error
    missing = isinstance(error, Account.DoesNotExist | Member.DoesNotExist | Post.DoesNotExist)
    broken = isinstance(error, IntegrityError) and retry.sqlstate(error) == retry.REFERENCE
    return isinstance(error, Refused) or missing or broken


def place(here):
    return placing.assign([here.member.account_id], again(here.one), again(here.two), actor=here.actor)


def enter(here):
    him = Entered(
        number=here.numbers[0],
        name="赵新",
        phone="13800000001",
        joined=date(2021, 5, 1),
        profile={"ethnicity": "汉族"},
    )
    return entry.enter(again(here.two), him, actor=here.actor, now=timezone.now())
