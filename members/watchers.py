"""谁能看到我: the organisations above a person, their administrators, what each sees and may do (§8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Account
from orgs.models import Organization, Seat

from . import access

OWN = "修改资料、办理您的申请、生成重置密码验证码"
SUPERIOR = "修改资料、更正姓名和身份证号码、办理您的申请、生成重置密码验证码"
GRASSROOTS = "把名单导入下面的团支部"
HIGHER = "不能修改您的资料"


@dataclass(frozen=True)
class Watcher:
    """One organisation: who administers it, how it stands to the person, and what it may do."""

    organization: Organization
    administrators: list[tuple[str, str]]  # name and post; none while a superior acts for it
    stands: str
    may: str


def watchers(account: Account) -> list[Watcher]:
    """Every organisation that sees the person, the nearest first; four queries for any number of them."""
    homes = _homes(account)
    superiors = {home.parent_id for home in homes} - {None}
    chain = _chain(homes)
    seated = _administrators(chain)
    own = {home.pk for home in homes}
    return [
        Watcher(each, seated.get(each.pk, []), *_standing(each, own, superiors))
        for each in sorted(chain, key=lambda each: each.path.count("/"), reverse=True)
    ]


def _homes(account: Account) -> list[Organization]:
    """Where the person belongs or holds a post."""
    standing = access.standings([account])[0]
    posts = [post.organization for post in account.living_posts]  # type: ignore[attr-defined]
    return list({each.pk: each for each in (*standing.homes, *posts)}.values())


def _chain(homes: Iterable[Organization]) -> list[Organization]:
    """These and all their superiors: one query."""
    ids = {pk for each in homes for pk in (*each.ancestor_ids, each.pk)}
    return list(Organization.objects.in_bulk(ids).values())


def _administrators(chain: Iterable[Organization]) -> dict[int, list[tuple[str, str]]]:
    seats = Seat.objects.filter(organization__in=chain).select_related("post__account").order_by("number")
    found: dict[int, list[tuple[str, str]]] = {}
    for seat in seats:
        found.setdefault(seat.organization_id, []).append((seat.post.account.name, seat.post.title))
    return found


def _standing(organization: Organization, own: set[int], superiors: set[int | None]) -> tuple[str, str]:
    if organization.pk in own:
        return ("所在团支部" if organization.is_branch else "所在组织"), OWN
    if organization.pk in superiors:
        return "直接上级", SUPERIOR
    return "上级", GRASSROOTS if organization.is_grassroots else HIGHER
