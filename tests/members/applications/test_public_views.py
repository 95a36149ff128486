"""The pages of whoever applies: from the picker to the 受理号, the state, 撤回, and sending it again."""

import re

import pytest
from django.contrib.sessions.models import Session

from accounts.models import Account
from members.applications import content as contents
from members.applications import deciding
from members.models import Application
from orgs import picker
from tests import makers
from tests.helpers import captcha_answer, captcha_key

from .conftest import NOW, submit

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def token_of(answer) -> str:
    return re.search(r'name="token" value="([^"]+)"', text(answer)).group(1)


def solved(answer) -> dict[str, str]:
    key = captcha_key(answer)
    return {"captcha_0": key, "captcha_1": captcha_answer(key)}


def data(**changes) -> dict[str, str]:
    return {
        "name": "申请人",
        "number": makers.number_of(),
        "phone": "163 0000 0077",
        "ethnicity": "汉族",
        "political_status": "共青团员",
        "education": "本科（在读）",
        "joined_year": "2021",
        "joined_month": "5",
        "league_number": "2021 6577 7777",
        "consent": "on",
        **changes,
    }


OFFICE = {
    "title": "宣传委员",
    "since_year": "2025",
    "since_month": "9",
    "nature": "兼职",
    "in_party_committee": "no",
}


@pytest.fixture
def apply(client, country):
    """Fill the form in and send it."""

    def apply(way="member", branch=country.class1, **changes):
        page = client.get(f"/register/{way}/", {"organization": branch.pk})
        return client.post(f"/register/{way}/", {"token": token_of(page), **solved(page), **data(**changes)})

    return apply


@pytest.fixture
def look(client):
    """ID and 受理号 at the page of the state."""

    def look(number, receipt):
        page = client.get("/register/state/")
        return client.post("/register/state/", {"number": number, "receipt": receipt, **solved(page)})

    return look


def receipt_in(answer) -> str:
    return "".join(re.search(r'class="code-big">([^<]+)<', text(answer)).group(1).split())


def test_three_ways_are_offered(client):
    page = text(client.get("/register/"))
    assert [each in page for each in ("管理员注册", "共青团员注册", "团干部注册", "查看注册申请")] == [
        True
    ] * 4


def test_the_picker_offers_branches_alone(client, country):
    page = text(client.get("/register/member/", {"at": country.college.pk}))
    assert (f"?organization={country.class1.pk}" in page, f"?organization={country.college.pk}" in page) == (
        True,
        False,
    )


def test_another_organisation_is_refused_with_the_remedy(client, country):
    page = client.get("/register/member/", {"organization": country.college.pk}, follow=True)
    assert "请选择您所在的团支部" in text(page)


def test_the_picker_makes_addresses_wait(client, monkeypatch):
    monkeypatch.setattr(picker, "LOOKS", picker.Limit("picker", 1, 1))
    assert [client.get("/register/member/").status_code for _ in range(2)] == [200, 429]


def test_the_receipt_is_shown_and_nothing_was_stored_on_the_way(apply, country):
    answer = apply()
    row = Application.objects.get()
    assert (answer.status_code, receipt_in(answer), row.branch) == (200, row.receipt, country.class1)
    assert (Session.objects.count(), contents.of(row).league_number) == (0, "202165777777")


def test_it_says_who_decides(apply, country):
    page = text(apply())
    assert (country.class1.full_name in page, country.college.full_name in page) == (True, True)


def test_a_cadre_gives_the_particulars_of_the_post(apply):
    apply("cadre", **OFFICE)
    row = Application.objects.get()
    assert (row.kind, contents.of(row).office.title) == ("cadre", "宣传委员")


def test_a_cadre_without_them_is_asked(apply):
    answer = apply("cadre")
    assert set(answer.context["form"].errors) == {"title", "since", "nature", "in_party_committee"}


def test_all_faults_are_said_at_once_and_what_was_typed_stays(apply):
    answer = apply(name="张3", phone="123", joined_year="2014", league_number="", ethnicity="", consent="")
    page = text(answer)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "phone", "joined", "ethnicity", "consent"}
    assert ('value="张3"' in page, 'value="123"' in page) == (True, True)
    assert not Application.objects.exists()


def test_sent_twice_by_mistake_it_is_one_application(client, country):
    page = client.get("/register/member/", {"organization": country.class1.pk})
    sent = {"token": token_of(page), **solved(page), **data()}
    codes = [client.post("/register/member/", sent).status_code for _ in range(2)]
    assert (codes, Application.objects.count()) == ([200, 422], 1)


def test_an_old_page_leads_to_the_picker(client):
    answer = client.post("/register/member/", {"token": "old", **data()}, follow=True)
    assert (answer.redirect_chain, "停留得太久" in text(answer)) == ([("/register/member/", 302)], True)


def test_a_stranger_learns_nothing_about_an_id(apply, cast):
    account = cast.member.account
    facts = {"joined_year": "2020", "league_number": cast.member.number}
    known = apply(name=account.name, number=account.id_number, **facts)
    unknown = apply(joined_year="2020", league_number="202065777777")
    strip = re.compile(
        r"[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{4}|data-copy=\"[^\"]+\"|<dd>\d{4}-[^<]+|申请人|nonce=\S+"
    )
    same = [strip.sub("", text(each).replace(account.name, "")) for each in (known, unknown)]
    assert (known.status_code, same[0] == same[1]) == (200, True)


def test_the_signed_in_hear_about_themselves(sign_in, cast, country):
    page = text(sign_in(cast.member.account).get("/register/member/"))
    assert ("身份证已注册" in page, country.class1.full_name in page, "组织关系转接" in page) == (
        True,
        True,
        True,
    )


def test_somebody_signed_in_without_membership_may_apply(sign_in, cast, country):
    page = sign_in(cast.outsider).get("/register/member/", {"organization": country.class1.pk})
    assert 'name="number"' in text(page)


class TestState:
    @pytest.fixture
    def returned(self, country, branch_admin):
        number = makers.number_of()
        application = submit(country.class1, number=number)
        deciding.send_back(
            application, reason="facts", remark="入团年月应为2022-05", actor=branch_admin, now=NOW
        )
        application.number = number
        return application

    def test_the_pair_shows_state_deciders_and_acts(self, look, country):
        country.class1.contact_phone = "0993-2050001"
        country.class1.save()
        number = makers.number_of()
        page = text(look(number, submit(country.class1, number=number).receipt))
        assert [
            each in page for each in ("待审批", country.class1.full_name, "0993-2050001", "撤回申请")
        ] == [True] * 4

    def test_a_wrong_pair_hears_one_sentence(self, look, application):
        answer = look(makers.number_of(), application.receipt)
        assert (answer.status_code, "身份证号码或受理号错误" in text(answer)) == (422, True)

    def test_the_reason_of_a_return_is_shown(self, look, returned):
        page = text(look(returned.number, returned.receipt))
        assert ("资料需要更正" in page, "入团年月应为2022-05" in page, "更正后重新提交" in page) == (
            True,
            True,
            True,
        )

    def test_who_is_registered_is_led_on_after_a_return(self, look, country, branch_admin):
        number = makers.number_of()
        application = submit(country.class1, number=number)
        deciding.send_back(application, reason="registered", remark="", actor=branch_admin, now=NOW)
        page = text(look(number, application.receipt))
        assert ("身份证已注册" in page, 'href="/forgot/"' in page) == (True, True)

    def test_it_is_withdrawn_after_a_question(self, client, look, country):
        number = makers.number_of()
        application = submit(country.class1, number=number)
        first = client.post(
            "/register/state/withdraw/", {"token": token_of(look(number, application.receipt))}
        )
        assert Application.objects.get().state == "pending"
        client.post("/register/state/withdraw/", {"token": token_of(first), "sure": "yes"})
        assert Application.objects.get().state == "withdrawn"

    def test_correcting_shows_everything_but_id_and_phone(self, client, look, returned):
        token = token_of(look(returned.number, returned.receipt))
        page = text(client.post("/register/state/correct/", {"token": token}))
        assert ('value="申请人"' in page, "163****0077" in page, "16300000077" in page) == (True, True, False)
        assert returned.number not in page

    def test_it_is_sent_again_with_what_was_not_typed_again(self, client, look, returned):
        token = token_of(look(returned.number, returned.receipt))
        changes = {"number": "", "phone": "", "joined_year": "2022", "league_number": "202265777777"}
        sent = {"token": token, "send": "yes", **data(**changes)}
        answer = client.post("/register/state/correct/", sent, follow=True)
        given = contents.of(Application.objects.get())
        assert "受理号不变" in text(answer)
        assert (given.number, given.phone, given.joined.year, Application.objects.get().state) == (
            returned.number,
            "16300000077",
            2022,
            "pending",
        )

    def test_a_corrected_id_opens_it_from_then_on(self, client, look, returned):
        number = makers.number_of()
        token = token_of(look(returned.number, returned.receipt))
        client.post("/register/state/correct/", {"token": token, "send": "yes", **data(number=number)})
        assert look(number, returned.receipt).status_code == 200
        assert look(returned.number, returned.receipt).status_code == 422

    def test_faults_of_the_correction_are_said_and_it_stays_returned(self, client, look, returned):
        token = token_of(look(returned.number, returned.receipt))
        answer = client.post(
            "/register/state/correct/", {"token": token, "send": "yes", **data(joined_year="2013", number="")}
        )
        assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"joined"})
        assert Application.objects.get().state == "returned"

    def test_an_old_page_leads_back(self, client):
        answer = client.post("/register/state/correct/", {"token": "old"})
        assert answer.url == "/register/state/"

    def test_after_the_approval_it_says_how_to_sign_in(self, look, country, branch_admin):
        number = makers.number_of()
        application = submit(country.class1, number=number)
        deciding.approve(application, actor=branch_admin, now=NOW)
        page = text(look(number, application.receipt))
        assert ("已通过" in page, "身份证号码后八位" in page, "撤回申请" in page) == (True, True, False)
        assert Account.objects.with_number(number).exists()
