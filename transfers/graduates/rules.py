"""Who marks branches, members and deadlines of graduates, and which marks fit (§6.6, decision 0083)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from orgs.enums import Category
from orgs.models import Organization
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .. import sides
from ..models import BranchKind, BranchMark, PersonKind
from ..models.graduates import STAYING, WITH_MONTH
from . import terms


def may_mark(scope: Scope, branch: Organization) -> Verdict:
    """预计毕业时间 is marked, corrected and cleared by the direct superior, until the branch has become a 毕业生团支部."""
    if branch.category == Category.GRADUATE_BRANCH:
        reason = f"“{branch.short_name}”已经是毕业生团支部"
        return no(reason, cause="leaving", remedy="，标记不再改变。")
    if branch.category != Category.BRANCH:
        reason = f"“{branch.short_name}”是{branch.get_category_display()}"
        return no(reason, cause="category", remedy="，只标记团支部。")
    superior = branch.parent or branch
    if acts_for(scope, superior):
        return YES
    reason = f"“{branch.short_name}”的毕业时间由其直接上级标记"
    return no(reason, cause="not_superior", remedy=f"，请联系“{superior.full_name}”的管理员。")


def markable_q(scope: Scope) -> Q:
    """`may_mark` as a condition on organisations."""
    top = Q(parent=None) & scope.acting_q("path")
    return Q(category=Category.BRANCH) & (scope.acting_q("parent__path") | top)


def month_fits(kind: str, expected: date | None, *, today: date) -> Verdict:
    """Classes have a month from last year on and not too far off; the others have none."""
    if kind not in BranchKind.values:
        return no("请选择标记成什么", cause="kind", remedy="。")
    if kind != BranchKind.CLASS:
        return YES
    if expected is None:
        return no("毕业班需要预计毕业时间", cause="expected", remedy="，请选择年和月。")
    if not today.year - 1 <= expected.year <= today.year + terms.YEARS_AHEAD:
        said = f"{today.year - 1}年至{today.year + terms.YEARS_AHEAD}年"
        return no(f"预计毕业时间在{said}之间", cause="expected", remedy="，请重新选择。")
    return YES


def may_mark_people(scope: Scope, branch: Organization) -> Verdict:
    """Members are marked, and their destinations noted, by the branch or its direct superior."""
    if not branch.is_branch:
        return no(f"“{branch.short_name}”不是团支部", cause="no_branch", remedy="，团员只在团支部里。")
    if sides.is_side(scope, branch):
        return YES
    reason = "团员的标记和去向由团支部或其直接上级登记"
    return no(reason, cause="not_side", remedy="，请联系他们的管理员。")


def fits(mark: BranchMark | None, kind: str, until: date | None) -> Verdict:
    """Which marks people can have: in classes who stays, elsewhere who graduates; some with a month."""
    if mark is None:
        return no("这个团支部还没有毕业标记", cause="unmarked", remedy="，请先由直接上级标记预计毕业时间。")
    if kind not in PersonKind.values:
        return no("请选择标记", cause="kind", remedy="。")
    if kind not in kinds_of(mark):
        reason = f"{mark.get_kind_display()}不用“{PersonKind(kind).label}”"
        words = "、".join(each.label for each in kinds_of(mark))
        return no(reason, cause="kind", remedy=f"，可以标记：{words}。")
    return first_no(_month(mark, kind, until))


def kinds_of(mark: BranchMark) -> tuple[PersonKind, ...]:
    """The marks that people of such a branch can have."""
    return STAYING if mark.kind == BranchKind.CLASS else (PersonKind.GRADUATE,)


def _month(mark: BranchMark, kind: str, until: date | None) -> Verdict:
    if kind not in WITH_MONTH:
        return YES
    if until is None:
        return no(f"{PersonKind(kind).label}需要预计毕业时间", cause="until", remedy="，请选择年和月。")
    if mark.expected and until <= mark.expected:
        reason = f"延迟后的毕业时间应晚于本班的{mark.expected:%Y-%m}"
        return no(reason, cause="until", remedy="，请重新选择。")
    return YES


def may_set_deadline(scope: Scope, organization: Organization) -> Verdict:
    """Set for everything at and below it, by the organisation itself or its direct superior."""
    if organization.is_branch:
        return no("期限由上级组织为全部下级设定", cause="branch", remedy="。")
    if sides.is_side(scope, organization):
        return YES
    reason = f"期限由“{organization.short_name}”或其直接上级设定"
    return no(reason, cause="not_side", remedy="，请联系他们的管理员。")


def day_fits(year: int, day: date, above: date | None) -> Verdict:
    """Between the graduation day and the next one, and not later than what a superior has set."""
    first, last = terms.day_of(year), terms.day_of(year + 1)
    if not first <= day < last:
        reason = f"{year}年毕业生的期限应在{first:%Y-%m-%d}之后、{last:%Y-%m-%d}之前"
        return no(reason, cause="day", remedy="，请重新选择。")
    if above is not None and day > above:
        return no(f"上级设定的期限是{above:%Y-%m-%d}", cause="above", remedy="，只能更早，请重新选择。")
    return YES
