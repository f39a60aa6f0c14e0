"""The app's own log: a few files of bounded size in the data folder, for this user alone."""

import contextlib
import logging
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from motp_desktop.bugs import where_raised

FOLDER = "logs"
NAME = "motp-desktop.log"
BYTES = 256 * 1024
BACKUPS = 3
_TAIL_BYTES = 64 * 1024
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)

# The second line of defence: nothing is logged that looks so, and if it were it would not show.
_NUMBERS = re.compile(r"(?<![\w.-])\+?\d(?:[ -]?\d){3,}(?![\w-])")
_KEYS = re.compile(r"[A-Za-z0-9_-]{32,}|[A-Za-z0-9+/]{40,}={0,2}")


class LogFile:
    """Where the log lies, and its newest lines."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir / FOLDER / NAME

    def tail(self, lines: int = 400) -> list[str]:
        """The newest lines, the oldest of them first; none where there is no log."""
        text = b""
        for path in (self.path.with_name(f"{NAME}.1"), self.path):
            with contextlib.suppress(OSError), path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
                text += file.read(_TAIL_BYTES)
        return [scrub(line) for line in text.decode("utf-8", "replace").splitlines()[-lines:]]


@contextlib.contextmanager
def logging_to(data_dir: Path) -> Iterator[None]:
    """Write the app's log there meanwhile; nowhere, where the folder cannot be written."""
    log = LogFile(data_dir)
    try:
        log.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _PrivateFile(log.path)
    except OSError:
        yield
        return
    handler.setFormatter(_Plain())
    handler.addFilter(lambda record: _is_ours(record) or record.levelno >= logging.WARNING)
    root, ours = logging.getLogger(), logging.getLogger("motp_desktop")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        ours.setLevel(level)
        handler.close()


def scrub(text: str) -> str:
    """A line without what looks like a code, a PIN, a telephone number or a key."""
    return _KEYS.sub("[…]", _NUMBERS.sub("[…]", text))


class _PrivateFile(RotatingFileHandler):
    """Readable by this user alone; a full disk or a lost folder is no reason to say more."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=BYTES, backupCount=BACKUPS, encoding="utf-8", delay=False)

    def _open(self) -> IO[str]:  # type: ignore[override]
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _NO_FOLLOW
        return os.fdopen(os.open(self.baseFilename, flags, 0o600), "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing: there is nowhere to say it."""


class _Plain(logging.Formatter):
    """One line for each record: when, how grave, who, what. Of exceptions only kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        words = " ".join(record.getMessage().split())
        if record.exc_info and record.exc_info[1] is not None:
            words += f" ({type(record.exc_info[1]).__name__} at {where_raised(record.exc_info[1])})"
        name = record.name.removeprefix("motp_desktop.")
        return f"{moment.removesuffix('+00:00')}Z {record.levelname} {name}: {scrub(words)}"


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.startswith("motp_desktop")
