"""Changing an organisation's information: who at once, who by request, and what becomes of the 书记."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from accounts.enums import SignInState
from accounts.models import Account
from members.access import may_reset
from orgs import changes, completeness, facts, petitions, scope
from orgs.enums import PetitionState
from orgs.information import Information
from orgs.models import Organization, Petition, Post, Seat
from orgs.petitions import Line, kind_of
from orgs.secretary import Secretary
from tests import makers
from zhtj.audit.models import AuditEntry
from zhtj.lib.verdict import Refused

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime(2026, 11, 23, 9))


def head_of(organization):
    return Post.objects.select_related("account").get(organization=organization, title="书记", ended_at=None)


def somebody(name="新书记", phone="13912345678", number=""):
    return Secretary(name=name, number=number or makers.number_of(), phone=phone)


def change(organization, account, **given):
    return changes.change(organization, Information(**given), actor=scope.scope_of(account), now=NOW)


@pytest.fixture
def settled(country):
    """Everybody has completed the information before."""
    Organization.objects.update(completed_at=NOW)
    for each in vars(country).values():
        each.refresh_from_db()


def test_the_superior_changes_at_once(cast, country, settled):
    done = change(country.college, cast.university_admin, facts={"address": "北二路"})
    country.college.refresh_from_db()
    assert (done.petition, country.college.address) == (None, "北二路")


def test_the_topmost_changes_itself_at_once(cast, country, settled):
    assert change(country.centre, cast.centre_admin, facts={"address": "前门东大街10号"}).petition is None


def test_the_own_administrator_asks(cast, country, settled):
    done = change(country.college, cast.college_admin, facts={"address": "北二路"})
    country.college.refresh_from_db()
    assert (done.petition.turn_organization, country.college.address) == (country.university, "")


def test_a_stranger_is_refused(cast, country):
    with pytest.raises(Refused):
        change(country.college, cast.zibo_admin, facts={"address": "北二路"})


def test_one_request_waits_at_a_time(cast, country, settled):
    change(country.college, cast.college_admin, facts={"address": "北二路"})
    with pytest.raises(Refused) as refused:
        change(country.college, cast.college_admin, facts={"address": "北三路"})
    assert refused.value.verdict.cause == "pending"


def test_the_first_completion_is_immediate_until_nothing_is_missing(cast, country):
    change(country.class1, cast.class1_admin, facts={"address": "北二路"})
    change(country.class1, cast.class1_admin, facts={"industry": "教育"})
    country.class1.refresh_from_db()
    assert country.class1.completed_at == NOW
    assert change(country.class1, cast.class1_admin, facts={"address": "北三路"}).petition is not None


def test_the_first_completion_gives_no_new_name(cast, country):
    with pytest.raises(Refused):
        change(country.class1, cast.class1_admin, short_name="临床团支部")


def test_an_approved_request_writes_everything_in_one_act(cast, country, settled):
    given = {"short_name": "临床医学院团委", "facts": {"founded_on": date(1949, 10, 1), "admin_quota": 0}}
    petition = change(country.college, cast.college_admin, secretary=somebody(), **given).petition
    lines = kind_of(petition).lines(petition)
    petitions.approve(petition, actor=scope.scope_of(cast.university_admin))
    country.college.refresh_from_db()
    country.class1.refresh_from_db()
    assert lines[:3] == [
        Line("组织简称", "石河子大学医学院团委", "临床医学院团委"),
        Line("成立时间", "（未填写）", "1949-10-01"),
        Line("行政编制数", "（未填写）", "0"),
    ]
    assert (country.college.founded_on, country.college.admin_quota) == (date(1949, 10, 1), 0)
    assert country.class1.full_name == "新疆生产建设兵团石河子大学临床医学院2023级1班团支部"
    assert head_of(country.college).account.name == "新书记"


def test_a_request_shows_no_tail_of_a_number_that_will_be_a_password(cast, country, settled):
    person = somebody()
    petition = change(country.college, cast.college_admin, secretary=person).petition
    shown = {line.label: (line.old, line.new) for line in kind_of(petition).lines(petition)}
    assert shown["书记身份证号码"][1] == person.number[:3] + "*" * 15
    assert shown["书记手机号码"] == ("138****0001", "139****5678")


def test_a_returned_request_changes_nothing(cast, country, settled):
    petition = change(country.college, cast.college_admin, secretary=somebody()).petition
    petitions.send_back(petition, actor=scope.scope_of(cast.university_admin), remark="请补充")
    assert (Petition.objects.get().state, head_of(country.college).account) == (
        PetitionState.RETURNED,
        cast.college_admin,
    )
    assert not Account.objects.filter(name="新书记").exists()


def test_a_taken_name_is_refused_when_it_is_asked_for(cast, country, settled):
    with pytest.raises(Refused) as refused:
        change(country.class1, cast.class1_admin, short_name="2023级2班团支部")
    assert refused.value.verdict.cause == "sibling_name"


def test_a_new_secretary_gets_an_account_with_the_initial_password(cast, country):
    change(country.freshmen, cast.college_admin, secretary=somebody())
    account = head_of(country.freshmen).account
    assert (account.sign_in_state, account.phone, account.initial_since) == (
        SignInState.INITIAL,
        "13912345678",
        NOW,
    )


def test_the_same_person_is_secretary_of_several(cast, country):
    person = somebody()
    for each in (country.freshmen, country.class2, country.class1):
        change(each, cast.college_admin, secretary=person)
    assert len({head_of(each).account_id for each in (country.freshmen, country.class2, country.class1)}) == 1


def test_a_number_known_under_another_name_is_refused(cast, country):
    person = somebody(name="冒名", number=cast.outsider.id_number)
    with pytest.raises(Refused) as refused:
        change(country.freshmen, cast.college_admin, secretary=person)
    assert refused.value.verdict.cause == "secretary_conflict"


def test_a_former_secretary_without_a_seat_leaves_the_post(cast, country):
    change(country.freshmen, cast.college_admin, secretary=somebody())
    former = head_of(country.freshmen)
    change(country.freshmen, cast.college_admin, secretary=somebody("继任"))
    former.refresh_from_db()
    assert (former.ended_at, head_of(country.freshmen).account.name) == (NOW, "继任")


def test_a_former_secretary_who_administers_keeps_the_seat(cast, country):
    done = change(country.college, cast.university_admin, secretary=somebody())
    seat = Seat.objects.select_related("post").get(organization=country.college)
    assert (seat.post.account, seat.post.title) == (cast.college_admin, "其他")
    assert done.registration.former.account == cast.college_admin


def test_a_deputy_becomes_secretary_in_the_same_place(cast, country):
    deputy = makers.make_account("副手")
    makers.make_post(deputy, country.college, "副书记")
    person = Secretary(name="副手", number=deputy.id_number)
    change(country.college, cast.university_admin, secretary=person)
    assert head_of(country.college).account == deputy
    assert Post.objects.filter(account=deputy, ended_at=None).count() == 1


def test_changing_the_post_changes_what_the_information_shows(cast, country):
    Post.objects.filter(organization=country.class1).update(title="委员")
    makers.make_post(cast.classmate.account, country.class1)
    assert facts.secretary(completeness.secretary_of(country.class1))[0] == ("书记姓名", "欧阳小明")


def test_a_phone_somebody_else_keeps_stays(cast, country):
    person = Secretary(name="外来人", number=cast.outsider.id_number, phone="13912345678")
    done = change(country.freshmen, cast.college_admin, secretary=person)
    cast.outsider.refresh_from_db()
    assert (done.registration.kept_phone, cast.outsider.phone) == (True, "13800000001")


def test_the_present_secretary_gets_a_new_phone(cast, country):
    change(country.college, cast.university_admin, secretary=Secretary(name="易学园", phone="13912345678"))
    cast.college_admin.refresh_from_db()
    assert cast.college_admin.phone == "13912345678"


def test_registering_somebody_unasked_gives_no_hold_on_the_password(cast, country):
    person = Secretary(name="孔令工", number=cast.worker.account.id_number)
    change(country.freshmen, cast.college_admin, secretary=person)
    account = Account.objects.get(pk=cast.worker.account_id)
    assert head_of(country.freshmen).account == account
    assert bool(may_reset(scope.scope_of(cast.college_admin), account)) is False


def test_the_record_holds_no_numbers(cast, country):
    person = somebody()
    change(country.freshmen, cast.college_admin, secretary=person)
    told = " ".join(str(each.detail) for each in AuditEntry.objects.all())
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert (person.number in told, person.phone in told) == (False, False)
    assert {"orgs.secretary_registered", "orgs.post_given"} <= verbs
