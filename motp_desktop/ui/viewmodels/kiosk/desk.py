"""The kiosk itself: who comes, who goes, and whether it serves at all."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer

from motp_desktop.services.kiosk import outcomes
from motp_desktop.services.kiosk.opening_hours import is_open
from motp_desktop.services.kiosk.use_cases import Kiosk, Visits
from motp_desktop.ui import kiosk_navigation as navigation
from motp_desktop.ui.viewmodels.base import ViewModel
from motp_desktop.ui.viewmodels.kiosk.idle import Idleness
from motp_desktop.ui.viewmodels.kiosk.states import PREFIX, KioskState
from motp_desktop.ui.viewmodels.kiosk.visit import Equipment, VisitModels
from motp_desktop.ui.viewmodels.work import INTERNAL, Work
from motp_protocol.fields import Language

REFRESH_MS = 60_000
SWEEP_MS = 24 * 60 * 60 * 1000
_SHORTEST, _LONGEST = 10, 11
_IDLE_SECONDS, _WARN_SECONDS = 30, 20
"""Where no configuration says otherwise."""


class KioskViewModel(ViewModel[KioskState]):
    """Shows the start to whoever comes, then their own journey, and forgets them after it."""

    def __init__(
        self,
        kiosk: Kiosk,
        visits: Visits,
        equipment: Equipment,
        verifier_now_ms: Callable[[], int],
    ) -> None:
        """`verifier_now_ms` is the time by which opening hours are meant."""
        super().__init__(
            KioskState(navigation.LookingUp(), may_speak=equipment.speaker.can_speak())
        )
        self._kiosk = kiosk
        self._visits = visits
        self._equipment = equipment
        self._now_ms = verifier_now_ms
        self._work = Work(equipment.runner, self._refresh_work)
        self._idleness = Idleness(equipment.clock, self._told)
        self._swept_at: int | None = None
        self.visit: VisitModels | None = None
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.look_after)

    def start(self) -> None:
        """Read what is on disk, then ask the verifier, from now on every minute."""
        runner = self._equipment.runner
        runner.submit(self._kiosk.look, self._looked, always=True)
        self.look_after()
        self._timer.start()

    def look_after(self) -> None:
        """Ask the verifier and sweep, unless somebody is there: they are served first."""
        if self.visit is not None or self._work.working or self._idleness.is_counting:
            return
        runner = self._equipment.runner
        elapsed = self._equipment.clock.elapsed_ms()
        if self._swept_at is None or elapsed - self._swept_at >= SWEEP_MS:
            self._swept_at = elapsed
            runner.submit(self._visits.sweep, lambda _: None)
        runner.submit(self._kiosk.refresh, self._looked)

    # The number

    def digit(self, digit: str) -> None:
        """Welcome: one more digit of the number."""
        number = self.state.number
        is_digit = len(digit) == 1 and digit.isascii() and digit.isdigit()
        if self._takes_number() and is_digit and len(number) < _LONGEST:
            self._type(number + digit)

    def backspace(self) -> None:
        """Welcome: one digit less."""
        if self._takes_number():
            self._type(self.state.number[:-1])

    def arrive(self) -> None:
        """Welcome: begin the visit of whoever has this number."""
        if not self._takes_number():
            return
        number = self.state.number
        if len(number) < _SHORTEST:
            self._show(replace(self.state, number_wrong=True, trouble=None))
            return
        self._work.run(
            lambda: self._visits.arrive(number), self._arrived, lambda: self._arrived(INTERNAL)
        )

    # The visit

    def touch(self) -> None:
        """Somebody did something."""
        self._idleness.touch()
        if self.visit is not None:
            self.visit.code.touch()

    def forget(self) -> None:
        """Done, or walked off: nothing of them stays, and the start is shown."""
        visit, self.visit = self.visit, None
        self._work.drop()
        self._idleness.end()
        self._equipment.clipboard.clear_if_ours()
        claims = navigation.claims_of(self.state.screen)
        screen = navigation.kiosk_transition(self.state.screen, navigation.Forgotten())
        language = claims.languages[0] if claims is not None else self.state.language
        self._equipment.speaker.stop()
        may_speak = self._equipment.speaker.can_speak()
        self._show(KioskState(screen, language=language, may_speak=may_speak))
        if visit is not None:
            visit.close()
        self._equipment.runner.submit(self._visits.end, lambda _: None, always=True)
        if visit is not None:
            self.look_after()

    # For everybody

    def speak(self, language: Language) -> None:
        """Speak this language until the visit ends."""
        self._show(replace(self.state, language=language))
        if self.visit is not None:
            self.visit.journey.speak(language)
        self.count()

    def set_contrast(self, *, high: bool) -> None:
        """Wear high contrast until the visit ends, or no longer."""
        self._show(replace(self.state, high_contrast=high))
        self.count()

    def count(self) -> None:
        """Somebody has begun: what they leave is forgotten as well."""
        claims = navigation.claims_of(self.state.screen)
        if not self._idleness.is_counting:
            idle, warn = (
                (_IDLE_SECONDS, _WARN_SECONDS)
                if claims is None
                else (claims.idle_seconds, claims.warn_seconds)
            )
            self._idleness.begin(idle, warn)

    def set_voice(self, *, on: bool) -> None:
        """Read the pages aloud until the visit ends, or no longer."""
        if not on:
            self._equipment.speaker.stop()
        self._show(replace(self.state, speaks=on))
        self.count()

    def say(self, text: str) -> None:
        """Read this aloud, where somebody asked for a voice."""
        if self.state.speaks and text:
            self._equipment.speaker.say(text, self.state.language)

    def report(self, event: navigation.KioskEvent) -> None:
        """Something happened: it may lead to another screen."""
        self._show(
            replace(self.state, screen=navigation.kiosk_transition(self.state.screen, event))
        )

    def _takes_number(self) -> bool:
        return isinstance(self.state.screen, navigation.Welcome) and not self._work.working

    def _type(self, number: str) -> None:
        self._show(replace(self.state, number=number, number_wrong=False, trouble=None))
        self.count()

    def _arrived(self, arrival: outcomes.Arrival) -> None:
        match arrival:
            case outcomes.HasProfile() | outcomes.NoProfile():
                self._begin_visit()
            case outcomes.NoSuchNumber():
                self._show(replace(self.state, number_wrong=True))
            case trouble:
                self._show(replace(self.state, trouble=trouble))
                # It may be the kiosk itself that is not served: then it says so.
                self._equipment.runner.submit(self._kiosk.refresh, self._looked)

    def _begin_visit(self) -> None:
        screen = navigation.kiosk_transition(self.state.screen, navigation.Arrived())
        if not isinstance(screen, navigation.Visiting):
            self.forget()  # it closed, or was locked, while the number was being looked up
            return
        current = self._visits.current
        if current is None:
            self._arrived(INTERNAL)
            return
        self.visit = VisitModels(current, self.state.number, self.state.language, self._equipment)
        self.count()
        self._show(replace(self.state, screen=screen, number=PREFIX))
        self.visit.look()

    def _looked(self, now: outcomes.KioskNow) -> None:
        hours = now.claims.hours if isinstance(now, outcomes.KioskReady) else None
        was_known = navigation.claims_of(self.state.screen)
        self.report(navigation.Looked(now, is_open(hours, self._now_ms())))
        claims = navigation.claims_of(self.state.screen)
        if claims is not None and was_known is None:
            self._show(replace(self.state, language=claims.languages[0]))

    def _told(self, seconds: int | None) -> None:
        if seconds == 0:
            self.forget()
        else:
            self._show(replace(self.state, forgets_in=seconds))

    def _refresh_work(self) -> None:
        working, busy = self._work.working, self._work.busy
        self._show(replace(self.state, working=working, busy=busy))
