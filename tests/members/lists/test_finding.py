"""按身份证号码查找: the page inside the scope, the place outside, and nothing more."""

import pytest

from members.lists import finding
from orgs.models import Organization
from tests import makers
from zhtj.audit.models import AuditEntry

from .pages import text

FIND = "/members/find/"


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator at the browser."""
    return sign_in(cast.college_admin)


def ask(client, account, name=""):
    return client.post(FIND, {"number": account.id_number, "name": name})


def results() -> list[str]:
    found = AuditEntry.objects.filter(verb="members.sought").order_by("pk")
    return list(found.values_list("result", flat=True))


class TestInside:
    def test_a_member_is_opened_without_a_number_in_the_address(self, cast, college):
        account = cast.member.account
        response = college.post(FIND, {"number": account.id_number.lower()})
        assert response.headers["Location"] == f"/members/{cast.member.pk}/"

    def test_by_the_league_number_too(self, cast, college):
        response = college.post(FIND, {"number": cast.member.number})
        assert response.headers["Location"] == f"/members/{cast.member.pk}/"

    def test_a_cadre_without_membership_leads_to_the_post(self, cast, college):
        response = ask(college, cast.college_admin)
        assert response.headers["Location"].startswith("/cadres/")


class TestOutside:
    def test_the_name_is_asked_for_first(self, cast, college):
        page = text(ask(college, cast.worker.account))
        assert "补充姓名后" in page
        assert "需要修改" not in page
        assert results() == []

    def test_far_away_only_the_province_is_named(self, cast, college):
        response = ask(college, cast.worker.account, "孔令工")
        page = text(response)
        assert "其他团支部（团山东省委）" in page
        assert "装配车间" not in page
        assert response.context["found"].masked == cast.worker.account.masked_id
        assert cast.worker.account.id_number not in page
        assert results() == ["done"]

    def test_below_the_direct_superior_the_branch_is_named(self, cast, country, sign_in):
        page = text(ask(sign_in(cast.class2_admin), cast.member.account, "古丽努尔·买买提江"))
        assert country.class1.full_name in page

    def test_what_to_do_is_said(self, cast, country, college):
        page = text(ask(college, cast.worker.account, "孔令工"))
        assert "组织关系转接" in page or "办理转入" in page
        assert f"/cadres/of/{country.college.pk}/invite/" in page

    def test_a_branch_cannot_invite(self, cast, sign_in):
        assert "邀请" not in text(ask(sign_in(cast.class1_admin), cast.worker.account, "孔令工"))

    def test_somebody_with_an_account_alone_can_be_added(self, cast, college):
        page = text(ask(college, cast.outsider, "外来人"))
        assert "没有团籍" in page
        assert 'href="/members/add/"' in page

    @pytest.mark.parametrize("name", ["孔令二", "孔令工人"])
    def test_another_name_finds_nobody(self, cast, college, name):
        page = text(ask(college, cast.worker.account, name))
        assert "没有找到姓名和身份证号码都相符的人" in page
        assert "团山东省委" not in page
        assert "需要修改" not in page
        assert results() == ["failed"]

    def test_an_unknown_number_reads_the_same(self, cast, college):
        unknown = college.post(FIND, {"number": makers.number_of(), "name": "孔令工"})
        wrong = ask(college, cast.worker.account, "孔令二")
        assert unknown.context["nobody"] == wrong.context["nobody"]

    def test_the_person_sees_who_looked(self, cast, college, sign_in):
        ask(college, cast.worker.account, "孔令工")
        assert "按身份证号码查找" in text(sign_in(cast.worker.account).get("/me/seen/"))

    def test_above_provinces_nothing_but_another_branch(self, cast, country, sign_in):
        Organization.objects.filter(pk=country.shandong.pk).update(level=3)
        assert "其他团支部" in text(ask(sign_in(cast.college_admin), cast.worker.account, "孔令工"))


class TestLimits:
    def test_misses_make_wait_and_the_denial_is_on_record(self, cast, college):
        for _ in range(finding.MISSES.failures):
            ask(college, cast.worker.account, "孔令二")
        assert "查找次数过多" in text(ask(college, cast.worker.account, "孔令工"))
        assert results()[-1] == "denied"

    def test_hits_are_limited_too(self, cast, college, monkeypatch):
        monkeypatch.setattr(finding, "LOOKS", finding.Limit("find_outside", 3, 60))
        for _ in range(3):
            ask(college, cast.worker.account, "孔令工")
        assert results() == ["done"] * 3
        assert "查找次数过多" in text(ask(college, cast.worker.account, "孔令工"))

    def test_inside_nobody_waits(self, cast, college, monkeypatch):
        monkeypatch.setattr(finding, "LOOKS", finding.Limit("find_outside", 1, 60))
        for _ in range(3):
            assert ask(college, cast.member.account).status_code == 302


def test_a_wrong_number_is_an_error_of_its_field(college):
    response = college.post(FIND, {"number": "1234"})
    assert (response.status_code, "不足18位" in text(response)) == (422, True)
