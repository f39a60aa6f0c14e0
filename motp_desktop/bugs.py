"""Exceptions that nobody expected: logged by type and place, for their words may be secret."""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

_log = logging.getLogger(__name__)


def log_bug(bug: BaseException) -> None:
    """Log the type of an exception and where it was raised."""
    _log.error("unexpected %s at %s", type(bug).__name__, where_raised(bug))


def where_raised(bug: BaseException) -> str:
    """The file and line in which an exception was raised."""
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    # The end of the path: what stands before it may name the user.
    path = "/".join(Path(trace.tb_frame.f_code.co_filename).parts[-3:])
    return f"{path}:{trace.tb_lineno}"


def install_hooks() -> None:
    """Have all uncaught exceptions logged so, those in Qt's slots and in threads included."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda uncaught: log_bug(uncaught.exc_value or uncaught.exc_type())


def _uncaught(_kind: type[BaseException], bug: BaseException, _trace: TracebackType | None) -> None:
    log_bug(bug)
