"""The left menu as data: two areas, their groups and items, and who sees which (§7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from members import queries as members
from orgs.enums import BRANCHES, GRASSROOTS, Category, Level
from transfers.stores import rules as stores

Fits = Callable[[Any], bool]


def any_category(organization: Any) -> bool:
    """Offered in every organisation."""
    return True


def has_subordinates(organization: Any) -> bool:
    """Branches have nothing below them (§2)."""
    return organization.category not in BRANCHES


def anywhere(scope: Any) -> bool:
    """Offered in every scope."""
    return True


def fills_branches(scope: Any) -> bool:
    """A leading body adds and imports members only where it decides for a branch (§8)."""
    return scope.root.category != Category.LEADING_BODY or members.fills_a_branch(scope)


def takes_members(organization: Any) -> bool:
    """Nobody fills a 待接转团支部 by hand (§2)."""
    return organization.category != Category.PENDING_BRANCH


def receives(organization: Any) -> bool:
    """Newcomers are received by what class branches stand below (§6.7)."""
    return organization.category in GRASSROOTS


def moves(organization: Any) -> bool:
    """Only what lies below province level moves (§2 Relocation)."""
    provincial = organization.category == Category.LEADING_BODY and organization.level <= Level.PROVINCE
    return takes_members(organization) and organization.parent_id is not None and not provincial


@dataclass(frozen=True)
class Item:
    """One line of the menu. `count` keys a number; `also` are further pages that light this line, `owns` namespaces
    whose other pages do, `cases` those where no line owns them. `open_to` asks the database, after `fits`."""

    label: str
    url_name: str
    fits: Fits = any_category
    count: str = ""
    owns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    open_to: Fits = anywhere


@dataclass(frozen=True)
class Area:
    """个人中心 for everybody, 管理中心 (`seat`) for administrators: groups of items by heading, which fold there."""

    label: str
    home: str
    seat: bool
    groups: tuple[tuple[str, tuple[Item, ...]], ...]


PERSONAL = Area(
    "个人中心",
    "me:home",
    False,
    (
        (
            "",
            (
                Item("个人首页", "me:home", owns=("me",)),
                Item("操作中心", "me:inbox", count="mine"),
                Item("关系转接", "me:transfer", also=("me:transfer_new",), cases=("transfers", "letters")),
                Item("我的申请", "me:requests", cases=("petitions",)),
                Item(
                    "我的资料",
                    "me:profile",
                    also=("me:edit", "me:correct", "me:correct_post", "me:report_post"),
                ),
                Item("我的经历", "me:history"),
                Item("我的团员档案", "documents:mine", also=("documents:upload_mine",)),
                Item("谁能看到我", "me:watchers"),
                Item("谁看过我的信息", "me:seen"),
            ),
        ),
        ("系统设置", (Item("修改密码", "accounts:change_password", owns=("accounts",)),)),
    ),
)
INBOX = ("desk:inbox_asked", "desk:inbox_decided", "desk:inbox_approve", "desk:inbox_send_back")
MANAGEMENT = Area(
    "管理中心",
    "desk:home",
    True,
    (
        (
            "",
            (
                Item("管理员首页", "desk:home", owns=("desk",)),
                Item("操作中心", "desk:inbox", count="inbox", also=INBOX, cases=("petitions", "requests")),
            ),
        ),
        (
            "组织管理",
            (
                Item("组织信息", "orgs:info", also=("orgs:info_edit",)),
                Item(
                    "下级组织管理",
                    "desk:subordinates",
                    has_subordinates,
                    "subordinates",
                    ("orgs", "regcodes", "structure"),
                    ("desk:tree", "desk:search", "desk:contacts"),
                ),
                Item(
                    "创建下级组织",
                    "orgs:create",
                    has_subordinates,
                    also=("orgs:create_one", "orgs:create_confirm"),
                ),
                Item("管理员注册码", "codes:list", has_subordinates, owns=("codes",)),
                Item("申请组织迁移", "structure:relocate_own", moves),
                Item("已删除的组织", "structure:closed", has_subordinates),
            ),
        ),
        (
            "团员管理",
            (
                Item("团员列表", "members:list", count="members", owns=("members",)),
                Item("添加团员", "members:add", takes_members, open_to=fills_branches),
                Item("注册申请", "applications:list", takes_members, owns=("applications",)),
                Item("导入名单", "imports:list", takes_members, owns=("imports",), open_to=fills_branches),
                Item("超龄和移除", "removal:list", owns=("removal",)),
                Item("团员档案", "documents:list", owns=("documents",)),
                Item("名单对账", "matching:index", owns=("matching",)),
                Item("疑似重复", "merging:index", owns=("merging",)),
            ),
        ),
        (
            "团干部管理",
            (
                Item("团干部列表", "cadres:list", owns=("cadres",)),
                Item("添加团干部", "cadres:add_here", takes_members, also=("cadres:add", "cadres:enter")),
            ),
        ),
        (
            "进度和统计",
            (
                Item("录入进度", "progress:own", owns=("progress",)),
                Item("团员统计", "figures:own", also=("figures:show",)),
                Item("团员增减", "figures:own_movement", also=("figures:movement", "figures:names")),
                Item("历史名册", "figures:own_roster", also=("figures:roster",)),
            ),
        ),
        (
            "业务办理",
            (
                Item("组织关系转接", "transfers:list", owns=("transfers", "letters")),
                Item("催办记录", "nudges:list", owns=("nudges",)),
                Item("毕业生工作台", "graduates:own", takes_members, owns=("graduates",)),
                Item("介绍信登记簿", "letters:list", has_subordinates, owns=("letters",)),
                Item("新生接收台", "freshmen:own", receives, owns=("freshmen",)),
                Item("省级专库", "stores:list", stores.keeps, owns=("stores",)),
                Item("管理员变更", "seats:own", takes_members, owns=("seats",)),
                Item("操作记录", "audit:own", owns=("audit",)),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Line:
    """An item resolved for one request."""

    label: str
    url: str
    current: bool
    count: int | None
    anchor: str = ""  # the id answers of the 帮助中心 point to


@dataclass(frozen=True)
class Group:
    """Lines under a heading; `folds` when they can be put away, `unfolded` as the page begins."""

    heading: str
    lines: tuple[Line, ...]
    folds: bool = False
    unfolded: bool = True

    @property
    def count(self) -> int:
        """What waits in all lines, for the heading while they are put away."""
        return sum(line.count or 0 for line in self.lines)


Headed = tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True)
class Menu:
    """What the templates show: the switch between areas (empty where there is one) and the groups of the present one."""

    label: str
    areas: tuple[Line, ...]
    groups: tuple[Group, ...]


def menu(scope: Any, request: HttpRequest) -> Menu:
    """The menu for whoever acts in `scope` on the page of `request`; pages that do not exist are left out."""
    root = getattr(scope, "root", None)
    areas = [area for area in (PERSONAL, MANAGEMENT) if root is not None or not area.seat]
    match = request.resolver_match
    view_name = match.view_name if match else ""
    here = next((area for area in areas if current_item(area, view_name)), areas[-1])
    counts = getattr(request, "frame_counts", {})
    current = current_item(here, view_name, root) or case_item(here, view_name)
    groups = ((heading, lines(items, scope, counts, current)) for heading, items in here.groups)
    shown = tuple(group for group in groups if group[1])
    switch = tuple(
        Line(area.label, url, area is here, None) for area in areas if (url := address(area.home)) is not None
    )
    return Menu(
        here.label, switch if len(switch) > 1 else (), tuple(fold(shown, root) if here.seat else flat(shown))
    )


def flat(groups: Headed) -> Iterator[Group]:
    """A short menu stands as it is."""
    return (Group(heading, items) for heading, items in groups)


def fold(groups: Headed, root: Any) -> Iterator[Group]:
    """Unfolded is the group of the page. On the first pages, which are in none, it is the one used most: a branch
    keeps its members, everybody else what stands below."""
    lit = next((heading for heading, items in groups if any(line.current for line in items)), "")
    unfolded = lit or ("组织管理" if root is not None and has_subordinates(root) else "团员管理")
    return (Group(heading, items, heading != "", heading in ("", unfolded)) for heading, items in groups)


def lines(
    items: tuple[Item, ...], scope: Any, counts: Mapping[str, int], current: Item | None
) -> tuple[Line, ...]:
    """The items that fit the organisation and have a page."""
    root = getattr(scope, "root", None)
    fitting = [item for item in items if root is None or item.fits(root)]
    said = {ask: root is None or ask(scope) for ask in {item.open_to for item in fitting}}
    return tuple(
        Line(
            item.label,
            url,
            item is current,
            counts.get(item.count),
            f"menu-{item.url_name.replace(':', '-')}",
        )
        for item in fitting
        if said[item.open_to] and (url := address(item.url_name)) is not None
    )


def current_item(area: Area, view_name: str, root: Any = None) -> Item | None:
    """The item whose page this is, or whose namespace the page belongs to; of those offered in `root`."""
    offered = (item for _, group in area.groups for item in group)
    items = [item for item in offered if root is None or item.fits(root)]
    namespace = view_name.partition(":")[0]
    exact = (item for item in items if view_name in (item.url_name, *item.also))
    owning = [item for item in items if namespace in item.owns]
    nearest = (item for item in owning if item.url_name.startswith(f"{namespace}:"))
    return next(exact, None) or next(nearest, None) or next(iter(owning), None)


def case_item(area: Area, view_name: str) -> Item | None:
    """The item from which the cases of this namespace are opened, in an area that owns none of their pages."""
    namespace = view_name.partition(":")[0]
    return next((item for _, group in area.groups for item in group if namespace in item.cases), None)


def address(url_name: str, *args: object) -> str | None:
    """The page's address, or None while it does not exist."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return None
