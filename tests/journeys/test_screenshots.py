"""`make screenshots`: the pictures of the README, taken while the main job is walked. Not part of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from zhtj.demo.planting import plant

from . import test_main_job as job
from .worker import worker

pytestmark = [pytest.mark.screenshots, pytest.mark.django_db(transaction=True)]

IMAGES = Path(__file__).parents[2] / "docs" / "images"
# Which of the pages somebody sees becomes which picture.
PICTURES = {
    ("admin", 1): "sign-in",
    ("admin", 2): "desk",
    ("admin", 3): "subordinates",
    ("admin", 5): "code",
    ("secretary", 3): "picker",
    ("secretary", 5): "registration",
    ("secretary", 9): "plan",
    ("secretary", 10): "members",
    ("member", 2): "first-sign-in",
    ("member", 3): "me",
}


class Photographer(job.Person):
    """Takes a picture of every page on the list."""

    def __init__(self, who: str, browser, address: str, width: int):
        super().__init__(browser, address, width)
        self.who, self.seen = who, 0

    def sees(self, heading: str) -> None:
        super().sees(heading)
        self.seen += 1
        if name := PICTURES.get((self.who, self.seen)):
            self.page.evaluate("window.scrollTo(0, 0)")
            self.page.screenshot(path=IMAGES / f"{name}.png")


def test_the_pictures_of_the_tour(browser, live_server, db):
    IMAGES.mkdir(exist_ok=True)
    plant(today=timezone.localdate())
    code = job.issue_code(Photographer("admin", browser, live_server.url, 1366))
    secretary = Photographer("secretary", browser, live_server.url, 1366)
    job.register(secretary, code)
    with worker():
        job.import_roster(secretary)
    job.enter_for_the_first_time(Photographer("member", browser, live_server.url, 360))
    assert {path.stem for path in IMAGES.glob("*.png")} >= set(PICTURES.values())
