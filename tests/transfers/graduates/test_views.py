"""The pages: progress, names, marks, grid, deadline; what is sent, what comes back, what is refused."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orgs.scope import scope_of
from tests import makers
from transfers.graduates import marking, people
from transfers.models import BranchMark, Deadline, PeopleList, PersonMark, Plan
from zhtj.audit.models import AuditEntry

from .conftest import at

JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def summer():
    """Everything happens on 15 August 2026."""
    with time_machine.travel(at(8, 15), tick=False):
        yield


@pytest.fixture
def branch(country, leave):
    return leave(country.class1)


def url(organization, page="", query=""):
    return f"/graduates/{organization.pk}/{page}{query}"


def text(response):
    return response.content.decode()


def test_the_workbench_counts_by_subordinate(branch, country, cast, sign_in):
    response = sign_in(cast.university_admin).get("/graduates/")
    lines = [response.context["whole"], *response.context["page"].rows]
    assert [(each.organization.pk, each.tally.waiting) for each in lines] == [
        (country.university.pk, 3),
        (country.college.pk, 3),
        (cast.stranger.posts.get().organization_id, 0),
    ]


def test_one_leads_down_to_the_class_and_to_the_names(branch, country, cast, sign_in):
    page = text(sign_in(cast.university_admin).get(url(country.college)))
    assert f'href="/graduates/{branch.pk}/people/"' in page
    assert f'href="/graduates/{branch.pk}/names/?year=2026&amp;group=waiting"' in page


def test_a_superior_without_classes_is_told_how_to_begin(country, cast, sign_in):
    page = text(sign_in(cast.college_admin).get("/graduates/"))
    assert "还没有毕业班" in page


def test_a_branch_comes_straight_to_its_grid(branch, cast, sign_in):
    response = sign_in(cast.class1_admin).get("/graduates/")
    assert response.headers["Location"] == url(branch, "people/")


def test_the_names_stand_behind_each_number(branch, country, cast, sign_in):
    people.mark(branch, [cast.classmate.account_id], "teacher", actor=scope_of(cast.class1_admin))
    client = sign_in(cast.college_admin)
    found = {
        group: [
            each.account.name
            for each in client.get(url(country.college, "names/", f"?group={group}")).context["persons"]
        ]
        for group in ("waiting", "spared", "done")
    }
    assert found == {"waiting": ["班一丽", "古丽努尔·买买提江"], "spared": ["欧阳小明"], "done": []}


@pytest.mark.parametrize("page", ["excel/", "names/excel/"])
def test_both_lists_are_exported_and_recorded(branch, country, cast, sign_in, page):
    response = sign_in(cast.college_admin).post(url(country.college, page), {"year": "2026"})
    assert response.headers["Content-Type"].startswith("application/vnd.openxml")
    assert AuditEntry.objects.filter(verb="graduates.exported", actor_id=cast.college_admin.pk).count() == 1


def test_too_many_names_are_not_exported(branch, country, cast, sign_in, settings):
    settings.EXPORT_ROWS = 2
    response = sign_in(cast.college_admin).post(url(country.college, "names/excel/"), follow=True)
    assert "名单有3人，一次最多导出2人，请进入下级组织分别导出。" in text(response)


# -- marking branches ---------------------------------------------------------------------------------


def marked():
    return dict(BranchMark.objects.values_list("organization__short_name", "kind"))


def put(client, country, *branches, **data):
    sent = {
        "branch": [each.pk for each in branches],
        "mark-kind": "class",
        "mark-expected_year": "2027",
        "mark-expected_month": "6",
        **data,
    }
    return client.post(url(country.college, "marks/put/"), sent, follow=True)


def test_many_branches_are_marked_at_once(country, cast, sign_in):
    page = text(put(sign_in(cast.college_admin), country, country.class1, country.class2))
    assert "已标记 2 个团支部：2027-06毕业。2027-06-01变更为毕业生团支部，此前可以改正。" in page
    assert marked() == {"2023级1班团支部": "class", "2023级2班团支部": "class"}


def test_a_month_whose_day_is_over_is_pointed_out(country, cast, sign_in):
    page = text(put(sign_in(cast.college_admin), country, country.class1, **{"mark-expected_year": "2026"}))
    assert "2026-06-01已过，今天夜里变更为毕业生团支部，此前可以改正。" in page


def test_without_a_month_the_ticks_stay(country, cast, sign_in):
    empty = {"mark-expected_year": "", "mark-expected_month": ""}
    response = put(sign_in(cast.college_admin), country, country.class1, **empty)
    assert (response.status_code, response.context["chosen"]) == (422, {country.class1.pk})
    assert "毕业班需要预计毕业时间" in text(response)


def test_all_that_answer_to_the_conditions_are_marked(country, cast, sign_in):
    put(sign_in(cast.college_admin), country, every="1", query="q=2023级")
    assert marked() == {"2023级1班团支部": "class", "2023级2班团支部": "class"}


def test_marks_are_taken_off(country, cast, sign_in):
    client = sign_in(cast.college_admin)
    put(client, country, country.class1, country.class2)
    sent = {"branch": [country.class1.pk], "query": "q=2023级"}
    response = client.post(url(country.college, "marks/clear/"), sent)
    assert response.headers["Location"].startswith(url(country.college, "marks/", "?q="))
    assert marked() == {"2023级2班团支部": "class"}


def test_a_higher_superior_sees_the_marks_and_ticks_nothing(country, cast, sign_in):
    client = sign_in(cast.university_admin)
    assert client.get(url(country.university, "marks/")).context["lines"] == []
    lines = client.get(url(country.university, "marks/", "?which=all")).context["lines"]
    assert [(each.organization.pk, each.markable) for each in lines] == [
        (each.pk, False) for each in (country.class1, country.class2, country.freshmen)
    ]
    response = put(client, country, country.class1)
    assert response.status_code == 422
    assert marked() == {}


def test_the_years_in_the_names_only_narrow_the_list(country, cast, sign_in):
    client = sign_in(cast.college_admin)
    response = client.get(url(country.college, "marks/"))
    assert response.context["grades"] == [("2023级", 2), ("2019级", 1)]
    lines = client.get(url(country.college, "marks/", "?q=2019级")).context["lines"]
    assert [each.organization.pk for each in lines] == [country.freshmen.pk]


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("unmarked", ["2019级新生临时团支部"]),
        ("upcoming", ["2023级2班团支部"]),
        ("leaving", ["2023级1班团支部"]),
        ("singly", []),
    ],
)
def test_branches_are_found_by_their_state(branch, country, cast, sign_in, state, names):
    marking.mark([country.class2.pk], "class", date(2027, 6, 1), actor=scope_of(cast.college_admin))
    lines = (
        sign_in(cast.college_admin).get(url(country.college, "marks/", f"?state={state}")).context["lines"]
    )
    assert [each.organization.short_name for each in lines] == names


# -- one branch ---------------------------------------------------------------------------------------


def test_members_are_marked_from_the_grid(branch, cast, sign_in):
    sent = {"account": [cast.member.account_id], "mark-kind": "teacher", "mark-remark": "留校"}
    page = text(sign_in(cast.class1_admin).post(url(branch, "people/mark/"), sent, follow=True))
    assert "已标记 1 人：教师。" in page
    assert list(PersonMark.objects.values_list("kind", "remark")) == [("teacher", "留校")]


def test_a_delay_without_a_month_is_asked_for_and_the_ticks_stay(branch, cast, sign_in):
    sent = {"account": [cast.member.account_id], "mark-kind": "delayed"}
    response = sign_in(cast.class1_admin).post(url(branch, "people/mark/"), sent)
    assert (response.status_code, response.context["chosen"]) == (422, {cast.member.account_id})
    assert "延迟毕业需要预计毕业时间" in text(response)


def test_marks_of_members_are_taken_off(branch, cast, sign_in):
    people.mark(branch, [cast.member.account_id], "teacher", actor=scope_of(cast.class1_admin))
    sent = {"account": [cast.member.account_id]}
    page = text(sign_in(cast.college_admin).post(url(branch, "people/unmark/"), sent, follow=True))
    assert "已取消 1 人的标记。" in page


@pytest.mark.parametrize(
    ("typed", "is_organization"), [("{workshop}", True), ("某公司", False), ("{branch}", False)]
)
def test_a_full_name_becomes_the_organisation_where_it_can_be_a_target(
    branch, country, cast, sign_in, typed, is_organization
):
    typed = typed.format(workshop=country.workshop.full_name, branch=branch.full_name)
    sent = {"account": [cast.member.account_id], "plan-kind": "studies", "plan-target": typed}
    sign_in(cast.class1_admin).post(url(branch, "people/plan/"), sent)
    plan = Plan.objects.get()
    assert (plan.target_id is not None, plan.where) == (is_organization, typed)


def test_a_destination_must_be_chosen(branch, cast, sign_in):
    sent = {"account": [cast.member.account_id], "plan-target": "某公司"}
    response = sign_in(cast.class1_admin).post(url(branch, "people/plan/"), sent)
    assert response.status_code == 422
    assert "某公司" in text(response)


def test_those_ticked_are_sent_together_with_their_targets(branch, country, cast, sign_in):
    actor = scope_of(cast.class1_admin)
    people.plan(branch, [cast.member.account_id], people.Going("studies", country.workshop), actor=actor)
    sent = {"account": [cast.member.account_id]}
    response = sign_in(cast.class1_admin).post(url(branch, "people/send/"), sent)
    brought = PeopleList.objects.get()
    assert response.headers["Location"] == f"/transfers/many/{brought.pk}/"
    assert brought.payload["lines"][0]["target"] == country.workshop.pk


def test_a_higher_superior_sees_the_grid_and_changes_nothing(branch, cast, sign_in):
    client = sign_in(cast.university_admin)
    assert 'name="account"' not in text(client.get(url(branch, "people/")))
    sent = {"account": [cast.member.account_id], "mark-kind": "teacher"}
    assert client.post(url(branch, "people/mark/"), sent).status_code == 403
    assert not PersonMark.objects.exists()


def test_an_unmarked_branch_says_who_marks_it(country, cast, sign_in):
    page = text(sign_in(cast.class1_admin).get(url(country.class1, "people/")))
    assert "“2023级1班团支部”的毕业时间由其直接上级标记" in page


def test_a_large_class_comes_in_pages(branch, cast, sign_in):
    for number in range(120):
        makers.make_member(branch, f"同学{chr(0x4E00 + number)}")
    response = sign_in(cast.class1_admin).get(url(branch, "people/"))
    assert (len(response.context["page"].rows), response.context["page"].total) == (100, 123)


# -- the deadline -------------------------------------------------------------------------------------


def test_the_deadline_is_set_and_shown_below(branch, country, cast, sign_in):
    sent = {"day": "2026-09-10"}
    page = text(sign_in(cast.university_admin).post(url(country.university, "deadline/"), sent, follow=True))
    assert "已设定期限，全部下级都会看到。" in page
    page = text(sign_in(cast.class1_admin).get(url(branch, "people/")))
    assert "转接期限 2026-09-10，由石河子大学团委设定。" in page


def test_a_day_out_of_its_year_is_refused_at_its_field(country, cast, sign_in):
    response = sign_in(cast.college_admin).post(url(country.college, "deadline/"), {"day": "2026-05-01"})
    assert response.status_code == 422
    assert "期限应在2026-06-01之后" in text(response)


def test_the_deadline_is_taken_off(country, cast, sign_in):
    client = sign_in(cast.college_admin)
    client.post(url(country.college, "deadline/"), {"day": "2026-09-10"})
    client.post(url(country.college, "deadline/drop/", "?year=2026"))
    assert not Deadline.objects.exists()


# -- cost ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "names/", "marks/?which=all"])
def test_pages_cost_the_same_with_one_class_and_with_four(branch, country, cast, sign_in, leave, page):
    client = sign_in(cast.college_admin)
    client.get(url(country.college, page))
    one = queries_of(client, url(country.college, page))
    for number in range(3):
        more = makers.make_org(country.college, f"2022级{number}班团支部")
        makers.make_member(more, f"同学{chr(0x4E00 + number)}")
        leave(more)
    assert queries_of(client, url(country.college, page)) == one


def queries_of(client, address):
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return len(seen)
