"""个人首页: what waits, what is late, what changed, whom to ask, and the first visit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from members import access, amend, registry
from members.models import Act as Begun
from members.requests import profile
from orgs import invitations, petitions
from orgs.models import Petition
from orgs.posts import Office
from orgs.scope import scope_of
from tests import makers
from transfers import opening, workflow
from transfers.enums import Act
from transfers.opening import Wish

OFFICE = Office(title="委员")


def visited(account, *, days: int = 3) -> None:
    """Somebody who came some days ago and comes again."""
    now = timezone.now()
    Account.objects.filter(pk=account.pk).update(visited_before=now - timedelta(days=days), visited_at=now)


@pytest.fixture
def home(sign_in):
    """The page of a person, as context."""

    def home(account):
        return sign_in(account).get("/me/").context

    return home


@pytest.fixture
def moving(cast, country):
    """The member's own transfer to the next class."""
    member, actor = cast.member, scope_of(cast.member.account)
    case = opening.build(member, Wish(reason="转学", target=country.class2), actor=actor)
    return workflow.start(case, actor=actor)


def lines(items) -> list[tuple[str, str]]:
    return [(each.label, each.late) for each in items]


class TestFirstVisit:
    def test_three_sentences_say_who_what_and_whom(self, cast, country, home):
        who, what, whom = home(cast.member.account)["first"]
        assert who == f"{timezone.localdate():%Y-%m-%d}，管理员把您录入了“{country.class1.full_name}”。"
        assert "办理组织关系转接" in what
        assert whom == "资料不对或有疑问，请找“2023级1班团支部”的书记班一丽。"

    def test_whoever_entered_the_person_is_named(self, cast, country, home):
        account, actor = makers.make_account("新来的"), scope_of(cast.class1_admin)
        joined = timezone.localdate().replace(year=2020, month=5, day=1)
        registry.enrol(
            account, country.class1, joined=joined, number="202065999999", act=Begun.ENTRY, actor=actor
        )
        said = home(account)["first"][0]
        assert said.endswith(f"，班一丽把您录入了“{country.class1.full_name}”。")

    def test_a_secretary_is_sent_to_the_superior_and_not_to_herself(self, cast, home):
        said = home(cast.class1_admin)["first"][2]
        assert said == "资料不对或有疑问，请找“石河子大学医学院团委”的书记易学园。"

    def test_a_cadre_without_membership_is_told_of_the_post(self, country, home, cast):
        cadre = makers.make_account("新干部")
        makers.make_post(cadre, country.college, "干事")
        said = home(cadre)["first"]
        assert said[0] == f"管理员登记您为“{country.college.full_name}”的干事，您没有团籍。"
        assert said[2] == "资料不对或有疑问，请找“石河子大学医学院团委”的书记易学园。"

    def test_somebody_without_anything_is_told_whom_to_ask(self, cast, home):
        said = home(cast.outsider)["first"]
        assert said[0] == "您的账号已经建立，但目前没有团籍，也没有团内职务。"
        assert len(said) == 3

    @pytest.mark.parametrize("fact", ["visited_before", "password_set_at"])
    def test_it_is_gone_afterwards(self, cast, home, fact):
        before = timezone.now() - timedelta(days=2)
        Account.objects.filter(pk=cast.member.account_id).update(**{fact: before})
        assert home(cast.member.account)["first"] == []


class TestWaiting:
    def test_nothing_waits_and_the_page_says_so(self, cast, sign_in):
        page = sign_in(cast.member.account).get("/me/").content.decode()
        assert "没有等您办理的事项。" in page
        assert "正在办理" not in page

    def test_an_invitation_says_when_it_is_late(self, cast, country, home):
        petition = invitations.invite(
            country.college, cast.worker.account, OFFICE, actor=scope_of(cast.college_admin)
        )
        label = "“石河子大学医学院团委”邀请您担任委员"
        assert lines(home(cast.worker.account)["mine"]) == [(label, "")]
        long_ago = timezone.now() - timedelta(days=9)
        Petition.objects.filter(pk=petition.pk).update(turn_since=long_ago)
        assert lines(home(cast.worker.account)["mine"]) == [(label, "已等 9 天")]

    def test_an_open_transfer_is_one_sentence_with_the_next_step(self, cast, country, moving, home):
        (item,) = home(cast.member.account)["others"]
        assert (item.label, item.late) == (f"转入“{country.class2.full_name}”", "")
        assert item.why.startswith("您不用做什么：等“2023级1班团支部”同意转出")

    def test_a_transfer_near_its_end_is_late(self, cast, moving, home):
        moving.due_at = timezone.now() + timedelta(days=2)
        moving.save(update_fields=["due_at"])
        assert [each.late for each in home(cast.member.account)["others"]] == ["还剩 2 天"]

    def test_a_returned_transfer_leads_straight_to_sending_it_again(self, cast, moving, home):
        word = workflow.Word(code="转入组织选错", remark="请转入三班。")
        workflow.act(moving, Act.RETURN, actor=scope_of(cast.class1_admin), word=word)
        context = home(cast.member.account)
        (item,) = context["mine"]
        assert (item.label, item.url) == ("组织关系转接被退回", f"/transfers/{moving.pk}/again/")
        assert item.why == "原因：转入组织选错：请转入三班。请修改后重新发起"
        assert context["others"] == []

    def test_a_request_under_way_then_returned_comes_back_filled(self, cast, home):
        account = cast.member.account
        petition = profile.ask(account, {"occupation": "学生"}, actor=scope_of(account))
        (item,) = home(account)["others"]
        assert item.label == "个人信息修改"
        petitions.send_back(petition, actor=scope_of(cast.class1_admin), remark="请写清专业")
        (item,) = home(account)["mine"]
        assert (item.label, item.url) == ("个人信息修改已退回", f"/me/profile/edit/?again={petition.pk}")
        assert item.why == "原因：请写清专业。请修改后重新提交"

    def test_asking_again_takes_the_return_away(self, cast, home):
        account = cast.member.account
        petition = profile.ask(account, {"occupation": "学生"}, actor=scope_of(account))
        petitions.send_back(petition, actor=scope_of(cast.class1_admin), remark="请写清专业")
        profile.ask(account, {"occupation": "护理专业学生"}, actor=scope_of(account))
        assert home(account)["mine"] == []


class TestNews:
    def test_what_happened_since_the_last_visit_is_told_once(self, cast, country, home):
        account = cast.member.account
        telling.tell([account.pk], "很久以前的通知。", now=timezone.now() - timedelta(days=9))
        visited(account)
        telling.tell([account.pk], "您的申请已同意。")
        locked, member = amend.locked(account)
        amend.write(
            locked,
            member,
            {"occupation": "学生"},
            organization=country.class1,
            actor=scope_of(cast.class1_admin),
        )
        said = {each.said for each in home(account)["news"]}
        assert {"您的申请已同意。", "修改团员资料"} <= said
        assert "很久以前的通知。" not in said

    def test_who_has_looked_is_told_with_the_reason(self, cast, home, sign_in):
        visited(cast.member.account)
        where = f"/members/{cast.member.pk}/reveal/"
        sign_in(cast.class1_admin).post(where, {"reason": "核对团员证"})
        assert [each.remark for each in home(cast.member.account)["news"] if "身份证" in each.said] == [
            f"{access.home(cast.member.account).full_name}，班一丽；原因：核对团员证"
        ]

    def test_nothing_is_said_of_a_first_visit(self, cast, home):
        telling.tell([cast.member.account_id], "您的申请已同意。")
        assert home(cast.member.account)["news"] == []


def test_the_branch_and_its_superior_come_first_and_the_rest_is_folded_away(cast, country, home):
    context = home(cast.member.account)
    assert [card.organization for card in context["near"]] == [country.class1, country.college]
    assert [card.organization for card in context["further"]] == [
        country.university,
        country.corps,
        country.centre,
    ]
