"""A code on the clipboard: for half a minute, and never longer than the app is open."""

from motp_desktop.services.ports import Clock
from motp_desktop.ui.clipboard import Clipboard

CLIPBOARD_MS = 30_000


class CopiedCode:
    """Knows whether a code was copied, and whether it was taken away again."""

    def __init__(self, clipboard: Clipboard, clock: Clock) -> None:
        self._clipboard = clipboard
        self._clock = clock
        self._copied_at: int | None = None
        self.was_cleared = False

    @property
    def is_there(self) -> bool:
        """Whether a copied code may still be pasted."""
        return self._copied_at is not None

    def put(self, code: str) -> None:
        """Copy a code."""
        self._clipboard.put(code)
        self._copied_at = self._clock.elapsed_ms()
        self.was_cleared = False

    def tick(self) -> None:
        """Take it away where its time is over; `was_cleared` then says so to the person."""
        if (
            self._copied_at is not None
            and self._clock.elapsed_ms() - self._copied_at >= CLIPBOARD_MS
        ):
            self._take_away()
            self.was_cleared = True

    def forget(self) -> None:
        """Take it away at once."""
        if self._copied_at is not None:
            self._take_away()
        self.was_cleared = False

    def _take_away(self) -> None:
        self._copied_at = None
        self._clipboard.clear_if_ours()
