"""Coded values of transfers: states, acts, roles, reasons and what each asks for (§6)."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a case stands (§6.4)."""

    OUT = "out", "待转出审批"
    IN = "in", "待转入审批"
    ASSIGN = "assign", "待分配支部"
    DONE = "done", "已完成"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已失效"


OPEN = (State.OUT, State.IN, State.ASSIGN)
TIMED = (State.OUT, State.IN)  # 待分配支部 never lapses


class Starter(models.TextChoices):
    """Who began it (§6.1)."""

    PERSON = "person", "本人"
    OUTGOING = "outgoing", "转出方"
    INCOMING = "incoming", "转入方"
    SUPERIOR = "superior", "共同的直接上级"


class Landing(models.TextChoices):
    """What the target is: it decides how a case ends."""

    BRANCH = "branch", "团支部"
    BODY = "body", "团委、团工委、团总支"  # its administrator assigns a branch
    OUTSIDE = "outside", "系统外"
    STORE = "store", "参军入伍、涉密单位"  # the province decides


class Act(models.TextChoices):
    """Everything that can be done to a case; each is one step."""

    START = "start", "发起"
    AGREE_OUT = "agree_out", "同意转出"
    AGREE_IN = "agree_in", "同意转入"
    AGREE_BOTH = "agree_both", "同意转出和转入"
    ASSIGN = "assign", "分配团支部"
    RETURN = "return", "退回"
    WITHDRAW = "withdraw", "撤回"
    REMIND = "remind", "提醒"
    LAPSE = "lapse", "失效"
    CLOSE = "close", "组织变动退回"


class Role(models.TextChoices):
    """As what somebody acts on a case."""

    PERSON = "person", "本人"
    OUTGOING = "outgoing", "转出方"
    INCOMING = "incoming", "转入方"
    SUPERIOR = "superior", "共同的直接上级"
    WATCHER = "watcher", "共同的上级"  # from day 7: sees and reminds
    SYSTEM = "system", "系统"


class Reason(models.TextChoices):
    """Why somebody moves (§6.2); the words are the values."""

    STUDIES = "升学", "升学"
    WORK_WITH = "已落实工作单位（工作单位有团组织）", "已落实工作单位（工作单位有团组织）"
    WORK_WITHOUT = "已落实工作单位（工作单位无团组织）", "已落实工作单位（工作单位无团组织）"
    ABROAD_DUTY = "出国（因公出国/境）", "出国（因公出国/境）"
    ABROAD_PRIVATE = "出国（因私出国/境）", "出国（因私出国/境）"
    ABROAD_STUDIES = "出国（境）学习研究", "出国（境）学习研究"
    ARMY = "参军入伍或转入涉密单位", "参军入伍或转入涉密单位"
    NO_WORK = "未落实就业去向", "未落实就业去向"
    SCHOOL = "转学", "转学"
    JOB = "工作调动", "工作调动"
    HOME = "居住地变更", "居住地变更"
    PLACING = "支部调整", "支部调整"
    OTHER = "其他", "其他"


OF_SCHOOL = ("毕业去向", "学校名称", "学校地址")
OF_UNIT = ("单位名称", "单位地址")
# What a reason asks for beside target and 备注.
ASKS: dict[str, tuple[str, ...]] = {
    Reason.STUDIES: OF_SCHOOL,
    Reason.WORK_WITH: OF_UNIT,
    Reason.WORK_WITHOUT: OF_UNIT,
    Reason.ABROAD_DUTY: OF_UNIT,
}


class ReturnCode(models.TextChoices):
    """Why a side sends a case back; a text goes with it."""

    NOT_OURS = "不是本单位的人", "不是本单位的人"
    WRONG_TARGET = "转入组织选错", "转入组织选错"
    WRONG_FACTS = "个人信息有误", "个人信息有误"
    PAPERS = "档案材料不齐", "档案材料不齐"
    DUTIES = "组织手续未办完", "组织手续未办完"
    OTHER = "其他", "其他"


class About(models.TextChoices):
    """What 催办 asks people or organisations to do."""

    CASES = "cases", "办理组织关系转接"
    START = "start", "发起组织关系转接"
    PROFILE = "profile", "补全个人资料"
    INFORMATION = "information", "完善组织信息"
    IMPORTS = "imports", "确认导入的名单"
