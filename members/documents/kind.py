"""A scan of the 入团志愿书 as a petition: the branch's direct superior decides (§5 Documents)."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from accounts import telling
from orgs import petitions
from orgs.enums import PetitionKind, PetitionState
from orgs.models import Petition
from orgs.petitions import Kind, Line, Turn
from orgs.scope import Scope
from zhtj.lib.verdict import Refused, no

from ..models import Scan
from ..routing import decider
from . import scans

SAID = {"同意": "已通过", "退回": "已退回"}


@petitions.register
class Scanned(Kind):
    """Payload: the scan and its size. The organisation is the branch, the account whose paper it is."""

    code = PetitionKind.SCAN
    deciding = "documents/_decide.html"
    hint = "请先下载核对：是本人的入团志愿书，各页齐全，字迹清楚。同意后代替原有的扫描件。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """The branch's direct superior; where its only administrator is the person, the next above."""
        if petition.turn:
            return None
        above = petition.organization.parent or petition.organization
        return Turn(organization=decider(petition.account, above) or above)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """The scan becomes the valid one. Raises Refused where it is not there any more."""
        scans.locked(petition.account_id)
        scan = Scan.objects.select_for_update().filter(petition=petition).first()
        if scan is None:
            raise Refused(no("这份扫描件已经不在", cause="gone", remedy="，请退回申请，由本人重新上传。"))
        scans.accept(scan, now=timezone.now())

    def lines(self, petition: Petition) -> list[Line]:
        """Whose it is, how large, and what it replaces."""
        before = Scan.objects.filter(account=petition.account, approved_at__isnull=False)
        old = before.exclude(petition=petition).first()
        was = (
            f"{timezone.localtime(old.uploaded_at):%Y-%m-%d} 上传，{filesizeformat(old.size)}" if old else ""
        )
        now = f"{timezone.localtime(petition.opened_at):%Y-%m-%d} 上传，{filesizeformat(petition.payload['size'])}"
        return [
            Line("团员", "", f"{petition.account.name} {petition.account.masked_id}"),
            Line("入团志愿书扫描件", was, now),
        ]

    def again(self, petition: Petition) -> str:
        """Where the person uploads another one after a return."""
        return reverse("documents:mine") if petition.state == PetitionState.RETURNED else ""

    def tell(self, petition: Petition, act: str, remark: str, *, actor: Scope) -> None:
        """The person hears of a decision of somebody else, with the reason; so does who uploaded it."""
        if act not in SAID:
            return
        because = f"，原因：{remark}" if remark and act == "退回" else ""
        text = f"{petition.account.name}的入团志愿书扫描件{SAID[act]}{because}。"
        told = {petition.account_id, petition.opened_by} - {None, actor.account_id}
        telling.tell(told, text, url=reverse("petitions:detail", args=[petition.pk]))
