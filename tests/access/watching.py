"""What the matrix looks for: names that must not be shown, and whether anything in the database has changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from accounts.models import Account
from members.models import Member, Membership, Removal
from orgs.enums import SECRETARY
from orgs.models import Organization, Post
from orgs.scope import Scope
from transfers.models import Stored

from .world import World

# Left out of the comparison: what every request or refusal may write.
UNSTABLE = (
    "django_session",
    "captcha_captchastore",
    "accounts_attemptcount",
    "audit_auditentry",
    "audit_auditpending",
)


def canaries(world: World, role: str, *, names_public: bool) -> Iterator[str]:
    """Names that no page of this role may show: people outside the scope, and organisations outside its line.

    The 书记 of the own line of superiors stand on the 组织名片 (§7). With `names_public` organisations are no secret.
    """
    scope, person = world.scope(role), world.person(role)
    line = _line(scope, person)
    heads = Post.objects.filter(organization__in=line, title=SECRETARY).values("account")
    seen = Account.objects.filter(pk__in=heads)
    here = Account.objects.filter(member__in=Member.objects.within(scope))
    held = Account.objects.filter(posts__in=Post.objects.filter(scope.q("organization__path")))
    gone = Account.objects.filter(removals__in=Removal.objects.filter(scope.q("branch__path")))
    left = Account.objects.filter(memberships__in=Membership.objects.filter(scope.q("branch__path")))
    kept = Account.objects.filter(stored__in=Stored.objects.of(scope))
    known = {each.name for each in (*seen, *here, *held, *gone, *left, *kept)} | {
        person.name if person else ""
    }
    yield from (each.name for each in Account.objects.all() if each.name not in known)
    if not names_public:
        outside = Organization.objects.exclude(pk__in=line).exclude(scope.q("path"))
        yield from (each.short_name for each in outside)


def _line(scope: Scope, person: Account | None) -> list[int]:
    """Ids of the organisations from the own one upwards."""
    own = scope.root or (person.member.branch if person and hasattr(person, "member") else None)
    return [*own.ancestor_ids, own.pk] if own else []


def digest() -> str:
    """One text that changes when anything in the database does, but for what every request may write."""
    with connection.cursor() as cursor:
        tables = [each for each in connection.introspection.table_names(cursor) if each not in UNSTABLE]
        parts = [
            f"(SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM {each} t)"
            for each in tables
        ]
        cursor.execute(f"SELECT {' || '.join(parts)}")
        return cursor.fetchone()[0]
