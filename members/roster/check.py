"""Decides what will happen to each row of a roster: the plan (§5). Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from accounts import names
from accounts.models import Account, number_index
from orgs import queries
from orgs.enums import TITLES, Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.crypto import blind_index
from zhtj.lib.verdict import YES, Verdict, no

from .. import access, rules
from ..models import RowVerdict
from ..rules import LEAGUE_NUMBER, NUMBER, TITLE, Person, Problem
from .changes import Change, changes_of
from .clashes import elsewhere, in_system, return_of, returns
from .facts import Facts, gather, horizon

BRANCH_COLUMN = "所在团支部全称"
_ORDER = {name: at for at, name in enumerate((BRANCH_COLUMN, *rules.COLUMNS))}
Near = tuple[int, str]  # an organisation whose 全称 is like the one that was not found: its id and 全称
Place = tuple[Organization | None, list[Problem]]  # the branch a row is for, or why it is for none


class Known(NamedTuple):
    """What a run knows of a row ahead: its blind indexes, as the plan keeps them, and what a new account stores."""

    person: bytes
    number: bytes | None
    identity: dict[str, Any]


@dataclass(slots=True)
class Candidate:
    """One row as read: its sheet row, the values, the branch it names, and what could not be read."""

    number: int
    person: Person
    branch_name: str = ""
    unreadable: tuple[Problem, ...] = ()
    known: Known | None = None


class Claims(NamedTuple):
    """What one row of a file can be the only one to have: blind indexes of a sound ID number and of the
    发展团员编号, and the branch it would lead."""

    person: bytes | None = None
    number: bytes | None = None
    secretary: int | None = None


NO_CLAIMS = Claims()


@dataclass(slots=True)
class Finding:
    """What will happen to a row, and why."""

    candidate: Candidate
    verdict: RowVerdict
    problems: list[Problem] = field(default_factory=list)
    branch: Organization | None = None
    account: Account | None = None
    claims: Claims = NO_CLAIMS
    changes: list[Change] = field(default_factory=list)
    note: str = ""
    near: list[Near] = field(default_factory=list)

    @property
    def cause(self) -> str:
        """The cause of the first problem."""
        return self.problems[0].cause if self.problems else ""


def may_import(scope: Scope, target: Organization) -> Verdict:
    """Whether rosters may be imported for an organisation at all; each row's branch is asked again (§8)."""
    if target.is_branch:
        return access.may_import(scope, target)
    if scope.is_own(target):
        return YES
    if scope.covers(target) and scope.root is not None:
        direct = target.parent_id == scope.root.pk
        if direct or scope.root.is_grassroots:
            return YES
    return no("名单由本组织、直接上级或所属的团委导入", cause="not_superior", remedy="。")


class Sight(NamedTuple):
    """What was asked about one piece of rows."""

    candidates: Sequence[Candidate]
    places: Sequence[Place]
    facts: Facts


class Checker:
    """Checks rows in the order of the sheet, in pieces of any size; remembers what the file has claimed so far."""

    def __init__(self, target: Organization, *, actor: Scope, today: date, values_known_sound: bool = False):
        """`values_known_sound`: the rows were checked today already; only what the system says is asked again."""
        self.target, self.actor, self.today = target, actor, today
        self.values_known_sound = values_known_sound
        self.claimed: tuple[dict, dict, dict] = ({}, {}, {})  # as `Claims`: what was claimed → by which row
        self.branches: dict[str, list[Organization]] = {}
        self.places: dict[int, Verdict] = {}
        self.near: dict[str, list[Near]] = {}

    def check(self, candidates: Sequence[Candidate], *, lock: bool = False) -> list[Finding]:
        """The findings for one piece, in order; a fixed number of queries for a piece."""
        return self.judge(self.look(candidates, lock=lock))

    def look(self, candidates: Sequence[Candidate], *, lock: bool = False) -> Sight:
        """Ask the system everything about one piece; see `gather`."""
        self._resolve(candidates)
        places = [self._place(candidate) for candidate in candidates]
        people = [each.person for each in candidates]
        led = [branch for person, (branch, _) in zip(people, places, strict=True) if branch and person.leads]
        known = {each.person.number: each.known.person for each in candidates if each.known}
        facts = gather(people, led, lock=lock, known=known)
        if facts.accounts:
            horizon(self.actor)  # asked for now, since judging asks nothing
            facts.returns = dict(returns(people, [branch for branch, _ in places], facts, self.actor))
        return Sight(candidates, places, facts)

    def judge(self, sight: Sight) -> list[Finding]:
        """The findings, in order. Pure, so that it may be done ahead; the pieces come in the order of the file."""
        return [
            self._find(candidate, branch, problems, sight.facts)
            for candidate, (branch, problems) in zip(sight.candidates, sight.places, strict=True)
        ]

    def claims(self, candidates: Sequence[Candidate]) -> dict[int, Claims]:
        """What rows claim, by row, before they are checked."""
        self._resolve(candidates)
        return {
            each.number: claims_of(each, self._place(each)[0], number_index(each.person.number))
            for each, _ in map(_without_loose_number, candidates)
        }

    # -- the branch ---------------------------------------------------------------------------------

    def _resolve(self, candidates: Iterable[Candidate]) -> None:
        wanted = {each.branch_name for each in candidates if each.branch_name} - self.branches.keys()
        if wanted:
            root = self.actor.root if self.target.is_branch and self.actor.root else self.target
            self.branches.update(queries.resolve_all(root, wanted))

    def _place(self, candidate: Candidate) -> Place:
        if not candidate.branch_name:
            if self.target.is_branch:
                return self.target, []
            return None, [rules.required(BRANCH_COLUMN)]
        found = self.branches[candidate.branch_name]
        if len(found) != 1:
            return None, [self._unknown(candidate.branch_name, found)]
        verdict = self.places.get(found[0].pk)
        if verdict is None:
            verdict = self.places[found[0].pk] = self._may_place(found[0])
        return (found[0], []) if verdict else (None, list(rules.problem(BRANCH_COLUMN, verdict)))

    def _unknown(self, name: str, found: list[Organization]) -> Problem:
        """组织不存在, with the organisations that may be meant; looked for once a name."""
        if name not in self.near:
            meant = found or queries.nearest(self.target, name, 3, branches=True)
            self.near[name] = [(each.pk, each.full_name) for each in meant]
        names = "、".join(f"“{full_name}”" for _, full_name in self.near[name])
        if found:
            said = f"组织不存在：“{name}”是曾用名，可能是{names}，请填写现在的全称。"
        else:
            hint = f"最接近：{names}。" if names else ""
            said = f"组织不存在：“{self.target.short_name}”下没有“{name}”。{hint}请从下级组织管理中复制团支部的全称。"
        return Problem(BRANCH_COLUMN, "organization", said)

    def _may_place(self, branch: Organization) -> Verdict:
        if self.target.is_branch and branch.pk != self.target.pk:
            reason = f"组织不存在：这份名单导入到“{self.target.full_name}”，这一行写的是另一个组织"
            return no(reason, cause="organization", remedy="，请改正，或到上级团委导入。")
        if not branch.is_branch:
            reason = f"组织不存在：“{branch.full_name}”是{branch.get_category_display()}，团员必须落在团支部"
            return no(reason, cause="organization", remedy="，请填写团支部的全称。")
        return access.may_import(self.actor, branch)

    # -- the row ------------------------------------------------------------------------------------

    def _find(
        self, candidate: Candidate, branch: Organization | None, misplaced: list[Problem], facts: Facts
    ) -> Finding:
        candidate, notice = _without_loose_number(candidate)
        account = facts.account_of(candidate.person)
        missing = [each for each in misplaced if each.cause == "required"]
        problems = [*candidate.unreadable, *self._own_faults(candidate, branch, missing, account, facts)]
        claims = claims_of(candidate, branch, sound_index(candidate.person, problems, facts))
        problems += self._repeats(candidate.number, claims)
        clashes = [each for each in misplaced if each.cause != "required"]
        clashes += in_system(candidate.person, branch, account, facts)
        clashes += return_of(account, facts)
        finding = Finding(candidate, RowVerdict.ERROR, problems, branch, account, claims)
        if self.near:
            finding.near = self.near.get(candidate.branch_name, [])
        member = facts.member_of(account)
        if member is not None and branch is not None and member.branch_id != branch.pk:
            finding.verdict = RowVerdict.ERROR if problems or clashes else RowVerdict.MOVE
            clashes.append(elsewhere(facts, member, self.actor))
        finding.problems += sorted(clashes, key=lambda each: _ORDER[each.column])
        if not finding.problems:
            _settle(finding, facts)
            finding.note += notice
        return finding

    def _own_faults(
        self,
        candidate: Candidate,
        branch: Organization | None,
        missing: list[Problem],
        account: Account | None,
        facts: Facts,
    ) -> Iterator[Problem]:
        """Required, value and cross-field faults, less those of cells that could not be read."""
        if self.values_known_sound and account is None:
            yield from missing
            return
        titles = TITLES[branch.category if branch else Category.BRANCH]
        holds_post = bool(account and facts.posts.get(account.pk))
        found = [
            *missing,
            *rules.check(candidate.person, titles=titles, holds_post=holds_post, today=self.today),
        ]
        unread = {problem.column for problem in candidate.unreadable}
        yield from (problem for problem in found if problem.column not in unread)

    def _repeats(self, row: int, claims: Claims) -> Iterator[Problem]:
        """What an earlier row of the file has claimed already: the first row has it."""
        ids, numbers, secretaries = self.claimed
        person, number, secretary = claims
        if person and (first := ids.setdefault(person, row)) != row:
            yield Problem(
                NUMBER,
                "id_twice",
                f"身份证号码重复：与第 {first} 行是同一个号码，以第 {first} 行为准。请删去多余的一行，或改正填错的号码。",
            )
        if number and (first := numbers.setdefault(number, row)) != row:
            yield Problem(
                LEAGUE_NUMBER,
                "number_twice",
                f"发展团员编号重复：与第 {first} 行相同。编号全国唯一，请对照入团志愿书改正。",
            )
        if secretary and (first := secretaries.setdefault(secretary, row)) != row:
            yield Problem(
                TITLE, "secretary_twice", f"书记只能有一名：第 {first} 行已填写书记。请改为其他职务。"
            )


def claims_of(candidate: Candidate, branch: Organization | None, index: bytes | None) -> Claims:
    """What a row claims, whatever else is wrong with it; `index` is that of its ID number."""
    person, number = candidate.person, None
    if person.league_number:
        known = candidate.known
        number = known.number if known else blind_index(person.league_number, field="league_number")
    return Claims(index, number, branch.pk if branch and person.leads else None)


def sound_index(person: Person, problems: Iterable[Problem], facts: Facts) -> bytes | None:
    """The blind index of the ID number; a faulty one is nobody's and has no twins."""
    if not person.number or (problems and any(each.cause.startswith("id_") for each in problems)):
        return None
    return facts.indexes[person.number]


def _without_loose_number(candidate: Candidate) -> tuple[Candidate, str]:
    """Who joined before numbers were required needs none: a malformed one is left out with a notice (§5)."""
    person = candidate.person
    malformed = person.league_number and not rules.is_league_number(person.league_number)
    if not malformed or not person.joined or rules.needs_league_number(person.joined):
        return candidate, ""
    notice = f"发展团员编号“{person.league_number}”不是12位数字，没有采用；入团较早，不需要编号。"
    return replace(candidate, person=replace(person, league_number="")), notice


def _settle(finding: Finding, facts: Facts) -> None:
    """A row without faults: new, the same, an update, or another name under the same number."""
    person, account, branch = finding.candidate.person, finding.account, finding.branch
    member = facts.member_of(account)
    if account is None or member is None or branch is None:
        finding.verdict = RowVerdict.NEW
        if account is not None:
            finding.note = "系统中已有此人的账号：账号、密码和职务不变，只补充空缺的信息。"
    elif not names.same(account.name, person.name):
        finding.verdict = RowVerdict.CONFLICT
        finding.note = f"同一身份证号码在本支部登记的姓名是“{account.name}”，名单上是“{person.name}”。姓名由直接上级更正。"
    else:
        finding.changes = changes_of(account, member, facts.post_in(account, branch), person)
        finding.verdict = RowVerdict.UPDATE if finding.changes else RowVerdict.SAME
