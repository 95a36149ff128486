"""The 帮助中心 is open to everybody, asks the database nothing for visitors, and stands on every page."""

import re

import pytest

from tests.helpers import solve_captcha

PAGES = ("/help/", "/help/m2/", "/help/search/?q=密码", "/help/handbook/admin/", "/help/handbook/member/")


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_visitor_reads_without_a_question_to_the_database(client, address):
    # Without a database mark any query would fail.
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/help/nothing/", "/help/handbook/cook/"])
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_address_is_known_in_any_case_and_by_every_key(client):
    assert {client.get(f"/help/{key}/").context["topic"].key for key in ("M2", "m2", "q2")} == {"m2"}


def test_the_index_speaks_of_questions_and_not_of_their_numbers(client):
    page = text(client.get("/help/"))
    shown = re.sub(r"<[^>]+>", " ", page)
    assert "忘记密码怎么办" in shown
    assert re.findall(r"\b[MSQ]\d+\b", shown) == []


def test_an_answer_leads_on_to_the_others_of_its_chapter(client):
    page = client.get("/help/q33/")
    assert 'href="/help/q34/"' in text(page)
    assert 'href="/help/q33/"' not in text(page)


def test_an_empty_search_says_what_to_try(client):
    assert "换一个说法试试" in text(client.get("/help/search/?q=锟斤拷"))


def test_whoever_is_signed_in_keeps_the_menu(db, client, cast):
    client.force_login(cast.college_admin)
    assert 'id="menu-imports-list"' in text(client.get("/help/q33/"))


def test_lines_of_the_menu_have_an_id_once(db, client, cast):
    client.force_login(cast.college_admin)
    ids = re.findall(r' id="([^"]+)"', text(client.get("/members/")))
    assert sorted(ids) == sorted(set(ids))


def test_a_page_offers_its_answers_and_the_help_centre(db, client, cast):
    client.force_login(cast.college_admin)
    page = text(client.get("/imports/new/"))
    offered = page[page.index('class="bar-pop help-pop') :]
    assert 'href="/help/q32/" target="_blank" rel="noopener"' in offered
    assert 'href="/help/" target="_blank" rel="noopener"' in offered


def test_the_sign_in_page_offers_them_too(db, client):
    assert 'href="/help/q10/"' in text(client.get("/login/"))


def test_a_refused_sign_in_has_its_answer_beside_it(db, client):
    wrong = {"number": "110199200501011237", "password": "Falsch-2026", **solve_captcha(client)}
    answer = '<a class="answer" href="/help/m3/" target="_blank" rel="noopener">怎样办：登录失败怎么办'
    assert answer in text(client.post("/login/", wrong))


def test_a_wrong_field_has_it_below_the_field_and_once_in_the_summary(db, client, cast):
    client.force_login(cast.member.account)
    sent = {"old_password": "x", "new_password": "kurz", "repeat_password": "kurz"}
    page = text(client.post("/settings/password/", sent))
    summary = page[page.index("data-errors") : page.index("</ul>", page.index("data-errors")) + 400]
    assert summary.count('<a class="answer" href="/help/q11/"') == 1
    assert page.count('class="answer"') == 2


def test_a_refusal_has_it_on_its_page(db, client, cast, country):
    client.force_login(cast.class1_admin)
    page = client.get(f"/codes/{country.class1.pk}/")
    assert page.status_code == 403
    assert "怎样办：怎样生成管理员注册码" in text(page)


def test_a_handbook_has_contents_that_lead_to_every_answer(client):
    page = text(client.get("/help/handbook/member/"))
    links = set(re.findall(r'href="#([a-z]\w*)"', page)) - {"main"}
    assert links <= set(re.findall(r' id="([a-z]\w*)"', page))
    assert {"m2", "q10", "s7"} <= links
    assert "q33" not in links


def test_places_are_words_on_paper(client):
    assert 'class="place" href' not in text(client.get("/help/handbook/admin/"))
