"""Sends one hostile file after the other to a running installation, then a good one, and prints what became of them.

Run as a process of its own with ZHTJ_DATA of that installation: `python -m tests.members.roster.attack_service PORT`.
"""

import io
import json
import os
import random
import re
import sys
import time
import urllib.error
import urllib.request
import zipfile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhtj.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart  # noqa: E402

from accounts.models import Account  # noqa: E402
from members.models import BatchState, ImportBatch, Member  # noqa: E402
from orgs.models import Seat  # noqa: E402
from tests.lib import hostile  # noqa: E402
from tests.members.roster.sheets import person, roster  # noqa: E402

PATIENCE = 120
SETTLED = (BatchState.REJECTED, BatchState.PLANNED, BatchState.MAPPING)


class Upload:
    """A file for encode_multipart."""

    content_type = "application/octet-stream"

    def __init__(self, name: str, raw: bytes):
        self.name, self.read = name, lambda: raw


def nested() -> bytes:
    """Archives inside an archive, each full of zeros."""
    raw = bytes(8 << 20)
    for _ in range(4):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("内.zip", raw)
        raw = out.getvalue()
    return raw


def bomb() -> bytes:
    """A sheet that unpacks to 400 MB."""
    blank = b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * (400 << 20)
    return hostile.changed(hostile.SMALL, **{"xl__worksheets__sheet1.xml": blank})


def huge_strings() -> bytes:
    """Shared strings of 200 MB."""
    return hostile.changed(hostile.SMALL, **{"xl__sharedStrings.xml": b"<si><t>" + b"a" * (200 << 20)})


def huge_dimension() -> bytes:
    """A sheet that says it reaches the last cell there is, and has cells there."""
    return hostile.far()


def climbing() -> bytes:
    """A part that would be unpacked outside."""
    return hostile.changed(hostile.SMALL, **{"..__..__..__tmp__climbed.xml": b"<a/>"})


def external() -> bytes:
    """An external entity."""
    text = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    return hostile.changed(hostile.SMALL, **{"xl__workbook.xml": text})


def mutated(seed: int) -> bytes:
    """The roster of a class in the old format with a hundred bytes changed."""
    chance = random.Random(seed)
    raw = bytearray((hostile.ROSTERS / "class_30.xls").read_bytes())
    for place in chance.sample(range(512, len(raw)), 100):
        raw[place] ^= chance.randrange(1, 256)
    return bytes(raw)


def attacks() -> dict[str, tuple[str, bytes]]:
    """What is sent: a word for each, the name of the file, the bytes."""
    made = {word: ("名单.xlsx", make()) for word, (make, _) in hostile.FILES.items()}
    made |= {f"mutated {seed}": ("名单.xls", mutated(seed)) for seed in range(5)}
    return made | {
        "bomb": ("名单.xlsx", bomb()),
        "nested archives": ("名单.xlsx", nested()),
        "huge strings": ("名单.xlsx", huge_strings()),
        "huge dimension": ("名单.xlsx", huge_dimension()),
        "climbing part": ("名单.xlsx", climbing()),
        "external entity": ("名单.xlsx", external()),
        "20 MB and a byte": ("名单.xlsx", bytes(settings.IMPORT_JOB_BYTES + 1)),
        "climbing name": ("../../../../tmp/名单.xlsx", hostile.SMALL[:-40]),
        "name of a program": ("名单.xlsx; rm -rf $(HOME).exe", b"MZ\x90\0" + bytes(200)),
    }


class Attacker:
    """An administrator of a branch at the door of the installation."""

    def __init__(self, address: str):
        self.address = address
        seat = Seat.objects.select_related("post__account", "organization").filter(
            organization__category="branch"
        )
        self.branch = seat[0].organization
        self.account = seat[0].post.account
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(self.account)
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, path: str, body: bytes | None = None) -> tuple[int, str, str]:
        """Status, address and text of the answer."""
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": said, "Content-Type": MULTIPART_CONTENT} if body else {"Cookie": said}
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address + path, body, headers), timeout=60
            ) as answer:
                for line in answer.headers.get_all("Set-Cookie") or []:
                    name, value = line.split(";")[0].split("=", 1)
                    self.cookies[name] = value
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url, error.read().decode()

    def upload(self, name: str, raw: bytes) -> tuple[int, str]:
        """Send a file by the form: the number of its import, else 0 and what the form says."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.ask("/imports/new/")[2])[1]
        data = {"csrfmiddlewaretoken": token, "org": self.branch.pk, "file": Upload(name, raw)}
        status, url, text = self.ask("/imports/new/", encode_multipart(BOUNDARY, data))
        found = re.search(r"/imports/(\d+)/$", url)
        if found:
            return int(found[1]), ""
        said = re.search(r'class="field-error">.*?<span>([^<]+)', text, re.S)
        return 0, said[1] if said and status == 422 else f"{status}"


def settled(batch: int) -> ImportBatch:
    """The import when the worker has done with it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = ImportBatch.objects.get(pk=batch)
        if found.state in SETTLED:
            return found
        time.sleep(0.1)
    return found


def main(port: str) -> None:
    """Attack, then import a good file; prints JSON."""
    attacker = Attacker(f"http://127.0.0.1:{port}")
    before = Account.objects.count(), Member.objects.count()
    sent = {word: attacker.upload(name, raw) for word, (name, raw) in attacks().items()}
    outcome = {}
    for word, (batch, said) in sent.items():
        found = settled(batch) if batch else None
        outcome[word] = [found.state, found.message or str(found.counts)] if found else ["refused", said]
    unchanged = before == (Account.objects.count(), Member.objects.count())
    batch, _ = attacker.upload(
        "好名单.xlsx", roster(person("新来的", 微博="=cmd|'/C calc'!A0"), person("另一个"))
    )
    good = settled(batch)
    print(
        json.dumps(
            {
                "outcome": outcome,
                "unchanged": unchanged,
                "good": [good.state, good.message, good.counts.get("new")],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
