"""A real browser for the journeys: Debian's Chromium, in Chinese, on a common screen."""

import os

import pytest

from tests.browser import browser, remedy

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser():
    """Playwright runs an event loop in the test's thread; Django would refuse the database there."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The installed Chromium; a missing one fails with the remedy, never skips."""
    path = browser()
    if path is None:
        pytest.fail(f"没有找到 Chromium。{remedy()}")
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A visitor in China at a small desktop."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 768},
    }


@pytest.fixture
def complaints(page):
    """What the page's console complains about, breaches of the Content-Security-Policy included."""
    lines = []
    page.on("console", lambda message: lines.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: lines.append(str(error)))
    return lines
