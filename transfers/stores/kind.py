"""省级专库转回 as a petition: the province asks, the branch agrees, and the person has a 团籍 again (§6.2)."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import closing, telling
from accounts.models import Account
from members import registry
from members.models import Act, Member, Reserved
from orgs import petitions, tree
from orgs.enums import PetitionKind
from orgs.models import Organization, Petition
from orgs.petitions import Kind, Line, Turn
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, no

from ..models import Stored
from . import rules

SAID = {"同意": "已同意，团籍已经转回", "退回": "已退回"}
NUMBER_TAKEN = no(
    "发展团员编号已由另一名团员使用", cause="number_taken", remedy="，请先核对并改正编号，再同意转回。"
)


@petitions.register
class Homecoming(Kind):
    """No payload: the facts stand in the store. The organisation is the branch, the account whoever comes back."""

    code = PetitionKind.HOMECOMING
    hint = "同意后团籍即转入本团支部，入团年月和发展团员编号不变。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """The branch, once."""
        return None if petition.turn else Turn(organization=petition.organization)

    def hold(self, petition: Petition) -> None:
        """The branch stands still while somebody enters it."""
        tree.hold(petition.organization, exclusive=False)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Give the 团籍 again with its old facts. Raises Refused."""
        tree.hold(petition.organization, exclusive=False)
        branch = Organization.objects.select_related("parent").get(pk=petition.organization_id)
        rules.may_take(branch).demand()
        account = Account.objects.select_for_update().get(pk=petition.account_id)
        stored = Stored.objects.present().select_for_update().filter(account=account).first()
        if stored is None:
            raise Refused(no("此人已经转回", cause="returned", remedy="，请退回这个申请。"))
        _come_back(stored, account, branch, actor=actor)

    def lines(self, petition: Petition) -> list[Line]:
        """Who comes and with what; nothing of where the person has been."""
        account = petition.account
        lines = [
            Line("转回的人", "", f"{account.name} {account.masked_id}"),
            Line("团支部", "", petition.organization.full_name),
        ]
        stored = Stored.objects.filter(account=account).order_by("-pk").first()
        if stored is not None:
            lines.append(Line("入团年月", "", f"{stored.joined:%Y-%m}"))
        return lines

    def tell(self, petition: Petition, act: str, remark: str, *, actor: Scope) -> None:
        """Whoever asked hears of a decision of somebody else, with the reason; the person, of the return."""
        if act not in SAID:
            return
        because = f"，原因：{remark}" if remark and act == "退回" else ""
        url = reverse("petitions:detail", args=[petition.pk])
        text = f"{petition.account.name}转回“{petition.organization.short_name}”{SAID[act]}{because}。"
        telling.tell({petition.opened_by} - {None, actor.account_id}, text, url=url)
        if act == "同意":
            own = f"您的团籍已转回“{petition.organization.short_name}”。"
            telling.tell([petition.account_id], own, url=reverse("me:home"))


def _come_back(stored: Stored, account: Account, branch: Organization, *, actor: Scope) -> None:
    now = timezone.now()
    Reserved.objects.filter(account=account).delete()
    try:
        with transaction.atomic():
            member = registry.enrol(
                account,
                branch,
                joined=stored.joined,
                number=stored.number or None,
                act=Act.OUTSIDE,
                actor=actor,
                now=now,
            )
    except IntegrityError as error:
        raise Refused(NUMBER_TAKEN) from error
    if stored.joined_at_unit:
        Member.objects.filter(pk=member.pk).update(joined_at_unit=stored.joined_at_unit)
    if fields := closing.open_again(account):
        account.save(update_fields=fields)
    stored.returned_at, stored.returned_to = now, branch
    stored.save(update_fields=["returned_at", "returned_to"])
    record("stores.returned", actor=actor, organization=stored.province, account=account)
