"""The menu offers what fits the person and the organisation, and lights one line."""

from types import SimpleNamespace as Sample

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path

from orgs.enums import Category
from zhtj.context import Frame
from zhtj.menu import menu


def page(request):
    raise AssertionError("no page is opened here")


def names(*words: str):
    return [path(f"{word}/", page, name=word) for word in words]


urlpatterns = [
    path("desk/", include((names("home", "subordinates", "inbox"), "desk"))),
    path("orgs/", include((names("create", "edit"), "orgs"))),
    path("members/", include((names("list", "add", "detail"), "members"))),
    path("transfers/", include((names("list"), "transfers"))),
    path("letters/", include((names("list", "detail"), "letters"))),
    path("me/", include((names("home", "transfer", "requests"), "me"))),
    path("accounts/", include((names("change_password"), "accounts"))),
]
pytestmark = pytest.mark.urls(__name__)


def asked(view_name: str, category: str | None, **extra):
    request = RequestFactory().get("/")
    request.resolver_match = Sample(view_name=view_name)
    for name, value in extra.items():
        setattr(request, name, value)
    scope = Sample(
        root=None if category is None else Sample(category=category, parent_id=1), seats=(), seat=None
    )
    return menu(scope, request)


def labels(found) -> list[str]:
    return [line.label for group in found.groups for line in group.lines]


def test_a_committee_is_offered_its_subordinates():
    shown = labels(asked("desk:home", Category.COMMITTEE))
    assert shown == [
        "管理员首页",
        "操作中心",
        "下级组织管理",
        "创建下级组织",
        "团员列表",
        "添加团员",
        "组织关系转接",
        "介绍信登记簿",
    ]


def test_a_branch_is_offered_no_subordinates():
    assert labels(asked("desk:home", Category.BRANCH)) == [
        "管理员首页",
        "操作中心",
        "团员列表",
        "添加团员",
        "组织关系转接",
    ]


def test_nobody_adds_to_a_pending_branch():
    assert labels(asked("desk:home", Category.PENDING_BRANCH)) == [
        "管理员首页",
        "操作中心",
        "团员列表",
        "组织关系转接",
    ]


def test_a_person_without_a_seat_has_one_area_and_no_switch():
    shown = asked("me:home", None)
    assert (shown.label, shown.areas, labels(shown)) == (
        "个人中心",
        (),
        ["个人首页", "关系转接", "我的申请", "修改密码"],
    )


def test_a_person_with_a_seat_switches_between_two_areas():
    shown = asked("me:home", Category.COMMITTEE)
    assert [(area.label, area.current) for area in shown.areas] == [("个人中心", True), ("管理中心", False)]


@pytest.mark.parametrize(
    ("view_name", "lit"),
    [
        ("members:add", ["添加团员"]),
        ("members:detail", ["团员列表"]),
        ("orgs:edit", ["下级组织管理"]),
        ("elsewhere:home", []),
    ],
)
def test_one_line_is_lit(view_name, lit):
    shown = asked(view_name, Category.COMMITTEE)
    assert [line.label for group in shown.groups for line in group.lines if line.current] == lit


@pytest.mark.parametrize(
    ("category", "lit"), [(Category.COMMITTEE, ["介绍信登记簿"]), (Category.BRANCH, ["组织关系转接"])]
)
def test_a_letter_is_lit_under_transfers_where_its_own_line_is_not_offered(category, lit):
    shown = asked("letters:detail", category)
    assert [line.label for group in shown.groups for line in group.lines if line.current] == lit


def test_counts_given_by_the_view_stand_in_their_line():
    shown = asked("desk:home", Category.COMMITTEE, frame_counts={"members": 612})
    assert {line.label: line.count for group in shown.groups for line in group.lines}["团员列表"] == 612


def unfolded(found) -> dict[str, bool]:
    """Which groups can be put away, and which of them are open."""
    return {group.heading: group.unfolded for group in found.groups if group.folds}


@pytest.mark.parametrize(
    ("view_name", "category", "open_ones"),
    [
        ("members:detail", Category.COMMITTEE, {"组织管理": False, "团员管理": True, "业务办理": False}),
        ("orgs:create", Category.COMMITTEE, {"组织管理": True, "团员管理": False, "业务办理": False}),
        ("desk:inbox", Category.COMMITTEE, {"组织管理": True, "团员管理": False, "业务办理": False}),
        ("desk:home", Category.BRANCH, {"团员管理": True, "业务办理": False}),
    ],
)
def test_the_group_of_the_page_is_open_and_on_the_first_pages_the_one_used_most(
    view_name, category, open_ones
):
    assert unfolded(asked(view_name, category)) == open_ones


def test_the_first_lines_and_the_short_menu_of_a_person_do_not_fold():
    assert [group.folds for group in asked("members:list", Category.BRANCH).groups] == [False, True, True]
    assert [group.folds for group in asked("me:home", Category.BRANCH).groups] == [False, False]


def test_a_group_that_is_put_away_says_how_much_waits_in_it():
    shown = asked("desk:home", Category.COMMITTEE, frame_counts={"members": 3, "subordinates": 2, "inbox": 9})
    assert {group.heading: group.count for group in shown.groups} == {
        "": 9,
        "组织管理": 2,
        "团员管理": 3,
        "业务办理": 0,
    }
    assert [group.count for group in asked("desk:home", Category.BRANCH).groups] == [0, 0, 0]


@pytest.mark.parametrize(
    ("view_name", "opened", "said"),
    [("desk:home", 1, ["团员管理3", "业务办理"]), ("members:list", 1, ["组织管理2", "业务办理"])],
)
def test_what_waits_is_said_on_closed_headings(view_name, opened, said):
    frame = Sample(menu=asked(view_name, Category.COMMITTEE, frame_counts={"members": 3, "subordinates": 2}))
    page = BeautifulSoup(
        render_to_string("parts/menu.html", {"frame": frame, "anchors": True}), "html.parser"
    )
    groups = page.select("details.menu-group")
    assert len([each for each in groups if each.has_attr("open")]) == opened
    assert [each.summary.get_text(strip=True) for each in groups if not each.has_attr("open")] == said
    assert page.select_one("details.menu-group #menu-members-list").get_text(strip=True) == "团员列表3"


def test_the_frame_stands_without_scope_and_user():
    request = RequestFactory().get("/")
    frame = Frame(request)
    assert (frame.name, frame.organization, frame.seats, frame.home) == ("", None, (), "/me/home/")


def test_the_word_mark_leads_an_administrator_to_the_desk():
    request = RequestFactory().get("/")
    request.scope = Sample(root=Sample(category=Category.BRANCH, parent_id=1), seats=(), seat=None)
    assert Frame(request).home == "/desk/home/"


@pytest.mark.parametrize(
    ("category", "view_name", "lit"),
    [
        (None, "transfers:detail", ["关系转接"]),
        (None, "petitions:detail", ["我的申请"]),
        (Category.BRANCH, "petitions:detail", ["操作中心"]),
        (Category.BRANCH, "transfers:detail", ["组织关系转接"]),
    ],
)
def test_a_case_lights_the_line_it_is_opened_from(category, view_name, lit):
    found = asked(view_name, category)
    assert [line.label for group in found.groups for line in group.lines if line.current] == lit
