"""The acts that move or touch one person, and the university in which each is possible; for races of every pair of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import Account
from members.merging import verbs as mergers
from members.merging.rules import Choice
from members.models import ImportBatch, Member, Removal, RemovalReason
from members.removal import verbs as removals
from members.removal.rules import Given
from members.roster import batch as batches
from members.roster import undo
from orgs import lifecycle, relocation, scope
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from tests import makers
from tests.transfers import rosters
from transfers import clock, opening, placing, workflow
from transfers.enums import Act, State
from transfers.graduates import leaving, marking
from transfers.models import Transfer
from transfers.opening import Wish
from transfers.workflow import Word
from zhtj.desk import closing, merging, reopening
from zhtj.desk.merging import Settlement
from zhtj.desk.models import Closing

_serial = itertools.count(1)
GRADUATION = date(date.today().year - 1, 6, 1)  # the night that follows is due, whenever this runs
MISTAKE = Given(RemovalReason.BY_MISTAKE)


@dataclass(frozen=True)
class Tried:
    """An act, and what has to be there before it: names of preparations."""

    name: str
    act: Callable[[Any], Any]
    needs: frozenset[str] = field(default=frozenset())


# -- the university -----------------------------------------------------------------------------------------


def world(needs: frozenset[str]) -> SimpleNamespace:
    """甲学院 with 一班 (张三, 李四) and 二班 (张三 again, by another number), 乙学院 with 三班; nobody has a seat."""
    top = makers.make_org(None, f"第{next(_serial)}大学团委", Category.COMMITTEE)
    one, two = (makers.make_org(top, f"{name}学院团委", Category.COMMITTEE) for name in "甲乙")
    first, second = (makers.make_org(one, f"{name}班团支部") for name in "一二")
    third = makers.make_org(two, "三班团支部")
    here = SimpleNamespace(top=top, one=one, two=two, first=first, second=second, third=third, removal=None)
    here.imported = _imported(here) if "imported" in needs else None
    here.person = here.person if here.imported else makers.make_member(first, "张三").account_id
    here.mate = makers.make_member(first, "李四").account_id
    here.twin = makers.make_member(second, "张三").account_id
    for need in ("marked", "closed", "removed", *CASES, "import new", "import same"):
        if need in needs:
            PREPARED[need](here)
    return here


def _imported(here) -> ImportBatch:
    """张三 came by a roster."""
    number = makers.number_of(date(2006, 7, 1))
    batch = rosters.imported(here.first, rosters.person("张三", number))
    here.person = Account.objects.with_number(number).get().pk
    return batch


def _closed(here) -> None:
    """一班 was deleted: 张三 and 李四 are in the 待接转团支部."""
    here.closing = closing.close(again(here.first), actor=by(here.one)).pk


def _marked(here) -> None:
    """一班 and 三班 have graduated; the night that changes them has not come."""
    marking.mark([here.first.pk], "class", GRADUATION, actor=by(here.one))
    marking.mark([here.third.pk], "class", GRADUATION, actor=by(here.two))


def _removed(here) -> None:
    here.removal = remove(here).pk


def _case(here, start: Callable[[Any], Transfer], *acts: Callable[[Any], Any]) -> None:
    """A case, unless 张三 is nowhere."""
    if Member.objects.filter(account=here.person).exists():
        start(here)
        for act in acts:
            act(here)


def _import_new(here) -> None:
    here.number = makers.number_of(date(2006, 8, 1))
    here.new = (
        rosters.planned(here.first, rosters.person("赵新", here.number)).pk if living(here.first) else 0
    )


def _import_same(here) -> None:
    account = Account.objects.get(pk=here.person)
    here.same = rosters.planned(here.first, rosters.of(account, qq="10001")).pk if living(here.first) else 0


CASES = ("out", "beside", "in", "assign")
PREPARED: dict[str, Callable[[Any], None]] = {
    "marked": _marked,
    "closed": _closed,
    "removed": _removed,
    "out": lambda here: _case(here, start_by_person),
    "beside": lambda here: _case(here, start_beside),
    "in": lambda here: _case(here, start_out),
    "assign": lambda here: _case(here, start_to_college, agree_in),
    "import new": _import_new,
    "import same": _import_same,
}


# -- who and where ------------------------------------------------------------------------------------------


def again(organization: Organization) -> Organization:
    """A copy of one's own, with its superior: two requests never share an object."""
    return Organization.objects.select_related("parent").get(pk=organization.pk)


def living(organization: Organization) -> bool:
    return Organization.objects.living().filter(pk=organization.pk).exists()


def by(organization: Organization) -> Scope:
    """Acting for an organisation, wherever it is now."""
    return scope.of_command("tests", again(organization))


def the_person(here) -> Scope:
    return Scope(account_id=here.person, account_name="张三")


def member(here) -> Member | None:
    return Member.objects.filter(account=here.person).select_related("account", "branch__parent").first()


def case(here) -> Transfer | None:
    found = Transfer.objects.filter(account=here.person).select_related(
        "account", "source__parent", "target__parent"
    )
    return found.order_by("-pk").first()


# -- transfers ----------------------------------------------------------------------------------------------


def start(here, actor: Organization | None, target: Organization) -> Transfer | None:
    """Begun as the person (None) or by an organisation."""
    found, who = member(here), the_person(here) if actor is None else by(actor)
    return (
        workflow.start(opening.build(found, Wish("其他", again(target)), actor=who), actor=who)
        if found
        else None
    )


def start_by_person(here):
    return start(here, None, here.third)


def start_out(here):
    found = member(here)
    return start(here, found.branch, here.third) if found else None


def start_beside(here):
    found = member(here)
    return start(here, found.branch, here.second) if found else None


def start_in(here):
    return start(here, here.third, here.third)


def start_to_college(here):
    found = member(here)
    return start(here, found.branch, here.two) if found else None


def act(what: Act, side: Callable[[Transfer], Organization | None], **word) -> Callable[[Any], Any]:
    """What a side does to the latest case; None stands for the person."""

    def run(here):
        found = case(here)
        if found is None:
            return None
        actor = side(found)
        said = Word(
            **{key: again(getattr(here, value)) if key == "branch" else value for key, value in word.items()}
        )
        return workflow.act(found, what, actor=by(actor) if actor else the_person(here), word=said)

    return run


def source(found: Transfer) -> Organization:
    return found.source


def target(found: Transfer) -> Organization:
    return found.target


agree_out = act(Act.AGREE_OUT, source)
agree_in = act(Act.AGREE_IN, target)
assign = act(Act.ASSIGN, target, branch="third")
withdraw = act(Act.WITHDRAW, lambda found: found.source if found.starter == "outgoing" else None)
send_back = act(
    Act.RETURN,
    lambda found: found.source if found.state == State.OUT else found.target,
    code="其他",
    remark="不对",
)


def agree_both(here):
    found = case(here)
    return workflow.act(found, Act.AGREE_BOTH, actor=by(here.one)) if found else None


def lapse(here):
    return sum(clock.tick(timezone.now() + timedelta(days=11))) + 1


def graduate(here):
    """Like every night; 一班 is left from then on, 三班 takes nobody in."""
    leaving.turn_all()
    return True


# -- everything else that moves or touches the person ------------------------------------------------------


def remove(here):
    found = member(here)
    return removals.remove(found, MISTAKE, actor=by(found.branch.parent)) if found else None


def undo_removal(here):
    if here.removal is None:
        return None
    return removals.undo(Removal.objects.get(pk=here.removal), actor=by(here.one))


def run_new(here):
    if here.new:
        batches.work(here.new)
    return True


def run_same(here):
    if here.same:
        batches.work(here.same)
    return True


def undo_import(here):
    batch = ImportBatch.objects.select_related("organization__parent").get(pk=here.imported.pk)
    undo.undo(batch, actor=scope.of_command("tests", batch.organization))
    batches.work(batch.pk)
    return True


def close(here):
    return closing.close(again(here.first), actor=by(here.one))


def close_target(here):
    return closing.close(again(here.third), actor=by(here.two))


def reopen(here):
    found = Closing.objects.select_related("organization__parent", "into").get(pk=here.closing)
    return reopening.reopen(found, actor=by(here.one))


def merge(here):
    return merging.merge(again(here.first), again(here.second), Settlement(), actor=by(here.one))


def relocate(here):
    return relocation.carry_out(again(here.first), again(here.two), actor=by(here.top))


def place(here):
    found = member(here)
    if found is None:
        return None
    return placing.assign([here.person], found.branch, again(here.second), actor=by(found.branch.parent))


def merge_accounts(here):
    choice = Choice(kept=here.twin, absorbed=here.person, branch_of=here.twin, reason="同一人")
    return mergers.merge(choice, actor=by(here.one))


def rename(here):
    return lifecycle.edit(again(here.one), short_name="丙学院团委", actor=by(here.top))


def tried(name: str, run: Callable[[Any], Any], *needs: str) -> Tried:
    return Tried(name, run, frozenset(needs))


ACTS = {
    each.name: each
    for each in (
        tried("start by the person", start_by_person),
        tried("start out", start_out),
        tried("start in", start_in),
        tried("agree out", agree_out, "out"),
        tried("agree in", agree_in, "in"),
        tried("agree both", agree_both, "beside"),
        tried("assign", assign, "assign"),
        tried("return", send_back, "out"),
        tried("withdraw", withdraw, "in"),
        tried("lapse", lapse, "in"),
        tried("remove", remove),
        tried("undo removal", undo_removal, "removed"),
        tried("import new", run_new, "import new"),
        tried("import same", run_same, "import same"),
        tried("undo import", undo_import, "imported"),
        tried("close", close),
        tried("close target", close_target),
        tried("reopen", reopen, "closed"),
        tried("merge", merge),
        tried("relocate", relocate),
        tried("place", place),
        tried("merge accounts", merge_accounts),
        tried("rename", rename),
        tried("graduate", graduate, "marked"),
    )
}
