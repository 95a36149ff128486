"""A real Firefox, driven over its own Marionette port: what the stock browser has built in, without a driver beside it."""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds, for its start and for a page
NARROWEST = 500  # pixels, of its window
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PREFERENCES = {
    "intl.accept_languages": "zh-CN, zh",
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "privacy.reduceTimerPrecision": False,
    "signon.rememberSignons": False,
    "toolkit.telemetry.server": "",
}
# Errors and warnings that the console holds about our own pages; it is emptied.
CONSOLE = """
  const [address] = arguments;
  const found = Services.console.getMessageArray()
    .filter((each) => each instanceof Ci.nsIScriptError && each.sourceName.startsWith(address))
    .filter((each) => !(each.flags & Ci.nsIScriptError.warningFlag) || /Content-Security/.test(each.errorMessage))
    .map((each) => `${each.errorMessage} (${each.sourceName}:${each.lineNumber})`);
  Services.console.reset();
  return found;
"""


class Firefox:
    """One window of Firefox; `script` runs in the page, `console` says what it complained about."""

    def __init__(self, wire: socket.socket, address: str):
        self.address, self.number, self.wire = address, 0, wire
        self._read()  # it says hello first
        self._ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})

    def resize(self, width: int, height: int) -> None:
        """Make the page this large; its window is never narrower than 500, so that a phone's page is enlarged in it."""
        larger = max(1, NARROWEST / width)
        self._browser("gBrowser.selectedBrowser.fullZoom = arguments[0]", larger)
        around = self._browser("return outerHeight - gBrowser.selectedBrowser.clientHeight")
        size = {"width": round(width * larger), "height": round(height * larger) + around}
        self._ask("WebDriver:SetWindowRect", size)

    def go(self, path: str) -> None:
        self._ask("WebDriver:Navigate", {"url": self.address + path})

    def script(self, body: str, *args: Any) -> Any:
        return self._ask("WebDriver:ExecuteScript", {"script": body, "args": list(args)})["value"]

    def find(self, css: str) -> str:
        value = self._ask("WebDriver:FindElement", {"using": "css selector", "value": css})["value"]
        return value[ELEMENT]

    def fill(self, css: str, text: str) -> None:
        field = self.find(css)
        self._ask("WebDriver:ElementClear", {"id": field})
        self._ask("WebDriver:ElementSendKeys", {"id": field, "text": text})

    def click(self, css: str) -> None:
        """Click, and wait for the page that comes of it."""
        self._ask("WebDriver:ElementClick", {"id": self.find(css)})

    def keys(self, text: str) -> None:
        """Type wherever the focus is."""
        strokes = [{"type": kind, "value": each} for each in text for kind in ("keyDown", "keyUp")]
        self._ask("WebDriver:PerformActions", {"actions": [{"type": "key", "id": "k", "actions": strokes}]})

    def console(self) -> list[str]:
        """Errors and breaches of the policy on our pages since it was last asked."""
        return self._browser(CONSOLE, self.address)

    def picture(self, path: Path) -> None:
        """What the window shows, as a PNG."""
        shown = self._ask("WebDriver:TakeScreenshot", {"full": False})["value"]
        path.write_bytes(base64.b64decode(shown))

    def _browser(self, body: str, *args: Any) -> Any:
        """A script in the browser itself, outside the page."""
        self._ask("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.script(body, *args)
        finally:
            self._ask("Marionette:SetContext", {"value": "content"})

    # -- the wire: length, colon, JSON ------------------------------------------------------------------

    def _ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self.number += 1
        raw = json.dumps([0, self.number, command, parameters]).encode()
        self.wire.sendall(b"%d:%s" % (len(raw), raw))
        _, _, error, result = self._read()
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return result

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        left, parts = int(length[:-1]), []
        while left:
            parts.append(self._some(left))
            left -= len(parts[-1])
        return json.loads(b"".join(parts))

    def _some(self, count: int) -> bytes:
        got = self.wire.recv(count)
        assert got, "Firefox has gone"
        return got


def _connected(port: int) -> socket.socket:
    """Its port once it listens."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except OSError:
            assert time.monotonic() < until, "Firefox does not listen"
            time.sleep(0.2)


@contextmanager
def firefox(binary: str, address: str, folder: Path) -> Iterator[Firefox]:
    """A window with a profile of its own, in Chinese; gone afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    lines.append(f'user_pref("marionette.port", {port});')
    (folder / "user.js").write_text("\n".join(lines))
    argv = [binary, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([*argv, "--profile", str(folder)], stdout=quiet, stderr=quiet)
    try:
        with closing(_connected(port)) as wire:
            yield Firefox(wire, address)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
