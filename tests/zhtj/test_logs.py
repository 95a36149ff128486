"""Every log line is one JSON object without anybody's numbers."""

import json
import logging
import sys

from zhtj.lib import trace
from zhtj.logs import JsonLines

ID = "110199200501011237"


def line(message, *arguments, exc_info=None):
    record = logging.LogRecord("zhtj.test", logging.ERROR, "x.py", 1, message, arguments, exc_info)
    return json.loads(JsonLines().format(record))


def test_arguments_are_masked():
    assert line("not found: %s", ID)["message"] == "not found: 110***************"


def test_traces_are_masked():
    try:
        raise ValueError(ID)
    except ValueError:
        assert ID not in json.dumps(line("failed", exc_info=sys.exc_info()))


def test_codes_of_letters_are_left_out():
    assert line("Not Found: %s", "/letters/ABCD2345/")["message"] == "Not Found: /letters/*/"
    assert line("Not Found: %s", "/transfers/letters/7/")["message"] == "Not Found: /transfers/letters/7/"


def test_the_request_is_named():
    token = trace.current.set("abc123")
    assert line("hello")["request"] == "abc123"
    trace.current.reset(token)
