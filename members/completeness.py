"""资料完整 of people and 录入完成 of organisations, said to the database and said of one (§5, §7).

`member_q`, `post_q` and `entered_q` are the conditions; `of_member` and `of_post` name what is missing, `Entry` says
how far one organisation is; a test ties each pair. A cadre's post counts where it is held: what is missing of it is
for that organisation to add.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Account
from orgs.enums import BRANCHES, GRASSROOTS, Category
from orgs.models import Organization, Post

from . import rules
from .models import Member

# Required of everybody and possibly empty; 姓名, 身份证号码 and, of members, 入团年月 cannot be.
PROFILE = (
    (rules.ETHNICITY, "ethnicity"),
    (rules.STATUS, "political_status"),
    (rules.EDUCATION, "education"),
    (rules.PHONE, "phone_cipher"),
)
POST = (
    (rules.TITLE, "title"),
    (rules.SINCE, "since"),
    (rules.NATURE, "nature"),
    (rules.IN_PARTY, "in_party_committee"),
)
EMPTY: tuple[Any, ...] = ("", None)
CADRES_OF_A_COMMITTEE = 2


def member_q() -> Q:
    """The condition that a Member's required fields are all given, those of a post in the own branch included."""
    held = Post.objects.filter(account=OuterRef("account"), organization=OuterRef("branch"), ended_at=None)
    return _profile_q() & _numbered_q("") & ~Exists(held.exclude(_post_q()))


def post_q() -> Q:
    """The condition that a Post's required fields and those of its person are all given."""
    numbered = Q(account__member=None) | _numbered_q("account__member__")
    return _profile_q() & numbered & _post_q()


def entered_q() -> Q:
    """The condition that an organisation's people are entered (§7).

    A leading body: all its cadres, one at least; 团委, 团工委, 团总支: two complete cadres; a branch: at least one
    member or cadre, all complete.
    """
    cadres = Post.objects.filter(organization=OuterRef("pk"), ended_at=None)
    members = Member.objects.filter(branch=OuterRef("pk"))
    staffed, sound = Exists(cadres), ~Exists(cadres.filter(~post_q()))
    leading = Q(category=Category.LEADING_BODY) & staffed & sound
    grassroots = Q(category__in=GRASSROOTS) & Q(
        _counted(cadres.filter(post_q()), "organization", at_least=CADRES_OF_A_COMMITTEE)
    )
    peopled = staffed | Q(Exists(members))
    branch = Q(category__in=BRANCHES) & peopled & sound & ~Exists(members.filter(~member_q()))
    return leading | grassroots | branch


def _counted(rows: QuerySet, by: str, *, at_least: int) -> Exists:
    """The condition that a correlated queryset has so many rows."""
    grouped = rows.order_by().values(by).annotate(total=Count("*"))
    return Exists(grouped.filter(total__gte=at_least))


def with_entry(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Annotated with what `Entry.of` reads: the organisation's own people, those below it left out."""
    cadres = Post.objects.filter(organization=OuterRef("pk"), ended_at=None)
    members = Member.objects.filter(branch=OuterRef("pk"))
    return organizations.annotate(
        own_cadres=_total(cadres, "organization"),
        own_cadres_lacking=_total(cadres.filter(~post_q()), "organization"),
        own_members=_total(members, "branch"),
        own_members_lacking=_total(members.filter(~member_q()), "branch"),
    )


def _total(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(total=Count("*")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class Entry:
    """How far the entry of one organisation's own people is; the twin of `entered_q`."""

    category: str
    cadres: int
    cadres_lacking: int
    members: int
    members_lacking: int

    @classmethod
    def of(cls, row: Any) -> Entry:
        """Of a row of `with_entry`."""
        return cls(
            row.category, row.own_cadres, row.own_cadres_lacking, row.own_members, row.own_members_lacking
        )

    @property
    def lacks(self) -> list[str]:
        """What is still to be done, in the user's words; empty when the entry is complete."""
        if self.category in GRASSROOTS:
            return self._of_committee()
        if self.category == Category.LEADING_BODY:
            return self._unfinished() if self.cadres else ["还没有团干部"]
        return self._unfinished() if self.members + self.cadres else ["还没有团员和团干部"]

    def _of_committee(self) -> list[str]:
        complete = self.cadres - self.cadres_lacking
        if complete >= CADRES_OF_A_COMMITTEE:
            return []
        need = f"资料完整的团干部至少 {CADRES_OF_A_COMMITTEE} 名，现有 {complete} 名"
        return [need, *self._unfinished()]

    def _unfinished(self) -> list[str]:
        parts = ((self.members_lacking, "团员"), (self.cadres_lacking, "团干部"))
        return [f"{count} 名{word}资料不完整" for count, word in parts if count]


def _profile_q() -> Q:
    texts = Q()
    for _, field in PROFILE[:-1]:
        texts &= ~Q(**{f"account__{field}": ""})
    return texts & Q(account__phone_cipher__isnull=False)


def _numbered_q(prefix: str) -> Q:
    early = Q(**{f"{prefix}joined__lt": rules.month_of(settings.NUMBER_REQUIRED_FROM)})
    return early | Q(**{f"{prefix}number__isnull": False})


def _post_q() -> Q:
    given = ~Q(title="") & ~Q(nature="")
    return given & Q(since__isnull=False, in_party_committee__isnull=False)


def of_member(member: Member, posts: Collection[Post]) -> list[str]:
    """What a member still lacks, as column names in template order; `posts` are the person's living ones."""
    own = [post for post in posts if post.organization_id == member.branch_id]
    return [*_of_account(member.account), *_of_number(member), *(_of_posts(own))]


def of_post(post: Post, member: Member | None) -> list[str]:
    """What is still missing of a post and its person; `member` is the person's 团籍, if there is one."""
    return [*_of_account(post.account), *(_of_number(member) if member else ()), *_of_posts([post])]


def _of_account(account: Account) -> list[str]:
    return [column for column, field in PROFILE if getattr(account, field) in EMPTY]


def _of_number(member: Member) -> list[str]:
    lacking = rules.needs_league_number(member.joined) and not member.number
    return [rules.LEAGUE_NUMBER] if lacking else []


def _of_posts(posts: Collection[Post]) -> list[str]:
    lacking = (column for post in posts for column, field in POST if getattr(post, field) in EMPTY)
    return list(dict.fromkeys(lacking))
