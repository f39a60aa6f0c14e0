"""The wait for a code from a text message: counting it from the clock, and what may be typed."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from motp_desktop.services.outcomes import CodeSent
from motp_desktop.services.ports import Clock
from motp_desktop.ui.viewmodels.states import IdentityState

_LENGTH = 6


class CodeWait(QObject):
    """One message that is waited for, of a registration or of a name proof.

    What is shown of it is the view model's state; this knows when it was sent.
    """

    def __init__(self, clock: Clock, each_second: Callable[[], None]) -> None:
        """`each_second` is called while `watch` says so."""
        super().__init__()
        self._clock = clock
        self._sent: CodeSent | None = None
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(each_second)

    def begin(self, sent: CodeSent, *, resent: bool) -> IdentityState:
        """A message has left: what to show of it."""
        self._sent = sent
        return self._state(sent, attempts_left=sent.attempts_left, wrong=False, resent=resent)

    def count(self, shown: IdentityState | None) -> IdentityState | None:
        """The same with the seconds of now."""
        if shown is None or self._sent is None:
            return shown
        return self._state(
            self._sent,
            attempts_left=shown.attempts_left,
            wrong=shown.wrong,
            resent=shown.resent,
        )

    def expire(self) -> None:
        """The verifier says that it is over: what is left by the clock here must not count on."""
        if self._sent is not None:
            self._sent = replace(self._sent, expires_at=self._clock.elapsed_ms())

    def forget(self) -> None:
        """Nothing is waited for any more."""
        self._sent = None

    def watch(self, *, on: bool) -> None:
        """Count each second, or no longer."""
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def _state(
        self, sent: CodeSent, *, attempts_left: int, wrong: bool, resent: bool
    ) -> IdentityState:
        now = self._clock.elapsed_ms()
        return IdentityState(
            sent_to=sent.sent_to,
            seconds_left=_seconds(sent.expires_at - now),
            resend_in=_seconds(sent.resend_at - now),
            attempts_left=attempts_left,
            wrong=wrong,
            resent=resent,
        )


def code_to_try(typed: str, shown: IdentityState | None) -> str | None:
    """The six digits that were typed; None where they are no code, or its time ran out."""
    digits = "".join(typed.split())
    is_code = len(digits) == _LENGTH and digits.isascii() and digits.isdigit()
    return digits if is_code and shown is not None and shown.seconds_left else None


def may_resend(shown: IdentityState | None) -> bool:
    """Whether another message may be asked for."""
    return shown is not None and not shown.resend_in


def _seconds(milliseconds: int) -> int:
    return max(0, -(-milliseconds // 1000))
