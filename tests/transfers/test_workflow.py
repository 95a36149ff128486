"""What the acts do: the 团籍 is held, moves once, is free again; posts, steps and notices follow."""

from __future__ import annotations

import pytest

from accounts.models import Account, Notice
from members.models import Member, Membership
from orgs.models import Post
from tests import makers
from transfers import opening, workflow
from transfers.enums import Act, State
from transfers.models import Step, Transfer
from transfers.opening import Wish
from transfers.workflow import Word
from zhtj.lib.verdict import Refused

SCHOOL = {"毕业去向": "升学", "学校名称": "某大学", "学校地址": "某市"}


def branch_of(cast):
    return Member.objects.get(account=cast.member.account).branch


def test_the_person_goes_through_both_sides(begin, do, cast, country):
    case = begin("member")
    do("class1_admin", Act.AGREE_OUT, case)
    do("workshop_admin", Act.AGREE_IN, case)
    case.refresh_from_db()
    assert (case.state, case.landed, branch_of(cast)) == (State.DONE, country.workshop, country.workshop)


def test_every_act_is_one_step(begin, do):
    case = begin("member")
    do("class1_admin", Act.AGREE_OUT, case)
    do("workshop_admin", Act.AGREE_IN, case)
    steps = Step.objects.filter(transfer=case).values_list("number", "act", "before", "after")
    assert list(steps) == [
        (1, "start", "", "out"),
        (2, "agree_out", "out", "in"),
        (3, "agree_in", "in", "done"),
    ]


def test_the_ledger_ends_here_and_begins_there(begin, do, cast, country):
    case = begin("class1_admin")
    do("workshop_admin", Act.AGREE_IN, case)
    stretches = Membership.objects.filter(account=cast.member.account).order_by("started_at")
    assert [(each.branch, each.begun_by, each.ended_by) for each in stretches] == [
        (country.class1, "entry", "transfer"),
        (country.workshop, "transfer", ""),
    ]


def test_posts_in_the_old_branch_end(begin, do, cast, country):
    post = makers.make_post(cast.member.account, country.class1, "组织委员")
    do("workshop_admin", Act.AGREE_IN, begin("class1_admin"))
    assert Post.objects.get(pk=post.pk).ended_at is not None


def test_a_body_assigns_a_branch(begin, do, cast, country):
    case = begin("class1_admin", target="company")
    do("company_admin", Act.AGREE_IN, case)
    assert Transfer.objects.get(pk=case.pk).state == State.ASSIGN
    do("company_admin", Act.ASSIGN, case, branch=country.workshop)
    assert branch_of(cast) == country.workshop


@pytest.mark.parametrize("branch", ["class2", "company", None])
def test_only_a_branch_of_the_body_is_assigned(begin, do, country, branch):
    case = begin("class1_admin", target="company")
    do("company_admin", Act.AGREE_IN, case)
    with pytest.raises(Refused):
        do("company_admin", Act.ASSIGN, case, branch=getattr(country, branch) if branch else None)


def test_the_superior_of_both_decides_at_once(begin, cast, country):
    case = begin("college_admin", target="class2", reason="支部调整")
    assert (case.state, branch_of(cast)) == (State.DONE, country.class2)


def test_the_superior_of_both_agrees_for_both_in_one_act(begin, do, cast, country):
    do("college_admin", Act.AGREE_BOTH, begin("member", target="class2"))
    assert branch_of(cast) == country.class2


def test_whoever_asks_for_somebody_waits_for_the_other_side_alone(begin, do, cast, country):
    case = begin("workshop_admin")
    do("class1_admin", Act.AGREE_OUT, case)
    assert branch_of(cast) == country.workshop


def test_outside_ends_the_membership_and_closes_the_account(begin, cast):
    case = begin("class1_admin", target=None, outside="beijing", outside_name="某大学团委")
    account = Account.objects.get(pk=cast.member.account_id)
    assert (case.state, Member.objects.filter(account=account).exists(), account.is_active) == (
        State.DONE,
        False,
        False,
    )


def test_the_province_decides_about_the_army(begin, do, cast, country):
    case = begin(
        "class1_admin", target=None, outside="secret", outside_name="某部队", reason="参军入伍或转入涉密单位"
    )
    assert (case.state, case.target) == (State.IN, country.corps)
    do("corps_admin", Act.AGREE_IN, case)
    assert not Member.objects.filter(account=cast.member.account).exists()


@pytest.mark.parametrize(
    ("what", "who", "word"),
    [
        (Act.WITHDRAW, "member", {}),
        (Act.RETURN, "class1_admin", {"code": "档案材料不齐", "remark": "缺入团志愿书"}),
    ],
)
def test_what_ends_without_a_move_frees_the_membership(begin, do, cast, what, who, word):
    case = begin("member")
    assert Member.objects.get(account=cast.member.account).held == "transfer"
    do(who, what, case, **word)
    assert Member.objects.get(account=cast.member.account).held == ""
    begin("member")


def test_a_second_case_waits_for_the_first(begin):
    begin("member")
    with pytest.raises(Refused, match="正在办理"):
        begin("class1_admin")


def test_a_return_needs_code_and_words(begin, do):
    case = begin("member")
    with pytest.raises(Refused, match="选择原因"):
        do("class1_admin", Act.RETURN, case, remark="不对")


def test_whoever_saw_an_older_state_is_told(begin, do, seats):
    case = begin("member")
    old = Transfer.objects.get(pk=case.pk)
    do("class1_admin", Act.AGREE_OUT, case)
    with pytest.raises(Refused, match="刚刚"):
        workflow.act(old, Act.RETURN, actor=seats["class1_admin"], word=Word("其他", "不对"))


def test_the_only_administrator_hands_over_first(country, cast, seats):
    member = Member.objects.get(account=cast.class1_admin)
    actor = seats["class1_admin"]
    with pytest.raises(Refused, match="仅有的管理员"):
        workflow.start(opening.build(member, Wish("其他", country.workshop), actor=actor), actor=actor)


@pytest.mark.parametrize("target", ["zibo", "college", "university"])
def test_what_cannot_be_a_target_is_refused(begin, target):
    with pytest.raises(Refused):
        begin("class1_admin", target=target)


def test_the_person_is_told(begin, do, cast):
    do("workshop_admin", Act.AGREE_IN, begin("class1_admin"))
    texts = Notice.objects.filter(account=cast.member.account).order_by("pk").values_list("text", flat=True)
    assert [each[:13] for each in texts] == ["您的组织关系转接等“装配车", "您的组织关系转接已完成。"]


@pytest.mark.parametrize(
    ("wish", "cause"),
    [
        ({"reason": "升学"}, "毕业去向"),
        ({"reason": "没有"}, "reason"),
        ({"target": None}, "target"),
        ({"target": None, "outside": "tibet", "outside_name": "某"}, "outside"),
        ({"target": None, "outside": "beijing"}, "outside_name"),
        ({"reason": "参军入伍或转入涉密单位"}, "outside"),
    ],
)
def test_a_wish_that_is_not_whole_says_what_is_missing(begin, wish, cause):
    with pytest.raises(Refused) as refusal:
        begin("member", **wish)
    assert refusal.value.verdict.cause == cause


def test_the_fields_of_the_reason_are_kept(begin):
    assert begin("member", reason="升学", details=SCHOOL).details == SCHOOL
