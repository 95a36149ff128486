"""Every recorded verb in the user's words, and what of its detail is worth reading. Pure.

tests/audit/test_words.py compares the table with the verbs that the code records.
"""

from __future__ import annotations

from collections.abc import Iterator

from .models import AuditEntry, Result

VERBS = {
    "accounts.change_password": "修改密码",
    "accounts.confirm": "再次输入密码",
    "accounts.issue_reset_code": "生成重置密码验证码",
    "accounts.set_first_password": "首次登录设置密码",
    "accounts.sign_in": "登录",
    "accounts.sign_out": "退出登录",
    "accounts.use_reset_code": "用验证码重置密码",
    "applications.approved": "同意注册申请",
    "applications.ended": "注册申请因录入而结束",
    "applications.refused": "注册申请未能办理",
    "applications.resent": "重新提交注册申请",
    "applications.returned": "退回注册申请",
    "applications.submitted": "提交注册申请",
    "applications.withdrawn": "撤回注册申请",
    "audit.exported": "导出操作记录",
    "desk.progress_exported": "导出录入进度",
    "desk.subordinates_exported": "导出下级组织名单",
    "desk.contacts_exported": "导出下级组织的组织名片",
    "figures.recounted": "重新汇总统计数字",
    "freshmen.exported": "导出新生报到情况",
    "freshmen.list_dropped": "删除录取名单",
    "freshmen.list_kept": "上传录取名单",
    "graduates.became_leaving": "变更为毕业生团支部",
    "graduates.branch_marked": "标记毕业班",
    "graduates.deadline_set": "设定毕业生转接期限",
    "graduates.exported": "导出毕业生",
    "graduates.person_marked": "标记毕业团员",
    "graduates.planned": "登记毕业去向",
    "imports.abandoned": "放弃导入",
    "imports.cancelled": "取消导入",
    "imports.columns_chosen": "对应名单的列",
    "imports.confirmed": "确认导入",
    "imports.header_changed": "更改名单表头的对应",
    "imports.headers_forgotten": "忘记名单表头的对应",
    "imports.name_taken": "改正名单中的团支部名称",
    "imports.returned": "下载错误名单",
    "imports.row_fixed": "改正名单中的一行",
    "imports.run": "写入名单",
    "imports.kept_exported": "导出撤销后保留的名单",
    "imports.undo_asked": "要求撤销导入",
    "imports.undone": "撤销写入的名单",
    "imports.uploaded": "上传名单",
    "letters.answered": "对方接收，介绍信回执返回",
    "letters.exported": "导出介绍信登记簿",
    "letters.issued": "开具介绍信",
    "letters.printed": "打印介绍信",
    "letters.range_given": "分配介绍信号段",
    "letters.range_taken_back": "收回介绍信号段",
    "letters.receipt_kept": "登记介绍信回执",
    "letters.voided": "作废介绍信",
    "matching.dropped": "删除对账名单",
    "matching.exported": "导出对账结果",
    "matching.kept": "名单对账",
    "merging.merged": "合并账号",
    "merging.sought": "按号码查找两个账号",
    "merging.told_apart": "认定不是同一人",
    "merging.undone": "撤销合并账号",
    "members.amended": "修改团员资料",
    "members.cadre_amended": "修改团干部资料",
    "members.cadre_entered": "添加团干部",
    "members.card_reissued": "登记补办团员证",
    "members.certified": "登记入团证明",
    "members.corrected": "更正姓名或身份证号码",
    "members.enrolled": "添加团员",
    "members.export_full": "导出完整号码",
    "members.exported": "导出名单",
    "members.import_undone": "撤销导入",
    "members.left": "团籍转往系统外",
    "members.moved": "团籍移至其他团支部",
    "members.overage_marked": "标记超龄",
    "members.overage_unmarked": "取消超龄标记",
    "members.papers_exported": "导出团员档案",
    "members.papers_kept": "登记团员档案",
    "members.removal_undone": "撤销移除团员",
    "members.removals_exported": "导出移除记录",
    "members.removed": "移除团员",
    "members.reissues_exported": "导出补办名单",
    "members.reissues_gathered": "汇总补办名单",
    "members.reveal_id": "查看完整身份证号码",
    "members.scan_deleted": "删除入团志愿书扫描件",
    "members.scan_read": "下载入团志愿书扫描件",
    "members.scan_uploaded": "上传入团志愿书扫描件",
    "members.reveal_phone": "查看完整手机号码",
    "members.sought": "按身份证号码查找",
    "members.view_default": "设置默认视图",
    "members.view_deleted": "删除列表视图",
    "members.view_saved": "保存列表视图",
    "orgs.bootstrapped": "建立最上级组织",
    "orgs.closed": "删除组织",
    "orgs.completed": "完善组织信息",
    "orgs.edited": "修改组织信息",
    "orgs.found": "创建组织",
    "orgs.invitee_sought": "查找邀请对象",
    "orgs.post_changed": "修改团内职务",
    "orgs.post_ended": "终止团内职务",
    "orgs.post_given": "登记团内职务",
    "orgs.relocated": "组织迁移",
    "orgs.renamed": "修改组织简称",
    "orgs.reopened": "恢复已删除的组织",
    "orgs.rows_returned": "下载未创建的组织名单",
    "orgs.seat_left": "不再担任管理员",
    "orgs.seat_taken": "成为管理员",
    "orgs.secretary_phone": "修改书记手机号码",
    "orgs.secretary_registered": "登记书记",
    "petitions.step": "办理申请",
    "regcodes.exported": "批量导出管理员注册码",
    "regcodes.issued": "分配管理员注册码",
    "regcodes.redeemed": "凭注册码注册为管理员",
    "regcodes.refused": "注册码不能使用",
    "regcodes.shown": "查看管理员注册码",
    "regcodes.voided": "作废管理员注册码",
    "stores.returned": "从省级专库转回",
    "stores.reveal_id": "查看省级专库人员的身份证号码",
    "stores.seen": "查看省级专库人员",
    "transfers.list_changed": "修改转接名单",
    "transfers.list_dropped": "删除转接名单",
    "transfers.list_exported": "导出转接办理情况",
    "transfers.list_kept": "带来转接名单",
    "transfers.nudged": "生成催办文字",
    "transfers.sought": "按姓名和号码查找转入的人",
    "transfers.step": "办理组织关系转接",
}
# A denial is recorded under the name of the page that refused.
DENIED = "没有权限的操作"
REVEALS = ("members.reveal_id", "members.reveal_phone", "members.export_full", "stores.reveal_id")

# Keys of `detail` that are texts for people, with the word before them.
TOLD = {
    "act": "",
    "title": "职务：",
    "file": "文件：",
    "reason": "原因：",
    "why": "原因：",
    "remark": "附言：",
}
# Steps of a transfer are recorded by their keys, acts on requests by their words.
STEPS = {
    "start": "发起",
    "agree_out": "同意转出",
    "agree_in": "同意转入",
    "agree_both": "同意转出和转入",
    "assign": "分配团支部",
    "return": "退回",
    "withdraw": "撤回",
    "remind": "提醒",
    "lapse": "失效",
    "close": "组织变动退回",
}
PETITIONS = {
    "info": "组织信息变更",
    "seats": "管理员变更",
    "relocation": "组织迁移",
    "invitation": "加入邀请",
    "profile": "个人信息修改",
    "correction": "资料更正",
    "removal": "移除团员",
    "scan": "入团志愿书扫描件",
    "merge": "合并账号",
    "homecoming": "省级专库转回",
}
KINDS_OF_RESULT = {Result.DONE: "done", Result.DENIED: "returned", Result.FAILED: "void"}


def of(verb: str) -> str:
    """The verb in words."""
    return VERBS.get(verb, DENIED)


def remark(entry: AuditEntry) -> str:
    """What the detail says to people; ids and codes of causes stay in the record."""
    petition = PETITIONS.get(entry.detail.get("kind", "")) if "petition" in entry.detail else None
    told = (
        f"{mark}{STEPS.get(said, said) if key == 'act' else said}"
        for key, mark in TOLD.items()
        if isinstance(said := entry.detail.get(key), str)
    )
    return "；".join(each for each in (petition, *told, *changes(entry)) if each)


def changes(entry: AuditEntry) -> Iterator[str]:
    """Which facts about a person became what: label, old and new, or of numbers the label alone."""
    for label, *values in entry.detail.get("changes", ()):
        old, new = values or ("", "")
        yield f"{label}：{old or '空'} → {new or '空'}" if values else f"{label}（有改动）"


def choices() -> list[tuple[str, str]]:
    """The verbs to filter by, in the order of their words."""
    return sorted(VERBS.items(), key=lambda pair: pair[0])
