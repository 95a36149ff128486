"""The tripwire over the whole suite: no full ID number, phone or code leaves the product unnoticed.

Every answer of the test client is scanned with its address, headers, session and the audit rows it wrote, every
workbook unpacked, and every log line as it would be printed. A number is recognised by its form and check
character, a code because its making is watched. Only the addresses below may show one, and then the audit row
that says so must have been written by the same request; what was just typed may be echoed on the page that asked.
"""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pypdfium2
import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404

from accounts import idcard, reset
from members import rules
from members.applications import receipts
from members.roster.template import _EXAMPLE
from regcodes.models import RegistrationCode
from transfers.letters import codes as letters
from zhtj.audit.models import AuditEntry
from zhtj.lib.writing import code_groups
from zhtj.logs import JsonLines

# Address → the verb whose audit row must be there when a number or code is shown.
EMITTERS = {
    "members:reveal": "members.reveal_id",
    "members:reveal_phone": "members.reveal_phone",
    "cadres:reveal": "members.reveal_id",
    "cadres:reveal_phone": "members.reveal_phone",
    "requests:reveal": "members.reveal_id",
    "requests:reveal_phone": "members.reveal_phone",
    "members:export_full": "members.export_full",
    "cadres:export_full": "members.export_full",
    "members:archive_full": "members.export_full",
    "members:reset_code": "accounts.issue_reset_code",
    "regcodes:show": "regcodes.shown",
    "codes:excel": "regcodes.exported",
    "codes:slips": "regcodes.exported",
    "members:reset_slips": "accounts.issue_reset_code",
    "imports:errors": "imports.returned",
    "applications:reveal": "members.reveal_id",
    "applications:reveal_phone": "members.reveal_phone",
    "applications:member": "applications.submitted",
    "applications:cadre": "applications.submitted",
    "freshmen:excel": "freshmen.exported",
    "stores:reveal": "stores.reveal_id",
    "letters:sheet": "letters.printed",
    "letters:pdf": "letters.printed",
    "letters:batch_pdf": "letters.printed",
    "matching:excel": "matching.exported",
    "matching:roster": "matching.exported",
    "transfers:status_excel": "transfers.list_exported",
}
# Pages that show again what was typed into them, when something else was wrong with it.
ECHOES = {
    "accounts:sign_in",
    "accounts:forgot",
    "members:add",
    "members:find",
    "members:edit",
    "members:correct",
    "cadres:add",
    "cadres:enter",
    "cadres:edit",
    "cadres:correct",
    "me:edit",
    "me:correct",
    "cadres:invite",
    "matching:index",
    "transfers:many",
    "transfers:statuses",
    "merging:find",
    "orgs:edit",
    "orgs:info_edit",
    "regcodes:code",
    "transfers:bring_in",
    "regcodes:person",
    "applications:member",
    "applications:cadre",
    "applications:state",
    "applications:correct",
}
# The example row of the template: a person who cannot be.
SAMPLES = {"imports:template": {_EXAMPLE[rules.NUMBER], _EXAMPLE[rules.PHONE]}}
# An upload is shown to whoever uploaded it, and to nobody else.
UPLOADS = {
    "imports:detail",
    "imports:fix",
    "imports:map",
    "matching:result",
    "transfers:sending",
    "transfers:status",
}

ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
PHONE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
# The QR code of a letter is the address of the page that checks it.
CHECKED = re.compile(r"^(/letters/)[^/?]+")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


class Escaped(AssertionError):
    """A number or code where none may be; says where, never which."""


class Tripwire:
    """What one test has made and what has been seen of it."""

    def __init__(self) -> None:
        self.codes: set[str] = set()

    def secrets_in(self, text: str) -> set[str]:
        """The full numbers and codes of a text."""
        numbers = {each.upper() for each in ID.findall(text) if is_number(each.upper())}
        codes = {code for code in self.codes if code in text or code_groups(code) in text}
        return numbers | set(PHONE.findall(text)) | codes

    def demand_none(self, text: str, where: str) -> None:
        """Raise Escaped when there is one."""
        if found := self.secrets_in(text):
            raise Escaped(f"{len(found)} full number(s) or code(s) in {where}")

    # -- one request --------------------------------------------------------------------------------

    def judge(
        self, request: dict[str, Any], body: str, response: HttpResponseBase, rows: list[AuditEntry]
    ) -> None:
        """Scan everything that this request left behind."""
        path = f"{request.get('PATH_INFO', '')}?{request.get('QUERY_STRING', '')}"
        self.demand_none(CHECKED.sub(r"\1", path), "the address")
        self.demand_none(
            "\n".join(f"{name}: {value}" for name, value in response.items()), f"the headers of {path}"
        )
        self.demand_none(str(response.cookies), f"the cookies of {path}")
        self.demand_none(session_of(response), f"the session after {path}")
        for row in rows:
            self.demand_none(json.dumps(row.detail, ensure_ascii=False), f"the audit row {row.verb}")
        self._judge_content(path, body, response, rows)

    def _judge_content(self, path: str, body: str, response: Any, rows: list[AuditEntry]) -> None:
        shown = self.secrets_in(text_of(response))
        name = view_name(response)
        if name in ECHOES:
            typed = body.upper()  # a code is copied with its gap or without
            shown -= {each for each in shown if each.upper() in typed or code_groups(each).upper() in typed}
        shown -= SAMPLES.get(name, set())
        if not shown or name in UPLOADS:
            return
        if name not in EMITTERS:
            raise Escaped(
                f"{len(shown)} full number(s) or code(s) on {name or path}, which is no listed page"
            )
        if EMITTERS[name] not in {row.verb for row in rows}:
            raise Escaped(f"{name} showed a full number or code without its audit row {EMITTERS[name]}")


def is_number(text: str) -> bool:
    """Whether 18 characters are an ID number and not a mere row of digits."""
    try:
        idcard.birth_date(text)
    except ValueError:
        return False
    return idcard.check_character(text[:17]) == text[17]


def view_name(response: Any) -> str:
    """The name of the address that answered; empty where there is none."""
    try:
        return response.resolver_match.view_name
    except (AttributeError, Resolver404):
        return ""


def text_of(response: Any) -> str:
    """The content as text; a workbook is unpacked."""
    if getattr(response, "streaming", False):
        return ""
    content = response.content
    if response.headers.get("Content-Type", "") == "application/pdf" and content:
        return words_of(content)
    if response.headers.get("Content-Type", "").startswith((WORKBOOK, ZIP)):
        content = unpacked(content)
    return content.decode("utf-8", "replace")


def words_of(raw: bytes) -> str:
    """The text of all pages of a PDF."""
    with ExitStack() as stack:
        document = pypdfium2.PdfDocument(raw)
        stack.callback(document.close)
        found = []
        for at in range(len(document)):
            page = document[at]
            stack.callback(page.close)
            text = page.get_textpage()
            stack.callback(text.close)
            found.append(text.get_text_bounded())
        return "\n".join(found)


def unpacked(raw: bytes) -> bytes:
    """All parts of a workbook, and of the workbooks in an archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return b"\n".join(unpacked(part) if name.endswith(".xlsx") else part for name, part in parts)


def session_of(response: Any) -> str:
    """What the session holds after the request, where it was touched."""
    session = getattr(getattr(response, "wsgi_request", None), "session", None)
    loaded = getattr(session, "_session_cache", None)
    return json.dumps(loaded, ensure_ascii=False, default=str) if loaded else ""


def body_of(request: dict[str, Any]) -> str:
    """What was sent, decoded; the stream is left as it was found."""
    stream = request.get("wsgi.input")
    raw = stream._FakePayload__content if hasattr(stream, "_FakePayload__content") else None
    if raw is None:
        return ""
    at = raw.tell()
    raw.seek(0)
    sent = raw.read()
    raw.seek(at)
    return sent.decode("utf-8", "replace")


def quietly(query: Any) -> Any:
    """Run a query that no count of queries sees; None where the test has no database."""
    forced, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        return query()
    except (RuntimeError, DatabaseError):
        return None
    finally:
        connection.force_debug_cursor = forced


def last_row() -> int:
    """The id of the newest audit row."""
    return AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


class Lines(logging.Handler):
    """Every log line as the product would print it."""

    def __init__(self, wire: Tripwire):
        super().__init__()
        self.wire, self.found = wire, []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        if self.wire.secrets_in(self.format(record)):
            self.found.append(record.name)


@pytest.fixture(autouse=True)
def tripwire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tripwire]:
    """Watch this test."""
    wire = Tripwire()
    _watch_codes(wire, monkeypatch)
    _watch_client(wire, monkeypatch)
    lines = Lines(wire)
    logging.getLogger().addHandler(lines)
    yield wire
    logging.getLogger().removeHandler(lines)
    assert lines.found == [], f"full numbers or codes in log lines of {sorted(set(lines.found))}"


def _watch_codes(wire: Tripwire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn every code that is made or read; the functions themselves do what they always do."""
    issue, code, draw = reset.issue_many, RegistrationCode.code.fget, receipts.draw
    draw_letter = letters.draw
    assert code is not None

    def issue_watched(*args: Any, **kwargs: Any) -> dict[int, str]:
        made = issue(*args, **kwargs)
        wire.codes.update(made.values())
        return made

    def code_watched(row: RegistrationCode) -> str:
        read = code(row)
        wire.codes.add(read)
        return read

    def draw_watched() -> str:
        drawn = draw()
        wire.codes.add(drawn)
        return drawn

    def draw_letter_watched() -> str:
        drawn = draw_letter()
        wire.codes.add(drawn)
        return drawn

    monkeypatch.setattr(letters, "draw", draw_letter_watched)
    monkeypatch.setattr(receipts, "draw", draw_watched)
    monkeypatch.setattr(reset, "issue_many", issue_watched)
    monkeypatch.setattr(RegistrationCode, "code", property(code_watched))


def _watch_client(wire: Tripwire, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Client.request

    def ask_watched(client: Client, **request: Any) -> Any:
        body, before = body_of(request), quietly(last_row)
        response = ask(client, **request)
        rows = quietly(lambda: list(AuditEntry.objects.filter(pk__gt=before))) if before is not None else []
        wire.judge(request, body, response, rows or [])
        return response

    monkeypatch.setattr(Client, "request", ask_watched)
