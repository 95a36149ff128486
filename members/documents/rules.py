"""What a paper, a certificate and a scan must be, and who may keep, gather and read them (§5 Documents)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from orgs.enums import Category
from orgs.models import Organization, Petition
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .. import access
from .. import rules as of_people
from ..models import Member, PaperKind, PaperState, Scan
from ..removal import rules as removals

COMMITTEES = (Category.COMMITTEE, Category.WORK_COMMITTEE)
NO_HOLDER = no("材料在的，需要写明存放在哪里", cause="holder", remedy="，请选择。")
OWN = no(
    "自己的档案由另一名管理员或直接上级登记",
    cause="own",
    remedy="，入团志愿书可以在个人中心的“我的团员档案”上传。",
)
THERE = (PaperState.PRESENT, PaperState.CERTIFIED)


@dataclass(frozen=True)
class Kept:
    """What is known of one paper; without a state nobody has looked."""

    state: str = ""
    holder: str = ""
    since: date | None = None
    received_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Certified:
    """What a certificate says."""

    joined: date
    place: str
    introducers: str
    issuer: str
    issued_on: date
    number: str = ""


def may_keep(scope: Scope, member: Member) -> Verdict:
    """Whoever may edit the member keeps the papers."""
    verdict = access.may_edit(scope, member)
    return verdict if verdict or scope.account_id != member.account_id else OWN


def may_keep_in(scope: Scope, branch: Organization) -> Verdict:
    """The same of a branch alone, for many people at once; oneself is asked besides."""
    if acts_for(scope, branch) or removals.decides(scope, branch):
        return YES
    return no("档案由所在团支部或其直接上级登记", cause="not_superior", remedy="，请与他们联系。")


def may_keep_oneself(scope: Scope, member: Member) -> bool:
    """Nobody marks the own papers, except at the top where nobody else could."""
    return member.account_id != scope.account_id or member.branch.parent_id is None


def paper(kept: Kept, *, certified: bool, today: date) -> Verdict:
    """A paper that is there lies somewhere; one that is certified has a certificate; no day is in the future."""
    if kept.state == PaperState.PRESENT and not kept.holder:
        return NO_HOLDER
    if kept.state == PaperState.CERTIFIED and not certified:
        return no("还没有登记入团证明", cause="certificate", remedy="，请先登记证明，再选“已出具证明”。")
    if any(day and day > today for day in (kept.since, kept.received_on)):
        return no("日期晚于今天", cause="future", remedy="，请更正。")
    return YES


def certificate(given: Certified, born: date, *, today: date) -> Verdict:
    """The joining rules hold for what is certified too; the number from 2016-01 (*setting*)."""
    return first_no(certified_joining(given, born, today=today), certified_on(given, today=today))


def certified_joining(given: Certified, born: date, *, today: date) -> Verdict:
    """When the person joined, and the number of that year."""
    return first_no(
        of_people.joining(born, given.joined, today=today),
        of_people.league_number(given.number, born, given.joined),
    )


def certified_on(given: Certified, *, today: date) -> Verdict:
    """A certificate is neither of the future nor older than what it certifies."""
    if given.issued_on > today:
        return no("出具日期晚于今天", cause="issued_future", remedy="，请更正。")
    if given.issued_on < given.joined:
        return no("出具日期早于入团时间", cause="issued_early", remedy="，请核对两个日期。")
    return YES


def is_lost(states: Mapping[str, str]) -> bool:
    """Whether the 团员证 alone is missing: then it goes on the college's list."""
    others = [kind for kind in PaperKind.values if kind != PaperKind.CARD]
    return states.get(PaperKind.CARD) == PaperState.MISSING and all(
        states.get(kind) in THERE for kind in others
    )


# -- reissuing --------------------------------------------------------------------------------------


def may_gather(scope: Scope) -> Verdict:
    """The university's 团委: the topmost below the leading body. A leading body reissues what has no 团委 above it."""
    root = scope.root
    if root is not None and root.is_leading_body:
        return YES
    topmost = root is not None and (root.parent is None or root.parent.is_leading_body)
    if topmost and root.category in COMMITTEES:
        return YES
    return no("补办名单由最上一级的团委汇总", cause="not_topmost", remedy="，本组织的名单会一并汇总。")


# -- scans ------------------------------------------------------------------------------------------


def may_upload(scope: Scope, member: Member) -> Verdict:
    """The person and whoever keeps the papers."""
    return YES if scope.account_id == member.account_id else may_keep(scope, member)


def approves(scope: Scope, member: Member) -> bool:
    """Whether an upload by this scope needs nobody's word: the direct superior's, never one's own."""
    return scope.account_id != member.account_id and removals.decides(scope, member.branch)


def may_read(scope: Scope, scan: Scan, branch: Organization | None, petition: Petition | None) -> Verdict:
    """The person, the branch and its direct superior, and whoever has to decide about it."""
    if scope.account_id == scan.account_id:
        return YES
    near = branch is not None and (acts_for(scope, branch) or removals.decides(scope, branch))
    turn = petition.turn_organization if petition else None
    if near or (turn is not None and acts_for(scope, turn)):
        return YES
    reason = "扫描件由本人、所在团支部和其直接上级查看"
    return no(reason, cause="not_near", remedy="。")


def may_delete(scope: Scope, member: Member) -> Verdict:
    """An approved scan is removed by the direct superior."""
    if approves(scope, member):
        return YES
    return no("已通过的扫描件由团支部的直接上级删除", cause="not_superior", remedy="，可以上传新的替换。")


def size_fits(size: int) -> Verdict:
    """At most 20 MB (*setting*)."""
    most = settings.SCAN_BYTES
    if not size:
        return no("文件是空的", cause="empty", remedy="，请重新选择。")
    if size > most:
        remedy = "，请降低扫描的分辨率后再上传。"
        return no(f"文件超过 {most // 2**20} MB", cause="large", remedy=remedy)
    return YES
