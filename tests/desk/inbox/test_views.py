"""操作中心: list and detail, decisions singly and together, whose turn it is, and the history."""

import pytest

from orgs import administrators, invitations, petitions, scope
from orgs import todo as of_organizations
from orgs.enums import PetitionState
from orgs.models import Organization, Seat
from orgs.posts import Office
from tests import makers

pytestmark = pytest.mark.django_db


def ask(branch, head, name):
    deputy = makers.make_post(makers.make_member(branch, name).account, branch, "组织委员").account
    return administrators.change(branch, successor=deputy, actor=scope.scope_of(head))


@pytest.fixture
def both(cast, country):
    return [
        ask(country.class1, cast.class1_admin, "一班委员"),
        ask(country.class2, cast.class2_admin, "二班委员"),
    ]


@pytest.fixture
def college(cast, sign_in):
    return sign_in(cast.college_admin)


def text(answer):
    return answer.content.decode()


def seen(*found):
    return [f"{each.pk}:{each.turn}" for each in found]


def test_an_empty_inbox_says_what_belongs_there(cast, country, sign_in):
    Organization.objects.filter(pk=country.class1.pk).update(industry="教育")
    page = text(sign_in(cast.class1_admin).get("/desk/inbox/"))
    assert ("没有等您办理的事项" in page, "bar-count" in page) == (True, False)


def test_the_first_item_stands_open_with_its_acts(both, college):
    answer = college.get("/desk/inbox/")
    assert answer.context["shown"].key == f"petition-{both[0].pk}"
    assert ("data-inbox-approve" in text(answer), "一班委员" in text(answer)) == (True, True)


def test_petitions_of_one_kind_can_be_chosen_at_a_stroke(both, college, cast, country):
    assert "选择列出的全部 2 件申请" in text(college.get("/desk/inbox/"))
    petitions.withdraw(both[1], actor=scope.scope_of(cast.class2_admin))
    assert "选择列出的全部" not in text(college.get("/desk/inbox/"))


def test_what_is_not_listed_is_told(both, college, monkeypatch):
    assert "办理以后列出其余" not in text(college.get("/desk/inbox/"))
    monkeypatch.setattr(of_organizations, "MOST", 1)
    page = text(college.get("/desk/inbox/"))
    assert "这里列出等得最久的 3 项，办理以后列出其余 1 项。" in page


def test_another_item_is_opened_by_its_address(both, college):
    answer = college.get("/desk/inbox/", {"item": f"petition-{both[1].pk}"})
    assert answer.context["shown"].decides == both[1].pk
    assert "二班委员" in text(answer)


def test_one_kind_is_shown_alone(both, college):
    answer = college.get("/desk/inbox/", {"kind": "没有管理员"})
    assert [each.key for each in answer.context["items"]] == ["vacancies"]
    assert [(each.word, each.count) for each in answer.context["kinds"]] == [
        ("管理员变更", 2),
        ("组织信息", 1),
        ("没有管理员", 1),
    ]


def test_the_number_stands_in_bar_and_menu_of_every_page(both, college):
    page = text(college.get("/members/"))
    assert ("操作中心，4 项待办" in page, '<span class="menu-count">4</span>' in page) == (True, True)


def test_one_is_approved_and_the_next_is_shown(both, college):
    answer = college.post("/desk/inbox/approve/", {"petition": seen(both[0])}, follow=True)
    both[0].refresh_from_db()
    assert both[0].state == PetitionState.APPROVED
    assert "2023级1班团支部的管理员变更：已同意，已经生效。" in text(answer)
    assert answer.context["shown"].decides == both[1].pk


def test_agreeing_to_a_change_of_rights_gives_a_new_session_key(both, college):
    before = college.session.session_key
    college.post("/desk/inbox/approve/", {"petition": seen(both[0])})
    assert college.session.session_key != before


def test_one_is_returned_with_its_reason(both, college):
    college.post("/desk/inbox/return/", {"petition": seen(both[0]), "remark": "请先开会"})
    both[0].refresh_from_db()
    assert (both[0].state, both[0].steps.last().remark) == (PetitionState.RETURNED, "请先开会")


def test_a_missing_reason_is_asked_for_in_place(both, college):
    answer = college.post("/desk/inbox/return/", {"petition": seen(both[1]), "remark": " "})
    assert (answer.status_code, answer.context["shown"].decides) == (422, both[1].pk)
    assert "请填写退回原因" in text(answer)


def test_several_are_decided_together_and_each_is_answered(both, cast, college):
    chosen = seen(*both)
    petitions.withdraw(both[0], actor=scope.scope_of(cast.class1_admin))
    page = text(college.post("/desk/inbox/approve/", {"petition": chosen}))
    assert "同意 1 件，1 件没有办成" in page
    assert ("这个申请已撤回" in page, "已同意，已经生效。" in page) == (True, True)


def test_several_without_a_reason_are_not_returned_and_stay_chosen(both, college):
    answer = college.post("/desk/inbox/return/", {"petition": seen(*both), "remark": ""})
    assert (answer.status_code, "退回需要写明原因" in text(answer)) == (422, True)
    assert answer.context["ticked"] == {each.pk for each in both}
    assert both[0].steps.count() == 1


def test_nothing_chosen_changes_nothing_and_says_so(both, college):
    answer = college.post("/desk/inbox/approve/", {"petition": ["x", "1:", "99999999:0"]}, follow=True)
    assert "没有选中任何申请" in text(answer)


def test_a_stranger_reaches_none_of_them(both, cast, sign_in):
    sign_in(cast.zibo_admin).post("/desk/inbox/approve/", {"petition": seen(*both)})
    assert [each.steps.count() for each in both] == [1, 1]


def test_who_asked_sees_whose_turn_it_is_since_when(both, cast, country, sign_in):
    Seat.objects.filter(organization=country.college).delete()
    page = text(sign_in(cast.class1_admin).get("/desk/inbox/asked/"))
    assert "由“新疆生产建设兵团石河子大学团委”的管理员代为办理" in page


def test_the_history_keeps_what_was_decided(both, cast, college):
    college.post("/desk/inbox/return/", {"petition": seen(both[0]), "remark": "请先开会"})
    answer = college.get("/desk/inbox/decided/")
    assert [(row.act, row.word, row.state[0], row.entry.actor_name) for row in answer.context["rows"]] == [
        ("退回", "管理员变更", "已退回", "易学园")
    ]


def test_the_history_of_another_organisation_is_its_own(both, cast, college, sign_in):
    college.post("/desk/inbox/return/", {"petition": seen(both[0]), "remark": "请先开会"})
    assert sign_in(cast.university_admin).get("/desk/inbox/decided/").context["rows"] == []


def test_the_person_finds_invitations_and_own_requests(both, cast, country, sign_in):
    invitations.invite(
        country.college, cast.outsider, Office(title="干事"), actor=scope.scope_of(cast.college_admin)
    )
    client = sign_in(cast.outsider)
    page = text(client.get("/me/inbox/"))
    assert ("等您答复" in page, '<span class="menu-count">1</span>' in page) == (True, True)
    assert "等您本人答复" in text(client.get("/me/requests/"))
    mine = sign_in(cast.class1_admin).get("/me/requests/").context["rows"]
    assert [(petition.pk, state[0]) for petition, state, *_ in mine] == [(both[0].pk, "待办理")]


def test_whoever_has_nothing_there_is_told_what_belongs_there(cast, sign_in):
    client = sign_in(cast.member.account)
    assert "没有等您答复的事项，也没有通知" in text(client.get("/me/inbox/"))
    assert "没有与您有关的申请" in text(client.get("/me/requests/"))
