"""Plants the demo country: organisations, people, posts and seats in bulk, one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.enums import SignInState
from accounts.models import Account
from members.models import Act, Member, Membership
from orgs import tree
from orgs.facts import STAFF
from orgs.models import Organization, Post, Seat
from orgs.scope import of_command
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Verdict, no

from .country import COUNTRY, MEDICINE, Site
from .people import Maker, Person

VERB = "demo.planted"
PASSWORD = "Qingnian-2026"  # of every demo account that has one of its own
OFFICERS = ("书记", "副书记", "委员")
BRANCH_OFFICERS = ("书记", "组织委员", "宣传委员")
ROLES = {
    "团中央": "团中央管理员",
    "新疆生产建设兵团团委": "省级管理员",
    "石河子大学团委": "大学管理员",
    MEDICINE.short_name: "学院管理员",
    "团邹平县委": "县级管理员",
}
ROLE_ORDER = ("团中央管理员", "省级管理员", "县级管理员", "大学管理员", "学院管理员", "支部管理员", "团员")
FIXED_NAMES = {"2023级1班团支部": {1: "古丽努尔·买买提江"}}  # by place in the branch
BATCH = 1000
COMPLETED = ("email", *STAFF, "completed_at")


@dataclass
class Ground:
    """What is gathered before it is written, and the cast for `--show` as (role, account)."""

    maker: Maker
    password: str
    now: datetime
    accounts: list[Account] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    roles: list[tuple[str, Account]] = field(default_factory=list)


def may_plant() -> Verdict:
    """Only into an empty local installation."""
    if settings.PRODUCTION:
        return no("正式环境不能写入演示数据。", cause="production")
    if planted():
        return no("演示数据已经写入。", cause="planted", remedy="用 demo --show 查看演示账号。")
    if Organization.objects.exists() or Account.objects.exists():
        return no(
            "数据库里已有团组织或账号，不写入演示数据。",
            cause="not_empty",
            remedy="要演示，请换一个空的数据文件夹（ZHTJ_DATA）。",
        )
    return YES


def planted() -> AuditEntry | None:
    """The audit row of the planting, if there was one."""
    return AuditEntry.objects.filter(verb=VERB).order_by("pk").first()


@transaction.atomic
def plant(*, today: date) -> None:
    """Write the whole demo country; raises Refused where `may_plant` says no."""
    tree.rearranging("/")
    may_plant().demand()
    ground = Ground(Maker(today), make_password(PASSWORD), timezone.now())
    top = _plant_site(COUNTRY, None, "", ground)
    _write(ground)
    detail = {
        "organizations": Organization.objects.count(),
        "members": len(ground.members),
        "roles": [
            [role, account.pk]
            for role, account in sorted(ground.roles, key=lambda each: ROLE_ORDER.index(each[0]))
        ],
    }
    record(VERB, actor=of_command("demo", top), organization=top, detail=detail)


def _plant_site(site: Site, parent: Organization | None, region: str, ground: Ground) -> Organization:
    """One top organisation with everything below it."""
    organization = tree.plant(parent, [tree.Seedling(site.category, site.short_name, site.level)])[0]
    _settle(site, organization, region or site.region, ground)
    return organization


def _settle(site: Site, organization: Organization, region: str, ground: Ground) -> None:
    """People for a planted organisation, and what lies below it."""
    region = site.region or region
    if site.members:
        _fill_branch(site, organization, region, ground)
    elif not site.vacant:
        _fill_committee(site, organization, region, ground)
    seedlings = [tree.Seedling(each.category, each.short_name, each.level) for each in site.below]
    for each, planted_below in zip(site.below, tree.plant(organization, seedlings), strict=True):
        _settle(each, planted_below, region, ground)


def _fill_branch(site: Site, branch: Organization, region: str, ground: Ground) -> None:
    names = FIXED_NAMES.get(site.short_name, {})
    if branch.parent and branch.parent.industry:
        branch.industry, branch.completed_at = branch.parent.industry, ground.now
        branch.save(update_fields=["industry", "completed_at"])
    for place in range(site.members):
        person = ground.maker.person(site.crowd, region, name=names.get(place, ""))
        account = _account(person, ground, own_password=place == 0 or place % 3 == 2)
        ground.members.append(
            Member(
                account=account,
                branch=branch,
                branch_path=branch.path,
                joined=person.joined,
                number=person.league_number,
            )
        )
        if place < len(BRANCH_OFFICERS):
            _seat_officer(account, branch, place, BRANCH_OFFICERS, ground, seats=1)
    _cast_branch(branch, ground.accounts[-site.members :], ground)


def _cast_branch(branch: Organization, people: list[Account], ground: Ground) -> None:
    """Remember the first class of students for `--show`."""
    if branch.short_name == "2023级1班团支部" and not any(role == "支部管理员" for role, _ in ground.roles):
        ground.roles += [("支部管理员", people[0]), ("团员", people[5]), ("团员", people[1])]


def _fill_committee(site: Site, organization: Organization, region: str, ground: Ground) -> None:
    organization.industry = site.industry
    organization.address = site.address
    organization.contact_phone = f"0{len(ground.accounts) % 900 + 100}-{6000000 + organization.pk * 37}"
    if site is not MEDICINE:  # its information waits to be completed
        _complete(organization, ground)
    organization.save(update_fields=["industry", "address", "contact_phone", *COMPLETED])
    for place in range(len(OFFICERS)):
        account = _account(ground.maker.person("official", region), ground, own_password=place < 2)
        _seat_officer(account, organization, place, OFFICERS, ground, seats=2)
        if place == 0 and site.short_name in ROLES:
            ground.roles.append((ROLES[site.short_name], account))


def _complete(organization: Organization, ground: Ground) -> None:
    """What its category requires besides the 书记."""
    organization.industry = organization.industry or "公共管理、社会保障和社会组织"
    organization.admin_quota = organization.admin_staff = 0
    organization.career_quota, organization.career_staff = 3, 2
    organization.completed_at = ground.now
    if organization.is_leading_body:
        organization.industry = ""
        organization.email = f"tw{organization.pk}@example.org.cn"
        organization.admin_quota, organization.admin_staff = 12, 11


def _account(person: Person, ground: Ground, *, own_password: bool) -> Account:
    account = Account.build(
        number=person.number,
        name=person.name,
        phone=person.phone,
        ethnicity=person.ethnicity,
        political_status=person.political_status,
        education=person.education,
        occupation=person.occupation,
        party_joined=person.party_joined,
    )
    if own_password:
        account.password, account.sign_in_state = ground.password, SignInState.SET
        account.password_set_at = ground.now
    else:
        account.initial_since = ground.now
    ground.accounts.append(account)
    return account


def _seat_officer(
    account: Account,
    organization: Organization,
    place: int,
    titles: tuple[str, ...],
    ground: Ground,
    *,
    seats: int,
) -> None:
    """Give the post of this place; the first `seats` places are administrators."""
    since = min(date(ground.now.year - 1, 9, 1), ground.maker.today)
    post = Post(
        account=account,
        organization=organization,
        title=titles[place],
        since=since,
        nature="兼职",
        in_party_committee=False,
    )
    ground.posts.append(post)
    if place < seats:
        ground.seats.append(Seat(organization=organization, number=place + 1, post=post))


def _write(ground: Ground) -> None:
    """Insert what was gathered; the ledger says by which act and since when."""
    began = ground.now - timedelta(days=200)
    Account.objects.bulk_create(ground.accounts, batch_size=BATCH)
    Member.objects.bulk_create(ground.members, batch_size=BATCH)
    Membership.objects.bulk_create(
        [
            Membership(account=each.account, branch=each.branch, started_at=began, begun_by=Act.DEMO)
            for each in ground.members
        ],
        batch_size=BATCH,
    )
    Post.objects.bulk_create(ground.posts, batch_size=BATCH)
    Seat.objects.bulk_create(ground.seats, batch_size=BATCH)
