"""Who receives the newcomers of a college (§6.7)."""

from __future__ import annotations

from orgs.enums import GRASSROOTS
from orgs.models import Organization
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no


def may_receive(scope: Scope, organization: Organization) -> Verdict:
    """The administrators of the 团委, 团工委 or 团总支 that the branches stand below; of a vacant one the nearest above (§4)."""
    if organization.category not in GRASSROOTS:
        reason = f"{organization.get_category_display()}不接收新生"
        return no(reason, cause="category", remedy="；由下面有班级团支部的团委、团工委、团总支接收。")
    if not acts_for(scope, organization):
        reason = f"新生由“{organization.full_name}”的管理员接收"
        return no(reason, cause="not_own", remedy="。")
    return YES
