"""The first hour, walked in a real browser: two commands, then the first steps on 管理员首页 up to an imported roster.

`python -m bench.first_hour [--fresh]` prints every step with its seconds, on data of its own. `--fresh` clones the
repository first and installs everything; otherwise the present checkout is used. The seconds are the machine's: what
people need for reading and typing comes on top.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, sync_playwright

from accounts.idcard import check_character
from tests.browser import browser

HERE = Path(__file__).parents[1]
ROSTERS = HERE / "tests" / "rosters"
PORT = os.environ.get("PORT", "8145")
ADDRESS = f"http://127.0.0.1:{PORT}"
PASSWORD = "Xin-mi6-ma"
FIRST = "11019919850520001"  # of the first administrator; the county code was never assigned
UPPER = (
    ("新疆生产建设兵团团委", "团的领导机关", ""),
    ("石河子大学团委", "团委", "新疆生产建设兵团团委"),
    ("石河子大学医学院团委", "团委", "石河子大学团委"),
)
ANSWER = "from captcha.models import CaptchaStore as C; print(C.objects.get(hashkey='{key}').response)"
PATIENCE = 300  # seconds for a server, and for an import, on a busy machine
CLICK = 60  # seconds for a page


class Walk:
    """Somebody at a browser, whose clicks and fields are counted and whose steps are timed."""

    def __init__(self, page: Page):
        self.page, self.clicks, self.fields = page, 0, 0
        self.lines: list[str] = []

    def step(self, words: str, began: float) -> None:
        """Note what a step took."""
        self.lines.append(f"{words:　<14} {time.monotonic() - began:6.1f} s")
        print(self.lines[-1], flush=True)

    def follows(self, words: str) -> None:
        self.clicks += 1
        self.page.get_by_role("link", name=words).first.click()

    def starts(self, words: str) -> None:
        """The link of one of the first steps."""
        self.clicks += 1
        self.page.locator("#start").get_by_role("link", name=words).click()

    def presses(self, words: str) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=words).first.click()

    def fills(self, label: str, value: str) -> None:
        self.fields += 1
        field = self.page.get_by_label(label, exact=False).first
        field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)

    def attaches(self, name: str, raw: bytes) -> None:
        self.fields += 1
        self.page.set_input_files(
            "input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": raw}
        )

    def heads(self, words: str) -> None:
        """The page of this title is there."""
        self.page.get_by_role("heading", level=1, name=words).wait_for()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE * 1000)


def tree() -> bytes:
    """One file for the whole tree: three levels above, and the classes of tests/rosters below."""
    classes = load_workbook(ROSTERS / "subordinates.xlsx").active.iter_rows(min_row=2, values_only=True)
    book, raw = Workbook(), io.BytesIO()
    for row in (("组织简称", "组织类别", "上级组织简称"), *UPPER):
        book.active.append(row)
    for name, category, *_ in classes:
        if name:
            book.active.append((name, category, UPPER[-1][0]))
    book.save(raw)
    return raw.getvalue()


def walk(person: Walk, number: str, code: str, answered) -> None:
    """From the code that the command printed to the roster of 600."""
    page, began = person.page, time.monotonic()
    page.goto(ADDRESS)
    person.follows("忘记密码")
    person.heads("忘记密码")
    for label, value in (("身份证号码", number), ("重置密码验证码", code), ("新密码", PASSWORD)):
        person.fills(label, value)
    person.fills("再次填写新密码", PASSWORD)
    _captcha(person, answered)
    person.presses("设置新密码并登录")
    person.sees("开始使用")
    person.step("设置密码并登录", began)

    began = time.monotonic()
    person.follows("完善信息")
    person.heads("编辑组织信息")
    for label in ("行政编制数", "行政编制实际配备数", "事业编制数", "事业编制实际配备数"):
        person.fills(label, "0")
    for label, value in (("联系电话", "010-85212000"), ("电子邮箱", "tw@example.org.cn")):
        person.fills(label, value)
    person.fills("书记手机号码", "13800000001")
    person.presses("保存")
    person.follows("管理员首页")
    person.sees("已完成 1 / 4")
    person.step("完善组织信息", began)

    began = time.monotonic()
    person.starts("创建下级组织")
    person.attaches("下级组织.xlsx", tree())
    person.presses("核对表格")
    person.presses("创建 ")
    person.follows("管理员首页")
    person.sees("已完成 2 / 4")
    person.step("创建下级组织", began)

    began = time.monotonic()
    person.starts("分配注册码")
    person.heads("下级组织管理")
    person.presses("分配")
    person.follows("管理员首页")
    person.sees("已完成 3 / 4")
    person.step("分配管理员注册码", began)

    began = time.monotonic()
    person.starts("导入名单")
    person.attaches("college_600.xlsx", (ROSTERS / "college_600.xlsx").read_bytes())
    person.presses("核对名单")
    person.sees("导入 600 人")
    person.presses("导入 600 人")
    person.sees("已导入 600 人")
    person.follows("管理员首页")
    person.sees("等您办理")
    assert page.locator("#start").count() == 0, "the first steps are still there"
    person.step("导入第一份名单", began)


def _captcha(person: Walk, answered) -> None:
    person.fields += 1
    person.page.fill("#id_captcha_1", answered(person.page.input_value("[name=captcha_0]")))


def bootstrap(folder: Path, environment: dict[str, str], number: str) -> str:
    """The first command; gives the code it prints."""
    options = f"ARGS=--root 团中央 --admin-name 首任者 --admin-id {number}"
    said = subprocess.run(
        ["make", "bootstrap", options],
        check=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    found = re.search("重置密码验证码：(.{8})", said)
    assert found, said
    return found.group(1)


def await_server() -> None:
    """Until the sign-in page answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{ADDRESS}/login/", timeout=5)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise TimeoutError(ADDRESS)


def measure(folder: Path, data: Path) -> None:
    """Both commands in `folder`, then the walk."""
    environment = {
        **os.environ,
        "ZHTJ_DATA": str(data),
        "PORT": PORT,
        "DJANGO_SETTINGS_MODULE": "zhtj.settings",
    }
    number, began = FIRST + check_character(FIRST), time.monotonic()

    def answered(key: str) -> str:
        command = [".venv/bin/python", "manage.py", "shell", "-v0", "-c", ANSWER.format(key=key)]
        return subprocess.run(
            command, check=True, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        ).stdout.strip()

    code = bootstrap(folder, environment, number)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        person = Walk(chromium.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768}))
        person.page.set_default_timeout(CLICK * 1000)
        person.step("make bootstrap", began)
        started = time.monotonic()
        server = subprocess.Popen(
            ["make", "run"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            await_server()
            person.step("make run", started)
            walk(person, number, code, answered)
            person.step(f"合计：2 条命令，{person.clicks} 次点击，{person.fields} 个字段", began)
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(timeout=60)


def main() -> None:
    """On folders of its own, removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--fresh", action="store_true", help="clone the repository and install everything first"
    )
    fresh = parser.parse_args().fresh
    with tempfile.TemporaryDirectory(prefix="first-hour-") as room:
        folder = Path(room, "clone") if fresh else HERE
        if fresh:
            subprocess.run(["git", "clone", "--quiet", HERE, folder], check=True)
        try:
            measure(folder, Path(room, "data"))
        finally:
            shutil.rmtree(Path(room, "data"), ignore_errors=True)


if __name__ == "__main__":
    main()
