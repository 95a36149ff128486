"""A code becomes an account, a post, a seat and, in a branch, a 团籍: all or nothing."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import Account
from members.models import Member, Membership
from orgs import scope, seating
from orgs.models import Post, Seat
from regcodes import codes, redeem
from regcodes.models import RegistrationCode
from regcodes.redeem import Claim, register, register_signed_in
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

from .conftest import PASSWORD, make_person

pytestmark = pytest.mark.django_db
VISITOR = scope.nobody(address="192.0.2.7")


def go(claim, person, office, now, **facts):
    return register(claim, person=person, office=office, password=PASSWORD, actor=VISITOR, now=now, **facts)


def refused(act, *args, **facts):
    with pytest.raises(Refused) as caught:
        act(*args, **facts)
    return caught.value.verdict


def counts():
    return [model.objects.count() for model in (Account, Post, Seat, Member, Membership)]


def test_in_a_branch_account_post_seat_and_membership_begin_together(
    country, claim, person, office, code, now
):
    seat = go(claim, person, office, now)
    account = seat.post.account
    code.refresh_from_db()
    assert (account.name, account.sign_in_state, account.check_password(PASSWORD)) == ("新管理", "set", True)
    assert (seat.organization, seat.number, seat.post.title) == (country.freshmen, 1, "书记")
    assert (account.member.branch, account.member.number) == (country.freshmen, "202077000001")
    assert (code.used_at, code.used_by) == (now, account.pk)


def test_above_the_branches_there_is_no_membership(cast, country, person, office, now):
    actor = scope.scope_of(cast.zibo_admin)
    code = codes.issue(country.company, actor=actor, now=now)
    office = replace(office, joined=None, member_number="")
    seat = go(Claim(organization=country.company, code=code.code), person, office, now)
    assert not Member.objects.filter(account=seat.post.account).exists()


def test_the_registration_is_on_record_under_the_new_name(claim, person, office, now):
    go(claim, person, office, now)
    verbs = AuditEntry.objects.filter(actor_name="新管理").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["orgs.post_given", "orgs.seat_taken", "members.enrolled", "regcodes.redeemed"]


def test_a_used_code_is_refused(claim, person, office, now):
    go(claim, person, office, now)
    office = replace(office, title="副书记", member_number="202077000002")
    assert refused(go, claim, make_person(), office, now).cause == "used"


def test_an_expired_code_is_refused(claim, code, person, office, now):
    before = counts()
    assert refused(go, claim, person, office, code.expires_at).cause == "expired"
    assert counts() == before


def test_the_last_minute_of_day_20_registers(claim, code, person, office):
    assert go(claim, person, office, code.expires_at - timedelta(minutes=1))


def test_a_second_secretary_is_refused_kindly_and_leaves_nothing(country, claim, person, office, code, now):
    makers.make_post(makers.make_account("老书记"), country.freshmen, "书记")
    before = counts()
    verdict = refused(go, claim, person, office, now)
    code.refresh_from_db()
    assert (verdict.cause, verdict.reason) == (
        "secretary",
        "“2019级新生临时团支部”已有书记，每个组织只有一名书记",
    )
    assert (counts(), code.used_at) == (before, None)


def test_a_number_of_somebody_else_is_refused_and_leaves_nothing(cast, claim, person, office, code, now):
    office = replace(office, member_number=cast.member.number)
    before = counts()
    assert refused(go, claim, person, office, now).cause == "member_number"
    assert counts() == before


def situation(claim, account, office, now, name=""):
    person = make_person(account.id_number, name or account.name)
    verdict = refused(go, claim, person, office, now)
    return verdict.reason, verdict.cause, verdict.remedy


def test_already_registered_in_another_branch_must_transfer(cast, claim, office, now):
    reason, cause, remedy = situation(claim, cast.member.account, office, now)
    assert (reason, cause, "组织关系转接" in remedy) == ("身份证已注册", "registered_transfer", True)


def test_already_a_member_of_this_branch_gets_a_post_first(country, claim, office, now):
    account = makers.make_member(country.freshmen, "本支部团员").account
    reason, cause, remedy = situation(claim, account, office, now)
    assert (reason, cause, "登记团内职务" in remedy) == ("身份证已注册", "registered_member", True)


def test_already_a_cadre_here_changes_the_administrator(country, claim, office, now):
    account = makers.make_account("本支部干部")
    makers.make_post(account, country.freshmen, "其他")
    assert situation(claim, account, office, now)[:2] == ("身份证已注册", "registered_cadre")


def test_a_member_is_invited_into_a_committee(cast, country, office, now):
    code = codes.issue(country.company, actor=scope.scope_of(cast.zibo_admin), now=now)
    claim = Claim(organization=country.company, code=code.code)
    reason, cause, remedy = situation(claim, cast.member.account, office, now)
    assert (reason, cause, "邀请" in remedy) == ("身份证已注册", "registered_invite", True)


def test_no_way_on_names_where_the_person_belongs(cast, country, claim, office, now):
    remedy = situation(claim, cast.member.account, office, now)[2]
    assert country.class1.short_name not in remedy


def test_a_wrong_name_says_nothing_about_the_person(cast, claim, office, now):
    remedy = situation(claim, cast.member.account, office, now, name="别人")[2]
    assert remedy == "，请核对姓名和身份证号码；确认无误的，请联系上级组织的管理员。"


@pytest.mark.parametrize("password", [makers.PASSWORD, None])
def test_an_account_without_membership_is_sent_to_sign_in_and_its_password_stays(
    claim, office, now, password
):
    account = makers.make_account("有账号的人", password=password)
    before = account.password
    assert situation(claim, account, office, now)[1] == "account"
    account.refresh_from_db()
    assert account.password == before


def test_signed_in_the_same_person_registers_with_account_and_password_kept(country, claim, office, now):
    account = makers.make_account("有账号的人", ethnicity="回族")
    before = account.password
    seat = register_signed_in(
        claim,
        account=account,
        phone="13900000000",
        profile={"ethnicity": "汉族"},
        office=office,
        actor=scope.scope_of(account),
        now=now,
    )
    account.refresh_from_db()
    assert (seat.post.account, account.password, account.ethnicity) == (account, before, "回族")
    assert (account.phone, account.member.branch) == ("13800000001", country.freshmen)


def test_signed_in_with_a_membership_elsewhere_is_refused(cast, claim, office, now):
    account = cast.member.account
    verdict = refused(
        register_signed_in,
        claim,
        account=account,
        phone="",
        profile={},
        office=office,
        actor=scope.scope_of(account),
        now=now,
    )
    assert verdict.cause == "registered_transfer"


def test_a_closed_account_is_left_to_an_administrator(claim, office, now):
    account = makers.make_account("停用的人", closed_at=now)
    assert situation(claim, account, office, now)[1] == "registered_closed"


def test_filling_the_seat_otherwise_ends_the_code(country, claim, person, office, now):
    post = makers.make_post(makers.make_account("先到的人"), country.freshmen, "其他")
    seating.take_seat(post, actor=makers.SYSTEM)
    assert refused(go, claim, person, office, now).cause in ("full", "void")


def together(*acts):
    """Run acts in threads that start at one moment; what each returned or raised."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at, act):
        start.wait()
        try:
            results[at] = act()
        except Refused as refused:
            results[at] = refused.verdict.cause
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_one_code_used_by_two_at_once_registers_one(country, claim, office, now):
    second = replace(office, title="副书记", member_number="202077000002")
    people = [make_person(name="甲甲"), make_person(name="乙乙")]
    results = together(lambda: go(claim, people[0], office, now), lambda: go(claim, people[1], second, now))
    assert sorted(each if isinstance(each, str) else "seated" for each in results) == ["seated", "used"]
    assert (country.freshmen.seats.count(), country.freshmen.members.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_person_with_two_codes_at_once_gets_one_account(cast, country, college, claim, office, now):
    other_code = codes.issue(country.class2, actor=college, now=now)
    other = Claim(organization=country.class2, code=other_code.code)
    person, second = make_person(), replace(office, title="副书记", member_number="202077000002")
    results = together(lambda: go(claim, person, office, now), lambda: go(other, person, second, now))
    assert sorted(each if isinstance(each, str) else "seated" for each in results) == [
        "registered_transfer",
        "seated",
    ]
    assert Account.objects.with_number(person.number).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_third_administrator_never_gets_a_seat(country, college, claim, office, now):
    """While the code for seat 1 is redeemed, two others take the seats by another way."""
    posts = [makers.make_post(makers.make_account(name), country.freshmen, "其他") for name in ("丙", "丁")]
    together(
        lambda: go(claim, make_person(), office, now),
        *(lambda post=post: seating.take_seat(post, actor=makers.SYSTEM) for post in posts),
    )
    held = sorted(country.freshmen.seats.values_list("number", flat=True))
    assert held == [1, 2]
    assert not RegistrationCode.objects.filter(used_at=None, voided_at=None).exists()


def test_the_final_statement_alone_would_stop_a_second_use(country, code, now):
    account = makers.make_account("甲")
    first = redeem._use_up(country.freshmen, code.code, account, now=now)
    assert (first, redeem._use_up(country.freshmen, code.code, account, now=now)) == (True, False)
