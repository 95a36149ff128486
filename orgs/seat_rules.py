"""Who may change an organisation's administrators, and when a change fits (§4)."""

from __future__ import annotations

from accounts.models import Account
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .enums import SEATS, Category
from .models import Organization, Seat
from .rules import acts_for
from .scope import Scope


def may_change(scope: Scope, organization: Organization) -> Verdict:
    """Its own administrators, and the direct superior's; a 待接转团支部 has none (§2, §4)."""
    if organization.category == Category.PENDING_BRANCH:
        reason = "待接转团支部由上级组织的管理员管理"
        return no(reason, cause="pending", remedy="，不设管理员。")
    if scope.is_own(organization) or decides(scope, organization):
        return YES
    return no("管理员由本组织或其直接上级变更", cause="not_superior", remedy="，请与他们联系。")


def decides(scope: Scope, organization: Organization) -> bool:
    """Whether a change by this scope holds at once: the direct superior's, and the topmost organisation's own."""
    if organization.parent is None:
        return scope.is_own(organization)
    return acts_for(scope, organization.parent)


def fits(organization: Organization, leaver: Account | None, successor: Account | None) -> Verdict:
    """Whether the change still fits who sits and who holds a post; the seats are read now."""
    seats = seats_of(organization)
    if leaver is None and successor is None:
        return no("没有选择变更的内容", cause="empty", remedy="，请选择离任的管理员或新的管理员。")
    if leaver is not None and leaver.pk not in seats:
        reason = f"{leaver.name}已不是“{organization.short_name}”的管理员"
        return no(reason, cause="not_seated", remedy="，请返回查看现在的管理员。")
    if successor is None:
        return YES
    verdict = may_sit(organization, successor, seats)
    return first_no(verdict, has_room(organization, len(seats))) if leaver is None else verdict


def has_room(organization: Organization, seated: int) -> Verdict:
    """At most two (§1)."""
    if seated < len(SEATS):
        return YES
    reason = f"“{organization.short_name}”已有两名管理员"
    return no(reason, cause="full", remedy="，请选择由新的管理员接替其中一人。")


def may_sit(organization: Organization, person: Account, seats: dict[int, Seat] | None = None) -> Verdict:
    """Administrators are chosen among the organisation's cadres (§4)."""
    if person.pk in (seats_of(organization) if seats is None else seats):
        reason = f"{person.name}已是“{organization.short_name}”的管理员"
        return no(reason, cause="seated", remedy="，请选择其他人。")
    if person.closed_at:
        return no(f"{person.name}的账号已停用", cause="closed", remedy="，请选择其他人。")
    if not organization.posts.filter(account=person, ended_at=None).exists():
        reason = f"{person.name}不是“{organization.short_name}”的团干部"
        return no(reason, cause="no_post", remedy="，请先登记其团内职务。")
    return YES


def not_the_last(
    organization: Organization, leaver: Account, successor: Account | None, *, alone: bool = False
) -> Verdict:
    """The last administrator leaves only with a successor; except the branch's last member and in a 毕业生团支部."""
    if successor is not None or set(seats_of(organization)) != {leaver.pk}:
        return YES
    if alone or organization.category == Category.GRADUATE_BRANCH:
        return YES
    reason = f"{leaver.name}是“{organization.short_name}”唯一的管理员"
    remedy = "，请先选择接替的人，或由直接上级的管理员办理。"
    return no(reason, cause="last", remedy=remedy)


def may_carry_out(
    organization: Organization, leaver: Account | None, successor: Account | None, *, free: bool
) -> Verdict:
    """At the moment of the change; `free` where the superior decided it, or an exception was granted when asked."""
    verdict = fits(organization, leaver, successor)
    if free or leaver is None:
        return verdict
    return first_no(verdict, not_the_last(organization, leaver, successor))


def seats_of(organization: Organization) -> dict[int, Seat]:
    """The seats by account id, first seat first: one query."""
    seats = organization.seats.select_related("post__account", "organization").order_by("number")
    return {seat.post.account_id: seat for seat in seats}
