"""Who keeps a special store, and who may bring somebody back from it (§6.2)."""

from __future__ import annotations

from orgs.enums import Category, Level, PetitionKind
from orgs.models import Organization, Petition
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from ..models import Stored


def keeps(organization: Organization) -> bool:
    """A province keeps a store; where there is none, the topmost organisation, as `sides.province_of` says."""
    leads = organization.category == Category.LEADING_BODY
    return organization.parent_id is None or (leads and organization.level == Level.PROVINCE)


def may_look(scope: Scope) -> Verdict:
    """The administrators of exactly the province, whoever may be above it (decision 0087)."""
    if scope.root is not None and keeps(scope.root):
        return YES
    return no("省级专库由省级团组织的管理员查看", cause="not_province", remedy="。")


def may_return(scope: Scope, stored: Stored) -> Verdict:
    """The province, for somebody who is still there, and asks once at a time."""
    if scope.root is None or scope.root.pk != stored.province_id:
        return no("由保管专库的省级团组织办理转回", cause="not_province", remedy="。")
    if stored.returned_at is not None:
        return no("此人已经转回", cause="returned", remedy="，不用再办理。")
    if pending(stored) is not None:
        return no("转回正等团支部同意", cause="pending", remedy="，可以在申请中撤回。")
    return YES


def may_take(branch: Organization) -> Verdict:
    """Only a living 团支部 takes somebody back."""
    if branch.deleted_at is not None:
        return no(f"“{branch.full_name}”已不存在", cause="gone", remedy="，请重新选择。")
    if branch.category != Category.BRANCH:
        reason = f"“{branch.short_name}”是{branch.get_category_display()}"
        return no(reason, cause="category", remedy="，请选择一个团支部。")
    return YES


def may_ask(scope: Scope, stored: Stored, branch: Organization) -> Verdict:
    """Both together."""
    return first_no(may_return(scope, stored), may_take(branch))


def pending(stored: Stored) -> Petition | None:
    """The request that waits for a branch."""
    found = Petition.objects.pending().filter(kind=PetitionKind.HOMECOMING, account=stored.account_id)
    return found.select_related("organization").first()
