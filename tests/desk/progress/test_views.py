"""录入进度: the table, its order and pages, its export, and the lists of what is missing."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Account
from orgs import tree
from orgs.enums import Category
from orgs.models import Organization, Post
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def rows(answer) -> dict[str, tuple]:
    return {
        row.organization.short_name: (row.branches, row.members, row.cadres, str(row.entered))
        for row in answer.context["page"].rows
    }


def listed(answer) -> list[str]:
    return [row.organization.short_name for row in answer.context["page"].rows]


@pytest.fixture
def complete(cast, country):
    """The second class and the college's own cadres have everything; somebody in the first class lacks the phone."""
    Post.objects.filter(organization=country.class2).update(in_party_committee=False)
    Account.objects.filter(pk=cast.member.account_id).update(phone_cipher=None, ethnicity="")
    Organization.objects.filter(pk=country.class2.pk).update(industry="教育")
    return country


def test_each_direct_subordinate_is_counted_with_everything_below(sign_in, cast, complete):
    page = sign_in(cast.university_admin).get("/desk/progress/")
    assert rows(page) == {"石河子大学医学院团委": (3, 4, 3, "25%")}
    assert page.context["whole"].entered.asked == 5


def test_the_way_down_goes_level_by_level(sign_in, cast, complete):
    page = sign_in(cast.university_admin).get(f"/desk/progress/{complete.college.pk}/")
    assert rows(page) == {
        "2023级1班团支部": (1, 3, 1, "0%"),
        "2023级2班团支部": (1, 1, 1, "100%"),
        "2019级新生临时团支部": (1, 0, 0, "0%"),
    }
    assert f'href="/desk/progress/{complete.class1.pk}/people/"' in text(page)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["2023级1班团支部", "2023级2班团支部", "2019级新生临时团支部"]),
        ("members", ["2023级1班团支部", "2023级2班团支部", "2019级新生临时团支部"]),
        ("entered", ["2023级1班团支部", "2019级新生临时团支部", "2023级2班团支部"]),
        ("informed", ["2023级1班团支部", "2019级新生临时团支部", "2023级2班团支部"]),
        ("lacking", ["2023级1班团支部", "2023级2班团支部", "2019级新生临时团支部"]),
        ("name", ["2019级新生临时团支部", "2023级1班团支部", "2023级2班团支部"]),
        ("nonsense", ["2023级1班团支部", "2023级2班团支部", "2019级新生临时团支部"]),
    ],
)
def test_the_table_is_sorted(sign_in, cast, complete, sort, expected):
    assert listed(sign_in(cast.college_admin).get("/desk/progress/", {"sort": sort})) == expected


def test_the_share_of_those_not_yet_active_is_told(sign_in, cast, country):
    makers.make_member(country.class1, "未登录", password=None)
    page = sign_in(cast.college_admin).get("/desk/progress/")
    assert [(row.inactive, row.inactive_share) for row in page.context["page"].rows] == [
        (1, "25%"),
        (0, "0%"),
        (0, ""),
    ]


def test_many_subordinates_come_in_pages(sign_in, country):
    tree.plant(country.company, [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(60)])
    client = sign_in(makers.make_admin(country.company, "司管理"))
    first = client.get("/desk/progress/")
    second = client.get("/desk/progress/", {"after": first.context["page"].next})
    back = client.get("/desk/progress/", {"before": second.context["page"].previous})
    assert (len(listed(first)), len(listed(second)), listed(back)) == (50, 11, listed(first))
    assert second.context["page"].next is None


def test_a_branch_shows_itself(sign_in, cast, complete):
    page = sign_in(cast.class1_admin).get("/desk/progress/")
    assert (listed(page), page.context["whole"].lacking) == ([], 3)


def test_the_export_holds_the_whole_and_every_row(sign_in, cast, complete):
    answer = sign_in(cast.college_admin).post(
        f"/desk/progress/{complete.college.pk}/excel/", {"sort": "entered"}
    )
    cells = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in cells[:5]] == [
        "组织简称",
        "石河子大学医学院团委",
        "2023级1班团支部",
        "2019级新生临时团支部",
        "2023级2班团支部",
    ]
    assert cells[2][3:] == ("1", "3", "1", "0", "0%", "0", "1", "0%", "2", "1", "0", "0%")
    assert AuditEntry.objects.filter(verb="desk.progress_exported").count() == 1


# -- what is missing ----------------------------------------------------------------------------------


def test_organisations_are_listed_with_what_their_entry_lacks(sign_in, cast, complete):
    page = sign_in(cast.college_admin).get(
        f"/desk/progress/{complete.college.pk}/organizations/?lacking=entry"
    )
    assert [(site.organization.short_name, site.lacks, site.names) for site in page.context["sites"]] == [
        ("石河子大学医学院团委", ["资料完整的团干部至少 2 名，现有 0 名", "1 名团干部资料不完整"], True),
        ("2023级1班团支部", ["2 名团员资料不完整", "1 名团干部资料不完整"], True),
        ("2019级新生临时团支部", ["还没有团员和团干部"], False),
    ]


def test_organisations_are_listed_with_the_information_they_lack(sign_in, cast, complete):
    page = sign_in(cast.college_admin).get(f"/desk/progress/{complete.class1.pk}/organizations/")
    assert [site.lacks for site in page.context["sites"]] == [["所属行业类别"]]


def test_people_are_listed_with_the_fields_they_lack(sign_in, cast, complete):
    client = sign_in(cast.college_admin)
    page = client.get(f"/desk/progress/{complete.college.pk}/people/")
    assert [(person.account.name, person.lacks) for person in page.context["people"]] == [
        ("班一丽", ["是否同级党委（支部）成员"]),
        ("古丽努尔·买买提江", ["民族", "手机号码"]),
    ]
    cadres = client.get(f"/desk/progress/{complete.college.pk}/people/?who=cadres")
    assert [(person.account.name, person.title) for person in cadres.context["people"]] == [
        ("易学园", "书记"),
        ("班一丽", "书记"),
    ]


def test_where_there_is_nobody_it_does_not_say_that_all_is_complete(sign_in, cast):
    client = sign_in(cast.college_admin)
    empty = makers.make_org(cast.class1_admin.member.branch.parent, "2026级1班团支部")
    assert "还没有团员" in text(client.get(f"/desk/progress/{empty.pk}/people/"))
    assert "还没有团干部" in text(client.get(f"/desk/progress/{empty.pk}/people/?who=cadres"))


def test_where_nothing_is_missing_it_says_so(sign_in, cast, complete):
    client = sign_in(cast.class2_admin)
    assert "资料都完整" in text(client.get(f"/desk/progress/{complete.class2.pk}/people/"))
    assert "全部完成" in text(client.get(f"/desk/progress/{complete.class2.pk}/organizations/"))


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("organizations/?lacking=entry", 8),
        ("organizations/?lacking=information", 8),
        ("people/", 10),
        ("people/?who=cadres", 10),
    ],
)
@pytest.mark.parametrize("people", [1, 3])
def test_a_list_costs_as_many_queries_for_three_rows_as_for_one(
    sign_in, cast, country, listing, expected, people
):
    for at in range(people):
        branch = makers.make_org(country.college, f"2026级{at}班团支部")
        makers.make_post(makers.make_member(branch, f"同学{chr(0x4E00 + at)}", phone="").account, branch)
    client = sign_in(cast.college_admin)
    address = f"/desk/progress/{country.college.pk}/{listing}"
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(captured) == expected


def test_every_number_opens_as_many_names(sign_in, cast, complete):
    makers.make_member(complete.class1, "未登录", password=None)
    client = sign_in(cast.university_admin)
    for row in client.get(f"/desk/progress/{complete.college.pk}/").context["page"].rows:
        pk = row.organization.pk
        opened = [
            client.get(address).context["page"].total
            for address in (
                f"/members/?branch={pk}",
                f"/cadres/?branch={pk}",
                f"/members/?state=initial&branch={pk}",
                f"/desk/progress/{pk}/people/",
                f"/desk/progress/{pk}/people/?who=cadres",
                f"/desk/progress/{pk}/organizations/?lacking=entry",
                f"/desk/progress/{pk}/organizations/?lacking=information",
            )
        ]
        left = [rate.asked - rate.complete for rate in (row.entered, row.informed)]
        assert opened == [
            row.members,
            row.cadres,
            row.inactive,
            row.members_lacking,
            row.cadres_lacking,
            *left,
        ]
