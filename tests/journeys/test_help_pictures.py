"""`make screenshots`: the pictures of the 帮助中心, taken in the demonstration country. Not part of the tests."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import Account
from tests.shots.shot import Shot
from tests.shots.taken import FOLDER, SHOTS
from zhtj.demo.planting import plant, planted

from .worker import worker

pytestmark = [pytest.mark.screenshots, pytest.mark.django_db(transaction=True)]

HEIGHT, MARGIN, COLOURS = 768, 12, 96
ROLES = {
    "central": "团中央管理员",
    "province": "省级管理员",
    "county": "县级管理员",
    "university": "大学管理员",
    "college": "学院管理员",
    "branch": "支部管理员",
    "member": "团员",
}
MARK = "each => { each.style.outline = '3px solid #e8590c'; each.style.outlineOffset = '3px'; }"
# A part of a page is taken without the bar above it, and nothing looks focused by chance.
BARE = "document.querySelector('.bar').style.visibility = 'hidden'; document.activeElement.blur();"
ARRIVED = "each => each.scrollIntoView({ block: 'center' })"


def open_page(browser: Any, address: str, shot: Shot) -> Any:
    """A window of the shot's width in which its person is signed in."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": HEIGHT}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    if shot.who:
        roles = dict(planted().detail["roles"])
        client = Client()
        client.force_login(Account.objects.get(pk=roles[ROLES[shot.who]]))
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return context.new_page()


def around(page: Any, css: str) -> dict[str, float]:
    """The box of an element with a margin, on the whole page."""
    page.evaluate("window.scrollTo(0, 0)")
    box = page.locator(css).first.bounding_box()
    left, top = max(0, box["x"] - MARGIN), max(0, box["y"] - MARGIN)
    right, bottom = box["x"] + box["width"] + MARGIN, box["y"] + box["height"] + MARGIN
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def photograph(page: Any, shot: Shot) -> bytes:
    """The page as the shot wants it seen."""
    if shot.mark:
        marked = page.locator(shot.mark).first
        marked.wait_for()
        marked.evaluate(MARK)
        marked.evaluate(ARRIVED)
    if shot.clip:
        page.evaluate(BARE)
        return page.screenshot(full_page=True, clip=around(page, shot.clip))
    return page.screenshot()


def save(name: str, picture: bytes) -> None:
    """Few colours are enough for pages, and make small files."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)


def test_the_pictures_of_the_help(browser, live_server, db):
    FOLDER.mkdir(exist_ok=True)
    plant(today=timezone.localdate())
    missed = []
    with worker():
        for shot in SHOTS:
            page = open_page(browser, live_server.url, shot)
            try:
                page.goto(live_server.url + (shot.path if isinstance(shot.path, str) else shot.path()))
                if shot.prepare:
                    shot.prepare(page)
                page.wait_for_load_state("networkidle")
                save(shot.name, photograph(page, shot))
            except Exception as fault:  # noqa: BLE001 - all that fail are named together
                missed.append(f"{shot.name}: {fault}")
            page.context.close()
    assert missed == []
    for old in FOLDER.glob("*.png"):
        if old.stem not in {shot.name for shot in SHOTS}:
            old.unlink()
