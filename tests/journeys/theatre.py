"""A real browser before pages that the test client answered: nothing is committed, no server runs, the headers are the product's.

Every request of the browser is answered here: the page itself from the answer at hand, files from the static files,
anything else (a captcha, a piece fetched by a script) by the test client of whoever looks.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Route

HOST = "http://localhost"
WIDTHS = ((1366, 768), (360, 740))
# Without the results of what passed: half the time.
LOOK = """() => axe.run({resultTypes: ["violations"]}).then((found) =>
  found.violations.map((each) => `${each.id} (${each.impact}) ${each.nodes.length} × ${each.nodes[0].html}`))"""
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
WIDEST = """() => Array.from(document.querySelectorAll("main *"))
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 160))"""


class Theatre:
    """Shows answers in a browser of its own and says what is wrong with them."""

    def __init__(self, browser: Browser):
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page = self.context.new_page()
        self.page.route("**/*", self._answer)
        self.page.on("console", lambda said: self._hear(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self._hear(str(fault)))
        # Playwright calls back in another context, where Django would open a connection that sees nothing of ours.
        self.connection = connections[DEFAULT_DB_ALIAS]
        self.heard: list[str] = []
        self.files: dict[str, tuple[bytes, str]] = {}
        self.at, self.shown, self.client = "", HttpResponse(), Client()

    def faults(
        self, path: str, response: HttpResponse, client: Client, picture: Path | None = None
    ) -> list[str]:
        """What the console, the layout and a screen reader complain about, at both widths; `picture` is kept of each."""
        self.at, self.shown, self.client, self.heard = f"{HOST}{path}", response, client, []
        self.page.set_viewport_size({"width": WIDTHS[0][0], "height": WIDTHS[0][1]})
        self.page.goto(self.at)
        found = list(self.heard)
        self.page.evaluate(AXE_SCRIPT)
        for width, height in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": height})
            if self.page.evaluate(TOO_WIDE):
                found.append(f"wider than {width}: {self.page.evaluate(WIDEST)}")
            found += [f"{width}: {each}" for each in self.page.evaluate(LOOK)]
            if picture:
                self.page.screenshot(path=f"{picture}-{width}.png", full_page=True)
        return found

    def close(self) -> None:
        self.context.close()

    def _hear(self, line: str) -> None:
        # The answer at hand may be a refusal or a form sent back; the browser names its status an error.
        if not (line.startswith("Failed to load resource") and str(self.shown.status_code) in line):
            self.heard.append(line)

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if route.request.url == self.at and route.request.is_navigation_request():
            return _give(route, self.shown)
        if address.path.startswith(settings.STATIC_URL):
            body, kind = self._file(address.path.removeprefix(settings.STATIC_URL))
            return route.fulfill(body=body, content_type=kind)
        connections[DEFAULT_DB_ALIAS] = self.connection
        with transaction.atomic():
            answer = self.client.get(f"{address.path}?{address.query}", headers=route.request.headers)
            transaction.set_rollback(True)
        return _give(route, answer)

    def _file(self, name: str) -> tuple[bytes, str]:
        if name not in self.files:
            path = finders.find(name)
            assert path, f"no such file: {name}"
            self.files[name] = (Path(path).read_bytes(), mimetypes.guess_type(name)[0] or "text/plain")
        return self.files[name]


def _give(route: Route, answer: HttpResponse) -> None:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    route.fulfill(status=answer.status_code, headers=dict(answer.items()), body=body)
