"""同意 and 退回: by the verb of entry, as it was seen, singly and many at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Account
from members.applications import applying, deciding
from members.models import Application, Member, Membership
from orgs.models import Post
from orgs.scope import nobody, scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

from .conftest import NOW, OFFICE, content, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def approve(branch_admin):
    return lambda application, **facts: deciding.approve(application, actor=branch_admin, now=NOW, **facts)


@pytest.fixture
def send_back(branch_admin):
    facts = {"reason": "elsewhere", "remark": "", "actor": branch_admin, "now": NOW}
    return lambda application, **given: deciding.send_back(application, **{**facts, **given})


def refusal(call, *args, **facts) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    return caught.value.verdict.cause


def test_account_membership_and_ledger_begin_together(approve, application, country):
    member = approve(application)
    ledger = Membership.objects.get(account=member.account)
    assert (member.branch, member.number, ledger.begun_by) == (country.class1, "202165777777", "apply")
    assert (member.account.name, member.account.sign_in_state, member.account.phone) == (
        "申请人",
        "initial",
        "16300000077",
    )
    assert (application.state, application.account_id) == ("approved", member.account_id)


def test_a_cadre_gets_the_post_too(approve, country):
    member = approve(submit(country.class1, **OFFICE))
    assert Post.objects.get(account=member.account).title == "宣传委员"


def test_who_decided_is_on_record(approve, application, cast):
    member = approve(application)
    row = AuditEntry.objects.get(verb="applications.approved")
    assert (row.actor_id, row.account_id, row.organization_id) == (
        cast.class1_admin.pk,
        member.account_id,
        application.branch_id,
    )


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        (
            lambda cast: {"number": cast.member.account.id_number, "name": "古丽努尔·买买提江"},
            "registered_member",
        ),
        (lambda cast: {"number": cast.worker.account.id_number, "name": "孔令工"}, "registered_transfer"),
        (lambda cast: {"number": cast.outsider.id_number, "name": "别人"}, "conflict"),
        (lambda cast: {"league_number": cast.member.number, "joined": cast.member.joined}, "number_taken"),
        (lambda cast: {**OFFICE, "title": "书记"}, "secretary"),
    ],
)
def test_what_the_entry_refuses_is_refused_and_changes_nothing(approve, country, cast, facts, cause):
    application = submit(country.class1, **facts(cast))
    before = Account.objects.count(), Member.objects.count()
    assert refusal(approve, application) == cause
    assert (Account.objects.count(), Member.objects.count()) == before
    assert Application.objects.get(pk=application.pk).state == "pending"


def test_an_account_without_membership_is_taken_over(approve, country, cast):
    password = cast.outsider.password
    member = approve(submit(country.class1, number=cast.outsider.id_number, name="外来人"))
    assert (member.account, member.account.password) == (cast.outsider, password)


def test_who_turned_28_while_waiting_is_not_taken_in(country, branch_admin):
    born = date(1999, 1, 5)
    application = submit(
        country.class1, number=makers.number_of(born), joined=date(2015, 5, 1), league_number=""
    )
    later = timezone.now().replace(year=2027, month=6)
    assert refusal(deciding.approve, application, actor=branch_admin, now=later) == "unsound"


def test_the_other_applications_of_the_id_end_with_it(approve, country):
    given = content()
    facts = {name: getattr(given, name) for name in given.__slots__}
    one, other = submit(country.class1, **facts), submit(country.class2, **facts)
    approve(one)
    states = dict(Application.objects.values_list("pk", "state"))
    assert (states[one.pk], states[other.pk]) == ("approved", "ended")


def test_it_goes_back_with_the_reason(send_back, application, cast):
    send_back(application, reason="facts", remark="入团年月不对")
    row = Application.objects.get(pk=application.pk)
    assert (row.state, row.reason, row.remark, row.decided_by_name) == (
        "returned",
        "facts",
        "入团年月不对",
        cast.class1_admin.name,
    )


def test_a_reason_that_says_little_needs_words(send_back, application):
    assert refusal(send_back, application, reason="other") == "remark"


@pytest.mark.parametrize("who", ["class2_admin", "university_admin", "zibo_admin"])
def test_nobody_else_decides(application, cast, who):
    actor = scope_of(getattr(cast, who))
    facts = {"actor": actor, "now": NOW}
    assert refusal(deciding.approve, application, **facts) == "not_superior"
    assert refusal(deciding.send_back, application, reason="elsewhere", remark="", **facts) == "not_superior"


def test_what_was_sent_again_since_it_was_seen_is_not_decided(approve, send_back, application):
    seen = Application.objects.select_related("branch__parent").get(pk=application.pk)
    send_back(application)
    applying.resend(application, content(name="另一人"), actor=nobody(), now=NOW + timedelta(seconds=1))
    assert refusal(approve, seen) == "moved_on"
    assert not Account.objects.filter(name__in=["申请人", "另一人"]).exists()


def test_what_was_withdrawn_is_not_decided(approve, send_back, application):
    seen = Application.objects.select_related("branch__parent").get(pk=application.pk)
    applying.withdraw(application, actor=nobody(), now=NOW)
    assert (refusal(approve, seen), refusal(send_back, seen)) == ("moved_on", "moved_on")
    assert not Account.objects.filter(name="申请人").exists()


def test_many_are_decided_each_for_itself(country, cast, branch_admin):
    good = submit(country.class1)
    bad = submit(country.class1, number=cast.worker.account.id_number, name="孔令工")
    outcomes = deciding.approve_all([good, bad], actor=branch_admin, now=NOW)
    assert [each.verdict.cause for each in outcomes] == ["", "registered_transfer"]
    assert dict(Application.objects.values_list("pk", "state")) == {good.pk: "approved", bad.pk: "pending"}


def test_many_go_back_with_one_reason(country, branch_admin):
    waiting = [submit(country.class1) for _ in range(3)]
    deciding.send_back_all(waiting, reason="elsewhere", remark="", actor=branch_admin, now=NOW)
    assert set(Application.objects.values_list("state", "reason")) == {("returned", "elsewhere")}


def test_nothing_chosen_is_said(branch_admin):
    assert refusal(deciding.approve_all, [], actor=branch_admin, now=NOW) == "nothing"


class TestReveal:
    def test_the_number_is_given_after_the_row(self, application, branch_admin):
        full = deciding.reveal(application, "phone", reason="联系本人", actor=branch_admin)
        row = AuditEntry.objects.get(verb="members.reveal_phone")
        assert (full, row.account_id, row.detail["reason"]) == ("16300000077", None, "联系本人")

    def test_the_person_of_that_id_and_name_sees_who_looked(self, country, cast, branch_admin):
        account = cast.worker.account
        application = submit(country.class1, number=account.id_number, name=account.name)
        deciding.reveal(application, "id", reason="核对", actor=branch_admin)
        assert AuditEntry.objects.get(verb="members.reveal_id").account_id == account.pk

    def test_the_row_does_not_tell_whose_id_a_made_up_name_stands_beside(self, country, cast, branch_admin):
        application = submit(country.class1, number=cast.worker.account.id_number, name="冒名")
        deciding.reveal(application, "id", reason="核对", actor=branch_admin)
        row = AuditEntry.objects.get(verb="members.reveal_id")
        assert (row.account_id, row.account_name) == (None, "")

    def test_nobody_else_may(self, application, cast):
        assert (
            refusal(deciding.reveal, application, "id", reason="核对", actor=scope_of(cast.university_admin))
            == "not_superior"
        )
