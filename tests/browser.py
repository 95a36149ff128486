"""Sees to the real browser and a Chinese font for the tests, or says plainly what is missing."""

import os
import shutil
import subprocess
import sys

PACKAGES = ["chromium", "fonts-noto-cjk"]
NAMES = ["chromium", "chromium-browser", "google-chrome"]
REMEDY = (
    f"请以管理员身份运行：apt-get install -y {' '.join(PACKAGES)}（其他系统请安装 Chromium 和一种中文字体）。"
)


def browser() -> str | None:
    """The path of an installed Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Whether text in Chinese would show as more than boxes."""
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def missing() -> list[str]:
    """What the browser tests lack, in words."""
    lacks = [] if browser() else ["Chromium 浏览器"]
    return lacks if has_chinese_font() else [*lacks, "中文字体"]


def install() -> None:
    """Install both where this is Debian and we are root."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    argv = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES, "fontconfig"]
    subprocess.run(argv, check=False, env=quiet, stdout=subprocess.DEVNULL)


def main() -> int:
    """0 when everything is there; otherwise the remedy and 1."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"正在安装{'、'.join(missing())}…", flush=True)
        install()
    if lacks := missing():
        print(f"测试需要{'、'.join(lacks)}。{REMEDY}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
