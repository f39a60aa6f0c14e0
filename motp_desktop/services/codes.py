"""Codes while unlocked."""

from motp_desktop.services.session import Session
from motp_desktop.services.use_cases import CodeNow
from motp_desktop.services.verifier_clock import VerifierClock
from motp_protocol.code import code_for_step, milliseconds_left, step_at


class Codes:
    """Implements `use_cases.Codes`."""

    def __init__(self, session: Session, verifier_clock: VerifierClock) -> None:
        self._session = session
        self._verifier_clock = verifier_clock

    def now(self) -> CodeNow | None:
        """The code by the verifier's time, or None while locked."""
        unlocked = self._session.current
        if unlocked is None:
            return None
        moment = max(0, self._verifier_clock.now_ms())
        step = step_at(moment, unlocked.profile)
        return CodeNow(
            code=code_for_step(unlocked.seed, step, unlocked.profile),
            next_code=code_for_step(unlocked.seed, step + 1, unlocked.profile),
            milliseconds_left=milliseconds_left(moment, unlocked.profile),
            period_seconds=unlocked.profile.period,
        )

    def skew_ms(self) -> int:
        """This PC's clock less the verifier's, as last learnt."""
        return self._verifier_clock.skew_ms()

    def forget(self) -> None:
        """Lock: drop the seed."""
        self._session.close()
