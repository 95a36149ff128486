"""Pictures for zhtj/help/chapters/transfers.py. They tell one story: a member asks, the branch agrees, a letter is written."""

from __future__ import annotations

from accounts.models import Account
from members.models import Member
from members.requests import profile
from orgs.models import Organization, Seat
from orgs.scope import scope_of
from tests.shots.shot import Shot
from transfers import opening, workflow
from transfers.enums import Act, State
from transfers.letters import issuing, parties
from transfers.models import Transfer
from transfers.opening import Wish
from zhtj.demo.planting import planted


def _member() -> Member:
    """The member of the demonstration country, with the branch."""
    pk = dict(planted().detail["roles"])["团员"]
    return Member.objects.select_related("account", "branch__parent").get(account=pk)


def _administrator(organization: Organization) -> Account:
    return Seat.objects.filter(organization=organization).order_by("number").first().post.account


def _case() -> Transfer:
    """The member's case, begun if there is none yet."""
    member = _member()
    known = Transfer.objects.filter(account=member.account).first()
    if known:
        return known
    wish = Wish(
        reason="工作调动",
        target=Organization.objects.get(short_name="铸造车间团支部"),
        remark="已到公司报到",
    )
    actor = scope_of(member.account)
    return workflow.start(opening.build(member, wish, actor=actor), actor=actor)


def _own_page() -> str:
    _case()
    return "/me/transfer/"


def _case_page() -> str:
    return f"/transfers/{_case().pk}/"


def _letter_page() -> str:
    """The branch agrees, the college's 团委 writes the letter."""
    case = _case()
    if case.state == State.OUT:
        case = workflow.act(case, Act.AGREE_OUT, actor=scope_of(_administrator(case.source)))
    offices = parties.parties(case)
    letter = case.letters.living().first() or issuing.issue(
        case, addressee=offices.addressee, actor=scope_of(_administrator(offices.issuer))
    )
    return f"/transfers/letters/{letter.pk}/"


def _request_page() -> str:
    """The member asks for two changes."""
    member = _member()
    asked = {"occupation": "在读学生", "qq": "10001"}
    return f"/petitions/{profile.ask(member.account, asked, actor=scope_of(member.account)).pk}/"


SHOTS: tuple[Shot, ...] = (
    Shot("transfer-person", "member", _own_page, mark=".note-info", clip=".page > .stack", width=1000),
    Shot("transfer-case", "branch", _case_page, mark=".btn-primary", clip=".columns"),
    Shot("letter-issued", "member", _letter_page, clip=".columns"),
    Shot("contacts-member", "member", "/me/", mark="#ask", clip=".columns"),
    Shot("profile-decide", "branch", _request_page, mark=".accept", clip=".columns"),
)
