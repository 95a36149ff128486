"""发展团员编号, when one may join and until when one is entered (Q29–Q31)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.answers.importing import (
    POST,
    enters,
    listed,
    person,
    row,
    uploads,
    verdicts,
    worked,
)

pytestmark = pytest.mark.django_db

# -- Q29: 发展团员编号 ----------------------------------------------------------------------------------

BORN = date(2003, 5, 20)


@pytest.mark.parametrize("way", ["file", "form"])
def test_q29_the_number_is_required_of_whoever_joined_from_2016_01(branch, way):
    before = {"入团年月": "2015-12", "发展团员编号": ""}
    after = {"入团年月": "2016-01", "发展团员编号": ""}
    if way == "file":
        people = [
            person("不用编号", born=BORN, **before),
            person("须有编号", born=BORN, **after),
            person("已有编号", born=BORN, **{**after, "发展团员编号": "201665000001"}),
        ]
        uploads(branch, listed(*people))
        assert "缺发展团员编号：2016年及以后入团的必须填写" in row(branch, "须有编号")
        assert verdicts(branch) == {"不用编号": "新增", "须有编号": "错误", "已有编号": "新增"}
        return
    enters(branch, name="不用编号", born=BORN, **before).presses("添加团员").sees("已添加不用编号")
    enters(branch, name="须有编号", born=BORN, **after).presses("添加团员")
    branch.sees("缺发展团员编号：2016年及以后入团的必须填写")
    branch.fills("发展团员编号", "201665000001").presses("添加团员").sees("已添加须有编号")


def test_q29_a_number_has_twelve_digits_and_begins_with_the_year_of_joining(branch):
    people = [
        person("十一位", 发展团员编号="20216500001"),
        person("十三位", 发展团员编号="2021650000001"),
        person("有字母", 发展团员编号="2021650A0001"),
        person("十二位", 发展团员编号="202165000009"),
        person("年份不符", 发展团员编号="202265000010"),
    ]
    uploads(branch, listed(*people))
    for name in ("十一位", "十三位", "有字母"):
        assert "发展团员编号不是12位数字" in row(branch, name)
    assert "编号是2022，入团年份是2021" in row(branch, "年份不符")
    assert verdicts(branch)["十二位"] == "新增"


def test_q29_after_a_corrected_date_the_year_may_be_one_or_two_earlier(branch):
    young, old = date(2008, 5, 20), date(2006, 5, 20)
    people = [
        person("早一年", born=young, 入团年月="2021-05", 发展团员编号="202065900001"),
        person("早两年", born=young, 入团年月="2021-05", 发展团员编号="201965900002"),
        person("早三年", born=young, 入团年月="2021-05", 发展团员编号="201865900003"),
        person("那时已满", born=old, 入团年月="2021-05", 发展团员编号="202065900004"),
    ]
    uploads(branch, listed(*people))
    assert "发展团员编号前四位与入团年份不符" in row(branch, "早三年")
    assert verdicts(branch) == {"早一年": "新增", "早两年": "新增", "早三年": "错误", "那时已满": "错误"}


def test_q29_a_malformed_number_is_a_notice_where_none_is_needed(branch):
    uploads(branch, listed(person("老团员", born=BORN, 入团年月="2015-12", 发展团员编号="第5号")))
    assert "没有采用；入团较早，不需要编号" in row(branch, "老团员")
    worked(branch.presses("导入 1 人")).sees("已导入 1 人")


# -- Q30: when one may join, and until when one may be entered ------------------------------------------


def test_q30_thirteen_years_and_twelve_before_2016_09_both_by_the_month(branch):
    def joined(name, born, month):
        return person(name, born=born, 入团年月=month, 发展团员编号=f"{month[:4]}659{month[5:]}{born:%d}0")

    people = [
        joined("满十三", date(2006, 5, 31), "2019-05"),
        joined("差一月", date(2006, 5, 1), "2019-04"),
        joined("满十二", date(2004, 8, 31), "2016-08"),
        joined("不满十二", date(2004, 9, 1), "2016-08"),
        joined("九月满十三", date(2003, 9, 30), "2016-09"),
        joined("九月只满十二", date(2004, 8, 1), "2016-09"),
    ]
    uploads(branch, listed(*people))
    assert "入团时12岁11个月应满13周岁" in row(branch, "差一月")
    assert "入团时11岁11个月应满12周岁" in row(branch, "不满十二")
    assert "入团时12岁1个月应满13周岁" in row(branch, "九月只满十二")
    assert verdicts(branch) == {
        "满十三": "新增",
        "差一月": "错误",
        "满十二": "新增",
        "不满十二": "错误",
        "九月满十三": "新增",
        "九月只满十二": "错误",
    }


def test_q30_below_28_or_with_a_post_party_members_too(branch):
    today = timezone.localdate()
    turns, tomorrow = (day.replace(year=day.year - 28) for day in (today, today + timedelta(days=1)))
    facts = {"入团年月": "2014-05", "发展团员编号": ""}
    people = [
        person("明天满", born=tomorrow, **facts),
        person("今天满", born=turns, **facts),
        person("今天满有职务", born=turns, **facts, **POST),
        person("党员今天满", born=turns, 政治面貌="中共党员", **facts),
        person("党员明天满", born=tomorrow, 政治面貌="中共党员", **facts),
    ]
    uploads(branch, listed(*people))
    assert "已满28周岁（现28周岁），且没有团内职务" in row(branch, "今天满")
    assert verdicts(branch) == {
        "明天满": "新增",
        "今天满": "错误",
        "今天满有职务": "新增",
        "党员今天满": "错误",
        "党员明天满": "新增",
    }


def test_q30_nothing_lies_in_the_future_or_before_what_it_follows(branch):
    now = timezone.localdate().replace(day=1)
    after = (now + timedelta(days=32)).replace(day=1)

    def joined(name, month, **more):
        return person(name, 入团年月=f"{month:%Y-%m}", 发展团员编号=f"{month:%Y%m}650001"[:12], **more)

    people = [
        joined("本月入团", now),
        joined("下月入团", after),
        person("先任职", **{**POST, "任现职年月": "2021-04"}),
        person("同月任职", **{**POST, "任现职年月": "2021-05"}),
        person("以后任职", **{**POST, "任现职年月": f"{after:%Y-%m}"}),
    ]
    people[0]["发展团员编号"] = f"{now:%Y}65000001"
    uploads(branch, listed(*people))
    assert "入团年月晚于今天" in row(branch, "下月入团")
    assert "任现职年月早于入团年月" in row(branch, "先任职")
    assert "任现职年月晚于今天" in row(branch, "以后任职")
    found = verdicts(branch)
    assert (found["本月入团"], found["同月任职"]) == ("新增", "新增")


def test_q30_the_form_asks_for_eighteen_years_in_the_party_and_no_future(branch):
    enters(branch, name="赵新生", born=date(2006, 5, 20)).fills("入党年月", "2024-04").presses("添加团员")
    branch.sees("入党时不满18周岁").fills("入党年月", "2024-05")
    branch.fills("注册志愿者时间", f"{timezone.localdate() + timedelta(days=1)}").presses("添加团员")
    branch.sees("注册志愿者时间晚于今天").fills("注册志愿者时间", f"{timezone.localdate()}")
    branch.presses("添加团员").sees("已添加赵新生")


# -- Q31: who joined too young ------------------------------------------------------------------------


def test_q31_the_refused_row_says_the_remedy_and_the_corrected_date_is_accepted(branch):
    early = person("小团员", born=date(2008, 5, 20), 入团年月="2019-12", 发展团员编号="201965900001")
    uploads(branch, listed(early))
    said = row(branch, "小团员")
    assert "入团时不满年龄：入团时11岁7个月应满13周岁" in said
    assert "请把入团年月更正为年满13周岁之后的实际入团年月。" in said
    branch.fills("第 2 行的入团年月", "2021-05").presses("保存第 2 行").sees(
        "第 2 行已改正，核对结果是“新增”"
    )
    worked(branch.presses("导入 1 人")).sees("已导入 1 人")


def test_q31_the_form_says_the_same(branch):
    facts = {"born": date(2003, 9, 20), "入团年月": "2015-08", "发展团员编号": ""}
    enters(branch, name="小团员", **facts).presses("添加团员")
    branch.sees("入团时11岁11个月，应满12周岁", "请把入团年月更正为年满12周岁之后的实际入团年月")
    branch.fills("入团年月", "2015-09").presses("添加团员").sees("已添加小团员")
