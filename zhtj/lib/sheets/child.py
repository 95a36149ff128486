"""Parses one workbook from standard input and writes it to standard output as JSON; runs alone, with rlimits.

Started as a script with `-I -S`: it imports the standard library, calamine and texts.py beside it, nothing else.
A fault is an answer `{"fault": cause, "facts": {…}}`; whatever else goes wrong is seen by its exit status.
"""

import io
import json
import os
import re
import resource
import sys
from datetime import date, datetime

ERROR_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?\bt="e"[^>]*>(?:<f[^>]*?(?:/>|>.*?</f>))?<v>(.*?)</v>')
HOLLOW_CELL = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(?:<f[^>]*?/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
FAR_CELL = re.compile(rb'''\br\s*=\s*["']([A-Z]{3,}\d+|[A-Z]{1,2}\d{6,})["'][^>]*(?<!/)>''')
DOCTYPES = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


class Fault(Exception):
    """What is wrong with the file, by cause."""

    def __init__(self, cause, **facts):
        super().__init__(cause)
        self.cause, self.facts = cause, facts


def limit(seconds, memory):
    """Give up everything this process does not need."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main():
    """Read, look, parse, answer."""
    order = json.loads(sys.argv[1])
    sys.path.append(order["packages"])
    sys.path.append(os.path.dirname(os.path.abspath(__file__)))
    limit(order["seconds"], order["memory"])
    data = sys.stdin.buffer.read()
    try:
        answer = parse(data, order)
    except Fault as fault:
        answer = {"fault": fault.cause, "facts": fault.facts}
    json.dump(answer, sys.stdout, default=plain, ensure_ascii=False)


def plain(value):
    """Days and moments as pairs; other kinds of time as their text."""
    if isinstance(value, datetime):
        return ["t", value.isoformat()]
    return ["d", value.isoformat()] if isinstance(value, date) else str(value)


def parse(data, order):
    """The chosen sheet of the workbook."""
    import python_calamine as calamine  # noqa: PLC0415 - after the limits are set

    parts = looked_into(data, order["rows"]) if data[:2] == b"PK" else None
    try:
        book = calamine.load_workbook(io.BytesIO(data))
        names = book.sheet_names
        if not names:
            raise Fault("no_sheet")
        name, header, rows = chosen(book, names, order)
    except calamine.PasswordError:
        raise Fault("password") from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError):
        raise Fault("corrupt") from None
    if parts:
        mark_broken(rows, parts.sheet(names.index(name)))
    return {"sheet": name, "header": header, "rows": rows, "names": names}


def chosen(book, names, order):
    """The preferred sheet, else the first with a header; the first with anything where none has one."""
    from texts import header_at  # noqa: PLC0415 - found only now that the path is set

    fallback = None
    for name in sorted(names, key=lambda each: each != order["prefer"]):
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception as error:  # noqa: BLE001 - chart sheets and broken ones: another may do
            if len(names) == 1:
                raise Fault("corrupt") from error
            continue
        if sheet.total_height > order["rows"] + order["within"]:
            raise Fault("too_many_rows", rows=order["rows"], found=sheet.total_height)
        rows = sheet.to_python(skip_empty_area=False)
        header = header_at(rows, order["wanted"], order["within"])
        if header is not None or name == order["prefer"]:
            return name, header, rows
        fallback = fallback or ((name, None, rows) if rows else None)
    if fallback is None:
        raise Fault("no_rows")
    return fallback


class Parts:
    """The texts inside an .xlsx that are looked at before and after calamine."""

    def __init__(self, data):
        import zipfile  # noqa: PLC0415 - .xls needs none

        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.sheets = [name for name in self.zip.namelist() if re.match(r"xl/worksheets/[^/]+\.xml$", name)]
        except zipfile.BadZipFile:
            raise Fault("corrupt") from None
        self.broken = zipfile.BadZipFile

    def text(self, name):
        """One part, decompressed."""
        import zlib  # noqa: PLC0415

        try:
            return self.zip.read(name)
        except (self.broken, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError):
            raise Fault("corrupt") from None

    def sheet(self, at):
        """The text of the sheet at this place of the workbook."""
        workbook = self.text("xl/workbook.xml")
        links = self.text("xl/_rels/workbook.xml.rels")
        ids = re.findall(rb"<(?:\w+:)?sheet\b[^>]*?\br:id=[\"']([^\"']+)", workbook)
        for link in re.findall(rb"<Relationship\b[^>]*>", links):
            if at < len(ids) and b'Id="%s"' % ids[at] in link:
                target = re.search(rb'Target="/?(?:xl/)?([^"]+)"', link)
                name = "xl/" + target.group(1).decode() if target else ""
                return self.text(name) if name in self.sheets else b""
        return b""


def looked_into(data, most_rows):
    """Refuse what would make the parser build a huge table, and document types; the parts for later."""
    parts = Parts(data)
    for name in parts.zip.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        text = parts.text(name)
        if any(mark in text for mark in DOCTYPES):
            raise Fault("doctype")
        if name in parts.sheets:
            for match in FAR_CELL.finditer(text):
                cell = match.group(1).decode()
                letters = cell.rstrip("0123456789")
                if len(letters) > 2 or int(cell[len(letters) :]) > most_rows + 1000:
                    raise Fault("far_cell", cell=cell)
    return parts


def mark_broken(rows, text):
    """Put `["e", what Excel shows]` where a cell is an error or a formula without a value."""
    if b'"e"' in text:
        for letters, number, shown in ERROR_CELL.findall(text):
            put(rows, letters, number, shown.decode())
    if b"<f" in text:
        for letters, number in HOLLOW_CELL.findall(text):
            put(rows, letters, number, "")


def put(rows, letters, number, shown):
    """Mark one cell; rows that calamine left out at the end are added."""
    column = 0
    for letter in letters.decode():
        column = column * 26 + ord(letter) - 64
    while len(rows) < int(number):
        rows.append([])
    row = rows[int(number) - 1]
    row.extend([""] * (column - len(row)))
    row[column - 1] = ["e", shown]


if __name__ == "__main__":
    main()
