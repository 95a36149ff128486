"""Coded values of the tree: categories, levels, purposes, posts (§2, §4)."""

from django.db import models


class Category(models.TextChoices):
    LEADING_BODY = "leading_body", "团的领导机关"
    COMMITTEE = "committee", "团委"
    WORK_COMMITTEE = "work_committee", "团工委"
    GENERAL_BRANCH = "general_branch", "团总支"
    BRANCH = "branch", "团支部"
    GRADUATE_BRANCH = "graduate_branch", "毕业生团支部"
    PENDING_BRANCH = "pending_branch", "待接转团支部"


BRANCHES = (Category.BRANCH, Category.GRADUATE_BRANCH, Category.PENDING_BRANCH)
GRASSROOTS = (Category.COMMITTEE, Category.WORK_COMMITTEE, Category.GENERAL_BRANCH)
CREATABLE = (Category.LEADING_BODY, *GRASSROOTS, Category.BRANCH)

# Superior → what may be created directly below it; a 待接转团支部 is made by the system below all but branches.
BELOW: dict[str, tuple[str, ...]] = {
    Category.LEADING_BODY: CREATABLE,
    Category.COMMITTEE: (*GRASSROOTS, Category.BRANCH),
    Category.WORK_COMMITTEE: (*GRASSROOTS, Category.BRANCH),
    Category.GENERAL_BRANCH: (Category.BRANCH,),
    Category.BRANCH: (),
    Category.GRADUATE_BRANCH: (),
    Category.PENDING_BRANCH: (),
}


class Level(models.IntegerChoices):
    """Levels of leading bodies; a lower level has the larger number."""

    CENTRAL = 1, "中央"
    PROVINCE = 2, "省级"
    CITY = 3, "市级"
    COUNTY = 4, "县级"


class Purpose(models.TextChoices):
    ORDINARY = "ordinary", "普通"
    FRESHMEN = "freshmen", "新生临时"
    FLOATING = "floating", "流动团员"
    LINKING = "linking", "学社衔接"
    ABROAD = "abroad", "出国（境）学习"
    TEACHERS = "teachers", "教师"


class Nature(models.TextChoices):
    FULL_TIME = "专职", "专职"
    PART_TIME = "兼职", "兼职"
    SECONDED = "挂职", "挂职"


SECRETARY = "书记"
_GRASSROOTS_TITLES = ("书记", "副书记", "委员", "干事", "其他")
_BRANCH_TITLES = ("书记", "副书记", "组织委员", "宣传委员", "文体委员", "生产委员", "权益委员", "其他")
TITLES: dict[str, tuple[str, ...]] = {
    Category.LEADING_BODY: ("书记", "副书记", "常委", "委员", "部长", "副部长", "干事", "其他"),
    **dict.fromkeys(GRASSROOTS, _GRASSROOTS_TITLES),
    **dict.fromkeys(BRANCHES, _BRANCH_TITLES),
}

SEATS = (1, 2)


class PetitionKind(models.TextChoices):
    """What somebody asks of an organisation or person above or beside them."""

    INFO = "info", "组织信息变更"
    SEATS = "seats", "管理员变更"
    RELOCATION = "relocation", "组织迁移"
    INVITATION = "invitation", "加入邀请"
    PROFILE = "profile", "个人信息修改"
    CORRECTION = "correction", "资料更正"
    REMOVAL = "removal", "移除团员"
    SCAN = "scan", "入团志愿书扫描件"
    MERGE = "merge", "合并账号"
    HOMECOMING = "homecoming", "省级专库转回"


# About one person: a second one of the same kind waits until the first is decided.
OF_ONE_PERSON = (
    PetitionKind.PROFILE,
    PetitionKind.CORRECTION,
    PetitionKind.REMOVAL,
    PetitionKind.SCAN,
    PetitionKind.MERGE,
    PetitionKind.HOMECOMING,
)
# What people ask for about their own data: whoever it is about never decides it as administrator (§5 Editing).
BY_OTHERS = (
    PetitionKind.PROFILE,
    PetitionKind.CORRECTION,
    PetitionKind.REMOVAL,
    PetitionKind.SCAN,
)


class PetitionState(models.TextChoices):
    PENDING = "pending", "待办理"
    APPROVED = "approved", "已完成"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


# 门类 of GB/T 4754-2017.
INDUSTRIES = (
    "农、林、牧、渔业",
    "采矿业",
    "制造业",
    "电力、热力、燃气及水生产和供应业",
    "建筑业",
    "批发和零售业",
    "交通运输、仓储和邮政业",
    "住宿和餐饮业",
    "信息传输、软件和信息技术服务业",
    "金融业",
    "房地产业",
    "租赁和商务服务业",
    "科学研究和技术服务业",
    "水利、环境和公共设施管理业",
    "居民服务、修理和其他服务业",
    "教育",
    "卫生和社会工作",
    "文化、体育和娱乐业",
    "公共管理、社会保障和社会组织",
    "国际组织",
)
