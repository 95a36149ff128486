"""The pages of 组织信息."""

import pytest

from accounts.models import Account
from orgs.enums import Category
from orgs.models import Organization, Petition, Post
from tests import makers

pytestmark = pytest.mark.django_db

STAFF = {"admin_quota": "0", "admin_staff": "0", "career_quota": "3", "career_staff": "2"}


def text(answer):
    return answer.content.decode()


@pytest.fixture
def whole():
    """What a 团委 sends when it keeps its 书记."""
    return {
        "industry": "教育",
        "secretary_name": "易学园",
        "secretary_number": "",
        "secretary_phone": "",
        **STAFF,
    }


@pytest.fixture
def complete(country):
    """The college has completed its information before."""
    Organization.objects.filter(pk=country.college.pk).update(
        completed_at="2026-09-01T00:00Z", industry="教育"
    )
    Organization.objects.filter(pk=country.college.pk).update(
        **{key: int(value) for key, value in STAFF.items()}
    )


def test_the_first_completion_is_immediate_and_offers_no_new_name(sign_in, cast, country, whole):
    client = sign_in(cast.college_admin)
    assert "组织简称</label>" not in text(client.get("/orgs/info/edit/"))
    answer = client.post("/orgs/info/edit/", whole, follow=True)
    assert (answer.redirect_chain, "已完善" in text(answer)) == ([("/orgs/info/", 302)], True)


def test_the_page_names_what_is_missing(sign_in, cast, country):
    page = text(sign_in(cast.college_admin).get("/orgs/info/"))
    assert "还缺 5 项：所属行业类别、行政编制数、行政编制实际配备数、事业编制数、事业编制实际配备数" in page


def test_every_required_field_is_asked_for(sign_in, cast, country):
    answer = sign_in(cast.college_admin).post("/orgs/info/edit/", {"secretary_name": ""})
    assert sorted(answer.context["form"].errors) == sorted(["industry", "secretary_name", *STAFF])


def test_a_leading_body_must_give_phone_and_mail(sign_in, cast, country):
    answer = sign_in(cast.corps_admin).post("/orgs/info/edit/", {"secretary_name": "兵建国"})
    assert sorted(answer.context["form"].errors) == sorted(["contact_phone", "email", *STAFF])


def test_a_branch_has_no_staff_to_count(sign_in, cast, country):
    answer = sign_in(cast.class1_admin).post("/orgs/info/edit/", {"secretary_name": "班一丽"})
    assert sorted(answer.context["form"].errors) == ["industry", "purpose"]


@pytest.mark.usefixtures("complete")
def test_a_later_change_is_asked_of_the_superior_and_masked(sign_in, cast, country, whole, client):
    number = makers.number_of()
    data = {
        **whole,
        "short_name": "石河子大学医学院团委",
        "address": "北二路59号",
        "secretary_name": "新书记",
        "secretary_number": number,
        "secretary_phone": "13912345678",
    }
    answer = sign_in(cast.college_admin).post("/orgs/info/edit/", data, follow=True)
    page = text(answer)
    assert ("北二路59号" in page, "139****5678" in page, number in page) == (True, True, False)
    petition = Petition.objects.get()
    assert petition.turn_organization == country.university
    assert not Account.objects.filter(name="新书记").exists()
    sign_in(cast.university_admin).post(f"/petitions/{petition.pk}/approve/", {"turn": "0"})
    country.college.refresh_from_db()
    head = Post.objects.get(organization=country.college, title="书记", ended_at=None)
    assert (country.college.address, head.account.name) == ("北二路59号", "新书记")


@pytest.mark.usefixtures("complete")
def test_what_was_returned_comes_back_filled_in_but_for_the_numbers(sign_in, cast, whole):
    client, number = sign_in(cast.college_admin), makers.number_of()
    person = {"secretary_name": "新书记", "secretary_number": number, "secretary_phone": "13912345678"}
    data = {**whole, "short_name": "石河子大学医学院团委", "address": "北二路59号", **person}
    client.post("/orgs/info/edit/", data)
    petition = Petition.objects.get()
    back = {"turn": "0", "remark": "请核对地址"}
    sign_in(cast.university_admin).post(f"/petitions/{petition.pk}/return/", back)
    client = sign_in(cast.college_admin)
    way = f"/orgs/info/edit/?again={petition.pk}"
    page = text(client.get(way))
    assert way in text(client.get(f"/petitions/{petition.pk}/"))
    shown = [each in page for each in ("北二路59号", "新书记", number, "13912345678")]
    assert shown == [True, True, False, False]
    assert "北二路59号" not in text(client.get("/orgs/info/edit/"))
    assert "北二路59号" not in text(sign_in(cast.university_admin).get(way))


@pytest.mark.usefixtures("complete")
def test_while_one_waits_the_form_leads_to_it(sign_in, cast, country, whole):
    client = sign_in(cast.college_admin)
    client.post("/orgs/info/edit/", {**whole, "short_name": "石河子大学医学院团委", "postcode": "832000"})
    petition = Petition.objects.get()
    assert client.get("/orgs/info/edit/").url == f"/petitions/{petition.pk}/"
    assert f"/petitions/{petition.pk}/" in text(client.get("/orgs/info/"))


@pytest.mark.usefixtures("complete")
def test_nothing_changed_asks_nobody(sign_in, cast, country, whole):
    data = {**whole, "short_name": "石河子大学医学院团委"}
    answer = sign_in(cast.college_admin).post("/orgs/info/edit/", data, follow=True)
    assert ("没有需要保存的改动" in text(answer), Petition.objects.count()) == (True, 0)


def test_a_new_secretary_of_a_branch_is_told_what_to_do(sign_in, cast, country):
    data = {
        "short_name": country.freshmen.short_name,
        "purpose": "freshmen",
        "secretary_name": "辅导员",
        "secretary_number": makers.number_of(),
        "secretary_phone": "13912345678",
    }
    page = text(sign_in(cast.college_admin).post(f"/orgs/{country.freshmen.pk}/edit/", data, follow=True))
    assert ("还没有团籍" in page, "/members/add/" in page, "建立账号" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"secretary_number": "110"}, "secretary_number", "不足18位"),
        ({"secretary_name": "另一人"}, "secretary_number", "现任书记是易学园"),
        ({"secretary_phone": "123"}, "secretary_phone", "手机号码不符"),
        ({"admin_quota": "两个"}, "admin_quota", "是整数"),
        ({"admin_quota": "-1"}, "admin_quota", "不能小于 0"),
    ],
)
def test_faults_stand_at_their_field(sign_in, cast, country, whole, given, field, words):
    answer = sign_in(cast.college_admin).post("/orgs/info/edit/", {**whole, **given})
    assert (answer.status_code, words in str(answer.context["form"].errors[field])) == (422, True)


def test_a_known_number_under_another_name_is_refused_without_naming_anybody(sign_in, cast, country, whole):
    data = {**whole, "secretary_name": "冒名", "secretary_number": cast.outsider.id_number}
    answer = sign_in(cast.college_admin).post("/orgs/info/edit/", data)
    page = text(answer)
    assert ("已登记在另一个姓名下" in page, "外来人" in page) == (True, False)


def test_the_superior_edits_at_once(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    data = {"short_name": "临床1班团支部", "purpose": "teachers", "address": "北二路59号"}
    answer = client.post(f"/orgs/{country.class1.pk}/edit/", data)
    country.class1.refresh_from_db()
    assert answer.url == f"/orgs/{country.class1.pk}/"
    assert (country.class1.short_name, country.class1.purpose, country.class1.address) == (
        "临床1班团支部",
        "teachers",
        "北二路59号",
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("short_name", "2023级2班团支部", "下已有"),
        ("short_name", "2023级1班", "简称应以"),
        ("postcode", "83200", "邮编是 6 位数字"),
        ("contact_phone", "电话", "联系电话只能有数字"),
    ],
)
def test_wrong_values_are_shown_at_the_field(sign_in, cast, country, field, value, words):
    data = {"short_name": country.class1.short_name, "purpose": "ordinary", field: value}
    answer = sign_in(cast.college_admin).post(f"/orgs/{country.class1.pk}/edit/", data)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_the_category_cannot_be_sent(sign_in, cast, country):
    data = {"short_name": country.class1.short_name, "purpose": "ordinary", "category": "committee"}
    sign_in(cast.college_admin).post(f"/orgs/{country.class1.pk}/edit/", data)
    country.class1.refresh_from_db()
    assert country.class1.category == Category.BRANCH


def test_the_topmost_organisation_edits_itself(sign_in, cast, country):
    client = sign_in(cast.centre_admin)
    assert "/orgs/info/edit/" in text(client.get("/orgs/info/"))
    data = {"short_name": "团中央", "email": "office@example.org"}
    assert client.post(f"/orgs/{country.centre.pk}/edit/", data).status_code == 302
