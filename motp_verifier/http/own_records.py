"""What an enrolled device reads of its owner's records."""

from typing import Annotated, cast

from litestar import get
from litestar.params import FromPath, QueryParameter

from motp_protocol.encoding import format_time
from motp_protocol.fields import CheckMethod, Occasion, RejectionReason
from motp_protocol.messages import History, OwnRequirement, OwnRequirements, PastCheck
from motp_protocol.problems import ProblemType
from motp_verifier.http.enrolments import SIGNATURE_PROBLEMS, AnyRequest
from motp_verifier.http.problems import problem_specs
from motp_verifier.http.registrations import refuse
from motp_verifier.http.router import Router
from motp_verifier.http.signing import SignatureCheck, signed_request
from motp_verifier.http.site import requirement_message
from motp_verifier.services import own_records
from motp_verifier.services.own_records import HistoryOutcome, OwnHistory
from motp_verifier.services.requirements import NeededToday, Requirements, Today, TodayOutcome
from motp_verifier.store.past_checks import PastCheckRow

_PROBLEMS = problem_specs(
    *SIGNATURE_PROBLEMS, ProblemType.NOT_FOUND, ProblemType.REGISTRATION_REVOKED
)


def own_records_router(
    signatures: SignatureCheck, history: OwnHistory, requirements: Requirements
) -> Router:
    """History and requirements, signed by the registration's key."""

    @get(
        "/{registration_id:str}/history",
        guards=[signatures.by_known_key()],
        responses=_PROBLEMS,
    )
    async def own_history(
        registration_id: FromPath[str],
        request: AnyRequest,
        limit: Annotated[int, QueryParameter(ge=1, le=100)] = 20,
    ) -> History:
        """The trainee's own checks, at every institution and by every device."""
        return _history(await history.newest(registration_id, limit, signed_request(request)))

    @get(
        "/{registration_id:str}/requirements",
        guards=[signatures.by_known_key()],
        responses=_PROBLEMS,
    )
    async def own_requirements(
        registration_id: FromPath[str], request: AnyRequest
    ) -> OwnRequirements:
        """Entry and lesson of the classes attended lately: what is still needed today."""
        return _today(await requirements.of_device(registration_id, signed_request(request)))

    return Router(
        "/v1/registrations",
        route_handlers=[own_history, own_requirements],
        tags=["registration"],
    )


def _history(outcome: HistoryOutcome) -> History:
    match outcome:
        case own_records.History(checks):
            return History(checks=[_past_check(each) for each in checks])
        case refused:
            raise refuse(refused)


def _past_check(row: PastCheckRow) -> PastCheck:
    return PastCheck(
        verification_id=row.id,
        verified_at=format_time(row.at),
        institution=row.institution_name,
        course=row.course,
        class_=row.class_,
        session=row.session,
        occasion=cast(Occasion, row.occasion),
        method=cast(CheckMethod, row.method),
        result="accepted" if row.result == "accepted" else "rejected",
        reason=cast(RejectionReason | None, row.reason),
    )


def _today(outcome: TodayOutcome) -> OwnRequirements:
    match outcome:
        case Today(now, needed):
            return OwnRequirements(
                time=format_time(now), requirements=[_own_requirement(each) for each in needed]
            )
        case refused:
            raise refuse(refused)


def _own_requirement(needed: NeededToday) -> OwnRequirement:
    told = requirement_message(needed.verdict)
    return OwnRequirement(
        institution=needed.attended.institution_name,
        course=needed.attended.course,
        class_=needed.attended.class_,
        occasion=needed.occasion,
        required=told.required,
        rule=told.rule,
        satisfied_by=told.satisfied_by,
        satisfied_until=told.satisfied_until,
    )
