"""Who may ask for a 组织迁移, and where an organisation can go (§2 Relocation)."""

from __future__ import annotations

from zhtj.lib.verdict import YES, Verdict, first_no, no

from . import renaming, rules, tree
from .enums import Category, Level
from .models import Organization
from .scope import Scope

GONE = no("目标组织已不存在", cause="gone", remedy="，请重新选择迁往的上级组织。")


def may_ask(scope: Scope, organization: Organization) -> Verdict:
    """The own administrators, for an organisation that can move at all; without one whoever acts for it (§4)."""
    movable = can_move(organization)
    if not movable or rules.acts_for(scope, organization):
        return movable
    reason = "组织迁移由要迁移的组织自己申请"
    return no(reason, cause="not_own", remedy=f"，请联系“{organization.full_name}”的管理员。")


def can_move(organization: Organization) -> Verdict:
    """Only below province level; a 待接转团支部 stays below its superior."""
    if organization.deleted_at is not None:
        return GONE
    if organization.parent is None:
        return no("最上级组织不能迁移", cause="topmost", remedy="。")
    if organization.category == Category.PENDING_BRANCH:
        return no("待接转团支部由系统维护", cause="pending", remedy="，不能迁移。")
    if organization.is_leading_body and (organization.level or 0) <= Level.PROVINCE:
        return no("省级以上的组织不能迁移", cause="province", remedy="。")
    return YES


def may_go(organization: Organization, parent: Organization) -> Verdict:
    """Whether it can stand below `parent`: within one province, by the table of §2, under free names."""
    return first_no(can_move(organization), may_stand(organization, parent)) and names_fit(
        organization, parent
    )


def may_stand(organization: Organization, parent: Organization) -> Verdict:
    """Everything but the names."""
    if parent.deleted_at is not None:
        return GONE
    if parent.pk == organization.parent_id:
        reason = f"“{organization.short_name}”已经在“{parent.full_name}”之下"
        return no(reason, cause="same", remedy="，请选择另一个上级组织。")
    if parent.path.startswith(organization.path):
        return no("组织不能迁到自己或自己的下级之下", cause="own_subtree", remedy="，请选择另一个上级组织。")
    if province_of(organization) != province_of(parent):
        return no(
            "只能在同一个省级组织之内迁移", cause="other_province", remedy="，请选择同一省内的上级组织。"
        )
    category = organization.category
    as_founded = Category.BRANCH if category == Category.GRADUATE_BRANCH else category
    return rules.may_contain(parent, as_founded, organization.level)


def names_fit(organization: Organization, parent: Organization) -> Verdict:
    """Whether every new 全称 has room and is free; a refusal names the other organisation."""
    names = tree.moved(organization, parent)
    sibling = rules.name_free(parent, organization.short_name, names.full_name, but=organization.pk)
    other = names.other() if sibling else None
    return first_no(renaming.room(names), sibling, rules.full_name_taken(other) if other else YES)


def province_of(organization: Organization) -> int | None:
    """The id of the province-level leading body it is or lies below, or None outside every province."""
    line = [*tree.ancestors(organization), organization]
    return next((each.pk for each in line if each.is_leading_body and each.level == Level.PROVINCE), None)
