"""Serving by several processes: what the parent sets up, and how a worker obeys it."""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from motp_verifier.config import Config
from motp_verifier.server import SHUTDOWN_SECONDS
from motp_verifier.supervisor import ALIVE, SERVING, Supervisor

_FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
_CLOSING_SECONDS = 5
"""How long a worker may take to let go of its database, once its last request is answered."""


@dataclass(frozen=True, slots=True)
class Serving:
    """How one serving process speaks with whoever started it.

    It calls `ready` when it serves and hands over, before that, what asks it to stop. Where
    `alive_seconds` is not 0 its event loop calls `alive` so often.
    """

    ready: Callable[[], None]
    alive: Callable[[], None] = lambda: None
    alive_seconds: float = 0
    hand_over: Callable[[Callable[[], None]], None] = lambda _ask_to_stop: None
    is_worker: bool = False


def run_workers(
    config: Config,
    work: Callable[[Serving], None],
    *,
    ready: Callable[[], None],
    stopping: Callable[[], None],
) -> None:
    """Run `config.workers` processes that `work`, until a signal. Raises WorkersFailed.

    `ready` is called when all serve; `stopping` closes what the parent holds open for them.
    """
    stop_seconds = config.drain_seconds + SHUTDOWN_SECONDS + _CLOSING_SECONDS

    def be_worker(channel: socket.socket) -> None:
        work(
            Serving(
                ready=lambda: channel.sendall(SERVING),
                alive=lambda: _say_alive(channel),
                alive_seconds=config.worker_silence_seconds / 4,
                hand_over=lambda ask_to_stop: _obey(channel, ask_to_stop, stop_seconds),
                is_worker=True,
            )
        )

    with _metrics_folder():
        # Only now, when the metrics can find the folder.
        from motp_verifier.prometheus import forget_process  # noqa: PLC0415

        Supervisor(
            config.workers,
            be_worker,
            ready=ready,
            stopping=stopping,
            buried=forget_process,
            stop_seconds=stop_seconds,
            silence_seconds=config.worker_silence_seconds,
        ).run()


def _say_alive(channel: socket.socket) -> None:
    # A parent that does not listen just now must not make its workers wait.
    with suppress(OSError):
        channel.send(ALIVE, socket.MSG_DONTWAIT)


def _obey(channel: socket.socket, ask_to_stop: Callable[[], None], stop_seconds: float) -> None:
    """Pass on what the parent asks, from a thread that also notices its death."""

    def listen() -> None:
        while channel.recv(1):
            ask_to_stop()
        ask_to_stop()
        time.sleep(stop_seconds)
        os._exit(1)  # Nobody else is there to end it.

    threading.Thread(target=listen, name="parent-watch", daemon=True).start()


@contextmanager
def _metrics_folder() -> Iterator[None]:
    """A folder for the numbers of all workers, as long as they run."""
    before = os.environ.get(_FOLDER_VARIABLE)
    with tempfile.TemporaryDirectory(prefix="motp-metrics-") as folder:
        os.environ[_FOLDER_VARIABLE] = folder
        try:
            yield
        finally:
            if before is None:
                del os.environ[_FOLDER_VARIABLE]
            else:
                os.environ[_FOLDER_VARIABLE] = before
