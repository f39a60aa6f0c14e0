"""The kiosk's own identity and configuration, in one hand."""

from motp_desktop.services.kiosk.enrolling import Enrolling
from motp_desktop.services.kiosk.leaving import Leaving
from motp_desktop.services.kiosk.outcomes import EnrolKioskOutcome, ExitOutcome, KioskNow
from motp_desktop.services.kiosk.upkeep import Upkeep


class Kiosk:
    """Implements `use_cases.Kiosk`."""

    def __init__(self, *, enrolling: Enrolling, upkeep: Upkeep, leaving: Leaving) -> None:
        self._enrolling = enrolling
        self._upkeep = upkeep
        self._leaving = leaving

    def enrol(self, code: str, exit_pin: str) -> EnrolKioskOutcome:
        """Make this PC a kiosk, with the code that `motp-verifier kiosk add` gave."""
        return self._enrolling.enrol(code, exit_pin)

    def look(self) -> KioskNow:
        """What is on disk; does not ask the verifier."""
        return self._upkeep.look()

    def refresh(self) -> KioskNow:
        """Report to the verifier, and fetch the configuration where there is a newer one."""
        return self._upkeep.refresh()

    def try_exit(self, pin: str) -> ExitOutcome:
        """Check the administrator's PIN, with the verifier or without it."""
        return self._leaving.try_exit(pin)
