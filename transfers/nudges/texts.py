"""The text for the class chat: what to do, who, by when, where; shortened names and no numbers. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ..enums import About
from .topics import Subjects, today_or_due

NAMES, GROUPS = 30, 10  # told one by one
ASKED = {
    About.CASES: ("以下组织请尽快办理组织关系转接", "由管理员登录后在“操作中心”办理"),
    About.START: ("以下同学还没有发起组织关系转接", "本人登录后在“关系转接”中办理"),
    About.PROFILE: ("以下同学的资料还没有填全", "本人登录后在“我的资料”中补全"),
    About.INFORMATION: ("以下组织的信息还没有完善", "由管理员登录后在“组织信息”中补全"),
    About.IMPORTS: ("以下组织上传的名单还没有确认", "由管理员登录后在“导入名单”中确认"),
}


def text(subjects: Subjects, *, deadline: date, link: str) -> str:
    """A few lines to be pasted."""
    what, how = ASKED[subjects.about]
    lines = [f"【智慧团建】{what}（{subjects.count}{_unit(subjects)}）："]
    groups = list(subjects.groups.items())
    for organization, people in groups[:GROUPS]:
        lines.append(_line(organization.short_name if organization else "", people))
    if len(groups) > GROUPS:
        lines.append(f"另有 {len(groups) - GROUPS} 个组织。")
    lines.append(f"请在 {deadline:%Y-%m-%d} 前办理：{how}。")
    if due := today_or_due(subjects):
        lines.append(f"最早的一件 {due} 到期失效。")
    lines.append(f"登录：{link}")
    return "\n".join(lines)


def _unit(subjects: Subjects) -> str:
    return (
        "个组织" if subjects.about == About.INFORMATION else "份" if subjects.about == About.IMPORTS else "人"
    )


def _line(place: str, people: Sequence[str]) -> str:
    said = listed(people)
    return f"{place}：{said}" if place and said else place or said


def listed(people: Sequence[str]) -> str:
    """欧阳*明、张*（2人）等 41 人."""
    counts = Counter(people)
    told = [f"{name}（{count}人）" if count > 1 else name for name, count in list(counts.items())[:NAMES]]
    more = f"等 {len(people)} 人" if len(counts) > NAMES else ""
    return "、".join(told) + more
