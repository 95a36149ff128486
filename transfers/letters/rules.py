"""Who may issue, print, void, replace and close a letter, and give numbers away; with the reason where not (§6.8)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from orgs import rules as organizations
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from ..enums import Landing, State
from ..models import Letter, LetterRange, Standing, Transfer
from .parties import Parties, parties

AGREED = (State.IN, State.ASSIGN, State.DONE)  # the outgoing side has said yes
AWAY = (Landing.OUTSIDE, Landing.STORE)
MOST_NUMBERS = 100_000  # of one range


def may_issue(
    scope: Scope,
    transfer: Transfer,
    *,
    offices: Parties | None = None,
    living: Letter | None = None,
    spoken: Verdict | None = None,
    today: date | None = None,
) -> Verdict:
    """Whether the scope issues a letter for this case; `living` is the one it has. No case ever waits for it.

    For many cases the caller has asked `speaks` once for each issuer.
    """
    offices = offices or parties(transfer)
    verdict = first_no(
        _has_agreed(transfer),
        _names_unit(transfer),
        _needs_one(transfer, offices),
        none_yet(living, today or timezone.localdate()),
    )
    if not verdict:
        return verdict
    return speaks(scope, offices.issuer) if spoken is None else spoken


def _has_agreed(transfer: Transfer) -> Verdict:
    if transfer.state in AGREED:
        return YES
    if transfer.state == State.OUT:
        return no("转出方还没有同意转出", cause="state", remedy="，同意后即可开具介绍信。")
    return no(f"这个转接{transfer.get_state_display()}", cause="state", remedy="，不用开具介绍信。")


def _needs_one(transfer: Transfer, offices: Parties) -> Verdict:
    if offices.issuer is None:
        return no("转出团支部没有上级团委", cause="issuer", remedy="，不能开具介绍信；网上转接不受影响。")
    if offices.addressee is not None and offices.addressee.pk == offices.issuer.pk:
        reason = f"转出和转入同属“{offices.issuer.full_name}”"
        return no(reason, cause="same", remedy="，不用介绍信。")
    return YES


def none_yet(living: Letter | None, today: date) -> Verdict:
    """A case has one living letter at a time."""
    if living is None:
        return YES
    reason = f"已开具介绍信{living.shown_number}"
    late = living.standing(today=today) == Standing.EXPIRED
    return no(reason, cause="issued", remedy="，已过期，可以换开。" if late else "，需要时可以换开。")


def speaks(scope: Scope, issuer: Organization | None, opening: str = "介绍信由") -> Verdict:
    """Whether the scope decides for the issuer, vacancies included (§4)."""
    assert issuer is not None
    if organizations.acts_for(scope, issuer):
        return YES
    reason = f"{opening}“{issuer.full_name}”的管理员办理"
    return no(reason, cause="not_issuer", remedy="。")


def may_address(offices: Parties, asked: Organization | None) -> Verdict:
    """A letter goes to the office above the target and to nobody else (§6.8)."""
    if (asked.pk if asked else None) == (offices.addressee.pk if offices.addressee else None):
        return YES
    reason = f"这次转接的介绍信只能开给“{offices.addressee_name}”"
    return no(reason, cause="addressee", remedy="；去向不对的，请退回转接改正。")


def may_print(scope: Scope, letter: Letter) -> Verdict:
    """Whoever sees a letter prints it while it is not void; one to a 涉密 unit only its issuer and its bearer."""
    if letter.state == Standing.VOID:
        return no("介绍信已作废", cause="void", remedy="，请打印换开的一张。")
    if not letter.is_secret:
        return YES
    own = scope.account_id is not None and scope.account_id == letter.transfer.account_id
    return first_no(_names_unit(letter.transfer), YES if own else speaks(scope, letter.issuer))


def _names_unit(transfer: Transfer) -> Verdict:
    """Once the province has decided, the unit's name is in its store alone (§6.2)."""
    if transfer.landing == Landing.STORE and transfer.state == State.DONE:
        reason = "转接已完成，接收单位只有省级可见"
        return no(reason, cause="secret", remedy="，不再开具和打印介绍信。")
    return YES


def may_void(scope: Scope, letter: Letter) -> Verdict:
    """The issuer, before the letter has been used."""
    return first_no(_unused(letter, "作废"), speaks(scope, letter.issuer))


def may_reissue(scope: Scope, letter: Letter) -> Verdict:
    """The issuer, before the letter has been used and while the case can have one."""
    return first_no(
        _unused(letter, "换开"),
        _has_agreed(letter.transfer),
        _names_unit(letter.transfer),
        speaks(scope, letter.issuer),
    )


def _unused(letter: Letter, what: str) -> Verdict:
    if letter.state == Standing.ISSUED:
        return YES
    reason = f"介绍信{letter.get_state_display()}"
    return no(reason, cause="state", remedy=f"，不能{what}。")


def may_receipt(scope: Scope, letter: Letter) -> Verdict:
    """回执 by hand: outside the system, or where the case is over without an online one."""
    if letter.state not in (Standing.ISSUED, Standing.ACCEPTED):
        reason = f"介绍信{letter.get_state_display()}"
        return no(reason, cause="state", remedy="，不用再登记回执。")
    if letter.transfer.landing not in AWAY and letter.transfer.state != State.DONE:
        return no("对方在网上同意转入时自动填写回执", cause="online", remedy="，不用手工登记。")
    return speaks(scope, letter.issuer, "回执由")


def may_number(scope: Scope, register: Organization) -> Verdict:
    """Ranges of a register are given by its own administrators, or who acts for them (§4)."""
    if register.is_branch:
        return no("团支部不开具介绍信", cause="branch", remedy="，号段由上级团委分配。")
    return speaks(scope, register, "号段由")


def may_give(scope: Scope, register: Organization, holder: Organization, first: int, last: int) -> Verdict:
    """A sound range, for an organisation below that issues letters."""
    verdict = may_number(scope, register)
    if not verdict:
        return verdict
    below = holder.path.startswith(register.path) and holder.pk != register.pk
    if not below or holder.is_branch or holder.deleted_at is not None:
        reason = "号段分给下级的团委、团工委、团总支"
        return no(reason, cause="holder", remedy="，请在列表中选择。")
    if first < 1 or last < first:
        return no("截止编号应不小于起始编号", cause="last", remedy="，请检查两个编号。")
    if last - first >= MOST_NUMBERS or last > 2_000_000_000:
        return no(f"一段最多 {MOST_NUMBERS:,} 个编号", cause="last", remedy="，请缩短。")
    return YES


def may_take_back(scope: Scope, given: LetterRange) -> Verdict:
    """The giver, while numbers are left."""
    if given.left == 0:
        return no("这一段没有未用的编号", cause="used", remedy="，不用收回。")
    return may_number(scope, given.register)
