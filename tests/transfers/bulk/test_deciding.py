"""Many cases decided together: the plan first, then each for itself with its own answer."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from orgs.scope import scope_of
from tests import makers
from tests.transfers.bulk import crowd
from transfers import workflow
from transfers.bulk import deciding
from transfers.enums import Act, State
from transfers.models import Transfer
from transfers.workflow import Word
from zhtj.audit.models import AuditEntry, Result
from zhtj.lib.verdict import Refused


@pytest.fixture
def waiting(country, cast):
    """Three of class 1 wait for the company's word, as body and as branch."""
    actor = scope_of(cast.college_admin)
    third = makers.make_member(country.class1, "第三人")
    to_body = crowd.listed([cast.member, third], actor, target=country.company)
    crowd.send(to_body, actor)
    crowd.send(crowd.listed([cast.classmate], actor, target=country.workshop), actor)
    return SimpleNamespace(company=scope_of(cast.company_admin), country=country, cast=cast)


def seen(here) -> list[Transfer]:
    tokens = [deciding.token(each) for each in Transfer.objects.all()]
    return deciding.seen(tokens, here.company)


def states() -> list[str]:
    return sorted(Transfer.objects.values_list("state", flat=True))


def test_all_are_agreed_to_each_as_it_is(waiting):
    outcomes = deciding.agree_all(seen(waiting), actor=waiting.company, now=timezone.now())
    assert [bool(each.verdict) for each in outcomes] == [True] * 3
    assert states() == ["assign", "assign", "done"]


def test_the_page_says_in_numbers_what_agreeing_leads_to(waiting):
    found = deciding.choices(seen(waiting), scope=waiting.company, now=timezone.now())
    assert deciding.effects(found) == ["2 件同意后等待分配团支部", "1 件同意后马上转接完成"]


def test_all_are_sent_back_with_one_reason(waiting):
    deciding.return_all(seen(waiting), Word("其他", "缺材料"), actor=waiting.company)
    assert states() == ["returned"] * 3


def test_many_are_assigned_to_one_branch(waiting):
    deciding.agree_all(seen(waiting), actor=waiting.company, now=timezone.now())
    outcomes = deciding.assign_all(seen(waiting), waiting.country.workshop, actor=waiting.company)
    assert [bool(each.verdict) for each in outcomes] == [False, True, True] or states() == ["done"] * 3
    assert states() == ["done"] * 3


def test_one_that_has_moved_on_does_not_stop_the_others(waiting):
    chosen = seen(waiting)
    first = Transfer.objects.get(pk=chosen[0].pk)
    workflow.act(first, Act.RETURN, actor=waiting.company, word=Word("其他", "缺材料"))
    outcomes = deciding.agree_all(chosen, actor=waiting.company, now=timezone.now())
    assert [bool(each.verdict) for each in outcomes] == [False, True, True]
    assert outcomes[0].verdict.cause == "moved_on"
    assert AuditEntry.objects.filter(verb="transfers.step", result=Result.DENIED).count() == 1


def test_what_was_seen_before_is_not_decided_now(waiting):
    tokens = [deciding.token(each) for each in Transfer.objects.all()]
    deciding.agree_all(deciding.seen(tokens, waiting.company), actor=waiting.company, now=timezone.now())
    again = deciding.seen(tokens, waiting.company)
    assert {each.state for each in again} == {deciding.STALE}
    assert [each.able for each in deciding.choices(again, scope=waiting.company, now=timezone.now())] == [
        False
    ] * 3


def test_the_outgoing_side_has_no_word_now(waiting):
    college = scope_of(waiting.cast.college_admin)
    chosen = deciding.seen([deciding.token(each) for each in Transfer.objects.all()], college)
    found = deciding.choices(chosen, scope=college, now=timezone.now())
    assert [each.able for each in found] == [False] * 3


def test_cases_of_others_are_not_found(waiting):
    tokens = [deciding.token(each) for each in Transfer.objects.all()]
    assert deciding.seen(tokens, scope_of(waiting.cast.stranger)) == []


@pytest.mark.parametrize("count", [0, deciding.MOST + 1])
def test_none_or_too_many_are_not_tried(waiting, count):
    with pytest.raises(Refused):
        deciding.return_all(seen(waiting)[:1] * count, Word("其他", "缺"), actor=waiting.company)


# -- the pages ----------------------------------------------------------------------------------------


@pytest.fixture
def client(waiting, sign_in):
    return sign_in(waiting.cast.company_admin)


def tokens() -> dict[str, list[str]]:
    return {"case": [deciding.token(each) for each in Transfer.objects.order_by("pk")]}


def test_the_list_offers_to_decide_together(client):
    assert 'action="/transfers/decide/"' in client.get("/transfers/").content.decode()


def test_the_plan_says_how_many(client):
    page = client.post("/transfers/decide/", tokens()).content.decode()
    assert ("同意 3 件" in page, "退回 3 件" in page) == (True, True)


def test_agreed_then_assigned(client, waiting):
    outcome = client.post("/transfers/decide/agree/", tokens()).content.decode()
    assert "同意 3 件。" in outcome
    page = client.post("/transfers/decide/", tokens()).content.decode()
    assert "分配 2 人" in page
    sent = tokens() | {"target": waiting.country.company.pk, "branch": waiting.country.workshop.pk}
    client.post("/transfers/decide/assign/", sent)
    assert states() == ["done"] * 3


def test_sending_back_needs_words(client):
    answer = client.post("/transfers/decide/return/", tokens() | {"code": "其他", "remark": ""})
    assert (answer.status_code, states()) == (422, ["in"] * 3)


def test_all_are_sent_back_from_the_page(client):
    client.post("/transfers/decide/return/", tokens() | {"code": "其他", "remark": "缺材料"})
    assert states() == ["returned"] * 3


def test_nothing_chosen_leads_back(client):
    assert client.post("/transfers/decide/").url == "/transfers/"


def test_an_assignment_without_a_branch_is_asked_again(client, waiting):
    client.post("/transfers/decide/agree/", tokens())
    answer = client.post("/transfers/decide/assign/", tokens() | {"target": waiting.country.company.pk})
    assert (answer.status_code, "请选择" in answer.content.decode()) == (422, True)


def test_what_else_was_chosen_is_still_there_after_a_wrong_answer(client, waiting):
    client.post("/transfers/decide/agree/", tokens())
    everything = tokens()["case"]
    sent = {"case": everything[:1], "chosen": everything, "target": waiting.country.company.pk}
    assert "一起办理 3 件转接" in client.post("/transfers/decide/assign/", sent).content.decode()


def test_the_outcome_leads_on_with_the_rest(client, waiting):
    """Those not acted on, and those that agreeing has brought to their assignment; nothing that is over."""
    everything = tokens()["case"]
    answer = client.post("/transfers/decide/agree/", {"case": everything[:2], "chosen": everything})
    assert "继续办理 3 件" in answer.content.decode()
    sent = {"code": "其他", "remark": "缺材料"} | tokens()
    over = client.post("/transfers/decide/return/", sent | {"chosen": tokens()["case"]})
    assert "继续办理" not in over.content.decode()


def test_a_hundred_are_planned_within_a_bounded_number_of_queries(
    country, cast, django_assert_max_num_queries
):
    actor, company = scope_of(cast.college_admin), scope_of(cast.company_admin)
    crowd.send(crowd.listed(crowd.fill(country.class1, 20), actor, target=country.workshop), actor)
    chosen = deciding.seen([deciding.token(each) for each in Transfer.objects.all()], company)
    with django_assert_max_num_queries(20 * 10):
        found = deciding.choices(chosen, scope=company, now=timezone.now())
    assert [each.transfer.state for each in found] == [State.IN] * 20
