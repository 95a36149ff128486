"""The small university in which acts on the tree meet, the acts themselves, and what must hold afterwards."""

import itertools
from datetime import date
from types import SimpleNamespace

import pytest

import orgs.kinds  # noqa: F401 - makes the kinds known
from members import registry
from members.models import Act, Member
from orgs import lifecycle, petitions, relocation, scope, verify
from orgs.enums import Category
from orgs.models import Organization, Petition
from tests import makers
from zhtj.desk import closing
from zhtj.lib.verdict import Refused

quick_and_full = pytest.mark.parametrize("step", [6, pytest.param(1, marks=pytest.mark.prove)])
_serial = itertools.count(1)


def world() -> SimpleNamespace:
    """A university: two colleges, the first with a 团总支 and a branch of two members; one administrator above all."""
    top = makers.make_org(None, f"第{next(_serial)}大学团委", Category.COMMITTEE)
    one = makers.make_org(top, "甲学院团委", Category.COMMITTEE)
    two = makers.make_org(top, "乙学院团委", Category.COMMITTEE)
    general = makers.make_org(one, "年级团总支", Category.GENERAL_BRANCH)
    branch = makers.make_org(one, "一班团支部")
    makers.make_member(branch, "张三")
    makers.make_member(branch, "李四")
    return SimpleNamespace(
        top=top,
        one=one,
        two=two,
        general=general,
        branch=branch,
        newcomer=makers.make_account("王五"),
        actor=scope.of_command("tests", top),
    )


def again(organization: Organization) -> Organization:
    """A copy of one's own: two requests never share an object."""
    return Organization.objects.get(pk=organization.pk)


def whole(here) -> None:
    """Paths, names, members' branches: everything fits together."""
    below = [each for each in verify.faults() if each.organization.path.startswith(here.top.path)]
    assert below == []
    assert not Member.objects.filter(branch__deleted_at__isnull=False).exists()
    pending = Petition.objects.pending().filter(organization__path__startswith=here.top.path)
    assert not pending.filter(organization__deleted_at__isnull=False).exists()


def refused(outcome) -> bool:
    return isinstance(outcome.error, Refused)


def told(*outcomes) -> None:
    """Whoever did not succeed got a reason in words, not a fault of the database."""
    assert [outcome for outcome in outcomes if outcome.error and not refused(outcome)] == []


def one_of_both(here, one, two) -> None:
    told(one, two)
    assert [one.succeeded, two.succeeded].count(True) == 1
    whole(here)


def enrol(here):
    return registry.enrol(
        here.newcomer,
        again(here.branch),
        joined=date(2020, 5, 1),
        number=None,
        act=Act.ENTRY,
        actor=here.actor,
    )


def close_branch(here):
    return closing.close(again(here.branch), actor=here.actor)


def close_general(here):
    return closing.close(again(here.general), actor=here.actor)


def found_below_general(here):
    return lifecycle.found(
        again(here.general), short_name="一组团支部", category=Category.BRANCH, actor=here.actor
    )


def move_one(here):
    return relocation.carry_out(again(here.one), again(here.two), actor=here.actor)


def asked() -> SimpleNamespace:
    """The first college wants to go below the second; the university, old superior, has the only word left."""
    here = world()
    mover = scope.of_command("tests", here.one)
    makers.make_admin(here.one, "甲管理")
    here.mover = mover
    here.petition = relocation.ask(again(here.one), again(here.two), actor=mover)
    here.petition = petitions.approve(here.petition, actor=here.actor)
    return here


def approve(here):
    return petitions.approve(Petition.objects.get(pk=here.petition.pk), actor=here.actor)


def withdraw(here):
    return petitions.withdraw(Petition.objects.get(pk=here.petition.pk), actor=here.mover)
