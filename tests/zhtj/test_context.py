"""Where a page is: the path of the organisation acted for, or 个人中心, and the line of the menu above it."""

import pytest

from orgs.queries import path_of
from zhtj.context import Frame


def crumbs(sign_in, account, address: str):
    return Frame(sign_in(account).get(address).wsgi_request).crumbs


@pytest.mark.parametrize("address", ["/members/", "/removals/", "/desk/inbox/", "/desk/"])
def test_a_page_of_the_menu_says_where_the_administrator_acts(sign_in, cast, country, address):
    found = crumbs(sign_in, cast.college_admin, address)
    assert found == tuple((each.short_name, "") for each in path_of(country.college))


def test_a_page_below_one_of_the_menu_leads_back_to_it(sign_in, cast):
    found = crumbs(sign_in, cast.class1_admin, f"/members/{cast.member.pk}/edit/")
    assert found[-2:] == (("2023级1班团支部", ""), ("团员列表", "/members/"))


def test_personal_pages_lead_back_to_the_own_first_page(sign_in, cast):
    account = cast.member.account
    assert crumbs(sign_in, account, "/me/") == ()
    assert crumbs(sign_in, account, "/me/inbox/") == (("个人中心", "/me/"),)
    assert crumbs(sign_in, account, "/me/profile/edit/") == (
        ("个人中心", "/me/"),
        ("我的资料", "/me/profile/"),
    )


def test_an_administrator_is_not_led_through_the_organisation_on_personal_pages(sign_in, cast):
    assert crumbs(sign_in, cast.class1_admin, "/me/seen/") == (("个人中心", "/me/"),)


def test_help_has_its_own_way_back(sign_in, cast):
    assert 'class="crumbs"' not in sign_in(cast.member.account).get("/help/").content.decode()
