"""Log lines as JSON on standard error, one event a line."""

import json
import logging
from typing import Any

from motp_protocol.encoding import format_time

_EXTRAS = ("method", "path", "status", "milliseconds")


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: time, level, where from, what, and what the record adds."""
        line: dict[str, Any] = {
            "time": format_time(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure_logging() -> None:
    """Send the log to standard error. Libraries that log requests are kept quiet."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for library in ("httpx", "httpcore", "alembic", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(library).setLevel(logging.WARNING)
