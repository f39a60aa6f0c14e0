"""Log lines as JSON on standard error, one event a line.

A line never shows a value that came from a request: of an exception it tells the type and
the places, and the message only where the exception is of our own making.
"""

import logging
import sys
import threading
import traceback
from contextvars import ContextVar
from types import TracebackType
from typing import Any

import msgspec

from motp_protocol.encoding import format_time

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Names the request under way, in every line that is logged because of it."""

_encode = msgspec.json.Encoder().encode
_EXTRAS = ("method", "path", "route", "status", "milliseconds")
_TRACEBACK = "Traceback (most recent call last):"
_OUR_OWN = ("motp_verifier.", "motp_protocol.")


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: time, level, process, where from, what, and what the record adds."""
        line: dict[str, Any] = {
            "time": format_time(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "process": record.process,
            "logger": record.name,
            "message": _without_traceback(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)}
        if request := request_id.get():
            line["request_id"] = request
        if record.exc_info and record.exc_info[1] is not None:
            line["traceback"] = without_values(record.exc_info[1])
        return _encode(line).decode()


def without_values(error: BaseException) -> list[str]:
    """An exception and its causes: types and places, one text each, the cause first."""
    told: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        told.insert(0, _one(current))
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return told


def configure_logging(level: str = "info") -> None:
    """Send the log to standard error. Libraries that log requests are kept quiet."""
    # What no line shows need not be found out for each, and a request has a line.
    logging._srcfile = None  # as Python's logging HOWTO says
    logging.logThreads = logging.logMultiprocessing = False
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for library in ("httpx", "httpcore", "alembic", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(library).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _without_traceback(message: str) -> str:
    """Some libraries log a traceback as text: of this too only the places are told."""
    before, found, after = message.partition(_TRACEBACK)
    if not found:
        return message
    places = [line.strip() for line in after.splitlines() if line.startswith('  File "')]
    return "\n".join([f"{before}traceback", *places])


def _one(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    message = f": {error}" if name.startswith(_OUR_OWN) else ""
    places = [
        f"{frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([f"{name}{message}", *places])


def _uncaught(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    logging.getLogger(__name__).critical("the process ends", exc_info=error)


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        logging.getLogger(__name__).critical("a thread ends", exc_info=told.exc_value)
