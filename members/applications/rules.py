"""Who may apply where, who decides, and what can still be done with an application (§3 Ways in, 2)."""

from __future__ import annotations

from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .. import access
from ..models import Application, ApplicationState, ReturnReason
from ..models.applications import OPEN

MOVED_ON = no("这份申请刚刚已被办理或撤回", cause="moved_on", remedy="，请刷新查看。")
GONE = no("这个团支部已撤销或合并", cause="gone", remedy="，请选择其他团支部重新申请。")
NEEDS_WORDS = (ReturnReason.FACTS, ReturnReason.OTHER)


def may_apply(branch: Organization) -> Verdict:
    """Into a 团支部 only; nobody fills a 待接转团支部 or joins those who are leaving (§2, §3)."""
    if branch.deleted_at is not None:
        return GONE
    if branch.category == Category.BRANCH:
        return YES
    reason = f"“{branch.full_name}”是{branch.get_category_display()}，不能在这里申请"
    return no(reason, cause="no_branch", remedy="，请选择您所在的团支部。")


def may_handle(scope: Scope, application: Application) -> Verdict:
    """The branch's administrator or its direct superior's, and who acts for them: they alone see what it says (§3)."""
    if access.may_enter(scope, application.branch):
        return YES
    return no("注册申请由所选团支部或其直接上级的管理员办理", cause="not_superior", remedy="。")


def may_decide(scope: Scope, application: Application) -> Verdict:
    """Whoever handles it, while it waits."""
    return first_no(may_handle(scope, application), still(application, ApplicationState.PENDING))


def may_withdraw(application: Application) -> Verdict:
    """The applicant, who has proved it with ID and 受理号, while it is open."""
    return still(application, *OPEN)


def may_resend(application: Application) -> Verdict:
    """The applicant, after it was returned, while the branch is there."""
    return first_no(still(application, ApplicationState.RETURNED), may_apply(application.branch))


def still(application: Application, *states: ApplicationState) -> Verdict:
    """Whether it is in one of these states."""
    if application.state in states:
        return YES
    reason = f"这份申请{application.get_state_display()}"
    return no(reason, cause="moved_on", remedy="，不再需要办理。")


def reason_given(reason: str, remark: str) -> Verdict:
    """退回 says why, and where the kind of reason says little, in words too."""
    if reason in NEEDS_WORDS and not remark:
        return no("这一项需要写明说明", cause="remark", remedy="，让申请人知道怎样更正。")
    return YES
