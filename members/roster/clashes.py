"""Where a row of a roster clashes with what the system holds of others (§5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accounts import names
from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from ..outside import RESERVED
from ..removal.rules import may_reenter
from ..rules import LEAGUE_NUMBER, NAME, NUMBER, TITLE, Person, Problem, problem
from .facts import Facts, place_of


def elsewhere(facts: Facts, member, actor: Scope) -> Problem:
    """The person belongs to another branch."""
    place = place_of(facts, member, actor)
    message = f"身份证号码重复：此人的团籍在{place}。请核对号码；确是本人的，请办理组织关系转接。"
    if member.held:
        message = f"身份证号码重复：此人的团籍在{place}，{member.get_held_display()}正在办理。请核对号码；确是本人的，请等它办结。"
    return Problem(NUMBER, "elsewhere", message)


def in_system(
    person: Person, branch: Organization | None, account: Account | None, facts: Facts
) -> Iterator[Problem]:
    """Clashes with other people's rows in the system."""
    if account and account.merged_into_id is not None:
        yield Problem(NUMBER, "merged", "这个号码的账号已合并到此人的另一个账号。请填写身份证上的号码。")
    if (
        account
        and facts.member_of(account) is None
        and person.name
        and not names.same(account.name, person.name)
    ):
        yield Problem(
            NAME, "name_differs", "姓名与系统中这个身份证号码的账号不同。请对照身份证核对姓名和号码。"
        )
    holder = facts.holders.get(person.league_number) if person.league_number else None
    if holder is not None and (account is None or holder != account.pk):
        yield Problem(
            LEAGUE_NUMBER,
            "number_taken",
            "发展团员编号重复：已被系统中另一名团员使用。请对照入团志愿书核对。",
        )
    if branch and person.leads:
        post = facts.secretaries.get(branch.pk)
        if post and (account is None or post.account_id != account.pk):
            message = f"本支部已有书记：{post.account.name}。请先变更原书记的职务，或改填其他职务。"
            yield Problem(TITLE, "secretary", message)


def returns(
    people: Sequence[Person], branches: Sequence[Organization | None], facts: Facts, actor: Scope
) -> Iterator[tuple[int, Verdict]]:
    """Some of those who were removed are entered again by the direct superior only (§5 Removing); by account."""
    for person, branch in zip(people, branches, strict=True):
        account = facts.account_of(person)
        if branch is not None and account is not None and facts.member_of(account) is None:
            verdict = may_reenter(actor, branch, facts.removals.get(account.pk))
            yield account.pk, RESERVED if account.pk in facts.reserved else verdict


def return_of(account: Account | None, facts: Facts) -> Sequence[Problem]:
    """Why somebody without 团籍 may not be entered again here."""
    verdict = facts.returns.get(account.pk) if account else None
    return problem(NUMBER, verdict) if verdict is not None else ()
