"""What the app costs while it shows a code: until it shows, and while it does.

As a child, `unlock` unlocks again and again, and `idle` shows a code and does nothing.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from bench.desktop.figures import Figure
from bench.desktop.place import Place
from motp_desktop.bootstrap import build_services
from motp_desktop.config import load_settings
from motp_desktop.services.adapters.http_exchange import HttpAnswer, HttpExchange, HttpRequest
from motp_desktop.services.ports import NoAnswer
from motp_desktop.ui.application import DesktopApp, build_desktop
from motp_desktop.ui.navigation import EnterPin, ShowCode
from motp_desktop.ui.run import make_application
from motp_desktop.ui.views.main_window import MainWindow
from tests.support.desktop_fakes import PIN

ROUNDS = 12
IDLE_SECONDS = 31
"""More than the life of a code."""

_UNLOCK_BAR_MS = 50
_IDLE_BAR_PERCENT = 0.5


def measure(place: Place) -> list[Figure]:
    """Both children, one after the other."""
    waits = place.child("showing", "unlock")
    used = place.child("showing", "idle")
    return [
        Figure(
            "code shown after Argon2 and the verifier's answer",
            statistics.median(waits),
            _UNLOCK_BAR_MS,
            "ms",
            f"median of {ROUNDS}, the slowest {max(waits):.0f} ms; with the vault's write to disk",
        ),
        Figure(
            "processor while a code is shown",
            used * 100 / IDLE_SECONDS,
            _IDLE_BAR_PERCENT,
            "% of a core",
            f"over {IDLE_SECONDS} s, a change of code among them",
        ),
    ]


class NotingExchange:
    """The network as it is; it notes when the last answer came."""

    def __init__(self) -> None:
        self._exchange = HttpExchange()
        self.answered_ns = 0

    def send(self, request: HttpRequest) -> HttpAnswer | NoAnswer:
        """See `http_exchange.Exchange`."""
        answer = self._exchange.send(request)
        self.answered_ns = time.monotonic_ns()
        return answer


class Session:
    """The real app with a window, at its PIN."""

    def __init__(self) -> None:
        self.exchange = NotingExchange()
        self._app = make_application()
        settings = load_settings(os.environ, Path(os.devnull))
        services = build_services(settings, exchange=self.exchange)
        self._desktop: DesktopApp = build_desktop(self._app, services, MainWindow)
        self._desktop.open()

    def unlock(self) -> float:
        """Type the PIN; milliseconds from the verifier's answer until the code is painted."""
        models = self._desktop.view_models
        self._until(lambda: isinstance(models.app.state.screen, EnterPin))
        for digit in PIN:
            models.unlock.digit(digit)
        models.unlock.submit()
        self._until(lambda: isinstance(models.app.state.screen, ShowCode))
        self._desktop.window.repaint()
        return (time.monotonic_ns() - self.exchange.answered_ns) / 1e6

    def lock(self) -> None:
        """Back to the PIN."""
        self._desktop.view_models.code.lock()

    def idle(self, seconds: int) -> float:
        """Let the app run; the seconds of processor time that it used."""
        before = _used()
        QTimer.singleShot(seconds * 1000, self._app.quit)
        self._app.exec()
        return _used() - before

    def close(self) -> None:
        """End it."""
        self._desktop.close()

    def _until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _unlock() -> list[float]:
    session = Session()
    waits = []
    for _ in range(ROUNDS):
        waits.append(session.unlock())
        session.lock()
    session.close()
    return waits


def _idle() -> float:
    session = Session()
    session.unlock()
    session.idle(2)  # until all of the start is over
    used = session.idle(IDLE_SECONDS)
    session.close()
    return used


if __name__ == "__main__":
    print(json.dumps({"unlock": _unlock, "idle": _idle}[sys.argv[1]]()), flush=True)
