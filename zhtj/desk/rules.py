"""Who may delete, merge and bring back organisations, and when (§2, §8)."""

from __future__ import annotations

from datetime import datetime

from members.models import Member
from orgs import queries
from orgs import rules as org_rules
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .models import Closing

NAMED = 3


def may_close(scope: Scope, organization: Organization) -> Verdict:
    """The direct superior's administrators, once nothing living is below it; a 待接转团支部 when it is empty."""
    if organization.parent is None:
        return no("最上级组织不能删除", cause="topmost", remedy="。")
    if not org_rules.acts_for(scope, organization.parent):
        remedy = f"，请联系“{organization.parent.full_name}”的管理员。"
        return no("组织由其直接上级删除", cause="not_superior", remedy=remedy)
    return first_no(_childless(organization), _cleared(organization))


def _childless(organization: Organization) -> Verdict:
    below = queries.children(organization)
    count = below.count()
    if not count:
        return YES
    names = "、".join(f"“{each.short_name}”" for each in below[:NAMED])
    some = f"{names}等 {count} 个" if count > NAMED else f"{names}，共 {count} 个"
    reason = f"“{organization.short_name}”还有下级组织：{some}"
    return no(reason, cause="has_children", remedy="。请先删除或迁移它们。")


def _cleared(organization: Organization) -> Verdict:
    if organization.category != Category.PENDING_BRANCH:
        return YES
    count = Member.objects.filter(branch=organization).count()
    if not count:
        return YES
    return no(
        f"待接转团支部还有 {count} 名团员",
        cause="not_empty",
        remedy="，请先把他们转接到所在的团支部，清空后再删除。",
    )


def may_reopen(scope: Scope, closing: Closing, *, now: datetime) -> Verdict:
    """Who deletes may take it back within 30 days (*setting*), while nothing has taken the place."""
    organization = closing.organization
    if closing.undone_at is not None:
        return no("这次删除已经撤销", cause="undone", remedy="。")
    if not org_rules.acts_for(scope, organization.parent):
        remedy = f"，请联系“{organization.parent.full_name}”的管理员。"
        return no("只有直接上级可以撤销", cause="not_superior", remedy=remedy)
    if now >= closing.until:
        return no(
            f"撤销的期限已过（至 {closing.until:%Y-%m-%d}）", cause="too_late", remedy="，请重新创建组织。"
        )
    if organization.parent.deleted_at is not None:
        reason = f"直接上级“{organization.parent.full_name}”也已删除"
        return no(reason, cause="superior_gone", remedy="，请先撤销上级的删除。")
    if closing.into is not None and closing.kind == Closing.Kind.MERGED and closing.into.deleted_at:
        reason = f"合并后的“{closing.into.full_name}”已被删除"
        return no(reason, cause="into_gone", remedy="，请先撤销它的删除。")
    return org_rules.name_free(
        organization.parent, organization.short_name, organization.full_name, but=organization.pk
    )


def may_merge(scope: Scope, source: Organization, target: Organization) -> Verdict:
    """Two 团支部 whose direct superiors' administrators this scope is (§2 Relocation)."""
    for each in (source, target):
        if each.deleted_at is not None:
            return no(f"“{each.full_name}”已不存在", cause="gone", remedy="，请返回列表刷新。")
        if each.category != Category.BRANCH:
            reason = f"“{each.short_name}”是{each.get_category_display()}"
            return no(reason, cause="category", remedy="，只有团支部可以合并。")
    if source.pk == target.pk:
        return no("不能与自己合并", cause="same", remedy="，请选择另一个团支部。")
    if all(org_rules.acts_for(scope, each.parent) for each in (source, target)):
        return YES
    return no("团支部由共同的直接上级合并", cause="not_superior", remedy="，请联系上级组织的管理员。")


def may_merge_from(scope: Scope, source: Organization) -> Verdict:
    """Whether the button 合并到… is offered at all."""
    if source.category != Category.BRANCH or source.parent is None:
        return no("只有团支部可以合并", cause="category", remedy="。")
    if org_rules.acts_for(scope, source.parent):
        return YES
    return no(
        "团支部由直接上级合并", cause="not_superior", remedy=f"，请联系“{source.parent.full_name}”的管理员。"
    )
