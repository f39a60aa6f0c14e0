"""비밀번호 바꾸기: the PIN in force, then another one, twice."""

from dataclasses import replace
from functools import partial

from motp_desktop.services import outcomes
from motp_desktop.services.use_cases import Unlock
from motp_desktop.ui import events
from motp_desktop.ui.navigation import ChangePin, ShowCode, open_status
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.pin_chooser import PinChooser
from motp_desktop.ui.viewmodels.pin_entry import PinEntry
from motp_desktop.ui.viewmodels.states import PinChangeStage, PinChangeState, PinStage
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.messages import PinPolicy
from motp_protocol.pin import MAX_LENGTH, MIN_LENGTH


class PinChangeViewModel(ViewModel[PinChangeState]):
    """The commands of ChangePin and PinChangeDone. Input is ignored while `state.working`.

    The verifier looks at both PINs at once. Where it does not know the old one, only that is
    asked for again; the new one, typed twice, is kept until the screen is left.
    """

    def __init__(self, journey: Journey, runner: TaskRunner, unlock: Unlock) -> None:
        super().__init__(PinChangeState())
        self._journey = journey
        self._unlock = unlock
        self._work = Work(runner, self._refresh)
        self._entry = PinEntry(MAX_LENGTH)
        self._chooser = PinChooser()
        self._current: str | None = None
        self._agreed: str | None = None
        journey.moved.connect(self._on_moved)

    def ask(self) -> None:
        """ShowCode: ChangePin follows."""
        if isinstance(self._journey.screen, ShowCode):
            self._journey.report(events.PinChangeAsked())

    def digit(self, digit: str) -> None:
        """One more digit of the PIN that is asked for."""
        if self._takes_input():
            if self._current is None:
                self._entry.add(digit)
            else:
                self._chooser.digit(digit)
            self._show_typing()

    def backspace(self) -> None:
        """One digit less."""
        if self._takes_input():
            if self._current is None:
                self._entry.remove()
            else:
                self._chooser.backspace()
            self._show_typing()

    def submit(self) -> None:
        """On to the next PIN; after the last one the change is asked for, or once more."""
        if not self._takes_input():
            return
        if self._current is None:
            if len(self._entry) < MIN_LENGTH:
                return
            self._current = self._entry.take()
        elif self._agreed is None:
            self._agreed = self._chooser.submit(self._known_of_phone(), unlike=self._current)
        self._show_typing()
        if self._agreed is not None:
            self._change()

    def back(self) -> None:
        """One stage back, then to the code; waits for a change that is under way."""
        if not self._takes_input():
            return
        if self._current is not None and self._agreed is None:
            if self._chooser.choice.stage is PinStage.CHOOSE:
                self._current = None
            self._chooser.restart()
            self._show_typing()
        else:
            self._journey.report(events.WentBack())

    def finish(self) -> None:
        """PinChangeDone: back to the code."""
        self._journey.report(events.PinChangeLeft())

    def _takes_input(self) -> bool:
        return isinstance(self._journey.screen, ChangePin) and not self._work.working

    def _known_of_phone(self) -> str:
        status = open_status(self._journey.screen)
        return "" if status is None else status.trainee.phone_masked[-4:]

    def _change(self) -> None:
        if self._current is not None and self._agreed is not None:
            self._show(replace(self.state, trouble=None, attempts_left=None))
            job = partial(self._unlock.change_pin, self._current, self._agreed)
            self._work.run(job, self._came_to, lambda: self._came_to(INTERNAL))

    def _came_to(self, outcome: outcomes.PinChangeOutcome) -> None:
        self._refresh()
        match outcome:
            case outcomes.WrongPin(attempts_left):
                self._current = None
                self._show_typing()
                self._show(replace(self.state, attempts_left=attempts_left))
            case outcomes.PinUnsuitable(fault, minimum, maximum):
                self._agreed = None
                self._chooser = PinChooser(PinPolicy(min=minimum, max=maximum))
                self._chooser.restart(fault=fault)
                self._show_typing()
            case _ if isinstance(outcome, outcomes.Trouble):
                self._show(replace(self.state, trouble=outcome))
            case _:
                pass
        self._journey.report(outcome)

    def _show_typing(self) -> None:
        choice = self._chooser.choice
        if self._current is None:
            stage, entered = PinChangeStage.CURRENT, len(self._entry)
        else:
            is_first = choice.stage is PinStage.CHOOSE and self._agreed is None
            stage = PinChangeStage.CHOOSE if is_first else PinChangeStage.REPEAT
            entered = choice.entered
        self._show(
            replace(
                self.state,
                stage=stage,
                entered=entered,
                choice=choice,
                keeps_new=self._agreed is not None,
                attempts_left=None,
                trouble=None,
            )
        )

    def _refresh(self) -> None:
        self._show(replace(self.state, working=self._work.working, busy=self._work.busy))

    def _on_moved(self) -> None:
        if not isinstance(self._journey.screen, ChangePin):
            self._entry.clear()
            self._chooser = PinChooser()
            self._current = self._agreed = None
            self._show(PinChangeState())
