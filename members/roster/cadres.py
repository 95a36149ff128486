"""Rosters of an organisation's own cadres: their columns, their checks, and carrying them out (§5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from accounts import names
from accounts.models import Account
from orgs import post_rules, posts
from orgs.enums import SECRETARY, TITLES
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.sheets import WRONG_FORMAT
from zhtj.lib.verdict import Refused, no

from .. import rules
from ..models import ImportBatch, Member, RowVerdict
from ..rules import NAME, NUMBER, TITLE, Person, Problem
from . import revise, traces, write
from .changes import ACCOUNT_FIELDS, POST_FIELDS, Change, differences
from .check import Candidate, Checker, Claims, Finding, Place, Sight, claims_of, sound_index
from .clashes import return_of
from .facts import Facts
from .read import Roster
from .texts import bare
from .traces import Trace

SHEET = "本级团干部"
COLUMNS = tuple(each for each in rules.COLUMNS if each not in (rules.IS_CADRE, rules.LEAGUE_NUMBER))
REQUIRED = (*(each for each in rules.REQUIRED if each != rules.JOINED), *rules.CADRE_COLUMNS)
# Of a cadre without 团籍 the 入团年月 stands on the account.
FIELDS = {**ACCOUNT_FIELDS, rules.JOINED: ("joined", "league_joined")}


def demand_right_template(organization: Organization, roster: Roster) -> None:
    """A file made on the members' template says so (§5)."""
    if roster.committee or {rules.IS_CADRE, rules.LEAGUE_NUMBER} & roster.columns.keys():
        reason = f"{WRONG_FORMAT}：这是团员团干部导入模板，不是本级团干部的模板"
        remedy = "。请下载本级团干部的模板填写；团员请在“导入名单”中上传。"
        raise Refused(no(reason, cause="template", remedy=remedy))


def is_of_cadres(roster: Roster) -> bool:
    """Whether the sheet is the one of the cadres' template."""
    return bare(roster.sheet_name) == SHEET


class CadreChecker(Checker):
    """The same order of checks for people who get a post in the target itself."""

    def look(self, candidates: Sequence[Candidate], *, lock: bool = False) -> Sight:
        """As the base class; whoever stands on this roster is a cadre."""
        return super().look([_as_cadre(each) for each in candidates], lock=lock)

    def claims(self, candidates: Sequence[Candidate]) -> dict[int, Claims]:
        """As the base class, of cadres."""
        return super().claims([_as_cadre(each) for each in candidates])

    def _resolve(self, candidates) -> None:
        """Nobody names a branch here."""

    def _place(self, candidate: Candidate) -> Place:
        return self.target, []

    def _find(self, candidate, branch, misplaced, facts: Facts) -> Finding:
        person, account = candidate.person, facts.account_of(candidate.person)
        problems = [*candidate.unreadable, *self._own_faults(candidate, branch, misplaced, account, facts)]
        claims = claims_of(candidate, branch, sound_index(person, problems, facts))
        problems += self._repeats(candidate.number, claims)
        problems += self._in_system(person, account, facts)
        problems += return_of(account, facts)
        finding = Finding(candidate, RowVerdict.ERROR, problems, branch, account, claims)
        if not problems:
            self._settle(finding, facts)
        return finding

    def _own_faults(self, candidate, branch, misplaced, account, facts) -> Iterator[Problem]:
        if self.values_known_sound and account is None:
            return
        unread = {problem.column for problem in candidate.unreadable}
        titles = TITLES[self.target.category]
        for problem in rules.check(candidate.person, titles=titles, holds_post=True, today=self.today):
            no_joining = (problem.column, problem.cause) == (rules.JOINED, "required")
            no_number = problem.column == rules.LEAGUE_NUMBER  # a cadre without 团籍 has none (§5)
            if not (no_joining or no_number) and problem.column not in unread:
                yield problem
        yield from self._young(candidate.person, account, facts)

    def _young(self, person: Person, account: Account | None, facts: Facts) -> Iterator[Problem]:
        """Into a branch, whoever is below 28 and no member yet comes by the members' roster."""
        born = rules.birth_date(person.number, today=self.today)
        if not self.target.is_branch or born is None or facts.member_of(account):
            return
        if rules.age_on(born, self.today) < rules.LEAVING_AGE:
            message = f"未满{rules.LEAVING_AGE}周岁的人在团支部应作为团员录入。请在“导入名单”中导入，并填写团内职务。"
            yield Problem(NUMBER, "young", message)

    def _in_system(self, person: Person, account: Account | None, facts: Facts) -> Iterator[Problem]:
        """Who is known under another name, belongs elsewhere, or claims a post somebody else holds."""
        if account and person.name and not names.same(account.name, person.name):
            message = "姓名与系统中这个身份证号码的账号不同。请对照身份证核对姓名和号码。"
            yield Problem(NAME, "name_differs", message)
        elif account and facts.post_in(account, self.target) is None:
            yield from self._elsewhere(facts.member_of(account))
        holder = facts.secretaries.get(self.target.pk) if person.title == SECRETARY else None
        if holder and (account is None or holder.account_id != account.pk):
            verdict = post_rules.secretary_taken(self.target, holder.account.name)
            yield Problem(TITLE, "secretary", verdict.message)

    def _elsewhere(self, member: Member | None) -> Iterator[Problem]:
        if member is None or member.branch_id == self.target.pk:
            return
        if self.target.is_branch:
            way = "请先办理组织关系转接，转入后再登记团内职务。"
        else:
            way = "团籍不需要转出，请在“团干部列表”中邀请其担任职务。"
        yield Problem(NUMBER, "elsewhere", f"身份证已注册：此人的团籍在其他团支部。{way}")

    def _settle(self, finding: Finding, facts: Facts) -> None:
        """A row without faults: new, the same, or an update; members' own data is not touched here."""
        account, person = finding.account, finding.candidate.person
        post = facts.post_in(account, self.target)
        if post is None:
            finding.verdict = RowVerdict.NEW
            if account is not None:
                finding.note = "系统中已有此人的账号：账号、密码和团籍不变，登记团内职务，只补充空缺的信息。"
            return
        finding.changes = _changes(account, post, person, is_member=facts.member_of(account) is not None)
        finding.verdict = RowVerdict.UPDATE if finding.changes else RowVerdict.SAME


def _as_cadre(candidate: Candidate) -> Candidate:
    return replace(candidate, person=replace(candidate.person, is_cadre=True, league_number=""))


def _changes(account, post, person: Person, *, is_member: bool) -> list[Change]:
    own = [] if is_member else differences(FIELDS, person, account)
    return [*own, *differences(POST_FIELDS, person, post)]


def carry_out(batch: ImportBatch, findings: Sequence[Finding], *, actor: Scope, now: datetime) -> None:
    """Write the new cadres and the ticked updates. Raises IntegrityError where somebody was faster, or Refused."""
    organization = posts.locked(batch.organization)
    post_rules.may_manage(actor, organization).demand()
    new = [finding for finding in findings if finding.verdict == RowVerdict.NEW]
    known = [finding for finding in new if finding.account is not None]
    newcomers = [finding for finding in new if finding.account is None]
    updates = [finding for finding in findings if finding.verdict == RowVerdict.UPDATE]
    write.create_accounts(newcomers, now=now, fields=FIELDS)
    revise.carry_out(batch, known, updates, now=now, fields=FIELDS)
    write.give_posts(newcomers)
    made = {each.candidate.number: Trace(account_id=each.account.pk, made=True) for each in newcomers}
    traces.keep(batch, made)
    by = {"batch": batch.pk}
    told = [
        entry(verb, actor=actor, organization=organization, account=finding.account, detail=by)
        for verb, some in (("members.cadre_entered", new), ("members.cadre_amended", updates))
        for finding in some
    ]
    AuditEntry.objects.bulk_create(told)
