"""添加团员: the next of the same branch, the ways on, and what is asked while typing."""

from datetime import date

import pytest
from django.urls import reverse

from members import entry_views
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
ADD, CHECK = "/members/add/", "/members/check/"


def text(answer) -> str:
    return answer.content.decode()


def person(branch, **changes) -> dict[str, str]:
    return {
        "branch": str(branch.pk),
        "name": "新同学",
        "number": makers.number_of(),
        "phone": "16300000001",
        "ethnicity": "汉族",
        "political_status": "共青团员",
        "education": "本科（在读）",
        "joined_year": "2021",
        "joined_month": "5",
        "league_number": "202165999999",
        "is_cadre": "no",
        **changes,
    }


@pytest.fixture
def desk(sign_in, cast):
    """The college's administrator, who has several branches."""
    return sign_in(cast.college_admin)


def test_it_goes_on_with_the_next_of_the_same_branch(desk, country):
    answer = desk.post(ADD, {**person(country.class2), "next": "yes"}, follow=True)
    page = text(answer)
    assert answer.redirect_chain == [(f"{ADD}?branch={country.class2.pk}", 302)]
    assert ("已添加新同学" in page, f'value="{country.class2.pk}" selected' in page) == (True, True)


def test_it_ends_at_the_person_otherwise(desk, country):
    answer = desk.post(ADD, person(country.class2), follow=True)
    assert ("已添加新同学，初始密码" in text(answer), "继续添加下一名" in text(answer)) == (True, True)


def test_somebody_taken_over_keeps_the_password_and_it_is_said(desk, country, cast):
    sent = person(country.class2, number=cast.outsider.id_number, name="外来人")
    assert "仍用原来的密码登录" in text(desk.post(ADD, sent, follow=True))


def test_the_registered_are_led_on(desk, country, cast):
    account = cast.member.account
    answer = desk.post(ADD, person(country.class1, number=account.id_number, name=account.name))
    page = text(answer)
    assert (answer.status_code, "身份证已注册" in page) == (422, True)
    assert f'href="{reverse("cadres:add", args=[country.class1.pk])}"' in page


def test_without_javascript_the_server_says_what_the_page_would(desk, country):
    answer = desk.post(ADD, person(country.class1, joined_year="2016", league_number="12"))
    assert set(answer.context["form"].errors) == {"joined", "league_number"}


def test_a_malformed_number_of_an_early_joiner_is_left_out_with_a_word(desk, country):
    early = {"number": makers.number_of(date(2000, 1, 1)), "joined_year": "2015", "league_number": "12"}
    assert "没有保存" in text(desk.post(ADD, person(country.class1, **early), follow=True))


class TestCheck:
    def ask(self, desk, number, organization):
        return desk.post(CHECK, {"number": number, "organization": str(organization.pk)})

    def test_a_registered_id_is_said_with_the_ways_on(self, desk, country, cast):
        page = text(self.ask(desk, cast.member.account.id_number.lower(), country.class1))
        assert ("就在本团支部" in page, reverse("members:detail", args=[cast.member.pk]) in page) == (
            True,
            True,
        )

    def test_for_a_committee_it_leads_to_the_invitation(self, desk, country, cast):
        page = text(self.ask(desk, cast.member.account.id_number, country.college))
        assert reverse("cadres:invite", args=[country.college.pk]) in page

    def test_of_anybody_else_it_says_nothing(self, desk, country, cast):
        numbers = (makers.number_of(), cast.outsider.id_number, "110", "", "x" * 5000)
        assert {text(self.ask(desk, each, country.class1)).strip() for each in numbers} == {""}

    def test_it_records_nothing(self, desk, country, cast):
        before = AuditEntry.objects.count()
        self.ask(desk, cast.member.account.id_number, country.class1)
        assert AuditEntry.objects.count() == before

    def test_it_answers_only_for_where_people_may_be_entered(self, desk, country, cast, sign_in):
        assert self.ask(desk, cast.member.account.id_number, country.workshop).status_code == 404
        province = sign_in(cast.corps_admin)
        assert self.ask(province, cast.member.account.id_number, country.class1).status_code == 403

    def test_who_asks_very_often_waits(self, desk, country, monkeypatch):
        monkeypatch.setattr(entry_views, "CHECKS", entry_views.Limit("entry_check", 2, 10))
        codes = [self.ask(desk, makers.number_of(), country.class1).status_code for _ in range(3)]
        assert codes == [200, 200, 429]


def test_the_form_begins_with_what_more_than_half_of_the_branch_have(sign_in, cast, country):
    begun = sign_in(cast.class1_admin).get(ADD).context["form"].initial
    assert (begun["political_status"], begun["education"]) == ("共青团员", "本科（在读）")
    for at in range(3):
        makers.make_member(country.class1, f"同学{chr(0x4E00 + at)}", education="硕士（在读）")
    assert sign_in(cast.class1_admin).get(ADD).context["form"].initial["education"] == ""
