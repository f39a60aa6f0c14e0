"""What the app says of an outcome, in each of its languages."""

import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from motp_desktop.resources import resource
from motp_desktop.services import outcomes as o
from motp_desktop.ui.texts.blocked import blocked_message
from motp_desktop.ui.texts.identity import identity_code_over_text, wrong_identity_code_text
from motp_desktop.ui.texts.message import Message
from motp_desktop.ui.texts.pin import wrong_pin_text
from motp_desktop.ui.texts.trouble import trouble_message

_HANGUL = re.compile("[가-힣]")


class Sentences:
    """Words outcomes with the app's own texts and translation."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        compiled = folder / "en.qm"
        lrelease = Path(sys.executable).parent / "pyside6-lrelease"
        source = resource("i18n") / "motp_desktop_en.ts"
        command = [str(lrelease), "-silent", str(source), "-qm", str(compiled)]
        subprocess.run(command, check=True, timeout=60)
        self._english = QTranslator()
        assert self._english.load(str(compiled))

    def check(self, outcome: object) -> None:
        """There is a sentence in Korean, and another in English."""
        korean = _said(outcome)
        self._app.installTranslator(self._english)
        try:
            english = _said(outcome)
        finally:
            self._app.removeTranslator(self._english)
        assert len(korean) == len(english)
        for one, other in zip(korean, english, strict=True):
            assert _HANGUL.search(one), (outcome, one)
            assert other, outcome
            assert not _HANGUL.search(other), (outcome, other)


def _said(outcome: object) -> list[str]:
    match outcome:
        case o.IdentityCodeExpired():
            return [identity_code_over_text()]
        case o.IdentityCodeWrong(attempts_left):
            return [wrong_identity_code_text(attempts_left)]
        case o.WrongPin(attempts_left):
            return [wrong_pin_text(attempts_left)]
        case o.Ended() | o.Suspended() | o.PinLocked():
            return _parts(blocked_message(outcome))
        case trouble if isinstance(trouble, o.Trouble):
            message = trouble_message(trouble)
            assert message is not None
            return _parts(message)
        case other:
            raise AssertionError(f"there is no sentence for {other}")


def _parts(message: Message) -> list[str]:
    assert message.code, "the helpdesk would have nothing to go by"
    return [message.title, message.body]
