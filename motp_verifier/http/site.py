"""What training sites call, with their institution's API key."""

from typing import Annotated, Any, assert_never, cast

from litestar import Response, get, post
from litestar.params import FromQuery, HeaderParameter, JSONBody, QueryParameter

from motp_protocol import wire
from motp_protocol.encoding import format_time
from motp_protocol.fields import Occasion
from motp_protocol.messages import (
    Requirement,
    TraineeRef,
    VerificationRequest,
    VerificationResult,
)
from motp_protocol.problems import ProblemType
from motp_verifier.http.body import WireBody
from motp_verifier.http.fast_checks import settled_check
from motp_verifier.http.idempotency_key import KEY_FORM, read_idempotency_key
from motp_verifier.http.problems import ProblemError, problem_specs
from motp_verifier.http.router import Router
from motp_verifier.http.site_guard import (
    SITE_EXCEPTION_HANDLERS,
    AnyRequest,
    SiteGuard,
    institution_of,
)
from motp_verifier.services.idempotency import KeyReused, Repeated
from motp_verifier.services.outcomes import NotFound
from motp_verifier.services.requirements import Lesson, RequirementOutcome, Requirements
from motp_verifier.services.site_checks import SiteCheckOutcome, SiteChecks, Throttled
from motp_verifier.services.site_policy.rules import Met, Needed
from motp_verifier.services.trainee_lookup import BadName, BadPhone, Malformed
from motp_verifier.services.verification_answer import Accepted, Rejected, answer_message

# As in `motp_protocol.fields`, in the way that the framework heeds for a query.
_ID = r"\A[A-Za-z0-9_-]{1,64}\Z"
_SHORT: Any = {"min_length": 1, "max_length": 64, "pattern": r"\A[^\x00-\x1f\x7f-\x9f]*\Z"}

_COMMON = (
    ProblemType.MALFORMED_REQUEST,
    ProblemType.BAD_API_KEY,
    ProblemType.INVALID_NAME,
    ProblemType.INVALID_PHONE,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.UNAVAILABLE,
)
_VERIFICATION_PROBLEMS = problem_specs(
    *_COMMON,
    ProblemType.IDEMPOTENCY_KEY_REUSED,
    ProblemType.TOO_LARGE,
    ProblemType.UNSUPPORTED_MEDIA_TYPE,
)


def site_router(
    guard: SiteGuard,
    checks: SiteChecks,
    requirements: Requirements,
) -> Router:
    """The native site API."""

    @post(
        "/verifications",
        dto=WireBody[VerificationRequest],
        return_dto=None,
        status_code=200,
        responses=_VERIFICATION_PROBLEMS,
    )
    async def verify(
        data: JSONBody[VerificationRequest],
        request: AnyRequest,
        idempotency_key: Annotated[  # noqa: ARG001 - documents it; read from the request
            str | None, HeaderParameter(name="Idempotency-Key", description=KEY_FORM)
        ] = None,
    ) -> Response[VerificationResult]:
        """Whether a trainee's code is right. A code is accepted once."""
        institution_id = institution_of(request)
        key = read_idempotency_key(request)
        outcome = settled_check(request.scope)
        if outcome is None:
            outcome = await checks.check(institution_id, data, key)
        # The bytes of a repeated answer are those of the first.
        return cast(Response[VerificationResult], _json(_body(outcome)))

    @get("/requirements", responses=problem_specs(*_COMMON, ProblemType.NOT_FOUND))
    async def requirement(
        request: AnyRequest,
        *,
        course: Annotated[str, QueryParameter(**_SHORT)],
        class_: Annotated[str, QueryParameter(name="class", **_SHORT)],
        occasion: FromQuery[Occasion],
        session: Annotated[int, QueryParameter(ge=0, le=999)] = 0,
        trainee_id: Annotated[str | None, QueryParameter(pattern=_ID)] = None,
        name: Annotated[str | None, QueryParameter(max_length=200)] = None,
        phone: Annotated[str | None, QueryParameter(max_length=200)] = None,
    ) -> Requirement:
        """Whether a check is needed now: for a trainee by `trainee_id`, or `name` and `phone`."""
        outcome = await requirements.of_site(
            institution_of(request),
            TraineeRef(id=trainee_id, name=name, phone=phone),
            Lesson(course, class_, session, occasion),
        )
        return requirement_message(outcome)

    return Router(
        "/v1",
        route_handlers=[verify, requirement],
        guards=[guard.by_api_key()],
        exception_handlers=SITE_EXCEPTION_HANDLERS,
        tags=["site"],
    )


def _json(body: bytes) -> Response[bytes]:
    return Response(body, media_type="application/json")


def _body(outcome: SiteCheckOutcome) -> bytes:
    match outcome:
        case Accepted() | Rejected():
            return wire.encode(answer_message(outcome))
        case Repeated(body):
            return body
        case KeyReused():
            raise ProblemError(ProblemType.IDEMPOTENCY_KEY_REUSED)
        case Throttled(wait):
            raise ProblemError(
                ProblemType.TOO_MANY_REQUESTS, "too many wrong codes", retry_after=wait
            )
        case refused:
            raise _refusal(refused)


def requirement_message(outcome: RequirementOutcome) -> Requirement:
    """The answer over the wire. Raises ProblemError."""
    match outcome:
        case Met(rule, by, until):
            return Requirement(
                required=False, rule=rule, satisfied_by=by, satisfied_until=format_time(until)
            )
        case Needed(rule):
            return Requirement(required=True, rule=rule, satisfied_by=None, satisfied_until=None)
        case NotFound():
            raise ProblemError(ProblemType.NOT_FOUND, "no trainee of yours")
        case refused:
            raise _refusal(refused)


def _refusal(outcome: BadName | BadPhone | Malformed) -> ProblemError:
    match outcome:
        case BadName():
            return ProblemError(ProblemType.INVALID_NAME)
        case BadPhone():
            return ProblemError(ProblemType.INVALID_PHONE)
        case Malformed(detail):
            return ProblemError(ProblemType.MALFORMED_REQUEST, detail)
        case never:
            assert_never(never)
