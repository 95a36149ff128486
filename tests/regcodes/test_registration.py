"""The public pages of 管理员注册, from the picker to being signed in."""

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.limits import address_key
from accounts.models import Account
from members.models import Member
from orgs import picker, scope
from regcodes import codes
from tests import makers

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def code(country, college):
    """A code that is valid today."""
    return codes.issue(country.freshmen, actor=college, now=timezone.now())


@pytest.fixture
def number():
    """An ID number born on 2006-05-20."""
    return makers.number_of()


def token_of(answer):
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode()).group(1)


def text(answer):
    return answer.content.decode()


def branch_data(token, given, **changes):
    return {
        "token": token,
        "name": "新管理",
        "number": given,
        "phone": "13800000009",
        "ethnicity": "汉族",
        "political_status": "共青团员",
        "education": "本科（在读）",
        "joined_year": "2020",
        "joined_month": "5",
        "member_number": "202077000001",
        "since_year": "2024",
        "since_month": "9",
        "nature": "兼职",
        "in_party_committee": "no",
        "new_password": PASSWORD,
        "repeat_password": PASSWORD,
        **changes,
    }


@pytest.fixture
def at_person(client, country, code):
    """The token of step 3, after organisation, post and code."""
    first = client.post("/register/admin/", {"organization": country.freshmen.pk, "title": "书记"})
    second = client.post("/register/admin/code/", {"token": token_of(first), "code": code.code})
    return token_of(second)


def test_the_whole_way_ends_signed_in_as_administrator(client, country, at_person, number):
    answer = client.post("/register/admin/person/", branch_data(at_person, number), follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert answer.context["organization"] == country.freshmen
    assert Member.objects.get(account__name="新管理").branch == country.freshmen


def test_the_session_key_is_new_and_nothing_was_stored_on_the_way(client, at_person, number):
    assert Session.objects.count() == 0
    client.post("/register/admin/person/", branch_data(at_person, number))
    assert set(client.session.keys()) >= {"seat"}


def test_neither_code_nor_number_stands_in_an_address(client, country, code, at_person, number):
    answer = client.post("/register/admin/person/", branch_data(at_person, number), follow=True)
    addresses = [url for url, _ in answer.redirect_chain]
    assert not [url for url in addresses if code.code in url or number in url]


def test_the_page_carries_the_code_only_sealed(client, country, code):
    first = client.post("/register/admin/", {"organization": country.freshmen.pk, "title": "书记"})
    second = client.post("/register/admin/code/", {"token": token_of(first), "code": code.code})
    assert code.code not in text(second)


def test_the_code_typed_first_shows_the_organisation_and_asks_the_post(client, country, code, number):
    first = client.post("/register/admin/code/", {"token": "", "code": code.code})
    assert (country.freshmen.full_name in text(first), "宣传委员" in text(first)) == (True, True)
    second = client.post("/register/admin/title/", {"token": token_of(first), "title": "宣传委员"})
    client.post("/register/admin/person/", branch_data(token_of(second), number))
    assert country.freshmen.posts.get().title == "宣传委员"


def test_titles_follow_the_category(client, country):
    page = text(client.get("/register/admin/", {"organization": country.university.pk}))
    assert ("干事" in page, "宣传委员" in page) == (True, False)


def test_a_wrong_code_keeps_the_step_and_says_the_three_causes(client, country, code):
    first = client.post("/register/admin/", {"organization": country.freshmen.pk, "title": "书记"})
    answer = client.post("/register/admin/code/", {"token": token_of(first), "code": "00000000"})
    page = text(answer)
    assert (answer.status_code, "组织选错" in page, "大小写" in page, "有效期" in page) == (
        422,
        True,
        True,
        True,
    )


@pytest.mark.parametrize("path", ["code", "title", "person"])
def test_a_token_of_ones_own_making_starts_again(client, country, path):
    answer = client.post(f"/register/admin/{path}/", {"token": "x" * 80, "code": "x", "title": "书记"})
    assert answer.url == "/register/admin/"


def test_step_3_cannot_be_reached_without_a_code(client, country):
    first = client.post("/register/admin/", {"organization": country.freshmen.pk, "title": "书记"})
    answer = client.post("/register/admin/person/", {"token": token_of(first)})
    assert answer.url == "/register/admin/"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"joined_year": "2019", "joined_month": "4"}, "应满13周岁"),
        ({"new_password": "abc", "repeat_password": "abc"}, "密码没有达到要求"),
        ({"repeat_password": "Anders-1"}, "两次填写的"),
        ({"member_number": ""}, "发展团员编号"),
        ({"member_number": "2019650000"}, "12位"),
        ({"number": "659099200605201230"}, "校验码"),
        ({"number": "65909920060520"}, "不足18位"),
        ({"name": "张3"}, "姓名含数字"),
        ({"phone": "1234"}, "手机号码不符"),
        ({"political_status": "群众"}, "政治面貌"),
        ({"since_year": "2020", "since_month": "4"}, "早于入团年月"),
        ({"since_year": "", "since_month": ""}, "任现职年月"),
        ({"nature": ""}, "团干部性质"),
        ({"in_party_committee": ""}, "是否同级党委"),
    ],
)
def test_wrong_data_are_shown_at_the_field_and_nothing_is_made(client, at_person, number, changes, words):
    before = Account.objects.count()
    answer = client.post("/register/admin/person/", branch_data(at_person, number, **changes))
    assert (answer.status_code, words in text(answer), Account.objects.count()) == (422, True, before)


def test_what_was_typed_stays_but_the_password(client, at_person, number):
    page = text(client.post("/register/admin/person/", branch_data(at_person, number, nature="")))
    assert (number in page, "新管理" in page, PASSWORD in page) == (True, True, False)


@pytest.mark.parametrize(
    ("year", "month", "works"),
    [("2019", "5", True), ("2019", "4", False), ("2016", "9", False)],
)
def test_joining_at_thirteen_counts_by_month(client, at_person, number, year, month, works):
    changes = {"joined_year": year, "joined_month": month, "member_number": f"{year}65000001"}
    answer = client.post("/register/admin/person/", branch_data(at_person, number, **changes))
    assert (answer.status_code == 302) == works


@pytest.mark.parametrize(
    ("born", "month", "works"),
    [((2004, 8), "8", True), ((2004, 9), "8", False), ((2003, 9), "9", True), ((2003, 10), "9", False)],
)
def test_twelve_years_were_enough_before_september_2016(client, at_person, born, month, works):
    number = makers.number_of(date(*born, 20))
    changes = {"joined_year": "2016", "joined_month": month, "member_number": "201665000001"}
    answer = client.post("/register/admin/person/", branch_data(at_person, number, **changes))
    assert (answer.status_code == 302) == works


def test_who_joined_before_2016_needs_no_number(client, at_person):
    number = makers.number_of(date(2000, 5, 20))
    changes = {"joined_year": "2015", "joined_month": "12", "member_number": ""}
    answer = client.post("/register/admin/person/", branch_data(at_person, number, **changes))
    assert (answer.status_code, Member.objects.get(account__name="新管理").number) == (302, None)


def test_there_is_no_upper_age(client, at_person):
    number = makers.number_of(date(1970, 5, 20))
    changes = {"joined_year": "1986", "joined_month": "5", "member_number": ""}
    assert (
        client.post("/register/admin/person/", branch_data(at_person, number, **changes)).status_code == 302
    )


def test_above_the_branches_no_joining_date_is_asked(client, cast, country, number):
    code = codes.issue(country.company, actor=scope.scope_of(cast.zibo_admin))
    first = client.post("/register/admin/code/", {"token": "", "code": code.code})
    second = client.post("/register/admin/title/", {"token": token_of(first), "title": "书记"})
    assert ("入团年月" in text(second), "群众" in text(second)) == (False, True)
    data = branch_data(token_of(second), number, political_status="群众")
    assert client.post("/register/admin/person/", data).status_code == 302


def test_somebody_registered_elsewhere_is_shown_the_way_on(client, cast, at_person):
    account = cast.member.account
    data = branch_data(at_person, account.id_number, name=account.name)
    page = text(client.post("/register/admin/person/", data))
    assert ("身份证已注册" in page, "组织关系" in page) == (True, True)
    assert ('<a href="/login/">登录</a>' in page, '<a href="/forgot/">忘记密码</a>' in page) == (True, True)


def test_signed_in_without_membership_only_the_missing_is_asked(sign_in, cast, country, code):
    client = sign_in(cast.outsider)
    first = client.post("/register/admin/code/", {"token": "", "code": code.code})
    second = client.post("/register/admin/title/", {"token": token_of(first), "title": "书记"})
    page = text(second)
    assert ("身份证号码" in page, "登录密码" in page, "入团年月" in page) == (False, False, True)
    answer = client.post("/register/admin/person/", branch_data(token_of(second), ""))
    assert (answer.status_code, country.freshmen.seats.get().post.account) == (302, cast.outsider)


def test_the_picker_works_without_javascript(client, country):
    page = text(client.get("/register/admin/", {"at": country.college.pk}))
    assert f"?organization={country.class1.pk}" in page


def test_too_many_looks_answer_429(client, country):
    for _ in range(picker.LOOKS.failures - 1):
        picker.LOOKS.charge(address_key("127.0.0.1"), now=timezone.now())
    answers = [client.get("/orgs/picker/").status_code for _ in range(2)]
    assert answers == [200, 429]


def test_the_code_page_for_the_superior_shows_it_and_nobody_else(sign_in, cast, country, code):
    assert f'data-copy="{code.code}"' in text(
        sign_in(cast.college_admin).get(f"/codes/{country.freshmen.pk}/")
    )
    assert sign_in(cast.university_admin).get(f"/codes/{country.freshmen.pk}/").status_code == 403
    assert sign_in(cast.zibo_admin).get(f"/codes/{country.freshmen.pk}/").status_code == 404


def test_giving_out_and_replacing_by_the_pages(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    client.post(f"/codes/{country.freshmen.pk}/issue/")
    first = country.freshmen.registration_codes.get(voided_at=None)
    assert "立即作废" in text(client.get(f"/codes/{country.freshmen.pk}/reissue/"))
    client.post(f"/codes/{country.freshmen.pk}/reissue/")
    assert country.freshmen.registration_codes.get(voided_at=None).pk != first.pk
    client.post(f"/codes/{country.freshmen.pk}/void/")
    assert not country.freshmen.registration_codes.filter(voided_at=None).exists()
