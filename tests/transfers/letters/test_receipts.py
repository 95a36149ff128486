"""The letter follows its case: received, 回执 filled in, void; on paper the 回执 is kept by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from transfers.enums import Act
from transfers.letters import receipts
from transfers.letters.receipts import Receipt
from transfers.models import Letter, Standing, Transfer
from zhtj.lib.verdict import Refused

OUTSIDE = {"target": None, "outside": "beijing", "outside_name": "某大学团委"}


def today():
    return timezone.localdate()


def paper(**facts):
    return Receipt(facts.get("on") or today(), "某大学团委", "赵经办", "邮寄返回")


def test_the_online_acceptance_fills_in_the_receipt(sent, issue, do, seats, country):
    case = sent()
    issue(case)
    do(case, Act.AGREE_IN)
    letter = Letter.objects.get()
    assert (letter.state, letter.receipt_on, letter.receipt_online) == (Standing.RETURNED, today(), True)
    assert (letter.receipt_from, letter.receipt_clerk) == (country.company.full_name, "齐公司")


def test_where_a_branch_is_still_to_be_assigned_it_is_received(sent, issue, do, country):
    case = sent(target=country.company)
    issue(case)
    do(case, Act.AGREE_IN)
    assert Letter.objects.get().state == Standing.ACCEPTED
    do(case, Act.ASSIGN, branch=country.workshop)
    assert Letter.objects.get().state == Standing.RETURNED


def test_an_expired_letter_is_not_answered(sent, issue, do):
    case = sent()
    issue(case, now=timezone.now() - timedelta(days=91))
    do(case, Act.AGREE_IN)
    assert Letter.objects.get().standing(today=today()) == Standing.EXPIRED


def test_issued_after_the_case_is_over_it_brings_its_receipt(sent, issue, do):
    case = sent()
    do(case, Act.AGREE_IN)
    letter = issue(case)
    assert (letter.state, letter.receipt_clerk) == (Standing.RETURNED, "齐公司")


def test_a_case_sent_back_makes_its_letter_void(sent, issue, do):
    case = sent()
    issue(case)
    do(case, Act.RETURN, code="其他", remark="缺材料")
    letter = Letter.objects.get()
    assert (letter.state, letter.void_reason) == (Standing.VOID, "转接已退回")


def test_outside_the_system_the_letter_waits_for_paper(sent, issue):
    case = sent(**OUTSIDE)
    letter = issue(case)
    assert (letter.state, letter.addressee_name) == (Standing.ISSUED, "某大学团委")


def test_the_receipt_on_paper_is_kept(sent, issue, seats):
    letter = issue(sent(**OUTSIDE))
    kept = receipts.keep(letter, paper(), actor=seats.college_admin)
    assert (kept.state, kept.receipt_clerk, kept.receipt_online) == (Standing.RETURNED, "赵经办", False)


@pytest.mark.parametrize(("days", "words"), [(-1, "早于开具日期"), (1, "晚于今天")])
def test_its_day_is_possible(sent, issue, seats, days, words):
    letter = issue(sent(**OUTSIDE))
    with pytest.raises(Refused, match=words):
        receipts.keep(letter, paper(on=today() + timedelta(days=days)), actor=seats.college_admin)


def test_it_is_kept_once(sent, issue, seats):
    letter = receipts.keep(issue(sent(**OUTSIDE)), paper(), actor=seats.college_admin)
    with pytest.raises(Refused, match="介绍信回执已返回"):
        receipts.keep(letter, paper(), actor=seats.college_admin)


def test_for_an_online_case_nobody_keeps_it_by_hand(sent, issue, seats):
    with pytest.raises(Refused, match="自动填写"):
        receipts.keep(issue(sent()), paper(), actor=seats.college_admin)


@pytest.mark.parametrize("who", ["class1_admin", "university_admin", "company_admin", "member"])
def test_the_issuer_keeps_it(sent, issue, seats, who):
    letter = issue(sent(**OUTSIDE))
    with pytest.raises(Refused, match="回执由"):
        receipts.keep(letter, paper(), actor=getattr(seats, who))


def test_a_withdrawn_case_takes_its_letter_along(sent, issue, do, seats):
    case = sent()
    issue(case)
    do(case, Act.WITHDRAW, by=seats.class1_admin)
    assert (Transfer.objects.get(pk=case.pk).state, Letter.objects.get().state) == ("withdrawn", "void")
