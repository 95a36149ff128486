"""Who may place the people of one 团支部 into another below the same superior, and who cannot leave yet (§2, §6)."""

from __future__ import annotations

from collections.abc import Collection

from orgs.enums import Category
from orgs.models import Organization
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .models import Member

NOBODY = no("没有选中任何人", cause="nobody", remedy="，请先在团员列表中勾选。")


def may_place_from(scope: Scope, source: Organization) -> Verdict:
    """The direct superior's administrators: both sides are theirs (§6.3). Draws the button 分配到团支部."""
    if not source.is_branch:
        return no(f"“{source.short_name}”不是团支部", cause="no_branch", remedy="，团员只在团支部里。")
    if source.parent is None or not acts_for(scope, source.parent):
        reason = "团员由团支部的直接上级分配到其他团支部"
        return no(reason, cause="not_superior", remedy="，请联系上级组织的管理员。")
    return YES


def may_place(scope: Scope, source: Organization, target: Organization) -> Verdict:
    """Whether people of `source` may go into `target` by this scope's word alone."""
    return first_no(may_place_from(scope, source), _suits(source, target))


def _suits(source: Organization, target: Organization) -> Verdict:
    for each in (source, target):
        if each.deleted_at is not None:
            return no(f"“{each.full_name}”已不存在", cause="gone", remedy="，请返回列表刷新。")
    if target.category != Category.BRANCH:
        reason = f"“{target.short_name}”是{target.get_category_display()}"
        return no(reason, cause="category", remedy="，只能分配到团支部。")
    if target.pk == source.pk:
        return no("他们已经在这个团支部", cause="same", remedy="，请选择另一个团支部。")
    if target.parent_id != source.parent_id:
        reason = f"“{target.full_name}”的直接上级与“{source.short_name}”不同"
        return no(reason, cause="other_superior", remedy="，请改为办理组织关系转接。")
    return YES


def not_held(accounts: Collection[int]) -> Verdict:
    """Nobody of these waits for a transfer (§6.5)."""
    held = Member.objects.filter(account__in=accounts).exclude(held="").select_related("account")
    names = [each.account.name for each in held.order_by("pk")[:5]]
    if not names:
        return YES
    reason = f"{'、'.join(names)}正在办理组织关系转接"
    return no(reason, cause="held", remedy="，请等它办结，或先撤回。")


def may_leave(source: Organization, leaving: Collection[int]) -> Verdict:
    """Whether these accounts can go together: an administrator stays while anybody does (§4, §6.5)."""
    tied = tied_to(source, leaving)
    if not tied:
        return YES
    reason = f"{'、'.join(tied.values())}是“{source.short_name}”仅有的管理员"
    return no(reason, cause="last", remedy="，请先办理管理员变更，再分配到其他团支部。")


def tied_to(source: Organization, leaving: Collection[int]) -> dict[int, str]:
    """The administrators among `leaving` without whom the branch would have none, name by account id.

    Nobody is, where everybody leaves or the branch is a 毕业生团支部.
    """
    seats = source.seats.select_related("post__account").order_by("number")
    seated = {seat.post.account_id: seat.post.account.name for seat in seats}
    if not set(seated) <= set(leaving) or source.category == Category.GRADUATE_BRANCH:
        return {}
    stay = Member.objects.filter(branch=source).exclude(account__in=leaving).exists()
    return seated if stay else {}
