"""Whether a case may begin, and whether an act may be done on it now, with the reason where not (§6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from members import placing_rules
from members.models import Hold, Member
from orgs.enums import GRASSROOTS, Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from . import sides
from .enums import Act, Landing, Reason, Role, State
from .models import Step, Transfer
from .table import Move, moves

# By which acts somebody has decided a side.
DECIDED = {
    Role.OUTGOING: ((Act.START, Role.OUTGOING), (Act.AGREE_OUT, Role.OUTGOING)),
    Role.INCOMING: ((Act.START, Role.INCOMING), (Act.AGREE_IN, Role.INCOMING)),
}
DECIDES_OUT, DECIDES_IN = (Act.AGREE_OUT, Act.RETURN), (Act.AGREE_IN, Act.ASSIGN, Act.RETURN)


def may_target(source: Organization, target: Organization) -> Verdict:
    """What can be chosen as target: a branch, or a 团委/团工委/团总支 that then assigns one (§6.3)."""
    if target.deleted_at is not None:
        return no(f"“{target.full_name}”已不存在", cause="gone", remedy="，请重新选择。")
    if target.category not in (Category.BRANCH, *GRASSROOTS):
        reason = f"{target.get_category_display()}不能作为转入组织"
        return no(reason, cause="category", remedy="，请选择团支部，或团委、团工委、团总支。")
    if target.pk == source.pk:
        return no("已经在这个团支部", cause="same", remedy="，不用转接。")
    if source.path.startswith(target.path):
        reason = f"“{target.short_name}”是现在团支部的上级"
        return no(reason, cause="above", remedy="，请直接选择要去的团支部。")
    return YES


def may_bring_in(organization: Organization) -> Verdict:
    """Whether people can be asked for on behalf of this organisation: it must be able to be a target (§6.3)."""
    if organization.category in (Category.BRANCH, *GRASSROOTS):
        return YES
    reason = f"{organization.get_category_display()}不直接转入团员"
    return no(reason, cause="category", remedy="，请由下级的团支部、团委、团工委或团总支办理转入。")


def may_move(member: Member, *, own: bool = False) -> Verdict:
    """Whether the person can leave the branch now: nothing pending, and a sole administrator hands over first (§6.5)."""
    verdict = not_held(member, own=own)
    if not verdict:
        return verdict
    verdict = placing_rules.may_leave(member.branch, {member.account_id})
    if verdict:
        return YES
    return no(verdict.reason, cause="last", remedy="，请先办理管理员变更，再转接。")


def not_held(member: Member, *, own: bool = False) -> Verdict:
    """Nothing else is under way for the person, who is not told the own name (§6.5)."""
    if not member.held:
        return YES
    reason = f"{'您' if own else member.account.name}正在办理{Hold(member.held).label}"
    return no(reason, cause="held", remedy="，请等它办结，或先撤回。")


def may_start(scope: Scope, transfer: Transfer) -> Verdict:
    """Whether this unsaved case may be begun by the scope as its starter says."""
    starter = sides.starter_of(scope, transfer)
    if starter is None or starter != transfer.starter:
        reason = "转接由本人、转出方或转入方发起"
        return no(reason, cause="not_side", remedy="；一方是团支部或其直接上级的管理员。")
    if not moves(transfer, Act.START, state=None):
        said = Landing(transfer.landing).label
        return no(f"转往{said}由转出方或本人发起", cause="table", remedy="。")
    if transfer.reason == Reason.PLACING and transfer.starter != "superior":
        superior = sides.common_direct_superior(transfer.source, transfer.target)
        if superior is None:
            return no("支部调整限于同一直接上级的团支部", cause="placing", remedy="，请选择其他原因。")
    return first_no(
        may_target(transfer.source, transfer.target)
        if transfer.landing in (Landing.BRANCH, Landing.BODY)
        else YES
    )


def allowed(
    scope: Scope, transfer: Transfer, act: Act, *, now: datetime | None = None
) -> tuple[Move | None, Verdict]:
    """The line of the table by which the scope may do this, or None with the reason."""
    now = now or timezone.now()
    lines = moves(transfer, act, state=State(transfer.state))
    if not lines:
        return None, _not_now(transfer, act)
    held = sides.roles(scope, transfer, now=now)
    line = next((each for each in lines if each.role in held), None)
    if line is None:
        return None, _not_you(scope, transfer, lines)
    verdict = first_no(_one_side_only(scope, transfer, line), _not_again(scope, transfer, line, now=now))
    return (line, YES) if verdict else (None, verdict)


def may(scope: Scope, transfer: Transfer, act: Act, *, now: datetime | None = None) -> Verdict:
    """`allowed` without the line, for buttons."""
    return allowed(scope, transfer, act, now=now)[1]


def _not_now(transfer: Transfer, act: Act) -> Verdict:
    if not transfer.is_open:
        return no(f"这个转接{transfer.get_state_display()}", cause="closed", remedy="，不再需要办理。")
    reason = f"这个转接现在是“{transfer.get_state_display()}”，不能{Act(act).label}"
    return no(reason, cause="state", remedy="，请刷新查看。")


def _not_you(scope: Scope, transfer: Transfer, lines: Collection[Move]) -> Verdict:
    if scope.account_id is not None and scope.account_id == transfer.account_id:
        return no("自己的转接由组织审批", cause="own", remedy="，您可以撤回或提醒。")
    roles = {line.role for line in lines}
    if Role.OUTGOING in roles and transfer.state == State.OUT:
        place = f"“{transfer.source.full_name}”或其直接上级"
    elif Role.INCOMING in roles and transfer.target is not None:
        place = f"“{transfer.target.full_name}”" + (
            "" if transfer.landing == Landing.STORE else "或其直接上级"
        )
    else:
        return no("这一步不由您办理", cause="not_yours", remedy="。")
    return no(f"这一步由{place}的管理员办理", cause="not_yours", remedy="。")


def _one_side_only(scope: Scope, transfer: Transfer, line: Move) -> Verdict:
    """Nobody decides both sides but the superior both have (§6.3)."""
    if line.act not in (Act.AGREE_OUT, Act.AGREE_IN, Act.ASSIGN, Act.RETURN) or line.role not in DECIDED:
        return YES
    other = Role.INCOMING if line.role == Role.OUTGOING else Role.OUTGOING
    decided = {
        (step.act, step.role)
        for step in Step.objects.filter(transfer=transfer, actor_id=scope.account_id)
        if scope.account_id is not None
    }
    if decided & set(DECIDED[other]):
        reason = f"您已经代表{other.label}办理过这个转接，一个人只办理一方"
        return no(reason, cause="one_side", remedy="，请由另一方的其他管理员办理。")
    return YES


def _not_again(scope: Scope, transfer: Transfer, line: Move, *, now: datetime) -> Verdict:
    """A reminder a day."""
    if line.act != Act.REMIND:
        return YES
    last = Step.objects.filter(transfer=transfer, act=Act.REMIND).order_by("-number").first()
    if last is not None and timezone.localdate(last.at) == timezone.localdate(now):
        return no("今天已经提醒过", cause="reminded", remedy="，请明天再提醒。")
    return YES
