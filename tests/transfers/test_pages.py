"""What the pages of a case say to whom: the branch hidden before consent, the next sentence at every state, stale pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from transfers import lists, pages, sides, todo
from transfers.enums import OPEN, Act, State
from transfers.models import Step, Transfer

from .cases import KINDS, make, scopes

NEXT = {
    State.OUT: "您不用做什么：等“2023级1班团支部”同意转出",
    State.IN: "您不用做什么：等“装配车间团支部”同意转入",
    State.ASSIGN: "“装配车间团支部”已经同意，正在为您分配团支部",
    State.DONE: "转接已完成",
    State.RETURNED: "转接被退回：原因写在“办理经过”中",
    State.WITHDRAWN: "转接已撤回，您的团籍没有变动",
    State.LAPSED: "对方没有在期限内办理，转接已失效",
}


@pytest.mark.parametrize("state", State)
def test_the_person_reads_what_to_do_at_every_state(country, cast, sign_in, state):
    case = make(country, cast, "person to a branch", state)
    assert pages.next_for_person(case).startswith(NEXT[state])
    assert sign_in(cast.member.account).get(reverse("me:transfer")).status_code == 200


# -- before consent (§6.1) ----------------------------------------------------------------------------------


def detail(case) -> str:
    return reverse("transfers:detail", args=[case.pk])


def test_whoever_asks_for_somebody_does_not_learn_the_branch_before_consent(begin, sign_in, cast, country):
    case = begin("workshop_admin")
    said = sign_in(cast.workshop_admin).get(detail(case)).content.decode()
    assert "2023级1班" not in said
    assert "对方同意前不显示" in said
    assert cast.member.account.id_number not in said


def test_after_consent_the_branch_is_shown(begin, do, sign_in, cast):
    case = begin("workshop_admin")
    do("class1_admin", Act.AGREE_OUT, case)
    assert "2023级1班" in sign_in(cast.workshop_admin).get(detail(case)).content.decode()


def test_a_refused_request_tells_the_reason_but_not_the_branch(begin, do, sign_in, cast):
    case = begin("workshop_admin")
    do("class1_admin", Act.RETURN, case, code="不是本单位的人", remark="查无此人")
    said = sign_in(cast.workshop_admin).get(detail(case)).content.decode()
    assert "查无此人" in said
    assert "2023级1班" not in said


def test_a_stranger_finds_no_such_case(begin, sign_in, cast):
    assert sign_in(cast.stranger).get(detail(begin("member"))).status_code == 404


# -- acts from a page that is no longer true ----------------------------------------------------------------


def test_a_stale_page_answers_calmly_and_changes_nothing(begin, do, sign_in, cast):
    case = begin("member")
    do("class1_admin", Act.AGREE_OUT, case)
    stale = {"seen": "1", "code": "其他", "remark": "不对"}
    response = sign_in(cast.class1_admin).post(reverse("transfers:send_back", args=[case.pk]), stale)
    assert (response.status_code, "刚刚" in response.content.decode()) == (403, True)
    assert (Transfer.objects.get(pk=case.pk).state, Step.objects.filter(transfer=case).count()) == ("in", 2)


def test_a_return_without_words_comes_back_with_the_form(begin, sign_in, cast):
    case = begin("member")
    sent = {"seen": "1", "code": "其他"}
    response = sign_in(cast.class1_admin).post(reverse("transfers:send_back", args=[case.pk]), sent)
    assert response.status_code == 422
    assert 'id="return_remark"' in response.content.decode()


def test_the_body_assigns_one_of_its_branches(begin, do, sign_in, cast, country):
    case = begin("class1_admin", target="company")
    do("company_admin", Act.AGREE_IN, case)
    client, address = sign_in(cast.company_admin), reverse("transfers:assign", args=[case.pk])
    assert client.post(address, {"seen": "2", "branch": country.class2.pk}).status_code == 422
    client.post(address, {"seen": "2", "branch": country.workshop.pk})
    assert Transfer.objects.get(pk=case.pk).landed == country.workshop


def test_sent_again_it_is_filled_in_as_it_was_and_follows_the_first(begin, do, sign_in, cast, country):
    case = begin("member", reason="工作调动", remark="春季入职")
    do("class1_admin", Act.RETURN, case, code="其他", remark="请补材料")
    client, address = sign_in(cast.member.account), reverse("transfers:again", args=[case.pk])
    form = client.get(address).context["form"]
    assert (form.initial["reason"], form.initial["remark"]) == ("工作调动", "春季入职")
    client.post(address, {"reason": "工作调动", "remark": "已补"})
    assert Transfer.objects.open().get().follows_id == case.pk


# -- whose turn it is, in SQL and by the rule ---------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", OPEN)
def test_what_waits_is_exactly_what_the_sides_decide(country, cast, kind, state):
    case = make(country, cast, kind, state)
    if case.target is None and state != State.OUT:
        return
    for name, scope in scopes(country, cast, kind).items():
        side = {State.OUT: (case.source, case.source.parent)}.get(state, sides.incoming(case))
        decides = scope.account_id != case.account_id and any(sides.acts_for(scope, each) for each in side)
        assert (name, lists.waiting(scope).filter(pk=case.pk).exists()) == (name, decides)


@pytest.mark.parametrize(("days", "found"), [(6, []), (7, ["centre_admin"]), (9, ["centre_admin"])])
def test_a_late_case_is_a_todo_of_the_lowest_common_superior_alone(country, cast, seats, days, found):
    now = timezone.now()
    make(country, cast, "person to a branch", State.IN, now=now - timedelta(days=days))
    watching = [
        name
        for name in ("centre_admin", "corps_admin", "university_admin", "zibo_admin", "stranger")
        if todo.late(seats[name], now=now).exists()
    ]
    assert watching == found


def test_a_person_without_a_membership_hears_how_to_get_one(cast, sign_in):
    page = sign_in(cast.outsider).get("/me/transfer/").content.decode()
    assert ("没有可以转接的团籍" in page, 'href="/register/member/"' in page) == (True, True)
