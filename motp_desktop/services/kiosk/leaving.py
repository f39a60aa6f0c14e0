"""The administrator's way out, with the verifier or without it."""

from motp_desktop.services.kiosk.api import KioskApis
from motp_desktop.services.kiosk.exit_pin import exit_keys
from motp_desktop.services.kiosk.exit_tries import LOCK_SECONDS, ExitTries
from motp_desktop.services.kiosk.identity import OpenKiosk
from motp_desktop.services.kiosk.keeper import KioskKeeper
from motp_desktop.services.kiosk.outcomes import (
    ExitOutcome,
    ExitPinLocked,
    ExitPinWrong,
    KioskEnded,
    MayExit,
    NotEnrolled,
)
from motp_desktop.services.outcomes import Busy
from motp_desktop.services.ports import Entropy, NoAnswer, Ok, Refused
from motp_desktop.services.refusals import DEFAULT_RETRY_SECONDS
from motp_protocol.encoding import b64url_encode
from motp_protocol.kiosks import KioskExit
from motp_protocol.problems import Problem, ProblemType

ATTEMPT_SIZE = 16


class Leaving:
    """Implements `use_cases.Kiosk.try_exit`."""

    def __init__(
        self, *, keeper: KioskKeeper, apis: KioskApis, tries: ExitTries, entropy: Entropy
    ) -> None:
        self._keeper = keeper
        self._apis = apis
        self._tries = tries
        self._entropy = entropy

    def try_exit(self, pin: str) -> ExitOutcome:
        """See `use_cases.Kiosk`.

        Where there is no kiosk, or none that can be opened, there is nothing to keep shut
        and nothing to ask: anybody may leave. A key store that only fails now is no such case.
        """
        kiosk = self._keeper.load()
        match kiosk:
            case NotEnrolled() | KioskEnded():
                return MayExit()
            case OpenKiosk(identity=identity):
                pass
            case trouble:
                return trouble
        keys = exit_keys(pin, identity.exit_salt, identity.argon2, kiosk.device_secret)
        request = KioskExit(
            exit_auth=b64url_encode(keys.auth),
            attempt=b64url_encode(self._entropy(ATTEMPT_SIZE)),
        )
        answer = self._apis(identity.verifier_origin).exit(kiosk.key, identity.kiosk_id, request)
        match answer:
            case Ok():
                return MayExit()
            case Refused(problem):
                # One that no longer knows the kiosk says nothing of the PIN.
                return _refused(problem) or self._tries.compare(kiosk, keys)
            case NoAnswer():
                return self._tries.compare(kiosk, keys)


def _refused(problem: Problem) -> ExitPinWrong | ExitPinLocked | Busy | None:
    match problem.known_type:
        case ProblemType.PIN_WRONG if problem.attempts_left is not None:
            return ExitPinWrong(problem.attempts_left)
        case ProblemType.REGISTRATION_LOCKED:
            return ExitPinLocked(problem.retry_after or LOCK_SECONDS)
        case ProblemType.TOO_MANY_REQUESTS:
            return Busy(problem.retry_after or DEFAULT_RETRY_SECONDS)
        case _:
            return None
