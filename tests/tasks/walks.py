"""The commonest tasks, each walked from the first page after signing in until the product says that it is done.

A walk is named like its row in docs/tasks.md; its sentence there says what is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import Account
from members import amend
from members.requests import profile
from orgs import invitations, petitions
from orgs.posts import Office
from orgs.scope import scope_of
from tests import makers
from tests.answers.importing import listed, person, worked
from tests.answers.visitor import Visitor
from transfers import opening, workflow
from transfers.enums import Act
from transfers.models import Transfer
from transfers.opening import Wish

Walk = Callable[[Visitor, SimpleNamespace], object]
CLASS2 = "新疆生产建设兵团石河子大学石河子大学医学院2023级2班团支部"


@dataclass(frozen=True)
class Task:
    """A row: who does it, what is there before, the walk, and what it took before it was made shorter."""

    who: str
    walk: Walk
    clicks: int
    fields: int
    prepare: Callable[[SimpleNamespace], object] = lambda world: None


TASKS: dict[str, Task] = {}


def task(who: str, *, clicks: int, fields: int, **more: Any) -> Callable[[Walk], Walk]:
    """Decorator: make a walk known, under its name, with what it took before."""

    def known(walk: Walk) -> Walk:
        TASKS[walk.__name__] = Task(who, walk, clicks, fields, **more)
        return walk

    return known


# -- what is there before ----------------------------------------------------------------------------


def moving(world: SimpleNamespace) -> Transfer:
    """The member has asked to go to the next class."""
    actor = scope_of(world.cast.member.account)
    wish = Wish(reason="转学", target=world.country.class2)
    return workflow.start(opening.build(world.cast.member, wish, actor=actor), actor=actor)


def sent_back(world: SimpleNamespace) -> None:
    """The same, returned."""
    word = workflow.Word(code="转入组织选错", remark="请转入三班")
    workflow.act(moving(world), Act.RETURN, actor=scope_of(world.cast.class1_admin), word=word)


def request_sent_back(world: SimpleNamespace) -> None:
    """The member's request about the own data, returned."""
    account = world.cast.member.account
    petition = profile.ask(account, {"occupation": "学生"}, actor=scope_of(account))
    petitions.send_back(petition, actor=scope_of(world.cast.class1_admin), remark="请写清专业")


def changed(world: SimpleNamespace) -> None:
    """Somebody has changed the data of the member, who was here before."""
    before = timezone.now() - timedelta(days=2)
    Account.objects.filter(pk=world.cast.member.account_id).update(visited_before=before)
    account, member = amend.locked(world.cast.member.account)
    actor = scope_of(world.cast.class1_admin)
    amend.write(account, member, {"occupation": "学生"}, organization=world.country.class1, actor=actor)


def invited(world: SimpleNamespace) -> None:
    """The member is offered a post in the company."""
    admin = makers.make_admin(world.country.company, "易公司")
    office = Office(title="委员")
    invitations.invite(world.country.company, world.cast.member.account, office, actor=scope_of(admin))


def arriving(world: SimpleNamespace) -> None:
    """The member's old class has let him go to the next one."""
    workflow.act(moving(world), Act.AGREE_OUT, actor=scope_of(world.cast.class1_admin))


def to_be_assigned(world: SimpleNamespace) -> None:
    """A worker has come to the college and has no class yet."""
    worker, actor = world.cast.worker, scope_of(world.cast.worker.account)
    wish = Wish(reason="转学", target=world.country.college)
    case = workflow.start(opening.build(worker, wish, actor=actor), actor=actor)
    case = workflow.act(case, Act.AGREE_OUT, actor=scope_of(world.cast.workshop_admin))
    workflow.act(case, Act.AGREE_IN, actor=scope_of(world.cast.college_admin))


def leaving(world: SimpleNamespace) -> None:
    """The member has asked to go to the workshop; the college is the superior of one side."""
    actor = scope_of(world.cast.member.account)
    wish = Wish(reason="转学", target=world.country.workshop)
    workflow.start(opening.build(world.cast.member, wish, actor=actor), actor=actor)


def request_under_way(world: SimpleNamespace) -> None:
    """The member has asked for a change of the own data."""
    account = world.cast.member.account
    profile.ask(account, {"occupation": "学生"}, actor=scope_of(account))


# -- a class secretary --------------------------------------------------------------------------------


@task("class1_admin", clicks=2, fields=8)
def add_a_member(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("添加团员").fills("姓名", "林小雨").fills("身份证号码", makers.number_of())
    visitor.fills("民族", "汉族").fills("入团年月", "2021-05").fills("手机号码", "13800000009")
    visitor.fills("发展团员编号", "202165123456").presses("添加团员").sees("已添加林小雨")


@task("class1_admin", clicks=4, fields=1)
def change_a_phone(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("团员列表").follows("修改欧阳小明").fills("手机号码", "13911112222")
    visitor.presses("保存").sees("欧阳小明", "139****2222")


@task("class1_admin", clicks=4, fields=4)
def appoint_a_cadre(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("团员列表").follows("欧阳小明").follows("任命团干部").fills("团内职务", "组织委员")
    visitor.presses("登记职务").sees("欧阳小明已登记为2023级1班团支部组织委员")


@task("class1_admin", clicks=4, fields=0, prepare=moving)
def let_a_member_go(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("古丽努尔").presses("同意转出").sees("已同意转出")


@task("class2_admin", clicks=4, fields=0, prepare=arriving)
def take_a_member_in(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("古丽努尔").presses("同意转入").sees("已完成")


@task("class1_admin", clicks=6, fields=3)
def send_a_member_off(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("团员列表").follows("欧阳小明").follows("办理转出")
    visitor.fills("按名称或拼音首字母查找", "2023级2班").presses("查找").follows(f"选择{CLASS2}")
    visitor.fills("转接原因", "转学").presses("发起转接").sees("已发起")


@task("class1_admin", clicks=2, fields=0)
def see_whose_data_lack(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("资料不完整").sees("班一丽")


@task("class1_admin", clicks=3, fields=0)
def make_a_reset_code(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("团员列表").presses("重置密码：欧阳小明").sees("验证码已生成")


@task("class1_admin", clicks=3, fields=1)
def complete_the_information(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("完善").fills("所属行业类别", "教育").presses("保存").sees("已完善")


@task("class1_admin", clicks=2, fields=0, prepare=request_under_way)
def agree_to_a_change(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("职业：空 → 学生").presses("同意：古丽努尔").sees("已经生效")


@task("class1_admin", clicks=3, fields=1)
def import_a_roster(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.attaches("名单文件", "名单.xlsx", listed(person("赵新生"))).presses("核对名单")
    worked(worked(visitor).presses("导入 1 人")).sees("已导入 1 人")


# -- a college administrator -------------------------------------------------------------------------


@task("college_admin", clicks=5, fields=4)
def create_two_classes(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("创建下级组织").follows("单个创建").fills("组织简称", "2024级1班团支部")
    visitor.presses("创建并继续下一个").fills("组织简称", "2024级2班团支部")
    visitor.presses("创建组织").sees("2024级2班团支部”。接下来为它分配")


@task("college_admin", clicks=3, fields=0)
def give_a_code(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("下级组织管理").presses("分配注册码：2019级新生临时团支部").sees("已分配管理员注册码")


@task("college_admin", clicks=3, fields=1)
def find_a_member(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.fills("查找团员，姓名或拼音首字母", "欧阳小明").presses("查找团员").sees("基本信息")


@task("college_admin", clicks=4, fields=1)
def reset_a_password(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.fills("查找团员，姓名或拼音首字母", "欧阳小明").presses("查找团员")
    visitor.presses("重置密码").sees("验证码已生成")


@task("college_admin", clicks=5, fields=2)
def change_the_phone_of_a_member(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.fills("查找团员，姓名或拼音首字母", "欧阳小明").presses("查找团员")
    visitor.follows("修改资料").fills("手机号码", "13911112222").presses("保存").sees("139****2222")


@task("college_admin", clicks=4, fields=0, prepare=leaving)
def agree_for_a_class(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("古丽努尔").presses("同意转出").sees("已同意转出")


@task("college_admin", clicks=4, fields=1, prepare=to_be_assigned)
def assign_a_class(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("孔令工").fills("分配到哪个团支部", "2023级2班团支部")
    visitor.presses("分配到这个团支部").sees("转接已完成")


@task("college_admin", clicks=1, fields=0)
def see_which_classes_are_behind(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("2019级新生临时团支部")


@task("college_admin", clicks=3, fields=0)
def hand_out_codes(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.presses("为全部 3 个直属下级导出注册码").sees("新分配", "保留原有").presses("导出 Excel")
    assert visitor.status == 200


@task("college_admin", clicks=3, fields=3)
def remind_of_the_information(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.presses("催办：3 个直属下级没有完善组织信息").sees("催办 3 个组织").presses("生成文字")
    visitor.sees("2023级2班团支部")


# -- a member ------------------------------------------------------------------------------------------


@task("member", clicks=1, fields=0, prepare=moving)
def see_where_the_transfer_is(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("等“2023级1班团支部”同意转出")


@task("member", clicks=3, fields=0, prepare=sent_back)
def send_a_transfer_again(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("请转入三班").follows("组织关系转接被退回").presses("发起转接").sees("您不用做什么")


@task("member", clicks=3, fields=1, prepare=request_sent_back)
def send_a_request_again(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("请写清专业").follows("个人信息修改已退回").fills("职业", "护理专业学生")
    visitor.presses("提交").sees("已提交，同意后生效")


@task("member", clicks=3, fields=1)
def change_the_own_phone(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("修改资料").fills("手机号码", "13911112222").presses("提交").sees("已提交，同意后生效")


@task("member", clicks=1, fields=0, prepare=changed)
def see_what_changed(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("修改团员资料", "班一丽", "学生")


@task("member", clicks=5, fields=2)
def ask_for_a_transfer(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("办理转入").fills("按名称或拼音首字母查找", "2023级2班").presses("查找")
    visitor.follows(f"选择{CLASS2}").fills("转接原因", "转学").presses("发起转接").sees("您不用做什么")


@task("member", clicks=1, fields=0, prepare=request_under_way)
def see_where_a_request_is(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("个人信息修改", "由“", "的管理员办理")


@task("member", clicks=3, fields=0, prepare=request_under_way)
def withdraw_a_request(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.follows("个人信息修改").presses("撤回申请").sees("已撤回")


@task("member", clicks=2, fields=0, prepare=invited)
def answer_an_invitation(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("“淄博机械公司团委”邀请您担任委员", "没有管理员的权利").presses("接受").sees("已经生效")


@task("member", clicks=1, fields=0)
def see_who_entered_the_data(visitor: Visitor, world: SimpleNamespace) -> None:
    visitor.sees("把您录入了", "请找“2023级1班团支部”的书记班一丽")
