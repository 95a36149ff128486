"""下级组织管理: sorting, filters, export, search of the whole scope, and the tree."""

import io

import pytest
from openpyxl import load_workbook

from orgs import renaming, scope, tree
from orgs.enums import Category
from orgs.models import Organization
from tests import makers
from zhtj.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def names(answer):
    return [row.organization.short_name for row in answer.context["rows"]]


@pytest.fixture
def classes(country):
    """Classes whose numbers sort by value, one of them a 团总支."""
    tree.plant(
        country.company,
        [
            tree.Seedling(Category.BRANCH, "2026级10班团支部"),
            tree.Seedling(Category.BRANCH, "2026级2班团支部"),
            tree.Seedling(Category.GENERAL_BRANCH, "2026级团总支"),
        ],
    )
    return makers.make_admin(country.company, "司管理")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["装配车间团支部", "2026级10班团支部", "2026级2班团支部", "2026级团总支"]),
        ("name", ["2026级2班团支部", "2026级10班团支部", "2026级团总支", "装配车间团支部"]),
        ("category", ["2026级团总支", "装配车间团支部", "2026级10班团支部", "2026级2班团支部"]),
        ("members", ["装配车间团支部", "2026级10班团支部", "2026级2班团支部", "2026级团总支"]),
        ("information", ["2026级10班团支部", "2026级2班团支部", "2026级团总支", "装配车间团支部"]),
        ("nonsense", ["装配车间团支部", "2026级10班团支部", "2026级2班团支部", "2026级团总支"]),
    ],
)
def test_the_list_is_sorted(sign_in, cast, classes, country, sort, expected):
    Organization.objects.filter(pk=country.workshop.pk).update(industry="制造业")
    assert names(sign_in(classes).get("/desk/subordinates/", {"sort": sort})) == expected


@pytest.mark.parametrize("sort", ["", "name", "category", "members", "information"])
def test_pages_go_by_key_in_every_order(sign_in, country, sort):
    tree.plant(country.college, [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(30)])
    client = sign_in(makers.make_admin(country.college, "易学园"))
    first = client.get("/desk/subordinates/", {"sort": sort})
    second = client.get("/desk/subordinates/", {"sort": sort, "after": first.context["page"].next})
    assert (len(names(first)), len(names(second)), len({*names(first), *names(second)})) == (20, 13, 33)


def test_completeness_is_said_of_each_and_rolled_up(sign_in, cast, country):
    Organization.objects.filter(pk=country.class1.pk).update(industry="教育")
    row = sign_in(cast.university_admin).get("/desk/subordinates/").context["rows"][0]
    assert (len(row.lacks), row.rate.complete, row.rate.asked) == (5, 1, 4)
    rows = sign_in(cast.college_admin).get("/desk/subordinates/", {"lacking": "information"})
    assert names(rows) == ["2023级2班团支部", "2019级新生临时团支部"]


def test_home_rolls_up_the_whole_scope(sign_in, cast, country):
    Organization.objects.filter(pk=country.class1.pk).update(industry="教育")
    tiles = {tile["label"]: tile for tile in sign_in(cast.university_admin).get("/desk/").context["tiles"]}
    assert (tiles["组织信息完善率"]["value"], tiles["组织信息完善率"]["note"]) == (20, "1 / 5")


def test_the_export_holds_what_the_list_shows(sign_in, cast, country):
    client = sign_in(cast.college_admin)
    answer = client.post("/desk/subordinates/export/", {"q": "2023级", "sort": "name"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:3]] == ["2023级1班团支部", "2023级2班团支部"]
    assert rows[1][2:5] == ("团支部", "班一丽", "未分配")
    entry = AuditEntry.objects.get(verb="desk.subordinates_exported")
    note = next(row[0] for row in rows[3:] if row[0])
    assert ("易学园" in note, str(entry.act) in note, entry.detail["rows"]) == (True, True, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023级1班", ["2023级1班团支部"]),
        ("医学院2023级2班", ["2023级2班团支部"]),
        ("shzdxyxytw", ["石河子大学医学院团委"]),
        ("装配车间", []),
        ("", []),
    ],
)
def test_the_whole_scope_is_searched(sign_in, cast, country, text, found):
    assert names(sign_in(cast.corps_admin).get("/desk/search/", {"q": text})) == found


def test_a_hit_shows_the_way_down_and_its_former_name(sign_in, cast, country):
    actor = scope.scope_of(cast.university_admin)
    renaming.carry_out(country.college, "医学部团委", actor=actor)
    row = sign_in(cast.corps_admin).get("/desk/search/", {"q": "石河子大学医学院"}).context["rows"][0]
    assert [each.short_name for each in row.above] == ["新疆生产建设兵团团委", "石河子大学团委"]
    assert row.formerly == "新疆生产建设兵团石河子大学石河子大学医学院团委"


def test_a_former_full_name_finds_what_is_below_the_renamed(sign_in, cast, country):
    old = country.class1.full_name
    renaming.carry_out(country.college, "医学部团委", actor=scope.scope_of(cast.university_admin))
    assert names(sign_in(cast.corps_admin).get("/desk/search/", {"q": old})) == ["2023级1班团支部"]


@pytest.mark.parametrize("rows", [3, 30])
def test_a_search_costs_the_same_for_any_number(sign_in, cast, country, django_assert_num_queries, rows):
    tree.plant(country.college, [tree.Seedling(Category.BRANCH, f"寻{at}班团支部") for at in range(rows)])
    client = sign_in(cast.corps_admin)
    client.get("/desk/search/")
    with django_assert_num_queries(11):
        client.get("/desk/search/", {"q": "医学院寻", "size": "50"})


def test_the_tree_begins_with_the_own_subordinates(sign_in, cast, country):
    answer = sign_in(cast.corps_admin).get("/desk/tree/")
    level = answer.context["level"]
    assert [(node.organization, node.children, node.members) for node in level.nodes] == [
        (country.university, 1, 4)
    ]
    assert f"/desk/tree/{country.university.pk}/" in text(answer)


def test_without_javascript_a_link_opens_a_level(sign_in, cast, country):
    answer = sign_in(cast.corps_admin).get("/desk/tree/", {"at": country.college.pk})
    assert [each.short_name for each in answer.context["trail"]] == [
        "新疆生产建设兵团团委",
        "石河子大学团委",
        "石河子大学医学院团委",
    ]
    assert f'href="/orgs/{country.class1.pk}/"' in text(answer)


def test_a_large_level_goes_on(sign_in, cast, country):
    tree.plant(country.college, [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(150)])
    client = sign_in(cast.college_admin)
    first = client.get(f"/desk/tree/{country.college.pk}/").context["level"]
    second = client.get(f"/desk/tree/{country.college.pk}/", {"after": first.after}).context["level"]
    assert (len(first.nodes), len(second.nodes), second.after) == (100, 53, None)


@pytest.mark.parametrize("rows", [3, 300])
@pytest.mark.parametrize(("address", "expected"), [("/desk/tree/", 7), ("/desk/tree/{}/", 5)])
def test_the_tree_costs_the_same_for_any_number(
    sign_in, cast, country, django_assert_num_queries, rows, address, expected
):
    tree.plant(country.college, [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(rows)])
    client = sign_in(cast.college_admin)
    address = address.format(country.college.pk)
    client.get(address)
    with django_assert_num_queries(expected):
        client.get(address)


@pytest.mark.parametrize("path", ["/desk/tree/", "/desk/search/", "/desk/subordinates/"])
def test_a_branch_has_nothing_below(sign_in, cast, path):
    assert sign_in(cast.class1_admin).get(path).status_code == 404


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30])
def test_an_unreadable_position_begins_at_the_beginning(sign_in, cast, country, after):
    answer = sign_in(cast.corps_admin).get("/desk/tree/", {"after": after, "at": after})
    assert answer.status_code in (200, 404)


def test_the_contacts_are_the_organisations_own_and_never_the_mobile_of_the_secretary(sign_in, cast, country):
    Organization.objects.filter(pk=country.class1.pk).update(
        contact_phone="0993-2057001", address="北二路59号"
    )
    tree.plant(country.college, [tree.Seedling(Category.PENDING_BRANCH, "待接转团支部")])
    client = sign_in(cast.college_admin)
    answer = client.get("/desk/contacts/")
    cards = {each.organization.short_name: each.secretary for each in answer.context["cards"]}
    assert cards == {
        "2023级1班团支部": "班一丽",
        "2023级2班团支部": "班二伟",
        "2019级新生临时团支部": "",
    }
    assert "0993-2057001" in text(answer)
    assert cast.class1_admin.phone not in text(answer)
    sheet = load_workbook(io.BytesIO(client.post("/desk/contacts/excel/").content)).active
    assert [cell.value for cell in sheet[2]] == [
        country.class1.full_name,
        "团支部",
        "班一丽",
        "0993-2057001",
        "北二路59号",
    ]
    assert AuditEntry.objects.filter(verb="desk.contacts_exported").count() == 1


def test_a_code_is_given_from_the_row_while_nobody_administers_and_none_is_valid(sign_in, cast, country):
    where = f"/codes/{country.freshmen.pk}/issue/"
    client = sign_in(cast.college_admin)
    page = client.get("/desk/subordinates/").content.decode()
    assert (where in page, f"/codes/{country.class1.pk}/issue/" in page) == (True, False)
    client.post(where)
    assert where not in client.get("/desk/subordinates/").content.decode()
