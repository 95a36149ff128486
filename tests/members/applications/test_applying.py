"""提交, 撤回 and 重新提交, by the person."""

import pytest
from django.utils import timezone

from accounts.models import Account, number_index
from members.applications import applying, deciding
from members.applications import content as contents
from members.models import Application, Member
from orgs.scope import nobody
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

from .conftest import NOW, content, submit

pytestmark = pytest.mark.django_db
ACTOR = nobody(address="192.0.2.7")


@pytest.fixture
def returned(application, branch_admin):
    deciding.send_back(application, reason="facts", remark="入团年月不对", actor=branch_admin, now=NOW)
    return application


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.verdict.cause


def test_an_application_is_no_account_and_no_membership(country):
    accounts, members = Account.objects.count(), Member.objects.count()
    application = submit(country.class1)
    assert (application.state, Account.objects.count(), Member.objects.count()) == (
        "pending",
        accounts,
        members,
    )


def test_it_is_recorded_without_a_name_or_number(application):
    row = AuditEntry.objects.get(verb="applications.submitted")
    assert (row.organization_id, row.account_id, row.account_name) == (application.branch_id, None, "")
    assert row.detail == {"application": application.pk, "kind": "member"}


def test_somebody_with_a_membership_applies_like_anybody(country, cast):
    account = cast.member.account
    assert submit(country.class2, number=account.id_number, name=account.name).state == "pending"


def test_a_number_in_use_is_accepted_like_any(country, cast):
    assert submit(country.class2, league_number=cast.member.number).state == "pending"


def test_one_id_may_wait_at_several_branches_and_twice_at_one(country):
    number = makers.number_of()
    for branch in (country.class1, country.class2, country.class2):
        submit(branch, number=number)
    assert Application.objects.filter(id_index=number_index(number), state="pending").count() == 3


def test_a_branch_deleted_meanwhile_is_refused(country):
    country.freshmen.deleted_at = timezone.now()
    country.freshmen.save()
    assert refusal(submit, country.freshmen) == "gone"


def test_it_is_withdrawn_and_stays_so(application):
    applying.withdraw(application, actor=ACTOR, now=NOW)
    assert (application.state, refusal(applying.withdraw, application, actor=ACTOR, now=NOW)) == (
        "withdrawn",
        "moved_on",
    )


def test_a_returned_one_is_sent_again_with_its_receipt_and_the_last_reason(returned):
    receipt, given = returned.receipt, content(name="改名后")
    applying.resend(returned, given, actor=ACTOR, now=timezone.now())
    row = Application.objects.get(pk=returned.pk)
    assert (row.state, row.receipt, row.reason, row.decided_at) == ("pending", receipt, "facts", None)
    assert (contents.of(row), bytes(row.id_index)) == (given, number_index(given.number))


def test_one_that_waits_is_not_sent_again(application):
    assert refusal(applying.resend, application, content(), actor=ACTOR, now=NOW) == "moved_on"


def test_an_old_page_sends_nothing(returned):
    old = Application.objects.select_related("branch__parent").get(pk=returned.pk)
    applying.withdraw(returned, actor=ACTOR, now=NOW)
    assert refusal(applying.resend, old, content(), actor=ACTOR, now=NOW) == "moved_on"
