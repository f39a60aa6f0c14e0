"""The code, its countdown, and what happens while it is shown."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal

from motp_desktop.services import outcomes
from motp_desktop.services.ports import Clock
from motp_desktop.services.use_cases import CodeNow, Codes, Sync
from motp_desktop.ui import events
from motp_desktop.ui.clipboard import Clipboard
from motp_desktop.ui.navigation import ShowCode, open_status
from motp_desktop.ui.speaker import Speaker
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.copied_code import CopiedCode
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import CodeState
from motp_desktop.ui.viewmodels.work import Work
from motp_protocol.messages import Status

ENDING_MS = 7_000
JUST_CHANGED_MS = 10_000
REVEAL_MS = 30_000
SYNC_MS = 600_000
_NO_LIMIT = 1_000_000
LOCK_WARNING_MS = 20_000
"""So long before the idle lock it is told, and one key puts it off (WCAG 2.2.1)."""
ASLEEP_MS = 15_000
"""A tick so late means that the PC slept."""


class CodeViewModel(ViewModel[CodeState]):
    """The commands of ShowCode. The code itself is asked for with `code()`, never signalled."""

    ticked = Signal()
    """Each second of the countdown, and at once when a new code begins."""
    renewed = Signal()
    """Another code took the place of the one that was shown."""

    def __init__(
        self,
        journey: Journey,
        runner: TaskRunner,
        codes: Codes,
        sync: Sync,
        *,
        clock: Clock,
        clipboard: Clipboard,
        speaker: Speaker,
    ) -> None:
        super().__init__(CodeState())
        self._journey = journey
        self._runner = runner
        self._codes = codes
        self._sync = sync
        self._clock = clock
        self._speaker = speaker
        self._copied = CopiedCode(clipboard, clock)
        self._work = Work(runner, lambda: None)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)
        self._open = False
        self._idle_seconds = _NO_LIMIT
        self._shown: tuple[str, int] | None = None
        self._ticked_at = self._touched_at = self._synced_at = 0
        self._revealed_at: int | None = None
        self._changed_at: int | None = None
        self._large = False
        self._on_top = False
        journey.moved.connect(self._on_moved)

    def code(self) -> CodeNow | None:
        """The code of this moment, or None while locked."""
        return self._codes.now() if self._open else None

    def copy(self) -> None:
        """Put the code on the clipboard, for 30 s at most; ignored unless `state.may_copy`."""
        now = self.code()
        if now is not None and self.state.may_copy:
            self._copied.put(now.code)
            self._show(replace(self.state, copied=True, cleared=False))

    def reveal(self) -> None:
        """Show a code that policy hides, for 30 s; again: hide it."""
        if self.state.may_reveal:
            self._revealed_at = self._clock.elapsed_ms() if self.state.hidden else None
            self.tick()

    def enlarge(self) -> None:
        """Show the code alone, as large as the window; again: everything else too."""
        if self._open:
            self._large = not self._large
            self._show(replace(self.state, large=self._large))

    def stay_on_top(self) -> None:
        """Keep the window above others while the code is open; again: no longer."""
        if self.state.may_stay_on_top:
            self._on_top = not self._on_top
            self._show(replace(self.state, on_top=self._on_top))

    def speak(self) -> None:
        """Read the code aloud, digit by digit."""
        now = self.code()
        if now is not None:
            self._speaker.say_code(now.code, self._journey.language)

    def touch(self) -> None:
        """The person did something: the idle lock starts to count again."""
        self._touched_at = self._clock.elapsed_ms()
        if self.state.locking_soon:
            self._show(replace(self.state, locking_soon=False))

    def limit_idle(self, seconds: int | None) -> None:
        """Lock after so long at most: the policy's time may be shorter, and counts for None."""
        self._idle_seconds = _NO_LIMIT if seconds is None else seconds

    def lock(self) -> None:
        """Forget the code; EnterPin follows."""
        if self._open:
            self._runner.bump_epoch()
            self._close()
            self._journey.report(events.Locked())

    def ask_reset(self) -> None:
        """ConfirmReset follows."""
        if isinstance(self._journey.screen, ShowCode):
            self._journey.report(events.ResetAsked())

    def tick(self) -> None:
        """Look at the clock: count down, lock, ask the verifier. Its own timer calls this."""
        status = self._status()
        if status is None:
            return
        elapsed = self._clock.elapsed_ms()
        now = self._codes.now()
        if now is None or self._patience_left_ms(status) <= 0:
            self.lock()
            return
        slept = elapsed - self._ticked_at > ASLEEP_MS
        self._ticked_at = elapsed
        if slept or elapsed - self._synced_at >= SYNC_MS:
            self._ask_verifier()
        self._copied.tick()
        if self._revealed_at is not None and elapsed - self._revealed_at >= REVEAL_MS:
            self._revealed_at = None
        self._render(status, now)
        self._timer.start(now.milliseconds_left % 1000 or 1000)

    def _on_moved(self) -> None:
        status = self._status()
        if status is None:
            self._close()
            return
        if not self._open:
            self._open = True
            self._ticked_at = self._touched_at = self._synced_at = self._clock.elapsed_ms()
        self.tick()

    def _status(self) -> Status | None:
        return open_status(self._journey.screen)

    def _render(self, status: Status, now: CodeNow) -> None:
        is_new = self._shown is not None and self._shown[0] != now.code
        if is_new:
            self._changed_at = self._clock.elapsed_ms()
        policy = status.policy
        self._show(
            CodeState(
                name_masked=status.trainee.name_masked,
                institutions=tuple(status.institutions),
                locks=frozenset(status.locks),
                ending=now.milliseconds_left <= ENDING_MS,
                skew_seconds=round(self._codes.skew_ms() / 1000),
                just_changed=self._just_changed(),
                may_copy=policy.copy_code,
                copied=self._copied.is_there,
                cleared=self._copied.was_cleared,
                may_reveal=policy.hide_code,
                hidden=policy.hide_code and self._revealed_at is None,
                may_stay_on_top=policy.always_on_top,
                on_top=policy.always_on_top and self._on_top,
                large=self._large,
                may_speak=self._speaker.can_speak(),
                name_needed=status.name_proof == "needed",
                consent_changed=status.consent.renew,
                newer_app=status.newer_app or "",
                locking_soon=self._locks_soon(status),
            )
        )
        second = -(-now.milliseconds_left // 1000)
        shown = (now.code, second)
        if shown != self._shown:
            self._shown = shown
            self.ticked.emit()
        if is_new:
            self.renewed.emit()

    def _patience_ms(self, status: Status) -> int:
        return min(status.policy.auto_lock_seconds, self._idle_seconds) * 1000

    def _patience_left_ms(self, status: Status) -> int:
        return self._patience_ms(status) - (self._clock.elapsed_ms() - self._touched_at)

    def _locks_soon(self, status: Status) -> bool:
        warned_for = min(LOCK_WARNING_MS, self._patience_ms(status) // 2)
        return self._patience_left_ms(status) <= warned_for

    def _just_changed(self) -> bool:
        changed_at = self._changed_at
        return changed_at is not None and self._clock.elapsed_ms() - changed_at < JUST_CHANGED_MS

    def _ask_verifier(self) -> None:
        self._synced_at = self._clock.elapsed_ms()
        self._work.run(self._sync.sync, self._heard, lambda: None)

    def _heard(self, outcome: outcomes.SyncOutcome) -> None:
        self._journey.report(outcome)

    def _close(self) -> None:
        """Leave nothing of the codes: not here, and not on the clipboard."""
        if not self._open:
            return
        self._open = False
        self._timer.stop()
        self._codes.forget()
        self._copied.forget()
        self._speaker.stop()
        self._shown = None
        self._revealed_at = self._changed_at = None
        self._large = False
        self._show(CodeState())
