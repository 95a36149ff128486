"""The member pages as administrators use them."""

import re

import pytest
from django.urls import reverse

from accounts.models import ResetCode
from members.models import Member
from tests import makers
from tests.helpers import sign_in_by_form
from zhtj.audit.models import AuditEntry

LIST = "/members/"


def page(member: Member, name: str = "detail") -> str:
    return reverse(f"members:{name}", args=[member.pk])


class TestList:
    def test_only_the_resettable_have_the_key(self, cast, sign_in):
        text = sign_in(cast.class1_admin).get(LIST).content.decode()
        assert reverse("members:reset_code", args=[cast.member.account_id]) in text
        assert reverse("members:reset_code", args=[cast.class1_admin.pk]) not in text


class TestPage:
    def test_numbers_are_masked_and_the_tail_too_while_it_is_the_password(self, cast, country, sign_in):
        fresh = makers.make_member(country.class1, "新人", password=None)
        text = sign_in(cast.class1_admin).get(page(fresh)).content.decode()
        assert fresh.account.masked_id in text
        assert fresh.account.id_number[-4:] not in text
        assert f"{fresh.account.birth_date:%Y-%m-%d}" not in text

    def test_revealing_shows_the_number_once_and_tells_the_person(self, cast, client, sign_in):
        response = sign_in(cast.class1_admin).post(page(cast.member, "reveal"), {"reason": "核对团员证"})
        assert cast.member.account.id_number in response.content.decode()
        assert response.headers["Cache-Control"] == "no-store"
        row = AuditEntry.objects.get(verb="members.reveal_id")
        assert (row.actor_name, row.account_id, row.detail["reason"]) == (
            "班一丽",
            cast.member.account_id,
            "核对团员证",
        )
        mine = sign_in(cast.member.account).get("/me/seen/").content.decode()
        assert "班一丽" in mine
        assert "核对团员证" in mine

    def test_without_a_reason_nothing_is_revealed(self, cast, sign_in):
        response = sign_in(cast.class1_admin).post(page(cast.member, "reveal_phone"), {"reason": " "})
        assert response.status_code == 422
        assert cast.member.account.phone not in response.content.decode()
        assert not AuditEntry.objects.filter(verb__startswith="members.reveal").exists()

    @pytest.mark.parametrize("who", ["class2_admin", "workshop_admin", "member", "outsider"])
    def test_out_of_scope_is_not_found(self, cast, sign_in, who):
        person = getattr(cast, who)
        client = sign_in(getattr(person, "account", person))
        assert client.get(page(cast.classmate)).status_code == 404
        assert client.post(page(cast.classmate, "reveal"), {"reason": "好奇"}).status_code == 404


class TestAdding:
    def typed(self, **changes):
        basis = {
            "name": "新同学",
            "number": makers.number_of(),
            "ethnicity": "汉族",
            "political_status": "共青团员",
            "education": "本科（在读）",
            "joined_year": "2021",
            "joined_month": "5",
            "league_number": "202165999998",
            "phone": "16300000001",
            "is_cadre": "no",
        }
        return {**basis, **changes}

    def test_a_member_is_added(self, cast, country, sign_in):
        response = sign_in(cast.class1_admin).post("/members/add/", self.typed(branch=country.class1.pk))
        member = Member.objects.get(account__name="新同学")
        assert response.headers["Location"] == page(member)
        assert member.branch == country.class1

    def test_the_superior_chooses_among_the_direct_branches(self, cast, country, sign_in):
        client = sign_in(cast.college_admin)
        text = client.get("/members/add/").content.decode()
        assert [
            name
            for name in ("2023级1班团支部", "2023级2班团支部", "2019级新生临时团支部", "装配车间")
            if name in text
        ] == [
            "2023级1班团支部",
            "2023级2班团支部",
            "2019级新生临时团支部",
        ]
        assert client.post("/members/add/", self.typed(branch=country.workshop.pk)).status_code == 422

    def test_every_fault_is_said_and_nothing_typed_is_lost(self, cast, country, sign_in):
        faults = self.typed(
            branch=country.class1.pk, name="李4", phone="12345", league_number="2021", joined_year="2017"
        )
        text = sign_in(cast.class1_admin).post("/members/add/", faults).content.decode()
        for said in (
            "姓名含数字",
            "手机号码不符",
            "入团时不满年龄",
            "发展团员编号不是12位",
            'value="李4"',
            'value="12345"',
        ):
            assert said in text

    def test_a_registered_number_is_said_at_the_number(self, cast, country, sign_in):
        typed = self.typed(branch=country.class1.pk, number=cast.worker.account.id_number, name="孔令工")
        text = sign_in(cast.class1_admin).post("/members/add/", typed).content.decode()
        assert "身份证已注册：团籍在另一个团支部，请办理组织关系转接。" in text

    def test_an_organisation_without_direct_branches_is_told_so(self, cast, sign_in):
        text = sign_in(cast.university_admin).get("/members/add/").content.decode()
        assert "没有可以添加团员的团支部" in text


class TestResetCode:
    def test_it_asks_first_and_shows_the_code_once(self, cast, sign_in):
        client = sign_in(cast.class1_admin)
        address = reverse("members:reset_code", args=[cast.member.account_id])
        client.get(address)
        assert not ResetCode.objects.exists()
        text = client.post(address).content.decode()
        assert re.search(r"[2-9A-Z]{4} [2-9A-Z]{4}", text)
        assert ResetCode.objects.filter(account=cast.member.account).count() == 1

    def test_a_list_makes_it_at_once_but_never_takes_one_away_unasked(self, cast, sign_in):
        client = sign_in(cast.class1_admin)
        address = reverse("members:reset_code", args=[cast.member.account_id])
        button = f'form="reset" formaction="{address}"'
        assert button in client.get("/members/").content.decode()
        assert "验证码已生成" in client.post(address, {"at_once": "1"}).content.decode()
        given = ResetCode.objects.get().code_hash
        assert "以前生成的验证码还有效" in client.post(address, {"at_once": "1"}).content.decode()
        assert ResetCode.objects.get().code_hash == given
        text = client.get("/members/").content.decode()
        assert (button in text, f'href="{address}"' in text) == (False, True)

    def test_the_refusal_says_who_can(self, cast, sign_in):
        response = sign_in(cast.university_admin).get(
            reverse("members:reset_code", args=[cast.member.account_id])
        )
        assert response.status_code == 403
        assert "石河子大学医学院团委”的管理员签发" in response.content.decode()


class TestMe:
    def test_a_member_sees_the_branch_and_the_chain(self, cast, country, sign_in):
        text = sign_in(cast.member.account).get("/me/").content.decode()
        assert country.class1.full_name in text
        assert "班一丽" in text
        assert "管理中心" not in text

    def test_somebody_without_anything_is_told_what_to_do(self, cast, sign_in):
        assert "目前没有团籍" in sign_in(cast.outsider).get("/me/").content.decode()

    def test_the_root_leads_everybody_home(self, cast, sign_in):
        assert sign_in(cast.member.account).get("/").headers["Location"] == "/me/"
        assert sign_in(cast.class1_admin).get("/").headers["Location"] == "/desk/"


def test_the_root_address_leads_everybody_to_the_right_door(client, cast, sign_in):
    assert client.get("/")["Location"] == "/login/"
    newcomer = makers.make_account(password=None)
    sign_in_by_form(client, newcomer.id_number, newcomer.id_number[-8:])
    assert client.get("/")["Location"] == "/first/"
    assert sign_in(cast.member.account).get("/")["Location"] == "/me/"
    assert sign_in(cast.class1_admin).get("/")["Location"] == "/desk/"
