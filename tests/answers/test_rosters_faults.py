"""What clashes with organisations and with other people, and how it is put right (Q33–Q35)."""

from __future__ import annotations

import pytest

from members.models import RemovalReason
from members.removal import verbs
from members.removal.rules import Given
from orgs import renaming, scope
from tests import makers
from tests.answers.importing import (
    BRANCH,
    at_desk,
    imports,
    listed,
    person,
    row,
    uploads,
    verdicts,
    worked,
)
from tests.answers.visitor import Visitor

pytestmark = pytest.mark.django_db


def known(member, **changed):
    """The row that repeats what is stored of a member, but for the changes."""
    account = member.account
    stored = {
        "身份证号码": account.id_number,
        "手机号码": account.phone,
        "入团年月": f"{member.joined:%Y-%m}",
        "发展团员编号": member.number,
    }
    return person(account.name, **{**stored, **changed})


# -- Q33: 组织不存在 -------------------------------------------------------------------------------------


def test_q33_the_nearest_names_are_offered_and_taking_one_repairs_every_row(college, country):
    wrong = country.class1.full_name.replace("2023级1班", "2023级一班")
    people = [person(name, **{BRANCH: wrong}) for name in ("赵新生", "钱新生")]
    people.append(person("孙新生", **{BRANCH: country.class2.full_name}))
    uploads(college, listed(*people))
    said = row(college, "赵新生")
    assert f"组织不存在：“石河子大学医学院团委”下没有“{wrong}”" in said
    assert (country.class1.full_name in said, "写这个名称的2行一起改为最接近的" in said) == (True, True)
    college.presses(country.class1.full_name, near="赵新生").sees("2 行的所在团支部已改正，都没有错误了")
    worked(college.presses("导入 3 人")).sees("已导入 3 人")
    Visitor().signs_in(at_class1(country)).follows("管理中心").follows("团员列表").sees("赵新生", "钱新生")


def at_class1(country):
    return country.class1.seats.get().post.account


def test_q33_the_full_name_can_be_typed_on_the_spot(college, country):
    uploads(college, listed(person("赵新生", **{BRANCH: "写错了"})))
    college.fills(f"第 2 行的{BRANCH}", country.class2.full_name).presses("保存第 2 行")
    worked(college.presses("导入 1 人")).sees("已导入 1 人")


def test_q33_an_empty_cell_a_committee_and_a_stranger_are_no_branch(college, country):
    people = [
        person("没有写", **{BRANCH: ""}),
        person("写了团委", **{BRANCH: country.college.full_name}),
        person("别处的", **{BRANCH: country.workshop.full_name}),
    ]
    uploads(college, listed(*people))
    assert "所在团支部全称必填" in row(college, "没有写")
    assert "是团委，团员必须落在团支部" in row(college, "写了团委")
    assert "组织不存在" in row(college, "别处的")


def test_q33_another_branch_is_not_reached_from_a_branch(branch, country):
    uploads(branch, listed(person("赵新生", **{BRANCH: country.class2.full_name})))
    assert "组织不存在：“2023级1班团支部”下没有" in row(branch, "赵新生")


def rename(organization, name, cast):
    renaming.carry_out(organization, name, actor=scope.scope_of(cast.college_admin))
    organization.refresh_from_db()


def test_q33_former_names_are_known_a_present_one_wins_and_two_former_ones_are_both_offered(
    college, cast, country
):
    former = country.class1.full_name
    rename(country.class1, "2023级3班团支部", cast)
    uploads(college, listed(person("赵新生", **{BRANCH: former})))
    assert verdicts(college) == {"赵新生": "新增"}
    rename(country.class2, "2023级1班团支部", cast)
    imports(college, listed(person("钱新生", **{BRANCH: former})), 1)
    at_desk(cast.class2_admin).follows("团员列表").sees("钱新生")
    rename(country.class2, "2023级4班团支部", cast)
    uploads(college, listed(person("孙新生", **{BRANCH: former})))
    said = row(college, "孙新生")
    assert ("是曾用名" in said, country.class1.full_name in said, country.class2.full_name in said) == (
        True,
    ) * 3
    college.presses(country.class2.full_name).presses("导入 1 人")
    worked(college).sees("已导入 1 人")


# -- Q34: 身份证号码重复 -----------------------------------------------------------------------------------


def test_q34_the_second_row_in_a_file_is_the_error(branch):
    first = person("赵新生")
    uploads(branch, listed(first, person("钱新生", 身份证号码=first["身份证号码"]), person("孙新生")))
    assert "身份证号码重复：与第2行是同一个号码，以第2行为准" in row(branch, "钱新生")
    assert verdicts(branch) == {"赵新生": "新增", "钱新生": "错误", "孙新生": "新增"}
    branch.follows("错误").fills("第 3 行的身份证号码", makers.number_of()).presses("保存第 3 行")
    assert branch.offers("导入 3 人") is True


def test_q34_another_branch_is_named_below_the_same_superior_and_else_only_its_province(
    branch, cast, country
):
    near = makers.make_member(country.class2, "近处人")
    uploads(branch, listed(known(near), known(cast.worker)))
    assert f"此人的团籍在“{country.class2.full_name}”" in row(branch, "近处人")
    far = row(branch, "孔令工")
    assert ("山东省" in far, "淄博" in far) == (True, False)
    assert verdicts(branch) == {"近处人": "需转接", "孔令工": "需转接"}


def brings_in(visitor: Visitor, people: int) -> Visitor:
    """办理转入 as its page asks for it."""
    return visitor.fills("转接原因", "转学").presses(f"为 {people} 人办理转入")


def test_q34_one_is_taken_over_by_transfer_with_a_click(branch, cast):
    uploads(branch, listed(known(cast.worker), person("赵新生")))
    brings_in(branch.follows("需转接").follows("为第 2 行 孔令工 办理转入"), 1)
    branch.follows("组织关系转接").follows("转入中").sees("孔令工")


def test_q34_all_are_taken_over_at_once_but_for_open_transfers_which_are_named(branch, cast, country):
    busy, near = (
        makers.make_member(at, name)
        for at, name in ((country.workshop, "忙转接"), (country.class2, "近处人"))
    )
    uploads(branch, listed(known(busy)))
    brings_in(branch.follows("需转接").follows("为第 2 行 忙转接 办理转入"), 1)
    uploads(branch, listed(known(busy), known(cast.worker), known(near))).follows("需转接")
    assert "正在办理" in row(branch, "忙转接")
    branch.follows("全部办理转入").sees("忙转接", "孔令工", "近处人")
    brings_in(branch, 2).follows("组织关系转接").follows("转入中").sees(
        "共 3 件", "忙转接", "孔令工", "近处人"
    )


def test_q34_in_this_branch_and_ones_own_row_is_the_same_or_an_update_never_an_error(branch, cast):
    me = cast.class1_admin.member
    same = known(
        me,
        **{
            "是否团干部": "是",
            "团内职务": "书记",
            "任现职年月": "2023-09",
            "团干部性质": "兼职",
            "是否同级党委（支部）成员": "否",
        },
    )
    uploads(branch, listed(same, known(cast.classmate), known(cast.member, 手机号码="13911110000")))
    found = verdicts(branch)
    assert (found["欧阳小明"], found["古丽努尔·买买提江"]) == ("不变", "更新")
    assert found["班一丽"] in ("不变", "更新")


def test_q34_an_update_shows_old_and_new_and_is_written_only_when_ticked(branch, cast):
    changed = [known(each, 学历="硕士（在读）") for each in (cast.member, cast.classmate)]
    uploads(branch, listed(*changed, person("赵新生")))
    branch.follows("更新")
    assert "学历本科（在读）→硕士（在读）" in row(branch, "欧阳小明")
    assert branch.page.select("main [name=row][checked]") == []
    branch.chooses("更新第 3 行 欧阳小明").presses("保存选择").presses("导入 1 人，更新 1 人")
    worked(branch).sees("已导入 1 人，已更新 1 人")
    branch.follows("团员列表").follows("查看欧阳小明").sees("学历硕士（在读）")
    branch.follows("团员列表").follows("查看古丽努尔·买买提江").sees("学历本科（在读）")


def test_q34_another_name_is_a_conflict(branch, cast):
    uploads(branch, listed(known(cast.classmate) | {"姓名": "欧阳晓明"}))
    assert "登记的姓名是“欧阳小明”，名单上是“欧阳晓明”" in row(branch, "欧阳晓明")
    assert verdicts(branch) == {"欧阳晓明": "冲突"}


# -- Q35: 发展团员编号重复 ---------------------------------------------------------------------------------


def test_q35_in_the_file_and_with_another_person(branch, cast):
    number = "202165912345"
    people = [
        person("先写的", 发展团员编号=number),
        person("后写的", 发展团员编号=number),
        person("别人的", 入团年月="2020-05", 发展团员编号=cast.worker.number),
        known(cast.classmate),
    ]
    uploads(branch, listed(*people))
    assert "发展团员编号重复：与第2行相同" in row(branch, "后写的")
    theirs = row(branch, "别人的")
    assert ("发展团员编号重复：已被系统中另一名团员使用" in theirs, "孔令工" in theirs) == (True, False)
    assert verdicts(branch) == {"先写的": "新增", "后写的": "错误", "别人的": "错误", "欧阳小明": "不变"}
    branch.follows("错误").fills("第 3 行的发展团员编号", "202165912346").presses("保存第 3 行")
    assert branch.offers("导入 2 人") is True


def test_q35_a_removed_record_frees_its_number(branch, cast):
    number = cast.classmate.number
    verbs.remove(cast.classmate, Given(RemovalReason.BY_MISTAKE), actor=scope.scope_of(cast.college_admin))
    imports(branch, listed(person("赵新生", 入团年月="2020-05", 发展团员编号=number)), 1)


def test_q35_the_form_says_it_too(branch, cast):
    branch.follows("添加团员")
    cells = person("赵新生", 入团年月="2020-05", 发展团员编号=cast.worker.number)
    for label in ("姓名", "身份证号码", "手机号码", "民族", "学历", "入团年月", "发展团员编号"):
        branch.fills(label, cells[label])
    branch.chooses("共青团员").presses("添加团员").sees("发展团员编号重复：已由另一位团员使用")
