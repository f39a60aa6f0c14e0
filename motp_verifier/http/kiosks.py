"""The routes of kiosks, each signed by the kiosk's key."""

from collections.abc import Callable
from typing import assert_never

from litestar import get, post
from litestar.params import FromPath, JSONBody

from motp_protocol.encoding import format_time
from motp_protocol.kiosks import (
    KioskClaims,
    KioskConfig,
    KioskEnrolled,
    KioskEnrolment,
    KioskExit,
    KioskReport,
    KioskReported,
)
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.enrolments import SIGNATURE_PROBLEMS, AnyRequest
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.services.kiosks.enrolling import (
    KioskCodeWrong,
    KioskEnrolling,
    KioskEnrols,
    KioskKeyUsed,
)
from motp_verifier.services.kiosks.exiting import ExitLocked, ExitWrong, KioskExits, MayExit
from motp_verifier.services.kiosks.serving import Configured, KioskServing, ReportTaken
from motp_verifier.services.outcomes import Malformed, NotFound
from motp_verifier.services.signed import Replayed

_PROBLEMS = (*SIGNATURE_PROBLEMS, ProblemType.NOT_FOUND)


def kiosk_router(
    signatures: SignatureCheck,
    enrolling: KioskEnrolling,
    serving: KioskServing,
    exits: KioskExits,
    sign: Callable[[KioskClaims], str],
) -> Router:
    """Enrolment, configuration, report and exit. `sign` makes the JWS of a configuration."""

    @post(
        "/",
        dto=WireBody[KioskEnrolment],
        return_dto=None,
        guards=[signatures.by_new_kiosk()],
        status_code=201,
        responses=problem_specs(
            *SIGNATURE_PROBLEMS, ProblemType.KIOSK_CODE_WRONG, ProblemType.ENROLMENT_CONFLICT
        ),
    )
    async def enrol(data: JSONBody[KioskEnrolment], request: AnyRequest) -> KioskEnrolled:
        """Become the kiosk that is awaited with this one-time code."""
        match await enrolling.enrol(data, signed_request(request)):
            case KioskEnrols(claims):
                return KioskEnrolled(kiosk_id=claims.sub, config=sign(claims))
            case KioskCodeWrong():
                raise ProblemError(ProblemType.KIOSK_CODE_WRONG)
            case KioskKeyUsed():
                raise ProblemError(ProblemType.ENROLMENT_CONFLICT)
            case Replayed():
                raise ProblemError(ProblemType.REPLAYED_REQUEST)
            case never:
                assert_never(never)

    @get(
        "/{kiosk_id:str}/config",
        guards=[signatures.by_known_key()],
        responses=problem_specs(*_PROBLEMS),
    )
    async def config(kiosk_id: FromPath[str], request: AnyRequest) -> KioskConfig:
        """What holds for the kiosk, signed: locked ones are told so in it."""
        match await serving.config(kiosk_id, signed_request(request)):
            case Configured(claims):
                return KioskConfig(config=sign(claims))
            case refused:
                raise _refuse(refused)

    @post(
        "/{kiosk_id:str}/report",
        dto=WireBody[KioskReport],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=200,
        responses=problem_specs(*_PROBLEMS),
    )
    async def report(
        kiosk_id: FromPath[str], data: JSONBody[KioskReport], request: AnyRequest
    ) -> KioskReported:
        """What the kiosk tells of itself; the answer tells whether there is news for it."""
        match await serving.report(kiosk_id, data, signed_request(request)):
            case ReportTaken(time, state, config_version):
                return KioskReported(
                    time=format_time(time), state=state, config_version=config_version
                )
            case refused:
                raise _refuse(refused)

    @post(
        "/{kiosk_id:str}/exit",
        dto=WireBody[KioskExit],
        return_dto=None,
        guards=[signatures.by_known_key()],
        status_code=204,
        responses=problem_specs(*_PROBLEMS, ProblemType.PIN_WRONG, ProblemType.REGISTRATION_LOCKED),
    )
    async def leave(
        kiosk_id: FromPath[str], data: JSONBody[KioskExit], request: AnyRequest
    ) -> None:
        """Check the administrator's exit PIN, counted."""
        match await exits.exit(kiosk_id, data, signed_request(request)):
            case MayExit():
                return
            case ExitWrong(attempts_left):
                raise ProblemError(ProblemType.PIN_WRONG, attempts_left=attempts_left)
            case ExitLocked(retry_after):
                raise ProblemError(ProblemType.REGISTRATION_LOCKED, retry_after=retry_after)
            case refused:
                raise _refuse(refused)

    return Router("/v1/kiosks", route_handlers=[enrol, config, report, leave], tags=["kiosk"])


def _refuse(outcome: NotFound | Malformed | Replayed) -> ProblemError:
    match outcome:
        case NotFound():
            return ProblemError(ProblemType.NOT_FOUND)
        case Malformed(what):
            return ProblemError(ProblemType.MALFORMED_REQUEST, f"{what} has no meaning")
        case Replayed():
            return ProblemError(ProblemType.REPLAYED_REQUEST)
        case never:
            assert_never(never)
