"""What a deletion, a merger or its undoing will do to whom, in numbers, for the confirm pages (§2)."""

from __future__ import annotations

from django.conf import settings

from members.clearing import SETTLED
from members.models import ImportBatch, Member
from orgs.enums import Category
from orgs.models import Organization, Petition
from transfers import ending
from zhtj.desk import reopening
from zhtj.desk.models import Closing


def member_count(organization: Organization) -> int:
    """How many 团籍 lie directly in a branch."""
    return Member.objects.filter(branch=organization).count()


def members_below(organization: Organization) -> int:
    """How many lie at or below an organisation."""
    return Member.objects.filter(branch_path__startswith=organization.path).count()


def of_closing(organization: Organization) -> list[str]:
    """One line for each fact that is there."""
    lines = []
    if count := member_count(organization):
        superior = organization.parent.full_name
        has = Organization.objects.living().filter(
            parent=organization.parent, category=Category.PENDING_BRANCH
        )
        made = "" if has.exists() else "（现在建立）"
        lines.append(f"{count} 名团员转入“{superior}”下的待接转团支部{made}，等待转接")
    return [*lines, *_endings(organization, seats="失去管理权限，账号保留"), _deadline()]


def of_merger(source: Organization, target: Organization) -> list[str]:
    """What moves into the target, and what ends with the source."""
    lines = [
        f"{member_count(source)} 名团员转入“{target.full_name}”，合并后共 {_together(source, target)} 名"
    ]
    if posts := source.posts.filter(ended_at=None).count():
        lines.append(f"{posts} 个团内职务带到合并后的团支部；在两边都有职务的人保留原在那里的一个")
    lines += _endings(source, posts=False)
    return [*lines, f"“{source.full_name}”不再使用，历史保留", _deadline()]


def of_undoing(closing: Closing, people: reopening.Return) -> list[str]:
    """What comes back."""
    organization = closing.organization
    lines = [f"“{organization.full_name}”恢复使用"]
    if people.back:
        lines.append(f"{len(people.back)} 名团员回到这个团支部")
    if people.away:
        lines.append(f"{len(people.away)} 名团员此后已经转走或正在办理转接，留在现在的团支部")
    if posts := len(closing.kept["posts"]):
        lines.append(f"{posts} 个团内职务恢复，已经转走的人除外")
    if seats := len(closing.kept["seats"]):
        lines.append(f"{seats} 名管理员恢复管理权限，已经转走的人除外")
    return [*lines, "作废的注册码、退回的申请和转接、放弃的导入不恢复"]


def _together(source: Organization, target: Organization) -> int:
    return member_count(source) + member_count(target)


def _endings(organization: Organization, *, seats: str = "", posts: bool = True) -> list[str]:
    """What ends with an organisation."""
    counts = [
        (organization.seats.count() if seats else 0, f"名管理员{seats}"),
        (organization.posts.filter(ended_at=None).count() if posts else 0, "个团内职务终止"),
        (
            organization.registration_codes.filter(used_at=None, voided_at=None).count(),
            "个未使用的注册码作废",
        ),
        (_petitions(organization), "个正在办理的申请退回"),
        (ending.concerning(organization).count(), "个正在办理的组织关系转接退回"),
        (
            ImportBatch.objects.filter(organization=organization).exclude(state__in=SETTLED).count(),
            "个未完成的导入放弃",
        ),
    ]
    return [f"{count} {what}" for count, what in counts if count]


def _petitions(organization: Organization) -> int:
    pending = Petition.objects.pending()
    return (
        pending.filter(organization=organization) | pending.filter(turn_organization=organization)
    ).count()


def _deadline() -> str:
    return f"{settings.CLOSING_UNDO_DAYS} 天内、名称没有被占用时，可以在“已删除的组织”中撤销"
