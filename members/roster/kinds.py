"""The two kinds of rosters: what a file must have, who may import it, how it is checked and carried out (§5)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from orgs import post_rules
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.sheets import WRONG_FORMAT
from zhtj.lib.verdict import Refused, Verdict, no

from .. import rules
from ..models import ImportBatch, Template
from . import cadres, check, write
from .read import Roster


@dataclass(frozen=True)
class Kind:
    """One kind, as data."""

    required: Collection[str]
    demand_right_template: Callable[[Organization, Roster], None]
    may_import: Callable[[Scope, Organization], Verdict]
    checker: type[check.Checker]
    carry_out: Callable[..., None]
    hoped: Callable[[Organization], Collection[str]]  # asked for, where an unknown column may be meant


def demand_right_template(organization: Organization, roster: Roster) -> None:
    """A members' roster: a file made on another template says so (§5)."""
    if cadres.is_of_cadres(roster):
        reason = f"{WRONG_FORMAT}：这是本级团干部的模板，不是团员团干部导入模板"
        remedy = "，请在“团干部列表”的“导入团干部”中上传。"
        raise Refused(no(reason, cause="template", remedy=remedy))
    if not roster.committee and not organization.is_branch:
        reason = f"{WRONG_FORMAT}：这是团支部的模板，没有“所在团支部全称”一列"
        remedy = "，请下载本组织的模板填写，或在对应的团支部导入。"
        raise Refused(no(reason, cause="template", remedy=remedy))


def hoped(organization: Organization) -> Collection[str]:
    """Everybody above a branch says for each row where it belongs."""
    return () if organization.is_branch else (check.BRANCH_COLUMN,)


def none_hoped(organization: Organization) -> Collection[str]:
    """Nothing beyond what is required."""
    return ()


MEMBERS = Kind(rules.REQUIRED, demand_right_template, check.may_import, check.Checker, write.carry_out, hoped)
CADRES = Kind(
    cadres.REQUIRED,
    cadres.demand_right_template,
    post_rules.may_manage,
    cadres.CadreChecker,
    cadres.carry_out,
    none_hoped,
)


def kind_of(template: str) -> Kind:
    """The kind behind the stored word; an unknown one is a members' roster."""
    return CADRES if template == Template.CADRES else MEMBERS


def may_import(scope: Scope, batch: ImportBatch) -> Verdict:
    """Whether the scope may go on with this import."""
    return kind_of(batch.template).may_import(scope, batch.organization)
