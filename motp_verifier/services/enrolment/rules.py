"""The numbers that bind an enrolment, and what its steps share."""

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import Connection

from motp_protocol.encoding import format_time
from motp_protocol.problems import Replaces
from motp_verifier.services.signed import SignedRequest
from motp_verifier.store import enrolments as rows
from motp_verifier.store.enrolments import EnrolmentRow
from motp_verifier.store.registrations import RegistrationRow

ENROLMENT_MS = 10 * 60_000
CODE_MS = 3 * 60_000
CODE_ATTEMPTS = 5
RESEND_SECONDS = 30
MESSAGES_A_DAY = 5

_SEOUL = timezone(timedelta(hours=9))  # Korea has had no daylight saving time since 1988


def seoul_day(now: int) -> str:
    """The calendar day in Asia/Seoul of a moment in milliseconds since 1970."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(_SEOUL).date().isoformat()


def seconds_to_seoul_midnight(now: int) -> int:
    """How long the day in Asia/Seoul still lasts, in seconds, rounded up."""
    moment = datetime.fromtimestamp(now / 1000, UTC).astimezone(_SEOUL)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return -((moment - midnight) // timedelta(seconds=1))


def owned_enrolment(
    connection: Connection, enrolment_id: str, signed: SignedRequest
) -> EnrolmentRow | None:
    """The enrolment, locked, if the signing key began it."""
    row = rows.lock_enrolment(connection, enrolment_id)
    return row if row is not None and row.keyid == signed.keyid else None


def is_over(row: EnrolmentRow, now: int) -> bool:
    """Whether no step of it can be done any more."""
    return now >= row.expires_at or row.code_attempts >= CODE_ATTEMPTS


def describe(row: RegistrationRow | None) -> Replaces | None:
    """The active registration that another would replace, as its owner knows it."""
    if row is None:
        return None
    since = row.created_at if row.activated_at is None else row.activated_at
    return Replaces(registration_id=row.id, label=row.label, since=format_time(since))
