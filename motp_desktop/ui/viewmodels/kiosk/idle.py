"""How long nobody has touched the kiosk."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from motp_desktop.services.ports import Clock

_SECOND_MS = 1000


class Idleness(QObject):
    """Counts while somebody is there; `told` hears the seconds left once they are few.

    By the clock and not by its own ticks, so that a PC that slept forgets at once.
    """

    def __init__(self, clock: Clock, told: Callable[[int | None], None]) -> None:
        """`told` gets None where there is nothing to tell, 0 where time is up."""
        super().__init__()
        self._clock = clock
        self._told = told
        self._idle_ms = self._warn_ms = 0
        self._touched_at = 0
        self._timer = QTimer(self, interval=_SECOND_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_counting(self) -> bool:
        """Whether somebody is there."""
        return self._timer.isActive()

    def begin(self, idle_seconds: int, warn_seconds: int) -> None:
        """Somebody is there: count from now on."""
        self._idle_ms = idle_seconds * _SECOND_MS
        self._warn_ms = warn_seconds * _SECOND_MS
        self._touched_at = self._clock.elapsed_ms()
        self._timer.start()

    def touch(self) -> None:
        """They did something: count anew."""
        self._touched_at = self._clock.elapsed_ms()
        if self.is_counting:
            self._told(None)

    def end(self) -> None:
        """Nobody is there any more."""
        self._timer.stop()
        self._told(None)

    def tick(self) -> None:
        """Look at the clock. Its own timer calls this."""
        left_ms = self._idle_ms - (self._clock.elapsed_ms() - self._touched_at)
        if left_ms <= 0:
            self._timer.stop()
            self._told(0)
        elif left_ms <= self._warn_ms:
            self._told(-(-left_ms // _SECOND_MS))
