"""The commonest pages in Firefox beside Chromium: nothing in the console, nothing too wide, the same behaviour."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import makers
from tests.browser import FIREFOX, browser, remedy
from tests.helpers import captcha_answer
from tests.makers import PASSWORD

from .firefox import Firefox, firefox

pytestmark = [pytest.mark.prove, pytest.mark.django_db(transaction=True)]

SIZES = ((1366, 768), (360, 740))
HEAD = "return document.querySelector('thead th').getBoundingClientRect().top"
WIDE = "return document.documentElement.scrollWidth - innerWidth"
ESCAPE = "\ue00c"


@pytest.fixture
def fox(live_server, tmp_path) -> Iterator[Firefox]:
    """A window before the product; `ZHTJ_PICTURES` names a folder for pictures of what it shows."""
    path = browser(FIREFOX)
    if path is None:
        pytest.fail(f"没有找到 Firefox。{remedy((FIREFOX,))}")
    with firefox(path, live_server.url, tmp_path) as window:
        yield window


def shows(fox: Firefox, heading: str) -> None:
    """The page is there, complains of nothing and fits at both widths."""
    title = "return document.querySelector('h1')?.textContent.trim()"
    until = time.monotonic() + 30
    while heading not in (fox.script(title) or "") and time.monotonic() < until:
        time.sleep(0.1)
    assert heading in fox.script(title)
    for width, height in SIZES:
        fox.resize(width, height)
        assert fox.script(WIDE) <= 0, (heading, width)
        if folder := os.environ.get("ZHTJ_PICTURES"):
            fox.picture(Path(folder, f"{heading}-{width}.png"))
    fox.resize(*SIZES[0])
    assert fox.console() == [], heading


def visit(fox: Firefox, path: str, heading: str) -> None:
    fox.go(path)
    shows(fox, heading)


def sign_in(fox: Firefox, number: str) -> None:
    visit(fox, "/login/", "登录")
    fox.fill("#id_number", number)
    fox.fill("#id_password", PASSWORD)
    key = fox.script("return document.querySelector('[name=captcha_0]').value")
    fox.fill("#id_captcha_1", captcha_answer(key))
    fox.click("form [type=submit], form button:not([type])")


def test_the_commonest_pages_of_an_administrator(fox, country, cast):
    for at in range(30):
        makers.make_member(country.class1, f"团员{at:02}")
    sign_in(fox, cast.college_admin.id_number)
    shows(fox, "管理员首页")
    for path, heading in (
        ("/members/add/", "添加团员"),
        ("/imports/new/", "导入名单"),
        ("/desk/inbox/", "操作中心"),
        ("/desk/subordinates/", "下级组织管理"),
        (f"/members/{cast.member.pk}/", cast.member.account.name),
        (f"/transfers/out/{cast.member.pk}/", "办理转出"),
        ("/figures/", "团员统计"),
        ("/members/", "团员列表"),
    ):
        visit(fox, path, heading)
    family = fox.script("return getComputedStyle(document.body).fontFamily")
    assert family.startswith('"PingFang SC", "Microsoft YaHei UI"')
    the_head_of_a_list_stays(fox)
    pop_ups_open_and_close(fox)
    the_drawer_opens_on_a_phone(fox)


def the_head_of_a_list_stays(fox: Firefox) -> None:
    """Under the bar, however far one has scrolled."""
    fox.script("scrollTo(0, 400)")
    assert fox.script("return scrollY") == 400
    bar = fox.script("return document.querySelector('.bar').getBoundingClientRect().bottom")
    assert (round(bar), round(fox.script(HEAD))) == (48, 48)


def pop_ups_open_and_close(fox: Firefox) -> None:
    """By the mouse; Escape closes and gives the focus back."""
    fox.click(".bar-name summary")
    assert fox.script("return document.querySelector('.bar-name').open")
    fox.keys(ESCAPE)
    closed = "return !document.querySelector('.bar-name').open"
    assert fox.script(closed + " && document.activeElement.matches('.bar-name summary')")


def the_drawer_opens_on_a_phone(fox: Firefox) -> None:
    fox.resize(*SIZES[1])
    fox.script("scrollTo(0, 0)")
    fox.click(".drawer > summary")
    box = "return document.querySelector('.drawer-in').getBoundingClientRect().toJSON()"
    shown = fox.script(box)
    assert (shown["left"] >= 0, shown["width"] > 150, shown["height"] > 300) == (True, True, True)
