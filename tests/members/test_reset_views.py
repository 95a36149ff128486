"""Reset codes for many: who can, who cannot and why, and slips shown once."""

import pytest
from django.utils import timezone

from accounts.confirming import STARTED
from accounts.models import ResetCode
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(sign_in):
    """`fresh(account)` is a client that has just given its password."""

    def fresh(account):
        client = sign_in(account)
        session = client.session
        session[STARTED] = int(timezone.now().timestamp())
        session.save()
        return client

    return fresh


def text(answer):
    return answer.content.decode()


def test_the_lists_let_one_choose(cast, sign_in):
    client = sign_in(cast.college_admin)
    for address, field in (("/members/", "account"), ("/cadres/", "posts")):
        page = text(client.get(address))
        assert (f'name="{field}"' in page, "/members/reset-codes/plan/" in page) == (True, True)


def test_the_plan_names_who_cannot_and_why(cast, fresh):
    people = [cast.member.account_id, cast.college_admin.pk, cast.class1_admin.pk]
    answer = fresh(cast.college_admin).post("/members/reset-codes/plan/", {"account": people})
    assert [slip.account.name for slip in answer.context["able"]] == ["班一丽", "古丽努尔·买买提江"]
    assert [slip.verdict.cause for slip in answer.context["unable"]] == ["self"]
    assert ResetCode.objects.count() == 0


def test_slips_carry_a_code_each_which_is_shown_once(cast, fresh, tripwire):
    people = f"{cast.member.account_id},{cast.classmate.account_id}"
    page = text(fresh(cast.class1_admin).post("/members/reset-codes/slips/", {"chosen": people}))
    assert len(tripwire.codes) == 2
    assert [page.count(f"{code[:4]} {code[4:]}") for code in tripwire.codes] == [1, 1]
    rows = AuditEntry.objects.filter(verb="accounts.issue_reset_code").values_list("account_id", flat=True)
    assert sorted(rows) == sorted([cast.member.account_id, cast.classmate.account_id])


def test_the_codes_work(cast, fresh, tripwire):
    fresh(cast.class1_admin).post("/members/reset-codes/slips/", {"chosen": str(cast.member.account_id)})
    assert ResetCode.objects.get().account == cast.member.account


def test_whoever_cannot_be_reset_gets_none(cast, fresh):
    people = f"{cast.member.account_id},{cast.class1_admin.pk}"
    page = text(fresh(cast.class1_admin).post("/members/reset-codes/slips/", {"chosen": people}))
    assert "自己的密码不用验证码重置" in page
    assert [row.account for row in ResetCode.objects.all()] == [cast.member.account]


def test_when_nobody_can_nothing_is_made(cast, fresh):
    answer = fresh(cast.class1_admin).post(
        "/members/reset-codes/slips/", {"chosen": str(cast.class1_admin.pk)}
    )
    assert (answer.status_code, ResetCode.objects.count()) == (403, 0)


def test_people_outside_the_scope_do_not_exist(cast, fresh):
    client = fresh(cast.class1_admin)
    answer = client.post("/members/reset-codes/plan/", {"account": [cast.worker.account_id]}, follow=True)
    assert "没有选中任何人" in text(answer)
    assert (
        client.post("/members/reset-codes/slips/", {"chosen": str(cast.worker.account_id)}).status_code == 403
    )


def test_after_five_minutes_the_password_is_asked_again(cast, sign_in):
    client = sign_in(cast.class1_admin)
    session = client.session
    session[STARTED] = int(timezone.now().timestamp()) - 600
    session.save()
    answer = client.post("/members/reset-codes/slips/", {"chosen": str(cast.member.account_id)})
    assert (answer.status_code, ResetCode.objects.count()) == (422, 0)
    people = {"chosen": str(cast.member.account_id), "password": makers.PASSWORD}
    assert client.post("/members/reset-codes/slips/", people).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_queries_do_not_grow(cast, country, fresh, django_assert_num_queries, many):
    people = [makers.make_member(country.class1, f"同学{at}").account_id for at in "甲乙丙"[:many]]
    client = fresh(cast.class1_admin)
    with django_assert_num_queries(16):
        client.post("/members/reset-codes/slips/", {"chosen": ",".join(map(str, people))})
