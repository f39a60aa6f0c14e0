"""Worker processes: forked from one warm parent, replaced when they die, stopped together.

The parent runs no thread and serves nothing, so that forking it is always safe. It talks with
each worker over a pair of sockets: a worker says that it serves and then, from its event loop,
again and again that it lives; the parent asks it to stop. One that falls silent hangs, and is
killed and replaced.
Signals are for the parent alone, because a terminal and a service manager send them to every
process of a group, and a second one means "at once". A pair that closes tells either side
that the other has died.
"""

import gc
import logging
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from motp_verifier.notify import notify, watchdog_seconds
from motp_verifier.worker_pauses import WorkerPauses
from motp_verifier.worker_silence import Silences

Work: TypeAlias = Callable[[socket.socket], None]
"""What a worker does until it is asked to stop by the other end of the socket."""

SERVING = b"+"
ALIVE = b"."
STOP = b"s"
SIGNALS = (signal.SIGINT, signal.SIGTERM)
_KILL_SECONDS = 5.0
"""How long a worker that was told to end at once may take."""

_log = logging.getLogger(__name__)


class WorkersFailed(Exception):
    """A worker ended before it had ever served: the log says why."""


@dataclass(slots=True)
class _Worker:
    """One process and its place among the others."""

    place: int
    process: int
    channel: socket.socket
    began: float
    serves: bool = False


class Supervisor:
    """Keeps `number` workers going until a signal.

    `ready` is called once, when all of them serve; `buried` with the process number of each
    that has died. A worker has `stop_seconds` to end from the first signal on, and while it
    serves it must be heard of every `silence_seconds`.
    """

    def __init__(
        self,
        number: int,
        work: Work,
        *,
        ready: Callable[[], None],
        stopping: Callable[[], None],
        buried: Callable[[int], None],
        stop_seconds: float,
        silence_seconds: float,
    ) -> None:
        self._work = work
        self._ready = ready
        self._stopping = stopping
        self._buried = buried
        self._stop_seconds = stop_seconds
        self._silences = Silences(silence_seconds, time.monotonic())
        self._workers: dict[int, _Worker] = {}
        self._pauses = [WorkerPauses() for _ in range(number)]
        self._due = dict.fromkeys(range(number), 0.0)
        self._signals = 0
        self._heard = 0
        self._kill_at = float("inf")
        self._was_ready = False
        self._failed = False

    def run(self) -> None:
        """Work until all workers have ended. Raises WorkersFailed."""
        gc.collect()
        gc.freeze()  # What is there now is the same in every worker: keep its pages shared.
        self._selector = selectors.DefaultSelector()
        ours, self._wake = socket.socketpair()
        for end in (ours, self._wake):
            end.settimeout(0)
        self._selector.register(ours, selectors.EVENT_READ)
        before = {each: signal.signal(each, self._count_signal) for each in SIGNALS}
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        try:
            self._watch(ours)
        finally:
            signal.set_wakeup_fd(-1)
            for each, handler in before.items():
                signal.signal(each, handler)
            self._selector.close()
            ours.close()
            self._wake.close()
        if self._failed:
            raise WorkersFailed("a worker could not start: its line in the log says why")

    def _watch(self, wakings: socket.socket) -> None:
        while self._workers or self._due:
            self._start_due()
            if self._was_ready and watchdog_seconds() is not None:
                notify("WATCHDOG=1", wait=False)
            for key, _ in self._selector.select(self._patience()):
                if key.fileobj is wakings:
                    wakings.recv(4096)
                else:
                    self._listen_to(key.data)
            self._end_silent()
            if self._heard < self._signals:
                self._stop(at_once=self._signals > 1)
            if time.monotonic() >= self._kill_at:
                self._kill_at = float("inf")
                _log.warning("workers that do not end are killed")
                self._send(signal.SIGKILL)

    def _count_signal(self, _number: int, _frame: object) -> None:
        self._signals += 1

    def _patience(self) -> float:
        first = min([self._kill_at, *self._due.values()])
        often = min(self._silences.longest / 4, watchdog_seconds() or self._silences.longest)
        return max(0.0, min(first - time.monotonic(), often))

    def _end_silent(self) -> None:
        """Kill who hangs; its channel's end tells the rest."""
        for process in self._silences.look(time.monotonic()):
            _log.error(
                "worker %d hangs: silent for %.0f s, killed", process, self._silences.longest
            )
            self._silences.forget(process)
            os.kill(process, signal.SIGKILL)

    def _start_due(self) -> None:
        now = time.monotonic()
        for place in [place for place, due in self._due.items() if due <= now]:
            del self._due[place]
            self._start(place)

    def _start(self, place: int) -> None:
        ours, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            ours.close()
            self._become_worker(theirs)
        theirs.close()
        worker = _Worker(place, process, ours, time.monotonic())
        self._workers[process] = worker
        self._selector.register(ours, selectors.EVENT_READ, worker)

    def _become_worker(self, channel: socket.socket) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for each in SIGNALS:
                signal.signal(each, signal.SIG_IGN)
            self._selector.close()
            self._wake.close()
            # Else a parent's death would go unnoticed for as long as a sibling lives.
            for sibling in self._workers.values():
                sibling.channel.close()
            self._work(channel)
            code = 0
        except BaseException:
            _log.critical("the worker ends", exc_info=True)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _listen_to(self, worker: _Worker) -> None:
        try:
            said = worker.channel.recv(4096)
        except OSError:
            said = b""
        if not said:
            self._bury(worker)
            return
        self._silences.heard(worker.process, time.monotonic())
        if SERVING not in said:
            return
        worker.serves = True
        workers = self._workers.values()
        first_time = not self._was_ready and not self._heard
        if first_time and not self._due and all(each.serves for each in workers):
            self._was_ready = True
            self._ready()
            notify("READY=1")

    def _bury(self, worker: _Worker) -> None:
        self._selector.unregister(worker.channel)
        worker.channel.close()
        _, status = os.waitpid(worker.process, 0)
        del self._workers[worker.process]
        self._silences.forget(worker.process)
        self._buried(worker.process)
        if self._heard:
            return
        code = os.waitstatus_to_exitcode(status)
        if not self._was_ready:
            self._failed = True
            self._due.clear()
            self._stop(at_once=False)
            return
        now = time.monotonic()
        pause = self._pauses[worker.place].after_death(now - worker.began)
        _log.error(
            "worker %d ended with %d; another one starts in %.0f s", worker.process, code, pause
        )
        self._due[worker.place] = now + pause

    def _stop(self, *, at_once: bool) -> None:
        self._due.clear()
        first, self._heard = self._heard == 0, max(self._signals, 1)
        if first:
            notify("STOPPING=1")
            self._stopping()
            self._tell()
            self._kill_at = time.monotonic() + self._stop_seconds
        if at_once:
            self._tell()
            self._kill_at = time.monotonic() + _KILL_SECONDS

    def _tell(self) -> None:
        for worker in self._workers.values():
            try:
                worker.channel.send(STOP)
            except OSError:
                continue  # It is dead, which the selector will tell.

    def _send(self, number: signal.Signals) -> None:
        for process in self._workers:
            os.kill(process, number)
