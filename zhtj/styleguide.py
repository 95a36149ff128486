"""The living style guide: every part of the interface on one page, with invented data; local installations only."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhtj.lib.forms import DayField, Form, MonthField, PickField
from zhtj.lib.notices import with_links
from zhtj.menu import Group, Line, Menu

LONG = (
    "新疆生产建设兵团石河子大学石河子大学医学院2019级临床医学专业（八年制）第二附属医院实习点新生临时团支部"
)
DEGREES = ("小学", "初中", "高中", "中职", "大专", "本科", "硕士", "博士")


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=20, help_text="与身份证一致。")
    id_number = forms.CharField(
        label="身份证号码",
        max_length=18,
        help_text="18 位，最后一位可以是 X。",
        widget=forms.TextInput({"data-idcard": True, "autocomplete": "off"}),
    )
    status = PickField(
        label="政治面貌", choices=[(word, word) for word in ("共青团员", "中共党员", "中共预备党员")]
    )
    degree = PickField(label="学历", choices=[(word, word) for word in DEGREES], required=False)
    joined = MonthField(label="入团年月", help_text="批准入团的年月。")
    founded = DayField(label="成立时间", required=False)
    remark = forms.CharField(label="备注", required=False, widget=forms.Textarea({"rows": 3}))
    agreed = forms.BooleanField(label="我已核对以上信息")


class UploadForm(Form):
    """A file alone."""

    file = forms.FileField(
        label="名单文件",
        help_text=".xls 或 .xlsx，不超过 5 MB、5,000 行。",
        widget=forms.FileInput({"accept": ".xls,.xlsx"}),
    )


@require_safe
@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part with the line that makes it."""
    return render(request, "styleguide.html", samples())


def samples() -> dict[str, Any]:
    """The invented data of the page."""
    wrong = SampleForm({"name": "张3", "id_number": "110199", "joined_year": "2019"}, prefix="")
    wrong.add_error("name", "姓名只能是汉字、间隔号和字母，不能有数字。")
    return {
        "frame": sample_frame(),
        "form": SampleForm(prefix="a"),
        "wrong": wrong,
        "upload": UploadForm(),
        "long": Sample(full_name=LONG, short_name="2019级新生临时团支部"),
        "page": Sample(total=12345, previous=None, next="abc", size=20),
        "account": Sample(masked_id="110***********1234", masked_phone="138****5678"),
        "rows": sample_rows(),
        "crumbs": [("新疆生产建设兵团", "#"), ("石河子大学", "#"), ("医学院", "")],
        "moment": datetime(2026, 11, 23, 9, 12),
        "effects": [
            "28 名团员转入待接转团支部",
            "2 名管理员失去管理权限，账号保留",
            "1 个未使用的注册码作废",
        ],
        "facts": [("姓名", "王玉兰"), ("民族", "汉族"), ("学历", "本科（在读）"), ("邮箱", "")],
        "tiles": sample_tiles(),
        "entries": sample_entries(),
        "linked": with_links("已导入 27 人。", (("查看团员列表", "#"), ("撤销", "#"))),
    }


def sample_frame() -> Sample:
    """A frame that needs no database."""
    groups = (
        ("", (("管理员首页", None),)),
        ("组织管理", (("组织信息", None), ("下级组织管理", 22), ("创建下级组织", None))),
        ("团员管理", (("团员列表", 12612), ("添加团员", None), ("导入名单", None))),
    )
    lines = tuple(
        Group(
            heading,
            tuple(Line(label, "#", label == "团员列表", count) for label, count in items),
            folds=heading != "",
            unfolded=heading != "组织管理",
        )
        for heading, items in groups
    )
    areas = (Line("个人中心", "#", False, None), Line("管理中心", "#", True, None))
    organization = Sample(
        full_name="新疆生产建设兵团石河子大学石河子大学医学院团委", short_name="石河子大学医学院团委"
    )
    seats = tuple(Sample(pk=pk, organization=organization) for pk in (1, 2))
    return Sample(
        organization=organization,
        seat=seats[0],
        seats=seats,
        name="王玉兰",
        home="#",
        menu=Menu("管理中心", areas, lines),
    )


def sample_rows() -> list[Sample]:
    """Members with states of every kind."""
    short = Sample(full_name="石河子大学医学院2023级1班团支部", short_name="2023级1班团支部")
    long = Sample(full_name=LONG, short_name="2019级新生临时团支部")
    facts = (
        ("王玉兰", "370***********7862", short, "2018-05", "书记", "正常", "done"),
        ("古丽努尔·买买提江", "659***********3702", long, "2021-05", "宣传委员", "待转出审批", "todo"),
        ("魏雨霖", "440***********75**", short, "2019-12", "", "未激活", "void"),
        ("韦应龙", "110***********5892", long, "2019-05", "", "已退回", "returned"),
    )
    keys = ("name", "masked", "branch", "joined", "post", "state", "kind")
    return [Sample(**dict(zip(keys, row, strict=True))) for row in facts]


def sample_tiles() -> list[dict[str, Any]]:
    """The tiles of an import plan."""
    return [
        {"label": "新增", "value": 586, "url": "?kind=new#tiles"},
        {"label": "更新", "value": 5, "url": "?kind=update#tiles"},
        {"label": "不变", "value": 3, "url": "?kind=same#tiles"},
        {"label": "需转接", "value": 2, "url": "?kind=elsewhere#tiles", "kind": "todo"},
        {"label": "冲突", "value": 0, "url": "?kind=conflict#tiles"},
        {"label": "错误", "value": 4, "url": "?kind=error#tiles", "kind": "returned", "current": True},
    ]


def sample_entries() -> list[Sample]:
    """The course of a case, newest first."""
    facts = (
        (23, "医学院团委 · 赵欣", "同意转入", "done", "档案已收，缺团员证。"),
        (21, "乌鲁木齐市一中高三5班 · 李敏", "同意转出", "done", ""),
        (20, "王一鸣（本人）", "发起", "neutral", "升学 · 石河子大学医学院"),
    )
    return [
        Sample(when=datetime(2026, 11, at, 9, 12), who=who, what=what, kind=kind, remark=remark)
        for at, who, what, kind, remark in facts
    ]
