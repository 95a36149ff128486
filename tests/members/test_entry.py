"""逐条录入: new people, people with an account, and everything that stands in the way."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Account
from members import entry
from members.models import Member, Membership
from orgs.models import Post
from orgs.posts import Office
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

NOW = timezone.now()
JOINED = date(2021, 5, 1)


def person(**facts) -> entry.Entered:
    """Somebody new, unless told otherwise."""
    basis = {
        "number": makers.number_of(),
        "name": "新同学",
        "phone": "16300000001",
        "joined": JOINED,
        "league_number": "202165999999",
        "profile": {
            "ethnicity": "汉族",
            "political_status": "共青团员",
            "education": "本科（在读）",
            "email": "",
        },
    }
    return entry.Entered(**{**basis, **facts})


@pytest.fixture
def enter(cast, country):
    """Enter somebody into 2023级1班 as its administrator."""
    actor = scope_of(cast.class1_admin)

    def enter(branch=country.class1, actor=actor, **facts):
        return entry.enter(branch, person(**facts), actor=actor, now=NOW)

    return enter


def refusal(call, **facts) -> str:
    with pytest.raises(Refused) as caught:
        call(**facts)
    return caught.value.verdict.cause


def test_a_new_person_gets_account_membership_and_ledger_row(enter, country):
    member = enter()
    ledger = Membership.objects.get(account=member.account)
    assert (member.branch, member.account.sign_in_state, member.number) == (
        country.class1,
        "initial",
        "202165999999",
    )
    assert (ledger.begun_by, ledger.started_at, ledger.ended_at) == ("entry", NOW, None)
    assert AuditEntry.objects.filter(verb="members.enrolled", account_id=member.account_id).count() == 1


def test_a_cadre_gets_the_post(enter):
    office = Office(title="宣传委员", since=date(2025, 9, 1), nature="兼职", in_party_committee=False)
    member = enter(office=office)
    post = Post.objects.get(account=member.account)
    assert (post.title, post.since, post.nature, post.in_party_committee) == (
        "宣传委员",
        date(2025, 9, 1),
        "兼职",
        False,
    )


def test_a_second_secretary_is_refused_and_nothing_is_written(enter):
    before = Account.objects.count()
    assert refusal(enter, office=Office(title="书记", since=date(2025, 9, 1), nature="兼职")) == "secretary"
    assert Account.objects.count() == before


def test_somebody_with_a_membership_is_registered_already(enter, cast):
    assert (
        refusal(enter, number=cast.member.account.id_number, name=cast.member.account.name)
        == "registered_member"
    )


def test_a_branch_elsewhere_is_not_named(enter, cast):
    with pytest.raises(Refused) as caught:
        enter(number=cast.worker.account.id_number, name="孔令工")
    assert caught.value.verdict.message == "身份证已注册：团籍在另一个团支部，请办理组织关系转接。"


def test_an_account_without_membership_is_taken_over_keeping_password_and_facts(enter, cast):
    before = cast.outsider.password
    member = enter(
        number=cast.outsider.id_number,
        name="外来人",
        profile={"ethnicity": "回族", "workplace": "石河子大学"},
    )
    account = Account.objects.get(pk=cast.outsider.pk)
    assert member.account_id == cast.outsider.pk
    assert (account.password, account.ethnicity, account.workplace) == (before, "汉族", "石河子大学")


def test_an_account_under_another_name_is_a_conflict(enter, cast):
    assert refusal(enter, number=cast.outsider.id_number, name="别人") == "conflict"


def test_a_league_number_in_use_is_refused(enter, cast):
    assert refusal(enter, league_number=cast.member.number) == "number_taken"


def test_a_stranger_may_not_enter(enter, cast):
    assert refusal(enter, actor=scope_of(cast.class2_admin)) == "not_superior"


def test_a_branch_deleted_meanwhile_is_refused(enter, country):
    country.freshmen.deleted_at = NOW
    country.freshmen.save()
    assert refusal(enter, branch=country.freshmen) == "gone"
    assert not Member.objects.filter(branch=country.freshmen).exists()
