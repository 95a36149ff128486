"""Coded values of a person's profile; the stored value is the word users see (§5)."""

from django.db import models

ETHNICITIES = [
    "汉族",
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "其他",
]


class PoliticalStatus(models.TextChoices):
    LEAGUE = "共青团员", "共青团员"
    PARTY = "中共党员", "中共党员"
    PROBATIONARY = "中共预备党员", "中共预备党员"
    MASSES = "群众", "群众"


EDUCATION_DONE = ("小学", "初中", "高中", "中职", "大专", "本科", "硕士", "博士")
EDUCATIONS = tuple(
    value
    for level in EDUCATION_DONE
    for value in ((level,) if level == "小学" else (level, f"{level}（在读）"))
)


class Sex(models.TextChoices):
    MALE = "男", "男"
    FEMALE = "女", "女"


class SignInState(models.TextChoices):
    """How the account opens: by the initial password, by its own, or only by a reset code."""

    INITIAL = "initial", "初始密码"
    SET = "set", "已设密码"
    NONE = "none", "待设密码"
