"""Pictures for zhtj/help/chapters/rosters.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import Account
from members.models import Member
from orgs.models import Organization
from tests.answers.importing import BRANCH, listed, person
from tests.answers.sheets import XLSX, table
from tests.shots.shot import Shot
from zhtj.demo.planting import planted


def _upload(page: Any, name: str, raw: bytes) -> None:
    """Choose a file, have it checked, and wait for what comes of it."""
    page.set_input_files("#id_file", {"name": name, "mimeType": XLSX, "buffer": raw})
    page.get_by_role("button", name="核对名单").click()
    page.locator("main table").first.wait_for()


def _uploads(name: str, make: Callable[[], bytes], then: str = "") -> Callable[[Any], None]:
    """A `prepare` that uploads what `make` gives, and goes on to a tile."""

    def prepare(page: Any) -> None:
        _upload(page, name, make())
        if then:
            page.locator("#tiles").get_by_role("link", name=then).click()
            page.wait_for_load_state()

    return prepare


def _class_list() -> bytes:
    early = person("孙晓雯", 入团年月="2018-12", 发展团员编号="201865912301")
    return listed(person("李思远"), person("王若溪"), person("陈一鸣", 手机号码="1391234567"), early)


def _own_headers() -> bytes:
    one = person("李思远")
    return table([{"手机号码": "怎样联系"}.get(each, each) for each in one], list(one.values()))


def _misnamed() -> bytes:
    college = Organization.objects.get(short_name="石河子大学医学院团委")
    right = f"{college.full_name.removesuffix('团委')}2023级1班团支部"
    wrong = right.replace("1班", "一班")
    people = [person(name, **{BRANCH: wrong}) for name in ("李思远", "王若溪")]
    return listed(*people, person("陈一鸣", **{BRANCH: right}))


def _changed() -> bytes:
    secretary = Account.objects.get(pk=dict(planted().detail["roles"])["支部管理员"])
    branch = Member.objects.get(account=secretary).branch
    members = Member.objects.filter(branch=branch).select_related("account").order_by("pk")[4:7]
    return listed(*map(_with_new_phone, members))


def _with_new_phone(member: Member) -> dict[str, Any]:
    account = member.account
    return person(
        account.name,
        身份证号码=account.id_number,
        民族=account.ethnicity,
        政治面貌=account.political_status,
        学历=account.education,
        入团年月=f"{member.joined:%Y-%m}",
        发展团员编号=member.number or "",
    )


def _number_cell() -> bytes:
    one = {**person("李思远"), "身份证号码": 659099200605200000}
    return table(list(one), list(one.values()))


SHOTS: tuple[Shot, ...] = (
    Shot(
        "import-plan",
        "branch",
        "/imports/new/",
        mark="#confirm button",
        clip=".page",
        prepare=_uploads("班级名单.xlsx", _class_list),
    ),
    Shot(
        "import-mapping",
        "branch",
        "/imports/new/",
        mark=".map tr:has(.badge-todo) select",
        clip=".page",
        prepare=_uploads("自己的表.xlsx", _own_headers),
    ),
    Shot(
        "import-near",
        "college",
        "/imports/new/",
        mark=".plan-near button",
        clip=".plan",
        prepare=_uploads("学院名单.xlsx", _misnamed),
    ),
    Shot(
        "import-updates",
        "branch",
        "/imports/new/",
        mark=".plan-tick input[type=checkbox]",
        clip="#ticks",
        prepare=_uploads("手机更新.xlsx", _changed),
    ),
    Shot(
        "import-number",
        "branch",
        "/imports/new/",
        mark=".plan-fault",
        clip=".plan",
        prepare=_uploads("号码成数.xlsx", _number_cell),
    ),
)
