"""资料更正: whose turn each topic is, agreeing writes it, and what no longer fits is refused."""

from datetime import date

import pytest

from accounts.models import Account, Notice
from members.models import Member
from members.requests import correction, profile, topics
from orgs import petitions, posts, seating
from orgs.enums import PetitionState
from orgs.models import Petition, Post
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


def ask(account: Account, topic: str, old: dict, new: dict, **more) -> Petition:
    return correction.ask(
        account, topic, old=old, new=new, remark="登记错了", actor=scope_of(account), **more
    )


def ask_name(account: Account, name: str = "欧阳晓明") -> Petition:
    return ask(account, "name", {"name": account.name}, {"name": name})


def ask_number(account: Account, number: str) -> Petition:
    return ask(account, "number", {"masked": account.masked_id}, {"number": number})


def ask_joined(member: Member, joined: str, number: str | None = None) -> Petition:
    old = {"joined": member.joined.isoformat(), "number": member.number}
    return ask(member.account, "joined", old, {"joined": joined, "number": number or member.number})


def ask_post(post: Post, **changes) -> Petition:
    old = topics.office_of(post)
    new = {"post": post.pk} if changes.pop("ended", False) else {**old, **changes}
    return ask(post.account, "title", old, new, organization=post.organization)


def test_a_name_is_corrected_by_the_direct_superior_with_a_reason(cast, country):
    petition = ask_name(cast.classmate.account)
    assert (petition.organization, petition.turn_organization) == (country.class1, country.college)
    with pytest.raises(Refused):
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    correction.accept(petition, reason="与身份证核对一致", actor=scope_of(cast.college_admin))
    account = Account.objects.get(pk=cast.classmate.account_id)
    assert (account.name, account.initials) == ("欧阳晓明", "oyxm")
    row = AuditEntry.objects.get(verb="members.corrected")
    assert row.detail == {"fields": ["name"], "reason": "与身份证核对一致"}


def test_agreed_to_among_many_the_reason_is_that_the_person_asked(cast):
    petitions.approve(ask_name(cast.classmate.account), actor=scope_of(cast.college_admin))
    assert AuditEntry.objects.get(verb="members.corrected").detail["reason"] == "本人申请"


def test_a_corrected_number_is_shown_masked_and_written_whole(cast):
    me, number = cast.classmate.account, makers.number_of(date(2006, 8, 9), serial=124)
    petition = ask_number(me, number)
    (line,) = petitions.kind_of(petition).lines(petition)
    assert (line.old, line.new) == (me.masked_id, f"{number[:3]}***********{number[-4:]}")
    petitions.approve(petition, actor=scope_of(cast.college_admin))
    account = Account.objects.get_by_natural_key(number)
    assert (account.pk, account.phone, account.sex) == (me.pk, "13800000001", "女")


def test_a_number_that_somebody_else_bears_is_refused_when_decided(cast):
    petition = ask_number(cast.classmate.account, cast.worker.account.id_number)
    with pytest.raises(Refused):
        petitions.approve(petition, actor=scope_of(cast.college_admin))
    assert Petition.objects.get(pk=petition.pk).state == PetitionState.PENDING


def test_the_administrator_of_the_direct_superior_asks_one_level_higher(cast, country):
    person = makers.make_member(country.class1, "双职人").account
    seating.take_seat(makers.make_post(person, country.class2, "副书记"), actor=makers.SYSTEM)
    assert ask_name(person).turn_organization == country.college
    seating.take_seat(makers.make_post(cast.worker.account, country.zibo, "副书记"), actor=makers.SYSTEM)
    assert ask_name(cast.worker.account).turn_organization == country.zibo


def test_a_cadre_without_membership_is_corrected_by_the_superior(cast, country):
    petition = ask_name(cast.college_admin, "易学院")
    assert petition.turn_organization == country.university
    petitions.approve(petition, actor=scope_of(cast.university_admin))
    assert Account.objects.get(pk=cast.college_admin.pk).name == "易学院"


def test_at_the_top_nobody_corrects_the_only_administrator(cast):
    with pytest.raises(Refused) as refused:
        ask_name(cast.centre_admin)
    assert refused.value.verdict.cause == "nobody"


def test_the_joining_date_is_corrected_by_the_branch_with_the_number(cast, country):
    member = cast.classmate
    petition = ask_joined(member, "2021-12-01", "202165000077")
    assert petition.turn_organization == country.class1
    assert [line.label for line in petitions.kind_of(petition).lines(petition)] == [
        "入团年月",
        "发展团员编号",
    ]
    petitions.approve(petition, actor=scope_of(cast.class1_admin))
    found = Member.objects.get(pk=member.pk)
    assert (found.joined, found.number) == (date(2021, 12, 1), "202165000077")


def test_a_number_that_is_taken_is_refused_when_decided(cast):
    other = makers.make_member(cast.member.branch, "第三人")
    petition = ask_joined(cast.classmate, "2020-05-01", other.number)
    with pytest.raises(Refused) as refused:
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "number_taken"


def test_what_was_corrected_meanwhile_is_not_overwritten(cast):
    petition = ask_joined(cast.classmate, "2021-12-01", "202165000077")
    Member.objects.filter(pk=cast.classmate.pk).update(joined=date(2020, 6, 1))
    with pytest.raises(Refused) as refused:
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "stale"


@pytest.mark.parametrize(
    ("joined", "number", "cause"),
    [
        ("2019-05-01", "201965000001", ""),  # 13 in the month of birth
        ("2019-04-01", "201965000001", "joined_age"),
        ("2050-01-01", "205065000001", "joined_future"),
        ("2020-05-01", "", "number_missing"),
        ("2020-05-01", "202165000001", "number_year"),
    ],
)
def test_dates_and_numbers_asked_for_follow_the_rules(cast, joined, number, cause):
    values = {"joined": date.fromisoformat(joined), "number": number}
    assert topics.joined_fits(cast.classmate.account, cast.classmate, values).cause == cause


def test_a_wrong_branch_is_for_the_superior_and_moves_nobody(cast, country):
    old, new = {"branch": country.class1.full_name}, {"branch": "2023级2班团支部"}
    petition = ask(cast.classmate.account, "branch", old, new)
    assert petition.turn_organization == country.college
    petitions.approve(petition, actor=scope_of(cast.college_admin))
    assert Member.objects.get(pk=cast.classmate.pk).branch == country.class1
    assert Notice.objects.get(account=cast.classmate.account).text == "您的资料更正申请已同意，已经生效"


def test_a_post_is_corrected_ended_and_registered(cast, country):
    me, branch = cast.classmate.account, scope_of(cast.class1_admin)
    petition = ask(
        me,
        "title",
        {},
        {"title": "组织委员", "since": "2025-09-01", "nature": "兼职", "in_party_committee": False},
        organization=country.class1,
    )
    petitions.approve(petition, actor=branch)
    post = Post.objects.get(account=me)
    petition = ask_post(post, title="宣传委员")
    assert [(line.label, line.old, line.new) for line in petitions.kind_of(petition).lines(petition)] == [
        ("团内职务", "组织委员", "宣传委员")
    ]
    petitions.approve(petition, actor=branch)
    post = Post.objects.get(account=me, ended_at=None)
    assert (post.title, post.since, post.in_party_committee) == ("宣传委员", date(2025, 9, 1), False)
    petitions.approve(ask_post(post, ended=True), actor=branch)
    assert not Post.objects.filter(account=me, ended_at=None).exists()


def test_a_post_changed_meanwhile_is_not_overwritten(cast, country):
    post = makers.make_post(cast.classmate.account, country.class1, "组织委员")
    petition = ask_post(post, title="宣传委员")
    posts.end(post, actor=scope_of(cast.class1_admin))
    with pytest.raises(Refused) as refused:
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "stale"


def test_a_change_and_a_correction_can_be_under_way_together(cast):
    me = cast.classmate.account
    profile.ask(me, {"occupation": "学生"}, actor=scope_of(me))
    ask_name(me)
    assert Petition.objects.pending().filter(account=me).count() == 2


def test_looking_at_the_number_in_a_request_is_recorded_for_the_person(cast):
    number = makers.number_of(date(2006, 8, 9), serial=126)
    petition = ask_number(cast.classmate.account, number)
    assert correction.reveal(petition, reason="对照身份证", actor=scope_of(cast.college_admin)) == number
    row = AuditEntry.objects.get(verb="members.reveal_id")
    assert (row.account_id, row.detail["what"]) == (cast.classmate.account_id, "申请中的身份证号码")
    with pytest.raises(Refused):
        correction.reveal(petition, reason="看看", actor=scope_of(cast.class1_admin))
