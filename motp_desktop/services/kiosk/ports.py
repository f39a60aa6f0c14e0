"""What a running kiosk needs of the system around it."""

from typing import Protocol


class Watchdog(Protocol):
    """Whoever restarts the kiosk where it hangs. Quick: for the UI thread."""

    @property
    def every_seconds(self) -> float | None:
        """How often to say `alive`, or None where nobody listens."""

    def ready(self) -> None:
        """The screen is up."""

    def alive(self) -> None:
        """The UI thread goes on."""

    def stopping(self) -> None:
        """It ends because it was told to."""


class ScreenSaver(Protocol):
    """What would darken or lock the screen. UI thread; nothing blocks."""

    def hold(self) -> None:
        """Keep it off from now on."""

    def release(self) -> None:
        """Let it be."""
