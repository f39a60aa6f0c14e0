"""Two pages that explain what to do: a forgotten PIN, and another PC."""

from dataclasses import dataclass

from motp_desktop.ui import events
from motp_desktop.ui.navigation import ForgotPin, MoveDevice
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey


@dataclass(frozen=True, slots=True)
class GuideState:
    """The pages say the same to everyone."""


class GuideViewModel(ViewModel[GuideState]):
    """The ways to ForgotPin and MoveDevice, and back."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(GuideState())
        self._journey = journey

    def forgot_pin(self) -> None:
        """EnterPin, or Blocked by a PIN lock: ForgotPin follows."""
        self._journey.report(events.PinForgotten())

    def ask_move(self) -> None:
        """EnterPin, ShowCode, Blocked: MoveDevice follows."""
        self._journey.report(events.MoveAsked())

    def back(self) -> None:
        """ForgotPin, MoveDevice: back to where it was asked for."""
        if isinstance(self._journey.screen, ForgotPin | MoveDevice):
            self._journey.report(events.WentBack())
