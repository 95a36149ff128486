"""Both lists as administrators use them: conditions, columns, pages, what is offered."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Account
from orgs.enums import Category
from orgs.models import Post
from tests import makers

from .pages import CADRES, LIST, NEXT, PREVIOUS, headings, link, names, text

COLLEGE = ["班一丽", "古丽努尔·买买提江", "欧阳小明", "班二伟"]


@pytest.fixture
def college(cast, sign_in):
    """The college's administrator at the browser."""
    return sign_in(cast.college_admin)


class TestMembers:
    def test_a_branch_lists_its_own_members(self, cast, sign_in):
        assert names(sign_in(cast.class2_admin).get(LIST)) == ["班二伟"]

    def test_a_committee_lists_everybody_below_in_the_order_of_the_branches(self, college):
        assert names(college.get(LIST)) == COLLEGE

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=欧阳", ["欧阳小明"]),
            ("q=oyxm", ["欧阳小明"]),
            ("q=古丽努尔.买买提江", ["古丽努尔·买买提江"]),
            ("q=小明", []),
            ("state=initial", []),
            ("state=set&q=b", ["班一丽", "班二伟"]),
            ("post=yes", ["班一丽", "班二伟"]),
            ("post=no", ["古丽努尔·买买提江", "欧阳小明"]),
            ("sex=女&sex=女&ethnicity=汉族&age_from=90", []),
            ("age_from=10&age_to=40", COLLEGE),
            ("age_to=5", []),
            ("political=群众", []),
            ("education=本科（在读）", COLLEGE),
            ("joined_from_year=2020&joined_from_month=5", COLLEGE),
            ("joined_from_year=2020&joined_from_month=6", []),
            ("joined_to_year=2020&joined_to_month=5", COLLEGE),
            ("phone=yes", COLLEGE),
            ("phone=no", []),
            ("overage=no", COLLEGE),
            ("since=2999-01-01", []),
            ("since=2020-01-01", COLLEGE),
            ("complete=no&post=no", []),
            ("complete=yes&post=no", ["古丽努尔·买买提江", "欧阳小明"]),
            ("age_from=x&state=nonsense&joined_from_year=2020", COLLEGE),
        ],
    )
    def test_conditions(self, college, query, found):
        assert names(college.get(f"{LIST}?{query}")) == found

    def test_over_age_is_28_today_without_a_post(self, cast, country, college):
        old = makers.make_member(country.class2, "高龄", number=makers.number_of(date(1990, 1, 1)))
        makers.make_member(country.class2, "年轻", number=makers.number_of(date(2000, 1, 1)))
        assert names(college.get(f"{LIST}?overage=yes")) == ["高龄"]
        makers.make_post(old.account, country.class2, "组织委员")
        assert names(college.get(f"{LIST}?overage=yes")) == []

    def test_what_is_missing_makes_incomplete(self, country, college):
        makers.make_member(country.class2, "缺学历", education="")
        makers.make_member(country.class2, "缺手机", phone="")
        assert names(college.get(f"{LIST}?complete=no&post=no")) == ["缺学历", "缺手机"]
        assert "缺手机号码" in text(college.get(f"{LIST}?c=complete"))

    def test_any_organisation_of_the_scope_narrows_to_its_subtree(self, cast, country, sign_in):
        client = sign_in(cast.university_admin)
        assert names(client.get(f"{LIST}?branch={country.college.pk}")) == COLLEGE
        assert names(client.get(f"{LIST}?branch={country.class2.pk}")) == ["班二伟"]
        assert names(client.get(f"{LIST}?branch={country.workshop.pk}")) == COLLEGE

    def test_every_condition_in_use_is_a_chip_that_goes_away(self, college):
        response = college.get(f"{LIST}?q=欧阳&sex=男&c=phone")
        chips = response.context["asked"].chips
        assert [each.text for each in chips] == ["姓名：欧阳", "性别：男"]
        assert [each.url for each in chips] == [
            "?sex=%E7%94%B7&c=name&c=phone",
            "?q=%E6%AC%A7%E9%98%B3&c=name&c=phone",
        ]

    def test_columns_are_chosen_and_the_name_stays(self, college):
        assert headings(college.get(LIST)) == [
            "姓名",
            "身份证号码",
            "所在团支部",
            "入团年月",
            "团内职务",
            "登录状态",
        ]
        assert headings(college.get(f"{LIST}?c=age&c=ethnicity&c=unknown")) == ["姓名", "年龄", "民族"]

    def test_a_branch_is_not_told_its_own_name(self, cast, sign_in):
        assert "所在团支部" not in headings(sign_in(cast.class1_admin).get(LIST))

    def test_every_column_can_be_shown(self, college):
        keys = "&".join(f"c={each.key}" for each in college.get(LIST).context["known"])
        response = college.get(f"{LIST}?{keys}")
        assert len(headings(response)) == len(response.context["known"])

    def test_another_order_is_offered_and_kept_in_the_address(self, country, college):
        makers.make_member(country.class1, "艾最早", joined=date(2019, 1, 1))
        assert names(college.get(f"{LIST}?sort=joined"))[0] == "艾最早"
        assert names(college.get(f"{LIST}?sort=name"))[0] == "艾最早"
        assert names(college.get(f"{LIST}?sort=created"))[0] == "艾最早"

    def test_nobody_at_all_and_nobody_who_fits_are_told_apart(self, cast, country, sign_in, college):
        assert "没有人符合这些条件" in text(college.get(f"{LIST}?q=无此人"))
        assert "姓名：无此人" in text(college.get(f"{LIST}?q=无此人"))
        empty = makers.make_org(country.college, "2030级1班团支部")
        alone = text(college.get(f"{LIST}?branch={empty.pk}"))
        assert "“2030级1班团支部”还没有团员" in alone
        assert f'href="/members/add/?branch={empty.pk}"' in alone
        assert "没有人符合这些条件" in text(college.get(f"{LIST}?branch={empty.pk}&q=无此人"))
        county = makers.make_org(country.zibo, "团邹平县委", Category.LEADING_BODY, level=4)
        alone = makers.make_admin(county, "县委书记")
        response = sign_in(alone).get(LIST)
        assert "还没有团员" in text(response)
        offered = re.findall(r'href="(/members/add/|/imports/new/)', response.content.decode())
        assert offered == []


class TestPages:
    def test_pages_follow_each_other_both_ways_and_keep_size_and_conditions(self, cast, country, college):
        for at in range(45):
            makers.make_member(country.class2, f"王{chr(0x4E00 + at)}", password=None)
        whole = names(college.get(f"{LIST}?q=王&size=50"))
        first = college.get(f"{LIST}?q=王&size=20")
        second = college.get(LIST + link(NEXT, first))
        third = college.get(LIST + link(NEXT, second))
        assert names(first) + names(second) + names(third) == whole
        assert names(college.get(LIST + link(PREVIOUS, third))) == names(second)
        assert "共 45 人" in text(third)

    @pytest.mark.parametrize("sort", ["name", "age", "joined", "created"])
    def test_sorted_pages_follow_each_other_too(self, country, college, sort):
        for at in range(25):
            born = date(2005, at % 12 + 1, 5)
            makers.make_member(
                country.class2,
                f"王{chr(0x4E00 + at % 5)}",
                number=makers.number_of(born),
                joined=date(2020, at % 7 + 1, 1),
                password=None,
            )
        whole = names(college.get(f"{LIST}?sort={sort}&size=50"))
        first = college.get(f"{LIST}?sort={sort}&size=20")
        assert names(first) + names(college.get(LIST + link(NEXT, first))) == whole
        assert len(whole) == 29


class TestManyOrganisations:
    @pytest.fixture
    def many(self, country, monkeypatch):
        """More organisations than a list of choices holds."""
        monkeypatch.setattr("members.lists.places.CHOICES", 2)

    def test_they_are_looked_for_by_name(self, many, college):
        response = college.get(f"{LIST}?branch_name=2023级2班")
        assert names(response) == ["班二伟"]
        assert [each.organization.short_name for each, _ in response.context["asked"].places] == [
            "2023级2班团支部"
        ]

    def test_one_of_those_offered_is_taken_by_its_link(self, many, country, college):
        (offer,) = college.get(f"{LIST}?branch_name=2023级2班").context["asked"].places
        assert offer[1] == f"?branch={country.class2.pk}"
        response = college.get(LIST + offer[1])
        assert names(response) == ["班二伟"]
        assert f'<input type="hidden" name="branch" value="{country.class2.pk}"' in text(response)

    def test_one_outside_the_scope_is_like_none(self, many, country, college):
        assert names(college.get(f"{LIST}?branch={country.workshop.pk}")) == COLLEGE
        assert college.get(f"{LIST}?branch_name=装配车间").context["asked"].places == []


class TestCadres:
    def test_the_list_holds_the_own_and_all_below(self, college):
        assert names(college.get(CADRES)) == ["易学园", "班一丽", "班二伟"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=易", ["易学园"]),
            ("q=byl", ["班一丽"]),
            ("reach=own", ["易学园"]),
            ("title=副书记", []),
            ("title=书记&nature=兼职", ["易学园", "班一丽", "班二伟"]),
            ("nature=专职", []),
            ("admin=yes", ["易学园", "班一丽", "班二伟"]),
            ("admin=no", []),
            ("complete=yes", []),
            ("member=no", ["易学园"]),
            ("party=no", ["易学园", "班一丽", "班二伟"]),
        ],
    )
    def test_conditions(self, college, query, found):
        assert names(college.get(f"{CADRES}?{query}")) == found

    def test_complete_is_the_person_and_the_post(self, cast, college):
        Post.objects.filter(account=cast.college_admin).update(in_party_committee=False)
        assert names(college.get(f"{CADRES}?complete=yes")) == ["易学园"]
        Account.objects.filter(pk=cast.college_admin.pk).update(education="")
        assert names(college.get(f"{CADRES}?complete=yes")) == []

    def test_one_organisation_and_what_is_below(self, country, cast, sign_in):
        client = sign_in(cast.university_admin)
        assert names(client.get(f"{CADRES}?branch={country.class2.pk}")) == ["班二伟"]

    def test_every_column_can_be_shown_and_sorted(self, college):
        keys = "&".join(f"c={each.key}" for each in college.get(CADRES).context["known"])
        for sort in ("", "name", "age", "title", "since"):
            response = college.get(f"{CADRES}?{keys}&sort={sort}")
            assert len(headings(response)) == len(response.context["known"])

    def test_the_branch_of_somebody_from_elsewhere_is_not_named(self, cast, country, college):
        makers.make_post(cast.worker.account, country.college, "委员")
        page = text(college.get(f"{CADRES}?c=branch"))
        assert ("其他团支部" in page, "装配车间" in page) == (True, False)


class TestBulk:
    def test_all_that_match_are_named_before_anything_is_done(self, cast, college):
        response = college.post(reverse("members:chosen"), {"every": "1", "query": "post=no"})
        assert [line.account.name for line in response.context["lines"]] == ["古丽努尔·买买提江", "欧阳小明"]
        assert f'name="account" value="{cast.classmate.account_id}"' in text(response)

    def test_too_many_are_refused(self, college, monkeypatch):
        monkeypatch.setattr("members.lists.selection.MOST", 3)
        response = college.post(reverse("members:chosen"), {"every": "1", "query": ""}, follow=True)
        assert "请缩小条件后分次办理" in text(response)

    def test_nobody_outside_the_scope_is_chosen(self, cast, college):
        response = college.post(reverse("members:chosen"), {"account": [cast.worker.account_id]}, follow=True)
        assert "没有选中任何人" in text(response)

    def test_a_post_is_registered_for_one(self, cast, country, college):
        response = college.post(reverse("members:appoint"), {"account": [cast.classmate.account_id]})
        assert response.url == f"/cadres/of/{country.class1.pk}/add/?member={cast.classmate.pk}"
        both = [cast.classmate.account_id, cast.member.account_id]
        refused = college.post(reverse("members:appoint"), {"account": both}, follow=True)
        assert "一次只能选择一人" in text(refused)

    def test_cadres_are_chosen_by_their_posts(self, cast, college):
        post = Post.objects.get(account=cast.class1_admin)
        response = college.post(reverse("cadres:chosen"), {"posts": [post.pk]})
        assert [line.account.name for line in response.context["lines"]] == ["班一丽"]
        plan = college.post(reverse("members:reset_codes"), {"posts": [post.pk]})
        assert [slip.account.name for slip in plan.context["able"]] == ["班一丽"]


class TestRows:
    def test_the_only_one_found_is_opened_at_once_where_that_is_asked(self, cast, college):
        found = college.get(f"{LIST}?q=欧阳小明&open=1")
        assert found["Location"] == f"/members/{cast.classmate.pk}/"
        assert college.get(f"{LIST}?q=欧阳小明").status_code == 200
        assert college.get(f"{LIST}?q=班&open=1").status_code == 200

    def test_a_row_leads_to_editing_only_where_it_is_allowed(self, cast, sign_in):
        where = f"/members/{cast.classmate.pk}/edit/"
        seen = {
            name: where in text(sign_in(getattr(cast, name)).get(LIST))
            for name in ("class1_admin", "college_admin", "university_admin")
        }
        assert seen == {"class1_admin": True, "college_admin": True, "university_admin": False}

    def test_nobody_is_led_to_editing_the_own_data_at_once(self, cast, sign_in):
        own = f"/members/{cast.class1_admin.member.pk}/edit/"
        assert own not in text(sign_in(cast.class1_admin).get(LIST))
