"""What a paper and a certificate must be, who is on the list of lost 团员证, who gathers."""

from datetime import date

import pytest

from members.documents import rules
from members.documents.rules import Certified, Kept
from members.models import PaperKind
from orgs.scope import scope_of

TODAY = date(2026, 11, 23)
LATER = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("kept", "certified", "cause"),
    [
        (Kept(), False, ""),
        (Kept("present", "学籍档案", TODAY), False, ""),
        (Kept("present"), False, "holder"),
        (Kept("missing"), False, ""),
        (Kept("certified"), False, "certificate"),
        (Kept("certified"), True, ""),
        (Kept("present", "邮寄", LATER), False, "future"),
        (Kept("present", "邮寄", TODAY, LATER), False, "future"),
    ],
)
def test_papers(kept, certified, cause):
    assert rules.paper(kept, certified=certified, today=TODAY).cause == cause


def certificate(**facts):
    sound = {
        "joined": date(2020, 5, 1),
        "place": "石河子第一中学",
        "introducers": "张三、李四",
        "issuer": "石河子第一中学团委",
        "issued_on": TODAY,
        "number": "202065000001",
    }
    return Certified(**sound | facts)


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({}, ""),
        ({"number": ""}, "number_missing"),
        ({"number": "", "joined": date(2015, 12, 1)}, "joined_age"),
        ({"number": "201965000001"}, "number_year"),
        ({"joined": date(2027, 1, 1)}, "joined_future"),
        ({"issued_on": LATER}, "issued_future"),
        ({"issued_on": date(2020, 4, 30)}, "issued_early"),
    ],
)
def test_certificates(facts, cause):
    assert rules.certificate(certificate(**facts), date(2005, 5, 20), today=TODAY).cause == cause


def test_those_who_joined_before_2016_need_no_number_on_it():
    given = certificate(number="", joined=date(2015, 12, 1))
    assert rules.certificate(given, date(2000, 5, 20), today=TODAY)


def states(**changed):
    return dict.fromkeys(PaperKind.values, "present") | changed


@pytest.mark.parametrize(
    ("papers", "lost"),
    [
        (states(), False),
        (states(card="missing"), True),
        (states(card="missing", admission="certified"), True),
        (states(card="missing", admission="missing"), False),
        ({"card": "missing"}, False),
        ({}, False),
    ],
)
def test_a_card_lost_alone_is_reissued(papers, lost):
    assert rules.is_lost(papers) == lost


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "gathers"),
    [("university_admin", True), ("college_admin", False), ("class1_admin", False), ("corps_admin", True)],
)
def test_the_topmost_committee_gathers(cast, who, gathers):
    assert bool(rules.may_gather(scope_of(getattr(cast, who)))) == gathers
