# ruff: noqa: E402 - Django must be set up before its models are imported
"""How long a wrong password takes for unknown, initial and set accounts: the ratios should be near 1.

`python -m bench.signin [ROUNDS]`, on a throw-away database.
"""

from __future__ import annotations

import os
import sys
import time
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts import signin
from tests.makers import make_account, number_of
from tests.runs import remove, run_folder
from zhtj.audit.actor import Actor

ROUNDS = 40


def seconds(number: str) -> float:
    """One wrong password for `number`."""
    start = time.perf_counter()
    facts = {"known_device": False, "actor": Actor(address="127.0.0.1"), "now": timezone.now()}
    signin.sign_in(number=number, password="Falsch-7x", **facts)
    return time.perf_counter() - start


def measure(rounds: int) -> dict[str, float]:
    """Median seconds by kind of account; the kinds take turns, so that the machine's moods meet all alike."""
    settings.SIGNIN_FAILURES = settings.ADDRESS_IDS = 10 * rounds
    numbers = {
        "set": make_account().id_number,
        "initial": make_account(password=None).id_number,
        "unknown": number_of(),
    }
    for number in numbers.values():
        seconds(number)
    taken: dict[str, list[float]] = {kind: [] for kind in numbers}
    for _ in range(rounds):
        for kind, number in numbers.items():
            taken[kind].append(seconds(number))
    return {kind: median(times) for kind, times in taken.items()}


def main() -> None:
    """Print one line a kind: milliseconds, and the ratio to an account with its own password."""
    try:
        call_command("migrate", verbosity=0)
        medians = measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
    finally:
        connection.close()
        remove(run_folder())
    for kind, taken in medians.items():
        print(f"wrong password, {kind:8} {taken * 1000:7.1f} ms   × {taken / medians['set']:.2f}")


if __name__ == "__main__":
    main()
