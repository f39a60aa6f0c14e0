"""A real kiosk, and somebody who types at it: one process, `python -m tests.support.kiosk_robot`.

Its one argument is a file of JSON: `origin`, `data_dir`, `api_key`, `outbox`, `visits` (a name and
a number each) and `pin`. It tells a line of JSON of each visit, and waits for its input to
end before it ends itself. Whoever kills it may start it again: it goes on with what it finds.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from demo.stack import Site
from motp_desktop.config import Settings
from motp_desktop.kiosk_services import build_kiosk
from motp_desktop.ui import navigation as inner
from motp_desktop.ui.garbage import collected_here
from motp_desktop.ui.hangul import decompose
from motp_desktop.ui.kiosk_application import KioskApp, build_kiosk_app
from motp_desktop.ui.kiosk_navigation import Welcome
from motp_desktop.ui.qt_application import Application
from motp_desktop.ui.run import make_application
from motp_desktop.ui.viewmodels.states import PinStage
from motp_desktop.ui.views.kiosk.keyboard import Keyboard as LetterKeys
from motp_protocol.person import normalise_phone
from tests.support.keyboard import Keyboard, until

KEYS = Qt.Key
_A_CODE_S_LIFE_MS = 40_000
"""Whoever was here in the same half minute waits for the next code."""


class Robot:
    """Does what the screen asks for."""

    def __init__(self, kiosk: KioskApp, job: dict[str, Any]) -> None:
        self._kiosk = kiosk
        self._job = job
        self._pin = str(job["pin"])
        self._keyboard = Keyboard(kiosk.window)
        self._site = Site(job["origin"], job["api_key"])

    def visit(self, name: str, phone: str) -> dict[str, Any]:
        """From the first key to "done"; how it went."""
        until(lambda: isinstance(self._kiosk.desk.state.screen, Welcome))
        began = time.perf_counter()
        self._keyboard.text(phone.replace("-", "").removeprefix("010"))
        self._keyboard.press(KEYS.Key_Return)
        screens = []
        while not self._is_on(inner.ShowCode):
            screens.append(self._answer(name, phone))
        seconds = time.perf_counter() - began
        codes, verdict = [], "code-used"
        while verdict == "code-used":
            until(lambda: self._code() not in codes, _A_CODE_S_LIFE_MS)
            codes.append(self._code())
            verdict = self._site.check(codes[-1], name=name, phone=phone)
        self._keyboard.press(KEYS.Key_Return)
        until(lambda: isinstance(self._kiosk.desk.state.screen, Welcome))
        return {
            "seconds": seconds, "verdict": verdict, "codes": codes, "screens": screens,
            "rss_kib": _resident_kib(),
        }  # fmt: skip

    def _answer(self, name: str, phone: str) -> str:
        screen = self._settled_screen()
        match screen:
            case inner.Notice() | inner.ForgotPin():
                self._press_primary()
            case inner.ConsentSummary():
                until(lambda: self._models().enrolment.state.document is not None)
                self._press_primary()
            case inner.ConsentForm():
                self._keyboard.press(KEYS.Key_End, KEYS.Key_Return)
            case inner.PersonalDetails():
                self._type_name(name)
                self._keyboard.press(KEYS.Key_Return)
            case inner.ChoosePin():
                self._keyboard.text(self._pin)
                self._keyboard.press(KEYS.Key_Return)
                until(lambda: self._models().enrolment.state.pin.stage is PinStage.REPEAT)
                self._keyboard.text(self._pin)
                self._keyboard.press(KEYS.Key_Return)
            case inner.IdentityCode():
                self._keyboard.text(self._identity_code(phone))
                self._keyboard.press(KEYS.Key_Return)
            case inner.ReplaceDevice():
                self._press_primary()
            case inner.EnterPin():
                self._keyboard.text(self._pin)
                self._keyboard.press(KEYS.Key_Return)
            case _:
                pass
        until(lambda: self._kiosk.desk.visit is None or self._models().journey.screen != screen)
        return type(screen).__name__

    def _settled_screen(self) -> inner.Screen:
        until(lambda: self._kiosk.desk.visit is not None)
        waiting = (inner.Starting, inner.Finishing)
        until(lambda: not isinstance(self._models().journey.screen, waiting))
        screen: inner.Screen = self._models().journey.screen
        return screen

    def _press_primary(self) -> None:
        until(lambda: isinstance(QApplication.focusWidget(), QPushButton))
        self._keyboard.press(KEYS.Key_Return)

    def _type_name(self, name: str) -> None:
        (keyboard,) = self._kiosk.window.findChildren(LetterKeys)
        for jamo in decompose(name):
            if not _keys(keyboard, jamo):
                _keys(keyboard, "쌍자음")[0].click()
            _keys(keyboard, jamo)[0].click()

    def _identity_code(self, phone: str) -> str:
        lines = Path(self._job["outbox"]).read_text("utf-8").splitlines()
        to = normalise_phone(phone)
        (*_, text) = [each["text"] for each in map(json.loads, lines) if each["to"] == to]
        digits = "".join(each if each.isdigit() else " " for each in text)
        return next(each for each in digits.split() if len(each) == 6)

    def _models(self) -> Any:
        return self._kiosk.desk.visit

    def _is_on(self, kind: type) -> bool:
        visit = self._kiosk.desk.visit
        return visit is not None and isinstance(visit.journey.screen, kind)

    def _code(self) -> str:
        now = self._models().code.code()
        return "" if now is None else str(now.code)


def main() -> None:
    """Serve the visits of the job."""
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    app = make_application()
    with collected_here():
        _serve(app, job)


def _serve(app: Application, job: dict[str, Any]) -> None:
    services = build_kiosk(Settings(job["origin"], Path(job["data_dir"])))
    kiosk = build_kiosk_app(app, services, app.quit)
    kiosk.open()
    robot = Robot(kiosk, job)
    until(lambda: isinstance(kiosk.desk.state.screen, Welcome))
    _tell({"start": True})
    for name, phone in job["visits"]:
        _tell(robot.visit(name, phone))
    _tell({"end": True})
    sys.stdin.read()
    kiosk.close()


def _keys(keyboard: LetterKeys, text: str) -> list[QPushButton]:
    return [each for each in keyboard.findChildren(QPushButton) if each.text() == text]


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _resident_kib() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    line = next(each for each in status.splitlines() if each.startswith("VmRSS:"))
    return int(line.split()[1])


if __name__ == "__main__":
    main()
