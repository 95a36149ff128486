"""Who may remove whom and why, what goes with it, who may undo it, and who may enter the person again (§5)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from orgs.models import Organization
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from ..models import Removal, RemovalReason
from ..rules import LEAVING_AGE, age_on

REMARKED = (
    RemovalReason.RESIGNED,
    RemovalReason.DROPPED,
    RemovalReason.EXPELLED,
    RemovalReason.OTHER,
)
# Nobody holds anything afterwards; all other reasons end the posts in the branch only.
ENDS_EVERYTHING = (RemovalReason.EXPELLED, RemovalReason.DECEASED)
NEAR_MONTHS = 3
MOST = 200  # people at once

NOBODY = no("没有选中任何人", cause="nobody", remedy="，请先在团员列表中勾选。")
TOO_MANY = no(f"一次最多移除 {MOST} 人", cause="too_many", remedy="，请分几次办理。")


@dataclass(frozen=True)
class Given:
    """Why somebody is to be removed."""

    reason: str
    remark: str = ""


@dataclass(frozen=True)
class Case:
    """One member as the rules see him or her: `acts` and `decides` say what the scope may do in the branch,
    `tied` that the branch would be left without an administrator, `held` what is under way elsewhere."""

    account_id: int
    name: str
    born: date
    branch: Organization
    acts: bool
    decides: bool
    holds_post: bool = False
    pending: bool = False
    tied: bool = False
    held: str = ""


def may_begin(case: Case) -> Verdict:
    """The branch asks, its direct superior decides; whoever is further above may not."""
    return _begins(case.acts or case.decides)


def may_remove_from(scope: Scope, branch: Organization) -> Verdict:
    """The same of a branch alone. Draws the button 移除."""
    return _begins(acts_for(scope, branch) or decides(scope, branch))


def _begins(here: bool) -> Verdict:
    if here:
        return YES
    return no("团员由所在团支部申请移除，由其直接上级批准", cause="not_superior", remedy="，请与他们联系。")


def may_remove(case: Case, given: Given, *, actor_id: int | None, today: date) -> Verdict:
    """Whether this person can be removed for this reason now, at once or by asking."""
    return first_no(
        may_begin(case),
        not_held(case.name, case.held),
        _not_pending(case),
        _not_tied(case),
        not_oneself(case.account_id, actor_id) if case.decides else YES,
        fits(case, given, today=today),
    )


def fits(case: Case, given: Given, *, today: date) -> Verdict:
    """Whether the reason is one, is explained where it must be, and is true as far as the system knows."""
    return first_no(explained(given), _overage_is_true(case, given, today=today))


def explained(given: Given) -> Verdict:
    """退团, 除名, 开除 and 其他 need a word of explanation."""
    if given.reason not in RemovalReason.values:
        return no("没有选择移除的原因", cause="reason", remedy="，请选择。")
    if given.reason in REMARKED and not given.remark.strip():
        reason = f"移除原因是“{given.reason}”的需要说明"
        return no(reason, cause="remark", remedy="，请写明依据，例如批准的时间和文号。")
    return YES


def not_oneself(account_id: int, actor_id: int | None) -> Verdict:
    """Nobody has the last word on the own 团籍."""
    if account_id != actor_id:
        return YES
    return no("不能决定移除自己", cause="self", remedy="，请由同组织的另一名管理员或上级组织办理。")


def not_held(name: str, held: str) -> Verdict:
    """While a transfer is open, there is no removal (§6.5); `held` is what the 团籍 waits for, in words."""
    if not held:
        return YES
    return no(f"{name}的{held}正在办理", cause="held", remedy="，请等它办结，或先撤回。")


def _not_pending(case: Case) -> Verdict:
    if not case.pending:
        return YES
    reason = f"移除{case.name}的申请正在办理"
    return no(reason, cause="pending", remedy="，请在操作中心办理，或先撤回。")


def _not_tied(case: Case) -> Verdict:
    """The sole administrator hands over first, unless the direct superior decides it by itself (§4)."""
    if case.decides or not case.tied:
        return YES
    reason = f"{case.name}是“{case.branch.short_name}”仅有的管理员"
    return no(reason, cause="last", remedy="，请先办理管理员变更，或由直接上级移除。")


def _overage_is_true(case: Case, given: Given, *, today: date) -> Verdict:
    """Party members keep the 团籍 until 28 too; whoever holds a post keeps it longer."""
    if given.reason != RemovalReason.OVERAGE:
        return YES
    if (age := age_on(case.born, today)) < LEAVING_AGE:
        reason = f"{case.name}未满{LEAVING_AGE}周岁（现{age}周岁）"
        return no(reason, cause="young", remedy="，不能办理超龄离团；党员的团籍也保留到28周岁。")
    if case.holds_post:
        reason = f"{case.name}还有团内职务"
        return no(reason, cause="post", remedy="，不能办理超龄离团；职务确已不再担任的，请先终止职务。")
    return YES


# -- undo and re-entry ------------------------------------------------------------------------------


def undo_until(removal: Removal) -> datetime:
    """The moment from which a removal stands."""
    return removal.removed_at + timedelta(days=settings.REMOVAL_UNDO_DAYS)


def may_undo(scope: Scope, removal: Removal, *, now: datetime, near: bool | None = None) -> Verdict:
    """Whoever decided it, or the branch's direct superior, within the time; only the person's last removal.

    `near` says that the scope speaks for the superior, where that was asked for many at once.
    """
    return first_no(
        _still_open(removal, now=now),
        _decided(scope, removal, decides(scope, removal.branch) if near is None else near),
        not_oneself(removal.account_id, scope.account_id),
    )


def _decided(scope: Scope, removal: Removal, near: bool) -> Verdict:
    mine = scope.account_id is not None and scope.account_id == removal.removed_by
    if near or (mine and scope.covers(removal.branch)):
        return YES
    reason = "移除由批准的人或团支部的直接上级撤销"
    return no(reason, cause="not_superior", remedy="，请与他们联系。")


def _still_open(removal: Removal, *, now: datetime) -> Verdict:
    if removal.undone_at is not None:
        return no("这次移除已经撤销", cause="undone", remedy="，不用再次撤销。")
    if now >= undo_until(removal):
        reason = f"移除已超过{settings.REMOVAL_UNDO_DAYS}天"
        return no(reason, cause="late", remedy="，不能撤销；确需恢复的，请重新录入。")
    if removal.branch.deleted_at is not None:
        reason = f"原团支部“{removal.branch.short_name}”已删除"
        return no(reason, cause="gone", remedy="，请先恢复该组织，或把此人录入其他团支部。")
    return YES


def decides(scope: Scope, branch: Organization) -> bool:
    """Whether the scope speaks for the branch's direct superior; a topmost branch has none but itself."""
    if branch.parent is None:
        return scope.is_own(branch)
    return acts_for(scope, branch.parent)


def may_reenter(scope: Scope, branch: Organization, last: Removal | None) -> Verdict:
    """After 开除团籍 or 去世 only the direct superior of the branch; the refusal does not say which it was."""
    if last is None or last.undone_at is not None or last.reason not in ENDS_EVERYTHING:
        return YES
    if decides(scope, branch):
        return YES
    above = f"“{branch.parent.full_name}”" if branch.parent else "上级组织"
    reason = "此人的团籍曾按规定终止，只能由团支部的直接上级录入"
    return no(reason, cause="reenter", remedy=f"，请联系{above}的管理员核实后录入。")


# -- 28 years ---------------------------------------------------------------------------------------


def born_by(day: date, years: int = LEAVING_AGE) -> date:
    """The last day of birth with which somebody is so many years old on a day; born on a leap day, on 1 March of
    a common year."""
    year = day.year - years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def months_on(day: date, months: int = NEAR_MONTHS) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
