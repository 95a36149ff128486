"""What the entry form says while it is typed: the table of tests/members/cases.py against JavaScript, and the page."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts import idcard
from members import rules
from tests import makers
from tests.members.cases import LINES, TODAY

from .test_registration import as_admin  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

ASK = """
async ([lines, now, settings]) => {
  const rules = await import("/static/js/person-rules.js");
  const words = (found) => [found ? found.cause : "", found ? found.message : ""];
  return lines.map(([id, joined, league]) => {
    const number = rules.plain(id);
    const ofId = rules.numberProblem(number, now);
    const born = ofId ? null : rules.birth(number);
    return [
      words(ofId),
      born ? words(rules.joiningProblem(born, joined, now, settings)) : null,
      born ? words(rules.leagueNumberProblem(league, born, joined, settings)) : null,
      born ? words(rules.overAge(born, false, now)) : null,
      born ? [rules.sex(number), rules.age(born, now)] : null,
    ];
  });
}
"""


def month(text: str) -> dict[str, int]:
    year, at = text.split("-")
    return {"year": int(year), "month": int(at)}


def words(verdict) -> list[str]:
    return [verdict.cause, verdict.message]


def expected(line) -> list:
    """What Python says, in the shape of the script's answer."""
    of_id = idcard.problem(line.id_number, today=TODAY)
    if not of_id:
        return [words(of_id), None, None, None, None]
    born = idcard.birth_date(line.id_number)
    return [
        words(of_id),
        words(rules.joining(born, line.joined, today=TODAY)),
        words(rules.league_number(line.league_number, born, line.joined)),
        words(rules.current_age(born, holds_post=False, today=TODAY)),
        [idcard.sex(line.id_number), rules.age_on(born, TODAY)],
    ]


def test_javascript_has_the_causes_and_the_words_of_the_rules(page, live_server):
    page.goto(f"{live_server.url}/register/")
    lines = [
        [line.id_number, {"year": line.joined.year, "month": line.joined.month}, line.league_number]
        for line in LINES
    ]
    now = {"year": TODAY.year, "month": TODAY.month, "day": TODAY.day}
    months = {
        "numberFrom": month(settings.NUMBER_REQUIRED_FROM),
        "twelveBefore": month(settings.JOINING_AGE_12_BEFORE),
    }
    found = dict(zip((line.name for line in LINES), page.evaluate(ASK, [lines, now, months]), strict=True))
    assert found == {line.name: expected(line) for line in LINES}


def test_the_page_says_it_while_typing(as_admin, live_server, country, cast, complaints):  # noqa: F811
    page = as_admin
    page.goto(f"{live_server.url}/members/add/")
    page.locator("#id_branch").select_option(str(country.class1.pk))
    page.locator("#id_number").fill(cast.member.account.id_number)
    page.locator("#id_phone").focus()
    expect(page.get_by_text("身份证已注册：就在本团支部")).to_be_visible()
    expect(page.get_by_role("link", name="登记团内职务")).to_be_visible()
    page.locator("#id_number").fill(makers.number_of())
    expect(page.get_by_text("2006-05 出生")).to_be_visible()
    page.locator("#id_phone").focus()
    expect(page.get_by_text("身份证已注册")).to_have_count(0)
    page.locator("[name=joined_year]").select_option("2016")
    page.locator("[name=joined_month]").select_option("9")
    expect(page.get_by_text("入团时不满年龄：入团时10岁4个月，应满13周岁")).to_be_visible()
    page.locator("[name=joined_year]").select_option("2021")
    expect(page.get_by_text("2016年及以后入团，必须填写。")).to_be_visible()
    page.locator("#id_league_number").fill("２０２２６５００００１２")
    expect(page.get_by_text("发展团员编号前四位与入团年份不符：编号是2022，入团年份是2021")).to_be_visible()
    page.locator("#id_league_number").fill("202165000012")
    expect(page.locator(".field-live.is-wrong")).to_have_count(0)
    assert complaints == []


def test_what_is_said_on_leaving_a_field_does_not_move_the_button_away(as_admin, live_server, cast):  # noqa: F811
    page = as_admin
    page.goto(f"{live_server.url}/members/add/")
    page.locator("#id_number").fill("65909920060527370")
    page.locator("main button.btn-primary").click()
    expect(page.locator("#id_number_error")).to_be_visible()
