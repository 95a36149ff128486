"""Log lines as JSON with every ID and phone number masked, whatever library wrote them."""

import json
import logging
from datetime import UTC, datetime

from zhtj.lib import trace
from zhtj.lib.masking import mask_numbers


class JsonLines(logging.Formatter):
    """One object a line: time, level, logger, message, request, and the trace where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := trace.current.get():
            line["request"] = request_id
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps({name: mask_numbers(text) for name, text in line.items()}, ensure_ascii=False)
