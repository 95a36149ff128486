"""Each first step: open, waiting for another one, done, and gone when all are done."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from members.figures import counting
from orgs import scope, tree
from orgs.enums import Category
from orgs.models import Organization
from regcodes import codes
from tests import makers
from zhtj.desk.home.start import start

pytestmark = pytest.mark.django_db

ROOTS = {
    "团中央": Category.LEADING_BODY,
    "石河子大学团委": Category.COMMITTEE,
    "淄博机械公司团委": Category.COMMITTEE,
}


def begun(organization: Organization, admin) -> SimpleNamespace:
    """The steps as (key: done, blocked), and which one is offered first."""
    fresh = Organization.objects.get(pk=organization.pk)
    counts = counting.count([fresh.pk], [fresh.path], today=timezone.localdate())[fresh.pk]
    found = start(scope.scope_of(admin), fresh, counts)
    return SimpleNamespace(
        done=[step.key for step in found.steps if step.done],
        blocked=[step.key for step in found.steps if not step.url],
        next=found.next.key if found.next else None,
        finished=found.finished,
        steps={step.key: step for step in found.steps},
    )


def completed(organization: Organization) -> None:
    Organization.objects.filter(pk=organization.pk).update(completed_at=timezone.now())


@pytest.mark.parametrize("name", ROOTS)
def test_any_root_is_led_from_its_information_to_the_first_roster(name):
    root = makers.make_org(None, name, ROOTS[name])
    admin = makers.make_admin(root, "首任")
    at_first = begun(root, admin)
    assert (at_first.done, at_first.blocked, at_first.next) == ([], ["codes", "roster"], "information")
    completed(root)
    assert begun(root, admin).next == "children"
    branch = tree.plant(root, [tree.Seedling(Category.BRANCH, "机关团支部")])[0]
    assert (begun(root, admin).blocked, begun(root, admin).next) == ([], "codes")
    codes.issue(branch, actor=scope.scope_of(admin))
    assert (begun(root, admin).next, begun(root, admin).steps["roster"].url) == ("roster", "/imports/new/")
    makers.make_member(branch, "第一人")
    assert begun(root, admin).finished


def test_the_centre_is_shown_the_progress_where_others_import(country, cast):
    makers.make_admin(country.company, "司管理")
    cast.worker.delete()
    steps = begun(country.shandong, makers.make_admin(country.shandong, "鲁管理")).steps
    assert (steps["roster"].done, steps["roster"].act, steps["roster"].url) == (
        False,
        "查看录入进度",
        "/desk/progress/",
    )


def test_an_administrator_below_needs_no_code_of_ours(country, cast):
    assert begun(country.college, cast.college_admin).done == ["children", "codes", "roster"]


def test_what_was_done_does_not_come_back_when_a_subordinate_goes(country, cast):
    Organization.objects.filter(pk=country.freshmen.pk).update(deleted_at=timezone.now())
    lonely = makers.make_org(country.zibo, "空团委", Category.COMMITTEE)
    admin = makers.make_admin(lonely, "孤管理")
    makers.make_org(lonely, "一班团支部")
    Organization.objects.filter(parent=lonely).update(deleted_at=timezone.now())
    assert begun(lonely, admin).done == ["children"]


def test_a_branch_goes_from_its_information_over_the_roster_to_the_first_sign_in(country, cast):
    branch, admin = country.class2, cast.class2_admin
    at_first = begun(branch, admin)
    assert (at_first.done, at_first.blocked, at_first.next) == ([], ["sign_in"], "information")
    completed(branch)
    member = makers.make_member(branch, "第一人", password=None)
    assert (begun(branch, admin).done, begun(branch, admin).next) == (["information", "roster"], "sign_in")
    type(member.account).objects.filter(pk=member.account.pk).update(
        password=makers.hashed(makers.PASSWORD), sign_in_state="set"
    )
    assert begun(branch, admin).finished


def test_a_branch_of_cadres_alone_has_its_roster_too(country, cast):
    makers.make_post(makers.make_account("老同志"), country.class2, "组织委员")
    assert begun(country.class2, cast.class2_admin).done == ["roster", "sign_in"]


def test_the_one_named_as_secretary_is_no_roster(country, cast):
    branch = makers.make_org(country.college, "三班团支部")
    admin = makers.make_admin(branch, "组织者", title="组织委员")
    makers.make_post(makers.make_account("书记人"), branch)
    assert begun(branch, admin).done == []
