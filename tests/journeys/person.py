"""Somebody at a browser, who looks at every page with the eyes of a screen reader and of the console."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.helpers import captcha_answer

SERIOUS = ("serious", "critical")
PATIENCE = 30_000  # milliseconds, for what the worker does


class Person:
    """Somebody at a browser of his or her own, and what its console complains about."""

    def __init__(self, browser: Browser, address: str, width: int):
        size = {"width": width, "height": 768 if width > 600 else 740}
        context = browser.new_context(
            base_url=address, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type == "error" else None
        )
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def sees(self, heading: str) -> None:
        """The page is there, fits, breaks no policy, and has nothing serious for a screen reader."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=PATIENCE)
        assert self.complaints == [], f"{heading}: {self.complaints}"
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), heading
        found = Axe().run(self.page).response["violations"]
        faults = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in SERIOUS]
        assert faults == [], f"{heading}: {faults}"
        self.complaints.clear()  # axe puts in styles, which the policy refuses

    def signs_in(self, number: str, password: str) -> None:
        """With the captcha answered from the database."""
        self.page.goto("/login/")
        self.sees("登录")
        self.page.fill("#id_number", number)
        self.page.fill("#id_password", password)
        self.answers_the_captcha()
        self.presses("登录")

    def answers_the_captcha(self) -> None:
        """From the database."""
        self.page.fill("#id_captcha_1", captcha_answer(self.page.input_value("[name=captcha_0]")))

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()
