"""Rosters made for a test, and the acts on one by the pages."""

import io

import xlsxwriter

from members.models import ImportBatch
from members.rules import COLUMNS
from tests.makers import number_of

PHONE = "13912345678"


def person(name="赵新生", **cells):
    """The cells of a sound row, by column."""
    sound = {
        "姓名": name,
        "身份证号码": number_of(),
        "民族": "汉族",
        "政治面貌": "共青团员",
        "学历": "本科（在读）",
        "入团年月": "2021-05",
        "手机号码": PHONE,
    }
    sound["发展团员编号"] = f"2021659{int(sound['身份证号码'][14:17]):05d}"
    return {**sound, **cells}


def roster(*people, columns=COLUMNS, sheet="团员团干部"):
    """An .xlsx with these people."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        page = book.add_worksheet(sheet)
        for at, column in enumerate(columns):
            page.write_string(0, at, column)
            for row, each in enumerate(people, start=1):
                page.write_string(row, at, each.get(column, ""))
    return raw.getvalue()


def page(client, batch, query="", status=200):
    """The text of an import's page."""
    response = client.get(f"/imports/{batch.pk}/{query}")
    assert response.status_code == status
    return response.content.decode()


def confirm(client, batch, updates=0, **fields):
    """Press the button, which announces the new people and the chosen updates."""
    people = ImportBatch.objects.get(pk=batch.pk).counts.get("new", 0) + updates
    return client.post(f"/imports/{batch.pk}/confirm/", {"announced": people, **fields})
