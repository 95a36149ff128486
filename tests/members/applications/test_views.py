"""注册申请 at the desk: the list, one application, warnings as they are now, and decisions."""

import pytest
from django.urls import reverse

from members.applications import applying, deciding
from members.models import Application, Member
from orgs.scope import nobody
from tests import makers
from zhtj.desk.inbox import collect

from .conftest import NOW, OFFICE, content, submit

pytestmark = pytest.mark.django_db
LIST = "/applications/"


def text(answer) -> str:
    return answer.content.decode()


def url(name, application) -> str:
    return reverse(f"applications:{name}", args=[application.pk])


def seen(desk, application) -> str:
    """The moment its page carries."""
    return str(desk.get(url("detail", application)).context["case"].moment)


@pytest.fixture
def desk(sign_in, cast):
    """The branch's administrator."""
    return sign_in(cast.class1_admin)


def test_the_list_shows_what_waits_here(desk, country):
    submit(country.class1, name="本支部人")
    submit(country.class2, name="别支部人")
    page = text(desk.get(LIST))
    assert ("本支部人" in page, "别支部人" in page) == (True, False)


def test_the_superior_sees_those_of_all_direct_branches(sign_in, cast, country):
    submit(country.class1, name="一班人")
    submit(country.class2, name="二班人")
    submit(country.workshop, name="车间人")
    page = text(sign_in(cast.college_admin).get(LIST))
    assert ("一班人" in page, "二班人" in page, "车间人" in page) == (True, True, False)


def test_higher_superiors_have_none(sign_in, cast, application):
    assert "申请人" not in text(sign_in(cast.university_admin).get(LIST))


def test_decided_ones_are_filtered_by_state(desk, application, branch_admin):
    deciding.send_back(application, reason="elsewhere", remark="", actor=branch_admin, now=NOW)
    assert ("申请人" in text(desk.get(LIST)), "申请人" in text(desk.get(f"{LIST}?state=returned"))) == (
        False,
        True,
    )


def test_a_page_shows_the_facts_and_no_full_number(desk, country):
    number = makers.number_of()
    page = text(desk.get(url("detail", submit(country.class1, number=number, **OFFICE))))
    assert [each in page for each in ("申请人", "2006-05", "宣传委员", "163****0077", number[-4:])] == [
        True,
        True,
        True,
        True,
        False,
    ]


def test_what_stands_in_the_way_is_said_with_the_ways_on(desk, country, cast):
    account = cast.member.account
    application = submit(country.class1, number=account.id_number, name=account.name)
    page = text(desk.get(url("detail", application)))
    assert "身份证已注册：就在本团支部" in page
    assert reverse("members:detail", args=[cast.member.pk]) in page
    assert url("approve", application) not in page


def test_a_branch_elsewhere_is_not_named(desk, country, cast):
    account = cast.worker.account
    page = text(desk.get(url("detail", submit(country.class1, number=account.id_number, name=account.name))))
    assert ("另一个团支部" in page, country.workshop.short_name in page) == (True, False)


def test_other_applications_of_the_id_are_counted(desk, country):
    given = content()
    facts = {name: getattr(given, name) for name in given.__slots__}
    application = submit(country.class1, **facts)
    submit(country.class2, **facts)
    assert "另有 1 份申请" in text(desk.get(url("detail", application)))


def test_approval_leads_to_the_member(desk, application):
    answer = desk.post(url("approve", application), {"seen": seen(desk, application)}, follow=True)
    member = Member.objects.get(account__name="申请人")
    page = text(answer)
    assert ("初始密码" in page, reverse("members:detail", args=[member.pk]) in page, "已通过" in page) == (
        True,
        True,
        True,
    )


def test_what_was_not_seen_is_not_approved(desk, application):
    for stale in ("", "abc", "1", "9" * 16, "9" * 30):
        answer = desk.post(url("approve", application), {"seen": stale}, follow=True)
        assert "刚刚已被办理" in text(answer)
    assert not Member.objects.filter(account__name="申请人").exists()


def test_a_return_without_words_keeps_the_page(desk, application):
    answer = desk.post(url("send_back", application), {"seen": seen(desk, application), "reason": "other"})
    assert (answer.status_code, "需要写明说明" in text(answer)) == (422, True)


def test_a_return_is_done(desk, application):
    desk.post(
        url("send_back", application),
        {"seen": seen(desk, application), "reason": "facts", "remark": "编号不对"},
    )
    row = Application.objects.get()
    assert (row.state, row.remark) == ("returned", "编号不对")


def test_several_are_approved_and_each_has_its_answer(desk, country, cast):
    good = submit(country.class1, name="好申请")
    bad = submit(country.class1, name="孔令工", number=cast.worker.account.id_number)
    chosen = [f"{each.pk}:{seen(desk, each)}" for each in (good, bad)]
    page = text(desk.post("/applications/approve/", {"application": chosen}))
    assert ("同意 1 份，1 份没有办成" in page, "身份证已注册" in page) == (True, True)


def test_several_go_back_with_one_reason(desk, country):
    chosen = [f"{each.pk}:{seen(desk, each)}" for each in (submit(country.class1), submit(country.class1))]
    desk.post("/applications/return/", {"application": chosen, "reason": "elsewhere"})
    assert set(Application.objects.values_list("state", flat=True)) == {"returned"}


def test_those_chosen_stay_chosen_while_a_reason_is_asked(desk, application):
    chosen = f"{application.pk}:{seen(desk, application)}"
    page = text(desk.post("/applications/return/", {"application": chosen, "remark": "请补编号"}))
    assert (f'value="{chosen}" checked' in page, "请补编号" in page) == (True, True)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/applications/approve/", {}),
        ("/applications/approve/", {"application": ["x", "1:", f"{2**70}:5", "5"]}),
        ("/applications/return/", {"reason": "elsewhere"}),
        ("/applications/return/", {}),
    ],
)
def test_nothing_chosen_changes_nothing(desk, application, address, sent):
    assert desk.post(address, sent).status_code in (302, 422)
    assert Application.objects.get().state == "pending"


def test_somebody_elses_cannot_be_chosen(sign_in, cast, application):
    desk = sign_in(cast.class2_admin)
    desk.post("/applications/approve/", {"application": [f"{application.pk}:1"]})
    assert Application.objects.get().state == "pending"


def test_an_application_sent_again_shows_the_last_reason(desk, application, branch_admin):
    deciding.send_back(application, reason="facts", remark="编号不对", actor=branch_admin, now=NOW)
    applying.resend(application, content(), actor=nobody(), now=NOW)
    page = text(desk.get(url("detail", application)))
    assert ("上次退回" in page, "编号不对" in page) == (True, True)


def test_a_number_is_revealed_with_a_reason(desk, application):
    assert desk.post(url("reveal_phone", application), {"reason": ""}).status_code == 422
    assert "16300000077" in text(desk.post(url("reveal_phone", application), {"reason": "联系本人"}))


def test_it_stands_in_the_inbox_of_the_branch_once(desk, country, branch_admin, cast, sign_in):
    submit(country.class1, name="甲申请")
    submit(country.class1, name="乙申请")
    page = text(desk.get("/desk/inbox/?item=applications"))
    assert ("2 份注册申请等待审批" in page, "甲申请" in page, "乙申请" in page) == (True, True, True)
    assert collect.counts(branch_admin, now=NOW).inbox == len(collect.items(branch_admin, now=NOW))


def test_the_superior_is_told_only_of_branches_that_nobody_administers(sign_in, cast, country):
    submit(country.class1)
    submit(country.freshmen, name="新生")
    page = text(sign_in(cast.college_admin).get("/desk/inbox/?item=applications"))
    assert ("1 份注册申请等待审批" in page, "新生" in page) == (True, True)
