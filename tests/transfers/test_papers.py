"""The incoming side checks off papers on the case; nothing waits for them (§6.8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from members.documents import receiving
from members.documents.receiving import Tick
from members.models import Member, Paper
from transfers import papers
from transfers.enums import Act
from transfers.models import Transfer
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused


@pytest.fixture
def case(begin):
    """古丽努尔 on her way to the workshop, agreed to by her class."""
    return begin("class1_admin")


def tick(case: Transfer, kind: str = "card", word: str = "arrived", was: str = "none") -> Tick:
    return Tick(case.account_id, kind, was, word)


@pytest.mark.parametrize(
    ("who", "cause"),
    [
        ("workshop_admin", ""),
        ("company_admin", ""),
        ("class1_admin", "not_incoming"),
        ("college_admin", "not_incoming"),
        ("stranger", "not_incoming"),
        ("member", "own"),
    ],
)
def test_the_incoming_side_checks(seats, case, who, cause):
    assert papers.may_receive(seats[who], case).cause == cause


def test_not_before_it_has_the_turn(seats, begin):
    case = begin("member")
    assert papers.may_receive(seats["workshop_admin"], case).cause == "state"


def test_after_the_person_has_left_again_somebody_else_checks(country, seats, case, do):
    done = do("workshop_admin", Act.AGREE_IN, case)
    assert bool(papers.may_receive(seats["workshop_admin"], done))
    Member.objects.filter(account=case.account).update(branch=country.class2, branch_path=country.class2.path)
    assert papers.may_receive(seats["workshop_admin"], done).cause == "gone"


def test_an_arrived_card_lies_at_the_college_since_the_day(seats, case):
    day = date(2026, 9, 1)
    papers.receive(case, [tick(case)], received_on=day, actor=seats["workshop_admin"])
    paper = Paper.objects.get()
    assert (paper.state, paper.holder, paper.since, paper.received_on) == ("present", "学院团委", day, day)


def test_it_is_recorded_and_the_person_is_told(seats, case):
    papers.receive(case, [tick(case)], received_on=None, actor=seats["workshop_admin"])
    row = AuditEntry.objects.get(verb="members.papers_kept")
    assert (row.account_id, row.detail) == (case.account_id, {"papers": {"card": "present"}})
    assert Notice.objects.filter(account=case.account, text__contains="核对了您的团员档案").count() == 1


def test_a_paper_somebody_else_has_marked_meanwhile_is_left(seats, case):
    papers.receive(case, [tick(case)], received_on=None, actor=seats["workshop_admin"])
    done = papers.receive(case, [tick(case, word="missing")], received_on=None, actor=seats["workshop_admin"])
    assert (done.papers, done.refused[0][1].cause) == (0, "moved_on")


def test_certified_needs_a_certificate(seats, case):
    done = papers.receive(
        case, [tick(case, word="certified")], received_on=None, actor=seats["workshop_admin"]
    )
    assert done.refused[0][1].cause == "certificate"


def test_papers_of_others_are_not_written(seats, cast, case):
    stranger = Tick(cast.classmate.account_id, "card", "none", "arrived")
    done = papers.receive(case, [stranger], received_on=None, actor=seats["workshop_admin"])
    assert (done.refused[0][1].cause, Paper.objects.count()) == ("not_here", 0)


def test_no_day_to_come(seats, case):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        papers.receive(case, [tick(case)], received_on=tomorrow, actor=seats["workshop_admin"])
    assert refusal.value.verdict.cause == "future"


def test_nothing_ticked_is_said(seats, case):
    with pytest.raises(Refused) as refusal:
        papers.receive(case, [], received_on=None, actor=seats["workshop_admin"])
    assert refusal.value.verdict.cause == "nothing"


@pytest.mark.parametrize("token", ["", "x", "1:card:none", "1:nothing:none:arrived", "1:card:none:burnt"])
def test_what_cannot_be_read_says_nothing(token):
    assert receiving.read([token]) == []


def test_the_case_page_offers_it_to_the_incoming_side_alone(sign_in, cast, case):
    page = f"/transfers/{case.pk}/"
    assert "登记材料" in sign_in(cast.workshop_admin).get(page).content.decode()
    assert "登记材料" not in sign_in(cast.class1_admin).get(page).content.decode()


def test_the_form_of_the_case_page_writes(sign_in, cast, case):
    client = sign_in(cast.workshop_admin)
    token = f"{case.account_id}:card:none:missing"
    client.post(f"/transfers/{case.pk}/papers/", {"paper": token, "received_on": ""})
    assert Paper.objects.get().state == "missing"
    assert sign_in(cast.class1_admin).post(f"/transfers/{case.pk}/papers/").status_code == 403
