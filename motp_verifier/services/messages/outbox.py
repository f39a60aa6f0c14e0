"""Messages into a file instead of to phones: for tests and the demo.

Each message is one line of JSON with `id`, `time` (RFC 3339), `to` and `text`, so that a
person or a program can follow the file as it grows.
"""

import asyncio
import fcntl
import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import msgspec

from motp_protocol.encoding import format_time
from motp_verifier.services.messages.port import (
    SendFailed,
    SendFailure,
    SendOutcome,
    Sent,
    TextMessage,
)

FILE_NAME = "outbox.jsonl"
_OWNER_ONLY = 0o600

_log = logging.getLogger(__name__)


class Outbox:
    """Appends messages to one file, which only its owner may read.

    Any number of processes may share the file. `now` is the time in milliseconds
    since 1970.
    """

    def __init__(self, path: Path, now: Callable[[], int]) -> None:
        self._path = path
        self._now = now
        _log.warning("text messages go to %s and to no phone: this is not for production", path)

    async def send(self, message: TextMessage) -> SendOutcome:
        """Append the message; it is on the disk when this returns `Sent`."""
        message_id = secrets.token_urlsafe(12)
        line = msgspec.json.encode(
            {
                "id": message_id,
                "time": format_time(self._now()),
                "to": message.to,
                "text": message.text,
            }
        )
        try:
            await asyncio.to_thread(_append, self._path, line + b"\n")
        except OSError as error:
            return SendFailed(
                SendFailure.UNREACHABLE, f"the outbox cannot be written: {error.strerror}"
            )
        return Sent(message_id)


def _append(path: Path, line: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, _OWNER_ONLY)
    try:
        os.fchmod(descriptor, _OWNER_ONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        size = os.fstat(descriptor).st_size
        try:
            _write_all(descriptor, line)
            os.fsync(descriptor)
        except OSError:
            # Half a line would spoil the next message too.
            os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
