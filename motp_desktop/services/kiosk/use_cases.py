"""The kiosk's use cases as its view models see them. All but `claims` may block for seconds."""

from typing import Protocol

from motp_desktop.services import use_cases
from motp_desktop.services.kiosk import outcomes


class Visit(Protocol):
    """One trainee at the kiosk, from the number to "done". Nothing of it outlives `end`.

    The use cases are the app's own, over the profile of this number: `enrolment` makes it a
    registration of kind `kiosk`, `unlock` opens it, `codes` tells its codes.
    """

    @property
    def enrolment(self) -> use_cases.Enrolment: ...

    @property
    def unlock(self) -> use_cases.Unlock: ...

    @property
    def codes(self) -> use_cases.Codes: ...

    @property
    def opening(self) -> use_cases.Opening: ...

    @property
    def sync(self) -> use_cases.Sync: ...


class Visits(Protocol):
    """Who comes and goes. There is one visit at a time."""

    def arrive(self, phone: str) -> outcomes.Arrival:
        """Begin the visit of whoever has this number, ending any other."""

    def end(self) -> None:
        """Forget whoever is there; a profile without a registration is deleted."""

    @property
    def current(self) -> Visit | None:
        """The visit that goes on, if any."""

    def sweep(self) -> None:
        """Delete the profiles that were not used for the days of the configuration."""


class Kiosk(Protocol):
    """The kiosk's own identity and configuration."""

    def enrol(self, code: str, exit_pin: str) -> outcomes.EnrolKioskOutcome:
        """Make this PC a kiosk, with the code that `motp-verifier kiosk add` gave."""

    def look(self) -> outcomes.KioskNow:
        """What is on disk; does not ask the verifier."""

    def refresh(self) -> outcomes.KioskNow:
        """Report to the verifier, and fetch the configuration where there is a newer one."""

    def try_exit(self, pin: str) -> outcomes.ExitOutcome:
        """Check the administrator's PIN, with the verifier or without it."""
