"""Starts the child that parses, feeds it, and ends it when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import Limits

SCRIPT = Path(__file__).with_name("child.py")
OUTPUT = 256 * 1024 * 1024


def parse(data: bytes, *, prefer: str, wanted: list[str], within: int, limits: Limits) -> dict[str, Any]:
    """What the child answers; a child that was killed, crashed or said nonsense is a fault too."""
    order = {
        "packages": packages(),
        "prefer": prefer,
        "wanted": wanted,
        "within": within,
        "rows": limits.rows,
        "seconds": limits.seconds,
        "memory": limits.memory,
    }
    with os.fdopen(os.memfd_create("workbook"), "w+b") as file:
        file.write(data)
        file.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-X", "utf8", str(SCRIPT), json.dumps(order)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
        )
    return _answer(child, limits.seconds)


def _answer(child: subprocess.Popen, seconds: int) -> dict[str, Any]:
    """Read at most OUTPUT bytes within the time, then make sure that the child is gone."""
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    watch = threading.Timer(seconds, end)
    watch.start()
    try:
        assert child.stdout is not None
        text = child.stdout.read(OUTPUT + 1)
        if len(text) > OUTPUT:
            child.kill()
        status = child.wait()
    finally:
        watch.cancel()
        child.kill()
        child.stdout.close()
    if late.is_set():
        return {"fault": "slow"}
    return json.loads(text) if status == 0 and text else {"fault": "crashed"}


@cache
def packages() -> str:
    """The folder in which calamine is installed, found without importing it."""
    spec = find_spec("python_calamine")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parents[1])
