"""Who may create, edit and rename organisations, and what may stand below what (§2, §8)."""

from __future__ import annotations

from zhtj.lib.verdict import YES, Verdict, first_no, no

from . import naming
from .enums import BELOW, Category, Level
from .models import Organization, Seat
from .scope import Scope

NAME_ROOM = 500  # characters a 全称 may have


def acts_for(scope: Scope, organization: Organization) -> bool:
    """Whether the scope decides for the organisation: its own, or the nearest superior while it has nobody (§4)."""
    if scope.is_own(organization):
        return True
    if scope.root is None or not scope.covers(organization):
        return False
    ids = [*organization.ancestor_ids, organization.pk]
    between = ids[ids.index(scope.root.pk) + 1 :]
    return not Seat.objects.filter(organization__in=between).exists()


def categories_below(parent: Organization) -> tuple[Category, ...]:
    """The categories a person may create directly below `parent`; 待接转 is made by the system only (§2)."""
    allowed = tuple(Category(each) for each in BELOW[parent.category])
    if parent.is_leading_body and not levels_below(parent):
        return tuple(each for each in allowed if each != Category.LEADING_BODY)
    return allowed


def levels_below(parent: Organization) -> tuple[Level, ...]:
    """The levels a leading body directly below `parent` may have: any lower one (§2)."""
    if not parent.is_leading_body:
        return ()
    return tuple(level for level in Level if level > (parent.level or 0))


def may_contain(parent: Organization, category: str, level: int | None = None) -> Verdict:
    """The containment table of §2."""
    if category == Category.PENDING_BRANCH or category == Category.GRADUATE_BRANCH:
        return no(f"{Category(category).label}由系统建立", cause="system_only", remedy="，不能手工创建。")
    if parent.is_branch:
        return no(f"{parent.get_category_display()}没有下级组织", cause="branch", remedy="。")
    if category not in categories_below(parent):
        labels = "、".join(each.label for each in categories_below(parent))
        reason = f"{parent.get_category_display()}下不能有{Category(category).label}"
        return no(reason, cause="containment", remedy=f"，可以创建：{labels}。")
    if category == Category.LEADING_BODY and level is not None and level not in levels_below(parent):
        labels = "、".join(each.label for each in levels_below(parent))
        return no("下级领导机关的层级必须低于上级", cause="level", remedy=f"，可以选择：{labels}。")
    return YES


def may_found(
    scope: Scope, parent: Organization, category: str | None = None, level: int | None = None
) -> Verdict:
    """Only the direct superior creates, and only what the table of §2 allows."""
    if parent.is_branch:
        return no(f"{parent.get_category_display()}没有下级组织", cause="branch", remedy="。")
    if not acts_for(scope, parent):
        reason = "下级组织由其直接上级创建"
        return no(reason, cause="not_superior", remedy=f"，请联系“{parent.full_name}”的管理员。")
    return may_contain(parent, category, level) if category else YES


def may_edit(scope: Scope, organization: Organization) -> Verdict:
    """The direct superior at once; the topmost organisation itself; nobody touches a 待接转团支部 (§2)."""
    if organization.category == Category.PENDING_BRANCH:
        return no("待接转团支部由系统维护", cause="pending", remedy="，清空后可以删除。")
    if organization.parent is None:
        allowed = scope.is_own(organization)
    else:
        allowed = acts_for(scope, organization.parent)
    if allowed:
        return YES
    if organization.parent is None:
        return no("最上级组织的信息由本组织修改", cause="not_own", remedy="。")
    remedy = f"，请联系“{organization.parent.full_name}”的管理员。"
    return no("组织信息由直接上级修改", cause="not_superior", remedy=remedy)


def may_change_information(scope: Scope, organization: Organization) -> Verdict:
    """Whoever may edit at once, and the own administrators, whose changes the direct superior decides (§2)."""
    verdict = may_edit(scope, organization)
    own = scope.is_own(organization) and organization.category != Category.PENDING_BRANCH
    return YES if own else verdict


def completes_first(scope: Scope, organization: Organization) -> bool:
    """Whether the own administrators are still at the first completion, which is immediate (§2)."""
    return organization.completed_at is None and scope.is_own(organization)


def changes_at_once(scope: Scope, organization: Organization) -> bool:
    """Whether a change by this scope holds without anybody's word."""
    return bool(may_edit(scope, organization)) or completes_first(scope, organization)


def may_rename(scope: Scope, organization: Organization, short_name: str) -> Verdict:
    """Whether it may be edited here and the new 简称 suits its category."""
    return first_no(may_edit(scope, organization), naming.name_problem(organization.category, short_name))


def name_free(
    parent: Organization | None, short_name: str, full_name: str, *, but: int | None = None
) -> Verdict:
    """Whether 简称 among the siblings and 全称 among all living are free; a refusal names the other one (§2)."""
    living = Organization.objects.living().exclude(pk=but).select_related("parent")
    other = living.filter(parent=parent, short_name=short_name).first()
    if other:
        return sibling_taken(parent, short_name)
    other = living.filter(full_name=full_name).first()
    return full_name_taken(other) if other else YES


def sibling_taken(parent: Organization | None, short_name: str) -> Verdict:
    """The refusal of a 简称 that a sibling has."""
    above = f"“{parent.full_name}”" if parent else "最上级"
    reason = f"{above}下已有“{short_name}”"
    return no(reason, cause="sibling_name", remedy="，同一上级下的组织简称不能相同，请换一个。")


def full_name_taken(other: Organization) -> Verdict:
    """The refusal of a 全称 that `other` has."""
    above = f"，上级是“{other.parent.full_name}”" if other.parent else ""
    reason = f"组织全称会与已有的“{other.full_name}”（{other.get_category_display()}{above}）相同"
    return no(reason, cause="full_name", remedy="，请换一个简称。")


def length_problem(full_name: str) -> Verdict:
    """Whether the 全称 has room."""
    if len(full_name) <= NAME_ROOM:
        return YES
    return no(f"组织全称超过{NAME_ROOM}个字", cause="too_long", remedy="，请缩短简称。")
