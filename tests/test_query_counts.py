"""Every list costs the same literal number of queries with one row and with three."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import telling
from members import registry
from members.applications import applying
from members.applications.content import Content
from members.documents import keeping
from members.documents.rules import Kept
from members.models import Act as MemberAct
from members.models import ApplicationKind, BatchState, ImportBatch, Member, PaperKind
from members.removal import verbs as removing
from members.removal.rules import Given
from members.requests import profile
from orgs import administrators
from orgs import invitations as inviting
from orgs import petitions as door
from orgs.enums import Category
from orgs.models import Petition
from orgs.posts import Office
from orgs.scope import of_command, scope_of
from regcodes import codes
from tests import makers
from transfers import opening, workflow
from transfers.enums import About
from transfers.enums import Act as TransferAct
from transfers.graduates import leaving
from transfers.graduates import marking as graduates_marking
from transfers.graduates import people as graduates_people
from transfers.nudges import topics
from transfers.nudges import verbs as nudges
from transfers.opening import Wish


def members(world: SimpleNamespace, at: int) -> None:
    """Another member with a post, in a branch of its own."""
    branch = makers.make_org(world.college, f"2026级{at}班团支部")
    makers.make_post(makers.make_member(branch, f"同学{chr(0x4E00 + at)}", password=None).account, branch)


def subordinates(world: SimpleNamespace, at: int) -> None:
    """Another direct subordinate with an administrator."""
    branch = makers.make_org(world.college, f"2027级{at}班团支部")
    makers.make_admin(branch, f"班长{chr(0x4E00 + at)}")


def cadres(world: SimpleNamespace, at: int) -> None:
    """Another cadre without 团籍, in an organisation of its own."""
    committee = makers.make_org(world.college, f"第{at}团总支", Category.GENERAL_BRANCH)
    makers.make_post(makers.make_account(f"干部{chr(0x4E00 + at)}"), committee)


def imports(world: SimpleNamespace, at: int) -> None:
    """Another import waiting to be confirmed."""
    ImportBatch.objects.create(
        organization=world.college,
        importer=world.admin,
        state=BatchState.PLANNED,
        file_name=f"名单{at}.xlsx",
        file_size=1,
        file_index=bytes(16),
        counts={"total": 0},
    )


def petitions(world: SimpleNamespace, at: int) -> None:
    """A branch asks the college for another administrator."""
    branch = makers.make_org(world.college, f"2028级{at}班团支部")
    head = makers.make_admin(branch, f"班长{chr(0x4E00 + at)}")
    deputy = makers.make_post(
        makers.make_member(branch, f"委员{chr(0x4E00 + at)}").account, branch, "组织委员"
    )
    administrators.change(branch, successor=deputy.account, actor=scope_of(head))


def decided(world: SimpleNamespace, at: int) -> None:
    """The college has answered one more request."""
    petitions(world, at)
    waiting = Petition.objects.pending().latest("pk")
    door.send_back(waiting, actor=scope_of(world.admin), remark="请先开会")


def invitations(world: SimpleNamespace, at: int) -> None:
    """The college's administrator has invited somebody."""
    person = makers.make_account(f"受邀{chr(0x4E00 + at)}")
    inviting.invite(world.college, person, Office(title="干事"), actor=scope_of(world.admin))


def told(world: SimpleNamespace, at: int) -> None:
    """The administrator has been told something."""
    telling.tell([world.admin.pk], f"第{at}份名单已经导入")


def own_requests(world: SimpleNamespace, at: int) -> None:
    """The administrator has asked once more for a change of his own data, the earlier ones withdrawn."""
    for earlier in Petition.objects.pending().filter(account=world.admin):
        door.withdraw(earlier, actor=scope_of(world.admin))
    profile.ask(world.admin, {"occupation": f"教师{at}"}, actor=scope_of(world.admin))


def given_codes(world: SimpleNamespace, at: int) -> None:
    """Another code for a direct subordinate, about to expire."""
    branch = makers.make_org(world.college, f"2029级{at}班团支部")
    codes.issue(branch, actor=scope_of(world.admin), now=timezone.now() - timedelta(days=18))


def applied(world: SimpleNamespace, at: int) -> None:
    """Somebody with an account wants to be taken in by a branch of the college as its 书记."""
    branch = makers.make_org(world.college, f"2030级{at}班团支部")
    content = Content(
        name=f"申请{chr(0x4E00 + at)}",
        number=makers.make_account("别名").id_number,
        phone="16300000079",
        ethnicity="汉族",
        political_status="共青团员",
        education="本科（在读）",
        joined=date(2021, 5, 1),
        league_number=f"20216599900{at}",
        title="书记",
        since=date(2024, 9, 1),
        nature="兼职",
        in_party_committee=False,
    )
    applying.submit(branch, ApplicationKind.CADRE, content, actor=makers.SYSTEM, now=timezone.now())


def transferred(world: SimpleNamespace, at: int) -> None:
    """Somebody of another college is to come into a branch of this one, which waits for the college's word."""
    branch = makers.make_org(world.college.parent, f"2033级{at}班团支部")
    target = makers.make_org(world.college, f"2034级{at}班团支部")
    actor = of_command("tests", branch)
    member = makers.make_member(branch, f"转入{chr(0x4E00 + at)}")
    workflow.start(opening.build(member, Wish("其他", target), actor=actor), actor=actor)


def own_transfers(world: SimpleNamespace, at: int) -> None:
    """The administrator has withdrawn one more transfer of his own."""
    member = Member.objects.filter(account=world.admin).select_related("account", "branch__parent").first()
    if member is None:
        branch = makers.make_org(world.college.parent, "机关团支部")
        facts = {"joined": date(2020, 5, 1), "number": None, "act": MemberAct.ENTRY, "actor": makers.SYSTEM}
        member = registry.enrol(world.admin, branch, **facts)
    target = makers.make_org(world.college, f"2035级{at}班团支部")
    actor = scope_of(world.admin)
    case = workflow.start(opening.build(member, Wish("其他", target), actor=actor), actor=actor)
    workflow.act(case, TransferAct.WITHDRAW, actor=actor)


def removed(world: SimpleNamespace, at: int) -> None:
    """Somebody was removed from a branch two steps below, one more waits for the college, one is too old."""
    committee = makers.make_org(world.college, f"第{at}团总支", Category.GENERAL_BRANCH)
    makers.make_admin(committee, f"总支{chr(0x4E00 + at)}")
    below = makers.make_org(committee, f"2030级{at}班团支部")
    actor = of_command("tests", committee)
    removing.remove(makers.make_member(below, f"离开{chr(0x4E00 + at)}"), Given("误录入"), actor=actor)
    branch = makers.make_org(world.college, f"2031级{at}班团支部")
    old = {"joined": date(2006, 5, 1), "member_number": None}
    for name in ("大龄", "待批"):
        number = makers.number_of(date(1990, 1, 1))
        member = makers.make_member(branch, f"{name}{chr(0x4E00 + at)}", number=number, **old)
    head = makers.make_admin(branch, f"班长{chr(0x4E00 + at)}")
    removing.remove(member, Given("超龄离团"), actor=scope_of(head))


def papers(world: SimpleNamespace, at: int) -> None:
    """Somebody whose 团员证 is lost and whose other papers are there, in a branch of its own."""
    member = makers.make_member(
        makers.make_org(world.college, f"2032级{at}班团支部"), f"失证{chr(0x4E00 + at)}"
    )
    here = Kept("present", "学籍档案", date(2024, 9, 1))
    kept = dict.fromkeys(PaperKind.values, here) | {"card": Kept("missing")}
    keeping.keep(member, kept, actor=scope_of(world.admin))


def graduates(world: SimpleNamespace, at: int) -> None:
    """A class of the college left this year, its graduate has not begun, a delayed one stays."""
    branch = makers.make_org(world.college, f"2022级{at}班团支部")
    people = [makers.make_member(branch, f"{name}{chr(0x4E00 + at)}") for name in ("毕业", "延期")]
    now, actor = timezone.now(), scope_of(world.admin)
    graduates_marking.mark([branch.pk], "class", now.date().replace(month=1, day=1), actor=actor)
    leaving.turn_all(now + timedelta(days=365))
    graduates_people.mark(branch, [people[1].account_id], "teacher", actor=actor)


def nudged(world: SimpleNamespace, at: int) -> None:
    """The college has reminded another class."""
    branch = makers.make_org(world.college, f"2033级{at}班团支部")
    late = makers.make_member(branch, f"未办{chr(0x4E00 + at)}").account_id
    actor = scope_of(world.admin)
    nudges.nudge(
        topics.gather(About.START, [late], actor), deadline=timezone.localdate(), key=uuid4(), actor=actor
    )


LISTS = {
    "/graduates/": (graduates, 14),
    "/members/": (members, 12),
    "/members/?q=t&state=initial": (members, 12),
    "/members/?c=phone&c=superior&c=posts&c=complete&c=overage&complete=no&post=yes&sort=name": (members, 12),
    "/desk/subordinates/": (subordinates, 9),
    "/cadres/": (cadres, 11),
    "/cadres/?c=superior&c=complete&c=branch&c=joined&c=admin&complete=no&member=no&sort=since": (cadres, 11),
    "/imports/": (imports, 6),
    "/desk/subordinates/?sort=information": (subordinates, 9),
    "/desk/search/?q=2027": (subordinates, 10),
    "/desk/tree/": (subordinates, 7),
    "/desk/contacts/": (subordinates, 8),
    "/desk/": (members, 27),
    "/desk/?waiting": (petitions, 28),
    "/desk/inbox/": (petitions, 21),
    "/desk/inbox/?item=codes": (given_codes, 18),
    "/applications/": (applied, 12),
    "/desk/inbox/asked/": (invitations, 5),
    "/desk/inbox/decided/": (decided, 6),
    "/desk/codes/": (given_codes, 8),
    "/desk/audit/": (petitions, 7),
    "/desk/progress/": (subordinates, 12),
    "/figures/": (subordinates, 12),
    "/figures/movement/": (subordinates, 11),
    "/figures/roster/": (members, 9),
    "/removals/": (removed, 7),
    "/removals/overage/": (removed, 7),
    "/documents/": (papers, 7),
    "/documents/reissues/": (papers, 8),
    "/nudges/": (nudged, 6),
    "/transfers/": (transferred, 10),
    "/transfers/?tab=incoming": (transferred, 10),
    "/me/": (own_requests, 17),
    "/me/transfer/": (own_transfers, 14),
    "/me/inbox/": (told, 6),
    "/me/requests/": (own_requests, 6),
    "/me/profile/": (own_requests, 9),
    "/me/watchers/": (invitations, 8),
    "/me/seen/": (invitations, 5),
}


@pytest.fixture
def world(country) -> SimpleNamespace:
    """A college with its administrator."""
    return SimpleNamespace(college=country.college, admin=makers.make_admin(country.college, "易学园"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_as_many_queries_for_three_rows_as_for_one(world, sign_in, address, rows):
    grow, expected = LISTS[address]
    for at in range(1, rows + 1):
        grow(world, at)
    client = sign_in(world.admin)
    client.get(address)  # what is read once a process
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert (response.status_code, len(captured)) == (200, expected)
