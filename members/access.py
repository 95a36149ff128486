"""Who may see, enter, edit, unmask and reset whom (§3, §8): one rule for the button and the verb."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import Account
from orgs.enums import Category
from orgs.models import Organization, Post, Seat
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no

from . import routing
from .models import Member

LIVING_POSTS = Prefetch(
    "posts",
    Post.objects.filter(ended_at=None).select_related("organization__parent", "seat").order_by("pk"),
    to_attr="living_posts",
)


def may_see(scope: Scope, member: Member) -> Verdict:
    """Members of the scope's own subtree (§8)."""
    if scope.covers(member.branch):
        return YES
    return no("这位团员不在您的管理范围内", cause="out_of_scope", remedy="。")


def may_reveal(scope: Scope, member: Member) -> Verdict:
    """Whoever may see a member may unmask the numbers; it is logged and the member sees it (§8)."""
    return may_see(scope, member)


def may_enter(scope: Scope, branch: Organization) -> Verdict:
    """One by one: the branch itself and its direct superior; nobody fills a 待接转团支部 (§2, §8)."""
    if not branch.is_branch:
        return no("团员只能添加到团支部", cause="no_branch", remedy="，请选择一个团支部。")
    if branch.category == Category.PENDING_BRANCH:
        return no("待接转团支部由系统管理，不能添加团员", cause="pending", remedy="，请选择其他团支部。")
    if _decides(scope, branch):
        return YES
    return no("团员由所在团支部或其直接上级添加", cause="not_superior", remedy="。可以改用导入名单。")


def may_import(scope: Scope, branch: Organization) -> Verdict:
    """Where `may_enter` says yes, and a 团委, 团工委 or 团总支 into any branch below it (§8)."""
    below = scope.root is not None and scope.root.is_grassroots and scope.covers(branch)
    fillable = branch.is_branch and branch.category != Category.PENDING_BRANCH
    if below and fillable:
        return YES
    verdict = may_enter(scope, branch)
    if verdict.cause != "not_superior":
        return verdict
    reason = "名单由所在团支部、其直接上级或所属的团委导入"
    return no(reason, cause="not_superior", remedy="，请把名单交给其中一个组织的管理员导入。")


def may_edit(scope: Scope, member: Member) -> Verdict:
    """At once: the own branch's administrator and the direct superior's (§5 Editing); of oneself only at the top."""
    if member.account_id == scope.account_id and member.branch.parent_id is not None:
        remedy = "，请在个人中心的“我的资料”中申请。"
        return no("自己的资料由别的管理员同意后修改", cause="own", remedy=remedy)
    if _decides(scope, member.branch):
        return YES
    return no("团员信息由所在团支部或其直接上级修改", cause="not_superior", remedy="。")


def editable(scope: Scope, member: Member) -> bool:
    """`may_edit` as a row of a list knows it without a query: of the own branch and of direct ones."""
    near = scope.is_own(member.branch) or scope.is_direct_superior_of(member.branch)
    return near and member.account_id != scope.account_id


def may_correct(scope: Scope, account: Account) -> Verdict:
    """姓名 and 身份证号码: the direct superior only (§5), never oneself.

    A new ID number can bring a new initial password, so as with reset codes it must cover every seat of the person;
    where it does not, the lowest organisation above all of them corrects.
    """
    if account.pk == scope.account_id:
        return no("自己的姓名和身份证号码由上级更正", cause="own", remedy="，请在“我的资料”中申请。")
    corrector = corrector_of(account)
    if corrector is not None and acts_for(scope, corrector):
        return YES
    name = f"“{corrector.full_name}”" if corrector is not None else "上级组织"
    return no(f"姓名和身份证号码由{name}的管理员更正", cause="not_superior", remedy="，请与他们联系。")


def corrector_of(account: Account) -> Organization | None:
    """The direct superior of where the person belongs; the lowest one above all seats where it does not cover them;
    the next above where the person is its only administrator."""
    standing = standings([account])[0]
    if not standing.homes:
        return None
    superior = standing.homes[0].parent or standing.homes[0]
    path = common_path([superior, *standing.seats])
    found = superior
    if path != superior.path:
        found = Organization.objects.select_related("parent").filter(path=path).first()
    return routing.decider(account, found) if found else None


def home(account: Account) -> Organization | None:
    """Where the person belongs: the branch, else the organisation of the first post agreed to."""
    homes = standings([account])[0].homes
    return homes[0] if homes else None


def _decides(scope: Scope, branch: Organization) -> bool:
    """The branch's own administrator or its direct superior's, or whoever acts for a vacant one (§4)."""
    return acts_for(scope, branch) or (branch.parent is not None and acts_for(scope, branch.parent))


# -- reset codes ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Where a person belongs (branch and posts) and which organisations he or she administers."""

    account: Account
    homes: tuple[Organization, ...]
    seats: tuple[Organization, ...]

    @property
    def issuers(self) -> list[Organization]:
        """The own organisations and their direct superiors at or above every seat (§3), lowest last."""
        near = {each.pk: each for home in self.homes for each in (home, home.parent) if each is not None}
        return sorted(
            (each for each in near.values() if all(seat.path.startswith(each.path) for seat in self.seats)),
            key=lambda each: each.path.count("/"),
        )

    @property
    def issuer_paths(self) -> list[str]:
        """Paths of the issuers; the nearest organisation above all seats where no near one qualifies."""
        return [each.path for each in self.issuers] or [common_path(self.seats)]


def common_path(organizations: Iterable[Organization]) -> str:
    """The path of the lowest organisation at or above all of these; empty for none."""
    columns = zip(*(each.path.strip("/").split("/") for each in organizations), strict=False)
    shared = [column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns)]
    return f"/{'/'.join(shared)}/" if shared else ""


def standings(accounts: Iterable[Account]) -> list[Standing]:
    """Where these people belong, in their order; the same number of queries for any number of people."""
    people = list(accounts)
    prefetch_related_objects(people, "member__branch__parent", LIVING_POSTS)
    return [_standing(each) for each in people]


def _standing(account: Account) -> Standing:
    posts = account.living_posts  # type: ignore[attr-defined]
    branch = [account.member.branch] if hasattr(account, "member") else []
    seats = tuple(post.organization for post in posts if hasattr(post, "seat"))
    # A 书记 registered unasked belongs there only where he or she belongs nowhere else.
    agreed = [post.organization for post in posts if post.agreed]
    homes = [*branch, *agreed] or [post.organization for post in posts]
    return Standing(account, tuple(homes), seats)


def may_reset(scope: Scope, account: Account) -> Verdict:
    """Whether the scope may make a 重置密码验证码 for the person (§3, §8)."""
    return resettable(scope, [account])[account.pk]


def resettable(scope: Scope, accounts: Iterable[Account]) -> dict[int, Verdict]:
    """`may_reset` for a page of people at once, by account id; the queries do not grow with the people."""
    found = standings(accounts)
    ids = {
        int(part)
        for each in found
        for path in each.issuer_paths
        for part in path.strip("/").split("/")
        if part
    }
    seated = set(Seat.objects.filter(organization__in=ids).values_list("organization", flat=True))
    return {each.account.pk: _reset_verdict(scope, each, seated) for each in found}


def _reset_verdict(scope: Scope, standing: Standing, seated: Collection[int]) -> Verdict:
    account = standing.account
    if account.pk == scope.account_id:
        return no("自己的密码不用验证码重置", cause="self", remedy="，请在“修改密码”中更改。")
    if account.closed_at:
        return no(f"{account}的账号已停用", cause="closed", remedy="，重新录入后才能登录。")
    if any(_acts_for_path(scope, path, seated) for path in standing.issuer_paths):
        return YES
    return _who_may(standing)


def _acts_for_path(scope: Scope, path: str, seated: Collection[int]) -> bool:
    """The organisation of this path is the scope's own, or it and all between are without administrators (§4)."""
    if scope.root is None or not path.startswith(scope.root.path):
        return False
    between = path.removeprefix(scope.root.path).strip("/")
    return not any(int(part) in seated for part in between.split("/") if part)


def _who_may(standing: Standing) -> Verdict:
    """The refusal: it names the organisations that can issue where they are near, never those the reader cannot know."""
    if not standing.homes:
        return no(f"{standing.account}不属于任何团组织", cause="nowhere", remedy="，请先录入。")
    if not standing.issuers:
        reason = f"{standing.account}担任多个组织的管理员，验证码由同时管理这些组织的上级签发"
        return no(reason, cause="seats", remedy="。")
    names = "、".join(f"“{each.full_name}”" for each in reversed(standing.issuers))
    return no(f"验证码由{names}的管理员签发", cause="not_issuer", remedy="，请与他们联系。")
