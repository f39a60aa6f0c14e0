"""Choosing a PIN: typed twice, checked the first time."""

from dataclasses import replace

from motp_desktop.ui.viewmodels.pin_entry import PinEntry
from motp_desktop.ui.viewmodels.states import PinChoice, PinStage
from motp_protocol.messages import PinPolicy
from motp_protocol.pin import MAX_LENGTH, MIN_LENGTH, PinFault, pin_fault


class PinChooser:
    """Holds what was typed; `choice` says how far it is, without a digit."""

    def __init__(self, policy: PinPolicy | None = None) -> None:
        """`policy` is the verifier's; without one, what the protocol allows."""
        self._first = ""
        minimum = policy.min if policy else MIN_LENGTH
        maximum = policy.max if policy else MAX_LENGTH
        self._entry = PinEntry(maximum)
        self._choice = PinChoice(minimum=minimum, maximum=maximum)

    @property
    def choice(self) -> PinChoice:
        """What the view shows."""
        return replace(self._choice, entered=len(self._entry))

    def digit(self, digit: str) -> None:
        """One more digit; what was wrong before is not shown any more."""
        self._entry.add(digit)
        self._choice = replace(self._choice, fault=None, differs=False, same=False)

    def backspace(self) -> None:
        """One digit less."""
        self._entry.remove()

    def restart(
        self, *, fault: PinFault | None = None, differs: bool = False, same: bool = False
    ) -> None:
        """Forget everything typed and choose anew, saying why."""
        self._first = ""
        self._entry.clear()
        self._choice = replace(
            self._choice, stage=PinStage.CHOOSE, fault=fault, differs=differs, same=same, entered=0
        )

    def submit(self, phone: str, *, unlike: str = "") -> str | None:
        """The PIN once it was typed twice alike, else None; `choice` says what is wanted now.

        `phone` is the trainee's own number, in any spelling; `unlike` the PIN before.
        """
        if self._choice.stage is PinStage.CHOOSE:
            self._choose(self._entry.take(), phone, unlike)
            return None
        if self._entry.take() != self._first:
            self.restart(differs=True)
            return None
        chosen = self._first
        self.restart()
        return chosen

    def _choose(self, pin: str, phone: str, unlike: str) -> None:
        choice = self._choice
        if pin and pin == unlike:
            self.restart(same=True)
            return
        fault = pin_fault(pin, phone, minimum=choice.minimum, maximum=choice.maximum)
        if fault is not None:
            self.restart(fault=fault)
            return
        self._first = pin
        self._choice = replace(choice, stage=PinStage.REPEAT, fault=None, differs=False)
