"""A university in which anything happens in any order: the machine behind `test_machine.py`.

Whatever is refused is refused in words; after each step the invariants hold and the ledger balances. Rules choose
among what there is by numbers, so that a failing course shrinks to a few steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import wraps
from typing import Any, TypeVar

import time_machine
from django.conf import settings as site
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import orgs.kinds  # noqa: F401 - makes the kinds known
from accounts.models import Account
from members import amend, entry
from members.entry import Entered
from members.merging import verbs as mergers
from members.merging.rules import Choice
from members.models import BatchState, ImportBatch, Member, Merger, Removal, RemovalReason
from members.removal import verbs as removals
from members.removal.rules import Given
from orgs import lifecycle, posts, relocation, scope, seating
from orgs.enums import Category
from orgs.models import Organization, Post, Seat
from orgs.posts import Office
from orgs.scope import Scope
from tests import invariants, makers
from tests.transfers import rosters
from transfers import clock, opening, placing, workflow
from transfers.enums import Act, Reason, State
from transfers.models import Transfer
from transfers.opening import Wish
from transfers.workflow import Word
from zhtj.desk import closing, merging, reopening
from zhtj.desk.merging import Settlement
from zhtj.desk.models import Closing
from zhtj.lib.verdict import Refused

SOME = st.integers(0, 59)  # one of what there is
NAMES = st.sampled_from(("张三", "李四", "王五"))
SHORT = st.sampled_from("甲乙丙丁戊己庚辛")
ENDING = {Category.COMMITTEE: "学院团委", Category.GENERAL_BRANCH: "系团总支", Category.BRANCH: "班团支部"}
OFFICES = st.sampled_from(("书记", "副书记", "组织委员"))
T = TypeVar("T")


def tried(step: Callable[..., Any]) -> Callable[..., None]:
    """A rule's act in a savepoint: carried out, refused in words, or without anybody to try it on."""

    @wraps(step)
    def run(self, **chosen: Any) -> None:
        try:
            with transaction.atomic():
                outcome = "nothing there" if step(self, **chosen) is None else "done"
        except Refused as refusal:
            outcome = "refused" if refusal.verdict.reason else "refused without a word"
        self.course[step.__name__, outcome] += 1

    return run


def one(found: Sequence[T], at: int) -> T | None:
    """The at-th of these, round and round."""
    return found[at % len(found)] if found else None


def by(organization: Organization) -> Scope:
    return scope.of_command("tests", organization)


class Machine(RuleBasedStateMachine):
    """Each run in a transaction of its own, which is rolled back; `course` counts over all runs."""

    course: Counter[tuple[str, str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(timezone.now(), tick=True)
        self.clock = self.travel.start()
        self.serial = 0
        self.census = invariants.Census.taken()

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        """Two colleges with two branches each, and somebody in every branch."""
        self.top = makers.make_org(None, "山河大学团委", Category.COMMITTEE)
        for name in "子丑":
            college = makers.make_org(self.top, f"{name}学院团委", Category.COMMITTEE)
            for number in "一二":
                makers.make_member(
                    makers.make_org(college, f"{number}班团支部"), "张三", number=self.number()
                )
        self.census = invariants.Census.taken()

    def number(self) -> str:
        self.serial += 1
        return makers.number_of(date(2006, 7, 1 + self.serial // 990), serial=self.serial % 990 + 1)

    # -- what there is --------------------------------------------------------------------------------

    def orgs(self, **only: Any) -> list[Organization]:
        below = Organization.objects.living().filter(path__startswith=self.top.path, **only)
        return list(below.select_related("parent").order_by("pk"))

    def branches(self) -> list[Organization]:
        return self.orgs(category=Category.BRANCH)

    def members(self) -> list[Member]:
        return list(Member.objects.select_related("account", "branch__parent").order_by("account"))

    def cases(self) -> list[Transfer]:
        rows = Transfer.objects.open().select_related("account", "source__parent", "target__parent")
        return list(rows.order_by("pk"))

    # -- organisations --------------------------------------------------------------------------------

    @rule(at=SOME, name=SHORT, category=st.sampled_from(tuple(ENDING)))
    @tried
    def found(self, at, name, category):
        parent = one(self.orgs(category__in=(Category.COMMITTEE, Category.GENERAL_BRANCH)), at)
        return lifecycle.found(
            parent, short_name=name + ENDING[category], category=category, actor=by(parent)
        )

    @rule(at=SOME, name=SHORT)
    @tried
    def rename(self, at, name):
        each = one([each for each in self.orgs(category__in=ENDING) if each.parent_id], at)
        return each and lifecycle.edit(each, short_name=name + ENDING[each.category], actor=by(each.parent))

    @rule(at=SOME)
    @tried
    def close(self, at):
        each = one([each for each in self.orgs() if each.parent_id], at)
        return each and closing.close(each, actor=by(each.parent))

    @rule(at=SOME)
    @tried
    def reopen(self, at):
        found = Closing.objects.filter(undone_at=None).select_related("organization__parent", "into")
        each = one(list(found.order_by("pk")), at)
        return each and reopening.reopen(each, actor=by(each.organization.parent))

    @rule(at=SOME, into=SOME)
    @tried
    def merge(self, at, into):
        source, target = one(self.branches(), at), one(self.branches(), into)
        if source is None or source.parent_id != target.parent_id:
            return None
        asked = merging.questions(source, target)
        chosen = tuple(each.account_id for each in asked.administrators)[:2]
        secretary = asked.secretaries[0].account_id if asked.secretaries else None
        return merging.merge(source, target, Settlement(secretary, "副书记", chosen), actor=by(source.parent))

    @rule(at=SOME, to=SOME)
    @tried
    def relocate(self, at, to):
        each, parent = one(self.orgs(), at), one(self.orgs(), to)
        return relocation.carry_out(each, parent, actor=by(self.top))

    # -- people ---------------------------------------------------------------------------------------

    @rule(at=SOME, name=NAMES)
    @tried
    def enter(self, at, name):
        branch, number = one(self.branches(), at), self.number()
        person = Entered(
            number=number,
            name=name,
            phone="13800000001",
            joined=date(2021, 5, 1),
            league_number=f"2021{number[9:17]}",
            profile={"ethnicity": "汉族", "political_status": "共青团员", "education": "大专"},
        )
        return branch and entry.enter(branch, person, actor=by(branch), now=timezone.now())

    @rule(at=SOME, known=SOME, names=st.lists(NAMES, max_size=2))
    @tried
    def import_roster(self, at, known, names):
        """New people, and somebody the system knows: here, elsewhere, or without a 团籍."""
        branch = one(self.branches(), at)
        account = one(list(Account.objects.filter(merged_into=None).order_by("pk")), known)
        new = [rosters.person(name, self.number()) for name in names]
        return branch and rosters.imported(branch, *new, rosters.of(account, qq="10001"))

    @rule(at=SOME)
    @tried
    def undo_import(self, at):
        each = one(list(ImportBatch.objects.filter(state=BatchState.DONE).order_by("pk")), at)
        return each and rosters.undone(each)

    @rule(at=SOME, qq=st.sampled_from(("", "10002")))
    @tried
    def edit(self, at, qq):
        each = one(self.members(), at)
        facts = (
            {"phone": "13900000002", "joined": each.joined, "league_number": each.number or ""}
            if each
            else {}
        )
        return (
            each
            and amend.amend(each, profile={"qq": qq}, joined_at_unit="", actor=by(each.branch), **facts)
            is not None
        )

    @rule(
        at=SOME,
        reason=st.sampled_from((RemovalReason.BY_MISTAKE, RemovalReason.RESIGNED, RemovalReason.DECEASED)),
    )
    @tried
    def remove(self, at, reason):
        each = one(self.members(), at)
        return each and removals.remove(each, Given(reason, "核实过"), actor=by(each.branch.parent))

    @rule(at=SOME)
    @tried
    def undo_removal(self, at):
        each = one(
            list(Removal.objects.filter(undone_at=None).select_related("branch__parent").order_by("pk")), at
        )
        return each and removals.undo(each, actor=by(each.branch.parent))

    @rule(kept=SOME, absorbed=SOME)
    @tried
    def merge_accounts(self, kept, absorbed):
        living = list(Account.objects.filter(merged_into=None).order_by("pk"))
        first, second = one(living, kept), one(living, absorbed)
        choice = Choice(first.pk, second.pk, branch_of=first.pk, reason="已核对身份证")
        return mergers.merge(choice, actor=by(self.top))

    @rule(at=SOME)
    @tried
    def undo_merger(self, at):
        each = one(list(Merger.objects.filter(undone_at=None).order_by("pk")), at)
        return each and mergers.undo(each, actor=by(self.top)) is not None

    # -- posts and seats ------------------------------------------------------------------------------

    @rule(at=SOME, title=OFFICES)
    @tried
    def give_post(self, at, title):
        each = one(self.members(), at)
        office = Office(title=title, since=date(2023, 9, 1), nature="兼职")
        return each and posts.give(each.account, each.branch, office, actor=by(each.branch))

    @rule(at=SOME)
    @tried
    def give_seat(self, at):
        rows = Post.objects.filter(ended_at=None, seat=None).select_related("organization", "account")
        each = one(list(rows.order_by("pk")), at)
        return each and seating.take_seat(each, actor=by(self.top))

    @rule(at=SOME)
    @tried
    def leave_seat(self, at):
        rows = Seat.objects.select_related("organization", "post__account").order_by("pk")
        each = one(list(rows), at)
        return each and seating.leave_seat(each, actor=by(self.top)) is None

    # -- transfers ------------------------------------------------------------------------------------

    @rule(at=SOME, to=SOME, many=st.integers(1, 3))
    @tried
    def place(self, at, to, many):
        source, target = (
            one(self.orgs(category__in=(Category.BRANCH, Category.PENDING_BRANCH)), at),
            one(self.branches(), to),
        )
        if source is None or target is None:
            return None
        here = Member.objects.filter(branch=source).order_by("pk").values_list("account", flat=True)
        return placing.assign(list(here)[:many], source, target, actor=by(source.parent))

    @rule(at=SOME, to=SOME, who=st.sampled_from(("person", "out", "in", "superior")))
    @tried
    def start(self, at, to, who):
        member, target = (
            one(self.members(), at),
            one(self.orgs(category__in=(Category.BRANCH, Category.COMMITTEE)), to),
        )
        if member is None:
            return None
        actor = {
            "person": Scope(account_id=member.account_id, account_name=member.account.name),
            "out": by(member.branch),
            "in": by(target),
            "superior": by(member.branch.parent),
        }[who]
        return workflow.start(opening.build(member, Wish("其他", target), actor=actor), actor=actor)

    @rule(at=SOME, place=st.sampled_from(sorted(site.TRANSFER_OUTSIDE)))
    @tried
    def send_outside(self, at, place):
        member = one(self.members(), at)
        reason = Reason.ARMY if place == opening.SECRET else Reason.OTHER
        wish = Wish(reason, outside=place, outside_name="某单位团委")
        return member and workflow.start(
            opening.build(member, wish, actor=by(member.branch)), actor=by(member.branch)
        )

    @rule(at=SOME, both=st.sampled_from((False, False, True)))
    @tried
    def agree(self, at, both):
        """Whoever has the turn, or the superior both sides have."""
        case = one(self.cases(), at)
        if case is None:
            return None
        if both:
            return workflow.act(case, Act.AGREE_BOTH, actor=by(case.source.parent))
        what = Act.AGREE_OUT if case.state == State.OUT else Act.AGREE_IN
        return workflow.act(case, what, actor=by(case.turn_of))

    @rule(at=SOME, to=SOME)
    @tried
    def reach_a_college(self, at, to):
        """Sent to a college, which has agreed: it is to assign a branch."""
        member = one([each for each in self.members() if not each.held], at)
        bodies = [each for each in self.orgs(category=Category.COMMITTEE) if each.parent_id]
        target = one([each for each in bodies if member and not member.branch_path.startswith(each.path)], to)
        if target is None:
            return None
        actor = by(member.branch)
        case = workflow.start(opening.build(member, Wish("其他", target), actor=actor), actor=actor)
        return workflow.act(case, Act.AGREE_IN, actor=by(target))

    @rule(at=SOME, branch=SOME)
    @tried
    def assign(self, at, branch):
        case = one([case for case in self.cases() if case.state == "assign"], at)
        below = [each for each in self.branches() if case and each.path.startswith(case.target.path)]
        word = Word(branch=one(below, branch))
        return case and workflow.act(case, Act.ASSIGN, actor=by(case.target), word=word)

    @rule(at=SOME)
    @tried
    def send_back(self, at):
        case = one(self.cases(), at)
        word = Word("其他", "请补材料")
        return case and workflow.act(case, Act.RETURN, actor=by(case.turn_of), word=word)

    @rule(at=SOME)
    @tried
    def withdraw(self, at):
        case = one(self.cases(), at)
        if case is None:
            return None
        person = Scope(account_id=case.account_id, account_name=case.account.name)
        actor = {"person": person, "outgoing": by(case.source)}.get(case.starter) or by(case.target)
        return workflow.act(case, Act.WITHDRAW, actor=actor)

    @rule(days=st.sampled_from((1, 4, 11)))
    @tried
    def let_time_pass(self, days):
        self.clock.shift(timedelta(days=days))
        return sum(clock.tick()) or None

    # -- what must hold -------------------------------------------------------------------------------

    @invariant()
    def everything_fits(self) -> None:
        connection.check_constraints()
        self.census.balance()
        invariants.check()
        self.census = invariants.Census.taken()
