"""Charts in a real browser: drawn from the table beside them, under the strict policy, and leading to the names."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)
CHARTS = 9  # seven tables, the trend, the direct subordinates


@pytest.fixture
def administrator(live_server, cast):
    """The college's administrator, as a cookie."""
    client = Client()
    client.force_login(cast.college_admin)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}


def test_every_table_has_its_chart_and_a_bar_leads_where_its_number_does(
    page, live_server, administrator, complaints
):
    page.context.add_cookies([administrator])
    page.goto(f"{live_server.url}/figures/")
    expect(page.locator(".chart-plot canvas")).to_have_count(CHARTS)
    plot = page.locator("[aria-labelledby=political] .chart-plot")
    box = plot.bounding_box()
    plot.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page).to_have_url(f"{live_server.url}/members/?political=%E5%85%B1%E9%9D%92%E5%9B%A2%E5%91%98")
    assert complaints == []


def test_without_scripts_the_table_has_bars_of_its_own(browser, live_server, administrator):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([administrator])
    page = context.new_page()
    page.goto(f"{live_server.url}/figures/")
    assert page.locator(".chart-plot:visible").count() == 0
    assert page.locator("progress:visible").count() == page.locator(".chart tbody tr").count()
    context.close()
