"""邀请: finding a registered person by name and ID number, and offering a post (§4)."""

from __future__ import annotations

from datetime import datetime

from accounts import names
from accounts.limits import Limit
from accounts.models import Account
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib import crypto
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from . import petitions, post_rules
from .enums import PetitionKind
from .models import Organization, Petition, Seat
from .posts import Office
from .rules import acts_for
from .scope import Scope

MISSES = Limit("invite", 10, 15)  # names and numbers that met nobody, for one inviting person
UNKNOWN = no(
    "没有找到姓名和身份证号码都相符的账号",
    cause="unknown",
    remedy="。请对照身份证核对；确未注册的，请直接添加团干部。",
)


def may_invite(scope: Scope, organization: Organization) -> Verdict:
    """The organisation's administrator or, while it has none, the direct superior's; never into a branch (§4)."""
    if organization.is_branch:
        reason = f"{organization.get_category_display()}不能邀请已注册的人员"
        return no(reason, cause="branch", remedy="，请办理组织关系转接，再登记团内职务。")
    if acts_for(scope, organization):
        return YES
    return no("邀请由本组织的管理员办理", cause="not_own", remedy="；本组织没有管理员时，由其直接上级办理。")


def fits(organization: Organization, account: Account) -> Verdict:
    """Whether the person can be invited there."""
    if account.closed_at:
        return no(f"{account.name}的账号已停用", cause="closed", remedy="，重新录入后才能担任职务。")
    if organization.posts.filter(account=account, ended_at=None).exists():
        return post_rules.held_already(organization, account.name)
    return YES


def find(organization: Organization, *, name: str, number: str, actor: Scope, now: datetime) -> Account:
    """The account whose name and ID number both agree; the search is recorded. Raises Refused."""
    may_invite(actor, organization).demand()
    key = crypto.blind_index(str(actor.account_id), field="invite_search")
    if MISSES.charge(key, now=now):
        raise Refused(no("没有找到的次数过多", cause="waiting", remedy="，请 15 分钟后再试。"))
    account = Account.objects.with_number(number).first()
    if account is None or not names.same(account.name, name):
        record("orgs.invitee_sought", actor=actor, organization=organization, result=Result.FAILED)
        raise Refused(UNKNOWN)
    MISSES.refund(key, now=now)
    record("orgs.invitee_sought", actor=actor, organization=organization, account=account)
    return account


def invite(organization: Organization, account: Account, office: Office, *, actor: Scope) -> Petition:
    """Offer a post; from above, while there is no administrator, the seat comes with it. Raises Refused."""
    first_no(
        may_invite(actor, organization),
        fits(organization, account),
        post_rules.title_fits(organization, office.title),
        post_rules.secretary_free(organization, office.title),
    ).demand()
    payload = {
        "title": office.title,
        "since": office.since.isoformat() if office.since else None,
        "nature": office.nature,
        "in_party_committee": office.in_party_committee,
        "seat": brings_seat(organization),
    }
    return petitions.ask(PetitionKind.INVITATION, organization, payload=payload, account=account, actor=actor)


def brings_seat(organization: Organization) -> bool:
    """While nobody administers it, whoever accepts becomes administrator at once."""
    return not Seat.objects.filter(organization=organization).exists()
