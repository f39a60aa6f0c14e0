"""Moves what SQLite's write-ahead log holds into the database file, beside the writer.

SQLite has whoever commits do this, once the log is long: a pause for all who wait, and work
that another core could do. A thread of its own does most of it here. It never gets it all
while others write, so the writer's own checkpoint, far later, still has to come; it then finds
little left to do, and the log begins anew (https://www.sqlite.org/wal.html, section 6).
"""

import logging
import sqlite3
import threading
from pathlib import Path

ROWS_BETWEEN = 1000
"""Changed rows after which it is worth while; each is some pages of 4 KiB."""

WRITERS_OWN_PAGES = 16_384
"""Pages in the log from which the writer sees to it: 64 MiB."""

_log = logging.getLogger(__name__)


class Checkpointer:
    """A thread that waits to be told of commits. Started at once; `close` ends it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._due = threading.Event()
        self._closed = False
        self._done_at = 0
        self._thread = threading.Thread(target=self._run, name="store-checkpointer", daemon=True)
        self._thread.start()

    def committed(self, changed_rows: int) -> None:
        """There was a commit; `changed_rows` is how many its connection has changed, ever."""
        if changed_rows - self._done_at >= ROWS_BETWEEN or changed_rows < self._done_at:
            self._done_at = changed_rows
            self._due.set()

    def close(self) -> None:
        """End after the checkpoint that is under way."""
        self._closed = True
        self._due.set()
        self._thread.join()

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while self._due.wait() and not self._closed:
            self._due.clear()
            try:
                if connection is None:
                    connection = sqlite3.connect(self._path, isolation_level=None)
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            except sqlite3.Error as error:
                # The writer meets it too, and says so to those who wait.
                _log.warning("a checkpoint failed: %s", type(error).__name__)
        if connection is not None:
            connection.close()
