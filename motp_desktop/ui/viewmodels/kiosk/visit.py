"""The view models of one trainee's visit: made for it, and dropped after it."""

from dataclasses import dataclass

from motp_desktop.services.kiosk.use_cases import Visit
from motp_desktop.services.ports import Clock
from motp_desktop.ui import events
from motp_desktop.ui.clipboard import Clipboard
from motp_desktop.ui.navigation import Starting
from motp_desktop.ui.speaker import Speaker
from motp_desktop.ui.tasks import TaskRunner
from motp_desktop.ui.viewmodels.code import CodeViewModel
from motp_desktop.ui.viewmodels.details import fold_phone
from motp_desktop.ui.viewmodels.enrolment import EnrolmentViewModel
from motp_desktop.ui.viewmodels.guide import GuideViewModel
from motp_desktop.ui.viewmodels.journey import Journey
from motp_desktop.ui.viewmodels.states import AppState
from motp_desktop.ui.viewmodels.unlock import UnlockViewModel
from motp_protocol.fields import Language


@dataclass(frozen=True, slots=True)
class Equipment:
    """What all visits use. The clipboard is one that keeps nothing."""

    runner: TaskRunner
    clock: Clock
    speaker: Speaker
    clipboard: Clipboard


class VisitModels:
    """A journey of its own, from looking at the profile to the code."""

    def __init__(self, visit: Visit, number: str, language: Language, equipment: Equipment) -> None:
        """`number` is what was typed at the start: the registration is of that number."""
        runner, clock = equipment.runner, equipment.clock
        self.journey = Journey(AppState(Starting(), language=language))
        self.enrolment = EnrolmentViewModel(self.journey, runner, visit.enrolment, clock)
        self.unlock = UnlockViewModel(self.journey, runner, visit.unlock, visit.sync)
        self.code = CodeViewModel(
            self.journey,
            runner,
            visit.codes,
            visit.sync,
            clock=clock,
            clipboard=equipment.clipboard,
            speaker=equipment.speaker,
        )
        self.guide = GuideViewModel(self.journey)
        self._runner = runner
        self._opening = visit.opening
        self.enrolment.set_phone(*fold_phone(number, "", ""))
        self.journey.moved.connect(self._on_moved)

    def look(self) -> None:
        """Look at what there is of this number; a screen follows."""
        self._runner.submit(self._opening.look, self.journey.report)

    def try_again(self) -> None:
        """Blocked by a suspension or a PIN lock: back to the PIN, for it may be lifted."""
        self.journey.report(events.TriedAgain())

    def close(self) -> None:
        """Forget the codes and all that was typed; no timer of theirs goes on."""
        self.journey.moved.disconnect(self._on_moved)
        self.code.lock()
        self.journey.end()
        self.enrolment.forget()

    def _on_moved(self) -> None:
        if isinstance(self.journey.screen, Starting):
            self.look()
