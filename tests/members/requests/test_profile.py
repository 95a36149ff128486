"""个人信息修改: who decides, agreeing field by field, values changed meanwhile, and what the person hears."""

import pytest

from accounts.models import Account, Notice
from members import amend, facts
from members.models import Member
from members.requests import profile
from orgs import deciding, petitions, seating, todo
from orgs.enums import Category, PetitionState
from orgs.models import Petition
from orgs.scope import scope_of
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db


def ask(account: Account, **values) -> Petition:
    return profile.ask(account, values, actor=scope_of(account))


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_a_member_asks_and_the_branch_agrees(cast, country):
    me = cast.member.account
    petition = ask(me, education="硕士（在读）", phone="16300000001", ethnicity="汉族")
    assert (petition.organization, petition.turn_organization) == (country.class1, country.class1)
    assert [line.label for line in petitions.kind_of(petition).lines(petition)] == ["学历", "手机号码"]
    assert fresh(me).education == "本科（在读）"
    petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert (fresh(me).education, fresh(me).phone) == ("硕士（在读）", "16300000001")


def test_phones_are_shown_masked_and_told_apart(cast):
    petition = ask(cast.member.account, phone="13811110001")
    (line,) = petitions.kind_of(petition).lines(petition)
    assert (line.old, line.new) == ("138****0001", "138****0001（中间四位不同）")


def test_the_record_says_what_was_changed_but_no_numbers(cast):
    petition = ask(cast.member.account, education="硕士（在读）", phone="16300000001", qq="13900000009")
    petitions.approve(petition, actor=scope_of(cast.class1_admin))
    row = AuditEntry.objects.get(verb="members.amended")
    assert row.detail["changes"] == [["学历", "本科（在读）", "硕士（在读）"], ["手机号码"], ["QQ"]]
    assert (row.detail["why"], row.actor_name) == ("本人申请", "班一丽")


def test_a_part_is_written_and_the_rest_returned_with_a_reason(cast):
    me = cast.member.account
    petition = ask(me, education="硕士（在读）", occupation="护士")
    done = profile.accept(
        petition, chosen=["occupation"], remark="学历请先交证书", actor=scope_of(cast.class1_admin)
    )
    assert (fresh(me).education, fresh(me).occupation) == ("本科（在读）", "护士")
    assert (done.state, done.steps.last().act) == (PetitionState.APPROVED, "部分同意")
    notes = {line.label: line.note for line in petitions.kind_of(done).lines(done)}
    assert notes == {"学历": "没有同意", "职业": "已写入"}
    assert Notice.objects.get(account=me).text == (
        "您的个人信息修改申请同意了其中一部分，原因：学历请先交证书"
    )


@pytest.mark.parametrize(("chosen", "remark"), [([], "不行"), (["occupation"], " ")])
def test_a_part_needs_a_choice_and_a_reason(cast, chosen, remark):
    petition = ask(cast.member.account, education="硕士（在读）", occupation="护士")
    with pytest.raises(Refused):
        profile.accept(petition, chosen=chosen, remark=remark, actor=scope_of(cast.class1_admin))
    assert Petition.objects.get(pk=petition.pk).state == PetitionState.PENDING


def test_a_value_changed_meanwhile_is_shown_and_never_overwritten(cast):
    me = cast.member.account
    petition = ask(me, education="硕士（在读）", occupation="护士")
    Account.objects.filter(pk=me.pk).update(education="博士（在读）")
    petition = Petition.objects.get(pk=petition.pk)
    lines = {line.name: line for line in petitions.kind_of(petition).lines(petition)}
    assert (lines["education"].stale, lines["occupation"].stale) == (True, False)
    assert "已改为“博士（在读）”" in lines["education"].note
    with pytest.raises(Refused) as refused:
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "stale"
    profile.accept(petition, chosen=["occupation"], remark="学历已改", actor=scope_of(cast.class1_admin))
    assert (fresh(me).education, fresh(me).occupation) == ("博士（在读）", "护士")


def test_a_value_that_has_become_the_wanted_one_is_no_obstacle(cast):
    me = cast.member.account
    petition = ask(me, education="硕士（在读）", occupation="护士")
    Account.objects.filter(pk=me.pk).update(education="硕士（在读）")
    petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert fresh(me).occupation == "护士"


def test_the_returned_person_is_told_why(cast):
    me = cast.member.account
    petition = ask(me, education="硕士（在读）")
    petitions.send_back(petition, actor=scope_of(cast.class1_admin), remark="请先交证书")
    notice = Notice.objects.get(account=me)
    assert (notice.text, notice.url) == (
        "您的个人信息修改申请已退回，原因：请先交证书",
        f"/petitions/{petition.pk}/",
    )


def test_the_person_withdraws_and_is_not_told_what_he_did_himself(cast):
    me = cast.member.account
    petitions.withdraw(ask(me, education="硕士（在读）"), actor=scope_of(me))
    assert (Petition.objects.get().state, Notice.objects.count()) == (PetitionState.WITHDRAWN, 0)


def test_a_second_request_waits_for_the_first(cast):
    ask(cast.member.account, education="硕士（在读）")
    with pytest.raises(Refused) as refused:
        ask(cast.member.account, education="博士（在读）")
    assert refused.value.verdict.cause == "pending"


def test_nothing_changed_asks_for_nothing(cast):
    with pytest.raises(Refused) as refused:
        ask(cast.member.account, education="本科（在读）")
    assert refused.value.verdict.cause == "unchanged"


def test_who_belongs_nowhere_has_nobody_to_ask(cast):
    with pytest.raises(Refused) as refused:
        ask(cast.outsider, education="硕士（在读）")
    assert refused.value.verdict.cause == "nowhere"


# -- whose turn -------------------------------------------------------------------------------------


def test_the_sole_administrator_asks_the_direct_superior(cast, country):
    petition = ask(cast.class1_admin, education="硕士（在读）")
    assert petition.turn_organization == country.college
    with pytest.raises(Refused):
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    petitions.approve(petition, actor=scope_of(cast.college_admin))
    assert fresh(cast.class1_admin).education == "硕士（在读）"


def test_one_of_two_administrators_is_decided_by_the_other(cast, country):
    deputy = makers.make_admin(country.class1, "班二副", title="副书记")
    petition = ask(cast.class1_admin, education="硕士（在读）")
    assert petition.turn_organization == country.class1
    me = scope_of(cast.class1_admin)
    assert petitions.may_decide(me, petition).cause == "own"
    assert (todo.deciding(me).count(), todo.deciding(scope_of(deputy)).count()) == (0, 1)
    petitions.approve(petition, actor=scope_of(deputy))


def test_for_a_vacant_branch_the_nearest_above_decides(cast, country):
    person = makers.make_member(country.freshmen, "新同学").account
    petition = ask(person, education="大专（在读）")
    assert petition.turn_organization == country.freshmen
    petitions.approve(petition, actor=scope_of(cast.college_admin))
    assert fresh(person).education == "大专（在读）"


def test_where_the_person_alone_acts_for_a_vacant_branch_it_goes_further_up(cast, country):
    committee = makers.make_org(country.college, "双重团总支", Category.GENERAL_BRANCH)
    branch = makers.make_org(committee, "2031级1班团支部")
    person = makers.make_member(branch, "双重人").account
    seating.take_seat(makers.make_post(person, committee), actor=makers.SYSTEM)
    assert ask(person, education="硕士（在读）").turn_organization == country.college


def test_a_cadre_without_membership_asks_where_the_post_is(cast, country):
    deputy = makers.make_account("傅书记")
    makers.make_post(deputy, country.college, "副书记")
    petition = ask(deputy, education="博士")
    assert (petition.organization, petition.turn_organization) == (country.college, country.college)
    petitions.approve(petition, actor=scope_of(cast.college_admin))
    assert fresh(deputy).education == "博士"
    assert AuditEntry.objects.filter(verb="members.cadre_amended", account_id=deputy.pk).count() == 1


def test_at_the_top_the_only_administrator_changes_at_once(cast):
    petition = ask(cast.centre_admin, education="博士")
    assert (petition.state, fresh(cast.centre_admin).education) == (PetitionState.APPROVED, "博士")


def test_an_act_of_the_person_is_not_one_of_the_organisation_he_administers(cast):
    petition = ask(cast.college_admin, education="博士")
    assert (petition.opened_for, petition.steps.get().seat_name) == (None, "")


def test_several_people_are_agreed_to_together_each_for_himself(cast):
    asked = [ask(who, occupation="学生") for who in (cast.member.account, cast.classmate.account)]
    Account.objects.filter(pk=cast.classmate.account_id).update(occupation="护士")
    outcomes = deciding.approve_all(asked, actor=scope_of(cast.class1_admin))
    assert [bool(each.verdict) for each in outcomes] == [True, False]
    assert (fresh(cast.member.account).occupation, fresh(cast.classmate.account).occupation) == (
        "学生",
        "护士",
    )


def test_the_former_branch_has_no_say_about_who_has_moved(cast, country):
    me = cast.member.account
    petition = ask(me, occupation="护士")
    Member.objects.filter(account=me).update(branch=country.class2, branch_path=country.class2.path)
    with pytest.raises(Refused) as refused:
        petitions.approve(petition, actor=scope_of(cast.class1_admin))
    assert refused.value.verdict.cause == "moved"


def test_what_was_not_agreed_to_is_asked_for_again(cast):
    petition = ask(cast.member.account, education="硕士（在读）", occupation="护士")
    assert petitions.kind_of(petition).again(petition) == ""
    done = profile.accept(
        petition, chosen=["occupation"], remark="学历请先交证书", actor=scope_of(cast.class1_admin)
    )
    assert profile.unwritten(done) == {"education": ["本科（在读）", "硕士（在读）"]}
    assert petitions.kind_of(done).again(done) == f"/me/profile/edit/?again={done.pk}"


def test_a_superior_may_still_edit_at_once_meanwhile(cast):
    member = cast.member
    ask(member.account, education="硕士（在读）")
    values = {name: facts.stored(name, member.account, member) for name in facts.LABELS}
    kept = {key: values.pop(key) for key in ("phone", "joined", "joined_at_unit")}
    league = values.pop("number")
    amend.amend(
        member,
        profile={**values, "household": "新疆石河子市"},
        league_number=league,
        actor=scope_of(cast.college_admin),
        **kept,
    )
    assert fresh(member.account).household == "新疆石河子市"
