"""Waiting after failures (§3). An attempt is charged before its hash is computed and refunded when it succeeds.

Charging first is what holds against many requests at once: each charge is one statement on one row. Keys are
HMACs. Waiting attempts are not charged, so that nobody can make a wait longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from zhtj.lib import crypto
from zhtj.lib.verdict import YES, Verdict, no

ADDRESS = "address"

CHARGE = """
INSERT INTO accounts_failuretrail AS trail (kind, key, recent)
VALUES (%(kind)s, %(key)s, ARRAY[%(now)s::timestamptz])
ON CONFLICT (kind, key) DO UPDATE
   SET recent = (trail.recent || excluded.recent)[greatest(cardinality(trail.recent) + 2 - %(failures)s, 1):]
 WHERE NOT (cardinality(trail.recent) >= %(failures)s
            AND trail.recent[cardinality(trail.recent)]
                - trail.recent[cardinality(trail.recent) + 1 - %(failures)s] <= %(span)s
            AND trail.recent[cardinality(trail.recent)] + %(span)s > %(now)s)
RETURNING id
"""
REFUND = """
UPDATE accounts_failuretrail SET recent = array_remove(recent, %(now)s::timestamptz)
 WHERE kind = %(kind)s AND key = %(key)s
"""
LAST = "SELECT recent[cardinality(recent)] FROM accounts_failuretrail WHERE kind = %(kind)s AND key = %(key)s"

CHARGE_ADDRESS = """
WITH seen AS (
    SELECT count(DISTINCT subkey) FILTER (WHERE failures > 0) AS ids, coalesce(sum(tries), 0) AS tries,
           coalesce(sum(failures), 0) AS failures, max("window") AS latest
      FROM accounts_attemptcount
     WHERE kind = %(kind)s AND key = %(key)s AND "window" > %(now)s - %(span)s
), charged AS (
    INSERT INTO accounts_attemptcount AS counted (kind, key, subkey, "window", tries, failures)
    SELECT %(kind)s, %(key)s, %(subkey)s, %(minute)s, 1, 1 FROM seen
     WHERE NOT (ids > %(ids)s AND failures * 2 > tries)
    ON CONFLICT (kind, key, subkey, "window") DO UPDATE
       SET tries = counted.tries + 1, failures = counted.failures + 1
    RETURNING 1
)
SELECT (SELECT count(*) FROM charged), latest FROM seen
"""
REFUND_ADDRESS = """
UPDATE accounts_attemptcount SET failures = greatest(failures - 1, 0)
 WHERE kind = %(kind)s AND key = %(key)s AND subkey = %(subkey)s AND "window" = %(minute)s
"""


@dataclass(frozen=True)
class Limit:
    """After `failures` within `minutes` a key waits as many minutes, counted from the last of them."""

    kind: str
    failures: int
    minutes: int

    def charge(self, key: bytes, *, now: datetime) -> datetime | None:
        """Count an attempt as failed and return None; or, when the key waits, return until when."""
        facts: dict[str, Any] = {
            "kind": self.kind,
            "key": key,
            "now": now,
            "failures": self.failures,
            "span": self._span,
        }
        with connection.cursor() as cursor:
            cursor.execute(CHARGE, facts)
            if cursor.fetchone():
                return None
            cursor.execute(LAST, facts)
            return cursor.fetchone()[0] + self._span

    def refund(self, key: bytes, *, now: datetime) -> None:
        """Take back the charge made at `now`: the attempt was no failure."""
        with connection.cursor() as cursor:
            cursor.execute(REFUND, {"kind": self.kind, "key": key, "now": now})

    @property
    def _span(self) -> timedelta:
        return timedelta(minutes=self.minutes)


def sign_ins() -> Limit:
    """Failures for one ID from devices that never signed in to it."""
    return Limit("signin", settings.SIGNIN_FAILURES, settings.SIGNIN_WAIT_MINUTES)


def old_passwords() -> Limit:
    """Wrong old passwords of one account at 修改密码."""
    return Limit("change", settings.SIGNIN_FAILURES, settings.SIGNIN_WAIT_MINUTES)


def reset_codes() -> Limit:
    """Wrong 重置密码验证码 for one ID, or from one address."""
    return Limit("reset", settings.CODE_FAILURES, settings.SIGNIN_WAIT_MINUTES)


def address_key(address: str) -> bytes:
    """The key of a network address; the address itself is not kept here."""
    return crypto.blind_index(address, field="address")


@dataclass(frozen=True)
class Attempt:
    """One sign-in attempt: whose ID (`index`), from where, on a device that signed in to it before or not."""

    index: bytes
    address: str | None
    known_device: bool
    now: datetime

    def charge(self) -> Verdict:
        """Count it as failed, or refuse because the ID or the address waits; a known device never does (§3)."""
        if self.known_device:
            return YES
        until = sign_ins().charge(self.index, now=self.now)
        if until:
            return waiting("这个身份证号码登录失败次数过多", until, cause="waiting_id")
        until = self._charge_address()
        if until:
            sign_ins().refund(self.index, now=self.now)
            return waiting("您所在的网络登录失败次数过多", until, cause="waiting_address")
        return YES

    def refund(self) -> None:
        """It succeeded."""
        if self.known_device:
            return
        sign_ins().refund(self.index, now=self.now)
        if self.address:
            with connection.cursor() as cursor:
                cursor.execute(REFUND_ADDRESS, self._address_facts)

    def _charge_address(self) -> datetime | None:
        """None, or the moment by which the address is certainly free again: at most a window and a minute on."""
        if not self.address:
            return None
        with connection.cursor() as cursor:
            cursor.execute(CHARGE_ADDRESS, self._address_facts)
            charged, latest = cursor.fetchone()
        return None if charged else latest + self._address_facts["span"] + timedelta(minutes=1)

    @property
    def _address_facts(self) -> dict[str, Any]:
        return {
            "kind": ADDRESS,
            "key": address_key(self.address or ""),
            "subkey": self.index,
            "now": self.now,
            "minute": self.now.replace(second=0, microsecond=0),
            "span": timedelta(minutes=settings.ADDRESS_WINDOW_MINUTES),
            "ids": settings.ADDRESS_IDS,
        }


def waiting(reason: str, until: datetime, *, cause: str) -> Verdict:
    """The refusal everybody reads alike while waiting."""
    remedy = "忘记密码的，可以用重置密码验证码设新密码，不用等待。"
    return no(f"{reason}，请在{_clock(until)}之后再试。", cause=cause, remedy=remedy)


def code_waiting(until: datetime) -> Verdict:
    """The refusal of one more wrong 重置密码验证码; the code itself stays valid."""
    remedy = f"，请核对后在{_clock(until)}之后再试。正确的验证码仍然有效。"
    return no("重置密码验证码填错次数过多", cause="waiting", remedy=remedy)


def _clock(until: datetime) -> str:
    """Local time to the minute, never too early."""
    return f"{timezone.localtime(until + timedelta(seconds=59)):%H:%M}"
