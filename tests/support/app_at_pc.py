"""The app as somebody has it open on a PC: real windows in a process of its own.

`AppAtPc` tells that process what its person does, one line of JSON each, and hears what came of
it. Whatever the app opens in the system's browser is told instead of opened.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any


class AppAtPc:
    """The other end of the process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def register(self) -> None:
        """From the first start to the code, as the sample institution's first trainee."""
        self._do("register")

    def code(self) -> str:
        """The code that is shown."""
        return str(self._do("code"))

    def open_link(self, link: str) -> list[str]:
        """Have the app opened by a `motp://` link; what it shows of the request."""
        return [str(each) for each in self._do("open_link", link)]

    def approve(self, number: str) -> str:
        """Type the number and press it; the address that the app opens in the browser."""
        return str(self._do("approve", number))

    def _do(self, what: str, *given: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, *given]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the app ended at {what}"
        return json.loads(answer)


@contextmanager
def app_at_pc(folder: Path, verifier_folder: Path, origin: str) -> Iterator[AppAtPc]:
    """An app without a registration, for the verifier at this origin."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.support.app_at_pc"),
            *(str(folder), str(verifier_folder), origin),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        yield AppAtPc(process)
    finally:
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _live(folder: Path, verifier_folder: Path, origin: str) -> None:
    """Open the app, and do what comes in until there is no more."""
    from PySide6.QtCore import Qt

    from demo.journey import PIN, register
    from demo.walk import Walk
    from motp_desktop.bootstrap import build_services
    from motp_desktop.config import Settings
    from motp_desktop.ui import navigation
    from motp_desktop.ui.application import build_desktop
    from motp_desktop.ui.run import make_application
    from motp_desktop.ui.views.main_window import MainWindow

    class ToldBrowser:
        """Implements `browser.Browser`."""

        def __init__(self) -> None:
            self.opened: list[str] = []

        def open(self, url: str) -> bool:
            self.opened.append(url)
            return True

    app = make_application()
    browser = ToldBrowser()
    services = build_services(Settings(origin, folder))
    desktop = build_desktop(app, services, MainWindow, browser=browser)
    models = desktop.view_models
    walk = Walk(app, desktop, None)
    desktop.open()

    def do(what: str, *given: str) -> Any:
        match what:
            case "register":
                register(walk, models, verifier_folder, lambda _: None)
                walk.wait_for(navigation.EnterPin)
                walk.type_digits(PIN)
                walk.enter()
                walk.wait_for(navigation.ShowCode)
            case "code":
                walk.until(lambda: models.code.code() is not None, "a code")
                shown = models.code.code()
                return shown.code if shown else None
            case "open_link":
                desktop.call(given[0])
                walk.until(lambda: models.approval.state.request is not None, "the request")
                request = models.approval.state.request
                assert request is not None
                return [request.institution, request.course, request.occasion]
            case "approve":
                walk.type_digits(given[0])
                walk.press(Qt.Key.Key_Return)
                walk.until(lambda: bool(browser.opened), "the browser")
                return browser.opened.pop()
        return None

    for order in _orders(walk):
        print(json.dumps(do(*order)), flush=True)
    desktop.close()


def _orders(walk: Any) -> Iterator[list[str]]:
    """What comes in, while the app goes on."""
    lines: SimpleQueue[str] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin:
            lines.put(line)
        lines.put("")

    Thread(target=read, daemon=True).start()
    while True:
        walk.until(lambda: not lines.empty(), "an order")
        line = lines.get()
        if not line:
            return
        yield json.loads(line)


if __name__ == "__main__":
    _live(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
