"""Sees to the real browsers and a Chinese font for the tests, or says plainly what is missing.

`python -m tests.browser` sees to Chromium, with `firefox` behind it to Firefox as well.
"""

import os
import shutil
import subprocess
import sys

CHROMIUM, FIREFOX = "chromium", "firefox"
PACKAGES = {CHROMIUM: "chromium", FIREFOX: "firefox-esr"}
NAMES = {
    CHROMIUM: ("chromium", "chromium-browser", "google-chrome"),
    FIREFOX: ("firefox-esr", "firefox"),
}
WORDS = {CHROMIUM: "Chromium 浏览器", FIREFOX: "Firefox 浏览器"}
FONT = "fonts-noto-cjk"


def remedy(kinds: tuple[str, ...] = (CHROMIUM,)) -> str:
    """What somebody does who lacks one of these browsers or the font."""
    packages = " ".join([*(PACKAGES[kind] for kind in kinds), FONT])
    others = "、".join(WORDS[kind] for kind in kinds)
    return f"请以管理员身份运行：apt-get install -y {packages}（其他系统请安装{others}和一种中文字体）。"


def browser(kind: str = CHROMIUM) -> str | None:
    """The path of an installed browser of this kind, or None."""
    return next((path for name in NAMES[kind] if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether text in Chinese would show as more than boxes."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def missing(kinds: tuple[str, ...] = (CHROMIUM,)) -> list[str]:
    """What the browser tests lack, in words."""
    lacks = [WORDS[kind] for kind in kinds if not browser(kind)]
    return lacks if has_chinese_font() else [*lacks, "中文字体"]


def install(kinds: tuple[str, ...]) -> None:
    """Install them where this is Debian and we are root."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    packages = [*(PACKAGES[kind] for kind in kinds), FONT, "fontconfig"]
    argv = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(argv, check=False, env=quiet, stdout=subprocess.DEVNULL)


def main(kinds: tuple[str, ...]) -> int:
    """0 when everything is there; otherwise the remedy and 1."""
    if missing(kinds) and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"正在安装{'、'.join(missing(kinds))}…", flush=True)
        install(kinds)
    if lacks := missing(kinds):
        print(f"测试需要{'、'.join(lacks)}。{remedy(kinds)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main((CHROMIUM, *sys.argv[1:])))
