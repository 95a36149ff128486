"""资料完整: which people have every required field of §5, said to the database and said of one person.

`member_q` and `post_q` are the conditions, `of_member` and `of_post` name what is missing; a test ties each pair.
A cadre's post counts where it is held: what is missing of it is for that organisation to add.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from accounts.models import Account
from orgs.models import Post

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


def member_q() -> Q:
    """The condition that a Member's required fields are all given, those of a post in the own branch included."""
    held = Post.objects.filter(account=OuterRef("account"), organization=OuterRef("branch"), ended_at=None)
    return _profile_q() & _numbered_q("") & ~Exists(held.exclude(_post_q()))


def post_q() -> Q:
    """The condition that a Post's required fields and those of its person are all given."""
    numbered = Q(account__member=None) | _numbered_q("account__member__")
    return _profile_q() & numbered & _post_q()


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
