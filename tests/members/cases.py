"""The table of what the rules say while a person is typed: held against Python here and against JavaScript in a browser.

One line is a name, the ID number, the joining month, the 发展团员编号, and the cause that each rule gives ("" for none):
of the number, of the joining age, of the 发展团员编号. Today is 2026-11-23.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.idcard import check_character

TODAY = date(2026, 11, 23)


def number(born: str, serial: str = "001", region: str = "659099") -> str:
    """A sound number of somebody born that day."""
    body = f"{region}{born}{serial}"
    return body + check_character(body)


@dataclass(frozen=True)
class Line:
    """What is typed, and the causes expected."""

    name: str
    id_number: str
    joined: date
    league_number: str
    of_id: str = ""
    of_joining: str = ""
    of_league: str = ""
    over_age: bool = False


SOUND = number("20060520")


def _wrong(text: str) -> str:
    return text[:17] + ("0" if text[17] != "0" else "1")


LINES = (
    Line("all is well", SOUND, date(2021, 5, 1), "202165000001"),
    Line("X at the end", next(n for at in range(99) if (n := number("20060520", f"{at:03d}")).endswith("X")), date(2021, 5, 1), "202165000001"),
    Line("too short", SOUND[:17], date(2021, 5, 1), "202165000001", of_id="id_length"),
    Line("too long", SOUND + "1", date(2021, 5, 1), "202165000001", of_id="id_length"),
    Line("a letter inside", SOUND[:5] + "A" + SOUND[6:], date(2021, 5, 1), "202165000001", of_id="id_characters"),
    Line("30 February", number("20060230"), date(2021, 5, 1), "202165000001", of_id="id_birth"),
    Line("month 13", number("20061301"), date(2021, 5, 1), "202165000001", of_id="id_birth"),
    Line("29 February of a leap year", number("20040229"), date(2018, 5, 1), "201865000001"),
    Line("29 February of a common year", number("20050229"), date(2019, 5, 1), "201965000001", of_id="id_birth"),
    Line("year 0", number("00000101"), date(2019, 5, 1), "201965000001", of_id="id_birth"),
    Line("born tomorrow", number("20261124"), date(2026, 11, 1), "202665000001", of_id="id_birth"),
    Line("wrong check character", _wrong(SOUND), date(2021, 5, 1), "202165000001", of_id="id_check"),
    Line("joined in the month of 13 years", SOUND, date(2019, 5, 1), "201965000001"),
    Line("joined a month before", SOUND, date(2019, 4, 1), "201965000001", of_joining="joined_age"),
    Line("12 years before 2016-09", number("20040831"), date(2016, 8, 1), "201665000001"),
    Line("12 years from 2016-09", number("20040831"), date(2016, 9, 1), "201665000001", of_joining="joined_age"),
    Line("joined before birth", SOUND, date(2006, 4, 1), "", of_joining="joined_age"),
    Line("joined this month", number("20100101"), date(2026, 11, 1), "202665000001"),
    Line("joined next month", number("20100101"), date(2026, 12, 1), "202665000001", of_joining="joined_future"),
    Line("no number needed before 2016", number("20000101"), date(2015, 12, 1), ""),
    Line("number needed from 2016-01", number("20000101"), date(2016, 1, 1), "", of_league="number_missing"),
    Line("number too short", SOUND, date(2021, 5, 1), "20216500001", of_league="number_shape"),
    Line("number with a letter", SOUND, date(2021, 5, 1), "2021650000O1", of_league="number_shape"),
    Line("number of another year", SOUND, date(2021, 5, 1), "202265000001", of_league="number_year"),
    Line("number of a corrected date", SOUND, date(2021, 5, 1), "201965000001"),
    Line("number too early for a correction", SOUND, date(2021, 5, 1), "201865000001", of_league="number_year"),
    Line("number of a year when old enough", SOUND, date(2022, 5, 1), "202165000001", of_league="number_year"),
    Line("27 years and eleven months", number("19981124"), date(2013, 5, 1), ""),
    Line("28 today", number("19981123"), date(2013, 5, 1), "", over_age=True),
)  # fmt: skip
