"""The routes of an enrolled device."""

from typing import assert_never

from litestar import delete, post
from litestar.params import FromPath, JSONBody

from motp_protocol.encoding import b64url_encode, format_time
from motp_protocol.messages import (
    PinChangeRequest,
    ResetRequest,
    Share,
    Status,
    SyncRequest,
    Unlocked,
    UnlockRequest,
)
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.enrolments import SIGNATURE_PROBLEMS, AnyRequest, app_outdated
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.services.kiosks.witnessing import KioskLocked, NoWitness
from motp_verifier.services.outcomes import (
    AppOutdated,
    CurrentStatus,
    Malformed,
    NotFound,
    Revoked,
    Suspended,
)
from motp_verifier.services.registrations import (
    Registrations,
    ResetDone,
    ResetOutcome,
    SyncOutcome,
    UnlockOutcome,
    VaultOpened,
)
from motp_verifier.services.shares import Cloned, Overtaken, PinLocked, UnknownShare, WrongPin
from motp_verifier.services.signed import Clock, Replayed

_PROBLEMS = (*SIGNATURE_PROBLEMS, ProblemType.NOT_FOUND)
_UNLOCK_PROBLEMS = problem_specs(
    *_PROBLEMS,
    ProblemType.APP_OUTDATED,
    ProblemType.KIOSK_LOCKED,
    ProblemType.PIN_WRONG,
    ProblemType.REGISTRATION_SUSPENDED,
    ProblemType.DEVICE_CLONED,
    ProblemType.SHARE_UNKNOWN,
    ProblemType.REGISTRATION_REVOKED,
    ProblemType.REGISTRATION_LOCKED,
)


def registration_router(
    signatures: SignatureCheck, registrations: Registrations, now: Clock
) -> Router:
    """Unlock, PIN change, sync and reset, signed by the registration's key."""

    @post(
        "/{registration_id:str}/unlock",
        dto=WireBody[UnlockRequest],
        return_dto=None,
        guards=[signatures.by_known_key(with_kiosk=True)],
        status_code=200,
        responses=_UNLOCK_PROBLEMS,
    )
    async def unlock(
        registration_id: FromPath[str], data: JSONBody[UnlockRequest], request: AnyRequest
    ) -> Unlocked:
        """Exchange a right PIN for the share that opens the vault, and the next one."""
        return _unlocked(
            await registrations.unlock(registration_id, data, signed_request(request)), now
        )

    @post(
        "/{registration_id:str}/pin",
        dto=WireBody[PinChangeRequest],
        return_dto=None,
        guards=[signatures.by_known_key(with_kiosk=True)],
        status_code=200,
        responses=_UNLOCK_PROBLEMS,
    )
    async def change_pin(
        registration_id: FromPath[str], data: JSONBody[PinChangeRequest], request: AnyRequest
    ) -> Unlocked:
        """As unlock, with a next share that is bound to the new PIN."""
        return _unlocked(
            await registrations.change_pin(registration_id, data, signed_request(request)), now
        )

    @post(
        "/{registration_id:str}/sync",
        dto=WireBody[SyncRequest],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=200,
        responses=problem_specs(*_PROBLEMS, ProblemType.REGISTRATION_REVOKED),
    )
    async def sync(
        registration_id: FromPath[str], data: JSONBody[SyncRequest], request: AnyRequest
    ) -> Status:
        """The registration as the verifier sees it; needs no PIN."""
        return _status(await registrations.sync(registration_id, data, signed_request(request)))

    @delete(
        "/{registration_id:str}",
        dto=WireBody[ResetRequest],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=204,
        responses=problem_specs(*_PROBLEMS),
    )
    async def reset(
        registration_id: FromPath[str], data: JSONBody[ResetRequest], request: AnyRequest
    ) -> None:
        """Revoke the registration; again is no error."""
        _reset(await registrations.reset(registration_id, data, signed_request(request)))

    return Router(
        "/v1/registrations",
        route_handlers=[unlock, change_pin, sync, reset],
        tags=["registration"],
    )


def refuse(outcome: NotFound | Malformed | Revoked | Replayed) -> ProblemError:
    """The problem of a request that no use case served."""
    match outcome:
        case NotFound():
            return ProblemError(ProblemType.NOT_FOUND)
        case Malformed(what):
            return ProblemError(ProblemType.MALFORMED_REQUEST, f"{what} has no meaning")
        case Revoked(reason):
            return ProblemError(ProblemType.REGISTRATION_REVOKED, reason=reason)
        case Replayed():
            return ProblemError(ProblemType.REPLAYED_REQUEST)
        case never:
            assert_never(never)


def _unlocked(outcome: UnlockOutcome, now: Clock) -> Unlocked:
    match outcome:
        case VaultOpened():
            return Unlocked(
                share=Share(id=outcome.share_id, value=b64url_encode(outcome.share)),
                next_share=Share(id=outcome.next_share_id, value=b64url_encode(outcome.next_share)),
                status=outcome.status,
            )
        case WrongPin(attempts_left):
            raise ProblemError(ProblemType.PIN_WRONG, attempts_left=attempts_left)
        case PinLocked():
            raise ProblemError(ProblemType.REGISTRATION_LOCKED)
        case NoWitness():
            raise ProblemError(ProblemType.BAD_SIGNATURE, "not by the registration's kiosk")
        case KioskLocked():
            raise ProblemError(ProblemType.KIOSK_LOCKED)
        case Cloned():
            raise ProblemError(ProblemType.DEVICE_CLONED)
        case UnknownShare():
            raise ProblemError(ProblemType.SHARE_UNKNOWN)
        case Overtaken():
            # The device that really is the newest corrects its clock and asks again.
            raise ProblemError(
                ProblemType.CLOCK_SKEW,
                "signed before a request that was answered already",
                time=format_time(now()),
            )
        case AppOutdated(oldest):
            raise app_outdated(oldest)
        case Suspended():
            raise ProblemError(ProblemType.REGISTRATION_SUSPENDED)
        case refused:
            raise refuse(refused)


def _status(outcome: SyncOutcome) -> Status:
    match outcome:
        case CurrentStatus(status):
            return status
        case refused:
            raise refuse(refused)


def _reset(outcome: ResetOutcome) -> None:
    match outcome:
        case ResetDone():
            return
        case refused:
            raise refuse(refused)
