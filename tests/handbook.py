"""`make handbook`: both handbooks as PDF with page numbers, by the installed Chromium; no server and no database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django
import pypdfium2
from playwright.sync_api import Page, Route, sync_playwright

from tests.browser import browser, remedy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.contrib.staticfiles import finders  # noqa: E402 - needs the settings
from django.test import Client  # noqa: E402

from zhtj.help.handbook import TITLES  # noqa: E402

FOLDER = Path(__file__).parents[1] / "docs" / "handbook"
ADDRESS = "http://handbook.invalid"
FOOTER = (
    '<div style="width:100%;font-size:8px;color:#5f6672;text-align:center">'
    '{title}　<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)
FILL = """pages => document.querySelectorAll("[data-page-of]").forEach(each => {
  each.textContent = pages[each.dataset.pageOf] || "";
})"""
HEADINGS = """() => [...document.querySelectorAll(".book-part > h2, .book-part .help-article > h3")].map(each => each.id)"""


def answer(route: Route) -> None:
    """Pages come from the product itself, style sheets and pictures from its folders."""
    path = unquote(urlsplit(route.request.url).path)
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        route.fulfill(path=found) if found else route.fulfill(status=404)
        return
    response = Client(HTTP_HOST="127.0.0.1").get(path)
    route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


def printed(page: Page, title: str) -> bytes:
    """The page as it stands, on A4."""
    return page.pdf(
        prefer_css_page_size=True,
        print_background=True,
        display_header_footer=True,
        header_template="<div></div>",
        footer_template=FOOTER.format(title=title),
        outline=True,
        tagged=True,
    )


def pages_of(pdf: bytes, page: Page) -> dict[str, int]:
    """On which page each chapter and question begins: the PDF's outline lists the headings in order."""
    with pypdfium2.PdfDocument(pdf) as document:
        marks = [(mark.get_title().strip(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]
    ids = page.evaluate(HEADINGS)
    words = [page.locator(f"[id='{each}']").inner_text().strip() for each in ids]
    found, rest = {}, iter(marks)
    for each, title in zip(ids, words, strict=True):
        found[each] = next(at for mark, at in rest if mark.split() == title.split())
    return found


def make(page: Page, reader: str, title: str) -> Path:
    """One handbook: printed once to learn the page numbers, and again with them in its contents."""
    page.goto(f"{ADDRESS}/help/handbook/{reader}/")
    page.evaluate("document.querySelectorAll('img').forEach(each => { each.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    page.evaluate(FILL, pages_of(printed(page, title), page))
    target = FOLDER / f"{title}.pdf"
    target.write_bytes(printed(page, title))
    return target


def main() -> int:
    """0 when both are made; 1 with the remedy where there is no browser."""
    path = browser()
    if path is None:
        print(f"没有找到 Chromium。{remedy()}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"executable_path": path, "args": ["--no-sandbox", "--disable-gpu"]}
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(**options).new_page(locale="zh-CN")
        page.route("**/*", answer)
        for reader, title in TITLES.items():
            made = make(page, reader, title)
            print(f"{made.relative_to(Path.cwd())}  {made.stat().st_size / 1024:,.0f} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
