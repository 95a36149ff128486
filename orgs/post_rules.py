"""Who may give, change and end posts, and which post fits where (§4, §8)."""

from __future__ import annotations

from collections.abc import Iterable

from zhtj.lib.verdict import YES, Verdict, first_no, no

from .enums import SECRETARY, TITLES, Category
from .models import Organization, Post, Seat
from .scope import Scope

GONE = no("这个组织已不存在", cause="gone", remedy="，请返回列表刷新。")
ENDED = no("这个职务刚刚已变更或终止", cause="ended", remedy="，请返回列表刷新。")


def may_manage(scope: Scope, organization: Organization) -> Verdict:
    """Cadres of an organisation: its own administrators and its direct superior's, or who acts for them (§8)."""
    return manageable(scope, [organization])[organization.pk]


def manageable(scope: Scope, organizations: Iterable[Organization]) -> dict[int, Verdict]:
    """`may_manage` for many at once, by id: one query."""
    wanted = {each.pk: each for each in organizations}
    ids = {pk for each in wanted.values() for pk in _between(scope, each)}
    seated = set(Seat.objects.filter(organization__in=ids).values_list("organization", flat=True))
    return {pk: _manage_verdict(scope, each, seated) for pk, each in wanted.items()}


def _between(scope: Scope, organization: Organization) -> list[int]:
    """Ids from below the scope's root down to the direct superior: who among them decides nearer than the scope."""
    if scope.root is None or not scope.covers(organization):
        return []
    above = organization.ancestor_ids
    return above[above.index(scope.root.pk) + 1 :] if scope.root.pk in above else []


def _manage_verdict(scope: Scope, organization: Organization, seated: set[int]) -> Verdict:
    if organization.category == Category.PENDING_BRANCH:
        return no("待接转团支部没有团干部", cause="pending", remedy="，由上级组织的管理员管理。")
    if scope.covers(organization) and not seated.intersection(_between(scope, organization)):
        return YES
    return no("团干部由所在组织或其直接上级管理", cause="not_superior", remedy="，请与他们联系。")


def title_fits(organization: Organization, title: str) -> Verdict:
    """Whether organisations of this category have such a post (§4)."""
    titles = TITLES[organization.category]
    if title in titles:
        return YES
    reason = f"{organization.get_category_display()}没有“{title}”这个团内职务"
    return no(reason, cause="title", remedy=f"，可以选择：{'、'.join(titles)}。")


def secretary_free(organization: Organization, title: str, *, but: int | None = None) -> Verdict:
    """One 书记 per organisation; `but` is the account that may be it already."""
    if title != SECRETARY:
        return YES
    holders = organization.posts.filter(title=SECRETARY, ended_at=None).exclude(account=but)
    holder = holders.select_related("account").first()
    return secretary_taken(organization, holder.account.name) if holder else YES


def secretary_taken(organization: Organization, name: str = "") -> Verdict:
    """The refusal of a second 书记."""
    reason = f"“{organization.short_name}”已有书记{name}，每个组织只有一名书记"
    return no(reason, cause="secretary", remedy="，请先变更或终止其职务，或选择其他团内职务。")


def held_already(organization: Organization, name: str) -> Verdict:
    """The refusal of a second post of one person in one organisation."""
    reason = f"{name}已是“{organization.short_name}”的团干部"
    return no(reason, cause="cadre", remedy="，请变更现有职务；需要担任管理员的，请办理管理员变更。")


def may_change(scope: Scope, post: Post) -> Verdict:
    """Whether the scope may change what is written about a post."""
    return ENDED if post.ended_at else may_manage(scope, post.organization)


def may_end(scope: Scope, post: Post) -> Verdict:
    """A post that carries a seat ends only after a 管理员变更 (§4)."""
    return first_no(may_change(scope, post), seatless(post))


def seatless(post: Post) -> Verdict:
    """Whether the post carries no administrator's seat."""
    if not hasattr(post, "seat"):
        return YES
    reason = f"{post.account.name}是“{post.organization.short_name}”的管理员"
    return no(reason, cause="seat", remedy="，请先办理管理员变更，再终止职务。")
