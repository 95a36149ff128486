"""The topmost organisation and its first administrator, and the last resort when it has none (§4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import names, reset
from accounts.enums import SignInState
from accounts.models import Account
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from . import naming, seating, tree
from .enums import SECRETARY, TITLES, Category
from .models import Organization, Post
from .scope import Scope, of_command

DEPUTY = "副书记"


@dataclass(frozen=True, kw_only=True)
class Topmost:
    """What is needed to plant the topmost organisation."""

    short_name: str
    category: str
    level: int | None = None


@dataclass(frozen=True)
class Started:
    """The topmost organisation, its administrator, and the reset code (None: the account keeps its password)."""

    organization: Organization
    account: Account
    code: str | None
    again: bool = False  # everything stood already


def standing() -> Organization | None:
    """The topmost organisation of this installation, if there is one."""
    return Organization.objects.living().filter(parent=None).order_by("pk").first()


@transaction.atomic
def bootstrap(
    topmost: Topmost | None, *, name: str, number: str, now: datetime, title: str = SECRETARY
) -> Started:
    """Plant the topmost organisation unless it stands, and seat its first administrator. Raises Refused.

    `title` is the 团内职务 where the person has none there; `name` and `number` are normalised and have passed their rules. On a system with a topmost organisation that
    has an administrator nothing is done; the same administrator once more gets a new code while there is no
    password yet.
    """
    tree.rearranging("/")
    organization, actor = standing(), of_command("bootstrap")
    if organization is not None:
        may_start(organization, topmost).demand()
        if organization.seats.exists():
            return _again(organization, name, number, actor=actor, now=now)
    if organization is None:
        organization = _plant(topmost, actor=actor)
    account = _account(name, number)
    post = _post(account, organization, title, actor=actor)
    seating.take_seat(post, actor=actor)
    code = _way_in(account, actor=actor, now=now)
    record("orgs.bootstrapped", actor=actor, organization=organization, account=account)
    return Started(organization, account, code)


def may_start(organization: Organization, topmost: Topmost | None) -> Verdict:
    """There is one topmost organisation: another one than that which stands is refused."""
    if topmost is None or topmost.short_name == organization.short_name:
        return YES
    reason = f"系统中已有最上级组织“{organization.full_name}”，没有建立“{topmost.short_name}”"
    remedy = "。一个系统只有一个最上级组织，下级组织请由管理员在系统中创建。"
    return no(reason, cause="second_root", remedy=remedy)


def _again(organization: Organization, name: str, number: str, *, actor: Scope, now: datetime) -> Started:
    """The same command once more: nothing is made twice, and a code that was lost before its use is replaced."""
    account = Account.objects.with_number(number).filter(posts__seat__organization=organization).first()
    if account is None or not names.same(account.name, name):
        reason = f"系统中已有最上级组织“{organization.full_name}”，它有管理员"
        raise Refused(no(reason, cause="not_empty", remedy="，其余的人请由管理员在系统中办理。"))
    return Started(organization, account, _way_in(account, actor=actor, now=now), again=True)


def _way_in(account: Account, *, actor: Scope, now: datetime) -> str | None:
    """A reset code for whoever has no password of his or her own."""
    return None if account.sign_in_state == SignInState.SET else reset.issue(account, actor=actor, now=now)


def _plant(topmost: Topmost | None, *, actor: Scope) -> Organization:
    if topmost is None:
        raise Refused(no("系统中还没有组织", cause="empty", remedy="，请给出最上级组织的简称和类别。"))
    first_no(naming.name_problem(topmost.category, topmost.short_name)).demand()
    if topmost.level is not None and topmost.category != Category.LEADING_BODY:
        raise Refused(no("只有团的领导机关有层级", cause="level", remedy="，请去掉层级。"))
    if topmost.level is None and needs_level(topmost.category, topmost.short_name):
        raise Refused(no("没有给出领导机关的层级", cause="level", remedy="，请给出，例如 省级。"))
    seedling = tree.Seedling(topmost.category, topmost.short_name, topmost.level)
    organization = tree.plant(None, [seedling])[0]
    record("orgs.found", actor=actor, organization=organization, detail={"category": topmost.category})
    return organization


def needs_level(category: str, short_name: str) -> bool:
    """Only the level of 团中央 is known by its name."""
    return category == Category.LEADING_BODY and short_name != naming.CENTRE


def _account(name: str, number: str) -> Account:
    """The person's account, made without any password where there is none."""
    account = Account.objects.with_number(number).first()
    if account is None:
        account = Account.build(number=number, name=name, sign_in_state=SignInState.NONE)
        account.save(force_insert=True)
    elif not names.same(account.name, name):
        raise Refused(no("这个身份证号码已登记在另一个姓名下", cause="name", remedy="，请核对。"))
    return account


def _post(account: Account, organization: Organization, title: str, *, actor: Scope) -> Post:
    """The person's post there, else a new one; 副书记 where somebody else is 书记 already."""
    post = organization.posts.filter(account=account, ended_at=None).first()
    if post is not None:
        return post
    may_hold(organization.category, title).demand()
    if title == SECRETARY and organization.posts.filter(title=SECRETARY, ended_at=None).exists():
        title = DEPUTY
    return seating.give_post(account, organization, title, actor=actor)


def may_hold(category: str, title: str) -> Verdict:
    """职务 by category (§4)."""
    titles = TITLES[category]
    if title in titles:
        return YES
    return no(f"“{title}”不在可选范围：{'、'.join(titles)}", cause="title")
